"""Rows of a table that are no events and never were: tag rows of HXL, totals, headers repeated, lines left empty."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.intake import nations
from geodata.intake.dates import MONTHS
from geodata.intake.mapping import Mapping
from geodata.intake.names import plain
from geodata.intake.sheet import SHAPE
from geodata.intake.verdicts import where
from geodata.tables import LINE

TOTALS = ("total", "totals", "subtotal", "subtotals", "sum", "totaux", "totale", "somme", "suma", "gesamt", "gesamtsumme", "insgesamt", "summe",
          "zwischensumme", "toplam", "jami", "жами", "итог", "итоги", "итого", "всего", "сумма", "в том числе", "ҳамагӣ", "барлығы",
          "جمع", "مجموع", "المجموع", "الإجمالي")  # fmt: skip
BESIDE = frozenset(map(plain, (
    "grand", "sub", "sous", "overall", "general", "generale", "generaux", "geral", "genel", "ara", "общий", "общая", "کل", "de", "du",
    "for", "of", "in", "the", "all", "за", "по", "в", "на", "год", "года", "г", "year", "month", "quarter", "квартал", "месяц", "кв",
    "q1", "q2", "q3", "q4", "events", "event", "rows", "records", "incidents", "number", "count", "событий", "строк", "период", *MONTHS,
)))  # fmt: skip
"""words that may stand beside without making a title of it: Grand total, Total for September 2021, Итого за год"""

SPOKEN = re.compile(rf"(?i)(?:^|[\W_])(?:{'|'.join(TOTALS)})(?:$|[\W_])")
"""what a cell holds that may be such a row; judged whole by `_totals`"""

FIRST = 4
"""columns of the file in which the word for a total is looked for, besides those that say what, when and where"""

EMPTY, SUMMED = "is empty", "is a row of totals"

TAG = re.compile(r"#[a-z]+[\w+\-]*( ?\+[\w]+)*", re.IGNORECASE)
OWN = ("place", "lat", "coordinates", "zone", "source")
"""of these a row of totals has none; a country it may have, and a period"""

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
        if why and not (why in (EMPTY, SUMMED) and SHAPE in frame and frame[SHAPE].iat[row]):  # a geometry is something
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
        doubtful = np.union1d(doubtful, where(frame[name].str.contains(SPOKEN.pattern, regex=True)))
    return doubtful


def _why(cells: dict[str, str], columns: dict[str, str]) -> str:
    filled = [cell for cell in cells.values() if cell]
    if not filled:
        return EMPTY
    if sum(1 for cell in filled if TAG.fullmatch(cell)) >= 0.6 * len(filled) and len(filled) > 1:
        return "is a row of HXL tags"
    if sum(cell == name for name, cell in cells.items()) >= max(2, 0.6 * len(filled)):
        return "repeats the header"
    return SUMMED if _totals(cells, columns) else ""


def _totals(cells: dict[str, str], columns: dict[str, str]) -> bool:
    """Whether a row says no more than the word for a total, and has no place of its own and no source, or lacks a day or a place."""
    filled = [cell for cell in cells.values() if cell]
    title = cells.get(columns.get("title", ""), "") or filled[0]
    spoken = title if _says_total(title) else filled[0]
    if not _says_total(spoken):
        return False

    def has(target: str) -> bool:
        return cells.get(columns.get(target, ""), "") not in ("", spoken)

    if spoken == title and not any(map(has, OWN)):
        return True
    few = len(filled) <= max(3, len(cells) // 2) or all(_number(cell) for cell in filled[1:])
    return spoken == filled[0] and few and not (has("start") and any(map(has, PLACED)))


def _says_total(text: str) -> bool:
    """`Total`, `Total for September 2021`, `Итого за 2021 год`, `Afghanistan total`; neither `Summit` nor `Total war`."""
    rest, found = _WORD.subn(" ", plain(text), count=1)
    words = [word for word in rest.split() if not word.isdigit()]
    while words and words[0] in BESIDE:
        words = words[1:]
    while words and words[-1] in BESIDE:
        words = words[:-1]
    return bool(found) and (not words or _country(" ".join(words)))


_WORD = re.compile(rf"\b(?:{'|'.join(map(plain, TOTALS))})\b")


def _country(name: str) -> bool:
    """Whether a name is a country's; codes of two letters are words of too many languages."""
    return len(name) > 2 and bool(nations.code(name) or nations.several(name))


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s%+-]+", text))
