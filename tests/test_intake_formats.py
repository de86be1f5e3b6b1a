"""Every format comes in as the same rows; nothing in a file makes another one be opened."""

from __future__ import annotations

import io
import json
import random
import re
import time
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geodata import intake
from geodata.intake import formats
from geodata.problems import TableError
from tests.intake import encoded
from tests.intake.corpus import GOOD, MAPPED, archive, table
from tests.tables import ground

NAMES = ("Название", "Дата", "Место", "Страна", "Широта", "Долгота", "Источник")
CELLS = ("Встреча, «границы»", "16.09.2021", "Душанбе", "Таджикистан", "38,5358", "68,7791", "Азия-Плюс")


def admit(name: str, content: bytes, mapping=None) -> intake.Intake:
    return intake.admit(name, content, ground(), mapping=mapping)


def drawn(case: intake.Intake) -> tuple:
    row = case.reports.iloc[0]
    return row["title"], row["start"], row["country"], round(row["lat"], 4), round(row["lon"], 4), row["source"]


RUSSIAN = ("Встреча, «границы»", "2021-09-16", "TJK", 38.5358, 68.7791, "Азия-Плюс")
TEXT = {
    separator: separator.join(f'"{cell}"' for cell in NAMES) + "\r\n" + separator.join(f'"{cell}"' for cell in CELLS) + "\r\n"
    for separator in ",;\t|"
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("separator", TEXT)
def test_text_in_any_common_encoding_and_separator_gives_the_same_row(separator, encoding):
    case = admit("own.csv", TEXT[separator].encode(encoding))
    assert drawn(case) == RUSSIAN
    assert list(case.mapping.columns) == ["title", "start", "place", "lat", "lon", "country", "source"]


FRENCH = "What;When;Country;Where\nRéunion à Genève des équipes étrangères;16.09.2021;Suisse;Genève\n"
GERMAN = "What;When;Country;Where\nTreffen über Süd in Köln;16.09.2021;Österreich;Köln\n"
POLISH = "What;When;Country;Where\nĆwiczenia wojskowe, Gazeta Żółta;16.09.2021;Poland;Łódź\n"
TURKISH = "What;When;Country;Where\nİstanbul görüşmesi, şığ;16.09.2021;Türkiye;İstanbul\n"
CYRILLIC = "Что;Дата;Страна;Где\nСаммит ШОС;16.09.2021;Таджикистан;Душанбе\n"
PERSIAN = "What;When;Country;Where\nنشست سران;2021-09-16;TJK;دوشنبه\n"
ENCODED = [(text, encoding) for text, encodings in (
    (FRENCH, ("cp1252", "cp850", "mac_roman")), (GERMAN, ("cp1252", "cp850")), (POLISH, ("cp1250", "iso8859_2", "cp852")), (TURKISH, ("cp1254",)),
    (CYRILLIC, ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")), (PERSIAN, ("cp1256",)),
) for encoding in encodings]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), ENCODED, ids=[f"{text.split()[1]}-{encoding}" for text, encoding in ENCODED])
def test_a_language_is_read_in_the_encodings_it_is_written_in(text, encoding):
    frame = admit("own.csv", text.encode(encoding)).sheet.frame
    assert [list(frame.columns[:4]), list(frame.iloc[0, :4])] == [line.split(";") for line in text.splitlines()]


@pytest.mark.parametrize(("name", "text", "encoding"), encoded.ENCODED, ids=[f"{name}-{encoding}" for name, _, encoding in encoded.ENCODED])
def test_a_one_byte_table_is_read_right_or_when_it_is_very_short_said_to_be_doubtful(name, text, encoding):
    sheet = formats.read("own.csv", f"{text}\n".encode(encoding))
    width = text.splitlines()[0].count(";") + 1
    read = [list(sheet.frame.columns[:width]), *map(list, sheet.frame.iloc[:, :width].to_numpy())]
    right = read == [line.split(";") for line in text.splitlines()]
    assert right or name in encoded.SHORT, read[:2]
    assert right or any(note.startswith("the encoding is a guess: ") for note in sheet.notes), read[:2]


@pytest.mark.parametrize("text", [text for name, text in encoded.TABLES.items() if name not in encoded.SHORT])
def test_windows_russian_of_a_few_words_is_no_doubt(text):
    assert formats.read("own.csv", f"{text}\n".encode("cp1251")).notes == []


@pytest.mark.parametrize("text", ["РТ", "ОДКБ", "ГБАО", "Учения ОДКБ", "УЧЕНИЯ"])
def test_one_russian_word_under_english_names_is_read_as_windows_writes_it(text):
    assert admit("own.csv", f"What;When;Country\n{text};16.09.2021;TJK\n".encode("cp1251")).sheet.frame["What"].iloc[0] == text


def test_what_is_said_of_a_file_is_said_when_it_cannot_be_used_too():
    with pytest.raises(TableError) as raised:
        assert admit("own.csv", "Жщ;Place\nTalk;Kulob\n".encode("koi8_r")).table is not None
    assert "own.csv: missing column 'start'" in str(raised.value)
    assert "own.csv: the encoding is a guess: " in str(raised.value)


def test_an_accent_far_down_in_a_file_tells_the_encoding():
    plain = "".join(f"Talk {n} about water and other things,2021-09-01,TJK\n" for n in range(250_000))
    sheet = formats.read("own.csv", f"What,When,Country\n{plain}Réunion à Genève,2021-09-01,CHE\n".encode("cp1252"))
    assert sheet.frame["What"].iloc[-1] == "Réunion à Genève"


def test_a_guess_of_the_encoding_that_is_no_better_than_another_is_said_with_a_sample():
    words = "What;When;Country\nTalk {};16.09.2021;TJK\n"
    doubtful = admit("own.csv", words.format("\xb6\xa4\xa6\xb8x").encode("latin-1"))
    assert [note for note in doubtful.notes if note.startswith("the encoding is a guess: ")]
    sure = admit("own.csv", FRENCH.encode("cp1252"))
    told = admit("own.csv", words.format("\xb6\xa4\xa6\xb8x").encode("latin-1"), intake.Mapping(encoding="cp1250"))
    assert not [note for case in (sure, told) for note in case.notes if "guess" in note]


def test_excels_separator_line_is_obeyed():
    assert drawn(admit("own.csv", ("sep=;\r\n" + TEXT[";"]).encode())) == RUSSIAN


def test_lines_above_the_header_and_quoted_line_breaks_keep_the_line_numbers():
    text = 'Export of 2021;;\n;;\nName;Date;Town\n"two\nlines";2021-09-16;Kulob\nbad;soon;Kulob\n'
    case = admit("own.csv", text.encode())
    assert [problem.line for problem in case.problems] == [6]
    assert case.notes[0] == "line 1: 'Export of 2021' stands above the header and is no row"
    assert list(case.table["Name"]) == ["two\nlines", "bad"]


HEADERS = [
    (b'"What\nhappened",When,City\n', "\n", 4),
    (b'"What\r\nhappened",When,City\r\n', "\r\n", 4),
    (b'"What happened",When,City\r\n', "\r\n", 3),
]


@pytest.mark.parametrize(("header", "end", "line"), HEADERS)
def test_lines_are_counted_from_the_first_whatever_breaks_the_header_has(header, end, line):
    rows = end.join(["Talk,2021-09-01,Kulob", "Drill,bad,Kulob", f'"a{end}b",bad2,Kulob', "Drill,bad3,Kulob", ""]).encode()
    assert [problem.line for problem in admit("own.csv", header + rows).problems] == [line, line + 1, line + 3]
    assert [problem.line for problem in admit("own.csv", header + rows + b"Drill,bad4\r\n").problems] == [line, line + 1, line + 3, line + 4]


def test_the_fast_and_the_slow_way_read_the_same_table():
    rows = [GOOD | {"Title": f"Row {n}", "Place": f'quoted "{n}"\nsecond line'} for n in range(30)]
    fast = admit("own.csv", table(*rows)).sheet.frame
    slow = admit("own.csv", table(*rows) + b"too,short\n").sheet.frame
    pd.testing.assert_frame_equal(fast, slow)


@pytest.mark.parametrize("name", ["id", "x;y", "a=b", '"quoted"', "<b>", "{0}", "%s"])
def test_any_column_name_is_kept(name):
    content = table(GOOD | {name: "kept"}, names=(*GOOD, name))
    assert admit("own.csv", content).table[name].iloc[0] == "kept"


def test_letters_that_steer_a_screen_are_no_part_of_a_column_name():
    case = admit("own.csv", table(GOOD | {"a\x1b[31mred\u202e": "1"}, names=(*GOOD, "a\x1b[31mred\u202e")))
    assert "a [31mred" in case.table


def workbook(**sheets: list[list]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_the_sheet_that_looks_like_events_and_names_the_others():
    day = pd.Timestamp("2021-09-16").to_pydatetime()
    content = workbook(Readme=[["This is", "about"]], Data=[list(NAMES), [*CELLS[:1], day, *CELLS[2:4], 38.5358, 68.7791, CELLS[6]]])
    case = admit("own.xlsx", content)
    assert drawn(case) == RUSSIAN
    assert (case.sheet.sheet, case.sheet.sheets) == ("Data", ("Readme", "Data"))
    with pytest.raises(TableError, match="has no sheet 'Nope'; it has 'Readme', 'Data'"):
        admit("own.xlsx", content, intake.Mapping(MAPPED, sheet="Nope"))


def changed(content: bytes, member: str, old: re.Pattern[bytes], new: bytes) -> bytes:
    """A workbook in which a part reads otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            made.writestr(name, old.sub(new, given.read(name)) if name == member else given.read(name))
    return out.getvalue()


def test_a_formula_without_a_saved_value_is_said_and_its_row_is_not_taken_for_empty():
    case = admit("own.xlsx", workbook(Log=[["What", "When", "Latitude", "Longitude", "Note"], ["Talk", "2021-09-01", "=38+0.54", "68.78", "=1"],
                                           ["Drill", "2021-08-01", "38.5", "68.78", ""]]))  # fmt: skip
    assert "C2, E2: formula whose value was never saved, read as its text; saved by a spreadsheet program it would be a value" in case.notes
    assert [str(problem) for problem in case.problems] == ["own.xlsx: line 2: Latitude '=38+0.54' is not a latitude like 38.5358"]


@pytest.mark.parametrize("saved", [b'<v>38.54</v>', b"<v></v>"])
def test_a_formula_with_a_saved_value_is_that_value(saved):
    rows = [["What", "When", "Where", "Latitude", "Longitude"], ["Talk", "2021-09-01", "Kulob", "=38+0.54", "68.78"]]
    kind = b' t="str"' if saved == b"<v></v>" else b""
    old = re.compile(rb'<c r="D2"><f>38\+0.54</f><v ?/?>(</v>)?</c>')
    case = admit("own.xlsx", changed(workbook(Log=rows), "xl/worksheets/sheet1.xml", old, b'<c r="D2"%b><f>38+0.54</f>%b</c>' % (kind, saved)))
    assert not [note for note in case.notes if "formula" in note]
    assert case.table["Latitude"].iloc[0] == ("" if kind else "38.54")


SHARED = b'<c r="D2"><f t="shared" ref="D2:D9" si="0">A1+38</f>%b</c>'


MASTERS = [(SHARED % b"<v>38.5</v>", "'=A1+38 (the shared formula of D2)'"),
           (b'<c r="D2" t="inlineStr"><is><t>38.5</t></is></c>', "'=(shared formula)'")]  # fmt: skip


@pytest.mark.parametrize(("master", "said"), MASTERS)
def test_a_shared_formula_without_a_saved_value_is_read_as_the_text_it_shares(master, said):
    row = ["Talk", "2021-09-01", "Kulob", "38.5", "68.78"]
    content = workbook(Log=[["What", "When", "Where", "Latitude", "Longitude"], row, ["Drill", "2021-08-01", "Kulob", "=1", "68.78"]])
    content = changed(content, "xl/worksheets/sheet1.xml", re.compile(rb'<c r="D2".*?</c>'), master)
    content = changed(content, "xl/worksheets/sheet1.xml", re.compile(rb'<c r="D3".*?</c>'), b'<c r="D3"><f t="shared" si="0"/></c>')
    case = admit("own.xlsx", content)
    assert [str(problem) for problem in case.problems] == [f"own.xlsx: line 3: Latitude {said} is not a latitude like 38.5358"]
    assert [note for note in case.notes if note.startswith("D3: formula whose value was never saved")]


@pytest.mark.parametrize("piece", [b"<c ", b"<c:", b"<c><f "])
def test_a_sheet_full_of_beginnings_of_cells_is_read_quickly(piece):
    content = changed(workbook(Log=TALK), "xl/worksheets/sheet1.xml", re.compile(b"<sheetData>"), b"<sheetData><!--%b-->" % (piece * 60_000))
    start = time.process_time()
    assert admit("own.xlsx", content).counts["used"] == 1
    assert time.process_time() - start < 3


def hidden(*titles: str, **sheets: list[list]) -> bytes:
    """A workbook of which these sheets are hidden."""
    book, out = openpyxl.load_workbook(io.BytesIO(workbook(**sheets))), io.BytesIO()
    for title in titles:
        book[title].sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


TALK = [["What", "When", "Country"], ["Talk", "2021-09-01", "TJK"]]
SECRET = [["What", "When", "Country", "Status", "Place", "Kind"], ["Secret", "2021-09-01", "TJK", "planned", "x", "drill"]]


def test_a_hidden_sheet_is_read_only_when_no_other_is_a_table_and_called_hidden():
    case = admit("own.xlsx", hidden("Old", Log=TALK, Old=SECRET))
    assert (case.sheet.sheet, "hidden in the workbook: 'Old'" in case.notes) == ("Log", True)
    case = admit("own.xlsx", hidden("Old", Readme=[["About"], ["this"]], Old=SECRET))
    assert (case.sheet.sheet, "hidden in the workbook: 'Old'" in case.notes) == ("Old", True)
    assert not [note for note in admit("own.xlsx", workbook(Log=TALK)).notes if "hidden" in note]


POINT = {"type": "Point", "coordinates": [68.7791, 38.5358]}


def feature(geometry, **properties) -> dict:
    return {"type": "Feature", "properties": dict(zip(NAMES[:4], CELLS[:4], strict=True)) | {NAMES[6]: CELLS[6]} | properties, "geometry": geometry}


def collection(*features) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def frame(crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    values = {name: [cell] for name, cell in zip((*NAMES[:4], NAMES[6]), (*CELLS[:4], CELLS[6]), strict=True)}
    return gpd.GeoDataFrame(values, geometry=[shapely.Point(68.7791, 38.5358)], crs="EPSG:4326").to_crs(crs)


def written(tmp_path, name: str, driver: str, crs: str = "EPSG:4326", **options) -> bytes:
    target = tmp_path / name
    frame(crs).to_file(target, driver=driver, engine="pyogrio", **options)
    return target.read_bytes()


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32642", "EPSG:3857"])
def test_a_geopackage_is_read_in_any_system(tmp_path, crs):
    assert drawn(admit("own.gpkg", written(tmp_path, "own.gpkg", "GPKG", crs))) == RUSSIAN


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32642"])
def test_geoparquet_is_read_in_any_system(crs):
    out = io.BytesIO()
    frame(crs).to_parquet(out)
    assert drawn(admit("own.parquet", out.getvalue())) == RUSSIAN


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1251"])
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32642"])
def test_a_zipped_shapefile_is_read_in_any_system(tmp_path, crs, encoding):
    folder = tmp_path / "shapes"
    folder.mkdir()
    short = dict(zip(frame().columns[:5], ("Имя", "Дата", "Место", "Стр", "СМИ"), strict=True))  # a shapefile's names have ten bytes
    frame(crs).rename(columns=short | {"Страна": "iso3"}).to_file(folder / "слой.shp", driver="ESRI Shapefile", engine="pyogrio", encoding=encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part in folder.iterdir():
            packed.write(part, f"inside/{part.name}")
    title, start, country, lat, lon, source = drawn(admit("own.zip", out.getvalue()))
    assert (title, start, country, lat, lon, source) == RUSSIAN


def test_a_shapefile_or_geojson_of_a_doubtful_encoding_says_so(tmp_path):
    frame().drop(columns=list(frame().columns[:5])).assign(title="ГБАО", date="2021-09-16").to_file(
        tmp_path / "x.shp", driver="ESRI Shapefile", engine="pyogrio", encoding="CP1251")  # fmt: skip
    parts = {part.name.replace(".", "__"): part.read_bytes() for part in tmp_path.iterdir() if part.suffix != ".cpg"}
    text = json.dumps({"type": "FeatureCollection", "features": [feature(POINT)]})
    lone = text.replace('"properties": {', '"properties": {"note": "\u0413\u0411\u0410\u041e", ').encode("cp1251")
    for case, remedy in ((admit("own.zip", archive(**parts)), "a .cpg file beside it"), (admit("own.geojson", lone), "the file saved as UTF-8")):
        said = [note for note in case.notes if note.startswith("the encoding is a guess: cp1251, in which it says ") and "ГБАО" in note]
        assert len(said) == 1
        assert f"; if that is wrong, {remedy}" in said[0]


@pytest.mark.parametrize("name", ["own.gpkg", "own.parquet"])
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path, name):
    out, chance = io.BytesIO(), random.Random(7)
    frame().to_parquet(out)
    whole = written(tmp_path, name, "GPKG") if name == "own.gpkg" else out.getvalue()
    outcomes = set()
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(len(intake.admit(name, bytes(damaged), ground()).sheet.frame.columns) > 0)
        except TableError as error:
            outcomes.add(str(error).split(": ")[0])
    assert outcomes <= {True, name}
    assert name in outcomes


def test_a_single_point_in_a_wrapping_is_a_point():
    only = admit("own.geojson", collection(feature({"type": "MultiPoint", "coordinates": [POINT["coordinates"]]})))
    assert drawn(only) == RUSSIAN
    assert "shape as WKT" not in only.table


def test_geojson_is_read_whole_or_line_by_line():
    assert drawn(admit("own.geojson", collection(feature(POINT)))) == RUSSIAN
    lines = "\n".join(json.dumps(feature(POINT, Название=f"Row {n}")) for n in range(2))
    assert list(admit("own.geojsonl", lines.encode()).reports["title"]) == ["Row 0", "Row 1"]


def test_an_area_becomes_the_ring_around_it_and_is_kept():
    area = {"type": "Polygon", "coordinates": [[[68, 38], [69, 38], [69, 39], [68, 39], [68, 38]]]}
    case = admit("own.geojson", collection(feature(area)))
    row = case.reports.iloc[0]
    assert (row["place_precision"], row["lat"], row["lon"], round(row["radius_km"])) == ("district", 38.5, 68.5, 71)
    assert case.table["shape as WKT"].iloc[0].startswith("POLYGON ((68 38")


def test_a_feature_that_says_how_exact_it_is_and_has_no_geometry_is_listed():
    case = admit("own.geojson", collection(feature(None, place_precision="country")))
    assert case.reports["place_precision"].iloc[0] == "country"


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>x</name>
<NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink>
<Placemark><name>Встреча, «границы»</name><TimeStamp><when>2021-09-16</when></TimeStamp>
<ExtendedData><Data name="Страна"><value>Таджикистан</value></Data><Data name="Источник"><value>Азия-Плюс</value></Data></ExtendedData>
<Point><coordinates>68.7791,38.5358,0</coordinates></Point></Placemark></Document></kml>"""


@pytest.mark.parametrize(("name", "content"), [("own.kml", KML.encode()), ("own.kmz", archive(doc__kml=KML.encode(), other__kml=b"x"))])
def test_kml_gives_its_placemarks_and_opens_no_link(name, content):
    case = admit(name, content)
    assert drawn(case) == RUSSIAN
    assert "1 links to other files or pictures were not opened" in case.notes


def test_a_table_packed_alone_is_read():
    assert drawn(admit("own.zip", archive(own__csv=TEXT[";"].encode()))) == RUSSIAN


def several(tmp_path) -> bytes:
    """A GeoPackage of two layers, of the first of which the title is another."""
    frame().assign(**{NAMES[0]: "Another"}).to_file(tmp_path / "own.gpkg", layer="other", driver="GPKG", engine="pyogrio")
    frame().to_file(tmp_path / "own.gpkg", layer="events", driver="GPKG", engine="pyogrio")
    return (tmp_path / "own.gpkg").read_bytes()


def documents(_) -> bytes:
    """A KMZ of two documents, the first without a place."""
    bare = KML.replace("<Point><coordinates>68.7791,38.5358,0</coordinates></Point>", "")
    return archive(doc__kml=bare.encode(), events__kml=KML.encode())


OTHERS = [
    ("own.gpkg", several, "events", "layers: 'other', 'events'; 'other' was read, any other when the mapping names it as sheet"),
    ("own.zip", lambda folder: archive(own__gpkg=several(folder)), "events",
     "layers: 'other', 'events'; 'other' was read, any other when the mapping names it as sheet"),
    ("own.kmz", documents, "events.kml",
     "documents: 'doc.kml', 'events.kml'; 'doc.kml' was read, any other when the mapping names it as sheet"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "other", "note"), OTHERS, ids=[name for name, *_ in OTHERS])
def test_what_else_a_file_holds_is_named_and_read_when_it_is_asked_for(tmp_path, name, make, other, note):
    content = make(tmp_path)
    first = admit(name, content)
    assert (note in first.notes, first.sheet.sheet, other in first.sheet.sheets) == (True, first.sheet.sheets[0], True)
    second = admit(name, content, intake.Mapping(sheet=other))
    assert (drawn(second), second.sheet.sheet, second.mapping.sheet) == (RUSSIAN, other, other)
    with pytest.raises(TableError, match=r"has no (layer|document) 'nope'; it has "):
        admit(name, content, intake.Mapping(sheet="nope"))


def test_a_geopackages_views_and_virtual_tables_take_no_part(tmp_path):
    import sqlite3

    written(tmp_path, "own.gpkg", "GPKG")
    base = sqlite3.connect(tmp_path / "own.gpkg")
    base.execute("CREATE VIEW spy AS SELECT * FROM sqlite_master")
    base.execute("UPDATE gpkg_contents SET table_name = 'spy'")
    base.commit()
    base.close()
    with pytest.raises(TableError, match="has no layer"):
        admit("own.gpkg", (tmp_path / "own.gpkg").read_bytes())


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".kml"])
def test_our_own_exports_read_back_to_the_same_rows(tmp_path, ending):
    from dashboard.cli import main
    from geodata import atlas, reports
    from tests.tables import row, write

    rows = [
        row(event="A", title="=cmd|' /C calc'!A0", summary='<b>"x"</b>'),
        row(event="B", lat="", lon="", place_precision="border", zone="AFG-TJK", place=""),
    ]
    first = atlas.load(write(tmp_path / "own.csv", rows))
    target = tmp_path / f"out{ending}"
    assert main(["export", str(target), "--events", str(tmp_path / "own.csv"), "--view", "from=2021-09-01&to=2021-09-30"]) == 0
    again = atlas.load(target)
    assert again.problems == ()
    ours = list(reports.COLUMNS)
    assert first.reports[ours].astype(str).equals(again.reports[ours].astype(str))


ESCAPES = ("a\rb", "two\r\nlines", "_x000D_", "_x0041_", "_x005F_", "x005F_", "_x000D__x000D_", "tab\there")


@pytest.mark.parametrize("text", ESCAPES)
def test_a_workbook_gives_back_every_letter_it_was_given(tmp_path, text):
    from geodata import atlas
    from tests.tables import row, write

    own = write(tmp_path / "own.csv", [row(event="A", title=f"t {text}", source=f"s {text}", summary=f"u {text}")])
    again = exported(tmp_path, own, ".xlsx")
    assert list(again.reports[["title", "source", "summary"]].iloc[0]) == [f"t {text}", f"s {text}", f"u {text}"]
    assert list(atlas.load(own).reports["title"]) == list(again.reports["title"])


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".kml"])
def test_own_columns_survive_whatever_they_are_called(tmp_path, ending):
    from geodata.reports import COLUMNS
    from tests.tables import row, write

    named = {"name": "N", "description": "D", "_line": "L", "address": "A", "date": "2021"}
    own = write(tmp_path / "own.csv", [row(event="A", **named)], (*COLUMNS, *named))
    again = exported(tmp_path, own, ending)
    found = again.reports.rename(columns=str.strip)
    assert {name: found[name].astype(str).iloc[0] if name != "_line" else again.reports[" _line"].iloc[0] for name in named} == named


def exported(tmp_path, own, ending: str):
    """An atlas of what is written of a file in another format."""
    from dashboard.cli import main
    from geodata import atlas

    target = tmp_path / f"out{ending}"
    assert main(["export", str(target), "--events", str(own), "--view", "from=2021-09-01&to=2021-09-30"]) == 0
    return atlas.load(target)


def test_data_named_like_a_placemarks_own_parts_is_kept_beside_them():
    content = KML.replace('<Data name="Страна">', '<Data name="name"><value>Other</value></Data><Data name="Страна">')
    case = admit("own.kml", content.encode())
    assert list(case.table[["name", "name 2"]].iloc[0]) == ["Встреча, «границы»", "Other"]


@pytest.mark.parametrize("kind", ["GPKG", "ESRI Shapefile"])
def test_a_layer_without_a_coordinate_system_is_read_as_degrees_and_that_is_said(tmp_path, kind):
    import warnings

    bare = gpd.GeoDataFrame({"title": ["Talk"], "date": ["2021-09-16"]}, geometry=[shapely.Point(68.7791, 38.5358)])
    (tmp_path / "in").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bare.to_file(tmp_path / "in" / ("x.gpkg" if kind == "GPKG" else "x.shp"), driver=kind, engine="pyogrio")
    content = (tmp_path / "in" / "x.gpkg").read_bytes() if kind == "GPKG" else archive(
        **{part.name.replace(".", "__"): part.read_bytes() for part in (tmp_path / "in").iterdir()})  # fmt: skip
    case = admit("own.gpkg" if kind == "GPKG" else "own.zip", content)
    assert "no coordinate system is named; the coordinates were taken for longitude and latitude in WGS84" in case.notes
    assert float(case.table["lat"].iloc[0]) == pytest.approx(38.5358)


def test_the_folders_of_a_kml_file_are_a_column():
    mark = "<Placemark><name>{}</name><TimeStamp><when>2021-09-0{}</when></TimeStamp><Point><coordinates>68.7,38.5</coordinates></Point></Placemark>"
    text = (f"<kml><Document><name>whole</name><Folder><name>September</name>{mark.format('A', 1)}<Folder><name>Roads</name>{mark.format('B', 2)}"
            f"</Folder></Folder>{mark.format('C', 3)}</Document></kml>")  # fmt: skip
    case = intake.admit("own.kml", text.encode(), ground())
    assert dict(zip(case.reports["title"], case.reports["folder"], strict=True)) == {"A": "September", "B": "September / Roads", "C": ""}


UTM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32642"}}
LINKED = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}


@pytest.mark.parametrize(("crs", "at", "said"), [
    (UTM, [480784.0, 4265389.0], "the coordinates were turned from 'WGS 84 / UTM zone 42N' into longitude and latitude in WGS84"),
    (LINKED, [68.78, 38.5358], "its coordinate system is only linked to, and the link was not opened"),
])  # fmt: skip
def test_the_coordinate_system_an_old_geojson_names_is_read_and_said(crs, at, said):
    feature = {"type": "Feature", "properties": {"title": "Talk", "date": "2021-09-01"}, "geometry": {"type": "Point", "coordinates": at}}
    case = intake.admit("own.geojson", json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode(), ground())
    row = case.reports.iloc[0]
    assert (round(row["lon"], 2), round(row["lat"], 2)) == (68.78, 38.54)
    assert any(said in note for note in case.notes)
