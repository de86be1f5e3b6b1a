"""The `panj` command: open the dashboard, export a view, check a file. Errors are sentences; 0 fine, 1 input, 2 usage."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from importlib.metadata import version
from pathlib import Path

from dashboard import asked
from dashboard.asked import FINE, INPUT, PROJECTIONS, USAGE, UsageError
from geodata.problems import TableError


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    command = words[0] if words and words[0] in COMMANDS else ""
    parser, run = COMMANDS[command]
    try:
        code = run(parser().parse_args(words[1:] if command else words))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has enough of it; what is left to write goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except TableError as error:
        return _complain(str(error), INPUT)
    except UsageError as error:
        return _complain(str(error), USAGE)
    except KeyboardInterrupt:
        return 130


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


def _serve_parser() -> argparse.ArgumentParser:
    parser = asked.parser("", "Open the dashboard. Other commands: export, atlas, check, verify, new, info.")
    parser.add_argument("--view", default="", metavar="TEXT", help="what to open, such as from=2021-09-01&to=2021-09-30, or a pasted link")
    parser.add_argument("--port", type=int, default=8501, metavar="N")
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="the address to listen on; this machine only unless given")
    parser.add_argument("--name", action="append", default=[], metavar="NAME", help="another name by which browsers call this machine")
    parser.add_argument("--projects", type=Path, metavar="DIR", help="a folder in which the rows analysts bring are kept, each for its own browser; "
                        "without it they are kept in your data folder when only this machine is served, else in memory")  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    parser.add_argument("--version", action="version", version=f"panj {version('panj')}")
    return parser


def _export_parser() -> argparse.ArgumentParser:
    parser = asked.parser("export", "Write a view to a file; the ending decides: .png, .svg, .pdf and .pptx are drawn, "
                          ".html is the map itself in one file, .json is what is drawn, .csv, .xlsx, .geojson, .gpkg, .parquet and .kml "
                          "are the reports behind it, with a seal beside the file.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--view", default="", metavar="TEXT", help="a view, or a whole pasted link")
    parser.add_argument("--size", default="a4", metavar="SIZE", help=asked.SIZES)
    parser.add_argument("--dpi", type=int, default=300, metavar="N", help="96 to 600")
    parser.add_argument("--projection", choices=PROJECTIONS, default=PROJECTIONS[0], help="true in shape, true in area, or as on the screen")
    asked.add_frame(parser)
    parser.add_argument("--marking", metavar="M", help="raises the computed marking, never lowers it")
    parser.add_argument("--since-file", type=Path, metavar="OLD", help="an earlier version of the events file: what changed is marked and listed")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when rows are held back")
    return parser


def _atlas_parser() -> argparse.ArgumentParser:
    from dashboard import series_command

    return series_command.parser()


def _check_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="panj check", description="Say what is wrong with a file, row by row.")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--theatre", type=Path, metavar="DIR", help="a folder with another theatre's tables")
    parser.add_argument("--json", action="store_true", help="as data")
    parser.add_argument("--map", type=Path, metavar="MAPPING", help="a mapping of the file's columns in TOML instead of a guessed one")
    parser.add_argument("--save-map", type=Path, metavar="MAPPING", help="write the mapping used, with examples, to edit and give back with --map")
    parser.add_argument("--force", action="store_true", help="replace an existing mapping")
    return parser


def _verify_parser() -> argparse.ArgumentParser:
    parser = asked.parser("verify", "Is what a brief shows still true? 0 unchanged; 1 altered, unsealed, or rows of it read differently now.")
    parser.add_argument("brief", type=Path, metavar="BRIEF")
    return parser


def _new_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="panj new", description="Make a folder with a commented starting point for another theatre.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    return parser


def _info_parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog="panj info", description="Versions, data sources and licences.")


def _serve(options: argparse.Namespace) -> int:
    from dashboard import server

    if not 1 <= options.port <= 65535:
        raise UsageError(f"--port {options.port}: a number from 1 to 65535 would be right")
    asked.require_theatre(options)
    if options.projects is not None and options.projects.exists() and not options.projects.is_dir():
        raise UsageError(f"--projects {options.projects}: is a file, not a folder")
    return server.serve(events=options.events, theatre=options.theatre, host=options.host, port=options.port, browser=not options.no_browser,
                        view=options.view, kept=options.projects, mapping=asked.mapping_for(options, options.events),
                        names=options.name)  # fmt: skip


def _export(options: argparse.Namespace) -> int:
    from dashboard import outputs

    try:
        make = outputs.maker(options.out)
        outputs.writable(options.out, force=options.force)
        outputs.spared(options.out, asked.files_read(options))
        paper = asked.paper(options, printed=options.out.suffix.lower() in outputs.PRINTED)
        atlas = asked.load(options)
        shown = _scene(atlas, options)
        outputs.write_all(outputs.with_seal(options.out, make(atlas, shown, paper), atlas, shown))
    except outputs.OutputError as error:
        raise UsageError(str(error)) from error
    return _after_export(options, atlas, shown, paper)


def _atlas(options: argparse.Namespace) -> int:
    from dashboard import series_command

    return series_command.run(options)


def _scene(atlas, options: argparse.Namespace):
    from dashboard.staging import scene

    return scene(atlas, asked.view_of(atlas, options), asked.before(atlas, options))


def _after_export(options: argparse.Namespace, atlas, shown, paper) -> int:
    """Say where it is, what was held back, what the page cannot show, and which entries of the legend would be confused."""
    from dashboard.remarks import remarks

    print(options.out)
    for told in remarks(shown, options.out.suffix.lower(), paper):
        print(told, file=sys.stderr)
    asked.tell_held_back(atlas)
    return INPUT if options.strict and atlas.problems else FINE


def _check(options: argparse.Namespace) -> int:
    """Print everything that is wrong; exit code 1 when rows are held back or nothing can be read."""
    from dashboard import checking
    from geodata import atlas, intake

    asked.require_theatre(options)
    mapping = asked.mapping_for(options, options.file)
    if intake.as_it_stands(options.file, mapping):
        words, found = checking.check_own(options.file, lambda: atlas.load(options.file, options.theatre), save=_saver(options))
    else:
        words, found = checking.check_foreign(options.file, options.theatre, mapping, save=_saver(options))
    print(checking.text_of(words, found, as_data=options.json))
    return INPUT if found["problems"] else FINE


def _saver(options: argparse.Namespace):
    """Writes a mapping where it is to go, never over what it is made from; None when it is not asked for."""
    from dashboard import outputs

    target = options.save_map

    def _save(text: str) -> None:
        try:
            outputs.spared(target, [options.file])
            outputs.writable(target, force=options.force)
            outputs.write(target, text.encode())
        except outputs.OutputError as error:
            raise UsageError(str(error)) from error

    return _save if target else None


def _verify(options: argparse.Namespace) -> int:
    from dashboard import verify_command

    return verify_command.run(options)


def _new(options: argparse.Namespace) -> int:
    from geodata import starter

    try:
        names = starter.create(options.folder)
    except starter.StarterError as error:
        raise UsageError(str(error)) from error
    print(f"{options.folder}: {', '.join(names)}")
    print(f"README.txt there says what each column means; panj --theatre {shlex.quote(str(options.folder))} opens it")
    return FINE


def _info(_: argparse.Namespace) -> int:
    from geodata.atlas import SHAPES

    print(f"panj {version('panj')}, Python {sys.version.split()[0]}")
    for package in ("streamlit", "folium", "streamlit-folium", "geopandas", "shapely", "pyproj", "pandas", "numpy", "matplotlib"):
        print(f"  {package} {version(package)}")
    print()
    print((SHAPES / "SOURCES.md").read_text(encoding="utf-8"))
    return FINE


COMMANDS = {
    "": (_serve_parser, _serve), "export": (_export_parser, _export), "atlas": (_atlas_parser, _atlas), "check": (_check_parser, _check),
    "verify": (_verify_parser, _verify), "new": (_new_parser, _new), "info": (_info_parser, _info),
}  # fmt: skip
