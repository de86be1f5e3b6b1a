"""`scene(atlas, view)` decides everything that is drawn, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from dashboard import membership, palette, titles, words
from dashboard.chronology import LISTED, chronology
from dashboard.layers import background
from dashboard.legend import legend
from dashboard.occurrences import Occurrences
from dashboard.opening import HOME, home
from dashboard.scene import Counts, Scene, SceneLayer, SourceLine
from dashboard.selection import Selection, index, select, shading_day
from dashboard.view import View
from geodata import days, geodesy
from geodata.atlas import NO_EVENTS, Atlas

DISCLAIMER = "Boundaries, names and designations shown imply no endorsement or acceptance."
LENGTHS = "Border lengths are as reported."
OUTDATED = {
    frozenset({"KGZ-TJK", "KGZ-UZB"}):
        "The Kyrgyz\N{EN DASH}Tajik and Kyrgyz\N{EN DASH}Uzbek lines predate the delimitations of 2023\N{EN DASH}2025.",
}  # fmt: skip
"""what is known to be out of date in the shipped shapes, by the borders it is about"""

CREDITS = "Map data: Natural Earth (public domain). Towns: Contains GeoNames data, CC BY 4.0."
__all__ = ["CREDITS", "GRADES", "HOME", "counts_line", "scene"]
REASONS, LINES = 3, 4
"""columns for which rows are held back, and lines of each, that are named"""

GRADES = "Grades (Admiralty): A\N{EN DASH}F reliability of the source, 1\N{EN DASH}6 credibility of the report."


def scene(atlas: Atlas, view: View, before: Atlas | None = None, only: frozenset[str] | None = None) -> Scene:
    """What `view` shows of `atlas`, and what changed since its `since` day or since the atlas `before`.

    `only`: ids of events; no other is drawn.
    """
    palette.use(atlas)
    chosen = _narrowed(atlas, select(atlas, view), only)
    events = Occurrences(atlas, view, chosen, before)
    drawn = _drawn(atlas, view, events)
    shown = events if "events" in view.layers else Occurrences(atlas, view, _nothing(chosen), before)
    counts = _counts(atlas, chosen, shown)
    title = view.title or titles.title(atlas, view, shown)
    as_of_line = titles.as_of_line(atlas, view)
    marking, unmarked = _marking(atlas, shown, view)
    subtitle = words.window(view.start, view.end)
    sources = _sources(atlas, shown)
    line = counts_line(counts)
    told = chronology(shown, sources)
    return Scene(
        view=view, title=title, subtitle=subtitle, as_of=days.iso(shading_day(view)), known=view.known.isoformat() if view.known else "",
        as_of_line=as_of_line, marking=marking, layers=drawn, legend=legend(atlas, drawn, shown), counts=counts, counts_line=line,
        sources=sources, references=_references(atlas, drawn, shading_day(view)), notes=_notes(atlas, view, counts, chosen, unmarked=unmarked),
        disclaimer=_disclaimer(atlas), credits=CREDITS, text=_text(f"{title}, {subtitle}. {as_of_line} {line}", told, sources),
        chronology=told, changes=shown.changes, differences=_differences(atlas, view),
        overlaps=tuple(membership.overlap(atlas, shading_day(view), view.layers)), buffer=_buffer(atlas, view),
        marking_meaning=atlas.markings.meanings.get(marking, ""), marking_colour=atlas.markings.colours.get(marking, ""),
        box=view.box or home(atlas), eligible=chosen.eligible,
    )  # fmt: skip


def _disclaimer(atlas: Atlas) -> str:
    """What the lines on the map do not claim, and which of this theatre's are out of date."""
    outdated = [told for pairs, told in OUTDATED.items() if pairs & set(atlas.borders["pair"])]
    return " ".join([DISCLAIMER, *outdated, *([LENGTHS] if len(atlas.tables["border_lengths"]) else [])])


def _narrowed(atlas: Atlas, chosen: Selection, only: frozenset[str] | None) -> Selection:
    """The selection without the events that are not among `only`."""
    if only is None:
        return chosen
    kept = index(atlas).rows["event"].isin(only).to_numpy()
    return replace(chosen, certain=chosen.certain & kept, possible=chosen.possible & kept, ahead=chosen.ahead & kept)


def _nothing(chosen: Selection) -> Selection:
    """A selection of no events, for a view whose event layer is off."""
    none = chosen.certain & False
    return Selection(none, none, none, none, chosen.hidden, chosen.disputed, chosen.answered, chosen.facets)


def _drawn(atlas: Atlas, view: View, events: Occurrences) -> tuple[SceneLayer, ...]:
    made = background(atlas, shading_day(view))
    layers = [SceneLayer(layer.key, layer.title, layer.kind, features) for key, (layer, features) in made.items() if key in view.layers]
    return (*layers, SceneLayer("events", "Events", "symbol", events)) if "events" in view.layers else tuple(layers)


def _marking(atlas: Atlas, shown: Occurrences, view: View) -> tuple[str, bool]:
    """The highest marking among the rows drawn or told as changed, raised but never lowered by the view; whether any row had none."""
    scheme = atlas.markings
    told = {marking for change in shown.changes for marking in change.markings}
    return scheme.highest([*shown.markings, *told, view.marking or scheme.lowest]), "" in shown.markings | told


def _counts(atlas: Atlas, chosen: Selection, shown: Occurrences) -> Counts:
    on = shown.selection
    return Counts(
        drawn=int(on.certain.sum()), possible=int(on.possible.sum()), ahead=int(on.ahead.sum()), held_back=atlas.held_back_rows,
        hidden_by_filters=chosen.hidden, undated_reports=shown.undated, disputed=chosen.disputed, answered=chosen.answered,
    )  # fmt: skip


def counts_line(counts: Counts) -> str:
    """`29 certain, 6 possible, 2 planned for later. Held back: 4.`"""
    if not counts.drawn + counts.possible + counts.ahead:
        told = "No events in this view"
    else:
        told = f"{counts.drawn:,} certain, {counts.possible:,} possible" + (f", {counts.ahead:,} planned for later" if counts.ahead else "")
    hidden = f" {counts.hidden_by_filters:,} hidden by filters." if counts.hidden_by_filters else ""
    return f"{told}.{hidden}" + (f" Held back: {counts.held_back:,}." if counts.held_back else "")


def _sources(atlas: Atlas, shown: Occurrences) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(number, name, row["publisher"], row["title"], row["published"], row["reliability"], str(shown.credibility[name]), row["why"])
        for name, number in shown.sources.items() for row in [index(atlas).source_rows[name]]
    )  # fmt: skip


def _references(atlas: Atlas, drawn: tuple[SceneLayer, ...], day: int) -> tuple[str, ...]:
    """Sources of the background facts that are drawn, by what they support."""
    on = {layer.key for layer in drawn}
    held = atlas.memberships[(atlas.memberships["from"] <= day) & (atlas.memberships["to"] > day)]
    tables = [
        ("Members", held[held["bloc"].isin(on)]["source"]),
        ("Border lengths", atlas.table("border_lengths")["source"] if "borders" in on else []),
        ("Border status", atlas.borders["source"] if "borders" in on else []),
        ("Ranges", atlas.zones["source"] if "zones" in on else []),
        ("Bases", atlas.bases["source"] if "bases" in on else []),
        ("Regions", atlas.table("regions")["source"] if "regions" in on else []),
    ]
    return tuple(f"{what}: {', '.join(names)}" for what, column in tables if (names := _publishers(atlas, column)))


def _publishers(atlas: Atlas, column: Iterable[str]) -> list[str]:
    ids = dict.fromkeys(name for text in column for name in text.split(";") if name)
    return list(dict.fromkeys(index(atlas).source_rows[name]["publisher"] for name in ids))


def _notes(atlas: Atlas, view: View, counts: Counts, chosen: Selection, *, unmarked: bool) -> tuple[str, ...]:
    said = (
        (atlas.eventless, NO_EVENTS),
        (counts.held_back, _held_back(atlas, counts.held_back)),
        (counts.answered, f"{words.count(counts.answered, 'announcement')} not drawn: what carries it out is known."),
        (counts.disputed, f"{words.count(counts.disputed, 'event')} left out, told only by reports of credibility 5."),
        (counts.undated_reports, f"{words.count(counts.undated_reports, 'report')} used whose day of publication is not known."),
        (view.compare, _compared(atlas, view)),
        (unmarked, f"Rows without a marking count as {atlas.markings.unmarked}."),
        (True, GRADES),
    )
    return tuple(text for applies, text in said if applies)


def _held_back(atlas: Atlas, count: int) -> str:
    """How many rows, and for which columns of which lines; what stands there is not told, for a row held back has no say in the marking."""
    lines: dict[str, set[int]] = {}
    for problem in atlas.row_problems:
        what = problem.column or "the row as a whole"
        lines.setdefault(f"{what} of {problem.file}" if atlas.files else what, set()).add(problem.line)
    said = [f"{column} ({'line' if len(found) == 1 else 'lines'} {words.few([f'{line:,}' for line in sorted(found)], LINES)})"
            for column, found in list(lines.items())[:REASONS]]  # fmt: skip
    more = [words.count(len(lines) - REASONS, "other column")] if len(lines) > REASONS else []
    return f"{words.count(count, 'row')} of {atlas.events_file} held back for {words.listed([*said, *more])}; panj check says what would be right."


def _text(head: str, told: tuple[str, ...], sources: tuple[SourceLine, ...]) -> str:
    """The map in words: what is drawn, in the order of time, and who says so."""
    cited = [f"[{source.n}] {source.publisher}, {source.published or 'no date'}, {source.reliability}" for source in sources[:LISTED]]
    return "\n".join([head, *told, *cited])


def _differences(atlas: Atlas, view: View) -> tuple[membership.Difference, ...]:
    if view.compare is None:
        return ()
    return tuple(membership.compare(atlas, days.number(view.compare), shading_day(view), view.layers))


def _compared(atlas: Atlas, view: View) -> str:
    return membership.compared(atlas, days.number(view.compare), shading_day(view), view.layers) if view.compare else ""


def _buffer(atlas: Atlas, view: View) -> BaseGeometry | None:
    """Everything within the distance of the border that the view asks for."""
    if view.near is None:
        return None
    line = atlas.borders.loc[atlas.borders["pair"] == view.near[0]].geometry.iloc[0]
    return geodesy.buffer_km(line, view.near[1])
