"""What a reader of a format hands on: as exact as the file shows it, every shape it holds, and nothing of a file cut short."""

from __future__ import annotations

import datetime as dt
import io
import struct

import geopandas as gpd
import openpyxl
import pytest
import shapely

from geodata import intake
from geodata.problems import TableError
from tests.archives import packed
from tests.tables import ground

# workbooks

HEAD = ("Title", "Date", "Place", "Country", "Source")
SEPTEMBER = ("2021-09-01", "2021-09-30", "within")


def formatted(*cells: tuple[dt.date, str]) -> bytes:
    """A workbook of one row to each day with its number format."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(HEAD)
    for number, (day, shown) in enumerate(cells, 2):
        book.active.append((f"Talk {number}", day, "Dushanbe", "Tajikistan", "TASS"))
        book.active.cell(number, 2).number_format = shown
    book.save(out)
    return out.getvalue()


def dated(case: intake.Intake) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in case.reports[["start", "end", "date_precision"]].astype(str).to_numpy()]


@pytest.mark.parametrize("shown", ["mmm-yy", "mmmm yyyy", "[$-419]mmmm yyyy;@", "yyyy\\-mm", "mm/yyyy", 'mmm" of "yyyy', "MMM-YY",
                                   "mmm yyyy hh:mm", "yyyy年m月"])  # fmt: skip
def test_a_date_cell_that_shows_a_month_is_some_day_of_it(shown):
    case = intake.admit("own.xlsx", formatted((dt.date(2021, 9, 1), shown)), ground())
    assert dated(case) == [SEPTEMBER]
    assert not [note for note in case.notes if "shows no day" in note]


@pytest.mark.parametrize("shown", ["yyyy", 'yyyy" year"', "yyyy;@", "[$-409]yyyy"])
def test_a_date_cell_that_shows_a_year_is_some_day_of_it(shown):
    case = intake.admit("own.xlsx", formatted((dt.date(2021, 1, 1), shown)), ground())
    assert dated(case) == [("2021-01-01", "2021-12-31", "within")]


@pytest.mark.parametrize("shown", ["dd.mm.yyyy", "d mmm", "mm-dd-yy", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "yyyy-mm-dd hh:mm:ss", "jj.mm.aaaa",
                                   "h:mm AM/PM"])  # fmt: skip
def test_a_date_cell_that_shows_a_day_or_no_month_is_the_day(shown):
    assert dated(intake.admit("own.xlsx", formatted((dt.date(2021, 9, 1), shown)), ground())) == [("2021-09-01", "2021-09-01", "day")]


def test_a_day_that_a_number_format_hides_is_said():
    days = [dt.date(2021, 9, 1), dt.date(2021, 9, 15), dt.datetime(2021, 9, 1, 8, 30)]
    case = intake.admit("own.xlsx", formatted(*((day, "mmm-yy") for day in days)), ground())
    assert dated(case) == [SEPTEMBER] * 3
    assert [note for note in case.notes if "shows no day" in note] == [
        "B3 (2021-09-15), B4 (2021-09-01T08:30:00): a date whose number format shows no day, read as the month or year it shows; "
        "a format that shows the day would be right if the day is known"
    ]


# shapefiles

CELLS = {"title": "Talk", "date": "2021-09-17", "country": "TJK", "source": "TASS"}
AREA = shapely.Polygon([(68, 38), (69, 38), (69, 39)])


def shapefile(folder, *shapes: shapely.Geometry | None) -> dict[str, bytes]:
    rows = gpd.GeoDataFrame({name: [cell] * len(shapes) for name, cell in CELLS.items()}, geometry=list(shapes), crs="EPSG:4326")
    rows.to_file(folder / "x.shp", driver="ESRI Shapefile", engine="pyogrio", encoding="UTF-8")
    return {part.name: part.read_bytes() for part in folder.iterdir()}


def refusal(parts: dict[str, bytes]) -> str:
    with pytest.raises(TableError) as caught:
        intake.admit("own.zip", packed(parts), ground())
    return str(caught.value)


@pytest.mark.parametrize("short", [1, 40])
@pytest.mark.parametrize("part", ["x.shp", "x.shx", "x.dbf"])
def test_a_shapefile_cut_short_is_refused_with_the_part_and_its_bytes(tmp_path, part, short):
    parts = shapefile(tmp_path, AREA, AREA)
    whole = len(parts[part]) - (part == "x.dbf")  # a last byte says only that the table ends
    there = whole - short
    said = refusal(parts | {part: parts[part][:there]})
    assert said == f"own.zip: holds {part!r}, which is cut short: it has {there:,} bytes and should have {whole:,}; the whole file would be right"


@pytest.mark.parametrize("part", ["x.shp", "x.shx", "x.dbf"])
def test_a_part_of_a_few_bytes_is_refused(tmp_path, part):
    parts = shapefile(tmp_path, AREA)
    assert f"own.zip: holds {part!r}, which is cut short: it has 4 bytes and should have" in refusal(parts | {part: parts[part][:4]})


def test_a_table_without_its_last_byte_is_whole(tmp_path):
    parts = shapefile(tmp_path, AREA)
    assert intake.admit("own.zip", packed(parts | {"x.dbf": parts["x.dbf"][:-1]}), ground()).counts["used"] == 1


def test_a_shape_that_lies_beyond_the_end_of_its_file_is_refused(tmp_path):
    parts = shapefile(tmp_path, AREA, AREA)
    cut = bytearray(parts["x.shp"][:-40])
    cut[24:28] = struct.pack(">i", len(cut) // 2)  # its own length was mended, that of the last shape was not
    assert "holds 'x.shp', which is cut short" in refusal(parts | {"x.shp": bytes(cut)})


def test_a_shapefile_with_more_or_fewer_rows_than_shapes_is_refused(tmp_path):
    parts = shapefile(tmp_path, AREA, AREA)
    table = bytearray(parts["x.dbf"])
    table[4:8] = struct.pack("<i", 1)
    said = refusal(parts | {"x.dbf": bytes(table)})
    assert said == "own.zip: holds 'x.shp' with 2 shapes and its table with 1 rows; as many of each would be right"


def test_a_shape_that_cannot_be_read_is_said_and_one_that_is_missing_is_listed(tmp_path):
    parts = shapefile(tmp_path, None, AREA, shapely.Polygon())
    shapes = bytearray(parts["x.shp"])
    at = shapes.index(struct.pack("<i", 5), 100)
    shapes[at + 36 : at + 40] = struct.pack("<i", 7)  # a polygon of more parts than it has
    case = intake.admit("own.zip", packed(parts | {"x.shp": bytes(shapes)}), ground())
    assert case.counts["used"] == 2
    (said,) = [str(problem) for problem in case.problems]
    assert said.startswith("own.zip: line 2: shape as WKT '05000000")
    assert "is no geometry that can be read" in said


# KML

def kml(*marks: str) -> bytes:
    return ('<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2" '
            f'xmlns:atom="http://www.w3.org/2005/Atom"><Document>{"".join(marks)}</Document></kml>').encode()  # fmt: skip


def mark(inner: str, *, when: str = "<TimeStamp><when>2021-09-16</when></TimeStamp>") -> str:
    return f"<Placemark><name>Patrol</name>{when}{inner}</Placemark>"


def track(*positions: str, whens: tuple[str, ...] = ()) -> str:
    told = "".join(f"<when>{when}</when>" for when in whens)
    return f"<gx:Track>{told}{''.join(f'<gx:coord>{position}</gx:coord>' for position in positions)}</gx:Track>"


LINE = "LINESTRING (68.1 37.2, 68.2 37.2)"
DRAWN = [
    (track("68.1 37.2 0", "68.2 37.2 0"), LINE),
    (track("68.1 37.2", "", "68.2 37.2"), LINE),
    (f"<gx:MultiTrack>{track('68.1 37.2 0', '68.2 37.2 0')}{track('68.3 37 0', '68.4 37 0')}</gx:MultiTrack>",
     f"GEOMETRYCOLLECTION ({LINE}, LINESTRING (68.3 37, 68.4 37))"),
    ("<LinearRing><coordinates>68,37.5 68.1,37.5 68.1,37.6 68,37.5</coordinates></LinearRing>", "POLYGON ((68 37.5, 68.1 37.5, 68.1 37.6, 68 37.5))"),
    ("<MultiGeometry><Point/><LineString><coordinates>68.1,37.2 68.2,37.2</coordinates></LineString></MultiGeometry>", LINE),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "shape"), DRAWN)
def test_tracks_and_rings_are_shapes(inner, shape):
    case = intake.admit("own.kml", kml(mark(inner)), ground())
    assert case.sheet.frame["shape as WKT"].tolist() == [shape]
    assert case.counts["used"] == 1
    assert not any("names no place" in str(verdict) for verdict in case.verdicts)


@pytest.mark.parametrize("inner", [
    track("68.1 37.2 0"), track("68.1 37.2 0", ""), f"<gx:MultiTrack>{track('68.1 37.2')}{track()}</gx:MultiTrack>",
    "<LineString><coordinates>68.1,37.2</coordinates></LineString>",
    "<Model><Location><longitude>68.1</longitude><latitude>37.2</latitude><altitude>9</altitude></Location><Link><href>x.dae</href></Link></Model>",
])  # fmt: skip
def test_a_track_of_one_position_and_a_model_are_points(inner):
    case = intake.admit("own.kml", kml(mark(inner)), ground())
    assert case.reports[["lat", "lon"]].to_numpy().tolist() == [[37.2, 68.1]]
    assert case.notes.count("1 links to other files or pictures were not opened") == ("Model" in inner)


@pytest.mark.parametrize(("inner", "told"), [
    (track("68,1 37,2", "68,2 37,2"), "68,1 37,2 68,2 37,2"),
    ("<LinearRing><coordinates>68,37 69,38</coordinates></LinearRing>", "68,37 69,38"),
    ("<MultiPoint><coordinates>68,37 69,38</coordinates></MultiPoint>", "68,37 69,38"),
    ("<Polygon><outerBoundaryIs><LinearRing><coordinates/></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing>"
     "<coordinates>68,37 69,38 69,37 68,37</coordinates></LinearRing></innerBoundaryIs></Polygon>", "68,37 69,38 69,37 68,37"),
    ("<Model><Location><longitude>east</longitude><latitude>37</latitude></Location></Model>", "east 37"),
    (f"<MultiGeometry>{track('68 37')}<Point><coordinates>x,y</coordinates></Point></MultiGeometry>", "68 37; x,y"),
])  # fmt: skip
def test_a_geometry_that_cannot_be_read_is_in_the_rows_verdict(inner, told):
    case = intake.admit("own.kml", kml(mark(inner), mark("<Point><coordinates>68,38</coordinates></Point>")), ground())
    assert [str(problem).split(" is no ")[0] for problem in case.problems] == [f"own.kml: line 1: shape as WKT {told!r}"]


HOURS = ("2021-09-16T08:00:00Z", "2021-09-16T12:00:00Z", "2021-09-18T09:00:00Z")


def test_a_track_says_its_days_where_the_placemark_says_none():
    case = intake.admit("own.kml", kml(mark(track("68 37", "68 37.1", "68 37.2", whens=HOURS), when="")), ground())
    assert case.reports[["start", "end"]].to_numpy().tolist() == [["2021-09-16", "2021-09-18"]]
    several = f"<gx:MultiTrack>{track('68 37', whens=HOURS[:1])}{track('68 37.2', whens=HOURS[2:])}</gx:MultiTrack>"
    case = intake.admit("own.kml", kml(mark(several, when="")), ground())
    assert case.reports[["start", "end"]].to_numpy().tolist() == [["2021-09-16", "2021-09-18"]]
    case = intake.admit("own.kml", kml(mark(track("68 37", whens=("2021-09",)), when="")), ground())
    assert dated(case) == [SEPTEMBER]


def test_the_times_of_a_track_are_kept_beside_those_of_its_placemark():
    case = intake.admit("own.kml", kml(mark(track("68 37", "68 37.2", whens=HOURS))), ground())
    assert case.reports[["start", "end"]].to_numpy().tolist() == [["2021-09-16", "2021-09-16"]]
    assert case.sheet.frame[["begin of the track", "end of the track"]].to_numpy().tolist() == [[HOURS[0], HOURS[2]]]


def test_what_a_placemark_says_in_its_own_words_is_in_columns_and_how_it_looks_is_not():
    words = ('<Snippet maxLines="2">held by police</Snippet><phoneNumber>123</phoneNumber><atom:author><atom:name>A. B.</atom:name></atom:author>'
             '<atom:link href="https://example.org/x"/><styleUrl>#a</styleUrl><visibility>1</visibility>'
             "<LookAt><longitude>1</longitude></LookAt><Point><coordinates>68,38</coordinates></Point>")  # fmt: skip
    frame = intake.admit("own.kml", kml(mark(words), mark(words.replace("Snippet", "snippet"))), ground()).sheet.frame
    assert frame["snippet"].tolist() == ["held by police"] * 2
    assert frame.iloc[0][["phoneNumber", "author", "link"]].tolist() == ["123", "A. B.", "https://example.org/x"]
    assert not {"styleUrl", "visibility", "LookAt", "Point"} & set(frame.columns)
