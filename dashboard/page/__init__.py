"""The print renderer: a Scene as a briefing page, all of it vector on one Matplotlib figure, the same bytes every time."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.page import column, heading, legend
from dashboard.page.chart import projection, unwrapped
from dashboard.page.key import Row
from dashboard.page.layout import COLUMN, COLUMN_FULL, LEGEND, Layout, layout
from dashboard.page.paper import Paper, paper, resolution
from dashboard.page.sheet import Page, Rect, Sheet
from dashboard.page.theatre import Theatre
from dashboard.scene import Scene
from geodata.atlas import Atlas

__all__ = ["draw", "png"]

LEGEND_MORE = (0.0, 2.5, 5.0, 7.5, 10.0, 13.0, 17.0, 22.0, 28.0)
"""mm taken from the map until the legend is legible"""


def draw(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300, text: bool = True) -> Page:
    """The page as a figure; `size` is a4, letter, slide or WxH in mm. `text` False leaves out all letters, for golden images."""
    sheet = Sheet(paper(size), resolution(dpi), lettered=text)
    projected = projection(unwrapped(scene.box))[0]
    plan = _plan(sheet.paper, scene, projected)
    heading.banners(sheet, plan, scene)
    heading.title(sheet, plan, scene)
    heading.lines(sheet, plan, scene)
    heading.small_print(sheet, plan, scene, projected)
    legend.draw(sheet, _above_small_print(plan, scene, projected), scene)
    shown = Theatre(sheet, plan, atlas, scene)
    column.draw(sheet, plan.column, scene, shown)
    figure = sheet.figure()
    figure.panj_overlaps = tuple(shown.overlaps)
    return figure


def _plan(page: Paper, scene: Scene, projected: str) -> Layout:
    """The layout: a wider column where the key is long, a higher legend where it is."""
    events = scene.layer("events")
    expected = [Row(heading="x" if i % 6 == 0 else "") for i in range(int(1.2 * len(events.features)))] if events else []
    wide = COLUMN if column.fit(expected, scene, layout(page).column).rows.columns == 1 else COLUMN_FULL
    plans = [layout(page, column=wide, legend=LEGEND + more) for more in LEGEND_MORE]
    return next((plan for plan in plans if legend.fits(_above_small_print(plan, scene, projected), scene)), plans[-1])


def _above_small_print(plan: Layout, scene: Scene, projected: str) -> Rect:
    left, top, right, bottom = plan.legend
    return left, top, right, bottom - heading.small_height(*heading.small_rows(plan, scene, projected)) - 1.0


def png(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300) -> bytes:
    """The page as PNG; its text chunks hold the View and the marking, and no clock."""
    canvas = FigureCanvasAgg(draw(scene, atlas, size=size, dpi=dpi))
    canvas.draw()
    told = PngInfo()
    for name, words in (("Title", scene.title), ("View", scene.view.to_query()), ("Marking", scene.marking), ("Software", "panj")):
        told.add_text(name, words.replace("\0", ""))
    out = BytesIO()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3])
    picture.save(out, "png", pnginfo=told, dpi=(dpi, dpi), compress_level=3)
    return out.getvalue()
