"""The usual way to the same map: a marker per event in a FeatureGroup, countries inline, Streamlit's own slider."""

import json
import os
from datetime import date
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

SPAN = date(2021, 6, 1), date(2021, 12, 31)
SHAPES = Path(__file__).parents[2] / "geodata" / "shapes"


@st.cache_data
def events(path: str) -> pd.DataFrame:
    """The events file with days as dates."""
    return pd.read_csv(path, parse_dates=["start", "end"])


@st.cache_data
def countries() -> dict:
    """The same shapes the dashboard draws."""
    return json.loads((SHAPES / "countries.geojson").read_text(encoding="utf-8"))


class Map(folium.Map):
    """Leaflet from this machine, so that a slow network is no part of the comparison."""

    default_js = [("leaflet", os.environ["USUAL_LEAFLET"] + "/leaflet.js")]  # noqa: RUF012 - as Folium has it
    default_css = [("leaflet_css", os.environ["USUAL_LEAFLET"] + "/leaflet.css")]  # noqa: RUF012


st.set_page_config(layout="wide")
first, last = st.slider("Dates", *SPAN, SPAN)
table = events(os.environ["USUAL_EVENTS"])
drawn = table[(table["start"] <= pd.Timestamp(last)) & (table["end"] >= pd.Timestamp(first))]
group = folium.FeatureGroup("events")
for lat, lon, title in zip(drawn["lat"], drawn["lon"], drawn["title"], strict=True):
    folium.CircleMarker((lat, lon), radius=4, weight=1, className="event", tooltip=title).add_to(group)
theatre = Map(location=(38, 68), zoom_start=4, tiles=None)
folium.GeoJson(countries()).add_to(theatre)
st_folium(theatre, key="map", height=600, use_container_width=True, feature_group_to_add=group, returned_objects=[])
st.markdown(f"{len(drawn)} events")
