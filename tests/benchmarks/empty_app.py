"""The least a Streamlit page can do: one slider, one line that says what it stands at."""

import streamlit as st

st.set_page_config(layout="wide")
st.markdown(f"value {st.slider('Value', 0, 400, 100)}")
