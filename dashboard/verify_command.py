"""`panj verify`: is what a brief shows still true, field by field."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard import seal
from dashboard.asked import FINE, INPUT, UsageError, load


def run(options: argparse.Namespace) -> int:
    """Tell what became of what the brief shows; the exit code."""
    name = options.brief.name
    try:
        sealed, whole = _sealed(options.brief)
    except seal.SealError as error:
        return _told(f"{name}: {error}", INPUT)
    if sealed is None:
        return _told(f"{name}: carries no seal", INPUT)
    if not whole and not seal.editable(options.brief):
        return _told(f"{name}: was altered after it was made", INPUT)
    findings = seal.compare(sealed, load(options))
    edited = "" if whole else "; the file was edited after it was made"
    about = f"{name}: made by panj {sealed.panj} from {sealed.view or 'the default view'}, marked {sealed.marking}{edited}"
    about = "\n".join([about, *(f"  page {number}: {view or 'the default view'}" for number, view in enumerate(sealed.views, 1))])
    rows = f"{sealed.count:,} rows behind it"
    if findings:
        return _told("\n".join([about, _changed(findings, rows), *(f"  {finding}" for finding in findings)]), INPUT)
    return _told(f"{about}\nunchanged: all {rows} read the same", FINE)


def _changed(findings: list, rows: str) -> str:
    added = sum(finding.added for finding in findings)
    lost = f"{len(findings) - added:,} of {rows} no longer hold" if added < len(findings) else f"all {rows} read the same"
    return f"{lost}; reports added to their events: {added:,}:" if added else f"{lost}:"


def _sealed(path: Path):
    try:
        return seal.read_file(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error


def _told(text: str, code: int) -> int:
    print(text)
    return code
