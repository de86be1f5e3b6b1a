"""Pages open in the browser, and what is done to them; every time is read from the browser's own clock, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, pairwise
from pathlib import Path

from playwright.sync_api import Browser, Frame, Locator, Page, ViewportSize

CLOCK = Path(__file__).with_name("clock.js").read_text(encoding="utf-8")
VIEWPORT = ViewportSize(width=1280, height=900)
PATIENCE = 120_000
"""longest anything may take, ms"""

PAUSE = 400
"""between two measurements, ms, so that what one left to do is no part of the next"""

CONFIRMED = "() => { const d = document.body.dataset; return Number(d.drawn) && d.confirmed === d.window }"
"""whether events are drawn and Python has confirmed them"""


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser window of its own, with nothing kept from an earlier one."""
    context = browser.new_context(viewport=VIEWPORT)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(CLOCK)
    try:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        yield page
    finally:
        context.close()


def map_frame(page: Page) -> Frame:
    """The frame the map lives in, once it has one."""
    element = page.wait_for_selector('iframe[title*="st_folium"]', state="attached")
    frame = element.content_frame() if element else None
    assert frame, "the map has no frame"
    frame.wait_for_load_state()
    return frame


@dataclass
class Painted:
    """The dashboard with its map painted and confirmed."""

    page: Page
    frame: Frame = field(init=False)
    keys: Iterator[str] = field(default_factory=lambda: cycle(("ArrowRight", "ArrowLeft")))
    steps: Iterator[int] = field(default_factory=lambda: cycle((60, -60)))

    def __post_init__(self) -> None:
        self.frame = map_frame(self.page)
        self.settle()

    def settle(self) -> None:
        """Wait until Python has confirmed what is drawn."""
        self.frame.wait_for_function(CONFIRMED)
        self.page.wait_for_timeout(PAUSE)

    def opening(self) -> float:
        """From the click on the link to the first paint that holds events."""
        painted = self.frame.evaluate("() => clock.painted.find((paint) => paint.drawn).at")
        return painted - self.page.evaluate("() => clock.opened")

    def key(self) -> float:
        """From a key on a handle of the timeline to the map painted for the new window."""
        return self._act(lambda: self._slider("start").press(next(self.keys)), "keydown", "painted")

    def release(self) -> float:
        """From letting go of a handle to Python's confirmation standing in the frame."""
        return self._act(lambda: self._drag(next(self.steps)), "pointerup", "confirmed")

    def release_told(self, look: str) -> float:
        """From letting go of a handle to Python's answer in the page around the map: the text that `look` gives changed."""
        self.page.evaluate(f"() => {{ clock.watch({look}); clock.watched = [] }}")
        self.frame.evaluate("() => { clock.inputs = {} }")
        self._drag(next(self.steps))
        self.page.wait_for_function("() => clock.watched.length")
        self.settle()
        return self.page.evaluate("() => clock.watched.at(-1).at") - self.frame.evaluate("() => clock.inputs.pointerup")

    def _act(self, do: Callable[[], None], event: str, effect: str) -> float:
        self.frame.evaluate("() => { clock.inputs = {}; clock.painted = []; clock.confirmed = [] }")
        before = self.frame.evaluate("() => document.body.dataset.window")
        do()
        self.frame.wait_for_function(f"before => document.body.dataset.window !== before && ({CONFIRMED})()", arg=before)
        took = self.frame.evaluate(
            """([event, effect]) => {
              const from = clock.inputs[event], window = document.body.dataset.window;
              return clock[effect].find((entry) => entry.at > from && entry.value === window).at - from;
            }""",
            [event, effect],
        )
        self.page.wait_for_timeout(PAUSE)
        return took

    def _slider(self, name: str) -> Locator:
        return self.frame.get_by_role("slider", name=f"Dates - {name}")

    def _grip(self) -> tuple[float, float]:
        box = self._slider("start").bounding_box()
        assert box, "the handle is not in sight"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def _drag(self, by: float) -> None:
        x, y = self._grip()
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by, y, steps=5)
        self.page.mouse.up()

    def frames_per_second(self, seconds: float) -> float:
        """Paints per second while a handle is dragged to and fro without a pause, each paint of another window."""
        x, y = self._grip()
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        start = self.frame.evaluate("() => { clock.painted = []; return clock.now() }")
        until = time.monotonic() + seconds
        way = cycle((*range(0, 240, 12), *range(240, 0, -12)))
        while time.monotonic() < until:
            self.page.mouse.move(x + next(way), y)
        painted, end = self.frame.evaluate("() => [clock.painted, clock.now()]")
        self.page.mouse.move(x, y)
        self.page.mouse.up()
        self.settle()
        windows = [paint["value"] for paint in painted]
        return sum(one != other for one, other in pairwise(windows)) / (end - start) * 1000


@dataclass
class Watched:
    """A page of which one text is watched: `look` is JavaScript that gives it."""

    page: Page
    look: str
    do: Callable[[Page], None]
    """changes the text"""

    in_map: bool = False
    """whether the text stands in the map's frame"""

    frame: Frame = field(init=False)

    def __post_init__(self) -> None:
        self.frame = map_frame(self.page) if self.in_map else self.page.main_frame
        self.frame.wait_for_function("() => document.body")
        self.frame.evaluate(f"() => clock.watch({self.look})")
        self.frame.wait_for_function("() => clock.watched.some((change) => change.value)")
        self.page.wait_for_timeout(PAUSE)

    def opening(self) -> float:
        """From the click on the link to the text."""
        shown = self.frame.evaluate("() => clock.watched.find((change) => change.value).at")
        return shown - self.page.evaluate("() => clock.opened")

    def act(self) -> float:
        """From the last key to the last change of the text."""
        self.page.evaluate("() => { clock.inputs = {} }")
        self.frame.evaluate("() => { clock.watched = [] }")
        self.do(self.page)
        self.frame.wait_for_function("pause => clock.watched.length && clock.now() - clock.watched.at(-1).at > pause", arg=PAUSE)
        return self.frame.evaluate("() => clock.watched.at(-1).at") - self.page.evaluate("() => clock.inputs.keydown")


def alternating(press: Callable[[Page, str], None], *keys: str) -> Callable[[Page], None]:
    """Does `press` with one of the keys after the other, over and over."""
    turn = cycle(keys)
    return lambda page: press(page, next(turn))


def slide(page: Page, key: str) -> None:
    """Press a key on the first of Streamlit's own sliders."""
    page.get_by_role("slider").first.press(key)


def step_day(page: Page, key: str) -> None:
    """Change the first day shown in the dashboard's date field by a day, and leave the field: that is when Streamlit takes a date over."""
    page.get_by_role("spinbutton", name="day, From").press(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
