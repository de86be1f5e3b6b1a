"""A view is its address: plain text both ways, and what is wrong with one is said in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.layers import vocabulary
from dashboard.view import GRADES, KEYS, View, read_view
from geodata.schema import MARKINGS, STATUSES
from tests.tables import shipped

some_days = st.integers(0, 20000).map(lambda n: date(1990, 1, 1) + timedelta(n))
words = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" &=#%+;:/?"), max_size=40)
names = st.one_of(st.none(), st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda name: name not in ("none", "-")), max_size=4, unique=True).map(tuple))  # fmt: skip
edges = st.integers(-1_799_999, 1_799_999).map(lambda n: n / 10_000)
boxes = st.tuples(edges, st.integers(-899_999, 0), edges, st.integers(1, 899_999)).filter(lambda b: b[0] != b[2]).map(
    lambda b: (b[0], b[1] / 10_000, b[2], b[3] / 10_000))  # fmt: skip


@st.composite
def views(draw):
    start, end = sorted((draw(some_days), draw(some_days)))
    blank = st.none() | some_days
    return View(
        start=start, end=end, span=draw(st.sampled_from(["year", "all", "2021-06..2021-12", "2020..2022", "2021-09-01..2021-09-30"])),
        known=draw(blank), since=None, compare=draw(blank), layers=draw(names.filter(lambda n: n is not None)), kinds=draw(names),
        status=draw(st.none() | st.lists(st.sampled_from(STATUSES), unique=True).map(tuple)), blocs=draw(names), party=draw(names),
        source=draw(names),
        grade=draw(st.sampled_from(["", *GRADES])), disputed=draw(st.booleans()),
        near=draw(st.none() | st.tuples(st.just("AFG-TJK"), st.integers(1, 2000).map(float))), q=draw(words), ahead=draw(st.booleans()),
        id=draw(st.sampled_from(["", "event:EV20", "border:AFG-TJK", "country:IRN", "event:a;b,c d"])), box=draw(st.none() | boxes),
        title=draw(words),
        marking=draw(st.sampled_from(["", *MARKINGS])),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(view=views())
def test_a_view_is_its_address(view):
    text = view.to_query()
    assert View.from_query(text) == view
    assert View.from_query(f"http://127.0.0.1:8501/?{text}") == view
    assert text.isascii()
    assert not set(text) & set(" \"<>#'")


@pytest.mark.parametrize("text", ["layers=://", "?q=http://a.example/?b", "panj.local:8501/?q=://", "http://panj.local/?q=http://a.example/?b=1&lang=en",
                                  "http://panj.local/;session=abc?q=a"])
def test_a_query_is_told_from_a_link_by_where_its_scheme_stands(text):
    view, complaints = read_view(text)
    assert complaints == []
    assert view != View()


@pytest.mark.parametrize("text", ["??from=2021-09-02", "panj.local:8501/?from=2021-09-02#top", "http://panj.local/?from=2021-09-02#top"])
def test_what_stands_around_a_query_is_no_part_of_it(text):
    assert read_view(text) == (View(start=date(2021, 9, 2)), [])


def test_a_link_that_asks_nothing_is_the_default_view():
    assert read_view("http://127.0.0.1:8501/") == (View(), [])


def test_the_default_view_has_an_empty_address():
    assert View().to_query() == ""
    assert View.from_query("") == View()


def test_an_address_can_be_read_by_a_person():
    view = View(start=date(2021, 9, 13), end=date(2021, 9, 19), known=date(2021, 9, 19), kinds=("summit", "exercise"), near=("AFG-TJK", 50.0),
                q="Kharb Maidon")
    assert view.to_query() == "from=2021-09-13&to=2021-09-19&known=2021-09-19&kinds=summit,exercise&near=AFG-TJK:50&q=Kharb+Maidon"


def test_every_key_of_the_design_is_there():
    assert list(KEYS) == ["from", "to", "span", "known", "since", "layers", "kinds", "status", "blocs", "party", "source", "grade", "disputed",
                          "near",
                          "q", "ahead", "compare", "id", "box", "title", "marking", "lang"]  # fmt: skip


WRONG = [
    ("from=31/03/2024", "view: from '31/03/2024' is not a date like 2024-03-31"),
    ("from=2021-02-30", "view: from '2021-02-30' is not a day of the calendar"),
    ("from=2021-10-01&to=2021-09-01", "view: from 2021-10-01 is after to 2021-09-01; the dates are left at their default"),
    ("colour=red", "view: unknown key 'colour'; choose from from, to, span"),
    ("layers=river", "view: unknown layer 'river'; choose from bases, borders, cis, cst, csto"),
    ("kinds=party", "view: unknown kind 'party'; choose from accession_decision"),
    ("status=done", "view: status 'done' is not one of planned"),
    ("blocs=eu", "view: unknown bloc 'eu'; choose from cis, cst, csto"),
    ("grade=Z9", "view: grade 'Z9' is not one of A1"),
    ("near=AFG-TJK", "view: near 'AFG-TJK' is not a border and a distance in km like AFG-TJK:50"),
    ("near=AFG-FRA:50", "view: unknown border 'AFG-FRA'; choose from AFG-CHN"),
    ("box=1,2,3", "view: box '1,2,3' is not west,south,east,north in degrees like 60,35,75,42"),
    ("box=60,42,75,35", "view: box '60,42,75,35' is not west,south,east,north"),
    ("id=EV20", "view: id 'EV20' is not like event:EV20"),
    ("id=event:EV9999", "view: there is nothing called 'event:EV9999' here"),
    ("disputed=yes", "view: disputed 'yes' is not one of on, off"),
    ("span=2022..2021", "view: span '2022..2021' ends before it starts"),
    ("from=1850-01-01", "view: from '1850-01-01' is not from 1900-01-01 to 2100-12-31"),
    ("known=2021-09-05&since=2021-11-20", "view: since 2021-11-20 is not before known 2021-09-05; nothing is compared"),
    ("q=a&q=b", "view: q is given twice; the first one counts"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_the_rest_opens(text, sentence):
    view, complaints = read_view(f"{text}&title=Still+here", vocabulary(shipped()))
    assert len(complaints) == 1
    assert complaints[0].startswith(sentence)
    assert view.title == "Still here"
    assert (view.start, view.end, view.layers) == (View.start, View.end, View.layers)


def test_a_view_that_cannot_be_read_raises_every_complaint():
    with pytest.raises(ValueError, match=r"(?s)from 'x'.*grade 'Z'"):
        View.from_query("from=x&grade=Z")


@pytest.mark.parametrize("text", ["&".join(f"x{n}=1" for n in range(300)), "http://[x?from=2021-09-01"])
def test_an_address_that_cannot_be_read_is_a_sentence(text):
    view, complaints = read_view(text)
    assert view == View()
    assert complaints[0].startswith("view: cannot be read: ")


def test_a_box_across_the_date_line_is_kept():
    assert View.from_query("box=170,50,-170,70").box == (170, 50, -170, 70)
