"""Whether a place is said, and as exactly as its words allow, and whether a row says who reports it."""

from __future__ import annotations

import re

import numpy as np

from geodata.intake.countries import SHARED
from geodata.intake.draft import Draft, distinct, rows_of
from geodata.intake.nations import plain, spelled
from geodata.intake.verdicts import HELD_BACK, WARNED, where

VAGUE = re.compile(
    r"\b(near|around|outskirts|vicinity|area of|somewhere|between|province|region|district|oblast|county|governorate|valley|border|along|"
    r"north(ern)? of|south(ern)? of|"
    r"east(ern)? of|west(ern)? of|около|вблизи|близ|возле|между|район\w*|окрестност\w*|область|области|провинци\w*|вилоят\w*|вилайет\w*|граница|"
    r"границе|границы|"
    r"приграничн\w*|ущелье|долина|ولایت|ولسوالی|مرز|نزدیک)\b",
    re.IGNORECASE,
)
EXACT = ("", "site", "city")
UNREAD = ("country_unknown", SHARED, "country_na")
"""verdicts on a country that is named, but not read"""

PLACED = "placed_from"
"""the column that says where a row's point comes from, if not from the file"""


def judge(draft: Draft) -> None:
    """Say where a pin would be more exact than the words beside it, and where no source is named."""
    _finer_than_words(draft)
    _coarse_numbers(draft)
    _unplaced(draft)
    _unsourced(draft)


def _finer_than_words(draft: Draft) -> None:
    exact = np.isin(draft.get("place_precision").to_numpy(object), EXACT) & (draft.get("lat") != "").to_numpy()
    exact &= (draft.get("radius_km") == "").to_numpy() & _free(draft)
    exact &= (draft.get(PLACED) == "").to_numpy()  # a name that a gazetteer knows as a whole says what it means: Torkham border
    if not exact.any() or "place" not in draft.cells:
        return
    groups, texts = distinct(draft.get("place"))
    rows = rows_of(groups, len(texts))
    for i, text in enumerate(texts):
        if why := _names_an_area(text):
            found = rows(i)[exact[rows(i)]]
            draft.findings.say(
                WARNED, "finer_than_words", draft.column("place"), text, f"{why}, but the row has a point; a radius_km would be right", found
            )


def _names_an_area(text: str) -> str:
    if found := VAGUE.search(text):
        return f"says {found[0]!r}"
    return "names no more than a country" if text and plain(text) in spelled() and plain(text) not in CITY_STATES else ""


CITY_STATES = frozenset(
    ("singapore", "сингапур", "monaco", "vatican", "vatican city", "kuwait", "djibouti", "luxembourg", "guatemala", "panama", "san marino")
)
"""names a country shares with its city"""


def _coarse_numbers(draft: Draft) -> None:
    """A site that is given in whole degrees is no site."""
    sites = (draft.get("place_precision") == "site").to_numpy() & _free(draft)
    if not sites.any():
        return
    rows = where(sites)
    coarse = [row for row in rows if all("." not in draft.get(axis).iat[row] for axis in ("lat", "lon")) and draft.get("lat").iat[row]]
    draft.findings.say_each(WARNED, "finer_than_numbers", draft.column("place_precision"), draft.get("place_precision"), np.array(coarse, int),
                            "is said of a point in whole degrees, which is 100 km wide; a radius_km would be right")  # fmt: skip


def _unplaced(draft: Draft) -> None:
    """Nothing says where it happened; a country that could not be read says something."""
    nowhere = np.logical_and.reduce([(draft.get(target) == "").to_numpy() for target in ("place", "country", "zone", "lat", "lon")])
    nowhere[draft.findings.rows_about(*UNREAD)] = False
    draft.findings.say(WARNED, "no_place", "", "", "names no place: it is listed, not drawn", where(nowhere & _free(draft)))


def _unsourced(draft: Draft) -> None:
    rows = draft.empty("source")
    if "source" in draft.mapping.columns:
        draft.findings.say(WARNED, "no_source", draft.column("source"), "", "is empty: nobody is named who says so", rows)
    elif len(rows):
        draft.findings.say(WARNED, "no_source", "", "", "names no source: no column of the file was taken for one", rows)


def _free(draft: Draft) -> np.ndarray:
    free = np.ones(draft.rows, bool)
    free[draft.findings.rows_at(HELD_BACK)] = False
    return free
