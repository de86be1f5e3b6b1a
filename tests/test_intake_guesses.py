"""What a column is taken for by its contents alone: nothing that its name speaks against, and no bare number for a date or a place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.intake import dates, degrees, names
from geodata.problems import TableError
from tests.test_intake_honesty import table


def told(case, word: str) -> list[str]:
    return [note for note in case.notes if word in note]


def points(case) -> list[tuple[float, float]]:
    return [(point.y, point.x) for point in case.reports.geometry if point]


@pytest.mark.parametrize(("name", "first", "second"), [
    ("Troops", "12,150", "5,120"), ("Fläche km²", "12,125", "30,150"), ("Kosten", "12,5", "3,75"), ("Score", "10/15", "3/4"),
    ("Killed-wounded", "10 120", "3 130"), ("Span", "12.03/14.03", "01.09/03.09"), ("Units", "12, 14", "3, 5"),
    ("Range", "12,150 13,200", "1,100 1,200"),
])  # fmt: skip
def test_numbers_with_a_comma_or_a_slash_are_no_coordinates(name, first, second):
    case = table(f"Event title;Date;Place;{name}\nExercise;2021-09-16;Dushanbe;{first}\nSecond;2021-09-17;Kabul;{second}\n")
    assert case.mapping.columns == {"title": "Event title", "start": "Date", "place": "Place"}
    assert (case.kept, case.questions) == ([name], [])


@pytest.mark.parametrize("text", [
    "38.5, 68.8", "38.5358,68.7791", "38.5358/68.7791", "38.5 68.8", "38,5358; 68,7791", "38,5358;68,7791", "38, 68.8", "-38.5, 168", "100.5, 38.5",
    "38.5 N, 68.7 E", "N38.5 E68.7", "38°33'36\"N 68°46'26\"E", "POINT (68.78 38.54)",
])  # fmt: skip
def test_a_pair_of_unmistakable_form_is_one_without_a_name(text):
    assert degrees.unmistakable(text)
    assert table(f"Title|Date|d\nExercise|2021-09-16|{text}\n").mapping.columns["coordinates"] == "d"


@pytest.mark.parametrize("text", ["", "12,150", "10/15", "120.5, 150.2", "200.5, 10.5", "38.5", "words, words", "2021, 9"])
def test_anything_else_is_none(text):
    assert not degrees.unmistakable(text)


def test_a_column_named_coordinates_is_read_as_it_was():
    case = table("Title|Date|Coordinates\nExercise|2021-09-16|120,38\n")
    assert case.mapping.columns["coordinates"] == "Coordinates"
    assert points(case) == [(38, 120)]


MEASURED = "Titel;Datum;{};Quelle\nÜbung;16.09.2021;38,112;68,770;dpa\nGespräch;17.09.2021;34,130;69,170;dpa\n"


@pytest.mark.parametrize("header", ["Breite;Länge", "breedte;lengte", "Bredd;Längd", "عرض;طول"])
def test_breadth_and_length_are_asked_about_when_both_can_be_coordinates(header):
    case = table(MEASURED.format(header))
    (question,) = case.questions
    broad, long = header.split(";")
    assert question.text == f"are {broad!r} and {long!r} latitude and longitude, or width and length of something?"
    assert (question.key, list(question.choices), question.proposed, list(question.rows)) == (
        "width and length", ["coordinates", "sizes"], "coordinates", [0, 1])  # fmt: skip
    assert (points(case), case.kept) == ([], [broad, long])


def test_breadth_and_length_answered_are_read_and_no_longer_left_over():
    case = table(MEASURED.format("Breite;Länge")).answered("width and length", "coordinates")
    assert points(case) == [(38.112, 68.77), (34.13, 69.17)]
    assert (case.questions, case.kept, told(case, "mapping")) == ([], [], [])
    assert {verdict.column for verdict in case.verdicts if verdict.code == "coordinate_read"} == {"Breite", "Länge"}


def test_sizes_are_kept_as_they_are():
    case = table(MEASURED.format("Breite;Länge")).answered("width and length", "sizes")
    assert (points(case), case.questions, case.kept) == ([], [], ["Breite", "Länge"])


def test_an_edit_goes_before_the_breadth_of_the_file_and_na_is_said_to_be_empty():
    case = table(MEASURED.format("Breite;Länge").replace("34,130;69,170", "NA;NA")).answered("width and length", "coordinates")
    assert points(case) == [(38.112, 68.77)]
    assert told(case, "'NA'") == ["cells that say 'NA' are read as empty: 'Breite' (1)", "cells that say 'NA' are read as empty: 'Länge' (1)"]
    assert points(case.edited(3, "lat", "34").edited(3, "lon", "69")) == [(38.112, 68.77), (34, 69)]


@pytest.mark.parametrize("header", ["Breite;Länge;Ort", "Breite;Tiefe;Ort"])
def test_breadth_and_length_that_can_be_no_coordinates_are_not_asked_about(header):
    assert table(f"Titel;Datum;{header}\nBrand;2021-09-01;120,5;12,5;Duschanbe\n").questions == []


def test_coarse_breadth_and_length_are_asked_about_without_a_proposal():
    (question,) = table("Titel;Datum;Länge;Breite;Ort\nBrand;2021-09-01;2,5;1,2;Duschanbe\n").questions
    assert (question.key, question.proposed) == ("width and length", "")


def test_nothing_is_asked_of_breadth_when_coordinates_stand_beside_it():
    assert table("Titel;Datum;lat;lon;Breite;Länge\nBrand;2021-09-01;38.5;68.8;2,55;1,25\n").questions == []


def test_bare_numbers_are_no_dates_beside_dates():
    case = table("Headline,Troops,Observed,City\nExercise one,2000,2021-09-16,Kabul\nExercise two,1800,2021-09-17,Kunduz\n")
    assert case.mapping.columns["start"] == "Observed"
    assert case.kept == ["Troops"]


@pytest.mark.parametrize(("header", "cells", "taken"), [
    ("Year,Seen", ["2021,2021-09-16", "2021,2021-09-17"], "Seen"), ("Period,Seen", ["September 2021,16.09.2021", "October 2021,17.10.2021"], "Seen"),
    ("Seen,Entered", ["September 2021,2021-10-01", "16.09.2021,2021-10-01", "17.09.2021,2021-10-01"], "Seen"),
    ("Ref,Month", ["20210916,September 2021", "20210917,September 2021"], "Month"), ("Troops,Year", ["1990,2021", "2000,2022"], "Year"),
    ("Troops,Stamp", ["1990,20210916", "2000,20210917"], "Stamp"),
])  # fmt: skip
def test_days_go_before_months_and_either_before_bare_numbers(header, cells, taken):
    rows = "".join(f"Exercise {i},{cell},Kabul\n" for i, cell in enumerate(cells))
    assert table(f"Headline,{header},City\n{rows}").mapping.columns["start"] == taken


@pytest.mark.parametrize(("name", "year"), [("Troops", "2000"), ("Year", "1800"), ("Year", "12"), ("Amount", "1950.5")])
def test_a_bare_number_is_a_year_only_under_a_name_that_says_so_and_only_a_plausible_one(name, year):
    with pytest.raises(TableError, match=f"missing column 'start'; the columns left are '{name}'"):
        table(f"Headline,{name},City\nExercise,{year},Kabul\n").reports  # noqa: B018


@pytest.mark.parametrize("name", ["Actor", "St", "Parties", "Nationality", "Country of origin", "Partner country", "Country A", "Страна-участник",
                                  "Гражданство", "Akteur", "State"])  # fmt: skip
def test_countries_under_the_name_of_somebody_are_not_where_the_event_was(name):
    case = table(f"Headline,When,City,{name}\nDelegation received,2021-09-16,Herat,Iran\nTalks,2021-09-17,Khorog,Tajikistan\n")
    assert "country" not in case.mapping.columns
    assert case.kept == [name]
    note = f"column {name!r} holds countries, but its name does not say that events were there, so it is kept as it is; the mapping decides"
    assert told(case, repr(name)) == [note]
    assert [place for place in case.table["placed_from"] if "IRN" in place] == []


@pytest.mark.parametrize("name", ["Land", "d", "Column 4", "Country of the event", "ISO 2", "Страна проведения", "Region"])
def test_countries_under_the_name_of_a_place_or_none_are(name):
    assert table(f"Headline,When,City,{name}\nTalks,2021-09-17,Khorog,Tajikistan\n").mapping.columns["country"] == name


def test_nothing_is_said_of_actors_when_the_country_is_known():
    assert told(table("Headline,When,Country,Actor\nTalks,2021-09-17,TJK,Iran\n"), "Actor") == []


def test_the_mapping_takes_actors_for_countries_when_it_says_so():
    case = table("Headline,When,City,Actor\nTalks,2021-09-17,Khorog,Tajikistan\n")
    own = case.mapped(replace(case.mapping, columns=case.mapping.columns | {"country": "Actor"}))
    assert (list(own.reports["country"]), told(own, "Actor")) == (["TJK"], [])


def test_a_name_says_a_place_or_somebody_never_both():
    assert not names.SOMEWHERE & names.SOMEBODY


DOTTED = ["09.03.2021", "09.05.2021", "09.13.2021"]


def test_dates_with_dots_have_the_day_first_unless_one_cannot():
    assert dates.order_of_dots(["09.03.2021", "16.09.2021", "2021.09.16", "09/13/2021", "31.31.2021", ""]) == dates.DAY_FIRST
    assert dates.order_of_dots(DOTTED) == ""


def test_dates_with_dots_that_are_asked_about_are_read_like_those_with_slashes():
    assert dates.read("09.03.2021").start == "2021-03-09"
    assert dates.read("09.03.2021", "month first").start == "2021-03-09"  # asked of the slashes of a file, whose dots are settled
    assert dates.read("09.03.2021", dots="").order
    assert dates.read("09.03.2021", "month first", dots="").start == "2021-09-03"
    assert dates.read("09.13.2021", dots="") == dates.read("09/13/2021")


def test_a_column_of_dates_with_dots_is_known_without_a_name_in_either_order():
    assert table("Title,d,Place\n" + "".join(f"Exercise {day},{day},Kulob\n" for day in DOTTED)).mapping.columns["start"] == "d"


def dotted(days: list[str], mark: str = ".") -> str:
    return "Title,Date,Place\n" + "".join(f"Exercise {day},{day.replace('.', mark)},Kulob\n" for day in days)


@pytest.mark.parametrize("mark", [".", "/"])
def test_dates_with_dots_of_which_one_can_only_have_the_month_first_are_asked_about_like_those_with_slashes(mark):
    case = table(dotted(DOTTED, mark))
    (question,) = case.questions
    assert (question.key, question.proposed, list(question.rows)) == ("date order", "month first", [0, 1])
    assert list(case.reports["start"].astype(str).str[:10]) == ["2021-09-13"]
    answered = case.answered("date order", "month first")
    assert list(answered.reports["start"].astype(str).str[:10]) == ["2021-09-03", "2021-09-05", "2021-09-13"]
    assert "date order" not in [question.key for question in answered.questions]


def test_dates_with_dots_of_another_column_are_asked_about_too():
    case = table("Title,Date,Ends,Place\nExercise,09.03.2021,09.13.2021,Kulob\n")
    assert [list(question.rows) for question in case.questions] == [[0]]


def test_dates_with_dots_that_can_all_have_the_day_first_are_not_asked_about():
    case = table(dotted(["09.03.2021", "16.09.2021"]))
    assert (case.questions, list(case.reports["start"].astype(str).str[:10])) == ([], ["2021-03-09", "2021-09-16"])


@pytest.mark.parametrize("cells", [("kg", "km"), ("no", "no"), ("ru", "uz"), ("NA", "NA")])
def test_units_words_and_empty_cells_are_no_countries(cells):
    case = table("Title,Date,Place,Unit\n" + "".join(f"Exercise {n},2021-09-0{n + 1},Kulob,{cell}\n" for n, cell in enumerate(cells)))
    assert not [note for note in case.notes if "holds countries" in note]
    assert "country" not in case.mapping.columns


def test_two_days_without_a_year_are_no_coordinates():
    case = table('Title,Date,Place,Days\nExercise,2021-09-16,Kulob,"12.03, 14.03"\nVisit,2021-09-17,Kulob,"16.09, 18.09"\n')
    assert "coordinates" not in case.mapping.columns
    assert case.counts["held_back"] == 0
