"""The printed page of the view as a PNG: made when it is asked for, once per view."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from dashboard.desk import Desk, staged
from dashboard.outputs import OUTPUTS, Paper
from dashboard.view import View
from geodata.atlas import Atlas

DPI = 200
_one_at_a_time = Lock()


def png_of(atlas: Atlas, view: View, before: Atlas | None = None) -> bytes:
    """The PNG of a view, compared with `before`; a second asking for the same one waits for the first."""
    with _one_at_a_time:
        return _png(atlas, view, before)


@lru_cache(maxsize=4)
def _png(atlas: Atlas, view: View, before: Atlas | None) -> bytes:
    return OUTPUTS[".png"](atlas, staged(atlas, view, before), Paper(dpi=DPI))


def address(desk: Desk, view: View) -> str:
    """Where the browser gets the picture of a view."""
    return f"/picture/{desk.token}.png?{view.to_query()}"


def name(view: View) -> str:
    """The file's name."""
    return f"panj-{view.start.isoformat()}-{view.end.isoformat()}.png"
