"""The printed page: exact size, equal bytes, text that stays text, nothing on top of anything else, nothing dropped unsaid."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.testing.compare import compare_images
from PIL import Image

from dashboard import page
from dashboard.page import lettering, symbols
from dashboard.page.borders import held_side
from dashboard.page.chart import Chart, suited
from dashboard.page.entries import Entry
from dashboard.page.entryline import EntryLine, short_when
from dashboard.page.fans import arcs
from dashboard.page.fills import _bands
from dashboard.page.fitting import Fitting, row_leads
from dashboard.page.groups import ranges
from dashboard.page.key import Row
from dashboard.page.labels import Placement
from dashboard.page.paper import NAMED, paper
from dashboard.page.picture import Page, figure
from dashboard.page.sheet import Shape, Sheet
from dashboard.page.symbols import Sign
from dashboard.scene import Feature, Scene, SceneLayer
from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import Atlas, load

GOLDEN = Path(__file__).parent / "golden"
SEPTEMBER = "from=2021-09-13&to=2021-09-19&known=2021-09-19"
OCTOBER = "from=2021-10-18&to=2021-10-23&known=2021-10-23&box=66.5,35.5,74.5,41"
CHANGES = ("from=2021-10-01&to=2021-10-31&known=2021-10-25&since=2021-09-18&near=AFG-TJK:300&id=event:EV54"
           "&layers=csto,sco,borders,zones,bases,events,regions,rivers,places")  # fmt: skip
EMPTY = "from=1999-01-01&to=1999-01-02"
WORLD = "box=-170,-60,179,80"
VIEWS = (SEPTEMBER, OCTOBER, "", EMPTY, WORLD, "layers=none", f"{SEPTEMBER}&ahead=on&box=63.5,33.5,76,42.5",
         "layers=csto,sco,eaeu,cis,ots,nato,borders,zones,bases,events,rivers,places,regions&from=2021-10-01&to=2021-10-31",
         "layers=nato,csto,events,borders,places&box=-10,36,40,60")  # fmt: skip


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load()


@pytest.fixture(scope="module")
def drawn(atlas: Atlas) -> Callable[[str], tuple[Scene, Page]]:
    """Scene and page of a view, drawn once."""
    return cache(lambda query: ((shown := scene(atlas, View.from_query(query))), page.draw(shown, atlas, dpi=50)))


@pytest.fixture(scope="module")
def september(atlas: Atlas) -> Scene:
    return scene(atlas, View.from_query(SEPTEMBER))


def _with_events(shown: Scene, events: list[Feature]) -> Scene:
    others = tuple(layer for layer in shown.layers if layer.key != "events")
    return replace(shown, layers=(*others, SceneLayer("events", "Events", "symbol", tuple(events))))


def _event(n: int, **changes: object) -> Feature:
    given = {"kind": "statement", "status": "held", "certainty": "certain", "place_form": "symbol", "lon": 69.2, "lat": 34.5, "grade": "B1",
             "when": "1 September 2021", "place": "Kabul", "blocs": ("csto",), "country": "AFG", "days": (18871, 18871, 18871, 18871),
             "sources": (1,)}  # fmt: skip
    return Feature(id=f"event:X{n}", title=f"Event {n}", n=n, **{**given, **changes})


# --- size and bytes


@pytest.mark.parametrize(("size", "dpi", "pixels"), [
    ("a4", 300, (3508, 2480)), ("letter", 100, (1100, 850)), ("slide", 96, (1280, 720)), ("200x150", 127, (1000, 750)),
])  # fmt: skip
def test_a_page_has_exactly_the_pixels_of_its_size(atlas, september, size, dpi, pixels):
    assert Image.open(BytesIO(page.png(september, atlas, size=size, dpi=dpi))).size == pixels


def test_the_png_carries_view_and_marking_and_no_clock(atlas, september):
    told = Image.open(BytesIO(page.png(september, atlas, dpi=50))).text
    assert told["View"] == september.view.to_query()
    assert told["Marking"] == september.marking
    assert not re.search(r"\d\d:\d\d", " ".join(told.values()))


def test_the_same_view_gives_the_same_bytes(atlas, september):
    assert page.png(september, atlas, dpi=60) == page.png(september, atlas, dpi=60)


def test_the_bytes_do_not_depend_on_the_process(atlas, september):
    imports = "import sys; from dashboard import page, staging; from dashboard.view import View; from geodata import atlas"
    made = f"page.png(staging.scene(a, View.from_query({SEPTEMBER!r})), a, dpi=50)"
    code = f"{imports}; a = atlas.load(); sys.stdout.buffer.write({made})"
    root = Path(__file__).parent.parent
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=root, env=environment).stdout
    assert other == page.png(september, atlas, dpi=50)


@pytest.mark.parametrize("size", [*NAMED, "A4", " 420 x 297 mm ", "200x150", "210x297"])
def test_good_sizes_are_read(size):
    assert paper(size).width >= 180


@pytest.mark.parametrize(("size", "said"), [
    ("a5", "choose a4, a3, letter, a4-portrait, a3-portrait, letter-portrait, slide or WxH in mm"), ("297x", "choose"), ("-297x210", "choose"),
    ("20x30", "the width must be 180"),
    ("5000x300", "1200 mm"), ("nanxnan", "choose"), ("", "choose"),
])  # fmt: skip
def test_bad_sizes_are_refused_in_words(size, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        paper(size)


@pytest.mark.parametrize("dpi", [0, -1, 35, 1201, float("nan")])
def test_bad_resolutions_are_refused_in_words(atlas, september, dpi):
    with pytest.raises(ValueError, match="is not a resolution from 36 to 1200"):
        page.draw(september, atlas, dpi=dpi)


# --- nothing on top of anything else, nothing dropped unsaid


@pytest.mark.parametrize("query", VIEWS)
def test_nothing_overlaps_on_shipped_views(drawn, query):
    assert drawn(query)[1].panj_overlaps == ()


@pytest.mark.parametrize("query", [SEPTEMBER, OCTOBER, ""])
@pytest.mark.parametrize("size", ["letter", "slide", "420x297", "210x297", "200x150"])
def test_nothing_overlaps_on_other_sizes(atlas, query, size):
    assert page.draw(scene(atlas, View.from_query(query)), atlas, size=size, dpi=50).panj_overlaps == ()


@pytest.mark.parametrize("query", VIEWS)
def test_every_number_of_a_shipped_view_is_in_the_key(drawn, query):
    shown, figure = drawn(query)
    events = shown.layer("events").features if shown.layer("events") else ()
    assert {str(event.n) for event in events} <= set(figure.panj_words)


@pytest.mark.parametrize("query", VIEWS)
def test_the_page_says_what_it_must(drawn, query):
    shown, figure = drawn(query)
    words = " ".join(figure.panj_words)
    for line in (shown.title, shown.subtitle, shown.as_of_line, shown.disclaimer, shown.credits):
        assert line in words
    assert figure.panj_words.count(shown.marking) == 2


def test_an_empty_view_gives_a_page_that_says_so(drawn):
    assert "No events in this window." in drawn(EMPTY)[1].panj_words


def test_what_does_not_fit_the_key_is_counted(atlas, september):
    figure = page.draw(_with_events(september, [_event(n, when="") for n in range(1, 401)]), atlas, dpi=50)
    said = [re.fullmatch(r"and (\d+) more.*: in the PDF.*", word) for word in figure.panj_words]
    (left_out,) = (int(found[1]) for found in said if found)
    titles = {word for word in figure.panj_words if re.fullmatch(r"Event \d+", word)}
    assert len(titles) + left_out == 400
    assert figure.panj_overlaps == ()


SHORT = "from=2021-10-18&to=2021-10-23&known=2021-10-23&since=2021-09-19&ahead=on"


def test_a_key_that_has_room_tells_titles_dates_and_sources_in_full(atlas):
    shown = scene(atlas, View.from_query(SHORT))
    said = page.compose(shown, atlas).said
    told = " ".join(said)
    for event in shown.layer("events").features:
        assert event.title in told
        assert ranges(event.sources) in said
        assert short_when(event.when, 2021) in told


LONG = "Anti-drug operation Kanal"


@pytest.mark.parametrize(("room", "lines", "told"), [
    (90, 1, ("CSTO southern borders: Anti-drug operation Kanal",)), (44, 1, ("CSTO southern\u2026: Anti-drug operation Kanal",)),
    (29, 1, (LONG,)), (29, 2, ("CSTO southern borders:", LONG)), (20, 1, ("Anti-drug operatio\u2026",)),
    (20, 2, ("CSTO\u2026: Anti-drug", "operation Kanal")),
])  # fmt: skip
def test_the_place_of_a_row_gives_way_before_its_title(room, lines, told):
    line = EntryLine(replace(_event(1, when=""), title=LONG), "CSTO southern borders", 2021)
    assert line.laid(room, 6.4, lines).lines == told


@pytest.mark.parametrize(("when", "short"), [("18\u201323 October 2021", "18\u201323 Oct"), ("about 1 January 2020 \u2013 31 December 2021", None),
                                             ("not before 15 September 2021", "not before 15 Sep"), ("May 2020", "May 2020")])  # fmt: skip
def test_dates_of_the_key_leave_out_the_year_of_the_window_alone(when, short):
    assert short_when(when, 2021) == (short or "about 1 Jan 2020 \u2013 31 Dec 2021")


def test_the_type_that_cuts_least_is_chosen_before_a_larger_one():
    events = [replace(_event(n, when=""), title=f"A title of some length that goes on {n}") for n in range(30)]
    rows = [Row(event=event, line=EntryLine(event, "", 2021)) for event in events]
    wide, high = Fitting(rows, (), 87.5, 2021).chosen([(3, 40.0)], 0), Fitting(rows, (), 87.5, 2021).chosen([(3, 90.0)], 0)
    assert (wide.rows.columns, high.rows.columns, high.rows.pt) == (2, 1, 6.4)
    assert [setting.whole for setting in (wide, high)] == [True, True]
    assert row_leads(rows, high.rows, 87.5)[1] == 0


def test_many_events_of_one_city_become_one_symbol_per_kind_with_a_count(atlas, september):
    events = [_event(n, kind="talks" if n % 3 else "visit") for n in range(1, 41)]
    words = page.draw(_with_events(september, events), atlas, dpi=50).panj_words
    assert "\u00d727" in words
    assert "\u00d713" in words


def test_an_event_of_a_whole_country_never_gets_a_point(atlas, september):
    whole = _with_events(september, [_event(1, place_form="country", lon=None, lat=None)])
    shown = page.draw(whole, atlas, dpi=50, text=False)
    without = page.draw(_with_events(september, []), atlas, dpi=50, text=False)
    left, top, right, bottom = (int(mm / 25.4 * 50) for mm in (72, 72, 195, 150))
    first, second = (_pixels(figure)[top:bottom, left:right] for figure in (shown, without))
    assert np.array_equal(first, second)


def _pixels(figure) -> np.ndarray:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def test_a_ring_of_an_events_own_point_and_radius_is_drawn(atlas, september):
    given = {"place_form": "ring", "lon": 66.0, "lat": 34.0, "zones": (), "radius_km": 80.0}
    empty, ringed = (page.draw(_with_events(september, events), atlas, dpi=50, text=False) for events in ([], [_event(1, **given)]))
    assert not np.array_equal(_pixels(empty), _pixels(ringed))
    assert "not on this map" not in page.draw(_with_events(september, [_event(1, **given)]), atlas, dpi=50).panj_words


# --- text is text


@pytest.mark.parametrize("title", [
    "$x^2$ costs $5 and \\frac{1}{2}", "Ҳаракати ҷанубӣ: Душанбе, Қӯрғонтеппа", "نشست دوشنبه", "a\x00b\x1b[31m\u202e\U0001f600 中",
    "x" * 300, "word " * 60, "",
])  # fmt: skip
def test_any_title_prints(atlas, september, title):
    figure = page.draw(_with_events(replace(september, title=title), [_event(1, place=title), replace(_event(2), title=title)]), atlas, dpi=50)
    assert figure.panj_overlaps == ()


def test_dollars_are_not_markup():
    assert lettering.width("$a$", 10) == pytest.approx(2 * lettering.width("$", 10) + lettering.width("a", 10), rel=0.05)


@pytest.mark.parametrize("face", lettering.FACES)
def test_tajik_letters_are_in_every_face(face):
    own = lettering._files(face)[0]
    letters = lettering.get_font(own).get_charmap()
    assert all(ord(letter) in letters for letter in "ғӣқӯҳҷҒӢҚӮҲҶәіңғүұқөһ—–’“”№×")


def test_shortening_keeps_within_the_room_and_marks_the_cut():
    short = lettering.shorten("Agreement to strengthen the border " * 5, 40, 6.4)
    assert short.endswith("\u2026")
    assert lettering.width(short, 6.4) <= 40
    assert lettering.shorten("fits", 40, 6.4) == "fits"


def test_wrapping_loses_no_letter():
    text = "one two " + "x" * 200 + " three"
    lines = lettering.wrap(text, 30, 6.4)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(lettering.width(line, 6.4) <= 30 for line in lines)


# --- the map


def test_the_theatre_keeps_its_parallels_and_other_frames_get_their_own():
    assert suited((56, 30.5, 80.5, 45.5))[0] == "Lambert conformal conic, 34\u00b0 N and 43\u00b0 N"
    assert suited((0, 42, 30, 60))[0] == "Lambert conformal conic, 45\u00b0 N and 57\u00b0 N"
    assert suited((-170, -60, 179, 80))[0] == "Equal Earth (equal-area: the frame is too wide for true shapes)"
    assert suited((20, -10, 50, 15))[0] == "Mercator, true at 2.5\u00b0 N"
    assert suited((20, 70, 110, 88))[0] == "stereographic"
    assert suited((20, -10, 50, 15), "equal-area")[0] == "Lambert azimuthal equal-area"
    assert suited((-170, -60, 179, 80), "equal-area")[0] == "Equal Earth"


FRAMES = [(56, 30.5, 80.5, 45.5), (20, 55, 110, 78), (90, -12, 130, 12), (20, 70, 110, 88), (-75, -50, -60, -30), (0, 1, 130, 60)]


@pytest.mark.parametrize("box", FRAMES)
def test_a_conformal_map_is_true_in_shape_everywhere(box):
    chart = Chart(box, (7, 28.5, 199, 156.6))
    for x, y in ((20, 40), (103, 92), (190, 150)):
        lon, lat = (float(v) for v in chart.degrees(x, y))
        east, north = (np.subtract(chart.xy(lon + dx, lat + dy), (x, y)) for dx, dy in ((1e-4 / np.cos(np.radians(lat)), 0), (0, 1e-4)))
        assert np.hypot(*east) == pytest.approx(np.hypot(*north), rel=0.01)  # the earth is no sphere: 0.7 % at most
        assert abs(np.dot(east, north)) < 0.01 * np.hypot(*east) * np.hypot(*north)


@pytest.mark.parametrize("wide", [0.004, 0.04, 0.4, 4, 40])
def test_the_scale_bar_stays_in_its_panel(atlas, wide):
    view = View.from_query(f"box={68.6 - wide / 2},{37.5 - wide / 2},{68.6 + wide / 2},{37.5 + wide / 2}")
    sheet = page.compose(scene(atlas, view), atlas)
    shapes = [item for item in sheet.items if isinstance(item, Shape) and item.part == "scale bar"]
    panel = max((shape.path.get_extents() for shape in shapes), key=lambda box: box.width)
    bar = max((shape.path.get_extents() for shape in shapes if shape.path.get_extents().height < 2), key=lambda box: box.width)
    assert 9 < bar.width <= 33.01
    assert panel.x0 <= bar.x0 <= bar.x1 <= panel.x1


def test_a_scale_that_changes_over_the_map_says_where_it_holds(atlas):
    wide = page.compose(scene(atlas, View.from_query("box=-120,-40,10,60")), atlas)
    assert any(words.endswith("middle of map") for words in wide.said)
    assert not any(words.endswith("middle of map") for words in page.compose(scene(atlas, View()), atlas).said)


def test_the_date_line_has_no_side(atlas):
    said = page.compose(scene(atlas, View.from_query("box=150,50,-150,70")), atlas).said
    assert "180\u00b0" in said
    assert "180\u00b0 W" not in said


@pytest.mark.parametrize("box", [(56, 30.5, 80.5, 45.5), (170, 50, -170, 70), (-180, -85, 180, 85), (20, -10, 50, 15), (-75, -50, -60, -30)])
def test_the_whole_frame_is_on_the_map(box):
    chart = Chart(box, (7, 28.5, 199, 156.6))
    west, south, east, north = chart.box
    for lon, lat in ((west, south), (west, north), (east, south), (east, north), ((west + east) / 2, (south + north) / 2)):
        x, y = chart.xy(lon, lat)
        assert 6.9 <= x <= 199.1
        assert 28.4 <= y <= 156.7
        assert chart.degrees(x, y)[1] == pytest.approx(lat, abs=1e-6)


def test_the_scale_is_round_and_true():
    chart = Chart((56, 30.5, 80.5, 45.5), (7, 28.5, 199, 156.6))
    (x0, y0), (x1, y1) = chart.xy(68.0, 38.0), chart.xy(68.0, 39.0)
    assert chart.denominator % 500_000 == 0
    assert np.hypot(x1 - x0, y1 - y0) == pytest.approx(chart.mm(111.0), rel=0.02)


@pytest.mark.parametrize(("status", "side"), [
    ("afghan_side_held_by_taliban", "AFG"), ("tajik_side_held_by_x", "TJK"), ("", ""), ("closed", ""), ("martian_side_held", ""),
])  # fmt: skip
def test_the_held_side_is_read_from_the_status(status, side):
    assert held_side(status, "AFG-TJK", {"AFG": "Afghanistan", "TJK": "Tajikistan"}) == side


def test_latest_day_is_innermost_in_a_fan():
    found = [Entry(Sign("talks"), str(n), day=18885 + n // 3) for n in range(9)]
    assert [[entry.label for entry in row] for row in arcs(found)] == [["6", "7", "8"], ["3", "4", "5"], ["0", "1", "2"]]


@pytest.mark.parametrize("count", range(1, 60))
def test_a_fan_loses_no_event(count):
    found = [Entry(Sign("talks"), str(n), day=18885 + n // 7) for n in range(count)]
    assert sorted(int(entry.label) for row in arcs(found) for entry in row) == list(range(count))


def test_overlaps_are_counted_and_panels_excepted():
    placement = Placement((0, 0, 100, 100))
    panel = placement.take_panel(shapely.box(10, 10, 30, 30), "panel")
    placement.take(shapely.box(12, 12, 15, 15), "on it", panel)
    assert placement.overlaps() == []
    placement.take(shapely.box(28, 28, 35, 35), "across")
    assert placement.overlaps() == [("panel", "across")]


def test_numbers_are_written_as_runs():
    assert ranges([1, 2, 3, 5, 8, 9, None]) == "1\u20133, 5, 8, 9"


@pytest.mark.parametrize("kind", sorted(symbols._table()))
def test_status_shows_without_colour(kind):
    sheet = Sheet(paper("240x170"))
    looks = [Sign(kind), Sign(kind, "planned"), Sign(kind, "ongoing"), Sign(kind, "cancelled"), Sign(kind, possible=True)]
    for place, sign in enumerate(looks):
        symbols.draw(sheet, 20 + 40 * place, 85, sign, 30, ring=False)
    grey = _pixels(figure(sheet, 50))[..., :3].mean(axis=2)
    pictures = [grey[:, round(40 * place / 25.4 * 50) :][:, :78] for place in range(len(looks))]
    assert all(np.abs(one - other).max() > 60 for one, other in combinations(pictures, 2))


def test_kinds_have_different_shapes():
    shapes = [symbols._shape(kind) for kind in symbols._table()]
    for one, other in combinations(shapes, 2):
        outside = shapely.symmetric_difference(one.silhouette, other.silhouette).area
        inside = shapely.symmetric_difference(one.glyph, other.glyph).area
        assert outside + inside > 8


@pytest.mark.parametrize("families", [2, 3, 4])
def test_stripes_share_the_area_evenly_and_join_across_a_border(families):
    west, east = shapely.box(0, 0, 30, 60), shapely.box(30, 0, 60, 60)
    for place in range(families):
        whole = _bands((0, 0, 60, 60), 1.5, families, place)
        assert shapely.intersection(whole, shapely.union(west, east)).area / 3600 == pytest.approx(1 / families, abs=0.02)
        assert shapely.intersection(_bands(east.bounds, 1.5, families, place), east).area == pytest.approx(shapely.intersection(whole, east).area)


# --- the whole picture


@pytest.mark.parametrize(("name", "query"), [("september", SEPTEMBER), ("october", OCTOBER), ("changes", CHANGES)])
def test_the_page_without_text_looks_as_it_did(atlas, tmp_path, name, query):
    """To accept a change: look at the new picture, then copy it to tests/golden."""
    drawn = tmp_path / f"page-{name}.png"
    page.draw(scene(atlas, View.from_query(query)), atlas, dpi=72, text=False).savefig(drawn, metadata={"Software": None})
    assert compare_images(str(GOLDEN / drawn.name), str(drawn), tol=3.0) is None
