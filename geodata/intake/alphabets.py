"""Which one-byte encoding a text is in, told by whose letters it gives: whole words of Cyrillic or Arabic, or a Latin language's few beyond ASCII."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

CYRILLIC = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
ARABIC = "cp1256"
LATIN = {
    "cp1252": ("àâæçéèêëîïôœùûü", "äöüß", "áéíóúüñçâãõêôàª", "àèéìòù", "åäöæøé", "éëïöüè", "áéíóúýþæöð"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "áéíóöőúüű", "ăâîşţ", "äöüß"),
    "cp1254": ("çğıiöşüâîûi̇",),
    "cp850": ("àâæçéèêëîïôùûü", "äöüß", "áéíóúüñçâãõêôà", "àèéìòù", "åäöæøé"),
    "iso8859_2": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "áéíóöőúüű"),
    "cp852": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "čćđšž", "áéíóöőúüű"),
    "mac_roman": ("àâæçéèêëîïôœùûü", "äöüß", "áéíóúüñçâãõêôà", "àèéìòù", "åäöæøé"),
}
"""encodings, the likelier first, and the letters beyond ASCII of the languages written in them"""

MARKS = frozenset("«»“”„‘’–—…°№§©®€·•\u00a0±²³½£¿¡")
"""signs any language may have"""

ALONE = frozenset("àòèéóày")
"""letters that are words"""

_WORDS = {"Cyrillic": re.compile(r"(?<![A-Za-z])(?:[А-ЯЁ]?[а-яёіїєґў]{2,}|[А-ЯЁ][а-яёіїєґў]+)(?![A-Za-zА-ЯЁ])"),
          "Arabic": re.compile(r"(?<![A-Za-z])[\u0620-\u064a\u066e-\u06d3\u200c]{2,}(?![A-Za-z])")}  # fmt: skip
_PLACED = re.compile(r"(?<=(.))([^\x00-\x7f])(?=(.))", re.DOTALL)


class Reading(NamedTuple):
    """What a text would be in one encoding."""

    encoding: str
    text: str
    share: float
    """how much of what is beyond ASCII stands where it would in a language, 0 to 1"""


def readings(sample: bytes) -> list[Reading]:
    """Every encoding known here, the likeliest first."""
    found = [_words(sample, name, "Cyrillic") for name in CYRILLIC] + [_words(sample, ARABIC, "Arabic")]
    best = sorted(found, key=lambda reading: -reading.share)
    if best[0].share > 0.6:  # words of two letters and more with no Latin letter beside them: nothing else looks so
        return best
    return sorted((_latin(sample, name) for name in LATIN), key=lambda reading: -reading.share)


def _words(sample: bytes, name: str, script: str) -> Reading:
    """Lower case, capitals only at the start of words; single letters, which accents between Latin ones turn into, do not count for it."""
    text = sample.decode(name, errors="replace")
    beyond = sum(letter > "\x7f" for letter in text)
    fine = sum(map(len, _WORDS[script].findall(text)))
    return Reading(name, text, fine / beyond if beyond else 0)


def _latin(sample: bytes, name: str) -> Reading:
    text = sample.decode(name, errors="replace")
    placed = _PLACED.findall(f" {text} ")
    letters = Counter(letter.lower() for before, letter, after in placed if _stands(before, letter, after))
    marks = sum(letter in MARKS and not (before.isalpha() and after.isalpha() and letter != "’") for before, letter, after in placed)
    most = max(sum(count for letter, count in letters.items() if letter in alphabet) for alphabet in LATIN[name])
    return Reading(name, text, (most + marks) / len(placed) if placed else 0)


def _stands(before: str, letter: str, after: str) -> bool:
    """Whether a letter can stand there: no capital inside a word, no small one before a capital, few alone."""
    inside = letter.isupper() and before.isalpha() and (before.islower() or after.islower())
    if not letter.isalpha() or inside or (letter.islower() and after.isupper() and not before.isupper()):
        return False
    return before.isalpha() or after.isalpha() or letter.lower() in ALONE
