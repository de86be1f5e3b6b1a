"""What a portable map reaches: every event its timeline can come to, and nothing that the view's filters or its knowledge day hide."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from dashboard.occurrences import Occurrences
from dashboard.scene import Feature, Scene
from dashboard.selection import Selection, known_day, select
from dashboard.staging import scene as staged
from dashboard.view import View
from dashboard.webmap import timeline_span
from geodata import days
from geodata.atlas import Atlas


@dataclass(frozen=True)
class Reach:
    """The facts a portable map may hold, and how they are numbered."""

    atlas: Atlas
    """the reports, events and links that can be reached; all else is left out, so that nothing made from it can tell of it"""

    shown: Scene
    """the view itself, its events those of `atlas`; its sources go on with those of the other events in reach"""

    whole: Scene
    """the same view with the whole timeline as its window: the view's own events under their own numbers, then all others"""

    span: tuple[int, int]
    """first and last day of the timeline, inclusive"""

    reports: tuple[int, ...]
    """row numbers of the reports held, in the atlas they were taken from"""

    eligible: np.ndarray
    """bool per row of `atlas.versions`: drawn when the window meets it; the others only stand in records"""

    @property
    def events(self) -> tuple[Feature, ...]:
        """All events in reach, in the order of their numbers."""
        return events_of(self.whole)

    @property
    def marking(self) -> str:
        """The highest among all rows held; never lower than that of the view."""
        return self.atlas.markings.highest([self.whole.marking, *self.atlas.versions["marking"], *self.atlas.reports["marking"]])

    @property
    def others(self) -> tuple[str, ...]:
        """Ids of events that have no number but a record, because an event in reach is linked with them."""
        numbered = {feature.id for feature in self.events}
        return tuple(name for event in self.atlas.versions["event"] if (name := f"event:{event}") not in numbered)


@dataclass(frozen=True, eq=False)
class Numbered(Occurrences):
    """Events of the facts in reach, some of them before all others; what is said of their evidence rests on all facts."""

    told: dict[str, Feature] = field(default_factory=dict)
    """the same events as they stand among all facts"""

    before_others: tuple[str, ...] = ()
    """ids of the events that come first, in this order"""

    @cached_property
    def rows(self) -> np.ndarray:
        """Row numbers in the order of the numbers."""
        rows = Occurrences.rows.func(self)
        place = {name: number for number, name in enumerate(self.before_others)}
        names = (f"event:{event}" for event in self.atlas.versions["event"].iloc[rows])
        return rows[np.argsort([place.get(name, len(place)) for name in names], kind="stable")]

    def _feature(self, number: int) -> Feature:
        made = super()._feature(number)
        told = self.told[made.id]
        return replace(made, note=told.note, flags=told.flags)


def reach(atlas: Atlas, shown: Scene) -> Reach:
    """What the portable map of a scene reaches."""
    view, span, day = shown.view, _span(atlas, shown), known_day(shown.view)
    everything, own = wide(atlas, view, span), events_of(shown)
    events = {feature.id.removeprefix("event:") for feature in events_of(everything)}
    events |= linked(atlas, view, events)
    rows, reports = _rows(atlas, events, day), known_reports(atlas, events, day)
    facts = held(atlas, rows, reports, day)
    whole = _numbered(everything, facts, _sliced(select(atlas, everything.view), rows), own)
    told = replace(_numbered(shown, facts, _sliced(select(atlas, view), rows), own), sources=whole.sources)
    return Reach(facts, told, whole, span, tuple(map(int, reports)), shown.eligible[rows])


def _sliced(chosen: Selection, rows: np.ndarray) -> Selection:
    """The same selection for some of the rows."""
    return replace(chosen, eligible=chosen.eligible[rows], certain=chosen.certain[rows], possible=chosen.possible[rows], ahead=chosen.ahead[rows])


def linked(atlas: Atlas, view: View, events: set[str]) -> set[str]:
    """Events the filters let through that are linked with some of these, as far as that is known on the view's day.

    Announcements that stand no longer for themselves are among them, and events before or after the timeline.
    """
    unanswered = replace(atlas, links=atlas.links[atlas.links["relation"] != "answers"])
    passing = set(atlas.versions["event"][select(unanswered, view).eligible])
    known = atlas.links[atlas.links["known_from"] <= known_day(view)]
    ends = {*known.loc[known["from"].isin(events), "to"], *known.loc[known["to"].isin(events), "from"]}
    return ends & passing


def _span(atlas: Atlas, shown: Scene) -> tuple[int, int]:
    """The days of the timeline; `all` counts only what the view lets through."""
    passing = replace(atlas, versions=atlas.versions[shown.eligible])
    first, last = timeline_span(passing, shown.view.span, days.number(shown.view.start), days.number(shown.view.end))
    return first, last


def wide(atlas: Atlas, view: View, span: tuple[int, int]) -> Scene:
    """The view with the whole timeline as its window, nothing selected or compared."""
    first, last = (days.from_number(day) for day in span)
    return staged(atlas, replace(view, start=first, end=last, since=None, compare=None, id=""))


def events_of(scene: Scene) -> tuple[Feature, ...]:
    """The events of a scene; none when their layer is off."""
    layer = scene.layer("events")
    return tuple(layer.features) if layer else ()


def _numbered(scene: Scene, facts: Atlas, chosen: Selection, first: tuple[Feature, ...]) -> Scene:
    """The scene with its events taken from the facts in reach and numbered, and its sources in the order that needs them."""
    made = Numbered(facts, scene.view, chosen, told={feature.id: feature for feature in events_of(scene)},
                    before_others=tuple(feature.id for feature in first))  # fmt: skip
    layers = tuple(replace(layer, features=made) if layer.key == "events" else layer for layer in scene.layers)
    numbers = made.sources if scene.layer("events") else {}
    lines = sorted((replace(line, n=numbers[line.id]) for line in scene.sources), key=lambda line: line.n)
    return replace(scene, layers=layers, sources=tuple(lines))


def _rows(atlas: Atlas, events: set[str], day: int) -> np.ndarray:
    """Row numbers of `atlas.versions` of these events as known on a day, in the order of the file."""
    frame = atlas.versions
    return np.flatnonzero(frame["event"].isin(events) & (frame["known_from"] <= day) & (frame["known_to"] > day))


def known_reports(atlas: Atlas, events: set[str], day: int) -> np.ndarray:
    """Row numbers of every report of these events known on a day."""
    return np.flatnonzero(atlas.reports["event"].isin(events) & (atlas.reports["reported_day"] <= day))


def held(atlas: Atlas, rows: np.ndarray, reports: np.ndarray, day: int) -> Atlas:
    """An atlas of these rows of `versions` and of `reports` alone, with the links between them that are known on the day."""
    versions = atlas.versions.iloc[rows].reset_index(drop=True)
    place = {int(row): number for number, row in enumerate(reports)}
    events = set(versions["event"])
    linked = atlas.links[atlas.links["from"].isin(events) & atlas.links["to"].isin(events) & (atlas.links["known_from"] <= day)]
    return replace(
        atlas, versions=versions.assign(reports=[tuple(place[row] for row in used) for used in versions["reports"]]),
        reports=atlas.reports.iloc[reports].reset_index(drop=True), links=linked.reset_index(drop=True),
        problems=(), held_back=atlas.held_back.iloc[:0],
    )  # fmt: skip
