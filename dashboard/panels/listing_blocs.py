"""The blocs tab: who belonged to each bloc when, who joined and left, what two days differ in, who is in both."""

from __future__ import annotations

from dashboard import membership, words
from dashboard.layers import bloc_order
from dashboard.panels import icons, spans
from dashboard.panels.cite import Cite, day_words
from dashboard.panels.markup import Child, Html, button, inner, pick, tag, void
from dashboard.scene import Scene
from dashboard.selection import shading_day
from geodata import blocs, days
from geodata.atlas import Atlas

KEY = (
    "Filled: member. White: observer or partner. Dark line below: in the chair, guest, applicant and the like. Thin: only the month or year is "
    "known. ?: the start is not sourced. Upright line: the day shown; dashed: the day compared."
)
"""how the chart is read"""


def blocs_tab(atlas: Atlas, shown: Scene) -> Html:
    """The day, the second day, and a part for each bloc; those on the map are open."""
    day, view = shading_day(shown.view), shown.view
    order = sorted(bloc_order(atlas), key=lambda bloc: bloc not in view.layers)
    return inner(
        tag("p", "The map is shaded as of ", tag("b", days.words(days.from_number(day))), ". ", _compare(shown)),
        _differences(atlas, shown),
        tag("ul", *(tag("li", line) for line in shown.overlaps), cls="panj-overlaps") if shown.overlaps else None,
        *(_bloc(atlas, shown, bloc, day) for bloc in order),
    )


def _compare(shown: Scene) -> Html:
    second = shown.view.compare.isoformat() if shown.view.compare else ""
    day = tag("label", "Compare with the standing on ", void("input", type="date", value=second, data_field="compare", data_focus="compare"),
              cls="panj-since")  # fmt: skip
    return inner(day, button("Leave it", cls="panj-small", data_act='{"do":"compare","day":""}', data_focus="compare-off") if second else None)


def _differences(atlas: Atlas, shown: Scene) -> Child:
    view = shown.view
    if view.compare is None:
        return None
    names = atlas.table("blocs").set_index("id")["name"]
    first, second = days.words(view.compare), days.words(days.from_number(shading_day(view)))
    if not shown.differences:
        return tag("p", f"No country's standing in the blocs on the map differs between {first} and {second}.")
    rows = (tag("tr", tag("td", names[each.bloc]), tag("td", pick(f"country:{each.country}", atlas.country_names.get(each.country, each.country))),
                tag("td", each.before or "none"), tag("td", each.after or "none")) for each in shown.differences)  # fmt: skip
    return _table(("Bloc", "Country", f"On {first}", f"On {second}"), rows)


def _table(columns: tuple[str, ...], rows) -> Html:
    return tag("table", tag("thead", tag("tr", *(tag("th", name, scope="col") for name in columns))), tag("tbody", *rows), cls="panj-plain")


def _bloc(atlas: Atlas, shown: Scene, bloc: str, day: int) -> Html:
    row = atlas.table("blocs").set_index("id").loc[bloc]
    on, everyone = bloc in shown.view.layers, membership.spans(atlas, bloc)
    other = days.number(shown.view.compare) if shown.view.compare else None
    head = tag("summary", icons.swatch(bloc), " ", tag("b", row["name"]), " ", row["full_name"] if row["full_name"] != row["name"] else "",
               tag("span", f" {_counted(atlas, bloc, day)}", "" if on else "; not on the map", cls="panj-soft"))  # fmt: skip
    return tag("details", head, _founded(row, Cite(atlas, shown)),
               spans.chart(bloc, row["name"], everyone, day, other) if everyone else tag("p", "No membership is sourced.", cls="panj-soft"),
               tag("p", KEY, cls="panj-soft") if everyone else None, _moves(atlas, shown, bloc), open=on, cls="panj-bloc")  # fmt: skip


def _counted(atlas: Atlas, bloc: str, day: int) -> str:
    standings = blocs.on(atlas.memberships, day, bloc=bloc)
    members = sum(standing.is_member for standing in standings)
    others = sum(bool(standing.role) for standing in standings) - members
    told = [words.count(members, "member")] + ([words.count(others, "observer or partner", "observers and partners")] if others else [])
    return f"{words.listed(told)} that day"


def _founded(row, cite: Cite) -> Html:
    told = [f"founded {day_words(row['founded'])}" if row["founded"] else "", row["treaty"], f"seat in {row['seat']}" if row["seat"] else ""]
    return tag("p", "; ".join(part for part in told if part), " ", cite.short(row["source"]), cls="panj-soft")


def _moves(atlas: Atlas, shown: Scene, bloc: str) -> Html:
    cite = Cite(atlas, shown)
    rows = [tag("tr", tag("td", day_words(when)), tag("td", country), tag("td", what), tag("td", cite.short(";".join(sources))))
            for when, country, what, sources in membership.moves(atlas, bloc)]  # fmt: skip
    unsourced = sorted({span.name for span in membership.spans(atlas, bloc) if span.sort == "standing" and not span.start})
    left = tag("p", f"No source for the start of {words.listed(unsourced)}.", cls="panj-soft") if unsourced else None
    return inner(_table(("Day", "Country", "What", "Source"), rows) if rows else None, left)
