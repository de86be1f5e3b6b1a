"""What a PDF page shows: the sheet's shapes and lines of text as drawing operators, every glyph where the outlines have it."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterator

from matplotlib.path import Path

from dashboard.page import fonts, lettering, outlines
from dashboard.page.lettering import MM_PER_PT, Glyph
from dashboard.page.sheet import Sheet, Style, Words

GRID = 100
"""steps per mm in which everything is placed"""


class Font:
    """One font of the file, and the glyphs of it that are shown."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name = file, name
        self._texts: dict[int, str] = {}

    def show(self, glyph: Glyph) -> None:
        """Note that a glyph is shown."""
        self._texts.setdefault(glyph.number, glyph.text)

    def cut(self) -> fonts.Cut:
        """The font with these glyphs."""
        return fonts.cut(self.file, frozenset(self._texts))

    @property
    def tagged(self) -> str:
        """The name with the six letters that mark a font cut down."""
        digest = hashlib.sha256(repr(sorted(self._texts)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.cut().name

    def meanings(self) -> bytes:
        """The table from glyphs to letters."""
        lines = [f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>" for number, text in sorted(self._texts.items())]
        blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
        body = "\n".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


class Fonts:
    """The fonts of a file, in the order of their first use."""

    def __init__(self) -> None:
        self._fonts: dict[str, Font] = {}

    def of(self, file: str) -> Font:
        """The font from a file."""
        return self._fonts.setdefault(file, Font(file, f"F{len(self._fonts) + 1}"))

    def used(self) -> list[Font]:
        """All of them."""
        return list(self._fonts.values())


def state(alpha: float) -> str:
    """Name of the graphics state that paints with a strength."""
    return f"A{round(alpha * 1000)}"


def stream(sheet: Sheet, faces: Fonts) -> tuple[bytes, set[float]]:
    """The operators of a page, and the strengths below 1 they use."""
    scale = sheet.paper.print_scale * 72 / 25.4 / GRID
    height = sheet.paper.height * GRID
    lines = ["/Figure << /MCID 0 >> BDC", "q", f"{scale:.8f} 0 0 {-scale:.8f} 0 {height * scale:.5f} cm", "1 j"]
    strengths = set()
    for item in sheet.layers():
        if isinstance(item, Words):
            lines += _clipped(item.clip, _text(item, faces))
        else:
            lines += _clipped(item[0].clip, _shape(*item))
            strengths.add(item[0].alpha)
    return "\n".join([*lines, "Q", "EMC"]).encode("ascii"), strengths - {1.0}


def _clipped(clip: tuple[float, ...] | None, drawn: Iterator[str]) -> list[str]:
    if not clip:
        return ["q", *drawn, "Q"]
    left, top, right, bottom = (round(side * GRID) for side in clip)
    return ["q", f"{left} {top} {right - left} {bottom - top} re W n", *drawn, "Q"]


def _colour(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4f}" for i in (1, 3, 5))


_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def _shape(style: Style, shape: Path) -> Iterator[str]:
    if style.alpha != 1:
        yield f"/{state(style.alpha)} gs"
    if style.kind == "line":
        dash = " ".join(f"{length * GRID:.2f}" for length in style.dash)
        yield f"{_colour(style.colour)} RG {style.mm * GRID:.2f} w {1 if style.cap == 'round' else 0} J [{dash}] 0 d"
    else:
        yield f"{_colour(style.colour)} rg"
    for name, numbers in outlines.commands(shape, 1 / GRID):
        yield f"{' '.join(map(str, numbers))} {_OPERATORS[name]}".lstrip()
    yield "S" if style.kind == "line" else "f"


def _text(words: Words, faces: Fonts) -> Iterator[str]:
    """Glyph by glyph; where the next one does not stand where its forerunner's width puts it, the difference is written."""
    placed = lettering.glyphs(words.text, words.face, track=words.track)
    em, turn = words.pt * MM_PER_PT * GRID, math.radians(words.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    backwards = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words.text)
    if backwards:
        yield f"/Span << /ActualText <FEFF{words.text.encode('utf-16-be', 'replace').hex().upper()}> >> BDC"
    yield f"BT {_colour(words.colour)} rg {words.track * em:.4f} Tc"
    for run in _runs(placed):
        font = faces.of(run[0].file)
        x, y = words.x * GRID + run[0].x * em * cos, words.y * GRID + run[0].x * em * sin
        yield f"/{font.name} {em:.4f} Tf {cos:.6f} {sin:.6f} {sin:.6f} {-cos:.6f} {x:.3f} {y:.3f} Tm [{_shown(run, font, words.track)}] TJ"
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


def _shown(run: list[Glyph], font: Font, track: float) -> str:
    parts, end = [], run[0].x
    for glyph in run:
        font.show(glyph)
        off = round((end - glyph.x) * 1000, 1)
        parts.append(f"{off:g} <{glyph.number:04X}>" if off else f"<{glyph.number:04X}>")
        end = glyph.x + fonts.advance(glyph.file, glyph.number) + track
    return " ".join(parts).replace("> <", "")
