"""Below the map: the table, the chronology and the sources, of which only the one looked at is made."""

from __future__ import annotations

from dashboard import words
from dashboard.panels import icons
from dashboard.panels.markup import Html, button, inner, link, pick, tag, void
from dashboard.scene import Feature, Scene, SourceLine
from geodata.atlas import Atlas

ROWS = 300
"""rows of the table; a view with more says so"""

TABS = {"table": "Table", "chronology": "Chronology", "sources": "Sources", "changes": "Changes"}
COLUMNS = ("#", "", "Event", "When", "Status", "Place", "Blocs", "Grade", "Sources")


def listing(atlas: Atlas, shown: Scene, tab: str) -> Html:
    """The tabs and the one that is open."""
    now = tab if tab in TABS else "table"
    layer = shown.layer("events")
    counts = {
        "table": len(layer.features) if layer else 0,
        "sources": len(shown.sources),
        "changes": len(shown.changes) if shown.view.since else None,
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
    make = {"table": _table, "chronology": _chronology, "sources": _sources, "changes": _changes}[now]
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
    return inner(tag("table", widths, tag("thead", tag("tr", *map(_heading, COLUMNS))), tag("tbody", *rows)), more)


def _heading(name: str) -> Html:
    return (
        tag("th", name, scope="col", data_column=name, tabindex=0, data_focus=f"sort:{name}", title=f"Sort by {name.lower()}") if name else tag("td")
    )


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
        tag("td", feature.grade, cls="panj-grade" + (" panj-weak" if feature.grade[-1:] in ("4", "5") else "")),
        tag("td", ", ".join(map(str, feature.sources))),
    )
    return tag("tr", *cells, tabindex=0, data_pick=feature.id, aria_selected="true" if on else "false", cls="panj-on" if on else None)


def _status(feature: Feature) -> str:
    certainty = {"possible": "date only possible", "ahead": "planned for later"}.get(feature.certainty, "")
    return ", ".join(part for part in (words.STATUS[feature.status], certainty, feature.note) if part)


def _chronology(atlas: Atlas, shown: Scene) -> Html:
    """The view told in sentences, to be copied."""
    return inner(button("Copy text", data_copy=shown.text, data_focus="copy-text"), tag("p", shown.as_of_line, " ", shown.counts_line),
                 tag("ol", *(tag("li", sentence) for sentence in shown.chronology)), (tag("p", line) for line in shown.overlaps))  # fmt: skip


def _changes(atlas: Atlas, shown: Scene) -> Html:
    """What reads differently since an earlier knowledge day."""
    since = shown.view.since.isoformat() if shown.view.since else ""
    day = tag(
        "label", "Compared with what was known on ", void("input", type="date", value=since, data_field="since", data_focus="since"), cls="panj-since"
    )
    if not since:
        return inner(day, tag("p", "No earlier day is chosen.", cls="panj-soft"))
    lines = (
        tag(
            "li",
            pick(change.id, change.title),
            tag("span", ", ".join(change.what), cls="panj-badge"),
            tag("ul", *(tag("li", f"{name}: ", tag("del", was or "nothing"), " ", tag("ins", now or "nothing")) for name, was, now in change.fields)),
        )
        for change in shown.changes
    )
    return inner(day, tag("ul", *lines) if shown.changes else tag("p", "Nothing in this view reads differently.", cls="panj-soft"))


def _sources(atlas: Atlas, shown: Scene) -> Html:
    urls = atlas.sources["url"].to_dict()
    notes = (*shown.notes, shown.disclaimer, shown.credits)
    return inner(
        tag("ol", *(_source(source, urls.get(source.id, "")) for source in shown.sources)),
        tag("h3", "Background facts") if shown.references else None, tag("ul", *(tag("li", line) for line in shown.references)),
        tag("h3", "Notes"), tag("ul", *(tag("li", note) for note in notes)),
    )  # fmt: skip


def _source(source: SourceLine, url: str) -> Html:
    told = f"{source.reliability}: {words.RELIABILITY.get(source.reliability, '')}"
    best = f"; best report {source.reliability}{source.credibility}, {words.CREDIBILITY[int(source.credibility)]}" if source.credibility else ""
    return tag("li", tag("b", source.publisher), ", ", link(url, source.title or "untitled"), f", {source.published or 'no date'}. ",
               tag("span", f"{told}{best}. {source.why}", cls="panj-soft"), value=source.n)  # fmt: skip
