"""A Scene as a Folium map: a constant base map, data the browser fetches once by its digest, and one small patch per rerun."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from folium.template import Template

from dashboard import style, words
from dashboard.layers import bloc_order, reported_length
from dashboard.scene import Scene
from dashboard.selection import index
from geodata import days
from geodata.atlas import Atlas
from geodata.places import FORMS
from geodata.schema import STATUSES

STATIC = Path(__file__).resolve().parent / "static"
SCRIPTS = (
    "alarm", "days", "rows", "ground", "fills", "lines", "symbols", "letters", "boxes", "fans", "trays", "crowd", "stretches",
    "courses", "names", "stands", "marks", "list", "swatch", "margin", "legend", "timeline", "answers", "picture", "hits", "pane", "frame",
)  # fmt: skip
"""the frame's own scripts in the order in which they are loaded"""

KEYED = 250
"""most events that carry the number of their line in the key"""

Json = dict[str, Any]
MAP_ID = "0a5f3c1e9b7d4628a1c3e5f708192b4d"
"""constant where Folium would draw one by lot: the map handed to st_folium is the same on every rerun"""


def versioned(name: str) -> str:
    """Address of one of our own files as seen from the component's frame, with a digest of its content."""
    return f"../../assets/{name}?v={_digest((STATIC / name).read_bytes())}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


class FrameMap(folium.Map):
    """A map without tiles or geometry, made of local files only; everything it shows comes in patches."""

    _template = Template("""
        {% macro header(this, kwargs) %}{{ this.typeface }}{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = window.panj.mount({{ this.get_name()|tojson }});
        {% endmacro %}
        """)

    def __init__(self) -> None:
        """Nothing to choose: there is one base map."""
        super().__init__(location=(38.5, 68.5), zoom_start=5, tiles=None)
        self._id = MAP_ID
        self.typeface = _typeface()
        self.default_js = [("alarm", versioned("alarm.js")), ("leaflet", "../../vendor/leaflet/leaflet.js")]
        self.default_js += [(name, versioned(f"{name}.js")) for name in SCRIPTS[1:]]
        self.default_css = [("leaflet_css", "../../vendor/leaflet/leaflet.css"), ("panj_css", versioned("panj.css"))]


@lru_cache(maxsize=1)
def _typeface() -> str:
    """Streamlit's own face for the map's letters, from Streamlit's own static files; nothing when they are not there."""
    spec = importlib.util.find_spec("streamlit")
    media = Path(spec.origin).parent / "static" / "static" / "media" if spec and spec.origin else Path()
    faces = (("normal", "SourceSansVF-Upright*.woff2"), ("italic", "SourceSansVF-Italic*.woff2"))
    found = [(slant, path.name) for slant, pattern in faces for path in sorted(media.glob(pattern))[:1]]
    rules = "".join(f'@font-face{{font-family:"Source Sans 3";font-weight:200 900;font-style:{slant};src:url("../../static/media/{name}")}}'
                    for slant, name in found)  # fmt: skip
    return f"<style>{rules}</style>" if rules else ""


def base_map() -> folium.Map:
    """The map for `st_folium`: byte-identical on every call, so that pan and zoom survive every rerun."""
    return FrameMap()


class _Patch(folium.MacroElement):
    """One call of `window.panj.patch`."""

    _template = Template("{% macro script(this, kwargs) %}window.panj.patch({{ this.json }});{% endmacro %}")

    def __init__(self, patch: Json) -> None:
        super().__init__()
        self._name = "Patch"
        self.json = script_json(patch)


def patch_group(patch: Json) -> folium.FeatureGroup:
    """The patch for `feature_group_to_add`; equal patches give equal scripts, which st_folium does not run again."""
    group = folium.FeatureGroup(name="panj")
    group.add_child(_Patch(patch))
    return group


def script_json(value: Any) -> str:
    """JSON that is also safe inside a script: ASCII only, and no character in a string that could end a script, a comment or a template.

    st_folium rewrites `{{'name'}}` and `_name` in scripts; escaped quotes, braces and underscores keep data out of its reach.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    pieces = text.replace("\\\\", "\\u005c").replace('\\"', "\\u0022").split('"')
    for k in range(1, len(pieces), 2):  # what stands between plain quotes is the inside of a string
        for char in "<>&'{}_/":
            pieces[k] = pieces[k].replace(char, f"\\u{ord(char):04x}")
    return '"'.join(pieces)


def to_json_bytes(value: Json) -> bytes:
    """Compact JSON, the same bytes for the same value."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


@lru_cache(maxsize=4)
def data_files(atlas: Atlas) -> dict[str, bytes]:
    """`theatre-HASH.json` and `rows-HASH.json` as the frame fetches them from `../../data/`."""
    contents = {"theatre": to_json_bytes(theatre(atlas)), "rows": to_json_bytes(rows(atlas))}
    return {f"{name}-{_digest(content)}.json": content for name, content in contents.items()}


def theatre(atlas: Atlas) -> Json:
    """Everything of the map that is no event: shapes, memberships, palette, symbols."""
    return {
        "palette": {name: value for name, value in vars(style).items() if name.isupper() and isinstance(value, str)},
        "strokes": {name: asdict(stroke) for name, stroke in style.STROKES.items()},
        "symbols": json.loads((STATIC / "symbols.json").read_bytes()),
        "blocs": _blocs(atlas),
        "kinds": atlas.table("kinds")[["id", "name", "plural"]].to_dict("records"),
        "statuses": [{"id": status, "label": words.STATUS[status]} for status in STATUSES],
        "forms": list(FORMS),
        "countries": _collection(atlas.countries, "code", "name", "disputed"),
        "detail": _collection(atlas.detail, "code", "name", "disputed"),
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
        "regions": [{"id": r.id, "name": r.name, "countries": list(r.countries)} for r in atlas.regions.itertuples(index=False)],
    }


def _blocs(atlas: Atlas) -> list[Json]:
    names = atlas.table("blocs").set_index("id")["name"]
    return [{"id": bloc, "name": names[bloc], **asdict(style.bloc_style(bloc))} for bloc in bloc_order(atlas)]


def _plain(value: Any) -> Any:
    """A cell as JSON can say it: numbers and truth values of NumPy as Python's, nothing as null."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if value is None or value is pd.NaT or value != value else value


def _geometry(shape: shapely.Geometry | None) -> Json | None:
    if shape is None or shape.is_empty:
        return None
    return json.loads(shapely.to_geojson(shapely.transform(shape, lambda xy: np.round(xy, 4))))


def _feature(properties: Json, shape: shapely.Geometry | None) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": _geometry(shape)}


def _collection(frame: gpd.GeoDataFrame, *names: str) -> Json:
    rows_ = zip(frame[list(names)].to_dict("records") if names else [{}] * len(frame), frame.geometry, strict=True)
    return {"type": "FeatureCollection", "features": [_feature({k: _plain(v) for k, v in row.items()}, shape) for row, shape in rows_]}


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


def patch(atlas: Atlas, scene: Scene, *, serial: int, fit: Json | None, answered: int = 0, theatre_url: str = "", rows_url: str = "") -> Json:
    """What the frame is told on a rerun: which rows pass, the window, layers and selection.

    `fit` = {"n", "box"}: move the map once per n; None: leave it. `answered`: number of the last answer of the frame that this scene knows.
    Without addresses the frame is sent to the shipped data of this atlas.
    """
    view = scene.view
    first, last = days.number(view.start), days.number(view.end)
    shipped = [] if theatre_url and rows_url else [f"../../data/{name}" for name in data_files(atlas)]
    return {
        "serial": serial, "answered": answered, "theatre": theatre_url or shipped[0], "rows": rows_url or shipped[1],
        "window": [first, last], "span": timeline_span(atlas, view.span, first, last),
        "known": days.number(view.known) if view.known else None,
        "eligible": packed(scene.eligible), "ahead": packed(scene.eligible & index(atlas).plans) if view.ahead else "",
        "doubt": packed(scene.eligible & ~index(atlas).near(*view.near)[0]) if view.near else "",
        "layers": list(view.layers), "selected": view.id, "fit": fit, "numbers": _key_numbers(scene),
        "confirmed": f"{view.start.isoformat()}..{view.end.isoformat()}",
    }  # fmt: skip


def packed(mask: np.ndarray) -> str:
    """Bits of a mask, the first row in the highest bit, as base64."""
    return base64.b64encode(np.packbits(np.asarray(mask, bool)).tobytes()).decode()


def _key_numbers(scene: Scene) -> dict[str, int]:
    """Numbers of the key by event; none for a key too long to be read on a map."""
    layer = scene.layer("events")
    features = layer.features if layer and len(layer.features) <= KEYED else ()
    return {feature.id.removeprefix("event:"): feature.n for feature in features if feature.n is not None}


def timeline_span(atlas: Atlas, span: str, first: int, last: int) -> list[int]:
    """First and last day of the timeline; the window always lies inside."""
    if span == "all":
        known = atlas.versions[["w0", "w1"]].to_numpy()
        finite = known[np.abs(known) < days.INF]
        shown = (int(finite.min()), int(finite.max())) if len(finite) else (first, last)
    elif span == "year":
        years = days.from_number(first).year, days.from_number(last).year
        shown = days.number(date(years[0], 1, 1)), days.number(date(years[1], 12, 31))
    else:
        ends = span.split("..")
        shown = days.number(days.span(ends[0])[0]), days.number(days.span(ends[-1])[1])
    return [min(shown[0], first), max(shown[1], last)]
