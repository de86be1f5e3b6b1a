"""The drawn events of a view, in the order of the key: by place, then by time, the parts of a meeting under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard import words
from dashboard.scene import Feature
from dashboard.selection import Selection, index, known_day
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

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, item):  # noqa: ANN001, ANN204 - int or slice, as a sequence
        """The feature of number `item + 1`, or several."""
        if isinstance(item, slice):
            return [self._feature(number) for number in range(*item.indices(len(self)))]
        if not -len(self) <= item < len(self):
            raise IndexError(item)
        return self._feature(item % len(self))

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
        """For each drawn row the position of the meeting it belongs to, itself if none."""
        position = {event: number for number, event in enumerate(index(self.atlas).columns["event"][drawn])}
        meeting = np.arange(len(drawn))
        for event, number in position.items():
            meeting[number] = position.get(self._meeting(event, position), number)
        return meeting

    def _meeting(self, event: str, drawn: dict[str, int]) -> str:
        """The outermost drawn event that `event` belongs to; itself when there is none."""
        outer = event
        while (above := self._part_of.get(outer, "")) in drawn:
            outer = above
        return outer

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
        pointed = event["form"] in ("symbol", "virtual")
        part_of = self._part_of.get(event["event"], "")
        return Feature(
            id=f"event:{event['event']}", title=event["title"], kind=event["kind"], certainty=self.certainty(row), status=event["status"],
            place_form=event["form"], lon=float(event["lon"]) if pointed else None, lat=float(event["lat"]) if pointed else None,
            sources=tuple(sorted(self.sources[name] for name in index(self.atlas).sources[row] if name)), n=number + 1,
            when=words.when(event["start"], event["end"], event["date_precision"]), place=event["place"], blocs=event["blocs"],
            grade=f"{event['reliability']}{event['credibility']}", country=event["country"], zones=event["zone"],
            days=(int(event["w0"]), int(event["s0"]), int(event["s1"]), int(event["w1"])),
            part_of=f"event:{part_of}" if part_of in self._events else "", summary=event["summary"], participants=event["participants"],
            marking=event["marking"], note=self._note(event),
        )  # fmt: skip

    def _note(self, event: dict) -> str:
        """`outcome not reported` for a plan whose time has passed."""
        today = known_day(self.view) if self.view.known else index(self.atlas).newest
        past = event["w1"] < today
        return "outcome not reported" if event["status"] == "planned" and past else ""
