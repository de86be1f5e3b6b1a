"""Whether a column tells events apart: one that repeats on rows of different titles or days is a reference to something else."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.intake.names import plain
from geodata.intake.verdicts import where

CERTAIN = frozenset(("event id", "eventid", "event id cnty", "номер события"))
"""names that mean an event's id and nothing else; its reports may differ in title and day"""

BARE = "event"
"""a name that may be the id, the title or the kind: what stands in the column tells"""

MOSTLY = 0.8
"""share of a column's values that must look like codes"""

MOST_SHARED = 0.05
"""share of the rows that may have an id of other rows by mistake"""


def shared(ids: pd.Series, *said: pd.Series) -> np.ndarray:
    """Positions of the rows of every id whose rows do not all say the same."""
    repeated = (ids.duplicated(keep=False) & (ids != "")).to_numpy(bool)
    if not repeated.any():
        return np.array([], int)
    rows = where(repeated)
    names = ids.iloc[rows]
    differ = np.zeros(len(rows), bool)
    for column in said:
        texts = column.iloc[rows]
        differ |= (texts != texts.groupby(names.to_numpy()).transform("first")).to_numpy(bool)
    return rows[names.isin(names[differ].unique()).to_numpy(bool)]


def tells_events(frame: pd.DataFrame, name: str, columns: dict[str, str]) -> bool:
    """Whether a column can be taken for the id of events, by its name or by what stands in it."""
    if certain(frame, name):
        return True
    filled = int((frame[name] != "").sum())
    return plain(name) != BARE and len(shared(frame[name], *said(frame, columns))) <= MOST_SHARED * filled


def certain(frame: pd.DataFrame, name: str) -> bool:
    """Whether a column holds ids by its name: also one named only `event` in which codes like EV20 stand."""
    if plain(name) != BARE:
        return plain(name) in CERTAIN
    texts = frame[name][frame[name] != ""]
    return bool(len(texts)) and texts.str.fullmatch(r"\S*\d\S*").mean() >= MOSTLY


def said(frame: pd.DataFrame, columns: dict[str, str]) -> list[pd.Series]:
    """The file's columns of title and day."""
    return [frame[columns[target]] for target in ("title", "start") if columns.get(target) in frame]
