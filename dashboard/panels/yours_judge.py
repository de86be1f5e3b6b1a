"""What is made of a session's own work: the file read and judged, the events entered by hand, and the desk that shows both."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.desk import Desk, OwnDesk
from dashboard.panels.yours_atlas import joined
from dashboard.panels.yours_parts import Part, part, repeated, repeated_said
from dashboard.projects import MERGE, Work
from geodata import intake
from geodata.atlas import Atlas
from geodata.intake import Ground, Intake, Mapping
from geodata.intake.case import Progress, silent
from geodata.intake.placing import PLACED
from geodata.problems import TableError
from geodata.reports import COLUMNS

BY_HAND = "entered by hand"


@dataclass(frozen=True, eq=False)
class Judged:
    """The work and everything that follows from it; made beside the page, shown by it."""

    work: Work
    file: Part | None = None
    """None without one"""

    by_hand: Part | None = None
    """the events entered by hand"""

    trouble: tuple[str, ...] = ()
    """why the file cannot be judged under this mapping, in sentences"""

    desk: OwnDesk | None = None
    """what the session sees; None = what every session sees"""

    said: tuple[str, ...] = ()
    """what was done to the work on the way, in sentences"""

    @property
    def case(self) -> Intake | None:
        """The file by itself."""
        return self.file.case if self.file else None

    @property
    def added(self) -> Intake | None:
        """The events entered by hand by themselves."""
        return self.by_hand.case if self.by_hand else None

    @property
    def parts(self) -> list[Part]:
        """What of the work can be drawn at all."""
        return [part for part in (self.file, self.by_hand) if part is not None and not (part is self.file and self.trouble)]


def judged(work: Work, base: Desk, before: Judged | None = None, *, memory: Path | None = None, progress: Progress = silent) -> Judged:
    """Read and judge. Raises TableError when the file cannot be read at all."""
    ground = Ground.of(base.atlas)
    case = _case(work, before, ground, memory, progress) if work.content else None
    work = replace(work, mapping=case.mapping) if case else work
    trouble = _trouble(case) if case else ()
    by_hand, said = entered(work.added, ground) if work.added else None, ()
    if not trouble:
        work, by_hand, said = _once(work, case, by_hand, ground)
    file, added = _beside(base.atlas, None if trouble else case, by_hand, work.use)
    made = Judged(work, Part(case) if trouble else file, added, trouble, said=said)
    if not (made.parts and work.use):
        return made
    progress("drawing the rows")
    return replace(made, desk=_desk(joined(base.atlas, made.parts, work.use), base, work))


def _once(work: Work, case: Intake | None, by_hand: Intake | None, ground: Ground) -> tuple[Work, Intake | None, tuple[str, ...]]:
    """The work with events entered by hand left to the file where it holds them in the same words, as the cleaned file does."""
    again = repeated(case, by_hand) if case and by_hand else []
    if not again:
        return work, by_hand, ()
    titles = [row["title"] for row in work.added if row["event"] in again]
    work = replace(work, added=tuple(row for row in work.added if row["event"] not in again))
    by_hand = entered(work.added, ground) if work.added else None
    return work, by_hand, (repeated_said(work.name, titles),)


def _beside(base: Atlas, case: Intake | None, by_hand: Intake | None, use: str) -> tuple[Part | None, Part | None]:
    """The file beside the events of the desk, then the events entered by hand beside both."""
    others = [(base.events_file, base.reports)] if use == MERGE else []
    file = part(case, others) if case is not None else None
    others += [(file.file, file.reports)] if file is not None else []
    return file, part(by_hand, others) if by_hand is not None else None


def _desk(atlas: Atlas, base: Desk, work: Work) -> OwnDesk:
    mapping = base.mapping if work.use == MERGE else work.mapping  # an earlier version is one of the desk's own file, or of that in its place
    made = OwnDesk(atlas, own=True, view=base.view, theatre=base.theatre, mapping=mapping, base=base)
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
    return replace(case, edits=work.edits)


def _read_alike(one: Mapping, other: Mapping) -> bool:
    return (one.sheet, one.encoding) == (other.sheet, other.encoding) and bool(one.columns)


def _judge_whole(case: Intake) -> Intake:
    """Judge all of a case now; what it finds is kept in it. Raises TableError when the mapping does not do."""
    _ = case.counts, case.verdicts, case.reports, case.held_back
    return case


def _trouble(case: Intake) -> tuple[str, ...]:
    """Judge a file; gives why it cannot be judged."""
    try:
        _judge_whole(case)
    except TableError as error:
        return tuple(map(str, error.problems))
    return ()


def entered(rows: tuple[dict[str, str], ...], ground: Ground) -> Intake:
    """Events entered by hand, judged as a file would be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [*COLUMNS, *([PLACED] if any(row.get(PLACED) for row in rows) else [])]
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return _judge_whole(intake.admit(BY_HAND, out.getvalue().encode(), ground, mapping=Mapping({name: name for name in COLUMNS}), by_hand=True))
