"""What the words of a place say, and how much of it a gazetteer can answer for: nothing after the first comma is forgotten."""

from __future__ import annotations

import time

import pytest

from geodata import atlas, intake
from geodata.intake import provinces, wording
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


WIDER = [("near Badakhshan province", "AFG", 302), ("30 km from Herat province", "", 281.5), ("near Kabul", "AFG", 25),
         ("40 km north of Termez range", "", 75), ("near Termez range", "", 50), ("30 km from Hairatan", "", 37.5),
         ("Kabul, 1,5 km", "AFG", 25), ("Dushanbe, 40 km north of the city", "", 50), ("40-60 km from Kabul", "", 75),
         ("در نزدیکی کابل", "", 25)]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "radius"), WIDER)
def test_a_ring_around_a_place_is_wider_than_the_place_and_what_is_said_of_it(place, country, radius):
    row = only(place, country)
    assert (row["place_precision"], row["radius_km"], row["zone"]) == ("district", radius, ())


UNDRAWN = [("1,500 km from Kabul", "says '1,500' km, which can be decimals or thousands"), ("1.500 km from Kabul", "decimals or thousands"),
           ("1 500 km from Kabul", "further than 200 km"), ("300 km from Hairatan", "further than 200 km"),
           ("40 km north of Lyaur range", "no point to measure from"), ("5 km from Kabul, 10 km from Bagram", "more than one distance"),
           ("Dushanbe (30 km), 20 km from Kulob", "more than one distance"), ("Московская область", "is no province known here"),
           ("Tajikistan/Afghanistan border", "is in no gazetteer here")]  # fmt: skip


@pytest.mark.parametrize(("place", "why"), UNDRAWN)
def test_a_distance_that_cannot_be_drawn_is_listed_with_its_reason(place, why):
    case = placed(place)
    (verdict,) = case.verdicts
    assert (verdict.code, why in verdict.right, case.questions) == ("place_unknown", True, [])
    assert case.reports.iloc[0]["place_precision"] == "none"


FROM = [("Khorog, 100 km from Ishkashim", "", "Khorugh, TJK"), ("Khorog 100 km from Kabul", "TJK", "Khorugh, TJK"),
        ("Kulob (…), 200 km southeast of Dushanbe", "", "Kŭlob, TJK"), ("Kunduz, 340 km north of Kabul", "", "Kunduz, AFG")]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "label"), FROM)
def test_a_place_so_far_from_another_is_that_place(place, country, label):
    row = only(place, country)
    assert (row["place_precision"], row["placed_from"].split(" (")[0]) == ("city", label)


ASKED = [("Nowhereville, 30 km from Kunduz", "AFG", "may be 37.5 km around Kunduz, AFG"), ("Kulob, 5 km from the airport", "", "may be Kŭlob, TJK"),
         ("Kabul?", "", "is said with a question mark"), ("Kabul (?)", "AFG", "is said with a question mark"),
         ("Kabul/Bagram", "AFG", "may be Kabul, AFG"), ("Kabul/Paghman", "", "can be 2 places: Kabul, AFG"),
         ("Ishkashim", "", "can be 2 places: Ishqoshim, TJK"), ("Panj", "", "but names no country")]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "doubt"), ASKED)
def test_a_place_in_doubt_is_asked_about(place, country, doubt):
    case = placed(place, country)
    (verdict,) = case.verdicts
    assert (verdict.code, doubt in verdict.right, len(case.questions)) == ("place_ambiguous", True, 1)
    assert case.reports["lat"].isna().all()


KINDS = [("г. Термез", "Tirmiz"), ("г.Душанбе", "Dushanbe"), ("город Душанбе", "Dushanbe"), ("шаҳри Душанбе", "Dushanbe"),
         ("Душанбе, г.", "Dushanbe"), ("Kunduz city, Kunduz", "Kunduz"), ("Kabul city", "Kabul"), ("Mexico City", "Mexico City"),
         ("کابل، افغانستان", "Kabul"), ("Kabul؛ Afghanistan", "Kabul"), ("Khorog (GBAO)", "Khorugh"), ("Dushanbe/Душанбе", "Dushanbe"),
         ("Khorog, Gorno-Badakhshan Autonomous Oblast, Tajikistan", "Khorugh"), ("Herat", "Herāt")]  # fmt: skip


@pytest.mark.parametrize(("place", "name"), KINDS)
def test_what_kind_of_place_it_is_and_in_which_province_is_no_other_place(place, name):
    row = only(place)
    assert (row["place_precision"], row["placed_from"].split(",")[0]) == ("city", name)


SPOKEN = [("ولایت بلخ", "Balkh province, AFG"), ("Ошская область", "Osh province, KGZ"), ("استان خراسان رضوی", "Razavi Khorasan province, IRN"),
          ("Sistan-Baluchestan province", "Sistan and Baluchestan province, IRN"),
          ("استان سیستان و بلوچستان", "Sistan and Baluchestan province, IRN"),
          ("провинция Хайбер-Пахтунхва", "Khyber Pakhtunkhwa province, PAK"), ("KPK province", "Khyber Pakhtunkhwa province, PAK"),
          ("صوبہ بلوچستان", "Balochistan province, PAK"), ("Туркестанская область", "Turkistan province, KAZ"),
          ("Түркістан облысы", "Turkistan province, KAZ"),
          ("Lebap welaýaty", "Lebap province, TKM"), ("Марыйский велаят", "Mary province, TKM"), ("Dashoguz velayat", "Daşoguz province, TKM"),
          ("Баткен облусу", "Batken province, KGZ"), ("Surxondaryo viloyati", "Surkhandarya province, UZB"),
          ("Xinjiang Uyghur Autonomous Region", "Xinjiang province, CHN"), ("ولایت میدان وردک", "Maidan Wardak province, AFG")]  # fmt: skip


@pytest.mark.parametrize(("place", "label"), SPOKEN)
def test_a_province_is_known_in_the_languages_of_the_theatre(place, label):
    assert only(place)["placed_from"] == f"{label} (Natural Earth)"


def test_every_other_name_of_a_province_is_of_one_that_has_an_outline():
    assert set(provinces.ALSO) <= set(atlas.shape("admin1")["name"])


def test_the_twin_of_a_town_across_the_border_is_found_in_its_country():
    assert [only("Ishkashim", country)["country"] for country in ("TJK", "AFG")] == ["TJK", "AFG"]


LONG = ["1" * 9000, "a" + " " * 9000 + "b", "~ " * 4500, "Kabul, " * 1300]


@pytest.mark.parametrize("place", LONG, ids=["digits", "blanks", "signs", "names"])
def test_a_place_of_thousands_of_letters_is_answered_at_once(place):
    began = time.process_time()
    said = wording.read(place, "")
    assert time.process_time() - began < 1
    assert said.trouble.startswith("has more than 200 letters") or said.names == ("a b",)


def test_a_place_of_thousands_of_letters_is_listed_with_a_sentence():
    (verdict,) = placed("Kabul " * 100).verdicts
    assert (verdict.code, "more than 200 letters" in verdict.right) == ("place_unknown", True)


@pytest.mark.parametrize(("place", "country", "label"), [
    ("Panjshir", "AFG", "Panjshir province, AFG"), ("Badakhshan", "AFG", "Badakhshan province, AFG"),
    ("GBAO", "TJK", "Gorno-Badakhshan province, TJK"),
    ("Хатлон", "", "Khatlon province, TJK"), ("خراسان رضوی", "IRN", "Razavi Khorasan province, IRN")])  # fmt: skip
def test_a_province_that_is_not_said_to_be_one_is_proposed(place, country, label):
    case = intake.admit("own.csv", f"What,When,Where,Country,Source\nTalk,2021-09-01,{place},{country},TASS\n".encode(), ground())
    (question,) = case.questions
    assert label in " ".join(question.choices.values())
    (verdict,) = (verdict for verdict in case.verdicts if verdict.code == "place_ambiguous")
    assert "the words do not say that a province is meant" in verdict.right


@pytest.mark.parametrize("place", ["Харб-Майдон", "полигон Харб-Майдон", "Харбмайдон"])
def test_a_range_is_known_by_its_name_in_cyrillic(place):
    assert only(place, "TJK")["zone"] == ("kharb-maidon",)
