"""One event entered by hand: a form, and a click on the map for its place."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from dashboard import words
from dashboard.acts import RefusedError
from dashboard.desk import Desk, desk_of_process
from dashboard.panels import yours_entry
from dashboard.panels.markup import Html, button, inner, tag
from dashboard.panels.yours_columns import WORDS
from dashboard.panels.yours_mend import cell, require_short
from dashboard.panels.yours_parts import FIELDS, reasons, remarks
from dashboard.panels.yours_session import Placing, Session
from dashboard.projects import MERGE
from geodata.atlas import Atlas
from geodata.intake import HELD_BACK, LEVELS, Ground
from geodata.schema import STATUSES

HINTS = {"start": "2021-09-16", "end": "as the start", "country": "AFG", "lat": "38.5", "lon": "68.8", "source": "who says so",
         "reported": "2021-09-17"}  # fmt: skip


def start(label: str) -> Html:
    """The button that opens the form."""
    return button(label, data_act='{"do":"yours","what":"enter"}', data_focus="yours:enter")


def form(own: Session, atlas: Atlas) -> Html:
    """The form, when it is open."""
    if own.form is None:
        return inner()
    kinds = dict(zip(atlas.table("kinds")["id"], atlas.table("kinds")["name"], strict=True))
    lists = {"kind": kinds, "status": {status: words.STATUS[status] for status in STATUSES}}
    fields = (_field(name, own.form.fields.get(name, ""), lists.get(name)) for name in FIELDS)
    waiting = own.form.place_it
    placing = tag("button", "Click the map now" if waiting else "Place it on the map", type="submit", name_="button", value="place",
                  cls="panj-button", aria_pressed="true" if waiting else "false", data_focus="placing")  # fmt: skip
    anyway = tag("button", "Save it all the same", type="submit", name_="button", value="anyway", cls="panj-button",
                 data_focus="enter:anyway") if own.form.doubts else None  # fmt: skip
    save = tag("button", "Save the event", type="submit", name_="button", value="save", cls="panj-button panj-primary", data_focus="enter:save")
    close = button("Leave it", data_act='{"do":"yours","what":"leave"}', data_focus="enter:leave")
    return tag("form", tag("h3", "This event" if own.form.event else "Another event"), tag("div", *fields, cls="panj-columns"),
               yours_entry.asked(own.form), tag("div", placing, save, anyway, close, cls="panj-pair"),
               data_form='{"do":"yours","what":"entered"}', data_keep="", cls="panj-mend",
               aria_label="An event entered by hand")  # fmt: skip


def _field(name: str, value: str, choices: Mapping[str, str] | None) -> Html:
    if choices is None:
        box = cell(name, value, f"enter:{name}", hint=HINTS.get(name))
    else:
        default = value or {"kind": "other", "status": "reported"}[name]
        options = (tag("option", told, value=key, selected=key == default) for key, told in choices.items())
        box = tag("select", *options, name_=name, data_focus=f"enter:{name}")
    return tag("label", tag("span", WORDS[name]), box, cls="panj-field")


def entered(own: Session) -> Html:
    """The events entered so far, and why those are not drawn that cannot be."""
    if not own.wanted.added:
        return inner()
    held, said = (reasons(own.now.by_hand), remarks(own.now.by_hand)) if own.now.by_hand else ({}, {})
    rows = (tag("li", tag("b", row["title"]), " ", row["start"], " ", row.get("place", ""), " ", _do("Change", "enter", row["event"]),
                _do("Delete", "drop", row["event"]), _held(held.get(row["event"])),
                *(tag("span", told, cls="panj-soft panj-block") for told in said.get(row["event"], []))) for row in own.wanted.added)  # fmt: skip
    return tag("section", tag("h3", "Entered by hand"), tag("ul", *rows, cls="panj-entered"), aria_label="Entered by hand")


def _held(why: str | None) -> Html | None:
    return tag("span", tag("span", LEVELS[HELD_BACK], cls="panj-badge panj-held-back"), f" {why}", cls="panj-soft") if why else None


def _do(label: str, what: str, event: str) -> Html:
    return button(label, cls="panj-small", data_act=json.dumps({"do": "yours", "what": what, "event": event}), data_focus=f"yours:{what}:{event}")


def _open(own: Session, told: Mapping[str, Any]) -> None:
    """A form for the event that is meant, an empty one when none is."""
    event = str(told.get("event", ""))
    row = next((row for row in own.wanted.added if row["event"] == event), None)
    if event and row is None:
        raise RefusedError(f"the event {event} is no longer among those entered by hand")
    own.form = Placing(dict(row or {}))


def _left(own: Session, told: Mapping[str, Any]) -> None:
    own.form = None


def _entered(own: Session, told: Mapping[str, Any]) -> None:
    """Wait for a click on the map, take an answer, or save the event."""
    if own.form is None:
        return
    own.form.fill({name: str(told[name]).strip() for name in FIELDS if name in told})
    button = str(told.get("button", ""))
    own.form.place_it = button == "place" and not own.form.place_it
    row = yours_entry.row(own.form, own.form.event or f"own-{secrets.token_hex(4)}")
    if button.startswith("choose\x1f"):
        key, _, choice = button.removeprefix("choose\x1f").rpartition("\x1f")
        yours_entry.choose(own.form, yours_entry.judge(row, Ground.of(desk_of_process().atlas)), key, choice)
    elif button in ("save", "anyway") and settled(own.form, row, desk_of_process(), anyway=button == "anyway"):
        _save(own, row)


def _save(own: Session, row: dict[str, str]) -> None:
    added = tuple(row if other["event"] == row["event"] else other for other in own.wanted.added)
    own.form = None
    own.change(added=added if row in added else (*added, row), use=own.wanted.use or ("" if own.wanted.content else MERGE))


def settled(form: Placing, row: dict[str, str], desk: Desk, *, anyway: bool) -> bool:
    """Whether an event can be saved now; if not, the form says what should be seen first. RefusedError when it would be held back, saying why.

    `anyway`: it has been seen.
    """
    for name, value in row.items():
        require_short(name, value)
    if not row["title"]:
        raise RefusedError("the title is empty; a few words would be right")
    seen, entry = form.doubts, yours_entry.judge(row, Ground.of(desk.atlas))
    form.doubts, form.questions = tuple(entry.doubts), tuple(entry.questions)
    if entry.wrong:
        form.doubts = ()
        raise RefusedError("; ".join(entry.wrong))
    return not entry.doubts or (anyway and seen == form.doubts)


def _dropped(own: Session, told: Mapping[str, Any]) -> None:
    """Delete an event; its own form closes, that of another one stays as it was filled in."""
    event = told.get("event")
    added = tuple(row for row in own.wanted.added if row["event"] != event)
    if added == own.wanted.added:
        return
    if own.form is not None and own.form.event == event:
        own.form = None
    own.change(added=added)


ACTS = {"enter": _open, "leave": _left, "entered": _entered, "drop": _dropped}
