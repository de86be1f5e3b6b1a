"""Which column is which, from their names first and from what stands in them where names do not tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from geodata.intake import adapters, aside, countries, dates, degrees, ids
from geodata.intake.mapping import Mapping
from geodata.intake.names import is_year, may_say_where, plain, targets_of
from geodata.intake.sheet import LAT, LON, SHAPE
from geodata.reports import COLUMNS, REQUIRED
from geodata.tables import LINE

SAMPLE = 300
MOSTLY = 0.8
"""share of a column's values that must fit before it is taken for something"""

HALF = 0.5
"""share of days from which a column of dates is one of days, some of them known to the month"""

UNMISTAKABLE = frozenset({"date_precision", "place_precision", "radius_km", "blocs", "credibility", "furniture"})
"""columns no other table has; `title`, `start` and `place` are words anybody would choose"""


ITSELF = {name: name for name in COLUMNS}
"""how a file is read that has every column of ours"""


def guess(frame: pd.DataFrame) -> Mapping:
    """The likeliest mapping of a file's columns; never two targets for one column."""
    columns = [name for name in frame.columns if name not in (LINE, SHAPE)]
    if written(columns):
        return Mapping(dict(ITSELF))
    if schema := adapters.schema_of(columns):
        return Mapping(adapters.columns_of(schema, columns), schema=schema)
    found = targets_of(columns)
    if LAT in columns:  # a file of features says in its geometry where they are
        found |= {"lat": LAT, "lon": LON}
    if {"lat", "lon"} <= set(found):
        found.pop("coordinates", None)
    else:
        found = {target: column for target, column in found.items() if target not in ("lat", "lon")} if "coordinates" in found else found
    titled = "title" in found
    found = _by_contents(frame, columns, found)
    if "event" in found and not (own(columns) or _tells_events(frame, found)):
        freed = found.pop("event")
        if plain(freed) == ids.BARE and not titled:
            found["title"] = freed
    return Mapping(_ordered(found))


def _tells_events(frame: pd.DataFrame, found: dict[str, str]) -> bool:
    """Whether the column for ids is one, judged without rows of totals, which repeat a word in it."""
    return ids.tells_events(frame, found["event"], found) or ids.tells_events(aside.parted(frame, Mapping(found))[0], found["event"], found)


def completed(mapping: Mapping | None, frame: pd.DataFrame) -> Mapping:
    """A mapping that names columns as it is; one that names none, such as only a sheet, with the likeliest."""
    if mapping is None:
        return guess(frame)
    if mapping.columns:
        return mapping
    found = guess(frame)
    return replace(mapping, columns=found.columns, schema=mapping.schema or found.schema)


def own(columns: list[str]) -> bool:
    """Whether a file is in Panj's own schema: its columns are, and no other one looks like one that is missing."""
    known = set(COLUMNS)
    if set(columns) <= known:
        return True
    others = set(targets_of([name for name in columns if name not in known])) - set(columns)
    placed = {"place", "lat", "country", "zone"} & set(columns)
    return set(REQUIRED) <= set(columns) and bool(placed) and not others


def written(columns: list[str]) -> bool:
    """Whether a file has every column of Panj, as the files that Panj writes do, whatever else is in it."""
    return set(COLUMNS) <= set(columns)


def unmistakable(columns: list[str]) -> bool:
    """Whether a file in Panj's own schema is surely meant to be, so that every word of it stands."""
    return written(columns) or (not UNMISTAKABLE.isdisjoint(columns) and own(columns))


def stands(columns: list[str], mapping: Mapping) -> bool:
    """Whether a file is read as it stands: in Panj's own columns, and the mapping says nothing else of it."""
    told = mapping.schema or mapping.kinds or mapping.answers or any(target != column for target, column in mapping.columns.items())
    return not told and unmistakable(columns)


def _by_contents(frame: pd.DataFrame, columns: list[str], found: dict[str, str]) -> dict[str, str]:
    """Targets a row cannot do without, looked for in what stands in the columns left, where no name speaks against it."""
    samples = {name: _sample(frame[name]) for name in columns if name not in found.values()}

    def take(target: str, fits: Callable[[str], bool], among: Callable[[str], bool] | None = None) -> None:
        best = max(filter(among, samples), key=lambda name: _share(samples[name], fits), default="") if target not in found else ""
        if best and _share(samples[best], fits) >= MOSTLY:
            found[target] = best
            del samples[best]

    if "start" not in found:
        _take_days(take, samples)
    if not {"lat", "coordinates"} & set(found):
        take("coordinates", degrees.unmistakable)
    if "country" not in found:
        take("country", countries.names_one, may_say_where)
    if "title" not in found and (column := _title(samples) or found.get("summary") or found.get("place")):
        found["title"] = column
    return found


def _take_days(take: Callable[..., None], samples: dict[str, list[str]]) -> None:
    """The column of dates: one of days before one of months, either before bare numbers, and years only where the name says so."""
    take("start", dates.says_date, lambda name: _share(samples[name], dates.says_day) >= HALF)
    take("start", dates.says_date)
    take("start", dates.packed)
    take("start", dates.says_year, is_year)


def _sample(column: pd.Series) -> list[str]:
    return [text for text in column.iloc[: 4 * SAMPLE].unique() if text][:SAMPLE]


def _share(texts: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, texts)) / len(texts) if texts else 0.0


def _title(samples: dict[str, list[str]]) -> str:
    """The column of text that differs most from row to row and is neither a word nor an essay."""
    wordy = {name: texts for name, texts in samples.items() if texts and 8 <= sum(map(len, texts)) / len(texts) <= 200
             and _share(texts, lambda text: " " in text and not text.replace(" ", "").isdigit()) >= 0.5}  # fmt: skip
    return max(wordy, key=lambda name: len(wordy[name]), default="")


def _ordered(found: dict[str, str]) -> dict[str, str]:
    order = {name: place for place, name in enumerate((*COLUMNS, "coordinates"))}
    return dict(sorted(found.items(), key=lambda pair: order[pair[0]]))
