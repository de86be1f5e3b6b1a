"""Zipped shapefiles: its parts taken out of the archive one by one and read from memory, alone."""

from __future__ import annotations

import io
import zipfile

import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from geodata.intake import encodings, pinned, projected
from geodata.intake.archives import Archive
from geodata.intake.limits import refused, require_columns, require_rows
from geodata.intake.sheet import Sheet, others

CODES = {"1251": "cp1251", "ansi 1251": "cp1251", "65001": "utf-8"}
"""how programs write the name of an encoding"""

MACINTOSH = {"mac-roman": "macintosh", "mac-cyrillic": "maccyrillic"}
"""how GDAL writes the name of an encoding, where Python writes another"""

MARK = b"\x00\x00\x27\x0a"
"""first bytes of every .shp"""


def read(archive: Archive, *, layer: str = "") -> Sheet:
    """The layer named, else the only or first one. Raises TableError."""
    stems = [name[:-4] for name in archive.ending(".shp")]
    if layer and layer not in stems:
        raise refused(archive.file, f"has no layer {layer!r}; it has {', '.join(map(repr, stems))}")
    stem = layer or stems[0]
    parts = _parts(archive, stem)
    if not parts[".shp"].startswith(MARK):
        raise refused(archive.file, f"holds {stem + '.shp'!r:.60}, which is no shapefile")
    name, doubts = _encoding(archive.file, parts)
    try:
        about, _, wkb, fields = pyogrio.raw.read(_packed(parts, name), read_geometry=True)[:4]
    except (DataSourceError, ValueError, OSError, LookupError) as error:
        raise refused(archive.file, f"is not a whole shapefile: {str(error)!r:.100}") from error
    system = parts.get(".prj", b"").decode("utf-8", "replace").strip()
    found = _sheet(archive.file, stem, list(about["fields"]), fields, wkb, system)
    found.notes += [*others("layers", stems, stem), *projected.doubt(wkb, system), *doubts]
    found.sheets, found.sheet = tuple(stems), stem
    return found


def _sheet(file: str, stem: str, names: list[str], fields, wkb, system: str) -> Sheet:
    require_columns(file, len(names))
    require_rows(file, len(wkb))
    read = shapely.from_wkb(wkb, on_invalid="ignore")
    unread = {row: pinned.text(part) for row, part in enumerate(wkb) if part is not None and read[row] is None}
    shapes = projected.degrees(file, list(read), system)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*(column.tolist() for column in fields), strict=True)] or [{} for _ in wkb]
    return pinned.sheet(file, f"Shapefile {stem!r}", [{name: str(value) if name in _dates(fields, names) else value for name, value in row.items()}
                                                       for row in rows], shapes, unread=unread)  # fmt: skip


def _dates(fields, names: list[str]) -> set[str]:
    return {name for name, column in zip(names, fields, strict=True) if column.dtype.kind == "M"}


def _parts(archive: Archive, stem: str) -> dict[str, bytes]:
    """The parts a shapefile needs; anything else in the archive stays unread."""
    names = {name.lower(): name for name in archive.members}
    parts = {
        ending: archive.read(names[f"{stem}{ending}".lower()])
        for ending in (".shp", ".shx", ".dbf", ".prj", ".cpg")
        if f"{stem}{ending}".lower() in names
    }
    missing = [ending for ending in (".shx", ".dbf") if ending not in parts]
    if missing:
        raise refused(archive.file, f"holds {stem + '.shp'!r:.60} without its {' and '.join(missing)}; all parts of a shapefile would be right")
    return parts


def _packed(parts: dict[str, bytes], encoding: str) -> bytes:
    """An archive of just these parts under plain names: what is read can name no other file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for ending in (".shp", ".shx", ".dbf"):
            packed.writestr(f"layer{ending}", parts[ending])
        packed.writestr("layer.cpg", encoding)
    return buffer.getvalue()


def _encoding(file: str, parts: dict[str, bytes]) -> tuple[str, list[str]]:
    """What the .cpg says, else what the letters of the table look like, and a sentence when that is doubtful."""
    named = parts.get(".cpg", b"").decode("ascii", "replace").strip().lower()
    if named:
        return CODES.get(named, named), []
    letters = _letters(parts[".dbf"])
    guessed = encodings.encoding(file, letters)
    plain = guessed.replace("_", "-")
    return MACINTOSH.get(plain, plain), encodings.doubt(letters, guessed, remedy="a .cpg file beside it that names another would be right")


def _letters(table: bytes) -> bytes:
    """What is text in a .dbf: the names of fields and the rows, not the numbers between."""
    start = int.from_bytes(table[8:10], "little")
    names = [table[at : at + 11] for at in range(32, start - 1, 32)]
    return b"\n".join([*names, table[start:]]).replace(b"\0", b"")
