"""Times, places and counts in plain English, never more exact than they are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from geodata import days
from geodata.days import span_words, words

STATUS = {
    "planned": "planned", "announced": "announced", "ongoing": "under way", "held": "held", "cancelled": "cancelled", "reported": "reported",
}  # fmt: skip
PLANS = ("planned", "announced")
ROLE = {
    "member": "member", "founding_member": "founding member", "observer": "observer", "dialogue_partner": "dialogue partner",
    "associate_member": "associate member", "treaty_signatory": "treaty signatory", "chair": "in the chair", "frozen": "participation frozen",
    "guest": "guest", "applicant": "applicant", "accession_approved": "accession under way", "partner_decided": "partnership decided",
    "not_invited": "seat not invited",
}  # fmt: skip
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable",
    "F": "reliability cannot be judged",
}  # fmt: skip
CREDIBILITY = {1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "truth cannot be judged"}


FLAGS = {
    "single_source": "one publisher only", "contradicted": "another report contradicts it", "differing": "its reports differ among themselves",
}  # fmt: skip
"""what a reader should know of an event's evidence"""


def role(name: str) -> str:
    """A role as words; unknown ones as they stand."""
    return ROLE.get(name, name.replace("_", " "))


def when(start: str, end: str, precision: str) -> str:
    """A reported time, as exactly as it is known: `16 September 2021`, `in October 2021`, `about 16 October 2021`."""
    first = days.parse(start)
    if precision == "after":
        return f"not before {words(first)}"
    if end == "..":
        return f"since {'about ' if precision == 'about' else ''}{words(first)}"
    last = days.parse(end or start)
    if precision == "day":
        return span_words(first, last)
    if precision == "about":
        return f"about {span_words(first, last)}"
    return _within(first, last)


def _within(first: date, last: date) -> str:
    if (first, last) == days.span(first.isoformat()[:7]):
        return f"in {days.MONTHS[first.month - 1]} {first.year}"
    if (first, last) == days.span(first.isoformat()[:4]):
        return f"in {first.year}"
    return f"some time in {span_words(first, last)}"


def window(first: date, last: date) -> str:
    """The window, whole months by name: `August - November 2021`."""
    if first.day == 1 and last == days.span(last.isoformat()[:7])[1]:
        months = (days.MONTHS[first.month - 1], days.MONTHS[last.month - 1])
        if (first.year, first.month) == (last.year, last.month):
            return f"{months[0]} {first.year}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"{months[0]}{year} \N{EN DASH} {months[1]} {last.year}"
    return span_words(first, last)


def count(number: int, one: str, several: str = "") -> str:
    """`1 event`, `2,300 events`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(names: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def few(names: Sequence[str], most: int) -> str:
    """The first names and how many more there are; one more is named as well."""
    more = len(names) - most
    return listed(list(names) if more <= 1 else [*names[:most], f"{more:,} more"])


def length(km: float) -> str:
    """A computed length or distance, rounded as honestly as the shipped line allows."""
    return "under 5 km" if km < 5 else f"about {round(km / 5) * 5:,.0f} km"
