"""The record panel: everything known of what is selected, who says so and since when."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.occurrences import position
from dashboard.panels import record_event, record_place
from dashboard.panels.cite import Cite
from dashboard.panels.markup import Child, Html, button, inner, tag
from dashboard.scene import Scene
from geodata.atlas import Atlas


def record(atlas: Atlas, shown: Scene) -> Html:
    """The panel for the view's selection."""
    kind, _, key = shown.view.id.partition(":")
    make = MAKERS.get(kind)
    return (
        _empty(shown)
        if make is None
        else tag("div", _marked(atlas, shown, kind, key), make(atlas, shown, key, Cite(atlas, shown)), _steps(shown), cls="panj-record",
                 data_scroll=shown.view.id)
    )  # fmt: skip


def _marked(atlas: Atlas, shown: Scene, kind: str, key: str) -> Child:
    """A banner of its own when the record tells of rows marked higher than what is drawn."""
    scheme = atlas.markings
    highest = scheme.highest([shown.marking, *(record_event.markings(atlas, shown, key) if kind == "event" else ())])
    if scheme.rank(highest) <= scheme.rank(shown.marking):
        return None
    return tag("p", tag("b", highest, cls="panj-tlp"), " This record tells of rows that are marked higher than what is drawn.", role="note")


MAKERS: dict[str, Callable[[Atlas, Scene, str, Cite], Html]] = {
    "event": record_event.event,
    "border": record_place.border,
    "zone": record_place.zone,
    "base": record_place.base,
    "region": record_place.region,
    "country": record_place.country,
    "party": record_place.party,
}


def _empty(shown: Scene) -> Html:
    return tag(
        "div",
        tag("h2", "Nothing selected"),
        tag(
            "p",
            "Click a symbol, a border, a range or a country on the map, a row of the table below, or choose from \N{LEFT DOUBLE QUOTATION MARK}"
            "Open a record\N{RIGHT DOUBLE QUOTATION MARK} in the sidebar.",
        ),
        tag("h3", "In this view"),
        tag("p", shown.counts_line, data_told="counts"),
        _notes(shown),
        cls="panj-record panj-empty",
    )


def _notes(shown: Scene) -> Html:
    return inner(*(tag("p", note, cls="panj-soft") for note in shown.notes))


def _steps(shown: Scene) -> Html:
    """Previous and next event, close, and a link to just this."""
    before, after = neighbours(shown)
    return tag(
        "div",
        button("Copy link", data_copy=f"?{shown.view.to_query()}", data_focus="link"),
        _step(before, "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} {}", "Previous event"),
        _step(after, "{} \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", "Next event"),
        cls="panj-steps",
    )


def _step(target: tuple[str, int] | None, words: str, label: str) -> Child:
    if target is None:
        return button(words.format("").strip(), disabled=True, aria_label=label)
    return button(words.format(target[1]), data_pick=target[0], aria_label=f"{label}, number {target[1]}", data_focus=label)


def neighbours(shown: Scene) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    """Id and number of the events before and after the selected one in the key; the first one when no event is selected."""
    layer = shown.layer("events")
    features = layer.features if layer else ()
    if not len(features):
        return None, None
    place = position(features, shown.view.id)
    if place is None:
        return None, (features[0].id, 1)
    ends = [features[k] if 0 <= k < len(features) else None for k in (place - 1, place + 1)]
    first, last = ((end.id, end.n or 0) if end else None for end in ends)
    return first, last
