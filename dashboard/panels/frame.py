"""The map's frame: a constant base map, one small patch per run, and the frame's answers."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard import bundle, webmap
from dashboard.desk import desk
from dashboard.panels import address, yours_page
from dashboard.scene import Scene

HEIGHT = 640
"""CSS pixels, until the style sheet fits it to the window"""


def frame(shown: Scene) -> None:
    """Show the map; what it answers is heard before the next run."""
    told = st_folium(bundle.base_map(), key="map_answer", height=HEIGHT, use_container_width=True, returned_objects=[],
                     feature_group_to_add=webmap.patch_group(_patch(shown)), on_change=_answered)  # fmt: skip
    if _heard(told):
        st.rerun()  # st_folium has a callback of its own round ours, and a newer request may have ended that


def _answered() -> None:
    _heard(st.session_state["map_answer"])


def _heard(told: dict[str, Any] | None) -> bool:
    answer = (told or {}).get("panj")
    return isinstance(answer, dict) and address.hear(answer)


def _patch(shown: Scene) -> dict:
    """The patch; its serial grows only when something else in it has changed, so that an unchanged patch is not sent."""
    state, facts = st.session_state, desk()
    theatre, rows = facts.addresses
    made = webmap.patch(facts.atlas, shown, serial=0, fit=state["fit"], answered=state.get("answered", 0), theatre_url=theatre, rows_url=rows)
    made["placing"] = yours_page.placing()
    before = state.get("patch", {})
    made["serial"] = before.get("serial", 0)
    if made != before:
        made["serial"] += 1
        state["patch"] = made
    return made
