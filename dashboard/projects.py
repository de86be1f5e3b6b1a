"""An analyst's own rows as they are worked on, kept in the user's folder: opened by a token only the browser knows, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dashboard.saved import _locked, replace
from geodata.intake import Mapping
from geodata.intake.draft import Edit
from geodata.intake.mapping import parse
from geodata.intake.names import TARGETS
from geodata.intake.placing import PLACED
from geodata.problems import TableError
from geodata.reports import COLUMNS

COOKIE = "panj-project"
STEPS = 20
"""steps that can be undone after the page was opened anew"""

MERGE, REPLACE = "merge", "replace"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ProjectError(ValueError):
    """The work cannot be kept or read again; the text says why."""


@dataclass(frozen=True)
class Work:
    """All of one analyst's own: the file as it came, and every decision about it."""

    name: str = ""
    """of the file, only ever shown"""

    content: bytes = field(default=b"", repr=False)
    mapping: Mapping | None = None
    """None = not read yet"""

    edits: tuple[Edit, ...] = ()
    added: tuple[dict[str, str], ...] = ()
    """events entered by hand: our columns as text"""

    use: str = ""
    """MERGE with the events of the desk, REPLACE them, or empty: not drawn"""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.content and not self.added

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file; empty without one."""
        return hashlib.sha256(self.content).hexdigest() if self.content else ""


def token() -> str:
    """A new name nobody can guess."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether a browser's word can be a token at all."""
    return bool(_TOKEN.fullmatch(text))


class Projects:
    """The folder of projects; a file's name is a digest of its token, so that the folder's list opens none of them."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first project is kept."""
        self.folder = folder

    def open(self, token: str) -> tuple[Work, int]:
        """The work of a token and its serial number; an empty one and 0 when there is none. ProjectError when it cannot be read."""
        with _reading(self._path(token)) as told:
            return (_work(self._path(token), told), told["serial"]) if told else (Work(), 0)

    def before(self, token: str) -> Work | None:
        """What is to be gone back to when the work of a token turns out to be none; None when it was judged. ProjectError as `open`."""
        with _reading(self._path(token)) as told:
            return _work(self._path(token), told["before"]) if "before" in told else None

    def past(self, token: str, work: Work) -> list[Work]:
        """The steps before the work of a token, the oldest first. ProjectError as `open`."""
        path = self._path(token)
        with _reading(path) as told:
            steps = told.get("past", [])
            if not isinstance(steps, list) or not all(isinstance(step, dict) and step.get("file") == work.digest for step in steps):
                raise _damaged(path)
            return [_work(path, step, work.content) for step in steps]

    def keep(self, token: str, work: Work, serial: int, *, before: Work | None = None, past: Sequence[Work] = ()) -> int:
        """Write the work that was `serial` when it was read, and give its new number. ProjectError when another window has gone on meanwhile.

        `before`: kept beside work that nobody has judged yet; `past`: steps that can be undone, of which `lasting` are kept.
        """
        path = self._path(token)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _locked(self.folder):
                if _serial(path) != serial:
                    raise ProjectError("another window has changed this work meanwhile; nothing is kept from here on: reloading this page shows it")
                _write(path, work, before, lasting(past, work), serial + 1)
        except OSError as error:
            raise ProjectError(f"{path}: cannot be written: {error.strerror or error}; the work is lost when this page is closed") from error
        return serial + 1

    def memory(self, token: str) -> Path:
        """The folder in which the mappings of a token's files are remembered for its next ones."""
        path = self._path(token)
        return path.with_name(f"{path.stem}-mappings")

    def forget(self, token: str) -> None:
        """Remove the mappings remembered for a token's files. ProjectError when they cannot be."""
        folder = self.memory(token)
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise ProjectError(f"{folder}: cannot be removed: {error.strerror or error}; deleting it by hand would be right") from error

    def _path(self, token: str) -> Path:
        return self.folder / f"{hashlib.sha256(token.encode()).hexdigest()[:40]}.json"


def lasting(past: Sequence[Work], work: Work) -> list[Work]:
    """The last steps about the same file: neither a file that was replaced nor what was there before it was removed stays because of them."""
    kept: list[Work] = []
    for step in reversed(past[-STEPS:] if not work.empty else ()):
        if step.content is not work.content and step.digest != work.digest:
            break
        kept.append(step)
        if step.empty:
            break
    return kept[::-1]


def _write(path: Path, work: Work, before: Work | None, past: Sequence[Work], serial: int) -> None:
    """The files first, then what names them, then the files nothing names any more are removed."""
    named = {_content(path, one.digest): one.content for one in (work, before) if one is not None and one.content}
    for content, there in named.items():
        if not content.exists():
            replace(content, there)
    told = {"panj": "project", "serial": serial, **_parts(work), "past": [_parts(step) for step in past]}
    told |= {"before": _parts(before)} if before is not None else {}
    replace(path, json.dumps(told, ensure_ascii=True, indent=1).encode())
    for other in path.parent.glob(f"{path.stem}-*.file"):
        if other not in named:
            _remove(other)


def _remove(path: Path) -> None:
    """One that cannot be removed is no reason to call the work unkept; the next keep tries again."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logging.getLogger("panj").warning("%s: cannot be removed yet: %s", path, error.strerror or error)


def _content(path: Path, digest: str) -> Path:
    return path.with_name(f"{path.stem}-{digest[:40]}.file")


def _serial(path: Path) -> int:
    return _told(path)["serial"] if path.exists() else 0


def _parts(work: Work) -> dict:
    return {"name": work.name, "file": work.digest, "mapping": work.mapping.toml() if work.mapping else "",
            "edits": [[edit.line, edit.target, edit.value] for edit in work.edits], "added": list(work.added), "use": work.use}  # fmt: skip


@contextmanager
def _reading(path: Path) -> Iterator[dict]:
    """What a project file says, nothing where there is none; ProjectError when it, or what it names, cannot be read."""
    try:
        yield _told(path) if path.exists() else {}
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read: {error.strerror or error}; it was left as it is") from error


def _told(path: Path) -> dict:
    """What a project file says, as far as it says it in the right shape."""
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not (isinstance(told, dict) and told.get("panj") == "project" and isinstance(told.get("serial"), int)):
        raise _damaged(path)
    return told


def _damaged(path: Path) -> ProjectError:
    return ProjectError(f"{path}: is no project file, or a damaged one; it was left as it is, and nothing is kept while it is there")


def _work(path: Path, told: dict, content: bytes | None = None) -> Work:
    """`content`: of its file, when that has been read already."""
    try:
        name, digest, mapping, use = (str(told[key]) for key in ("name", "file", "mapping", "use"))
        edits = tuple(Edit(int(line), str(target), str(value)) for line, target, value in told["edits"])
        added = tuple({key: str(row[key]) for key in (*COLUMNS, PLACED) if key in row} for row in told["added"])
        read = parse(mapping, path.name) if mapping else None
    except (KeyError, TypeError, ValueError, TableError) as error:
        raise _damaged(path) from error
    if use not in ("", MERGE, REPLACE) or any(edit.target not in TARGETS for edit in edits) or (digest and not _DIGEST.fullmatch(digest)):
        raise _damaged(path)
    if content is None:
        content = _content(path, digest).read_bytes() if digest else b""
    work = Work(name, content, read, edits, added, use)
    if work.digest != digest:
        raise _damaged(path)
    return work


_keeping: list[Projects] = []


def keep_in(folder: Path | None) -> None:
    """Where work is kept from now on; None: nowhere but in each session."""
    _keeping[:] = [Projects(folder)] if folder else []


def kept() -> Projects | None:
    """The folder of projects, if there is one."""
    return _keeping[0] if _keeping else None
