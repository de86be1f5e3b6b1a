"""Places without coordinates, looked up by name in tables that come with the program: the theatre's own first, GeoNames then."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import shapely

from geodata.geodesy import centre, distance_km
from geodata.intake import landmarks, nations, towns, wording
from geodata.intake.adapters import NEAR_KM
from geodata.intake.draft import Draft
from geodata.intake.landmarks import Match, key
from geodata.intake.placing import CITY_STATES, PLACED
from geodata.intake.towns import Towns
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, grouped, where
from geodata.intake.wording import PROVINCE, Words

FURTHEST_KM = 200.0
"""from further away a town says too little of a place"""

SLACK = 1.25
"""a ring so much wider than the distance holds the place, whichever way it was measured"""

EDGE_DEGREES = 0.05
"""how far a town may lie outside the line of its province, which is simplified"""


class Found(NamedTuple):
    """What a place text can mean."""

    places: list[Match]
    sure: bool = True
    """whether all of the words are understood; if not, even a single place is only proposed"""

    why: str = "is in no gazetteer here"


def place(draft: Draft) -> None:
    """Give every row that names a place and has no point the best that its name supports, and say so."""
    rows = _unplaced(draft)
    if not len(rows):
        return
    named = draft.get("place").iloc[rows].str.cat(draft.get("country").iloc[rows], sep="\x1f")
    wanted = {tuple(text.split("\x1f")): rows[positions] for text, positions in grouped(named, np.arange(len(rows)))}
    said = {pair: _read(*pair) for pair in wanted}
    known = towns.named(draft.ground, {(name, words.country) for words in said.values() for name in words.names})
    for (text, country), group in wanted.items():
        _settle(draft, text, country, matches(draft, text, said[text, country], known), group)


def _unplaced(draft: Draft) -> np.ndarray:
    empty = np.ones(draft.rows, bool)
    for target in ("lat", "lon", "zone"):
        empty &= (draft.get(target) == "").to_numpy()
    empty &= np.isin(draft.get("place_precision").to_numpy(object), ("", "site", "city")) & (draft.get("place") != "").to_numpy()
    empty[draft.findings.rows_at(HELD_BACK)] = False
    if not empty.any():
        return np.array([], int)
    only = {
        text for text in draft.get("place")[empty].unique() if nations.plain(text) in nations.spelled() and nations.plain(text) not in CITY_STATES
    }
    return where(empty & ~draft.get("place").isin(only).to_numpy())


def _settle(draft: Draft, text: str, country: str, found: Found, rows: np.ndarray) -> None:
    """Place rows where one match is left, ask where several are, warn where none is."""
    question = f"place {text}, {country}".rstrip(", ")
    choices = {match.id: match.label for match in found.places} | {"none": "none of these: listed, not drawn"}
    open_to_doubt = len(found.places) > 1 or (found.places and not found.sure)
    answer = draft.answer(question, choices) if found.places else ""
    chosen = [match for match in found.places if match.id == answer] or found.places
    column = draft.column("place")
    if answer == "none" or not chosen:
        nowhere = ", and no country is named" if found == Found([]) and not country else ""
        why = "is none of the places known by these names" if found.places else found.why
        draft.findings.say(WARNED, "place_unknown", column, text, f"{why}{nowhere}; it is listed, not drawn", rows)
    elif open_to_doubt and not answer:
        draft.findings.say(WARNED, "place_ambiguous", column, text, _doubt(found), rows)
        draft.findings.questions.append(Question(question, f"which place is {text!r}?", choices, rows, otherwise="listed, not drawn,"))
    else:
        _write(draft, chosen[0], rows)
        draft.findings.say(FIXED, "placed", column, text, f"was placed from the gazetteer: {chosen[0].label}", rows, to=chosen[0].label)


def _doubt(found: Found) -> str:
    labels = "; ".join(match.label for match in found.places[:4])
    if len(found.places) == 1:
        return f"may be {labels}, but says more than that; it is listed, not drawn, until answered"
    return f"can be {len(found.places)} places: {labels}"


def _write(draft: Draft, match: Match, rows: np.ndarray) -> None:
    draft.put("place_precision", match.precision, rows)
    draft.put("zone", match.zone, rows)
    if match.lat is not None:
        draft.put("lat", f"{match.lat:.6g}", rows)
        draft.put("lon", f"{match.lon:.6g}", rows)
    if match.radius_km:
        draft.put("radius_km", f"{match.radius_km:.4g}", rows)
    if match.country:
        draft.put("country", match.country, np.intersect1d(rows, draft.empty("country")))
    if PLACED not in draft.cells and PLACED in draft.raw:  # a file placed before keeps what it says of that
        draft.cells[PLACED] = draft.raw[PLACED]
    draft.put(PLACED, match.label, rows)


def matches(draft: Draft, text: str, said: Words, known: Towns) -> Found:
    """What a place text can mean, the theatre's own places first, the most populous town first."""
    if own := _own(draft, text, said.country) + _own(draft, said.whole, said.country):
        return Found(_once(_ringed(match, said) for match in own))
    if said.adrift or said.km > FURTHEST_KM:
        return Found([], why="says a direction, but not how far" if said.adrift else f"is further than {FURTHEST_KM:g} km from the place it names")
    if len(said.names) == 1:
        return Found(_once(_ringed(match, said) for match in _one(draft, said.names[0], said.country, known)))
    if together := _together(draft, said, known):
        return Found(_once(_ringed(match, said) for match in together))
    each = (match for name in said.names for match in _one(draft, name, said.country, known) or _province(f"{name} province", said.country))
    return Found(_once(_ringed(match, said) for match in each)[: towns.MOST], sure=False)


def _once(found) -> list[Match]:
    return list({match.id: match for match in reversed(list(found))}.values())[::-1]


def _own(draft: Draft, name: str, country: str) -> list[Match]:
    return [match for match in landmarks.named(draft.ground).get(key(name), []) if match.fits(country)] if key(name) else []


def _one(draft: Draft, name: str, country: str, known: Towns) -> list[Match]:
    """What one name can mean: a place of the theatre, a province said to be one, a town, else a range of the theatre."""
    return (_own(draft, name, country) or _province(name, country) or known.get((key(name), country), [])
            or (_own(draft, f"{name} range", country) if key(name) else []))  # fmt: skip


def _together(draft: Draft, said: Words, known: Towns) -> list[Match]:
    """The places that all of the names agree on: one is the name, every other its province or another name of it."""
    agreed = []
    for at, name in enumerate(said.names):
        others = said.names[:at] + said.names[at + 1 :]
        agreed += [match for match in _one(draft, name, said.country, known)
                   if match.precision in ("city", "site") and all(_agrees(match, other, said.country, known) for other in others)]  # fmt: skip
    return towns.merged(agreed)


def _agrees(match: Match, other: str, country: str, known: Towns) -> bool:
    same = any(town.id == match.id for town in known.get((key(other), country), []))
    return same or any(shape.distance(shapely.Point(match.lon, match.lat)) < EDGE_DEGREES for _, shape in _named_provinces(other, match.country))


def _ringed(match: Match, said: Words) -> Match:
    """The area around a place that is only said to be near, or so many km away."""
    if match.lat is None or not (said.near or said.km):
        return match
    km = max(NEAR_KM, round(said.km * SLACK, 1))
    return Match(match.id, f"{km:g} km around {match.label}", match.country, "district", match.lat, match.lon, "", km, match.population)


def _read(text: str, country: str) -> Words:
    """The words; where several names stand together, the country of the only province among them is theirs."""
    said = wording.read(text, country)
    if said.country or len(said.names) < 2:
        return said
    countries = {code for name in said.names for code, _ in _named_provinces(name, "")}
    return said._replace(country=countries.pop()) if len(countries) == 1 else said


@cache
def _provinces() -> dict[str, list[tuple[str, object]]]:
    """Code of the country and outline by key of the name."""
    from geodata.atlas import shape

    frame = shape("admin1")
    found: dict[str, list[tuple[str, object]]] = {}
    for name, country, outline in zip(frame["name"], frame["country"], frame.geometry, strict=True):
        found.setdefault(key(name), []).append((country, outline))
    return found


def _named_provinces(name: str, country: str) -> list[tuple[str, object]]:
    told = PROVINCE.fullmatch(name)
    return [pair for pair in _provinces().get(key(told[1] or told[2] if told else name), []) if not country or pair[0] == country]


def _province(name: str, country: str) -> list[Match]:
    """The ring around a province, when the words say that one is meant."""
    told = PROVINCE.fullmatch(name)
    return [_around(key(told[1] or told[2]).title(), code, shape) for code, shape in _named_provinces(name, country)] if told else []


def _around(name: str, country: str, shape) -> Match:
    lon, lat = centre(shape)
    corners = np.array(shape.envelope.exterior.coords)
    radius = max(distance_km(lon, lat, x, y) for x, y in corners)
    return Match(f"province {name}, {country}", f"{name} province, {country} (Natural Earth)", country, "district", lat, lon, "", round(radius))
