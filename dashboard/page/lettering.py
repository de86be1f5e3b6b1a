"""Text as outlines: exact widths, the same letters in every output, and no character of a file ever taken as markup."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path as File

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
_MISSING = "\ufffd"


@lru_cache(maxsize=8)
def _files(face: str) -> tuple[str, str]:
    """Our face, then the fallback for other scripts (an upright one: it has the most letters)."""
    bold = "-Bold" if face in ("bold", "semibold") else ""
    fallback = File(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{bold}.ttf"
    return str(FONTS / f"SourceSans3-{FACES[face]}.otf"), str(fallback)


def _font(face: str) -> FT2Font:
    font = get_font(_files(face))
    font.set_size(_EM, 72)
    return font


@lru_cache(maxsize=8)
def _letters(face: str) -> frozenset[int]:
    """Code points that can be printed."""
    return frozenset(code for file in _files(face) for code in get_font(file).get_charmap())


@lru_cache(maxsize=8192)
def printable(text: str, face: str) -> str:
    """`text` on one line; what no font can print becomes a replacement character."""
    line = " ".join(text.split())
    kept = (c for c in line if unicodedata.category(c) not in ("Cc", "Cf"))
    letters = _letters(face)
    return "".join(c if ord(c) in letters else _MISSING for c in kept)


def outline(text: str, face: str = "regular") -> tuple[Path, float]:
    """Outline of one line at 1 em, y down, from the origin on the base line; and its advance in em."""
    text = printable(text, face)
    if _right_to_left(text):
        return _run(text, face)
    space = _run(" ", face)[1]
    words, x = [], 0.0
    for word in text.split(" "):
        letters, advance = _run(word, face)
        if len(letters.vertices):
            words.append(Path(letters.vertices + [x, 0], letters.codes))
        x += advance + space
    return _joined(words), x - space


def _right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _joined(paths: list[Path]) -> Path:
    if not paths:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate([p.vertices for p in paths]), np.concatenate([p.codes for p in paths]))


@lru_cache(maxsize=16384)
def _run(text: str, face: str) -> tuple[Path, float]:
    """One word, laid out by the font's own rules; cached because layout is slow and words repeat."""
    parts, end = [], 0.0
    for item in _text_helpers.layout(text, _font(face)):
        points, moves = item.ft_object.get_path()
        glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
        end = max(end, item.x + glyph.linearHoriAdvance / 65536)
        if len(points):
            parts.append(Path((points + [item.x, 0]) * [1 / _EM, -1 / _EM], moves))
    return _joined(parts), end / _EM


def width(text: str, pt: float, face: str = "regular", *, track: float = 0.0) -> float:
    """Width in mm; `track` is extra space between letters in em."""
    em = pt * MM_PER_PT
    if not track:
        return outline(text, face)[1] * em
    return sum(outline(c, face)[1] + track for c in printable(text, face)) * em - track * em


def shape(text: str, pt: float, face: str = "regular", *, track: float = 0.0) -> Path:
    """Outline in mm from the origin, y down."""
    em = pt * MM_PER_PT
    if not track:
        line = outline(text, face)[0]
        return Path(line.vertices * em, line.codes)
    parts, x = [], 0.0
    for c in printable(text, face):
        letter, advance = outline(c, face)
        if len(letter.vertices):
            parts.append(Path((letter.vertices + [x, 0]) * em, letter.codes))
        x += advance + track
    return _joined(parts)


def shorten(text: str, room: float, pt: float, face: str = "regular") -> str:
    """`text` if it fits into `room` mm, else as much as does, with an ellipsis."""
    text = printable(text, face)
    if width(text, pt, face) <= room:
        return text
    head = text[: _letters_within(text, room - width("\u2026", pt, face), pt, face)]
    word = head.rpartition(" ")[2]
    if len(word) < 5 < len(head) and head != text[: len(head) + 1].rstrip():
        head = head[: -len(word)] if word else head
    return head.rstrip(" ,;:.") + "\u2026"


def _letters_within(text: str, room: float, pt: float, face: str) -> int:
    """How many letters fit into `room` mm; letter by letter, which is safe because kerning only narrows."""
    advances = np.cumsum([outline(c, face)[1] for c in text]) * pt * MM_PER_PT
    return int(np.searchsorted(advances, room, side="right"))


def wrap(text: str, room: float, pt: float, face: str = "regular") -> list[str]:
    """Lines no wider than `room` mm; a word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in printable(text, face).split(" "):
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
