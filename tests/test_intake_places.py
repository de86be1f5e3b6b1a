"""What the words of a place say, and how much of it a gazetteer can answer for: nothing after the first comma is forgotten."""

from __future__ import annotations

import pytest

from geodata import intake
from tests.intake.corpus import GOOD
from tests.tables import ground
from tests.test_intake_steps import read


def placed(place: str, country: str = "") -> intake.Intake:
    return read(GOOD | {"Place": place, "Country": country, "Latitude": "", "Longitude": ""})


def only(place: str, country: str = ""):
    return placed(place, country).reports.iloc[0]


WHOLE = [("Dushanbe, Tajikistan", "", "Dushanbe, TJK"), ("Tajikistan, Dushanbe", "", "Dushanbe, TJK"), ("Bokhtar, Khatlon", "", "Bokhtar, TJK"),
         ("Khatlon, Bokhtar", "", "Bokhtar, TJK"), ("Bokhtar (Khatlon region), Tajikistan", "", "Bokhtar, TJK"),
         ("Kulob (Khatlon)", "TJK", "Kŭlob, TJK"), ("Dushanbe (Душанбе)", "", "Dushanbe, TJK"), ("Dushanbe (city)", "", "Dushanbe, TJK"),
         ("Rushan, Gorno-Badakhshan", "", "Rŭshon, TJK")]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "label"), WHOLE)
def test_a_town_is_a_town_when_the_rest_of_the_words_agrees(place, country, label):
    row = only(place, country)
    assert (row["place_precision"], row["placed_from"].split(" (")[0]) == ("city", label)


MORE = ["Dushanbe; Kulob", "Dushanbe, Kulob", "Kunduz, Takhar, Badakhshan", "Orenburg, Donguz", "Dushanbe, Uzbekistan", "Kulob, Sughd",
        "Dushanbe, near the airport", "Dushanbe (Rudaki district)", "Dushanbe (north)", "Paris, Texas"]  # fmt: skip


@pytest.mark.parametrize("place", MORE)
def test_words_that_say_more_than_a_town_are_never_drawn_as_the_town_unasked(place):
    case = placed(place)
    (row,) = case.reports.to_dict("records")
    assert (row["place_precision"], row["lat"] != row["lat"]) == ("none", True)
    assert {verdict.code for verdict in case.verdicts} <= {"place_ambiguous", "place_unknown"}
    for question in case.questions:
        assert "none" in question.choices
        assert question.rows.tolist() == [0]


def test_two_towns_in_one_cell_are_both_offered():
    case = placed("Dushanbe; Kulob")
    (question,) = case.questions
    assert [label.split(",")[0] for label in question.choices.values()][:2] == ["Dushanbe", "Kŭlob"]
    (verdict,) = case.verdicts
    assert "can be 2 places: Dushanbe, TJK" in str(verdict.problem("own.csv", 2))
    settled = case.answered(question.key, next(iter(question.choices)))
    assert (settled.reports.iloc[0]["place_precision"], settled.questions) == ("city", [])


def test_a_province_in_brackets_is_the_province():
    row = only("Kunduz (province)")
    assert (row["place_precision"], row["placed_from"]) == ("district", "Kunduz province, AFG (Natural Earth)")


AWAY = [("Dushanbe (30 km south)", 37.5), ("Dushanbe, 40 km north", 50), ("30 km south of Dushanbe", 37.5), ("30 km from Dushanbe", 37.5),
        ("10 miles north-east of Dushanbe", 25),
        ("в 40 км к югу от Душанбе", 50), ("Душанбе (40 км южнее)", 50), ("Dushanbe, 40 km", 50)]  # fmt: skip


@pytest.mark.parametrize(("place", "radius"), AWAY)
def test_so_many_km_away_from_a_town_is_a_ring_that_holds_the_place(place, radius):
    row = only(place)
    assert (row["place_precision"], row["radius_km"], round(row["lat"], 1)) == ("district", radius, 38.5)
    assert row["placed_from"].startswith(f"{radius:g} km around Dushanbe, TJK")


@pytest.mark.parametrize("place", ["north of Kulob", "к югу от Душанбе", "between Dushanbe and Kulob", "800 km north of Dushanbe"])
def test_a_direction_without_a_usable_distance_is_not_drawn(place):
    assert only(place)["place_precision"] == "none"


def test_a_place_without_a_country_means_the_same_whatever_the_other_rows_say():
    alone = placed("Rushan")
    others = [GOOD | {"Place": name, "Country": "TJK", "Latitude": "", "Longitude": "", "Title": f"Talks on {name}"} for name in ("Kulob", "Khorugh")]
    beside = read(GOOD | {"Place": "Rushan", "Country": "", "Latitude": "", "Longitude": ""}, *others)
    assert alone.reports.iloc[0]["place_precision"] == beside.reports.iloc[0]["place_precision"] == "none"
    assert only("Rushan", "TJK")["place_precision"] == "city"


@pytest.mark.parametrize("place", ["???", "...", "(?)", "!"])
def test_signs_without_a_letter_name_no_place(place):
    case = placed(place)
    assert (case.questions, [verdict.code for verdict in case.verdicts]) == ([], ["place_unknown"])


@pytest.mark.parametrize("place", ["Edelweiss", "Moscow", "Faizabad", "Dushanbe; Kulob", "Badakhshan province", "Osh"])
def test_every_answer_settles_its_question(place):
    case = placed(place)
    for question in case.questions:
        labels = list(question.choices.values())
        assert len(set(labels)) == len(labels)
        for choice in question.choices:
            assert case.answered(question.key, choice).questions == []
    assert bool(case.questions) == (place not in ("Edelweiss", "Badakhshan province"))


def test_a_range_known_by_one_name_only_is_found_without_a_question():
    case = placed("Edelweiss")
    assert (case.questions, case.reports.iloc[0]["zone"]) == ([], ("edelweiss",))


PLACES = b"""What,When,City
Drill alpha,2021-09-01,Dushanbe; Kulob
Drill bravo x,2021-09-12,"Dushanbe, 40 km north"
Talks gamma,2021-10-03,Kunduz
"""


def test_a_place_kept_off_the_map_is_listed_with_a_sentence():
    case = intake.admit("places.csv", PLACES, ground())
    said = [str(verdict.problem("places.csv", 2)) for verdict in case.verdicts if verdict.code == "place_ambiguous"]
    assert len(said) == 1
    assert list(case.reports["place_precision"]) == ["none", "district", "city"]


