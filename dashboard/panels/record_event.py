"""The record of an event: its reports oldest first, and which of them gave what is shown."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from dashboard import words
from dashboard.occurrences import position
from dashboard.panels import icons, record_reports, record_sides
from dashboard.panels.cite import Cite, facts, head, known_event, section, separated
from dashboard.panels.markup import Child, Html, button, inner, pick, tag
from dashboard.scene import Feature, Scene
from dashboard.selection import index, known_day
from geodata import days, geodesy
from geodata.atlas import Atlas
from geodata.days import INF

FAR_KM = 500
"""a border further away says nothing of an event"""

PRECISION = {
    "site": "site", "city": "city", "district": "somewhere in the range", "region": "region, no point known", "border": "somewhere on this border",
    "country": "country, no point known", "virtual": "by video; the city is the chair's", "none": "no place known",
}  # fmt: skip
RELATIONS = {
    ("answers", True): "answered by",
    ("answers", False): "carries out",
    ("part_of", True): "part of",
    ("part_of", False): "part",
    ("contradicts", True): "contradicts",
    ("contradicts", False): "contradicted by",
    ("corrects", True): "corrects",
    ("corrects", False): "corrected by",
}
"""relation, and whether the event is its subject"""


def event(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """Everything known of an event on the knowledge day."""
    known = known_event(atlas, shown, key)
    if known is None:
        return _not_yet(atlas, shown, key)
    feature = _feature(shown, key)
    return inner(
        _head(atlas, shown, known, feature),
        _why_not_drawn(shown, known, feature),
        _facts(atlas, known, cite, feature),
        _summary(known),
        record_sides.sides(atlas, shown, key, cite),
        _who(atlas, known),
        record_reports.chain(atlas, shown, known, cite),
        _linked(atlas, shown, key),
    )


def _not_yet(atlas: Atlas, shown: Scene, key: str) -> Html:
    day = days.words(shown.view.known) if shown.view.known else "any day"
    furniture = any(row["furniture"] for row in index(atlas).reports(key))
    why = "Only page furniture mentions it." if furniture and shown.view.known is None else f"No report of {key} was known on {day}."
    return inner(head(None, "Event", key), tag("p", why),
                 button("Show everything known", data_act='{"do":"known","day":""}') if shown.view.known else None)  # fmt: skip


def _feature(shown: Scene, key: str) -> Feature | None:
    layer = shown.layer("events")
    place = position(layer.features, f"event:{key}") if layer else None
    return layer.features[place] if layer and place is not None else None


def _head(atlas: Atlas, shown: Scene, known: dict, feature: Feature | None) -> Html:
    icon = icons.symbol(known["kind"], status=known["status"], blocs=known["blocs"], credibility=int(known["credibility"]), size=38,
                        possible=feature is not None and feature.certainty == "possible")  # fmt: skip
    kinds, names = (dict(zip(table["id"], table["name"], strict=True)) for table in (atlas.table("kinds"), atlas.table("blocs")))
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


def _facts(atlas: Atlas, known: dict, cite: Cite, feature: Feature | None) -> Html:
    given = known["given"]
    grade = f"{known['reliability']}{known['credibility']}"
    told = f"{words.RELIABILITY[known['reliability']]}; {words.CREDIBILITY[int(known['credibility'])]}"
    place = inner(_place(atlas, known), tag("span", PRECISION[known["place_precision"]], cls="panj-soft"))
    return facts(
        ("When", inner(tag("b", words.when(known["start"], known["end"], known["date_precision"])), cite.mark(given.get("time", "")))),
        ("Where", inner(place, cite.mark(given.get("place", "")))),
        ("Status", inner(tag("b", words.STATUS[known["status"]]), cite.mark(given.get("status", "")))),
        (
            "Grade",
            tag("span", tag("b", grade), tag("span", told, cls="panj-soft"), title="Admiralty grade of the best report that states this status"),
        ),
        ("Evidence", _evidence(feature)),
        ("Border", border_distance(atlas, known)),
        ("Marking", known["marking"]),
        ("Note", _zone_notes(atlas, known)),
    )


def _evidence(feature: Feature | None) -> Child:
    """Whether one publisher stands alone, and whether something speaks against it."""
    return words.listed([words.FLAGS[flag] for flag in feature.flags if flag in words.FLAGS]) if feature else ""


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
    name, km = _nearest_border(atlas, known["lon"], known["lat"])
    return f"{words.length(km)} to the {name.replace('-', chr(0x2013))} line" if km <= FAR_KM else ""


@lru_cache(maxsize=1024)
def _nearest_border(atlas: Atlas, lon: float, lat: float) -> tuple[str, float]:
    """The nearest emphasised border and its distance; which one it is is decided on a plane with degrees of equal length."""
    borders = atlas.borders[atlas.borders["emphasis"]]
    if borders.empty:
        return "", INF
    narrow = np.array([np.cos(np.radians(lat)), 1])
    flat = shapely.transform(borders.geometry.to_numpy(), lambda degrees: degrees * narrow)
    row = borders.iloc[int(np.argmin(shapely.distance(flat, shapely.Point(np.array([lon, lat]) * narrow))))]
    nearest, _ = geodesy.distances_km(np.array([shapely.Point(lon, lat)], dtype=object), row.geometry)
    return row["name"], float(nearest[0])


def _reported(atlas: Atlas, row: dict) -> str:
    names = dict(zip(atlas.borders["pair"], atlas.borders["name"], strict=True))
    low, high = f"{row['min_km_to_border']:g}", f"{row['max_km_to_border']:g}"
    return f"{low if low == high else f'{low}{chr(0x2013)}{high}'} km from the {names.get(row['border'], row['border'])} border, as reported"


def _zone_notes(atlas: Atlas, known: dict) -> Child:
    if known["place_precision"] != "district" or not known["zone"]:
        return None
    own = atlas.zones[atlas.zones["id"].isin(known["zone"])].to_dict("records")
    return inner(*(tag("span", pick(f"zone:{row['id']}", row["name"]), f" {row['note']}", cls="panj-soft panj-block") for row in own))


def _summary(known: dict) -> Child:
    return tag("p", known["summary"], cls="panj-summary") if known["summary"] else None


def _who(atlas: Atlas, known: dict) -> Html:
    """Participants by how they took part."""
    groups: dict[str, list[Html]] = {}
    for party, modes in known["participants"]:
        groups.setdefault(modes_words(atlas, modes), []).append(party_name(atlas, party))
    return section(
        "Who",
        tag("ul", *(tag("li", separated(names), " ", tag("span", how, cls="panj-how")) for how, names in groups.items()), cls="panj-who")
        if groups
        else None,
    )


def party_name(atlas: Atlas, party: str) -> Html:
    """A party's name, which leads to its record."""
    name = atlas.party_names.get(party)
    return pick(f"{'country' if party in atlas.country_names else 'party'}:{party}", name) if name else tag("b", party)


def modes_words(atlas: Atlas, modes: str) -> str:
    """How a party took part, in the words of the modes table."""
    names = dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True))
    return ", ".join(names.get(mode, mode) for mode in modes.split("+"))


def markings(atlas: Atlas, shown: Scene, key: str) -> set[str]:
    """Of every report that the record shows, and of the events linked with it."""
    day = known_day(shown.view)
    linked = {end for row in index(atlas).links(key, day) for end in (row["from"], row["to"])}
    return {row["marking"] for event in {key, *linked} for row in index(atlas).reports(event) if row["reported_day"] <= day}


def _linked(atlas: Atlas, shown: Scene, key: str) -> Html:
    """What it answers, is part of, contradicts or corrects, as far as that is known on the day."""
    day = known_day(shown.view)
    rows = index(atlas).links(key, day, "answers", "part_of", "contradicts", "corrects")
    lines = [line for row in rows if (line := _link(atlas, shown, row, key)) is not None]
    return section("Linked", tag("ul", *lines, cls="panj-links") if lines else None)


def _link(atlas: Atlas, shown: Scene, row: dict, key: str) -> Html | None:
    subject = row["from"] == key
    other = row["to"] if subject else row["from"]
    known = known_event(atlas, shown, other)
    if known is None:
        return None
    when = words.when(known["start"], known["end"], known["date_precision"])
    return tag("li", tag("span", RELATIONS[row["relation"], subject], cls="panj-badge"), pick(f"event:{other}", known["title"]),
               tag("span", f"{when}, {words.STATUS[known['status']]}", f"; {row['note']}" if row["note"] else "", cls="panj-soft"))  # fmt: skip
