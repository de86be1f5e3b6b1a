"""The picture of a view: downloaded, and put on the clipboard."""

from pathlib import Path

from PIL import Image

from tests.browser.screen import Screen

WEEK = "from=2021-09-13&to=2021-09-19"


def test_the_picture_is_a_png(screen: Screen, tmp_path: Path):
    screen.open(WEEK)
    with screen.page.expect_download(timeout=120_000) as started:
        screen.page.get_by_role("button", name="Picture", exact=True).click()
    assert started.value.suggested_filename == "panj-2021-09-13-2021-09-19.png"
    path = tmp_path / "page.png"
    started.value.save_as(path)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width > picture.height > 1000


def test_the_picture_goes_to_the_clipboard(screen: Screen):
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.open(WEEK)
    screen.page.get_by_role("button", name="Copy picture").click()
    screen.page.get_by_role("button", name="Copied").wait_for(timeout=120_000)
    start = screen.page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read(), blob = await item.getType("image/png");
      return [...new Uint8Array(await blob.arrayBuffer()).slice(0, 8)];
    }""")
    assert bytes(start) == b"\x89PNG\r\n\x1a\n"


def test_the_link_goes_to_the_clipboard(screen: Screen):
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.open(f"{WEEK}&layers=csto,borders,events&id=event:EV20")
    screen.page.locator(".panj-header").get_by_role("button", name="Copy link").click()
    screen.page.get_by_role("button", name="Copied").wait_for()
    copied = screen.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{screen.address}/?{WEEK}&layers=csto,borders,events&id=event:EV20"
