"""What a place text can mean: the theatre's own places first, provinces and GeoNames' towns then, and the ring that a distance makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import shapely

from geodata.intake import landmarks, provinces, towns, wording
from geodata.intake.adapters import NEAR_KM
from geodata.intake.draft import Draft
from geodata.intake.landmarks import Match, key
from geodata.intake.towns import Towns
from geodata.intake.wording import Words

FURTHEST_KM = 200.0
"""from further away a town says too little of a place"""

SLACK = 1.25
"""a ring so much wider than the distance holds the place, whichever way it was measured"""

EDGE_DEGREES = 0.05
"""how far a town may lie outside the line of its province, which is simplified"""

MORE = "says more than that"
UNSAID = "the words do not say that a province is meant"


class Found(NamedTuple):
    """What a place text can mean."""

    places: list[Match]
    doubt: str = ""
    """what keeps even a single place from being more than proposed"""

    why: str = ""
    """why there is none, when it is not that no gazetteer has it"""


def of(draft: Draft, said: Words, known: Towns) -> Found:
    """What a place text can mean, the theatre's own places first, the most populous town first."""
    if own := _own(draft, said.given, said.country):
        return Found(_once(own), said.doubt)
    if said.trouble:
        return Found([], why=said.trouble)
    if not said.start:
        return _measured(_named(draft, said, known), said)
    found = _measured(_named(draft, said._replace(km=0.0), known), said._replace(km=0.0))
    start = _one(draft, said.start, said.country, known) or _one(draft, said.start, "", known)
    if found.places:
        return found if start else found._replace(doubt=found.doubt or MORE)
    return _measured(Found(start, MORE), said)


def _named(draft: Draft, said: Words, known: Towns) -> Found:
    """The places that the names can mean, however far away from them the row is."""
    if own := _own(draft, said.whole, said.country):
        return Found(own)
    if len(said.names) == 1:
        name, country = said.names[0], said.country
        return Found(found) if (found := _one(draft, name, country, known)) else Found(provinces.alone(name, country), UNSAID)
    if (together := _together(draft, said, known)) and ("/" not in said.given or _same(draft, said, together, known)):
        return Found(together)
    each = [_one(draft, name, said.country, known) or provinces.said(f"{name} province", said.country) for name in said.names]
    return Found(_once(match for found in each for match in found)[: towns.MOST], MORE)


def _same(draft: Draft, said: Words, together: list[Match], known: Towns) -> bool:
    """Whether every name is one of the same place: `Dushanbe/Душанбе`, but not a town and its province."""
    return all({match.id for match in together} & {match.id for match in _one(draft, name, said.country, known)} for name in said.names)


def _measured(found: Found, said: Words) -> Found:
    """The rings of those that can be measured from; a single one that is small or doubted is only proposed."""
    if said.km > FURTHEST_KM and found.places:
        return Found([], why=f"is further than {FURTHEST_KM:g} km from the place it names")
    rings = _once(_ringed(match, said) for match in found.places if not said.km or _middle(match))
    if found.places and not rings:
        return Found([], why=f"says how far from {found.places[0].label}, which has no point to measure from")
    small = "names no country" if not said.country and all(map(towns.small, rings)) else ""
    return Found(rings, (found.doubt if rings else "") or said.doubt or small)


def _once(found: Iterable[Match]) -> list[Match]:
    return list({match.id: match for match in reversed(list(found))}.values())[::-1]


def _own(draft: Draft, name: str, country: str) -> list[Match]:
    word = key(name)
    return [match for match in landmarks.named(draft.ground).get(word, ()) if match.fits(country)] if word else []


def _one(draft: Draft, name: str, country: str, known: Towns) -> list[Match]:
    """What one name can mean: a place of the theatre, a province said to be one, a town, else a range of the theatre."""
    return (_own(draft, name, country) or provinces.said(name, country) or _towns(name, country, known)
            or (_own(draft, f"{name} range", country) if key(name) else []))  # fmt: skip


def _towns(name: str, country: str, known: Towns) -> list[Match]:
    """Towns by the name as it stands, Mexico City, else by what is left of it: Kabul city."""
    return known.get((key(name), country)) or known.get((key(wording.bare(name)), country), [])


def _together(draft: Draft, said: Words, known: Towns) -> list[Match]:
    """The places that all of the names agree on: one is the name, every other its province or another name of it."""
    agreed = []
    for at, name in enumerate(said.names):
        others = said.names[:at] + said.names[at + 1 :]
        agreed += [match for match in _one(draft, name, said.country, known)
                   if match.precision in ("city", "site") and all(_agrees(match, other, said.country, known) for other in others)]  # fmt: skip
    return towns.merged(agreed)


def _agrees(match: Match, other: str, country: str, known: Towns) -> bool:
    same = any(town.id == match.id for town in _towns(other, country, known))
    point = shapely.Point(match.lon, match.lat)
    return same or any(shape.distance(point) < EDGE_DEGREES for _, _, shape in provinces.named(other, match.country))


def _middle(match: Match) -> tuple[float, float, float] | None:
    """Latitude, longitude and radius of what a distance is measured from."""
    return match.ring or (None if match.lat is None else (match.lat, match.lon, match.radius_km))


def _ringed(match: Match, said: Words) -> Match:
    """The area around a place that is only said to be near, or so many km away; around an area it is so much wider."""
    if not (said.near or said.km) or not (middle := _middle(match)):
        return match
    lat, lon, radius = middle
    km = round(radius + max(NEAR_KM, said.km * SLACK), 1)
    return Match(match.id, f"{km:g} km around {match.label}", match.country, "district", lat, lon, "", km, match.population)
