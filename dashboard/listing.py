"""An event and a source as the rows of a table, for every output that lists them."""

from __future__ import annotations

from functools import lru_cache

from dashboard.scene import Feature, SourceLine
from geodata.atlas import Atlas


def when(event: Feature) -> str:
    """The time in words, and that it is only possible or still ahead."""
    return f"{event.when} ({event.certainty})" if event.certainty in ("possible", "ahead") else event.when


def who(event: Feature, atlas: Atlas) -> str:
    """Participants by how they took part."""
    modes = mode_names(atlas)
    groups: dict[str, list[str]] = {}
    for party, how in event.participants:
        told = ", ".join(modes.get(mode, mode) for mode in how.split("+") if mode != "party")
        groups.setdefault(told, []).append(short_name(atlas, party))
    return "; ".join(f"{', '.join(names)} ({how})" if how else ", ".join(names) for how, names in groups.items())


def blocs(event: Feature, atlas: Atlas) -> str:
    """The blocs the event is one of."""
    names = _bloc_names(atlas)
    return ", ".join(names.get(bloc, bloc) for bloc in event.blocs)


def grade(source: SourceLine) -> str:
    """Reliability of a source and the best credibility among its reports used."""
    return f"{source.reliability}{source.credibility}"


def cited(source: SourceLine) -> tuple[str, ...]:
    """A source as a row of a table: number, publisher, day, title, grade."""
    return (str(source.n), source.publisher, source.published or "undated", source.title, grade(source))


def short_name(atlas: Atlas, code: str) -> str:
    """A participant in few words: an organisation by its letters, others without what stands in brackets."""
    return code if code in _organisations(atlas) else atlas.party_names.get(code, code).partition(" (")[0]


@lru_cache(maxsize=4)
def _organisations(atlas: Atlas) -> frozenset[str]:
    parties = atlas.table("parties")
    return frozenset(parties["id"][parties["type"] == "organisation"])


@lru_cache(maxsize=4)
def mode_names(atlas: Atlas) -> dict[str, str]:
    """How one can take part, in words."""
    return dict(zip(atlas.table("modes")["id"], atlas.table("modes")["name"], strict=True))


@lru_cache(maxsize=4)
def _bloc_names(atlas: Atlas) -> dict[str, str]:
    return dict(zip(atlas.table("blocs")["id"], atlas.table("blocs")["name"], strict=True))
