"""Whether the points of the rows can be where they are said to be: in the stated country, on land somebody means, the right way round."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.intake.draft import Draft, distinct
from geodata.intake.ground import NOWHERE, apart_km, on_earth
from geodata.intake.nations import plain, spelled
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, grouped, where

SWAPPED, CENTRE = "swapped", "country centre"
SWAPS = {"swap": "latitude and longitude change places", "keep": "draw them as they stand, flagged"}
CENTRES = {"country": "listed under the country, no pin", "keep": "drawn as they stand, flagged"}
CENTRE_KM = 5.0
"""a point so close to the middle of a country's area is the middle"""

BOX_KM, BOX_SHARE = 10.0, 0.01
"""the same, or so much of the country's size, for the middle between its outermost points: some small islands are left out here"""

ROUND_KM, ROUND_SHARE = 150.0, 0.1
"""a point in whole degrees so close to the middle, or by so much of the country's size, is a reference book's middle"""


def judge(draft: Draft) -> None:
    """Say what is wrong with points; swap and unplace them where the analyst said so."""
    lat, lon = draft.numbers("lat"), draft.numbers("lon")
    free = np.ones(draft.rows, bool)
    free[draft.findings.rows_at(HELD_BACK)] = False
    pointed = free & np.isfinite(lat) & np.isfinite(lon)
    pointed &= ~_nowhere(draft, pointed & (np.abs(lat) < 1e-6) & (np.abs(lon) < 1e-6))
    country = draft.get("country").to_numpy(object)
    out = _outside(draft, pointed, lat, lon, country)
    turned = _swapped(draft, out | (pointed & ~on_earth(lon, lat)), lat, lon, country)
    _say_outside(draft, where(out & ~turned), lat, lon, country)
    _centres(draft, pointed & ~out & ~turned, lat, lon, country)


def _nowhere(draft: Draft, zero: np.ndarray) -> np.ndarray:
    draft.findings.say(HELD_BACK, "zero_coordinates", both(draft), "0, 0",
                       "is a point in the Gulf of Guinea, where coordinates nobody knew end up; empty would be right", where(zero))  # fmt: skip
    return zero


def _outside(draft: Draft, pointed: np.ndarray, lat: np.ndarray, lon: np.ndarray, country: np.ndarray) -> np.ndarray:
    """Which points lie outside their stated country by more than its line may be off."""
    out = np.zeros(draft.rows, bool)
    rows = where(pointed & (country != "") & on_earth(lon, lat))
    for code, group in grouped(draft.get("country"), rows):
        points, which = np.unique(lon[group] + 1j * lat[group], return_inverse=True)
        out[group] = ~draft.ground.inside(code, points.real, points.imag)[which]
    return out


def _swapped(draft: Draft, suspect: np.ndarray, lat: np.ndarray, lon: np.ndarray, country: np.ndarray) -> np.ndarray:
    """Points that lie in their stated country when latitude and longitude change places: proposed, and done only when answered so."""
    turned = np.zeros(draft.rows, bool)
    rows = where(suspect & (country != "") & on_earth(lat, lon))
    for code, group in grouped(draft.get("country"), rows):
        turned[group] = draft.ground.inside(code, lat[group], lon[group])
    rows = where(turned)
    if not len(rows):
        return turned
    answer = draft.answer(SWAPPED, SWAPS)
    if answer == "swap":
        _say_points(draft, FIXED, "swapped", rows, lambda i: f"was read with latitude and longitude changed, in {_name(draft, country[i])}")
        old = draft.get("lat").to_numpy(object)[rows]
        draft.put("lat", draft.get("lon").to_numpy(object)[rows], rows)
        draft.put("lon", old, rows)
    else:
        level = WARNED if answer == "keep" else HELD_BACK
        _say_points(
            draft, level, "swapped", rows, lambda i: f"is outside {_name(draft, country[i])}; with latitude and longitude changed it is inside"
        )
        lie = "point lies in its" if len(rows) == 1 else "points lie in their"
        asked = f"{len(rows):,} {lie} stated country only with latitude and longitude changed; change them?"
        draft.findings.questions.append(Question(SWAPPED, asked, SWAPS, rows, "swap"))
    return turned


def _say_outside(draft: Draft, rows: np.ndarray, lat: np.ndarray, lon: np.ndarray, country: np.ndarray) -> None:
    if not len(rows):
        return
    disputed = shapely.contains_xy(draft.ground.disputed, lon[rows], lat[rows])
    rows = rows[~disputed]
    away, there = np.zeros(draft.rows), dict(zip(rows, draft.ground.country_at(lon[rows], lat[rows]), strict=True))
    for code, group in grouped(draft.get("country"), rows):
        away[group] = draft.ground.distances_km(code, lon[group], lat[group])

    def sentence(i: int) -> str:
        where_it_is = f", in {_name(draft, there[i])}" if there[i] else ""
        return f"is about {_rounded(away[i])} km outside {_name(draft, country[i])}{where_it_is}"

    _say_points(draft, WARNED, "outside_country", rows, sentence)


def _rounded(km: float) -> str:
    return f"{km:,.0f}" if km < 20 else f"{round(km, -1):,.0f}"


def _centres(draft: Draft, pointed: np.ndarray, lat: np.ndarray, lon: np.ndarray, country: np.ndarray) -> None:
    """Points that stand for a whole country: listed under it when answered so."""
    groups, codes = distinct(draft.get("country"))
    known = [draft.ground.middles.get(code, NOWHERE) for code in codes]
    x, y, box_x, box_y, across = np.array([(*found.area, *found.box, found.across_km) for found in known], float).reshape(-1, 5)[groups].T
    of_area, of_box = apart_km(lon, lat, x, y), apart_km(lon, lat, box_x, box_y)
    whole = (lat == np.round(lat)) & (lon == np.round(lon)) & (np.fmin(of_area, of_box) < np.fmax(ROUND_KM, ROUND_SHARE * across))
    middle = pointed & ((of_area < CENTRE_KM) | (of_box < np.fmax(BOX_KM, BOX_SHARE * across)) | whole)
    rows = where(middle & np.isin(draft.get("place_precision").to_numpy(object), ("", "site", "city")))
    if not len(rows):
        return
    vague = np.array([_only_country(text) for text in draft.get("place").iloc[rows]], bool)
    named, rows = rows[~vague], rows[vague]
    _say_points(
        draft,
        WARNED,
        "country_centre",
        named,
        lambda i: f"is the middle of {_name(draft, country[i])}, which often stands for 'somewhere in the country'",
    )
    answer = draft.answer(CENTRE, CENTRES) if len(rows) else ""
    if answer == "country":
        _say_points(draft, FIXED, "country_centre", rows, lambda i: f"was read as {_name(draft, country[i])} as a whole")
        draft.put("lat", "", rows)
        draft.put("lon", "", rows)
        draft.put("place_precision", "country", rows)
    elif len(rows):
        level = WARNED if answer == "keep" else HELD_BACK
        _say_points(draft, level, "country_centre", rows, lambda i: f"is the middle of {_name(draft, country[i])}, and no place in it is named")
        asked = f"{len(rows):,} points are the middle of a country with no place named; list them under the country?"
        draft.findings.questions.append(Question(CENTRE, asked, CENTRES, rows, "country"))


def _only_country(place: str) -> bool:
    return plain(place) in spelled() or not place


def _say_points(draft: Draft, level: str, code: str, rows: np.ndarray, sentence) -> None:
    """One verdict for every distinct point with its country."""
    lat, lon, country = (draft.get(name) for name in ("lat", "lon", "country"))
    if not len(rows):
        return
    points = lat.iloc[rows].str.cat([lon.iloc[rows], country.iloc[rows]], sep="\x1f")
    for point, positions in grouped(points, np.arange(len(rows))):
        shown = ", ".join(point.split("\x1f")[:2])
        group = rows[positions]
        draft.findings.say(level, code, both(draft), shown, sentence(group[0]), group)


def both(draft: Draft) -> str:
    """What the file calls its column, or its two, of coordinates."""
    return ", ".join(dict.fromkeys((draft.column("lat"), draft.column("lon"))))


def _name(draft: Draft, code: str) -> str:
    return draft.ground.names.get(code, code)
