"""What a brief rests on, carried inside it: its view, its rows with a digest each, the data, the version; and verifying it later.

A seal detects change; it is not a signature. `seal_places` says where it stands in a file and what its digest covers, `seal_rows` how
rows are told apart, `seal_changes` what became of them.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from dashboard import seal_changes, seal_places, seal_rows
from dashboard.occurrences import Occurrences
from dashboard.scene import Scene
from dashboard.seal_changes import Finding
from dashboard.seal_places import Found, close
from dashboard.selection import index
from geodata import days
from geodata.atlas import Atlas

_OPTIONAL = ("known", "own", "views", "drawn", "said")
"""fields that are left out of the token when they are empty"""


class SealError(ValueError):
    """A seal that is there and says nothing; the text says why."""


@dataclass(frozen=True)
class Seal:
    """What an output was made from."""

    panj: str
    view: str
    marking: str
    data: str
    """digest of every usable row of the events file"""

    rows: dict[str, tuple[str, ...]]
    """by `event source` the digests of the reports used: of the row, then four hex digits per column"""

    known: str = ""
    """the view's knowledge day, ISO; reports of later days do not count"""

    own: tuple[str, ...] = ()
    """the analyst's own columns that the file carries; they count as the others do"""

    views: tuple[str, ...] = ()
    """a book of several pages: the view of each; `rows` are those of all"""

    drawn: str = ""
    """pages of a series: a digest of everything drawn and of the paper, by which a finished page is known again"""

    said: dict[str, dict[str, str]] = field(default_factory=dict)
    """by the digest of a row what its short columns said: `seal_rows.SHORT`, and the title where the output shows it"""

    @property
    def count(self) -> int:
        """How many rows there are behind it."""
        return sum(map(len, self.rows.values()))


def seal(atlas: Atlas, scene: Scene, reports: Iterable[int] | None = None, own: tuple[str, ...] = ()) -> Seal:
    """The seal of a scene; `reports`: row numbers of those it rests on, when they are not just those of the events drawn.

    `own`: the analyst's own columns, for a file that carries them.
    """
    used = list(_used(atlas, scene) if reports is None else reports)
    known = scene.view.known.isoformat() if scene.view.known else ""
    said = seal_rows.said_of(atlas, used, own, _titles(scene))
    return Seal(version("panj"), scene.view.to_query(), scene.marking, _data(atlas), seal_rows.rows_of(atlas, used, own), known, own, said=said)


def bound(pages: Sequence[Seal], view: str, marking: str, told: str) -> Seal:
    """The seal of a book: it rests on the rows of all its pages, which share a knowledge day; `told` is what it says beside them."""
    rows = seal_rows.together(page.rows for page in pages)
    said = seal_rows.said_together(page.said for page in pages)
    drawn = hashlib.sha256("\n".join([told, *(page.drawn for page in pages)]).encode()).hexdigest()[:32]
    return Seal(version("panj"), view, marking, pages[0].data, rows, pages[0].known, pages[0].own, tuple(page.view for page in pages), drawn, said)


def _used(atlas: Atlas, scene: Scene) -> list[int]:
    layer = scene.layer("events")
    events = layer.features if layer else ()
    reports = index(atlas).columns["reports"][events.rows] if isinstance(events, Occurrences) else ()
    return [row for rows in reports for row in rows]


def _titles(scene: Scene) -> frozenset[str]:
    """Titles of events that an output of the scene shows."""
    layer = scene.layer("events")
    return frozenset(feature.title for feature in layer.features) if layer else frozenset()


def _data(atlas: Atlas) -> str:
    return hashlib.sha256("\n".join(sorted(digest for _, digest in seal_rows.digests(atlas).values())).encode()).hexdigest()


def token(sealed: Seal) -> str:
    """The seal as plain ASCII to be put into a file's metadata; `close` fills in the digest."""
    told = {name: value for name, value in asdict(sealed).items() if value or name not in _OPTIONAL}
    content = zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), 9)
    return seal_places.open_token(base64.urlsafe_b64encode(content).decode())


def png_with(content: bytes, sealed: Seal) -> bytes:
    """A PNG with the seal in a text chunk before its end."""
    return seal_places.png_closed(content, token(sealed))


def read(content: bytes) -> tuple[Seal | None, bool]:
    """The seal in a file, and whether the file still is as it was when sealed; None when it carries none that can be read.

    Raises SealError when it carries one of another form.
    """
    return _told(seal_places.find(content))


def read_file(path: Path) -> tuple[Seal | None, bool]:
    """The seal of a file: inside it, or for formats that have no place for one beside it as `NAME.seal.json`.

    Raises OSError when the file cannot be read, SealError when its seal is of another form, or when that of slides was itself altered.
    """
    content, beside = path.read_bytes(), beside_of(path)
    if beside.exists():
        return _told(seal_places.find_beside(content, beside.read_bytes()))
    return _read_deck(content) if content.startswith(b"PK") else read(content)


def beside_of(path: Path) -> Path:
    """Where the seal of a plain data file stands."""
    return path.with_name(f"{path.name}.seal.json")


def beside(content: bytes, sealed: Seal, about: Mapping[str, object]) -> bytes:
    """The seal file of a plain data file, with what is to be known about it; the digest is over both files."""
    values = {"seal": token(sealed), "panj": sealed.panj, "view": sealed.view, "marking": sealed.marking, "about": dict(about)}
    return seal_places.beside_closed(content, json.dumps(values, indent=1, ensure_ascii=False).encode() + b"\n")


def _read_deck(content: bytes) -> tuple[Seal | None, bool]:
    """Slides are meant to be edited; that they were is told, not held against them. Their seal is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as deck:
            parts = {name: deck.read(name) for name in deck.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return None, False
    return _told(seal_places.find_deck(parts))


def editable(path: Path) -> bool:
    """Whether a change of the file is to be expected."""
    return path.suffix.lower() == ".pptx"


def _told(found: Found | None) -> tuple[Seal | None, bool]:
    if not found:
        return None, False
    if found.form != seal_places.FORM:
        raise SealError(f"its seal is of form {found.form}, which this version does not read; made anew it would have form {seal_places.FORM}")
    if not found.own:
        raise SealError("its seal was altered after it was made")
    sealed = _decoded(found.content)
    return sealed, sealed is not None and found.whole


def _decoded(text: bytes) -> Seal | None:
    try:
        read = json.loads(zlib.decompress(base64.urlsafe_b64decode(text)))
        rows = {key: tuple(digests) for key, digests in read["rows"].items()}
        told = Seal(**{**read, "rows": rows, "own": tuple(read.get("own", ())), "views": tuple(read.get("views", ()))})
        if told.known:
            days.parse(told.known)
    except (ValueError, TypeError, AttributeError, KeyError, zlib.error):
        return None
    texts = [told.panj, told.view, told.marking, told.data, told.known, told.drawn, *told.own, *told.views]
    digests = [digest for of_key in rows.values() for digest in of_key]
    read_as_text = all(isinstance(text, str) for text in texts) and seal_rows.carried(told.said)
    return told if read_as_text and all(seal_rows.fits(digest, told.own) for digest in digests) else None


def compare(sealed: Seal, atlas: Atlas) -> list[Finding]:
    """What in the data of now makes a brief untrue; empty when it still holds.

    Rows of the brief count that read differently or are gone, and reports that one of its events rests on now and did not then. What
    does not count: reports after the brief's own knowledge day, disproved ones beside sound ones, events that were not in the brief,
    the order of rows, the analyst's own columns where the file does not carry them, and such a column that came later.
    """
    return seal_changes.changes(sealed.rows, sealed.said, sealed.own, sealed.known, atlas)


__all__ = ["Finding", "Seal", "SealError", "beside", "beside_of", "bound", "close", "compare", "editable", "png_with", "read", "read_file", "seal",
           "token"]  # fmt: skip
