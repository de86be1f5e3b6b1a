"""Where things stand on the map and what it calls their places."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.screen import Screen
from tests.serving import dashboard
from tests.tables import row, write


@pytest.fixture
def border(browser, tmp_path: Path) -> Iterator[Screen]:
    """A window on events at a border, and one of a video link."""
    rows = [row(event="A", place="Sherkhan Bandar, Afghanistan", lat="37.18", lon="68.60", country="AFG"),
            row(event="B", place="Video link (chair: Dushanbe)", lat="38.53575", lon="68.77905", place_precision="virtual"),
            row(event="C", place="", lat="34.52813", lon="69.17233", country="AFG")]  # fmt: skip
    events = write(tmp_path / "own.csv", rows)
    with dashboard("--events", str(events), log=tmp_path / "panj.log") as address, Screen(browser, address) as opened:
        yield opened


def test_a_place_is_called_as_its_event_calls_it(border: Screen):
    """The town near the first is on the other side of the border."""
    border.open("box=20,50,60,70")
    border.frame.get_by_text("Not on this view").wait_for()
    told = border.frame.locator("#panj-margin").inner_text()
    assert "Sherkhan Bandar" in told
    assert "Dushanbe" in told
    assert "Kabul" in told
    assert "Panji Poyon" not in told
    assert "Video link" not in told


def test_a_base_that_stands_aside_is_tied_to_its_place(screen: Screen):
    screen.open()
    aside, ties = screen.frame.evaluate("""() => {
      const plan = panj.frame.state.plan, view = panj.frame.view();
      const aside = plan.bases.map((b) => [[b.base.x * view.scale - view.x, b.base.y * view.scale - view.y], [b.x, b.y]])
        .filter(([place, mark]) => place[0] !== mark[0] || place[1] !== mark[1]);
      return [aside, plan.ties];
    }""")
    assert aside, "the city's fan takes the place of its base"
    assert all(pair in ties for pair in aside)
