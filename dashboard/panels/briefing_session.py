"""What a session keeps for its Briefing tab: choices, preview, saved views, and what it has had made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import framing, saved
from dashboard.desk import staged
from dashboard.jobs import Bench
from dashboard.outputs import without
from dashboard.panels import address
from dashboard.panels.briefing_draft import Draft
from dashboard.saved import Shelf
from dashboard.scene import Scene
from dashboard.view import View
from geodata.atlas import Atlas


@dataclass(frozen=True)
class Look:
    """Everything a page is made of."""

    atlas: Atlas = field(repr=False)
    before: Atlas | None = field(repr=False)
    """an earlier version of the events, to compare with"""

    view: View
    draft: Draft

    @cached_property
    def framed(self) -> View:
        """The view as the page frames it: as it is when nothing is selected that has a place."""
        try:
            return framing.framed(self.atlas, self.view, self.draft.frame if self.draft.printed else "view")
        except framing.NothingSelectedError:
            return self.view

    @cached_property
    def key(self) -> str:
        """The same for looks that give the same preview."""
        paper = self.draft.paper
        told = (id(self.atlas), id(self.before), self.framed.to_query(), paper.size, paper.projection, sorted(paper.parts))
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]

    def scene(self) -> Scene:
        """What is drawn, without the parts that are left out."""
        return without(staged(self.atlas, self.framed, self.before), self.draft.paper)


class Session(Bench):
    """One analyst's bench."""

    def __init__(self) -> None:
        """As a new session finds it."""
        super().__init__()
        self.draft = Draft()
        self.look: Look | None = None
        """what the preview shows"""

        self.pictures: dict[str, bytes] = {}
        """the last previews, by the key of their look"""

        self.shelf: Shelf = saved.shelf()
        self.renaming = ""
        """name of the saved view that is being renamed"""

        self.deleted: tuple[str, str] | None = None
        """name and text of the view deleted last, to put it back"""

        self.said: list[str] = []
        """what has to be said of the choices, and of the saved views"""

        self.said_of_views: list[str] = []


def session() -> Session:
    """That of the page being made; a new one outside of any."""
    if _outside():
        return Session()
    if "bench" not in st.session_state:
        st.session_state["bench"] = Session()
    return st.session_state["bench"]


def earlier() -> Atlas | None:
    """The earlier version of the events that the session compares with."""
    return None if _outside() else address.earlier()


def _outside() -> bool:
    return get_script_run_ctx(suppress_warning=True) is None
