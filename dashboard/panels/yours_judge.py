"""What is made of a session's own work: the file read and judged, the events entered by hand, and the desk that shows both."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.desk import Desk, OwnDesk
from dashboard.panels.yours_atlas import joined
from dashboard.projects import Work
from geodata import intake
from geodata.atlas import Atlas
from geodata.intake import Ground, Intake, Mapping
from geodata.intake.case import Progress, silent
from geodata.problems import TableError
from geodata.reports import COLUMNS

BY_HAND = "entered by hand"


@dataclass(frozen=True, eq=False)
class Judged:
    """The work and everything that follows from it; made beside the page, shown by it."""

    work: Work
    case: Intake | None = None
    """the file, None without one"""

    added: Intake | None = None
    """the events entered by hand"""

    trouble: tuple[str, ...] = ()
    """why the file cannot be judged under this mapping, in sentences"""

    desk: OwnDesk | None = None
    """what the session sees; None = what every session sees"""


def judged(work: Work, base: Desk, before: Judged | None = None, *, memory: Path | None = None, progress: Progress = silent) -> Judged:
    """Read and judge. Raises TableError when the file cannot be read at all."""
    ground = Ground.of(base.atlas)
    case = _case(work, before, ground, memory, progress) if work.content else None
    work = replace(work, mapping=case.mapping) if case else work
    by_hand = entered(work.added, ground) if work.added else None
    try:
        cases = [one for one in (case, by_hand) if one is not None and _whole(one)]
    except TableError as error:
        return Judged(work, case, by_hand, tuple(map(str, error.problems)))
    if not (cases and work.use):
        return Judged(work, case, by_hand)
    progress("drawing the rows")
    return Judged(work, case, by_hand, desk=_desk(joined(base.atlas, cases, work.use), base))


def _desk(atlas: Atlas, base: Desk) -> OwnDesk:
    made = OwnDesk(atlas, own=True, view=base.view, theatre=base.theatre, base=base)
    _ = made.rows, made.vocabulary  # made here, beside the page, not when they are first asked for
    return made


def _case(work: Work, before: Judged | None, ground: Ground, memory: Path | None, progress: Progress) -> Intake:
    """The file under its mapping; one that was read already is not read again."""
    old = before.case if before and before.work.content is work.content else None
    if old is not None and work.mapping is not None and _read_alike(work.mapping, old.mapping):
        return replace(old, mapping=work.mapping, edits=work.edits, progress=progress)
    try:
        case = intake.admit(work.name, work.content, ground, mapping=work.mapping, memory=memory, progress=progress)
    except TableError:
        if work.mapping is not None or memory is None:
            raise
        case = intake.admit(work.name, work.content, ground, progress=progress)  # what was remembered may be what is wrong
    if case.mapping.sheet and not case.mapping.columns:  # another sheet was chosen: its columns are other ones
        from geodata.intake.guessing import guess

        case = case.mapped(replace(guess(case.sheet.frame), sheet=case.mapping.sheet))
    return replace(case, edits=work.edits)


def _read_alike(one: Mapping, other: Mapping) -> bool:
    return (one.sheet, one.encoding) == (other.sheet, other.encoding) and bool(one.columns)


def _whole(case: Intake) -> bool:
    """Judge all of a case now; what it finds is kept in it."""
    return bool(case.counts) and case.verdicts is not None and case.reports is not None and case.held_back is not None


def entered(rows: tuple[dict[str, str], ...], ground: Ground) -> Intake:
    """Events entered by hand, judged as a file would be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([row.get(name, "") for name in COLUMNS] for row in rows)
    return intake.admit(BY_HAND, out.getvalue().encode(), ground, mapping=Mapping({name: name for name in COLUMNS}))
