"""What a command was asked for, read from its options: facts, view, paper. What cannot work is a UsageError that says what would."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from dashboard import words
from geodata.problems import TableError

FINE, INPUT, USAGE = 0, 1, 2
"""exit codes: done; something is wrong with what was read; with how the command was called"""

FRAMES = ("view", "selection")
"""what `--frame` can be, the default first"""

SIZES = "a4, a3 or letter, each also with -portrait, slide, or width x height in mm such as 200x150"
PROJECTIONS = ("conformal", "equal-area", "screen")


class UsageError(ValueError):
    """The command was called in a way that cannot work; the text says what would."""


def parser(name: str, about: str) -> argparse.ArgumentParser:
    """Of a command that shows events, with the options all of them have."""
    made = argparse.ArgumentParser(prog=f"panj {name}".strip(), description=about)
    made.add_argument("--events", type=Path, metavar="FILE", help="your own events file instead of the shipped one")
    made.add_argument("--map", type=Path, metavar="MAPPING", help="a mapping of its columns in TOML, as panj check --save-map writes it")
    made.add_argument("--theatre", type=Path, metavar="DIR", help="a folder with another theatre's tables")
    return made


def files_read(options: argparse.Namespace) -> list[Path]:
    """Every file that an export may read, be it there or not."""
    from geodata import atlas, starter

    tables = {path.name for folder in (atlas.TABLES, starter.STARTER) for path in folder.glob("*.csv")}
    given = (options.events, options.since_file, options.map)
    return [*filter(None, given), atlas.shipped_events(), *((options.theatre or atlas.TABLES) / name for name in tables)]


def require_theatre(options: argparse.Namespace) -> None:
    """UsageError when the theatre is no folder."""
    if options.theatre is not None and not options.theatre.is_dir():
        raise UsageError(f"--theatre {options.theatre}: there is no such folder")


def mapping_for(options: argparse.Namespace, events: Path | None):
    """The mapping given for the events file; UsageError when it cannot be read, or there is no such file."""
    from geodata import atlas
    from geodata.intake import mapping

    if options.map is None:
        return None
    if events is None and (options.theatre is None or atlas.events_of(options.theatre) is None):
        raise UsageError(f"--map {options.map}: there is no file whose columns it names; --events FILE would be right")
    try:
        return mapping.load(options.map)
    except TableError as error:
        raise UsageError(str(error)) from error


def load(options: argparse.Namespace):
    """The facts with the events file given, else the theatre's own; a theatre without one is told of."""
    from geodata import atlas

    require_theatre(options)
    loaded = atlas.load(options.events, options.theatre, mapping=mapping_for(options, options.events))
    if loaded.eventless:
        print(atlas.NO_EVENTS, file=sys.stderr)
    return loaded


def paper(options: argparse.Namespace, *, printed: bool = True):
    """What an output is drawn on; its size only matters where it is `printed`."""
    from dashboard import outputs

    if printed:
        _require_size(options.size)
    return outputs.Paper(options.size, _dpi(options), options.projection)


def _dpi(options: argparse.Namespace) -> int:
    if not 96 <= options.dpi <= 600:
        raise UsageError(f"--dpi {options.dpi}: a number from 96 to 600 would be right")
    return options.dpi


def _require_size(size: str) -> None:
    from dashboard.page.paper import paper

    try:
        paper(size)
    except ValueError as error:
        raise UsageError(f"--size: {error}") from error


def before(atlas, options: argparse.Namespace):
    """The earlier version of the events to compare with, read under the same mapping."""
    from geodata import atlas as facts

    if options.since_file is None:
        return None
    return facts.load(options.since_file, options.theatre, like=atlas, mapping=mapping_for(options, options.since_file))


def view_of(atlas, options: argparse.Namespace):
    """The view that is asked for, with its marking."""
    from dashboard import opening
    from dashboard.layers import vocabulary
    from dashboard.view import read_view

    view, complaints = read_view(options.view, vocabulary(atlas)) if options.view else opening.view(atlas, vocabulary(atlas))
    if complaints:
        raise UsageError("\n".join(complaints))
    return _framed(atlas, _marked(atlas, view, options.marking), options.frame)


def _framed(atlas, view, frame: str):
    """The view with the frame that is asked for."""
    from dashboard import framing

    try:
        return framing.framed(atlas, view, frame)
    except framing.NothingSelectedError as error:
        raise UsageError(f"--frame {frame}: {error}") from error


def add_frame(made: argparse.ArgumentParser) -> None:
    """The option for what a page is framed on."""
    made.add_argument("--frame", choices=FRAMES, default=FRAMES[0], help="as the view says, or around what it selects with id=: an event, border, "
                      "country, range, base, region, or the events of a party")  # fmt: skip


def _marked(atlas, view, marking: str | None):
    """The view raised to the marking that is asked for."""
    if marking is None:
        return view
    if marking not in atlas.markings.names:
        raise UsageError(f"--marking {marking!r} is not one of {', '.join(atlas.markings.names)}")
    return replace(view, marking=atlas.markings.highest([marking, view.marking or atlas.markings.lowest]))


HELD_BACK = 10
"""rows held back, or links, that are named one by one"""


def tell_held_back(atlas) -> None:
    """Name on stderr what is held back, by line and reason: the first ones, and how many there are besides; nothing when all is drawn."""
    if not atlas.problems:
        return
    print(summary(atlas.events_file, len(atlas.reports), atlas.held_back_rows), file=sys.stderr)
    for problem in atlas.problems[:HELD_BACK]:
        print(f"  {problem}", file=sys.stderr)
    if len(atlas.problems) > HELD_BACK:
        print(f"  and {len(atlas.problems) - HELD_BACK:,} more, which panj check names", file=sys.stderr)


def summary(file: str, used: int, held_back: int) -> str:
    """How many rows of a file are drawn and how many are not."""
    return f"{file}: {words.count(used + held_back, 'row')}, {used:,} used, {held_back:,} held back"
