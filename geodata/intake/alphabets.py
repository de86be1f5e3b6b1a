"""Which one-byte encoding a text is in: every encoding's letters are weighed as a language writes them, by how often, in what case, beside what."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

LIKELIHOOD = {"cp1251": 0, "cp1252": 0, "cp1250": 1, "cp1254": 1, "cp1256": 1, "koi8_r": 2, "cp866": 2, "cp850": 2, "cp852": 2.5, "iso8859_2": 2,
              "mac_roman": 3, "mac_cyrillic": 3, "iso8859_5": 4}  # fmt: skip
"""encodings, and how much less is expected of one than of what Windows writes; like every cost here the negative logarithm of a chance"""

CYRILLIC = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
ARABIC = "cp1256"
_WESTERN = ("éèàêçôûîùâïœëüæ", "üäöß", "óíáéñúüª", "ãçáéíóêõâúôàº", "èàùòìé", "åäöæøé", "ëéïöüè", "àéèíóòçúïü")
_CENTRAL = ("łąężśćóźń", "íáéěřčžýšůúťďňó", "áíéýčžúšťľôďňäóŕĺ", "čšžćđ", "áéőöíóüúű", "ăîţşâ", "üäöß")
LATIN = {"cp1252": (*_WESTERN, "áðíéúóöþæý"), "cp1250": _CENTRAL, "cp1254": ("ışğüçöi̇âîû",), "cp850": _WESTERN, "iso8859_2": _CENTRAL,
         "cp852": _CENTRAL, "mac_roman": _WESTERN}  # fmt: skip
"""encodings and the letters beyond ASCII of the languages written in them, the likelier language and the commoner letter first"""

OFTEN = {"Cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў", "Arabic": "اينردهمشتبوسلكخگفقعحجپزیآءئصطغثذضظژچةىأؤإ\u200c"}
"""letters of a script, the commonest first"""

BETWEEN = frozenset("–—…·\u00a0")
OPENING, CLOSING = frozenset("«“„‘°") | BETWEEN, frozenset("»”’®") | BETWEEN
APART = frozenset("№§©€•±²³½£¿¡")
"""signs any language may have: those that stand before a letter, those after one, and with others that stand apart"""

ALONE = frozenset("àòèéóйвиксокуая")
"""letters that are words"""

NEVER, STRANGE, RARE, SIGN = 9.0, 6.0, 2.5, 2.0
"""costs: of what is no letter of the language, of two scripts in a word or a wrong case, of what is seldom, of a sign"""

TOKENS = 3000
_TOKEN = re.compile(rb"[A-Za-z\x80-\xff]+")
_RUN = re.compile(r"(?:[^\W\d_]|\u200c)+")
_VOWELS = frozenset("аеёиоуыэюяіїє")
_SOFT = frozenset("ьъ")
_BEYOND = re.compile(r"[^\x00-\x7f]")


class Reading(NamedTuple):
    """What a text would be in one encoding."""

    encoding: str
    text: str
    cost: float
    """how unlikely the text is, of all its different words together"""

    mean: float
    """the same by letter beyond ASCII"""


def readings(sample: bytes) -> list[Reading]:
    """Every encoding known here, the likeliest first. A word counts once: that it stands in every row proves no more."""
    tokens = [token for token in dict.fromkeys(_TOKEN.findall(sample)) if not token.isascii()][:TOKENS]
    found = [_reading(sample, tokens, name) for name in LIKELIHOOD]
    return sorted(found, key=lambda reading: reading.cost)


def _reading(sample: bytes, tokens: list[bytes], name: str) -> Reading:
    words = [token.decode(name, errors="replace") for token in tokens]
    script = "Cyrillic" if name in CYRILLIC else "Arabic" if name == ARABIC else "Latin"
    cost = sum(_signs(word) + sum(_run(run, script) for run in _RUN.findall(word) if not run.isascii()) for word in words)
    cost += _foreign(words, LATIN[name]) if script == "Latin" else 0
    beyond = sum(len(_BEYOND.findall(word)) for word in words)
    return Reading(name, sample.decode(name, errors="replace"), cost + LIKELIHOOD[name], cost / max(beyond, 1))


def _signs(word: str) -> float:
    """Signs beyond ASCII; one where a letter would stand is seldom a sign."""
    cost = 0.0
    for place, sign in enumerate(word):
        if sign.isascii() or sign.isalpha() or sign == "\u200c":
            continue
        before, after = word[max(place - 1, 0) : place], word[place + 1 : place + 2]
        if sign == "’" and before.isalpha() and after.isalpha():
            cost += SIGN / 2
        elif sign in OPENING or sign in CLOSING:
            cost += SIGN + RARE * ((after.isalpha() and sign not in OPENING) + (before.isalpha() and sign not in CLOSING))
        elif sign in APART:
            cost += 2 * SIGN + RARE * sum(bool(beside) and beside not in BETWEEN for beside in (before, after))
        else:
            cost += NEVER
    return cost


def _run(run: str, script: str) -> float:
    """Letters in a row: their case, their neighbours and, but for Latin ones, how common each is."""
    if script == "Latin":
        together = sum(not (a.isascii() or b.isascii()) for a, b in pairwise(run))
        return _case(run) + RARE * together + _alone(run)
    letters = [letter for letter in run.lower() if not letter.isascii()]
    cost = _case(run) + STRANGE * (len(letters) < len(run)) + sum(_rank(letter, OFTEN[script]) for letter in letters)
    return cost + (_neighbours(run) if script == "Cyrillic" else 0) + _alone(run)


def _case(run: str) -> float:
    """Small letters, a capital at the start, capitals; anything else is strange, and more so the oftener it changes."""
    if run.islower() or run.lower() == run.upper():
        return 0.0
    if run.isupper():
        return 0.7
    if run[0].isupper() and run[1:].islower():
        return 0.4
    return STRANGE + sum(a.islower() and b.isupper() for a, b in pairwise(run))


def _alone(run: str) -> float:
    """A letter by itself is a word, an initial, or strange."""
    if len(run) > 1 or run.lower() in ALONE:
        return 0.0
    return 1.0 if run.isupper() else STRANGE


def _rank(letter: str, often: str) -> float:
    """Letters grow rarer by an eighth from one to the next."""
    place = often.find(letter)
    return 2.2 + 0.13 * place if place >= 0 else NEVER


def _neighbours(run: str) -> float:
    """Vowels and consonants take turns, signs of softness follow consonants; capitals in a short row may be an abbreviation, which is free."""
    if len(run) == 1 or (run.isupper() and len(run) <= 4):
        return 0.0
    small = run.lower()
    cost = STRANGE * (small[0] in _SOFT or small[0] == "ы")
    for a, b in pairwise(small):
        if b in _SOFT:
            cost += STRANGE * (a in _VOWELS or a in _SOFT)
        else:
            cost += (1.0 if a in _VOWELS else -0.4) if b in _VOWELS else (-0.4 if a in _VOWELS else 0.6)
    return cost


def _foreign(words: list[str], alphabets: tuple[str, ...]) -> float:
    """The letters beyond ASCII as the language would write them that has most of them."""
    letters = Counter(letter.lower() for word in words for letter in _BEYOND.findall(word) if letter.isalpha())
    known = "".join(alphabets)

    def cost(place: int) -> float:
        return 0.4 * place + sum(n * _chance(letter, alphabets[place], known) for letter, n in letters.items())

    return min(map(cost, range(len(alphabets))))


def _chance(letter: str, own: str, known: str) -> float:
    """A language has fewer letters beyond ASCII than a script has letters, so each is commoner."""
    place = own.find(letter)
    return 0.9 + 0.25 * place if place >= 0 else STRANGE if letter in known else NEVER
