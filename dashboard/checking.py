"""`panj check`: what is wrong with a file, row by row, in words or as data."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dashboard.words import count
from geodata.problems import Problem, TableError

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.intake import Intake, Mapping, Verdict

LONG = 5_000_000
"""bytes of a file from which on progress is shown"""

HINT = "--save-map mapping.toml writes how the columns are read; write there which column of the file it is, then use --map mapping.toml"
"""what helps when a column is missing"""

SHOWN_QUESTIONS = 30
SHOWN_LINES = 12
"""lines named in one sentence about many rows"""


def check_own(file: Path, load: Callable[[], Atlas], *, save: Callable[[str], None] | None = None) -> tuple[str, dict]:
    """Words and data about a file in our own schema; `save` is given the mapping that names its columns as they are."""
    from geodata import intake, reports
    from geodata.intake.case import why_as_it_stands
    from geodata.intake.second_look import doubts

    try:
        atlas = load()
    except TableError as error:
        return unusable(file, error)
    ground = intake.Ground.of(atlas)
    if save:
        case = intake.open_file(file, ground)
        save(case.mapping.toml(case.sheet.frame))
    found = doubts(file, ground, {problem.line for problem in atlas.problems})
    kept = [name.strip() for name in reports.columns(atlas.reports) if name not in reports.COLUMNS]
    stands = why_as_it_stands(_header(file))
    doubted = (f"warned: {sentence}" for verdict in found for sentence in _sentences(verdict, file.name, None))
    lines = [*(f"{file.name}: {note}" for note in stands), *_kept(file.name, kept), *map(str, atlas.problems), *doubted]
    counts = {"rows": len(atlas.reports) + atlas.held_back_rows, "used": len(atlas.reports), "held_back": atlas.held_back_rows,
              "warned": len({line for verdict in found for line in verdict.rows.tolist()}), "fixed": 0, "no_event": 0}  # fmt: skip
    verdicts = [_record(verdict, file.name, None) for verdict in [*_held_back(atlas.problems), *found]]
    data = {**_data(file.name, counts, atlas.problems), "verdicts": verdicts, "notes": stands, "kept": kept, "schema": "panj"}
    return "\n".join([*lines, summary(file.name, counts)]), data


def _header(file: Path) -> list[str]:
    """The columns of a CSV table that has been read already."""
    with open(file, encoding="utf-8-sig", newline="") as text:
        return [name.strip() for name in next(csv.reader(text))]


def check_foreign(file: Path, theatre: Path | None, mapping: Mapping | None, *, save: Callable[[str], None] | None = None) -> tuple[str, dict]:
    """Words and data about any other file; `save` is given the mapping used, as TOML with examples."""
    from geodata import intake

    try:
        case = intake.open_file(file, intake.Ground.read(theatre), mapping=mapping, progress=_progress(file))
        if save:
            save(case.mapping.toml(case.sheet.frame))
        lines = [*_about(case), *_rows(case), *_questions(case), summary(file.name, case.counts)]
        return "\n".join(lines), _case_data(case)
    except TableError as error:
        missing = any(problem.file == file.name and problem.right.startswith("missing") for problem in error.problems)
        return unusable(file, error, [HINT] if missing else [])


def _held_back(problems: Iterable[Problem]) -> Iterator[Verdict]:
    """Problems of rows as verdicts whose `rows` are lines: one for each thing that is wrong."""
    from geodata.intake import HELD_BACK, Verdict

    together: dict[tuple[str, str, str], set[int]] = {}
    for problem in problems:
        if problem.line:
            together.setdefault((problem.column, problem.found, problem.right), set()).add(problem.line)
    for (column, found, right), lines in together.items():
        yield Verdict(HELD_BACK, f"rule_{column}" if column else "row", column, found, right, np.array(sorted(lines)))


def _progress(file: Path) -> Callable[[str], None]:
    long = file.exists() and file.stat().st_size > LONG
    return lambda what: print(f"{file.name}: {what} ...", file=sys.stderr, flush=True) if long else None


def unusable(file: Path, error: TableError, hints: Iterable[str] = ()) -> tuple[str, dict]:
    """Words and data about a file of which nothing can be drawn; `hints` say what would help."""
    counts = dict.fromkeys(("rows", "used", "held_back", "warned", "fixed", "no_event"), 0)
    return "\n".join([*map(str, error.problems), *hints, f"{file.name}: cannot be used"]), _data(file.name, counts, error.problems)


def summary(file: str, counts: dict[str, int]) -> str:
    """The last line: how many rows, and how many of each level."""
    more = [f"{counts[key]:,} {words}" for key, words in (("warned", "warned"), ("fixed", "fixed"), ("no_event", "no event")) if counts[key]]
    return ", ".join([f"{file}: {count(counts['rows'], 'row')}, {counts['used']:,} used, {counts['held_back']:,} held back", *more])


def _about(case: Intake) -> Iterator[str]:
    """How the file was read: format, columns, what was read as what."""
    yield f"{case.file}: {case.sheet.format}"
    yield f"{case.file}: columns: " + ", ".join(f"{ours} = {theirs!r}" for ours, theirs in case.mapping.columns.items())
    yield from _kept(case.file, case.kept)
    yield from (f"{case.file}: {note}" for note in case.notes)
    yield from (f"{case.file}: line {row.line}: {row.why}, no event" for row in case.aside)


def _kept(file: str, columns: list[str]) -> list[str]:
    """The columns that nothing is read from."""
    return [f"{file}: columns kept as they are: {', '.join(map(repr, columns))}"] if columns else []


def _rows(case: Intake) -> Iterator[str]:
    """Held back and warned rows one by one in the order of the file; what was fixed once for each value."""
    from geodata.intake import FIXED, WARNED

    numbers = case.table["_line"].to_numpy()
    yield from map(str, case.problems)
    for level, words in ((WARNED, "warned"), (FIXED, "fixed")):
        yield from (
            f"{words}: {sentence}" for verdict in case.verdicts if verdict.level == level for sentence in _sentences(verdict, case.file, numbers)
        )


def _sentences(verdict: Verdict, file: str, numbers) -> Iterator[str]:
    lines = _lines(verdict.rows, numbers)
    shown = ", ".join(map(str, lines[1:SHOWN_LINES])) + (f" and {len(lines) - SHOWN_LINES:,} more" if len(lines) > SHOWN_LINES else "")
    yield str(verdict.problem(file, lines[0])) + (f" (also line{'s' if len(lines) > 2 else ''} {shown})" if len(lines) > 1 else "")


def _lines(rows: np.ndarray, numbers) -> list[int]:
    """Lines of the file; where there are no numbers, the rows are lines already."""
    return (rows if numbers is None else numbers[rows]).tolist()


def _questions(case: Intake) -> Iterator[str]:
    for question in case.questions[:SHOWN_QUESTIONS]:
        choices = " or ".join(f"{choice!r}" for choice in question.choices)
        proposed = f"; the file speaks for {question.proposed!r}" if question.proposed else ""
        until = f"{count(len(question.rows), 'row')} {question.otherwise} until then"
        yield f"question {question.key!r}: {question.text} ({choices}{proposed}; {until})"
    if len(case.questions) > SHOWN_QUESTIONS:
        yield f"and {len(case.questions) - SHOWN_QUESTIONS:,} more questions, all of which --json lists"


def _data(file: str, counts: dict[str, int], problems: tuple[Problem, ...] | list[Problem]) -> dict:
    return {"file": file, "rows": counts["rows"], "rows_used": counts["used"], "rows_held_back": counts["held_back"], "rows_warned": counts["warned"],
            "rows_fixed": counts["fixed"], "rows_no_event": counts["no_event"], "problems": [problem.record() for problem in problems],
            "verdicts": [], "questions": [], "no_event": [], "notes": [], "kept": [], "mapping": {}, "format": "", "schema": ""}  # fmt: skip


def _record(verdict: Verdict, file: str, numbers) -> dict:
    lines = _lines(verdict.rows, numbers)
    return {"level": verdict.level, "code": verdict.code, "column": verdict.column, "found": verdict.found, "right": verdict.right, "to": verdict.to,
            "lines": lines, "sentence": str(verdict.problem(file, lines[0])), "changes": _changes(verdict, numbers)}  # fmt: skip


def _changes(verdict: Verdict, numbers) -> list[dict]:
    """Every value for which the first one speaks, and what it was read as; none where it speaks for itself alone."""
    each = verdict.changes.each(verdict.rows) if verdict.changes else ()
    return [{"found": found, "to": to, "lines": _lines(rows, numbers)} for found, to, rows in each]


def _case_data(case: Intake) -> dict:
    numbers = case.table["_line"].to_numpy()
    asked = [{"key": q.key, "text": q.text, "choices": q.choices, "proposed": q.proposed, "lines": numbers[q.rows].tolist()} for q in case.questions]
    misfits = [_record(verdict, case.file, None) for verdict in _held_back(case.sheet.problems)]
    verdicts = [*misfits, *(_record(verdict, case.file, numbers) for verdict in case.verdicts)]
    mapping = {"columns": case.mapping.columns, "constants": case.mapping.constants, "kinds": case.mapping.kinds, "answers": case.mapping.answers}
    return {**_data(case.file, case.counts, case.problems), "verdicts": verdicts,
            "questions": asked, "no_event": [row._asdict() for row in case.aside], "notes": case.notes, "kept": case.kept, "mapping": mapping,
            "format": case.sheet.format, "schema": case.mapping.schema}  # fmt: skip


def text_of(words: str, data: dict, *, as_data: bool) -> str:
    """What is printed."""
    return json.dumps(data, ensure_ascii=False, indent=1) if as_data else words
