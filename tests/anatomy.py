"""What a file consists of apart from its texts, and what it says, as programs that are not ours read it.

A text that is taken for more than text shows as a part that the same file with harmless texts does not have.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import openpyxl
import pyarrow.parquet as pq
import pypdf
from defusedxml import ElementTree
from PIL import Image
from pptx import Presentation


class Anatomy(NamedTuple):
    """A file taken apart."""

    parts: frozenset[str]
    """kinds of elements, attributes, objects, cells, links, tables"""

    texts: tuple[str, ...]


def of(content: bytes) -> Anatomy:
    """A file of any output; which kind it is shows in how it begins."""
    found = next(read for begin, read in _READERS.items() if content.startswith(begin))(content)
    parts, texts = set(), []
    for part, text in found:
        parts.add(part)
        texts.append(text)
    return Anatomy(frozenset(parts), tuple(texts))


Found = Iterator[tuple[str, str]]
"""a part and what it says"""

_STYLE = re.compile(r"@import|expression|url\((?!['\"]?data:font/woff;base64,)[^)]*\)")
"""what makes a style sheet fetch or run something"""


def _xml(content: bytes) -> Found:
    for element in ElementTree.fromstring(content).iter():
        yield f"<{element.tag}>", element.text or ""
        yield "", element.tail or ""
        if element.tag.endswith("}style"):
            yield from ((f"style {match}", "") for match in _STYLE.findall(element.text or ""))
        if element.tag.endswith("}description"):  # of KML, which globe programs show as HTML
            yield from _html((element.text or "").encode())
        for name, value in element.attrib.items():
            kind = value if name in ("TargetMode", "ContentType") or (name == "Type" and "Target" in element.attrib) else ""
            yield f"<{element.tag} {name}>{kind}", value


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._inside = ""
        self._text: int | None = None
        """position of the text that goes on: an element for a direction does not end one"""

    def handle_starttag(self, tag, attrs):
        self._text = self._text if tag == "bdi" else None
        self._inside = tag if dict(attrs).get("type") != "application/json" else "data"
        self.found.append((f"<{tag}>", ""))
        self.found += ((f"<{tag} {name}>", value or "") for name, value in attrs)

    def handle_endtag(self, tag):
        self._inside = ""
        self._text = self._text if tag == "bdi" else None

    def handle_comment(self, data):
        self.found.append(("<!-- -->", data))

    def handle_data(self, data):
        if self._inside == "data":
            self.found += _json(data.encode())
        elif self._inside == "script":
            self.found.append((f"script {data}", ""))
        else:
            self.found += ((f"style {match}", "") for match in _STYLE.findall(data) if self._inside == "style")
            self._say(data)

    def _say(self, data):
        if self._text is None:
            self._text = len(self.found)
            self.found.append(("", ""))
        self.found[self._text] = ("", self.found[self._text][1] + data)


def _html(content: bytes) -> Found:
    page = _Page()
    page.feed(content.decode())
    page.close()
    return iter(page.found)


def _json(content: bytes) -> Found:
    """Texts only: no number is one."""
    waiting = [json.loads(content)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield "", value
        elif isinstance(value, (dict, list)) and not isinstance(next(iter(value), ""), float | int):
            waiting += value.values() if isinstance(value, dict) else value


def _pdf(content: bytes) -> Found:
    document, seen = pypdf.PdfReader(io.BytesIO(content)), set()
    waiting = [document.trailer]
    while waiting:
        value = waiting.pop()
        value = value.get_object() if isinstance(value, pypdf.generic.IndirectObject) else value
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, dict):
            yield from ((f"dictionary with {name}", "") for name in value if not re.match(r"/(SourceSans3|DejaVuSans|A\d+$)", name))
            waiting += (value.raw_get(name) for name in value)
        elif isinstance(value, list):
            waiting += list.__iter__(value)
        else:
            yield "", value if isinstance(value, str) else ""
    yield from (("", page.extract_text()) for page in document.pages)


def _png(content: bytes) -> Found:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        yield from ((name, str(value)) for name, value in picture.info.items())


def _zip(content: bytes) -> Found:
    """Office files: their XML parts, then what the usual program makes of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            yield f"part {re.sub(r'[0-9]+', '', name)}", ""
            yield from _xml(file.read(name)) if name.endswith((".xml", ".rels")) else ()
        book = any(name.startswith("xl/") for name in file.namelist())
    yield from _book(content) if book else _deck(content)


def _book(content: bytes) -> Found:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            yield f"cell {cell.data_type} {cell.hyperlink}", str(cell.value or "")


def _deck(content: bytes) -> Found:
    for slide in Presentation(io.BytesIO(content)).slides:
        yield "notes", slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        for shape in slide.shapes:
            yield f"shape {shape.shape_type}", shape.text_frame.text if shape.has_text_frame else ""
            yield from ((f"cell {len(cell._tc.xpath('.//a:hlinkClick'))}", cell.text) for row in (shape.table.rows if shape.has_table else ())
                        for cell in row.cells)  # fmt: skip


def _base(content: bytes) -> Found:
    with sqlite3.connect(":memory:") as base:
        base.deserialize(content)
        made = base.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
        yield from ((" ".join(found), "") for found in made)
        for table in (name for kind, name, sql in made if kind == "table" and "VIRTUAL" not in sql and not name.startswith("rtree")):
            yield from (("", str(value)) for row in base.execute(f'SELECT * FROM "{table}"') for value in row if isinstance(value, str))
    base.close()


def _parquet(content: bytes) -> Found:
    table = pq.read_table(io.BytesIO(content))
    for name in table.column_names:
        yield f"column {name} {table.schema.field(name).type}", ""
        yield from (("", value) for value in table[name].to_pylist() if isinstance(value, str))


def _csv(content: bytes) -> Found:
    """Cells as a spreadsheet sees them: one that begins so, and is no number, it runs."""
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        for cell in row:
            number = re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", cell, re.IGNORECASE | re.ASCII)
            yield f"formula {cell}" if cell[:1] in tuple("=+-@\t\r") and not number else "cell", cell


_READERS: dict[bytes, Callable[[bytes], Found]] = {
    b"%PDF-": _pdf, b"\x89PNG": _png, b"<?xml": _xml, b"<!doctype html>": _html, b"{": _json, b"PK": _zip, b"SQLite format 3\0": _base,
    b"PAR1": _parquet, b"event,": _csv,
}  # fmt: skip
