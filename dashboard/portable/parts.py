"""The parts of a portable map that are read: title, events, sources, changes, notes and the view as text."""

from __future__ import annotations

from dashboard import words
from dashboard.changes import Change
from dashboard.panels import icons
from dashboard.panels.markup import Child, Html, inner, link, pick, sorter, tag, void
from dashboard.portable.reach import Reach
from dashboard.scene import Feature, Scene, SourceLine
from geodata.atlas import Atlas

COLUMNS = ("#", "", "Event", "When", "Status", "Place", "Blocs", "Grade", "Marking", "Sources")


MARKS = {"TLP:RED": "red", "TLP:AMBER": "amber", "TLP:AMBER+STRICT": "amber", "TLP:GREEN": "green", "TLP:CLEAR": "clear"}
"""classes of the style sheet: a file that runs no foreign code has no styles of its own"""


def banner(marking: str, where: str) -> Html:
    """The marking, at the top or at the bottom of the window and of every printed page."""
    colour = MARKS.get(marking, "plain")
    return tag("div", marking, cls=f"portable-mark portable-{where} panj-tlp-{colour}", role="note", aria_label=f"Marking, {where}")


def heading(shown: Scene) -> Html:
    """Title, window, counts and what is known; the script rewrites window and counts as the timeline moves."""
    known = inner(", known on ", tag("b", words.words(shown.view.known))) if shown.view.known else None
    told = tag("p", tag("b", shown.subtitle, id="portable-window"), known, ". ", tag("span", shown.counts_line, id="portable-counts"))
    return tag("header", tag("div", tag("h1", shown.title), told, tag("p", shown.as_of_line, cls="panj-asof", id="portable-asof")))


def tabs(reach: Reach) -> Html:
    """Everything below the map, one part after the other; the script shows one at a time."""
    shown = reach.shown
    parts = {
        "table": ("Events", inner(table(reach), tag("p", "No event in this window.", cls="panj-soft", id="portable-none", hidden=True))),
        "text": ("View as text", text(shown)),
        "sources": ("Sources", sources(reach)),
        "changes": ("Changes", changes(reach)) if shown.changes or shown.view.since else None,
        "notes": ("Notes and credits", notes(reach)),
    }
    return inner(*(_part(key, *part) for key, part in parts.items() if part))


def _part(key: str, name: str, content: Html) -> Html:
    return tag("section", tag("h2", name, id=f"name-{key}"), content, id=f"part-{key}", cls=f"panj-tab panj-{key}", aria_labelledby=f"name-{key}",
               data_name=name)  # fmt: skip


def table(reach: Reach) -> Html:
    """Every event in reach; those outside of the view's own window wait, hidden, for the timeline."""
    there = {feature.id: feature.certainty for feature in _drawn(reach.shown)}
    names = dict(zip(reach.atlas.table("blocs")["id"], reach.atlas.table("blocs")["name"], strict=True))
    marked = len({feature.marking for feature in reach.events}) > 1
    columns = [name for name in COLUMNS if marked or name != "Marking"]
    head = tag("tr", *map(sorter, columns))
    rows = (_row(feature, there.get(feature.id, ""), names, marked=marked) for feature in reach.events)
    widths = tag("colgroup", *(void("col", cls=f"portable-col-{name.lower().replace('#', 'n') or 'icon'}") for name in columns))
    caption = tag("caption", "Events in the window of the timeline", cls="portable-unseen")
    return tag("table", caption, widths, tag("thead", head), tag("tbody", *rows))


def _drawn(shown: Scene) -> tuple[Feature, ...]:
    layer = shown.layer("events")
    return tuple(layer.features) if layer else ()


def _row(feature: Feature, certainty: str, names: dict[str, str], *, marked: bool) -> Html:
    icon = icons.symbol(feature.kind, status=feature.status, blocs=feature.blocs)
    cells = (
        tag("td", feature.n, cls="panj-n"), tag("td", icon), tag("td", feature.title, title=feature.title),
        tag("td", feature.when, data_sort=feature.days[0], title=feature.when),
        tag("td", _status(feature), _certainty("possible", "date only possible", certainty), _certainty("ahead", "planned for later", certainty)),
        tag("td", feature.place, title=feature.place), tag("td", ", ".join(names.get(bloc, bloc) for bloc in feature.blocs)),
        tag("td", feature.grade, cls="panj-grade" + (" panj-weak" if feature.grade[-1:] in ("4", "5") else "")),
        tag("td", feature.marking) if marked else None, tag("td", ", ".join(map(str, feature.sources))),
    )  # fmt: skip
    return tag("tr", *cells, tabindex=0, data_pick=feature.id, hidden=not certainty)


def _certainty(kind: str, told: str, now: str) -> Html:
    return tag("span", f", {told}", data_when=kind, hidden=kind != now)


def _status(feature: Feature) -> str:
    return ", ".join(part for part in (words.STATUS[feature.status], feature.note) if part)


def text(shown: Scene) -> Html:
    """The view in words; it is that of the window the file was made for."""
    lines = (tag("p", line) for line in shown.text.split("\n"))
    told = (tag("p", line) for line in shown.overlaps)
    return tag("div", tag("p", f"As exported: {shown.subtitle}.", cls="panj-soft"), *lines, *told, cls="portable-text")


def sources(reach: Reach) -> Html:
    """The numbered sources of every event in reach, and those of background facts."""
    urls = reach.atlas.sources["url"].to_dict()
    background = tag("ul", *(tag("li", line) for line in reach.shown.references))
    return inner(tag("ol", *(_source(source, urls.get(source.id, "")) for source in reach.whole.sources)),
                 inner(tag("h3", "Background facts"), background) if reach.shown.references else None)  # fmt: skip


def _source(source: SourceLine, url: str) -> Html:
    told = f"{source.reliability}: {words.RELIABILITY.get(source.reliability, '')}"
    best = f"; best report {source.reliability}{source.credibility}, {words.CREDIBILITY[int(source.credibility)]}" if source.credibility else ""
    return tag("li", tag("b", source.publisher), ", ", link(url, source.title or "untitled"), f", {source.published or 'no date'}. ",
               tag("span", f"{told}{best}. {source.why}", cls="panj-soft"), value=source.n)  # fmt: skip


def changes(reach: Reach) -> Html:
    """What reads differently since the day or file compared with; events no longer in reach are only counted."""
    found, there = reach.shown.changes, {feature.id for feature in reach.events}
    if not found:
        return tag("p", "Nothing in this view reads differently.", cls="panj-soft")
    gone = sum(change.id not in there for change in found)
    left = tag("p", f"{words.count(gone, 'event')} drawn then and not in this file now.", cls="panj-soft") if gone else None
    return inner(tag("ul", *(_change(change) for change in found if change.id in there)), left)


def _change(change: Change) -> Html:
    fields = (tag("li", f"{name}: ", tag("del", was or "nothing"), " ", tag("ins", now or "nothing")) for name, was, now in change.fields)
    return tag("li", pick(change.id, change.title), tag("span", ", ".join(change.what), cls="panj-badge"), tag("ul", *fields))


def notes(reach: Reach) -> Html:
    """What was held back and why, the disclaimer, the credits, and what this file is."""
    shown, count = reach.shown, words.count(len(reach.events), "event")
    unmarked = [note for note in reach.whole.notes if note not in shown.notes and reach.atlas.markings.unmarked in note]
    own = f"This file holds {count}: all that the view lets through and the timeline reaches. What filters or its knowledge day hide is not in it."
    marked = f"Marked {reach.marking}: the highest marking among all of them." if reach.events else f"Marked {reach.marking}."
    return tag("ul", *(tag("li", line) for line in (*shown.notes, *unmarked, own, marked, shown.disclaimer, shown.credits)))


def offered(reach: Reach, names: dict[str, str], kinds: dict[str, str]) -> Html:
    """Everything that can be opened, as a list for the keyboard."""
    groups = [("Events", [(feature.id, f"{feature.n}. {feature.title}") for feature in reach.events])]
    groups += [(title, sorted(((key, name) for key, name in names.items() if key.startswith(f"{kind}:")), key=lambda entry: entry[1]))
               for kind, title in kinds.items()]  # fmt: skip
    lists = (tag("optgroup", *(tag("option", name, value=key) for key, name in entries), label=title) for title, entries in groups if entries)
    return tag("select", tag("option", "Open a record", value=""), *lists, id="portable-open", aria_label="Open a record")


def about(atlas: Atlas, count: int) -> Html:
    """The mark and what the file holds."""
    held = tag("span", f"{atlas.events_file} \N{MIDDLE DOT} {words.count(count, 'event')}", cls="panj-soft")
    return tag("div", icons.LOGO, tag("div", tag("strong", "Panj"), held), cls="panj-mark")


def layer(key: str, title: str, *, on: bool) -> Child:
    """One switch: box, the map's own sample, name."""
    box = void("input", type="checkbox", checked=on, value=key)
    return tag("label", box, icons.swatch(key), tag("span", title, cls="panj-name"), cls="panj-row" + ("" if on else " panj-off"))
