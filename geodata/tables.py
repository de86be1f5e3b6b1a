"""Read a CSV table as text, losing nothing: every row keeps its line number, every odd row is named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from geodata.problems import Problem, TableError, named

TAB = "\t"
MOST_NAMED = 12
"""columns named in one sentence"""

LINE = "_line"
"""the column that holds each row's line in its file; a file's own column of that name gets a blank before it"""


def read(path: Path, *, required: tuple[str, ...] = ()) -> tuple[pd.DataFrame, list[Problem]]:
    """All rows as stripped text, with column `_line`; rows with too many or too few fields come back as problems.

    Raises TableError when the file cannot be read, is empty, is not UTF-8 or lacks a required column.
    """
    header, rows, lines = _rows(path)
    missing = [name for name in required if name not in header]
    if missing:
        first, *others = missing
        told = [f"missing column {first!r}; {_instead(header)}", *(f"missing column {name!r}" for name in others)]
        raise TableError(Problem(path.name, 0, "", "", words) for words in told)
    problems = [
        Problem(path.name, line, "", "", f"has {len(row)} fields, the header has {len(header)}")
        for row, line in zip(rows, lines, strict=True)
        if len(row) != len(header)
    ]
    good = [(row, line) for row, line in zip(rows, lines, strict=True) if len(row) == len(header)]
    columns = zip(*(row for row, _ in good), strict=True) if good else [()] * len(header)
    names = [f" {name}" if name == LINE else name for name in header]
    frame = pd.DataFrame({name: [text.strip() for text in column] for name, column in zip(names, columns, strict=True)}, dtype=object)
    frame[LINE] = [line for _, line in good]
    return frame, problems


def _instead(header: list[str]) -> str:
    """What stands there instead of a column that is missing."""
    if len(header) == 1 and (mark := next((mark for mark in ";\t|" if mark in header[0]), "")):
        return f"its columns are separated by {'tabs' if mark == TAB else repr(mark)}, a comma would be right"
    return f"it has {named([*map(repr, header)], MOST_NAMED)}"


def _rows(path: Path) -> tuple[list[str], list[list[str]], list[int]]:
    try:
        return _parsed(path, csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise TableError([Problem(path.name, 0, "", "", f"is not a CSV table: {error}")]) from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TableError([Problem(path.name, 0, "", "", _why_unreadable(error, path))]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError([Problem(path.name, line, "", "", "is not UTF-8 text; save the file as UTF-8")]) from error


def _parsed(path: Path, reader) -> tuple[list[str], list[list[str]], list[int]]:
    header = [name.strip() for name in next(reader, [])]
    if not any(header):
        raise TableError([Problem(path.name, 0, "", "", "is empty; a table with a header row would be right")])
    doubles = sorted({name for name in header if header.count(name) > 1})
    if doubles:
        raise TableError(Problem(path.name, 1, "", "", f"has two columns named {name!r}") for name in doubles)
    rows, lines, line = [], [], reader.line_num + 1
    for row in reader:
        if row:
            rows.append(row)
            lines.append(line)
        line = reader.line_num + 1
    return header, rows, lines


def _why_unreadable(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no such file: {path}"
    if isinstance(error, IsADirectoryError):
        return f"is a folder, not a file: {path}"
    return f"cannot be read: {error.strerror or error}"

