"""Rows of a table that are no events and never were: tag rows of HXL, totals, headers repeated, lines left empty."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.intake.dates import MONTHS
from geodata.intake.mapping import Mapping
from geodata.intake.names import plain
from geodata.intake.sheet import SHAPE
from geodata.intake.verdicts import where
from geodata.tables import LINE

TOTAL = r"(?:(?:grand|sub|overall|общий)[ -]?)?(?:totals?|sum|итого|всего|сумма|в том числе|جمع|مجموع)"
PERIOD = frozenset(("for", "of", "in", "the", "all", "за", "по", "в", "на", "год", "года", "г", "year", "month", "quarter", "квартал", "месяц", "кв",
                    "q1", "q2", "q3", "q4", "events", "event", "rows", "records", "incidents", "number", "count", "событий", "строк", "период",
                    *MONTHS))  # fmt: skip
"""words that may follow without making a title of it: Total for September 2021, Итого за год"""

BEGINS = re.compile(rf"(?i)^\W*{TOTAL}")
"""what a cell begins with that may be such a row; judged whole by `_totals`"""

FIRST = 4
"""columns of the file in which the word for a total is looked for, besides those that say what, when and where"""

EMPTY = "is empty"

TAG = re.compile(r"#[a-z]+[\w+\-]*( ?\+[\w]+)*", re.IGNORECASE)
PLACED = ("place", "country", "lat", "coordinates", "zone")


class Aside(NamedTuple):
    """One row that is no event."""

    line: int
    why: str
    cells: tuple[str, ...]


def parted(frame: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, list[Aside]]:
    """The rows that may be events, numbered anew, and those that are none."""
    names = [name for name in frame.columns if name not in (LINE, SHAPE)]
    doubtful = _doubtful(frame, names, mapping.columns)
    found = {}
    lines = frame[LINE].to_numpy()
    for row, cells in zip(doubtful, frame.iloc[doubtful][names].itertuples(index=False, name=None), strict=True):
        why = _why(dict(zip(names, cells, strict=True)), mapping.columns)
        if why and not (why == EMPTY and SHAPE in frame and frame[SHAPE].iat[row]):  # a geometry is something
            found[row] = Aside(int(lines[row]), why, cells)
    kept = frame.drop(index=frame.index[list(found)]).reset_index(drop=True) if found else frame
    return kept, list(found.values())


def _doubtful(frame: pd.DataFrame, names: list[str], columns: dict[str, str]) -> np.ndarray:
    """Positions of rows worth a look: the first ones, those without a start, and those in which a total is spoken of."""
    doubtful = np.arange(min(len(frame), 5))
    start = columns.get("start", "")
    if start in frame:
        doubtful = np.union1d(doubtful, where(frame[start].isin(["", start])))
    told = dict.fromkeys([*names[:FIRST], *(columns[target] for target in ("title", "start", "place") if columns.get(target) in frame)])
    for name in told:
        doubtful = np.union1d(doubtful, where(frame[name].str.contains(BEGINS.pattern, regex=True)))
    return doubtful


def _why(cells: dict[str, str], columns: dict[str, str]) -> str:
    filled = [cell for cell in cells.values() if cell]
    if not filled:
        return EMPTY
    if sum(1 for cell in filled if TAG.fullmatch(cell)) >= 0.6 * len(filled) and len(filled) > 1:
        return "is a row of HXL tags"
    if sum(cell == name for name, cell in cells.items()) >= max(2, 0.6 * len(filled)):
        return "repeats the header"
    return "is a row of totals" if _totals(cells, columns) else ""


def _totals(cells: dict[str, str], columns: dict[str, str]) -> bool:
    """Whether a row begins with the word for a total and lacks a day or a place, as no event does: `Total war exercise` is none."""
    filled = [cell for cell in cells.values() if cell]
    if not _says_total(filled[0]):
        return False
    when = bool(cells.get(columns.get("start", ""), "")) and cells[columns["start"]] != filled[0]
    placed = any(cells.get(columns.get(target, ""), "") not in ("", filled[0]) for target in PLACED)
    few = len(filled) <= max(3, len(cells) // 2) or all(_number(cell) for cell in filled[1:])
    return few and not (when and placed)


def _says_total(text: str) -> bool:
    """`Total`, `Total for September 2021`, `Итого за 2021 год`; neither `Summit` nor `Total war`."""
    found = re.match(rf"{TOTAL}(?=\W|_|$)", plain(text), re.IGNORECASE)
    rest = plain(text)[found.end() :].split() if found else ["no"]
    return all(word in PERIOD or word.isdigit() for word in rest)


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s%+-]+", text))
