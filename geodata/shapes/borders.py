"""Border lines by pair of countries, cut from the countries themselves, and what of them is disputed."""

import csv
import itertools
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geodata.geodesy import length_km
from geodata.shapes.countries import CURATED, KASHMIR, NO_COUNTRY, REGION

KINDS = {
    "Line of control (please verify)": "line_of_control",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
}
"""classes of the source that are not drawn solid"""

SOLID = "solid"

INSIDE = {"CNM-CYN": "Green Line", "SOL-SOM": "Somaliland"}
"""names of lines of the source, by its codes, that run inside one country here"""

ON_LINE = 0.003
"""degrees; in the region a classified line of the source lies on the border itself"""

NEAR_LINE = 0.12
"""degrees; elsewhere the borders are simplified"""


@dataclass(frozen=True)
class Run:
    """A stretch of a line that is inside a zone or outside it."""

    inside: bool
    start: float
    """distance from the line's beginning, in the line's units"""

    end: float

    @property
    def length(self) -> float:
        """Return it in the line's units."""
        return self.end - self.start


def runs(line: shapely.LineString, zone: BaseGeometry, *, shortest_gap: float, shortest_run: float) -> list[Run]:
    """Cut a line where it enters or leaves `zone`; gaps, then runs, that are too short count as their surroundings."""
    crossings = shapely.get_coordinates(shapely.intersection(line, shapely.boundary(zone)))
    at = sorted({0.0, line.length, *(line.project(shapely.Point(xy)) for xy in crossings)})
    found = joined([Run(zone.contains(line.interpolate((a + b) / 2)), a, b) for a, b in itertools.pairwise(at)])
    ends = (found[0], found[-1])
    gaps = {run for run in found if not run.inside and run.length < shortest_gap and run not in ends}
    found = joined([Run(run.inside or run in gaps, run.start, run.end) for run in found])
    stubs = {run for run in found if run.length < shortest_run}
    return joined([Run(run.inside and run not in stubs, run.start, run.end) for run in found])


def joined(stretches: list[Run]) -> list[Run]:
    """Join neighbours of the same kind."""
    result: list[Run] = []
    for run in stretches:
        if result and result[-1].inside == run.inside:
            result[-1] = Run(run.inside, result[-1].start, run.end)
        else:
            result.append(run)
    return result


def pair_lines(countries: gpd.GeoDataFrame, column: str) -> dict[str, BaseGeometry]:
    """Return the line shared by each two neighbours, keyed `AFG-TJK`, alphabetically."""
    frame = countries.sort_values(column, ignore_index=True)
    edges = shapely.boundary(frame.geometry.values)
    left, right = frame.sindex.query(frame.geometry, predicate="intersects")
    lines = {}
    for i, j in zip(left[left < right], right[left < right], strict=True):
        shared = [part for part in shapely.get_parts(shapely.intersection(edges[i], edges[j])) if part.length]
        if shared:
            lines[f"{frame[column][i]}-{frame[column][j]}"] = shapely.line_merge(shapely.union_all(shared))
    return dict(sorted(lines.items()))


def read_classes(path: Path) -> gpd.GeoDataFrame:
    """Read the source's boundary lines that have a class of KINDS: kind, pair (its own codes), geometry."""
    frame = gpd.read_file(path, columns=["featurecla", "adm0_a3_l", "adm0_a3_r"], encoding="UTF-8")
    frame = frame[frame.featurecla.isin(KINDS)]
    frame["kind"] = frame.featurecla.map(KINDS)
    frame["pair"] = ["-".join(sorted(pair)) for pair in zip(frame.adm0_a3_l, frame.adm0_a3_r, strict=True)]
    return frame[["kind", "pair", "geometry"]]


def zones(classes: gpd.GeoDataFrame) -> list[tuple[str, BaseGeometry]]:
    """Return (kind, area): a border in the area counts as being of that kind."""
    return [(kind, zone(shapely.union_all(group.geometry.values))) for kind, group in classes.groupby("kind")]


def zone(line: BaseGeometry) -> BaseGeometry:
    """Return everything that counts as being on `line`."""
    inside, outside = shapely.intersection(line, REGION), shapely.difference(line, REGION)
    return shapely.union(inside.buffer(ON_LINE), outside.buffer(NEAR_LINE))


def curated() -> list[dict[str, str]]:
    """Read the curated table: rule `all` sets the kind of a whole pair, `named` only names its lines of a kind."""
    with (CURATED / "disputed.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whole_pairs() -> dict[str, str]:
    """Return the kind of pairs whose class is not taken from the source."""
    return {row["pair"]: row["kind"] for row in curated() if row["rule"] == "all"}


def split_by_kind(line: BaseGeometry, areas: list[tuple[str, BaseGeometry]]) -> list[tuple[str, BaseGeometry]]:
    """Cut a line into (kind, line) stretches; what lies in no area is `solid`."""
    todo, done = list(shapely.get_parts(line)), []
    for kind, area in areas:
        near = [part for part in todo if part.intersects(area)]
        todo = [part for part in todo if not part.intersects(area)]
        for part in near:
            slack = 0.05 if REGION.contains(part) else 0.4
            for run in runs(part, area, shortest_gap=slack, shortest_run=min(slack, part.length / 2)):
                stretch = substring(part, run.start, run.end)
                if run.inside:
                    done.append((kind, stretch))
                else:
                    todo.append(stretch)
    return done + [(SOLID, part) for part in todo]


def classified(by_state: gpd.GeoDataFrame, by_code: gpd.GeoDataFrame, classes: gpd.GeoDataFrame) -> list[tuple]:
    """Return (pair, kind, line) for every stretch: borders of states, then edges of the areas that belong to none."""
    edges = {pair: line for pair, line in pair_lines(by_code, "code").items() if NO_COUNTRY & set(pair.split("-"))}
    seam = edges.pop(f"CHN-{KASHMIR}")
    inner = {pair: line for pair, line in edges.items() if pair != f"AFG-{KASHMIR}"}
    areas = [*zones(classes), ("disputed", zone(seam))]
    whole = dict.fromkeys(inner, "disputed") | whole_pairs()
    stretches = []
    for pair, line in (pair_lines(by_state, "state") | inner).items():
        parts = [(whole[pair], line)] if pair in whole else split_by_kind(line, areas)
        for kind in sorted({kind for kind, _ in parts}):
            merged = shapely.line_merge(shapely.union_all([part for k, part in parts if k == kind]))
            stretches.append((pair, kind, merged))
    return stretches


def solid(stretches: list[tuple]) -> list[tuple[dict, BaseGeometry]]:
    """Return borders as shipped: pair, length_km (only where the whole border is here in full detail), detail."""
    split = {pair for pair, kind, _ in stretches if kind != SOLID}
    rows = []
    for pair, kind, line in stretches:
        if kind == SOLID:
            detail = bool(REGION.contains(line))
            length = round(length_km(line)) if detail and pair not in split else None
            rows.append(({"pair": pair, "length_km": length, "detail": detail}, line))
    return rows


def disputed(stretches: list[tuple], by_code: gpd.GeoDataFrame, classes: gpd.GeoDataFrame) -> list[tuple]:
    """Return lines not drawn solid, as shipped: kind, name, pair (both may be empty)."""
    named = {(row["pair"], row["kind"]): row["name"] for row in curated()}
    areas = by_code.set_index("code")["name"]
    rows = []
    for pair, kind, line in stretches:
        if kind != SOLID:
            area = [areas[code] for code in pair.split("-") if code in NO_COUNTRY]
            rows.append(({"kind": kind, "name": named.get((pair, kind)) or next(iter(area), ""), "pair": pair}, line))
    for (pair, kind), group in classes[classes.pair.isin(INSIDE)].groupby(["pair", "kind"]):
        line = shapely.simplify(shapely.line_merge(shapely.union_all(group.geometry.values)), 0.01)
        rows.append(({"kind": kind, "name": INSIDE[pair], "pair": ""}, line))
    return rows


def drawn_solid(stretches: list[tuple]) -> BaseGeometry:
    """Return all borders drawn solid as one geometry."""
    return shapely.union_all(np.array([line for _, kind, line in stretches if kind == SOLID]))
