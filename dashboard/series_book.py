"""All pages of a series in one file, after a table of contents; it is sealed over the rows of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard import seal, words
from dashboard.imprint import Imprint, imprint
from dashboard.scene import Scene
from dashboard.series import Series
from dashboard.series_pages import Page
from dashboard.staging import scene
from geodata.atlas import Atlas


@dataclass(frozen=True)
class Book:
    """A book of finished pages; their files are read when it is made."""

    atlas: Atlas
    series: Series
    pages: Sequence[Page]
    size: str
    """of the paper, for the contents"""

    @cached_property
    def sealed(self) -> seal.Seal:
        """Its seal."""
        seals = [page.sealed for page in self.pages]
        marking = self.atlas.markings.highest([sealed.marking for sealed in seals])
        return seal.bound(seals, self.series.view.to_query(), marking, f"{self.told}\n{self.size}")

    @property
    def told(self) -> str:
        """What it holds, in words."""
        left_out = f" {words.count(self.series.skipped, 'step')} without events left out." if self.series.skipped else ""
        return f"{words.count(len(self.pages), 'page')}, one per {self.series.every}.{left_out}"

    @cached_property
    def _scene(self) -> Scene:
        """The view behind the pages, under the highest of their markings."""
        return replace(scene(self.atlas, self.series.view), marking=self.sealed.marking)

    def _imprint(self) -> Imprint:
        listed = [f"{number}. {page.step.title}: {page.counts}" for number, page in enumerate(self.pages, 1)]
        return replace(imprint(self._scene, seal.token(self.sealed)), text="\n".join([f"Contents. {self.told}", *listed]))

    def content(self, ending: str) -> bytes:
        """The file, `pdf` or `pptx`."""
        return self._pdf() if ending == "pdf" else self._pptx()

    def _pdf(self) -> bytes:
        from dashboard.page import content, contents, document, reopened

        told = self._imprint()
        briefs = [reopened.pages(page.file.read_bytes()) for page in self.pages]
        entries = [replace(entry, pages=len(brief)) for entry, brief in zip(self._entries(), briefs, strict=True)]
        first = [content.drawn(sheet, told.text, links) for sheet, links in contents.sheets(self._scene, self.told, entries, self.size)]
        titles = ["Contents"] * len(first)
        for page, brief in zip(self.pages, briefs, strict=True):
            titles += [page.step.title, *(f"{page.step.title}, page {number}" for number in range(2, len(brief) + 1))]
        return seal.close(document.pdf([*first, *(drawn for brief in briefs for drawn in brief)], told, titles))

    def _pptx(self) -> bytes:
        from dashboard.slides import book

        decks = [page.file.read_bytes() for page in self.pages]
        return book.book(decks, self._entries(), self._scene, self.told, self._imprint())

    def _entries(self) -> list:
        from dashboard.page.contents import Entry

        differ = len({page.sealed.marking for page in self.pages}) > 1
        return [Entry(page.step.title, page.counts + (f" {page.sealed.marking}" if differ else "")) for page in self.pages]
