"""Fonts cut down to the letters used, to be embedded; the same letters always give the same bytes."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from dashboard.page.lettering import glyphs
from dashboard.page.sheet import Words

SHAPING = ["kern", "ccmp", "liga", "mark", "mkmk", "locl", "init", "medi", "fina", "rlig"]
"""what a browser needs to lay text out as we did"""

UNUSED = {"GSUB", "GPOS", "GDEF", "BASE", "DSIG", "FFTM", "kern"}
"""tables of no use where every glyph is placed by us"""


@dataclass(frozen=True)
class Cut:
    """A font that holds some glyphs only, under their old numbers."""

    name: str
    """PostScript name"""

    data: bytes
    """a bare CFF table, or a TrueType file"""

    cff: bool
    widths: dict[int, float]
    """by glyph, 1/1000 em"""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    slant: float


def name(file: str) -> str:
    """A font's PostScript name, which is that of its file."""
    return Path(file).stem


@lru_cache(maxsize=64)
def cut(file: str, numbers: frozenset[int]) -> Cut:
    """The font with these glyphs."""
    with TTFont(file, recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        for table in UNUSED & set(font.keys()):
            del font[table]
        _reduce(font, Options(retain_gids=True, notdef_outline=True, layout_features=[]), gids=numbers)
        head, cff = font["head"], "CFF " in font
        unit = 1000 / head.unitsPerEm
        box = tuple(round(side * unit) for side in (head.xMin, head.yMin, head.xMax, head.yMax))
        return Cut(name(file), font.getTableData("CFF ") if cff else _bytes(font), cff, {n: 1000 * advance(file, n) for n in sorted(numbers)}, box,
                   round(font["hhea"].ascent * unit), round(font["hhea"].descent * unit), float(font["post"].italicAngle))  # fmt: skip


@lru_cache(maxsize=16)
def _metrics(file: str) -> list[float]:
    """Advance of each glyph, em."""
    with TTFont(file, lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        return [metrics[name][0] / unit for name in font.getGlyphOrder()]


def advance(file: str, number: int) -> float:
    """Width of a glyph, em."""
    return _metrics(file)[number]


@lru_cache(maxsize=64)
def web(file: str, letters: frozenset[str]) -> str:
    """The font with these letters as a `data:` address, for a file that is read by a browser."""
    with TTFont(file, recalcTimestamp=False, lazy=True) as font:
        _reduce(font, Options(layout_features=SHAPING, notdef_outline=True), unicodes=[ord(letter) for letter in letters])
        font.flavor = "woff"
        return "data:font/woff;base64," + base64.b64encode(_bytes(font)).decode()


def _reduce(font: TTFont, options: Options, **wanted: Iterable[int]) -> None:
    options.recalc_timestamp = False
    options.drop_tables = [*options.drop_tables, "FFTM"]  # times of FontForge; the library says on the screen that it drops them
    subsetter = Subsetter(options)
    subsetter.populate(**wanted)
    subsetter.subset(font)


def _bytes(font: TTFont) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def letters_used(words: Iterable[Words]) -> dict[tuple[str, str], frozenset[str]]:
    """(face, file) -> the letters set in it."""
    found: dict[tuple[str, str], set[str]] = {}
    for line in words:
        for glyph in glyphs(line.text, line.face, track=line.track):
            found.setdefault((line.face, glyph.file), set()).update(glyph.text)
    return {key: frozenset(letters) for key, letters in found.items()}
