"""Pieces of the page written as HTML by Python; what is done in them comes back as one act.

One piece is one Streamlit element, however many choices it holds: that is what keeps a rerun short.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.panels.markup import Html
from dashboard.panels.unbroken import unbroken
from dashboard.webdata import STATIC

HERE = Path(__file__).parent


@cache
def _renderer() -> Callable[..., Any]:
    script = "\n".join(path.read_text(encoding="utf-8") for path in (STATIC / "sorting.js", HERE / "page.js"))
    return st.components.v2.component("panj_piece", js=script, isolate_styles=False)


def piece(key: str, html: Html, on_act: Callable[[dict[str, Any]], None]) -> None:
    """Show `html`; `on_act` is called with what the analyst does, before the next run: the same for every piece, for one may tell another's act."""
    data = {"html": str(html), "key": key, "heard": st.session_state.get(f"heard in {key}", 0)}
    _renderer()(key=key, data=data, on_acts_change=partial(_pass_on, key, on_act))


@unbroken()
def _pass_on(key: str, on_act: Callable[[dict[str, Any]], None]) -> None:
    """Every act not heard of yet, oldest first, whatever piece it was done in: the page tells it until it is heard."""
    heard = st.session_state.get("heard", 0)
    for act in st.session_state[key].get("acts") or ():
        if isinstance(act, dict) and isinstance(act.get("n"), int):
            st.session_state[f"heard in {key}"] = act["n"]  # the piece is written anew after an act, even to what it was before
            if act["n"] > heard:
                st.session_state["heard"] = heard = act["n"]
                on_act(act)


@cache
def stylesheet() -> str:
    """The page's own rules, constant text."""
    return f"<style>{(HERE / 'page.css').read_text(encoding='utf-8')}</style>"
