"""Too many places for one map: neighbours are drawn together at the one with most events, as a disc with their count."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import words
from dashboard.page.entries import Entry
from dashboard.page.groups import Group, called, ranges, titled
from dashboard.page.symbols import Sign

MOST = 45
"""places on a map that are drawn one by one"""

CELLS = (12.0, 16.0, 20.0, 26.0, 34.0, 45.0, 60.0)
"""mm: sides of the squares whose places are drawn together, tried in turn"""


def thinned(cities: Sequence[Group]) -> list[Group]:
    """The groups, those on the map drawn together where they are too many."""
    near = [group for group in cities if group.on_map]
    found = list(near)
    for side in CELLS:
        if len(found) <= MOST:
            break
        cells: dict[tuple[int, int], list[Group]] = {}
        for group in near:
            cells.setdefault((int(group.x // side), int(group.y // side)), []).append(group)
        found = [_together(groups) for groups in cells.values()]
    return [*found, *(group for group in cities if not group.on_map)]


def _together(groups: list[Group]) -> Group:
    """One group at the fullest place."""
    if len(groups) == 1:
        return groups[0]
    main = max(groups, key=lambda group: len(group.events))
    events = sorted((event for group in groups for event in group.events), key=lambda event: event.n or 0)
    places = called(name for group in (main, *groups) for name in group.places)
    title = titled(places) if len(places) >= len(groups) else f"{places[0]} and {words.count(len(groups) - 1, 'more place')}"
    note = f"{len(events):,} events: {ranges(event.n for event in events)}"
    return Group("city", title, events, main.x, main.y, main.lon, main.lat, main.shape, note=note, places=places, crowd=True)


def entry(group: Group) -> Entry:
    """The disc with its count, inexact times and places apart."""
    blocs = {event.blocs for event in group.events}
    exact = sum(event.certainty == "certain" and event.place_form != "ring" for event in group.events)
    rest = len(group.events) - exact
    return Entry(Sign("crowd", "held", blocs.pop() if len(blocs) == 1 else ()), f"\u00d7{exact} + {rest}" if rest else f"\u00d7{exact}", 0, "crowd")
