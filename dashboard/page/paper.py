"""Page sizes: names and `WxH` in mm, read in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

SLIDE = "slide"
_SHEETS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "letter": (279.4, 215.9)}
NAMED = {**_SHEETS, **{f"{name}-portrait": (high, wide) for name, (wide, high) in _SHEETS.items()}, SLIDE: (1280 / 96 * 25.4, 720 / 96 * 25.4)}
"""mm, wide by high; landscape unless the name says otherwise"""

LEAST, LEAST_SHORT, MOST = 180.0, 130.0, 1200.0
"""mm: the least width and height that hold a legible page, and the largest side"""

LEGIBLE = (240.0, 170.0)
"""mm: long and short side under which a page is drawn larger and reduced"""

LARGE = 90_000.0
"""mm2 from which type grows with the page"""

_PAIR = re.compile(r"(\d+(?:\.\d+)?)\s*[xX\u00d7]\s*(\d+(?:\.\d+)?)\s*(?:mm)?")


@dataclass(frozen=True)
class Paper:
    """A page."""

    name: str
    """as written in small print: `A4`"""

    width: float
    """mm on which it is drawn"""

    height: float
    """mm on which it is drawn"""

    print_scale: float = 1.0
    """printed mm per mm drawn: small pages are drawn as the smallest legible one and reduced, large ones somewhat enlarged"""


def paper(text: str) -> Paper:
    """Read a name such as `a4`, `a3-portrait` or `slide`, or `WxH` in mm; ValueError says what is wrong."""
    word = text.strip().lower()
    if word == SLIDE:
        return Paper("16:9", *NAMED[SLIDE])
    if word in NAMED:
        return _scaled(word.partition("-")[0].capitalize(), *NAMED[word])
    pair = _PAIR.fullmatch(word)
    if pair is None:
        raise ValueError(f"size {text!r} is not a page size; choose {', '.join(NAMED)} or WxH in mm such as 200x150")
    width, height = float(pair[1]), float(pair[2])
    if width < LEAST or height < LEAST_SHORT or max(width, height) > MOST:
        raise ValueError(
            f"size {text!r} does not hold a legible page; the width must be {LEAST:g} to {MOST:g} mm, "
            f"the height {LEAST_SHORT:g} to {MOST:g} mm"
        )
    return _scaled(f"{width:g} x {height:g} mm", width, height)


def _scaled(name: str, width: float, height: float) -> Paper:
    scale = min(1.0, max(width, height) / LEGIBLE[0], min(width, height) / LEGIBLE[1])
    if width * height > LARGE:
        scale = (width * height / (297 * 210)) ** 0.25
    return Paper(name, width / scale, height / scale, scale)


def resolution(dpi: float) -> float:
    """Return `dpi` if a page can be drawn at it, else raise ValueError."""
    if not 36 <= dpi <= 1200:
        raise ValueError(f"dpi {dpi!r} is not a resolution from 36 to 1200")
    return float(dpi)
