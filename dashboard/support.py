"""What each source supports, and how many of its claims others contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.selection import index, known_day
from dashboard.view import View
from geodata import links
from geodata.atlas import Atlas
from geodata.events import DISPROVED

BACKGROUND = (
    ("membership", "memberships", "memberships"), ("length", "lengths", "border_lengths"), ("border status", "border statuses", "borders"),
    ("range", "ranges", "zones"), ("base", "bases", "bases"), ("bloc", "blocs", "blocs"), ("person", "persons", "persons"),
    ("region", "regions", "regions"), ("border post", "border posts", "posts"),
)  # fmt: skip
"""one, several, table"""


@dataclass(frozen=True)
class Support:
    """What rests on one source."""

    id: str
    publisher: str
    title: str
    published: str
    url: str
    reliability: str
    why: str
    events: int
    """events it reports, furniture not counted, known on the view's day"""

    background: tuple[tuple[str, str, int], ...]
    """(one, several, number) of the other facts that cite it"""

    contradicted: int
    """events it reports on which another sound report, or a correction, says otherwise, or whose claim is disproved"""


def supports(atlas: Atlas, view: View) -> tuple[Support, ...]:
    """Every source of the theatre and of the file, those that support most first."""
    return _supports(atlas, known_day(view))


@lru_cache(maxsize=8)
def _supports(atlas: Atlas, day: int) -> tuple[Support, ...]:
    told, against = _events(atlas, day), _contradicted(atlas, day)
    cited = {table: _cited(atlas, table) for _, _, table in BACKGROUND}
    found = [
        Support(name, row["publisher"], row["title"], row["published"], row["url"], row["reliability"], row["why"], len(told.get(name, ())),
                tuple((one, several, cited[table][name]) for one, several, table in BACKGROUND if cited[table][name]), len(against.get(name, ())))
        for name, row in index(atlas).source_rows.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda source: (-source.events, -sum(number for *_, number in source.background), source.publisher, source.id)))


def _events(atlas: Atlas, day: int) -> dict[str, set[str]]:
    """Events that each source reports, as known on a day."""
    told: dict[str, set[str]] = {}
    for _, source, event in _known(atlas, day):
        told.setdefault(source, set()).add(event)
    return told


def _known(atlas: Atlas, day: int) -> Iterator[tuple[int, str, str]]:
    """Row, source and event of every report with a source that is known on a day; furniture is none."""
    look = index(atlas)
    sources, names = atlas.reports["source"].to_numpy(), atlas.reports["event"].to_numpy()
    return ((int(row), sources[row], names[row]) for row in np.flatnonzero((look.reported <= day) & ~look.furniture) if sources[row])


def _cited(atlas: Atlas, table: str) -> Counter[str]:
    """How many rows of a table name each source."""
    return Counter(name for text in atlas.table(table)["source"] for name in set(text.split(";")) if name)


def _contradicted(atlas: Atlas, day: int) -> dict[str, set[str]]:
    """Events by source where its word stands against another's."""
    found: dict[str, set[str]] = {}
    ends = {row["to"] for relation in ("contradicts", "corrects") for row in links.known_on(atlas.links, day, relation).to_dict("records")
            if _sound(atlas, row["from"], day)}  # fmt: skip
    claims = atlas.table("claims")
    told_apart = set(claims["event"])  # there it is written which report says what
    disputed = {(row["event"], name) for row in claims.to_dict("records") for name in row["source"].split(";")}
    credibility = atlas.reports["credibility"].to_numpy()
    for row, source, event in _known(atlas, day):
        if (event in ends and event not in told_apart) or (event, source) in disputed or credibility[row] == DISPROVED:
            found.setdefault(source, set()).add(event)
    return found


def _sound(atlas: Atlas, event: str, day: int) -> bool:
    """Whether a report of an event, known on a day, is not disproved itself."""
    look, credibility = index(atlas), atlas.reports["credibility"]
    return any(look.reported[row] <= day and credibility[row] != DISPROVED for row in look.reports_of.get(event, ()))
