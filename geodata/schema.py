"""Columns, vocabularies and checks of every table; a table that breaks them is named by file, row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata import days
from geodata.problems import Problem
from geodata.tables import LINE

STATUSES = ("planned", "announced", "ongoing", "held", "cancelled", "reported")
DATE_PRECISIONS = ("day", "within", "about", "after")
PLACE_PRECISIONS = ("site", "city", "district", "region", "border", "country", "virtual", "none")
POINTS = ("site", "city", "virtual")
RELATIONS = ("answers", "part_of", "contradicts", "corrects")
STANDINGS = ("member", "founding_member", "observer", "dialogue_partner", "associate_member", "treaty_signatory")
ALSO = ("chair", "frozen", "guest", "applicant", "accession_approved", "partner_decided", "not_invited")
MARKINGS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
RELIABILITIES = tuple("ABCDEF")
CREDIBILITIES = tuple("123456")

Check = Callable[[str], str]
"""gives what is wrong with one value as the rest of a sentence, empty when right"""


def one_of(choices: Iterable[str]) -> Check:
    """The value is one of a vocabulary."""
    allowed = frozenset(choices)
    shown = ", ".join(sorted(allowed)) if len(allowed) <= 30 else ", ".join(sorted(allowed)[:30]) + ", ..."
    return lambda text: "" if text in allowed else f"is not one of {shown}"


def known_in(table: str, ids: Iterable[str]) -> Check:
    """The value is an id of another table."""
    allowed = frozenset(ids)
    return lambda text: "" if text in allowed else f"is not an id of {table}"


def many(check: Check) -> Check:
    """Several values joined by `;`, each right by itself."""

    def _check(text: str) -> str:
        return next((f"holds {part!r}, which {wrong}" for part in text.split(";") if (wrong := check(part))), "")

    return _check


FIRST_YEAR, LAST_YEAR = "1000", "2200"
"""years an event can lie in; a placeholder such as 9999-12-31 is none"""


def day(text: str) -> str:
    """The value is a full ISO day that an event can have."""
    wrong = _wrong(days.parse, text)
    return wrong or ("" if FIRST_YEAR <= text[:4] <= LAST_YEAR else f"is not a day from {FIRST_YEAR} to {LAST_YEAR}")


def partial_day(text: str) -> str:
    """The value is a day, a month or a year."""
    return _wrong(days.span, text)


def _wrong(parse: Callable[[str], object], text: str) -> str:
    try:
        parse(text)
    except ValueError as error:
        return str(error).removeprefix(f"{text!r} ")
    return ""


def end_day(text: str) -> str:
    """The value is a full ISO day or `..` for a state that still goes on."""
    if text == "..":
        return ""
    return f"{wrong} or '..' for still going on" if (wrong := day(text)) else ""


def participants(countries: Iterable[str], parties: Iterable[str], modes: Iterable[str]) -> Check:
    """The value is like `TJK:chair+host;RUS:video`, each party once."""
    known, ways = frozenset(countries) | frozenset(parties), frozenset(modes)

    def _check(text: str) -> str:
        names = []
        for part in text.split(";"):
            name, _, how = part.partition(":")
            names.append(name)
            if name not in known:
                return f"names {name!r}, which is neither a country code like TJK nor an id of parties"
            wrong = [mode for mode in how.split("+") if mode not in ways]
            if wrong:
                return f"says {name} took part as {wrong[0]!r}, which is not an id of modes"
        doubles = sorted({name for name in names if names.count(name) > 1})
        return f"names {doubles[0]} twice" if doubles else ""

    return _check


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    check: Check | None = None
    """for values that are not empty"""

    filled: bool = False
    """whether an empty value is wrong"""

    number: tuple[float, float] | None = None
    """least and greatest number allowed, both inclusive"""

    what: str = "a number"
    """for numbers: `a latitude`"""

    optional: bool = False
    """whether a table may come without this column"""


def latitude(name: str = "lat") -> Column:
    """Degrees north."""
    return Column(name, number=(-90, 90), what="a latitude")


def longitude(name: str = "lon") -> Column:
    """Degrees east."""
    return Column(name, number=(-180, 180), what="a longitude")


@dataclass(frozen=True)
class Rule:
    """A check across columns: `broken(frame)` gives the rows that break it."""

    column: str
    right: str
    broken: Callable[[pd.DataFrame], np.ndarray]


@dataclass(frozen=True)
class Table:
    """The promise a table keeps."""

    name: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    key: tuple[str, ...] = ()
    """columns that together name a row once"""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that must be there, in order."""
        return tuple(column.name for column in self.columns if not column.optional)

    def problems(self, frame: pd.DataFrame, file: str) -> list[Problem]:
        """Everything wrong with `frame`, by line."""
        found = [problem for column in self.columns for problem in _column_problems(frame, column, file)]
        sound = ~frame[LINE].isin({problem.line for problem in found}).to_numpy()
        rest = frame if sound.all() else frame[sound]
        found += [problem for rule in self.rules for problem in _rule_problems(rest, rule, file)]
        found += _double_problems(frame, self.key, file) if self.key else []
        return sorted(found, key=lambda problem: problem.line)


def _column_problems(frame: pd.DataFrame, column: Column, file: str) -> list[Problem]:
    text = frame[column.name]
    wrong = _number_faults(text, column) if column.number else _text_faults(text, column)
    if column.filled:
        wrong = {**wrong, "": "is empty; a value is needed"}
    if not wrong:
        return []
    rows = text.isin(wrong.keys()).to_numpy()
    pairs = zip(frame.loc[rows, LINE], text[rows], strict=True)
    return [Problem(file, int(line), column.name, value, wrong[value]) for line, value in pairs]


def _text_faults(text: pd.Series, column: Column) -> dict[str, str]:
    values = (value for value in np.asarray(text.unique(), object) if value)
    return {value: wrong for value in values if column.check and (wrong := column.check(value))}


def _number_faults(text: pd.Series, column: Column) -> dict[str, str]:
    low, high = column.number or (-np.inf, np.inf)
    texts = [value for value in np.asarray(text.unique(), object) if value]
    values = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(float)
    fine = np.isfinite(values) & (values >= low) & (values <= high)
    return {value: f"is not {column.what} from {low:g} to {high:g}" for value, good in zip(texts, fine, strict=True) if not good}


def _rule_problems(frame: pd.DataFrame, rule: Rule, file: str) -> list[Problem]:
    rows = np.asarray(rule.broken(frame), bool)
    if not rows.any():
        return []
    pairs = zip(frame[LINE].to_numpy()[rows], frame[rule.column].to_numpy(object)[rows], strict=True)
    return [Problem(file, int(line), rule.column, value, rule.right) for line, value in pairs]


def _double_problems(frame: pd.DataFrame, key: tuple[str, ...], file: str) -> list[Problem]:
    again = frame.duplicated(list(key)).to_numpy()
    named = ", ".join(key)
    return [
        Problem(file, int(row[LINE]), key[0], row[key[0]], f"stands in an earlier row with the same {named}")
        for row in frame[again].to_dict("records")
    ]
