"""How much was reported along a border, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dashboard.occurrences import Occurrences
from dashboard.scene import Feature, Scene
from dashboard.selection import index
from geodata import days
from geodata.atlas import Atlas

WEEK = 7


@dataclass(frozen=True)
class Week:
    """Events of one week, Monday to Sunday."""

    monday: str
    """ISO day"""

    certain: int
    """events that certainly were under way in the week"""

    possible: int
    """events that can have been, the certain ones not counted"""


def along(atlas: Atlas, scene: Scene, pair: str) -> list[Feature]:
    """Drawn events placed on a border, or in a range that is told by its distance from it."""
    ranges = set(atlas.zones.loc[atlas.zones["border"] == pair, "id"])
    layer = scene.layer("events")
    if not layer or not isinstance(layer.features, Occurrences):
        return []
    events, look = layer.features, index(atlas).columns
    zones, rings = look["zone"][events.rows], look["form"][events.rows] == "ring"
    there = (number for number, (zone, ring) in enumerate(zip(zones, rings, strict=True)) if pair in zone or (ring and ranges.intersection(zone)))
    return [events[number] for number in there]


def weekly(events: Sequence[Feature], scene: Scene) -> list[Week]:
    """A count for every week that the window touches; an event counts in each week it can have been in."""
    first = scene.view.start - timedelta(scene.view.start.weekday())
    mondays = range(days.number(first), days.number(scene.view.end) + 1, WEEK)
    return [_week(monday, events) for monday in mondays]


def _week(monday: int, events: Sequence[Feature]) -> Week:
    sunday = monday + WEEK - 1
    sure = sum(event.days[1] <= sunday and event.days[2] >= monday for event in events)
    can = sum(event.days[0] <= sunday and event.days[3] >= monday for event in events)
    return Week(days.iso(monday), sure, can - sure)
