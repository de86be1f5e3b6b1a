"""Every table keeps its promise, and a broken one is named by file, row and column."""

from __future__ import annotations

import csv
import shutil

import pytest
import shapely.ops

from geodata import atlas, catalogue
from geodata.geodesy import distance_km
from geodata.intake.landmarks import key
from geodata.problems import TableError
from tests.tables import codes, shipped

PARAGRAPHS = {"doc-000": 24, "doc-001": 18, "doc-002": 12, "doc-003": 28, "doc-004": 29}


def test_the_shipped_theatre_is_clean():
    assert shipped().problems == ()
    assert (len(shipped().reports), shipped().reports["event"].nunique(), len(shipped().links)) == (217, 90, 41)


@pytest.mark.parametrize("name", ["reports", "versions", "countries", "detail", "borders", "boundaries", "disputed", "rivers", "lakes",
                                  "places", "zones", "bases"])
def test_every_frame_is_in_wgs84_and_valid(name):
    frame = getattr(shipped(), name)
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.dropna().is_valid.all()
    west, south, east, north = frame.total_bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


def test_every_fact_cites_a_source_and_every_locator_a_paragraph():
    reports = shipped().reports
    assert reports["source"].isin(shipped().table("sources")["id"]).all()
    for row in reports[reports["source"].isin(PARAGRAPHS)].to_dict("records"):
        assert row["locator"]
        assert all(1 <= int(part.removeprefix("p")) <= PARAGRAPHS[row["source"]] for part in row["locator"].split(";"))
    for name in ("memberships", "zones", "bases", "persons", "regions", "blocs", "border_lengths", "posts"):
        assert (shipped().table(name)["source"] != "").all()


def test_the_taliban_are_a_party_and_never_the_afghan_seat():
    assert "TALIBAN" in set(shipped().table("parties")["id"])
    assert "TALIBAN" not in set(shipped().table("memberships")["country"])
    persons = shipped().table("persons")
    assert not persons.loc[persons["party"] == "AFG", "name"].str.contains("aliban").any()


def test_markings_of_the_shipped_rows_are_clear():
    assert set(shipped().reports["marking"]) == {"TLP:CLEAR"}


BROKEN = [
    ("sources", "reliability", "Z", "is not one of A, B, C, D, E, F"),
    ("sources", "published", "13 May", "is not a date like 2024-03-31"),
    ("memberships", "country", "XXX", "is not an ISO 3166-1 alpha-3 country code like TJK"),
    ("memberships", "start", "1991-13", "is not a day of the calendar"),
    ("memberships", "role", "friend", "is not one of "),
    ("memberships", "role", "chair", "does not belong to its sort"),
    ("borders", "pair", "TJK-AFG", "is not a pair of country codes in alphabetical order like AFG-TJK"),
    ("borders", "source", "nowhere", "holds 'nowhere', which is not an id of sources"),
    ("border_lengths", "length_km", "-5", "is not a length in km from 0.1 to 50000"),
    ("zones", "lat", "95", "is not a latitude from -90 to 90"),
    ("zones", "lat", "", "stands alone; latitude and longitude are needed together"),
    ("zones", "precision", "sure", "is not one of guess, nearest_town, none"),
    ("bases", "host", "", "is empty; a value is needed"),
    ("regions", "countries", "TJK;ZZZ", "holds 'ZZZ', which is not an ISO 3166-1 alpha-3 country code like TJK"),
    ("persons", "party", "NOBODY", "is not an id of countries or parties"),
    ("blocs", "id", "CIS", "is not in lower case"),
    ("posts", "pair", "AFG-KEN", "is not an id of borders"),
    ("posts", "source", "nowhere", "holds 'nowhere', which is not an id of sources"),
    ("posts", "country", "UZB", "is not one of the two countries of its pair"),
    ("posts", "lat", "34.1", "stands alone; latitude and longitude are needed together"),
    ("posts", "precision", "guess", "is not one of city, site"),
    ("posts", "precision", "site", "does not fit: a point is a site or a city, without one the stretch of border is drawn"),
]


@pytest.mark.parametrize(("table", "column", "value", "right"), BROKEN)
def test_a_broken_table_is_named_by_file_row_and_column(tmp_path, table, column, value, right):
    shutil.copytree(atlas.TABLES, tmp_path / "tables")
    path = tmp_path / "tables" / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(TableError) as raised:
        catalogue.read_all(tmp_path / "tables", codes())
    sentences = [str(problem) for problem in raised.value.problems]
    assert any(sentence.startswith(f"{table}.csv: line 2: {column} {value!r} {right}") for sentence in sentences), sentences


def test_a_second_standing_before_the_first_has_ended_is_refused(tmp_path):
    shutil.copytree(atlas.TABLES, tmp_path / "tables")
    with open(tmp_path / "tables" / "memberships.csv", "a", encoding="utf-8") as file:
        file.write("sco,IRN,member,standing,2022-01-01,,telesur-20230704,,high\n")
    with pytest.raises(TableError, match="begins a second standing of IRN in sco before the first has ended"):
        atlas.load(tables=tmp_path / "tables")


def test_a_missing_table_is_a_sentence(tmp_path):
    with pytest.raises(TableError, match=r"sources.csv: there is no such file"):
        catalogue.read_all(tmp_path, codes())


def test_a_circle_of_links_is_held_back_and_named(tmp_path):
    shutil.copytree(atlas.TABLES, tmp_path / "tables")
    with open(tmp_path / "tables" / "links.csv", "a", encoding="utf-8") as file:
        file.write("EV03,EV04,part_of,,doc-003,2021-09-15\nEV01,EV77777,part_of,,doc-003,\n")
    shutil.copy(atlas.shipped_events(), tmp_path / "tables" / "events.csv")
    loaded = atlas.load(tables=tmp_path / "tables")
    sentences = [str(problem) for problem in loaded.problems]
    assert len(sentences) == 2
    assert any("closes a circle of 'part_of' links" in sentence for sentence in sentences)
    assert any(sentence == "links.csv: line 44: to 'EV77777' is not an id of events" for sentence in sentences)


def test_a_theatre_without_border_posts_has_none(tmp_path):
    shutil.copytree(atlas.TABLES, tmp_path / "tables")
    (tmp_path / "tables" / "posts.csv").unlink()
    assert len(catalogue.read_all(tmp_path / "tables", codes())["posts"]) == 0


def test_border_posts_may_come_without_columns_for_points(tmp_path):
    shutil.copytree(atlas.TABLES, tmp_path / "tables")
    (tmp_path / "tables" / "posts.csv").write_text("id,name,other_names,country,pair,note,source\nx,X,,AFG,AFG-TJK,,doc-003\n", encoding="utf-8")
    assert catalogue.read_all(tmp_path / "tables", codes())["posts"][["lat", "lon", "precision"]].values.tolist() == [["", "", ""]]


def test_every_border_has_posts_and_every_post_with_a_point_lies_on_its_border():
    posts = shipped().table("posts")
    assert set(posts["pair"]) == {"AFG-CHN", "AFG-IRN", "AFG-PAK", "AFG-TJK", "AFG-TKM", "AFG-UZB"}
    lines = shipped().borders.set_index("pair").geometry
    for post in posts[posts["lat"] != ""].to_dict("records"):
        lat, lon = float(post["lat"]), float(post["lon"])
        near = shapely.ops.nearest_points(shapely.Point(lon, lat), lines[post["pair"]])[1]
        assert distance_km(lon, lat, near.x, near.y) < 6, post["id"]  # towns at a gate, and the error of the lines


def test_no_name_means_two_border_posts():
    posts = shipped().table("posts").to_dict("records")
    names = [name for post in posts for name in {key(spelled) for spelled in (post["name"], *post["other_names"].split(";"))} if name]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_post_says_why_it_is_no_point_and_a_point_that_is_only_a_towns():
    for post in shipped().table("posts").to_dict("records"):
        assert ("stretch of border is drawn" in post["note"]) == (post["lat"] == ""), post["id"]
        assert ("the point is the" in post["note"]) == (post["precision"] == "city"), post["id"]


def test_zones_are_clipped_to_their_country_and_the_band_to_the_reported_distance():
    zones = shipped().zones.set_index("id")
    land = shipped().detail.set_index("code").geometry
    for name, zone in zones.iterrows():
        if zone.geometry is not None:
            assert zone.geometry.difference(land[zone["country"]].buffer(1e-6)).area < 1e-6, name
    assert zones.loc["kharb-maidon", "band"] is not None
    assert zones.loc["lyaur"].geometry is None
