"""What this process shows: one atlas for every session, loaded before the first page is asked for."""

from __future__ import annotations

import secrets
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from dashboard import opening
from dashboard.layers import vocabulary
from dashboard.scene import Scene
from dashboard.selection import Selection, select
from dashboard.staging import scene
from dashboard.view import View, Vocabulary
from dashboard.webdata import data_files, rows, to_json_bytes
from geodata import atlas as facts
from geodata.atlas import Atlas
from geodata.intake import Mapping
from geodata.problems import TableError

NO_EVENTS = "title,start,place,lat,lon\n"


@dataclass(frozen=True)
class Desk:
    """The atlas, where its data lie for the browser, and what is wrong with the analyst's file."""

    atlas: Atlas
    own: bool = False
    """whether the events are the analyst's own; then they lie under a name nobody can guess, and nothing keeps a copy"""

    trouble: tuple[str, ...] = ()
    """why no events are shown: the analyst's file cannot be used, or the theatre has none, in sentences"""

    view: str = ""
    """the view to open when the address names none"""

    theatre: Path | None = None
    """the folder of another theatre's tables"""

    mapping: Mapping | None = None
    """which columns of the analyst's file are which, and of an earlier version of it; None = guessed"""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    @property
    def vocabulary(self) -> Vocabulary:
        """Every name a view may use."""
        return _vocabulary(self.atlas)

    @property
    def files(self) -> dict[str, bytes]:
        """What the frame fetches from `/data/`, by name."""
        return {self._name(name): content for name, content in data_files(self.atlas).items()}

    @property
    def private(self) -> frozenset[str]:
        """Names of files that hold the analyst's own rows."""
        return frozenset(name for name in self.files if self.token in name)

    def _name(self, name: str) -> str:
        return f"rows-{self.token}.json" if self.own and name.startswith("rows-") else name

    @property
    def addresses(self) -> tuple[str, str]:
        """Of the theatre and of the rows, as seen from the map's frame."""
        theatre, rows = (f"../../data/{self._name(name)}" for name in list(data_files(self.atlas))[:2])
        return theatre, rows


@dataclass(frozen=True, eq=False)
class OwnDesk(Desk):
    """What one session sees that has rows of its own: its rows lie under a name only it knows, and are gone with it."""

    base: Desk | None = None
    """the desk of the process, whose theatre it shares"""

    def __post_init__(self) -> None:
        """Be found by its token for as long as the session holds on to it."""
        _own[self.token] = self

    @cached_property
    def rows(self) -> bytes:
        """What its own frame fetches."""
        return to_json_bytes(rows(self.atlas))

    @property
    def files(self) -> dict[str, bytes]:
        """Nothing at a shared address."""
        return {}

    @property
    def addresses(self) -> tuple[str, str]:
        """The shared theatre, and its own rows."""
        return (self.base or desk_of_process()).addresses[0], f"../../own/{self.token}/rows.json"


_own: weakref.WeakValueDictionary[str, OwnDesk] = weakref.WeakValueDictionary()


def own_desk(token: str) -> OwnDesk | None:
    """The desk of a session by its token, as long as the session has it."""
    return _own.get(token)


_current: list[Desk] = []
_of_session: list[Callable[[], Desk | None]] = []


def ask_session(find: Callable[[], Desk | None]) -> None:
    """Let `find` say from now on which desk the session has that asks; None when it has none of its own."""
    _of_session[:] = [find]


def desk() -> Desk:
    """The desk of the session that asks, else that of the process."""
    own = next((own for find in _of_session if (own := find()) is not None), None)
    return own or desk_of_process()


def desk_of_process() -> Desk:
    """The desk every session begins with; the shipped facts when none was opened."""
    if not _current:
        use(Desk(facts.load()))
    return _current[0]


def use(opened: Desk) -> Desk:
    """Make `opened` the desk of this process."""
    _current[:] = [opened]
    return opened


def open_desk(events: Path | None, theatre: Path | None, view: str = "", *, mapping: Mapping | None = None) -> Desk:
    """Load the facts; an events file that cannot be used gives a desk without events that says why.

    Raises TableError when the theatre itself cannot be used.
    """
    own = events or (facts.events_of(theatre) if theatre else None)
    try:
        atlas = facts.load(own, theatre, mapping=mapping)
        trouble = (facts.NO_EVENTS,) if atlas.eventless else ()
        return Desk(atlas, own=own is not None, trouble=trouble, view=view or opening.text(atlas), theatre=theatre, mapping=mapping)
    except TableError as error:
        empty = without_events(theatre)  # raises by itself when the theatre is what is wrong
        name = own.name if own else empty.events_file
        return Desk(replace(empty, events_file=name), own=True, trouble=tuple(str(problem) for problem in error.problems),
                    view=view or opening.text(empty), theatre=theatre, mapping=mapping)  # fmt: skip


def earlier(content: bytes, name: str, theatre: Path | None) -> Atlas:
    """An earlier version of the events file, to compare with; TableError when it cannot be used. `name` is only said, never opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "earlier.csv"
        path.write_bytes(content)
        return replace(facts.load(path, theatre, like=desk().atlas, mapping=desk().mapping), events_file=name)


def without_events(theatre: Path | None) -> Atlas:
    """The theatre alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "none.csv"
        path.write_text(NO_EVENTS, encoding="utf-8")
        return facts.load(path, theatre)


@lru_cache(maxsize=16)
def _vocabulary(atlas: Atlas) -> Vocabulary:
    return vocabulary(atlas)


@lru_cache(maxsize=32)
def staged(atlas: Atlas, view: View, before: Atlas | None = None) -> Scene:
    """The scene of a view, compared with the atlas `before`; kept, because a rerun often asks for the same one."""
    return scene(atlas, view, before)


@lru_cache(maxsize=32)
def chosen(atlas: Atlas, view: View) -> Selection:
    """The selection of a view, for the counts beside the filters."""
    return select(atlas, view)
