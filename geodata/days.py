"""Days as integers since 1970-01-01, and dates that are only partly known."""

from __future__ import annotations

import calendar
import re
from datetime import date

INF = 100_000
"""a day after every day: still going on, or no known day set"""

_EPOCH = date(1970, 1, 1).toordinal()
_PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def from_number(days: int) -> date:
    """The date of a day number."""
    return date.fromordinal(days + _EPOCH)


def iso(days: int) -> str:
    """`2021-09-16`; empty for a day that never comes."""
    return "" if abs(days) >= INF else from_number(days).isoformat()


def parse(text: str) -> date:
    """A full ISO day.

    Raises ValueError when `text` is not like 2024-03-31 or names no day of the calendar.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a date like 2024-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None


def span(text: str) -> tuple[date, date]:
    """First and last day of a day, a month (`2016-03`) or a year (`2005`), both inclusive; ValueError otherwise."""
    if not _PARTIAL.fullmatch(text):
        raise ValueError(f"{text!r} is not a date like 2024-03-31, 2024-03 or 2024")
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
        return date(*parts), date(*parts)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"{text!r} is not a day of the calendar") from None


def words(day: date, *, year: bool = True) -> str:
    """`16 September 2021`, the same in every locale."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def span_words(first: date, last: date) -> str:
    """`13-19 September 2021`, `28 September - 3 October 2021`, with the shortest unambiguous form."""
    if first == last:
        return words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{words(last)}"
    return f"{words(first, year=first.year != last.year)} \N{EN DASH} {words(last)}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
