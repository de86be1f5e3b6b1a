"""What an analyst takes away: the rows that can be drawn as a valid events file, those held back with their reasons, and the mapping."""

from __future__ import annotations

import csv
import io

import pandas as pd

from dashboard.panels.yours_judge import Judged
from geodata import outtake, reports
from geodata.tables import LINE

CLEANED, HELD, MAPPING = "cleaned.csv", "held-back.csv", "mapping.toml"


def cleaned(now: Judged) -> bytes:
    """Every row that can be drawn, of the file and entered by hand, in UTF-8 with commas."""
    frames = [part.reports for part in now.parts]
    if not frames:
        return ",".join(reports.COLUMNS).encode() + b"\r\n"
    names = list(dict.fromkeys(name for frame in frames for name in reports.columns(frame)))
    both = pd.concat([frame.assign(**{name: "" for name in names if name not in frame})[names] for frame in frames], ignore_index=True)
    return outtake.csv_bytes(both, columns=names, unmarked="")


def held_back(now: Judged) -> bytes:
    """Every row held back as it stands in the file or was entered by hand, with its line and why."""
    frames = [part.held_back for part in now.parts if len(part.held_back)]
    if not frames:
        return b"line\r\n"
    frame = pd.concat(frames, ignore_index=True).fillna("")
    names = [name for name in frame.columns if name != LINE]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["line", *(outtake.defused(name) for name in names)])
    for row in frame.to_dict("records"):
        writer.writerow([row[LINE], *(outtake.defused(str(row[name])) for name in names)])
    return out.getvalue().encode()


def mapping(now: Judged) -> bytes:
    """The mapping as TOML, with examples."""
    return now.case.mapping.toml(now.case.sheet.frame).encode() if now.case is not None else b""


FILES = {CLEANED: (cleaned, "text/csv"), HELD: (held_back, "text/csv"), MAPPING: (mapping, "application/toml")}
"""what makes each, and what it is"""
