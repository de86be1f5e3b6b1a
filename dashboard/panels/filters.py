"""Every layer and filter with its count, as one piece: box, the map's own symbol or swatch, name, number."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dashboard import words
from dashboard.desk import chosen
from dashboard.layers import background, bloc_order
from dashboard.panels import icons
from dashboard.panels.markup import Child, Html, button, inner, tag, void
from dashboard.scene import Scene
from dashboard.selection import shading_day
from dashboard.view import FIXED_LAYERS, View
from geodata.atlas import Atlas
from geodata.blocs import MEMBERS

GRADES = ("A1", "B1", "B2", "C2", "")


def filters(atlas: Atlas, shown: Scene) -> Html:
    """Every layer and filter with its count, as one piece."""
    view, facets = shown.view, chosen(atlas, shown.view).facets
    return inner(
        _switch("ahead", "Plans for later", icons.symbol("exercise", status="planned"), shown.counts.ahead if view.ahead else None, on=view.ahead),
        button("Everything known", cls="panj-small", data_act='{"do":"known","day":""}') if view.known else None,
        _group("Layers", "", _layers(atlas, shown)),
        _group("Kind", "kinds", _kinds(atlas, view, facets["kinds"])),
        _group("Status", "status", _statuses(view, facets["status"])),
        _group("Events of", "blocs", _blocs(atlas, view, facets["blocs"])),
        tag("h3", "Grade ", tag("span", "this or better", cls="panj-soft")), _grades(view), _graded(atlas, view),
        _switch("confirmed", "Confirmed only", icons.symbol("exercise", credibility=1), None, on=view.grade[-1:] == "1"),
        _switch("disputed", "Disproved claims too", icons.symbol("mention", status="cancelled"), shown.counts.disputed or None, on=view.disputed),
        tag("h3", "Near a border"), _near(atlas, view),
        button("Reset all", cls="panj-button panj-wide", data_act='{"do":"reset"}', data_focus="reset"),
    )  # fmt: skip


def _group(title: str, what: str, rows: Child) -> Html:
    every = (button(word, cls="panj-small", data_act=f'{{"do":"every","what":"{what}","on":{on}}}', aria_label=f"{title}: {word}")
             for word, on in (("all", "true"), ("none", "false")))  # fmt: skip
    return tag("fieldset", tag("legend", title, tag("span", *every, cls="panj-every") if what else None), rows)


def row(what: str, name: str, label: str, icon: Html, count: Child, *, on: bool, note: str = "") -> Html:
    """One choice: box, the map's own symbol, name and count."""
    box = void("input", type="checkbox", checked=on, data_toggle=name, data_what=what, data_focus=f"{what}:{name}")
    said = tag("span", count, cls="panj-count") if count is not None else None
    return tag("label", box, icon, tag("span", label, cls="panj-name"), said, cls="panj-row" + ("" if on else " panj-off"), title=note or None)


def _switch(name: str, label: str, icon: Html, count: Child, *, on: bool) -> Html:
    return row("switch", name, label, icon, count, on=on)


def _layers(atlas: Atlas, shown: Scene) -> Html:
    made, on = background(atlas, shading_day(shown.view)), set(shown.view.layers)
    events = row("layers", "events", "Events", icons.swatch("events"), f"{shown.counts.drawn + shown.counts.possible:,}", on="events" in on)
    order = [*bloc_order(atlas), "borders", "zones", "bases", "events", "regions", "rivers", "places"]
    return inner(*(events if key == "events" else _layer(key, *made[key], on=key in on) for key in order if key in (*made, "events")))


def _layer(key: str, layer, features, *, on: bool) -> Html:
    if key in FIXED_LAYERS:
        return row("layers", key, layer.title, icons.swatch(key), f"{len(features):,}", on=on)
    members = sum(feature.role in MEMBERS for feature in features)
    others = sum(bool(feature.role) for feature in features) - members
    label = f"{layer.title} + observers" if others and on else layer.title
    note = f"{words.count(members, 'member')}, {words.count(others, 'observer or partner', 'observers and partners')} that day"
    return row("layers", key, label, icons.swatch(key), f"{members}+{others}" if others else members, on=on, note=note)


def _kinds(atlas: Atlas, view: View, counts: Counter[str]) -> Html:
    """Kinds with events in the window first; the others are folded away."""
    table = [(kind, name) for kind, name in zip(atlas.table("kinds")["id"], atlas.table("kinds")["name"], strict=True)]
    rows = {kind: row("kinds", kind, name, icons.symbol(kind), counts[kind], on=view.kinds is None or kind in view.kinds) for kind, name in table}
    here = [kind for kind, _ in sorted(table, key=lambda entry: -counts[entry[0]]) if counts[kind]]
    rest = [kind for kind, _ in table if not counts[kind]]
    folded = tag("details", tag("summary", f"{len(rest)} more, none in this view"), (rows[kind] for kind in rest)) if rest else None
    return inner((rows[kind] for kind in here), folded)


def _statuses(view: View, counts: Counter[str]) -> Html:
    return inner(*(row("status", status, word, icons.symbol("exercise", status=status, blocs=("csto",)), counts[status],
                       on=view.status is None or status in view.status) for status, word in words.STATUS.items()))  # fmt: skip


def _blocs(atlas: Atlas, view: View, counts: Counter[str]) -> Html:
    names = {**dict(zip(atlas.table("blocs")["id"], atlas.table("blocs")["name"], strict=True)), "none": "no bloc named"}
    offered = [bloc for bloc in (*bloc_order(atlas), "none") if counts[bloc] or (view.blocs is not None and bloc in view.blocs)]
    return inner(*(row("blocs", bloc, names[bloc], icons.symbol("exercise", blocs=(bloc,)), counts[bloc],
                       on=view.blocs is None or bloc in view.blocs) for bloc in offered))  # fmt: skip


def _grades(view: View) -> Html:
    offered = GRADES if view.grade in GRADES else (view.grade, *GRADES)
    keys = (tag("button", grade or "any", type="button", aria_pressed="true" if grade == view.grade else "false", data_focus=f"grade:{grade}",
                data_act=f'{{"do":"grade","id":"{grade}"}}', title=_grade_words(grade)) for grade in offered)  # fmt: skip
    return tag("div", *keys, cls="panj-segments", role="group", aria_label="Grade, this or better")


def _grade_words(grade: str) -> str:
    return f"{words.RELIABILITY[grade[0]]}, {words.CREDIBILITY[int(grade[1])]}, or better" if grade else "any grade"


def _graded(atlas: Atlas, view: View) -> Html:
    """How many events a middling grade would leave."""
    offered = view.grade or "B2"
    all_of, some = (chosen(atlas, replace(view, grade=grade)) for grade in ("", offered))
    counts = [int((selection.certain | selection.possible).sum()) for selection in (some, all_of)]
    return tag("p", f"{offered} or better: {counts[0]:,} of {counts[1]:,}.", cls="panj-soft")


def _near(atlas: Atlas, view: View) -> Html:
    pair, km = view.near or ("", 50.0)
    borders = sorted(zip(atlas.borders["name"], atlas.borders["pair"], strict=True))
    options = [tag("option", "anywhere", value="")] + [
        tag("option", name.replace("-", "\N{EN DASH}"), value=key, selected=key == pair) for name, key in borders
    ]
    choice = tag("select", *options, data_field="near", data_focus="near-pair", aria_label="Near a border")
    distance = void(
        "input",
        type="number",
        min=1,
        max=2000,
        step=1,
        value=f"{km:g}",
        data_field="near",
        data_focus="near-km",
        aria_label="Distance in km",
        disabled=not pair,
    )
    return tag("div", choice, distance, tag("span", "km", cls="panj-soft"), cls="panj-near", data_group="near")
