"""The table while it is made: the file's cells by our column, what was found on the way, values replaced one distinct text at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.intake.adapters import SCHEMAS, Schema
from geodata.intake.ground import Ground
from geodata.intake.mapping import Mapping
from geodata.intake.names import plain
from geodata.intake.verdicts import FIXED, WARNED, Changes, Findings, where
from geodata.tables import LINE

Ways = Callable[[list[str], list[str]], Iterable[object]]
"""the way in which each text was read as another, from the texts and what they were read as; of two ways none speaks for the other"""

MANY = 20
"""distinct values of a column fixed in one way that are told one by one; of more, one speaks for all"""


@dataclass(frozen=True)
class Edit:
    """One cell written anew by the analyst."""

    line: int
    target: str
    """our column, or `coordinates`"""

    value: str


@dataclass(eq=False)
class Draft:
    """One reading of a file under one mapping."""

    raw: pd.DataFrame
    mapping: Mapping
    ground: Ground
    cells: dict[str, pd.Series] = field(default_factory=dict)
    """our column -> text"""

    findings: Findings = field(default_factory=Findings)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """questions that came up, answered or not, with their choices"""

    _constant: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def schema(self) -> Schema | None:
        """The collection the file comes from."""
        return SCHEMAS.get(self.mapping.schema)

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.raw)

    def get(self, target: str) -> pd.Series:
        """The text of one of our columns, empty where the file has none."""
        return self.cells[target] if target in self.cells else self.all("")

    def all(self, value: str) -> pd.Series:
        """A column of one value."""
        if value not in self._constant:
            self._constant[value] = pd.Series(value, index=self.raw.index, dtype="str")
        return self._constant[value]

    def numbers(self, target: str) -> np.ndarray:
        """A column as numbers, NaN where it is empty or no finite number."""
        texts = pa.array(self.get(target))
        try:
            numbers = pc.cast(pc.if_else(pc.equal(texts, ""), None, texts), pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            numbers = pd.to_numeric(self.get(target), errors="coerce").to_numpy(float)
        return np.where(np.isfinite(numbers), numbers, np.nan)

    def their(self, name: str) -> pd.Series | None:
        """A column of the file by its plain name, None if it has none such."""
        column = self.their_name(name)
        return self.raw[column] if column else None

    def their_name(self, name: str) -> str:
        """How the file writes the name of a column."""
        return next((column for column in self.raw.columns if plain(column) == plain(name)), "")

    def code(self, name: str, codes: Iterable[str], vaguest: str) -> pd.Series:
        """A collection's column of codes, `3.0` read as 3; a code nobody knows, and none at all, is the vaguest, and that is said."""
        column = self.their(name)
        known = [*codes]
        if column is None:
            column = self.all("")
        read = column if column.isin(known).all() else column.str.replace(r"\.0+$", "", regex=True)
        unknown = where(~read.isin(known).to_numpy())
        if not len(unknown):
            return read
        right = f"is no code of {self.schema.name}: {', '.join(known)} would be right; it was read as the vaguest, {vaguest}"
        self.findings.say_each(WARNED, "precision_code", self.their_name(name) or name, column, unknown, right)
        return read.where(read.isin(known), vaguest)

    def column(self, target: str) -> str:
        """What the file calls one of our columns."""
        return self.mapping.columns.get(target, self.mapping.columns.get("coordinates", target) if target in ("lat", "lon") else target)

    def answer(self, key: str, choices: Iterable[str]) -> str:
        """The analyst's answer to a question that came up; empty when there is none, or none that it offers."""
        self.asked[key] = tuple(choices)
        given = self.mapping.answers.get(key, "")
        return given if given in self.asked[key] else ""

    def put(self, target: str, values: Iterable[str] | str, rows: np.ndarray | None = None) -> None:
        """Write a column, or the given positions of it."""
        if rows is None:
            self.cells[target] = self.all(values) if isinstance(values, str) else pd.Series(list(values), index=self.raw.index, dtype="str")
        elif len(rows):
            column = self.get(target).to_numpy(object, copy=True)
            column[rows] = values if isinstance(values, str) else np.asarray(list(values), object)
            self.cells[target] = pd.Series(column, index=self.raw.index, dtype="str")

    def fill(self, target: str, value: str) -> None:
        """Write a value wherever the column is empty."""
        column = self.get(target)
        self.cells[target] = column.where(column != "", value)

    def empty(self, target: str) -> np.ndarray:
        """Positions at which a column says nothing."""
        return where(self.get(target) == "")


def pick(draft: Draft) -> None:
    """The file's cells under our names."""
    draft.cells = {target: draft.raw[column] for target, column in draft.mapping.columns.items()}


def fill_in(draft: Draft, edits: tuple[Edit, ...]) -> None:
    """Constants where cells are empty, the analyst's own corrections on top."""
    for target, value in draft.mapping.constants.items():
        draft.fill(target, value)
    positions = dict(zip(draft.raw[LINE], range(draft.rows), strict=True)) if edits else {}
    for edit in edits:
        draft.put(edit.target, edit.value, np.array([positions[edit.line]]))
        if edit.target in ("lat", "lon") and "coordinates" in draft.cells:
            draft.put("coordinates", "", np.array([positions[edit.line]]))


def replace_each(draft: Draft, target: str, code: str, read: Callable[[str], str], *, level: str = FIXED, right: str = "was read as {to!r}",
                 ways: Ways | None = None) -> None:  # fmt: skip
    """Replace every distinct text of a column by what `read` makes of it, and say so for each that changes."""
    groups, texts = distinct(draft.get(target))
    read_as = np.array([read(text) if text else "" for text in texts], object)
    draft.cells[target] = pd.Series(read_as[groups], index=draft.raw.index, dtype="str")
    say_fixed(draft, target, code, groups, texts, read_as, level=level, right=right, ways=ways)


def say_fixed(draft: Draft, target: str, code: str, groups: np.ndarray, texts: list[str], read_as: np.ndarray, *, level: str = FIXED,
              right: str = "was read as {to!r}", ways: Ways | None = None) -> None:  # fmt: skip
    """One verdict for each distinct text that was read as another; of very many that were read in one way, one speaks for all."""
    changed = [i for i, text in enumerate(texts) if read_as[i] != text]
    if not changed:
        return
    rows = rows_of(groups, len(texts))
    column, changes = draft.column(target), Changes(groups, texts, read_as, right)
    for alike in [changed] if len(changed) <= MANY else _alike(changed, texts, read_as, ways or by_words):
        if len(alike) <= MANY:
            for i in alike:
                draft.findings.say(level, code, column, texts[i], right.format(to=read_as[i]), rows(i), to=read_as[i])
        else:
            member = np.zeros(len(texts), bool)
            member[alike] = True
            draft.findings.say_changes(level, code, column, changes, where(member[groups]))


def _alike(changed: list[int], texts: list[str], read_as: np.ndarray, ways: Ways) -> list[list[int]]:
    """The numbers of the texts that changed, those together that changed in one way."""
    together: dict[object, list[int]] = {}
    for i, way in zip(changed, ways([texts[i] for i in changed], [read_as[i] for i in changed]), strict=True):
        together.setdefault(way, []).append(i)
    return list(together.values())


def by_words(_: list[str], read_as: list[str]) -> list[str]:
    """Few words, such as kinds of status, are each a way of their own; many, such as titles cut short, are one."""
    return read_as if len(set(read_as)) <= MANY else [""] * len(read_as)


def by_notation(texts: list[str], read_as: list[str]) -> list[tuple[str, str]]:
    """Numbers and dates: what is written alike and is read as what is written alike."""
    return [(notation(text), notation(to)) for text, to in zip(texts, read_as, strict=True)]


def notation(text: str) -> str:
    """How a text is written, whatever it says: `01.09.2021` as `0.0.0`, `38,5` as `0,0`, `Sept 2021` as `a 0`."""
    return _LETTERS.sub("a", _FIGURES.sub("0", text))


_FIGURES, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


def distinct(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """For every row the number of its text, and the distinct texts."""
    groups, texts = pd.factorize(column)
    return groups, [str(text) for text in texts]


def rows_of(groups: np.ndarray, count: int) -> Callable[[int], np.ndarray]:
    """Gives the positions of the rows of one distinct text."""
    order = np.argsort(groups, kind="stable")
    ends = np.searchsorted(groups[order], np.arange(count + 1))
    return lambda i: order[ends[i] : ends[i + 1]]
