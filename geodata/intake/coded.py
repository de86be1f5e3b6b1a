"""What a collection's codes of precision make of its days and points, told once for each code."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.intake import dates
from geodata.intake.adapters import MONTH, OR_ELSE, SPAN, SPAN_OR_MONTH, SPAN_OR_YEAR, WEEK, YEAR
from geodata.intake.draft import Draft, distinct
from geodata.intake.geography import both
from geodata.intake.verdicts import FIXED, Changes, where

MEANS = {WEEK: "means about that day", MONTH: "means no more than the month", YEAR: "means no more than the year",
         SPAN: "means some day from start to end, or about the day", SPAN_OR_MONTH: "means some day from start to end, or of the month",
         SPAN_OR_YEAR: "means some day from start to end, or of the year"}  # fmt: skip
UNPLACED = {"country": "the country as a whole", "none": "no place that can be drawn"}
"""precisions that have no point"""


def days(draft: Draft, told: pd.Series) -> None:
    """A collection's code of time precision; `told` is what the file says of the start."""
    if not draft.schema:
        return
    name, codes = draft.schema.time
    column = draft.code(name, codes, draft.schema.vaguest[0])
    sound = draft.get("start").str.fullmatch(r"\d{4}-\d\d-\d\d").to_numpy(bool)
    for code, meaning in codes.items():
        rows = where((column == code).to_numpy() & sound)
        if meaning != "day" and len(rows):
            before = _said(draft, rows)
            _widened(draft, meaning, rows)
            after = _said(draft, rows)
            changed = (before != after).any(axis=0)
            right = f"was read as {{to!r}}, since code {code} of {draft.their_name(name) or name} {MEANS[meaning]}"
            _tell_widened(draft, told, rows[changed], after[:, changed], right)
            draft.findings.drop(FIXED, rows[before[1] != after[1]], code="date_read", column=draft.column("end"))


def _said(draft: Draft, rows: np.ndarray) -> np.ndarray:
    """Start, end and precision of rows."""
    return np.array([draft.get(target).iloc[rows].to_numpy(object) for target in ("start", "end", "date_precision")])


def _tell_widened(draft: Draft, told: pd.Series, rows: np.ndarray, spans: np.ndarray, right: str) -> None:
    """Say once for a code what became of all its days; what was said of them before is no longer so."""
    column, texts = draft.column("start"), told.iloc[rows]
    draft.findings.drop(FIXED, rows, code="date_read", column=column)
    numbers = np.array([pd.factorize(values)[0] for values in (texts, *spans)])
    several = numbers.max(axis=1, initial=0) + 1
    _, first, which = np.unique(np.ravel_multi_index(tuple(numbers), tuple(several)), return_index=True, return_inverse=True)
    said = [_spoken(*spans[:, i]) for i in first]
    groups = np.zeros(draft.rows, int)
    groups[rows] = which
    draft.findings.say_changes(FIXED, "date_read", column, Changes(groups, texts.iloc[first].tolist(), np.array(said, object), right), rows)


def _spoken(start: str, end: str, precision: str) -> str:
    """Days with their precision in words."""
    span = f"{start}..{end}" if end not in ("", start) else start
    return f"{span}, {'some day of it' if precision == 'within' else '7 days either way'}"


def _widened(draft: Draft, meaning: str, rows: np.ndarray) -> None:
    """What a row that is only known to the week, month or year can say."""
    start, end = (draft.get(name).to_numpy(object)[rows] for name in ("start", "end"))
    spans = (end != "") & (end != start)
    if meaning in OR_ELSE:
        _widened(draft, SPAN, rows[spans])
        _widened(draft, OR_ELSE[meaning], rows[~spans])
    elif meaning in (MONTH, YEAR):
        first_and_last = {day: (dates.month_of if meaning == MONTH else dates.year_of)(day) for day in set(start)}
        draft.put("start", [first_and_last[day][0] for day in start], rows)
        draft.put("end", [first_and_last[day][1] for day in start], rows)
        draft.put("date_precision", "within", rows)
    elif meaning == SPAN:
        draft.put("date_precision", "within", rows[spans])
        draft.put("date_precision", "about", rows[~spans])
    elif meaning == WEEK:
        draft.put("date_precision", "about", rows)


def points(draft: Draft) -> None:
    """A collection's code of place precision: a point that stands for an area is drawn as that area, or not at all."""
    if not draft.schema:
        return
    name, codes = draft.schema.place
    column = draft.code(name, codes, draft.schema.vaguest[1])
    pointed = (draft.get("lat") != "").to_numpy() & (draft.get("lon") != "").to_numpy()
    theirs = draft.their_name(name) or name
    for code, (precision, radius) in codes.items():
        rows = where((column == code).to_numpy() & pointed)
        draft.put("place_precision", precision, rows)
        if radius:
            draft.put("radius_km", f"{radius:g}", rows)
            why = f"stands for an area; the radius is chosen for drawing, {draft.schema.name} gives none"
            _tell_points(draft, rows, f"a ring of {radius:g} km around it", f"since code {code} of {theirs} {why}")
        if precision in UNPLACED:
            _tell_points(draft, rows, UNPLACED[precision], f"since code {code} of {theirs} means no more, so the point was left out")
            draft.put("lat", "", rows)
            draft.put("lon", "", rows)


def _tell_points(draft: Draft, rows: np.ndarray, to: str, why: str) -> None:
    """Say once for a code what became of all its points."""
    lat, lon = (draft.get(axis).iloc[rows] for axis in ("lat", "lon"))
    groups = np.zeros(draft.rows, int)
    groups[rows], texts = distinct(lat.str.cat(lon, sep=", "))
    changes = Changes(groups, texts, np.full(len(texts), to, object), f"was read as {{to!r}}, {why}")
    draft.findings.say_changes(FIXED, "place_code", both(draft), changes, rows)
