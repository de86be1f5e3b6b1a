"""What a briefing is to be: format, paper, resolution, projection and parts, each changed by one act of the analyst."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard import series, series_pages
from dashboard.acts import RefusedError
from dashboard.framing import FRAMES
from dashboard.outputs import OUTPUTS, PARTS, PRINTED, Paper
from dashboard.scene import Scene

SHEETS = {"a4": "A4", "a3": "A3", "letter": "Letter", "slide": "Slide 16:9", "own": "Own size"}
PROJECTIONS = {"conformal": "True shapes (conformal)", "equal-area": "True areas (equal-area)", "screen": "As on screen (Mercator)"}
FIRST = (".pdf", ".pptx", ".png", ".svg", ".html", ".json", ".csv")
"""endings in the order in which they are offered; the others follow"""

DPI = (96, 600)
"""least and most"""

SIDE = (130, 1200)
"""mm: least and most of a side of paper that is no named size"""

PIXELS = frozenset({".png", ".pptx"})
"""endings of what holds a picture made of pixels"""

SIZED = PRINTED - {".pptx"}
"""endings of what can have any size of paper"""

BOUND = tuple(f".{ending}" for ending in series_pages.BOUND)
"""endings in which an atlas of several pages is one file"""


@dataclass(frozen=True)
class Draft:
    """Everything chosen but the view."""

    ending: str = ".pdf"
    sheet: str = "a4"
    """a key of `SHEETS`"""

    upright: bool = False
    wide: int = 297
    high: int = 210
    """mm, of an own size"""

    dpi: int = 300
    projection: str = "conformal"
    frame: str = "view"
    """a key of `framing.FRAMES`"""

    left_out: tuple[str, ...] = ()
    """keys of `outputs.PARTS`"""

    every: str = ""
    """a key of `series.EVERY`: an atlas; empty: this view alone"""

    skip_empty: bool = True
    """whether an atlas leaves out pages without events"""

    @property
    def size(self) -> str:
        """As `Paper.size` says it."""
        if self.ending == ".pptx" or self.sheet == "slide":
            return "slide"
        if self.sheet == "own":
            return f"{self.wide}x{self.high}"
        return f"{self.sheet}-portrait" if self.upright else self.sheet

    @property
    def paper(self) -> Paper:
        """What it is drawn on."""
        return Paper(self.size, self.dpi, self.projection, frozenset(PARTS) - set(self.left_out))

    @property
    def printed(self) -> bool:
        """Whether it is drawn on paper."""
        return self.ending in PRINTED


def endings(draft: Draft) -> list[str]:
    """The formats there are, those of one file for an atlas."""
    known = [*(ending for ending in FIRST if ending in OUTPUTS), *(ending for ending in OUTPUTS if ending not in FIRST)]
    return [ending for ending in known if not draft.every or ending in BOUND]


def put(draft: Draft, what: str, value: str) -> Draft:
    """The draft after a choice; RefusedError says what would be right."""
    return _PUT[what](draft, value) if what in _PUT else draft


def _one_of(name: str, choices: Callable[[Draft], list[str]]) -> Callable[[Draft, str], Draft]:
    def _chosen(draft: Draft, value: str) -> Draft:
        return replace(draft, **{name: value}) if value in choices(draft) else draft

    return _chosen


def _number(name: str, words: str, least: int, most: int) -> Callable[[Draft, str], Draft]:
    def _typed(draft: Draft, value: str) -> Draft:
        number = int(value) if re.fullmatch("[0-9]{1,5}", value) else -1
        if not least <= number <= most:
            raise RefusedError(f"{words}: {value[:20]!r} is not a whole number from {least} to {most}")
        return replace(draft, **{name: number})

    return _typed


def _side(name: str) -> Callable[[Draft, str], Draft]:
    """A side of own paper; the page itself knows which pairs hold a legible map."""

    def _typed(draft: Draft, value: str) -> Draft:
        from dashboard.page.paper import paper

        changed = _number(name, f"{'width' if name == 'wide' else 'height'} in mm", *SIDE)(draft, value)
        try:
            paper(f"{changed.wide}x{changed.high}")
        except ValueError as error:
            raise RefusedError(str(error)) from error
        return changed

    return _typed


def _every(draft: Draft, value: str) -> Draft:
    """An atlas is one file: its format becomes one that can be."""
    if value not in ("", *series.EVERY):
        return draft
    return replace(draft, every=value, ending=draft.ending if not value or draft.ending in BOUND else BOUND[0])


def _part(draft: Draft, value: str) -> Draft:
    """`sources:off`."""
    name, _, state = value.partition(":")
    if name not in PARTS:
        return draft
    out = set(draft.left_out) - {name} | ({name} if state == "off" else set())
    return replace(draft, left_out=tuple(part for part in PARTS if part in out))


_PUT: dict[str, Callable[[Draft, str], Draft]] = {
    "ending": _one_of("ending", endings), "sheet": _one_of("sheet", lambda _: list(SHEETS)),
    "upright": lambda draft, value: replace(draft, upright=value == "portrait"),
    "projection": _one_of("projection", lambda _: list(PROJECTIONS)), "frame": _one_of("frame", lambda _: list(FRAMES)),
    "dpi": _number("dpi", "dpi", *DPI), "wide": _side("wide"),
    "high": _side("high"), "part": _part, "every": _every, "skip": lambda draft, value: replace(draft, skip_empty=value == "on"),
}  # fmt: skip


def file_name(shown: Scene, draft: Draft) -> str:
    """Made from the view: letters, digits and hyphens only, whatever the title holds."""
    title = re.sub(r"[^\w]+|_+", "-", shown.title.lower())[:60].strip("-") or "panj"
    first, last = shown.view.start.isoformat(), shown.view.end.isoformat()
    days = first if first == last else f"{first}-to-{last}"
    known = f"-known-{shown.view.known.isoformat()}" if shown.view.known else ""
    return f"{title}-{days}{known}{f'-every-{draft.every}' if draft.every else ''}{draft.ending}"
