"""The scene of a page that is about one event: this event and those linked with it, and its record in words."""

from __future__ import annotations

from dataclasses import replace

from dashboard import staging, words
from dashboard.dossier import Dossier, Report
from dashboard.scene import Feature, Scene
from dashboard.selection import index, known_day
from dashboard.view import View
from geodata import days
from geodata.atlas import Atlas
from geodata.days import INF

RELATIONS = {
    ("answers", True): "answered by", ("answers", False): "carries out", ("part_of", True): "part of", ("part_of", False): "has as its part",
    ("contradicts", True): "contradicts", ("contradicts", False): "contradicted by", ("corrects", True): "corrects",
    ("corrects", False): "corrected by",
}  # fmt: skip
"""relation, and whether the event is its subject"""


def event_scene(atlas: Atlas, view: View, before: Atlas | None = None) -> Scene:
    """The view narrowed to the event it selects and the drawn ones linked with it; the view itself when that event is not drawn."""
    whole = staging.scene(atlas, view, before)
    drawn = {feature.id for feature in _events(whole)}
    if view.id not in drawn:
        return whole
    related = _related(atlas, view)
    only = {view.id, *(event for event in related if event in drawn)}
    shown = staging.scene(atlas, view, before, frozenset(event.partition(":")[2] for event in only))
    told = _dossier(atlas, shown, related)
    counts = _counted(len(only) - 1, len(drawn) - len(only))
    head, _, rest = shown.text.replace(shown.counts_line, counts, 1).partition("\n")
    return replace(shown, dossier=told, counts_line=counts, text="\n".join(filter(None, (head, *told.lines, rest))),
                   chronology=(*told.lines, *shown.chronology), changes=tuple(change for change in shown.changes if change.id in only))  # fmt: skip


def _counted(linked: int, others: int) -> str:
    """How much of the view a page holds: `This event and 3 linked with it; 35 others of the view are not on this page.`"""
    this = f"This event and {linked:,} linked with it" if linked else "This event alone"
    rest = f"{words.count(others, 'other')} of the view {'is' if others == 1 else 'are'} not on this page"
    return f"{this}; {rest}." if others else f"{this}."


def line(feature: Feature) -> str:
    """What a table of contents says of an event: `16 September 2021, held, B1`."""
    certainty = {"possible": "possible", "ahead": "ahead"}.get(feature.certainty, "")
    return ", ".join(part for part in (feature.when, words.STATUS.get(feature.status, feature.status), feature.grade, certainty) if part)


def selected(shown: Scene) -> Feature | None:
    """The event that a scene is about."""
    return next((feature for feature in _events(shown) if feature.id == shown.view.id), None)


def _events(shown: Scene) -> tuple[Feature, ...]:
    layer = shown.layer("events")
    return tuple(layer.features) if layer else ()


def _related(atlas: Atlas, view: View) -> dict[str, str]:
    """Ids of the events linked with the selected one, and how."""
    key = view.id.partition(":")[2]
    rows = index(atlas).links(key, known_day(view), "answers", "part_of", "contradicts", "corrects")
    return {f"event:{row['to'] if row['from'] == key else row['from']}": RELATIONS[row["relation"], row["from"] == key] for row in rows}


def _dossier(atlas: Atlas, shown: Scene, related: dict[str, str]) -> Dossier:
    events = {feature.id: feature for feature in _events(shown)}
    event = events[shown.view.id]
    grade = f"{event.grade}: {words.RELIABILITY[event.grade[0]]}; {words.CREDIBILITY[int(event.grade[1])]}"
    facts = (("When", line(replace(event, status="", grade=""))), ("Where", event.place), ("Status", _joined(words.STATUS[event.status], event.note)),
             ("Grade", grade), ("Evidence", words.listed([words.FLAGS[flag] for flag in event.flags if flag in words.FLAGS])),
             ("Who", _who(atlas, event)), ("Marking", event.marking))  # fmt: skip
    linked = tuple(f"{how}: {events[name].n} {events[name].title}, {line(events[name])}" for name, how in related.items() if name in events)
    return Dossier(event.title, tuple(fact for fact in facts if fact[1]), event.summary, _reports(atlas, shown, event), linked)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _who(atlas: Atlas, event: Feature) -> str:
    """Participants by how they took part."""
    modes, groups = dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True)), {}
    for party, how in event.participants:
        told = ", ".join(modes.get(mode, mode) for mode in how.split("+") if mode != "party")
        groups.setdefault(told, []).append(atlas.party_names.get(party, party))
    return "; ".join(words.listed(names) + (f" ({how})" if how else "") for how, names in groups.items())


def _reports(atlas: Atlas, shown: Scene, event: Feature) -> tuple[Report, ...]:
    """The reports on which the event rests: those its seal holds, so that none is marked higher than the page."""
    key, numbers = event.id.partition(":")[2], {source.id: source for source in shown.sources}
    known = index(atlas).known_row(key, known_day(shown.view)) or {"reports": ()}
    rows = sorted((row for row in index(atlas).reports(key) if row["row"] in known["reports"]), key=lambda row: (row["reported_day"], row["row"]))
    return tuple(_report(row, numbers.get(row["source"]), event) for row in rows)


def _report(row: dict, source, event: Feature) -> Report:
    day = days.words(days.from_number(row["reported_day"])) if row["reported_day"] < INF else "day unknown"
    says = _joined(words.STATUS[row["status"]], words.when(row["start"], row["end"], row["date_precision"]), row["place"])
    named = ": ".join(part for part in (source.publisher, source.title) if part) if source else "no source given"
    summary = row["summary"] if row["summary"] != event.summary else ""
    return Report(day, says, f"{row['reliability']}{row['credibility']}", f"[{source.n}] {named}" if source else named, summary)
