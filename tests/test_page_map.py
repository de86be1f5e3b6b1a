"""The map of a page: what two days differ in, a legend of what is drawn, an inset that points where things are, leaders that stay apart."""

from collections.abc import Callable
from functools import cache

import pytest

from dashboard import page
from dashboard.page import swatches
from dashboard.page.sheet import Shape, Sheet
from dashboard.scene import LegendEntry, Scene
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
