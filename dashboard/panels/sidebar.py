"""The sidebar: what is looked for, when, what was known, and every layer and filter with its count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import streamlit as st

from dashboard import acts, words
from dashboard.desk import chosen, desk
from dashboard.panels import address, filters, icons, yours
from dashboard.panels.markup import Html, inner, tag
from dashboard.panels.pieces import piece
from dashboard.panels.unbroken import unbroken
from dashboard.scene import Scene
from dashboard.view import View
from geodata.atlas import Atlas

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
RECORDS = {"border": "Border", "zone": "Range", "base": "Base", "region": "Region", "country": "Country", "party": "Party"}


def sidebar(shown: Scene) -> None:
    """Draw it and wire it to the address."""
    view = shown.view
    with st.sidebar:
        piece("brand", _brand(desk().atlas), yours.act)
        _search(view)
        _records(shown)
        _dates(view)
        piece("filters", filters.filters(desk().atlas, shown), yours.act)
        _parties(view)


def _brand(atlas: Atlas) -> Html:
    events = atlas.versions["event"].nunique()
    own = tag("span", f"{atlas.events_file} \N{MIDDLE DOT} {words.count(events, 'event')}", cls="panj-soft")
    return inner(tag("div", icons.LOGO, tag("div", tag("strong", "Panj"), own), cls="panj-mark"))


def _search(view: View) -> None:
    address.keep("q", view.q)
    st.text_input("Search", key="q", placeholder="Search events, places, people", label_visibility="collapsed", on_change=_searched, max_chars=500)


@unbroken()
def _searched() -> None:
    text = "".join(char for char in st.session_state["q"] if char.isprintable())
    address.change(lambda view: replace(view, q=text))


def _dates(view: View) -> None:
    for key, day in (("from", view.start), ("to", view.end), ("known", view.known)):
        address.keep(key, day)
    first, last = st.columns(2, gap="small")
    with first:
        st.date_input("From", key="from", min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", on_change=_dated)
    with last:
        st.date_input("To", key="to", min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", on_change=_dated)
    with st.container(key="knownon"):
        st.date_input("Known on", key="known", min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", on_change=_known)


@unbroken()
def _dated() -> None:
    first, last = st.session_state["from"], st.session_state["to"]
    if first and last:
        address.change(lambda view: acts.windowed(view, first.isoformat(), last.isoformat()))
    else:
        address.change(lambda view: view)


@unbroken()
def _known() -> None:
    address.change(lambda view: replace(view, known=st.session_state["known"]))


def _parties(view: View) -> None:
    atlas = desk().atlas
    counts = chosen(atlas, view).facets["party"]
    names = atlas.party_names
    chosen_now = [*(view.party or ())]
    offered = sorted({*counts, *chosen_now} & set(names), key=lambda name: (-counts[name], names[name]))
    address.keep("party", chosen_now)
    st.multiselect("Taking part", offered, key="party", placeholder="any country or party", on_change=_parted,
                   format_func=lambda name: f"{names.get(name, name)} ({counts[name]})")  # fmt: skip


@unbroken()
def _parted() -> None:
    wanted = tuple(st.session_state["party"])
    address.change(lambda view: replace(view, party=wanted or None))


def _records(shown: Scene) -> None:
    """Everything that can be clicked on the map, as a list for the keyboard."""
    atlas = desk().atlas
    labels = dict(offered(atlas, shown))
    selected = shown.view.id if shown.view.id in labels else None
    address.keep("open", selected)
    st.selectbox("Open a record", list(labels), key="open", index=None, placeholder="Open a record", label_visibility="collapsed",
                 format_func=lambda name: labels.get(name, name), on_change=_opened)  # fmt: skip


@unbroken()
def _opened() -> None:
    address.act({"do": "pick", "id": st.session_state["open"] or ""})


def offered(atlas: Atlas, shown: Scene, *, most: int = 500) -> list[tuple[str, str]]:
    """Ids and labels of what can be opened: the events drawn, then borders, ranges, bases, regions and countries."""
    layer = shown.layer("events")
    events = [(feature.id, f"{feature.n}. {feature.title}") for feature in (layer.features[:most] if layer else ())]
    return events + places(atlas)


@lru_cache(maxsize=2)
def places(atlas: Atlas) -> list[tuple[str, str]]:
    """Everything that is no event, by kind and name."""
    tables = (("border", atlas.borders, "pair", "name"), ("zone", atlas.zones, "id", "name"), ("base", atlas.bases, "id", "name"),
              ("region", atlas.regions, "id", "name"), ("country", atlas.countries[~atlas.countries["disputed"]], "code", "name"),
              ("party", atlas.table("parties"), "id", "name"))  # fmt: skip
    return [(f"{kind}:{key}", f"{RECORDS[kind]}: {name}") for kind, frame, ids, names in tables
            for name, key in sorted(zip(frame[names], frame[ids], strict=True))]  # fmt: skip
