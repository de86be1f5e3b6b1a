"""Text laid out once, as outlines and as glyphs: exact widths, the same letters in every output, no character ever taken as markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path as File
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib import _text_helpers
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path

FONTS = File(__file__).parent.parent / "fonts"
FACES = {"regular": "Regular", "italic": "It", "semibold": "Semibold", "bold": "Bold"}
MM_PER_PT = 25.4 / 72
CAP = 0.66
"""height of a capital in em"""

_EM = 100.0
"""pt at which glyphs are measured: linearHoriAdvance and outlines come in these"""

JOINERS = "\u200c\u200d"
"""zero-width characters that keep letters apart, as the half-space of Persian does, or join them"""

MISSING = "\ufffd"


class Glyph(NamedTuple):
    """One letter in its place."""

    file: str
    """the font's"""

    number: int
    """in the font"""

    x: float
    """em from the beginning of the line"""

    text: str
    """what it stands for; more than one letter for a ligature"""


class Run(NamedTuple):
    """A word laid out."""

    corners: np.ndarray
    codes: np.ndarray
    end: float
    """advance, em"""

    glyphs: tuple[Glyph, ...]


@lru_cache(maxsize=8)
def _files(face: str) -> tuple[str, str]:
    """Our face, then the fallback for other scripts (an upright one: it has the most letters)."""
    bold = "-Bold" if face in ("bold", "semibold") else ""
    fallback = File(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{bold}.ttf"
    return str(FONTS / f"SourceSans3-{FACES[face]}.otf"), str(fallback)


def every_file() -> dict[str, str]:
    """All font files by their PostScript names."""
    return {File(file).stem: file for face in FACES for file in _files(face)}


def _font(face: str) -> FT2Font:
    font = get_font(_files(face))
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=8)
def _letters(face: str) -> frozenset[int]:
    """Code points that can be printed."""
    return frozenset(code for file in _files(face) for code in get_font(file).get_charmap())


def letter_starts(text: str, pt: float, face: str, track: float) -> list[float]:
    """Mm from the left end to each letter of a tracked line."""
    return [x * pt * MM_PER_PT for _, x in _letters_apart(printable(text, face), face, track)]


@lru_cache(maxsize=8192)
def printable(text: str, face: str) -> str:
    """`text` on one line; what no font can print becomes a replacement character."""
    letters = _letters(face)
    return "".join(c if ord(c) in letters else MISSING for c in one_line(text))


def one_line(text: str) -> str:
    """`text` without breaks and control characters but those that spelling needs; every letter stays, printable or not."""
    return "".join(c for c in " ".join(text.split()) if c in JOINERS or unicodedata.category(c) not in ("Cc", "Cf"))


@lru_cache(maxsize=16384)
def _words(text: str, face: str) -> tuple[tuple[str, float], ...]:
    """Words of a line and where each begins, in em; then an empty word at the end."""
    text = printable(text, face)
    if not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        return (text, 0.0), ("", _run(text, face).end)
    space, x, found = _run(" ", face).end, 0.0, []
    for word in text.split(" "):
        found.append((word, x))
        x += _run(word, face).end + space
    return (*found, ("", x - space))


@lru_cache(maxsize=16384)
def _run(text: str, face: str) -> Run:
    """One word at 1 em, laid out by the font's rules; cached because layout is slow and words repeat."""
    corners: list[np.ndarray] = [np.empty((0, 2))]
    codes: list[np.ndarray] = [np.empty(0, np.uint8)]
    glyphs: list[Glyph] = []
    end = 0.0
    for item in _text_helpers.layout(text, _font(face)):
        points, moves = item.ft_object.get_path()
        glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
        end = max(end, item.x + glyph.linearHoriAdvance / 65536)
        glyphs.append(Glyph(item.ft_object.fname, item.glyph_index, item.x / _EM, item.char))
        if len(points):
            corners.append((points + np.array([item.x, 0.0])) * np.array([1, -1]) / _EM)
            codes.append(moves)
    return Run(np.concatenate(corners), np.concatenate(codes), end / _EM, tuple(glyphs))


def _pieces(text: str, face: str, track: float) -> list[tuple[str, float]]:
    """What is laid out in one go, and where it begins, in em."""
    return _letters_apart(printable(text, face), face, track) if track else list(_words(text, face)[:-1])


def glyphs(text: str, face: str = "regular", *, track: float = 0.0) -> list[Glyph]:
    """Every letter of a line, and its spaces, left to right."""
    found: list[Glyph] = []
    pieces = _pieces(text, face, track)
    for (piece, x), (_, following) in zip(pieces, [*pieces[1:], ("", 0.0)], strict=True):
        run = _run(piece, face)
        found += [glyph._replace(x=glyph.x + x) for glyph in run.glyphs]
        if not track and following > x:
            found.append(_run(" ", face).glyphs[0]._replace(x=x + run.end))
    return found


WIDER = {"regular": 1.25, "italic": 1.29, "semibold": 1.35, "bold": 1.32}
"""how much wider than ours the widest common sans serif is"""

_roomy: ContextVar[bool] = ContextVar("roomy", default=False)


@contextmanager
def roomy(wanted: bool) -> Iterator[None]:
    """Inside, if `wanted`, every text is given the width of a wider face: for files that do not hold ours and whose reader may lack it."""
    token = _roomy.set(wanted)
    yield
    _roomy.reset(token)


def _room(face: str) -> float:
    return WIDER[face] if _roomy.get() else 1.0


def width(text: str, pt: float, face: str = "regular", *, track: float = 0.0) -> float:
    """Mm to be kept for a line; `track` is extra space between letters in em."""
    return exact_width(text, pt, face, track=track) * _room(face)


def exact_width(text: str, pt: float, face: str = "regular", *, track: float = 0.0) -> float:
    """Mm from the first letter to the last in our own face."""
    em = pt * MM_PER_PT
    if not track:
        return _words(text, face)[-1][1] * em
    return sum(_run(c, face).end + track for c in printable(text, face)) * em - track * em


def shape(text: str, pt: float, face: str = "regular", *, track: float = 0.0) -> Path:
    """Outline of one line in mm from the origin on the base line, y down."""
    em = pt * MM_PER_PT
    pieces = [(_run(piece, face), x) for piece, x in _pieces(text, face, track) if piece.strip()]
    corners = [run.corners + np.array([x, 0.0]) for run, x in pieces]
    codes = [run.codes for run, _ in pieces]
    return Path(np.concatenate(corners) * em, np.concatenate(codes)) if corners else Path(np.empty((0, 2)), np.empty(0, np.uint8))


def _letters_apart(text: str, face: str, track: float) -> list[tuple[str, float]]:
    starts = np.cumsum([0.0] + [_run(c, face).end + track for c in text])
    return [(c, float(x)) for c, x in zip(text, starts, strict=False)]


def shorten(text: str, room: float, pt: float, face: str = "regular") -> str:
    """`text` if it fits into `room` mm, else as much as does, with an ellipsis."""
    text = one_line(text)
    if width(text, pt, face) <= room:
        return text
    head = text[: _letters_within(text, room - width("\u2026", pt, face), pt, face)]
    word = head.rpartition(" ")[2]
    if len(word) < 5 < len(head) and head != text[: len(head) + 1].rstrip():
        head = head[: -len(word)] if word else head
    return head.rstrip(" ,;:.") + "\u2026"


def _letters_within(text: str, room: float, pt: float, face: str) -> int:
    """How many letters fit into `room` mm; letter by letter, which is safe because kerning only narrows."""
    advances = np.cumsum([_run(c, face).end for c in printable(text, face)]) * pt * MM_PER_PT * _room(face)
    return int(np.searchsorted(advances, room, side="right"))


def wrap(text: str, room: float, pt: float, face: str = "regular") -> list[str]:
    """Lines no wider than `room` mm; a word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in one_line(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, pt, face) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, room, pt, face)
        lines += whole
    return [*lines, line] if line else lines


def _broken(word: str, room: float, pt: float, face: str) -> list[str]:
    if width(word, pt, face) <= room:
        return [word]
    cut = max(1, _letters_within(word, room, pt, face))
    return [word[:cut], *_broken(word[cut:], room, pt, face)]
