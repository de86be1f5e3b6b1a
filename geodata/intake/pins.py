"""The points of a file of features: the geometry goes first; attributes stand in where it is missing, and are compared where it is not."""

from __future__ import annotations

import pandas as pd

from geodata.intake.draft import MANY, Draft
from geodata.intake.ground import apart_km
from geodata.intake.names import targets_of
from geodata.intake.sheet import LAT, LON, SHAPE
from geodata.intake.verdicts import WARNED, grouped, where
from geodata.tables import LINE

APART_KM = 1.0
"""attributes are often rounded; further off they say something else"""


def settle(draft: Draft) -> None:
    """Fill points from attributes named latitude and longitude; say where those differ from the geometry."""
    if (draft.mapping.columns.get("lat"), draft.mapping.columns.get("lon")) != (LAT, LON):
        return
    told = targets_of([name for name in draft.raw.columns if name not in (LINE, SHAPE, LAT, LON)])
    if not {"lat", "lon"} <= told.keys():
        return
    theirs = {axis: draft.raw[told[axis]] for axis in ("lat", "lon")}
    _fill(draft, theirs)
    _compare(draft, theirs)


def _fill(draft: Draft, theirs: dict[str, pd.Series]) -> None:
    """A line or an area is no missing geometry, unless the row says how exactly its place is known."""
    missing = (draft.get("lat") == "").to_numpy() & (draft.get("lon") == "").to_numpy()
    said = (draft.get("place_precision") != "").to_numpy()
    if SHAPE in draft.raw:
        missing &= (draft.raw[SHAPE] == "").to_numpy() | said
    missing &= (theirs["lat"] != "").to_numpy() & (theirs["lon"] != "").to_numpy()
    rows = where(missing)
    for axis, column in theirs.items():
        draft.put(axis, column.iloc[rows], rows)
    if count := int((missing & ~said).sum()):
        names = " and ".join(repr(column.name) for column in theirs.values())
        draft.findings.notes.append(f"{count:,} features without a point are placed by their attributes {names}")


def _compare(draft: Draft, theirs: dict[str, pd.Series]) -> None:
    lat, lon = draft.numbers("lat"), draft.numbers("lon")
    y, x = (pd.to_numeric(theirs[axis], errors="coerce").to_numpy(float) for axis in ("lat", "lon"))
    away = apart_km(x, y, lon, lat)
    rows = where(away > APART_KM)
    if not len(rows):
        return
    column = ", ".join(str(series.name) for series in theirs.values())
    points = theirs["lat"].str.cat(theirs["lon"], sep=", ")
    groups = list(grouped(points, rows))
    if len(groups) > MANY:
        groups = [(groups[0][0], rows)]
    for point, group in groups:
        draft.findings.say(WARNED, "geometry_differs", column, point,
                           f"is {away[group[0]]:,.0f} km from the feature's own point, which was taken", group)  # fmt: skip
