"""The print renderer: a Scene as a briefing page, all of it vector, as a figure, PNG, SVG or PDF, the same bytes every time."""

from __future__ import annotations

from dashboard.imprint import imprint
from dashboard.page import chart, column, heading, legend, lettering, onpage, picture
from dashboard.page.chart import CONFORMAL
from dashboard.page.key import Row
from dashboard.page.layout import COLUMN, COLUMN_FULL, LEGEND, Layout, layout
from dashboard.page.paper import Paper, paper, resolution
from dashboard.page.picture import Page
from dashboard.page.rest import Elsewhere, Rest
from dashboard.page.sheet import Rect, Sheet
from dashboard.page.theatre import Theatre
from dashboard.scene import Scene
from geodata.atlas import Atlas

__all__ = ["compose", "draw", "pdf", "png", "svg"]

ELSEWHERE = Elsewhere()

LEGEND_MORE = (0.0, 2.5, 5.0, 7.5, 10.0, 13.0, 17.0, 22.0, 28.0)
"""mm taken from the map until the legend is legible"""


def compose(scene: Scene, atlas: Atlas, *, size: str = "a4", projection: str = CONFORMAL, text: bool = True, rest: Rest = ELSEWHERE,
            roomy: bool = False) -> Sheet:  # fmt: skip
    """Everything on the page in mm, for any format; `text` False leaves out all letters, for golden images.

    `size` is a name of `paper.NAMED` or WxH in mm; `projection` is one of `chart.PROJECTIONS`;
    `rest` tells where the lines of key and sources stand that find no room; `roomy` keeps room for a wider face.
    """
    with lettering.roomy(roomy):
        return _composed(Sheet(paper(size), lettered=text), scene, atlas, projection, rest)


def _composed(sheet: Sheet, scene: Scene, atlas: Atlas, projection: str, rest: Rest) -> Sheet:
    projected = chart.suited(chart.unwrapped(scene.box), projection)[0]
    plan = _plan(sheet.paper, scene, projected)
    heading.banners(sheet, plan, scene)
    heading.title(sheet, plan, scene)
    heading.lines(sheet, plan, scene)
    heading.small_print(sheet, plan, scene, projected)
    shown = Theatre(sheet, plan, atlas, scene, projection)
    column.draw(sheet, plan.column, scene, shown, rest)
    legend.draw(sheet, _above_small_print(plan, scene, projected), scene, onpage.entries(shown, scene))
    sheet.overlaps, sheet.map = tuple(shown.overlaps), shown.chart.rect
    return sheet


def draw(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300, projection: str = CONFORMAL, text: bool = True) -> Page:
    """The page as a Matplotlib figure."""
    resolution(dpi)
    return picture.figure(compose(scene, atlas, size=size, projection=projection, text=text), dpi)


def png(scene: Scene, atlas: Atlas, *, size: str = "a4", dpi: float = 300, projection: str = CONFORMAL) -> bytes:
    """The page as PNG; its text chunks hold title, View, marking and the text alternative, and no clock."""
    told = imprint(scene)
    chunks = {"Title": told.title, "Description": told.text, "View": told.view, "Marking": told.marking, "Software": "panj"}
    return picture.png(draw(scene, atlas, size=size, dpi=dpi, projection=projection), dpi, chunks)


def svg(scene: Scene, atlas: Atlas, *, size: str = "a4", projection: str = CONFORMAL, seal: str = "") -> bytes:
    """The page as SVG; `seal` is a token for its metadata."""
    from dashboard.page import drawing

    return drawing.svg(compose(scene, atlas, size=size, projection=projection), imprint(scene, seal))


def pdf(scene: Scene, atlas: Atlas, *, size: str = "a4", projection: str = CONFORMAL, seal: str = "", bound: bool = False) -> bytes:
    """The page as PDF, with further pages when key or sources find no room; `seal` is a token for its metadata.

    `bound`: the pages will stand in one file with those of other views.
    """
    from dashboard.page import content, document
    from dashboard.page.continued import Continuation

    rest = Continuation(scene, atlas, size, bound=bound)
    first = content.drawn(compose(scene, atlas, size=size, projection=projection, rest=rest), scene.text)
    return document.pdf([first, *rest.drawn], imprint(scene, seal))


def _plan(page: Paper, scene: Scene, projected: str) -> Layout:
    """The layout: a wider column where the key is long, a higher legend where it is."""
    events = scene.layer("events")
    expected = [Row(heading="x" if i % 6 == 0 else "") for i in range(int(1.2 * len(events.features)))] if events else []
    wide = COLUMN if column.fit(expected, scene, layout(page).column).rows.columns == 1 else COLUMN_FULL
    plans = [layout(page, column=wide, legend=LEGEND + more) for more in LEGEND_MORE]
    return next((plan for plan in plans if legend.fits(_above_small_print(plan, scene, projected), scene)), plans[-1])


def _above_small_print(plan: Layout, scene: Scene, projected: str) -> Rect:
    left, top, right, bottom = plan.legend
    if plan.small != plan.legend:
        return plan.legend
    return left, top, right, bottom - heading.small_height(*heading.small_rows(plan, scene, projected)) - 1.0

