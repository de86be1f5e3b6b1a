"""Columns of a file: of several for one thing the choice is told, what is left over is named, a missing one says what there is."""

from __future__ import annotations

import json

import pytest

from dashboard.cli import main
from geodata import intake
from geodata.intake import Mapping
from geodata.problems import TableError
from tests.tables import ground
from tests.test_intake_honesty import table


def told(case, word: str) -> list[str]:
    return [note for note in case.notes if word in note]


def test_of_two_columns_for_one_thing_the_one_not_read_is_named_with_the_rows_in_which_it_differs():
    case = table("Title,Date,Latitude,Longitude,lat\nA,2021-09-01,38.5,68.7,38.50\nB,2021-09-02,38.5,68.7,41\nC,2021-09-03,38.5,68.7,38.5\n")
    (note,) = told(case, "'lat'")
    read, other = case.mapping.columns["lat"], ({"Latitude", "lat"} - {case.mapping.columns["lat"]}).pop()
    assert f"from {read!r}" in note
    assert f"{other!r} (1 row differs, the first at line 3)" in note


def test_two_columns_that_say_the_same_are_no_choice():
    case = table("Title,Date,Latitude,Longitude,lat\nA,2021-09-01,38.5,68.7,38.50\n")
    assert told(case, "'lat'") == []


@pytest.mark.parametrize("name", ["Date", "Title"])
def test_a_column_that_stands_twice_is_read_once_and_that_is_said(name):
    head = "Title,Date,Country"
    case = table(f"{head},{name}\nA talk,2021-09-01,TJK,2021-10-05\n")
    (note,) = told(case, f"'{name} 2'")
    assert "1 row differs, the first at line 2" in note


def test_the_mapping_decides_which_of_two_columns_is_read():
    mapping = Mapping({"title": "Title", "start": "Date", "country": "Country", "place": "City"})
    case = table("Title,Date,Country,Location,City\nA,2021-09-01,TJK,Kulob,Bokhtar\n", mapping)
    (note,) = told(case, "'Location'")
    assert "from 'City'" in note
    assert list(case.reports["place"]) == ["Bokhtar"]


def test_check_lists_the_columns_left_over(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text("Title,Date,Country,Killed,Weather\nA,2021-09-01,TJK,3,rain\n", encoding="utf-8")
    main(["check", str(path)])
    assert "own.csv: columns kept as they are: 'Killed', 'Weather'" in capsys.readouterr().out
    main(["check", "--json", str(path)])
    assert json.loads(capsys.readouterr().out)["kept"] == ["Killed", "Weather"]


def test_check_lists_the_columns_left_over_in_our_own_schema_too(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text("title,start,country,date_precision,Killed,w0\nA,2021-09-01,TJK,day,3,x\n", encoding="utf-8")
    main(["check", "--json", str(path)])
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["kept"]) == ("panj", ["Killed", "w0"])


def test_a_column_of_codes_that_is_read_with_others_is_not_left_over(tmp_path, capsys):
    head = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,country,location,latitude,longitude,geo_precision,source,notes,tags"
    path = tmp_path / "acled.csv"
    path.write_text(f"{head}\nAFG1,2021-09-01,1,Battles,Armed clash,Afghanistan,Kunduz,36.73,68.87,1,Khaama,Words,x\n", encoding="utf-8")
    main(["check", "--json", str(path)])
    assert json.loads(capsys.readouterr().out)["kept"] == ["tags"]


def test_a_missing_column_names_those_there_are():
    with pytest.raises(TableError) as raised:
        table("Region,2020,2021\nKhatlon,1,2\n").reports  # noqa: B018
    assert "own.csv: missing column 'start'; the columns left are 'Region', '2020', '2021'" in str(raised.value)


def test_check_says_how_a_missing_column_is_named(tmp_path, capsys):
    path = tmp_path / "own.csv"
    path.write_text("Titel;Stichtag\nA;gestern\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    out = "".join(capsys.readouterr())
    assert "--save-map" in out
    assert "--map" in out


def test_a_theatre_table_says_what_it_is_separated_by(tmp_path, capsys):
    main(["new", str(tmp_path / "mine")])
    kinds = tmp_path / "mine" / "kinds.csv"
    kinds.write_text(kinds.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(tmp_path / "mine" / "events.csv"), "--theatre", str(tmp_path / "mine")]) == 1
    out = "".join(capsys.readouterr())
    assert "kinds.csv: missing column 'id'; its columns are separated by ';', a comma would be right" in out


def test_a_theatre_table_without_a_column_says_which_it_has(tmp_path, capsys):
    main(["new", str(tmp_path / "mine")])
    kinds = tmp_path / "mine" / "kinds.csv"
    kinds.write_text(kinds.read_text(encoding="utf-8").replace("id,", "code,", 1), encoding="utf-8")
    capsys.readouterr()
    main(["check", str(tmp_path / "mine" / "events.csv"), "--theatre", str(tmp_path / "mine")])
    assert "kinds.csv: missing column 'id'; it has 'code', " in "".join(capsys.readouterr())


@pytest.mark.parametrize(("header", "targets"), [
    ("Titre;Date;Lieu;Pays", {"title", "start", "place", "country"}),
    ("Titel;Datum;Ort;Land;Quelle", {"title", "start", "place", "country", "source"}),
    ("عنوان;تاریخ;محل;کشور;منبع", {"title", "start", "place", "country", "source"}),
    ("Başlık;Tarih;Yer;Ülke;Kaynak", {"title", "start", "place", "country", "source"}),
    ("Título;Fecha;Lugar;País;Fuente", {"title", "start", "place", "country", "source"}),
    ("Номи чорабинӣ;Сана;Ҷой;Кишвар;Манбаъ", {"title", "start", "place", "country", "source"}),
    ("Nomi;Sana;Shahar;Davlat;Manba", {"title", "start", "place", "country", "source"}),
])  # fmt: skip
def test_names_of_columns_in_other_languages(header, targets):
    width = header.count(";") + 1
    case = table(f"{header}\n{';'.join(['Talks', '2021-09-17', 'Dushanbe', 'TJK', 'Khovar'][:width])}\n")
    assert set(case.mapping.columns) == targets


@pytest.mark.parametrize(("name", "cell"), [("Lat/Long", "38.5, 68.8"), ("lng_lat", "68.8 38.5"), ("Широта, долгота", "38.5; 68.8")])
def test_a_column_that_names_the_order_of_its_coordinates_is_believed_and_that_is_said(name, cell):
    case = table(f'Title|Date|{name}\nA|2021-09-01|{cell}\n')
    assert case.questions == []
    assert len(told(case, "as its name says")) == 1
    assert [(point.y, point.x) for point in case.reports.geometry] == [(38.5, 68.8)]


def test_an_answer_goes_before_the_name_of_the_column():
    mapping = Mapping({"title": "Title", "start": "Date", "coordinates": "LatLon"}, answers={"coordinate order": "longitude first"})
    assert [point.x for point in table("Title|Date|LatLon\nA|2021-09-01|68.8, 38.5\n", mapping).reports.geometry] == [68.8]


def test_a_row_that_names_no_place_is_listed_and_warned_of():
    case = table("Title,Date,Country\nA,2021-09-01,TJK\nB,2021-09-02,\n")
    assert [list(verdict.rows) for verdict in case.verdicts if verdict.code == "no_place"] == [[1]]
    assert case.counts["used"] == 2


def test_a_feature_of_nothing_but_a_geometry_is_held_back_not_set_aside():
    features = [{"type": "Feature", "properties": {"title": "A", "date": "2021-09-01"}, "geometry": {"type": "Point", "coordinates": [68.8, 38.5]}},
                {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": [[68, 38], [69, 38]]}}]  # fmt: skip
    case = intake.admit("own.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode(), ground())
    assert case.aside == []
    assert (case.counts["rows"], case.counts["held_back"]) == (2, 1)


@pytest.mark.parametrize("pair", ["131.9, 43.1", "200, 10"])
def test_a_name_that_the_numbers_contradict_is_not_believed(pair):
    case = table(f"Title|Date|LatLon\nA|2021-09-01|{pair}\nB|2021-09-02|68.8, 38.5\n")
    assert told(case, "as its name says") == []
    assert [question.key for question in case.questions] == ["coordinate order"]


def test_both_coordinates_in_one_column_are_compared_with_those_that_are_read():
    case = table("Title|Date|LatLon|lat|lon\nA|2021-09-01|50.1, 10.2|38.5|68.8\nB|2021-09-02|38.5, 100.2|38.5|100.2\n")
    (note,) = told(case, "'LatLon'")
    assert "1 row differs, the first at line 2" in note


def test_a_pair_that_differs_in_its_longitude_alone_differs():
    case = table("Title|Date|LatLon|lat|lon\nA|2021-09-01|38.5, 120.2|38.5|68.8\n")
    assert "1 row differs, the first at line 2" in told(case, "'LatLon'")[0]


@pytest.mark.parametrize("header", ["Länge|Breite", "طول|عرض"])
def test_length_and_width_are_no_coordinates(header):
    assert not {"lat", "lon"} & set(table(f"Titel|Datum|{header}|Ort\nBrand|2021-09-01|2,5|1,2|Duschanbe\n").mapping.columns)


@pytest.mark.parametrize(("names", "cells"), [("Date,Event date", "2021-09-17,17.09.2021"), ("Country,ISO3", "Tajikistan,TJK"),
                                              ("Country,Country code", "Таджикистан,TJ")])  # fmt: skip
def test_the_same_written_otherwise_is_no_choice(names, cells):
    head, row = ("", "") if "Date" in names else ("Date,", "2021-09-17,")
    case = table(f"Title,{head}{names},Place\nA,{row}{cells},Dushanbe\n")
    assert told(case, "could be read for it too") == []


def test_the_order_that_a_number_beyond_ninety_shows_is_the_one_proposed():
    case = table("Title|Date|Lat/Long\nA|2021-09-01|70.5, 38.5\nB|2021-09-02|120.5, 38.5\n")
    assert [question.proposed for question in case.questions] == ["longitude first"]


def test_a_dotless_letter_is_the_dotted_one():
    assert table("Açıklama;Başlangıç;Başlık\nUzun bir metin;2021-09-01;Kısa\n", Mapping()).mapping.columns == {
        "title": "Başlık", "start": "Başlangıç", "summary": "Açıklama"}  # fmt: skip
