"""The scale bar with the ratio, and a north arrow where north is one direction."""

from __future__ import annotations

from dashboard.page import outlines
from dashboard.page.chart import SCREEN, Chart
from dashboard.page.paper import Paper
from dashboard.page.sheet import Sheet, Z
from dashboard.style import INK, TEXT

HIGH, ARROW = 8.6, 6.0
"""mm: height of the panel, width that an arrow takes in it"""

BAR, LEFT, RIGHT = 33.0, 3.0, 10.0
"""mm: longest bar, room before it and after it"""

NORTH = 2.0
"""degrees by which north may change over the map and still get an arrow"""

EVEN = 0.05
"""share by which the scale may change over the map and still be given without a place"""

_LENGTHS = tuple(digit * 10.0**power for power in range(-3, 5) for digit in (1, 2, 5))
"""km of half a bar"""


def size(chart: Chart) -> tuple[float, float]:
    """Width and height, mm."""
    return LEFT + BAR + RIGHT + (ARROW if has_arrow(chart) else 0.0), HIGH


def has_arrow(chart: Chart) -> bool:
    """Whether north is the same direction all over the map, as far as a reader can see."""
    return chart.north()[1] <= NORTH


def draw(sheet: Sheet, chart: Chart, paper: Paper, left: float, top: float) -> None:
    """Draw it from its upper left corner, on paper of its own."""
    with sheet.part("scale bar"):
        _draw(sheet, chart, paper, left, top)


def _draw(sheet: Sheet, chart: Chart, paper: Paper, left: float, top: float) -> None:
    wide, high = size(chart)
    sheet.fill(outlines.box(left, top, left + wide, top + high, radius=0.8), "#FFFFFF", Z.PANEL, alpha=0.8)
    km = max((length for length in _LENGTHS if chart.mm_across(2 * length) <= BAR), default=_LENGTHS[0])
    x0, y, half = left + LEFT, top + 3.9, chart.mm_across(km)
    for i, colour in enumerate((INK, "#FFFFFF", INK, "#FFFFFF")):
        sheet.fill(outlines.box(x0 + i * half / 2, y, x0 + (i + 1) * half / 2, y + 1.1), colour, Z.PANEL_LINE)
    sheet.stroke(outlines.box(x0, y, x0 + 2 * half, y + 1.1), INK, 0.16, Z.PANEL_LINE + 0.1)
    for i, words in enumerate(_numbers(km)):
        sheet.text(x0 + i * half, y - 0.8, words, 5.8, align=0.5 if i < 2 else 0.3, z=Z.NUMBER, colour=INK)
    sheet.text(x0, y + 3.5, _ratio(chart, paper), 5.2, z=Z.NUMBER, colour=TEXT)
    if has_arrow(chart):
        _arrow(sheet, left + wide - ARROW + 1.6, top + high / 2, chart.north()[0])


def _numbers(km: float) -> tuple[str, str, str]:
    """At the ends and the middle of a bar of two halves: 0, 200, 400 m."""
    each, unit = (km, "km") if 2 * km >= 1 else (km * 1000, "m")
    half, whole = (f"{number:,g}".replace(",", " ") for number in (round(each, 3), round(2 * each, 3)))
    return "0", half, f"{whole} {unit}"


def _ratio(chart: Chart, paper: Paper) -> str:
    """The printed scale; where it changes over the map, the place at which it holds."""
    ratio = f"1 : {chart.denominator / paper.print_scale:,.0f} at {paper.name}".replace(",", " ")
    if chart.projection == SCREEN or abs(chart.mm_across(100) / chart.mm(100) - 1) > 0.02 or chart.uneven > EVEN:
        return f"{ratio}, middle of map"
    return ratio


def _arrow(sheet: Sheet, x: float, y: float, north: float) -> None:
    """A needle with its N, turned to where north is."""
    needle = outlines.segments([(0, -3.4), (1.3, 2.6), (0, 1.4), (-1.3, 2.6), (0, -3.4)])
    sheet.fill(outlines.placed(needle, x, y, angle=north), INK, Z.PANEL_LINE)
    sheet.text(x + 1.6, y - 1.0, "N", 5.8, "bold", z=Z.NUMBER, colour=INK)
