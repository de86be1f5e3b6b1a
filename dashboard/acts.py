"""What the analyst does, as functions from a View to the next one; an act that means nothing here changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np

from dashboard.layers import bloc_order
from dashboard.opening import HOME
from dashboard.selection import known_day
from dashboard.view import DEFAULT_LAYERS, FIXED_LAYERS, GRADES, Box, View, Vocabulary
from geodata import days
from geodata.atlas import Atlas
from geodata.schema import STATUSES

JUDGED = "E"
"""the least reliability that was judged at all"""

Act = Mapping[str, Any]
"""what a piece of the page or the map's frame says was done: `do` or `what`, and the rest; from a browser, so never trusted"""


class RefusedError(ValueError):
    """The act cannot be done; the text says why and what would be right."""


@dataclass(frozen=True)
class Choices:
    """Everything that can be switched on and off, in the order shown."""

    layers: tuple[str, ...]
    kinds: tuple[str, ...]
    blocs: tuple[str, ...]
    status: tuple[str, ...] = STATUSES

    @classmethod
    def of(cls, atlas: Atlas) -> Choices:
        """The choices of a theatre."""
        blocs = tuple(bloc_order(atlas))
        return cls((*blocs, *FIXED_LAYERS), tuple(atlas.table("kinds")["id"]), (*blocs, "none"))


def done(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    """The view after an act of a piece of the page; ValueError when a value is none that a view can have."""
    make = _ACTS.get(str(act.get("do")))
    return make(view, act, known, choices) if make else view


def picked(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    """Select something, or nothing."""
    name = str(act.get("id", ""))
    return replace(view, id=name) if not name or name in known.ids else view


def _toggled(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    what, name = str(act.get("what")), str(act.get("id"))
    everything = getattr(choices, what, ())
    if name not in everything:
        return view
    now = getattr(view, what)
    on = set(everything if now is None else now) - {name} | ({name} if act.get("on") else set())
    return replace(view, **{what: _ordered(what, on, everything)})


def _every(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    what = str(act.get("what"))
    everything = getattr(choices, what, ())
    return replace(view, **{what: _ordered(what, set(everything) if act.get("on") else set(), everything)}) if everything else view


def _ordered(what: str, on: set[str], everything: Iterable[str]) -> tuple[str, ...] | None:
    """What is on in the order shown; what is on by default as the default itself."""
    if what == "layers":
        return DEFAULT_LAYERS if on == set(DEFAULT_LAYERS) else tuple(name for name in everything if name in on)
    return None if on == set(everything) else tuple(name for name in everything if name in on)


def _switched(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    what, on = str(act.get("what")), bool(act.get("on"))
    if what == "confirmed":
        return replace(view, grade=f"{view.grade[:1] or JUDGED}1" if on else "")
    return replace(view, **{what: on}) if what in ("ahead", "disputed") else view


def _graded(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    grade = str(act.get("id", ""))
    return replace(view, grade=grade) if grade in ("", *GRADES) else view


def _near(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    pair = str(act.get("pair", ""))
    if not pair or pair not in known.pairs:
        return replace(view, near=None)
    return replace(view, near=(pair, distance(act.get("km"))))


def distance(text: object) -> float:
    """A distance in km."""
    try:
        km = float(str(text))
    except ValueError:
        km = np.nan
    if not 0 < km <= 2000:
        raise RefusedError(f"near: {str(text)!r} is not a distance in km from 1 to 2000")
    return km


def _reset(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    """Everything at its default but the frame and the title."""
    return replace(View(), box=view.box, title=view.title, marking=view.marking, lang=view.lang)


def _known(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    day = str(act.get("day", ""))
    return replace(view, known=days.parse(day) if day else None)


def _compare(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    day = str(act.get("day", ""))
    return replace(view, compare=days.parse(day) if day else None)


def _source(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    """Only the events that one source reports; all of them when none is named."""
    name = str(act.get("id", ""))
    return replace(view, source=(name,) if name else None) if not name or name in known.sources else view


def _since(view: View, act: Act, known: Vocabulary, choices: Choices) -> View:
    day = str(act.get("day", ""))
    return replace(view, since=days.parse(day) if day else None)


_ACTS = {"pick": picked, "toggle": _toggled, "every": _every, "switch": _switched, "grade": _graded, "near": _near, "reset": _reset, "known": _known,
         "since": _since, "compare": _compare, "source": _source}  # fmt: skip


def windowed(view: View, first: str, last: str) -> View:
    """The window moved to two ISO days; RefusedError when they are out of order."""
    start, end = days.parse(first), days.parse(last)
    if start > end:
        raise RefusedError(f"dates: {days.words(start)} is after {days.words(end)}; the window stays as it was")
    return replace(view, start=start, end=end)


def answered(view: View, answer: Act, fit: Box, known: Vocabulary, choices: Choices, home: Box = HOME) -> View:
    """The view after an answer of the map's frame; `fit` is where Python sent the frame last, `home` the theatre's own frame."""
    what = answer.get("what")
    if what == "window":
        return windowed(view, str(answer.get("from")), str(answer.get("to")))
    if what == "pick":
        return picked(view, answer, known, choices)
    if what == "box" and (box := box_of(answer)):
        return replace(view, box=framed(box, fit, home))
    return view


def framed(box: Box, fit: Box, home: Box = HOME) -> Box | None:
    """What the address says of a frame: nothing of the theatre's own, and just what Python asked for, so that it never creeps."""
    if follows(box, home):
        return None
    return rounded(fit) if follows(box, fit) else box


def rounded(box: Box) -> Box:
    """As exactly as an address says it."""
    west, south, east, north = (round(edge, 4) for edge in box)
    return west, south, east, north


def box_of(answer: Act) -> Box | None:
    """The frame's bounds in degrees, within the world; None when they are no box."""
    try:
        west, south, east, north = (round(float(edge), 4) for edge in answer.get("box", ()))
    except (TypeError, ValueError):
        return None
    west, east = max(west, -180.0), min(east, 180.0)
    south, north = max(south, -90.0), min(north, 90.0)
    return (west, south, east, north) if west < east and south < north else None


def place_of(answer: Act) -> tuple[float, float] | None:
    """Longitude and latitude of a click that says where something is; None when it is nowhere on earth."""
    try:
        lon, lat = (float(answer.get(axis, np.nan)) for axis in ("lon", "lat"))
    except (TypeError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def follows(box: Box, fit: Box) -> bool:
    """Whether bounds are simply what the frame made of the box it was sent to: around it, and no more than its shape asks for."""
    centre = [abs((box[k] + box[k + 2]) - (fit[k] + fit[k + 2])) / 2 for k in (0, 1)]
    wide, high = fit[2] - fit[0], fit[3] - fit[1]
    around = box[0] <= fit[0] + 0.02 * wide and box[2] >= fit[2] - 0.02 * wide and box[1] <= fit[1] + 0.02 * high and box[3] >= fit[3] - 0.02 * high
    snug = box[2] - box[0] <= 1.3 * wide or box[3] - box[1] <= 1.3 * high
    return around and snug and centre[0] <= 0.05 * wide and centre[1] <= 0.08 * high


def towards(box: Box, spot: Box) -> Box | None:
    """A frame as large as `box` around `spot`, larger if needed; None when `spot` is in the frame already."""
    west, south, east, north = spot
    if box[0] <= west and east <= box[2] and box[1] <= south and north <= box[3]:
        return None
    wide, high = max(box[2] - box[0], 1.2 * (east - west)), max(box[3] - box[1], 1.2 * (north - south))
    x, y = (west + east) / 2, (south + north) / 2
    return (max(x - wide / 2, -180.0), max(y - high / 2, -85.0), min(x + wide / 2, 180.0), min(y + high / 2, 85.0))


def spot_of(atlas: Atlas, view: View) -> Box | None:
    """Where what is selected lies, in degrees; None when it has no place on the map."""
    kind, _, key = view.id.partition(":")
    if kind == "party":
        return None
    frames = {"border": (atlas.borders, "pair"), "zone": (atlas.zones, "id"), "base": (atlas.bases, "id"), "country": (atlas.countries, "code")}
    if kind in frames:
        frame, column = frames[kind]
        found = frame.loc[frame[column] == key].geometry
    elif kind == "region":
        found = atlas.countries.loc[atlas.countries["code"].isin(atlas.regions.loc[atlas.regions["id"] == key, "countries"].sum() or ())].geometry
    else:
        found = _event_shapes(atlas, key, known_day(view))
    shapes = found[found.notna() & ~found.is_empty]
    return tuple(float(edge) for edge in shapes.total_bounds) if len(shapes) else None


def _event_shapes(atlas: Atlas, key: str, known: int) -> gpd.GeoSeries:
    """The place of an event as known on a day; a country or region is listed, not shown, so it calls for no frame."""
    rows = atlas.versions
    row = rows[(rows["event"] == key) & (rows["known_from"] <= known) & (rows["known_to"] > known)]
    named = row["zone"].sum() if len(row) else ()
    if len(row) and row["form"].iloc[0] == "border":
        return atlas.borders.loc[atlas.borders["pair"].isin(named)].geometry
    if len(row) and row["form"].iloc[0] == "ring" and named:
        return atlas.zones.loc[atlas.zones["id"].isin(named)].geometry
    return row.geometry
