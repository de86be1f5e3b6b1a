"""Trust: no other host, no stack trace, and text from a file is text everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.screen import Screen
from tests.serving import dashboard
from tests.tables import row, write

BOMB = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>'
TRICK = "**bold** [link](javascript:window.__pwned=1) :red[x] {{7*7}} `c` </script><svg onload=window.__pwned=1>"
PERSIAN = "\u062d\u0645\u0644\u0647 \u062f\u0631 \u06a9\u0646\u062f\u0648\u0632"
"""words written from right to left"""

LEFT = """(at, words) => {
  const walker = document.createTreeWalker(at, NodeFilter.SHOW_TEXT), left = {};
  for (let node; (node = walker.nextNode());) for (const word of words) {
    const from = node.data.indexOf(word), range = document.createRange();
    if (from < 0 || word in left) continue;
    range.setStart(node, from), range.setEnd(node, from + 1);
    left[word] = range.getBoundingClientRect().left;
  }
  return words.map((word) => left[word]);
}"""
"""left edge of the first letter of each word of an element, px"""


def safe(screen: Screen) -> bool:
    return not any(frame.evaluate("() => window.__pwned") for frame in screen.page.frames)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    own = [
        row(event="E1", title=f"A {BOMB}", place=BOMB, summary=f"{TRICK} {BOMB}", source=f"javascript:{BOMB}", locator=BOMB, reported="2021-09-11"),
        row(event="E2", title=TRICK, place="'\"><b>x", summary=BOMB, source=TRICK, reported="2021-09-11"),
        row(event="E3", title="Third", place="Kulob", source="https://example.invalid/<script>", reported="2021-09-12"),
        row(event="E4", title="\u202eTurned", start="2021-09-20", end="2021-09-20", place="Kulob", source="Fourth", reported="2021-09-21"),
        row(event="E5", title=PERSIAN, start="2021-09-21", end="2021-09-21", place="12", source="Fifth", reported="2021-09-22"),
    ]
    with dashboard("--events", str(write(folder / "own <b>file.csv", own)), log=folder / "panj.log") as address:
        yield address


@pytest.mark.parametrize("tab", ["Table", "Chronology", "Sources"])
def test_text_from_a_file_stays_text(browser, hostile: str, tab: str):
    with Screen(browser, hostile) as screen:
        screen.open("from=2021-09-01&to=2021-09-30&id=event:E1")
        told = screen.record_of("A <img src=x")
        assert "<script>" in told
        screen.page.get_by_role("tab", name=tab).click()
        screen.page.locator(f'[role=tab][aria-selected="true"]:has-text("{tab}")').wait_for()
        for title in ("**bold**", "Third"):
            screen.record.get_by_role("button", name="Next event").click()
            screen.record_of(title)
        assert screen.page.locator("img[src=x], svg[onload], .panj-piece script").count() == 0
        assert safe(screen)
        assert screen.faults == []


@pytest.mark.parametrize(("title", "words"), [
    ("Turned", ["Turned", "urned", "Kulob", "reported by", "Fourth", "alone ["]),
    (PERSIAN, ["September", PERSIAN.split()[-1], PERSIAN.split()[0], "12", "reported by", "Fifth", "alone ["]),
], ids=["override", "Persian"])  # fmt: skip
def test_a_title_turns_nothing_around_after_it(browser, hostile: str, title: str, words: list[str]):
    with Screen(browser, hostile, width=1600) as screen:
        screen.open("from=2021-09-01&to=2021-09-30")
        screen.page.get_by_role("tab", name="Chronology").click()
        told = screen.page.locator(".panj-chronology li", has_text=title)
        left = told.evaluate(f"(at, words) => ({LEFT})(at, words)", words)
        assert left == sorted(left)


def test_hostile_text_on_the_map_stays_text(browser, hostile: str):
    with Screen(browser, hostile) as screen:
        screen.open("from=2021-09-01&to=2021-09-30")
        assert screen.data("drawn") == "5"
        screen.page.mouse.move(*screen.point(68.8, 38.5))
        screen.page.mouse.click(*screen.point(68.8, 38.5))
        screen.ready()
        screen.page.mouse.click(*screen.point(60, 43))
        screen.ready()
        assert safe(screen)


def test_rows_of_ones_own_lie_under_a_name_nobody_guesses(browser, hostile: str, shipped: str):
    with Screen(browser, hostile) as screen:
        answers = []
        screen.page.on("response", lambda response: answers.append(response) if "/data/rows" in response.url else None)
        screen.open("from=2021-09-01&to=2021-09-30")
        (answer,) = answers
        assert answer.headers["cache-control"] == "no-store"
        name = answer.url.rsplit("/", 1)[1]
        assert len(name) > len("rows-.json") + 20
    with Screen(browser, shipped) as screen:
        answers = []
        screen.page.on("response", lambda response: answers.append(response) if "/data/" in response.url else None)
        screen.open()
        assert {answer.headers["cache-control"] for answer in answers} == {"public, max-age=31536000, immutable"}


def test_nothing_is_asked_of_another_host(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19&id=event:EV20")
    for tab in ("Chronology", "Sources", "Table"):
        screen.page.get_by_role("tab", name=tab).click()
        screen.page.locator(f'[role=tab][aria-selected="true"]:has-text("{tab}")').wait_for()
    screen.choose("Open a record", "Border: Tajikistan-Afghanistan")
    screen.slider("end").press("ArrowRight")
    screen.wait_for_address("to", "2021-09-20")
    assert screen.elsewhere == []
    assert screen.faults == []


STRANGER = """address => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.blockedURI), { once: true });
  const socket = new WebSocket(address);
  socket.onerror = () => setTimeout(() => resolve("not stopped by the policy"), 500);
})"""


def test_a_socket_to_another_place_is_stopped_by_the_policy(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19")
    for where in (screen.page, screen.frame):
        assert where.evaluate(STRANGER, "ws://127.0.0.1:9/x").startswith("ws://127.0.0.1:9")
    screen.slider("end").press("ArrowRight")
    screen.wait_for_address("to", "2021-09-20")


def test_a_file_that_cannot_be_used_is_explained(browser, tmp_path: Path, log: Path):
    path = tmp_path / "mine.csv"
    path.write_text("title,colour\nx,y\n", encoding="utf-8")
    with dashboard("--events", str(path), log=log) as address, Screen(browser, address) as screen:
        screen.open()
        told = screen.page.get_by_role("alert").inner_text()
        assert "mine.csv cannot be used, so no events are shown" in told
        assert "missing column 'start'" in told
        assert screen.data("drawn") == "0"
        assert "Traceback" not in screen.page.content()
    assert "Traceback" not in log.read_text()


def test_a_missing_file_is_explained(browser, tmp_path: Path, log: Path):
    with dashboard("--events", str(tmp_path / "none.csv"), log=log) as address, Screen(browser, address) as screen:
        screen.open()
        assert "there is no such file" in screen.page.get_by_role("alert").inner_text()


def test_an_error_of_ours_is_a_sentence(browser, tmp_path: Path, log: Path):
    """A fault in the page's code: the analyst reads a sentence, the log has the rest."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'dashboard.panels.listing':\n"
        "            raise RuntimeError('secret detail')\n"
        "sys.meta_path.insert(0, Finder())\n"
    )  # fmt: skip
    with dashboard(log=log, environment={"PYTHONPATH": str(tmp_path)}) as address, Screen(browser, address) as screen:
        screen.page.goto(address)
        screen.page.get_by_text("Something went wrong while this page was made").wait_for()
        content = screen.page.content()
    assert "secret detail" not in content
    assert "Traceback" not in content
    assert "secret detail" in log.read_text()
