"""The rows a seal speaks of: each goes by its event and source, with digests of what it says and its short values as they were."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from geodata import reports
from geodata.atlas import Atlas
from geodata.outtake import cells
from geodata.reports import COLUMNS

_WHOLE, _COLUMN = 16, 4
"""hex digits of the digest of a row, and of each of its columns after it"""

SHORT = ("kind", "status", "start", "end", "date_precision", "place_precision", "reported", "reliability", "credibility")
"""columns whose values a seal carries: words of fixed lists and days, no free text"""

TITLE = 120
"""letters of a title that is carried"""

Rows = Mapping[str, tuple[str, ...]]
"""by event and source the digests of the reports, sorted; a source has one report of an event, but many can be without a source"""

Said = Mapping[str, Mapping[str, str]]
"""by the digest of a row, without those of its columns, what it said by column"""


def own_columns(atlas: Atlas) -> tuple[str, ...]:
    """The columns of the events file that are the analyst's own."""
    return tuple(name for name in reports.columns(atlas.reports) if name not in COLUMNS)


def rows_of(atlas: Atlas, used: Iterable[int], own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The rows of these numbers, each once."""
    every, found = digests(atlas, own), defaultdict(list)
    for row in dict.fromkeys(used):
        key, digest = every[row]
        found[key].append(digest)
    return {key: tuple(sorted(of_key)) for key, of_key in found.items()}


def together(pages: Iterable[Rows]) -> dict[str, tuple[str, ...]]:
    """The rows of several pages made from the same data; one that is on two of them is one row."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in pages:
        for key, of_page in rows.items():
            found[key] |= Counter(of_page)
    return {key: tuple(sorted(counted.elements())) for key, counted in found.items()}


def said_of(atlas: Atlas, used: Iterable[int], own: tuple[str, ...], titles: Collection[str]) -> dict[str, dict[str, str]]:
    """What a seal carries of these rows; a title only when it is one of `titles`, those that the output shows itself."""
    every, found = digests(atlas, own), {}
    rows = list(dict.fromkeys(used))
    for row, says in says_of(atlas.reports.loc[rows], own).items():
        shown = ("title", *SHORT) if says["title"] in titles and len(says["title"]) <= TITLE else SHORT
        found[whole(every[row][1])] = {name: says[name] for name in shown}
    return found


def said_together(pages: Iterable[Said]) -> dict[str, dict[str, str]]:
    """What the seals of several pages carry of the rows of all."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for said in pages:
        for row, values in said.items():
            found[row] |= values
    return dict(found)


@lru_cache(maxsize=4)
def digests(atlas: Atlas, own: tuple[str, ...] = ()) -> dict[int, tuple[str, str]]:
    """By row number the event and source, and the digest of the row. Kept, because every page of a series asks for them."""
    return digests_of(atlas.reports, own)


def digests_of(frame: pd.DataFrame, own: Sequence[str]) -> dict[int, tuple[str, str]]:
    """The same for reports of any table."""
    keys = map(_key, frame["event"], frame["source"])
    return {row: (key, _digest(values)) for row, key, values in zip(frame.index, keys, _texts(frame, own), strict=True)}


def says_of(frame: pd.DataFrame, own: Sequence[str]) -> dict[int, dict[str, str]]:
    """What these rows say, by column."""
    return {row: dict(zip([*COLUMNS, *own], values, strict=True)) for row, values in zip(frame.index, _texts(frame, own), strict=True)}


def _key(event: str, source: str) -> str:
    """No id of an event holds a blank, so no other event and source give the same."""
    return f"{event} {source}" if source else event


def event_of(key: str) -> str:
    """The event of a row."""
    return key.split(" ", 1)[0]


def _texts(frame: pd.DataFrame, own: Sequence[str]) -> list[list[str]]:
    """Every row as text; a column that is not there says nothing."""
    missing = {name: "" for name in own if name not in frame}
    return cells(frame.assign(**missing) if missing else frame, [*COLUMNS, *own])


def _digest(values: Sequence[str]) -> str:
    whole = hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:_WHOLE]
    return whole + "".join(hashlib.sha256(value.encode()).hexdigest()[:_COLUMN] for value in values)


def fits(digest: object, own: Sequence[str]) -> bool:
    """Whether this can be the digest of a row."""
    return isinstance(digest, str) and len(digest) == _WHOLE + _COLUMN * (len(COLUMNS) + len(own))


def whole(digest: str) -> str:
    """The digest of the row alone."""
    return digest[:_WHOLE]


def by_column(digest: str) -> list[str]:
    """The digests of its columns."""
    return [digest[at : at + _COLUMN] for at in range(_WHOLE, len(digest), _COLUMN)]


def carried(said: object) -> bool:
    """Whether this can be what a seal carries of its rows."""
    rows = said.values() if isinstance(said, dict) else [None]
    return all(isinstance(values, dict) and values.keys() <= {"title", *SHORT} and all(isinstance(text, str) for text in values.values())
               for values in rows)  # fmt: skip
