"""The Briefing tab: from the view on the screen to a page, slides or a file, made beside the page while the map stays quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import eyes
from dashboard.acts import RefusedError
from dashboard.desk import desk, staged
from dashboard.jobs import Job
from dashboard.outputs import DATA
from dashboard.panels import address, briefing_draft, briefing_form, briefing_job, briefing_views
from dashboard.panels.briefing_draft import Draft
from dashboard.panels.briefing_make import doing, make
from dashboard.panels.briefing_session import Look, Session, earlier, session
from dashboard.panels.markup import Html, inner, tag
from dashboard.remarks import unshown
from dashboard.scene import Scene
from dashboard.view import KEYS
from geodata.atlas import Atlas

SEALED = "A text alternative, the view, and a seal for panj verify"
SEALED_BESIDE = "A seal for panj verify, in a file beside it"


def briefing(atlas: Atlas, shown: Scene) -> Html:
    """The whole tab."""
    own = session()
    before = earlier()
    own.look = Look(atlas, before, shown.view, own.draft)
    plain = _plain(atlas, shown, before)
    newest = own.newest
    outdated = newest is not None and newest.about != (own.look.key, own.draft)
    side = tag("div", _states(shown, plain, own.draft), briefing_views.shelf(own, shown), cls="panj-brief-side")
    options = briefing_form.options(atlas.markings, shown, plain, own.draft)
    return inner(briefing_form.bar(shown, plain, own.draft), briefing_job.box(newest, outdated=outdated), _earlier(own), complaints(own.said),
                 tag("div", _preview(own, shown), options, side, cls="panj-brief-columns"))  # fmt: skip


def _plain(atlas: Atlas, shown: Scene, before: Atlas | None) -> Scene:
    """The same view without title and marking of the analyst's own: what they would be by themselves."""
    view = replace(shown.view, title="", marking="")
    return shown if view == shown.view else staged(atlas, view, before)


def complaints(said: list[str]) -> Html:
    """Sentences about what could not be done."""
    return tag("div", *(tag("p", line) for line in said[:12]), cls="panj-complaint", role="alert") if said else inner()


def _earlier(own: Session) -> Html:
    """What was made before the newest."""
    made = [job for job in own.jobs[:-1] if job.files]
    links = (inner(briefing_job.download(job, job.name, job.name), " ") for job in reversed(made))
    return tag("p", "Made before: ", *links, cls="panj-soft panj-before") if made else inner()


def _preview(own: Session, shown: Scene) -> Html:
    if not own.draft.printed:
        return tag("div", tag("p", briefing_form.MEANS.get(own.draft.ending, "The view as data")), tag("p", shown.counts_line, cls="panj-soft"),
                   cls="panj-preview panj-words")  # fmt: skip
    first = "Each page has its own frame or dates. " if own.draft.every else ""
    alt = f"Preview of the page: {shown.title}, {shown.subtitle}"
    wait = tag("span", "Drawing the preview \N{HORIZONTAL ELLIPSIS}", data_said="preview")
    return tag("figure", tag("div", wait, data_alt=alt, cls="panj-sheet"),
               tag("figcaption", first, "Drawn small; what is prepared is sharp.", cls="panj-soft"),
               data_preview=f"/preview/{own.token}/{own.look.key}.png" if own.look else None, cls="panj-preview")  # fmt: skip


def _states(shown: Scene, plain: Scene, draft: Draft) -> Html:
    """What the output says of itself, and to whom its colours do not speak."""
    grades = ", ".join(f"{sum(source.reliability == letter for source in shown.sources)} {letter}" for letter in _letters(shown))
    raised = f", raised from {plain.marking}" if plain.marking != shown.marking else ""
    told = [inner(tag("b", shown.marking), f"{raised}, on every page and in the file"), shown.counts_line, shown.as_of_line,
            f"{len(shown.sources)} numbered sources" + (f" (reliability: {grades})" if grades else "")]  # fmt: skip
    told += [SEALED] if draft.printed else [SEALED_BESIDE] if draft.ending in DATA else []
    if not draft.printed:
        return briefing_form.lines("It states", told)
    lost = unshown(shown, draft.ending, draft.paper)
    return inner(briefing_form.lines("It states", told), briefing_form.lines("It cannot show", lost) if lost else None,
                 _colours(eyes.confusions(shown.legend)))  # fmt: skip


def _letters(shown: Scene) -> list[str]:
    return sorted({source.reliability for source in shown.sources})


def _colours(alike: tuple[str, ...]) -> Html:
    if not alike:
        return tag("p", "Colours: every entry of the legend can be told apart in grey and with any colour blindness.", cls="panj-soft")
    return tag("div", briefing_form.lines("Colours that look alike", alike), cls="panj-alike")


def act(told: Mapping[str, Any]) -> None:
    """In a callback: an act of the Briefing tab; any other goes on to the address."""
    do = told.get("do")
    if do not in _ACTS:
        address.act(dict(told))
        return
    st.session_state["acted"] = True
    own = session()
    own.said = []
    try:
        _ACTS[do](own, told)
    except ValueError as error:
        own.said = [str(error)]


def _chosen(own: Session, told: Mapping[str, Any]) -> None:
    what, value = str(told.get("what")), str(told.get("value", ""))
    if what == "title":
        _titled(value)
    elif what == "marking":
        _marked(value)
    else:
        own.draft = briefing_draft.put(own.draft, what, value)


def _titled(text: str) -> None:
    try:
        title = KEYS["title"][1](text.strip())
    except ValueError as error:
        raise RefusedError(f"title: {error}") from error
    address.change(lambda view: replace(view, title=title))


def _marked(name: str) -> None:
    if name and name not in desk().vocabulary.markings:
        raise RefusedError(f"marking: {name[:60]!r} is not one of {', '.join(desk().vocabulary.markings)}")
    address.change(lambda view: replace(view, marking=name))


def _prepare(own: Session, _: Mapping[str, Any]) -> None:
    """Begin to make what the tab shows now."""
    look = Look(desk().atlas, earlier(), address.current(), own.draft)
    shown = staged(look.atlas, look.view, look.before)
    own.start(Job(briefing_draft.file_name(shown, look.draft), doing(look), (look.key, look.draft)), make(look))


def _cancel(own: Session, _: Mapping[str, Any]) -> None:
    own.cancel()


_ACTS = {"brief": _chosen, "prepare": _prepare, "cancel": _cancel, "shelf": briefing_views.act, "shelf_import": briefing_views.act}
