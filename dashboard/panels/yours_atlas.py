"""The events of the desk and the analyst's own as one atlas, or the analyst's own instead of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.projects import MERGE
from geodata import claims, events, links, places
from geodata.atlas import Atlas
from geodata.intake import Intake
from geodata.problems import Problem
from geodata.tables import LINE

KNOWN = "is an event of {file} already, and this row is no further report of it: another kind, or a source that reports it already"


def joined(base: Atlas, cases: Sequence[Intake], use: str) -> Atlas:
    """An atlas of the same theatre with the rows of `cases`, merged with those of `base` or in their place."""
    name = " + ".join(case.file for case in cases)
    label = f"{base.events_file} + {name}" if use == MERGE and not base.eventless else name
    problems = [replace(problem, file=label) for case in cases for problem in case.problems]
    rows, held = _together([case.reports for case in cases]), pd.concat([case.held_back for case in cases], ignore_index=True).fillna("")
    if use == MERGE:
        known = _known(base.reports, rows)
        problems += [Problem(label, int(line), "event", event, KNOWN.format(file=base.events_file))
                     for line, event in zip(rows.loc[known, LINE], rows.loc[known, "event"], strict=True)]  # fmt: skip
        problems = [replace(problem, file=label) if problem.file == base.events_file else problem for problem in base.problems] + problems
        rows = _together([base.reports, rows[~known]])
        held = pd.concat([base.held_back, held], ignore_index=True).fillna("")
    return _with(base, label, rows, problems, held, linked=use == MERGE)


def _with(base: Atlas, label: str, rows: gpd.GeoDataFrame, problems: list[Problem], held: pd.DataFrame, *, linked: bool) -> Atlas:
    versions = events.versions(rows)
    versions["form"] = places.forms(versions, base.zones)
    ties = base.links if linked else links.load(None, set(), base.tables["sources"])[0]
    said = claims.among(base.tables["claims"], rows) if linked else base.tables["claims"].iloc[:0]
    return replace(base, events_file=label, eventless=False, reports=rows, versions=versions, problems=tuple(problems), held_back=held, links=ties,
                   tables={**base.tables, "claims": said})  # fmt: skip


def _together(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Rows one below the other; a column that only some have is empty in the others."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    names = list(dict.fromkeys(name for frame in frames for name in frame))
    filled = [frame.assign(**{name: "" for name in names if name not in frame}) for frame in frames]
    return gpd.GeoDataFrame(pd.concat([frame[names] for frame in filled], ignore_index=True), geometry="geometry", crs=frames[0].crs)


def _known(base: gpd.GeoDataFrame, rows: gpd.GeoDataFrame) -> np.ndarray:
    """Rows that carry the id of an event of `base` without being a new report of it."""
    kinds = base.drop_duplicates("event").set_index("event")["kind"]
    told = set(zip(base["event"], base["source"], strict=True))
    other = rows["event"].isin(kinds.index) & (rows["event"].map(kinds) != rows["kind"])
    again = np.array([(event, source) in told for event, source in zip(rows["event"], rows["source"], strict=True)], bool)
    return other.to_numpy(bool) | again
