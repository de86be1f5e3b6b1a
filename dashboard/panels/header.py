"""Above the map: what the view shows, as of when, how it is marked, and how to take it away."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import words
from dashboard.desk import Desk
from dashboard.panels.markup import Child, Html, button, inner, tag
from dashboard.scene import Scene


def header(shown: Scene, picture: str) -> Html:
    """Title, as-of line with the counts, marking, and the buttons; `picture` = address of the picture, empty when no address can say it."""
    view = shown.view
    known = inner(", known on ", tag("b", words.words(view.known))) if view.known else None
    told = tag("p", tag("b", shown.subtitle), known, ". ", shown.counts_line, " ", _held_back(shown), title=shown.as_of_line)
    mark = tag("span", shown.marking, cls="panj-tlp", style=f"color:{shown.marking_colour}" if shown.marking_colour else None,
               title=f"The highest marking among the rows drawn. {shown.marking_meaning}".strip())  # fmt: skip
    copies = (
        button("Copy link", data_copy=f"?{view.to_query()}", data_focus="copy-link"),
        button("Copy picture", data_copy_picture=picture, data_focus="copy-picture", title="The page as a PNG, to paste elsewhere")
        if picture else None,
    )  # fmt: skip
    return tag(
        "header", tag("div", tag("h1", shown.title), told, tag("p", shown.as_of_line, cls="panj-asof")), tag("div", mark, *copies, cls="panj-actions")
    )


def _held_back(shown: Scene) -> Child:
    extra = [(shown.counts.answered, "answered"), (shown.counts.disputed, "disproved")]
    said = [f"{number:,} {what}" for number, what in extra if number]
    return tag("span", f"Not drawn: {', '.join(said)}.", cls="panj-soft") if said else None


def complaints(desk: Desk, said: Iterable[str]) -> Html:
    """What cannot be shown, in sentences."""
    lines = [*said]
    link = (
        tag(
            "div",
            button("\N{MULTIPLICATION SIGN}", cls="panj-close", data_act='{"do":"hush"}', aria_label="Dismiss", data_focus="hush"),
            tag("ul", *(tag("li", line) for line in lines[:12])),
            cls="panj-complaint",
            role="alert",
        )
        if lines
        else None
    )
    return inner(_no_events(desk), link)


def _no_events(desk: Desk) -> Html | None:
    """Why there are none at all: a file that cannot be used, or a theatre that has no file yet."""
    trouble = desk.trouble
    if desk.atlas.eventless:
        return tag("div", *trouble, cls="panj-complaint", role="status")
    if not trouble:
        return None
    told = tag("b", f"{desk.atlas.events_file} cannot be used, so no events are shown.")
    more = tag("p", f"and {len(trouble) - 12} more") if len(trouble) > 12 else None
    return tag("div", told, tag("ul", *(tag("li", line) for line in trouble[:12])), more, cls="panj-alarm", role="alert")
