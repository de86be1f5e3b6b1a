"""What the words of a place say: the names in them, the country, near it, or so many km away from it."""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.intake import nations
from geodata.intake.landmarks import key

LONGEST = 200
"""letters of a place; the patterns below are for texts no longer than this"""

NEAR = re.compile(r"(?:near|around|close to|outskirts of|vicinity of|около|вблизи|близ|возле|рядом с|(?:در )?نزدیکی?|حومه) (.+)", re.IGNORECASE)
PROVINCES = (r"(?:autonomous |автономная )?(?:province|region|oblast|oblysy|oblusu|viloyati?|vilayat|velayat|wilayat|wela[yý]aty?"
             r"|вилояти?|вилаят|велаят|"
             r"провинция|область|облысы|облусу|остан|ولایت|استان|صوبہ)")  # fmt: skip
PROVINCE = re.compile(rf"(.+?) {PROVINCES}|(?:ولایت|استان|صوبہ|провинция|вилояти|остан) (.+)", re.IGNORECASE)

_TOWN = r"city|town|village|capital|the city|shahri?|г|гор|город|село|пос|посёлок|поселок|столица|шаҳри?|деҳа|شهر|ده"
_NO_NAME = re.compile(rf"(?:{_TOWN})\.?", re.IGNORECASE)
_PREFIX = re.compile(r"(?:(?:г|гор|пос|с)\. ?|(?:(?:the )?(?:city|town|village) of|город|село|пос[её]лок|шаҳри|деҳаи|شهر) )(?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(r" (?:city|town|village|shahri?|город|г\.)$", re.IGNORECASE)
_DOUBT = re.compile(r" ?\(\?+\)| ?[?؟]+")
_PARTS = re.compile(r"[;،؛(/]|,(?!\d)|(?<!\d),")
"""between parts of a place; the comma in `1,5 km` is none"""

_NUMBER = r"(?:\d{1,3}(?: \d{3})+|\d{1,6}(?:[.,]\d{1,6})?)"
_KM = re.compile(rf"(?<![\w.,])(?:{_NUMBER} ?[-–—] ?)?({_NUMBER}) ?(km|kms|kilomet\w+|км|километр\w*|mi|miles?|мил\w+)\b\.?", re.IGNORECASE)
_SIDE = r"(?:(?:north|south|east|west)(?:ern)?(?:[- ]?(?:east|west)(?:ern)?)?|[NSEW]{1,3}|(?:северо|юго)?[- ]?(?:север|юг|юж|восто|запад)\w*)"
_ABOUT = re.compile(r"(?:^|(?<=\s))(?:at|about|approx(?:imately|\.)?|ca\.?|around|some|примерно|около|в)$|~$", re.IGNORECASE)
_FROM = re.compile(rf"(?: ?(?:away|to the|to|к|на)){{0,3}} ?{_SIDE}? ?(?:(?:of|from|от) (.+))?", re.IGNORECASE)
_THERE = re.compile(rf"(?:the |its )?(?:{_TOWN}|cent(?:re|er)|city cent(?:re|er)|города|центра|центра города|столицы)", re.IGNORECASE)
"""what stands for the place named before: `40 km north of the city`"""

_SOMEWHERE = re.compile(rf"(?:to the |к |на )?{_SIDE}(?: (?:of|from|от) .+)?", re.IGNORECASE)
_MILE_KM = 1.609344
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class Words(NamedTuple):
    """A place text taken apart."""

    given: str
    """all of it"""

    whole: str
    """without what says near or away"""

    names: tuple[str, ...]
    """what stands between commas, semicolons and brackets, country and kind of place taken off"""

    country: str
    """as the row says, else as these words do"""

    near: bool = False
    km: float = 0.0
    """how far away; 0 = not said"""

    start: str = ""
    """the other place from which the km are counted, when a place is named before: `Khorog, 100 km from Ishkashim`"""

    against: str = ""
    """a country in the words that is not the one of the row"""

    doubt: str = ""
    """what keeps even a single place from being sure"""

    trouble: str = ""
    """why no place can be made of these words"""


class _Parts(NamedTuple):
    names: list[str]
    km: float = 0.0
    start: str = ""
    trouble: str = ""


def read(text: str, country: str) -> Words:
    """The words of one row's place; `country` is the code the row gives, or empty."""
    given = " ".join(text.split())
    if len(given) > LONGEST:
        return Words("", "", (), country, trouble=f"has more than {LONGEST} letters, too many for the name of a place")
    doubt = "is said with a question mark" if "?" in given or "؟" in given else ""
    given = _DOUBT.sub("", given).strip() if doubt else given
    near = NEAR.fullmatch(given)
    whole = near[1] if near else given
    if _SOMEWHERE.fullmatch(whole) and re.search(r" (?:of|from|от) ", whole):
        return Words(given, whole, (), country, doubt=doubt, trouble="says a direction, but not how far")
    parts = _parts(whole)
    if parts.km and not parts.start and parts.names:
        whole = ", ".join(parts.names)
    names, found, against = _countries(parts.names, country)
    return Words(given, whole, tuple(names), found, bool(near), parts.km, parts.start, against, doubt, parts.trouble)


def bare(name: str) -> str:
    """A name without what says that it is a town's: `г. Ош`, `Kabul city`."""
    return _SUFFIX.sub("", _PREFIX.sub("", name, count=1)) or name


def _parts(whole: str) -> _Parts:
    """The names, and the one distance said beside them."""
    found = _Parts([])
    adrift, said = False, 0
    for part in filter(None, (part.strip(") ") for part in _PARTS.split(whole))):
        told = _KM.findall(part) if any(map(str.isdigit, part)) else []
        said += len(told)
        if told and (trouble := _unclear(told[0][0], said)):
            return found._replace(trouble=trouble)
        part, found = _far(part, found) if told else (part, found)
        if found.names and _SOMEWHERE.fullmatch(part):
            adrift = True
        elif found.names and re.fullmatch(PROVINCES, part, re.IGNORECASE):
            found.names[-1] += f" {part}"
        elif key(part) and not (found.names and _NO_NAME.fullmatch(part)):
            found.names.append(part)
    return found._replace(trouble="says a direction, but not how far") if adrift and not found.km else found


def _unclear(number: str, said: int) -> str:
    """Why a distance cannot be used."""
    if said > 1:
        return "says more than one distance"
    return f"says {number!r} km, which can be decimals or thousands" if _THOUSANDS.fullmatch(number) else ""


def _far(part: str, found: _Parts) -> tuple[str, _Parts]:
    """The name in a part that says how far, and what is known with it; any other part as it is."""
    told = _KM.search(part)
    beyond = told and _FROM.fullmatch(part[told.end() :].strip())
    if not beyond:
        return part, found
    head = part[: told.start()].rstrip()
    while shorter := _ABOUT.search(head):
        head = head[: shorter.start()].rstrip()
    km, start = _km(told[1], told[2]), beyond[1] or ""
    if _THERE.fullmatch(start):
        start = ""
    if start and not head and not found.names:
        return start, found._replace(km=km)
    return head, found._replace(km=km, start=start)


def _km(number: str, unit: str) -> float:
    return float(number.replace(" ", "").replace(",", ".")) * (_MILE_KM if unit[:2].casefold() in ("mi", "ми") else 1)


def _countries(names: list[str], country: str) -> tuple[list[str], str, str]:
    """The names without those of the country the row or the text is about; one of another country stays, and fits nothing."""
    kept, against = [], ""
    for name in names:
        code = _country(name)
        if not code or len(names) == 1 or code != (country or code):
            kept.append(name)
            against = name if code and country and code != country else against
        country = country or (code if len(names) > 1 else "")
    return kept or names[:1], country, against


def _country(name: str) -> str:
    """A code of two letters may be a state of America's: `CA`, `GA`."""
    plain = nations.plain(name)
    return nations.code(name) if plain in nations.spelled() or plain in nations.ALSO or (len(name) == 3 and name.isupper()) else ""
