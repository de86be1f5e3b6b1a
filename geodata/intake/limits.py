"""How much of somebody's file is read at all, and the sentences that say when it is too much."""

from __future__ import annotations

from geodata.problems import Problem, TableError

MEGABYTE = 1024 * 1024
FILE_BYTES = 300 * MEGABYTE
ROWS = 1_000_000
COLUMNS = 500
CELL_LETTERS = 1_000_000
"""letters in one cell; more is no text of an event"""

ZIP_MEMBERS = 1000
ZIP_BYTES = 600 * MEGABYTE
"""of all members together, unpacked"""

ZIP_RATIO = 200
"""unpacked size of a member by its packed size; text of events packs 3 to 20 times"""

RATIO_FREE_BYTES = 4 * MEGABYTE
"""a member unpacking to less is read whatever its ratio"""

DEPTH = 40
"""how deep XML and JSON may be nested"""


def refused(file: str, why: str, *, line: int = 0) -> TableError:
    """The error that says why a file, or a line of it, ends the reading."""
    return TableError([Problem(file, line, "", "", why)])


def require_size(file: str, size: int) -> None:
    """Raise TableError for a file of more bytes than are read."""
    if size > FILE_BYTES:
        raise refused(file, f"has {size / MEGABYTE:,.0f} MB; at most {FILE_BYTES / MEGABYTE:,.0f} MB are read: a part of it would be right")


def require_rows(file: str, rows: int) -> None:
    """Raise TableError for a table of more rows than are read."""
    if rows > ROWS:
        raise refused(file, f"has more than {ROWS:,} rows; a part of it would be right")


def require_columns(file: str, columns: int) -> None:
    """Raise TableError for a table of more columns than are read."""
    if columns > COLUMNS:
        raise refused(file, f"has {columns:,} columns; at most {COLUMNS:,} are read: fewer columns would be right")


def require_depth(file: str, depth: int, what: str) -> None:
    """Raise TableError for text nested too deep."""
    if depth > DEPTH:
        raise refused(file, f"is {what} nested more than {DEPTH} levels deep; no table of events is")
