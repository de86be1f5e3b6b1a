"""The deck as a file: properties without a clock, the seal as a custom property, the same bytes every time."""

from __future__ import annotations

import zipfile
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from dashboard.imprint import Imprint
from dashboard.seal_places import CUSTOM, deck_closed
from dashboard.slides.drawn import FACE, legal

NO_TIME = datetime(1980, 1, 1)
"""the earliest time a zip file can hold: it stands for none"""

_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def packed(deck: Presentation, told: Imprint, seal: str) -> bytes:
    """The file."""
    told = _legal(told)
    _properties(deck, told)
    _custom(deck, {"Marking": told.marking, "View": told.view, "Seal": seal})
    _faces(deck)
    out = BytesIO()
    deck.save(out)
    with zipfile.ZipFile(BytesIO(out.getvalue())) as file:
        return _zipped(deck_closed({name: file.read(name) for name in file.namelist()}))


def _legal(told: Imprint) -> Imprint:
    """The imprint without the characters XML cannot hold."""
    return replace(told, **{name: legal(value) for name, value in asdict(told).items()})


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in order of name and without times."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, NO_TIME.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            file.writestr(entry, parts[name])
    return out.getvalue()


def _properties(deck: Presentation, told: Imprint) -> None:
    core = deck.core_properties
    core.title, core.subject, core.language = told.title[:255], told.marking, told.language
    core.author = core.last_modified_by = "panj"
    core.comments = told.text[:255]
    core.created = core.modified = NO_TIME
    core.revision = 1


def _custom(deck: Presentation, values: dict[str, str]) -> None:
    """Custom properties, which other programs show and keep."""
    kind = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    entries = "".join(
        f'<property fmtid="{kind}" pid="{number}" name="Panj{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    place = "http://schemas.openxmlformats.org/officeDocument/2006"
    markup = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{place}/custom-properties" xmlns:vt="{place}/docPropsVTypes">{entries}</Properties>'
    )
    part = Part(PackURI(f"/{CUSTOM}"), _CUSTOM_TYPE, deck.part.package, markup.encode())
    deck.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _faces(deck: Presentation) -> None:
    """Our face as that of the whole deck, so that what is typed later matches."""
    for part in deck.part.package.iter_parts():
        if str(part.partname).startswith("/ppt/theme/"):
            part._blob = part.blob.replace(b'<a:latin typeface="Calibri"', f'<a:latin typeface="{FACE}"'.encode())
