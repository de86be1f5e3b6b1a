"""Views an analyst keeps by name: one small file in the user's data folder, written whole or not at all, never overwritten unread."""

from __future__ import annotations

import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.saved_list import DamagedError, ShelfError, Views, added, fitting, named, present, read, room, written

FILE = "views.json"


def home() -> Path:
    """The folder for what the analyst keeps: $PANJ_HOME, else the system's own place for data of a user."""
    if own := os.environ.get("PANJ_HOME"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "panj"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "panj"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "panj"


class Shelf:
    """Saved views kept in memory, for a session whose machine is not the analyst's own."""

    lasting = False
    """whether they are still there after a restart"""

    def __init__(self) -> None:
        """An empty one."""
        self._views: Views = {}
        self._lock = threading.Lock()
        self.said: list[str] = []
        """what has to be said of the list, in sentences"""

    def views(self) -> Views:
        """All of them now."""
        return dict(self._views)

    @contextmanager
    def _changing(self) -> Iterator[Views]:
        """The list as it is now; what was done to it is kept when no error was raised."""
        with self._lock:
            views = dict(self._views)
            yield views
            self._views = views

    def save(self, name: str, view: str) -> str:
        """Keep a view; returns the name it has. ShelfError when the name is taken."""
        name = named(name)
        with self._changing() as views:
            if views.get(name, view) != view:
                raise ShelfError(f"there is a saved view called {name!r} already; another name would be right")
            room(views, name)
            views[name] = fitting(view)
        return name

    def rename(self, name: str, to: str) -> str:
        """Give a view another name; it keeps its place."""
        to = named(to)
        with self._changing() as views:
            present(views, name)
            if to != name and to in views:
                raise ShelfError(f"there is a saved view called {to!r} already; another name would be right")
            kept = [(to if other == name else other, view) for other, view in views.items()]
            views.clear()
            views.update(kept)
        return to

    def delete(self, name: str) -> str:
        """Take a view off the list; returns its text."""
        with self._changing() as views:
            return views.pop(present(views, name))

    def add(self, found: Views) -> list[str]:
        """Put more views on the list; one whose name is taken gets a number. Returns the names they have."""
        with self._changing() as views:
            return [added(views, name, view) for name, view in found.items()]

    def export(self) -> bytes:
        """The list as a file for `read`."""
        return written(self.views())


class FileShelf(Shelf):
    """Saved views in a file, read again before every change, so that several pages and servers can share it."""

    lasting = True

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first view is saved."""
        super().__init__()
        self.folder, self.path = folder, folder / FILE

    def views(self) -> Views:
        """All of them as the file has them now; a file that cannot be read is said, and counts as empty."""
        try:
            return read(self.path.read_bytes(), FILE) if self.path.exists() else {}
        except DamagedError:
            return self._without_damage()
        except ShelfError as error:
            self._say(str(error))
        except OSError as error:
            self._say(f"{self.path}: cannot be read: {error.strerror or error}; it was left as it is")
        return {}

    def _without_damage(self) -> Views:
        """Put a damaged file aside, unless another program has just done so."""
        try:
            with self._changing() as views:
                return dict(views)
        except ShelfError as error:
            self._say(str(error))
            return {}

    @contextmanager
    def _changing(self) -> Iterator[Views]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._lock, _locked(self.folder):
                views = self._read()
                yield views
                replace(self.path, written(views))
        except OSError as error:
            raise ShelfError(f"{self.path}: cannot be written: {error.strerror or error}; nothing was changed") from error

    def _read(self) -> Views:
        """What the file holds; one that is damaged is put aside, so that it is never written over."""
        if not self.path.exists():
            return {}
        content = self.path.read_bytes()
        try:
            return read(content, FILE)
        except DamagedError as error:
            aside = self._put_aside()
            self._say(f"{error}. It was put aside as {aside}, and a new list was begun")
            return {}

    def _put_aside(self) -> Path:
        names = (self.folder / f"views.damaged-{number}.json" for number in range(1, 10_000))
        aside = next(path for path in names if not path.exists())
        self.path.rename(aside)
        return aside

    def _say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole, readable by its owner only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone with the folder, among the programs of this machine; the system lifts the lock of one that ends."""
    file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _hold(file)
        yield
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


Maker = Callable[[], Shelf]
_keeping: list[Maker] = [Shelf]


def keep_in(folder: Path | None) -> None:
    """Where every session keeps its views from now on: in a folder they share, or each in memory."""
    _keeping[:] = [lambda: FileShelf(folder)] if folder else [Shelf]


def shelf() -> Shelf:
    """The list of a new session."""
    return _keeping[0]()
