"""The view told in plain English, one sentence an event, each with its sources: the text alternative of the map.

Follows ICD 203: status words match the evidence, and how likely a date is never shares a sentence with how good a report is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import words
from dashboard.scene import Feature, SourceLine

_SAID = {
    "held": "reported by", "ongoing": "under way when last reported, according to", "planned": "planned, according to",
    "announced": "announced, according to", "cancelled": "called off, according to", "reported": "said, but not reported as done, by",
}  # fmt: skip
LISTED = 400
"""events told one by one"""


def chronology(events: Sequence[Feature], sources: Sequence[SourceLine]) -> tuple[str, ...]:
    """Sentences in the order of time, parts after the meeting they belong to."""
    publishers = {source.n: source.publisher for source in sources}
    told = sorted(events[:LISTED], key=lambda event: (event.days[0], event.n or 0))
    sentences = [_sentence(event, publishers) for event in told]
    return tuple(sentences + ([f"{len(events) - LISTED:,} more events are in the table."] if len(events) > LISTED else []))


def _sentence(event: Feature, publishers: dict[int, str]) -> str:
    where = f", {event.place}" if event.place else ""
    cited = "".join(f"[{number}]" for number in event.sources)
    by = _by([publishers[number] for number in event.sources])
    told = f"{_capital(event.when)}: {event.title}{where}; {_SAID[event.status]} {by} {cited}."
    return " ".join([told, *_asides(event)])


def _by(publishers: Iterable[str]) -> str:
    names = list(dict.fromkeys(publishers)) or ["an unnamed source"]
    if len(names) == 1:
        return f"{names[0]} alone"
    return words.listed(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} others"


def _asides(event: Feature) -> list[str]:
    """Sentences of their own, so that likelihood and quality of evidence never mix."""
    aside = {
        "possible": "Its time is not known well enough to say that it falls in this window.", "ahead": "It lies after this window.",
    }.get(event.certainty, "")  # fmt: skip
    grade = f"Graded {event.grade}: {words.CREDIBILITY[int(event.grade[1])]}." if int(event.grade[1]) >= 4 else ""
    note = f"{_capital(event.note)}." if event.note else ""
    against = "Other reports contradict it." if "contradicted" in event.flags else ""
    return [text for text in (aside, note, grade, against, *event.differ) if text]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
