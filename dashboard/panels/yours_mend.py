"""One row of the file mended in place: its cells as the file has them, written anew and judged again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.acts import RefusedError
from dashboard.panels.markup import Html, button, tag, void
from dashboard.panels.yours_columns import WORDS
from dashboard.panels.yours_session import Session
from geodata.intake import Intake
from geodata.intake.draft import Edit
from geodata.intake.names import TARGETS
from geodata.tables import LINE

FIRST = ("title", "start", "end", "kind", "status", "place", "country", "lat", "lon", "summary", "source")
"""columns of the editor that are always there"""

LETTERS = 100_000
"""most letters of a cell written here"""

ONE_LINE = 120
"""letters that are read at a glance in a field of one line"""


def do(label: Html | str, what: str, *, cls: str = "panj-small", title: str = "", **more: str | int) -> Html:
    """A small button that tells an act of this tab."""
    told = json.dumps({"do": "yours", "what": what, **more})
    return button(label, cls=cls, data_act=told, data_focus=f"yours:{what}:{more}", title=title or None)


def editor(own: Session, line: int) -> Html:
    """The row's cells as the file has them, with what was mended, to be written anew."""
    cells = as_given(own.now.case, line, edits=own.wanted.edits)
    fields = (tag("label", tag("span", WORDS[target]), cell(target, value, f"mend:{target}"), cls="panj-field") for target, value in cells.items())
    save = tag("button", "Save", type="submit", cls="panj-button panj-primary", data_focus="mend:save")
    return tag("form", tag("div", *fields, cls="panj-columns"), tag("div", save, do("Leave it", "mend", line=0, cls="panj-button"), cls="panj-pair"),
               data_form=json.dumps({"do": "yours", "what": "mended", "line": line}), data_keep="", data_changed="", cls="panj-mend")  # fmt: skip


def cell(name: str, value: str, focus: str, *, hint: str | None = None) -> Html:
    """A field for text; one that is long or of several lines has room for them, because a browser joins the lines of any other."""
    if len(value) > ONE_LINE or "\n" in value or "\r" in value:
        return tag("textarea", "\n", value, name_=name, rows=3, data_focus=focus)  # a browser leaves out the first end of a line
    return void("input", type="text", name_=name, value=value, placeholder=hint, data_focus=focus)


def require_short(name: str, value: str) -> None:
    """RefusedError for a text that is too long for a cell."""
    if len(value) > LETTERS:
        raise RefusedError(f"{name} has {len(value):,} letters; at most {LETTERS:,} would be right")


def as_given(case: Intake, line: int, *, edits: Iterable[Edit] | None = None) -> dict[str, str]:
    """The cells of a row by our column as they are read: the file's, constants where it is empty, `edits` on top, those of the case if None."""
    frame = case.sheet.frame
    found = frame[frame[LINE] == line]
    if found.empty:
        return {}
    row = found.iloc[0]
    targets = [*(name for name in FIRST if name not in ("lat", "lon") or "coordinates" not in case.mapping.columns),
               *(name for name in case.mapping.columns if name not in FIRST)]  # fmt: skip
    columns = case.mapping.columns
    cells = {target: str(row[columns[target]]) if target in columns else "" for target in targets}
    cells = {target: value or case.mapping.constants.get(target, "") for target, value in cells.items()}
    return cells | {edit.target: edit.value for edit in (case.edits if edits is None else edits) if edit.line == line}


def _mend(own: Session, told: Mapping[str, Any]) -> None:
    """Open the editor of a row, or close it."""
    line = told.get("line")
    own.editing = line if isinstance(line, int) and line > 0 else None


def _mended(own: Session, told: Mapping[str, Any]) -> None:
    """Write the cells that were changed; the row is judged again with the whole file."""
    case, line = own.now.case, told.get("line")
    if case is None or not isinstance(line, int):
        return
    own.require_shown()
    before = as_given(case, line, edits=own.wanted.edits)
    changed = {target: str(told[target]) for target in before if target in told and target in TARGETS}
    changed = {target: value.strip() for target, value in changed.items() if _lines(value) != _lines(before[target])}
    for target, value in changed.items():
        require_short(target, value)
    edits = tuple(Edit(line, target, value) for target, value in changed.items())
    own.editing = None
    if edits:
        own.change(edits=(*own.wanted.edits, *edits))


def _lines(text: str) -> str:
    """A text as a browser sends it back untouched: with one letter at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


ACTS = {"mend": _mend, "mended": _mended}
