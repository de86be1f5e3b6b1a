"""The legend: exactly what is drawn, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from dashboard import membership, words
from dashboard.changes import AMENDED, NEW, REGRADED, STATUS
from dashboard.layers import bloc_order
from dashboard.occurrences import Occurrences
from dashboard.scene import LegendEntry, SceneLayer
from dashboard.selection import index, shading_day
from dashboard.view import View
from geodata import blocs, days
from geodata.atlas import Atlas

PLACES = {
    "ring": "range or district, somewhere inside", "border": "on this stretch of border", "virtual": "by video, shown at the chair's city",
    "region": "region, listed without a point", "country": "country, listed without a point", "margin": "no place known, listed",
}  # fmt: skip
CHANGED = {NEW: "new", STATUS: "status", REGRADED: "grade", AMENDED: "amended"}
STATUSES = {"held": "held", "reported": "reported", "ongoing": "under way", "planned": "planned", "announced": "announced", "cancelled": "cancelled"}


def legend(atlas: Atlas, drawn: Sequence[SceneLayer], events: Occurrences) -> tuple[LegendEntry, ...]:
    """One entry per fill, symbol, ring and line that is drawn."""
    on = {layer.key: layer for layer in drawn}
    shown = index(atlas).columns if "events" in on else None
    rows = events.rows if "events" in on else np.zeros(0, int)
    return (
        *_fills(atlas, on),
        *_kinds(atlas, shown["kind"][rows] if shown else []),
        *_colours(atlas, [index(atlas).blocs[row] for row in rows]),
        *_statuses(shown["status"][rows] if shown else []),
        *_certainties(events, rows),
        *_changes(atlas, events, rows),
        *_credibilities(shown["credibility"][rows] if shown else []),
        *_places(shown["form"][rows] if shown else [], on),
        *_lines(atlas, on),
        *_asked(atlas, events),
        *_selected(atlas, events.view, on),
    )


def _fills(atlas: Atlas, on: dict[str, SceneLayer]) -> list[LegendEntry]:
    names, order = atlas.table("blocs").set_index("id")["name"], bloc_order(atlas)
    standings = [(feature.country, bloc, feature.role) for bloc in order if bloc in on for feature in on[bloc].features if feature.role]
    by_country = groupby(sorted(standings, key=lambda s: (s[0], order.index(s[1]))), key=lambda s: s[0])
    members = {tuple(bloc for _, bloc, role in rows if role in blocs.MEMBERS) for _, rows in ((c, list(r)) for c, r in by_country)} - {()}
    hatched = [bloc for bloc in order if any(b == bloc and role not in blocs.MEMBERS for _, b, role in standings)]
    called = {mix: f"member of {words.listed([names[b] for b in mix])}" if len(mix) > 1 else f"{names[mix[0]]} member" for mix in members}
    entries = [LegendEntry("blocs", f"member:{'+'.join(mix)}", called[mix])
               for mix in sorted(members, key=lambda mix: (len(mix), [order.index(b) for b in mix]))]  # fmt: skip
    entries += [LegendEntry("blocs", f"observer:{bloc}", f"{names[bloc]} observer or partner") for bloc in hatched]
    if entries and atlas.countries["disputed"].any():
        entries.append(LegendEntry("blocs", "disputed", "status not agreed"))
    return entries


def _kinds(atlas: Atlas, kinds: Iterable[str]) -> list[LegendEntry]:
    drawn, table = set(kinds), atlas.table("kinds")
    return [LegendEntry("kinds", f"kind:{kind}", name) for kind, name in zip(table["id"], table["name"], strict=True) if kind in drawn]


def _colours(atlas: Atlas, rows: list[tuple[str, ...]]) -> list[LegendEntry]:
    names = {**atlas.table("blocs").set_index("id")["name"], "none": "no bloc named"}
    used = {bloc for blocs_of in set(rows) for bloc in blocs_of}
    return [LegendEntry("colour", f"colour:{bloc}", names[bloc]) for bloc in [*bloc_order(atlas), "none"] if bloc in used]


def _statuses(statuses: Iterable[str]) -> list[LegendEntry]:
    used = set(statuses)
    return [LegendEntry("status", f"status:{status}", label) for status, label in STATUSES.items() if status in used]


def _certainties(events: Occurrences, rows: np.ndarray) -> list[LegendEntry]:
    chosen = events.selection
    entries = [LegendEntry("status", "certainty:possible", "date only possible")] if chosen.possible[rows].any() else []
    return entries + ([LegendEntry("status", "certainty:ahead", "planned for later")] if chosen.ahead[rows].any() else [])


def changed_mark(what: Sequence[str]) -> str:
    """The mark an event carries that changed in these ways: its weightiest; empty when none of them is marked."""
    return next((CHANGED[kind] for kind in what if kind in CHANGED), "")


def _changes(atlas: Atlas, events: Occurrences, rows: np.ndarray) -> list[LegendEntry]:
    if events.view.since is None and events.before is None:
        return []
    found = {changed_mark(events.changed.get(f"event:{event}", ())) for event in index(atlas).columns["event"][rows]}
    since = words.words(events.view.since) if events.view.since else "the earlier file"
    return [LegendEntry("changes", f"changed:{mark}", f"{kind} since {since}") for kind, mark in CHANGED.items() if mark in found]


def _credibilities(values: Iterable[int]) -> list[LegendEntry]:
    return [LegendEntry("credibility", f"credibility:{value}", f"{value} {words.CREDIBILITY[value]}") for value in sorted({int(v) for v in values})]


def _places(forms: Iterable[str], on: dict[str, SceneLayer]) -> list[LegendEntry]:
    used = set(forms)
    entries = [LegendEntry("places", f"form:{form}", label) for form, label in PLACES.items() if form in used]
    zones = [LegendEntry("places", "zone", "exercise range, place guessed")] if "zones" in on and on["zones"].features else []
    return entries + zones + ([LegendEntry("places", "base", "military base")] if "bases" in on and on["bases"].features else [])


def holding(atlas: Atlas) -> str:
    """Who holds a side of the borders that are drawn strong, `held by Taliban`; `with a status of its own` when no name is given."""
    found = dict.fromkeys(status.partition("_held_by_")[2] for status in atlas.borders.loc[atlas.borders["emphasis"], "status"] if status)
    names = {name.lower(): name for name in (full.partition(" (")[0] for full in atlas.party_names.values())}
    told = [names.get(who.replace("_", " "), who.replace("_", " ")) for who in found if who]
    return f"held by {words.listed(told)}" if told else "with a status of its own"


def _emphasised(atlas: Atlas) -> str:
    """`border of Afghanistan, named`."""
    names = sorted(atlas.country_names[code] for code in atlas.centre)
    return f"border of {words.listed(names)}, named" if names else "border that is named"


def _lines(atlas: Atlas, on: dict[str, SceneLayer]) -> list[LegendEntry]:
    entries = []
    if "borders" in on:
        emphasised = [feature for feature in on["borders"].features if feature.emphasis]
        entries += [LegendEntry("lines", "line:emphasis", _emphasised(atlas))] if emphasised else []
        entries += [LegendEntry("lines", "control", f"{holding(atlas)} on this side")] if any(f.status for f in emphasised) else []
    entries += [LegendEntry("lines", "line:region", "named region")] if "regions" in on and on["regions"].features else []
    entries.append(LegendEntry("lines", "line:boundary", "international boundary"))
    kinds = set(atlas.disputed["kind"])
    entries += [LegendEntry("lines", "line:disputed", "boundary disputed or indefinite")] if kinds & {"disputed", "indefinite"} else []
    entries += [LegendEntry("lines", "line:line_of_control", "line of control")] if "line_of_control" in kinds else []
    return entries + ([LegendEntry("lines", "line:river", "river")] if "rivers" in on else [])


def _asked(atlas: Atlas, events: Occurrences) -> list[LegendEntry]:
    """The line round what is near a border, and the countries in which two days differ."""
    view, entries = events.view, []
    if view.near:
        name = atlas.borders.loc[atlas.borders["pair"] == view.near[0], "name"].iloc[0]
        border = name if "border" in name.lower() else f"{name} border"
        entries.append(LegendEntry("lines", "line:distance", f"{view.near[1]:g} km from the {border}"))
    if view.compare:
        found = membership.compare(atlas, days.number(view.compare), shading_day(view), view.layers)
        told = not set(atlas.countries["code"]).isdisjoint(change.country for change in found)
        entries += [LegendEntry("lines", "compare", f"standing differs from {words.words(view.compare)}")] if told else []
    return entries


def _selected(atlas: Atlas, view: View, on: dict[str, SceneLayer]) -> list[LegendEntry]:
    """What is cased in yellow; an event has its mark in the key, a party has no outline, and a base is drawn with its layer only."""
    kind, _, key = view.id.partition(":")
    names = {"border": (atlas.borders, "pair"), "country": (atlas.countries, "code"), "zone": (atlas.zones, "id"), "base": (atlas.bases, "id"),
             "region": (atlas.regions, "id")}  # fmt: skip
    if kind not in names or (kind == "base" and "bases" not in on):
        return []
    frame, column = names[kind]
    found = frame.loc[frame[column] == key, "name"]
    return [LegendEntry("lines", "selected", f"selected: {found.iloc[0]}")] if len(found) else []
