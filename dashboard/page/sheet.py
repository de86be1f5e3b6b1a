"""The sheet: everything is vector, in mm from the top left corner, gathered by style into few artists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum, auto

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from dashboard.page import lettering, outlines
from dashboard.page.lettering import MM_PER_PT
from dashboard.page.paper import Paper

Rect = tuple[float, float, float, float]
"""left, top, right, bottom in mm"""


class Z(IntEnum):
    """Drawing order, bottom to top."""

    PAPER = 0
    WATER = auto()
    LAND = auto()
    TINT = auto()
    STRIPES = auto()
    HATCH = auto()
    NOT_AGREED = auto()
    LAKE = auto()
    RIVER = auto()
    GRATICULE = auto()
    BOUNDARY_CASING = auto()
    BOUNDARY = auto()
    BAND = auto()
    BAND_HOLLOW = auto()
    EMPHASIS_CASING = auto()
    EMPHASIS_RIVER = auto()
    EMPHASIS = auto()
    TEETH = auto()
    RING = auto()
    RING_RIM = auto()
    TOWN_CASING = auto()
    TOWN = auto()
    HALO = auto()
    LABEL = auto()
    LEADER_CASING = auto()
    LEADER = auto()
    PANEL = auto()
    PANEL_LINE = auto()
    DISC = auto()
    CASING = auto()
    SYMBOL = auto()
    SYMBOL_TOP = auto()
    STROKE_CASING = auto()
    STROKE = auto()
    BADGE_CASING = auto()
    BADGE = auto()
    BADGE_TOP = auto()
    NUMBER = auto()
    INSET = auto()
    """the inset has its own order from here to FRAME"""
    INSET_TOP = auto()
    FRAME = auto()
    TEXT = auto()


Level = Callable[[float], float]
"""moves a level of the drawing order"""


def between(low: float, high: float) -> Level:
    """Squeezes the whole order into a part of it, for a picture within the picture."""
    return lambda z: low + (high - low) * float(z) / Z.TEXT


class Page(Figure):
    """The figure of a page, with what tests ask about it."""

    panj_words: tuple[str, ...] = ()
    """every line written, in the order of writing"""

    panj_overlaps: tuple[tuple[str, str], ...] = ()
    """pairs of names, symbols and panels that stand on each other: none on a page that is done"""


class Sheet:
    """A page being drawn. Shapes of one style are joined, so that a page has about a hundred artists."""

    def __init__(self, paper: Paper, dpi: float, *, lettered: bool = True) -> None:
        """`lettered` False leaves out all text."""
        self.paper = paper
        self._dpi = dpi
        self._lettered = lettered
        self._words: list[str] = []
        self._batches: dict[tuple, list[Path]] = {}

    def fill(self, shape: Path, colour: str, z: float, *, alpha: float = 1.0, clip: Rect | None = None) -> None:
        """Fill without an outline."""
        self._batches.setdefault((float(z), "fill", colour, 0.0, (), alpha, clip, "round"), []).append(shape)

    def stroke(
        self,
        shape: Path,
        colour: str,
        mm: float,
        z: float,
        *,
        dash: Sequence[float] = (),
        alpha: float = 1.0,
        clip: Rect | None = None,
        cap: str = "round",
    ) -> None:
        """Draw a line `mm` wide; `dash` is lengths in mm, line and gap in turn."""
        self._batches.setdefault((float(z), "line", colour, mm, tuple(dash), alpha, clip, cap), []).append(shape)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        pt: float,
        face: str = "regular",
        *,
        colour: str = "#1F2933",
        align: float = 0.0,
        track: float = 0.0,
        angle: float = 0.0,
        halo: float = 0.0,
        z: float = Z.TEXT,
        halo_z: float = Z.HALO,
        clip: Rect | None = None,
    ) -> float:
        """Write one line from x on the base line y; `align` 0 left, 0.5 middle, 1 right. Returns its width in mm."""
        wide = lettering.width(words, pt, face, track=track)
        if not self._lettered or not words:
            return wide
        self._words.append(words)
        letters = lettering.shape(words, pt, face, track=track)
        letters = Path(np.asarray(letters.vertices) - np.array([wide * align, 0.0]), letters.codes)
        letters = outlines.placed(letters, x, y, angle=angle)
        if halo:
            self.stroke(letters, "#FFFFFF", 2 * halo, halo_z, alpha=0.92, clip=clip)
        self.fill(letters, colour, z, clip=clip)
        return wide

    def figure(self) -> Page:
        """Everything drawn so far."""
        scale = self.paper.print_scale / 25.4
        width, height = (round(mm * scale * self._dpi) / self._dpi for mm in (self.paper.width, self.paper.height))
        figure = Page(figsize=(width + 1e-7, height + 1e-7), dpi=self._dpi, facecolor="#FFFFFF", edgecolor="none")
        to_inches = Affine2D().scale(scale, -scale).translate(0, self.paper.height * scale)
        transform = to_inches + figure.dpi_scale_trans
        for order, (style, shapes) in enumerate(sorted(self._batches.items(), key=lambda item: item[0][0])):
            shape = outlines.joined(shapes)
            if len(shape):
                figure.add_artist(_artist(shape, style, order, transform, self.paper.print_scale))
        figure.panj_words = tuple(self._words)
        return figure


def _artist(shape: Path, style: tuple, order: int, transform: Transform, scale: float) -> PathPatch:
    _, kind, colour, mm, dash, alpha, clip, cap = style
    artist = PathPatch(shape, transform=transform, zorder=order, alpha=alpha, snap=False, capstyle=cap, joinstyle="round")
    if kind == "fill":
        artist.set(facecolor=colour, edgecolor="none", linewidth=0)
    else:
        artist.set(facecolor="none", edgecolor=colour, linewidth=mm * scale / MM_PER_PT)
        artist.set_linestyle((0, [length / mm for length in dash]) if dash else "solid")  # in line widths
    if clip:
        artist.set_clip_path(outlines.box(*clip), transform)
    else:
        artist.set_clip_on(False)
    return artist
