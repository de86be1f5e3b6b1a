"""Frames around one thing, with enough of its surroundings to say where it lies."""

from __future__ import annotations

from collections.abc import Callable

import shapely

from dashboard.acts import spot_of
from dashboard.view import Box, View
from geodata.atlas import Atlas

LEAST = (9.0, 6.5)
"""degrees of longitude and latitude that a frame shows at least"""

SPARE = 0.3
"""part of a thing's own size that is shown on each side of it"""

MAIN = 0.15
"""a part of a country this large in comparison with its largest one is framed with it; smaller ones may lie an ocean away"""

NORTHMOST = 84.0


def around_place(atlas: Atlas, view: View, country: str = "") -> Box | None:
    """Around what the view has selected; what has no place of its own lies in `country`, if given, else the view's own frame stays."""
    spot = spot_of(atlas, view)
    if spot is None:
        return (around_country(atlas, country) if country else None) or view.box
    return widened(spot)


def around_country(atlas: Atlas, code: str, least: Callable[[Box], tuple[float, float]] = lambda _: LEAST) -> Box | None:
    """Around the main parts of a country, at least as large as `least` says for where it lies; None for one without a shape."""
    shapes = atlas.countries.geometry[atlas.countries["code"] == code]
    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    if not parts:
        return None
    largest = max(part.area for part in parts)
    spot = tuple(shapely.total_bounds([part for part in parts if part.area >= MAIN * largest]))
    return widened(spot, least(spot))


def widened(spot: Box, least: tuple[float, float] = LEAST) -> Box:
    """A frame with `spot` in its middle, at least `least` degrees wide and high; it may cross the date line, and shows the world at most."""
    west, south, east, north = spot
    wide, high = (max(low, (1 + 2 * SPARE) * size) for low, size in zip(least, (east - west, north - south), strict=True))
    x, y = (west + east) / 2, (south + north) / 2
    low, top = max(y - high / 2, -NORTHMOST), min(y + high / 2, NORTHMOST)
    if wide >= 359:
        return -180.0, round(low, 2), 180.0, round(top, 2)
    return round(_turned(x - wide / 2), 2), round(low, 2), round(_turned(x + wide / 2), 2), round(top, 2)


def _turned(lon: float) -> float:
    """From -180 to 180."""
    return (lon + 180) % 360 - 180 if abs(lon) > 180 else lon
