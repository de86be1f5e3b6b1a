"""The drawn events of a view, in the order of the key: by place, then by time, the parts of a meeting under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard import disagreements, words
from dashboard.changes import Change, changes, since
from dashboard.scene import Feature
from dashboard.selection import Selection, answers, index, known_day
from dashboard.view import View
from geodata import days, links
from geodata.atlas import Atlas
from geodata.places import FORMS


@dataclass(frozen=True, eq=False)
class Occurrences(Sequence[Feature]):
    """Drawn events as features, made when asked for, so that a hundred thousand cost nothing until they are read."""

    atlas: Atlas
    view: View
    selection: Selection
    before: Atlas | None = None
    """an earlier version of the file to compare with, instead of an earlier day"""

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, item):
        """The feature of number `item + 1`, or several."""
        if isinstance(item, slice):
            return [self[number] for number in range(*item.indices(len(self)))]
        if not -len(self) <= item < len(self):
            raise IndexError(item)
        number = item % len(self)
        if number not in self._made:
            self._made[number] = self._feature(number)
        return self._made[number]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each event stands, by id; no feature is made for it."""
        return {f"event:{event}": number for number, event in enumerate(index(self.atlas).columns["event"][self.rows])}

    @cached_property
    def _made(self) -> dict[int, Feature]:
        return {}

    @cached_property
    def rows(self) -> np.ndarray:
        """Row numbers of `atlas.versions` in the order of the key."""
        chosen = self.selection
        drawn = np.flatnonzero(chosen.certain | chosen.possible | chosen.ahead)
        look = index(self.atlas)
        form = pd.Categorical(look.columns["form"][drawn], categories=FORMS).codes
        form = np.where(form == FORMS.index("virtual"), FORMS.index("symbol"), form)  # a video meeting stands with its city
        place = pd.Series(look.spots[drawn])
        crowd = place.groupby(place).transform("size").to_numpy() if len(drawn) else np.zeros(0, int)
        first = self._first_days(drawn)
        parent = self._meeting_rows(drawn)
        itself = np.arange(len(drawn))
        spot = pd.factorize(place)[0]
        return drawn[np.lexsort((itself, parent != itself, parent, first[parent], spot[parent], -crowd[parent], form[parent]))]

    def _first_days(self, drawn: np.ndarray) -> np.ndarray:
        """The day each event is listed under: its earliest, but not before the window."""
        return np.maximum(index(self.atlas).days[0][drawn], days.number(self.view.start))

    def _meeting_rows(self, drawn: np.ndarray) -> np.ndarray:
        """For each drawn row the position of the outermost meeting at the same place it belongs to, itself if none."""
        look = index(self.atlas)
        events, spots = look.columns["event"][drawn], look.spots[drawn]
        position = {event: number for number, event in enumerate(events)}
        meeting = np.arange(len(drawn))
        for event in self._part_of.keys() & position.keys():
            outer = position[event]
            while (above := position.get(self._part_of.get(events[outer], ""), -1)) >= 0 and spots[above] == spots[position[event]]:
                outer = above
            meeting[position[event]] = outer
        return meeting

    @cached_property
    def _part_of(self) -> dict[str, str]:
        linked = links.known_on(self.atlas.links, known_day(self.view), "part_of")
        return dict(zip(linked["from"], linked["to"], strict=True))

    @cached_property
    def _events(self) -> set[str]:
        return set(index(self.atlas).columns["event"][self.rows])

    @cached_property
    def sources(self) -> dict[str, int]:
        """Sources of the reports used, numbered in the order in which the key first needs them."""
        look = index(self.atlas)
        names = (name for row in self.rows for name in look.sources[row] if name)
        return {name: number for number, name in enumerate(dict.fromkeys(names), 1)}

    @cached_property
    def credibility(self) -> dict[str, int]:
        """The best credibility among the reports used, by source."""
        names, values = self.atlas.reports["source"].to_numpy(), self.atlas.reports["credibility"].to_numpy()
        best: dict[str, int] = {}
        for reports in index(self.atlas).columns["reports"][self.rows]:
            for row in reports:
                best[names[row]] = min(best.get(names[row], 6), int(values[row]))
        return best

    @cached_property
    def markings(self) -> set[str]:
        """Every marking among the rows drawn."""
        return set(self.atlas.versions["marking"].to_numpy()[self.rows])

    @cached_property
    def undated(self) -> int:
        """Reports used whose day of reporting is not known."""
        return int(self.atlas.versions["undated"].to_numpy()[self.rows].sum())

    def certainty(self, row: int) -> str:
        """`certain`, `possible` or `ahead`."""
        chosen = self.selection
        return "certain" if chosen.certain[row] else "possible" if chosen.possible[row] else "ahead"

    def _feature(self, number: int) -> Feature:
        row = int(self.rows[number])
        event = {name: column[row] for name, column in index(self.atlas).columns.items()}
        own_ring = event["form"] == "ring" and not event["zone"] and event["radius_km"] > 0  # NaN is not
        pointed = event["form"] in ("symbol", "virtual") or own_ring
        part_of = self._part_of.get(event["event"], "")
        return Feature(
            id=f"event:{event['event']}", title=event["title"], kind=event["kind"], certainty=self.certainty(row), status=event["status"],
            place_form=event["form"], lon=float(event["lon"]) if pointed else None, lat=float(event["lat"]) if pointed else None,
            sources=tuple(sorted(self.sources[name] for name in index(self.atlas).sources[row] if name)), n=number + 1,
            when=words.when(event["start"], event["end"], event["date_precision"]), place=event["place"], blocs=event["blocs"],
            grade=f"{event['reliability']}{event['credibility']}", country=event["country"], zones=event["zone"],
            radius_km=float(event["radius_km"]) if own_ring else None,
            days=(int(event["w0"]), int(event["s0"]), int(event["s1"]), int(event["w1"])),
            part_of=f"event:{part_of}" if part_of in self._events else "", summary=event["summary"], participants=event["participants"],
            marking=event["marking"], flags=self._flags(event, row), note=self._note(event), differ=self._differ(event["event"]),
        )  # fmt: skip

    def _flags(self, event: dict, row: int) -> tuple[str, ...]:
        publishers = {index(self.atlas).source_rows[name]["publisher"] for name in index(self.atlas).sources[row] if name}
        name = event["event"]
        said = (("selected", self.view.id == f"event:{name}"), ("single_source", len(publishers) == 1),
                ("contradicted", name in self._contradicted), ("differing", name in self._differing))  # fmt: skip
        return (*(flag for flag, applies in said if applies), *self.changed.get(f"event:{name}", ()))

    @cached_property
    def _differing(self) -> frozenset[str]:
        return disagreements.differing(self.atlas, known_day(self.view))

    def _differ(self, event: str) -> tuple[str, ...]:
        return disagreements.sentences(self.atlas, event, known_day(self.view)) if event in self._differing else ()

    @cached_property
    def _contradicted(self) -> set[str]:
        """Events that another known one, itself not disproved, contradicts or corrects."""
        look, day = index(self.atlas), known_day(self.view)
        sound = set(look.columns["event"][(look.known[0] <= day) & (look.known[1] > day) & ~look.columns["disputed"].astype(bool)])
        linked = [links.known_on(self.atlas.links, day, relation) for relation in ("contradicts", "corrects")]
        return {end for rows in linked for start, end in zip(rows["from"], rows["to"], strict=True) if start in sound}

    @cached_property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """What changed since the compared day, by id."""
        return {change.id: change.what for change in self.changes}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What reads differently since the compared day or file."""
        return since(self.atlas, self.view) if self.before is None else changes(self.before, self.atlas, self.view, self.view)

    @cached_property
    def _answers(self) -> dict[str, list[str]]:
        return answers(self.atlas, self.view)

    def _note(self, event: dict) -> str:
        """`1 of 3 held` for a plan partly carried out, `outcome not reported` for one whose time has passed."""
        parts = self._answers.get(event["event"], []) if event["status"] in words.PLANS else []
        if parts:
            return f"{sum(self._status_known.get(part) == 'held' for part in parts)} of {len(parts)} held"
        today = known_day(self.view) if self.view.known else index(self.atlas).newest
        return "outcome not reported" if event["status"] == "planned" and event["w1"] < today else ""

    @cached_property
    def _status_known(self) -> dict[str, str]:
        """Every event's status as known on the view's day."""
        look, day = index(self.atlas), known_day(self.view)
        known = (look.known[0] <= day) & (look.known[1] > day)
        return dict(zip(look.columns["event"][known], look.columns["status"][known], strict=True))


def position(features: Sequence[Feature], name: str) -> int | None:
    """Where a feature stands among others, by its id; None when it is not there."""
    if isinstance(features, Occurrences):
        return features.positions.get(name)
    return next((number for number, feature in enumerate(features) if feature.id == name), None)
