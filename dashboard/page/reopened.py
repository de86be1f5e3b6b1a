"""The pages of a PDF of ours, taken out as they were drawn, to be bound with others. Only for files whose seal says they are whole."""

from __future__ import annotations

import re
import zlib

from dashboard.page import lettering
from dashboard.page.content import Drawn, Glyphs

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_SIZE = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
_MEANING = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", re.MULTILINE)
_STATE = re.compile(rb"/A\d+ << /ca ([\d.]+) ")


class _File:
    """The objects of a file by their numbers."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        table = int(_required(_START, content)[1])
        self._places = [int(line[:10]) for line in content[table:].split(b"\n")[3:] if line.endswith(b" n ")]

    def body(self, number: int) -> bytes:
        """An object."""
        start = self._content.index(b" obj\n", self._places[number - 1]) + 5
        stream = re.compile(rb"<< [^\n]*/Length (\d+)[^\n]*>>\nstream\n").match(self._content, start)
        end = stream.end() + int(stream[1]) if stream else self._content.index(b"\nendobj\n", start)
        return self._content[start:end]

    def stream(self, number: int) -> bytes:
        """What a stream holds, as packed as it is."""
        return self.body(number).partition(b"\nstream\n")[2]

    def referred(self, key: str, body: bytes) -> list[int]:
        """The objects that an entry refers to."""
        found = re.search(rb"/%s (?:\[([^\]]*)\]|(\d+ 0 R))" % key.encode(), body)
        return [int(number) for number in re.findall(rb"(\d+) 0 R", found[1] or found[2] or b"")] if found else []


def pages(content: bytes) -> list[Drawn]:
    """The pages of a file; ValueError when it is not a file of ours."""
    file = _File(content)
    root = file.body(int(_required(re.compile(rb"/Root (\d+) 0 R"), content[-300:])[1]))
    kids = file.referred("Kids", file.body(*file.referred("Pages", root)))
    figures = file.referred("K", file.body(*file.referred("StructTreeRoot", root)))
    resources = file.body(*file.referred("Resources", file.body(kids[0])))  # all pages share them
    glyphs, strengths = _glyphs(file, resources), frozenset(float(state) for state in _STATE.findall(resources))
    return [_page(file, file.body(kid), file.body(figure), glyphs, strengths) for kid, figure in zip(kids, figures, strict=True)]


def _page(file: _File, body: bytes, figure: bytes, glyphs: Glyphs, strengths: frozenset[float]) -> Drawn:
    size = _required(_SIZE, body)
    text = bytes.fromhex(_required(re.compile(rb"/Alt <FEFF([0-9A-F]*)>"), figure)[1].decode())
    pieces = tuple(file.stream(number) for number in file.referred("Contents", body))
    return Drawn((float(size[1]), float(size[2])), pieces, glyphs, strengths, text.decode("utf-16-be"))


def _glyphs(file: _File, resources: bytes) -> Glyphs:
    """What is shown of each font, from its table of meanings."""
    files, found = lettering.every_file(), {}
    for name, number in re.findall(rb"/([\w-]+) (\d+) 0 R", _required(re.compile(rb"/Font << (.*?) >>"), resources)[1]):
        (table,) = file.referred("ToUnicode", file.body(int(number)))
        pairs = _MEANING.findall(zlib.decompress(file.stream(table)).partition(b" beginbfchar")[2])
        found[files[name.decode()]] = {int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for glyph, letters in pairs}
    return found


def _required(pattern: re.Pattern[bytes], content: bytes) -> re.Match[bytes]:
    found = pattern.search(content)
    if not found:
        raise ValueError("this is not a page that panj has made")
    return found
