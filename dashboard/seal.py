"""What a brief rests on, carried inside it: its view, its rows with a digest each, the data, the version; and verifying it later.

A seal detects change; it is not a signature. The token is `panj-seal:1:CONTENT:DIGEST:`; DIGEST is over the file with the digest itself
set to zeros, so any other change of the file shows.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from dashboard.occurrences import Occurrences
from dashboard.scene import Scene
from dashboard.selection import index
from geodata.atlas import Atlas
from geodata.outtake import cells
from geodata.reports import COLUMNS

_TOKEN = re.compile(rb"panj-seal:1:([A-Za-z0-9_=-]+):([0-9a-f]{64}):")
_ZEROS = b"0" * 64
_GRADE = ("reliability", "credibility")


@dataclass(frozen=True)
class Seal:
    """What an output was made from."""

    panj: str
    view: str
    marking: str
    data: str
    """digest of every usable row of the events file"""

    rows: dict[str, str]
    """for each report used, `event source` -> digest of the row, then four hex digits per column of the events file"""

    views: tuple[str, ...] = ()
    """a book of several pages: the view of each; `rows` are those of all"""

    drawn: str = ""
    """pages of a series: a digest of everything drawn and of the paper, by which a finished page is known again"""


@dataclass(frozen=True)
class Finding:
    """A row that no longer reads as it did."""

    row: str
    what: str
    """`amended`, `re-graded` or `withdrawn`"""

    fields: tuple[tuple[str, str], ...] = ()
    """(column, what it says now)"""

    def __str__(self) -> str:
        """The sentence shown."""
        now = "; ".join(f"{name} now {value!r}" for name, value in self.fields)
        return f"{self.row}: {self.what}" + (f": {now}" if now else "")


def seal(atlas: Atlas, scene: Scene, reports: Iterable[int] | None = None) -> Seal:
    """The seal of a scene; `reports`: row numbers of those it rests on, when they are not just those of the events drawn."""
    digests, keys = _digests(atlas), _keys(atlas.reports)
    used = _used(atlas, scene) if reports is None else [keys[row] for row in reports]
    return Seal(version("panj"), scene.view.to_query(), scene.marking, _data(digests.values()), {key: digests[key] for key in used})


def bound(pages: Sequence[Seal], view: str, marking: str, told: str) -> Seal:
    """The seal of a book: it rests on the rows of all its pages; `told` is what it says beside them."""
    rows = {key: digest for page in pages for key, digest in page.rows.items()}
    drawn = hashlib.sha256("\n".join([told, *(page.drawn for page in pages)]).encode()).hexdigest()[:32]
    return Seal(version("panj"), view, marking, pages[0].data, rows, tuple(page.view for page in pages), drawn)


def _used(atlas: Atlas, scene: Scene) -> list[str]:
    layer = scene.layer("events")
    events = layer.features if layer else ()
    reports = index(atlas).columns["reports"][events.rows] if isinstance(events, Occurrences) else ()
    keys = _keys(atlas.reports)
    return list(dict.fromkeys(keys[row] for rows in reports for row in rows))


def _keys(reports: pd.DataFrame) -> dict[int, str]:
    """A name for each row: its event and source, with a number where that is not enough."""
    seen: dict[str, int] = {}
    keys = {}
    for row, event, source in zip(reports.index, reports["event"], reports["source"], strict=True):
        name = f"{event} {source}".strip()
        seen[name] = seen.get(name, 0) + 1
        keys[row] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return keys


@lru_cache(maxsize=4)
def _digests(atlas: Atlas) -> dict[str, str]:
    """Kept, because every page of a series asks for them."""
    keys = _keys(atlas.reports)
    rows = zip(atlas.reports.index, cells(atlas.reports, COLUMNS), strict=True)
    return {keys[row]: _row_digest(values) for row, values in rows}


def _row_digest(values: list[str]) -> str:
    whole = hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:16]
    return whole + "".join(hashlib.sha256(value.encode()).hexdigest()[:4] for value in values)


def _data(digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def token(sealed: Seal) -> str:
    """The seal as plain ASCII to be put into a file's metadata; `close` fills in the digest."""
    told = {name: value for name, value in asdict(sealed).items() if value or name not in ("views", "drawn")}
    content = base64.urlsafe_b64encode(zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), 9)).decode()
    return f"panj-seal:1:{content}:{_ZEROS.decode()}:"


def close(content: bytes) -> bytes:
    """The file with the digest of everything else in its seal; unchanged when it holds none."""
    found = _TOKEN.search(content)
    if not found:
        return content
    digest = hashlib.sha256(content).hexdigest().encode()
    return content[: found.start(2)] + digest + content[found.end(2) :]


def png_with(content: bytes, sealed: Seal) -> bytes:
    """A PNG with the seal in a text chunk before its end; the digest is over the file without that chunk."""
    text = token(sealed).encode().replace(_ZEROS, hashlib.sha256(content).hexdigest().encode())
    chunk = b"tEXt" + b"panj-seal\0" + text
    packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    end = content.rindex(b"IEND") - 4
    return content[:end] + packed + content[end:]


def read(content: bytes) -> tuple[Seal | None, bool]:
    """The seal in a file, and whether the file still is as it was when sealed; None when it carries none that can be read."""
    found = _TOKEN.search(content)
    sealed = _decoded(found[1]) if found else None
    if not found or sealed is None:
        return None, False
    bare = _without_chunk(content, found.start()) if content.startswith(b"\x89PNG") else content[: found.start(2)] + _ZEROS + content[found.end(2) :]
    return sealed, hashlib.sha256(bare).hexdigest().encode() == found[2]


def read_file(path: Path) -> tuple[Seal | None, bool]:
    """The seal of a file: inside it, or for formats that have no place for one beside it as `NAME.seal.json`.

    Raises OSError when the file cannot be read.
    """
    content, beside = path.read_bytes(), beside_of(path)
    if content.startswith(b"PK") and not beside.exists():
        return _read_deck(content)
    if not beside.exists():
        return read(content)
    told = beside.read_bytes()
    sealed, _ = read(told)
    return sealed, _token_digest(told) == _paired_digest(content, told)


def beside_of(path: Path) -> Path:
    """Where the seal of a plain data file stands."""
    return path.with_name(f"{path.name}.seal.json")


def beside(content: bytes, sealed: Seal, about: Mapping[str, object]) -> bytes:
    """The seal file of a plain data file, with what is to be known about it; the digest is over both files."""
    values = {"seal": token(sealed), "panj": sealed.panj, "view": sealed.view, "marking": sealed.marking, "about": dict(about)}
    told = json.dumps(values, indent=1, ensure_ascii=False).encode() + b"\n"
    return told.replace(_ZEROS, _paired_digest(content, told).encode(), 1)


def _paired_digest(content: bytes, told: bytes) -> str:
    """Over a data file and its seal file, the digest itself left out."""
    found = _TOKEN.search(told)
    bare = told[: found.start(2)] + _ZEROS + told[found.end(2) :] if found else told
    return hashlib.sha256(hashlib.sha256(content).digest() + bare).hexdigest()


def deck_digest(parts: Mapping[str, bytes]) -> str:
    """The digest of a deck: over its parts, those that hold properties left out."""
    named = sorted((name, content) for name, content in parts.items() if not name.startswith("docProps/"))
    return hashlib.sha256(b"".join(name.encode() + b"\0" + hashlib.sha256(content).digest() for name, content in named)).hexdigest()


def _read_deck(content: bytes) -> tuple[Seal | None, bool]:
    """Slides are meant to be edited; that they were is told, not held against them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as deck:
            parts = {name: deck.read(name) for name in deck.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return None, False
    found = _TOKEN.search(parts.get("docProps/custom.xml", b""))
    sealed = _decoded(found[1]) if found else None
    return sealed, bool(found) and found[2].decode() == deck_digest(parts)


def editable(path: Path) -> bool:
    """Whether a change of the file is to be expected."""
    return path.suffix.lower() == ".pptx"


def _token_digest(content: bytes) -> str:
    found = _TOKEN.search(content)
    return found[2].decode() if found else ""


def _without_chunk(content: bytes, inside: int) -> bytes:
    start = content.rfind(b"tEXtpanj-seal\0", 0, inside) - 4
    if start < 0:
        return content
    size = struct.unpack(">I", content[start : start + 4])[0] + 12
    return content[:start] + content[start + size :]


def _decoded(text: bytes) -> Seal | None:
    try:
        read = json.loads(zlib.decompress(base64.urlsafe_b64decode(text)))
        told = Seal(**{**read, "views": tuple(read.get("views", ()))})
    except (ValueError, TypeError, AttributeError, zlib.error):
        return None
    texts = [told.panj, told.view, told.marking, told.data, told.drawn, *told.views, *(told.rows.values() if isinstance(told.rows, dict) else [None])]
    return told if all(isinstance(text, str) for text in texts) else None


def compare(sealed: Seal, atlas: Atlas) -> list[Finding]:
    """The rows of a brief that read differently, or are gone, in the data of now."""
    now = _digests(atlas)
    values = dict(zip(now, cells(atlas.reports, COLUMNS), strict=True))
    return [finding for key, digest in sealed.rows.items() if (finding := _finding(key, digest, now, values))]


def _finding(key: str, digest: str, now: dict[str, str], values: dict[str, list[str]]) -> Finding | None:
    if key not in now:
        return Finding(key, "withdrawn")
    if now[key] == digest:
        return None
    old, new = ([text[16:][i : i + 4] for i in range(0, 4 * len(COLUMNS), 4)] for text in (digest, now[key]))
    fields = tuple((name, value) for name, value, a, b in zip(COLUMNS, values[key], old, new, strict=True) if a != b)
    return Finding(key, "re-graded" if fields and {name for name, _ in fields} <= set(_GRADE) else "amended", fields)
