"""Events gathered by where they stand on the page: cities, ranges, borders; whole countries and what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard import placenames
from dashboard.page.borders import Border
from dashboard.page.chart import Chart
from dashboard.page.zones import Zone
from dashboard.placenames import short
from dashboard.scene import Feature, Scene
from geodata.atlas import Atlas
from geodata.intake.names import plain

SAME_PLACE = 2.0
"""mm within which two points are one place"""

LONG = 28
"""letters of a name that stands with others"""

UNNAMED = "Unnamed place"

POINTS = ("symbol", "virtual")
WHOLE = ("country", "region")


@dataclass
class Group:
    """Events of one place."""

    form: str
    """`city`, `ring`, `border`, `whole` or `margin`"""

    title: str
    events: list[Feature]
    x: float = 0.0
    y: float = 0.0
    """page mm: a city's point"""

    lon: float = 0.0
    lat: float = 0.0
    shape: BaseGeometry = field(default_factory=shapely.Point)
    """page mm: a range's ring, a border's line"""

    on_map: bool = True
    note: str = ""
    """how the place is drawn, in a few words"""

    places: tuple[str, ...] = ()
    """of a city: what its events call it, or the places that are drawn as one there, the one it is drawn at first"""

    own: Mapping[str, str] = field(default_factory=dict)
    """of several places what each event calls its own, by the event's id"""

    crowd: bool = False
    """whether it is drawn as a disc with a count, for want of room"""

    @property
    def label(self) -> str:
        """Its name beside it."""
        return f"{self.places[0]} and {len(self.places) - 1} more" if self.crowd and len(self.places) > 1 else self.title


def grouped(scene: Scene, atlas: Atlas, chart: Chart, zones: Iterable[Zone], borders: Iterable[Border]) -> list[Group]:
    """All groups, each event in one of them; in the order of their first numbers."""
    layer = scene.layer("events")
    events = sorted(layer.features if layer else (), key=lambda event: (event.n is None, event.n or 0, event.id))
    found = [
        *_cities([e for e in events if e.place_form in POINTS], atlas, chart),
        *_rings([e for e in events if e.place_form == "ring"], {zone.id: zone for zone in zones}, chart),
        *_stretches([e for e in events if e.place_form == "border"], {border.pair: border for border in borders}),
        *_whole([e for e in events if e.place_form not in (*POINTS, "ring", "border")], atlas),
    ]
    return in_order(found)


def in_order(found: Iterable[Group]) -> list[Group]:
    """By their first numbers; what has no point comes last."""
    return sorted(found, key=lambda group: (group.form in ("whole", "margin"), group.events[0].n or 0))


def _cities(events: list[Feature], atlas: Atlas, chart: Chart) -> list[Group]:
    found: list[Group] = []
    for event in events:
        if event.lon is None or event.lat is None:
            continue
        x, y = (float(v) for v in chart.xy(event.lon, event.lat))
        near = SAME_PLACE if chart.shows(event.lon, event.lat) else 0.01
        group = next((g for g in found if np.hypot(g.x - x, g.y - y) < near), None)
        if group is None:
            on_map = chart.shows(event.lon, event.lat, margin=1.0)
            found.append(Group("city", "", [event], x, y, event.lon, event.lat, shapely.Point(x, y), on_map))
        else:
            group.events.append(event)
    placed = [event for group in found for event in group.events]
    given = ([getattr(event, name) for event in placed] for name in ("lon", "lat", "place", "place_form"))
    known = {event.id: name or UNNAMED for event, name in zip(placed, placenames.called(atlas, *given), strict=True)}
    for group in found:
        names = {event.id: known[event.id] for event in group.events}
        group.places = called(names.values())
        group.title = titled(group.places)
        group.own = names if len(group.places) > 1 else {}
    return found


def called(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each spelling once."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(plain(name), name)
    return tuple(found.values())


def titled(places: Sequence[str]) -> str:
    """One name, two, or one and how many more; only a name that stands alone may be long."""
    if len(places) == 1:
        return places[0]
    short = [name if len(name) <= LONG else f"{name[: LONG - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}" for name in places[:2]]
    return " and ".join(short) if len(places) == 2 else f"{short[0]} and {len(places) - 1} more places"


def _short(place: str) -> str:
    return short(place) or UNNAMED


def _rings(events: list[Feature], zones: dict[str, Zone], chart: Chart) -> list[Group]:
    found: dict[str, Group] = {}
    for event in events:
        names = [zone.rpartition(":")[2] for zone in event.zones] or [event.id]
        name = next((n for n in names if n in zones), names[0])
        zone = zones.get(name)
        if name not in found:
            shape = shapely.clip_by_rect(zone.ring, *chart.rect) if zone else shapely.Polygon()
            title = zone.feature.title if zone else _short(event.place)
            lon, lat = (event.lon or 0.0, event.lat or 0.0)
            found[name] = Group("ring", title, [], lon=lon, lat=lat, shape=shape, on_map=not shape.is_empty, note="place imprecise: drawn as an area")
        found[name].events.append(event)
    return list(found.values())


def _stretches(events: list[Feature], borders: dict[str, Border]) -> list[Group]:
    """Events along borders, by the set of borders they name."""
    found: dict[frozenset[str], Group] = {}
    for event in events:
        pairs = frozenset(zone.rpartition(":")[2] for zone in event.zones)
        if pairs not in found:
            shown = [borders[pair] for pair in sorted(pairs) if pair in borders]
            shape = shapely.union_all([border.line for border in shown]) if shown else shapely.LineString()
            title = _border_title(event, pairs, shown)
            found[pairs] = Group("border", title, [], shape=shape, on_map=bool(shown), note="no exact place: drawn as a stretch")
        found[pairs].events.append(event)
    return list(found.values())


def _border_title(event: Feature, pairs: frozenset[str], shown: list[Border]) -> str:
    if len(pairs) > 1 and event.place:
        return _short(event.place)
    names = [border_name(border.feature.title) for border in shown]
    return " and ".join(names) if names else _short(event.place)


def border_name(title: str) -> str:
    """`Tajikistan-Afghanistan border`."""
    name = title.replace("-", "\u2013")
    return name if "border" in name.lower() else f"{name} border"


def _whole(events: list[Feature], atlas: Atlas) -> list[Group]:
    found: dict[tuple[str, str], Group] = {}
    names = atlas.country_names
    regions = dict(zip(atlas.regions.id, atlas.regions.name, strict=True)) if len(atlas.regions) else {}
    for event in events:
        if event.place_form == "country":
            key = ("whole", names.get(event.country, event.place or event.country))
        elif event.place_form == "region":
            ids = [zone.rpartition(":")[2] for zone in event.zones]
            key = ("whole", regions.get(ids[0], event.place) if ids else event.place)
        else:
            key = ("margin", "No place on the map")
        found.setdefault(key, Group(key[0], key[1], [], on_map=False, note="")).events.append(event)
    return list(found.values())


def ranges(numbers: Iterable[int | None]) -> str:
    """`1, 4-6`: numbers as runs."""
    runs: list[list[int]] = []
    for n in sorted(n for n in set(numbers) if n is not None):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}, {run[1]}" if len(run) == 2 else f"{run[0]}\u2013{run[-1]}" for run in runs)
