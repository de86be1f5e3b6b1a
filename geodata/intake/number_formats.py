"""How much of a day a spreadsheet's number format shows."""

from __future__ import annotations

import re
from functools import lru_cache

BESIDE = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|am/pm|a/p|[年月년월]|;.*', re.IGNORECASE | re.DOTALL)
"""what in the number format of a date is no part of it: words, colours, languages, formats of other values"""

CLOCK = re.compile(r"\[?h+\]?[^a-z]*(?:mm?(?!m))?|m+[^a-z]*s|\[m+\]|s")
"""hours, minutes and seconds in a number format; `m` is a minute beside these alone"""

DAY, MONTH, YEAR = len("2021-09-16"), len("2021-09"), len("2021")
"""how many letters of a day are shown"""


@lru_cache(maxsize=1_000)
def letters_shown(number_format: str) -> int:
    """`DAY`, `MONTH` or `YEAR`; the whole day where the format has letters that say something else."""
    left = {letter for letter in CLOCK.sub("", BESIDE.sub("", number_format).lower()) if letter.isalpha()}
    if left and left <= set("yebg"):
        return YEAR
    return MONTH if "m" in left and left <= set("myebg") else DAY
