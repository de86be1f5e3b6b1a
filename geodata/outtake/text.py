"""Rows as the text their file holds; text that a spreadsheet would run is disarmed, and reading gives it back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

_RISKY = ("=", "+", "-", "@", "\t", "\r", *"\uff1d\uff0b\uff0d\uff20")
"""a spreadsheet takes a cell that begins so for a formula, one of East Asia the wide letters too"""

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def defused(text: str) -> str:
    """Text no spreadsheet runs: a leading apostrophe where it would; `armed` undoes it."""
    begins = text.lstrip("'")[:1]
    return f"'{text}" if begins in _RISKY and begins and not _is_number(text) else text


def armed(text: str) -> str:
    """The text that `defused` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in _RISKY and text.lstrip("'") else text


def kept(text: str) -> str:
    """Text for a file that is no spreadsheet: as it is, but so that `armed` gives it back."""
    return text if armed(text) == text else f"'{text}"


class FormatError(ValueError):
    """What is to be written does not fit the format; the text says what, where and what would."""


def _is_number(text: str) -> bool:
    """Whether a spreadsheet takes it for a number; `-Infinity` or `-1_0` it would calculate."""
    return bool(_NUMBER.fullmatch(text))


def csv_bytes(reports: pd.DataFrame, *, columns: Iterable[str], unmarked: str) -> bytes:
    """Reports as a valid events file in UTF-8 with these columns; rows without a marking carry `unmarked`.

    A column's name is written without the blank that keeps it apart from what reading adds.
    """
    names = list(columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([defused(name.strip()) for name in names])
    marked = reports.assign(marking=reports["marking"].replace("", unmarked))
    writer.writerows([defused(value) for value in row] for row in cells(marked, names))
    return out.getvalue().encode()


def cells(reports: pd.DataFrame, columns: Iterable[str]) -> list[list[str]]:
    """Every row as the text its file would hold."""
    texts = [[_text(value) for value in reports[name]] for name in columns]
    return [list(row) for row in zip(*texts, strict=True)]


def _text(value: object) -> str:
    """A typed value as the file writes it."""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if value != value else repr(float(value)).removesuffix(".0")
    if isinstance(value, tuple):
        return ";".join(_joined(item) for item in value)
    return str(value)


def _joined(item: object) -> str:
    return ":".join(item) if isinstance(item, tuple) else str(item)


def used(reports: pd.DataFrame, rows: Iterable[int]) -> pd.DataFrame:
    """The reports with these row numbers, in the order of the file, each once."""
    return reports.loc[sorted(set(rows))]
