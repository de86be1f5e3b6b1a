"""`panj atlas`: a page for every step of a view, told of on the terminal as it goes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard import asked, words
from dashboard.outputs import OutputError
from dashboard.series import EVERY, SeriesError, series
from dashboard.series_pages import ENDINGS, Made, Pages


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    made = asked.parser("atlas", "Write a page for every step of a view into a folder, and for pdf and pptx one file of them all with a table of "
                       "contents. Started again, it makes only what is missing or has changed.")  # fmt: skip
    made.add_argument("outdir", type=Path, metavar="OUTDIR", help="a folder, made if it is not there")
    made.add_argument("--every", required=True, choices=tuple(EVERY), help="days, weeks from Monday, months; or the events drawn, the borders "
                      "drawn strong with 50 km to either side, the countries that take part")  # fmt: skip
    made.add_argument("--format", default="pdf", choices=ENDINGS)
    made.add_argument("--skip-empty", action="store_true", help="no page for steps without an event")
    made.add_argument("--view", default="", metavar="TEXT", help="a view, or a whole pasted link")
    made.add_argument("--size", default="a4", metavar="SIZE", help=asked.SIZES)
    made.add_argument("--dpi", type=int, default=300, metavar="N", help="96 to 600")
    made.add_argument("--projection", choices=asked.PROJECTIONS, default=asked.PROJECTIONS[0],
                      help="true in shape, true in area, or as on the screen")  # fmt: skip
    asked.add_frame(made)
    made.add_argument("--marking", metavar="M", help="raises the computed marking of every page, never lowers it")
    made.add_argument("--since-file", type=Path, metavar="OLD", help="an earlier version of the events file: what changed is marked and listed")
    made.add_argument("--force", action="store_true", help="replace files of these names that are not ours, or were edited")
    return made


def run(options: argparse.Namespace) -> int:
    """Make the atlas; its exit code."""
    paper = asked.paper(options)
    atlas = asked.load(options)
    try:
        before = asked.before(atlas, options)
        found = series(atlas, asked.view_of(atlas, options), options.every, skip_empty=options.skip_empty, before=before)
        pages = Pages(atlas, found, options.outdir, options.format, paper, before)
        pages.check(force=options.force)
        made = list(told(pages.made()))
    except (OutputError, SeriesError) as error:
        raise asked.UsageError(str(error)) from error
    kept = sum(file.kept for file in made)
    left_out = f", {words.count(found.skipped, 'step')} without events left out" if found.skipped else ""
    print(pages.book or options.outdir)
    files = f"{words.count(len(made) - kept, 'file')} made, {kept:,} kept as they were"
    print(f"{words.count(len(found.steps), 'page')}{left_out}: {files}", file=sys.stderr)
    for remark, names in _remarks(made).items():
        more = f" and {words.count(len(names) - 1, 'other page')}" if len(names) > 1 else ""
        print(f"{names[0]}{more}: {remark}", file=sys.stderr)
    asked.tell_held_back(atlas)
    return asked.FINE


def _remarks(made: Iterable[Made]) -> dict[str, list[str]]:
    """What must be said of pages, with the names of their files."""
    found: dict[str, list[str]] = {}
    for file in made:
        for remark in file.remarks:
            found.setdefault(remark, []).append(file.file.name)
    return found


def told(made: Iterable[Made]) -> Iterator[Made]:
    """Pass on what is made; on a terminal say how far it is and how long the rest may take."""
    if not sys.stderr.isatty():
        yield from made
        return
    start, drawn = time.monotonic(), 0
    try:
        for file in made:
            drawn += not file.kept
            left = (time.monotonic() - start) / max(drawn, 1) * (file.of - file.number)
            print(f"\r\x1b[K{file.number} of {file.of}: {file.file.name}, about {left:.0f} s left", end="", file=sys.stderr, flush=True)
            yield file
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
