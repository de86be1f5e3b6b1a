"""Where things stand on the page, in mm from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.page.paper import Paper
from dashboard.page.sheet import Rect

MARGIN = 7.0
BANNER = 5.8
GAP = 3.5
COLUMN, COLUMN_FULL = 87.5, 104.0
"""width of the column of key and sources beside the map, and when there is much in it"""

WIDE, SCREEN_COLUMN, SMALL = 1.6, 0.43, 9.6
"""width by height from which a page is a slide; there the part of the width beside the map, and mm of small print under it"""

MAP_TOP = 28.5
LEGEND = 39.4
"""height under the map for legend and small print"""

@dataclass(frozen=True)
class Layout:
    """The rectangles of a page."""

    paper: Paper
    head: Rect
    """title, as-of line and counts"""

    map: Rect
    legend: Rect
    """from the section head down"""

    small: Rect
    """the small print grows up from its lower edge; where it is the legend's own, into the legend"""

    column: Rect
    """key and sources"""

    @property
    def left(self) -> float:
        """Left edge of the print area."""
        return MARGIN

    @property
    def right(self) -> float:
        """Right edge of the print area."""
        return self.paper.width - MARGIN

    @property
    def banners(self) -> tuple[Rect, Rect]:
        """The two marking banners."""
        low = self.paper.height - 5.0
        return (MARGIN, 5.0, self.right, 5.0 + BANNER), (MARGIN, low - BANNER, self.right, low)


def layout(paper: Paper, *, column: float = COLUMN, legend: float = LEGEND) -> Layout:
    """Beside each other on a wide page, below each other on a high one; `column` wide, `legend` high (small print included)."""
    bottom = paper.height - 5.0 - BANNER - 1.2
    if paper.width > WIDE * paper.height:
        return _screen(paper, bottom, legend)
    return _wide(paper, bottom, column, legend) if paper.width >= 1.1 * paper.height else _high(paper, bottom, legend)


def _screen(paper: Paper, bottom: float, legend: float) -> Layout:
    """As on a slide: the map as high as can be, the legend under the key."""
    right = paper.width - MARGIN
    split = right - SCREEN_COLUMN * paper.width
    top = bottom - (legend - 6.0)
    return Layout(
        paper,
        (MARGIN, 12.0, right, MAP_TOP),
        (MARGIN, MAP_TOP, split - GAP, bottom - SMALL - 1.0),
        (split, top, right, bottom),
        (MARGIN, bottom - SMALL, split - GAP, bottom),
        (split, MAP_TOP, right, top - 2.0),
    )


def _wide(paper: Paper, bottom: float, column: float, legend: float) -> Layout:
    right = paper.width - MARGIN
    split = right - min(column * max(1.0, paper.width / 340), 0.4 * paper.width)
    low = bottom - legend - 2.0
    return Layout(
        paper,
        (MARGIN, 12.0, right, MAP_TOP),
        (MARGIN, MAP_TOP, split - GAP, low),
        (MARGIN, low + 2.0, split - GAP, bottom),
        (MARGIN, low + 2.0, split - GAP, bottom),
        (split, MAP_TOP, right, bottom),
    )


def _high(paper: Paper, bottom: float, legend: float) -> Layout:
    right = paper.width - MARGIN
    low = MAP_TOP + (bottom - MAP_TOP) * 0.48
    under = low + 2.0 + legend
    return Layout(
        paper,
        (MARGIN, 12.0, right, MAP_TOP),
        (MARGIN, MAP_TOP, right, low),
        (MARGIN, low + 2.0, right, under),
        (MARGIN, low + 2.0, right, under),
        (MARGIN, under + 2.0, right, bottom),
    )
