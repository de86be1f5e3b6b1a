"""Every verdict as a table: filtered, with the editor of a row where one is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any, NamedTuple

from dashboard.panels.markup import Html, inner, tag, void
from dashboard.panels.yours_mend import do, editor
from dashboard.panels.yours_parts import Part
from dashboard.panels.yours_session import Looking, Session
from geodata.intake import FIXED, HELD_BACK, LEVELS, NO_EVENT, WARNED, Intake, Verdict
from geodata.tables import LINE

ROWS = 300
"""rows of the table; more are said, and found by narrowing"""

UNKNOWN_KIND = "kind_unknown"
IN_THE_FILE = "precision_code"
"""about a collection's own column, for which the editor of a row has no cell"""

BADGES = {HELD_BACK: "panj-held-back", WARNED: "panj-warned", FIXED: "panj-fixed", NO_EVENT: "panj-noevent"}


class Row(NamedTuple):
    """One line of the table."""

    level: str
    line: int
    column: str
    found: str
    right: str
    more: int = 0
    """how many other rows it is said of as well"""

    mendable: bool = True
    unknown_kind: bool = False
    """whether it can be said once for all rows which kind the word found means"""


def verdicts(own: Session) -> Html:
    """The table with its filters."""
    found = sought(own.now.file, own.looking)
    lines = list(_worded(unfit(own.now.case, own.looking), own.looking.words))
    shown = list(islice(chain(expanded(own.now.case, found), lines), ROWS))
    total = sum(1 if one.level == FIXED else len(one.rows) for one in found) + len(lines)
    names = sorted({verdict.column for verdict in own.now.file.verdicts if verdict.column})
    opened = next((k for k, row in enumerate(shown) if row.mendable and row.line == own.editing), -1)
    above = editor(own, own.editing) if own.editing and opened < 0 else None
    body = (inner(_line(own, row), _opened(own, row.line) if k == opened else None) for k, row in enumerate(shown))
    head = tag("tr", *(tag("th", name, scope="col") for name in ("Level", "Line", "Column", "Found", "What would be right", "")))
    told = "" if shown else "Nothing to say."
    if total > ROWS:
        told = f"The first {ROWS} of {total:,}; narrow the level, the column or the words for the rest."
    table = tag("table", tag("thead", head), tag("tbody", *body), cls="panj-plain panj-verdicts") if shown else None
    return tag("section", tag("div", tag("h3", "Row by row"), *_filters(own, names), cls="panj-pair panj-sift"), above, table,
               tag("p", told, cls="panj-soft"), aria_label="Verdicts")  # fmt: skip


def _filters(own: Session, names: list[str]) -> Iterator[Html]:
    yield _select("level", "Level", {"": "Every level", **LEVELS}, own.looking.level)
    yield _select("verdict_column", "Column", {"": "Every column", **{name: name for name in names}}, own.looking.column)
    yield void("input", type="text", value=own.looking.words, placeholder="Words, or a line", maxlength=100, data_yours="words", data_key="",
               data_focus="yours:words", aria_label="Words or a line to look for")  # fmt: skip


def _select(what: str, label: str, choices: Mapping[str, str], chosen: str) -> Html:
    options = (tag("option", words, value=value, selected=value == chosen) for value, words in choices.items())
    return tag("select", *options, data_yours=what, data_key="", data_focus=f"yours:{what}", aria_label=label)


def sought(part: Part, looking: Looking) -> list[Verdict]:
    """Everything said of the file's rows that passes the filters, held back first; a line's number finds what is said of that line."""
    lines = part.case.table[LINE].to_numpy()
    asked = (verdict for verdict in part.verdicts if looking.level in ("", verdict.level) and looking.column in ("", verdict.column))
    if not looking.words:
        return list(asked)
    words = looking.words.casefold()
    number = int(words) if words.isascii() and words.isdigit() else -1
    found = ((verdict, verdict.rows[lines[verdict.rows] == number]) for verdict in asked)
    return [replace(verdict, rows=rows) if len(rows) else verdict for verdict, rows in found
            if len(rows) or words in f"{verdict.found} {verdict.right}".casefold()]  # fmt: skip


def expanded(case: Intake, found: Iterable[Verdict]) -> Iterator[Row]:
    """One line of the table for each row; what was fixed once for each value."""
    lines = case.table[LINE].to_numpy()
    for verdict in found:
        if verdict.level == FIXED:
            yield Row(FIXED, int(lines[verdict.rows[0]]), verdict.column, verdict.found, verdict.right, len(verdict.rows) - 1)
        else:
            unknown, mendable = verdict.code == UNKNOWN_KIND, verdict.code != IN_THE_FILE
            right = verdict.right if mendable else f"{verdict.right}; mend it in the file itself"
            yield from (Row(verdict.level, int(lines[row]), verdict.column, verdict.found, right, mendable=mendable, unknown_kind=unknown)
                        for row in verdict.rows)  # fmt: skip


def _worded(rows: Iterable[Row], words: str) -> Iterator[Row]:
    return (row for row in rows if words.casefold() in f"{row.line} {row.found} {row.right}".casefold())


def unfit(case: Intake, looking: Looking) -> Iterator[Row]:
    """Lines that are no rows of the table: cells that fit no header, totals, tags; they cannot be mended here."""
    if looking.level in ("", HELD_BACK) and not looking.column:
        yield from (Row(HELD_BACK, line, "", " | ".join(cells), "does not fit the header: mend it in the file itself", mendable=False)
                    for line, cells in case.sheet.odd)  # fmt: skip
    if looking.level in ("", NO_EVENT) and not looking.column:
        yield from (Row(NO_EVENT, row.line, "", " ".join(filter(None, row.cells)), row.why, mendable=False) for row in case.aside)


def _line(own: Session, row: Row) -> Html:
    mend = inner(_kinds(own.now.case, row) if row.unknown_kind else None, do("Mend", "mend", line=row.line) if row.mendable else None)
    cells = (tag("td", tag("span", LEVELS[row.level], cls=f"panj-badge {BADGES[row.level]}")), tag("td", f"{row.line:,}", cls="panj-n"),
             tag("td", row.column), tag("td", row.found[:120], title=row.found[:500]),
             tag("td", row.right, tag("span", f" (and {row.more:,} more rows)", cls="panj-soft") if row.more else None), tag("td", mend))  # fmt: skip
    return tag("tr", *cells, cls="panj-on" if row.line == own.editing else None)


def _kinds(case: Intake, row: Row) -> Html:
    """What a word for a kind means, for every row that has it."""
    table = case.ground.tables["kinds"]
    options = (tag("option", name, value=key) for key, name in (("", "means \N{HORIZONTAL ELLIPSIS}"), *zip(table["id"], table["name"], strict=True)))
    return tag("select", *options, data_yours="kind", data_key=row.found, data_focus=f"yours:kind:{row.line}", aria_label=f"What {row.found} means")


def _opened(own: Session, line: int) -> Html:
    return tag("tr", tag("td", editor(own, line), colspan=6))


def _kind(own: Session, told: Mapping[str, Any]) -> None:
    """A word of the file is one of our kinds."""
    case, word, kind = own.now.case, str(told.get("key", "")), str(told.get("value", ""))
    unknown = {verdict.found for verdict in case.verdicts if verdict.code == UNKNOWN_KIND} if case else set()
    if word in unknown and kind in set(case.ground.tables["kinds"]["id"]):
        own.remap(replace(own.mapping, kinds={**own.mapping.kinds, word: kind}))


def _level(own: Session, told: Mapping[str, Any]) -> None:
    value = str(told.get("value", ""))
    own.looking.level = value if value in LEVELS else ""


def _column(own: Session, told: Mapping[str, Any]) -> None:
    own.looking.column = str(told.get("value", ""))


def _words(own: Session, told: Mapping[str, Any]) -> None:
    own.looking.words = str(told.get("value", ""))[:100]


ACTS = {"kind": _kind, "level": _level, "verdict_column": _column, "words": _words}
