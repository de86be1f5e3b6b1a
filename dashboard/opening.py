"""What a theatre opens with when no view is named, and the frame it opens in."""

from __future__ import annotations

from functools import lru_cache

import shapely

from dashboard.view import Box, View, Vocabulary, read_view
from geodata.atlas import Atlas

HOME: Box = (56.0, 30.5, 80.5, 45.5)
"""the shipped theatre's own frame: Central Asia and Afghanistan"""

_ROOM = 1.0
"""degrees round the borders and ranges of a theatre that names no frame"""


def text(atlas: Atlas) -> str:
    """The view in words of an address; empty for the default one."""
    return atlas.opening or ""


def view(atlas: Atlas, vocabulary: Vocabulary) -> tuple[View, list[str]]:
    """The view itself, and what is wrong with the theatre's `view.txt`."""
    opened, complaints = read_view(text(atlas), vocabulary)
    return opened, [f"view.txt: {told.removeprefix('view: ')}" for told in complaints]


@lru_cache(maxsize=8)
def home(atlas: Atlas) -> Box:
    """The frame of a view without a box: the opening view's, else round all borders, ranges and bases of the theatre."""
    if atlas.opening is None:
        return HOME
    named = read_view(atlas.opening)[0].box
    shapes = [shape for frame in (atlas.borders, atlas.zones, atlas.bases) for shape in frame.geometry if shape is not None]
    if named or not shapes:
        return named or HOME
    west, south, east, north = shapely.total_bounds(shapes)
    return max(west - _ROOM, -180.0), max(south - _ROOM, -85.0), min(east + _ROOM, 180.0), min(north + _ROOM, 85.0)
