"""A list of views by name, and the form it has in a file: plain text, read without trust."""

from __future__ import annotations

import json

FORMAT = 1
"""number of the file's form; a higher one is left alone"""

MOST, LONGEST_NAME, LONGEST_VIEW, MOST_BYTES = 1000, 100, 20_000, 1_000_000
"""views, characters of a name, characters of a view, bytes of a file to import"""

Views = dict[str, str]
"""view texts by name, in the order in which they were saved"""


class ShelfError(ValueError):
    """A list of views that cannot be read, written or changed so; the text says why."""


class DamagedError(ShelfError):
    """Text that is no list of views."""


def read(content: bytes, file: str) -> Views:
    """The views of a file, in its order; DamagedError when it is none, ShelfError when it is of a later form."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DamagedError(f"{file}: is not a list of saved views: {error}") from error
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{file}: is not a list of saved views: it holds a number or a nesting without end") from error
    if not isinstance(told, dict) or not isinstance(told.get("views"), list) or not isinstance(told.get("panj_views"), int):
        raise DamagedError(f"{file}: is not a list of saved views; one exported here would be right")
    if told["panj_views"] > FORMAT:
        raise ShelfError(f"{file}: was written by a later version of panj; it was left as it is")
    views: Views = {}
    for number, entry in enumerate(told["views"], 1):
        added(views, *_entry(entry, f"{file}: view {number}"))
    return views


def _entry(entry: object, where: str) -> tuple[str, str]:
    name, view = (entry.get("name"), entry.get("view")) if isinstance(entry, dict) else (None, None)
    if not isinstance(name, str) or not isinstance(view, str):
        raise DamagedError(f"{where}: has no name and view in words")
    try:
        return named(name), fitting(view)
    except ShelfError as error:
        raise DamagedError(f"{where}: {error}") from error


def written(views: Views) -> bytes:
    """A list of views as a file."""
    told = {"panj_views": FORMAT, "views": [{"name": name, "view": view} for name, view in views.items()]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def named(text: str) -> str:
    """A name as it is kept; ShelfError when it is none."""
    name = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not name:
        raise ShelfError("a saved view needs a name")
    if len(name) > LONGEST_NAME:
        raise ShelfError(f"the name has {len(name)} characters; at most {LONGEST_NAME} would be right")
    return name


def fitting(view: str) -> str:
    """The view's text, if it is not too long to be kept."""
    if len(view) > LONGEST_VIEW:
        raise ShelfError(f"the view has {len(view):,} characters; at most {LONGEST_VIEW:,} would be right")
    return view


def present(views: Views, name: str) -> str:
    """The name, if there is a view of it."""
    if name not in views:
        raise ShelfError(f"there is no saved view called {name!r} any more")
    return name


def room(views: Views, name: str) -> None:
    """ShelfError when the list is full."""
    if len(views) >= MOST and name not in views:
        raise ShelfError(f"there are {MOST:,} saved views, which is the most; delete one first")


def added(views: Views, name: str, view: str) -> str:
    """Put a view on the list under its name, or under that with a number when another view has it."""
    fitting(view)
    free, number = name, 1
    while views.get(free, view) != view:
        number += 1
        free = f"{name[: LONGEST_NAME - 7]} ({number})"
    room(views, free)
    views[free] = view
    return free
