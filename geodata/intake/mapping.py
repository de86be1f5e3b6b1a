"""Which column of a file is which of ours: guessed, shown with examples, edited, kept as TOML, remembered for the next such file."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from geodata.intake.names import TARGETS
from geodata.problems import Problem, TableError
from geodata.tables import LINE

SCHEMAS = ("", "acled", "ucdp")


@dataclass(frozen=True)
class Mapping:
    """How a file is to be read; equal mappings read a file alike."""

    columns: dict[str, str] = field(default_factory=dict)
    """our column -> the file's; `coordinates` stands for latitude and longitude in one"""

    constants: dict[str, str] = field(default_factory=dict)
    """our column -> a value for every row in which it is empty"""

    kinds: dict[str, str] = field(default_factory=dict)
    """the file's word for a kind -> an id of kinds"""

    answers: dict[str, str] = field(default_factory=dict)
    """key of a question -> the choice"""

    schema: str = ""
    """`acled`, `ucdp` or empty"""

    sheet: str = ""
    encoding: str = ""
    """empty = found out"""

    def answered(self, key: str, choice: str) -> Mapping:
        """The same with one more answer."""
        return replace(self, answers={**self.answers, key: choice})

    def toml(self, frame: pd.DataFrame | None = None) -> str:
        """As a file that `parse` reads back; with a frame, each column is followed by examples."""
        lines = ["# which column of the file is which of Panj's"]
        lines += [
            f"{name} = {_quoted(value)}" for name, value in (("schema", self.schema), ("sheet", self.sheet), ("encoding", self.encoding)) if value
        ]
        for title, table in (("columns", self.columns), ("constants", self.constants), ("kinds", self.kinds), ("answers", self.answers)):
            lines += ["", f"[{title}]"]
            lines += [f"{_quoted(key)} = {_quoted(value)}{_shown(frame, value) if title == 'columns' else ''}" for key, value in table.items()]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, which JSON's are but for one letter."""
    return json.dumps(text.encode("utf-16", "replace").decode("utf-16", "replace"), ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(frame: pd.DataFrame | None, column: str) -> str:
    found = examples(frame, column) if frame is not None and column in frame else []
    return f"  # {', '.join(map(_quoted, found))}" if found else ""


def examples(frame: pd.DataFrame, column: str, *, most: int = 3) -> list[str]:
    """The first different values of a column, shortened."""
    head = frame[column].iloc[:2000]
    return [text[:40] for text in head[head != ""].drop_duplicates().iloc[:most]]


def parse(text: str, file: str) -> Mapping:
    """A mapping from TOML. Raises TableError saying what is wrong with it."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError([Problem(file, 0, "", "", f"is not a mapping in TOML: {error}")]) from error
    wrong = list(_faults(found, file))
    if wrong:
        raise TableError(wrong)
    return Mapping(**found)


def load(path: Path) -> Mapping:
    """A mapping from a file. Raises TableError."""
    try:
        return parse(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError as error:
        raise TableError([Problem(path.name, 0, "", "", f"there is no such file: {path}")]) from error
    except IsADirectoryError as error:
        raise TableError([Problem(path.name, 0, "", "", f"is a folder; a file with a mapping in TOML would be right: {path}")]) from error
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1} is 0x{error.object[error.start]:02x}"
        raise TableError([Problem(path.name, 0, "", "", f"is not text in UTF-8, as a mapping in TOML is: {found}")]) from error
    except OSError as error:
        raise TableError([Problem(path.name, 0, "", "", f"cannot be read: {error.strerror or 'this machine does not say why'}")]) from error


def _faults(found: dict, file: str) -> Iterable[Problem]:
    tables, texts = ("columns", "constants", "kinds", "answers"), ("schema", "sheet", "encoding")
    for key, value in found.items():
        if key in texts and not isinstance(value, str):
            yield Problem(file, 0, key, str(value), "is not text in quotes")
        elif key in tables and not (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
            yield Problem(file, 0, key, str(value), 'is not a table of texts like start = "Date"')
        elif key not in tables + texts:
            yield Problem(file, 0, key, str(value), f"is not a part of a mapping; choose from {', '.join(tables + texts)}")
        elif key in ("columns", "constants"):
            yield from (
                Problem(file, 0, key, name, f"is not a column of ours; choose from {', '.join(TARGETS)}") for name in value if name not in TARGETS
            )
    if isinstance(found.get("schema"), str) and found["schema"] not in SCHEMAS:
        yield Problem(file, 0, "schema", found["schema"], "is not one of acled, ucdp")


def require_columns_in(mapping: Mapping, frame: pd.DataFrame, file: str) -> None:
    """Raise TableError when a mapping names columns the file does not have."""
    missing = sorted({column for column in mapping.columns.values() if column not in frame})
    if missing:
        there = ", ".join(repr(name) for name in frame.columns if name != LINE)
        raise TableError(Problem(file, 0, "", "", f"has no column {name!r}, which the mapping names; it has {there}") for name in missing)


def _remembered_as(folder: Path, columns: Iterable[str]) -> Path:
    names = "\x1f".join(sorted(name for name in columns if not name.startswith("_")))
    return folder / f"columns-{hashlib.sha256(names.encode('utf-8', 'replace')).hexdigest()[:16]}.toml"


def remember(folder: Path, columns: Iterable[str], mapping: Mapping) -> None:
    """Keep a mapping for the next file with the same columns; answers about rows of this file are not kept."""
    general = {key: choice for key, choice in mapping.answers.items() if key in GENERAL}
    folder.mkdir(parents=True, exist_ok=True)
    target = _remembered_as(folder, columns)
    handle, draft = tempfile.mkstemp(dir=folder, suffix=".part")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(replace(mapping, answers=general).toml())
    os.replace(draft, target)


GENERAL = ("date order", "coordinate order", "day numbers", "width and length")
"""questions whose answer holds for every file of the same maker"""


def remembered(folder: Path, columns: Iterable[str]) -> Mapping | None:
    """The mapping kept for files with these columns, None when there is none."""
    path = _remembered_as(folder, columns)
    return load(path) if path.exists() else None
