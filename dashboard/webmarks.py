"""What a patch says beside rows and window: what changed, how far from a border, what two days differ in."""

from __future__ import annotations

import base64

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.legend import changed_mark
from dashboard.membership import Difference, said
from dashboard.scene import Scene
from dashboard.selection import index
from dashboard.webdata import Json
from geodata import days
from geodata.atlas import Atlas

MARKED = 2000
"""most events that carry a mark of change; more could not be told apart on a map"""

CORNERS = 500
"""most corners of the line drawn round what is near a border: under 8 kB"""


def marks(atlas: Atlas, scene: Scene) -> Json:
    """The parts of a patch that only some views have; empty where the view does not ask."""
    view = scene.view
    changed = {change.id.removeprefix("event:"): mark for change in scene.changes if (mark := changed_mark(change.what))}
    return {
        "changed": dict(list(changed.items())[:MARKED]), "since": days.number(view.since) if view.since else None,
        "near": {"km": view.near[1], "pair": view.near[0], "rings": rings(scene.buffer)} if view.near and scene.buffer is not None else None,
        "lit": lit(atlas, view.id),
        "compare": {"day": days.number(view.compare), "countries": differing(atlas, scene.differences)} if view.compare else None,
    }  # fmt: skip


def lit(atlas: Atlas, selected: str) -> str:
    """Which rows the selected country or party takes part in, as packed bits; empty when neither is selected."""
    kind, _, name = selected.partition(":")
    return packed(index(atlas).party_mask((name,))) if kind in ("country", "party") else ""


def packed(mask: np.ndarray) -> str:
    """Bits of a mask, the first row in the highest bit, as base64."""
    return base64.b64encode(np.packbits(np.asarray(mask, bool)).tobytes()).decode()


def rings(area: BaseGeometry) -> list[list[float]]:
    """The rings of an area as lon, lat, lon, lat, ...; simplified until they are small enough for a patch."""
    shape, tolerance = area, 0.002
    while shapely.get_num_coordinates(shape) > CORNERS:
        shape, tolerance = shapely.simplify(area, tolerance), tolerance * 1.6
    parts = [ring for polygon in shapely.get_parts(shape) for ring in (polygon.exterior, *polygon.interiors)]
    return [np.round(shapely.get_coordinates(ring), 3).ravel().tolist() for ring in parts]


def differing(atlas: Atlas, differences: tuple[Difference, ...]) -> dict[str, list[str]]:
    """What differs per country that the map has, one line per bloc."""
    names, there = atlas.table("blocs").set_index("id")["name"], set(atlas.countries["code"])
    told: dict[str, list[str]] = {}
    for change in differences:
        if change.country in there:
            told.setdefault(change.country, []).append(f"{names[change.bloc]}: {said(change.before, change.after)}")
    return told
