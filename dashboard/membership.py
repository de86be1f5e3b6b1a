"""Blocs in time, in words and as spans: who joined or left, what two days differ in, who is in both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard import words
from geodata import blocs, days
from geodata.atlas import Atlas


@dataclass(frozen=True)
class Span:
    """One standing of one country, for a chart."""

    country: str
    name: str
    role: str
    sort: str
    """`standing` or `also`"""

    start: str
    """as sourced; empty = not sourced"""

    end: str
    """the first day no longer, as sourced; empty = still"""

    first: int
    """first certain day, days since 1970-01-01"""

    last: int
    """first day no longer certain"""

    sources: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A country whose standing in a bloc differs between two days."""

    bloc: str
    country: str
    before: str
    """standing in words; empty = none"""

    after: str


def spans(atlas: Atlas, bloc: str) -> list[Span]:
    """Every standing in a bloc, by country and time."""
    rows = atlas.memberships[atlas.memberships["bloc"] == bloc].sort_values(["country", "from"], kind="stable")
    return [Span(row["country"], atlas.country_names.get(row["country"], row["country"]), row["role"], row["sort"], row["start"], row["end"],
                 int(row["from"]), int(row["to"]), tuple(row["source"].split(";"))) for row in rows.to_dict("records")]  # fmt: skip


def moves(atlas: Atlas, bloc: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(day as sourced, country, what happened, sources): joins, exits and changes of standing or role, in order of time."""
    happened: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for span in spans(atlas, bloc):
        for day, what in ((span.end, _ends(span)), (span.start, _begins(span))):
            if day:
                happened.setdefault((day, span.name), []).append((what, span.sources))
    return [(day, name, "; ".join(sorted(what for what, _ in told)), tuple(dict.fromkeys(source for _, sources in told for source in sources)))
            for (day, name), told in sorted(happened.items())]  # fmt: skip


def _begins(span: Span) -> str:
    return f"becomes {words.role(span.role)}" if span.sort == "standing" else f"{words.role(span.role)}: begins"


def _ends(span: Span) -> str:
    return f"no longer {words.role(span.role)}" if span.sort == "standing" else f"{words.role(span.role)}: ends"


def compare(atlas: Atlas, first: int, second: int, on: tuple[str, ...]) -> list[Difference]:
    """Countries whose standing in the blocs `on` differs between two days."""
    before, after = _standings(atlas, first, on), _standings(atlas, second, on)
    keys = sorted({*before, *after})
    return [Difference(bloc, country, before.get((bloc, country), ""), after.get((bloc, country), ""))
            for bloc, country in keys if before.get((bloc, country), "") != after.get((bloc, country), "")]  # fmt: skip


def said(before: str, after: str) -> str:
    """`observer -> member` with an arrow; what both days share is left out."""
    was, now = ([part for part in text.split("; ") if part] for text in (before, after))
    lost, gained = [part for part in was if part not in now], [part for part in now if part not in was]
    if not was or not now or (lost and gained):
        return f"{', '.join(lost) or 'none'} \N{RIGHTWARDS ARROW} {', '.join(gained) or 'none'}"
    return f"now {', '.join(gained)}" if gained else f"no longer {', '.join(lost)}"


def compared(atlas: Atlas, first: int, second: int, on: tuple[str, ...]) -> str:
    """In a sentence what two days differ in, by bloc and change: `... SCO, observer -> member: India and Pakistan.`"""
    names, before, after = atlas.table("blocs").set_index("id")["name"], *(words.words(days.from_number(day)) for day in (first, second))
    found: dict[str, list[str]] = {}
    for change in compare(atlas, first, second, on):
        what, country = f"{names[change.bloc]}, {said(change.before, change.after)}", atlas.country_names.get(change.country, change.country)
        found.setdefault(what, []).append(country)
    told = "; ".join(f"{what}: {words.listed(countries)}" for what, countries in found.items())
    if not told:
        return f"No country's standing in the blocs on the map differs between {before} and {after}."
    return f"Standing on {before} \N{RIGHTWARDS ARROW} {after}: {told}."


def _standings(atlas: Atlas, day: int, on: tuple[str, ...]) -> dict[tuple[str, str], str]:
    held = [standing for standing in blocs.on(atlas.memberships, day) if standing.bloc in on]
    told = {(s.bloc, s.country): "; ".join(words.role(name) for name in (s.role, *s.also) if name) for s in held}
    return {key: text for key, text in told.items() if text}


@lru_cache(maxsize=256)
def overlap(atlas: Atlas, day: int, on: tuple[str, ...]) -> list[str]:
    """In words, for each pair of blocs that are on: who is in both, and who in one only."""
    names = atlas.table("blocs").set_index("id")["name"]
    members = {bloc: {s.country for s in blocs.on(atlas.memberships, day, bloc=bloc) if s.is_member} for bloc in on if bloc in names.index}
    shown = list(members)
    pairs = [(a, b) for number, a in enumerate(shown) for b in shown[number + 1 :]]
    return [sentence for a, b in pairs for sentence in _pair(atlas, names[a], members[a], names[b], members[b], day)]


def _pair(atlas: Atlas, a: str, in_a: set[str], b: str, in_b: set[str], day: int) -> list[str]:
    when = words.words(days.from_number(day))
    groups = ((f"in both {a} and {b}", in_a & in_b), (f"in {a} only", in_a - in_b), (f"in {b} only", in_b - in_a))
    return [f"On {when} {what}: {words.listed(sorted(atlas.country_names[code] for code in codes))}." for what, codes in groups if codes]
