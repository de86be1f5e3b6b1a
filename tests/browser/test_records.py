"""Clicks and keys that open records, and what the records say."""

import pytest

from tests.browser.screen import Screen

WEEK = "from=2021-09-13&to=2021-09-19&known=2021-09-19"


def test_a_symbol_of_the_fan_opens_its_event(screen: Screen):
    screen.open(WEEK)
    screen.page.mouse.click(*screen.spot("EV20"))
    screen.wait_for_address("id", "event:EV20")
    told = screen.record_of("CSTO summit")
    assert "16 September 2021" in told
    assert "5 reports, 5 publishers" in told
    assert told.index("14 Sep 2021") < told.index("16 Sep 2021") < told.index("17 Sep 2021")
    assert "confirmed" in told
    assert "by video" in told
    assert "about 125 km to the Tajikistan\N{EN DASH}Afghanistan line" in told


def test_the_border_shows_reported_lengths_first(screen: Screen, atlas):
    screen.open("layers=csto,sco,borders,rivers&box=70,36.4,73,38.6")
    line = atlas.borders.set_index("pair").geometry["AFG-TJK"]
    place = line.interpolate(line.project(line.centroid))
    screen.page.mouse.click(*screen.point(place.x, place.y))
    screen.wait_for_address("id", "border:AFG-TJK")
    told = screen.record_of("Tajikistan\N{EN DASH}Afghanistan")
    assert told.index("1,344 km") < told.index("Along the line shipped with the map: about")
    assert "reported, 2021" in told
    assert "commonspace.eu" in told
    assert "Afghan side held by Taliban" in told
    assert "11 August 2021" in told


def test_iran_is_an_observer_in_2021(screen: Screen):
    screen.open(f"{WEEK}&box=45,25,65,40")
    screen.page.mouse.click(*screen.point(54, 32.5))
    screen.wait_for_address("id", "country:IRN")
    told = screen.record_of("Iran")
    now, history = told.split("All memberships and roles")
    assert "SCO observer; also accession under way" in now.replace("\n", " ")
    assert "member, from 4 July 2023" in history
    assert "Raisi visits Tajikistan" in now
    assert "joining" in now


@pytest.mark.parametrize(("name", "title", "words"), [
    ("zone:kharb-maidon", "Kharb-Maidon", ("the point is a guess", "15\N{EN DASH}20 km, as reported", "never a pin")),
    ("base:kant", "Kant air base", ("Russia", "Kyrgyzstan", "23 October 2003")),
    ("region:central-asia", "Central Asia", ("Kazakhstan", "Uzbekistan")),
    ("country:AFG", "Afghanistan", ("SCO observer",)),
    ("event:EV24", "Three CSTO exercises", ("answered by",)),
])  # fmt: skip
def test_a_record_says(screen: Screen, name: str, title: str, words: tuple[str, ...]):
    screen.open(f"id={name}")
    told = screen.record_of(title)
    assert [word for word in words if word not in told.replace("\n", " ")] == []


def test_reports_later_than_the_known_day_are_not_shown(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19&known=2021-09-15&id=event:EV20")
    told = screen.record_of("CSTO summit")
    assert "16 Sep 2021" not in told
    assert "planned" in told
    assert "came later" in told


def test_a_linked_event_opens_from_the_record(screen: Screen):
    screen.open("id=event:EV24")
    screen.record_of("Three CSTO exercises")
    screen.record.locator("section", has_text="Linked").locator("button").first.click()
    screen.page.wait_for_function("() => { const id = new URLSearchParams(location.search).get('id'); return id && id !== 'event:EV24' }")


def test_steps_walk_through_the_key_and_the_record_closes(screen: Screen):
    screen.open(f"{WEEK}&id=event:EV20")
    screen.record_of("CSTO summit")
    screen.record.get_by_role("button", name="Next event").click()
    screen.record.locator("h2:not(:has-text('CSTO summit'))").wait_for()
    screen.record.get_by_role("button", name="Previous event").click()
    screen.record_of("CSTO summit")
    screen.record.get_by_role("button", name="Close the record").click()
    screen.wait_for_address("id", None)
    screen.record.get_by_text("Nothing selected").wait_for()


def test_a_row_of_the_table_is_picked_with_the_keyboard(screen: Screen):
    screen.open(WEEK)
    rows = screen.page.locator(".panj-table tbody tr")
    rows.first.focus()
    screen.page.keyboard.press("ArrowDown")
    screen.page.keyboard.press("Enter")
    name = rows.nth(1).get_attribute("data-pick")
    screen.wait_for_address("id", name)
    screen.page.locator(f'tr[data-pick="{name}"][aria-selected="true"]').wait_for()
    assert screen.page.evaluate("() => document.activeElement.dataset.pick") == name


def test_the_table_sorts(screen: Screen):
    screen.open(WEEK)
    screen.page.get_by_role("columnheader", name="Event").click()
    titles = screen.page.locator(".panj-table tbody tr td:nth-child(3)").evaluate_all("cells => cells.map((cell) => cell.textContent)")
    assert titles == screen.page.evaluate("titles => [...titles].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))", titles)
    assert len(titles) == 35


def test_everything_on_the_map_can_be_opened_from_a_list(screen: Screen):
    screen.open(WEEK)
    screen.choose("Open a record", "Range: Edelweiss range")
    screen.wait_for_address("id", "zone:edelweiss")
    screen.record_of("Edelweiss range")


def test_picking_what_lies_outside_moves_the_map_there(screen: Screen):
    screen.open(f"{WEEK}&box=66,36,72,40")
    before = screen.bounds()
    screen.choose("Open a record", "Base: Kant air base (999th)")
    screen.until("() => panj.frame.map().getBounds().contains([42.853, 74.846])")
    after = screen.bounds()
    assert abs((after[2] - after[0]) - (before[2] - before[0])) < 0.5 * (before[2] - before[0])


def test_a_filter_leaves_the_record_open(screen: Screen):
    screen.open(f"{WEEK}&id=event:EV20")
    screen.page.locator(".panj-filters").get_by_label("Mention").uncheck()
    screen.page.wait_for_function("() => (new URLSearchParams(location.search).get('kinds') || '').length")
    assert screen.keys["id"] == "event:EV20"
    screen.record_of("CSTO summit")
