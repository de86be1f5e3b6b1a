"""The print renderer: a Scene as a briefing page, all of it vector on one Matplotlib figure, the same bytes every time."""

from __future__ import annotations

from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg

from dashboard.page import column, heading, legend
from dashboard.page.key import Row
from dashboard.page.layout import COLUMN_FULL, Layout, layout
from dashboard.page.paper import paper, resolution
from dashboard.page.sheet import Page, Sheet
from dashboard.page.theatre import Theatre
from dashboard.scene import Scene
from geodata.atlas import Atlas

__all__ = ["draw", "png"]


def draw(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300, text: bool = True) -> Page:
    """The page as a figure; `size` is a4, letter, slide or WxH in mm. `text` False leaves out all letters, for golden images."""
    sheet = Sheet(paper(size), resolution(dpi), lettered=text)
    plan = _plan(sheet, scene)
    heading.banners(sheet, plan, scene)
    heading.title(sheet, plan, scene)
    heading.lines(sheet, plan, scene)
    shown = Theatre(sheet, plan, atlas, scene)
    low = heading.small_print(sheet, plan, scene, shown.chart.name)
    legend.draw(sheet, _down_to(plan, low), scene)
    column.draw(sheet, plan.column, scene, shown)
    figure = sheet.figure()
    figure.panj_overlaps = tuple(shown.overlaps)
    return figure


def _plan(sheet: Sheet, scene: Scene) -> Layout:
    """The layout, with a wider column where the key is long."""
    events = scene.layer("events")
    expected = [Row(heading="x" if i % 6 == 0 else "") for i in range(int(1.2 * len(events.features)))] if events else []
    plan = layout(sheet.paper)
    return plan if column.fit(expected, scene, plan.column).rows.columns == 1 else layout(sheet.paper, column=COLUMN_FULL)


def _down_to(plan: Layout, low: float) -> tuple[float, float, float, float]:
    left, top, right, _ = plan.legend
    return left, top, right, low - 1.0


def png(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300) -> bytes:
    """The page as PNG; its text chunks hold the View and the marking, and no clock."""
    figure = draw(scene, atlas, size=size, dpi=dpi)
    FigureCanvasAgg(figure)
    told = {"Title": scene.title, "View": scene.view.to_query(), "Marking": scene.marking, "Software": "panj"}
    out = BytesIO()
    figure.savefig(out, format="png", metadata=told, dpi=figure.dpi)
    return out.getvalue()
