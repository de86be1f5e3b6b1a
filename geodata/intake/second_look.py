"""Doubts about a file that is in our own schema already: it is drawn as it says, and this is what speaks against that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from geodata import reports, tables
from geodata.intake import duplicates, geography
from geodata.intake.draft import Draft
from geodata.intake.ground import Ground
from geodata.intake.mapping import Mapping
from geodata.intake.verdicts import WARNED, Verdict
from geodata.tables import LINE

AS_THEY_STAND = {geography.SWAPPED: "keep", geography.CENTRE: "keep"}


def doubts(path: Path, ground: Ground, held_back: set[int]) -> list[Verdict]:
    """Warnings whose `rows` are lines of the file; rows held back for other reasons are left out."""
    frame, _ = tables.read(path)
    frame = frame[~frame[LINE].isin(held_back)].reset_index(drop=True)
    own = {name: name for name in reports.COLUMNS if name in frame}
    draft = Draft(frame, Mapping(own, answers=AS_THEY_STAND), ground, {name: frame[name] for name in own})
    geography.judge(draft)
    if not (draft.get("event") != "").all():  # rows that carry ids have been told apart by whoever gave them
        duplicates.judge(draft)
    lines = frame[LINE].to_numpy()
    return [replace(verdict, level=WARNED, rows=lines[verdict.rows]) for verdict in draft.findings.verdicts]
