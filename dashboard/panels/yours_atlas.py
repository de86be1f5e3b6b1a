"""The events of the desk and the analyst's own as one atlas, or the analyst's own instead of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from dashboard.panels.yours_parts import Part, apart, renamed
from dashboard.projects import MERGE
from geodata import claims, events, links, places
from geodata.atlas import Atlas
from geodata.intake import Intake


def joined(base: Atlas, parts: Sequence[Part | Intake], use: str) -> Atlas:
    """An atlas of the same theatre with the rows of `parts`, merged with those of `base` or in their place.

    A problem names the file it is of; a second file of a name gets a number.
    """
    names = apart([part.file for part in parts], {base.events_file, *(problem.file for problem in base.problems)} if use == MERGE else set())
    problems = [problem for part, name in zip(parts, names, strict=True) for problem in renamed(part.problems, name)]
    frames, held = [part.reports for part in parts], [part.held_back for part in parts]
    if use == MERGE:
        problems, frames, held = [*base.problems, *problems], [base.reports, *frames], [base.held_back, *held]
        names = names if base.eventless else [base.events_file, *names]
    return replace(_with(base, _together(frames), linked=use == MERGE), events_file=" + ".join(names), files=tuple(names), problems=tuple(problems),
                   held_back=pd.concat(held, ignore_index=True).fillna(""))  # fmt: skip


def _with(base: Atlas, rows: gpd.GeoDataFrame, *, linked: bool) -> Atlas:
    versions = events.versions(rows)
    versions["form"] = places.forms(versions, base.zones)
    ties = base.links if linked else links.load(None, set(), base.tables["sources"])[0]
    said = claims.among(base.tables["claims"], rows) if linked else base.tables["claims"].iloc[:0]
    return replace(base, eventless=False, reports=rows, versions=versions, links=ties, tables={**base.tables, "claims": said})


def _together(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Rows one below the other; a column that only some have is empty in the others."""
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    names = list(dict.fromkeys(name for frame in frames for name in frame))
    filled = [frame.assign(**{name: "" for name in names if name not in frame}) for frame in frames]
    return gpd.GeoDataFrame(pd.concat([frame[names] for frame in filled], ignore_index=True), geometry="geometry", crs=frames[0].crs)
