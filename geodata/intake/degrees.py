"""Coordinates as people write them: decimal points and commas, degrees, minutes and seconds, N and E in two alphabets, pairs, WKT."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SIDES = {"N": (1, "lat"), "S": (-1, "lat"), "E": (1, "lon"), "W": (-1, "lon"), "С": (1, "lat"), "Ю": (-1, "lat"), "В": (1, "lon"), "З": (-1, "lon"),
          "NORTH": (1, "lat"), "SOUTH": (-1, "lat"), "EAST": (1, "lon"), "WEST": (-1, "lon"), "СШ": (1, "lat"), "ЮШ": (-1, "lat"), "ВД": (1, "lon"),
          "ЗД": (-1, "lon")}  # fmt: skip
_SIDE = r"(?:north|south|east|west|с\.?\s?ш\.?|ю\.?\s?ш\.?|в\.?\s?д\.?|з\.?\s?д\.?|[NSEWСЮВЗ])"
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_DEGREE = r"\s*(?:[°º˚]|d(?:eg)?\b|гр\.?)?\s*"
_MINUTE = r"\s*(?:['′’ʹ´`]|m(?:in)?\b|мин\.?)?\s*"
_ANGLE = re.compile(
    rf"(?P<before>{_SIDE})?\s*(?P<sign>[+\-\u2212])?\s*(?P<d>{_NUMBER}){_DEGREE}"
    rf"(?:(?<!\d)(?P<m>\d{{1,2}}(?:[.,]\d+)?){_MINUTE})?(?:(?<!\d)(?P<s>\d{{1,2}}(?:[.,]\d+)?)\s*(?:[\"″”ʺ]|''|′′|’’|s(?:ec)?\b|сек\.?)?\s*)?"
    rf"(?P<after>{_SIDE})?",
    re.IGNORECASE,
)
_SIXTY = r"([0-5]\d(?:\.\d+)?)"
_RUN = re.compile(rf"([NS])?(\d\d){_SIXTY}{_SIXTY}?([NS])?|([EW])?([01]\d\d){_SIXTY}{_SIXTY}?([EW])?", re.ASCII)
"""degrees, minutes and seconds without anything between: 3833N, 06846E, 383309N, 0684612E"""

_WKT = re.compile(r"\s*(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*([-+\d.eE]+)\s+([-+\d.eE]+)(?:\s+[-+\d.eE]+)?\s*\)\s*", re.IGNORECASE)
_DECIMALS = re.compile(r"([-+]?\d{1,3}(?:\.\d+)?)\s*[,;/\s]\s*([-+]?\d{1,3}(?:\.\d+)?)", re.ASCII)
_COMMAS = re.compile(r"([-+]?\d{1,3},\d+)\s*[;/\s]\s*([-+]?\d{1,3},\d+)", re.ASCII)
_SURE = re.compile(
    r"[-+]?\d{1,3}[.,]\d+[,;]\s+[-+]?\d{1,3}(?:[.,]\d+)?|[-+]?\d{1,3}[,;]\s+[-+]?\d{1,3}[.,]\d+"
    r"|[-+]?\d{1,3}\.\d+\s*[,;\s]\s*[-+]?\d{1,3}\.\d+"
    r"|[-+]?\d{1,3}[.,]\d{4,}\s*[,;/\s]\s*[-+]?\d{1,3}[.,]\d{4,}",
    re.ASCII,
)
"""pairs of decimals that are neither thousands nor a score: a blank after the mark, points on both sides, four decimals"""

_DAYS = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\s*[,;\s]\s*(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])", re.ASCII)
"""two days without a year, which look like such a pair"""

LAT_FIRST, LON_FIRST = "latitude first", "longitude first"
FARTHEST = {"lat": 90, "lon": 180}
LONGEST = 80
"""letters; no coordinates are longer"""


def plain_digits(text: str) -> str:
    """Digits and marks of numbers as in ASCII, whatever script they are in."""
    if text.isascii():
        return text
    digits = (str(unicodedata.digit(letter, "")) if letter.isdecimal() else letter for letter in text)
    return "".join(digits).translate({0x066B: ".", 0x066C: ",", 0x060C: ",", 0x061B: ";"})


class Angle(NamedTuple):
    """One coordinate in decimal degrees as text; `text` is empty when it cannot be read."""

    text: str = ""
    axis: str = ""
    """`lat` or `lon` when the notation says which"""


@lru_cache(maxsize=50_000)
def angle(text: str) -> Angle:
    """One angle such as 38.5, `38,5`, `38°32'09"N`, `N 38 32.15`, `38 32 09`."""
    text = plain_digits(text.strip()) if len(text) <= LONGEST else ""
    if run := _RUN.fullmatch(text.upper()):
        return _run([part for part in run.groups()[:5] if part] or [part for part in run.groups()[5:] if part])
    if not (found := _ANGLE.fullmatch(text)):
        return Angle()
    sides = [re.sub(r"[\s.]", "", side).upper() for side in (found["before"], found["after"]) if side]
    degrees, minutes, seconds = (float((found[part] or "0").replace(",", ".")) for part in ("d", "m", "s"))
    broken = (found["m"] and "." in found["d"].replace(",", ".")) or (found["s"] and "." in found["m"].replace(",", "."))
    if len(sides) > 1 or minutes >= 60 or seconds >= 60 or broken or (sides and found["sign"]):
        return Angle()
    sign, axis = _SIDES[sides[0]] if sides else (-1 if found["sign"] in ("-", "\u2212") else 1, "")
    return Angle(f"{sign * (degrees + minutes / 60 + seconds / 3600):.7g}" if found["m"] else _plain(found["d"], sign), axis)


def _run(parts: list[str]) -> Angle:
    """Figures that follow each other; without exactly one letter they may be anything."""
    sides, figures = [part for part in parts if part.isalpha()], [part for part in parts if not part.isalpha()]
    if len(sides) != 1 or any("." in figure for figure in figures[:-1]):
        return Angle()
    sign, axis = _SIDES[sides[0]]
    return Angle(f"{sign * sum(float(figure) / 60**place for place, figure in enumerate(figures)):.7g}", axis)


def _plain(number: str, sign: int) -> str:
    return ("-" if sign < 0 else "") + number.replace(",", ".")


class Pair(NamedTuple):
    """Latitude and longitude as text; `order` True when only their order is missing."""

    lat: str = ""
    lon: str = ""
    order: bool = False


@lru_cache(maxsize=50_000)
def pair(text: str, order: str = "") -> Pair:
    """Both coordinates from one cell; `order` is the answer for a pair whose letters and sizes do not say which comes first."""
    if found := _WKT.fullmatch(text[:200]):
        return Pair(found[2], found[1])
    if len(text) > 2 * LONGEST:
        return Pair()
    text = plain_digits(text)
    if decimals := _decimals(text):
        return _ordered(*decimals, order)
    return _lettered(text)


def unmistakable(text: str) -> bool:
    """Whether a text is a pair of coordinates whatever stands above it: 12,150 and 10/15 may be pairs, or troops and a score."""
    found = pair(text)
    if not found.order and not (within(found.lat, "lat") and within(found.lon, "lon")):
        return False
    plain = plain_digits(text).strip()
    return not _decimals(plain) or bool(_SURE.fullmatch(plain) and not _DAYS.fullmatch(plain))


def within(text: str, axis: str) -> bool:
    """Whether a text reads as a latitude, or as a longitude, and lies on earth."""
    found = angle(text)
    return bool(found.text) and found.axis in ("", axis) and abs(float(found.text)) <= FARTHEST[axis]


def first_of(text: str) -> str:
    """Which coordinate of a pair of decimals comes first as its numbers alone show it; empty when they do not."""
    if len(text) > 2 * LONGEST or not (decimals := _decimals(plain_digits(text))):
        return ""
    first, second = (abs(float(part)) for part in decimals)
    return LON_FIRST if first > 90 else LAT_FIRST if second > 90 else ""


def _decimals(text: str) -> list[str]:
    """The two numbers of a pair without letters; none when it is something else."""
    found = _DECIMALS.fullmatch(text.strip()) or _COMMAS.fullmatch(text.strip())
    return [part.replace(",", ".").removeprefix("+") for part in found.groups()] if found else []


def _ordered(first: str, second: str, order: str) -> Pair:
    if abs(float(first)) > 90 or order == LON_FIRST:
        return Pair(second, first)
    if abs(float(second)) > 90 or order == LAT_FIRST:
        return Pair(first, second)
    return Pair(order=True)


def _lettered(text: str) -> Pair:
    """Two angles of which at least one says its axis, cut where both halves can be read."""
    for cut in re.finditer(r"[,;/]\s*|\s+|(?<=[NSEWСЮВЗnsew])(?=\d)", text.strip()):
        first, second = angle(text.strip()[: cut.start()]), angle(text.strip()[cut.end() :])
        if first.text and second.text and {first.axis, second.axis} == {"lat", "lon"}:
            return Pair(first.text, second.text) if first.axis == "lat" else Pair(second.text, first.text)
    return Pair()
