"""A Scene as a Folium map: a constant base map, data the browser fetches once by its digest, and one small patch per rerun."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import folium
import numpy as np
from folium.template import Template

from dashboard.scene import Scene
from dashboard.selection import index
from dashboard.webdata import STATIC, Json, data_files, digest, rows, theatre, to_json_bytes
from dashboard.webmarks import marks, packed
from geodata import days
from geodata.atlas import Atlas

__all__ = ["base_map", "data_files", "patch", "patch_group", "rows", "script_json", "theatre", "to_json_bytes", "versioned"]

SCRIPTS = (
    "alarm", "days", "rows", "ground", "fills", "lines", "symbols", "letters", "boxes", "fans", "trays", "crowd", "stretches", "regions", "asked",
    "courses", "room", "names", "towns", "stands", "marks", "list", "swatch", "margin", "legend", "columns", "timeline", "answers", "picture", "hits",
    "pane", "frame", "touch", "intake",
)  # fmt: skip
"""the frame's own scripts in the order in which they are loaded"""

KEYED = 250
"""most events that carry the number of their line in the key"""

MAP_ID = "0a5f3c1e9b7d4628a1c3e5f708192b4d"
"""constant where Folium would draw one by lot: the map handed to st_folium is the same on every rerun"""


def versioned(name: str) -> str:
    """Address of one of our own files as seen from the component's frame, with a digest of its content."""
    return _versioned(name, (STATIC / name).stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _versioned(name: str, mtime_ns: int) -> str:
    """The time is part of the key only: a file that was changed has a new address."""
    return f"../../assets/{name}?v={digest((STATIC / name).read_bytes())}"


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
        "confirmed": f"{view.start.isoformat()}..{view.end.isoformat()}", **marks(atlas, scene),
    }  # fmt: skip


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
