"""Where reports contradict each other: the sides of every disagreement, with who says each, as far as it is known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dashboard import words
from dashboard.selection import index
from geodata.atlas import Atlas

AWAY = (frozenset({"absent", "not_invited"}), frozenset({"not_in_person", "cancelled"}))
"""modes of a party that did not take part at all, and of one that did not come itself"""

THERE = (frozenset({"party", "in_person", "video", "host", "chair", "guest", "signatory"}), frozenset({"in_person"}))
"""modes that each of these rules out"""

SUBJECTS = {"contradicts": "contradicting reports", "corrects": "a correction"}


@dataclass(frozen=True)
class Side:
    """One thing that is said, and the reports that say it."""

    claim: str
    reports: tuple[int, ...]
    """row numbers of `atlas.reports`"""

    event: str = ""
    """the event it stands under, when that is another one"""


@dataclass(frozen=True)
class Disagreement:
    """Sides that cannot all be true."""

    subject: str
    sides: tuple[Side, ...]
    note: str = ""


def disagreements(atlas: Atlas, event: str, day: int) -> tuple[Disagreement, ...]:
    """Everything that reports known on a day say differently of an event: its links, its claims, who took part."""
    told = _claimed(atlas, event, day)
    return (*_linked(atlas, event, day), *told, *(() if told else _taking_part(atlas, event, day)))


def _known_reports(atlas: Atlas, event: str, day: int) -> list[int]:
    """Rows of the reports of an event known on a day, oldest first; furniture and undated ones as the event itself counts them."""
    rows = index(atlas).reports_of.get(event, ())
    reported, furniture = index(atlas).reported, index(atlas).furniture
    return sorted((row for row in rows if reported[row] <= day and not furniture[row]), key=lambda row: reported[row])


def _linked(atlas: Atlas, event: str, day: int) -> list[Disagreement]:
    found = (Disagreement(SUBJECTS[row["relation"]], tuple(_event_side(atlas, name, event, day) for name in (row["to"], row["from"])), row["note"])
             for row in index(atlas).links(event, day, *SUBJECTS))  # fmt: skip
    return [each for each in found if all(side.reports for side in each.sides)]


def _event_side(atlas: Atlas, name: str, event: str, day: int) -> Side:
    rows = _known_reports(atlas, name, day)
    titles = atlas.reports["title"]
    return Side(titles[rows[-1]] if rows else "", tuple(rows), "" if name == event else name)


def _claimed(atlas: Atlas, event: str, day: int) -> list[Disagreement]:
    claims = atlas.table("claims")
    own = claims[claims["event"] == event]
    known = _known_reports(atlas, event, day)
    sources = atlas.reports["source"]
    found = []
    for subject, rows in own.groupby("subject", sort=False):
        said = [(row["claim"], tuple(report for report in known if sources[report] in row["source"].split(";"))) for row in rows.to_dict("records")]
        sides = tuple(Side(claim, reports) for claim, reports in said if reports)
        found += [Disagreement(str(subject), sides)] if len(sides) > 1 else []
    return found


def _taking_part(atlas: Atlas, event: str, day: int) -> list[Disagreement]:
    """Parties that some reports have taking part and others not."""
    said: dict[str, dict[str, list[int]]] = {}
    participants = atlas.reports["participants"]
    for row in _known_reports(atlas, event, day):
        for party, modes in participants[row]:
            said.setdefault(party, {}).setdefault(modes, []).append(row)
    names = dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True))
    return [Disagreement(f"how {atlas.party_names.get(party, party)} took part",
                         tuple(Side(", ".join(names.get(mode, mode) for mode in modes.split("+")), tuple(rows)) for modes, rows in told.items()))
            for party, told in said.items() if _clash(told)]  # fmt: skip


def _clash(told: Iterable[str]) -> bool:
    """Whether some report has a party away and another has it there, or says itself that it is disputed."""
    kinds = [modes for text in told if "expected" not in (modes := set(text.split("+"))) or modes & AWAY[0]]
    pairs = [(one, other) for one in kinds for other in kinds]
    against = any(one & away and other & there and not other & away for away, there in zip(AWAY, THERE, strict=True) for one, other in pairs)
    return against or any("disputed" in modes for modes in kinds)


@lru_cache(maxsize=8)
def differing(atlas: Atlas, day: int) -> frozenset[str]:
    """Events whose own reports, known on a day, differ on something that matters."""
    several = {event for event, rows in index(atlas).reports_of.items() if len(rows) > 1}
    candidates = (set(atlas.table("claims")["event"]) | set(_several_modes(atlas))) & several
    return frozenset(event for event in candidates if _claimed(atlas, event, day) or _taking_part(atlas, event, day))


@lru_cache(maxsize=4)
def _several_modes(atlas: Atlas) -> tuple[str, ...]:
    """Events in which a party is away, or disputed, in some report: the only ones that can clash."""
    rows = zip(atlas.reports["event"], atlas.reports["participants"], strict=True)
    return tuple(event for event, parties in rows if any(set(modes.split("+")) & (AWAY[0] | AWAY[1] | {"disputed"}) for _, modes in parties))


def sentences(atlas: Atlas, event: str, day: int) -> tuple[str, ...]:
    """`Reports differ on whether Tajikistan took part: ...`: what an event's own reports say differently, for a reader of text."""
    told = _claimed(atlas, event, day) or _taking_part(atlas, event, day)
    return tuple(f"Reports differ on {each.subject}: {words.listed([side.claim for side in each.sides], 'or')}." for each in told)
