"""The analyst's own data of the page being made: found at the beginning of a run, with what was judged and clicked meanwhile."""

from __future__ import annotations

import weakref

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import desk as desks
from dashboard import projects
from dashboard.desk import Desk, OwnDesk
from dashboard.panels.yours_session import Session
from dashboard.view import read_view


def session() -> Session:
    """That of the page being made; a new one outside of any."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Session()
    state = st.session_state
    if "yours" not in state:
        state["yours"] = Session(st.context.cookies.get(projects.COOKIE, "") if projects.kept() else "")
        state["yours"].restore()
    return state["yours"]


def current() -> Desk:
    """At the beginning of a run: the desk of this session, with what has been judged and where the map was clicked meanwhile."""
    own = session()
    own.place(st.session_state.pop("placed", None))
    if own.take():
        settle_view()
    return desks.desk()


def settle_view() -> None:
    """What of the view no longer means anything among these rows is left out of it."""
    state = st.session_state
    if "view" not in state:
        return
    view = read_view(state["view"].to_query(), desks.desk().vocabulary)[0]
    if view != state["view"]:
        state["view"], state["acted"] = view, True


def placing() -> bool:
    """Whether the next click on the map says where an event is."""
    own = session()
    return own.form is not None and own.form.place_it


_windows: dict[str, str] = {}
"""the window in which each desk of a session was shown, by the desk's token"""


def _own_desk() -> Desk | None:
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or "yours" not in st.session_state:
        return None
    own = st.session_state["yours"].now.desk
    if own is not None and own.token not in _windows:
        _windows[own.token] = context.session_id
        weakref.finalize(own, _windows.pop, own.token, None)
    return own


def desk_of_window(token: str) -> OwnDesk | None:
    """The desk of a session by its token, as long as its window is open: Streamlit holds a session for minutes after that."""
    own = desks.own_desk(token)
    window = _windows.get(token, "")
    return own if not (window and runtime.exists()) or runtime.get_instance().is_active_session(window) else None


desks.ask_session(_own_desk)
