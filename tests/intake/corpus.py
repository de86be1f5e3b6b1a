"""Bad rows and bad files, each with what must be said about it. A row is the good one below with some cells changed."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from typing import NamedTuple

from geodata.intake import FIXED, HELD_BACK, NO_EVENT, WARNED

GOOD = {"Title": "Meeting of border "
                 "commanders", "Date": "2021-09-16", "Until": "", "Place": "Dushanbe", "Country": "Tajikistan", "Latitude": "38.5358",
        "Longitude": "68.7791", "Type": "talks", "Status": "held", "Precision": "", "Source": "Asia-Plus"}  # fmt: skip
MAPPED = {"title": "Title", "start": "Date", "end": "Until", "place": "Place", "country": "Country", "lat": "Latitude", "lon": "Longitude",
          "kind": "Type",
          "status": "Status", "place_precision": "Precision", "source": "Source"}  # fmt: skip


def table(*rows: dict[str, str], separator: str = ",", names: tuple[str, ...] = tuple(GOOD)) -> bytes:
    """A CSV file of these rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


class Row(NamedTuple):
    """Cells changed, and the verdict on them: level, code, and words of its sentence."""

    about: str
    cells: dict[str, str]
    level: str
    code: str
    right: str


HELD, WARN, FIX = HELD_BACK, WARNED, FIXED
ROWS = [Row(*row) for row in (
    ("a word for a date", {"Date": "soon"}, HELD, "date_unreadable", "is not a date like 2021-09-16"),
    ("no date", {"Date": ""}, HELD, "rule_start", "is empty; a value is needed"),
    ("no title", {"Title": ""}, HELD, "rule_title", "is empty; a value is needed"),
    ("a day that never was", {"Date": "2021-02-30"}, HELD, "date_unreadable", "is not a day of the calendar"),
    ("a thirteenth month", {"Date": "13.13.2021"}, HELD, "date_unreadable", "is not a day of the calendar"),
    ("two readings of a date", {"Date": "03/04/2021"}, HELD, "date_ambiguous", "can be 2021-04-03 or 2021-03-04"),
    ("two readings with dashes", {"Date": "03-04-2021"}, HELD, "date_ambiguous", "can be 2021-04-03 or 2021-03-04"),
    ("one reading only", {"Date": "31/03/2021"}, FIX, "date_read", "was read as '2021-03-31'"),
    ("month first, provably", {"Date": "03/31/2021"}, FIX, "date_read", "was read as '2021-03-31'"),
    ("dots", {"Date": "03.04.2021"}, FIX, "date_read", "was read as '2021-04-03'"),
    ("Russian month", {"Date": "16 сентября 2021 г."}, FIX, "date_read", "was read as '2021-09-16'"),
    ("English month", {"Date": "September 16th, 2021"}, FIX, "date_read", "was read as '2021-09-16'"),
    ("a time of day", {"Date": "2021-09-16T14:30:00+05:00"}, FIX, "date_read", "was read as '2021-09-16'"),
    ("a month", {"Date": "сентябрь 2021"}, FIX, "date_read", "was read as '2021-09-01..2021-09-30, some day of it'"),
    ("a year", {"Date": "2021"}, FIX, "date_read", "was read as '2021-01-01..2021-12-31, some day of it'"),
    ("a span in one cell", {"Date": "13-19 September 2021"}, FIX, "date_read", "was read as '2021-09-13..2021-09-19'"),
    ("a year of two digits", {"Date": "16/09/21"}, HELD, "date_unreadable", "has a year of two digits"),
    ("a spreadsheet's day number", {"Date": "44455"}, HELD, "date_unreadable", "a spreadsheet's day number would be 2021-09-16"),
    ("the solar Hijri calendar", {"Date": "1400-06-25"}, HELD, "date_unreadable", "in the solar Hijri calendar 2021/22"),
    ("Persian digits", {"Date": "۲۰۲۱-۰۹-۱۶"}, FIX, "date_read", "was read as '2021-09-16'"),
    ("a placeholder year", {"Date": "9999-12-31"}, HELD, "rule_start", "is not a day from 1000 to 2200"),
    ("an end that is no date", {"Until": "later"}, HELD, "date_unreadable", "is not a date like 2021-09-16"),
    ("an end before the start", {"Until": "2021-09-01"}, HELD, "rule_end", "is before the start"),
    ("latitude and longitude "
     "changed", {"Latitude": "68.7791", "Longitude": "38.5358"}, HELD, "swapped", "with latitude and longitude changed it is inside"),
    ("changed beyond the pole", {"Latitude": "104.9", "Longitude": "61.5", "Country": "Russia", "Place": ""}, HELD, "swapped", "is outside Russia"),
    ("another country", {"Latitude": "41.3", "Longitude": "69.27"}, WARN, "outside_country", "km outside Tajikistan, in Uzbekistan"),
    ("at sea", {"Latitude": "10", "Longitude": "75.5"}, WARN, "outside_country", "km outside Tajikistan"),
    ("nowhere", {"Latitude": "0", "Longitude": "0"}, HELD, "zero_coordinates", "is a point in the Gulf of Guinea"),
    ("nowhere in decimals", {"Latitude": "0.000", "Longitude": "-0.0"}, HELD, "zero_coordinates", "is a point in the Gulf of Guinea"),
    ("the middle of a country, no "
     "place", {"Latitude": "39", "Longitude": "71", "Place": ""}, HELD, "country_centre", "is the middle of Tajikistan, and no place"),
    ("the middle of a country, the country for a "
     "place", {"Latitude": "33", "Longitude": "65", "Place": "Afghanistan", "Country": "AFG"}, HELD, "country_centre",
     "is the middle of Afghanistan"),
    ("the middle of a country, a place "
     "named", {"Latitude": "39", "Longitude": "71", "Place": "Gharm"}, WARN, "country_centre", "often stands for 'somewhere"),
    ("degrees and minutes", {"Latitude": "38°32'09\"N"}, FIX, "coordinate_read", "was read as '38.53583'"),
    ("letters before", {"Latitude": "N 38 32.15"}, FIX, "coordinate_read", "was read as '38.53583'"),
    ("Russian letters", {"Longitude": "68°46′44″ в.д."}, FIX, "coordinate_read", "was read as '68.77889'"),
    ("a decimal comma", {"Latitude": "38,5358"}, FIX, "coordinate_read", "was read as '38.5358'"),
    ("a longitude among latitudes", {"Latitude": "68.7791E"}, HELD, "coordinate_axis", "says it is a longitude, not a latitude"),
    ("sixty minutes", {"Latitude": "38°60'00\"N"}, HELD, "coordinate_unreadable", "is not a latitude like 38.5358"),
    ("a grid reference", {"Latitude": "42SVG 12345 67890"}, HELD, "coordinate_unreadable", "is not a latitude like 38.5358"),
    ("not a number", {"Latitude": "no idea"}, HELD, "coordinate_unreadable", "is not a latitude like 38.5358"),
    ("beyond the pole", {"Latitude": "95", "Longitude": "170", "Country": ""}, HELD, "rule_lat", "is not a latitude from -90 to 90"),
    ("metres", {"Latitude": "4267000", "Longitude": "480000", "Country": ""}, HELD, "rule_lat", "is not a latitude from -90 to 90"),
    ("infinite", {"Latitude": "inf"}, HELD, "coordinate_unreadable", "is not a latitude like 38.5358"),
    ("half a point", {"Longitude": ""}, HELD, "rule_lat", "stands alone; latitude and longitude are needed together"),
    ("a country nobody knows", {"Country": "Absurdistan"}, WARN, "country_unknown", "is not a country known here"),
    ("no source", {"Source": ""}, WARN, "no_source", "nobody is named who says so"),
    ("a kind nobody knows", {"Type": "ghost sighting"}, WARN, "kind_unknown", "was kept as 'other'"),
    ("a status nobody knows", {"Status": "maybe"}, WARN, "status_unknown", "was kept as 'reported'"),
    ("a Russian status", {"Status": "Состоялось"}, FIX, "status_read", "was read as 'held'"),
    ("a precision nobody knows", {"Precision": "exactish"}, HELD, "rule_place_precision", "is not one of border, city"),
    ("near a town", {"Place": "near Kulob"}, WARN, "finer_than_words", "says 'near', but the row has a point"),
    ("a province", {"Place": "Хатлонская область"}, WARN, "finer_than_words", "says 'область', but the row has a point"),
    ("a country for a place", {"Place": "Таджикистан"}, WARN, "finer_than_words", "names no more than a country"),
    ("a site in whole degrees", {"Latitude": "38", "Longitude": "69", "Precision": "site"}, WARN, "finer_than_numbers", "100 km wide"),
    ("a place in no gazetteer", {"Place": "Nowhereville", "Latitude": "", "Longitude": ""}, WARN, "place_unknown", "is in no gazetteer here"),
    ("a place of many", {"Place": "Springfield", "Country": "USA", "Latitude": "", "Longitude": ""}, WARN, "place_ambiguous", "can be"),
    ("a place to look up", {"Place": "Кӯлоб", "Latitude": "", "Longitude": ""}, FIX, "placed", "was placed from the gazetteer: Kŭlob, TJK"),
    ("an open end of something held", {"Until": "present"}, HELD, "rule_end", "is open, which only a status 'ongoing' allows"),
    ("a row of blanks", dict.fromkeys(GOOD, ""), NO_EVENT, "", "is empty"),
    ("a row of totals", {**dict.fromkeys(GOOD, ""), "Title": "Total", "Type": "12"}, NO_EVENT, "", "is a row of totals"),
    ("a Russian row of totals", {**dict.fromkeys(GOOD, ""), "Date": "Итого:", "Type": "12"}, NO_EVENT, "", "is a row of totals"),
    ("the header again", {name: name for name in GOOD}, NO_EVENT, "", "repeats the header"),
    ("HXL tags", {name: f"#{name.lower()}+x" for name in GOOD}, NO_EVENT, "", "is a row of HXL tags"),
)]  # fmt: skip


def archive(**members: bytes) -> bytes:
    """A ZIP archive; `__` in a name stands for a dot, `_in_` for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_in_", "/").replace("__", "."), content)
    return out.getvalue()


def slipping() -> bytes:
    """An archive whose only member wants to leave its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../../etc/passwd", "root")
    return out.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><kml><name>&c;</name></kml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&x;</name></Placemark></kml>"""
LINKED = b'<?xml version="1.0"?><kml><NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink></kml>'
DEEP_XML = b"<?xml version='1.0'?><kml>" + b"<Folder>" * 60 + b"</Folder>" * 60 + b"</kml>"
LIAR = struct.pack(">i", 9994) + b"\0" * 96

FILES = [
    ("empty.csv", b"", "is empty; a table with a header row would be right"),
    ("blank.txt", b" \n\n \t \n", "is empty; a table with a header row would be right"),
    ("words.txt", b"These are just words.\nAnd some more.\n", "missing column 'start'"),
    ("nodate.csv", b"Name;Town\nA;Kulob\n", "missing column 'start'"),
    ("noplace.csv", b"Name;Date\nA;2021-09-16\n", "missing a place: a column 'place', 'country', or 'lat' and 'lon' would be right"),
    ("null.csv", b"Name;Date;Town\nA;2021-09-16;Ku\0lob\n", "holds null bytes, so it is no text"),
    ("cut16.csv", "Name;Date;Town\nA".encode("utf-16") + b"\x41", "is not utf-16 text"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old or encrypted Office file"),
    ("page.html", b"<html><body><table><tr><td>Date</td></tr></table></body></html>", "is a web page"),
    ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3", "is a PDF document"),
    ("packed.csv.gz", b"\x1f\x8b\x08\0" + b"\0" * 20, "is packed with gzip"),
    ("layer.vrt", b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "is a list of other files, none of which is "
            "opened"),
    ("layer.shp", LIAR, "is a part of a shapefile: all its parts in one ZIP archive would be right"),
    ("broken.zip", b"PK\x03\x04" + b"x" * 50, "is not a whole ZIP archive"),
    ("pictures.zip", archive(photo__jpg=b"\xff\xd8\xff"), "is an archive with no table in it"),
    ("two.zip", archive(a__csv=b"x", b__csv=b"y"), "is an archive of 2 tables"),
    ("nested.zip", archive(inner__zip=archive(a__csv=b"x")), "is packed once more"),
    ("slip.zip", slipping(), "is an archive with no table in it"),
    ("bomb.zip", archive(a__csv=b"0" * 20_000_000), "times its size"),
    ("half.zip", archive(layer__shp=LIAR), "without its .shx and .dbf"),
    ("fake.zip", archive(layer__shp=b"GIF89a", layer__shx=b"", layer__dbf=b""), "which is no shapefile"),
    ("hollow.zip", archive(layer__shp=LIAR, layer__shx=LIAR, layer__dbf=b"\x03" + b"\0" * 40), "is not a whole shapefile"),
    ("text.docx", archive(**{"[Content_Types]__xml": b"<Types/>", "word_in_document__xml": b"<w/>"}), "is an Office document, but no workbook"),
    ("broken.xlsx", archive(**{"[Content_Types]__xml": b"<Types/>", "xl_in_workbook__xml": b"<workbook/>"}), "is not a whole workbook"),
    ("laughs.xlsx", archive(**{"[Content_Types]__xml": b"<Types/>", "xl_in_workbook__xml": LAUGHS}), "declares a document type"),
    ("laughs.kml", LAUGHS, "declares a document type"),
    ("outside.kml", OUTSIDE, "declares a document type"),
    ("outside16.kml", OUTSIDE.decode().encode("utf-16"), "declares a document type"),
    ("links.kml", LINKED, "holds no placemark, only links to other files, none of which is opened"),
    ("deep.kml", DEEP_XML, "is XML nested more than 40 levels deep"),
    ("cut.kml", b"<?xml version='1.0'?><kml><Placemark>", "is not XML"),
    ("outside.kmz", archive(doc__kml=OUTSIDE), "declares a document type"),
    ("deep.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 5000 + b"]" * 5000 + b"}", "is JSON nested more than 40 levels deep"),
    ("cut.geojson", b'{"type":"FeatureCollection","features":[{"type":', "is not JSON"),
    ("other.json", b'{"name": "panj", "version": 1}', "is JSON of the type None, not GeoJSON"),
    ("topo.json", b'{"type": "Topology", "arcs": []}', "is TopoJSON; GeoJSON would be right"),
    ("nowhere.geojson", b'{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::999999"}},"features":[{"type":'
     b'"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}',
     "names the coordinate system 'urn:ogc:def:crs:EPSG::999999', which is not known here; WGS84 would be right"),
    ("none.geojson", b'{"type":"FeatureCollection","features":[]}', "holds no feature"),
    ("list.geojson", b'{"type":"FeatureCollection","features":[1,2]}', "has a feature that is no object"),
    ("other.gpkg", b"SQLite format 3\0" + b"\0" * 84, "is not a whole GeoPackage"),
    ("cut.parquet", b"PAR1" + b"\0" * 40 + b"PAR1", "is not a whole Parquet file"),
]  # fmt: skip
"""name, contents, what the refusal says"""

ROWS += [Row(*row) for row in (
    ("a total with a day", {**dict.fromkeys(GOOD, ""), "Title": "Total", "Date": "2021-09-30", "Status": "24"}, NO_EVENT, "", "is a row of totals"),
    ("half a point, the other half a word for nothing", {"Latitude": "n/a"}, HELD, "rule_lat", "stands alone"),
    ("Persian digits in a latitude", {"Latitude": "۳۸.۵۳۵۸"}, FIX, "coordinate_read", "was read as '38.5358'"),
    ("two towns", {"Place": "Dushanbe; Kulob", "Latitude": "", "Longitude": ""}, WARN, "place_ambiguous", "can be 2 places: Dushanbe"),
    ("a town and more", {"Place": "Dushanbe, near the airport", "Latitude": "", "Longitude": ""}, WARN, "place_ambiguous", "says more than that"),
    ("so far from a town", {"Place": "30 km south of Dushanbe", "Latitude": "", "Longitude": ""}, FIX, "placed", "37.5 km around Dushanbe, TJK"),
    ("a direction only", {"Place": "north of Kulob", "Latitude": "", "Longitude": ""}, WARN, "place_unknown", "says a direction, but not how far"),
    ("signs for a place", {"Place": "???", "Latitude": "", "Longitude": ""}, WARN, "place_unknown", "is in no gazetteer here"),
)]  # fmt: skip
