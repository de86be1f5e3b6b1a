"""Who belonged to a bloc on a day, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata import days

MEMBERS = ("member", "founding_member", "treaty_signatory")
"""standings whose areas are shaded as the bloc's; every other standing is hatched"""


@dataclass(frozen=True)
class Standing:
    """A country's place in a bloc on a day."""

    bloc: str
    country: str
    role: str
    """its standing; empty when it has none and only `also` holds"""

    also: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def is_member(self) -> bool:
        """Whether the area is shaded as the bloc's."""
        return self.role in MEMBERS


def dated(memberships: pd.DataFrame) -> pd.DataFrame:
    """Add `from` (inclusive) and `to` (exclusive) in days: of a date known only by year or month the far side, when it is certain."""
    frame = memberships.copy()
    frame["from"] = [-days.INF if not text else days.number(days.span(text)[1]) for text in frame["start"]]
    frame["to"] = [days.INF if not text else days.number(days.span(text)[0]) for text in frame["end"]]
    return frame


def on(memberships: pd.DataFrame, day: int, *, bloc: str | None = None) -> list[Standing]:
    """Standings on a day, in the order of bloc and country."""
    held = (memberships["from"] <= day) & (memberships["to"] > day)
    if bloc is not None:
        held &= memberships["bloc"] == bloc
    together: dict[tuple[str, str], list[dict]] = {}
    for row in memberships[held].to_dict("records"):
        together.setdefault((row["bloc"], row["country"]), []).append(row)
    return [_standing(*key, together[key]) for key in sorted(together)]


def _standing(bloc: str, country: str, rows: list[dict]) -> Standing:
    roles = [row["role"] for row in rows if row["sort"] == "standing"]
    also = tuple(row["role"] for row in rows if row["sort"] != "standing")
    sources = dict.fromkeys(source for row in rows for source in row["source"].split(";"))
    return Standing(bloc, country, roles[-1] if roles else "", also, tuple(sources))


def overlapping(memberships: pd.DataFrame) -> np.ndarray:
    """Rows whose standing in a bloc begins before an earlier one of the same country has ended."""
    rows = memberships[memberships["sort"] == "standing"].sort_values(["bloc", "country", "from"])
    again = rows.duplicated(["bloc", "country"]) & (rows["from"] < rows["to"].shift(fill_value=-days.INF))
    return memberships.index.isin(rows.index[again])
