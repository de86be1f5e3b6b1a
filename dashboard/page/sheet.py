"""The sheet: shapes and lines of text in mm from the top left corner, in drawing order; every format translates it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import NamedTuple

from matplotlib.path import Path

from dashboard.page import lettering, outlines
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


class Style(NamedTuple):
    """How a shape is drawn; shapes of one style are drawn as one."""

    z: float
    kind: str
    """`fill` or `line`"""

    colour: str
    mm: float
    """width of a line"""

    dash: tuple[float, ...]
    """mm, line and gap in turn"""

    alpha: float
    clip: Rect | None
    cap: str


@dataclass(frozen=True)
class Shape:
    """A shape drawn."""

    style: Style
    path: Path
    """mm"""

    part: str
    """what it belongs to: `base` (the map under its names), `inset`, `event:EV20`, `tray ...`; empty for rules and frames"""


@dataclass(frozen=True)
class Words:
    """A line of text, from its left end on the base line."""

    text: str
    x: float
    y: float
    pt: float
    face: str
    colour: str
    track: float
    """extra space between letters, em"""

    angle: float
    """degrees clockwise"""

    z: float
    clip: Rect | None
    part: str
    halo: float = 0.0
    """mm of white around the letters"""

    align: float = 0.0
    """the end that stays where it is when the text is edited: 0 left, 0.5 middle, 1 right"""

    room: float = 0.0
    """mm kept free for it, at least its width"""

    @property
    def wide(self) -> float:
        """Mm."""
        return lettering.exact_width(self.text, self.pt, self.face, track=self.track)

    @property
    def outline(self) -> Path:
        """The letters as a shape on the page."""
        return outlines.placed(lettering.shape(self.text, self.pt, self.face, track=self.track), self.x, self.y, angle=self.angle)


@dataclass
class Sheet:
    """A page being drawn."""

    paper: Paper
    lettered: bool = True
    """False leaves out all text"""

    items: list[Shape | Words] = field(default_factory=list)
    """in the order of drawing within each level"""

    said: list[str] = field(default_factory=list)
    """every line written"""

    signs: set[tuple[Hashable, bool]] = field(default_factory=set)
    """symbols drawn, each with whether its ring is"""

    overlaps: tuple[tuple[str, str], ...] = ()
    """pairs of names, symbols and panels that stand on each other: none on a page that is done"""

    map: Rect = (0.0, 0.0, 0.0, 0.0)
    """where the map is"""

    _part: str = field(default="", init=False)

    @classmethod
    def of_part(cls, name: str) -> Sheet:
        """A sheet without paper, whose items belong to `name` and are put on other sheets."""
        made = cls(Paper("", 0.0, 0.0))
        made._part = name
        return made

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Everything drawn inside belongs to `name`."""
        before, self._part = self._part, name
        yield
        self._part = before

    def fill(self, shape: Path, colour: str, z: float, *, alpha: float = 1.0, clip: Rect | None = None) -> None:
        """Fill without an outline."""
        self._add(Style(float(z), "fill", colour, 0.0, (), alpha, clip, "round"), shape)

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
        self._add(Style(float(z), "line", colour, mm, tuple(dash), alpha, clip, cap), shape)

    def _add(self, style: Style, shape: Path) -> None:
        if len(shape):
            self.items.append(Shape(style, shape, self._part))

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
        """Write one line from x on the base line y; `align` 0 left, 0.5 middle, 1 right. Returns the width kept for it in mm."""
        room = lettering.width(words, pt, face, track=track)
        if not self.lettered or not words:
            return room
        self.said.append(words)
        left, base = outlines.turned(-lettering.exact_width(words, pt, face, track=track) * align, angle)
        line = Words(words, x + left, y + base, pt, face, colour, track, angle, float(z), clip, self._part, halo, align, room)
        if halo:
            style = Style(float(halo_z), "line", "#FFFFFF", 2 * halo, (), 0.92, clip, "round")
            self.items.append(Shape(style, line.outline, HALO))
        self.items.append(line)
        return room

    def layers(self) -> list[tuple[Style, list[Path]] | Words]:
        """Everything bottom to top: shapes of one style together, text after the shapes of its level."""
        batches: dict[Style, list[Path]] = {}
        for item in self.items:
            if isinstance(item, Shape):
                batches.setdefault(item.style, []).append(item.path)
        shapes = [(style.z, 0, (style, paths)) for style, paths in batches.items()]
        words = [(item.z, 1, item) for item in self.items if isinstance(item, Words)]
        return [item for *_, item in sorted([*shapes, *words], key=lambda found: found[:2])]


HALO = "halo"
"""the part of the white around letters"""
