"""What the place of an event is called, on the page and on the live map alike: as the event calls it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geodata.atlas import Atlas
from geodata.intake.names import plain

TOWN_DEGREES = 0.12
"""degrees of latitude within which a point bears the name of a town that its place text names too"""

AT_ONCE = 10_000
"""points whose distances from all towns are held at a time"""


def called(atlas: Atlas, lon: Sequence[float], lat: Sequence[float], place: Sequence[str], form: Sequence[str]) -> list[str]:
    """The name of each event's place from its text; the town there where the text names that too, or none as that of a video link."""
    return [town if town and _bears(town, text, kind) else short(text)
            for town, text, kind in zip(_towns(atlas, lon, lat), place, form, strict=True)]  # fmt: skip


def short(place: str) -> str:
    """`Dushanbe` of `Dushanbe, Tajikistan`; empty where the text says nothing."""
    return place.partition(",")[0].partition("(")[0].strip()


def _bears(town: str, place: str, form: str) -> bool:
    return form == "virtual" or not place or f" {plain(town)} " in f" {plain(place)} "


def _towns(atlas: Atlas, lon: Sequence[float], lat: Sequence[float]) -> list[str]:
    """The town of the map nearest to each point, empty where none is close or there is no point."""
    names = [*map(str, atlas.places["name"]), ""]
    x, y = atlas.places.geometry.x.to_numpy(), atlas.places.geometry.y.to_numpy()
    points, found = np.column_stack([np.asarray(lon, float), np.asarray(lat, float)]), []
    for some in (points[start : start + AT_ONCE] for start in range(0, len(points), AT_ONCE) if len(x)):
        away = np.hypot((x - some[:, :1]) * np.cos(np.radians(some[:, 1:])), y - some[:, 1:])
        away = np.where(np.isnan(away), np.inf, away)
        found.append(np.where(away.min(axis=1) < TOWN_DEGREES, away.argmin(axis=1), -1))
    return [names[i] for i in np.concatenate(found)] if found else [""] * len(points)
