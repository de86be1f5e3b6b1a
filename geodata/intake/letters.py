"""Letters folded for comparing names, each looked at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


class Letters(dict):
    """A table for `str.translate` that finds out once for each letter what is left of it."""

    def __init__(self, left: Callable[[str], str]) -> None:
        """`left` gives what stands for a letter: itself, a blank or nothing."""
        super().__init__()
        self._left = left

    def __missing__(self, code: int) -> str:
        self[code] = self._left(chr(code))
        return self[code]


def folded(text: str) -> str:
    """Lower case, accents apart from their letters, the dotless i of Turkish with its dot."""
    return unicodedata.normalize("NFKD", text.casefold().replace("\u0131", "i"))
