"""One table of text out of any format: its cells as they stand, the line of every row, what stood above or between the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from geodata.intake import dates, degrees
from geodata.intake.limits import refused, require_columns, require_rows
from geodata.intake.names import KNOWN, plain
from geodata.problems import Problem, named
from geodata.tables import LINE

LOOKED_AT = 20
"""a header stands among the first so many rows"""

SHAPE = "shape as WKT"
"""the column that holds a feature's geometry other than a point"""

LAT, LON = "latitude of the point", "longitude of the point"
"""the columns that hold a feature's point"""

NOTHING: Mapping[int, str] = {}


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


def others(what: str, names: Sequence[str], chosen: str) -> list[str]:
    """What a file holds besides the one that was read, in a sentence; nothing when that is all."""
    if len(names) < 2:
        return []
    return [f"{what}: {', '.join(map(repr, names))}; {chosen!r} was read, any other when the mapping names it as sheet"]


def text_frame(columns: dict[str, Sequence[str]], lines: Sequence[int]) -> pd.DataFrame:
    """Columns of text with their line numbers."""
    frame = pd.DataFrame({name: text_column(values) for name, values in columns.items()}, index=pd.RangeIndex(len(lines)))
    frame[LINE] = pd.Series(list(lines), dtype="int64")
    return frame


def text_column(values: Sequence[str]) -> pd.Series:
    """A column of text; halves of letters, which no text file can hold, are marked by the sign for that."""
    try:
        return pd.Series(list(values), dtype="str")
    except UnicodeEncodeError:
        return pd.Series([text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in values], dtype="str")


def from_rows(file: str, format: str, rows: Sequence[Sequence[str]], lines: Sequence[int], stray: Mapping[int, str] = NOTHING) -> Sheet:
    """A sheet from rows of cells, with the header somewhere among the first; `stray` says of lines what is wrong with their quotes."""
    require_rows(file, len(rows))
    at = header_at(rows)
    if at is None:
        raise refused(file, "is empty; a table with a header row would be right")
    if lines[at] in stray:
        raise refused(file, stray[lines[at]], line=lines[at])
    require_names(file, rows[at], lines[at])
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
            sheet.problems.append(Problem(file, line, "", "", stray.get(line, f"has {len(row)} fields, the header has {len(header)}")))
    sheet.notes += _quotes(sorted(set(kept) & set(stray)))
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


def _quotes(lines: list[int]) -> list[str]:
    """A sentence about rows whose quotes are letters."""
    if not lines:
        return []
    many = len(lines) > 1
    return [f"line{'s' if many else ''} {named([*map(str, lines)], 12)} {'have' if many else 'has'} a quote where CSV allows none; "
            f"{'their' if many else 'its'} quotes were read as letters"]  # fmt: skip


def require_names(file: str, header: Sequence[str], line: int) -> None:
    """Raise TableError when a header has no name known here, but a day or coordinates: it is a row, and would be lost."""
    if any(plain(cell) in KNOWN for cell in header):
        return
    for cell in header:
        if _is_value(cell.strip()):
            raise refused(file, f"holds {cell.strip()!r:.60} where the name of a column is expected; a header row above it would be right", line=line)


def _is_value(cell: str) -> bool:
    day = dates.read(cell)
    if (day.precision == "day" and not cell.isdigit()) or day.order:
        return True
    pair = degrees.pair(cell)
    return bool(re.search(r"\d[.,]\d\d|°", cell) and (pair.lat or pair.order or degrees.angle(cell).text))


def header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Position of the header: the first row nearly as wide as the widest near it whose cells are words; None without any text."""
    near = rows[:LOOKED_AT]
    filled = [sum(1 for cell in row if cell.strip()) for row in near]
    widest = max(filled, default=0)
    if not widest:
        return None
    return next(i for i, count in enumerate(filled) if count >= 0.6 * widest)


def column_names(header: Sequence[str]) -> list[str]:
    """A name for every column: letters that steer a screen are blanks, empty names are numbered, repeated ones counted, `_line` stands apart."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        shown = "".join(letter if letter.isprintable() else " " for letter in cell)
        name = re.sub(r"\s+", " ", shown).strip() or f"column {place}"
        again = 2
        unique = name = f" {name}" if name == LINE else name
        while unique in names:
            unique = f"{name} {again}"
            again += 1
        names.append(unique)
    return names
