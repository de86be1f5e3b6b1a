"""A series as files: a page, slide deck or picture per step, then the book of them; what is finished already is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from dashboard import backdrop, outputs, seal
from dashboard.outputs import OutputError, Paper
from dashboard.remarks import remarks
from dashboard.scene import Scene, as_json
from dashboard.series import Series, SeriesError, Step
from dashboard.series_events import event_scene, line, selected
from dashboard.staging import counts_line, scene
from geodata.atlas import Atlas

ENDINGS = ("pdf", "pptx", "png", "svg")
BOUND = ("pdf", "pptx")
"""endings of which one file can hold all pages"""


@dataclass(frozen=True)
class Made:
    """A file that is in its place."""

    file: Path
    kept: bool
    """whether it was finished before and nothing of it has changed"""

    title: str
    """of the step, or `all pages`"""

    number: int
    """of this file, from 1"""

    of: int
    """how many files there will be"""

    remarks: tuple[str, ...] = ()
    """what must be said of it, as of a single export"""


@dataclass(frozen=True)
class Page:
    """A finished page, as far as the book needs it."""

    step: Step
    file: Path
    counts: str
    """what the contents say of it: how many events; of a page about one event its time, status and grade"""

    sealed: seal.Seal
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Pages:
    """The files of a series in a folder. Iterate over `made()`; whoever stops iterating leaves only whole files behind."""

    atlas: Atlas
    series: Series
    folder: Path
    ending: str
    """of `ENDINGS`"""

    paper: Paper = field(default_factory=Paper)
    before: Atlas | None = None
    """an earlier version of the events, to compare with"""

    def __post_init__(self) -> None:
        if self.ending not in ENDINGS:
            raise SeriesError(f"format {self.ending!r} is not one of {', '.join(ENDINGS)}")

    @property
    def book(self) -> Path | None:
        """The file with all pages; None for pictures, which have none."""
        return self.folder / f"atlas.{self.ending}" if self.ending in BOUND else None

    def file(self, step: Step) -> Path:
        """Where the page of a step goes."""
        return self.folder / f"{step.stem}.{self.ending}"

    @property
    def files(self) -> list[Path]:
        """Everything that will be there, in the order of making."""
        return [*(self.file(step) for step in self.series.steps), *([self.book] if self.book else [])]

    def check(self, *, force: bool = False) -> None:
        """OutputError when the folder cannot be used, or holds files of these names that are not ours as they were made.

        A page of an earlier run, whole as its seal says, may be made anew; anything else is replaced only by `force`.
        """
        if _there(self.folder) and not self.folder.is_dir():
            raise OutputError(f"{self.folder}: is a file; the name of a folder would be right")
        if not self.folder.exists() and not self.folder.parent.is_dir():
            raise OutputError(f"{self.folder}: there is no folder {self.folder.parent}")
        for file in self.files if self.folder.exists() else ():
            outputs.writable(file, force=force or _whole(file) is not None)

    def made(self) -> Iterator[Made]:
        """Make one file after the other."""
        _folder(self.folder)
        total, pages = len(self.files), []
        for step in self.series.steps:
            page, kept = self._page(step)
            pages.append(page)
            yield Made(page.file, kept, step.title, step.number, total, page.remarks)
        if self.book:
            yield Made(self.book, self._bound(self.book, pages), "all pages", total, total)

    def _page(self, step: Step) -> tuple[Page, bool]:
        make = event_scene if self.series.every == "event" else scene
        shown = outputs.without(make(self.atlas, step.view, self.before), self.paper)
        sealed = replace(seal.seal(self.atlas, shown), drawn=_digest(self.atlas, shown, self.paper, self.ending))
        file = self.file(step)
        kept = _whole(file) == sealed
        if not kept:
            outputs.write(file, _content(self.atlas, shown, self.paper, self.ending, sealed))
        event = selected(shown) if shown.dossier else None
        counts = line(event) if event else counts_line(replace(shown.counts, held_back=0))
        return Page(step, file, counts, sealed, tuple(remarks(shown, f".{self.ending}", self.paper))), kept

    def _bound(self, file: Path, pages: list[Page]) -> bool:
        """Whether the book was finished before."""
        from dashboard import series_book

        made = series_book.Book(self.atlas, self.series, pages, self.paper.size)
        kept = _whole(file) == made.sealed
        if not kept:
            outputs.write(file, made.content(self.ending))
        return kept


def _there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from error


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from error


def _whole(file: Path) -> seal.Seal | None:
    """The seal of a file that is still as panj made it."""
    if not file.is_file():
        return None
    try:
        sealed, whole = seal.read_file(file)
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror or error}") from error
    except seal.SealError:
        return None
    return sealed if whole else None


def _digest(atlas: Atlas, shown: Scene, paper: Paper, ending: str) -> str:
    """Everything that decides what a page looks like."""
    on = [paper.size, paper.projection, paper.dpi if ending in ("png", "pptx") else 0]
    return hashlib.sha256(json.dumps([as_json(shown), on, backdrop.digest(atlas)], ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _content(atlas: Atlas, shown: Scene, paper: Paper, ending: str, sealed: seal.Seal) -> bytes:
    from dashboard import page, slides

    if ending == "pptx":
        return slides.pptx(shown, atlas, dpi=paper.dpi, projection=paper.projection, seal=seal.token(sealed), bound=True)
    if ending == "png":
        return seal.png_with(page.png(shown, atlas, size=paper.size, dpi=paper.dpi, projection=paper.projection), sealed)
    drawn = {"size": paper.size, "projection": paper.projection, "seal": seal.token(sealed)}
    return seal.close(page.pdf(shown, atlas, **drawn, bound=True) if ending == "pdf" else page.svg(shown, atlas, **drawn))
