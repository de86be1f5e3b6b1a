"""What the words of a place say: the names in them, the country, near it, or so many km away from it."""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.intake import nations

NEAR = re.compile(r"(?:near|around|close to|outskirts of|vicinity of|около|вблизи|близ|возле|рядом с|نزدیک)\s+(.+)", re.IGNORECASE)
PROVINCES = r"province|region|oblast|viloyat|вилоят|вилаят|провинция|область|ولایت"
PROVINCE = re.compile(rf"(.+?)\s+(?:{PROVINCES})|(?:ولایت|провинция|вилояти)\s+(.+)", re.IGNORECASE)

_NO_NAME = re.compile(r"city|town|village|capital|the city|г|город|село|посёлок|поселок|пос|столица|шаҳр|шаҳри|деҳа|شهر|ده", re.IGNORECASE)
_KM = r"(\d+(?:[.,]\d+)?)\s*(km|kms|kilomet\w+|км|километр\w*|mi|miles?|мил\w+)\b\.?"
_SIDE = r"(?:(?:north|south|east|west)(?:ern)?(?:[- ]?(?:east|west)(?:ern)?)?|[NSEW]{1,3}|(?:северо|юго)?[- ]?(?:север|юг|юж|восто|запад)\w*)"
_ABOUT = r"(?:(?:at|about|approx(?:imately|\.)?|ca\.?|around|some|~|примерно|около|в)\s*)*"
_AWAY = re.compile(rf"{_ABOUT}{_KM}\s*(?:away\s+)?(?:(?:to\s+the|to|к|на)\s+)?{_SIDE}?\s*(?:of|from|от)\s+(.+)", re.IGNORECASE)
_SO_FAR = re.compile(rf"(.*?)\s*{_ABOUT}{_KM}(?:\s+(?:away|to\s+the|to|к|на))*\s*{_SIDE}?(?:\s+(?:of|from|от)\b.*)?", re.IGNORECASE)
_SOMEWHERE = re.compile(rf"(?:to\s+the\s+|к\s+|на\s+)?{_SIDE}(?:\s+(?:of|from|от)\s+.+)?", re.IGNORECASE)
_MILE_KM = 1.609344


class Words(NamedTuple):
    """A place text taken apart."""

    whole: str
    """without what says near or away"""

    names: tuple[str, ...]
    """what stands between commas, semicolons and brackets, country and kind of place taken off"""

    country: str
    """as the row says, else as these words do"""

    near: bool = False
    km: float = 0.0
    """how far away; 0 = not said"""

    adrift: bool = False
    """whether a direction is said, but not how far"""


def read(text: str, country: str) -> Words:
    """The words of one row's place; `country` is the code the row gives, or empty."""
    near = NEAR.fullmatch(text.strip())
    whole = near[1] if near else text.strip()
    away = _AWAY.fullmatch(whole)
    if away:
        whole = away[3]
    elif _SOMEWHERE.fullmatch(whole) and re.search(r"\s(of|from|от)\s", whole):
        return Words(whole, (), country, bool(near), adrift=True)
    km = _km(away[1], away[2]) if away else 0.0
    names, further, adrift = _names(whole)
    names, country = _countries(names, country)
    return Words(whole, tuple(names), country, bool(near), km or further, adrift)


def _km(number: str, unit: str) -> float:
    return float(number.replace(",", ".")) * (_MILE_KM if unit[:2].casefold() in ("mi", "ми") else 1)


def _names(whole: str) -> tuple[list[str], float, bool]:
    """The names, the km said beside them, and whether a direction is said alone."""
    names: list[str] = []
    km, adrift = 0.0, False
    for part in filter(None, (part.strip(") \t") for part in re.split(r"[,;(]", whole))):
        if far := _SO_FAR.fullmatch(part):
            km, part = _km(far[2], far[3]), far[1].strip()
        if names and _SOMEWHERE.fullmatch(part):
            adrift = True
        elif names and re.fullmatch(PROVINCES, part, re.IGNORECASE):
            names[-1] += f" {part}"
        elif part and not (names and _NO_NAME.fullmatch(part)):
            names.append(part)
    return names, km, adrift and not km


def _countries(names: list[str], country: str) -> tuple[list[str], str]:
    """The names without those of the country the row or the text is about; one of another country stays, and fits nothing."""
    kept = []
    for name in names:
        code = _country(name)
        if not code or len(names) == 1 or code != (country or code):
            kept.append(name)
        country = country or (code if len(names) > 1 else "")
    return kept or names[:1], country


def _country(name: str) -> str:
    """A code of two letters may be a state of America's: `CA`, `GA`."""
    plain = nations.plain(name)
    return nations.code(name) if plain in nations.spelled() or plain in nations.ALSO or (len(name) == 3 and name.isupper()) else ""
