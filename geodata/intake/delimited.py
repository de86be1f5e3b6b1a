"""CSV and TSV: separator and encoding found out, quoted line breaks and ragged rows kept with their lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from geodata.intake import encodings
from geodata.intake.limits import refused, require_columns, require_rows
from geodata.intake.sheet import Sheet, column_names, from_rows, require_names
from geodata.tables import LINE

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
HEAD = 20
"""lines looked at to find the separator"""

BLOCK = 4 << 20
"""bytes read at once; a table with a longer row is read the slow way"""


def read(file: str, content: bytes, *, encoding: str = "") -> Sheet:
    """A sheet of text. Raises TableError when it is no table."""
    name = encoding or encodings.encoding(file, content)
    text = None if name == "utf-8" else encodings.decoded(file, content, name)
    head = content[:200_000].decode("utf-8", "ignore") if text is None else text[:200_000]
    if not head.strip():
        raise refused(file, "is empty; a table with a header row would be right")
    head, marked = _separator_line(head)
    separator = marked or separator_of(head)
    about = f"CSV, separated by {SEPARATORS.get(separator, repr(separator))}, {name}"
    fast = None if marked else _regular(file, content if text is None else text.encode(), separator, about)
    found = fast or _irregular(file, encodings.decoded(file, content, "utf-8") if text is None else text, separator, about, skip=bool(marked))
    found.notes += [] if encoding else encodings.doubt(content, name)
    return found


def _separator_line(head: str) -> tuple[str, str]:
    """Excel's first line `sep=;` and what it says."""
    found = re.match(r'"?sep=(.)"?\r?\n', head, re.IGNORECASE)
    return (head[found.end() :], found[1]) if found else (head, "")


def separator_of(head: str) -> str:
    """The separator that cuts the first lines into the most fields, as evenly as possible; a comma when none does."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in _unquoted_lines(head)[:HEAD] if line.strip()]

    def worth(separator: str) -> tuple[float, int]:
        counts = [line.count(separator) for line in lines]
        most = max(counts, default=0)
        return (counts.count(most) / len(counts) if most else 0.0, most)

    def rank(separator: str) -> tuple[bool, int, float]:
        even, most = worth(separator)
        header = lines[0].count(separator) if lines else 0
        return (header > 0 or even >= 0.5, header if header else most, even)

    best = max(SEPARATORS, key=rank)
    return best if worth(best)[1] else ","


def _unquoted_lines(head: str) -> list[str]:
    """Lines of the text with line breaks inside quotes taken out."""
    return re.sub(r'"(?:[^"]|"")*"', lambda quoted: re.sub(r"[\r\n]", " ", quoted[0]), head).splitlines()


def _regular(file: str, content: bytes, separator: str, about: str) -> Sheet | None:
    """The fast way, for a table every row of which has as many fields as its first; None for any other."""
    if b"\n" not in content or _stray_quote(content, separator):
        return None
    first, line = _header(content, separator)
    named = [cell for cell in first if cell.strip()]
    if len(named) < 2 or first[-len(named) :] != named or len(first) > len(named) + 1:  # but one without a name, at the start: an index
        return None
    require_names(file, first, 1)
    header = column_names(first)
    require_columns(file, len(header))
    table = _arrow(content, separator, header)
    if table is None:
        return None
    require_rows(file, len(table))
    lines = _lines(content, table, line)
    trimmed = pa.table([pc.utf8_trim_whitespace(column) for column in table.itercolumns()], names=header)
    del table
    frame = trimmed.combine_chunks().to_pandas()
    frame[LINE] = lines
    return Sheet(about, frame)


def _stray_quote(content: bytes, separator: str) -> bool:
    """Whether a quote stands where none can: every second one opens a cell or goes on after another, the rest close one or come before another.

    An odd one is left open.
    """
    if b'"' not in content:
        return False
    signs, around = np.frombuffer(content, np.uint8), np.frombuffer(f'"\r\n{separator}'.encode(), np.uint8)
    at = np.flatnonzero(signs == ord('"'))
    if len(at) % 2:
        return True
    first, second = at[::2], at[1::2]
    before, after = signs[first[first > 0] - 1], signs[second[second < len(signs) - 1] + 1]
    return not (np.isin(before, around).all() and np.isin(after, around).all())


def _header(content: bytes, separator: str) -> tuple[list[str], int]:
    """The first row and the line after it; nothing when it cannot be read."""
    reader = csv.reader(io.StringIO(content[:200_000].decode("utf-8", "replace"), newline=""), delimiter=separator)
    try:
        return next(reader, []), reader.line_num + 1
    except csv.Error:
        return [], 0


def _arrow(content: bytes, separator: str, header: list[str]) -> pa.Table | None:
    names = [str(i) for i in range(len(header))]
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=names, skip_rows_after_names=1, block_size=BLOCK),
            parse_options=pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None  # some row has another number of fields: the slow way names it


def _lines(content: bytes, table: pa.Table, first: int) -> np.ndarray:
    """The line of every row, counting the line breaks inside quotes; that of the first is given."""
    breaks = np.ones(len(table) + 1, np.int64)
    if content.count(b"\n") > len(table) + 1 and b'"' in content:
        for column in table.itercolumns():
            breaks[1:] += pc.count_substring(column, "\n").to_numpy().astype(np.int64)
    breaks[0] = first
    return np.cumsum(breaks)[:-1]


def _irregular(file: str, text: str, separator: str, about: str, *, skip: bool) -> Sheet:
    """Row by row: ragged rows, rows above the header, empty lines, quotes that do not match."""
    rows, lines, stray = [], [], {}
    for line, row, wrong in _records(text, separator):
        if any(row) and not (skip and line == 1):
            rows.append(row)
            lines.append(line)
            stray |= {line: wrong} if wrong else {}
            require_rows(file, len(rows))
    return from_rows(file, about, rows, lines, stray)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Line and cells of every row; a row whose quotes do not match ends with its line, is cut at every separator, and what is wrong is said."""
    lines = list(io.StringIO(text, newline=""))
    at = 0
    while at < len(lines):
        reader = csv.reader((lines[i] for i in range(at, len(lines))), delimiter=separator, strict=True)
        start = at
        try:
            for row in reader:
                yield start + 1, row, ""
                start = at + reader.line_num
            return
        except csv.Error as error:
            bare = lines[start].rstrip("\r\n")
            yield start + 1, bare.split(separator) if len(bare) < csv.field_size_limit() else [bare], _why(error)
            at = start + 1


def _why(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "opens a quote that is never closed"
    if "field larger" in str(error):
        return "has a cell of more than 131,072 letters, or a quote that is never closed"
    return f"is not a row of a CSV table: {error}"
