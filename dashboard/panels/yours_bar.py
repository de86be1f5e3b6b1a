"""The bar of the Your data tab: how a file comes in, what is drawn of it, and what can be taken away."""

from __future__ import annotations

import json

from dashboard import words
from dashboard.panels import yours_form
from dashboard.panels.markup import Child, Html, button, inner, tag, void
from dashboard.panels.yours_files import CLEANED, HELD, MAPPING
from dashboard.panels.yours_judge import Judged
from dashboard.panels.yours_session import Session
from dashboard.projects import MERGE, REPLACE
from geodata.intake.limits import FILE_BYTES

READ = "CSV, XLSX, GeoJSON, GeoPackage, GeoParquet, KML, KMZ, zipped shapefiles, ACLED and UCDP exports"
ENDINGS = ".csv,.tsv,.txt,.xlsx,.geojson,.json,.gpkg,.parquet,.kml,.kmz,.zip"
USES = {"": "Not drawn", MERGE: "With the other events", REPLACE: "Instead of them"}
LASTING = "Kept for this browser in a file of yours on the machine that runs Panj, until you remove it."
STEPLESS = "Nothing can be undone: there is no step since this file came."
UNSTEPPED = "Nothing can be undone: there is no step since this page was opened."
PASSING = "Kept until this page is closed or reloaded: download the cleaned file to keep it."


def empty(own: Session) -> Html:
    """The bar while there is nothing yet."""
    told = (tag("b", "Drop a file here"), tag("p", f"{READ}. It is read and shown for you alone; nothing is drawn before you say so."),
            tag("div", _choose(own, "Choose a file"), yours_form.start("Enter an event by hand"),
                do("Undo", "undo") if own.undoable else None, cls="panj-pair"),
            tag("p", _lasts(own), cls="panj-soft"))  # fmt: skip
    return tag("div", *told, cls="panj-drop panj-bar", data_drop="")


def _lasts(own: Session) -> str:
    """How long the work is kept; nothing while it is not kept any more, which is said above it all."""
    return "" if own.unkept else LASTING if own.lasting else PASSING


def _choose(own: Session, words: str) -> Html:
    box = void("input", type="file", accept=ENDINGS, data_upload=f"/own/{own.token}/file", data_most=FILE_BYTES, data_focus="yours:file",
               cls="panj-unseen")  # fmt: skip
    return tag("label", words, box, cls="panj-button")


def working(own: Session) -> Html:
    """How the judging goes, while it does."""
    if own.job is None:
        return tag("div", role="status")
    return tag("div", tag("div", data_job=own.job.token, data_state=own.job.state, data_asks=f"/own/{own.token}/work",
                          data_then='{"do":"yours","what":"done"}'), cls="panj-job", role="status")  # fmt: skip


def bar(own: Session) -> Html:
    """Which file, what is drawn of it, and what can be taken away."""
    now = own.now
    told = tag("div", tag("b", now.work.name or "Entered by hand"), tag("span", _format(now), cls="panj-soft panj-block"), cls="panj-wide-field")
    uses = (do(words, "use", value=use, cls="", aria_pressed="true" if use == now.work.use else "false") for use, words in USES.items())
    drawn = tag("fieldset", tag("legend", "On the map"), tag("div", *uses, cls="panj-segments panj-uses"), cls="panj-formats")
    undo = do("Undo", "undo", disabled=not own.undoable, title="" if own.undoable else STEPLESS if own.lasting else UNSTEPPED)
    return tag("div", told, drawn, undo, yours_form.start("Enter an event"),
               _choose(own, "Another file" if now.work.content else "Choose a file"), do("Remove all", "clear"), cls="panj-bar",
               data_drop="")  # fmt: skip


def _format(now: Judged) -> str:
    by_hand = f"{words.count(len(now.work.added), 'event')} entered by hand" if now.work.added else ""
    return "; ".join(filter(None, (now.case.sheet.format if now.case else "", by_hand)))


def _downloads(own: Session) -> Html:
    held = sum(len(part.held_back) for part in own.now.parts)
    offered = {CLEANED: ("Cleaned file", "The rows that can be drawn, as a CSV in Panj's own columns")}
    if held:
        offered[HELD] = ("Held-back rows", "The rows that are not drawn, with their reasons, as CSV")
    if own.now.case is not None:
        offered[MAPPING] = ("Mapping", "Which column is which and what was answered, for --map of panj, check, export and atlas")
    links = (inner(tag("a", told, href=f"/own/{own.token}/{name}", download="", data_focus=f"yours:{name}", title=title), " \N{MIDDLE DOT} ")
             for name, (told, title) in offered.items())  # fmt: skip
    left = f"{words.count(held, 'row')} {'is' if held == 1 else 'are'} not in the cleaned file; Held-back rows has {'it' if held == 1 else 'them'}. "
    return inner("Download: ", *links, left if held else None)


def kept(own: Session) -> Html:
    """What can be downloaded, and how long the work is kept."""
    return tag("p", _downloads(own), _lasts(own), cls="panj-soft")


def do(label: Child, what: str, *, cls: str = "panj-button", disabled: bool = False, aria_pressed: str | None = None, title: str = "",
       **more: str | int) -> Html:  # fmt: skip
    """A button of this tab."""
    told = json.dumps({"do": "yours", "what": what, **more})
    return button(label, cls=cls, data_act=told, data_focus=f"yours:{what}:{more}", disabled=disabled, aria_pressed=aria_pressed,
                  title=title or None)  # fmt: skip
