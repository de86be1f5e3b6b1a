"""A View is what the analyst looks at, and it is the same thing as the page's address: plain text both ways."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from geodata import days
from geodata.schema import MARKINGS, STATUSES

FIXED_LAYERS = ("borders", "zones", "bases", "events", "regions", "rivers", "places")
DEFAULT_LAYERS = ("csto", "sco", "borders", "zones", "bases", "events", "rivers", "places")
ID_KINDS = ("event", "country", "party", "border", "zone", "base", "region")
GRADES = tuple(letter + digit for letter in "ABCDEF" for digit in "123456")

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""days a view can name"""

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
"""what a link begins with"""

Box = tuple[float, float, float, float]
"""west, south, east, north in degrees; west > east crosses the date line"""


@dataclass(frozen=True)
class View:
    """Everything that decides what is shown; equal views draw equal pictures."""

    start: date = date(2021, 8, 1)
    """first day shown, inclusive"""

    end: date = date(2021, 11, 30)
    """last day shown, inclusive"""

    span: str = "2021-06..2021-12"
    """what the timeline shows: two days, months or years joined by `..`, or `year` (of the window), or `all`"""

    known: date | None = None
    """only what was reported by this day, inclusive; None = everything"""

    since: date | None = None
    """an earlier knowledge day to compare with; None = no comparison"""

    layers: tuple[str, ...] = DEFAULT_LAYERS
    """layers that are on; their order does not matter and is kept"""

    kinds: tuple[str, ...] | None = None
    """kinds of event let through; None = all"""

    status: tuple[str, ...] | None = None
    """statuses let through; None = all"""

    blocs: tuple[str, ...] | None = None
    """events of these blocs, `none` among them for events of no bloc; None = all"""

    party: tuple[str, ...] | None = None
    """events in which one of these countries or parties took part or is host; None = all"""

    source: tuple[str, ...] | None = None
    """events that one of these sources reports; None = all"""

    grade: str = ""
    """this grade or better, both halves: `B2`; empty = any"""

    disputed: bool = False
    """whether events are shown of which only disproved reports are known"""

    near: tuple[str, float] | None = None
    """a border and a distance in km; None = anywhere"""

    q: str = ""
    """text looked for in titles, places, persons and summaries"""

    ahead: bool = False
    """whether plans known but after the window are shown, faint"""

    compare: date | None = None
    """a second day whose memberships are compared"""

    id: str = ""
    """what is selected: `event:EV20`, `border:AFG-TJK`, `country:IRN`, ..."""

    box: Box | None = None
    """the frame in degrees; None = the theatre's own"""

    title: str = ""
    """the analyst's title; empty = one made from the view"""

    marking: str = ""
    """raises the computed marking, never lowers it"""

    lang: str = "en"
    """language of the outputs"""

    @classmethod
    def from_query(cls, text: str) -> View:
        """The view of a query string; ValueError names everything wrong with it."""
        view, complaints = read_view(text)
        if complaints:
            raise ValueError("\n".join(complaints))
        return view

    def to_query(self) -> str:
        """The query string of this view, without what is default; empty for the default view."""
        default = View()
        written = ((key, write(getattr(self, name))) for key, (name, _, write) in KEYS.items() if getattr(self, name) != getattr(default, name))
        return "&".join(f"{key}={quote(value, safe=',:./').replace('%20', '+')}" for key, value in written)


@dataclass(frozen=True)
class Vocabulary:
    """The names a theatre knows; a view that names anything else is refused in words."""

    layers: frozenset[str]
    kinds: frozenset[str]
    blocs: frozenset[str]
    parties: frozenset[str]
    sources: frozenset[str]
    pairs: frozenset[str]
    ids: frozenset[str]
    markings: tuple[str, ...] = MARKINGS
    """lowest to highest"""


def read_view(text: str, vocabulary: Vocabulary | None = None) -> tuple[View, list[str]]:
    """The view of a query string, of `?...` or of a whole pasted link, and what was wrong with it in words.

    What cannot be read is left at its default; the rest of the view still opens.
    """
    values, complaints, seen = {}, [], set()
    for key, value in _pairs(text, complaints):
        if key not in KEYS:
            complaints.append(f"view: unknown key {key!r}; choose from {', '.join(KEYS)}")
        elif key in seen:
            complaints.append(f"view: {key} is given twice; the first one counts")
        else:
            seen.add(key)
            values |= _read_value(key, value, complaints)
    return _whole(values, vocabulary, complaints), complaints


def _pairs(text: str, complaints: list[str]) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_query(text), keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        complaints.append(f"view: cannot be read: {error}")
        return []


def _query(text: str) -> str:
    """What is asked in a link, with its scheme or without, or in a bare query; a value may hold `://` and `?` itself."""
    if SCHEME.match(text):
        return urlsplit(text).query
    head, mark, asked = text.lstrip("?").partition("?")
    return asked.partition("#")[0] if mark and "=" not in head else text.lstrip("?")


def _read_value(key: str, value: str, complaints: list[str]) -> dict[str, object]:
    name, parse, _ = KEYS[key]
    try:
        return {name: parse(value)}
    except ValueError as error:
        complaints.append(f"view: {key} {error}")
        return {}


def _whole(values: dict[str, object], vocabulary: Vocabulary | None, complaints: list[str]) -> View:
    """A view of the values that fit together."""
    view = replace(View(), **values)
    if view.start > view.end:
        complaints.append(f"view: from {view.start} is after to {view.end}; the dates are left at their default")
        view = replace(view, start=View.start, end=View.end)
    if view.since and view.known and view.since >= view.known:
        complaints.append(f"view: since {view.since} is not before known {view.known}; nothing is compared")
        view = replace(view, since=None)
    return _known_names(view, vocabulary, complaints) if vocabulary else view


def _known_names(view: View, known: Vocabulary, complaints: list[str]) -> View:
    for name, allowed, what in (("layers", known.layers, "layer"), ("kinds", known.kinds, "kind"), ("blocs", known.blocs | {"none"}, "bloc"),
                                ("party", known.parties, "party"), ("source", known.sources, "source")):  # fmt: skip
        view = _keep_known(view, name, allowed, what, complaints)
    if view.near and view.near[0] not in known.pairs:
        complaints.append(f"view: unknown border {view.near[0]!r}; choose from {_some(known.pairs)}")
        view = replace(view, near=None)
    if view.marking and view.marking not in known.markings:
        complaints.append(f"view: unknown marking {view.marking!r}; choose from {', '.join(known.markings)}")
        view = replace(view, marking="")
    if view.id and view.id not in known.ids:
        complaints.append(f"view: there is nothing called {view.id!r} here")
        view = replace(view, id="")
    return view


def _keep_known(view: View, name: str, allowed: frozenset[str], what: str, complaints: list[str]) -> View:
    chosen = getattr(view, name)
    if not chosen or set(chosen) <= allowed or chosen == getattr(View, name):
        return view
    complaints += [f"view: unknown {what} {item!r}; choose from {_some(allowed)}" for item in chosen if item not in allowed]
    kept = tuple(item for item in chosen if item in allowed)
    return replace(view, **{name: kept or getattr(View, name)})


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:30]) + (", ..." if len(listed) > 30 else "")


def _names(text: str) -> tuple[str, ...]:
    if text == "none":
        return ()
    names = tuple(dict.fromkeys(unquote(part) for part in text.split(",") if part))
    if not names:
        raise ValueError(f"{text!r} names nothing; names joined by ',' or 'none' would be right")
    return names


def _write_names(names: tuple[str, ...]) -> str:
    return ",".join(name.replace("%", "%25").replace(",", "%2C") for name in names) if names else "none"


def _blocs(text: str) -> tuple[str, ...]:
    """`none` alone is the empty choice; `-` stands for events of no bloc."""
    return tuple("none" if name == "-" else name for name in _names(text))


def _write_blocs(names: tuple[str, ...]) -> str:
    return _write_names(tuple("-" if name == "none" else name for name in names))


def _from(choices: tuple[str, ...]) -> Callable[[str], str]:
    def _parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text!r} is not one of {', '.join(choices)}")
        return text

    return _parse


def _statuses(text: str) -> tuple[str, ...]:
    return tuple(_from(STATUSES)(name) for name in _names(text))


def _switch(text: str) -> bool:
    return _from(("on", "off"))(text) == "on"


def _span(text: str) -> str:
    if text in ("year", "all"):
        return text
    first, dots, last = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is not like 2021-06..2021-12, 'year' or 'all'")
    if days.span(first)[0] > days.span(last)[1]:
        raise ValueError(f"{text!r} ends before it starts")
    return text


def _near(text: str) -> tuple[str, float]:
    pair, colon, km = text.rpartition(":")
    distance = _number(km) if colon else math.nan
    if not 0 < distance <= 2000:
        raise ValueError(f"{text!r} is not a border and a distance in km like AFG-TJK:50")
    return pair, float(f"{distance:g}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _box(text: str) -> Box:
    edges = tuple(round(_number(part), 4) + 0.0 for part in text.split(","))
    fine = len(edges) == 4 and all(-180 <= x <= 180 for x in edges[::2]) and all(-90 <= y <= 90 for y in edges[1::2])
    if not (fine and edges[1] < edges[3] and edges[0] != edges[2]):
        raise ValueError(f"{text!r} is not west,south,east,north in degrees like 60,35,75,42")
    return edges[0], edges[1], edges[2], edges[3]


def _plain(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _id(text: str) -> str:
    kind, colon, name = text.partition(":")
    if kind not in ID_KINDS or not colon or not name:
        raise ValueError(f"{text!r} is not like event:EV20; it may begin with {', '.join(ID_KINDS)}")
    return text


def _text(text: str) -> str:
    if len(text) > 500:
        raise ValueError(f"has {len(text)} characters; at most 500 would be right")
    return "".join(char for char in text if char.isprintable())


def _day(text: str) -> date:
    day = days.parse(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{text!r} is not from {FIRST_DAY} to {LAST_DAY}")
    return day


_DAY = (_day, date.isoformat)
_NAMES = (_names, _write_names)
_TEXT = (_text, str)
KEYS: dict[str, tuple[str, Callable, Callable]] = {
    "from": ("start", *_DAY), "to": ("end", *_DAY), "span": ("span", _span, str), "known": ("known", *_DAY), "since": ("since", *_DAY),
    "layers": ("layers", *_NAMES), "kinds": ("kinds", *_NAMES), "status": ("status", _statuses, _write_names),
    "blocs": ("blocs", _blocs, _write_blocs), "party": ("party", *_NAMES), "source": ("source", *_NAMES), "grade": ("grade", _from(GRADES), str),
    "disputed": ("disputed", _switch, lambda on: "on" if on else "off"), "near": ("near", _near, lambda near: f"{near[0]}:{near[1]:g}"),
    "q": ("q", *_TEXT), "ahead": ("ahead", _switch, lambda on: "on" if on else "off"), "compare": ("compare", *_DAY), "id": ("id", _id, str),
    "box": ("box", _box, lambda box: ",".join(map(_plain, box))), "title": ("title", *_TEXT), "marking": ("marking", *_TEXT),
    "lang": ("lang", _from(("en",)), str),
}  # fmt: skip
"""query key -> field, parser (ValueError: what is wrong), writer; in the order of the address"""

assert {name for name, _, _ in KEYS.values()} == {item.name for item in fields(View)}
