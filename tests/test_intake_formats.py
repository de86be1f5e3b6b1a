"""Every format comes in as the same rows; nothing in a file makes another one be opened."""

from __future__ import annotations

import io
import json
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geodata import intake
from geodata.problems import TableError
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


def test_excels_separator_line_is_obeyed():
    assert drawn(admit("own.csv", ("sep=;\r\n" + TEXT[";"]).encode())) == RUSSIAN


def test_lines_above_the_header_and_quoted_line_breaks_keep_the_line_numbers():
    text = 'Export of 2021;;\n;;\nName;Date;Town\n"two\nlines";2021-09-16;Kulob\nbad;soon;Kulob\n'
    case = admit("own.csv", text.encode())
    assert [problem.line for problem in case.problems] == [6]
    assert case.notes[0] == "line 1: 'Export of 2021' stands above the header and is no row"
    assert list(case.table["Name"]) == ["two\nlines", "bad"]


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
