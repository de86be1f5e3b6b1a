"""What the map's frame fetches once: the theatre and the rows of events, as JSON under the digest of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard import placenames, style, words
from dashboard.layers import bloc_order, reported_length
from dashboard.legend import holding
from dashboard.opening import home
from dashboard.palette import colours
from geodata import days
from geodata.atlas import Atlas
from geodata.places import FORMS
from geodata.schema import STATUSES

STATIC = Path(__file__).resolve().parent / "static"
Json = dict[str, Any]
COARSE = 3
"""decimals of the world's shapes: 100 m, where their own error is kilometres"""


def digest(content: bytes) -> str:
    """Short digest of a file's content, for addresses that may be kept for good."""
    return hashlib.sha256(content).hexdigest()[:16]


def to_json_bytes(value: Json) -> bytes:
    """Compact JSON, the same bytes for the same value."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


@lru_cache(maxsize=4)
def data_files(atlas: Atlas) -> dict[str, bytes]:
    """`theatre-HASH.json`, `rows-HASH.json` and `detail-HASH.json` as the frame fetches them from `../../data/`, in this order."""
    contents = {"theatre": to_json_bytes(theatre(atlas)), "rows": to_json_bytes(rows(atlas)), "detail": _detail(atlas)}
    return {f"{name}-{digest(content)}.json": content for name, content in contents.items()}


@lru_cache(maxsize=4)
def _detail(atlas: Atlas) -> bytes:
    """The finer countries, which only a near look asks for."""
    return to_json_bytes(_collection(atlas.detail, "code", "name", "disputed", digits=4))


def theatre(atlas: Atlas) -> Json:
    """Everything of the map that is no event: shapes, memberships, palette, symbols."""
    return {
        "palette": {name: value for name, value in vars(style).items() if name.isupper() and isinstance(value, str)},
        "strokes": {name: asdict(stroke) for name, stroke in style.STROKES.items()},
        "home": list(home(atlas)),
        "symbols": json.loads((STATIC / "symbols.json").read_bytes()),
        "blocs": _blocs(atlas),
        "kinds": atlas.table("kinds")[["id", "name", "plural"]].to_dict("records"),
        "statuses": [{"id": status, "label": words.STATUS[status]} for status in STATUSES],
        "forms": list(FORMS), "control": holding(atlas),
        "countries": _collection(atlas.countries, "code", "name", "disputed"),
        "detail": f"detail-{digest(_detail(atlas))}.json" if len(atlas.detail) else "",
        "labels": _labels(atlas.countries),
        "memberships": atlas.memberships[["bloc", "country", "role", "sort", "from", "to"]].to_dict("records"),
        "borders": _borders(atlas),
        "boundaries": _collection(atlas.boundaries, "pair"),
        "disputed": _collection(atlas.disputed, "kind", "name"),
        "rivers": _collection(atlas.rivers, "name", "rank", "on_border"),
        "lakes": _collection(atlas.lakes),
        "places": _points(atlas.places, "id", "name", "rank", "capital", "country"),
        "zones": _zones(atlas.zones),
        "bases": _bases(atlas.bases),
        "regions": [{**region, "countries": list(region["countries"])} for region in atlas.regions[["id", "name", "countries"]].to_dict("records")],
    }


def _blocs(atlas: Atlas) -> list[Json]:
    names = atlas.table("blocs").set_index("id")["name"]
    return [{"id": bloc, "name": names[bloc], **asdict(colours(atlas).get(bloc, style.NO_BLOC))} for bloc in bloc_order(atlas)]


def _plain(value: Any) -> Any:
    """A cell as JSON can say it: numbers and truth values of NumPy as Python's, nothing as null."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if value is None or value is pd.NaT or value != value else value


def _geometry(shape: shapely.Geometry | None, digits: int = 4) -> Json | None:
    if shape is None or shape.is_empty:
        return None
    return json.loads(shapely.to_geojson(shapely.transform(shape, lambda xy: np.round(xy, digits))))


def _feature(properties: Json, shape: shapely.Geometry | None, digits: int = 4) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": _geometry(shape, digits)}


def _collection(frame: gpd.GeoDataFrame, *names: str, digits: int = COARSE) -> Json:
    rows_ = zip(frame[list(names)].to_dict("records") if names else [{}] * len(frame), frame.geometry, strict=True)
    return {"type": "FeatureCollection", "features": [_feature({k: _plain(v) for k, v in row.items()}, shape, digits) for row, shape in rows_]}


def _labels(countries: gpd.GeoDataFrame) -> list[Json]:
    """A point well inside the largest part of each country; rank 1 = largest."""
    areas = {code: max(shapely.get_parts(shape), key=shapely.area) for code, shape in zip(countries["code"], countries.geometry, strict=True)}
    found = []
    for code, name in zip(countries["code"], countries["name"], strict=True):
        point = areas[code].representative_point()
        rank = 1 + int(np.searchsorted([-150, -30, -5, -1], -areas[code].area))
        found.append({"code": code, "name": name, "lon": round(point.x, 4), "lat": round(point.y, 4), "rank": rank})
    return found


def _borders(atlas: Atlas) -> Json:
    features = [_border(row, atlas) for row in atlas.borders.itertuples(index=False)]
    return {"type": "FeatureCollection", "features": features}


def _border(row: Any, atlas: Atlas) -> Json:
    """One border, every part with the first country of the pair at its left."""
    land = atlas.countries.set_index("code").geometry
    first = row.pair.split("-")[0]
    line = shapely.MultiLineString([_oriented(part, land[first]) for part in shapely.get_parts(row.geometry)])
    properties = {
        "pair": row.pair, "name": row.name, "emphasis": bool(row.emphasis), "status": row.status, "held": held_side(row, atlas),
        "from": days.number(date.fromisoformat(row.valid_from)) if row.valid_from else -days.INF,
        "to": days.number(date.fromisoformat(row.valid_to)) + 1 if row.valid_to else days.INF, "label": reported_length(atlas, row.pair),
    }  # fmt: skip
    return _feature(properties, line)


def _oriented(line: shapely.LineString, land: shapely.Geometry) -> shapely.LineString:
    """The line with `land` at its left: most of a thin strip along its left side lies in it."""
    left, right = (shapely.buffer(line, side, single_sided=True) for side in (0.05, -0.05))
    return line if left.intersection(land).area >= right.intersection(land).area else shapely.reverse(line)


def held_side(row: Any, atlas: Atlas) -> str:
    """Country whose side a status such as `afghan_side_held_by_taliban` speaks of; empty when it speaks of none."""
    who, _, rest = row.status.partition("_side_held")
    sides = [code for code in row.pair.split("-") if atlas.country_names.get(code, "").lower().startswith(who)]
    return sides[0] if rest and sides else ""


def _points(frame: gpd.GeoDataFrame, *names: str) -> list[Json]:
    records = [{key: _plain(value) for key, value in row.items()} for row in frame[list(names)].to_dict("records")]
    return [row | _lonlat(point) for row, point in zip(records, frame.geometry, strict=True)]


def _bases(bases: gpd.GeoDataFrame) -> list[Json]:
    """Bases with the days they are there: `from` inclusive, `to` exclusive."""
    spans = zip(bases["opened"], bases["until"], strict=True)
    valid = [{"from": days.number(days.span(opened)[0]) if opened else -days.INF, "to": days.number(days.span(until)[1]) + 1 if until else days.INF}
             for opened, until in spans]  # fmt: skip
    return [row | when for row, when in zip(_points(bases, "id", "name", "operator", "host"), valid, strict=True)]


def _lonlat(point: shapely.Point | None) -> Json:
    return {"lon": round(point.x, 5), "lat": round(point.y, 5)} if point is not None and not point.is_empty else {"lon": None, "lat": None}


def _zones(zones: gpd.GeoDataFrame) -> list[Json]:
    names = ["id", "name", "note", "radius_km", "precision", "country", "lon", "lat"]
    records = [{key: _plain(value) for key, value in row.items()} for row in zones[names].to_dict("records")]
    shapes = zip(zones.geometry, zones["band"], strict=True)
    return [row | {"geometry": _geometry(shape), "band": _geometry(band)} for row, (shape, band) in zip(records, shapes, strict=True)]


def rows(atlas: Atlas) -> Json:
    """Every row of `atlas.versions` as columns."""
    frame = atlas.versions
    parents = dict(atlas.links.loc[atlas.links["relation"] == "part_of", ["from", "to"]].itertuples(index=False, name=None))
    blocs = [bloc["id"] for bloc in _blocs(atlas)]
    return {
        "n": len(frame), "id": list(frame["event"]), "title": list(frame["title"]),
        "kind": _numbers(frame["kind"], atlas.table("kinds")["id"]), "status": _numbers(frame["status"], STATUSES),
        "credibility": frame["credibility"].astype(int).tolist(), "reliability": list(frame["reliability"]),
        "blocs": [sorted(map(blocs.index, row)) for row in frame["blocs"]], "form": _numbers(frame["form"], FORMS),
        "lon": _coordinates(frame["lon"]), "lat": _coordinates(frame["lat"]), "radius": _coordinates(frame["radius_km"]),
        "zones": [list(zone) for zone in frame["zone"]], "country": list(frame["country"]), "place": list(frame["place"]),
        "called": placenames.called(atlas, *(list(frame[name]) for name in ("lon", "lat", "place", "form"))),
        "when": [words.when(*row) for row in zip(frame["start"], frame["end"], frame["date_precision"], strict=True)],
        **{name: frame[name].astype(int).tolist() for name in ("w0", "s0", "s1", "w1")},
        "parent": [parents.get(event, "") for event in frame["event"]],
    }  # fmt: skip


def _numbers(column: pd.Series, names: Iterable[str]) -> list[int]:
    """Places of values in a vocabulary."""
    place = {name: number for number, name in enumerate(names)}
    return [place[value] for value in column]


def _coordinates(column: pd.Series) -> list[float | None]:
    return [None if value != value else value for value in column.round(5).tolist()]
