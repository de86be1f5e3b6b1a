"""What the reports of one event say differently, put side by side: an optional table, written by whoever reads the sources."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geodata import tables
from geodata.problems import Problem
from geodata.schema import Column, Table, known_in, many
from geodata.tables import LINE

COLUMNS = ("event", "subject", "claim", "source")
"""rows that share event and subject are the sides of one disagreement; `source` = ids joined by `;`"""


def load(path: Path | None, reports: pd.DataFrame, sources: pd.DataFrame, *, complete: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """The claims that hold together and what is wrong with the rest; nothing for None or when there is no such file.

    A source must be one that reports the event. `complete`: the events are those the claims were written for; otherwise claims on
    events or by sources that are not there do not apply.
    """
    if path is None or not path.exists():
        return pd.DataFrame(columns=[*COLUMNS, LINE]), []
    table = _table(sources)
    everything, problems = tables.read(path, required=COLUMNS)
    unreported = _unreported(everything, reports, path.name)
    problems += table.problems(everything, path.name) + unreported if complete else []
    bad = {problem.line for problem in [*problems, *unreported]}
    return everything[~everything[LINE].isin(bad)].reset_index(drop=True), problems


def among(claims: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The claims on these events, all of whose sources report them."""
    return claims[~claims[LINE].isin({problem.line for problem in _unreported(claims, reports, "")})].reset_index(drop=True)


def _table(sources: pd.DataFrame) -> Table:
    cited = Column("source", many(known_in("sources", sources["id"])), filled=True)
    return Table("claims", (*(Column(name, filled=True) for name in COLUMNS[:3]), cited), (), COLUMNS[:3])


def _unreported(frame: pd.DataFrame, reports: pd.DataFrame, file: str) -> list[Problem]:
    told = set(zip(reports["event"], reports["source"], strict=True))
    rows = zip(frame[LINE], frame["event"], frame["source"], strict=True)
    return [Problem(file, int(line), "source", name, f"does not report the event {event!r}")
            for line, event, cited in rows for name in cited.split(";") if name and (event, name) not in told]  # fmt: skip
