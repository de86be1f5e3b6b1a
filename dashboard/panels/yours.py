"""The Your data tab: a file comes in, its columns are mapped, every verdict is shown and mended, and its rows are drawn for this session alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.acts import RefusedError
from dashboard.panels import address, briefing, yours_bar, yours_columns, yours_form, yours_mend, yours_questions, yours_table
from dashboard.panels.briefing import complaints
from dashboard.panels.markup import Html, inner, tag
from dashboard.panels.yours_bar import USES, do
from dashboard.panels.yours_judge import Judged
from dashboard.panels.yours_page import session
from dashboard.panels.yours_session import Session
from dashboard.scene import Scene
from geodata import days
from geodata.atlas import Atlas
from geodata.tables import LINE

NOTES = 6
"""about the file that stand open; the others are folded"""


def yours(atlas: Atlas, shown: Scene) -> Html:
    """The whole tab."""
    own = session()
    own.heard = True
    if own.now.work.empty:
        body = inner(yours_bar.empty(own), yours_form.form(own, atlas), yours_form.entered(own))
    else:
        body = inner(yours_bar.bar(own), yours_bar.kept(own), _reach(own, shown), _selected(own, shown), yours_form.form(own, atlas), _case(own))
    return inner(yours_bar.working(own), complaints([*filter(None, [own.unkept]), *own.said]), body)


def _selected(own: Session, shown: Scene) -> Html:
    """The event selected on the map, when it is one of the file's, to be mended whatever was said of it."""
    case, event = own.now.case, shown.view.id.removeprefix("event:")
    if case is None or own.now.trouble or own.now.desk is None or event == shown.view.id:
        return inner()
    rows = case.reports.loc[case.reports["event"] == event]
    told = (inner(do(f"Mend line {int(line):,}", "mend", cls="panj-small", line=int(line)), " ") for line in rows[LINE].head(5))
    return tag("p", "Selected: ", tag("b", rows["title"].iloc[0]), " ", *told) if len(rows) else inner()


def _reach(own: Session, shown: Scene) -> Html:
    """From when to when its rows reach, and how to see them all."""
    ends = reach(own.now)
    if ends is None or own.now.desk is None:
        return inner()
    first, last = ends
    told = f"Its rows reach from {days.words(days.from_number(first))} to {days.words(days.from_number(last))}. "
    inside = days.number(shown.view.start) <= first and last <= days.number(shown.view.end)
    return tag("p", told, None if inside else do("Show all these days", "span", cls="panj-small"))


def reach(now: Judged) -> tuple[int, int] | None:
    """The first and the last day of all rows that can be drawn; None without any."""
    frames = [part.reports for part in now.parts if len(part.reports)]
    if not frames:
        return None
    known = [(int(frame["w0"].min()), int(frame["w1"][frame["w1"] < days.INF].max() if (frame["w1"] < days.INF).any() else frame["w0"].max()))
             for frame in frames]  # fmt: skip
    return min(first for first, _ in known), max(last for _, last in known)


def _case(own: Session) -> Html:
    case = own.now.case
    if case is None:
        return yours_form.entered(own)
    if own.now.trouble:
        return inner(complaints(["This file cannot be judged yet:", *own.now.trouble]), yours_columns.columns(own, opened=True),
                     yours_form.entered(own))  # fmt: skip
    return inner(_counts(own), yours_questions.questions(own), yours_columns.columns(own, opened=False), yours_table.verdicts(own),
                 yours_form.entered(own))  # fmt: skip


def _counts(own: Session) -> Html:
    counts = own.now.file.counts
    said = [words.count(counts["rows"], "row"), f"{counts['used']:,} can be drawn", f"{counts['held_back']:,} held back",
            f"{counts['warned']:,} warned", f"{counts['fixed']:,} fixed", f"{counts['no_event']:,} no event"]  # fmt: skip
    notes = [f"{note[:1].upper()}{note[1:]}. " for note in own.now.case.notes]
    shown = tag("p", tag("b", ", ".join(said)), ". ", *notes[:NOTES], cls="panj-counted")
    rest = tag("details", tag("summary", f"{words.count(len(notes) - NOTES, 'note')} more"), tag("p", *notes[NOTES:]), cls="panj-counted")
    return inner(shown, *([rest] if notes[NOTES:] else []))


def act(told: Mapping[str, Any]) -> None:
    """In a callback: an act of this tab; any other goes on to the Briefing tab."""
    if told.get("do") != "yours":
        briefing.act(told)
        return
    st.session_state["acted"] = True
    own = session()
    if own.heard and told.get("what") != "done":  # a job that ends is nobody's act: what was said may not have been read
        own.said, own.heard = [], False
    try:
        ACTS.get(str(told.get("what")), _nothing)(own, told)
    except ValueError as error:
        own.say(str(error))


def _nothing(own: Session, told: Mapping[str, Any]) -> None:
    """An act that means nothing here, such as the word that a job has ended: the run that follows takes its result."""


def _came(own: Session, told: Mapping[str, Any]) -> None:
    """Read the file that has arrived; events entered by hand stay."""
    if own.arrived is None:
        raise RefusedError("the file did not arrive whole; choosing it once more would be right")
    (name, content), own.arrived = own.arrived, None
    own.editing = None
    own.looking = replace(own.looking, level="", column="", words="")
    own.change(name=name, content=content, mapping=None, edits=())


def _refused(own: Session, told: Mapping[str, Any]) -> None:
    raise RefusedError(str(told.get("text", ""))[:300])


def _used(own: Session, told: Mapping[str, Any]) -> None:
    use = str(told.get("value", ""))
    if use in USES and use != own.wanted.use:
        own.change(use=use)


def _undone(own: Session, told: Mapping[str, Any]) -> None:
    own.editing = own.form = None
    own.undo()


def _cleared(own: Session, told: Mapping[str, Any]) -> None:
    own.editing = own.form = None
    own.clear()


def _spanned(own: Session, told: Mapping[str, Any]) -> None:
    """Show every day its rows reach to."""
    if ends := reach(own.now):
        first, last = map(days.from_number, ends)
        address.change(lambda view: replace(view, start=first, end=last, span="all"))


ACTS: dict[str, Callable[[Session, Mapping[str, Any]], None]] = {
    "came": _came, "refused": _refused, "use": _used, "undo": _undone, "clear": _cleared, "span": _spanned, **yours_columns.ACTS, **yours_table.ACTS,
    **yours_mend.ACTS, **yours_questions.ACTS, **yours_form.ACTS,
}  # fmt: skip
