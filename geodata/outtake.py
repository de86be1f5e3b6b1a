"""Facts as files that other programs open, and that Panj reads back as the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""a spreadsheet takes a cell that begins so for a formula"""


def defused(text: str) -> str:
    """Text no spreadsheet runs: a leading apostrophe where it would; `armed` undoes it."""
    begins = text.lstrip("'")[:1]
    return f"'{text}" if begins in _RISKY and begins and not _is_number(text) else text


def armed(text: str) -> str:
    """The text that `defused` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in _RISKY and text.lstrip("'") else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def csv_bytes(reports: pd.DataFrame, *, columns: Iterable[str], unmarked: str) -> bytes:
    """Reports as a valid events file in UTF-8 with these columns; rows without a marking carry `unmarked`."""
    names = list(columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in reports.to_dict("records"):
        row["marking"] = row["marking"] or unmarked
        writer.writerow([defused(_text(row[name])) for name in names])
    return out.getvalue().encode()


def _text(value: object) -> str:
    """A typed value as the file writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if value != value else f"{value:.10g}"
    if isinstance(value, tuple):
        return ";".join(_joined(item) for item in value)
    return str(value)


def _joined(item: object) -> str:
    return ":".join(item) if isinstance(item, tuple) else str(item)


def used(reports: pd.DataFrame, rows: Iterable[int]) -> pd.DataFrame:
    """The reports with these row numbers, in the order of the file, each once."""
    return reports.loc[sorted(set(rows))]
