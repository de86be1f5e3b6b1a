"""An analyst's own file in the browser: dropped, mapped, asked about, mended, drawn, kept, and seen by nobody else."""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screen import Screen
from tests.serving import dashboard
from tests.test_server import get

FILE = """Title;Date;City;Lat;Lon;Country;Type
Patrol near <img src=x onerror="document.title='run'">;03/09/2021;Kunduz;36,7;68,9;Afghanistan;attack
Meeting of ministers;17.09.2021;Dushanbe;68.8;38.5;Tajikistan;summit
Bad date;yesterday;Dushanbe;38.5;68.8;Tajikistan;talks
"""
SHIPPED = 75
"""events of the default view"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"PANJ_HOME": str(tmp_path / "home")}


@pytest.fixture
def address(tmp_path: Path, home: dict[str, str]) -> Iterator[str]:
    with dashboard(log=tmp_path / "panj.log", environment=home) as running:
        yield running


@pytest.fixture
def screen(browser, address: str) -> Iterator[Screen]:
    with Screen(browser, address, height=800) as opened:
        yield opened


def tab(screen: Screen) -> Locator:
    screen.page.get_by_role("tab", name="Your data").click()
    screen.page.locator("[data-upload]").wait_for(state="attached")
    return screen.page.locator(".panj-yours")


def given(screen: Screen, text: str, name: str = "mine.csv") -> Locator:
    """The tab with a file that was chosen and judged."""
    own = tab(screen)
    screen.page.locator("[data-upload]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    own.get_by_text("Row by row").wait_for()
    return own


def drawn(screen: Screen, number: int) -> None:
    """Wait until the map draws so many events."""
    screen.until("number => document.body.dataset.drawn === String(number)", number)
    screen.ready()


def press(own: Locator, name: str) -> None:
    own.get_by_role("button", name=name).click()


def answered(own: Locator) -> None:
    """Both questions of the file answered."""
    press(own, "day first")
    own.get_by_text("date order: day first").wait_for()
    press(own, "swap (")
    own.get_by_text("swapped: swap").wait_for()


def mended(own: Locator) -> None:
    own.locator("tr", has_text="yesterday").get_by_role("button", name="Mend").click()
    own.get_by_role("textbox", name="Start").fill("2021-09-20")
    press(own, "Save")
    own.get_by_text("3 can be drawn, 0 held back").wait_for()


def downloaded(screen: Screen, name: str) -> list[dict[str, str]]:
    with screen.page.expect_download() as told:
        screen.page.get_by_role("link", name=name).click()
    return list(csv.DictReader(io.StringIO(Path(told.value.path()).read_text(encoding="utf-8"))))


def test_a_file_is_asked_about_mended_drawn_and_kept_for_its_browser_alone(browser, screen: Screen, address: str):
    own = given(screen.open(), FILE)
    expect(own.get_by_text("3 rows, 0 can be drawn, 3 held back")).to_be_visible()
    drawn(screen, SHIPPED)
    answered(own)
    press(own, "With the other events")
    drawn(screen, SHIPPED + 2)
    assert len(downloaded(screen, "Held-back rows")) == 1
    mended(own)
    drawn(screen, SHIPPED + 3)
    press(own, "Undo")
    drawn(screen, SHIPPED + 2)
    mended(own)
    drawn(screen, SHIPPED + 3)
    assert sorted(row["title"][:8] for row in downloaded(screen, "Cleaned file")) == ["Bad date", "Meeting ", "Patrol n"]
    screen.page.reload()
    drawn(screen.ready(), SHIPPED + 3)
    with Screen(browser, address) as other:
        other.open()
        assert int(other.data("drawn")) == SHIPPED
        tab(other)
        assert "mine.csv" not in other.page.content()
        rows = screen.frame.evaluate("panj.frame.state.rowsUrl")
        assert "/own/" in rows
    assert screen.page.title() != "run"
    assert (screen.faults, screen.elsewhere) == ([], [])


def test_work_is_still_there_when_the_server_starts_again(browser, tmp_path: Path, home: dict[str, str]):
    with dashboard(log=tmp_path / "first.log", environment=home) as address, Screen(browser, address) as screen:
        own = given(screen.open(), FILE)
        answered(own)
        press(own, "Instead of them")
        drawn(screen, 2)
        cookies = screen.context.cookies()
    with dashboard(log=tmp_path / "second.log", environment=home) as address, Screen(browser, address) as screen:
        screen.context.add_cookies(cookies)
        drawn(screen.open(), 2)
        assert (tmp_path / "first.log").read_text().count("Traceback") == 0


def test_what_was_selected_goes_with_the_rows(screen: Screen):
    own = given(screen.open(), FILE)
    answered(own)
    press(own, "With the other events")
    drawn(screen, SHIPPED + 2)
    screen.page.mouse.wheel(0, -3000)
    screen.choose("Open a record", "Meeting of ministers")
    own.get_by_role("button", name="Mend line 3").click()
    expect(own.get_by_role("textbox", name="Title")).to_have_value("Meeting of ministers")
    press(own, "Not drawn")
    drawn(screen, SHIPPED)
    expect(screen.record).to_contain_text("Nothing selected")
    screen.wait_for_address("id", None)
    assert (screen.faults, screen.elsewhere) == ([], [])


def test_columns_are_mapped_by_hand_and_remembered_for_the_next_such_file(screen: Screen):
    own = given(screen.open(), FILE.replace("Title;", "A;", 1).replace(";City;", ";B;", 1))
    own.locator("summary").click()
    own.get_by_role("combobox", name="Summary").select_option("B")
    expect(own.locator("summary")).to_contain_text("summary = 'B'")
    press(own, "day first")
    own.get_by_text("date order: day first").wait_for()
    press(own, "Remove all")
    own.get_by_text("Drop a file here").wait_for()
    press(own, "Undo")
    own.get_by_text("Row by row").wait_for()
    again = given(screen, FILE.replace("Title;", "A;", 1).replace(";City;", ";B;", 1), "next.csv")
    again.get_by_text("next.csv").wait_for()
    expect(again.locator("summary")).to_contain_text("summary = 'B'")
    expect(again.get_by_text("date order: day first")).to_be_visible()


def test_several_lines_in_a_cell_are_still_several_when_another_cell_is_mended(screen: Screen):
    own = given(screen.open(), 'title,start,lat,lon,summary\r\nA,yesterday,38.5,68.8,"first\r\nsecond"\r\n')
    own.locator("tr", has_text="yesterday").get_by_role("button", name="Mend").click()
    assert own.get_by_role("textbox", name="Summary").input_value() == "first\nsecond"
    own.get_by_role("textbox", name="Start").fill("2021-09-20")
    own.get_by_role("button", name="Save", exact=True).click()
    own.get_by_text("1 can be drawn, 0 held back").wait_for()
    (row,) = downloaded(screen, "Cleaned file")
    assert (row["start"], row["summary"].splitlines()) == ("2021-09-20", ["first", "second"])


def test_a_window_that_was_overtaken_goes_on_saying_so(screen: Screen):
    one = given(screen.open(), FILE)
    page = screen.page.context.new_page()
    page.goto(screen.address)
    page.get_by_role("tab", name="Your data").click()
    two = page.locator(".panj-yours")
    two.get_by_text("Row by row").wait_for()
    answered(one)
    press(two, "Instead of them")
    expect(two.get_by_text("another window has changed this work meanwhile")).to_be_visible()
    two.get_by_label("Level").select_option("warned")
    expect(two.locator("tr", has_text="yesterday")).to_have_count(0)
    expect(two.get_by_text("another window has changed this work meanwhile")).to_be_visible()
    expect(two.get_by_text("Kept for this browser")).to_have_count(0)


def test_rows_are_no_longer_given_out_once_their_window_is_closed(browser, address: str):
    with Screen(browser, address, height=800) as screen:
        own = given(screen.open(), "title,start,country,lat,lon\nConvoy,2021-09-10,AFG,33.5,64.5\n")
        press(own, "Instead of them")
        drawn(screen, 1)
        rows = urljoin(screen.frame.url, screen.frame.evaluate("panj.frame.state.rowsUrl"))
        path = urlsplit(rows).path
        assert path.startswith("/own/")
        assert get(address, path)[0] == 200
    until = time.monotonic() + 10
    while get(address, path)[0] != 404:
        assert time.monotonic() < until, "the rows are still there"
        time.sleep(0.1)


def test_an_event_whose_place_may_be_several_is_asked_about_and_drawn(screen: Screen):
    own = tab(screen.open())
    press(own, "Enter an event")
    own.get_by_role("textbox", name="Title").fill("Convoy seen")
    own.get_by_role("textbox", name="Start").fill("2021-09-10")
    own.get_by_role("textbox", name="Place").fill("Ishkashim")
    press(own, "Save the event")
    own.get_by_text("can be 2 places").wait_for()
    assert screen.data("drawn") == str(SHIPPED)
    press(own, "Ishqoshim, TJK")
    expect(own.get_by_role("textbox", name="Country")).to_have_value("TJK", timeout=30_000)
    press(own, "Save the event")
    own.get_by_text("Entered by hand").first.wait_for()
    drawn(screen, SHIPPED + 1)
    assert (screen.faults, screen.elsewhere) == ([], [])


def test_a_step_is_undone_after_the_page_was_opened_again(screen: Screen):
    own = given(screen.open(), "title,start,country,lat,lon\nConvoy,2021-09-10,AFG,33.5,64.5\n")
    press(own, "With the other events")
    drawn(screen, SHIPPED + 1)
    screen.page.reload()
    drawn(screen.ready(), SHIPPED + 1)
    press(tab(screen), "Undo")
    drawn(screen, SHIPPED)
    expect(own.get_by_role("button", name="Undo")).to_be_disabled()
    assert "no step since this file came" in own.get_by_role("button", name="Undo").get_attribute("title")


def test_a_file_is_dropped_on_the_box(screen: Screen):
    own = tab(screen.open())
    data = screen.page.evaluate_handle("""text => {
        const data = new DataTransfer();
        data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
        return data;
    }""", FILE)  # fmt: skip
    screen.page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": data})
    expect(own.get_by_text("dropped.csv")).to_be_visible()


def test_an_event_is_entered_and_placed_by_a_click_on_the_map(screen: Screen):
    own = tab(screen.open())
    press(own, "Enter an event")
    own.get_by_role("textbox", name="Title").fill("Convoy seen")
    own.get_by_role("textbox", name="Start").fill("2021-09-10")
    press(own, "Place it on the map")
    screen.until("() => panj.answers.placing()")
    screen.page.locator(".st-key-map iframe").scroll_into_view_if_needed()
    screen.page.mouse.click(*screen.point(64.5, 33.5))
    expect(own.get_by_role("textbox", name="Latitude")).not_to_have_value("")
    assert abs(float(own.get_by_role("textbox", name="Latitude").input_value()) - 33.5) < 0.1
    assert own.get_by_role("textbox", name="Title").input_value() == "Convoy seen"
    press(own, "Save the event")
    own.get_by_text("Entered by hand").first.wait_for()
    drawn(screen, SHIPPED + 1)
    assert (screen.faults, screen.elsewhere) == ([], [])


def test_a_file_that_is_no_table_is_refused_in_words(screen: Screen):
    own = tab(screen.open())
    screen.page.locator("[data-upload]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"})
    expect(own.get_by_role("alert")).to_contain_text("a.png: is a picture")
    drawn(screen, SHIPPED)


def long(screen: Screen) -> Locator:
    """The tab with a file of 60,000 rows that is being judged."""
    rows = "".join(f"Event {n};{1 + n % 28:02}.09.2021;{30 + n % 900 / 100};{60 + n % 1300 / 100}\n" for n in range(60_000))
    own = tab(screen.open())
    content = f"title;date;lat;lon\n{rows}".encode()
    screen.page.locator("[data-upload]").set_input_files({"name": "long.csv", "mimeType": "text/csv", "buffer": content})
    own.get_by_text("Judging the rows").wait_for()
    return own


def test_an_event_entered_while_a_long_file_is_judged_leaves_the_file(screen: Screen):
    own = long(screen)
    press(own, "Enter an event by hand")
    for name, text in {"Title": "Convoy seen", "Start": "2021-09-10", "Latitude": "37", "Longitude": "70.5"}.items():
        own.get_by_role("textbox", name=name).fill(text)
    own.get_by_role("combobox", name="Kind").select_option("exercise")
    press(own, "Save the event")
    expect(own.get_by_text("60,000 can be drawn")).to_be_visible(timeout=60_000)
    expect(own.get_by_text("1 event entered by hand")).to_be_visible()
    assert [row["kind"] for row in downloaded(screen, "Cleaned file") if row["title"] == "Convoy seen"] == ["exercise"]
    assert (screen.faults, screen.elsewhere) == ([], [])


def test_a_long_file_is_judged_beside_the_page(screen: Screen):
    own = long(screen)
    expect(own.get_by_text("60,000 can be drawn")).to_be_visible(timeout=60_000)
    press(own, "Instead of them")
    drawn(screen, 60_000)
    assert (screen.faults, screen.elsewhere) == ([], [])
