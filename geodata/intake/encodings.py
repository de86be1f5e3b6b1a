"""Bytes to text: UTF-8 when it is, a byte order mark when there is one, else the likeliest of the encodings spreadsheets write."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from geodata.intake import alphabets
from geodata.intake.limits import refused

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
LIKELY = ["cp1251", "cp1252", "koi8_r", "cp866", "cp1256", "cp1250", "cp1254"]
GUESSED = frozenset({*LIKELY, *alphabets.CYRILLIC, *alphabets.LATIN})
BEYOND = re.compile(rb"[\x80-\xff]")
PIECE = 1 << 20
SAMPLE = 20_000
MARGIN, POOR = 5.0, 5.0
"""a guess is said to be one when another reading is so little less likely, or when its letters are so unlikely for any language"""


def encoding(file: str, content: bytes) -> str:
    """The name of the encoding. Raises TableError when the bytes are no text."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if wide := _unmarked_utf16(content):
        return wide
    if b"\0" in content:
        raise refused(file, "holds null bytes, so it is no text; a CSV table would be right")
    return "utf-8" if is_utf8(content) else _guessed(file, content)


def decoded(file: str, content: bytes, name: str) -> str:
    """The text. Raises TableError naming the first byte that does not fit."""
    try:
        return content.decode(name)
    except LookupError:
        raise refused(file, f"cannot be read as {name!r}, which is no encoding; utf-8 or cp1251 would be right") from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refused(file, f"is not {name} text; save the file as UTF-8", line=line) from error


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8, checked in pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), PIECE):
            decoder.decode(content[start : start + PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain text is zero."""
    head = content[:2000]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def doubt(content: bytes, name: str, *, remedy: str = "name another as encoding in the mapping") -> list[str]:
    """A sentence with a sample unless what was guessed is by far the likeliest, or was no guess; nothing else."""
    if name not in GUESSED:
        return []
    telling = _telling(content)
    found = alphabets.readings(telling)
    mine = next((reading for reading in found if reading.encoding == name), None)
    if mine is None:
        return [_doubtful(name, telling.decode(name, errors="replace"), remedy)]
    words = _odd_words(mine.text)
    rival = any(reading.cost < mine.cost + MARGIN and _odd_words(reading.text) != words for reading in found)
    return [_doubtful(name, mine.text, remedy)] if rival or mine.mean > POOR else []


def _doubtful(name: str, text: str, remedy: str) -> str:
    shown = ", ".join(map(repr, list(dict.fromkeys(_odd_words(text)))[:4]))
    return f"the encoding is a guess: {name}, in which it says {shown}; if that is wrong, {remedy}"


def _odd_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\s,;|\"]+", text) if not word.isascii()]


def _telling(content: bytes) -> bytes:
    """The first lines that are not plain ASCII, wherever in the file they begin."""
    first = BEYOND.search(content)
    start = content.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return b"\n".join(line for line in content[start : start + 10 * PIECE].split(b"\n") if BEYOND.search(line))[:SAMPLE]


def _guessed(file: str, content: bytes) -> str:
    """The likeliest one-byte encoding of the lines that are not plain ASCII."""
    telling = _telling(content)
    likeliest = alphabets.readings(telling)[0]
    if likeliest.mean <= POOR:
        return likeliest.encoding
    best = from_bytes(telling, cp_isolation=LIKELY).best()
    if best is None:
        raise refused(file, "is in no encoding known here; save the file as UTF-8")
    return best.encoding
