"""Dates as people write them: read when they can mean one thing only, asked about when two, refused in words when none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

DAY_FIRST, MONTH_FIRST = "day first", "month first"
LIKE = "is not a date like 2021-09-16"
LONGEST = 80
"""letters; no date is longer"""

_NAMES = {
    1: "january jan январь января янв", 2: "february feb февраль февраля фев февр", 3: "march mar март марта мар", 4: "april apr апрель апреля апр",
    5: "may май мая", 6: "june jun июнь июня июн", 7: "july jul июль июля июл", 8: "august aug август августа авг",
    9: "september sep sept сентябрь сентября сен сент", 10: "october oct октябрь октября окт", 11: "november nov ноябрь ноября ноя нояб",
    12: "december dec декабрь декабря дек",
}  # fmt: skip
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}

_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_PACKED = re.compile(r"((?:19|20)\d{2})([01]\d)([0-3]\d)", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:\s*(?:г|год|года)\.?)?" + _TIME, re.ASCII)
_DAY_MONTH = re.compile(r"(?:[^\W\d]+,\s*)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+([^\W\d]+)\.?,?[\s\-/.]+(\d{4})(?:\s*(?:г|год|года)\.?)?" + _TIME)
_MONTH_DAY = re.compile(r"(?:[^\W\d]+,\s*)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _TIME)
_MONTH = re.compile(r"([^\W\d]+)\.?,?[\s\-/]+(\d{4})(?:\s*(?:г|год|года)\.?)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4})", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\s*(?:г|год|года)\.?)?(?:\.0)?", re.ASCII)
_DAYS = re.compile(r"(\d{1,2})\s*[-\u2013\u2014]\s*(\d{1,2})\s+([^\W\d]+)\.?,?\s+(\d{4})(?:\s*(?:г|год|года)\.?)?")
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:/|\.\.|\u2013|\u2014|\s-\s|\sto\s)\s*(\d{4}-\d\d-\d\d)", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?", re.ASCII)
_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_PLAUSIBLE = range(1900, 2101)
"""years that a column of bare numbers may mean"""


class Dated(NamedTuple):
    """What a text says of days: the interval with its precision, or what is wrong with it."""

    start: str = ""
    end: str = ""
    precision: str = ""
    """`day` for exact days, `within` for some day of a month or year"""

    wrong: str = ""
    """the rest of the sentence; empty when the interval stands"""

    order: bool = False
    """whether only the order of day and month is missing"""

    proves: str = ""
    """the order that this text by itself shows the file to use"""


def read(text: str, order: str = "", *, dots: str = DAY_FIRST) -> Dated:
    """A date in any common notation.

    `order` is the answer for dates such as 03/04/2021, empty while nobody gave one; `dots` the order of 03.04.2021, empty where that is asked too.
    """
    return _read(text.strip().translate(_DIGITS), order, dots) if len(text) <= LONGEST else Dated(wrong=LIKE)


def order_of_dots(texts: Iterable[str]) -> str:
    """The order of dates with dots as `read` takes it: the day first, as everywhere dots are written, unless one can only have the month first."""
    return "" if any(map(_month_first, texts)) else DAY_FIRST


def _month_first(text: str) -> bool:
    return "." in text and read(text, dots="").proves == MONTH_FIRST and bool(read(text).wrong)


def says_day(text: str) -> bool:
    """Whether a text is a day written as one, in either order; a bare number is none, though 20210916 can be read."""
    found = read(text, dots="")
    return (found.precision == "day" or found.order) and not _BARE.fullmatch(text.strip())


def says_date(text: str) -> bool:
    """Whether a text is a day, month or year written as one; a bare number is none, though 2021 can be read."""
    found = read(text, dots="")
    return (not found.wrong or found.order) and not _BARE.fullmatch(text.strip())


def packed(text: str) -> bool:
    """Whether a text is a day in eight figures, 20210916."""
    return len(text.strip()) == 8 and text.strip().isdigit() and not read(text).wrong


def says_year(text: str) -> bool:
    """Whether a bare number can be the year of an event."""
    found = read(text)
    return bool(found.start) and bool(_YEAR.fullmatch(text.strip().translate(_DIGITS))) and int(found.start[:4]) in _PLAUSIBLE


_DIGITS = {ord(digit): str(value) for zero in "\u0660\u06f0" for value, digit in enumerate(chr(ord(zero) + i) for i in range(10))}
"""Arabic and Persian digits"""


@lru_cache(maxsize=20_000)
def _read(text: str, order: str, dots: str) -> Dated:
    if found := _ISO.fullmatch(text):
        return _exact(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(int(found[1]), int(found[3]), found[4], order, dots if found[2] == "." else "")
    for pattern, places in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2))):
        if (found := pattern.fullmatch(text)) and (month := MONTHS.get(found[places[1]].casefold())):
            return _exact(int(found[places[0]]), month, int(found[places[2]]))
    if found := _PACKED.fullmatch(text):
        return _exact(*(int(part) for part in found.groups()))
    return _spans(text) or _vague(text) or Dated(wrong=_hint(text))


def _exact(year: int, month: int, day: int, proves: str = "") -> Dated:
    if 1300 <= year <= 1450:
        return Dated(
            wrong=f"is in the year {year}, in the solar Hijri calendar {year + 621}/{(year + 622) % 100:02}; a day like 2021-09-16 would be right"
        )
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return Dated(wrong="is not a day of the calendar")
    return Dated(iso, iso, "day", proves=proves)


def _numbers(first: int, second: int, year: str, order: str, settled: str) -> Dated:
    """`31/03/2021` has one reading, `03/04/2021` two; `settled` is not empty where the mark leaves it the day first alone, as dots do."""
    if len(year) == 2:
        return Dated(wrong="has a year of two digits; a day like 2021-09-16 would be right")
    if first == second or settled:
        return _exact(int(year), second, first)
    if first > 12 or second > 12:
        proves = DAY_FIRST if first > 12 else MONTH_FIRST
        return _exact(int(year), *((second, first) if first > 12 else (first, second)), proves=proves)
    if order:
        return _exact(int(year), *((second, first) if order == DAY_FIRST else (first, second)))
    either = [_exact(int(year), month, day).start for day, month in ((first, second), (second, first))]
    return Dated(wrong=f"can be {either[0]} or {either[1]}; the answer to which order this file uses decides", order=True)


def _spans(text: str) -> Dated | None:
    if found := _SPAN.fullmatch(text):
        first, last = (_read(part, "", DAY_FIRST) for part in found.groups())
    elif (found := _DAYS.fullmatch(text)) and (month := MONTHS.get(found[3].casefold())):
        first, last = (_exact(int(found[4]), month, int(found[i])) for i in (1, 2))
    else:
        return None
    if first.wrong or last.wrong:
        return first if first.wrong else last
    return Dated(first.start, last.start, "day")


def _vague(text: str) -> Dated | None:
    """A month or a year: some day of it."""
    if (found := _MONTH.fullmatch(text)) and (month := MONTHS.get(found[1].casefold())):
        return _month(int(found[2]), month)
    if found := _YEAR_MONTH.fullmatch(text):
        return _month(int(found[1] or found[4]), int(found[2] or found[3]))
    if (found := _YEAR.fullmatch(text)) and 1500 <= int(found[1]) <= 2200:
        return Dated(f"{found[1]}-01-01", f"{found[1]}-12-31", "within")
    return None


def _month(year: int, month: int) -> Dated:
    if not (1 <= month <= 12 and 1500 <= year <= 2200):
        return Dated(wrong="is not a month of the calendar")
    return Dated(f"{year}-{month:02}-01", f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}", "within")


def _hint(text: str) -> str:
    if counted := serial(text):
        return f"is a bare number; a spreadsheet's day number would be {counted}: the date itself would be right"
    return LIKE


def serial(text: str) -> str:
    """The day that a bare number is as a spreadsheet counts days, 44455 for 2021-09-16; empty when it can be none between 1954 and 2091."""
    return date.fromordinal(date(1899, 12, 30).toordinal() + int(float(text))).isoformat() if _SERIAL.fullmatch(text.strip()) else ""


def month_of(day: str) -> tuple[str, str]:
    """First and last day of the month an ISO day lies in."""
    found = _month(int(day[:4]), int(day[5:7]))
    return found.start, found.end


def year_of(day: str) -> tuple[str, str]:
    """First and last day of the year an ISO day lies in."""
    return f"{day[:4]}-01-01", f"{day[:4]}-12-31"
