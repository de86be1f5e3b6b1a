"""Zipped shapefiles: its parts taken out of the archive one by one and read from memory, alone."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

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

HEAD = 100
"""bytes before the first record of a .shp and a .shx"""


def read(archive: Archive, *, layer: str = "") -> Sheet:
    """The layer named, else the only or first one. Raises TableError."""
    stems = [name[:-4] for name in archive.ending(".shp")]
    if layer and layer not in stems:
        raise refused(archive.file, f"has no layer {layer!r}; it has {', '.join(map(repr, stems))}")
    stem = layer or stems[0]
    parts = _parts(archive, stem)
    if not parts[".shp"].startswith(MARK):
        raise refused(archive.file, f"holds {stem + '.shp'!r:.60}, which is no shapefile")
    _require_whole(archive.file, stem, parts)
    name, doubts = _encoding(archive.file, parts)
    try:
        about, numbers, wkb, fields = pyogrio.raw.read(_packed(parts, name), read_geometry=True, return_fids=True)[:4]
    except (DataSourceError, DataLayerError, ValueError, OSError, LookupError) as error:
        raise refused(archive.file, f"is not a whole shapefile: {str(error)!r:.100}") from error
    system = parts.get(".prj", b"").decode("utf-8", "replace").strip()
    found = _sheet(archive.file, stem, list(about["fields"]), fields, wkb, system, _lost(parts, numbers, wkb))
    found.notes += [*others("layers", stems, stem), *projected.doubt(wkb, system), *doubts]
    found.sheets, found.sheet = tuple(stems), stem
    return found


def _sheet(file: str, stem: str, names: list[str], fields, wkb, system: str, lost: dict[int, str]) -> Sheet:
    require_columns(file, len(names))
    require_rows(file, len(wkb))
    read = shapely.from_wkb(wkb, on_invalid="ignore")
    unread = lost | {row: pinned.text(part) for row, part in enumerate(wkb) if part is not None and read[row] is None}
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


def _require_whole(file: str, stem: str, parts: dict[str, bytes]) -> None:
    """Raise TableError for a part of fewer bytes than it says, or rows that are not as many as the shapes."""
    shapes, rows = len(_records(parts[".shx"])), int.from_bytes(parts[".dbf"][4:8], "little")
    for ending, says in _sizes(parts).items():
        if (there := len(parts[ending])) < says:
            raise refused(file, f"holds {stem + ending!r:.60}, which is cut short: it has {there:,} bytes and should have {says:,}; "
                                "the whole file would be right")  # fmt: skip
    if shapes != rows:
        raise refused(file, f"holds {stem + '.shp'!r:.60} with {shapes:,} shapes and its table with {rows:,} rows; as many of each would be right")


def _sizes(parts: dict[str, bytes]) -> dict[str, int]:
    """How many bytes each part has by what it says of itself, the .shp also by where its index says that its shapes end."""
    table = parts[".dbf"]
    rows, head, width = (int.from_bytes(table[at:to], "little") for at, to in ((4, 8), (8, 10), (10, 12)))
    said = {ending: max(HEAD, 2 * int.from_bytes(parts[ending][24:28], "big")) for ending in (".shx", ".shp")}
    return {".shx": said[".shx"], ".shp": int(_records(parts[".shx"]).max(initial=said[".shp"])), ".dbf": max(32, head + rows * width)}


def _records(index: bytes) -> np.ndarray:
    """Where the content of each shape begins and ends in the .shp."""
    count = max(0, min(2 * int.from_bytes(index[24:28], "big"), len(index)) - HEAD) // 8
    words = np.frombuffer(index, ">u4", 2 * count, HEAD if count else 0).astype(np.int64).reshape(-1, 2)
    return 2 * words.cumsum(axis=1) + 8


def _lost(parts: dict[str, bytes], numbers, wkb) -> dict[int, str]:
    """By row, the bytes of shapes that were not read though they are there."""
    records = _records(parts[".shx"])
    contents = {row: parts[".shp"][slice(*records[numbers[row]])] for row, part in enumerate(wkb) if part is None}
    return {row: pinned.text(content) for row, content in contents.items() if _is_shape(content)}


def _is_shape(content: bytes) -> bool:
    """Whether a record has a kind and, where it counts its parts or points, any."""
    return any(content[:4]) and (len(content) < 40 or any(content[36:40]))


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
