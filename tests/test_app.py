"""The page is wired: the address fills the widgets, and the widgets write the address."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "dashboard" / "app.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=120)


def opened(app: AppTest, **query: str) -> AppTest:
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_the_address_fills_the_widgets(app: AppTest):
    opened(app, **{"from": "2021-09-13", "to": "2021-09-19", "known": "2021-09-18", "q": "zas", "party": "TJK", "id": "country:IRN"})
    assert [app.date_input(key=key).value for key in ("from", "to", "known")] == [date(2021, 9, 13), date(2021, 9, 19), date(2021, 9, 18)]
    assert (app.text_input(key="q").value, app.multiselect(key="party").value, app.selectbox(key="open").value) == ("zas", ["TJK"], "country:IRN")


def test_the_widgets_write_the_address(app: AppTest):
    opened(app)
    app.text_input(key="q").set_value("Rahmon")
    app.date_input(key="from").set_value(date(2021, 9, 1)).run()
    assert app.query_params == {"q": "Rahmon", "from": "2021-09-01"}
    app.selectbox(key="open").select("border:AFG-TJK").run()
    assert app.query_params["id"] == "border:AFG-TJK"


def test_the_default_view_leaves_the_address_alone(app: AppTest):
    assert opened(app).query_params == {}


def test_a_window_out_of_order_is_refused_and_the_widget_shows_what_holds(app: AppTest):
    opened(app, **{"from": "2021-09-13", "to": "2021-09-19"})
    app.date_input(key="from").set_value(date(2021, 10, 2)).run()
    assert app.date_input(key="from").value == date(2021, 9, 13)
    assert app.session_state["said"] == ["dates: 2 October 2021 is after 19 September 2021; the window stays as it was"]
