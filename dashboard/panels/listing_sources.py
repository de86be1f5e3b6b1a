"""The sources tab: every source of the theatre, how good it is and why, what rests on it; a click shows only its events."""

from __future__ import annotations

import json

from dashboard import support, words
from dashboard.panels.markup import Child, Html, button, inner, link, tag, void
from dashboard.scene import Scene
from dashboard.support import Support
from geodata.atlas import Atlas

COLUMNS = ("#", "Source", "Published", "Grade", "Supports", "Contradicted", "")
UNDATED = (
    "\N{LEFT DOUBLE QUOTATION MARK}no date\N{RIGHT DOUBLE QUOTATION MARK}: the page carries none, so its reports count only while everything known "
    "is shown, not while \N{LEFT DOUBLE QUOTATION MARK}known on\N{RIGHT DOUBLE QUOTATION MARK} is set."
)


def sources(atlas: Atlas, shown: Scene) -> Html:
    """The table, those used in this view first, and below it what rests on background facts."""
    numbers = {source.id: source.n for source in shown.sources}
    chosen = set(shown.view.source or ())
    everything = sorted(support.supports(atlas, shown.view), key=lambda source: (source.id not in chosen, numbers.get(source.id, 1_000_000)))
    undated = sum(not source.published for source in everything)
    rows = (_row(source, numbers.get(source.id), on=source.id in chosen) for source in everything)
    head = tag("thead", tag("tr", *(tag("th", name, scope="col", data_column=name, tabindex=0, data_focus=f"sort:{name}") if name else tag("td")
                                    for name in COLUMNS)))  # fmt: skip
    return inner(
        tag("p", f"{words.count(len(everything), 'source')}, {len(numbers):,} of them in this view (numbered). ", _chosen(chosen), cls="panj-soft"),
        tag("p", f"{words.count(undated, 'source')} without a date. {UNDATED}", cls="panj-soft") if undated else None,
        tag("table", head, tag("tbody", *rows), cls="panj-sourcetable"),
        tag("h3", "Background facts drawn") if shown.references else None, tag("ul", *(tag("li", line) for line in shown.references)),
        tag("h3", "Notes"), tag("ul", *(tag("li", note) for note in (*shown.notes, shown.disclaimer, shown.credits))),
    )  # fmt: skip


def _chosen(chosen: set[str]) -> Child:
    return button("Show the events of every source", cls="panj-small", data_act='{"do":"source","id":""}', data_focus="source:") if chosen else None


def _row(source: Support, number: int | None, *, on: bool) -> Html:
    told = f"{source.reliability}: {words.RELIABILITY.get(source.reliability, '')}"
    cells = (
        tag("td", number, cls="panj-n", data_sort=number or 1_000_000),
        tag("td", tag("b", source.publisher), void("br"), link(source.url, source.title or "untitled"), title=source.id),
        tag("td", source.published or tag("span", "no date", cls="panj-badge", title=UNDATED), data_sort=source.published or "9999"),
        tag("td", tag("b", told), void("br"), tag("span", source.why, cls="panj-soft")),
        tag("td", _supported(source), data_sort=source.events),
        tag("td", source.contradicted or "", cls="panj-weak", data_sort=source.contradicted,
            title=f"{words.count(source.contradicted, 'claim')} that other reports contradict" if source.contradicted else None),
        tag("td", _filter(source, on=on)),
    )  # fmt: skip
    return tag("tr", *cells, cls="panj-on" if on else None)


def _supported(source: Support) -> str:
    told = [words.count(source.events, "event")] if source.events else []
    return ", ".join(told + [words.count(number, one, several) for one, several, number in source.background]) or "nothing by itself"


def _filter(source: Support, *, on: bool) -> Child:
    if not source.events:
        return None
    return button("Only these" if not on else "Show all", cls="panj-small", data_act=json.dumps({"do": "source", "id": "" if on else source.id}),
                  aria_label=f"Show only the events of {source.publisher}, {source.title}" if not on else "Show the events of every source",
                  data_focus=f"source:{source.id}")  # fmt: skip
