"""Where a seal stands in a file, and the digest that holds the two together.

The token is `panj-seal:2:CONTENT:DIGEST:` in one place per format; the same text anywhere else is text. DIGEST is over the file with
the digest itself set to zeros. In slides, which are meant to be edited, its first half is over the parts, its second over CONTENT.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

FORM = 2
"""of the tokens written and read here"""

CUSTOM = "docProps/custom.xml"
"""the part of a deck that holds its custom properties"""

_ZEROS = b"0" * 64
_TOKEN = rb"panj-seal:(?P<form>\d{1,9}):(?P<content>[A-Za-z0-9_=-]+):(?P<digest>[0-9a-f]{64}):"
_ALONE = re.compile(_TOKEN)
_PROPERTY = re.compile(rb'<property [^>]*name="PanjSeal"[^>]*>\s*<vt:lpwstr>' + _TOKEN + rb"</vt:lpwstr>")
_PLACES = {
    b"%PDF-": re.compile(rb"/PanjSeal \(" + _TOKEN + rb"\) >>"),
    b"<?xml": re.compile(rb"<panj:seal>" + _TOKEN + rb"</panj:seal></metadata>"),
    b"<!doctype html>": re.compile(rb'<script type="application/json" id="panj-seal">\{"seal":"' + _TOKEN + rb'"\}</script>'),
    b"{": re.compile(rb'^ "seal": "' + _TOKEN + rb'",?$', re.MULTILINE),
}
"""by how a file begins: the last entry of a PDF, an element, a block of data, a key of the outermost object; texts cannot look like these,
because their angle brackets or line ends are written otherwise, or because (in a PDF) they stand before it"""

_PNG, _KEYWORD = b"\x89PNG\r\n\x1a\n", b"panj-seal\0"


class Found(NamedTuple):
    """A token in its place."""

    form: int
    content: bytes
    whole: bool
    """whether the digest fits the file"""

    own: bool = True
    """whether the token itself is as it was made; in most formats `whole` says all there is to know"""


def open_token(content: str) -> str:
    """A token whose digest is still to be filled in by `close`."""
    return f"panj-seal:{FORM}:{content}:{_ZEROS.decode()}:"


def find(content: bytes) -> Found | None:
    """The token of a file that holds it; None when there is none in its place."""
    if content.startswith(_PNG):
        return _find_png(content)
    at = _place(content)
    return _found(at, close(content) == content) if at else None


def close(content: bytes) -> bytes:
    """The file with the digest of everything else in its seal; unchanged when it holds none."""
    return _closed(content, _sha)


def png_closed(content: bytes, token: str) -> bytes:
    """A PNG with the token in a text chunk before its end."""
    digest = _sha(_with_chunk(content, token.encode()))
    return _with_chunk(content, token.encode()[: -len(_ZEROS) - 1] + digest + b":")


def beside_closed(content: bytes, told: bytes) -> bytes:
    """The seal file `told` of a data file with its digest, which is over both."""
    return _closed(told, lambda opened: _sha(hashlib.sha256(content).digest() + opened))


def find_beside(content: bytes, told: bytes) -> Found | None:
    """The token in the seal file `told` of a data file."""
    at = _place(told)
    return _found(at, beside_closed(content, told) == told) if at else None


def deck_closed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a deck with the digest in its seal; those that tell of author and time are not covered."""
    at = _PROPERTY.search(parts.get(CUSTOM, b""))
    if not at:
        return dict(parts)
    opened = {**parts, CUSTOM: _filled(at, _ZEROS)}
    named = sorted((name, content) for name, content in opened.items() if name == CUSTOM or not name.startswith("docProps/"))
    drawn = _sha(b"".join(name.encode() + b"\0" + hashlib.sha256(content).digest() for name, content in named))
    return {**parts, CUSTOM: _filled(at, drawn[:32] + _own(at))}


def find_deck(parts: Mapping[str, bytes]) -> Found | None:
    """The token of a deck."""
    at = _PROPERTY.search(parts.get(CUSTOM, b""))
    return _found(at, deck_closed(parts)[CUSTOM] == parts[CUSTOM])._replace(own=at["digest"][32:] == _own(at)) if at else None


def _found(at: re.Match[bytes], whole: bool) -> Found:
    return Found(int(at["form"]), at["content"], whole)


def _place(content: bytes) -> re.Match[bytes] | None:
    """The last one, because the texts of a PDF stand before it."""
    *_, last = (None, *(at for begin, place in _PLACES.items() if content.startswith(begin) for at in place.finditer(content)))
    return last


def _closed(content: bytes, digest: Callable[[bytes], bytes]) -> bytes:
    at = _place(content)
    return _filled(at, digest(_filled(at, _ZEROS))) if at else content


def _filled(at: re.Match[bytes], digest: bytes) -> bytes:
    return at.string[: at.start("digest")] + digest + at.string[at.end("digest") :]


def _own(at: re.Match[bytes]) -> bytes:
    return _sha(at["form"] + b":" + at["content"])[:32]


def _sha(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _with_chunk(content: bytes, text: bytes) -> bytes:
    chunk = b"tEXt" + _KEYWORD + text
    end = content.rindex(b"IEND") - 4
    return content[:end] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[end:]


def _find_png(content: bytes) -> Found | None:
    """The token in the last chunk of our keyword; whole when a seal put on the rest gives the same file."""
    chunk = _chunk(content)
    at = _ALONE.fullmatch(content, chunk.start + 8 + len(_KEYWORD), chunk.stop - 4) if chunk else None
    if not at:
        return None
    bare = content[: chunk.start] + content[chunk.stop :]
    return _found(at, b"IEND" in bare and png_closed(bare, open_token(at["content"].decode())) == content)


def _chunk(content: bytes) -> slice | None:
    """Where the chunk of our keyword begins and ends."""
    start, found = len(_PNG), None
    while start + 12 <= len(content):
        stop = start + 12 + struct.unpack(">I", content[start : start + 4])[0]
        if content.startswith(b"tEXt" + _KEYWORD, start + 4):
            found = slice(start, min(stop, len(content)))
        start = stop
    return found
