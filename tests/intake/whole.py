"""Whole files that are half right: how many rows of each are drawn, and one sentence about the rest."""

from __future__ import annotations

import json

from tests.intake.corpus import archive


def kml(coordinates: str) -> bytes:
    """One placemark at these coordinates."""
    return (f"<kml><Placemark><name>P x</name><TimeStamp><when>2021-09-01</when></TimeStamp><Point><coordinates>{coordinates}</coordinates></Point>"
            "</Placemark></kml>").encode()  # fmt: skip


def geojson(*geometries: object) -> bytes:
    """A feature of each geometry, no two on one day."""
    features = [{"type": "Feature", "geometry": geometry, "properties": {"title": f"Talk {n}", "date": f"2021-0{n}-01", "source": "TASS"}}
                for n, geometry in enumerate(geometries, 1)]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def shape(kind: str, *coordinates: object) -> dict:
    """A geometry of GeoJSON."""
    return {"type": kind, "coordinates": list(coordinates)}


BAD = "is no geometry that can be read; one like POINT (68.7791 38.5358) would be right"
POLE = "has latitudes beyond 90 or longitudes beyond 360, or no finite ones; degrees would be right"
TAJIK = "68.7791,38.5358"
QUOTED = "has a quote where CSV allows none; its quotes were read as letters"

WHOLE = [
    ("blank.kml", kml("68.78, 38.54"), 0, f"line 1: shape as WKT '68.78, 38.54' {BAD}"),
    ("half.kml", kml("68.78"), 0, f"line 1: shape as WKT '68.78' {BAD}"),
    ("letters.kml", kml("a,b"), 0, f"line 1: shape as WKT 'a,b' {BAD}"),
    ("semicolon.kml", kml("68.78;38.54"), 0, f"line 1: shape as WKT '68.78;38.54' {BAD}"),
    ("two.kml", kml("68.78,38.54 0"), 0, f"line 1: shape as WKT '68.78,38.54 0' {BAD}"),
    ("commas.kml", kml("68,78,38,54"), 0, f"line 1: shape as WKT '68,78,38,54' {BAD}"),
    ("infinite.kml", kml("nan,inf"), 0, f"line 1: shape as WKT 'nan,inf' {BAD}"),
    ("heights.kml", kml(TAJIK + ",800"), 1, "names no source"),
    ("rubbish.csv", b"What,When,Country,Source,shape as WKT\nTalk,2021-09-16,Tajikistan,TASS,near the road\n", 0,
     f"line 2: shape as WKT 'near the road' {BAD}"),
    ("rubbish_but_placed.csv",
     b"What,When,Country,Latitude,Longitude,Source,shape as WKT\nTalk,2021-09-16,Tajikistan,38.5,68.7,TASS,near the road\n", 1,
     f"line 2: shape as WKT 'near the road' {BAD}; the row is drawn as its other columns say"),
    ("letters.geojson", geojson(shape("Point", "a", 1), shape("Point", 68.7, 38.5)), 1,
     "line 1: shape as WKT '{\"type\": \"Point\", \"coordinates\": [\"a\", 1]}'"),
    ("nan.geojson", geojson(shape("Point", float("nan"), 38)), 0, BAD),
    ("blob.geojson", geojson({"type": "Blob"}, "str", [1, 2], 5), 0, "line 2: shape as WKT '\"str\"' " + BAD),
    ("short.geojson", geojson(shape("LineString", [68, 38]), shape("Polygon", [[68, 38], [69, 38]])), 0, BAD),
    ("pole.geojson", geojson(shape("LineString", [68, 80], [69, 95])), 0, f"line 1: shape as WKT 'LINESTRING (68 80, 69 95)' {POLE}"),
    ("huge.geojson", geojson(shape("LineString", [1e308, 1e308], [-1e308, 2]), shape("LineString", [68, 38], [69, 39])), 1, POLE),
    ("far_points.geojson", geojson(shape("Point", 68, 1e308), shape("Point", 69, -1e308)), 0, "is not a latitude from -90 to 90"),
    ("no_geometry.geojson", geojson(None, shape("Point"), shape("Polygon")), 3, ""),
    ("one_part.geojson", geojson(shape("MultiPoint", [68.7, 38.5]),
                                 {"type": "GeometryCollection", "geometries": [shape("Point", 68.7, 38.5)]}), 2, " 0 held back\n"),
    ("headless.csv",
     b'2021-09-01,"Meeting in Dushanbe about water",38.5358,68.7791,Tajikistan\n2021-09-02,Drill in Kulob,37.91,69.78,Tajikistan\n', None,
     "headless.csv: line 1: holds '2021-09-01' where the name of a column is expected; a header row above it would be right"),
    ("headless_pair.csv", b'Meeting about water,"38.5358 N, 68.7791 E",Tajikistan\nDrill in Kulob,"37.91 N, 69.78 E",Tajikistan\n', None,
     "headless_pair.csv: line 1: holds '38.5358 N, 68.7791 E' where the name of a column is expected"),
    ("headless_ragged.csv", b"16.09.2021;Meeting;Kulob\n17.09.2021;Drill\n", None, "headless_ragged.csv: line 1: holds '16.09.2021' where"),
    ("years.csv", b"Region,2020,2021\nKhatlon,1,2\n", None, "missing column 'start'"),
    ("documents.zip", archive(a__kml=kml(TAJIK), b__csv=b"What,When,Where\n"), 1, "documents.zip: 'b.csv' in the archive was not read"),
    ("records.json", json.dumps([{"title": "A talk", "date": "2021-09-01", "lat": 38, "lon": 68}]).encode(), 1,
     "records.json: JSON, a list of records"),
    ("features.json", json.dumps(json.loads(geojson(shape("Point", 68.7, 38.5)))["features"]).encode(), 1, "features.json: GeoJSON"),
    ("numbers.json", b"[1, 2]", None, "numbers.json: is JSON, but no GeoJSON and no list of records; a FeatureCollection would be right"),
    ("pandas.csv", b",What,When,Where\n0,Talk one,2021-09-01,Kulob\n1,Drill two,2021-08-02,Kulob\n", 2, "title = 'What'"),
    ("twice.csv", b"What,When,When,Where,\nA talk,2021-09-01,2021-09-05,Kulob,\n", 1, "start = 'When'"),
    ("stray.csv", b'What,When,Where\nA talk,2021-09-01,Kulob\n"SCO" summit "x,2021-08-02,Kulob\nC,2021-07-03,Kulob\n', 3,
     f"stray.csv: line 3 {QUOTED}"),
    ("strays.csv", b'What,When,Where\n"SCO" summit,2021-09-01,Kulob\nDrill "x,2021-08-02,Kulob\n', 2, f"strays.csv: line 2 {QUOTED}"),
    ("even.csv", b'What,When,Where\n"SCO" summit,2021-09-01,Kulob\nDrill,2021-08-02,Kulob\n', 2, f"even.csv: line 2 {QUOTED}"),
    ("unclosed.csv", b'What,When,Where\nA,2021-09-01,Kulob\n"B,2021-08-02,Kulob\nC,2021-07-03,Kulob\n', 3, f"unclosed.csv: line 3 {QUOTED}"),
    ("torn.csv", b'What,When,Where\n"SCO" summit "x, y",2021-09-01,Kulob\nC,2021-07-03,Kulob\n', 1,
     "torn.csv: line 2: is not a row of a CSV table: ',' expected after '\"'"),
    ("torn_header.csv", b'"What" happened,When,"Where\nA,2021-09-01,Kulob\n', None, "torn_header.csv: line 1: is not a row of a CSV table"),
    ("own_words.csv", b"title,start,place\nSummit in the capital,2021-09-17,Dushanbe\nDrill,03/04/2021,Kulob\nTotal,,\n", 1, "is a row of totals"),
    ("own_days.csv", b"title,start,country\nSummit,16.09.2021,Tajikistan\nTalks,2021-07-17,TJ\n", 2, "was read as '2021-09-16'"),
    ("own_degrees.csv", '\n'.join(("title,start,lat,lon,country", "Summit,2021-09-17,38°32′09″N,68°46′45″E,TJK", "Talks,2021-07-17,68.78,38.55,TJK",
                                   'X,2021-05-18,"38,55","68,78",TJK', "Z,2021-03-18,0,0,TJK\n")).encode(), 2, "question 'swapped'"),
    ("same_day.geojson", geojson(shape("Point", 68, 1e308), shape("Point", 69, -1e308)).replace(b"2021-02", b"2021-01"), 0, "is not a latitude from"),
    ("doubtful.csv", "Жщ;Place\nTalk;Kulob\n".encode("koi8_r"), None, "doubtful.csv: the encoding is a guess: "),
    ("inches.csv", b'What,When,Where\nShelling with 5" guns,2021-09-01,Kulob\nMore 6" guns,2021-08-02,Kulob\n', 2, ""),
]  # fmt: skip
"""name, contents, rows drawn (None = the file is refused), and what is said"""
