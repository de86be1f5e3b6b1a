"""The rows a seal speaks of: each goes by its event and source, with digests of what it says; which of them are others now."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.selection import index
from geodata import days, reports
from geodata.atlas import Atlas
from geodata.days import INF
from geodata.outtake import cells
from geodata.reports import COLUMNS

_GRADE = frozenset({"reliability", "credibility"})
_WHOLE, _COLUMN = 16, 4
"""hex digits of the digest of a row, and of each of its columns after it"""

_TOLD = ("title", "status", "start", "reported", "marking")
"""columns by which a report that was added is told"""

Rows = Mapping[str, tuple[str, ...]]
"""by event and source the digests of the reports, sorted; a source has one report of an event, but many can be without a source"""


@dataclass(frozen=True)
class Finding:
    """A row that no longer reads as it did."""

    row: str
    what: str
    """`amended`, `re-graded`, `withdrawn` or `a report was added`"""

    fields: tuple[tuple[str, str], ...] = ()
    """(column, what it says now)"""

    @property
    def added(self) -> bool:
        """Whether the brief did not rest on it."""
        return self.what == "a report was added"

    def __str__(self) -> str:
        """The sentence shown."""
        told = "; ".join(f"{name} {'' if self.added else 'now '}{value!r}" for name, value in self.fields)
        return f"{self.row}: {self.what}" + (f": {told}" if told else "")


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


@lru_cache(maxsize=4)
def digests(atlas: Atlas, own: tuple[str, ...] = ()) -> dict[int, tuple[str, str]]:
    """By row number the event and source, and the digest of the row. Kept, because every page of a series asks for them."""
    texts = _texts(atlas.reports, own)
    keys = map(_key, atlas.reports["event"], atlas.reports["source"])
    return {row: (key, _digest(values)) for row, key, values in zip(atlas.reports.index, keys, texts, strict=True)}


def _key(event: str, source: str) -> str:
    """No id of an event holds a blank, so no other event and source give the same."""
    return f"{event} {source}" if source else event


def _event(key: str) -> str:
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


def changes(sealed: Rows, own: tuple[str, ...], known: str, atlas: Atlas) -> list[Finding]:
    """What became of sealed rows, then what was added to their events by the day `known` (ISO, empty = ever)."""
    events, now = {_event(key) for key in sealed}, digests(atlas, own)
    there: dict[str, list[int]] = defaultdict(list)
    for row, (key, _) in now.items():
        if _event(key) in events:
            there[key].append(row)
    used, found, added = _used(atlas, events, known), [], []
    says = _says(atlas, own, [row for rows in there.values() for row in rows])
    for key in [*sealed, *(key for key in there if key not in sealed)]:
        pairs, others = _paired(sealed.get(key, ()), there.get(key, []), now)
        found += [Finding(key, "withdrawn") if row is None else _amended(key, says[row], digest, now[row][1]) for digest, row in pairs]
        added += [Finding(key, "a report was added", _said(says[row])) for row in others if row in used]
    return found + added


def _says(atlas: Atlas, own: tuple[str, ...], rows: list[int]) -> dict[int, dict[str, str]]:
    """What these rows say, by column."""
    texts = _texts(atlas.reports.loc[rows], own)
    return {row: dict(zip([*COLUMNS, *own], values, strict=True)) for row, values in zip(rows, texts, strict=True)}


def _used(atlas: Atlas, events: set[str], known: str) -> set[int]:
    """The reports on which these events rest, as known on a day."""
    day, frame = days.number(days.parse(known)) if known else INF, index(atlas).rows
    taken = frame["event"].isin(events) & (frame["known_from"] <= day) & (frame["known_to"] > day)
    return {row for of_event in frame.loc[taken, "reports"] for row in of_event}


def _paired(old: Iterable[str], rows: Iterable[int], now: Mapping[int, tuple[str, str]]) -> tuple[list[tuple[str, int | None]], list[int]]:
    """Digests that are there no more, each with the row most like it, and the rows that are left; order does not matter."""
    left, fresh = Counter(old), []
    for row in rows:
        if left[now[row][1]]:
            left[now[row][1]] -= 1
        else:
            fresh.append(row)
    pairs: list[tuple[str, int | None]] = []
    for digest in left.elements():
        like = max(fresh, key=lambda row: _alike(digest, now[row][1]), default=None)
        fresh = [row for row in fresh if row != like]
        pairs.append((digest, like))
    return pairs, fresh


def _columns(digest: str) -> list[str]:
    return [digest[at : at + _COLUMN] for at in range(_WHOLE, len(digest), _COLUMN)]


def _alike(one: str, other: str) -> int:
    return sum(a == b for a, b in zip(_columns(one), _columns(other), strict=True))


def _amended(key: str, says: Mapping[str, str], was: str, now: str) -> Finding:
    told = zip(says.items(), _columns(was), _columns(now), strict=True)
    fields = tuple((name.strip(), value) for (name, value), old, new in told if old != new)
    return Finding(key, "re-graded" if fields and {name for name, _ in fields} <= _GRADE else "amended", fields)


def _said(says: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, says[name]) for name in _TOLD if says[name])
