"""Places without coordinates, looked up by name in tables that come with the program: placed, asked about, or listed with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from geodata.intake import meanings, nations, provinces, towns, wording
from geodata.intake.countries import SHARED
from geodata.intake.draft import Draft
from geodata.intake.landmarks import Match
from geodata.intake.meanings import Found
from geodata.intake.placing import CITY_STATES, PLACED
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, grouped, where
from geodata.intake.wording import Words


def place(draft: Draft) -> None:
    """Give every row that names a place and has no point the best that its name supports, and say so."""
    rows = _unplaced(draft)
    if not len(rows):
        return
    named = draft.get("place").iloc[rows].str.cat(draft.get("country").iloc[rows], sep="\x1f")
    wanted = {tuple(text.split("\x1f")): rows[positions] for text, positions in grouped(named, np.arange(len(rows)))}
    said = {pair: _read(*pair) for pair in wanted}
    known = towns.named(draft.ground, {pair for words in said.values() for pair in _looked_up(words)})
    for (text, country), group in wanted.items():
        _settle(draft, text, country, said[text, country], meanings.of(draft, said[text, country], known), group)


def _unplaced(draft: Draft) -> np.ndarray:
    """Positions of the rows that name a place and have none; what is only a country is settled on the way."""
    empty = np.ones(draft.rows, bool)
    for target in ("lat", "lon", "zone"):
        empty &= (draft.get(target) == "").to_numpy()
    empty &= np.isin(draft.get("place_precision").to_numpy(object), ("", "site", "city")) & (draft.get("place") != "").to_numpy()
    empty[draft.findings.rows_at(HELD_BACK)] = False
    empty[draft.findings.rows_about(SHARED)] = False
    if not empty.any():
        return np.array([], int)
    only = {
        text for text in draft.get("place")[empty].unique() if nations.plain(text) in nations.spelled() and nations.plain(text) not in CITY_STATES
    }
    named = draft.get("place").isin(only).to_numpy()
    for text, group in grouped(draft.get("place"), where(empty & named)):
        _country(draft, text, nations.code(text), group)
    return where(empty & ~named)


def _country(draft: Draft, text: str, code: str, rows: np.ndarray) -> None:
    """A place that is no more than a country is the row's country; a row of another one keeps its own, and that is said."""
    given = draft.get("country").to_numpy(object)[rows]
    column = draft.column("place")
    if code not in draft.ground.codes:
        draft.findings.say(WARNED, "place_unknown", column, text, "is not a country known here; it is listed, not drawn", rows[given == ""])
        return
    draft.findings.say(FIXED, "place_country", column, text, f"names no more than a country, so it was read as {code} as a whole",
                       rows[given == ""], to=code)  # fmt: skip
    draft.put("country", code, rows[given == ""])
    other = rows[(given != "") & (given != code)]
    draft.findings.say_each(WARNED, "place_contradicts", column, draft.get("place"), other,
                            "is another country than the one the row gives; it is listed under that one")  # fmt: skip


def _looked_up(said: Words) -> Iterator[tuple[str, str]]:
    """Every name that may be a town's, with its country."""
    for name in (*said.names, *filter(None, (said.start,))):
        yield from ((form, said.country) for form in (name, wording.bare(name)))
    if said.start:
        yield from ((form, "") for form in (said.start, wording.bare(said.start)))


def _settle(draft: Draft, text: str, country: str, said: Words, found: Found, rows: np.ndarray) -> None:
    """Place rows where one match is left, ask where several are, warn where none is."""
    question = f"place {text}, {country}".rstrip(", ")
    choices = {match.id: match.label for match in found.places} | {"none": "none of these: listed, not drawn"}
    open_to_doubt = len(found.places) > 1 or (found.places and found.doubt)
    answer = draft.answer(question, choices) if found.places else ""
    chosen = [match for match in found.places if match.id == answer] or found.places
    column = draft.column("place")
    if answer == "none" or not chosen:
        why = "is none of the places known by these names" if found.places else found.why or _nowhere(said, country)
        draft.findings.say(WARNED, "place_unknown", column, text, f"{why}; it is listed, not drawn", rows)
    elif open_to_doubt and not answer:
        draft.findings.say(WARNED, "place_ambiguous", column, text, _doubt(found), rows)
        draft.findings.questions.append(Question(question, f"which place is {text!r}?", choices, rows, otherwise="listed, not drawn,"))
    else:
        _write(draft, chosen[0], rows)
        draft.findings.say(FIXED, "placed", column, text, f"was placed from the gazetteer: {chosen[0].label}", rows, to=chosen[0].label)


def _nowhere(said: Words, country: str) -> str:
    """Why nothing was found."""
    if shared := nations.several(said.given):
        return f"is the name of two countries, {' or '.join(shared)}, one of which would be right"
    if said.against:
        return f"names {said.against!r}, but the country of the row is {country}"
    if len(said.names) == 1 and wording.PROVINCE.fullmatch(said.names[0]):
        return f"is no province of {said.country} known here" if said.country else "is no province known here"
    return f"is in no gazetteer here as a place in {said.country}" if said.country else "is in no gazetteer here, and no country is named"


def _doubt(found: Found) -> str:
    labels = "; ".join(match.label for match in found.places[:4])
    if len(found.places) == 1:
        return f"may be {labels}, but {found.doubt}; it is listed, not drawn, until answered"
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


def _read(text: str, country: str) -> Words:
    """The words; where several names stand together, the country of the only province among them is theirs."""
    said = wording.read(text, country)
    if said.country or len(said.names) < 2:
        return said
    countries = {code for name in said.names for _, code, _ in provinces.named(name, "")}
    return said._replace(country=countries.pop()) if len(countries) == 1 else said
