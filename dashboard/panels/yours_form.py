"""One event entered by hand: a form, and a click on the map for its place."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from dashboard import words
from dashboard.acts import RefusedError
from dashboard.desk import Desk, desk_of_process
from dashboard.panels.markup import Html, button, inner, tag, void
from dashboard.panels.yours_columns import WORDS
from dashboard.panels.yours_judge import entered as judged_by_hand
from dashboard.panels.yours_session import Placing, Session
from dashboard.projects import MERGE
from geodata.atlas import Atlas
from geodata.intake import HELD_BACK, Ground
from geodata.schema import STATUSES

FIELDS = ("title", "start", "end", "kind", "status", "place", "country", "lat", "lon", "summary", "source", "reported")
HINTS = {"start": "2021-09-16", "end": "as the start", "country": "AFG", "lat": "38.5", "lon": "68.8", "source": "who says so",
         "reported": "2021-09-17"}  # fmt: skip


def start(label: str) -> Html:
    """The button that opens the form."""
    return button(label, data_act='{"do":"yours","what":"enter","number":-1}', data_focus="yours:enter")


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
    save = tag("button", "Save the event", type="submit", name_="button", value="save", cls="panj-button panj-primary", data_focus="enter:save")
    close = button("Leave it", data_act='{"do":"yours","what":"leave"}', data_focus="enter:leave")
    return tag("form", tag("h3", "Another event" if own.form.number < 0 else "This event"), tag("div", *fields, cls="panj-columns"),
               tag("div", placing, save, close, cls="panj-pair"), data_form='{"do":"yours","what":"entered"}', data_keep="", cls="panj-mend",
               aria_label="An event entered by hand")  # fmt: skip


def _field(name: str, value: str, choices: Mapping[str, str] | None) -> Html:
    if choices is None:
        box = void("input", type="text", name_=name, value=value, placeholder=HINTS.get(name), maxlength=10_000, data_focus=f"enter:{name}")
    else:
        default = value or {"kind": "other", "status": "reported"}[name]
        options = (tag("option", told, value=key, selected=key == default) for key, told in choices.items())
        box = tag("select", *options, name_=name, data_focus=f"enter:{name}")
    return tag("label", tag("span", WORDS[name]), box, cls="panj-field")


def entered(own: Session) -> Html:
    """The events entered so far."""
    if not own.now.work.added:
        return inner()
    rows = (tag("li", tag("b", row["title"]), f" {row['start']} {row.get('place', '')} ", _do("Change", "enter", number),
                _do("Delete", "drop", number)) for number, row in enumerate(own.now.work.added))  # fmt: skip
    return tag("section", tag("h3", "Entered by hand"), tag("ul", *rows, cls="panj-entered"), aria_label="Entered by hand")


def _do(label: str, what: str, number: int) -> Html:
    return button(label, cls="panj-small", data_act=json.dumps({"do": "yours", "what": what, "number": number}), data_focus=f"yours:{what}:{number}")


def _open(own: Session, told: Mapping[str, Any]) -> None:
    number = told.get("number")
    known = isinstance(number, int) and 0 <= number < len(own.now.work.added)
    own.form = Placing(dict(own.now.work.added[number]), number=number) if known else Placing()


def _left(own: Session, told: Mapping[str, Any]) -> None:
    own.form = None


def _entered(own: Session, told: Mapping[str, Any]) -> None:
    """Wait for a click on the map, or save the event; one that could not be drawn is refused with its reasons."""
    if own.form is None:
        return
    own.form.fields |= {name: str(told.get(name, "")).strip() for name in FIELDS}
    own.form.place_it = told.get("button") == "place" and not own.form.place_it
    if told.get("button") != "save":
        return
    row = {"event": own.form.fields.get("event") or f"own-{secrets.token_hex(4)}", **{name: own.form.fields[name] for name in FIELDS}}
    require_drawable(row, desk_of_process())
    added = list(own.now.work.added)
    if 0 <= own.form.number < len(added):
        added[own.form.number] = row
    else:
        added.append(row)
    own.form = None
    own.change(added=tuple(added), use=own.now.work.use or ("" if own.now.work.content else MERGE))


def require_drawable(row: dict[str, str], desk: Desk) -> None:
    """RefusedError when an event entered by hand would be held back, saying why."""
    if not row["title"]:
        raise RefusedError("the title is empty; a few words would be right")
    case = judged_by_hand((row,), Ground.of(desk.atlas))
    wrong = [f"{verdict.column} {verdict.found!r} {verdict.right}".strip() for verdict in case.verdicts if verdict.level == HELD_BACK]
    if wrong or not case.counts["used"]:
        raise RefusedError("; ".join(wrong) or "nothing of it can be drawn")


def _dropped(own: Session, told: Mapping[str, Any]) -> None:
    number = told.get("number")
    if isinstance(number, int) and 0 <= number < len(own.now.work.added):
        own.change(added=tuple(row for k, row in enumerate(own.now.work.added) if k != number))


ACTS = {"enter": _open, "leave": _left, "entered": _entered, "drop": _dropped}
