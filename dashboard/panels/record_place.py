"""The records of borders, ranges, bases, regions and countries."""

from __future__ import annotations

import pandas as pd

from dashboard import words
from dashboard.panels import icons
from dashboard.panels.cite import Cite, day_words, drawn, event_lines, facts, head, section, separated, window_words
from dashboard.panels.markup import Child, Html, inner, pick, tag
from dashboard.panels.record_event import modes_words
from dashboard.panels.record_weeks import weeks
from dashboard.scene import Feature, Scene
from dashboard.selection import shading_day
from dashboard.weeks import along
from geodata import blocs, days
from geodata.atlas import Atlas

LENGTHS = {"reported": "reported", "factbook": "in a factbook", "older": "in an older source"}
PRECISION = {"guess": "the point is a guess", "nearest_town": "point of the nearest town", "none": "no place known",
             "site": "site", "city": "city point, not a perimeter", "country": "only the country is known"}  # fmt: skip


def dashed(name: str) -> str:
    """`Tajikistan-Afghanistan` with a proper dash."""
    return name.replace("-", "\N{EN DASH}")


def border(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """Reported lengths first, the length of the shipped line last and labelled as such."""
    row = _only(atlas.borders, "pair", key)
    lengths = atlas.table("border_lengths")
    own = lengths[lengths["pair"] == key]
    sides = separated((pick(f"country:{code}", atlas.country_names.get(code, code)) for code in key.split("-")), " and ")
    events = along(atlas, shown, key)
    return inner(
        head(icons.swatch("borders"), "Border", dashed(row["name"])),
        facts(("Between", sides)),
        section(
            "Length",
            tag("ul", *(_length(entry, cite) for entry in own.to_dict("records")), cls="panj-facts")
            if len(own)
            else tag("p", "No source gives a length.", cls="panj-soft"),
            tag(
                "p",
                f"Along the line shipped with the map: {words.length(row['line_km'])}. That line is a generalised one; quote the reported lengths.",
                cls="panj-soft",
            ),
        ),
        section("Status", _status(atlas, row, shading_day(shown.view), cite)),
        section(f"Events on it, {window_words(shown)}", event_lines(events) or tag("p", "None drawn.", cls="panj-soft")),
        section("Week by week", weeks(shown, events), note="events a week; light = only possible") if events else None,
    )


def _length(entry: dict, cite: Cite) -> Html:
    year = f", {entry['year']}" if entry["year"] else ""
    where = f" \N{MIDDLE DOT} {entry['locator']}" if entry["locator"] else ""
    return tag("li", tag("b", f"{float(entry['length_km']):,.0f} km"), f" {LENGTHS[entry['kind']]}{year} ", cite.short(entry["source"]), where)


def _status(atlas: Atlas, row: dict, day: int, cite: Cite) -> Child:
    if not row["status"]:
        return tag("p", row["note"] or "Nothing reported.", cls="panj-soft")
    until = f" until {day_words(row['valid_to'])}" if row["valid_to"] else ""
    holds = (
        row["valid_from"]
        and days.number(days.parse(row["valid_from"])) <= day
        and (not row["valid_to"] or day <= days.number(days.parse(row["valid_to"])))
    )
    when = "" if holds else f" Not on {days.words(days.from_number(day))}, the day shown."
    return inner(
        tag("p", tag("b", _status_words(atlas, row["status"])), f" from {day_words(row['valid_from'])}{until}.{when}"),
        tag("p", row["note"], cls="panj-soft") if row["note"] else None,
        tag("p", cite.short(row["source"])),
    )


def _status_words(atlas: Atlas, status: str) -> str:
    """`afghan_side_held_by_taliban` as words, with the names of parties spelled as names."""
    told = status.replace("_", " ").capitalize()
    for name in {name.partition(" (")[0] for name in atlas.table("parties")["name"]}:
        told = told.replace(f" {name.lower()}", f" {name}")
    return told


def zone(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """A range: how little is known of where it is, and its events."""
    row = _only(atlas.zones, "id", key)
    distance = _distance(atlas, row)
    radius = "" if pd.isna(row["radius_km"]) else f"drawn with a radius of {row['radius_km']:g} km, clipped to the country"
    events = [feature for feature in drawn(shown).values() if feature.place_form in ("ring", "margin") and key in feature.zones]
    return inner(
        head(icons.swatch("zones"), "Exercise range", row["name"]),
        facts(("Country", _country(atlas, row["country"])), ("Region", row["region"]), ("Place", inner(tag("b", PRECISION[row["precision"]]),
              tag("span", radius, cls="panj-soft"))), ("Border", distance), ("Note", row["note"]), ("Sources", cite.short(row["source"]))),
        section(f"Events there, {window_words(shown)}", event_lines(events) or tag("p", "None drawn.", cls="panj-soft")),
    )  # fmt: skip


def _distance(atlas: Atlas, row: dict) -> Child:
    if pd.isna(row["max_km_to_border"]):
        return None
    low, high = f"{row['min_km_to_border']:g}", f"{row['max_km_to_border']:g}"
    told = low if low == high else f"{low}\N{EN DASH}{high}"
    names = dict(zip(atlas.borders["pair"], atlas.borders["name"], strict=True))
    return inner(f"{told} km, as reported, from ", pick(f"border:{row['border']}", dashed(names[row["border"]])))


def base(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """A base: whose, where, since when."""
    row = _only(atlas.bases, "id", key)
    events = [feature for feature in drawn(shown).values() if feature.country == row["host"] and row["operator"] in dict(feature.participants)]
    return inner(
        head(icons.swatch("bases"), "Military base", row["name"]),
        facts(
            ("Operator", _country(atlas, row["operator"])),
            ("In", _country(atlas, row["host"])),
            ("Place", PRECISION.get(row["precision"], row["precision"])),
            ("Opened", day_words(row["opened"])),
            ("Until", day_words(row["until"])),
            ("Note", row["note"]),
            ("Sources", cite.short(row["source"])),
        ),
        section(
            f"Events in the host country with the operator, {window_words(shown)}", event_lines(events) or tag("p", "None drawn.", cls="panj-soft")
        ),
    )


def region(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """A named region: which countries the source means."""
    row = _only(atlas.regions, "id", key)
    events = [feature for feature in drawn(shown).values() if feature.place_form == "region" and key in feature.zones]
    return inner(
        head(icons.swatch("regions"), "Named region", row["name"]),
        facts(("Countries", separated(_country(atlas, code) for code in row["countries"])), ("Said of it", row["what"]),
              ("Sources", cite.short(row["source"])), ("Where", row["locator"].replace(";", ", "))),
        section(f"Events placed there, {window_words(shown)}", event_lines(events) or tag("p", "None drawn.", cls="panj-soft")),
    )  # fmt: skip


def country(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """A country: its standing in each bloc on the day, how that came about, and where it appears."""
    day = shading_day(shown.view)
    names = dict(zip(atlas.table("blocs")["id"], atlas.table("blocs")["name"], strict=True))
    rows = atlas.memberships[atlas.memberships["country"] == key].sort_values(["bloc", "from"], kind="stable")
    standings = blocs.on(rows, day)
    lines = [
        pick(f"border:{pair}", dashed(name))
        for pair, name in zip(atlas.borders["pair"], atlas.borders["name"], strict=True)
        if key in pair.split("-")
    ]
    return inner(
        head(None, f"Country \N{MIDDLE DOT} {key}", atlas.country_names.get(key, key)),
        section(
            f"Blocs on {days.words(days.from_number(day))}",
            tag("ul", *(_standing(standing, names, cite) for standing in standings), cls="panj-facts")
            if standings
            else tag("p", "In none of the blocs.", cls="panj-soft"),
        ),
        section("Borders", separated(lines) if lines else None),
        _appearances(atlas, shown, key),
        section(
            "All memberships and roles",
            tag("ul", *(_membership(row, names, cite) for row in rows.to_dict("records")), cls="panj-facts") if len(rows) else None,
        ),
    )


def party(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """Who takes part without being a state: a movement, an office, an organisation."""
    row = _only(atlas.table("parties"), "id", key)
    of = _country(atlas, row["country"]) if row["country"] in atlas.country_names else row["country"]
    told = facts(("What", row["type"].replace("_", " ")), ("Country", of))
    return inner(head(None, f"Party \N{MIDDLE DOT} {key}", row["name"]), told, _appearances(atlas, shown, key))


def _appearances(atlas: Atlas, shown: Scene, key: str) -> Html:
    """The events drawn in which a country or party appears, in the order of time, and how."""
    there = [feature for feature in drawn(shown).values() if key in dict(feature.participants) or feature.country == key]
    how = {feature.id: _part(atlas, feature, key) for feature in there}
    events = sorted(there, key=lambda feature: (feature.days[0], feature.n or 0))
    lines = event_lines(events, how=how) or tag("p", "None drawn.", cls="panj-soft")
    return section(f"Appears in {words.count(len(events), 'event')}", lines, note=window_words(shown))


def _standing(standing: blocs.Standing, names: dict[str, str], cite: Cite) -> Html:
    also = f"; also {words.listed([words.role(role) for role in standing.also])}" if standing.also else ""
    told = words.role(standing.role) if standing.role else "no standing"
    return tag("li", tag("b", names.get(standing.bloc, standing.bloc)), f" {told}{also} ", cite.short(";".join(standing.sources)))


def _membership(row: dict, names: dict[str, str], cite: Cite) -> Html:
    since = f"from {day_words(row['start'])}" if row["start"] else "start not sourced"
    until = f" until before {day_words(row['end'])}" if row["end"] else ""
    where = f" \N{MIDDLE DOT} {row['locator'].replace(';', ', ')}" if row["locator"] else ""
    return tag("li", tag("b", names.get(row["bloc"], row["bloc"])), f" {words.role(row['role'])}, {since}{until} ", cite.short(row["source"]), where,
               tag("span", f" confidence {row['confidence']}", cls="panj-soft") if row["confidence"] != "high" else None)  # fmt: skip


def _part(atlas: Atlas, feature: Feature, key: str) -> str:
    modes = dict(feature.participants).get(key, "")
    here = "where it happened" if feature.country == key else ""
    return ", ".join(part for part in (modes_words(atlas, modes) if modes else "", here) if part)


def _country(atlas: Atlas, code: str) -> Html:
    return pick(f"country:{code}", atlas.country_names.get(code, code))


def _only(frame: pd.DataFrame, column: str, key: str) -> dict:
    return frame[frame[column] == key].iloc[0].to_dict()
