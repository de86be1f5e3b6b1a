"""How much was reported along a border week by week, as a small chart and in words."""

from __future__ import annotations

from dashboard import style, words
from dashboard.panels.markup import Child, Html, inner, tag
from dashboard.scene import Feature, Scene
from dashboard.weeks import Week, weekly
from geodata import days

WIDE, HIGH, FOOT, LEFT = 280, 70, 14, 16
"""units of the chart"""

MOST = 160
"""weeks that can still be told apart"""


def weeks(shown: Scene, events: list[Feature]) -> Child:
    """A bar a week: certain dark, possible light; the numbers follow as a table to unfold."""
    counted = weekly(events, shown)
    top = max((week.certain + week.possible for week in counted), default=0)
    if not top:
        return tag("p", "None in any week of the window.", cls="panj-soft")
    if len(counted) > MOST:
        return tag("p", f"{len(counted):,} weeks are too many to draw; a window of at most three years would be right.", cls="panj-soft")
    told = f"Events along the border, week by week: {len(counted)} weeks, at most {words.count(top, 'event')} in one"
    step = WIDE - LEFT
    bars = (_bar(week, LEFT + number * step / len(counted), step / len(counted), top) for number, week in enumerate(counted))
    chart = tag("svg", _axis(counted, top), *bars, viewBox=f"0 0 {WIDE} {HIGH}", role="img", aria_label=told, cls="panj-weeks")
    return inner(chart, tag("details", tag("summary", "The numbers", cls="panj-soft"), _table(counted)))


def _bar(week: Week, x: float, step: float, top: int) -> Html:
    scale = (HIGH - FOOT - 6) / top
    wide, foot = max(step - 1, 0.8), HIGH - FOOT
    sure, maybe = week.certain * scale, week.possible * scale
    name = tag("title", f"Week from {week.monday}: {week.certain} certain, {week.possible} possible")
    return tag("g", name, _rect(x, foot - sure, wide, sure, style.INK), _rect(x, foot - sure - maybe, wide, maybe, "#B9BFC5"))


def _rect(x: float, y: float, wide: float, high: float, fill: str) -> Html | None:
    return tag("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{wide:.1f}", height=f"{high:.1f}", fill=fill) if high else None


def _axis(counted: list[Week], top: int) -> Html:
    foot = HIGH - FOOT
    line = tag("line", x1=LEFT, x2=WIDE, y1=foot, y2=foot, stroke=style.BOUNDARY)
    scale = (tag("text", top, x=LEFT - 3, y=10, text_anchor="end", fill=style.TEXT_SOFT), tag("text", 0, x=LEFT - 3, y=foot, text_anchor="end",
                                                                                             fill=style.TEXT_SOFT))  # fmt: skip
    ends = ((LEFT, "start", counted[0].monday), (WIDE, "end", counted[-1].monday))
    names = (tag("text", _short(monday), x=x, y=HIGH - 3, text_anchor=anchor, fill=style.TEXT_SOFT) for x, anchor, monday in ends)
    return inner(line, *scale, *names)


def _short(monday: str) -> str:
    return f"from {days.words(days.parse(monday))}"


def _table(counted: list[Week]) -> Html:
    rows = (tag("tr", tag("td", week.monday), tag("td", week.certain), tag("td", week.possible)) for week in counted if week.certain or week.possible)
    head = tag("tr", *(tag("th", name, scope="col") for name in ("Week from", "Certain", "Possible")))
    return tag("table", tag("thead", head), tag("tbody", *rows), cls="panj-plain")
