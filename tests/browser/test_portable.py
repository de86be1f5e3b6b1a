"""The portable map in a real browser: opened from the disk, every request but the file itself stopped, by hand and by key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Frame

from dashboard import portable
from dashboard.staging import scene
from dashboard.view import View
from tests.browser.screen import Screen
from tests.tables import loaded, row

SEPTEMBER = "from=2021-09-13&to=2021-09-19&known=2021-09-19&ahead=on"


class Opened(Screen):
    """A window on one file of the disk."""

    def __init__(self, browser: Browser, path: Path, **size: int) -> None:
        """Open the file; nothing else is let through."""
        super().__init__(browser, path.as_uri(), **size)
        self.said: list[str] = []
        self.context.set_offline(True)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.goto(self.address)
        self.ready()

    def _only_here(self, route) -> None:
        if route.request.url == self.address:
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    @property
    def frame(self) -> Frame:
        """The map's frame, loaded."""
        element = self.page.wait_for_selector("#portable-map", state="attached")
        frame = element.content_frame() if element else None
        assert frame, "the map has no frame"
        frame.wait_for_load_state()
        return frame

    def rows(self) -> set[str]:
        """Events the table shows."""
        shown = self.page.locator("#part-table tr[data-pick]:not([hidden])").evaluate_all("rows => rows.map((row) => row.dataset.pick)")
        return {name.removeprefix("event:") for name in shown}

    def move(self, first: date, last: date) -> None:
        """Move the window as the hand does, and wait for the answer."""
        self.frame.evaluate(
            """([a, b]) => {
              panj.frame.state.window = [a, b];
              panj.frame.ask("marks");
              panj.answers.tell({ what: "window", from: panj.days.iso(a), to: panj.days.iso(b) });
            }""",
            [(first - date(1970, 1, 1)).days, (last - date(1970, 1, 1)).days],
        )
        self.until("want => document.body.dataset.confirmed === want && document.body.dataset.window === want", f"{first}..{last}")

    def quiet(self) -> None:
        """Nothing was asked for, nothing went wrong."""
        assert (self.elsewhere, self.faults, self.said) == ([], [], [])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, atlas) -> dict[str, Path]:
    """The file of each view."""
    folder = tmp_path_factory.mktemp("portable")
    paths = {query: folder / f"map-{n}.html" for n, query in enumerate((SEPTEMBER, ""))}
    for query, path in paths.items():
        path.write_bytes(portable.html(scene(atlas, View.from_query(query)), atlas))
    return paths


@pytest.fixture
def opened(browser, files):
    """The week of the summits."""
    with Opened(browser, files[SEPTEMBER]) as screen:
        yield screen
        screen.quiet()


def drawn(atlas, view: View) -> dict[str, str]:
    return {feature.id.removeprefix("event:"): feature.certainty for feature in scene(atlas, view).layer("events").features}


def test_it_opens_with_the_view_it_was_made_for(opened: Opened, atlas):
    told = scene(atlas, View.from_query(SEPTEMBER))
    assert opened.data("window") == "2021-09-13..2021-09-19"
    assert opened.rows() == {feature.id.removeprefix("event:") for feature in told.layer("events").features}
    assert opened.counts == f"{told.subtitle}, known on 19 September 2021. {told.counts_line}"
    assert set(opened.data("legend").split()) >= {"member:csto", "member:csto+sco", "status:held", "kind:summit"}
    assert opened.page.locator(".portable-mark").all_inner_texts() == ["TLP:CLEAR", "TLP:CLEAR"]


@pytest.mark.parametrize("query", [SEPTEMBER, ""])
def test_every_window_shows_what_python_would(browser, files, atlas, query):
    lot = Random(4)
    with Opened(browser, files[query]) as screen:
        for _ in range(6):
            first = date(2021, 6, 1) + timedelta(lot.randrange(200))
            last = min(date(2021, 12, 31), first + timedelta(lot.randrange(40)))
            screen.move(first, last)
            view = View.from_query(f"{query}&from={first}&to={last}".replace("from=2021-09-13&to=2021-09-19&", "").lstrip("&"))
            want = drawn(atlas, view)
            assert screen.rows() == set(want)
            assert screen.ids == {name for name, certainty in want.items() if certainty != "ahead"}
            maybe = screen.page.locator("#part-table tr:not([hidden]) [data-when=possible]:not([hidden])").count()
            assert maybe == sum(certainty == "possible" for certainty in want.values())
        screen.quiet()


def test_a_click_on_the_map_opens_the_record(opened: Opened):
    opened.page.mouse.click(*opened.spot("EV20"))
    assert "Reports" in opened.record_of("CSTO summit (Collective Security Council)")
    assert opened.page.locator("tr.panj-on").get_attribute("data-pick") == "event:EV20"


def test_records_lead_to_records_and_are_closed_by_escape(opened: Opened):
    opened.page.locator("tr[data-pick='event:EV20']").click()
    opened.record.get_by_role("button", name="Tajikistan", exact=True).first.click()
    assert "Blocs on 19 September 2021" in opened.record_of("Tajikistan")
    opened.page.keyboard.press("Escape")
    opened.record_of("Nothing selected")


def test_everything_works_by_key(opened: Opened):
    opened.slider("end").press("ArrowRight")
    opened.until("() => document.body.dataset.confirmed === '2021-09-13..2021-09-20'")
    assert "13 September 2021 \N{EN DASH} 20 September 2021" in opened.counts
    row = opened.page.locator("tr[data-pick='event:EV20']")
    row.press("ArrowDown")
    assert opened.page.evaluate("document.activeElement.dataset.pick") != "event:EV20"
    row.press("Enter")
    opened.record_of("CSTO summit (Collective Security Council)")
    opened.page.get_by_role("tab", name="Events").press("ArrowRight")
    assert opened.page.locator("#part-text").is_visible()
    assert not opened.page.locator("#part-table").is_visible()
    opened.page.get_by_label("Open a record").select_option("border:AFG-TJK")
    assert "1,344 km" in opened.record_of("Tajikistan\N{EN DASH}Afghanistan")


def test_the_table_sorts_by_hand_and_by_key_and_the_arrows_follow(opened: Opened):
    def firsts() -> list[int]:
        return opened.page.locator("#part-table tbody tr:not([hidden]) td:nth-child(4)").evaluate_all("cells => cells.map((c) => +c.dataset.sort)")

    header = opened.page.get_by_role("columnheader", name="When")
    header.click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert firsts() == sorted(firsts())
    assert firsts()[0] < firsts()[-1]
    header.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert firsts() == sorted(firsts(), reverse=True)
    first, second = opened.page.locator("#part-table tbody tr:not([hidden])").evaluate_all("rows => rows.slice(0, 2).map((r) => r.dataset.pick)")
    opened.page.locator(f"tr[data-pick='{first}']").press("ArrowDown")
    assert opened.page.evaluate("document.activeElement.dataset.pick") == second


def test_days_before_1970_are_sorted_as_days(browser, tmp_path):
    atlas = loaded(tmp_path, [row(event=name, title=name, start=start) for name, start in
                              (("A", "1969-12-22"), ("B", "1969-12-27"), ("C", "1970-01-05"), ("D", "1968-02-01"))])  # fmt: skip
    path = tmp_path / "old.html"
    path.write_bytes(portable.html(scene(atlas, View.from_query("from=1960-01-01&to=1980-12-31&span=all")), atlas))
    with Opened(browser, path) as screen:
        screen.page.get_by_role("columnheader", name="When").click()
        titles = screen.page.locator("#part-table tbody tr td:nth-child(3)").all_inner_texts()
        assert titles == ["D", "A", "B", "C"]
        screen.quiet()


def test_layers_are_switched_in_the_browser(opened: Opened):
    opened.page.get_by_role("checkbox", name="SCO", exact=True).uncheck()
    opened.until("() => !document.body.dataset.legend.includes('member:sco')")
    opened.page.get_by_role("checkbox", name="Events", exact=True).uncheck()
    opened.until("() => document.body.dataset.drawn === '0'")
    opened.page.wait_for_function("() => document.getElementById('portable-counts').textContent.startsWith('No events in this view')")
    assert opened.rows() == set()


def test_the_handle_can_be_dragged_and_the_counts_follow(opened: Opened):
    before = opened.counts
    opened.drag("end", 60)
    opened.page.wait_for_function("before => document.querySelector('header h1 + p').innerText !== before", arg=before)
    opened.release()
    assert opened.data("confirmed") == opened.data("window") > "2021-09-13..2021-09-19"


def test_with_nothing_selected_the_record_tells_of_the_window_shown(browser, files, atlas):
    with Opened(browser, files[""]) as screen:
        assert scene(atlas, View()).counts_line in screen.record.inner_text()
        screen.move(date(2021, 9, 1), date(2021, 10, 31))
        told = scene(atlas, View(start=date(2021, 9, 1), end=date(2021, 10, 31)))
        assert told.counts_line in screen.record.inner_text()
        assert "The notes were written for August \N{EN DASH} November 2021, the window this file was made for." in screen.record.inner_text()
        screen.move(date(2021, 8, 1), date(2021, 11, 30))
        assert "were written for" not in screen.record.inner_text()


COVERED = """() => {
  const { plan } = panj.frame.state, covered = [];
  for (const heap of plan.heaps) for (const spot of plan.spots.filter((one) => one.item.number !== undefined)) {
    const size = spot.size || 18, wide = panj.letters.width(String(spot.item.number), { size: 12.5, weight: 700 });
    const r = panj.crowd.radius(heap.n, heap.maybe);
    const left = spot.x + size * 0.46, top = spot.y - size * 0.46 - 8;
    const x = Math.max(left, Math.min(heap.x, left + wide)), y = Math.max(top, Math.min(heap.y, top + 8));
    if (Math.hypot(x - heap.x, y - heap.y) < r) covered.push(spot.item.number);
  }
  return covered;
}"""


@pytest.mark.parametrize("width", [1280, 1440])
def test_no_counted_disc_covers_a_number(browser, files, width):
    with Opened(browser, files[""], width=width, height=800) as screen:
        assert screen.frame.evaluate("() => panj.frame.state.plan.heaps.length + panj.frame.state.plan.spots.length") > 0
        assert screen.frame.evaluate(COVERED) == []


def test_it_plays_and_stops(opened: Opened):
    play = opened.frame.get_by_role("button", name="play")
    play.click()
    opened.until("() => document.body.dataset.window > '2021-09-15'")
    opened.frame.get_by_role("button", name="stop").click()
    opened.until("() => document.body.dataset.confirmed === document.body.dataset.window")
    assert len(opened.rows()) == int(opened.data("drawn")) + opened.frame.evaluate("panj.frame.state.shown.ahead.length")


def test_a_near_look_takes_the_finer_shapes(opened: Opened):
    opened.frame.evaluate("panj.frame.map().setView([38.55, 68.8], 9, { animate: false })")
    opened.until("() => panj.frame.state.theatre.detail && panj.frame.state.theatre.detail.length > 0")


def test_hostile_text_is_text_in_a_browser(browser, tmp_path):
    text = "</script><img src=x onerror=window.broken=1>{{7*7}}"
    atlas = loaded(tmp_path, [row(event="A", title=text, place=text, summary=text, source=text)])
    path = tmp_path / "hostile.html"
    path.write_bytes(portable.html(scene(atlas, View.from_query("from=2021-09-01&to=2021-09-30&id=event:A")), atlas))
    with Opened(browser, path) as screen:
        assert text in screen.record_of(text)
        screen.page.mouse.move(*screen.spot("A"))
        assert screen.page.evaluate("window.broken === undefined && document.images.length === 0")
        assert screen.frame.evaluate("window.broken === undefined && document.images.length === 0")
        screen.quiet()


def test_the_seal_survives_the_browser_s_eyes(opened: Opened):
    assert opened.page.evaluate("JSON.parse(document.getElementById('panj-seal').textContent).seal").startswith("panj-seal:2:")
    assert opened.page.locator("meta[name=marking]").get_attribute("content") == "TLP:CLEAR"
