"""One table of text out of any format: its cells as they stand, the line of every row, what stood above or between the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from geodata.intake.limits import refused, require_columns, require_rows
from geodata.problems import Problem
from geodata.tables import LINE

LOOKED_AT = 20
"""a header stands among the first so many rows"""

SHAPE = "shape as WKT"
"""the column that holds a feature's geometry other than a point"""

LAT, LON = "latitude of the point", "longitude of the point"
"""the columns that hold a feature's point"""


@dataclass
class Sheet:
    """What a reader hands on; `frame` holds text and the column `_line`."""

    format: str
    """in words: `CSV, separated by ';', cp1251`"""

    frame: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    """rows that do not fit the header; they are in no row of `frame`"""

    odd: list[tuple[int, list[str]]] = field(default_factory=list)
    """those rows: line and cells"""

    notes: list[str] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    """the sheets or layers of the file, when it has several"""

    sheet: str = ""
    """the one that was read"""


def text_frame(columns: dict[str, Sequence[str]], lines: Sequence[int]) -> pd.DataFrame:
    """Columns of text with their line numbers."""
    frame = pd.DataFrame({name: _column(values) for name, values in columns.items()}, index=pd.RangeIndex(len(lines)))
    frame[LINE] = pd.Series(list(lines), dtype="int64")
    return frame


def _column(values: Sequence[str]) -> pd.Series:
    """A column of text; halves of letters, which no text file can hold, are marked by the sign for that."""
    try:
        return pd.Series(list(values), dtype="str")
    except UnicodeEncodeError:
        return pd.Series([text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in values], dtype="str")


def from_rows(file: str, format: str, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Sheet:
    """A sheet from rows of cells, with the header somewhere among the first."""
    require_rows(file, len(rows))
    at = header_at(rows)
    if at is None:
        raise refused(file, "is empty; a table with a header row would be right")
    header = column_names(rows[at])
    require_columns(file, len(header))
    sheet = Sheet(format, pd.DataFrame())
    above = [(line, row) for row, line in zip(rows[:at], lines[:at], strict=True) if any(cell.strip() for cell in row)]
    sheet.notes += [f"line {line}: {' '.join(filter(None, row))!r:.100} stands above the header and is no row" for line, row in above]
    fitting, kept = [], []
    for row, line in zip(rows[at + 1 :], lines[at + 1 :], strict=True):
        cells = _fitted(row, len(header))
        if cells is not None:
            fitting.append(cells)
            kept.append(line)
        else:
            sheet.odd.append((line, list(row)))
            sheet.problems.append(Problem(file, line, "", "", f"has {len(row)} fields, the header has {len(header)}"))
    columns = zip(*fitting, strict=True) if fitting else [()] * len(header)
    sheet.frame = text_frame({name: [cell.strip() for cell in column] for name, column in zip(header, columns, strict=True)}, kept)
    return sheet


def _fitted(row: Sequence[str], width: int) -> list[str] | None:
    """The cells of a row that fits the header; empty cells too many are no cells."""
    if len(row) == width:
        return list(row)
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return list(row[:width])
    return None


def header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Position of the header: the first row nearly as wide as the widest near it whose cells are words; None without any text."""
    near = rows[:LOOKED_AT]
    filled = [sum(1 for cell in row if cell.strip()) for row in near]
    widest = max(filled, default=0)
    if not widest:
        return None
    return next(i for i, count in enumerate(filled) if count >= 0.6 * widest)


def column_names(header: Sequence[str]) -> list[str]:
    """A name for every column: letters that steer a screen are blanks, empty names are numbered, repeated ones counted."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        shown = "".join(letter if letter.isprintable() else " " for letter in cell)
        name = re.sub(r"\s+", " ", shown).strip() or f"column {place}"
        again = 2
        unique = name
        while unique in names:
            unique = f"{name} {again}"
            again += 1
        names.append(unique)
    return names
