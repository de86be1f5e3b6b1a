"""The one place where a file comes in: by its path on this machine, or as bytes that somebody sent."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata import reports
from geodata.intake import encodings, formats, guessing
from geodata.intake.case import Intake, Progress, silent
from geodata.intake.ground import Ground
from geodata.intake.limits import refused, require_size
from geodata.intake.mapping import Mapping, remembered
from geodata.problems import Problem, TableError


def open_file(path: Path, ground: Ground, *, mapping: Mapping | None = None, memory: Path | None = None, progress: Progress = silent) -> Intake:
    """A file of this machine, read whole. Raises TableError when it cannot be used."""
    return admit(path.name, _content(path), ground, mapping=mapping, memory=memory, progress=progress)


def admit(file: str, content: bytes, ground: Ground, *, mapping: Mapping | None = None, memory: Path | None = None,
          progress: Progress = silent, by_hand: bool = False) -> Intake:  # fmt: skip
    """A file as bytes under the mapping given, else the one remembered in the folder `memory`, else a guessed one; `by_hand`: see `Intake`."""
    progress("reading the file")
    sheet = formats.read(file, content, sheet=mapping.sheet if mapping else "", encoding=mapping.encoding if mapping else "")
    if mapping is None and memory is not None:
        mapping = remembered(memory, sheet.frame.columns)
    return Intake(file, sheet, guessing.completed(mapping, sheet.frame), ground, progress=progress, by_hand=by_hand)


def drawn(events: Path | Intake, ground: Ground, mapping: Mapping | None = None) -> tuple[str, gpd.GeoDataFrame, list[Problem], pd.DataFrame]:
    """What an atlas needs of a file: its name, the reports that can be drawn, why others are held back, and those as text."""
    if isinstance(events, Path) and as_it_stands(events, mapping):
        return events.name, *reports.read(events, ground.tables, ground.codes, ground.markings)
    case = events if isinstance(events, Intake) else open_file(events, ground, mapping=mapping)
    return case.file, case.reports, case.problems, case.held_back


def as_it_stands(path: Path, mapping: Mapping | None) -> bool:
    """Whether a file is read without an intake: one in Panj's own columns for which no mapping says otherwise."""
    return mapping is None and in_own_schema(path)


def in_own_schema(path: Path) -> bool:
    """Whether a file is a CSV table in UTF-8 with commas whose header is Panj's own and nobody else's; such a file is read as it stands."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(1 << 16)
    except OSError:
        return True  # the strict reading says why it cannot be read
    if head.strip() == b"":
        return True
    header = _header(head)
    return header is not None and guessing.unmistakable(header)


def _header(head: bytes) -> list[str] | None:
    """The first row of a CSV table, None if there is no telling."""
    for mark, name in encodings.MARKS:
        if head.startswith(mark) and name != "utf-8-sig":
            return None
    try:
        row = next(csv.reader(io.StringIO(head.decode("utf-8-sig", "replace"), newline="")), [])
    except csv.Error:
        return None
    return [name.strip() for name in row] if "\0" not in "".join(row) else None


def _content(path: Path) -> bytes:
    try:
        require_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise TableError([Problem(path.name, 0, "", "", f"there is no such file: {path}")]) from error
    except IsADirectoryError as error:
        raise TableError([Problem(path.name, 0, "", "", f"is a folder, not a file: {path}")]) from error
    except OSError as error:
        raise refused(path.name, f"cannot be read: {error.strerror or error}") from error
