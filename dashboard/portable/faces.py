"""The letters of a file, embedded: the project's own faces cut down to the letters that occur."""

from __future__ import annotations

from dashboard.page import fonts
from dashboard.page.lettering import FONTS

FACES = (("Regular", 400, "normal"), ("Semibold", 600, "normal"), ("Bold", 700, "normal"), ("It", 400, "italic"))
"""name, weight, style"""


def faces(text: str) -> str:
    """Style rules with the faces that `text` needs; letters they do not have are left to the reader's machine."""
    letters = frozenset(char for char in text if char.isprintable())
    return "".join(_face(*face, letters) for face in FACES)


def _face(name: str, weight: int, slant: str, letters: frozenset[str]) -> str:
    address = fonts.web(str(FONTS / f"SourceSans3-{name}.otf"), letters)
    return f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};font-style:{slant};src:url("{address}") format("woff")}}\n'
