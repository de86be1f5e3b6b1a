"""The Streamlit page: read the view, stage it, show it."""

from __future__ import annotations

import os

import streamlit as st

from dashboard.desk import staged
from dashboard.panels import address, picture, yours, yours_page
from dashboard.panels.frame import frame
from dashboard.panels.header import complaints, header
from dashboard.panels.icons import LOGO
from dashboard.panels.listing import listing
from dashboard.panels.pieces import piece, stylesheet
from dashboard.panels.record import record
from dashboard.panels.sidebar import sidebar

WITHOUT_MAP = os.environ.get("PANJ_WITHOUT_MAP") == "1"
"""serve the page without its map: the benchmark compares the two"""

st.set_page_config(page_title="Panj", page_icon=str(LOGO), layout="wide", initial_sidebar_state="expanded")
st.html(stylesheet())
facts = yours_page.current()
view = address.settle()
earlier = address.earlier()
shown = staged(facts.atlas, view, earlier)

top = st.container(key="top", horizontal=True, vertical_alignment="center")
trouble = st.container(key="trouble")
with st.container(key="stage", horizontal=True):
    stage = st.container(key="map")
    if not WITHOUT_MAP:
        with stage:
            frame(shown)  # first of all, so that the map has Python's word while the rest is still written
    piece("record", record(facts.atlas, shown), yours.act)
with top:
    piece("header", header(shown, "" if earlier else picture.address(facts, view)), yours.act)
    st.download_button("Picture", data=lambda: picture.png_of(facts.atlas, view, earlier), file_name=picture.name(view), mime="image/png",
                       on_click="ignore",
                       type="primary", key="picture", help="Download the printed page as a PNG.")  # fmt: skip
with trouble:
    piece("complaints", complaints(facts, st.session_state["said"]), yours.act)
piece("listing", listing(facts.atlas, shown, st.session_state.get("tab", "table"), earlier.events_file if earlier else ""), yours.act)
sidebar(shown)
