"""Sources as they are cited in a record, and other things every record says in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard import words
from dashboard.panels.markup import Child, Html, inner, link, pick, tag
from dashboard.scene import Feature, Scene
from dashboard.selection import index, known_day
from geodata import days
from geodata.atlas import Atlas
from geodata.days import INF


class Cite:
    """Cites sources by the numbers of the scene."""

    def __init__(self, atlas: Atlas, shown: Scene) -> None:
        """Keep the numbers of the scene's sources."""
        self.atlas, self.shown = atlas, shown
        self.numbers = {source.id: source.n for source in shown.sources}
        self.rows = index(atlas).source_rows

    def mark(self, source: str) -> Child:
        """A small number after a fact."""
        number = self.numbers.get(source)
        row = self.rows.get(source)
        return tag("sup", number, title=f"{row['publisher']}: {row['title']}" if row else None) if number else None

    def full(self, source: str, locator: str = "") -> Html:
        """Publisher, title as a link, number and place in the source."""
        row = self.rows.get(source)
        if row is None:
            return tag("span", source or "no source given", cls="panj-source")
        number = f" [{self.numbers[source]}]" if source in self.numbers else ""
        where = f" \N{MIDDLE DOT} {locator.replace(';', ', ')}" if locator else ""
        title = [link(row["url"], row["title"] or row["publisher"])] if row["title"] or row["url"] else []
        return tag("span", row["publisher"], ": " if title else "", *title, number, where, cls="panj-source")

    def short(self, sources: str) -> Html:
        """Publishers and dates of several ids joined by `;`."""
        return tag("span", *_between([self._short(name) for name in sources.split(";") if name]), cls="panj-source")

    def _short(self, source: str) -> Html:
        row = self.rows.get(source)
        if row is None:
            return inner(source)
        published = f" {row['published']}" if row["published"] else ""
        return inner(link(row["url"], f"{row['publisher']}{published}"))


def _between(parts: list[Html], comma: str = ", ") -> list[Child]:
    return [item for k, part in enumerate(parts) for item in ((comma if k else None), part)]


def separated(parts: Iterable[Html], comma: str = ", ") -> Html:
    """Parts with commas between."""
    return inner(*_between(list(parts), comma))


def head(icon: Child, above: str, title: str, below: str = "") -> Html:
    """Symbol, what it is, its name and the way to close it."""
    close = tag("button", "\N{MULTIPLICATION SIGN}", type="button", cls="panj-close", data_pick="", aria_label="Close the record", data_focus="close")
    told = tag("div", tag("div", above, cls="panj-soft"), tag("h2", title), tag("div", below, cls="panj-soft") if below else None)
    return tag("header", icon, told, close)


def facts(*rows: tuple[str, Child]) -> Html:
    """Short facts in two columns; what is empty is left out."""
    return tag("dl", *(inner(tag("dt", name), tag("dd", value)) for name, value in rows if value))


def section(title: str, *content: Child, note: str = "") -> Html:
    """A section with a heading; nothing at all when it is empty."""
    body = inner(*content)
    return tag("section", tag("h3", title, tag("span", note, cls="panj-soft") if note else None), body) if body else Html("")


def day_words(text: str) -> str:
    """A day, month or year of a table in words; as it stands when it is neither."""
    if not text:
        return ""
    first, last = days.span(text)
    if first == last:
        return days.words(first)
    return text if len(text) == 4 else f"{days.MONTHS[first.month - 1]} {first.year}"


def day(number: int) -> str:
    """A day number in words."""
    return "" if abs(number) >= INF else days.words(days.from_number(number))


def short_day(text: str) -> str:
    """`14 Sep 2021`."""
    if not text:
        return "no date"
    parsed = date.fromisoformat(text)
    return f"{parsed.day} {days.MONTHS[parsed.month - 1][:3]} {parsed.year}"


def known_event(atlas: Atlas, shown: Scene, key: str) -> dict | None:
    """An event as known on the knowledge day, as a row of `versions`; None when it is not known yet."""
    return index(atlas).known_row(key, known_day(shown.view))


def drawn(shown: Scene) -> dict[str, Feature]:
    """The events drawn, by id; at most 5,000, so that a record stays quick."""
    layer = shown.layer("events")
    return {feature.id: feature for feature in (layer.features[:5000] if layer else ())}


def event_lines(features: Iterable[Feature], *, most: int = 60, how: dict[str, str] | None = None) -> Html:
    """Events one below the other, to be picked."""
    listed = list(features)
    lines = [tag("li", tag("span", feature.when, cls="panj-soft"), pick(feature.id, f"{feature.n}. {feature.title}"),
                 tag("span", (how or {}).get(feature.id, ""), cls="panj-how") if how else None) for feature in listed[:most]]  # fmt: skip
    more = tag("p", f"and {len(listed) - most:,} more", cls="panj-soft") if len(listed) > most else None
    return inner(tag("ul", *lines, cls="panj-events"), more) if lines else Html("")


def window_words(shown: Scene) -> str:
    """The window, for headings of lists."""
    return words.window(shown.view.start, shown.view.end)
