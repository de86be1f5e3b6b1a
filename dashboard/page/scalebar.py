"""The scale bar with the ratio."""

from __future__ import annotations

from dashboard.page import outlines
from dashboard.page.chart import Chart
from dashboard.page.paper import Paper
from dashboard.page.sheet import Sheet, Z
from dashboard.style import INK, TEXT

SIZE = (46.0, 8.6)
_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def draw(sheet: Sheet, chart: Chart, paper: Paper, left: float, top: float) -> None:
    """Draw it from its upper left corner, on paper of its own."""
    km = max((length for length in _LENGTHS if chart.mm(2 * length) <= 33), default=1)
    sheet.fill(outlines.box(left, top, left + SIZE[0], top + SIZE[1], radius=0.8), "#FFFFFF", Z.PANEL, alpha=0.72)
    x0, y, half = left + 3.0, top + 3.9, chart.mm(km)
    for i, colour in enumerate((INK, "#FFFFFF", INK, "#FFFFFF")):
        sheet.fill(outlines.box(x0 + i * half / 2, y, x0 + (i + 1) * half / 2, y + 1.1), colour, Z.PANEL_LINE)
    sheet.stroke(outlines.box(x0, y, x0 + 2 * half, y + 1.1), INK, 0.16, Z.PANEL_LINE + 0.1)
    for i, words in enumerate(("0", f"{km:,}".replace(",", " "), f"{2 * km:,} km".replace(",", " "))):
        sheet.text(x0 + i * half, y - 0.8, words, 5.8, align=0.5 if i < 2 else 0.3, z=Z.NUMBER, colour=INK)
    ratio = f"1 : {chart.denominator / paper.print_scale:,.0f} at {paper.name}".replace(",", " ")
    sheet.text(x0, y + 3.5, ratio, 5.2, z=Z.NUMBER, colour=TEXT)
