"""What is done beside the page: one output, or an atlas of many, and the small preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard import outputs, series
from dashboard.jobs import ONE_AT_A_TIME, Job, Make
from dashboard.outputs import OutputError
from dashboard.panels.briefing_session import Look, Session
from dashboard.series_pages import BOUND, Made, Pages

PREVIEW_PX = 1100
"""the longer side of a preview"""

KEPT = 6
"""previews kept for each session"""


def make(look: Look) -> Make:
    """What makes the files of a look."""
    return lambda job: (_bound if look.draft.every else _one)(look, job)


def doing(look: Look) -> str:
    """What is done, for the reader."""
    if look.draft.every:
        return "drawing the atlas"
    return "drawing the page" if look.draft.printed else "writing the file"


def _one(look: Look, job: Job) -> dict[str, bytes]:
    """One output, and what goes beside it."""
    with job.alone():
        scene = look.scene()
        content = outputs.OUTPUTS[look.draft.ending](look.atlas, scene, look.draft.paper)
        found = outputs.with_seal(Path(job.name), content, look.atlas, scene)
    return {path.name: made for path, made in found.items()}


def _bound(look: Look, job: Job) -> dict[str, bytes]:
    """An atlas as one file: every page in turn, then the book of them."""
    draft = look.draft
    found = series.series(look.atlas, look.framed, draft.every, skip_empty=draft.skip_empty, before=look.before)
    with TemporaryDirectory() as folder:
        pages = Pages(look.atlas, found, Path(folder) / "pages", draft.ending.removeprefix("."), draft.paper, look.before)
        job.count(0, len(pages.files))
        steps = pages.made()
        while (made := _next(steps, job)) is not None:
            job.count(made.number, made.of, made.title)
        return {job.name: made_whole(pages)}


def _next(steps: Iterator[Made], job: Job) -> Made | None:
    with job.alone():
        return next(steps, None)


def made_whole(pages: Pages) -> bytes:
    """The book of all pages."""
    if pages.book is None:
        raise OutputError(f"an atlas in one file is one of {', '.join(BOUND)}, not {pages.ending}")
    return pages.book.read_bytes()


def preview(own: Session, key: str) -> bytes | None:
    """A small PNG of the page; None when the session looks at another one by now. An error of `jobs.SAID` says why there is none."""
    with ONE_AT_A_TIME:
        look = own.look
        if look is None or look.key != key:
            return None
        if key not in own.pictures:
            own.pictures[key] = _drawn(look)
            while len(own.pictures) > KEPT:
                del own.pictures[next(iter(own.pictures))]
        return own.pictures[key]


def _drawn(look: Look) -> bytes:
    from dashboard import page
    from dashboard.page.paper import paper

    sheet = paper(look.draft.size)
    inches = max(sheet.width, sheet.height) * sheet.print_scale / 25.4
    return page.png(look.scene(), look.atlas, size=look.draft.size, dpi=max(36, round(PREVIEW_PX / inches)), projection=look.draft.projection)
