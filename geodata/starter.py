"""A commented starting point for another theatre: every table with a few invented rows, and what each column means."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from geodata.catalogue import SHIPPED, VOCABULARIES

STARTER = Path(__file__).resolve().parent / "starter"


class StarterError(ValueError):
    """The folder cannot be made; the text says why and what would be right."""


def contents() -> dict[str, bytes]:
    """The files by name: the starter's own, and the vocabularies as they are shipped."""
    shipped = [SHIPPED / f"{name}.csv" for name in VOCABULARIES]
    return {path.name: path.read_bytes() for path in sorted([*STARTER.iterdir(), *shipped], key=lambda path: path.name)}


def create(folder: Path) -> list[str]:
    """Make the folder, whole or not at all, and give the names of its files; StarterError when something stands there already."""
    if folder.is_dir() and any(folder.iterdir()):
        raise StarterError(f"{folder}: is a folder with files in it; the name of a new or empty folder would be right")
    if folder.exists() and not folder.is_dir():
        raise StarterError(f"{folder}: is a file; the name of a new or empty folder would be right")
    if not folder.resolve().parent.is_dir():
        raise StarterError(f"{folder}: there is no folder {folder.parent}")
    try:
        return _put(folder.resolve())
    except OSError as error:
        raise StarterError(f"{folder}: cannot be made: {error.strerror or error}") from error


def _put(folder: Path) -> list[str]:
    """Write beside it, then give it its name; an empty folder that is there stays the same one, somebody may stand in it."""
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, content in contents().items():
            (draft / name).write_bytes(content)
        if folder.exists():
            for path in sorted(draft.iterdir()):
                path.rename(folder / path.name)
        else:
            draft.chmod(0o755)
            draft.rename(folder)
    finally:
        if draft.exists():
            shutil.rmtree(draft)
    return sorted(path.name for path in folder.iterdir())
