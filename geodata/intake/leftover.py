"""Columns of a file that nothing is read from: named, with what they could be read for; and columns that are missing."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.intake import countries, dates, degrees, nations
from geodata.intake.adapters import SCHEMAS
from geodata.intake.blanks import WORDS
from geodata.intake.draft import Draft
from geodata.intake.mapping import Mapping
from geodata.intake.names import KNOWN, broad_and_long, plain
from geodata.intake.sheet import LAT, LON, SHAPE, Sheet
from geodata.intake.verdicts import Question, where
from geodata.problems import Problem, TableError, named
from geodata.reports import REQUIRED
from geodata.tables import LINE, MOST_NAMED

AGAIN = re.compile(r" \d+$")
"""what the name of a column that stands twice ends with"""

MEASURED = "width and length"
MEANINGS = {"coordinates": "they are latitude and longitude", "sizes": "they are width and length of something"}
PLACES = {"lat", "lon", "coordinates"}
SAMPLE, MOSTLY = 300, 0.8
"""how many values of a column are looked at, and the share that must name countries before it is said to hold them"""


def kept(columns: list[str], mapping: Mapping) -> list[str]:
    """The columns that nothing is read from; they stay in the file as they are."""
    read = {LINE, SHAPE, LAT, LON, *mapping.columns.values()}
    if schema := SCHEMAS.get(mapping.schema):
        codes = {plain(name) for name in (schema.time[0], schema.place[0], *schema.title, *schema.kind)}
        read |= {column for column in columns if plain(column) in codes}
    if mapping.answers.get(MEASURED) == "coordinates":
        read |= set(_measured(columns, mapping))
    return [column for column in columns if column not in read]


def require_targets(mapping: Mapping, sheet: Sheet, file: str) -> None:
    """Raise TableError when the file has nothing a row needs; what was said of the file stands there too, for it may say why."""
    given = set(mapping.columns) | set(mapping.constants)
    missing = [name for name in REQUIRED if name not in given and not (name == "title" and mapping.schema)]
    left = kept(list(sheet.frame.columns), mapping)
    there = f"; the columns left are {named([*map(repr, left)], MOST_NAMED)}" if left else ""
    problems = [Problem(file, 0, "", "", f"missing column {name!r}{there}") for name in missing]
    if not problems and not given & {"place", "lat", "coordinates", "country", "zone"} and not _may_be_points(sheet.frame, mapping):
        problems = [Problem(file, 0, "", "", f"missing a place: a column 'place', 'country', or 'lat' and 'lon' would be right{there}")]
    if problems:
        raise TableError([*problems, *(Problem(file, 0, "", "", note) for note in sheet.notes)])


def judge(draft: Draft) -> None:
    """One sentence for each of our columns that several columns of the file could be read for, unless they say the same."""
    if draft.schema:  # its columns are known
        return
    _measures(draft)
    _countries(draft)
    others: dict[str, list[str]] = {}
    for column in kept(list(draft.raw.columns), draft.mapping):
        target = _target(column, draft.raw)
        if _read_from(draft, target) and (rows := _differing(draft, target, column)).size:
            differ = f"{len(rows):,} {'rows differ' if len(rows) > 1 else 'row differs'}, the first at line {draft.raw[LINE].iloc[rows[0]]}"
            others.setdefault(target, []).append(f"{column!r} ({differ})")
    for target, found in others.items():
        told = " and ".join(map(repr, _read_from(draft, target)))
        draft.findings.notes.append(f"{target!r} is read from {told}; {', '.join(found)} could be read for it too, and the mapping decides")


def _measured(columns: list[str], mapping: Mapping) -> tuple[str, ...]:
    """The columns named latitude and longitude, or width and length, if nothing else says where the points are."""
    if PLACES & {*mapping.columns, *mapping.constants}:
        return ()
    taken = set(mapping.columns.values())
    return broad_and_long([column for column in columns if column not in taken]) or ()


def _may_be_points(frame: pd.DataFrame, mapping: Mapping) -> tuple[str, ...]:
    """Those columns, if all that stands in them can be latitudes and longitudes, or was said to be."""
    pair = _measured(list(frame.columns), mapping)
    if not pair or mapping.answers.get(MEASURED):
        return pair
    filled = [[text for text in frame[column].unique() if text not in ("", *WORDS)] for column in pair]
    fit = all(degrees.within(text, axis) for axis, texts in zip(degrees.FARTHEST, filled, strict=True) for text in texts)
    return pair if fit and all(filled) else ()


def _measures(draft: Draft) -> None:
    """Ask whether columns named width and length are latitude and longitude, which in some languages are the same words; read them if so."""
    pair = _may_be_points(draft.raw, draft.mapping)
    if not pair:
        return
    if answer := draft.answer(MEASURED, MEANINGS):
        if answer == "coordinates":
            _take_measured(draft, pair)
        return
    broad, long = (draft.raw[name] for name in pair)
    fine = all(column.str.contains(r"[.,]\d\d|[°º˚]", regex=True).any() for column in (broad, long))  # tenths of a degree are 11 km
    asked = f"are {pair[0]!r} and {pair[1]!r} latitude and longitude, or width and length of something?"
    rows = where(~broad.isin(["", *WORDS]) & ~long.isin(["", *WORDS]))
    otherwise = "placed by what else they say" if {"place", "country", "zone"} & set(draft.cells) else "listed without a place"
    draft.findings.questions.append(Question(MEASURED, asked, MEANINGS, rows, "coordinates" if fine else "", otherwise))


def _take_measured(draft: Draft, pair: tuple[str, ...]) -> None:
    """Read both columns as latitude and longitude, where no edit gave others."""
    taken = dict(zip(degrees.FARTHEST, pair, strict=True))
    draft.mapping = replace(draft.mapping, columns=draft.mapping.columns | taken)
    for axis, name in taken.items():
        empty = draft.raw[name].isin(WORDS)
        if empty.any():
            shown = ", ".join(map(repr, draft.raw[name][empty].unique()))
            draft.findings.notes.append(f"cells that say {shown} are read as empty: {name!r} ({int(empty.sum()):,})")
        draft.cells[axis] = draft.get(axis).where(draft.get(axis) != "", draft.raw[name].mask(empty, ""))


def _countries(draft: Draft) -> None:
    """Name the columns of countries that were not taken for where the events were, for their names do not say so."""
    if "country" in {*draft.mapping.columns, *draft.mapping.constants}:
        return
    for column in kept(list(draft.raw.columns), draft.mapping):
        texts = [text for text in draft.raw[column].unique()[:SAMPLE] if text not in ("", *WORDS)]
        if texts and sum(map(countries.names_one, texts)) >= MOSTLY * len(texts):
            draft.findings.notes.append(
                f"column {column!r} holds countries, but its name does not say that events were there, so it is kept as it is; the mapping decides"
            )


def _target(column: str, frame: pd.DataFrame) -> str:
    """The column of ours that a name speaks for; one that stands twice speaks for what the first does."""
    first = AGAIN.sub("", column)
    return KNOWN.get(plain(first if first in frame else column), ("", 0))[0]


def _read_from(draft: Draft, target: str) -> list[str]:
    """The columns of the file that one of ours is read from: both coordinates may stand in two; none if it is not read."""
    columns = draft.mapping.columns
    if target == "coordinates" and target not in columns and {"lat", "lon"} <= set(columns):
        return [columns["lat"], columns["lon"]]
    return [columns[target]] if target in columns else []


def _differing(draft: Draft, target: str, column: str) -> np.ndarray:
    """Positions of the rows in which a column says something, and something else than what is read."""
    first, *second = (draft.raw[name] for name in _read_from(draft, target))
    one, other = first.str.cat(second, sep=", ") if second else first, draft.raw[column]
    rows = where((other != one) & ~other.isin(["", *WORDS]))
    means = MEANS.get(target, _number)
    said = [texts.map({text: means(text) for text in texts.unique()}) for texts in (one.iloc[rows], other.iloc[rows])]
    return rows[(said[0] != said[1]).to_numpy()]


def _number(text: str) -> str:
    try:
        return str(float(text))
    except ValueError:
        return text


def _day(text: str) -> str:
    read = dates.read(text)
    return f"{read.start}..{read.end}" if read.start else text


def _country(text: str) -> str:
    return nations.code(text) or text


def _pair(text: str) -> str:
    """Either order of a pair that does not say its own."""
    found = degrees.pair(text, degrees.LAT_FIRST)
    return str(sorted(map(float, (found.lat, found.lon)))) if found.lat else text


MEANS = {"country": _country, "start": _day, "end": _day, "coordinates": _pair}
"""what a text of these columns says, however it is written; the others are compared as numbers, or as they stand"""
