"""Reports that leave, each with the shape it can honestly have, and what must travel along with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geodata import places, reports
from geodata.atlas import Atlas
from geodata.geodesy import WGS84
from geodata.outtake.text import FormatError, cells, used
from geodata.tables import LINE

_DRAWN = ("symbol", "virtual", "ring", "border")
"""forms that have a shape; a country, a region or a place not known has none"""


@dataclass(frozen=True, eq=False)
class Extract:
    """Rows of an events file with their papers; `sources` and `held_back` are tables of text."""

    reports: gpd.GeoDataFrame
    """every row marked"""

    shapes: gpd.GeoSeries
    """where each row can have happened, in EPSG:4326; None when only a country or region is known, or nothing"""

    sources: pd.DataFrame
    held_back: pd.DataFrame
    """file, line and column of what is wrong; no contents, because they may be marked higher"""

    about: dict[str, str | int]
    """title, marking, counts, view and the rest in words"""

    @property
    def columns(self) -> list[str]:
        """The names of the file's columns, as they are written."""
        return [name.strip() for name in self._inside]

    @property
    def _inside(self) -> list[str]:
        return reports.columns(self.reports)

    @cached_property
    def texts(self) -> list[list[str]]:
        """Every row as text, in the order of `columns`."""
        return cells(self.reports, self._inside)

    @property
    def unplaced(self) -> int:
        """How many rows have no shape."""
        return int(self.shapes.isna().sum())

    def refuse(self, ending: str, bad: Iterable[tuple[int, int]], why: str) -> None:
        """Raise FormatError for the first (row, column) of `bad`, if there is one."""
        for row, column in bad:
            event, name = self.reports["event"].iloc[row], self.columns[column]
            raise FormatError(f"event {event}: {name} {why}, which a {ending} file cannot hold; .csv or .geojson would be right")


def extract(atlas: Atlas, rows: Iterable[int], *, sources: Iterable[str], about: dict[str, str | int], least: str = "") -> Extract:
    """The reports with these row numbers, in the order of the file; `sources`: ids of what they rest on; `least`: marking of any row at least."""
    taken, scheme = used(atlas.reports, rows), atlas.markings
    raised = {name: scheme.highest([name, least or scheme.lowest]) for name in taken["marking"].unique()}
    marked = taken.assign(marking=taken["marking"].map(raised))
    cited = atlas.sources.loc[list(sources)].drop(columns=[LINE], errors="ignore").fillna("").astype(str)
    places_of = [(problem.file, str(problem.line or ""), problem.column) for problem in atlas.row_problems]
    held_back = pd.DataFrame(places_of, columns=["file", "line", "column"], dtype=str)
    return Extract(marked, _shapes(atlas, marked), cited.reset_index(drop=True), held_back, about)


def _shapes(atlas: Atlas, taken: gpd.GeoDataFrame) -> gpd.GeoSeries:
    form = places.forms(taken, atlas.zones)
    shapes = taken.geometry.to_numpy(object)
    shapes = np.where(np.isin(form, ("symbol", "virtual")), shapes, None)
    known: dict[tuple, BaseGeometry | None] = {}
    for row in np.flatnonzero(np.isin(form, _DRAWN[2:])):
        report = taken.iloc[row]
        key = (form[row], report["zone"], report["country"], report["lon"], report["lat"], report["radius_km"])
        if key not in known:
            placed = pd.concat([report, pd.Series({"form": form[row]})])
            known[key] = places.geometry(placed, atlas.detail, atlas.zones, atlas.borders, atlas.regions)
        shapes[row] = known[key]
    return gpd.GeoSeries(list(shapes), index=taken.index, crs=WGS84)
