"""Rows of a table that are no events and never were: tag rows of HXL, totals, headers repeated, lines left empty."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.intake.mapping import Mapping
from geodata.intake.names import plain
from geodata.intake.sheet import SHAPE
from geodata.intake.verdicts import where
from geodata.tables import LINE

TOTALS = re.compile(r"(grand |sub)?total(s)?|sum|итого|всего|сумма|в том числе|جمع|مجموع", re.IGNORECASE)
TAG = re.compile(r"#[a-z]+[\w+\-]*( ?\+[\w]+)*", re.IGNORECASE)


class Aside(NamedTuple):
    """One row that is no event."""

    line: int
    why: str
    cells: tuple[str, ...]


def parted(frame: pd.DataFrame, mapping: Mapping) -> tuple[pd.DataFrame, list[Aside]]:
    """The rows that may be events, numbered anew, and those that are none."""
    names = [name for name in frame.columns if name not in (LINE, SHAPE)]
    start = mapping.columns.get("start", "")
    doubtful = where(frame[start] == "") if start in frame else np.arange(min(len(frame), 5))
    doubtful = np.union1d(doubtful, np.arange(min(len(frame), 5)))
    if start in frame:
        words = [text for text in frame[start].unique() if text == start or TOTALS.match(text)]
        doubtful = np.union1d(doubtful, where(frame[start].isin(words)))
    found = {}
    lines = frame[LINE].to_numpy()
    for row, cells in zip(doubtful, frame.iloc[doubtful][names].itertuples(index=False, name=None), strict=True):
        if why := _why(cells, names):
            found[row] = Aside(int(lines[row]), why, cells)
    kept = frame.drop(index=frame.index[list(found)]).reset_index(drop=True) if found else frame
    return kept, list(found.values())


def _why(cells: tuple[str, ...], names: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled:
        return "is empty"
    if sum(1 for cell in filled if TAG.fullmatch(cell)) >= 0.6 * len(filled) and len(filled) > 1:
        return "is a row of HXL tags"
    if sum(cell == name for cell, name in zip(cells, names, strict=True)) >= max(2, 0.6 * len(filled)):
        return "repeats the header"
    first = plain(filled[0])
    if TOTALS.match(first) and len(filled) <= max(3, len(names) // 2):
        return "is a row of totals"
    return ""
