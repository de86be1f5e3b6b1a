"""What is asked of the analyst once per file, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard import words
from dashboard.panels.markup import Html, inner, tag
from dashboard.panels.yours_mend import do
from dashboard.panels.yours_session import Session
from geodata.intake import Question

ASKED = 12
"""questions shown at once"""


def questions(own: Session) -> Html:
    """What only the analyst can decide, and what was decided."""
    asked = own.now.case.questions
    if not asked and not own.now.case.mapping.answers:
        return inner()
    answered = (tag("li", f"{key}: {choice} ", do("ask again", "forget", key=key)) for key, choice in own.now.case.mapping.answers.items())
    more = tag("p", f"and {len(asked) - ASKED:,} more questions", cls="panj-soft") if len(asked) > ASKED else None
    return tag("section", tag("h3", "Questions") if asked else None, tag("ul", *map(_question, asked[:ASKED])), more,
               tag("ul", *answered, cls="panj-soft panj-answered"), cls="panj-questions" if asked else None, aria_label="Questions")  # fmt: skip


def _question(question: Question) -> Html:
    choices = (do(inner(choice, " ", tag("span", f"({means})", cls="panj-soft")), "answer", cls="panj-button", key=question.key, value=choice,
                   title="the file itself speaks for this" if choice == question.proposed else "")
               for choice, means in question.choices.items())  # fmt: skip
    proposed = f" The file itself speaks for {question.proposed!r}." if question.proposed else ""
    until = tag("span", f" {words.count(len(question.rows), 'row')} {question.otherwise} until then.{proposed}", cls="panj-soft")
    told = tag("p", question.text[:1].upper() + question.text[1:], until)
    return tag("li", told, tag("div", *choices, cls="panj-pair"))


def _answered(own: Session, told: Mapping[str, Any]) -> None:
    case, key, choice = own.now.case, str(told.get("key", "")), str(told.get("value", ""))
    asked = {question.key: question for question in case.questions} if case else {}
    if key in asked and choice in asked[key].choices:
        own.remap(own.mapping.answered(key, choice))


def _forgotten(own: Session, told: Mapping[str, Any]) -> None:
    case, key = own.now.case, str(told.get("key", ""))
    if case is not None and key in own.mapping.answers:
        own.remap(replace(own.mapping, answers={other: choice for other, choice in own.mapping.answers.items() if other != key}))


ACTS = {"answer": _answered, "forget": _forgotten}
