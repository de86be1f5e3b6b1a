"""What a PDF page shows: the sheet's shapes and lines of text as drawing operators, every glyph where the outlines have it.

The operators are kept in pieces, because pages of one atlas share most of them.
"""

from __future__ import annotations

import math
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from matplotlib.path import Path

from dashboard.page import fonts, lettering, outlines
from dashboard.page.lettering import MM_PER_PT, Glyph
from dashboard.page.sheet import Sheet, Style, Words

GRID = 100
"""steps per mm in which everything is placed"""


LARGE = 4000
"""bytes from which the operators of one style are a piece of their own, so that pages can share them"""

Glyphs = dict[str, dict[int, str]]
"""font file -> glyph -> what it stands for"""


@dataclass(frozen=True)
class Link:
    """A place on a page that leads to another page."""

    left: float
    top: float
    right: float
    bottom: float
    """mm of the sheet"""

    page: int
    """of the file, from 0"""


@dataclass(frozen=True)
class Drawn:
    """A page, ready to be put into a file with others."""

    size: tuple[float, float]
    """width and height, pt"""

    pieces: tuple[bytes, ...]
    """operators, each piece packed by itself"""

    glyphs: Glyphs
    strengths: frozenset[float]
    """strengths below 1 that are painted with"""

    text: str
    """text alternative"""

    links: tuple[tuple[float, float, float, float, int], ...] = ()
    """left, bottom, right, top in pt, and the page led to"""


def state(alpha: float) -> str:
    """Name of the graphics state that paints with a strength."""
    return f"A{round(alpha * 1000)}"


def drawn(sheet: Sheet, text: str, links: Sequence[Link] = ()) -> Drawn:
    """The page of a sheet; `text` is its text alternative."""
    unit = sheet.paper.print_scale * 72 / 25.4
    width, height = (mm * unit for mm in (sheet.paper.width, sheet.paper.height))
    glyphs: Glyphs = {}
    strengths = set()
    pieces, small = [], ["/Figure << /MCID 0 >> BDC", "q", f"{unit / GRID:.8f} 0 0 {-unit / GRID:.8f} 0 {height:.5f} cm", "1 j"]
    for item in sheet.layers():
        if isinstance(item, Words):
            small.append(_clipped(item.clip, "\n".join(_text(item, glyphs))))
            continue
        operators = _clipped(item[0].clip, _shape(*item))
        strengths.add(item[0].alpha)
        if len(operators) < LARGE:
            small.append(operators)
        else:
            pieces += [_packed("\n".join(small)), _packed(operators)]
            small = []
    pieces.append(_packed("\n".join([*small, "Q", "EMC"])))
    places = tuple((link.left * unit, height - link.bottom * unit, link.right * unit, height - link.top * unit, link.page) for link in links)
    return Drawn((width, height), tuple(pieces), glyphs, frozenset(strengths - {1.0}), text, places)


@lru_cache(maxsize=256)
def _packed(operators: str) -> bytes:
    """Kept, because the base map is the same on many pages."""
    return zlib.compress(operators.encode("ascii") + b"\n", 6)


def _clipped(clip: tuple[float, ...] | None, operators: str) -> str:
    if not clip:
        return f"q\n{operators}\nQ"
    left, top, right, bottom = (round(side * GRID) for side in clip)
    return f"q\n{left} {top} {right - left} {bottom - top} re W n\n{operators}\nQ"


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4f}" for i in (1, 3, 5))


_OPERATORS = {"M": "%d %d m\n", "L": "%d %d l\n", "C": "%d %d %d %d %d %d c\n", "Z": "h\n"}
_written: WeakKeyDictionary[Path, str] = WeakKeyDictionary()


def _operators(path: Path) -> str:
    """Kept as long as the path is: those of the base map are drawn on many pages."""
    if path not in _written:
        _written[path] = outlines.written(path, _OPERATORS, 1 / GRID)
    return _written[path]


def _shape(style: Style, paths: Sequence[Path]) -> str:
    state_set = f"/{state(style.alpha)} gs\n" if style.alpha != 1 else ""
    if style.kind == "line":
        dash = " ".join(f"{length * GRID:.2f}" for length in style.dash)
        look = f"{_colour(style.colour)} RG {style.mm * GRID:.2f} w {1 if style.cap == 'round' else 0} J [{dash}] 0 d\n"
    else:
        look = f"{_colour(style.colour)} rg\n"
    return f"{state_set}{look}{''.join(map(_operators, paths))}{'S' if style.kind == 'line' else 'f'}"


def _text(words: Words, glyphs: Glyphs) -> Iterator[str]:
    """Glyph by glyph; where the next one does not stand where its forerunner's width puts it, the difference is written."""
    placed = lettering.glyphs(words.text, words.face, track=words.track)
    em, turn = words.pt * MM_PER_PT * GRID, math.radians(words.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    backwards = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words.text)
    if backwards:
        yield f"/Span << /ActualText <FEFF{words.text.encode('utf-16-be', 'replace').hex().upper()}> >> BDC"
    yield f"BT {_colour(words.colour)} rg {words.track * em:.4f} Tc"
    for run in _runs(placed):
        shown = glyphs.setdefault(run[0].file, {})
        x, y = words.x * GRID + run[0].x * em * cos, words.y * GRID + run[0].x * em * sin
        face = f"/{fonts.name(run[0].file)} {em:.4f} Tf"
        yield f"{face} {cos:.6f} {sin:.6f} {sin:.6f} {-cos:.6f} {x:.3f} {y:.3f} Tm [{_shown(run, shown, words.track)}] TJ"
    yield "ET"
    if backwards:
        yield "EMC"


def _runs(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one font each."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and runs[-1][-1].file == glyph.file:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _shown(run: list[Glyph], glyphs: dict[int, str], track: float) -> str:
    parts, end = [], run[0].x
    for glyph in run:
        glyphs.setdefault(glyph.number, glyph.text)
        off = round((end - glyph.x) * 1000, 1)
        parts.append(f"{off:g} <{glyph.number:04X}>" if off else f"<{glyph.number:04X}>")
        end = glyph.x + fonts.advance(glyph.file, glyph.number) + track
    return " ".join(parts).replace("> <", "")
