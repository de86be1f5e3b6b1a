"""XLSX: one sheet of a workbook as text; formulas give the values they had, links to other files stay closed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from html import unescape
from xml.etree.ElementTree import ParseError

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from geodata.intake.archives import Archive
from geodata.intake.limits import CELL_LETTERS, COLUMNS, ROWS, refused
from geodata.intake.names import KNOWN, plain
from geodata.intake.number_formats import DAY, letters_shown
from geodata.intake.sheet import LOOKED_AT, Sheet, from_rows, others
from geodata.problems import TableError, named

BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, SyntaxError, ParseError, InvalidFileException,
          zipfile.BadZipFile,
          NotImplementedError, RecursionError, OverflowError)  # fmt: skip
"""what openpyxl raises for workbooks that are not what they say"""

_CELL = rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b([^<>]*?)"
FORMULA = re.compile(
    _CELL + rb"(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
"""a cell with a formula and an empty value or none; no tag reaches past the next, or a sheet of beginnings would take hours"""

SHARING = re.compile(_CELL + rb">([^<]+)</(?:\w+:)?f>")
"""a cell with a formula that others may share, whatever its value"""

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""how a workbook writes a letter that XML cannot hold, and an underscore before what looks like that"""


def read(file: str, content: bytes, archive: Archive, *, sheet: str = "") -> Sheet:
    """The sheet named, else the one that looks most like a table of events. Raises TableError."""
    if not archive.ending("workbook.xml", "workbook.bin"):
        raise refused(file, "is an Office document, but no workbook; an .xlsx file would be right")
    if archive.ending("workbook.bin"):
        raise refused(file, "is a binary workbook (.xlsb); saved as .xlsx it would be right")
    archive.require_no_doctype()
    try:
        book = _opened(content)
        names = tuple(page.title for page in book.worksheets)
        chosen = _chosen(file, book, names, sheet)
        unsaved = _unsaved(archive, book[chosen])
        rows, lines, finer = _rows(file, book[chosen], unsaved)
    except TableError:
        raise
    except BROKEN as error:
        raise refused(file, f"is not a whole workbook: {type(error).__name__} {str(error)!r:.100}") from error
    found = from_rows(file, f"XLSX, sheet {chosen!r}", rows, lines)
    found.sheets, found.sheet = names, chosen
    found.notes += [*others("sheets", names, chosen), *_hidden(book), *_formulas(unsaved), *_finer(finer)]
    if archive.ending("externallink1.xml"):
        found.notes.append("links to other workbooks were not opened; their cells have the values they had when saved")
    return found


class _Reader(ExcelReader):
    """openpyxl's reader, which takes out half of the escapes in shared strings; they are all undone in `_text`."""

    def read_strings(self) -> None:
        """Shared strings as they stand."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as xml:
                self.shared_strings = [_string(node) for _, node in iterparse(xml) if node.tag == f"{{{SHEET_MAIN_NS}}}si"]


def _string(node) -> str:
    text = Text.from_tree(node).content
    node.clear()
    return text


def _opened(content: bytes):
    reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _unsaved(archive: Archive, page) -> dict[tuple[int, str], str]:
    """Row and column letters of cells with a formula and no value, and the formula; the empty text some give is a value."""
    xml = archive.read(page._worksheet_path) if page._worksheet_path in archive.members else b""
    shared, found = _shared(xml), {}
    for attributes, kind, formula in FORMULA.findall(xml):
        cell = re.search(rb'\br="([A-Z]+)(\d+)"', attributes)
        if cell and b't="str"' not in attributes:
            text = _formula(formula) if formula else shared.get(_index(kind), "=(shared formula)" if b't="shared"' in kind else "=(formula)")
            found[int(cell[2]), cell[1].decode()] = text
    return found


def _shared(xml: bytes) -> dict[bytes, str]:
    """Formulas that cells share, by their number: each is written in one cell, which the others point to."""
    found = {}
    for attributes, kind, formula in SHARING.findall(xml) if b't="shared"' in xml else ():
        cell = re.search(rb'\br="([A-Z]+\d+)"', attributes)
        if cell and b't="shared"' in kind:
            found[_index(kind)] = f"{_formula(formula)} (the shared formula of {cell[1].decode()})"
    return found


def _index(kind: bytes) -> bytes:
    """The number of a shared formula."""
    found = re.search(rb'\bsi="(\d+)"', kind)
    return found[1] if found else b""


def _formula(written: bytes) -> str:
    return f"={unescape(written.decode('utf-8', 'replace'))}"


def _formulas(unsaved: dict[tuple[int, str], str]) -> list[str]:
    """A sentence about formulas without a value."""
    if not unsaved:
        return []
    told = named([f"{letters}{row}" for row, letters in unsaved], 12)
    return [f"{told}: formula whose value was never saved, read as its text; saved by a spreadsheet program it would be a value"]


def _finer(days: dict[str, str]) -> list[str]:
    """A sentence about days that their number format hides."""
    if not days:
        return []
    told = named([f"{cell} ({day})" for cell, day in days.items()], 12)
    return [f"{told}: a date whose number format shows no day, read as the month or year it shows; "
            "a format that shows the day would be right if the day is known"]  # fmt: skip


def _hidden(book) -> list[str]:
    """A sentence about hidden sheets."""
    names = [page.title for page in book.worksheets if page.sheet_state != "visible"]
    return [f"hidden in the workbook: {', '.join(map(repr, names))}"] if names else []


def _chosen(file: str, book, names: tuple[str, ...], wanted: str) -> str:
    if wanted and wanted not in names:
        raise refused(file, f"has no sheet {wanted!r}; it has {', '.join(map(repr, names))}")
    if not names:
        raise refused(file, "has no sheet with cells")
    worth = {name: _worth(book[name]) for name in names}
    return wanted or max(names, key=lambda name: (worth[name] > 0 and book[name].sheet_state == "visible", worth[name], -names.index(name)))


def _worth(page) -> int:
    """How many cells of a sheet's best row near the top are names of columns known here."""
    head = [[plain(_text(cell)) for cell in row] for _, row in zip(range(LOOKED_AT), page.iter_rows(values_only=True), strict=False)]
    return max((sum(cell in KNOWN for cell in row) for row in head), default=0)


def _rows(file: str, page, unsaved: dict[tuple[int, str], str]) -> tuple[list[list[str]], list[int], dict[str, str]]:
    """Rows with their numbers, and the days that cells hide; what a sheet says of its own size is not believed."""
    page.reset_dimensions()
    rows, lines, formulas, finer = [], [], {}, {}
    for (row, letters), formula in unsaved.items():
        formulas.setdefault(row, {})[column_index_from_string(letters) - 1] = formula
    for line, cells in enumerate(page.iter_rows(), 1):
        row = [_shown(cell, finer) if isinstance(cell.value, dt.date) else _text(cell.value) for cell in cells[: COLUMNS + 1]]
        if line in formulas:
            row = [formulas[line].get(place, cell) for place, cell in enumerate(row)]
        if any(row):
            rows.append(row)
            lines.append(line)
        if len(rows) > ROWS:
            break
    width = max(map(len, rows), default=0)
    _require_short(file, rows, lines)
    return [row + [""] * (width - len(row)) for row in rows], lines, finer


def _require_short(file: str, rows: list[list[str]], lines: list[int]) -> None:
    for row, line in zip(rows, lines, strict=True):
        if any(len(cell) > CELL_LETTERS for cell in row):
            raise refused(file, f"has a cell of more than {CELL_LETTERS:,} letters", line=line)


def _shown(cell, finer: dict[str, str]) -> str:
    """A date as exact as its cell shows it; a day that it hides goes into `finer`, but for the first, which a month typed without a day has."""
    letters = letters_shown(cell.number_format)
    if letters == DAY:
        return _text(cell.value)
    told = cell.value.isoformat().removesuffix("T00:00:00")
    if told[letters:] not in ("-01", "-01-01"):
        finer[cell.coordinate] = told
    return told[:letters]


def _text(value: object) -> str:
    """A cell as one would type it: days without midnight, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return ESCAPE.sub(lambda code: chr(int(code[1], 16)), str(value)).strip()
