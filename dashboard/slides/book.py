"""Decks bound into one, after slides with the contents: each line leads to the first slide of its deck."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide

from dashboard.imprint import Imprint
from dashboard.page.contents import Entry
from dashboard.scene import Scene
from dashboard.slides import empty, package, tables
from dashboard.slides.tables import Column

COLUMNS = (Column("Slide", 16, True), Column("Title", 150), Column("On it", 148))


def book(decks: Sequence[bytes], entries: Sequence[Entry], scene: Scene, told: str, imprint: Imprint) -> bytes:
    """The deck of `decks`, one per entry; `scene` is that of the view behind them, `told` a line in words."""
    made, sources = empty(), [Presentation(BytesIO(content)) for content in decks]
    pages = tables.split(_rows(entries, [0] * len(entries)), COLUMNS)
    starts, at = [], len(pages) + 1
    for source in sources:
        starts.append(at)
        at += len(source.slides)
    listed = tables.pages(made, scene, "Contents", COLUMNS, _rows(entries, starts))
    contents = [(slide, first, count) for slide, first, count in listed]
    for slide, _, _ in contents:
        tables.note(slide, told)
    firsts = [_appended(made, source) for source in sources]
    for slide, first, count in contents:
        _link(slide, firsts[first : first + count])
    return package.packed(made, imprint, imprint.seal)


def _rows(entries: Sequence[Entry], starts: Sequence[int]) -> list[tuple[str, ...]]:
    return [(str(start), entry.title, entry.counts) for entry, start in zip(entries, starts, strict=True)]


def _appended(deck: Presentation, source: Presentation) -> Slide:
    """All slides of a deck; returns the first."""
    first, *_ = [_copied(deck, slide) for slide in source.slides]
    return first


def _copied(deck: Presentation, source: Slide) -> Slide:
    """A slide with the same shapes, pictures and notes."""
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(source.slide_layout.name))
    tree = slide.shapes._spTree
    for shape in list(slide.shapes):
        tree.remove(shape._element)
    for element in source.shapes._spTree.iterchildren():
        if element.tag not in (qn("p:nvGrpSpPr"), qn("p:grpSpPr")):
            tree.append(deepcopy(element))
    for blip in tree.iter(qn("a:blip")):
        picture = source.part.related_part(blip.get(qn("r:embed")))
        _, name = slide.part.get_or_add_image_part(BytesIO(picture.blob))
        blip.set(qn("r:embed"), name)
    if source.has_notes_slide:
        tables.note(slide, source.notes_slide.notes_text_frame.text)
    return slide


def _link(slide: Slide, targets: Sequence[Slide]) -> None:
    """Each row of the table leads to its slide."""
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    for row, target in zip(list(table._tbl.tr_lst)[1:], targets, strict=True):
        name = slide.part.relate_to(target.part, RELATIONSHIP_TYPE.SLIDE)
        for look in row.iter(qn("a:rPr")):
            link = etree.SubElement(look, qn("a:hlinkClick"))
            link.set(qn("r:id"), name)
            link.set("action", "ppaction://hlinksldjump")
