"""How far something may be passed on: an ordered scheme, Traffic Light Protocol 2.0 unless a theatre brings its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import tables
from geodata.problems import Problem, TableError
from geodata.schema import MARKINGS, Column, Rule, Table, one_of

FILE = "markings.csv"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LONGEST = 60
"""characters of a marking, so that it fits into a banner"""


@dataclass(frozen=True)
class Scheme:
    """Markings from the lowest to the highest."""

    names: tuple[str, ...] = MARKINGS
    unmarked: str = "TLP:AMBER"
    """what a row without a marking counts as"""

    meanings: dict[str, str] = field(default_factory=dict)
    """what a marking means, in words"""

    colours: dict[str, str] = field(default_factory=dict)
    """`#RRGGBB` of markings that have one"""

    @property
    def lowest(self) -> str:
        """The marking that restricts least."""
        return self.names[0]

    def rank(self, name: str) -> int:
        """Place in the order from 0; an empty name counts as unmarked.

        Raises ValueError when the scheme has no such marking.
        """
        wanted = name or self.unmarked
        if wanted not in self.names:
            raise ValueError(f"marking {name!r} is not one of {', '.join(self.names)}")
        return self.names.index(wanted)

    def highest(self, names: Iterable[str]) -> str:
        """The most restrictive of some markings, the lowest of all when there are none; an empty one counts as unmarked."""
        return self.names[max((self.rank(name) for name in names), default=0)]


TLP = Scheme(
    meanings={
        "TLP:CLEAR": "Recipients may share this without restriction",
        "TLP:GREEN": "Recipients may share this within their community",
        "TLP:AMBER": "Recipients may share this within their organisation and with its clients, as far as needed",
        "TLP:AMBER+STRICT": "Recipients may share this within their organisation only, as far as needed",
        "TLP:RED": "For the eyes and ears of individual recipients only; no further disclosure",
    },
    colours={"TLP:CLEAR": "#FFFFFF", "TLP:GREEN": "#33FF00", "TLP:AMBER": "#FFC000", "TLP:AMBER+STRICT": "#FFC000", "TLP:RED": "#FF2B2B"},
)


def load(folder: Path) -> Scheme:
    """The scheme of a theatre's folder, TLP 2.0 when it has none; TableError when its table is wrong."""
    path = folder / FILE
    if not path.exists():
        return TLP
    frame, problems = tables.read(path, required=("id", "name", "unmarked"))
    if "colour" not in frame:
        frame["colour"] = ""
    problems = problems + _TABLE.problems(frame, path.name)
    if not problems and (frame["unmarked"] == "yes").sum() != 1:
        problems = [Problem(path.name, 0, "", "", "needs 'yes' under 'unmarked' in exactly one row, the one that rows without a marking count as")]
    if problems:
        raise TableError(problems)
    return _scheme(frame)


def _scheme(frame: pd.DataFrame) -> Scheme:
    names = tuple(frame["id"])
    colours = {name: colour for name, colour in zip(names, frame["colour"], strict=True) if colour}
    return Scheme(names, frame.loc[frame["unmarked"] == "yes", "id"].iloc[0], dict(zip(names, frame["name"], strict=True)), colours)


def _marking(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable():
        return f"is not a marking: at most {_LONGEST} printable characters would be right"
    return ""


def colour(text: str) -> str:
    """The value is a colour."""
    return "" if _COLOUR.fullmatch(text) else "is not a colour like #D55E00"


def _twice(frame: pd.DataFrame) -> np.ndarray:
    return frame["id"].str.casefold().duplicated().to_numpy()


_TABLE = Table("markings", (Column("id", _marking, filled=True), Column("name"), Column("colour", colour), Column("unmarked", one_of(("yes", "no")))),
               (Rule("id", "stands in an earlier row already", _twice),))  # fmt: skip
