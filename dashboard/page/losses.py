"""What a page cannot show of its texts, in sentences: letters without a font, a title without room."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.page import heading, lettering
from dashboard.page.layout import layout
from dashboard.page.paper import paper
from dashboard.page.sheet import Sheet
from dashboard.scene import Scene

MOST = 12
"""letters named"""


def losses(scene: Scene, size: str, *, slides: bool) -> list[str]:
    """What must be said of a page of this size; slides keep letters for which we have no font."""
    found = []
    letters = [] if slides else unprintable(scene)
    if letters:
        named = " ".join(f"{letter} (U+{ord(letter):04X})" if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:MOST])
        more = f" and {len(letters) - MOST:,} more" if len(letters) > MOST else ""
        found.append(f"letters that no font here can print stand as \ufffd: {named}{more}; slides and data keep them")
    with lettering.roomy(slides):
        sheet = Sheet(paper(size))
        heading.title(sheet, layout(sheet.paper), scene)
    if any(line.endswith("\u2026") for line in sheet.said) and not scene.title.endswith("\u2026"):
        found.append(f"title: {len(scene.title):,} characters find no room and are cut; the file's properties hold the whole title")
    return found


def unprintable(scene: Scene) -> list[str]:
    """Letters of the scene's texts that no font can print, in order of appearance."""
    letters = dict.fromkeys(letter for text in _texts(scene) for letter in lettering.one_line(text))
    return [letter for letter in letters if lettering.printable(letter, "regular") == lettering.MISSING != letter]


def _texts(scene: Scene) -> Iterator[str]:
    yield scene.title
    layer = scene.layer("events")
    for event in layer.features if layer else ():
        yield from (event.title, event.place, event.note)
    for source in scene.sources:
        yield from (source.publisher, source.title)
