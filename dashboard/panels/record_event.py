"""The record of an event: its reports oldest first, and which of them gave what is shown."""

from __future__ import annotations

import pandas as pd

from dashboard import words
from dashboard.panels import icons
from dashboard.panels.cite import Cite, facts, head, known_event, section, separated, short_day
from dashboard.panels.markup import Child, Html, button, inner, pick, tag
from dashboard.scene import Feature, Scene
from dashboard.selection import known_day
from geodata import days, geodesy, links, places
from geodata.atlas import Atlas
from geodata.days import INF
from geodata.events import DISPROVED

PRECISION = {
    "site": "site", "city": "city", "district": "somewhere in the range", "region": "region, no point known", "border": "somewhere on this border",
    "country": "country, no point known", "virtual": "by video; the city is the chair's", "none": "no place known",
}  # fmt: skip
RELATIONS = {
    ("answers", True): "answered by", ("answers", False): "carries out", ("part_of", True): "part of", ("part_of", False): "part",
    ("contradicts", True): "contradicts", ("contradicts", False): "contradicted by", ("corrects", True): "corrects", ("corrects", False): "corrected by",
}  # fmt: skip
"""relation, and whether the event is its subject"""


def event(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """Everything known of an event on the knowledge day."""
    known = known_event(atlas, shown, key)
    if known is None:
        return _not_yet(atlas, shown, key)
    feature = _feature(shown, key)
    return inner(_head(atlas, shown, known, feature), _why_not_drawn(shown, known, feature), _facts(atlas, known, cite), _summary(known), _who(atlas, known),
                 _reports(atlas, shown, known, cite), _linked(atlas, shown, key))  # fmt: skip


def _not_yet(atlas: Atlas, shown: Scene, key: str) -> Html:
    day = days.words(shown.view.known) if shown.view.known else "any day"
    furniture = atlas.reports[(atlas.reports["event"] == key) & atlas.reports["furniture"]]
    why = "Only page furniture mentions it." if len(furniture) and shown.view.known is None else f"No report of {key} was known on {day}."
    return inner(head(None, "Event", key), tag("p", why),
                 button("Show everything known", data_act='{"do":"known","day":""}') if shown.view.known else None)  # fmt: skip


def _feature(shown: Scene, key: str) -> Feature | None:
    layer = shown.layer("events")
    return next((feature for feature in (layer.features if layer else ()) if feature.id == f"event:{key}"), None)


def _head(atlas: Atlas, shown: Scene, known: dict, feature: Feature | None) -> Html:
    icon = icons.symbol(known["kind"], status=known["status"], blocs=known["blocs"], credibility=int(known["credibility"]), size=38,
                        possible=feature is not None and feature.certainty == "possible")  # fmt: skip
    kinds = atlas.table("kinds").set_index("id")["name"]
    names = atlas.table("blocs").set_index("id")["name"]
    layer = shown.layer("events")
    number = f"{feature.n} of {len(layer.features):,}" if feature and layer else "not drawn"
    above = " \N{MIDDLE DOT} ".join([number, kinds[known["kind"]], *(names.get(bloc, bloc) for bloc in known["blocs"])])
    return head(icon, above, known["title"], feature.note if feature else "")


def _why_not_drawn(shown: Scene, known: dict, feature: Feature | None) -> Child:
    if feature is not None:
        return tag("p", "Its date is not exact: it may lie outside of the window.", cls="panj-soft") if feature.certainty == "possible" else None
    view = shown.view
    first, last = days.number(view.start), days.number(view.end)
    if known["w0"] > last or known["w1"] < first:
        return tag("p", f"Not drawn: it lies outside of {words.window(view.start, view.end)}.", cls="panj-soft")
    return tag("p", "Not drawn in this view: a filter hides it, or what carries it out is known.", cls="panj-soft")


def _facts(atlas: Atlas, known: dict, cite: Cite) -> Html:
    given = known["given"]
    grade = f"{known['reliability']}{known['credibility']}"
    told = f"{words.RELIABILITY[known['reliability']]}; {words.CREDIBILITY[int(known['credibility'])]}"
    place = inner(_place(atlas, known), tag("span", PRECISION[known["place_precision"]], cls="panj-soft"))
    return facts(
        ("When", inner(tag("b", words.when(known["start"], known["end"], known["date_precision"])), cite.mark(given.get("time", "")))),
        ("Where", inner(place, cite.mark(given.get("place", "")))),
        ("Status", inner(tag("b", words.STATUS[known["status"]]), cite.mark(given.get("status", "")))),
        ("Grade", tag("span", tag("b", grade), tag("span", told, cls="panj-soft"), title="Admiralty grade of the best report that states this status")),
        ("Border", border_distance(atlas, known)), ("Marking", known["marking"]), ("Note", _zone_notes(atlas, known)),
    )  # fmt: skip


def _place(atlas: Atlas, known: dict) -> Html:
    """The place as reported, its country as a way to the country's record."""
    name, place = atlas.country_names.get(known["country"], ""), known["place"] or "not stated"
    if not name:
        return tag("b", place)
    before, found, after = place.rpartition(name)
    country = pick(f"country:{known['country']}", name)
    return inner(tag("b", before), country, tag("b", after)) if found else inner(tag("b", place), " ", country)


def border_distance(atlas: Atlas, known: dict) -> str:
    """How far a point is from the nearest emphasised border, or what is reported of a range; empty when neither can be said."""
    if known["form"] == "ring":
        own = atlas.zones[atlas.zones["id"].isin(known["zone"]) & atlas.zones["max_km_to_border"].notna()]
        return separated(tag("span", _reported(atlas, row)) for row in own.to_dict("records"))
    if known["form"] not in ("symbol", "virtual"):
        return ""
    lines = atlas.borders[atlas.borders["emphasis"]]
    shape = [places.geometry(pd.Series(known), atlas.detail, atlas.zones, atlas.borders, atlas.regions)]
    distances = [(float(geodesy.distances_km(shape, line)[0][0]), name) for line, name in zip(lines.geometry, lines["name"], strict=True)]
    km, name = min(distances, default=(9999.0, ""))
    return f"{words.length(km)} to the {name.replace('-', chr(0x2013))} line" if km <= 500 else ""


def _reported(atlas: Atlas, row: dict) -> str:
    names = dict(zip(atlas.borders["pair"], atlas.borders["name"], strict=True))
    low, high = f"{row['min_km_to_border']:g}", f"{row['max_km_to_border']:g}"
    return f"{low if low == high else f'{low}{chr(0x2013)}{high}'} km from the {names.get(row['border'], row['border'])} border, as reported"


def _zone_notes(atlas: Atlas, known: dict) -> Child:
    own = atlas.zones[atlas.zones["id"].isin(known["zone"])] if known["place_precision"] == "district" else atlas.zones.iloc[:0]
    return inner(*(tag("span", pick(f"zone:{row['id']}", row["name"]), f" {row['note']}", cls="panj-soft panj-block") for row in own.to_dict("records")))


def _summary(known: dict) -> Child:
    return tag("p", known["summary"], cls="panj-summary") if known["summary"] else None


def _who(atlas: Atlas, known: dict) -> Html:
    """Participants by how they took part."""
    groups: dict[str, list[Html]] = {}
    for party, modes in known["participants"]:
        groups.setdefault(modes_words(atlas, modes), []).append(party_name(atlas, party))
    return section("Who", tag("ul", *(tag("li", separated(names), " ", tag("span", how, cls="panj-how")) for how, names in groups.items()), cls="panj-who")
                   if groups else None)  # fmt: skip


def party_name(atlas: Atlas, party: str) -> Html:
    """A party's name; a country's leads to its record."""
    name = atlas.party_names.get(party, party)
    return pick(f"country:{party}", name) if party in atlas.country_names else tag("b", name)


def modes_words(atlas: Atlas, modes: str) -> str:
    """How a party took part, in the words of the modes table."""
    names = dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True))
    return ", ".join(names.get(mode, mode) for mode in modes.split("+"))


def _reports(atlas: Atlas, shown: Scene, known: dict, cite: Cite) -> Html:
    """Dated reports in order, then those without a date, the disproved and the furniture."""
    everything = atlas.reports[atlas.reports["event"] == known["event"]]
    day = known_day(shown.view)
    known_rows = everything[(everything["reported_day"] <= day) & ~everything["furniture"]]
    sound = known_rows[known_rows["credibility"] != DISPROVED].sort_values("reported_day", kind="stable")
    dated, undated = sound[sound["reported_day"] < INF], sound[sound["reported_day"] >= INF]
    publishers = known_rows["source"].map(lambda name: cite.rows.get(name, {}).get("publisher", name)).nunique()
    note = f"{words.count(len(known_rows), 'report')}, {words.count(publishers, 'publisher')}"
    return inner(
        section("Reports", _chain(dated, known, cite), note=note),
        section("Date of report unknown", _chain(undated, known, cite)),
        section("Disproved", _chain(known_rows[known_rows["credibility"] == DISPROVED], known, cite), note="shapes nothing above"),
        section("Page furniture", _chain(everything[everything["furniture"]], known, cite), note="teasers, not used"),
        _left_out(everything, day, shown),
    )  # fmt: skip


def _left_out(everything: pd.DataFrame, day: int, shown: Scene) -> Child:
    if shown.view.known is None:
        return None
    later = everything[(everything["reported_day"] > day) & ~everything["furniture"]]
    undated = int((later["reported_day"] >= INF).sum())
    said = [f"{words.count(len(later) - undated, 'report')} came later"] if len(later) > undated else []
    said += [f"{words.count(undated, 'report carries', 'reports carry')} no date"] if undated else []
    return tag("p", f"{words.listed(said)} and left out while {chr(0x201C)}known on{chr(0x201D)} is set.".replace(" and left out", ": left out"), cls="panj-soft") if said else None


def _chain(reports: pd.DataFrame, known: dict, cite: Cite) -> Child:
    if reports.empty:
        return None
    return tag("ol", *(_report(row, known, cite) for row in reports.to_dict("records")), cls="panj-chain")


def _report(row: dict, known: dict, cite: Cite) -> Html:
    grade = f"{row['reliability']}{row['credibility']}"
    told = f"{words.RELIABILITY[row['reliability']]} source; {words.CREDIBILITY[row['credibility']]}"
    gave = [name for name, source in known["given"].items() if source == row["source"]]
    icon = icons.symbol(row["kind"], status=row["status"], blocs=known["blocs"], size=15)
    return tag(
        "li", icon, tag("b", short_day(row["reported"])), tag("span", words.STATUS[row["status"]], cls=f"panj-badge panj-{row['status']}"),
        tag("span", grade, cls="panj-grade" + (" panj-weak" if row["credibility"] >= 4 else ""), title=told),
        tag("div", cite.full(row["source"], row["locator"])),
        tag("p", row["summary"]) if row["summary"] and row["summary"] != known["summary"] else None,
        tag("div", f"{told}; says {words.when(row['start'], row['end'], row['date_precision'])}, {row['place'] or 'no place'}",
            f"; gives the {words.listed(gave)} above" if gave else "", cls="panj-gave"),
    )  # fmt: skip


def _linked(atlas: Atlas, shown: Scene, key: str) -> Html:
    """What it answers, is part of, contradicts or corrects, as far as that is known on the day."""
    day = known_day(shown.view)
    lines = [line for relation in ("answers", "part_of", "contradicts", "corrects")
             for row in links.known_on(atlas.links, day, relation).to_dict("records") if key in (row["from"], row["to"])
             for line in [_link(atlas, shown, row, relation, key)] if line is not None]  # fmt: skip
    return section("Linked", tag("ul", *lines, cls="panj-links") if lines else None)


def _link(atlas: Atlas, shown: Scene, row: dict, relation: str, key: str) -> Html | None:
    subject = row["from"] == key
    other = row["to"] if subject else row["from"]
    known = known_event(atlas, shown, other)
    if known is None:
        return None
    when = words.when(known["start"], known["end"], known["date_precision"])
    return tag("li", tag("span", RELATIONS[relation, subject], cls="panj-badge"), pick(f"event:{other}", known["title"]),
               tag("span", f"{when}, {words.STATUS[known['status']]}", f"; {row['note']}" if row["note"] else "", cls="panj-soft"))  # fmt: skip
