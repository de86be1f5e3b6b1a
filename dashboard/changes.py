"""What changed: between two knowledge days, or between two versions of the events file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dashboard import words
from dashboard.selection import Index, Selection, index, known_day, select
from dashboard.view import View
from geodata.atlas import Atlas

NEW, STATUS, REGRADED, AMENDED, ANSWERED, LEFT, WITHDRAWN = (
    "new", "status changed", "re-graded", "amended", "answered", "out of the window", "withdrawn",
)  # fmt: skip
KINDS = (NEW, STATUS, REGRADED, AMENDED, ANSWERED, LEFT, WITHDRAWN)


@dataclass(frozen=True)
class Change:
    """One event that reads differently now."""

    id: str
    title: str
    what: tuple[str, ...]
    """of `KINDS`, the weightiest first"""

    fields: tuple[tuple[str, str, str], ...]
    """(field, before, after) in words; empty for events that are new or withdrawn"""

    markings: tuple[str, ...] = ()
    """of the event before and now: what is told of it must not be passed on more freely"""


def changes(before: Atlas, after: Atlas, earlier: View, now: View) -> tuple[Change, ...]:
    """Events of the view that differ between (`before`, `earlier`) and (`after`, `now`), in the order of the file."""
    old, new = _Known(before, earlier), _Known(after, now)
    events = [event for event in dict.fromkeys([*new.rows, *old.rows]) if event in new.drawn or event in old.drawn]
    found = (_change(event, old, new) for event in events)
    return tuple(change for change in found if change)


def since(atlas: Atlas, view: View) -> tuple[Change, ...]:
    """What changed between the view's `since` day and what it shows; nothing when no day is set."""
    if view.since is None or (view.known is not None and view.since >= view.known):
        return ()
    return changes(atlas, atlas, replace(view, known=view.since, since=None), view)


class _Known:
    """The rows of `atlas.versions` known to a view, and those of them that are drawn."""

    def __init__(self, atlas: Atlas, view: View) -> None:
        look = index(atlas)
        chosen: Selection = select(atlas, view)
        known = (look.known[0] <= known_day(view)) & (look.known[1] > known_day(view)) & ~look.columns["disputed"].astype(bool)
        events = look.columns["event"]
        self.look: Index = look
        self.rows = {events[row]: int(row) for row in np.flatnonzero(known | chosen.eligible)}
        self.drawn = {events[row] for row in np.flatnonzero(chosen.certain | chosen.possible | chosen.ahead)}
        self.eligible = {events[row] for row in np.flatnonzero(chosen.eligible)}

    def marking(self, event: str) -> tuple[str, ...]:
        """The event's marking; nothing when it is not known."""
        return (self.look.columns["marking"][self.rows[event]],) if event in self.rows else ()

    def told(self, event: str) -> dict[str, str]:
        """The event's fields in words."""
        return in_words({name: column[self.rows[event]] for name, column in self.look.columns.items()})


def in_words(row: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a row of `atlas.versions` as a reader compares them."""
    return {
        "title": row["title"], "status": words.STATUS[row["status"]], "grade": f"{row['reliability']}{row['credibility']}",
        "when": words.when(row["start"], row["end"], row["date_precision"]), "place": row["place"], "blocs": ", ".join(row["blocs"]).upper(),
        "participants": words.listed([f"{name} ({modes.replace('+', ', ')})" for name, modes in row["participants"]]), "summary": row["summary"],
    }  # fmt: skip


def _change(event: str, old: _Known, new: _Known) -> Change | None:
    markings = old.marking(event) + new.marking(event)
    if event not in new.rows:
        return Change(f"event:{event}", old.told(event)["title"], (WITHDRAWN,), (), markings)
    told = new.told(event)
    if event not in old.rows:
        return Change(f"event:{event}", told["title"], (NEW,), (), markings)
    was = old.told(event)
    fields = tuple((name, was[name], told[name]) for name in told if was[name] != told[name])
    what = _what({name for name, _, _ in fields}, gone=event in old.drawn and event not in new.drawn, answered=event not in new.eligible)
    return Change(f"event:{event}", told["title"], what, fields, markings) if what else None


def _what(fields: set[str], *, gone: bool, answered: bool) -> tuple[str, ...]:
    """The kinds of change that these fields amount to."""
    kinds = {
        ANSWERED: gone and answered and "status" not in fields, LEFT: gone and not answered, STATUS: "status" in fields, REGRADED: "grade" in fields,
        AMENDED: bool(fields - {"status", "grade"}),
    }  # fmt: skip
    return tuple(kind for kind in KINDS if kinds.get(kind))
