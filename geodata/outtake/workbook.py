"""An Excel workbook: the rows, and their sources, what was held back and all about them on further sheets; no cell is a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from geodata.outtake.extract import Extract
from geodata.outtake.text import FormatError, defused

_LONGEST, _MOST_ROWS, _MOST_COLUMNS = 32_767, 1_048_576, 16_384
_NUMBERS = ("lat", "lon", "radius_km", "credibility")
_AS_TYPED = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_AMBIGUOUS = re.compile(r"_x[0-9A-Fa-f]{4}(_x[0-9A-Fa-f]{4}_|\r)")
"""text that looks like two of a workbook's escapes sharing an underscore: which of them is one cannot be written"""

_CREATED = datetime(2000, 1, 1)
"""stands for no time at all: the same rows give the same bytes"""


def xlsx(extract: Extract) -> bytes:
    """The workbook; FormatError when a text does not fit into a cell."""
    _require_fitting(extract)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _AS_TYPED) as book:
        _sheet(book, "events", extract.columns, extract.texts, numbers=_NUMBERS)
        _sheet(book, "sources", list(extract.sources), extract.sources.to_numpy().tolist())
        _sheet(book, "held back", list(extract.held_back), extract.held_back.to_numpy().tolist())
        _sheet(book, "about", ("what", "is"), [(name, str(value)) for name, value in extract.about.items()])
        _mark(book, extract.about)
    return content.getvalue()


def _require_fitting(extract: Extract) -> None:
    rows, columns = len(extract.texts) + 1, len(extract.columns)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        most, these = f"{_MOST_ROWS - 1:,} rows and {_MOST_COLUMNS:,} columns", f"{rows - 1:,} and {columns:,}"
        raise FormatError(f"a sheet of an .xlsx file holds {most}, these are {these}; .csv would be right")
    cells = [(i, j, text) for i, row in enumerate(extract.texts) for j, text in enumerate(row)]
    extract.refuse(".xlsx", ((i, j) for i, j, text in cells if len(defused(text)) > _LONGEST), f"is longer than {_LONGEST:,} characters")
    extract.refuse(".xlsx", ((i, j) for i, j, text in cells if _control(text)), "holds a control character")
    extract.refuse(".xlsx", ((i, j) for i, j, text in cells if _AMBIGUOUS.search(text)), "holds '_x....' twice with one '_' between")


def _control(text: str) -> bool:
    return not text.isprintable() and any((char < " " and char not in "\n\r\t") or char in "\ufffe\uffff" for char in text)


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """A table with a header that stays in sight; every cell but those of `numbers` is text."""
    sheet, bold, text = book.add_worksheet(name), book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for j, title in enumerate(columns):
        sheet.write_string(0, j, defused(title), bold)
    as_number = [title in numbers for title in columns]
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row):
            if not value:
                continue
            if as_number[j] and _exact(value):
                sheet.write_number(i, j, float(value))
            else:
                sheet.write_string(i, j, defused(value), text)


def _exact(value: str) -> bool:
    """Whether the number keeps all its digits in a workbook; text otherwise."""
    return float(f"{float(value):.16G}") == float(value)


def _mark(book: xlsxwriter.Workbook, about: dict[str, str | int]) -> None:
    """The marking as a property of the file and at the head and foot of every printed sheet."""
    marking = str(about.get("marking", ""))
    told = {"title": str(about.get("title", ""))[:255], "category": marking, "comments": str(about.get("counted", ""))}
    book.set_properties({**told, "created": _CREATED})
    book.set_custom_property("marking", marking, "text")
    for sheet in book.worksheets():
        for put in (sheet.set_header, sheet.set_footer):
            put(f"&C{marking.replace('&', '&&')}"[:255])
