"""Which column of the file is which of ours: shown with examples, changed by choosing another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.panels.markup import Html, inner, tag
from dashboard.panels.yours_session import Session
from geodata.intake import Intake
from geodata.intake import Mapping as Columns
from geodata.intake.mapping import examples
from geodata.intake.names import TARGETS
from geodata.tables import LINE

SHOWN = ("title", "start", "end", "kind", "status", "place", "country", "lat", "lon", "coordinates", "summary", "source", "reported", "event",
         "reliability", "credibility", "marking", "radius_km")  # fmt: skip
_OTHERWISE = {"lat": "Latitude", "lon": "Longitude", "coordinates": "Both coordinates", "reported": "Reported on", "event": "Id of the event",
              "radius_km": "Radius in km"}  # fmt: skip
WORDS = {name: _OTHERWISE.get(name, name.replace("_", " ").capitalize()) for name in TARGETS}
"""our columns in words"""


def columns(own: Session, *, opened: bool) -> Html:
    """The mapping, folded into one line until it is asked for; above it which sheet is read."""
    case = own.now.case
    told = ", ".join(f"{WORDS[ours].lower()} = {theirs!r}" for ours, theirs in case.mapping.columns.items())
    shown = [*SHOWN, *(name for name in case.mapping.columns if name not in SHOWN)]
    cells = (_one(case, target) for target in shown)
    kept = f"Kept as they are: {', '.join(map(repr, case.kept))}. " if case.kept else "Every column of the file is read. "
    remembered = "Remembered for the next file with the same columns." if own.lasting else ""
    folded = tag("details", tag("summary", tag("b", "Columns: "), told or "none was recognised"), tag("div", *cells, cls="panj-columns"),
                 tag("p", kept, remembered, cls="panj-soft"), open=opened, cls="panj-mapping")  # fmt: skip
    return inner(_sheets(case), folded)


def _sheets(case: Intake) -> Html:
    """Which sheet, layer or document of the file is read, when it has several."""
    if len(case.sheet.sheets) < 2:
        return inner()
    options = (tag("option", name, value=name, selected=name == case.sheet.sheet) for name in case.sheet.sheets)
    return tag("label", tag("span", "Sheet"), tag("select", *options, data_yours="sheet", data_key="", data_focus="yours:sheet"), cls="panj-field")


def _one(case: Intake, target: str) -> Html:
    now = case.mapping.columns.get(target, "")
    names = [name for name in case.sheet.frame.columns if name != LINE]
    options = (tag("option", name or "\N{EM DASH}", value=name, selected=name == now) for name in ("", *names))
    shown = " \N{MIDDLE DOT} ".join(examples(case.sheet.frame, now)) if now in case.sheet.frame else ""
    select = tag("select", *options, data_yours="column", data_key=target, data_focus=f"yours:column:{target}")
    return tag("label", tag("span", WORDS[target]), select, tag("span", shown, cls="panj-soft panj-example", title=shown or None), cls="panj-field")


def _mapped(own: Session, told: Mapping[str, Any]) -> None:
    """Another column for one of ours, or none."""
    case, target, column = own.now.case, str(told.get("key", "")), str(told.get("value", ""))
    if case is None or target not in TARGETS or (column and column not in case.sheet.frame.columns):
        return
    mapping = own.mapping
    chosen = {ours: theirs for ours, theirs in mapping.columns.items() if ours != target}
    chosen |= {target: column} if column else {}
    order = {name: place for place, name in enumerate(TARGETS)}
    own.remap(replace(mapping, columns=dict(sorted(chosen.items(), key=lambda pair: order[pair[0]]))))


def _sheet(own: Session, told: Mapping[str, Any]) -> None:
    """Another sheet: its columns are guessed anew, and what was mended in the other one does not apply."""
    case, name = own.now.case, str(told.get("value", ""))
    if case is not None and name in case.sheet.sheets and name != case.sheet.sheet:
        own.require_shown()
        own.change(mapping=Columns(sheet=name), edits=())


ACTS = {"column": _mapped, "sheet": _sheet}
