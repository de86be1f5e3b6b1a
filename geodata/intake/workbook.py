"""XLSX: one sheet of a workbook as text; formulas give the values they had, links to other files stay closed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from geodata.intake.archives import Archive
from geodata.intake.limits import CELL_LETTERS, COLUMNS, ROWS, refused
from geodata.intake.names import KNOWN, plain
from geodata.intake.sheet import LOOKED_AT, Sheet, from_rows
from geodata.problems import TableError

BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, SyntaxError, ParseError, InvalidFileException,
          zipfile.BadZipFile,
          NotImplementedError, RecursionError, OverflowError)  # fmt: skip
"""what openpyxl raises for workbooks that are not what they say"""


def read(file: str, content: bytes, archive: Archive, *, sheet: str = "") -> Sheet:
    """The sheet named, else the one that looks most like a table of events. Raises TableError."""
    if not archive.ending("workbook.xml", "workbook.bin"):
        raise refused(file, "is an Office document, but no workbook; an .xlsx file would be right")
    if archive.ending("workbook.bin"):
        raise refused(file, "is a binary workbook (.xlsb); saved as .xlsx it would be right")
    archive.require_no_doctype()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        names = tuple(page.title for page in book.worksheets)
        chosen = _chosen(file, book, names, sheet)
        rows, lines = _rows(file, book[chosen])
    except TableError:
        raise
    except BROKEN as error:
        raise refused(file, f"is not a whole workbook: {type(error).__name__} {str(error)!r:.100}") from error
    found = from_rows(file, f"XLSX, sheet {chosen!r}", rows, lines)
    found.sheets, found.sheet = names, chosen
    if len(names) > 1:
        found.notes.append(f"sheets: {', '.join(map(repr, names))}; {chosen!r} was read, any other when the mapping names it as sheet")
    if archive.ending("externallink1.xml"):
        found.notes.append("links to other workbooks were not opened; their cells have the values they had when saved")
    return found


def _chosen(file: str, book, names: tuple[str, ...], wanted: str) -> str:
    if wanted and wanted not in names:
        raise refused(file, f"has no sheet {wanted!r}; it has {', '.join(map(repr, names))}")
    if not names:
        raise refused(file, "has no sheet with cells")
    return wanted or max(names, key=lambda name: (_worth(book[name]), -names.index(name)))


def _worth(page) -> int:
    """How many cells of a sheet's best row near the top are names of columns known here."""
    head = [[plain(_text(cell)) for cell in row] for _, row in zip(range(LOOKED_AT), page.iter_rows(values_only=True), strict=False)]
    return max((sum(cell in KNOWN for cell in row) for row in head), default=0)


def _rows(file: str, page) -> tuple[list[list[str]], list[int]]:
    """Rows with their numbers; what a sheet says of its own size is not believed."""
    page.reset_dimensions()
    rows, lines = [], []
    for line, cells in enumerate(page.iter_rows(values_only=True), 1):
        row = [_text(cell) for cell in cells[: COLUMNS + 1]]
        if any(row):
            rows.append(row)
            lines.append(line)
        if len(rows) > ROWS:
            break
    width = max(map(len, rows), default=0)
    _require_short(file, rows, lines)
    return [row + [""] * (width - len(row)) for row in rows], lines


def _require_short(file: str, rows: list[list[str]], lines: list[int]) -> None:
    for row, line in zip(rows, lines, strict=True):
        if any(len(cell) > CELL_LETTERS for cell in row):
            raise refused(file, f"has a cell of more than {CELL_LETTERS:,} letters", line=line)


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
    return str(value).strip()
