"""Small facts, checked by eye, for tests: three reports are a table, not a file."""

from __future__ import annotations

import csv
from pathlib import Path

from geodata import atlas, catalogue, events, reports
from geodata.reports import COLUMNS

FILLED = {"title": "Exercise", "kind": "exercise", "status": "held", "start": "2021-09-10", "place": "Dushanbe", "lat": "38.5", "lon": "68.8",
          "country": "TJK", "reliability": "", "credibility": "2", "marking": "TLP:CLEAR"}  # fmt: skip


def write(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
    """An events file with these rows; what a row leaves out is empty."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(**values: str) -> dict[str, str]:
    """A report of something held in Dushanbe on 10 September 2021, changed by `values`."""
    return FILLED | values


def report(source: str, reported: str, **values: str) -> dict[str, str]:
    """A report of event E by a source of its own."""
    return row(event="E", source=source, reported=reported) | {"reliability": "B"} | values


def loaded(path: Path, rows: list[dict[str, str]]) -> atlas.Atlas:
    """An atlas with these reports and the shipped theatre."""
    return atlas.load(write(path / "own.csv", rows))


def read(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS):
    """Reports, problems and rows held back of these rows."""
    return reports.read(write(path / "own.csv", rows, columns), shipped_tables(), codes())


def composed(path: Path, rows: list[dict[str, str]], known: int) -> dict:
    """The only event of these reports as known on a day."""
    frame, problems, _ = read(path, rows)
    assert not problems, [str(problem) for problem in problems]
    versions = events.versions(frame)
    spans = versions[(versions["known_from"] <= known) & (versions["known_to"] > known)]
    assert len(spans) == 1
    return spans.iloc[0].to_dict()


_shipped: dict = {}


def codes() -> frozenset[str]:
    """Country codes of the shipped shapes."""
    if "codes" not in _shipped:
        _shipped["codes"] = atlas.country_codes(atlas.shape("countries"))
    return _shipped["codes"]


def shipped_tables() -> dict:
    """The shipped theatre's tables."""
    if "tables" not in _shipped:
        _shipped["tables"] = catalogue.read_all(atlas.TABLES, codes())
    return _shipped["tables"]


def shipped() -> atlas.Atlas:
    """The shipped atlas, loaded once."""
    if "atlas" not in _shipped:
        _shipped["atlas"] = atlas.load()
    return _shipped["atlas"]


def ground():
    """What other people's files are judged against, read once."""
    if "ground" not in _shipped:
        from geodata.intake import Ground

        _shipped["ground"] = Ground.read()
    return _shipped["ground"]
