"""Rows that probably tell of the same event: same kind, close in space and time, titles alike. Grouped for a decision, never merged unasked."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from geodata.intake.draft import Draft
from geodata.intake.ground import apart_km, on_earth
from geodata.intake.names import plain
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, where
from geodata.tables import LINE

DAYS, KM, ALIKE = 3, 25.0, 0.6
"""at most so many days and km apart; at least this share of the words of both titles in common"""

NEIGHBOURS = 200
"""rows compared with each, in the order of days; more happen on no few days of an honest file"""

MOST_PAIRS = 300_000
"""pairs looked at closely"""

ANSWERS = {"same": "reports of the same event", "different": "different events"}


def judge(draft: Draft) -> None:
    """Group probable duplicates, warn of them and ask; carry out the answers."""
    if draft.schema or draft.rows < 2:
        return  # a collection gives every event an id of its own
    for group in _groups(draft):
        lines = draft.raw[LINE].to_numpy()[group]
        key = f"duplicates {','.join(map(str, lines[:8]))}" + (f" and {len(lines) - 8} more" if len(lines) > 8 else "")
        answer = draft.answer(key, ANSWERS)
        if answer == "same":
            _join(draft, group, int(lines[0]))
        elif answer != "different":
            _say(draft, key, group, lines)


def _join(draft: Draft, group: np.ndarray, line: int) -> None:
    """Reports of one event; a source that reports it again is told as the second of that name, since one report counts per name."""
    draft.put("event", draft.get("event").iat[group[0]] or f"lines-{line}", group)
    told = Counter()
    for row in group:
        source = draft.get("source").iat[row]
        told[source] += 1
        if source and told[source] > 1:
            name = f"{source} ({told[source]})"
            draft.put("source", name, np.array([row]))
            draft.findings.say(FIXED, "source_again", draft.column("source"), source,
                               f"reports this event more than once, so this report was read as from {name!r}", np.array([row]), to=name)  # fmt: skip


def _say(draft: Draft, key: str, group: np.ndarray, lines: np.ndarray) -> None:
    title = draft.get("title").iat[group[0]]
    others = ", ".join(str(line) for line in lines[:8]) + (", ..." if len(lines) > 8 else "")
    draft.findings.say(WARNED, "duplicates", draft.column("title"), title, f"may tell of one event more than once: lines {others}", group)
    draft.findings.questions.append(
        Question(key, f"do lines {others} tell of the same event, {title[:80]!r}?", ANSWERS, group, otherwise="drawn each by itself")
    )


def _groups(draft: Draft) -> list[np.ndarray]:
    """Positions of rows that belong together, each group ascending."""
    free = np.ones(draft.rows, bool)
    free[draft.findings.rows_at(HELD_BACK)] = False
    lat, lon = draft.numbers("lat"), draft.numbers("lon")
    free &= on_earth(np.nan_to_num(lon), np.nan_to_num(lat))  # others are held back when the rules are looked at
    day = pd.to_datetime(draft.get("start"), format="%Y-%m-%d", errors="coerce").to_numpy().astype("datetime64[D]")
    rows = where(free & ~np.isnat(day) & (draft.get("title") != "").to_numpy())
    rows = rows[np.argsort(day[rows], kind="stable")]
    words = [frozenset(plain(title).split()) for title in draft.get("title").iloc[rows]]
    near = _near_pairs(draft, rows, day[rows].astype(np.int64))
    return _joined([(rows[a], rows[b]) for a, b in near if _alike(words[a], words[b])])


def _near_pairs(draft: Draft, rows: np.ndarray, days: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of positions in `rows` of one kind within the days and km; rows without a point go by the words of their place."""
    kind, place, event = (pd.factorize(draft.get(name).iloc[rows])[0] for name in ("kind", "place", "event"))
    named = (draft.get("event").iloc[rows] != "").to_numpy()
    lat, lon = (draft.numbers(axis)[rows] for axis in ("lat", "lon"))
    found: list[tuple[int, int]] = []
    for step in range(1, min(len(rows), NEIGHBOURS)):
        together = days[step:] - days[:-step] <= DAYS
        if not together.any():
            break
        if len(found) > MOST_PAIRS:
            draft.findings.notes.append(f"so many rows are close to each other that only {step - 1} neighbours of each were compared for duplicates")
            break
        same_event = (event[step:] == event[:-step]) & named[step:]
        km = apart_km(lon[:-step], lat[:-step], lon[step:], lat[step:])
        close = (km <= KM) | (np.isnan(km) & (place[step:] == place[:-step]))
        found += [(int(i), int(i) + step) for i in np.flatnonzero(together & close & (kind[step:] == kind[:-step]) & ~same_event)]
    return found


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a | b) and len(a & b) / len(a | b) >= ALIKE


def _joined(pairs: list[tuple[int, int]]) -> list[np.ndarray]:
    """Chains of pairs as groups."""
    root: dict[int, int] = {}

    def top(row: int) -> int:
        while root.setdefault(row, row) != row:
            root[row] = row = root[root[row]]
        return row

    for a, b in pairs:
        first, second = sorted((top(a), top(b)))
        root[second] = first
    groups: dict[int, list[int]] = {}
    for row in sorted(root):
        groups.setdefault(top(row), []).append(row)
    return [np.array(rows) for rows in groups.values()]
