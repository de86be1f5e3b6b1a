"""The map's frame: a constant base map, data under its digest, one small patch that is safe in a script."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
import streamlit_folium

from dashboard import membership, webmap, webmarks
from dashboard.legend import changed_mark
from dashboard.selection import certain, possible
from dashboard.staging import scene
from dashboard.view import View
from dashboard.webdata import STATIC
from geodata import atlas as facts
from geodata import days
from geodata.places import FORMS
from geodata.schema import STATUSES
from tests import tables

HOSTILE = (
    "</script><script>alert(1)</script>", "<!-- ", "]]>", "\u2028\u2029", "{{'map_div'}} {% raw %} {{ 7*7 }}", "it's \"quoted\" \\ \\\\", "`${1}`",
    "_feature_group_0 map_div", "alert(coords);", "\x00\x1f", "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip


@pytest.fixture(scope="module")
def atlas() -> facts.Atlas:
    return facts.load()


@pytest.fixture(scope="module")
def theatre(atlas) -> dict:
    return webmap.theatre(atlas)


@pytest.fixture(scope="module")
def rows(atlas) -> dict:
    return webmap.rows(atlas)


def patch_of(atlas, view: View, **more) -> dict:
    return webmap.patch(atlas, scene(atlas, view), **{"serial": 1, "fit": None} | more)


def sent_by_st_folium(patch: dict) -> str:
    """The script as it reaches the browser: every rewriting of st_folium applied."""
    base = webmap.base_map()
    base.get_root().render()
    streamlit_folium._get_map_string(base)
    return streamlit_folium._get_feature_group_string(webmap.patch_group(patch), base)


def argument(script: str) -> str:
    return re.search(r"window\.panj\.patch\((.*)\);", script)[1]


# --- the base map


def scripts_of_base_map() -> tuple[str, str, list, list]:
    base = webmap.base_map()
    base.get_root().render()
    return streamlit_folium._get_map_string(base), streamlit_folium._get_header(base), base.default_js, base.default_css


def test_base_map_is_the_same_on_every_call():
    assert scripts_of_base_map() == scripts_of_base_map()


def test_base_map_keeps_st_foliums_identity():
    keys = {streamlit_folium.generate_js_hash(scripts_of_base_map()[0], "map") for _ in range(2)}
    assert len(keys) == 1


def test_base_map_has_neither_tiles_nor_geometry():
    script = scripts_of_base_map()[0]
    assert "tileLayer" not in script
    assert "coordinates" not in script
    assert script.split() == ["var", "map_div", "=", 'window.panj.mount("map_div");', "var", "drawnItems", "=", "[];"]


def test_nothing_is_fetched_from_elsewhere():
    script, header, scripts, styles = scripts_of_base_map()
    addresses = [address for _, address in scripts + styles] + re.findall(r"url\(\"([^\"]*)\"\)", header)
    assert addresses
    assert all(address.startswith("../../") for address in addresses)
    assert "//" not in header.replace("text/html; charset", "") + script


def test_the_sentence_for_trouble_comes_before_everything_that_can_fail():
    assert [name for name, _ in webmap.base_map().default_js][:2] == ["alarm", "leaflet"]


def test_every_script_of_the_frame_is_loaded():
    elsewhere = {"portable.js", "portable_frame.js", "sorting.js"}  # stand in the portable map, or in the page around the frame, only
    assert {f"{name}.js" for name in webmap.SCRIPTS} == {path.name for path in STATIC.glob("*.js")} - elsewhere


def test_address_changes_with_the_content(tmp_path, monkeypatch):
    monkeypatch.setattr(webmap, "STATIC", tmp_path)
    webmap._versioned.cache_clear()
    (tmp_path / "days.js").write_text("1")
    first = webmap.versioned("days.js")
    webmap._versioned.cache_clear()
    (tmp_path / "days.js").write_text("2")
    assert webmap.versioned("days.js") != first
    webmap._versioned.cache_clear()


@pytest.mark.parametrize("path", sorted([*STATIC.glob("*.js"), *STATIC.glob("*.css")]), ids=lambda path: path.name)
def test_static_files_name_no_other_host_and_build_no_html(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(https?|wss?)://|[\"'(]//|@import", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text)


# --- JSON in a script


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_unchanged(text):
    patch = {"confirmed": text, text: [text, {"a": text}], "n": [1, -2.5, None, True]}
    sent = argument(sent_by_st_folium(patch))
    assert json.loads(sent) == patch
    inside = "".join(re.findall(r"\"([^\"]*)\"", sent))
    assert not set(inside) & set("<>&'{}_/")
    assert sent.isascii()


def test_unequal_numbers_are_refused():
    with pytest.raises(ValueError, match="Out of range float"):
        webmap.script_json({"n": float("nan")})


def test_patch_of_hostile_events_is_safe(tmp_path):
    own = tables.loaded(tmp_path, [tables.row(title=f"{text} {n}".strip() or "x") for n, text in enumerate(HOSTILE[:8])])
    view = replace(View(), title="</script>")
    assert json.loads(argument(sent_by_st_folium(patch_of(own, view))))["eligible"]


# --- the data


def test_theatre_and_rows_are_deterministic(atlas):
    again = facts.load()
    assert webmap.to_json_bytes(webmap.theatre(atlas)) == webmap.to_json_bytes(webmap.theatre(again))
    assert webmap.data_files(atlas) == webmap.data_files(again)


def test_data_is_named_by_its_content(atlas):
    names = sorted(name.partition("-")[0] for name in webmap.data_files(atlas))
    assert names == ["detail", "rows", "theatre"]
    assert all(re.fullmatch(r"[a-z]+-[0-9a-f]{16}\.json", name) for name in webmap.data_files(atlas))


def test_theatre_has_what_the_frame_asks_for(theatre):
    assert {"palette", "strokes", "symbols", "blocs", "kinds", "statuses", "forms", "control", "countries", "detail", "labels", "memberships",
            "borders",
            "boundaries", "disputed", "rivers", "lakes", "places", "zones", "bases", "regions", "home"} == set(theatre)  # fmt: skip
    assert theatre["forms"] == list(FORMS)
    assert [status["id"] for status in theatre["statuses"]] == list(STATUSES)
    assert {"csto", "sco"} <= {bloc["id"] for bloc in theatre["blocs"]}
    assert all({"tint", "hue", "edge", "glyph"} <= set(bloc) for bloc in theatre["blocs"])


def test_the_theatre_names_the_finer_shapes_instead_of_holding_them(atlas, theatre):
    finer = webmap.data_files(atlas)[theatre["detail"]]
    assert [feature["properties"]["code"] for feature in json.loads(finer)["features"]] == list(atlas.detail["code"])
    assert len(webmap.to_json_bytes(theatre)) < 2_400_000


def test_regions_have_an_outline_because_neighbours_share_their_corners(theatre):
    edges = Counter(edge for code in ("TJK", "UZB") for edge in edges_of(theatre, code))
    assert set(edges.values()) == {1, 2}
    assert sum(count == 2 for count in edges.values()) > 100


def edges_of(theatre: dict, code: str) -> list[frozenset]:
    shape = shapely.geometry.shape(next(f["geometry"] for f in theatre["countries"]["features"] if f["properties"]["code"] == code))
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return [edge for ring in rings for edge in map(frozenset, pairwise(ring.coords)) if len(edge) == 2]


def test_every_kind_has_a_symbol_but_the_unnamed_one(theatre):
    assert {kind["id"] for kind in theatre["kinds"]} - set(theatre["symbols"]) <= {"other"}


def test_label_points_lie_in_their_countries(atlas, theatre):
    shapes = atlas.countries.set_index("code").geometry
    assert len(theatre["labels"]) == len(shapes)
    assert all(shapes[label["code"]].buffer(0.01).contains(shapely.Point(label["lon"], label["lat"])) for label in theatre["labels"])


@pytest.mark.parametrize("pair", ["AFG-TJK", "AFG-UZB", "KAZ-RUS"])
def test_first_country_of_a_pair_lies_at_the_left_of_its_line(atlas, theatre, pair):
    line = shapely.geometry.shape(next(f["geometry"] for f in theatre["borders"]["features"] if f["properties"]["pair"] == pair))
    land = atlas.countries.set_index("code").geometry
    left, right = (shapely.union_all([shapely.buffer(part, side, single_sided=True) for part in line.geoms]) for side in (0.1, -0.1))
    first, second = (land[code] for code in pair.split("-"))
    assert left.intersection(first).area > 0.7 * left.area > right.intersection(first).area
    assert right.intersection(second).area > 0.7 * right.area


def test_borders_carry_status_and_reported_length(theatre):
    border = next(f["properties"] for f in theatre["borders"]["features"] if f["properties"]["pair"] == "AFG-TJK")
    assert border["held"] == "AFG"
    assert days.iso(border["from"]) == "2021-08-11"
    assert border["to"] == days.INF
    assert border["emphasis"] is True
    assert border["label"].startswith("1,344 km reported")


def test_rows_have_one_value_per_version(atlas, rows):
    lengths = {name: len(column) for name, column in rows.items() if name != "n"}
    assert set(lengths.values()) == {len(atlas.versions)} == {rows["n"]}


def test_rows_without_a_point_have_no_coordinates(rows):
    pointless = [FORMS.index(form) for form in ("border", "region", "country", "margin")]
    placed = [(lon, lat) for form, lon, lat in zip(rows["form"], rows["lon"], rows["lat"], strict=True) if form in pointless]
    assert placed
    assert set(placed) == {(None, None)}


def test_rows_carry_the_four_day_numbers(atlas, rows):
    for name in ("w0", "s0", "s1", "w1"):
        assert rows[name] == atlas.versions[name].tolist()


def test_parts_name_their_meeting(rows):
    assert dict(zip(rows["id"], rows["parent"], strict=True))["EV02"] == "EV01"


# --- the patch


def test_bits_come_back_as_they_went():
    mask = np.random.default_rng(5).random(1003) < 0.3
    packed = base64.b64decode(webmarks.packed(mask))
    read = [i for i in range(len(mask)) if packed[i >> 3] >> (7 - (i & 7)) & 1]  # as rows.js reads them
    assert read == np.flatnonzero(mask).tolist()


def test_browser_rule_counts_what_the_scene_counts(atlas, rows):
    view = View.from_query("from=2021-09-13&to=2021-09-19&known=2021-09-19")
    shown, patch = scene(atlas, view), patch_of(atlas, view)
    bits = np.unpackbits(np.frombuffer(base64.b64decode(patch["eligible"]), np.uint8))[: rows["n"]].astype(bool)
    w = np.array([rows[name] for name in ("w0", "s0", "s1", "w1")])
    meets = bits & possible(w, *patch["window"])
    sure = meets & certain(w, *patch["window"])
    assert (sure.sum(), meets.sum() - sure.sum()) == (shown.counts.drawn, shown.counts.possible)


def test_patch_says_what_the_view_says(atlas):
    patch = patch_of(atlas, View.from_query("from=2021-09-13&to=2021-09-19&known=2021-09-19&layers=csto,events&id=event:EV20"), serial=7,
                     fit={"n": 2, "box": [60, 35, 75, 42]}, answered=12)  # fmt: skip
    assert [days.iso(day) for day in patch["window"]] == ["2021-09-13", "2021-09-19"]
    assert [days.iso(day) for day in patch["span"]] == ["2021-06-01", "2021-12-31"]
    assert days.iso(patch["known"]) == "2021-09-19"
    assert patch["confirmed"] == "2021-09-13..2021-09-19"
    assert (patch["layers"], patch["selected"], patch["serial"], patch["answered"]) == (["csto", "events"], "event:EV20", 7, 12)
    assert patch["fit"] == {"n": 2, "box": [60, 35, 75, 42]}
    assert patch["ahead"] == patch["doubt"] == ""
    assert set(patch["numbers"].values()) == set(range(1, len(patch["numbers"]) + 1))


def test_plans_ahead_are_sent_only_when_asked_for(atlas):
    asked = patch_of(atlas, View.from_query("from=2021-10-18&to=2021-10-23&known=2021-10-23&ahead=on"))
    assert set(base64.b64decode(asked["ahead"])) != {0}


def test_rows_that_only_may_be_near_a_border_are_marked(atlas):
    near = patch_of(atlas, View.from_query("near=AFG-TJK:50"))
    assert set(base64.b64decode(near["doubt"])) != {0}


SINCE = "from=2021-09-13&to=2021-09-19&known=2021-09-19&since=2021-09-15"


def test_what_changed_is_sent_as_the_scene_flags_it(atlas):
    view = View.from_query(SINCE)
    shown, patch = scene(atlas, view), patch_of(atlas, view)
    flagged = {feature.id.removeprefix("event:"): mark for feature in shown.layer("events").features if (mark := changed_mark(feature.flags))}
    assert flagged.items() <= patch["changed"].items()
    assert flagged["EV20"] == "status"
    assert {entry.key for entry in shown.legend if entry.layer == "changes"} == {f"changed:{mark}" for mark in flagged.values()}
    assert days.iso(patch["since"]) == "2021-09-15"


def test_nothing_is_marked_when_no_day_is_compared(atlas):
    patch = patch_of(atlas, View())
    assert (patch["changed"], patch["since"], patch["near"], patch["compare"]) == ({}, None, None, None)
    keys = {entry.key.partition(":")[0] for entry in scene(atlas, View()).legend}
    assert not keys & {"changed", "compare"}


@pytest.mark.parametrize("km", [2, 5, 50, 500])
def test_line_of_distance_is_small_and_true(atlas, km):
    shown = scene(atlas, View.from_query(f"near=AFG-TJK:{km}"))
    near = patch_of(atlas, shown.view)["near"]
    assert (near["pair"], near["km"]) == ("AFG-TJK", km)
    assert len(json.dumps(near)) < 8500
    sent = shapely.union_all([shapely.Polygon(np.reshape(near["rings"][0], (-1, 2)))])
    assert shapely.make_valid(sent).symmetric_difference(shapely.Polygon(shapely.get_parts(shown.buffer)[0].exterior)).area < 0.08 * sent.area
    assert "line:distance" in {entry.key for entry in shown.legend}


def test_countries_that_differ_are_told_in_words(atlas):
    shown = scene(atlas, View.from_query("compare=2010-01-01&from=2021-09-13&to=2021-09-19"))
    compare = patch_of(atlas, shown.view)["compare"]
    assert compare["countries"]["UZB"] == ["CSTO: member \N{RIGHTWARDS ARROW} none"]
    assert set(compare["countries"]) <= {difference.country for difference in shown.differences}
    assert "compare" in {entry.key for entry in shown.legend}


@pytest.mark.parametrize(("before", "after", "told"), [
    ("", "observer", "none \N{RIGHTWARDS ARROW} observer"), ("member", "", "member \N{RIGHTWARDS ARROW} none"),
    ("founding member", "founding member; in the chair", "now in the chair"), ("member; in the chair", "member", "no longer in the chair"),
    ("observer; applicant", "observer; accession under way", "applicant \N{RIGHTWARDS ARROW} accession under way"),
])  # fmt: skip
def test_only_what_differs_is_said(before, after, told):
    assert membership.said(before, after) == told


def test_named_regions_are_in_the_legend_when_they_are_on(atlas):
    assert "line:region" in {entry.key for entry in scene(atlas, View.from_query("layers=regions")).legend}


@pytest.mark.parametrize(("span", "first", "last"), [("year", "2021-01-01", "2021-12-31"), ("2021-08..2021-09", "2021-08-01", "2021-11-30"),
                                                     ("2021-06-05..2021", "2021-06-05", "2021-12-31")])  # fmt: skip
def test_window_always_lies_in_the_timeline(atlas, span, first, last):
    shown = webmap.timeline_span(atlas, span, days.number(View.start), days.number(View.end))
    assert [days.iso(day) for day in shown] == [first, last]


def test_timeline_of_everything_leaves_out_days_that_never_come(atlas):
    first, last = webmap.timeline_span(atlas, "all", days.number(View.start), days.number(View.end))
    assert -days.INF < first < last < days.INF


@pytest.mark.parametrize("query", ["", "from=2021-09-13&to=2021-09-19&known=2021-09-19", "from=2021-01-01&to=2021-12-31&ahead=on",
                                   f"{SINCE}&near=AFG-TJK:50",
                                   "compare=2010-01-01&near=AFG-PAK:5&layers=csto,sco,eaeu,cis,ots,nato,events"])  # fmt: skip
def test_patch_is_small_and_equal_patches_are_equal_scripts(atlas, query):
    view = View.from_query(query)
    first, second = (sent_by_st_folium(patch_of(atlas, view)) for _ in range(2))
    assert first == second
    assert len(first) < 20_000


def test_own_rows_are_sent_to_their_own_address(atlas):
    patch = patch_of(atlas, View(), theatre_url="../../data/theatre-x.json", rows_url="../../data/rows-secret.json")
    assert (patch["theatre"], patch["rows"]) == ("../../data/theatre-x.json", "../../data/rows-secret.json")


def test_what_a_selected_party_takes_part_in_is_lit(atlas):
    for selected in ("party:TALIBAN", "country:UZB"):
        shown = scene(atlas, View(id=selected))
        bits = np.unpackbits(np.frombuffer(base64.b64decode(webmap.patch(atlas, shown, serial=1, fit=None)["lit"]), np.uint8))[: len(atlas.versions)]
        name = selected.partition(":")[2]
        pairs = zip(atlas.versions["participants"], atlas.versions["country"], strict=True)
        assert bits.astype(bool).tolist() == [name in dict(parties) or country == name for parties, country in pairs]
    assert webmap.patch(atlas, scene(atlas, View(id="event:EV20")), serial=1, fit=None)["lit"] == ""
