"""Names of countries: in many ways of writing, and asked about where one name is two countries."""

from __future__ import annotations

import pytest

from geodata.intake import Mapping, nations
from tests.test_intake_honesty import sentences, table

ROWS = "Title,Date,Country,Lat,Lon\nA,2021-09-01,{0},{1}\nB,2021-09-02,{0},{1}\n"


@pytest.mark.parametrize("name", ["Congo", "CONGO", "Конго", "Kongo", "Korea", "Corée", "Корея", "Virgin Islands"])
def test_a_name_of_two_countries_is_neither(name):
    assert nations.code(name) == ""
    assert len(nations.several(name)) == 2


@pytest.mark.parametrize(("name", "code"), [
    ("Congo, Dem. Rep.", "COD"), ("Congo, Rep.", "COG"), ("DR Congo", "COD"), ("Republic of the Congo", "COG"), ("Congo Brazzaville", "COG"),
    ("Korea, South", "KOR"), ("Korea, Rep.", "KOR"), ("DPRK", "PRK"), ("Democratic People's Republic of Korea", "PRK"), ("South Korea", "KOR"),
    ("Great Britain", "GBR"), ("The Gambia", "GMB"), ("Iran, Islamic Rep.", "IRN"), ("Bolivia (Plurinational State of)", "BOL"),
    ("Tanzania, United Republic of", "TZA"), ("Venezuela (Bolivarian Republic of)", "VEN"), ("Egypt, Arab Rep.", "EGY"), ("Holland", "NLD"),
    ("Lao People's Democratic Republic", "LAO"), ("Slovak Republic", "SVK"), ("Hong Kong SAR, China", "HKG"), ("United States of America", "USA"),
    ("Moldova, Republic of", "MDA"), ("Brunei Darussalam", "BRN"), ("East Timor", "TLS"), ("Zaire", "COD"), ("Emirates", "ARE"),
])  # fmt: skip
def test_other_ways_to_write_a_country(name, code):
    assert (nations.code(name), nations.several(name)) == (code, ())


def test_a_name_of_two_countries_is_asked_about_once_and_its_points_propose_one():
    case = table(ROWS.format("Congo", "-1.68,29.22"))
    (question,) = case.questions
    assert (question.key, set(question.choices), question.proposed, list(question.rows)) == ("country COD or COG", {"COD", "COG"}, "COD", [0, 1])
    assert "Congo" in sentences(case, "warned")[0]
    assert "two countries" in sentences(case, "warned")[0]
    assert list(case.reports["country"]) == ["", ""]
    assert set(case.answered("country COD or COG", "COD").reports["country"]) == {"COD"}
    assert case.answered("country COD or COG", "COD").questions == []


def test_points_where_either_country_may_be_propose_none():
    assert table(ROWS.format("Congo", "-4.32,15.31")).questions[0].proposed == ""  # Kinshasa: the river is the border


def test_without_points_none_is_proposed_and_the_answer_can_stand_in_the_mapping():
    text = "Title,Date,Country\nA,2021-09-01,Korea\n"
    assert table(text).questions[0].proposed == ""
    mapping = Mapping({"title": "Title", "start": "Date", "country": "Country"}, answers={"country KOR or PRK": "PRK"})
    assert list(table(text, mapping).reports["country"]) == ["PRK"]
    wrong = Mapping({"title": "Title", "start": "Date", "country": "Country"}, answers={"country KOR or PRK": "JPN"})
    assert any("'JPN'" in note for note in table(text, wrong).notes)


def test_a_place_that_names_two_countries_is_put_in_neither():
    case = table("Title,Date,Place\nA,2021-09-01,Congo\n")
    assert list(case.reports["country"]) == [""]


def test_a_row_of_an_undecided_country_is_looked_up_nowhere():
    case = table("Title,Date,Place,Country\nA,2021-09-01,Kabul,Congo\nB,2021-09-02,Goma,CONGO\nC,2021-09-03,Kinshasa,Конго\n")
    assert len(case.questions) == 1
    assert list(case.reports["country"]) == ["", "", ""]
    assert case.reports["lat"].isna().all()
    answered = case.answered("country COD or COG", "COD").reports
    assert [round(point.y) for point in answered.geometry[1:]] == [-2, -4]


@pytest.mark.parametrize(("place", "country"), [("Holland", "USA"), ("Zaire", "AGO")])
def test_a_place_named_like_a_country_is_that_place(place, country):
    assert not any(v.code == "place_contradicts" for v in table(f"Title,Date,Place,Country\nA,2021-09-01,{place},{country}\n").verdicts)


def test_a_column_of_shared_names_is_one_of_countries():
    assert table("Title,Date,Staatsname\nA,2021-09-01,Congo\nB,2021-09-02,Korea\n").mapping.columns["country"] == "Staatsname"


@pytest.mark.parametrize("name", ["Congo", "Atlantis"])
def test_a_country_that_is_not_read_is_a_place_that_is_named(name):
    assert not any(v.code == "no_place" for v in table(f"Title,Date,Country\nA,2021-09-01,{name}\n").verdicts)


def test_a_place_that_names_two_countries_is_said_to():
    assert "is the name of two countries, KOR or PRK" in sentences(table("Title,Date,Place\nA,2021-09-01,Korea\n"), "warned")[0]
