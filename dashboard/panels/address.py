"""The View of this session: the same thing as the page's address. Widgets, pieces and the map's frame change it only here."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import acts
from dashboard import desk as desks
from dashboard.acts import Choices
from dashboard.desk import desk
from dashboard.opening import home
from dashboard.panels.unbroken import unbroken
from dashboard.view import Box, View, read_view
from geodata.atlas import Atlas
from geodata.problems import TableError


def current() -> View:
    """The view of this run."""
    return st.session_state["view"]


@unbroken()
def settle() -> View:
    """Take the view from the address, unless a widget, piece or the frame has just spoken: then the address follows the view."""
    state, text = st.session_state, _address()
    acted = state.get("acted", False) and not _went_back()
    if "view" not in state or (text != state["address"] and not acted):
        acted = _open(text)
    if acted:
        _write(state["view"])
    state["acted"] = False  # not before: a run may be ended by the next one while it writes
    return state["view"]


def _went_back() -> bool:
    """Whether the analyst has gone to another page of the browser's history since."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def _address() -> str:
    """The query string of the page, with every repeated key."""
    names = list(st.query_params)
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name in names for value in st.query_params.get_all(name))


def _open(text: str) -> bool:
    """Show what the address says, and say what it cannot mean; whether the address, which stays as it was typed, has yet to say the view."""
    state = st.session_state
    before = state.get("view")
    own = desk().view if before is None and not text else ""
    view, complaints = read_view(text or own, desk().vocabulary)
    state.update(view=view, address=text, stands_for=None if own else view, said=complaints)
    if before is None or before.box != view.box:
        send(view.box or home(desk().atlas))
    return bool(own)


def _write(view: View) -> None:
    """Make the address say the view; an address that stands for it already, however it was typed, is left alone."""
    state = st.session_state
    if view != state["stands_for"] or _address() != state["address"]:
        st.query_params.from_dict(dict(parse_qsl(view.to_query(), keep_blank_values=True)))
        state.update(address=_address(), stands_for=view)


def change(make: Callable[[View], View]) -> None:
    """In a callback: go on to another view; what cannot be done is said in words."""
    state, before = st.session_state, current()
    state["acted"] = True
    try:
        state["view"] = make(before)
    except ValueError as error:
        state["said"] = [str(error)]
    else:
        state["said"] = state["said"] if replace(before, box=None) == replace(state["view"], box=None) else []


def act(told: dict[str, Any]) -> None:
    """In a callback: an act of a piece of the page."""
    if told.get("do") == "tab":
        st.session_state["acted"] = True
        st.session_state["tab"] = str(told.get("id"))
        return
    if told.get("do") == "since_file":
        _compare_with(told)
        return
    if told.get("do") == "hush":
        st.session_state["acted"] = True
        st.session_state["said"] = []
        return
    change(lambda view: _led_there(view, acts.done(view, told, desk().vocabulary, choices())))


def earlier() -> Atlas | None:
    """The earlier version of the events file that this session compares with."""
    return st.session_state.get("earlier")


def _compare_with(told: dict[str, Any]) -> None:
    """Compare with the file that was chosen, or no longer with any; it stays in this session."""
    state = st.session_state
    state["acted"], state["said"] = True, []
    if not told.get("data"):
        state["earlier"] = None
        return
    name = "".join(char for char in str(told.get("name", "")) if char.isprintable())[:80] or "earlier.csv"
    try:
        state["earlier"] = desks.earlier(b64decode(str(told["data"]), validate=True), name, desk().theatre)
    except TableError as error:
        state["said"] = [str(problem).replace("earlier.csv", name, 1) for problem in error.problems[:10]]
    except binascii.Error:
        state["said"] = [f"{name}: did not arrive whole; choosing it once more would be right"]


def _led_there(before: View, view: View) -> View:
    """When something was picked outside of the frame, the map goes there."""
    spot = acts.spot_of(desk().atlas, view) if view.id != before.id else None
    box = acts.towards(seen(), spot) if spot else None
    if box is None:
        return view
    send(box)
    return replace(view, box=acts.rounded(box))


def choices() -> Choices:
    """What can be switched on and off."""
    return Choices.of(desk().atlas)


def send(box: Box) -> None:
    """Move the map, once."""
    state = st.session_state
    state["fit"] = {"n": state.get("fit", {}).get("n", 0) + 1, "box": list(box)}
    state["seen"] = box


def seen() -> Box:
    """What the map shows, as far as it has told."""
    return st.session_state.get("seen") or home(desk().atlas)


@unbroken()
def hear(told: dict[str, Any]) -> bool:
    """Answers of the map's frame, oldest first; what was heard before is not heard again. Whether there was anything new."""
    state, before = st.session_state, st.session_state.get("answered", 0)
    for answer in (*told.get("earlier", ()), told):
        number = answer.get("n", 0)
        if isinstance(number, int) and number > state.get("answered", 0):
            state["acted"], state["answered"] = True, number
            _hear_one(answer)
    return state.get("answered", 0) > before


def _hear_one(answer: dict[str, Any]) -> None:
    fit = tuple(st.session_state["fit"]["box"])
    change(lambda view: acts.answered(view, answer, fit, desk().vocabulary, choices(), home(desk().atlas)))
    if answer.get("what") == "box" and (box := acts.box_of(answer)):
        st.session_state["seen"] = box
    if answer.get("what") == "place" and (where := acts.place_of(answer)):
        st.session_state["placed"] = where


def keep(key: str, value: object) -> None:
    """Make a widget show what the view says; a widget that does already is left alone, so that typing is not disturbed."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
