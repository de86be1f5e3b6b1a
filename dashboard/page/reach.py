"""How much of the world an inset shows: the map's frame, and what lies off it near enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.page.chart import Box, Chart

WIDEST = 110.0
"""degrees of longitude of a frame that still gets an inset"""

REACH = (-22.0, 2.0, 140.0, 66.0)
"""west, south, east, north: what lies farther off is named in words instead"""

LEAST_WIDE = 62.0
"""degrees of longitude an inset shows at least"""

ALL_ROUND, SOUTHERN, NORTHERN, FINE = 320.0, -60.0, 78.0, 5.0
"""degrees: width from which an inset shows all meridians, parallels beyond which it goes only with the map, step along a frame"""


def narrow(chart: Chart) -> bool:
    """Whether a map shows a part of the world that is better located."""
    return chart.bounds[2] - chart.bounds[0] < WIDEST


def arc(lons: Sequence[float]) -> tuple[float, float]:
    """West and east of the shortest stretch of a parallel that has all the meridians, west from -180 to 180."""
    at = np.unique(np.mod(lons, 360.0))
    gaps = np.diff(np.append(at, at[0] + 360.0))
    widest = int(gaps.argmax())
    west = float(at[(widest + 1) % len(at)])
    west -= 360.0 if west >= 180.0 else 0.0
    return west, west + 360.0 - float(gaps[widest])


def spaced(west: float, south: float, east: float, north: float, most: float) -> Box:
    """A box with room around it, `most` the northernmost; all the way round where it is nearly that."""
    spare = max(0.06 * (east - west), (LEAST_WIDE - (east - west)) / 2)
    if east - west + 2 * spare > ALL_ROUND:
        west, east, spare = (west + east) / 2 - 179.99, (west + east) / 2 + 179.99, 0.0
    return west - spare, max(south - spare, SOUTHERN), east + spare, min(north + spare, most)


def within(lon: float, lat: float) -> bool:
    """Whether a point is near enough to be shown beside a map of the theatre."""
    return REACH[0] <= lon <= REACH[2] and REACH[1] - 40 <= lat <= REACH[3] + 13
