"""The map of a page: what two days differ in, a legend of what is drawn, an inset that points where things are, leaders that stay apart."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely

from dashboard import page
from dashboard.page import swatches
from dashboard.page.groups import ranges
from dashboard.page.inset import Inset
from dashboard.page.labels import Placement
from dashboard.page.legend import merged
from dashboard.page.onpage import CROWD
from dashboard.page.paper import paper
from dashboard.page.sheet import Shape, Sheet, Words, Z
from dashboard.page.theatre import Theatre
from dashboard.scene import Feature, LegendEntry, Scene, SceneLayer
from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import Atlas

ARROW = "\N{RIGHTWARDS ARROW}"


@pytest.fixture(scope="module")
def shown(atlas: Atlas) -> Callable[[str], Scene]:
    """Scene of a view."""
    return cache(lambda query: scene(atlas, View.from_query(query)))


@pytest.fixture(scope="module")
def composed(atlas: Atlas, shown: Callable[[str], Scene]) -> Callable[..., Sheet]:
    """Sheet of a view."""
    return cache(lambda query, **given: page.compose(shown(query), atlas, **given))


# --- two days compared


@pytest.mark.parametrize("size", ["a4", "slide"])
def test_a_page_tells_what_two_days_differ_in(composed, size):
    said = composed("compare=2015-01-01", size=size).said
    assert f"SCO: observer {ARROW} member" in said
    assert "CSTO: now in the chair" not in said, "Armenia is off the map"
    small = " ".join(said)
    assert f"Standing on 1 January 2015 {ARROW} 30 November 2021" in small
    assert f"SCO, observer {ARROW} member: India and Pakistan" in small
    assert "CSTO, now in the chair: Armenia" in small


def test_a_page_says_that_two_days_do_not_differ(shown):
    assert "No country's standing in the blocs on the map differs between 30 November 2021 and 30 November 2021." in shown("compare=2021-11-30").notes
    assert not any("standing" in note.lower() for note in shown("").notes)


def test_countries_that_differ_have_an_outline_of_their_own(composed):
    dark, light = (1.05, (2.6, 1.2)), (0.42, (2.6, 1.2))
    assert {dark, light} <= _strokes(composed("compare=2015-01-01"))
    assert not {dark, light} & _strokes(composed(""))
    swatch, whole = (_swatch(key) for key in ("compare", "form:country"))
    assert swatch != whole
    assert {dark, light} <= {(mm, dash) for mm, dash, _ in swatch}


# --- the legend


def test_a_distance_is_from_a_border_in_the_legend(composed):
    assert "50 km from the Tajikistan-Afghanistan border" in composed("near=AFG-TJK:50").said


def test_a_range_without_an_event_has_a_swatch_of_its_own():
    ring, zone = ({(mm, dash) for mm, dash, kind in _swatch(key) if kind == "line"} for key in ("form:ring", "zone"))
    assert ring != zone, "told apart by more than colour"


def _strokes(sheet: Sheet) -> set[tuple[float, tuple[float, ...]]]:
    return {(item.style.mm, item.style.dash) for item in sheet.items if isinstance(item, Shape) and item.part == "base"}


def _swatch(key: str) -> set[tuple[float, tuple[float, ...], str]]:
    """How the swatch of an entry is drawn."""
    sheet = Sheet.of_part("")
    swatches.draw(sheet, LegendEntry("lines", key, "label"), 10.0, 10.0, 1.0)
    return {(item.style.mm, item.style.dash, item.style.kind) for item in sheet.items}


NOT_THERE = {
    "box=68.6,37.5,68.64,37.53": {"military base", "line of control", "boundary disputed or indefinite"},
    "box=170,50,-160,70": {"border of Afghanistan, named", "held by Taliban on this side", "exercise range, place guessed", "military base",
                           "line of control", "on this stretch of border", "range or district, somewhere inside"},
    "party=USA&box=161.59,11.25,-36.65,84": {"border of Afghanistan, named", "held by Taliban on this side", "exercise range, place guessed",
                                             "military base", "line of control"},
}  # fmt: skip


@pytest.mark.parametrize("size", ["a4", "slide"])
@pytest.mark.parametrize("query", NOT_THERE)
def test_a_legend_lists_nothing_that_the_page_does_not_draw(shown, composed, query, size):
    labels = {entry.label for entry in shown(query).legend}
    assert labels >= NOT_THERE[query], "the view draws it, elsewhere"
    assert not NOT_THERE[query] & _legend(composed(query, size=size))


def test_a_legend_lists_all_of_a_frame_that_shows_all(shown, composed):
    labels = {entry.label for entry in merged(shown("").legend)}
    every, absent = _legend(composed("")), {"6 truth cannot be judged", "exercise range, place guessed"}
    assert labels - every == absent, "an event in the inset has no ring; every range on the map has an event"


def _legend(sheet: Sheet) -> set[str]:
    """Labels under the map."""
    start = max(i for i, item in enumerate(sheet.items) if isinstance(item, Words) and item.text == "only what is drawn on this page")
    return {item.text for item in sheet.items[start:] if isinstance(item, Words)}


def _spread(shown: Scene, count: int, **given: object) -> Scene:
    """The Scene with made-up events each at a place of its own, close to the next."""
    basis = {"kind": "attack", "status": "held", "certainty": "certain", "place_form": "symbol", "grade": "B1", "when": "1 September 2021",
             "place": "Somewhere", "blocs": ("csto",), "country": "AFG", "days": (18871,) * 4}  # fmt: skip
    made = [Feature(id=f"event:X{n}", title=f"Event {n}", n=n, lon=60.0 + n % 20, lat=33.0 + n // 20, **{**basis, **given}) for n in range(1, count)]
    middle = len(made) // 2
    made[middle] = replace(made[middle], kind="visit")
    others = tuple(layer for layer in shown.layers if layer.key != "events")
    legend = (LegendEntry("kinds", "kind:attack", "Attack"), LegendEntry("kinds", "kind:visit", "Visit"), *shown.legend)
    return replace(shown, layers=(*others, SceneLayer("events", "Events", "symbol", tuple(made))), legend=legend)


def test_discs_that_stand_for_many_places_are_explained_and_what_they_hide_is_not_listed(atlas, shown):
    many, few = (_legend(page.compose(_spread(shown("kinds=none"), count), atlas)) for count in (240, 5))
    assert CROWD.label in many
    assert "Visit" not in many
    assert CROWD.label not in few
    assert {"Attack", "Visit"} <= few


def test_whole_countries_are_outlined_only_where_they_are(atlas, shown):
    bare = page.compose(replace(shown(""), locator=False), atlas)
    assert "listed, never a point" in bare.said
    assert "region or country, listed without a point" not in _legend(bare)
    assert "outlined and listed, never a point" in page.compose(shown(""), atlas).said


# --- the inset


FRAMES = [("", "a4"), ("", "200x150"), ("", "slide"), ("box=170,50,-160,70", "a4"), ("box=20,55,110,78", "a4"),
          ("party=USA&box=161.59,11.25,-36.65,84", "a4"), ("box=68.6,37.5,68.64,37.53", "a4")]  # fmt: skip


@pytest.fixture(scope="module")
def located(atlas: Atlas, shown: Callable[[str], Scene]) -> Callable[[str, str], tuple[Inset, Sheet]]:
    """Inset and sheet of a view."""

    def _drawn(query: str, size: str) -> tuple[Inset, Sheet]:
        sheet = Sheet(paper(size))
        theatre = Theatre(sheet, page._plan(sheet.paper, shown(query), ""), atlas, shown(query))
        assert theatre.locator, "events off the map are located"
        assert not theatre.overlaps
        return theatre.locator, sheet

    return cache(_drawn)


@pytest.mark.parametrize(("query", "size"), FRAMES)
def test_a_mark_in_the_inset_stands_on_its_spot(located, query, size):
    inset, sheet = located(query, size)
    marks = [item.path.get_extents() for item in sheet.items if isinstance(item, Shape) and Z.INSET + 0.9 <= item.style.z <= Z.INSET + 1]
    boxes = [shapely.box(box.x0, box.y0, box.x1, box.y1) for box in marks]
    for group in inset.off:
        spot = shapely.Point(*(float(v) for v in inset.chart.xy(group.lon, group.lat)))
        assert (group in inset.missing) == ({event.n for event in group.events} <= _left_out(sheet)), "what is not shown is said"
        if group not in inset.missing:
            assert min(box.centroid.distance(spot) for box in boxes) < 0.8


@pytest.mark.parametrize(("query", "size"), FRAMES)
def test_a_number_in_the_inset_stands_in_its_country_or_is_tied_to_it(located, query, size):
    inset, sheet = located(query, size)
    words = [item for item in sheet.items if isinstance(item, Words) and item.z == Z.INSET + 1.7]
    leaders = [shapely.LineString(item.path.vertices) for item in sheet.items if isinstance(item, Shape) and item.style.z == Z.INSET + 0.8]
    for code, numbers in inset._codes().items():
        area = inset.shapes[code]
        if not inset.chart.within([area])[0]:
            continue
        boxes = [shapely.box(item.x, item.y - 1.7, item.x + item.wide, item.y + 0.4) for item in words if item.text == ranges(numbers)]
        tied = [any(line.distance(box) < 0.3 and line.distance(area) < 0.3 for line in leaders) for box in boxes]
        named = any(area.buffer(0.1).contains(box.centroid) or leads for box, leads in zip(boxes, tied, strict=True))
        assert named or set(numbers) <= _left_out(sheet), code


def test_a_frame_of_a_village_can_be_seen_in_the_inset(located):
    left, top, right, bottom = located("box=68.6,37.5,68.64,37.53", "a4")[0].rim.bounds
    assert min(right - left, bottom - top) >= 1.5


def _left_out(sheet: Sheet) -> set[int]:
    """Numbers that the foot of the inset says are not shown, or not everywhere."""
    rows = [item for item in sheet.items if isinstance(item, Words) and item.z == Z.INSET + 1.8]
    said = " ".join(row.text for row in sorted(rows, key=lambda row: row.y))
    runs = re.findall(r"\b(\d+)(?:\N{EN DASH}(\d+))?", said.partition("Not ")[2])
    return {n for first, last in runs for n in range(int(first), int(last or first) + 1)}


# --- leaders


def test_a_leader_costs_most_across_names_and_under_panels_the_more_the_longer():
    place = Placement((0, 0, 100, 100))
    place.take(shapely.box(10, 0, 12, 20), "KABUL")
    place.take(shapely.box(30, 0, 30.4, 20), "leader Kabul")
    place.take_panel(shapely.box(50, 0, 54, 20), "fan Kabul")
    place.take_panel(shapely.box(70, 0, 95, 20), "fan Dushanbe")
    lines = np.array([shapely.LineString([(x, 10), (x + wide, 10)]) for x, wide in ((0, 5), (48, 8), (68, 29), (25, 10), (5, 10))])
    clear, thin, broad, leader, name = place.crossed(lines)
    assert 0 == clear < thin < broad < leader * 2 < name


@pytest.mark.parametrize("query", ["", "layers=csto,sco,eaeu,cis,ots,nato,borders,zones,bases,events,rivers,places,regions"])
def test_leaders_end_clear_of_names_and_far_names_are_tied(composed, query):
    sheet = composed(query)
    labels = [item for item in sheet.items if isinstance(item, Words) and item.z == Z.LABEL]
    boxes = {item.text: shapely.box(item.x, item.y - 0.25 * item.pt, item.x + item.wide, item.y) for item in labels if not item.angle}
    dots = [item for item in sheet.items if isinstance(item, Shape) and item.part.startswith("leader") and item.style.kind == "fill"]
    assert dots
    for dot in dots:
        spot = shapely.Point(item_middle(dot))
        assert not [text for text, box in boxes.items() if box.contains(spot)], dot.part
    kabul = [item_middle(item) for item in sheet.items if isinstance(item, Shape) and item.part.startswith("leader Kabul")]
    assert kabul, "the tray's, whose end is the town, or the name's own"
    assert boxes["Kabul"].distance(shapely.MultiPoint(kabul)) < 6


def item_middle(item: Shape) -> tuple[float, float]:
    """The middle of a shape."""
    box = item.path.get_extents()
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
