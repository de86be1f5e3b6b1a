"""The sheet as a picture: every shape an artist of one Matplotlib figure, letters as outlines."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from dashboard.page import outlines, raster
from dashboard.page.lettering import MM_PER_PT
from dashboard.page.sheet import Rect, Sheet, Style, Words


class Page(Figure):
    """The figure of a page, with what tests ask about it."""

    panj_words: tuple[str, ...] = ()
    """every line written, in the order of writing"""

    panj_overlaps: tuple[tuple[str, str], ...] = ()
    """pairs of names, symbols and panels that stand on each other: none on a page that is done"""


def figure(sheet: Sheet, dpi: float, *, rect: Rect | None = None) -> Page:
    """The sheet, or what lies in `rect` (mm) of it, with exactly the pixels of its size."""
    left, top, right, bottom = rect or (0.0, 0.0, sheet.paper.width, sheet.paper.height)
    scale = sheet.paper.print_scale / 25.4
    width, height = (round(mm * scale * dpi) / dpi for mm in (right - left, bottom - top))
    page = Page(figsize=(width + 1e-7, height + 1e-7), dpi=dpi, facecolor="#FFFFFF", edgecolor="none")
    transform = Affine2D().translate(-left, -bottom).scale(scale, -scale) + page.dpi_scale_trans
    for order, (style, shape) in enumerate(_outlined(sheet.layers())):
        if len(shape):
            page.add_artist(_artist(shape, style, order, transform, sheet.paper.print_scale))
    page.panj_words, page.panj_overlaps = tuple(sheet.said), sheet.overlaps
    return page


def _outlined(layers: Iterable[tuple[Style, list[Path]] | Words]) -> list[tuple[Style, Path]]:
    """Lines of text of one colour and level joined into shapes."""
    found: dict[Style, list[Path]] = {}
    for item in layers:
        if isinstance(item, Words):
            found.setdefault(Style(item.z, "text", item.colour, 0.0, (), 1.0, item.clip, "round"), []).append(item.outline)
        else:
            found[item[0]] = item[1]
    return [(style, outlines.joined(paths)) for style, paths in found.items()]


def _artist(shape: Path, style: Style, order: int, transform: Transform, scale: float) -> PathPatch:
    artist = PathPatch(shape, transform=transform, zorder=order, alpha=style.alpha, snap=False, capstyle=style.cap, joinstyle="round")
    if style.kind == "line":
        artist.set(facecolor="none", edgecolor=style.colour, linewidth=style.mm * scale / MM_PER_PT)
        artist.set_linestyle((0, [length / style.mm for length in style.dash]) if style.dash else "solid")  # in line widths
    else:
        artist.set(facecolor=style.colour, edgecolor="none", linewidth=0)
    if style.clip:
        left, top, right, bottom = style.clip
        artist.set_clip_box(TransformedBbox(Bbox([[left, bottom], [right, top]]), transform))  # a path would be a mask, which is slow
    else:
        artist.set_clip_on(False)
    return artist


def png(page: Page, dpi: float, told: dict[str, str], *, smallest: bool = False) -> bytes:
    """The figure as PNG with text chunks and no clock; `smallest` packs it harder and slower."""
    canvas = FigureCanvasAgg(page)
    canvas.draw()
    return raster.png(np.asarray(canvas.buffer_rgba())[..., :3], dpi, told, raster.SMALL if smallest else raster.FAST)
