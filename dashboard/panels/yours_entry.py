"""An event entered by hand as it is judged before it is saved: by the intake that judges a file's rows, with what that asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.panels.markup import Html, inner, tag
from dashboard.panels.yours_columns import WORDS
from dashboard.panels.yours_judge import entered
from dashboard.panels.yours_looking import CHOSEN, PLACE, Placing
from dashboard.panels.yours_parts import FIELDS, sentence
from geodata.intake import HELD_BACK, WARNED, Ground, Intake, Question
from geodata.intake.dates import DAY_FIRST, MONTH_FIRST
from geodata.intake.dates import read as read_date

DATES = ("start", "end", "reported")
LATER = frozenset({"no_source"})
"""warnings that no one is stopped for: said beside the event once it is saved"""

NO_ANSWER = frozenset({"none", "keep"})
"""choices that leave the event as it is: what *Save it all the same* does"""

NOWHERE = "without a place that can be drawn the event is listed, not drawn"


@dataclass(frozen=True)
class Entry:
    """What is said of one event."""

    case: Intake
    wrong: list[str] = field(default_factory=list)
    """why it cannot be saved"""

    doubts: list[str] = field(default_factory=list)
    """what should be seen before it is"""

    questions: list[Question] = field(default_factory=list)


def judge(row: dict[str, str], ground: Ground) -> Entry:
    """Judge one event: our columns as text."""
    case = entered((row,), ground)
    twofold = {name: told for name in DATES if (told := _two_days(name, row.get(name, "")))}
    said = [verdict for verdict in case.verdicts if verdict.column not in twofold]
    wrong = [*twofold.values(), *(sentence(verdict) for verdict in said if verdict.level == HELD_BACK)]
    if not wrong and not case.counts["used"]:
        wrong = ["nothing of it can be drawn"]
    doubts = [sentence(verdict) for verdict in said if verdict.level == WARNED and verdict.code not in LATER]
    if not wrong and (case.reports["place_precision"] == "none").any() and not any("not drawn" in doubt for doubt in doubts):
        doubts.append(NOWHERE)
    return Entry(case, wrong, doubts, [question for question in case.questions if _answers(question)])


def _two_days(name: str, text: str) -> str:
    """What would be right for a date that can be read in two ways; empty for any other."""
    if not text or not read_date(text, "").order:
        return ""
    first, other = (read_date(text, order).start for order in (DAY_FIRST, MONTH_FIRST))
    return f"{WORDS[name].lower()} {text!r} can be read as two days: write it as {first} or {other}"


def _answers(question: Question) -> dict[str, str]:
    """What of a question can be answered here; the order of dates is nothing that one event has."""
    return {key: means for key, means in question.choices.items() if key not in {*NO_ANSWER, DAY_FIRST, MONTH_FIRST}}


def choose(form: Placing, entry: Entry, key: str, choice: str) -> None:
    """Write into the form what an answer makes of the event; one to what is not asked any more changes nothing but what is shown."""
    if not any(question.key == key and choice in _answers(question) for question in entry.questions):
        form.doubts, form.questions = tuple(entry.doubts), tuple(entry.questions)
        return
    made = entry.case.answered(key, choice).table.iloc[0]
    form.fields |= {name: str(made.get(name, "")) for name in (*PLACE, *CHOSEN)}
    form.doubts, form.questions = (), ()


def row(form: Placing, event: str) -> dict[str, str]:
    """The event as the form has it."""
    chosen = {name: form.fields[name] for name in CHOSEN if form.fields.get(name)}
    return {"event": event, **{name: form.fields.get(name, "") for name in FIELDS}, **chosen}


def asked(form: Placing) -> Html:
    """What should be seen before it is saved, and the answers there are."""
    choices = (tag("button", means if question.key.startswith("place ") else f"{choice}: {means}", type="submit", name_="button",
                   value=f"choose\x1f{question.key}\x1f{choice}", cls="panj-button", data_focus=f"enter:{question.key}:{choice}")
               for question in form.questions for choice, means in _answers(question).items())  # fmt: skip
    if not form.doubts and not form.questions:
        return inner()
    said = tag("ul", *(tag("li", doubt) for doubt in form.doubts))
    return tag("div", said, tag("div", *choices, cls="panj-pair"), cls="panj-questions", role="status")
