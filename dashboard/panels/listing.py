"""Below the map: the table, the chronology, sources, changes and blocs, of which only the one looked at is made."""

from __future__ import annotations

from functools import partial

from dashboard import words
from dashboard.panels import icons
from dashboard.panels.briefing import briefing
from dashboard.panels.listing_blocs import blocs_tab
from dashboard.panels.listing_changes import changes
from dashboard.panels.listing_sources import sources
from dashboard.panels.markup import Child, Html, button, inner, sorter, tag, void
from dashboard.panels.yours import yours
from dashboard.scene import Feature, Scene
from geodata.atlas import Atlas

ROWS = 300
"""rows of the table; a view with more says so"""

TABS = {"table": "Table", "chronology": "Chronology", "sources": "Sources", "changes": "Changes", "blocs": "Blocs", "briefing": "Briefing",
        "yours": "Your data"}  # fmt: skip
COLUMNS = ("#", "", "Event", "When", "Status", "Place", "Blocs", "Grade", "Sources")


def listing(atlas: Atlas, shown: Scene, tab: str, earlier: str = "") -> Html:
    """The tabs and the one that is open; `earlier` = name of the earlier events file the scene is compared with."""
    now = tab if tab in TABS else "table"
    layer = shown.layer("events")
    counts = {
        "table": len(layer.features) if layer else 0,
        "sources": len(shown.sources),
        "changes": len(shown.changes) if shown.view.since or earlier else None,
    }
    keys = (
        tag(
            "button",
            name,
            tag("span", f" {counts[key]:,}", cls="panj-soft") if counts.get(key) is not None else None,
            type="button",
            role="tab",
            aria_selected="true" if key == now else "false",
            data_act=f'{{"do":"tab","id":"{key}"}}',
            data_focus=f"tab:{key}",
        )
        for key, name in TABS.items()
    )
    make = {"table": _table, "chronology": _chronology, "sources": sources, "changes": partial(changes, earlier=earlier), "blocs": blocs_tab,
            "briefing": briefing, "yours": yours}[now]
    return inner(tag("div", *keys, cls="panj-tabs", role="tablist"), tag("div", make(atlas, shown), cls=f"panj-tab panj-{now}", role="tabpanel"))


def _table(atlas: Atlas, shown: Scene) -> Html:
    layer = shown.layer("events")
    if not layer or not len(layer.features):
        return tag("p", shown.counts_line, cls="panj-soft")
    blocs = dict(zip(atlas.table("blocs")["id"], atlas.table("blocs")["name"], strict=True))
    rows = (_row(feature, shown.view.id, blocs) for feature in layer.features[:ROWS])
    left = len(layer.features) - ROWS
    more = (
        tag("p", f"The first {ROWS} of {len(layer.features):,}; narrow the window or the filters for the rest.", cls="panj-soft")
        if left > 0
        else None
    )
    widths = tag("colgroup", *(void("col") for _ in COLUMNS))
    return inner(tag("table", widths, tag("thead", tag("tr", *map(sorter, COLUMNS))), tag("tbody", *rows)), more,
                 tag("p", SIGNS_SAID, cls="panj-soft"))  # fmt: skip


def _row(feature: Feature, selected: str, names: dict[str, str]) -> Html:
    icon = icons.symbol(feature.kind, status=feature.status, blocs=feature.blocs, possible=feature.certainty == "possible")
    part = tag("span", "\N{DOWNWARDS ARROW WITH TIP RIGHTWARDS} ", cls="panj-soft", title="part of the meeting above") if feature.part_of else None
    on = feature.id == selected
    cells = (
        tag("td", feature.n, cls="panj-n"),
        tag("td", icon),
        tag("td", part, feature.title, title=feature.title),
        tag("td", feature.when, data_sort=feature.days[0], title=feature.when),
        tag("td", _status(feature)),
        tag("td", feature.place, title=feature.place),
        tag("td", ", ".join(names.get(bloc, bloc) for bloc in feature.blocs)),
        tag("td", feature.grade, _flags(feature), title=_graded(feature),
            cls="panj-grade" + (" panj-weak" if feature.grade[-1:] in ("4", "5") else "")),
        tag("td", ", ".join(map(str, feature.sources))),
    )  # fmt: skip
    return tag("tr", *cells, tabindex=0, data_pick=feature.id, aria_selected="true" if on else "false", cls="panj-on" if on else None)


SIGNS = {"single_source": "1\N{MULTIPLICATION SIGN}", "contradicted": "\N{NOT EQUAL TO}", "differing": "\N{NOT EQUAL TO}"}
"""signs of what a reader should know of an event's evidence"""

SIGNS_SAID = "1\N{MULTIPLICATION SIGN} one publisher only. \N{NOT EQUAL TO} reports contradict it, or differ among themselves."


def _flags(feature: Feature) -> Child:
    signs = dict.fromkeys(SIGNS[flag] for flag in feature.flags if flag in SIGNS)
    return [tag("span", sign, cls="panj-flag", aria_hidden="true") for sign in signs]


def _graded(feature: Feature) -> str:
    """The grade and the flags in words."""
    told = [f"{words.RELIABILITY[feature.grade[0]]}, {words.CREDIBILITY[int(feature.grade[1])]}"]
    return "; ".join(told + [words.FLAGS[flag] for flag in feature.flags if flag in words.FLAGS])


def _status(feature: Feature) -> str:
    certainty = {"possible": "date only possible", "ahead": "planned for later"}.get(feature.certainty, "")
    return ", ".join(part for part in (words.STATUS[feature.status], certainty, feature.note) if part)


def _chronology(atlas: Atlas, shown: Scene) -> Html:
    """The view told in sentences, to be copied."""
    return inner(button("Copy text", data_copy=shown.text, data_focus="copy-text"), tag("p", shown.as_of_line, " ", shown.counts_line),
                 tag("ol", *(tag("li", sentence) for sentence in shown.chronology)), (tag("p", line) for line in shown.overlaps))  # fmt: skip
