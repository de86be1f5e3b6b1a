"""Cells in which a program or a hand wrote that there is nothing: NA, NULL, a dash. They are empty, and the file is told so once."""

from __future__ import annotations

from geodata.intake import nations
from geodata.intake.draft import Draft
from geodata.intake.verdicts import WARNED, Question, where

WORDS = ("NA", "N/A", "n/a", "#N/A", "<NA>", "NULL", "null", "None", "none", "NaN", "nan", "NaT", "-", "--", "\u2013", "\u2014", "н/д")
"""as they are written; `Nan` is a town, `none` a place precision"""

NAMIBIA = "country NA"
CHOICES = {"NAM": "the code of Namibia", "empty": "no country is given"}
CODED = 0.8
"""share of a column's countries that must be codes of two letters before NA may be one"""


def clear(draft: Draft) -> None:
    """Empty such cells of the columns taken from the file."""
    found: dict[str, int] = {}
    shown: dict[str, None] = {}
    for target, column in draft.cells.items():
        marked = column.isin(_words(draft, target))
        if marked.any():
            shown |= dict.fromkeys(column[marked].unique())
            found[draft.column(target)] = found.get(draft.column(target), 0) + int(marked.sum())
            draft.cells[target] = column.mask(marked, "")
    if found:
        counted = ", ".join(f"{name!r} ({count:,})" for name, count in found.items())
        draft.findings.notes.append(f"cells that say {', '.join(map(repr, shown))} are read as empty: {counted}")


def _words(draft: Draft, target: str) -> list[str]:
    """What is no value in one of our columns."""
    if target == "place_precision":
        return [word for word in WORDS if word != "none"]
    if target == "marking":
        return [word for word in WORDS if word not in draft.ground.markings.names]
    return [word for word in WORDS if word != "NA"] if target == "country" and _may_be_namibia(draft) else list(WORDS)


def _may_be_namibia(draft: Draft) -> bool:
    """Whether NA is kept as a country: asked where the other countries are codes of two letters; until then the row has none."""
    column = draft.cells["country"]
    rows = where((column == "NA").to_numpy())
    others = [text for text in column.unique() if text and text not in WORDS]
    if not len(rows) or sum(text in nations.two_letters() for text in others) < max(1, CODED * len(others)):
        return False
    answer = draft.answer(NAMIBIA, CHOICES)
    if not answer:
        draft.findings.say(WARNED, "country_na", draft.column("country"), "NA",
                           "can be the code of Namibia or no value; the row is without a country until answered", rows)  # fmt: skip
        draft.findings.questions.append(Question(
            NAMIBIA, "is 'NA' the code of Namibia in this file, or no value?", CHOICES, rows, otherwise="read without a country"))  # fmt: skip
    return answer == "NAM"
