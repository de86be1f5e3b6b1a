"""A view in steps: the days, weeks or months of its window, or its events, borders or countries one by one. Each step is a View."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard import words
from dashboard.scene import Feature, Scene
from dashboard.selection import select
from dashboard.series_frames import around_country, around_place
from dashboard.staging import scene
from dashboard.view import View
from geodata import days
from geodata.atlas import Atlas

NEAR_KM = 50.0
"""how far from its border an event may lie to be on the border's page, where the view names no distance itself"""

MOST = 1000
"""steps of one series"""

TITLE = 500
"""letters of a view's title"""


class SeriesError(ValueError):
    """A series that cannot be made; the text says why and what would be right."""


@dataclass(frozen=True)
class Step:
    """One page to be."""

    number: int
    """from 1, in the order of the pages"""

    title: str
    """`13-19 September 2021`, the title of an event, the name of a border or a country"""

    name: str
    """ASCII, for file names: `2021-09-13..19`, `ev20`, `afg-tjk`; never longer than 60 letters, never a path"""

    view: View

    @property
    def stem(self) -> str:
        """Name of the page's file without its ending: `003-2021-09-13..19`."""
        return f"{self.number:03d}-{self.name}"


@dataclass(frozen=True)
class Series:
    """The steps of a view."""

    every: str
    view: View
    """the view they were derived from"""

    steps: tuple[Step, ...]
    skipped: int
    """steps without an event that were left out"""


def series(atlas: Atlas, view: View, every: str, *, skip_empty: bool = False, before: Atlas | None = None) -> Series:
    """The series of a view, `every` one of `EVERY`; no step shows an event that the view hides.

    A step in which only something of the atlas `before` was withdrawn is not empty.

    SeriesError when there is no step, or more than `MOST`.
    """
    shown = scene(atlas, view)
    found = list(EVERY[every](atlas, shown))
    if len(found) > MOST:
        raise SeriesError(f"every {every}: {len(found):,} steps are more than {MOST:,}; a shorter window or longer steps would be right")
    kept = [item for item in found if not skip_empty or _tells(atlas, item[2], before)]
    if not kept:
        raise SeriesError(f"every {every}: " + (f"none of {words.count(len(found), 'step')} has an event in this view" if found else _NONE[every]))
    steps = (Step(number, title, name, seen) for number, (title, name, seen) in enumerate(kept, 1))
    return Series(every, view, tuple(steps), len(found) - len(kept))


_NONE = {
    "event": "no event is drawn in this view", "border": "this theatre has no borders", "country": "no country takes part in an event of this view",
}  # fmt: skip


def drawn(atlas: Atlas, view: View) -> int:
    """How many events a view draws, the possible ones and those ahead included."""
    chosen = select(atlas, view)
    return int((chosen.certain | chosen.possible | chosen.ahead).sum()) if "events" in view.layers else 0


def _tells(atlas: Atlas, view: View, before: Atlas | None) -> bool:
    return drawn(atlas, view) > 0 or (before is not None and bool(scene(atlas, view, before).changes))


Made = Iterator[tuple[str, str, View]]
"""title, name and view of each step"""


def _windows(shown: Scene, following) -> Made:
    """The view's window cut where `following` (a day -> the first day of the next step) says."""
    first, end = shown.view.start, shown.view.end
    while first <= end:
        last = min(following(first) - timedelta(1), end)
        yield words.window(first, last), _span(first, last), replace(shown.view, start=first, end=last)
        first = last + timedelta(1)


def _days(_: Atlas, shown: Scene) -> Made:
    return _windows(shown, lambda day: day + timedelta(1))


def _weeks(_: Atlas, shown: Scene) -> Made:
    """From Monday to Sunday."""
    return _windows(shown, lambda day: day + timedelta(7 - day.weekday()))


def _months(_: Atlas, shown: Scene) -> Made:
    return _windows(shown, lambda day: days.span(day.isoformat()[:7])[1] + timedelta(1))


def _span(first: date, last: date) -> str:
    """`2021-09`, `2021-09-13`, `2021-09-13..19`, `2021-09-27..10-03`, `2021-12-27..2022-01-02`."""
    one, other = first.isoformat(), last.isoformat()
    if (first, last) == days.span(one[:7]):
        return one[:7]
    same = 8 if one[:7] == other[:7] else 5 if first.year == last.year else 0
    return one if first == last else f"{one}..{other[same:]}"


def _events(atlas: Atlas, shown: Scene) -> Made:
    """Every event drawn, in the order of the key, selected and framed among its surroundings."""
    for event in _drawn_events(shown):
        chosen = replace(shown.view, id=event.id)
        told = ", ".join(part for part in (event.when, event.place, words.STATUS.get(event.status, event.status), event.grade) if part)
        title = _titled(shown, f"{event.title}: {told}")
        yield event.title, slug(event.id.partition(":")[2]) or "event", replace(chosen, title=title, box=around_place(atlas, chosen, event.country))


def _borders(atlas: Atlas, shown: Scene) -> Made:
    """Every border that is drawn strong, every border if none is; the one named when the view asks for what is near a border."""
    pair, km = shown.view.near or ("", NEAR_KM)
    frame = atlas.borders[atlas.borders["pair"] == pair] if pair else atlas.borders
    strong = frame[frame["emphasis"]]
    layers = tuple(dict.fromkeys((*shown.view.layers, "borders")))
    for row in (strong if len(strong) else frame).itertuples():
        chosen = replace(shown.view, id=f"border:{row.pair}", near=(row.pair, km), layers=layers)
        title = f"{row.name.replace('-', chr(0x2013))} border"
        told = _titled(shown, f"{title}, {km:g} km to either side")
        yield title, slug(row.pair) or "border", replace(chosen, title=told, box=around_place(atlas, chosen))


def _countries(atlas: Atlas, shown: Scene) -> Made:
    """Every country where an event took place or that took part in one, by name; only those the view lets through when it names parties."""
    wanted = shown.view.party
    codes = {code for event in _drawn_events(shown) for code in (event.country, *(party for party, _ in event.participants))}
    names = {code: name for code, name in atlas.country_names.items() if code in codes and (wanted is None or code in wanted)}
    for code, name in sorted(names.items(), key=lambda item: item[1]):
        chosen = replace(shown.view, id=f"country:{code}", party=(code,), box=around_country(atlas, code) or shown.view.box)
        yield name, slug(code) or "country", replace(chosen, title=_titled(shown, f"{name}: events there or with its part"))


def _drawn_events(shown: Scene) -> list[Feature]:
    layer = shown.layer("events")
    return list(layer.features) if layer else []


def _titled(shown: Scene, title: str) -> str:
    """The step's title, after the analyst's own where there is one."""
    whole = f"{shown.view.title}: {title}" if shown.view.title else title
    return "".join(letter for letter in whole if letter.isprintable())[:TITLE]


def slug(text: str) -> str:
    """What is left of a name that may come from a file: lower-case ASCII letters, digits and single hyphens, at most 40."""
    return re.sub("[^a-z0-9]+", "-", text.lower())[:40].strip("-")


EVERY = {"day": _days, "week": _weeks, "month": _months, "event": _events, "border": _borders, "country": _countries}
"""what a series can go by"""
