"""Whole files made up by chance: tables, GeoJSON and KML of random structure, with hostile text wherever text can stand."""

from __future__ import annotations

import csv
import io
import json
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.intake.corpus import GOOD
from tests.naughty import TEXTS

ALL = "from=1900-01-01&to=2100-12-31&span=all&disputed=on&ahead=on"
"""a view in which whatever can be drawn is"""

MARKUP = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'\"><svg/onload=alert(1)>", "javascript:alert(1)",
          "]]><script>alert(1)</script>", "</template></textarea></title><script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}",
          "$[name]", "a\u202eb\u2066c", "=1+1")  # fmt: skip
TEXT = st.sampled_from(MARKUP) | st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
DAY = st.dates().map(str) | st.sampled_from(["2021-09-16", "16.09.2021", "March 2021", "2021", "13-19 September 2021", "03/04/2021", "present"])
DEGREES = st.floats(-180, 180) | st.integers(30, 45) | st.floats()
LIKELY = {"Date": DAY, "Until": st.just("") | DAY, "Latitude": DEGREES.map(str), "Longitude": DEGREES.map(str),
          "Type": st.sampled_from(["talks", "attack"]), "Country": st.sampled_from(["Tajikistan", "AFG", ""]),
          "Status": st.sampled_from(["held", "planned", ""]), "Precision": st.just("")}  # fmt: skip
"""what a column of this name would hold, mostly"""


@st.composite
def tables(draw) -> tuple[str, bytes]:
    """A table with some of the usual columns and some of its own, of any delimiter, line end and encoding."""
    names = list(dict.fromkeys([*draw(st.permutations(list(GOOD)).map(lambda all_names: all_names[draw(st.integers(0, 3)) :])),
                                *draw(st.lists(TEXT, max_size=3))]))  # fmt: skip
    cells = st.tuples(*(LIKELY.get(name, TEXT) if draw(st.integers(0, 9)) else TEXT for name in names))
    rows, out = draw(st.lists(cells, min_size=1, max_size=6)), io.StringIO(newline="")
    writer = csv.writer(out, delimiter=draw(st.sampled_from(",;\t|")), lineterminator=draw(st.sampled_from(["\n", "\r\n"])))
    writer.writerows([names, *rows])
    return "own.csv", out.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"])), "replace")


POSITION = st.lists(DEGREES, min_size=0, max_size=3)
GEOMETRY = st.none() | st.builds(lambda kind, places: {"type": kind, "coordinates": places}, st.sampled_from(["Point", "LineString", "Polygon"]),
                                 st.recursive(POSITION, lambda inner: st.lists(inner, max_size=4), max_leaves=6))  # fmt: skip
POINT = st.builds(lambda lon, lat: {"type": "Point", "coordinates": [lon, lat]}, st.floats(-180, 180), st.floats(-90, 90))
VALUE = TEXT | st.none() | st.booleans() | st.floats() | st.lists(TEXT, max_size=2) | st.dictionaries(TEXT, TEXT, max_size=2)


@st.composite
def geojson(draw) -> tuple[str, bytes]:
    """Features with a name and a day, mostly with a place, and anything else."""
    properties = st.builds(lambda name, day, more: {**more, "name": name, "date": day}, TEXT | VALUE, DAY, st.dictionaries(TEXT, VALUE, max_size=3))
    feature = st.fixed_dictionaries({"type": st.just("Feature"), "properties": properties, "geometry": POINT | POINT | GEOMETRY})
    return "own.geojson", json.dumps({"type": "FeatureCollection", "features": draw(st.lists(feature, min_size=1, max_size=5))}).encode()


@st.composite
def kml(draw) -> tuple[str, bytes]:
    """Placemarks in folders; now and then a text is written as it is, and the file is no XML any more."""
    written = draw(st.sampled_from([escape, escape, escape, lambda text: f"<![CDATA[{text}]]>", str]))

    def placemark(name: str, told: str, day: str, lon: float, lat: float) -> str:
        return (f"<Placemark><name>{written(name)}</name><description>{written(told)}</description><TimeStamp><when>{day}</when></TimeStamp>"
                f"<ExtendedData><Data name={json.dumps(escape(name, {chr(34): ''}))}><value>{written(told)}</value></Data></ExtendedData>"
                f"<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>")  # fmt: skip

    legal = TEXT.map(lambda text: "".join(char for char in text if char.isprintable()))
    marks = draw(st.lists(st.builds(placemark, legal, legal, DAY, DEGREES, st.floats(-90, 90)), min_size=1, max_size=5))
    depth = draw(st.integers(0, 3))
    return "own.kml", f"<?xml version='1.0'?><kml>{'<Folder>' * depth}{''.join(marks)}{'</Folder>' * depth}</kml>".encode("utf-8", "replace")


@st.composite
def files(draw) -> tuple[str, bytes]:
    """A file, now and then cut off or with a byte changed."""
    name, content = draw(tables() | geojson() | kml())
    damage = draw(st.integers(0, 11))
    at = draw(st.integers(0, len(content) - 1)) if damage < 2 else 0
    return name, (content[:at] if damage == 0 else content[:at] + b"\x7f" + content[at + 1 :] if damage == 1 else content)


def batches(number: int, size: int) -> list[list[tuple[str, bytes]]]:
    """So many lists of files, the same every time."""
    found: list[list[tuple[str, bytes]]] = []

    @settings(max_examples=number, derandomize=True, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(files(), min_size=size, max_size=size))
    def _gather(made: list[tuple[str, bytes]]) -> None:
        found.append(made)

    _gather()
    return found
