"""The reports of an event in a record: who said it, when, how good, and which facts of the record come from it."""

from __future__ import annotations

from itertools import pairwise

from dashboard import words
from dashboard.changes import in_words
from dashboard.panels import icons
from dashboard.panels.cite import Cite, section, short_day
from dashboard.panels.markup import Child, Html, inner, tag
from dashboard.scene import Scene
from dashboard.selection import index, known_day
from geodata import events
from geodata.atlas import Atlas
from geodata.days import INF
from geodata.events import DISPROVED

UNTOLD = ("title", "summary", "participants")
"""fields whose wording differs from report to report without a change of fact, and the one told party by party"""


def chain(atlas: Atlas, shown: Scene, known: dict, cite: Cite) -> Html:
    """Dated reports in order, then those without a date, the disproved and the furniture."""
    everything = index(atlas).reports(known["event"])
    day = known_day(shown.view)
    known_rows = [row for row in everything if row["reported_day"] <= day and not row["furniture"]]
    sound = sorted((row for row in known_rows if row["credibility"] != DISPROVED), key=lambda row: row["reported_day"])
    publishers = {cite.rows.get(row["source"], {}).get("publisher", row["source"]) for row in known_rows}
    became = _became(atlas, sound)
    note = f"{words.count(len(known_rows), 'report')}, {words.count(len(publishers), 'publisher')}"
    return inner(
        section("Reports", _chain([row for row in sound if row["reported_day"] < INF], known, cite, became), note=note),
        section("Date of report unknown", _chain([row for row in sound if row["reported_day"] >= INF], known, cite, became)),
        section("Disproved", _chain([row for row in known_rows if row["credibility"] == DISPROVED], known, cite), note="shapes nothing above"),
        section("Page furniture", _chain([row for row in everything if row["furniture"] and row["reported_day"] <= day], known, cite),
                note="teasers, not used"),
        _left_out(everything, day, shown),
    )  # fmt: skip


def _left_out(everything: list[dict], day: int, shown: Scene) -> Child:
    if shown.view.known is None:
        return None
    later = [row for row in everything if row["reported_day"] > day and not row["furniture"]]
    undated = sum(row["reported_day"] >= INF for row in later)
    said = [f"{words.count(len(later) - undated, 'report')} came later"] if len(later) > undated else []
    said += [f"{words.count(undated, 'report carries', 'reports carry')} no date"] if undated else []
    told = f"{words.listed(said)}: left out while {chr(0x201C)}known on{chr(0x201D)} is set."
    return tag("p", told, cls="panj-soft") if said else None


def _became(atlas: Atlas, sound: list[dict]) -> dict[int, list[tuple[str, str, str]]]:
    """What each report changed of the event as it was known until then: (field, before, after) in words."""
    if len(sound) < 2:
        return {}
    told = [(row, _told(atlas, columns)) for row, columns in events.steps(atlas.reports.loc[[row["row"] for row in sound]])]
    return {row: [(name, was.get(name, ""), now.get(name, "")) for name in {**was, **now} if was.get(name) != now.get(name)]
            for (_, was), (row, now) in pairwise(told)}  # fmt: skip


def _told(atlas: Atlas, columns: dict) -> dict[str, str]:
    """The fields in words, every party by itself."""
    names = dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True))
    parties = {atlas.party_names.get(party, party): ", ".join(names.get(mode, mode) for mode in modes.split("+"))
               for party, modes in columns["participants"]}  # fmt: skip
    return {name: text for name, text in in_words(columns).items() if name not in UNTOLD} | parties


def _chain(reports: list[dict], known: dict, cite: Cite, became: dict[int, list[tuple[str, str, str]]] | None = None) -> Child:
    changed = became or {}
    return tag("ol", *(_report(row, known, cite, changed.get(row["row"], [])) for row in reports), cls="panj-chain") if reports else None


def _change(name: str, was: str, now: str) -> Html:
    return tag("div", f"{name}: ", tag("del", was or "not stated"), " \N{RIGHTWARDS ARROW} ", tag("ins", now or "not stated"), cls="panj-became")


def _report(row: dict, known: dict, cite: Cite, changed: list[tuple[str, str, str]]) -> Html:
    grade = f"{row['reliability']}{row['credibility']}"
    told = f"{words.RELIABILITY[row['reliability']]} source; {words.CREDIBILITY[row['credibility']]}"
    gave = [name for name, number in known["given_rows"].items() if number == row["row"] and not name.startswith("participant ")]
    icon = icons.symbol(row["kind"], status=row["status"], blocs=known["blocs"], size=15)
    return tag(
        "li", icon, tag("b", short_day(row["reported"])), tag("span", words.STATUS[row["status"]], cls=f"panj-badge panj-{row['status']}"),
        tag("span", grade, cls="panj-grade" + (" panj-weak" if row["credibility"] >= 4 else ""), title=told),
        tag("div", cite.full(row["source"], row["locator"])),
        tag("p", row["summary"]) if row["summary"] and row["summary"] != known["summary"] else None,
        tag("div", f"{told}; says {words.when(row['start'], row['end'], row['date_precision'])}, {row['place'] or 'no place'}",
            f"; gives the {words.listed(gave)} above" if gave else "", cls="panj-gave"),
        *(_change(*each) for each in changed),
    )  # fmt: skip
