"""Every data format gives back the rows it was given, carries its papers, runs nothing, and is the same each time."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from dashboard import extracts, outputs
from dashboard.staging import scene
from dashboard.view import View
from geodata import atlas as facts
from geodata import geodesy, outtake, reports
from geodata.outtake import FormatError
from tests.tables import row, write

VIEW = View(start=date(2021, 9, 1), end=date(2021, 9, 30))
OWN = ("note", "Нарх", "geometry", "geom", "fid", "w0", "s1", "_line", "reported_day", "shape", "=SUM(A1)", "marking_rank")
KML = "{http://www.opengis.net/kml/2.2}"
FORMATS = sorted(extracts.WRITERS)

ODD = [
    row(event="PLAIN", source="a", reported="2021-09-11", participants="TJK:chair+host;RUS:video", blocs="csto;sco"),
    row(event="FORMULA", title="=HYPERLINK(\"http://example.org\",\"x\")", summary="@SUM(1+1)*cmd|' /C calc'!A0", note="+1", marking="TLP:GREEN"),
    row(event="APOSTROPHE", title="'=1+1", summary="''=2", note="'quoted'", place="-5"),
    row(event="LINES", title="two\nlines", summary="one\n\ntwo, \"three\"; four\ttab", note="a\nb"),
    row(event="SCRIPTS", title="Учение в Кулобе, رزمایش, 军演 \U0001f3af", place="Кӯлоб", note="ТЯ", Нарх="1,5"),
    row(event="HTML", title="<script>alert(1)</script>", summary="<img src=x onerror=alert(1)> $[title] &amp; ]]>", note="<b>"),
    row(event="EMPTY", place="", source="", marking=""),
    row(event="EXACT", lat="38.123456789012345", lon="68.1"),
    row(event="RING", place_precision="district", lat="37.3", lon="68.8", radius_km="40"),
    row(event="RANGE", place_precision="district", lat="", lon="", zone="edelweiss", country="KGZ"),
    row(event="BORDER", place_precision="border", lat="", lon="", zone="AFG-TJK"),
    row(event="LAND", place_precision="country", lat="", lon=""),
    row(event="NOWHERE", place_precision="none", lat="", lon="", country=""),
    row(event="CLASHES", geometry="POINT (1 2)", geom="g", fid="7", w0="mine", s1="own", _line="99", reported_day="x", shape="s", marking_rank="r",
        **{"=SUM(A1)": "=1"}),
    row(event="VIDEO", place_precision="virtual", end="2021-09-12", date_precision="within"),
]  # fmt: skip
BAD = row(event="BAD", start="31/09/2021", marking="TLP:RED", title="secret title")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An atlas of odd rows, and one that is held back."""
    path = tmp_path_factory.mktemp("own") / "own.csv"
    return facts.load(write(path, [*ODD, BAD], (*reports.COLUMNS, *OWN)))


@pytest.fixture(scope="module")
def made(own):
    """The file of each format."""
    shown = scene(own, VIEW)
    return {ending: outputs.OUTPUTS[ending](own, shown, outputs.Paper()) for ending in FORMATS}


def xlsx_rows(content: bytes) -> list[dict]:
    header, *rows = openpyxl.load_workbook(io.BytesIO(content))["events"].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def geojson_rows(content: bytes) -> list[dict]:
    return [feature["properties"] for feature in json.loads(content)["features"]]


def frame_rows(frame: gpd.GeoDataFrame) -> list[dict]:
    return pd.DataFrame(frame.drop(columns=frame.geometry.name)).to_dict("records")


def gpkg_rows(content: bytes) -> list[dict]:
    with sqlite3.connect(":memory:") as base:
        base.deserialize(content)
        found = base.execute("SELECT * FROM events")
        names = [column[0] for column in found.description]
        taken = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    base.close()
    return [{name: value for name, value in row.items() if name not in names[:2]} for row in taken]


def kml_rows(content: bytes) -> list[dict]:
    marks = ElementTree.fromstring(content).iter(f"{KML}Placemark")
    return [{data.get("name"): data.findtext(f"{KML}value") for data in mark.iter(f"{KML}Data")} for mark in marks]


READERS = {
    ".csv": lambda content: pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False).to_dict("records"),
    ".xlsx": xlsx_rows, ".geojson": geojson_rows, ".gpkg": gpkg_rows, ".kml": kml_rows,
    ".parquet": lambda content: frame_rows(gpd.read_parquet(io.BytesIO(content))),
}  # fmt: skip
"""how other programs read each format"""


def as_text(value: object) -> str:
    if value is None or value != value:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


@pytest.fixture(scope="module")
def given(own):
    """Every row as the text of its file, by event."""
    names = reports.columns(own.reports)
    rows = outtake.cells(own.reports.assign(marking=own.reports["marking"].replace("", "TLP:AMBER")), names)
    return {values[0]: dict(zip((name.strip() for name in names), values, strict=True)) for values in rows}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_row_and_column_reads_back(made, given, ending):
    read = [{outtake.armed(name): outtake.armed(as_text(value)) for name, value in row.items()} for row in READERS[ending](made[ending])]
    assert {row["event"]: row for row in read} == given
    assert len(read) == len(ODD)


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_read_back_is_a_valid_events_file_with_the_same_facts(made, own, tmp_path, ending):
    rows = [{name: as_text(value) for name, value in row.items()} for row in READERS[ending](made[ending])]
    again = facts.load(write(tmp_path / "again.csv", rows, tuple(rows[0])))
    assert not again.problems
    first = own.reports.assign(marking=own.reports["marking"].replace("", "TLP:AMBER")).drop(columns=["_line"])
    pd.testing.assert_frame_equal(pd.DataFrame(again.reports[first.columns]), pd.DataFrame(first))


@pytest.mark.parametrize("ending", FORMATS)
def test_panj_itself_opens_what_it_wrote(made, own, tmp_path, ending):
    (tmp_path / f"again{ending}").write_bytes(made[ending])
    again = facts.load(tmp_path / f"again{ending}")
    assert not again.problems
    columns = [*reports.COLUMNS, "note", "Нарх", "geom", "fid", "shape", "=SUM(A1)"]
    first = own.reports.assign(marking=own.reports["marking"].replace("", "TLP:AMBER"))
    pd.testing.assert_frame_equal(pd.DataFrame(again.reports[columns]), pd.DataFrame(first[columns]), check_dtype=False)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_view_and_data_give_the_same_bytes(made, own, ending):
    assert outputs.OUTPUTS[ending](own, scene(own, VIEW), outputs.Paper()) == made[ending]


@pytest.mark.parametrize("ending", FORMATS)
def test_every_row_is_marked(made, ending):
    marks = {row["event"]: row["marking"] for row in READERS[ending](made[ending])}
    assert (marks["EMPTY"], marks["FORMULA"], marks["PLAIN"]) == ("TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_marking_that_is_raised_is_that_of_every_row_below_it(own, ending):
    raised = scene(own, replace(VIEW, marking="TLP:GREEN"))
    rows = READERS[ending](outputs.OUTPUTS[ending](own, raised, outputs.Paper()))
    marks = {row["event"]: row["marking"] for row in rows}
    assert (marks["EMPTY"], marks["FORMULA"], marks["PLAIN"]) == ("TLP:AMBER", "TLP:GREEN", "TLP:GREEN")


@pytest.mark.parametrize("ending", FORMATS)
def test_rows_held_back_stay_out(made, ending):
    assert b"secret title" not in made[ending]
    assert b"31/09/2021" not in made[ending]


def papers(ending: str, content: bytes) -> dict:
    """What each format tells about its rows."""
    if ending == ".geojson":
        return json.loads(content)["panj"]
    if ending == ".parquet":
        return json.loads(pq.read_schema(io.BytesIO(content)).metadata[b"panj"])
    if ending == ".kml":
        document = ElementTree.fromstring(content)[0]
        return {data.get("name"): data.findtext(f"{KML}value") for data in document.find(f"{KML}ExtendedData")}
    return dict(about_rows(ending, content))


def about_rows(ending: str, content: bytes) -> list[tuple[str, str]]:
    if ending == ".xlsx":
        return list(openpyxl.load_workbook(io.BytesIO(content))["about"].iter_rows(min_row=2, values_only=True))
    with sqlite3.connect(":memory:") as base:
        base.deserialize(content)
        rows = base.execute('SELECT "what", "is" FROM about').fetchall()
    base.close()
    return rows


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != ".csv"])
def test_the_papers_travel_along(made, ending):
    told = papers(ending, made[ending])
    assert told["marking"] == "TLP:AMBER"
    assert str(told["held_back"]) == "1"
    assert told["view"] == VIEW.to_query()
    assert "imply no endorsement" in told["disclaimer"]


def test_further_sheets_hold_sources_what_was_held_back_and_all_about_it(made):
    book = openpyxl.load_workbook(io.BytesIO(made[".xlsx"]))
    assert book.sheetnames == ["events", "sources", "held back", "about"]
    assert [tuple(row) for row in book["held back"].iter_rows(values_only=True)] == [("file", "line", "column"), ("own.csv", "21", "start")]
    assert book["sources"]["A2"].value == "a"
    assert book.properties.category == "TLP:AMBER"
    assert book["events"].oddHeader.center.text == "TLP:AMBER"


def test_sources_stand_in_every_layer_format(made):
    assert json.loads(made[".geojson"])["panj"]["sources"][0]["id"] == "a"
    assert papers(".parquet", made[".parquet"])["sources"][0]["id"] == "a"
    assert "id=a" in papers(".kml", made[".kml"])["source 1"]
    with sqlite3.connect(":memory:") as base:
        base.deserialize(made[".gpkg"])
        assert base.execute("SELECT id FROM sources").fetchall() == [("a",)]
    base.close()


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(made):
    book = openpyxl.load_workbook(io.BytesIO(made[".xlsx"]))
    kinds = {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells}
    assert kinds <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(made[".xlsx"])) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if "sheets/" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_spreadsheet_runs_no_cell(made, ending):
    shown = [value for row in READERS[ending](made[ending]) for value in row.values() if isinstance(value, str)]
    assert not [text for text in shown if text[:1] in "=+-@" and text and text not in ("-5", "+1")]


def test_text_in_a_globe_program_is_no_html(made):
    for text in ElementTree.fromstring(made[".kml"]).iter(f"{KML}description"):
        assert {part.split(">")[0] for part in text.text.split("<")[1:]} <= {"br"}
        assert "$[" not in text.text
    balloon = next(ElementTree.fromstring(made[".kml"]).iter(f"{KML}BalloonStyle"))
    assert balloon.findtext(f"{KML}text") == "$[description]"


SHAPES = {"PLAIN": "Point", "VIDEO": "Point", "RING": "Polygon", "RANGE": "Polygon", "BORDER": "LineString", "LAND": None, "NOWHERE": None}


def test_every_row_has_the_shape_it_can_honestly_have(made, tmp_path):
    (tmp_path / "x.gpkg").write_bytes(made[".gpkg"])
    layer = gpd.read_file(tmp_path / "x.gpkg", layer="events")
    for frame in (layer, gpd.read_parquet(io.BytesIO(made[".parquet"])), gpd.read_file(io.BytesIO(made[".geojson"]))):
        assert frame.crs == "EPSG:4326"
        found = {event: shape and shape.geom_type.removeprefix("Multi") for event, shape in zip(frame["event"], frame.geometry, strict=True)}
        assert {event: found[event] for event in SHAPES} == SHAPES


def test_a_ring_is_clipped_to_its_country(own):
    taken = extracts.extract(own, scene(own, VIEW))
    shape = dict(zip(taken.reports["event"], taken.shapes, strict=True))["RING"]
    tajikistan = own.detail.set_index("code").geometry["TJK"]
    assert shape.difference(tajikistan).area == pytest.approx(0, abs=1e-9)
    assert 0 < shape.area < 0.8 * geodesy.ring(68.8, 37.3, 40).area


def test_rows_without_a_place_are_listed_without_geometry_and_counted(made):
    document = ElementTree.fromstring(made[".kml"])[0]
    assert "2 of 15 rows have no place on the map" in document.findtext(f"{KML}description")
    bare = [mark.findtext(f"{KML}name") for mark in document.iter(f"{KML}Placemark") if mark[-1].tag == f"{KML}ExtendedData"]
    assert len(bare) == 2


def test_kml_opens_in_a_geographic_program(made, tmp_path):
    (tmp_path / "x.kml").write_bytes(made[".kml"])
    read = pyogrio.read_dataframe(tmp_path / "x.kml")
    assert len(read) == 15
    assert read.geometry.notna().sum() == 13


LONG = "event E: summary is longer than 32,767 characters, which a .xlsx file cannot hold; .csv or .geojson would be right"
REFUSED = [
    (".xlsx", {"summary": "x" * 40_000}, LONG),
    (".xlsx", {"summary": "a\x01b"}, "event E: summary holds a control character, which a .xlsx file cannot hold; .csv or .geojson would be right"),
    (".xlsx", {"summary": "_x005F_x000D_"}, "event E: summary holds '_x....' twice with one '_' between, which a .xlsx file cannot hold; "
                                            ".csv or .geojson would be right"),
    (".kml", {"summary": "a\x01b"}, "event E: summary holds a control character, which a .kml file cannot hold; .csv or .geojson would be right"),
    (".gpkg", {"summary": "a\0b"}, "event E: summary holds a character NUL, which a .gpkg file cannot hold; .csv or .geojson would be right"),
    (".gpkg", {"Title": "x"}, "columns 'title' and 'Title' differ only in capitals, which a .gpkg file cannot hold; .csv or .geojson would be right"),
    (".gpkg", {"": "x"}, "a column has no name, which a .gpkg file cannot hold; .csv or .geojson would be right"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "values", "sentence"), REFUSED)
def test_what_a_format_cannot_hold_is_a_sentence(tmp_path, ending, values, sentence):
    extra = tuple(name for name in values if name not in reports.COLUMNS)
    atlas = facts.load(write(tmp_path / "own.csv", [row(event="E", **values)], (*reports.COLUMNS, *extra)))
    taken = extracts.extract(atlas, scene(atlas, VIEW))
    with pytest.raises(FormatError) as raised:
        extracts.WRITERS[ending](taken)
    assert str(raised.value) == sentence


@pytest.mark.parametrize("ending", FORMATS)
def test_an_empty_view_gives_a_file_without_rows(own, ending):
    content = outputs.OUTPUTS[ending](own, scene(own, View(start=date(1990, 1, 1), end=date(1990, 1, 2))), outputs.Paper())
    assert READERS[ending](content) == []
