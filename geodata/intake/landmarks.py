"""The theatre's own places by name: its ranges, border posts and regions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from geodata.intake.ground import Ground
from geodata.intake.letters import Letters

POSTED = ("{} crossing", "{} border crossing", "{} crossing point", "{} border", "{} border post", "{} checkpoint", "{} port", "КПП {}",
          "пункт пропуска {}", "гузаргоҳи {}", "گذرگاه {}", "گذرگاه مرزی {}", "بندر {}")  # fmt: skip
"""ways to say the border post of a name"""

ARABIC = str.maketrans("يكىةأإؤ", "یکیهااو")


def _left(letter: str) -> str:
    """What is left of a letter in a key."""
    return "" if unicodedata.category(letter) in ("Mn", "Lm", "Cf", "Po") else letter if letter.isalnum() else " "


_LETTERS = Letters(_left)


@lru_cache(maxsize=1 << 13)  # the few names of a row are asked for again and again
def key(name: str) -> str:
    """A name for comparing in Latin, Cyrillic and Persian script: lower case, no accents, no marks."""
    return " ".join(unicodedata.normalize("NFKD", name.casefold().translate(ARABIC)).translate(_LETTERS).split())


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

    ring: tuple[float, float, float] | None = None
    """latitude, longitude and radius in km of a zone that has a place: what a distance from it is measured from"""

    def fits(self, country: str) -> bool:
        """Whether a row that names a country, or none, can mean this place."""
        if self.pair:
            return not country or country in self.pair.split("-")
        return not country or self.country in ("", country)


def named(ground: Ground) -> dict[str, list[Match]]:
    """Ranges, posts and regions of the theatre by name."""
    tables = ground.tables
    if "own places" not in ground.memo:
        found: dict[str, list[Match]] = {}
        for row in tables["zones"].to_dict("records"):
            match = Match(row["id"], f"{row['name']} (zones)", row["country"], "district", zone=row["id"], ring=_ring(row))
            others = [form for other in row["other_names"].split(";") if other for form in (other, f"полигон {other}")]
            for name in {key(spelled) for spelled in (*_spellings(row["name"]), *others)}:
                found.setdefault(name, []).append(match)
        for row in tables["posts"].to_dict("records"):
            for name in {key(spelled) for spelled in _post_spellings(row)}:
                found.setdefault(name, []).append(_post(row))
        for row in tables["regions"].to_dict("records"):
            found.setdefault(key(row["name"]), []).append(Match(row["id"], f"{row['name']} (regions)", "", "region", zone=row["id"]))
        ground.memo["own places"] = found
    return ground.memo["own places"]


def _ring(row: dict) -> tuple[float, float, float] | None:
    return (float(row["lat"]), float(row["lon"]), float(row["radius_km"] or 0)) if row["lat"] else None


def _post(row: dict) -> Match:
    """A point where a source gives one, else the stretch of border."""
    label = f"{row['name']}, on the border {row['pair']} (posts)"
    if not row["lat"]:
        return Match(row["id"], label, row["country"], "border", zone=row["pair"], pair=row["pair"])
    return Match(row["id"], label, row["country"], row["precision"], float(row["lat"]), float(row["lon"]), pair=row["pair"])


def _post_spellings(row: dict) -> list[str]:
    """`Torkham` is also `Torkham crossing` and `КПП Торхам`; `Zaranj crossing` is never `Zaranj`, which is a town."""
    names = [row["name"], *filter(None, row["other_names"].split(";"))]
    names += [name.replace("-", "/") for name in names if "-" in name]  # Zaranj/Milak
    return names + [form.format(name.removesuffix(" crossing")) for name in names for form in POSTED]


def _spellings(name: str) -> list[str]:
    """`Fakhrobod (Fakhrabad) range` is also `Fakhrobod range`, `Fakhrabad range` and either alone."""
    found = re.fullmatch(r"(.+?)\s*\((.+?)\)\s*(.*)", name)
    heads = [found[1], found[2]] if found else [re.sub(r"\s+(tank school )?range$", "", name)]
    tail = found[3] if found else "range"
    kept = [name, *(f"{head} {tail}".strip() for head in heads)]
    return kept + [f"полигон {head}" for head in heads]
