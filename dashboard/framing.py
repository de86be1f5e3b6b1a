"""A view framed on what it has selected: a town with its surroundings, a border's line, a country, a range, where a party took part."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from dashboard.acts import spot_of
from dashboard.selection import index, known_day, select
from dashboard.series_frames import around_country, widened
from dashboard.view import Box, View
from geodata.atlas import Atlas

FRAMES = {"view": "As the view says", "selection": "Around what is selected"}
"""what a page can be framed on"""

LEAST_KM = (180.0, 125.0)
"""from west to east and from south to north: what a frame shows at least"""

_DEGREE_KM = 111.3


class NothingSelectedError(ValueError):
    """There is nothing to put a frame around; the text says why and what would be right."""


def framed(atlas: Atlas, view: View, frame: str) -> View:
    """The view with its box as `frame`, a key of `FRAMES`, wants it; NothingSelectedError when there is nothing to frame."""
    if frame != "selection":
        return view
    if not view.id:
        raise NothingSelectedError("the view selects nothing; id= with what the page is about would be right, such as id=border:AFG-TJK")
    box = around_selection(atlas, view)
    if box is None:
        raise NothingSelectedError(f"{view.id} has no place in this view; a frame as the view says, or box=, would be right")
    return replace(view, box=box)


def around_selection(atlas: Atlas, view: View) -> Box | None:
    """Around what the view has selected, with a margin; None when it has no place."""
    kind, _, key = view.id.partition(":")
    if kind == "country":
        return around_country(atlas, key, _least)
    spots = _taking_part(atlas, view, key) if kind == "party" else [_spot(atlas, view)]
    spot = _together(spot for spot in spots if spot)
    return widened(spot, _least(spot)) if spot else None


def _spot(atlas: Atlas, view: View) -> Box | None:
    """Where the selected thing lies; an event of which only a country or a region is known lies anywhere in it."""
    spot, (kind, _, key) = spot_of(atlas, view), view.id.partition(":")
    row = index(atlas).known_row(key, known_day(view)) if kind == "event" and spot is None else None
    if row is None:
        return spot
    of_region = atlas.regions.loc[atlas.regions["id"].isin(row["zone"]), "countries"]
    codes = {row["country"], *(code for codes in of_region for code in codes)}
    return _together(found for code in sorted(codes) if (found := spot_of(atlas, replace(view, id=f"country:{code}"))))


def _taking_part(atlas: Atlas, view: View, party: str) -> list[Box | None]:
    """The places of the events drawn in which a party takes part, in so far as they have one."""
    chosen, look = select(atlas, view), index(atlas)
    rows = np.flatnonzero((chosen.certain | chosen.possible | chosen.ahead) & look.party_mask((party,)))
    return [spot_of(atlas, replace(view, id=f"event:{look.columns['event'][row]}")) for row in rows]


def _together(spots: Iterable[Box]) -> Box | None:
    edges = np.array(list(spots))
    if not len(edges):
        return None
    west, south, east, north = *edges[:, :2].min(0), *edges[:, 2:].max(0)
    return float(west), float(south), float(east), float(north)


def _least(spot: Box) -> tuple[float, float]:
    """`LEAST_KM` in degrees at the latitude of a place."""
    wide, high = LEAST_KM
    narrow = max(math.cos(math.radians((spot[1] + spot[3]) / 2)), 0.1)
    return wide / (_DEGREE_KM * narrow), high / _DEGREE_KM
