"""The country of every row: names and codes to ISO 3166-1 alpha-3; a name that two countries share is asked about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.intake import nations
from geodata.intake.draft import Draft, distinct, rows_of
from geodata.intake.ground import on_earth
from geodata.intake.verdicts import WARNED, Question
from geodata.problems import named

SHARED = "country_ambiguous"
"""verdict on rows whose country is one of several that share a name, until that is answered"""


def names_one(text: str) -> bool:
    """Whether a text names a country, or several that share a name.

    A number, which may be a code, can be anything; two small letters are a word or a unit: `no`, `kg`.
    """
    long = len(text) > 2 or text in nations.two_letters()
    return long and not text.isdigit() and bool(nations.code(text) or nations.several(text))


def convert(draft: Draft) -> None:
    """Names and codes of countries to ISO 3166-1 alpha-3; a name nobody knows is kept beside, and the row has no country."""
    codes = draft.ground.codes
    groups, texts = distinct(draft.get("country"))
    read = [text if text in codes else nations.code(text) if text else "" for text in texts]
    rows = rows_of(groups, len(texts))
    shared: dict[tuple[str, ...], list[int]] = {}
    for i, text in enumerate(texts):
        if text not in codes and nations.several(text):
            shared.setdefault(nations.several(text), []).append(i)
        elif text and read[i] not in codes:
            read[i] = ""
            draft.findings.say(WARNED, "country_unknown", draft.column("country"), text,
                               "is not a country known here, so the row is without one; a code like TJK would be right", rows(i))  # fmt: skip
    for several, found in shared.items():
        answer = _asked(draft, several, {texts[i]: rows(i) for i in found})
        for i in found:
            read[i] = answer
    said = dict(zip(texts, read, strict=True))
    draft.cells["country"] = pd.Series(np.array(read, object)[groups], index=draft.raw.index, dtype="str")
    changed = [text for text, code in said.items() if code and code != text]
    if changed:
        shown = named([f"{text!r} as {said[text]}" for text in changed], 6)
        draft.findings.notes.append(f"countries are read as codes: {shown}")


def _asked(draft: Draft, codes: tuple[str, ...], found: dict[str, np.ndarray]) -> str:
    """Which of the countries that share a name is meant, by the answer for this file; the one that more points lie in is proposed."""
    choices = {code: draft.ground.names.get(code, code) for code in codes}
    key, rows = f"country {' or '.join(codes)}", np.sort(np.concatenate(list(found.values())))
    if answer := draft.answer(key, choices):
        return answer
    names = " or ".join(f"{name} ({code})" for code, name in choices.items())
    for text, own in found.items():
        draft.findings.say(WARNED, SHARED, draft.column("country"), text,
                           f"is the name of two countries, {names}; the row has none until the answer for this file decides", own)  # fmt: skip
    lons, lats = (draft.numbers(axis)[rows] for axis in ("lon", "lat"))
    fine = on_earth(lons, lats)
    inside = {code: int(draft.ground.inside(code, lons[fine], lats[fine]).sum()) for code in codes}
    most = max(codes, key=inside.__getitem__)
    proposed = most if sum(inside[code] == inside[most] for code in codes) == 1 else ""
    asked = f"which country is {' or '.join(map(repr, found))}?"
    draft.findings.questions.append(Question(key, asked, choices, rows, proposed, otherwise="read without a country"))
    return ""
