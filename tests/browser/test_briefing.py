"""From the map to a prepared page: preview, choices, progress, download, and the views an analyst keeps."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.screen import Screen
from tests.serving import dashboard

WEEK = "from=2021-09-13&to=2021-09-19&known=2021-09-19"


@pytest.fixture(scope="module")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose saved views lie in a folder of their own."""
    folder = tmp_path_factory.mktemp("keeping")
    with dashboard(log=folder / "panj.log", environment={"PANJ_HOME": str(folder / "home")}) as address:
        yield address


@pytest.fixture
def screen(browser, keeping: str) -> Iterator[Screen]:
    with Screen(browser, keeping, height=800) as opened:
        yield opened


def briefed(screen: Screen, query: str = WEEK) -> Screen:
    """The tab, open."""
    screen.open(query)
    screen.page.get_by_role("tab", name="Briefing").click()
    screen.page.get_by_role("button", name="Prepare").wait_for()
    return screen


def downloaded(screen: Screen, name: str) -> tuple[str, bytes]:
    """Name and content of what the link gives."""
    with screen.page.expect_download() as told:
        screen.page.get_by_role("link", name=name).click()
    return told.value.suggested_filename, Path(told.value.path()).read_bytes()


def choose(screen: Screen, name: str, value: str) -> None:
    screen.page.locator(".panj-briefing").get_by_role("combobox", name=name).select_option(value)
    screen.idle()


def previewed(screen: Screen) -> tuple[int, int]:
    """Pixels of the preview, once it is that of the present view."""
    expect(screen.page.locator(".panj-preview [data-said=preview]")).to_have_text("")
    picture = screen.page.locator(".panj-preview img")
    expect(picture).to_be_visible()
    return tuple(picture.evaluate("async (at) => { await at.decode(); return [at.naturalWidth, at.naturalHeight] }"))


def test_two_clicks_lead_from_the_map_to_a_prepared_page(screen: Screen):
    screen.open(WEEK)
    screen.page.get_by_role("tab", name="Briefing").click()
    screen.page.get_by_role("button", name="Prepare").click()
    name, content = downloaded(screen, "Download PDF")
    assert name == "csto-and-sco-around-afghanistan-2021-09-13-to-2021-09-19-known-2021-09-19.pdf"
    (page,) = PdfReader(BytesIO(content)).pages
    assert "CSTO and SCO around Afghanistan" in page.extract_text()
    assert screen.faults == []
    assert screen.elsewhere == []


def test_a_choice_that_is_lost_on_the_way_is_told_by_the_next_click_anywhere(screen: Screen):
    """The click is one of the sidebar, which knows nothing of formats."""
    screen.may_lose()
    briefed(screen)
    screen.lose_next()
    screen.page.locator('input[data-brief="ending"][value=".svg"]').check(force=True)
    screen.wait_for_loss()
    screen.page.locator('input[data-toggle="statement"]').click()
    screen.page.locator('input[data-brief="ending"][value=".svg"][checked]').wait_for(state="attached")
    screen.page.wait_for_function("() => !(new URLSearchParams(location.search).get('kinds') || 'statement').split(',').includes('statement')")


def test_a_title_is_kept_when_the_next_click_prepares(screen: Screen):
    """Leaving the field writes the page anew, under the hand that presses the button."""
    briefed(screen)
    field = screen.page.get_by_label("Title", exact=True)
    assert field.get_attribute("placeholder") == "CSTO and SCO around Afghanistan"
    field.press_sequentially("Two summits <b>&</b>")
    screen.page.get_by_role("button", name="Prepare").click()
    name, content = downloaded(screen, "Download PDF")
    assert screen.keys["title"] == "Two summits <b>&</b>"
    assert name.startswith("two-summits-b-b-2021-09-13")
    assert "Two summits <b>&</b>" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_the_preview_follows_view_and_paper(screen: Screen):
    briefed(screen)
    wide, high = previewed(screen)
    assert wide > high
    choose(screen, "Turned", "portrait")
    screen.page.wait_for_function("() => { const at = document.querySelector('.panj-preview img'); return at && at.naturalHeight > at.naturalWidth }")
    before = screen.page.locator(".panj-preview img").get_attribute("src")
    screen.slider("end").press("ArrowRight")
    screen.wait_for_address("to", "2021-09-20")
    screen.page.wait_for_function("(before) => document.querySelector('.panj-preview img')?.src !== before", arg=before)
    wide, high = previewed(screen)
    assert high > wide


def test_a_picture_has_the_size_and_dots_that_were_chosen(screen: Screen):
    briefed(screen)
    screen.page.get_by_role("radio", name="PNG").check()
    screen.page.get_by_role("spinbutton", name="Dots per inch").fill("96")
    choose(screen, "Paper", "own")
    screen.page.get_by_role("spinbutton", name="Width, mm").fill("254")
    screen.page.get_by_role("spinbutton", name="Height, mm").press("Tab")
    screen.idle()
    screen.page.get_by_role("button", name="Prepare").click()
    _, content = downloaded(screen, "Download PNG")
    with Image.open(BytesIO(content)) as picture:
        assert picture.size == (960, round(210 / 25.4 * 96))


def test_a_number_out_of_bounds_is_a_sentence_and_the_choice_stays(screen: Screen):
    briefed(screen)
    screen.page.get_by_role("radio", name="PNG").check()
    field = screen.page.get_by_role("spinbutton", name="Dots per inch")
    field.fill("5000")
    field.press("Tab")
    expect(screen.page.locator(".panj-briefing").get_by_role("alert")).to_have_text("dpi: '5000' is not a whole number from 96 to 600")
    expect(field).to_have_value("300")


def test_a_marking_is_raised_for_the_view_and_every_output(screen: Screen):
    briefed(screen)
    options = screen.page.get_by_role("combobox", name="Marking").locator("option").all_inner_texts()
    assert options[0] == "TLP:CLEAR (computed)"
    choose(screen, "Marking", "TLP:RED")
    screen.wait_for_address("marking", "TLP:RED")
    screen.page.get_by_text("raised from TLP:CLEAR").wait_for()
    screen.page.get_by_role("button", name="Prepare").click()
    _, content = downloaded(screen, "Download PDF")
    assert "TLP:RED" in PdfReader(BytesIO(content)).pages[0].extract_text()


def test_parts_left_out_are_not_on_the_page(screen: Screen):
    briefed(screen)
    screen.page.get_by_label("Numbered sources").uncheck()
    screen.idle()
    screen.page.get_by_role("button", name="Prepare").click()
    _, content = downloaded(screen, "Download PDF")
    text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert "Left out of this page: numbered sources" in text
    assert "of the reports used" not in text


def test_data_come_with_their_seal(screen: Screen):
    briefed(screen)
    choose(screen, "Format: data", ".csv")
    screen.page.get_by_role("button", name="Prepare").click()
    name, content = downloaded(screen, "Download CSV")
    assert content.decode("utf-8-sig").startswith("event,")
    assert downloaded(screen, "its seal")[0] == f"{name}.seal.json"


def test_an_atlas_counts_its_pages_and_can_be_cancelled(screen: Screen):
    briefed(screen)
    choose(screen, "Pages", "day")
    screen.page.get_by_role("button", name="Prepare atlas").click()
    screen.page.get_by_text("of 8 done").wait_for()
    screen.page.get_by_role("button", name="Cancel").click()
    screen.page.get_by_text("Cancelled; nothing was made.").wait_for()
    screen.page.get_by_role("button", name="Prepare atlas").click()
    name, content = downloaded(screen, "Download PDF")
    assert name.endswith("-every-day.pdf")
    assert len(PdfReader(BytesIO(content)).pages) == 8


def test_the_map_answers_while_an_atlas_is_made(screen: Screen):
    briefed(screen, "")
    choose(screen, "Pages", "day")
    screen.page.get_by_role("button", name="Prepare atlas").click()
    screen.page.get_by_role("button", name="Cancel").wait_for()
    screen.slider("end").press("ArrowLeft")
    screen.wait_for_address("to", "2021-11-29")
    screen.ready()
    screen.page.get_by_role("button", name="Cancel").click()
    screen.page.get_by_text("Cancelled; nothing was made.").wait_for()


def test_a_page_of_an_earlier_view_is_named_as_such(screen: Screen):
    briefed(screen)
    screen.page.get_by_role("button", name="Prepare").click()
    screen.page.get_by_role("link", name="Download PDF").wait_for()
    assert screen.page.get_by_text("Made before your last change").count() == 0
    screen.slider("end").press("ArrowRight")
    screen.page.get_by_text("Made before your last change").wait_for()


def test_the_tab_works_by_keyboard_and_every_control_has_a_name(screen: Screen):
    briefed(screen)
    screen.page.get_by_role("radio", name="PDF").focus()
    screen.page.keyboard.press("ArrowRight")
    expect(screen.page.get_by_role("radio", name="Slides")).to_be_checked()
    screen.idle()
    expect(screen.page.get_by_role("radio", name="Slides")).to_be_focused()
    screen.page.keyboard.press("ArrowLeft")
    expect(screen.page.get_by_role("radio", name="PDF")).to_be_checked()
    screen.idle()
    screen.page.get_by_role("button", name="Prepare").focus()
    screen.page.keyboard.press("Enter")
    screen.page.get_by_role("link", name="Download PDF").wait_for()
    unnamed = screen.page.locator(".panj-briefing").evaluate(
        """tab => [...tab.querySelectorAll("input,select,button,a[href]")].filter((at) => {
             const label = at.labels && [...at.labels].map((one) => one.textContent).join("");
             return !(at.getAttribute("aria-label") || label || at.textContent || "").trim();
           }).map((at) => at.outerHTML)"""
    )
    assert unnamed == []


def test_a_view_is_saved_opened_renamed_deleted_and_put_back(screen: Screen):
    briefed(screen)
    page, views = screen.page, screen.page.get_by_role("region", name="Saved views")
    page.get_by_label("Name for this view").fill("Dushanbe <i>week</i>")
    page.keyboard.press("Enter")
    views.get_by_role("button", name="Dushanbe <i>week</i>", exact=True).wait_for()
    briefed(screen, "from=2021-10-01&to=2021-10-31")
    views.get_by_role("button", name="Rename Dushanbe <i>week</i>").click()
    page.get_by_label("New name for Dushanbe <i>week</i>").fill("Summits")
    page.keyboard.press("Enter")
    views.get_by_role("button", name="Summits", exact=True).click()
    screen.wait_for_address("from", "2021-09-13")
    assert screen.keys["known"] == "2021-09-19"
    views.get_by_role("button", name="Delete Summits").click()
    page.get_by_text("Deleted “Summits”.").wait_for()
    assert views.get_by_role("button", name="Summits", exact=True).count() == 0
    views.get_by_role("button", name="Undo").click()
    views.get_by_role("button", name="Summits", exact=True).wait_for()


def test_saved_views_outlive_page_and_server(browser, tmp_path: Path):
    environment = {"PANJ_HOME": str(tmp_path / "home")}
    with dashboard(log=tmp_path / "one.log", environment=environment) as address, Screen(browser, address) as screen:
        briefed(screen).page.get_by_label("Name for this view").fill("Kept")
        screen.page.get_by_role("button", name="Save view").click()
        screen.page.get_by_role("button", name="Kept", exact=True).wait_for()
    with dashboard(log=tmp_path / "two.log", environment=environment) as address, Screen(browser, address) as screen:
        briefed(screen, "").page.get_by_role("button", name="Kept", exact=True).click()
        screen.wait_for_address("from", "2021-09-13")


def test_a_list_is_exported_and_imported(browser, keeping: str, tmp_path: Path):
    with Screen(browser, keeping) as screen:
        briefed(screen).page.get_by_label("Name for this view").fill("To take along")
        screen.page.get_by_role("button", name="Save view").click()
        screen.page.get_by_role("button", name="To take along", exact=True).wait_for()
        name, content = downloaded(screen, "Export list")
        assert name == "panj-views.json"
        assert {"name": "To take along", "view": WEEK} in json.loads(content)["views"]
    (tmp_path / name).write_bytes(content.replace(b"2021-09-13", b"2021-09-14").replace(b"&known=2021-09-19", b"&layers=csto,moon"))
    with dashboard(log=tmp_path / "panj.log", environment={"PANJ_HOME": str(tmp_path / "other")}) as address, Screen(browser, address) as screen:
        briefed(screen, "").page.get_by_label("Import list").set_input_files(tmp_path / name)
        alert = screen.page.get_by_role("region", name="Saved views").get_by_role("alert")
        expect(alert).to_contain_text("panj-views.json: ")
        expect(alert).to_contain_text("To take along: view: unknown layer 'moon'")
        screen.page.get_by_role("button", name="To take along", exact=True).click()
        screen.wait_for_address("from", "2021-09-14")


@pytest.mark.parametrize(("content", "words"), [
    (b"not a list", "bad.json: is not a list of saved views"),
    (b"x" * 1_000_001, "bad.json: is larger than 1 MB"),
])  # fmt: skip
def test_a_file_that_is_no_list_changes_nothing(screen: Screen, tmp_path: Path, content: bytes, words: str):
    (tmp_path / "bad.json").write_bytes(content)
    briefed(screen)
    views = screen.page.locator(".panj-saved li")
    before = views.count()
    screen.page.get_by_label("Import list").set_input_files(tmp_path / "bad.json")
    expect(screen.page.get_by_role("region", name="Saved views").get_by_role("alert")).to_contain_text(words)
    assert views.count() == before


def test_another_page_cannot_fetch_what_was_made_under_another_name(screen: Screen):
    briefed(screen)
    screen.page.get_by_role("button", name="Prepare").click()
    link = screen.page.get_by_role("link", name="Download PDF")
    address = link.get_attribute("href")
    status = "async (address) => (await fetch(address)).status"
    assert screen.page.evaluate(status, address) == 200
    assert screen.page.evaluate(status, address.replace("csto", "other")) == 404
    assert screen.page.evaluate(status, "/made/none/" + address.rsplit("/", 1)[1]) == 404
