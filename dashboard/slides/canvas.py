"""One slide that shows a sheet: shapes as freeforms, what belongs together as groups, lines of text as text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

from lxml import etree
from pptx.slide import Slide

from dashboard.page.heading import TITLE
from dashboard.page.sheet import HALO, Rect, Shape, Words
from dashboard.scene import Scene
from dashboard.slides import drawn
from dashboard.slides.drawn import Pen

EMU_PER_MM = 36000
_EVENT = re.compile(r"(?:marker|key) (event:\S+)")


class Canvas:
    """Draws on a slide."""

    def __init__(self, slide: Slide, print_scale: float, scene: Scene) -> None:
        self._slide, self._tree = slide, slide.shapes._spTree
        self._scale = print_scale * EMU_PER_MM
        self._pen = Pen(self._scale)
        layer = scene.layer("events")
        self._events = {event.id: event for event in (layer.features if layer else ())}

    def picture(self, content: bytes, rect: Rect, name: str, alternative: str) -> None:
        """A picture in its place, with its text alternative."""
        left, top, right, bottom = (round(side * self._scale) for side in rect)
        shown = self._slide.shapes.add_picture(BytesIO(content), left, top, right - left, bottom - top)
        shown.name = name
        shown._element.nvPicPr.cNvPr.set("descr", drawn.legal(alternative))

    def draw(self, items: Iterable[Shape | Words]) -> None:
        """Everything but the white around letters, bottom to top; the title becomes the slide's title."""
        blocks: dict[object, list[Shape | Words]] = {}
        for number, item in enumerate(items):
            if item.part != HALO:
                grouped = item.part and (isinstance(item, Shape) or item.part.startswith(("marker", TITLE)))
                blocks.setdefault(item.part if grouped else number, []).append(item)
        for part, found in sorted(blocks.items(), key=lambda block: min(_level(item) for item in block[1])):
            if part == TITLE:
                self._title(found)
            elif isinstance(part, str):
                self._tree.append(self._group(part, sorted(found, key=_level)))
            else:
                self._tree.append(self._one(found[0]))
        for number, element in enumerate(self._tree.iter("{*}cNvPr"), 1):
            element.set("id", str(number))

    def _group(self, part: str, found: list[Shape | Words]) -> etree._Element:
        name, alternative = self._named(part)
        return drawn.element(self._pen.group([self._markup(item) for item in found], name, alternative))

    def _one(self, item: Shape | Words) -> etree._Element:
        return drawn.element(self._markup(item))

    def _markup(self, item: Shape | Words) -> str:
        return self._pen.shape(item) if isinstance(item, Shape) else self._pen.words(item)

    def _named(self, part: str) -> tuple[str, str]:
        """Name and text alternative of a group."""
        event = self._events.get(found[1]) if (found := _EVENT.match(part)) else None
        if event is None:
            return part.partition(" at ")[0], ""
        told = ", ".join(text for text in (event.when, event.place, event.status, event.grade) if text)
        return f"{event.n} {event.title}" + (" (key)" if part.startswith("key") else ""), f"Event {event.n}: {event.title}; {told}"

    def _title(self, lines: list[Words]) -> None:
        """The layout's own title, so that the slide has one for whoever hears it."""
        title = self._slide.shapes.title
        title._element.getparent().append(title._element)
        box, body = self._pen.paragraph(lines)
        title.left, title.top, title.width, title.height = box[0], box[1], round(1.1 * box[2]), box[3]
        text = title._element.txBody
        text.getparent().replace(text, drawn.element(body))


def _level(item: Shape | Words) -> float:
    return item.style.z if isinstance(item, Shape) else item.z
