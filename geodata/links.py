"""How events hang together: what carries out what, what is part of what, what contradicts or corrects what."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import days, schema, tables
from geodata.days import INF
from geodata.problems import Problem
from geodata.schema import Column, Rule, Table, known_in, many, one_of
from geodata.tables import LINE

COLUMNS = ("from", "to", "relation", "note", "source", "reported")


def load(path: Path | None, events: set[str], sources: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The links that hold together, with `known_from` in days (INF = known only when no day is set), and what is wrong with the rest.

    None or no such file: no links.
    """
    if path is None or not path.exists():
        return pd.DataFrame(columns=[*COLUMNS, LINE, "known_from"]), []
    frame, problems = tables.read(path, required=COLUMNS)
    problems += _table(events, sources).problems(frame, path.name)
    frame = frame[~frame[LINE].isin({problem.line for problem in problems})].reset_index(drop=True)
    circular = _circles(frame, path.name)
    frame = frame[~frame[LINE].isin({problem.line for problem in circular})].reset_index(drop=True)
    frame["known_from"] = [days.number(days.parse(text)) if text else INF for text in frame["reported"]]
    return frame, problems + circular


def _table(events: set[str], sources: pd.DataFrame) -> Table:
    published = sources.set_index("id")["published"]

    def too_early(frame: pd.DataFrame) -> np.ndarray:
        rows = zip(frame["reported"], frame["source"], strict=True)
        return np.array([_before_all(reported, source, published) for reported, source in rows], bool)

    event = known_in("events", events)
    ends = (Column("from", event, filled=True), Column("to", event, filled=True), Column("relation", one_of(schema.RELATIONS), filled=True))
    cited = Column("source", many(known_in("sources", sources["id"])), filled=True)
    return Table("links", (*ends, Column("note"), cited, Column("reported", schema.day)),
        (Rule("to", "is the event itself", lambda f: f["from"] == f["to"]),
         Rule("reported", "is before any of its sources was published", too_early)), ("from", "to", "relation"))  # fmt: skip


def _before_all(reported: str, source: str, published: pd.Series) -> bool:
    dates = [published[name] for name in source.split(";") if published.get(name)]
    return bool(reported and dates and reported < min(dates))


def _circles(frame: pd.DataFrame, file: str) -> list[Problem]:
    """The links that close a circle, for relations that cannot be circular."""
    found = []
    for relation in ("part_of", "answers"):
        rows = frame[frame["relation"] == relation]
        while circle := _circle(rows):
            row = rows[(rows["from"] == circle[0]) & (rows["to"] == circle[1])].iloc[0]
            found.append(Problem(file, int(row[LINE]), "to", row["to"], f"closes a circle of '{relation}' links: {' - '.join(circle)}"))
            rows = rows.drop(row.name)
    return found


def _circle(rows: pd.DataFrame) -> list[str]:
    graph: dict[str, set[str]] = {}
    for start, end in zip(rows["from"], rows["to"], strict=True):
        graph.setdefault(start, set()).add(end)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def among(links: pd.DataFrame, events: set[str]) -> pd.DataFrame:
    """The links between these events."""
    return links[links["from"].isin(events) & links["to"].isin(events)].reset_index(drop=True)


def known_on(links: pd.DataFrame, day: int, relation: str) -> pd.DataFrame:
    """The links of a relation that can be known on a day; INF = everything."""
    return links[(links["relation"] == relation) & (links["known_from"] <= day)]
