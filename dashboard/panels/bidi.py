"""Text that is written from right to left, kept in its place among our words; what would turn others' text around is found."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RIGHT = "\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
SIGNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""embeddings, overrides and isolates, which turn around what stands after them"""

_RUN = re.compile(f"[{_RIGHT}]+(?:(?:(?![\"';\\[\\]\\n{_RIGHT}])[\\W\\d_])+[{_RIGHT}]+)*")
_OTHER = re.compile(f"[^\\W\\d_{_RIGHT}]")
_OURS = re.compile(r"[a-z]+,? [a-z]+")
"""words of a sentence of ours, not of a name within others' text"""

_EDGES = re.compile(r"([\s;,:]*)(.*?)([\s;,:]*)", re.DOTALL)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, each with whether it has a direction of its own.

    A text that begins so and holds no sentence of ours is one part, names in another script and all; in any other each stretch of such letters is.
    """
    first = _RUN.search(text)
    if first is None:
        yield text, False
    elif not _OTHER.search(text, 0, first.start()) and not _OURS.search(text):
        before, told, after = _EDGES.fullmatch(text).groups()
        yield from ((before, False), (told, True), (after, False))
    else:
        yield from _runs(text)


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for run in _RUN.finditer(text):
        yield from ((text[at : run.start()], False), (run.group(), True))
        at = run.end()
    yield text[at:], False
