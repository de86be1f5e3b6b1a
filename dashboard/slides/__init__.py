"""A Scene as slides: the page's 16:9 sheet as native, editable shapes on a picture of the map; then tables, with speaker notes."""

from __future__ import annotations

from functools import cached_property

from pptx import Presentation
from pptx.util import Emu

from dashboard.imprint import imprint
from dashboard.page import compose, lettering, picture
from dashboard.page.paper import NAMED, SLIDE
from dashboard.page.rest import on
from dashboard.page.sheet import Shape, Sheet
from dashboard.scene import Scene
from dashboard.slides import package, tables
from dashboard.slides.canvas import EMU_PER_MM, Canvas
from geodata.atlas import Atlas

LEAST_DPI = 200
"""of the map's picture"""

UNDER = ("base", "inset")
"""parts of the sheet that become the picture"""


def pptx(scene: Scene, atlas: Atlas, *, dpi: float = 300, projection: str = "conformal", seal: str = "", bound: bool = False) -> bytes:
    """The deck as PPTX; `seal` is a token for its custom properties, `bound`: it will be joined with other decks."""
    deck = empty()
    rest = Following(scene, atlas, " of this step" if bound else "")
    _map_slide(deck, compose(scene, atlas, size=SLIDE, projection=projection, roomy=True, rest=rest), scene, max(dpi, LEAST_DPI))
    tables.events(deck, scene, atlas)
    if rest.cited:
        tables.sources(deck, scene)
    tables.changes(deck, scene, atlas)
    return package.packed(deck, imprint(scene), seal)


class Following:
    """Where the rest of key and sources stands: on the slides after the first."""

    def __init__(self, scene: Scene, atlas: Atlas, of: str) -> None:
        """`of`: what the numbers count in, where that must be said."""
        self._scene, self._atlas, self._of = scene, atlas, of
        self.cited = False

    def events(self) -> tuple[str, ...]:
        """The table of events begins on the second slide."""
        return on("slide", 2, 1 + self._event_slides, self._of)

    def sources(self) -> tuple[str, ...]:
        """That of sources follows it."""
        self.cited = True
        first = 2 + self._event_slides
        return on("slide", first, first - 1 + _slides(tables.source_rows(self._scene), tables.SOURCES), self._of)

    @cached_property
    def _event_slides(self) -> int:
        return _slides(tables.event_rows(self._scene, self._atlas), tables.EVENTS)


def _slides(rows: list[tuple[str, ...]], columns: tuple[tables.Column, ...]) -> int:
    """How many slides a table takes."""
    with lettering.roomy(False):  # as the tables are drawn
        return len(tables.split(rows, columns))


def empty() -> Presentation:
    """A deck without slides, 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Emu(round(mm * EMU_PER_MM)) for mm in NAMED[SLIDE])
    return deck


def _map_slide(deck: Presentation, sheet: Sheet, scene: Scene, dpi: float) -> None:
    """Everything the page shows, where it shows it."""
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name("Title Only"))
    under = Sheet(sheet.paper, items=[item for item in sheet.items if _under(item)])
    content = picture.png(picture.figure(under, dpi, rect=sheet.map), dpi, {}, smallest=True)
    canvas = Canvas(slide, sheet.paper.print_scale, scene)
    canvas.picture(content, sheet.map, "Base map", scene.text)
    canvas.draw(item for item in sheet.items if not _under(item))
    tables.note(slide, tables.spoken(scene))


def _under(item: object) -> bool:
    return isinstance(item, Shape) and item.part in UNDER
