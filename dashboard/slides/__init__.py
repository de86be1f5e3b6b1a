"""A Scene as slides: the page's 16:9 sheet as native, editable shapes on a picture of the map; then tables, with speaker notes."""

from __future__ import annotations

from pptx import Presentation
from pptx.util import Emu

from dashboard.imprint import imprint
from dashboard.page import compose, picture
from dashboard.page.paper import NAMED, SLIDE
from dashboard.page.sheet import Shape, Sheet
from dashboard.scene import Scene
from dashboard.slides import package, tables
from dashboard.slides.canvas import EMU_PER_MM, Canvas
from geodata.atlas import Atlas

LEAST_DPI = 200
"""of the map's picture"""

UNDER = ("base", "inset")
"""parts of the sheet that become the picture"""


def pptx(scene: Scene, atlas: Atlas, *, dpi: float = 300, projection: str = "conformal", seal: str = "") -> bytes:
    """The deck as PPTX; `seal` is a token for its custom properties."""
    deck = empty()
    _map_slide(deck, compose(scene, atlas, size=SLIDE, projection=projection, roomy=True), scene, max(dpi, LEAST_DPI))
    tables.events(deck, scene, atlas)
    tables.changes(deck, scene, atlas)
    return package.packed(deck, imprint(scene), seal)


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
