"""Start, end and day of the report of every row, with the precision the text or the collection's code supports."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from geodata.intake import coded, dates
from geodata.intake.dates import DAY_FIRST, MONTH_FIRST, Dated
from geodata.intake.draft import Draft, by_notation, distinct, rows_of, say_fixed
from geodata.intake.verdicts import FIXED, HELD_BACK, WARNED, Question, where

ORDER = "date order"
ORDERS = {DAY_FIRST: "03/04/2021 is 3 April 2021", MONTH_FIRST: "03/04/2021 is 4 March 2021"}
SERIAL = "day numbers"
SERIALS = {"days": "44455 is 16 September 2021, as spreadsheets count", "none": "they are no dates"}
STILL = frozenset(
    ("..", "present", "now", "ongoing", "current", "today", "по настоящее время", "наст время", "настоящее время", "сейчас", "продолжается")
)
_YEAR = re.compile(r"\d{4}")


def convert(draft: Draft) -> None:
    """Write `start`, `end`, `date_precision` and `reported`."""
    order = draft.answer(ORDER, ORDERS)
    told = {target: draft.get(target) for target in ("start", "end")}
    open_ended = where(draft.get("end").str.casefold().isin(STILL)) if "end" in draft.cells else np.array([], int)
    draft.put("end", "", open_ended)
    dots = dates.order_of_dots(text for target in ("start", "end", "reported") for text in draft.get(target).unique())
    read = partial(dates.read, order=order, dots=dots)
    asked: list[np.ndarray] = []
    proofs: dict[str, str] = {}
    starts, start_of = _read(draft, "start", read, asked, proofs)
    ends, end_of = _read(draft, "end", read, asked, proofs)
    _read(draft, "reported", read, asked, proofs)
    _ask(draft, asked, proofs)
    _until(draft)
    _contradiction(draft, order, proofs)
    _span(draft, starts, start_of, ends, end_of)
    _backwards(draft, told["end"])
    draft.put("end", "..", open_ended)
    _still(draft, told["end"], open_ended)
    coded.days(draft, told["start"])


def _still(draft: Draft, told: pd.Series, rows: np.ndarray) -> None:
    """Say that what is still going on is ongoing, where no status says anything else."""
    if not len(rows):
        return
    unsaid = np.intersect1d(rows, draft.empty("status"))
    draft.put("status", "ongoing", unsaid)
    worded = rows[(told.iloc[rows] != "..").to_numpy()]
    column, right = draft.column("end"), "was read as still going on"
    draft.findings.say_each(FIXED, "date_read", column, told, np.setdiff1d(worded, unsaid), right, to="..")
    draft.findings.say_each(FIXED, "date_read", column, told, unsaid, f"{right}, and the status as 'ongoing'", to="..")


def _backwards(draft: Draft, told: pd.Series) -> None:
    """Hold back what ends before it starts, in the words of the file."""
    start, end = (draft.get(target) for target in ("start", "end"))
    if "end" not in draft.mapping.columns:
        return
    both = np.ones(draft.rows, bool)
    both[draft.findings.rows_at(HELD_BACK)] = False
    both &= ((start != "") & (end != "") & (end < start)).to_numpy(bool)
    draft.findings.say_each(HELD_BACK, "rule_end", draft.column("end"), told, where(both), "is before the start")


def _read(draft: Draft, target: str, read: Callable[[str], Dated], asked: list[np.ndarray],
          proofs: dict[str, str]) -> tuple[list[Dated], np.ndarray]:  # fmt: skip
    """Every distinct text of a column read, what is wrong or changed said; the column holds the first day of each, bad text as it stands."""
    groups, texts = distinct(draft.get(target))
    found = [_forward(read(text)) if text else Dated() for text in texts]
    found = _counted(draft, target, found, texts, rows_of(groups, len(texts)))
    for dated, text in zip(found, texts, strict=True):
        if dated.proves:
            proofs.setdefault(dated.proves, text)
    rows = rows_of(groups, len(texts))
    for i, dated in enumerate(found):
        if dated.wrong and target == "reported":
            draft.findings.say(
                WARNED, "report_day_unreadable", draft.column(target), texts[i], f"{dated.wrong}; the day of the report was left empty", rows(i)
            )
        elif dated.wrong:
            code = "date_ambiguous" if dated.order else "date_unreadable"
            draft.findings.say(HELD_BACK, code, draft.column(target), texts[i], dated.wrong, rows(i))
        if dated.order:
            asked.append(rows(i))
    kept = "" if target == "reported" else None
    read_as = np.array(
        [dated.start if not dated.wrong else (text if kept is None else kept) for dated, text in zip(found, texts, strict=True)], object
    )
    draft.cells[target] = pd.Series(read_as[groups], index=draft.raw.index, dtype="str")
    said = [text if dated.wrong or _same(text, dated) else _words(dated) for dated, text in zip(found, texts, strict=True)]
    orders = {text: dated.proves for text, dated in zip(texts, found, strict=True)}
    say_fixed(draft, target, "date_read", groups, texts, np.array(said, object), ways=lambda texts, said: _ways(texts, said, orders))
    return found, groups


def _forward(dated: Dated) -> Dated:
    """A span as it is, unless it runs backwards."""
    if dated.wrong or dated.start <= dated.end:
        return dated
    return Dated(wrong=f"ends before it starts; {dated.end}..{dated.start} would be right if the days only changed places")


def _ways(texts: list[str], said: list[str], orders: dict[str, str]) -> list[object]:
    """Dates written alike, the year in the same place, and read alike; an order that a date shows is another than one that was answered."""
    return [(*by, orders[text]) for by, text in zip(by_notation([_YEAR.sub("#", text) for text in texts], said), texts, strict=True)]


def _counted(draft: Draft, target: str, found: list[Dated], texts: list[str], rows: Callable[[int], np.ndarray]) -> list[Dated]:
    """Bare numbers as the days that a spreadsheet counts, where the analyst said so; asked once for a file."""
    numbers = {i: day for i, text in enumerate(texts) if found[i].wrong and (day := dates.serial(text))}
    if not numbers:
        return found
    if draft.answer(SERIAL, SERIALS) == "days":
        return [Dated(numbers[i], numbers[i], "day") if i in numbers else dated for i, dated in enumerate(found)]
    asked = next((question for question in draft.findings.questions if question.key == SERIAL), None)
    positions = np.unique(np.concatenate([rows(i) for i in numbers]))
    if asked is not None:
        draft.findings.questions[draft.findings.questions.index(asked)] = replace(asked, rows=np.union1d(asked.rows, positions))
    elif draft.mapping.answers.get(SERIAL) != "none":
        first, likely = next(iter(numbers)), len(numbers) == sum(map(bool, texts))
        text = f"are numbers like {texts[first]} days as a spreadsheet counts them ({numbers[first]})?"
        draft.findings.questions.append(Question(SERIAL, text, SERIALS, positions, "days" if likely else ""))
    return found


def _same(text: str, dated: Dated) -> bool:
    """Whether a text says no more and no less than the day it was read as; midnight is how a program writes no time."""
    return text == dated.start or (text[:10] == dated.start and not text[10:].strip("T 0:.Z"))


def _words(dated: Dated) -> str:
    if dated.start == dated.end:
        return dated.start
    return f"{dated.start}..{dated.end}" + (", some day of it" if dated.precision == "within" else "")


def _ask(draft: Draft, asked: list[np.ndarray], proofs: dict[str, str]) -> None:
    """`proofs`: an order -> a date of the file that can have no other."""
    if not asked:
        return
    proposed = next(iter(proofs)) if len(proofs) == 1 else ""
    why = f"; other dates of the file can only have the {proposed.replace(' first', '')} first" if proposed else ""
    if len(proofs) > 1:
        why = f"; {proofs[DAY_FIRST]!r} can only have the day first, {proofs[MONTH_FIRST]!r} only the month"
    text = f"do dates like 03/04/2021 in this file have the day or the month first{why}?"
    draft.findings.questions.append(Question(ORDER, text, ORDERS, np.unique(np.concatenate(asked)), proposed))


def _until(draft: Draft) -> None:
    """Until it is answered, a row whose day is in question is held back; one in which only that of the report is, has none."""
    held = draft.findings.rows_at(HELD_BACK)
    for i, question in enumerate(draft.findings.questions):
        if question.key in (ORDER, SERIAL):
            count, among = len(question.rows), len(np.intersect1d(question.rows, held))
            mixed = f"of which {among:,} held back and {count - among:,} without a day of the report"
            otherwise = "held back" if among == count else mixed if among else "without a day of the report"
            draft.findings.questions[i] = replace(question, otherwise=otherwise)


def _contradiction(draft: Draft, order: str, proofs: dict[str, str]) -> None:
    """Say that a file writes dates in both orders, or not in the one that was answered."""
    if len(proofs) > 1:
        draft.findings.notes.append(f"dates are written in both orders: {proofs[DAY_FIRST]!r} has the day first, {proofs[MONTH_FIRST]!r} the month; "
                                    "one order for those that can be read both ways may be wrong for some")  # fmt: skip
    elif order and proofs and order not in proofs:
        ((other, text),) = proofs.items()
        draft.findings.notes.append(f"{text!r} can only be read with the {other}, but the answer for this file is {order}")


def _span(draft: Draft, starts: list[Dated], start_of: np.ndarray, ends: list[Dated], end_of: np.ndarray) -> None:
    """The end: the last day of the end's text, else of the start's; a month or a year means some day of it."""
    lasts = np.array([dated.end for dated in starts], object)[start_of]
    own = np.array([dated.end for dated in ends], object)[end_of]
    given = draft.get("end").to_numpy(object)
    end = np.where(own != "", own, np.where(given != "", given, np.where(lasts == draft.get("start").to_numpy(object), "", lasts)))
    vague = np.array([dated.precision == "within" for dated in starts], bool)[start_of]
    vague |= np.array([dated.precision == "within" for dated in ends], bool)[end_of]
    draft.put("end", end)
    draft.put(
        "date_precision", "within", where(vague & (draft.get("date_precision") == "").to_numpy() & (draft.get("start").to_numpy(object) != end))
    )
