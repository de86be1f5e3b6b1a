"""Bytes to text: UTF-8 when it is, a byte order mark when there is one, else the likeliest of the encodings spreadsheets write."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from geodata.intake.limits import refused

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
LIKELY = ["cp1251", "cp1252", "koi8_r", "cp866", "cp1256", "cp1250", "cp1254"]
PIECE = 1 << 20
SAMPLE = 40_000


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


def _guessed(file: str, content: bytes) -> str:
    """The likeliest one-byte encoding of the lines that are not plain ASCII."""
    telling = b"\n".join(line for line in content[: 10 * PIECE].split(b"\n") if re.search(rb"[\x80-\xff]", line))[:SAMPLE]
    if _share_of_cyrillic(telling, "cp1251") > 0.6:  # upper and lower case in running text: nothing else a spreadsheet writes looks so
        return "cp1251"
    best = from_bytes(telling, cp_isolation=LIKELY).best()
    if best is None:
        raise refused(file, "is in no encoding known here; save the file as UTF-8")
    return best.encoding


def _share_of_cyrillic(sample: bytes, name: str) -> float:
    """How much of the text beyond ASCII reads as lower case Russian, capitals only at the start of words."""
    text = sample.decode(name, errors="replace")
    beyond = [letter for letter in text if ord(letter) > 127]
    fine = len(re.findall(r"[а-яё]|(?<![а-яёА-ЯЁ])[А-ЯЁ]", text))
    return fine / len(beyond) if beyond else 0
