"""Nothing of a file is taken for more than it says: totals, ids, codes, blanks, commas, geometry and answers."""

from __future__ import annotations

import json

import pytest

from geodata import days, intake, reports
from geodata.intake import Mapping
from geodata.intake.sheet import LAT, LON
from geodata.intake.verdicts import HELD_BACK
from tests.intake.corpus import GOOD
from tests.tables import ground
from tests.test_intake_schemas import ACLED, UCDP, only, widest
from tests.test_intake_schemas import read as exported
from tests.test_intake_steps import codes, read

HEAD = "What,When,Where,Country,Killed\n" + "".join(f"Clash {n},2021-0{n}-01,Kulob,TJK,3\n" for n in range(1, 9))


def table(text: str, mapping: Mapping | None = None) -> intake.Intake:
    return intake.admit("own.csv", text.encode(), ground(), mapping=mapping)


def sentences(case: intake.Intake, level: str) -> list[str]:
    lines = case.table["_line"]
    return [str(v.problem("own.csv", int(lines.iloc[v.rows[0]]))) for v in case.verdicts if v.level == level]


@pytest.mark.parametrize("title", ["Summit of the SCO in Dushanbe", "Sumy shelling", "Total war exercise", "Totally new talks", "Всего мира саммит"])
@pytest.mark.parametrize("where", ["Tajikistan", ""])
def test_an_event_whose_title_begins_like_a_total_is_an_event(title, where):
    case = table(f"What,Date,Country\n{title},2021-09-17,{where}\n")
    assert (case.aside, list(case.reports["title"])) == ([], [title])


@pytest.mark.parametrize("row", ["Total,2021-09-30,,,24", "Итого,2021,,,24", "Total for September 2021,2021-09-30,,,24", "Итого за 2021 год,,,,24",
                                 "Grand total:,,,,24", "Sub-total,,Kulob,,24", "Total,,,TJK,24", "Sum,2021-09-30,,,24"])  # fmt: skip
def test_a_row_of_totals_is_none_wherever_it_stands(row):
    case = table(f"{HEAD}{row}\n")
    assert [(line.line, line.why) for line in case.aside] == [(10, "is a row of totals")]
    assert case.counts["used"] == 8


@pytest.mark.parametrize("code", ["3.0", "3", "3.00"])
def test_a_code_written_as_a_decimal_is_that_code(code):
    row = only(ACLED | {"geo_precision": code, "time_precision": code})
    assert (row["place_precision"], row["radius_km"], widest(row)) == ("district", 150, ("2021-09-01", "2021-09-30"))
    assert codes(exported(ACLED | {"geo_precision": code, "time_precision": code})) == [("fixed", "date_read"), ("fixed", "place_code")]


@pytest.mark.parametrize("code", ["", "9", "NA", "high"])
def test_a_code_nobody_knows_is_the_vaguest_there_is_and_that_is_said(code):
    case = exported(ACLED | {"geo_precision": code, "time_precision": code})
    row = case.reports.iloc[0]
    assert (row["place_precision"], row["radius_km"], widest(row)) == ("district", 150, ("2021-09-01", "2021-09-30"))
    assert [verdict.found for verdict in case.verdicts if verdict.code == "precision_code"] == [code, code]
    row = exported(UCDP | {"where_prec": code, "date_prec": code}).reports.iloc[0]
    assert (row["place_precision"], widest(row)) == ("country", ("2021-01-01", "2021-12-31"))


def test_a_collection_without_its_columns_of_precision_is_as_vague_as_can_be():
    without = {name: text for name, text in ACLED.items() if not name.endswith("precision")}
    columns = {"event": "event_id_cnty", "start": "event_date", "place": "location", "lat": "latitude", "lon": "longitude", "country": "country"}
    case = table(",".join(without) + "\n" + ",".join(f'"{text}"' for text in without.values()) + "\n", Mapping(columns, schema="acled"))
    row = case.reports.iloc[0]
    assert (row["place_precision"], days.iso(row["w1"])) == ("district", "2021-09-30")
    assert [verdict.column for verdict in case.verdicts if verdict.code == "precision_code"] == ["time_precision", "geo_precision"]


@pytest.mark.parametrize(("code", "span"), [("4", ("2021-09-01", "2021-09-30")), ("5", ("2021-01-01", "2021-12-31"))])
def test_one_day_known_to_the_month_or_year_is_the_month_or_year(code, span):
    assert widest(only(UCDP | {"date_prec": code})) == span


REFS = """Headline;Date;City;Country;{0};Publisher
Talks on water;2021-09-17;Dushanbe;TJK;A1;Asia-Plus
Drill;2021-09-18;Kulob;TJK;A1;TASS
Visit;2021-11-01;Bokhtar;TJK;B2;Avesta
"""


@pytest.mark.parametrize("name", ["Ref", "Код", "№", "key", "no", "id"])
def test_a_column_that_repeats_on_unrelated_rows_is_no_id(name):
    case = table(REFS.format(name))
    assert case.reports["event"].nunique() == 3
    assert case.notes == [f"column {name!r} is not taken for the id of events: rows of different titles or days share its values"]
    assert name in case.table


def test_a_column_of_different_values_is_an_id_and_so_is_one_that_says_it_is():
    assert list(table(REFS.format("Ref").replace("TJK;A1;TASS", "TJK;A2;TASS")).reports["event"]) == ["A1", "A2", "B2"]
    assert list(table(REFS.format("event_id")).reports["event"]) == ["A1", "A1", "B2"]
    assert list(table("Name,Date,Country,Ref,Source\nA,2021-09-01,TJK,7,TASS\nA,2021-09-01,TJK,7,Avesta\n").reports["event"]) == ["7", "7"]


def test_rows_drawn_as_one_event_by_an_id_the_analyst_chose_are_named():
    case = table(REFS.format("Ref"), Mapping({"title": "Headline", "start": "Date", "place": "City", "country": "Country", "event": "Ref"}))
    assert "own.csv: line 2: Ref 'A1' is the id of rows of different titles or days, drawn as one event" in sentences(case, "warned")


def features(*rows: tuple[object, dict]) -> intake.Intake:
    made = [{"type": "Feature", "geometry": shape, "properties": {"title": f"Talks {n}", "date": "2021-09-01", **told}}
            for n, (shape, told) in enumerate(rows)]  # fmt: skip
    return intake.admit("own.geojson", json.dumps({"type": "FeatureCollection", "features": made}).encode(), ground())


POINT = {"type": "Point", "coordinates": [68.78, 38.54]}


@pytest.mark.parametrize(("lat", "lon"), [("lat", "lon"), ("Latitude", "Longitude"), ("y", "x")])
def test_the_geometry_of_a_feature_goes_before_its_attributes(lat, lon):
    case = features((POINT, {lat: 1, lon: 2}), (POINT, {lat: None, lon: None}), (POINT, {lat: 38.541, lon: 68.781}), (None, {lat: 40, lon: 69}))
    assert list(zip(case.reports["lat"], case.reports["lon"], strict=True)) == [(38.54, 68.78)] * 3 + [(40, 69)]
    (verdict,) = [verdict for verdict in case.verdicts if verdict.code == "geometry_differs"]
    assert (verdict.level, verdict.found, verdict.rows.tolist(), "km from the feature's own point" in verdict.right) == ("warned", "1, 2", [0], True)
    assert f"1 features without a point are placed by their attributes {lat!r} and {lon!r}" in case.notes


def test_attributes_that_are_no_degrees_are_no_doubt_about_the_geometry():
    case = features((POINT, {"x": 480000, "y": 4267000}))
    assert [code for _, code in codes(case)] == ["no_source"]
    assert (case.mapping.columns["lat"], case.mapping.columns["lon"]) == (LAT, LON)


def test_cells_that_say_there_is_nothing_are_empty_and_it_is_said_once():
    case = table("What,When,Country,Latitude,Longitude,City,Source\nA,2021-09-01,NA,38.5358,68.7791,NA,TASS\n"
                 "B,2021-09-02,NULL,NA,NaN,Dushanbe,N/A\nC,2021-09-03,Tajikistan,,,-,TASS\nD,2021-09-03,None,,,—,TASS\n")  # fmt: skip
    assert [row["country"] for row in case.reports.to_dict("records")] == ["", "TJK", "TJK", ""]
    assert [row["place_precision"] for row in case.reports.to_dict("records")] == ["city", "city", "country", "none"]
    (note,) = [note for note in case.notes if "empty" in note]
    assert note.endswith("are read as empty: 'City' (3), 'Latitude' (1), 'Longitude' (1), 'Country' (3), 'Source' (1)")
    assert case.questions == []
    assert list(case.table["Country_as_given"]) == ["NA", "NULL", "Tajikistan", "None"]


def test_na_among_codes_of_two_letters_may_be_namibia_and_is_asked_about():
    case = table("What,When,Country,Source\nA,2021-09-01,NA,TASS\nB,2021-09-02,TJ,TASS\nC,2021-09-03,AF,TASS\n")
    (question,) = case.questions
    assert (question.key, question.rows.tolist(), list(case.reports["country"])) == ("country NA", [0], ["", "TJK", "AFG"])
    assert codes(case) == [("warned", "country_na")]
    assert list(case.answered("country NA", "NAM").reports["country"]) == ["NAM", "TJK", "AFG"]
    empty = case.answered("country NA", "empty")
    assert (list(empty.reports["country"]), codes(empty), empty.questions) == (["", "TJK", "AFG"], [("warned", "no_place")], [])


RADIUS = "title,date,lat,lon,radius_km,source\nTalk,2021-09-16,38.5,68.7,\"{}\",TASS\n"


def test_three_digits_after_a_comma_are_asked_about():
    case = table(RADIUS.format("1,500"))
    assert (codes(case), [question.key for question in case.questions]) == ([("held_back", "number_ambiguous")], ["radius comma"])
    assert case.answered("radius comma", "thousands").reports["radius_km"].iloc[0] == 1500
    assert case.answered("radius comma", "decimals").reports["radius_km"].iloc[0] == 1.5


@pytest.mark.parametrize(("text", "km"), [("1,5", 1.5), ("12,25", 12.25), ("۱۵", 15), ("1500", 1500)])
def test_any_other_radius_has_one_reading(text, km):
    assert table(RADIUS.format(text)).reports["radius_km"].iloc[0] == km


@pytest.mark.parametrize(("lat", "lon"), [("۳۸.۵۳۵۸", "۶۸.۷۷۹۱"), ("۳۸٫۵۳۵۸", "٦٨٫٧٧٩١"), ("۳۸°۳۲'۰۹\"N", "68.7791")])
def test_digits_of_other_scripts_are_read(lat, lon):
    row = read(GOOD | {"Latitude": lat, "Longitude": lon}).reports.iloc[0]
    assert (round(row["lat"], 2), round(row["lon"], 2)) == (38.54, 68.78)


@pytest.mark.parametrize("name", ["Country", "COUNTRY", "Source", "Title"])
def test_a_column_named_like_ours_but_for_capitals_stands_beside_it(name):
    case = table(f"What,When,{name},Where\nTalk,2021-09-16,Words of theirs,Kulob\n", Mapping({"title": "What", "start": "When", "place": "Where"}))
    names = [column.casefold() for column in case.table.columns]
    assert len(set(names)) == len(names)
    assert case.table[f"{name}_as_given"].iloc[0] == "Words of theirs"
    assert case.table[name.lower()].iloc[0] == {"country": "TJK", "source": "", "title": "Talk"}[name.lower()]


def test_two_rows_of_one_source_that_are_one_event_are_both_told():
    case = read(GOOD, GOOD | {"Date": "2021-09-17"}).answered("duplicates 2,3", "same")
    assert (case.reports["event"].nunique(), list(case.reports["source"]), case.counts["held_back"]) == (1, ["Asia-Plus", "Asia-Plus (2)"], 0)
    assert sentences(case, "fixed") == ["own.csv: line 3: Source 'Asia-Plus' reports this event more than once, so this report was read as from "
                                        "'Asia-Plus (2)'"]  # fmt: skip
    assert list(case.table["Source_as_given"]) == ["Asia-Plus", "Asia-Plus"]


def test_an_answer_that_is_none_is_named():
    answers = {"date order": "dayfirst", "swapped": "yes", "nonsense": "x"}
    case = read(GOOD | {"Date": "03/04/2021"}, answers=answers, kinds={"Бой": "atack", "talks": "talks"})
    told = [note for note in case.notes if note.startswith("the mapping")]
    right = "which is no answer to it; one of 'day first', 'month first' would be right"
    assert told[:3] == [f"the mapping answers 'date order' with 'dayfirst', {right}",
                        "the mapping answers 'swapped' with 'yes', which is no question about this file",
                        "the mapping answers 'nonsense' with 'x', which is no question about this file"]  # fmt: skip
    assert len(told) == 4
    assert told[3].startswith("the mapping reads 'Бой' as 'atack', which is no kind of event known here; one of ")


def test_good_answers_are_not_spoken_of():
    case = read(GOOD | {"Date": "03/04/2021"}, answers={"date order": "day first"}, kinds={"Бой": "attack"})
    assert [note for note in case.notes if "mapping" in note] == []


def test_dates_in_both_orders_are_a_contradiction_that_is_told():
    rows = [GOOD | {"Date": date, "Title": f"Event {date}"} for date in ("13/04/2021", "04/13/2021", "03/04/2021")]
    case = read(*rows)
    assert [note for note in case.notes if "both orders" in note]
    assert (case.questions[0].proposed, "'04/13/2021' only the month" in case.questions[0].text) == ("", True)
    (note,) = [note for note in read(rows[1], rows[2], answers={"date order": "day first"}).notes if "04/13" in note]
    assert note == "'04/13/2021' can only be read with the month first, but the answer for this file is day first"


def test_a_row_held_back_is_not_said_to_be_read_as_anything():
    line = {"type": "LineString", "coordinates": [[20, 38], [140, 39]]}
    case = features((line, {"source": "TASS"}))
    assert (case.counts["held_back"], case.counts["fixed"]) == (1, 0)
    case = read(GOOD | {"Date": "16.09.2021", "Latitude": "far"}, GOOD | {"Date": "16.09.2021", "Title": "Else"})
    assert [(verdict.code, verdict.rows.tolist()) for verdict in case.verdicts if verdict.level == "fixed"] == [("date_read", [1])]


CENTRES = [("39", "71", "Tajikistan"), ("33", "65", "AFG"), ("41", "64", "UZ"), ("41", "75", "Kyrgyzstan"), ("48", "68", "KAZ"), ("40", "60", "TKM")]


@pytest.mark.parametrize(("lat", "lon", "country"), CENTRES)
@pytest.mark.parametrize("place", ["", "Afghanistan"])
def test_a_point_in_the_middle_of_a_country_with_no_place_named_is_never_a_pin_unasked(lat, lon, country, place):
    case = read(GOOD | {"Latitude": lat, "Longitude": lon, "Country": country, "Place": place})
    assert codes(case)[0] == ("held_back", "country_centre")
    assert [question.key for question in case.questions] == ["country centre"]




def test_a_file_in_our_own_columns_is_taken_by_its_word():
    said = {"title": "null", "start": "2021-09-16", "place": "none", "place_precision": "none", "summary": "-"}
    row = dict.fromkeys(reports.COLUMNS, "") | said
    content = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    only = intake.admit("own.csv", content, ground()).reports.iloc[0]
    assert (only["title"], only["place"], only["summary"]) == ("null", "none", "-")


@pytest.mark.parametrize(("place", "code"), [("Georgia", "GEO"), ("Afghanistan", "AFG"), ("Таджикистан", "TJK")])
def test_a_place_that_is_only_a_country_is_the_country_and_that_is_said(place, code):
    case = read(GOOD | {"Place": place, "Country": "", "Latitude": "", "Longitude": ""})
    assert codes(case) == [("fixed", "place_country")]
    assert [*case.reports[["country", "place_precision"]].iloc[0]] == [code, "country"]


def test_a_place_that_is_another_country_than_the_row_gives_is_told():
    case = read(GOOD | {"Place": "Afghanistan", "Latitude": "", "Longitude": ""})
    assert (codes(case), case.reports["country"].iloc[0]) == ([("warned", "place_contradicts")], "TJK")


ENDS = [("outside Kabul, Afghanistan", "", "is in no gazetteer here as a place in AFG; it is listed, not drawn"),
        ("Atlanta, Georgia", "", "is in no gazetteer here as a place in GEO; it is listed, not drawn"),
        ("Nowhereville", "", "is in no gazetteer here, and no country is named; it is listed, not drawn"),
        ("Kabul Province", "TJK", "is no province of TJK known here; it is listed, not drawn"),
        ("Dushanbe, Tajikistan", "AFG", "names 'Tajikistan', but the country of the row is AFG; it is listed, not drawn")]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "right"), ENDS)
def test_a_place_not_found_is_told_with_the_country_it_was_looked_for_in(place, country, right):
    (verdict,) = read(GOOD | {"Place": place, "Country": country, "Latitude": "", "Longitude": ""}).verdicts
    assert (verdict.code, verdict.right) == ("place_unknown", right)


def test_totals_between_rows_do_not_spoil_their_ids():
    text = "ID,What,When,Country,Killed\n1,Clash a,2021-09-01,TJK,3\n2,Clash b,2021-09-02,TJK,4\nTotal,,,,7\n"
    case = table(text + "3,Clash c,2021-10-01,TJK,5\n4,Clash d,2021-10-02,TJK,6\nTotal,,,,11\n")
    assert (list(case.reports["event"]), len(case.aside)) == (["1", "2", "3", "4"], 2)


def test_ids_that_repeat_beside_totals_are_still_no_ids_and_that_is_said():
    case = table(REFS.format("Ref") + "Total;;;;Total;\nTotal;;;;Total;\n")
    assert case.reports["event"].nunique() == 3
    assert [note for note in case.notes if "'Ref' is not taken for the id of events" in note]


CLASHES = ("Country,Date,Event,Fatalities,Location,Source\nAfghanistan,2021-09-01,Clash,3,Kunduz,AFP\nAfghanistan,2021-09-02,Clash,4,Herat,Reuters\n"
           "Tajikistan,2021-09-03,Exercise,0,Dushanbe,TASS\nAfghanistan,2021-10-02,Clash,4,Faizabad,Tolo\n")  # fmt: skip


def test_a_column_named_event_is_an_id_only_when_codes_stand_in_it():
    case = table(CLASHES)
    assert (case.mapping.columns["title"], case.reports["event"].nunique()) == ("Event", 4)
    titled = table("Date,Event,Country,Source\n2021-09-01,Clash near the town,Tajikistan,TASS\n2021-09-02,CSTO summit,Tajikistan,TASS\n")
    assert list(titled.reports["title"]) == ["Clash near the town", "CSTO summit"]
    coded = "Event,Title,Date,Country,Source\nEV1,Plan,2021-09-01,TJK,TASS\nEV1,Held,2021-09-02,TJK,AFP\nEV2,Other,2021-09-03,TJK,AFP\n"
    case = table(coded)
    assert list(case.reports["event"]) == ["EV1", "EV1", "EV2"]
    assert "1 row shares the id of an earlier one in 'Event' and is read as reports of the same events" in case.notes


def test_in_our_own_columns_event_is_the_id_whatever_stands_in_it():
    text = "event,title,start,place,country,source\nsummit,Plan,2021-09-01,Dushanbe,TJK,TASS\nsummit,Held,2021-09-02,Dushanbe,TJK,AFP\n"
    assert list(table(text).reports["event"]) == ["summit", "summit"]


RUNS = [("0633N 01045E", "6.55", "10.75"), ("3833N06846E", "38.55", "68.76667"), ("383309N 0684612E", "38.5525", "68.77"),
        ("38.5358 N, 68.7791 E", "38.5358", "68.7791"), ("POINT (68.7791 38.5358)", "38.5358", "68.7791"),
        ("68.7791E 38.5358N", "38.5358", "68.7791")]  # fmt: skip


@pytest.mark.parametrize(("text", "lat", "lon"), RUNS)
def test_a_notation_in_one_cell_is_read_and_said(text, lat, lon):
    case = table(f'What,When,Coordinates,Source\nTalk,2021-09-01,"{text}",TASS\n')
    assert (case.table["lat"].iloc[0], case.table["lon"].iloc[0]) == (lat, lon)
    assert [(verdict.level, verdict.found, verdict.to) for verdict in case.verdicts if verdict.code == "coordinates_read"] == [
        ("fixed", text, f"{lat}, {lon}")]  # fmt: skip


def test_plain_decimals_in_one_cell_are_no_fix():
    case = table('What,When,Coordinates,Source\nTalk,2021-09-01,"38.5, 98.7",TASS\n')
    assert [verdict.code for verdict in case.verdicts] == []


@pytest.mark.parametrize("text", ["3833", "383309", "1234E", "38.5N5", "38°3209N"])
def test_figures_without_a_letter_or_a_gap_are_not_guessed(text):
    case = table(f"What,When,Latitude,Longitude,Source\nTalk,2021-09-01,{text},68.7,TASS\n")
    assert [(verdict.level, verdict.found) for verdict in case.verdicts if verdict.level == HELD_BACK] == [(HELD_BACK, text)]


LISTED = [("TJK", "38.861034", "71.276093"), ("AFG", "33.93911", "67.709953"), ("UZB", "41.377491", "64.585262"), ("KAZ", "48.019573", "66.923684"),
          ("RUS", "61.52401", "105.318756"), ("RUS", "60", "100"), ("IRN", "32.427908", "53.688046"), ("IRN", "32", "53")]  # fmt: skip


@pytest.mark.parametrize(("country", "lat", "lon"), LISTED)
def test_the_middles_that_lists_of_countries_give_are_asked_about(country, lat, lon):
    case = table(f"What,When,Country,Latitude,Longitude,Source\nTalk,2021-09-01,{country},{lat},{lon},TASS\n")
    assert [question.key for question in case.questions] == ["country centre"]


TOWNS = [("TJK", "38.5358", "68.7791"), ("AFG", "34.82", "67.82"), ("IRN", "32.65", "51.67"), ("RUS", "56", "93")]


@pytest.mark.parametrize(("country", "lat", "lon"), TOWNS)
def test_towns_are_no_middles(country, lat, lon):
    case = table(f"What,When,Country,Latitude,Longitude,Source\nTalk,2021-09-01,{country},{lat},{lon},TASS\n")
    assert [question.key for question in case.questions] == []
