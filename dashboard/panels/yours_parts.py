"""The analyst's own rows beside those of others: which of them cannot stand there, because they are told there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard import words
from geodata import outtake
from geodata.intake import HELD_BACK, LEVELS, WARNED, Intake, Verdict
from geodata.intake.case import CELLS, REASONS
from geodata.intake.verdicts import grouped
from geodata.problems import Problem
from geodata.tables import LINE

FIELDS = ("title", "start", "end", "kind", "status", "place", "country", "lat", "lon", "summary", "source", "reported")
"""what is entered by hand"""

KNOWN = "is an event of {file} already, and this row is no further report of it: another kind, or a source that reports it already"


@dataclass(frozen=True, eq=False)
class Part:
    """A table of the analyst's own, and what of it can be drawn beside the others."""

    case: Intake
    known: tuple[Verdict, ...] = ()
    """what holds back rows that could be drawn if they were alone"""

    @property
    def file(self) -> str:
        """Its name."""
        return self.case.file

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Everything said of its rows, held back first, then in the order of the file."""
        order = list(LEVELS)
        return sorted([*self.known, *self.case.verdicts], key=lambda verdict: (order.index(verdict.level), verdict.rows[0]))

    @cached_property
    def counts(self) -> dict[str, int]:
        """As those of an intake."""
        counts, more = self.case.counts, len(self._rows)
        return {**counts, "used": counts["used"] - more, HELD_BACK: counts[HELD_BACK] + more}

    @cached_property
    def reports(self) -> gpd.GeoDataFrame:
        """The rows that can be drawn beside the others."""
        rows = self.case.reports
        return rows[~rows[LINE].isin(self._lines)].reset_index(drop=True) if self.known else rows

    @cached_property
    def problems(self) -> list[Problem]:
        """Why rows are held back, by line."""
        lines = self.case.table[LINE].to_numpy()
        found = [verdict.problem(self.file, int(lines[row])) for verdict in self.known for row in verdict.rows]
        return sorted([*self.case.problems, *found], key=lambda problem: problem.line)

    @cached_property
    def held_back(self) -> pd.DataFrame:
        """The rows held back as text, with their reasons, by line."""
        if not self.known:
            return self.case.held_back
        reasons = {problem.line: str(problem) for problem in self.problems}
        rows = self.case.table.iloc[self._rows]
        rows = rows.assign(**{CELLS: "", REASONS: [reasons[line] for line in rows[LINE]]})
        both = pd.concat([self.case.held_back, rows], ignore_index=True) if len(self.case.held_back) else rows
        return both.sort_values(LINE, kind="stable", ignore_index=True)

    @cached_property
    def _rows(self) -> np.ndarray:
        return np.unique(np.concatenate([verdict.rows for verdict in self.known])) if self.known else np.array([], int)

    @cached_property
    def _lines(self) -> np.ndarray:
        return self.case.table[LINE].to_numpy()[self._rows]


def part(case: Intake, others: Sequence[tuple[str, gpd.GeoDataFrame]]) -> Part:
    """A table beside others, each with the name of its file."""
    rows = case.reports
    lines = rows[LINE].to_numpy()
    free, known = np.ones(len(rows), bool), []
    position = pd.Series(np.arange(len(case.table)), index=case.table[LINE])
    for file, there in others:
        told = free & _told(there, rows)
        free &= ~told
        known += [Verdict(HELD_BACK, "known", case.mapping.columns.get("event", "event"), event, KNOWN.format(file=file),
                          np.sort(position[lines[found]].to_numpy())) for event, found in grouped(rows["event"], np.flatnonzero(told))]  # fmt: skip
    return Part(case, tuple(known))


def _told(there: gpd.GeoDataFrame, rows: gpd.GeoDataFrame) -> np.ndarray:
    """Rows that carry the id of an event that is there without being a new report of it."""
    kinds = there.drop_duplicates("event").set_index("event")["kind"]
    reported = set(zip(there["event"], there["source"], strict=True))
    other = rows["event"].isin(kinds.index) & (rows["event"].map(kinds) != rows["kind"])
    again = np.array([report in reported for report in zip(rows["event"], rows["source"], strict=True)], bool)
    return other.to_numpy(bool) | again


def repeated(case: Intake, by_hand: Intake) -> list[str]:
    """Events entered by hand that stand in a file in the same words."""
    there = _texts(case.reports[case.reports["event"].isin(by_hand.reports["event"])])
    return [told[0] for told in _texts(by_hand.reports) if told in there]


def _texts(rows: gpd.GeoDataFrame) -> list[list[str]]:
    return outtake.cells(rows, ("event", *FIELDS))


def repeated_said(file: str, titles: Sequence[str]) -> str:
    """That events entered by hand are the file's now."""
    one = len(titles) == 1
    return (f"{words.count(len(titles), 'event')} entered by hand {'stands' if one else 'stand'} in {file} in the same words and "
            f"{'is' if one else 'are'} taken from there now: {', '.join(map(repr, titles[:5]))}"
            f"{f' and {len(titles) - 5:,} more' if len(titles) > 5 else ''}")  # fmt: skip


def reasons(by_hand: Part) -> dict[str, str]:
    """Why events entered by hand are not drawn, by their ids."""
    frame = by_hand.held_back
    return dict(zip(frame["event"], frame[REASONS], strict=True)) if len(frame) else {}


def remarks(by_hand: Part) -> dict[str, list[str]]:
    """What is said of events entered by hand that are drawn all the same, by their ids: what is doubtful, and where a name was found."""
    said: dict[str, list[str]] = {}
    for verdict in by_hand.verdicts:
        if verdict.level == WARNED or verdict.code == "placed":
            for event in by_hand.case.table["event"].iloc[verdict.rows]:
                said.setdefault(event, []).append(sentence(verdict))
    return said


def sentence(verdict: Verdict) -> str:
    """What is said of an event that has no line in a file."""
    return f"{verdict.column} {verdict.found!r} {verdict.right}".strip()


def apart(names: Sequence[str], taken: set[str]) -> list[str]:
    """Names of files that differ from each other and from those taken: a second one of a name gets a number."""
    free: list[str] = []
    for name in names:
        number, one = 2, name
        while one in taken or one in free:
            number, one = number + 1, f"{name} ({number})"
        free.append(one)
    return free


def renamed(problems: Sequence[Problem], file: str) -> list[Problem]:
    """The same, of a file under another name."""
    return [replace(problem, file=file) for problem in problems]
