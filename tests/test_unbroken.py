"""What the analyst does is done to its end, also when the next thing is done meanwhile."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest

from dashboard.panels import address, frame
from dashboard.view import View

APP = Path(__file__).parents[1] / "dashboard" / "app.py"


def another_run() -> None:
    """The browser asks for another run while this one is at work."""
    context = get_script_run_ctx()
    assert context
    assert context.script_requests
    context.script_requests.request_rerun(RerunData(query_string=context.query_string, page_script_hash=context.page_script_hash))


def test_the_address_follows_although_another_run_is_asked_for_as_it_is_written(monkeypatch: pytest.MonkeyPatch):
    write, came = address._write, []

    def written(view: View) -> None:
        if view.q and not came:
            came.append("written")
            another_run()
        write(view)

    monkeypatch.setattr(address, "_write", written)
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    app.text_input(key="q").set_value("Rahmon").run()
    assert came == ["written"]
    assert app.query_params == {"q": "Rahmon"}


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """As the view is about to be changed, another run is asked for; lists when that happened."""
    change, came = address.change, []

    def changed(make: Callable) -> None:
        came.append("changed")
        another_run()
        change(make)

    monkeypatch.setattr(address, "change", changed)
    yield came
    assert came == ["changed"]


@pytest.fixture
def app(meanwhile: list[str]) -> AppTest:
    made = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not made.exception
    return made


def test_a_search_is_made(app: AppTest):
    app.text_input(key="q").set_value("Rahmon").run()
    assert app.query_params == {"q": "Rahmon"}


def test_dates_are_taken(app: AppTest):
    app.date_input(key="from").set_value(date(2021, 9, 13)).run()
    assert app.query_params == {"from": "2021-09-13"}


def test_a_knowledge_day_is_taken(app: AppTest):
    app.date_input(key="known").set_value(date(2021, 9, 18)).run()
    assert app.query_params == {"known": "2021-09-18"}


def test_a_party_is_chosen(app: AppTest):
    app.multiselect(key="party").set_value(["TJK"]).run()
    assert app.query_params == {"party": "TJK"}


def test_a_record_is_opened(app: AppTest):
    app.selectbox(key="open").select("border:AFG-TJK").run()
    assert app.query_params["id"] == "border:AFG-TJK"


def told_by_the_page() -> None:
    """A page on which typing stands for what the map's frame and the pieces tell."""
    from functools import partial

    import streamlit as st

    from dashboard.panels import address, frame, pieces

    address.settle()
    st.text_input("map", key="map", on_change=frame._answered)
    st.text_input("piece", key="piece", on_change=partial(pieces._pass_on, "told", address.act))


@pytest.fixture
def page(meanwhile: list[str]) -> AppTest:
    made = AppTest.from_function(told_by_the_page, default_timeout=120)
    made.session_state["map_answer"] = {"panj": {"n": 7, "what": "window", "from": "2021-09-11", "to": "2021-09-30"}}
    made.session_state["told"] = {"acts": [{"n": 7, "do": "pick", "id": "country:TJK"}]}
    made.run()
    assert not made.exception
    return made


def test_an_answer_of_the_map_is_heard(page: AppTest):
    page.text_input(key="map").set_value("told").run()
    assert page.query_params == {"from": "2021-09-11", "to": "2021-09-30"}


def test_an_act_of_a_piece_is_done(page: AppTest):
    page.text_input(key="piece").set_value("told").run()
    assert page.query_params == {"id": "country:TJK"}


def test_an_answer_heard_before_does_not_undo_a_step_back(page: AppTest):
    """The map tells it again, and the analyst has gone to another view meanwhile."""
    page.text_input(key="map").set_value("told").run()
    page.query_params.clear()
    page.query_params["q"] = "Rahmon"
    page.text_input(key="map").set_value("told again").run()
    assert page.query_params == {"q": "Rahmon"}
    assert page.session_state["view"].q == "Rahmon"


def test_an_act_whose_run_was_ended_does_not_undo_a_step_back(page: AppTest, monkeypatch: pytest.MonkeyPatch):
    page.text_input(key="map").set_value("told").run()
    page.session_state["acted"] = True
    monkeypatch.setattr(address, "_went_back", lambda: True)
    page.query_params.clear()
    page.query_params["q"] = "Rahmon"
    page.run()
    assert page.query_params == {"q": "Rahmon"}
    assert page.session_state["view"].q == "Rahmon"


def test_an_answer_whose_callback_was_ended_before_it_began_is_heard_all_the_same(monkeypatch: pytest.MonkeyPatch):
    """st_folium has a callback of its own round ours."""
    told = {"n": 7, "what": "window", "from": "2021-09-11", "to": "2021-09-30"}
    monkeypatch.setattr(frame, "st_folium", lambda *_, **__: {"panj": told})
    app = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not app.exception
    assert app.query_params == {"from": "2021-09-11", "to": "2021-09-30"}
