"""One row of the file mended in place: its cells as the file has them, written anew and judged again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dashboard.panels.markup import Html, button, tag, void
from dashboard.panels.yours_columns import WORDS
from dashboard.panels.yours_session import Session
from geodata.intake import Intake
from geodata.intake.names import TARGETS
from geodata.tables import LINE

FIRST = ("title", "start", "end", "kind", "status", "place", "country", "lat", "lon", "summary", "source")
"""columns of the editor that are always there"""


def do(label: Html | str, what: str, *, cls: str = "panj-small", title: str = "", **more: str | int) -> Html:
    """A small button that tells an act of this tab."""
    told = json.dumps({"do": "yours", "what": what, **more})
    return button(label, cls=cls, data_act=told, data_focus=f"yours:{what}:{more}", title=title or None)


def editor(own: Session, line: int) -> Html:
    """The row's cells as the file has them, with what was mended, to be written anew."""
    cells = as_given(own.now.case, line)
    fields = (tag("label", tag("span", WORDS[target]), void("input", type="text", name_=target, value=value, data_focus=f"mend:{target}"),
                  cls="panj-field") for target, value in cells.items())  # fmt: skip
    save = tag("button", "Save", type="submit", cls="panj-button panj-primary", data_focus="mend:save")
    return tag("form", tag("div", *fields, cls="panj-columns"), tag("div", save, do("Leave it", "mend", line=0, cls="panj-button"), cls="panj-pair"),
               data_form=json.dumps({"do": "yours", "what": "mended", "line": line}), data_keep="", cls="panj-mend")  # fmt: skip


def as_given(case: Intake, line: int) -> dict[str, str]:
    """The cells of a row by our column as they are read: the file's, constants where it is empty, the analyst's own on top."""
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
    return cells | {edit.target: edit.value for edit in case.edits if edit.line == line}


def _mend(own: Session, told: Mapping[str, Any]) -> None:
    """Open the editor of a row, or close it."""
    line = told.get("line")
    own.editing = line if isinstance(line, int) and line > 0 else None


def _mended(own: Session, told: Mapping[str, Any]) -> None:
    """Write the cells that were changed; the row is judged again with the whole file."""
    case, line = own.now.case, told.get("line")
    if case is None or not isinstance(line, int):
        return
    before = as_given(case, line)
    changed = {target: str(told[target]).strip()[:10_000] for target in before if target in told and target in TARGETS}
    for target, value in changed.items():
        if value != before[target]:
            case = case.edited(line, target, value)
    own.editing = None
    if case is not own.now.case:
        own.change(edits=case.edits)


ACTS = {"mend": _mend, "mended": _mended}
