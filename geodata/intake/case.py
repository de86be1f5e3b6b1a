"""One file as it is worked on: its mapping, edits and answers, the table they make, every verdict. Never changed; a step gives a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import reports
from geodata.intake import answers, aside, blanks, draft, duplicates, gazetteer, geography, guessing, leftover, outcome, placing, when, where, which
from geodata.intake.aside import Aside
from geodata.intake.draft import Draft, Edit
from geodata.intake.ground import Ground
from geodata.intake.mapping import Mapping, require_columns_in
from geodata.intake.sheet import Sheet
from geodata.intake.verdicts import FIXED, HELD_BACK, LEVELS, NO_EVENT, WARNED, Findings, Question, Verdict
from geodata.problems import Problem
from geodata.tables import LINE

Progress = Callable[[str], None]
"""told what is done next"""

REASONS, CELLS = "why held back", "cells that fit no column"
"""columns of the rows held back that are in no file"""

STEPS = (
    ("comparing columns", leftover.judge), ("reading dates", when.convert), ("reading places", where.convert), ("reading kinds", which.convert),
    ("looking up places", gazetteer.place), ("comparing points with countries", geography.judge),
    ("comparing places with their words", placing.judge), ("looking for duplicates", duplicates.judge),
)  # fmt: skip


def silent(_: str) -> None:
    """Progress nobody wants to see."""


@dataclass(frozen=True, eq=False)
class Intake:
    """A file that is not in our schema, read into it."""

    file: str
    sheet: Sheet
    mapping: Mapping
    ground: Ground
    edits: tuple[Edit, ...] = ()
    progress: Progress = silent
    by_hand: bool = False
    """whether its rows were typed in just now: they are judged even in Panj's own columns"""

    def mapped(self, mapping: Mapping) -> Intake:
        """The same file under another mapping."""
        return replace(self, mapping=mapping)

    def answered(self, key: str, choice: str) -> Intake:
        """The same with a question answered."""
        return replace(self, mapping=self.mapping.answered(key, choice))

    def edited(self, line: int, target: str, value: str) -> Intake:
        """The same with one cell written anew; it is read like any other cell of the file."""
        if line not in self._lines:
            raise KeyError(f"{self.file} has no row at line {line}")
        return replace(self, edits=(*self.edits, Edit(line, target, value)))

    def undone(self) -> Intake:
        """The same without the last edit."""
        return replace(self, edits=self.edits[:-1])

    @property
    def table(self) -> pd.DataFrame:
        """Our columns, then the file's own, as text, with `_line`; every row that may be an event."""
        return self._read[0]

    @property
    def aside(self) -> list[Aside]:
        """Rows that are no events: totals, tags, repeated headers, empty ones."""
        return self._parts[1]

    @property
    def notes(self) -> list[str]:
        """Sentences about the file as a whole."""
        return [*self.sheet.notes, *self._read[1].notes]

    @property
    def kept(self) -> list[str]:
        """The file's columns that nothing is read from."""
        return leftover.kept(list(self.sheet.frame.columns), self.mapping)

    @property
    def questions(self) -> list[Question]:
        """What only the analyst can decide."""
        return self._read[1].questions

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Everything said about rows of `table`, held back first, then in the order of the file."""
        order = list(LEVELS)
        return sorted(self._read[1].verdicts, key=lambda verdict: (order.index(verdict.level), verdict.rows[0]))

    @cached_property
    def problems(self) -> list[Problem]:
        """Why rows are held back, one problem each, by line; rows that fit no header among them."""
        lines = self.table[LINE].to_numpy()
        found = [
            verdict.problem(self.file, int(lines[row])) for verdict in self._read[1].verdicts if verdict.level == HELD_BACK for row in verdict.rows
        ]
        return sorted(self.sheet.problems + found, key=lambda problem: problem.line)

    @property
    def reports(self) -> gpd.GeoDataFrame:
        """The rows that can be drawn, as `reports.read` gives them."""
        return self._drawn

    @cached_property
    def held_back(self) -> pd.DataFrame:
        """The rows held back as text, with column `REASONS`; the cells of a row that fits no header stand in `CELLS`."""
        rows = np.unique(np.concatenate([v.rows for v in self._read[1].verdicts if v.level == HELD_BACK] or [np.array([], int)]))
        frame = self.table.iloc[rows].assign(**{CELLS: ""})
        ragged = pd.DataFrame({CELLS: [";".join(cells) for _, cells in self.sheet.odd], LINE: [line for line, _ in self.sheet.odd]})
        both = pd.concat([frame, ragged], ignore_index=True) if len(ragged) else frame.reset_index(drop=True)
        reasons: dict[int, list[str]] = {}
        for problem in self.problems:
            reasons.setdefault(problem.line, []).append(str(problem))
        return both.fillna("").assign(**{REASONS: ["\n".join(reasons[line]) for line in both[LINE]]})

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows the file has, and how many of each level; a row is counted under each level it has."""
        found = self._read[1]
        held = len({problem.line for problem in self.problems})
        return {"rows": len(self.table) + len(self.sheet.odd), "used": len(self.table) - len(found.rows_at(HELD_BACK)), HELD_BACK: held,
                WARNED: len(found.rows_at(WARNED)),
                FIXED: len(found.rows_at(FIXED)), NO_EVENT: len(self.aside)}  # fmt: skip

    @cached_property
    def _drawn(self) -> gpd.GeoDataFrame:
        rows = np.delete(np.arange(len(self.table)), self._read[1].rows_at(HELD_BACK))
        table = self.table.iloc[rows].reset_index(drop=True)
        return reports.judged(table, self.file, self.ground.tables, self.ground.codes, self.ground.markings)[0]

    @cached_property
    def _lines(self) -> frozenset[int]:
        return frozenset(self._parts[0][LINE])

    @cached_property
    def _parts(self) -> tuple[pd.DataFrame, list[Aside]]:
        require_columns_in(self.mapping, self.sheet.frame, self.file)
        return aside.parted(self.sheet.frame, self.mapping)

    @cached_property
    def _read(self) -> tuple[pd.DataFrame, Findings]:
        rows, _ = self._parts
        leftover.require_targets(self.mapping, self.sheet, self.file)
        work = Draft(rows, self.mapping, self.ground)
        draft.pick(work)
        if not guessing.unmistakable(list(rows.columns)):
            blanks.clear(work)
        draft.fill_in(work, self.edits)
        stands = not self.by_hand and guessing.stands(list(rows.columns), self.mapping)
        if stands:
            work.findings.notes += why_as_it_stands(list(rows.columns))
        for what, step in () if stands else STEPS:
            self.progress(what)
            step(work)
        _tell_titles(work)
        answers.judge(work)
        self.progress("judging rows")
        return _judged(work, self.file)


def why_as_it_stands(columns: list[str]) -> list[str]:
    """A note on why a file is read as it stands, and what that means; none for one that has every column of Panj, as nobody else's has."""
    if guessing.written(columns):
        return []
    telling = [name for name in columns if name in guessing.UNMISTAKABLE]
    own = f"Panj's own column{'s' if len(telling) > 1 else ''} {', '.join(map(repr, telling))}"
    return [f"the file is read as it stands, because it has {own}: nothing is guessed, looked up or proposed"]


def _tell_titles(work: Draft) -> None:
    """Say of which columns the titles of a collection are made, which has none."""
    names = [name for part in work.schema.title if (name := work.their_name(part))] if work.schema else []
    if names and not work.mapping.columns.get("title"):
        work.findings.notes.append(f"{work.schema.name} has no titles: they are made of {' and '.join(map(repr, names))}")


def _judged(work: Draft, file: str) -> tuple[pd.DataFrame, Findings]:
    """The rules of our own schema on every row not held back yet."""
    table = outcome.finished(work)
    free = np.ones(len(table), bool)
    free[work.findings.rows_at(HELD_BACK)] = False
    ours = table[[*reports.COLUMNS, LINE]]
    rows = ours if free.all() else ours[free].reset_index(drop=True)
    _, problems = reports.checked(rows, file, work.ground.tables, work.ground.codes, work.ground.markings)
    position = pd.Series(np.arange(len(table)), index=table[LINE]) if problems else None
    together: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        together.setdefault((problem.column, problem.found, problem.right), []).append(problem.line)
    for (column, found, right), lines in together.items():
        work.findings.say(HELD_BACK, f"rule_{column}", work.column(column), found, right, np.sort(position[lines].to_numpy()))
    work.findings.drop(FIXED, work.findings.rows_at(HELD_BACK))
    return table, work.findings
