"""A bloc's membership as a timeline chart: a line per country, a bar per standing; only our own shapes, every text escaped."""

from __future__ import annotations

from itertools import groupby

from dashboard import words
from dashboard.membership import Span
from dashboard.panels.cite import day_words
from dashboard.panels.markup import Html, inner, tag
from dashboard.style import INK, TEXT_SOFT, bloc_style
from geodata import days
from geodata.blocs import MEMBERS
from geodata.days import INF

WIDE, NAMES, HIGH, AXIS = 920, 150, 19, 24
"""CSS pixels: whole chart, column of names, a line, the axis above"""


def chart(bloc: str, name: str, spans: list[Span], day: int, other: int | None) -> Html:
    """Standings from the first sourced start to the day shown; `other` = a second day to compare with, both as day numbers."""
    rows = sorted(([country, list(own)] for country, own in groupby(sorted(spans, key=_name), key=_name)), key=_came)
    sourced = [int(_earliest(span)) for span in spans if span.start] + [day] + ([other] if other is not None else [])
    first, last = min(sourced), max([*sourced, *(span.last for span in spans if span.last < INF)])
    scale = _Scale(first - 0.02 * (last - first) - 60, last + 0.02 * (last - first) + 60)
    high = AXIS + HIGH * len(rows) + 4
    lines = (_row(bloc, number, country, own, scale) for number, (country, own) in enumerate(rows))
    marks = [_day(day, scale, high, "", words.words(days.from_number(day)))]
    marks += [_day(other, scale, high, "4 3", words.words(days.from_number(other)))] if other is not None else []
    told = f"{name}: who belonged to it when, {len(rows)} countries; the table below says the same in words"
    return tag("svg", _axis(scale, high), *lines, *marks, viewBox=f"0 0 {WIDE} {high}", role="img", aria_label=told, cls="panj-spans")


class _Scale:
    """Day numbers to pixels."""

    def __init__(self, first: float, last: float) -> None:
        self.first, self.last = first, last

    def __call__(self, day: float) -> float:
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return NAMES + share * (WIDE - NAMES - 6)


def _came(row: list) -> tuple[bool, int]:
    """Members first, then by the day they came, so that a reader sees the bloc grow."""
    own = row[1]
    return not any(span.role in MEMBERS for span in own), min(_earliest(span) if span.start else -INF for span in own)


def _name(span: Span) -> str:
    return span.name


def _earliest(span: Span) -> int:
    return days.number(days.span(span.start)[0])


def _axis(scale: _Scale, high: int) -> Html:
    years = range(days.from_number(int(scale.first)).year + 1, days.from_number(int(scale.last)).year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if len(years) <= 14 * step)
    shown = [(year, scale(days.number(days.span(str(year))[0]))) for year in years if year % step == 0]
    return inner(*(inner(tag("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=AXIS - 4, y2=high, stroke="#D9D5C9"),
                         tag("text", year, x=f"{x:.1f}", y=12, text_anchor="middle", fill=TEXT_SOFT)) for year, x in shown))  # fmt: skip


def _row(bloc: str, number: int, country: str, spans: list[Span], scale: _Scale) -> Html:
    y = AXIS + HIGH * number
    standing, also = [span for span in spans if span.sort == "standing"], [span for span in spans if span.sort != "standing"]
    name = tag("text", country, x=NAMES - 8, y=y + 13, text_anchor="end", fill=INK)
    return inner(name, *(_bar(bloc, span, scale, y + 3, 13) for span in standing), *(_also(span, scale, y) for span in also))


def _bar(bloc: str, span: Span, scale: _Scale, y: float, high: float) -> Html:
    """Full height where certain, thin where only a month or year is known."""
    colours = bloc_style(bloc)
    member = span.role in MEMBERS
    sure, end = scale(span.first if span.first > -INF else scale.first), scale(span.last if span.last < INF else scale.last)
    early = scale(_earliest(span)) if span.start else scale(scale.first)
    fill = colours.tint if member else "#FFFFFF"
    doubt = tag("rect", x=f"{early:.1f}", y=y + 4, width=f"{sure - early:.1f}", height=high - 8, fill=colours.tint, stroke=colours.edge,
                stroke_width=0.6) if sure - early > 0.8 else None  # fmt: skip
    body = tag("rect", x=f"{sure:.1f}", y=y, width=f"{max(end - sure, 1.5):.1f}", height=high, fill=fill, stroke=colours.edge, stroke_width=0.8)
    role = words.role(span.role)
    fits, at = end - sure > 7 * len(role), sure + (5 if span.start else 11)
    label = tag("text", role, x=f"{at:.1f}", y=y + 10, fill=INK, cls="panj-spanlabel") if fits else None
    unknown = None if span.start else tag("text", "?", x=f"{sure + 2:.1f}", y=y + 10, fill=INK, font_weight=700)
    return tag("g", tag("title", told(span)), doubt, body, unknown, label)


def _also(span: Span, scale: _Scale, y: float) -> Html:
    """What a country is besides: a dark line under its bar."""
    first = scale(span.first if span.first > -INF else scale.first)
    last = scale(span.last if span.last < INF else scale.last)
    return tag("g", tag("title", told(span)), tag("rect", x=f"{first:.1f}", y=y + 14.5, width=f"{max(last - first, 3):.1f}", height=3, fill=INK))


def told(span: Span) -> str:
    """`Tajikistan: member, from 15 June 2001`."""
    since = f"from {day_words(span.start)}" if span.start else "start not sourced"
    return f"{span.name}: {words.role(span.role)}, {since}" + (f" until before {day_words(span.end)}" if span.end else "")


def _day(day: int, scale: _Scale, high: int, dash: str, label: str) -> Html:
    x = scale(day)
    line = tag("line", x1=f"{x:.1f}", x2=f"{x:.1f}", y1=AXIS - 8, y2=high, stroke=INK, stroke_width=1.6, stroke_dasharray=dash or None)
    return tag("g", tag("title", label), line)
