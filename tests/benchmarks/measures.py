"""What is measured, against what, and what it must not exceed."""

from __future__ import annotations

import functools
import importlib.resources
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests.benchmarks import synthetic
from tests.benchmarks.pages import Painted, Watched, alternating, opened, slide, step_day
from tests.serving import PANJ, dashboard, free_port, served

HERE = Path(__file__).parent
WARM_UP = 2
"""rounds that are not counted"""

ALL_OF_THEM = f"from={synthetic.day(0)}&to={synthetic.day(synthetic.DAYS - 1)}"
"""a view in which every synthetic event is drawn"""

SENTENCE = "() => [...document.querySelectorAll('[data-testid=stMarkdown]')].map((text) => text.innerText).join()"
"""what the comparison pages say below their slider"""

MARKERS = "() => document.querySelectorAll('path.event').length"
COUNTS = "() => document.querySelector('header h1 + p')?.textContent"
"""the line under the dashboard's title: the window and how many events are drawn"""


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    what: str
    value: float
    unit: str
    against: str = ""
    other: float = 0
    most: float | None = None
    """greatest allowed value / other; without an `other`, greatest value"""

    least: float | None = None
    """least allowed value; with an `other`, least allowed other / value"""

    @property
    def fine(self) -> bool:
        """Whether the bound holds; true where there is none."""
        share = self.value / self.other if self.other else self.value
        faster = self.other / self.value if self.other else self.value
        return (self.most is None or share <= self.most) and (self.least is None or faster >= self.least)


@dataclass(frozen=True)
class Bench:
    """What every measurement needs."""

    browser: Browser
    folder: Path
    rounds: int
    stack: ExitStack

    def map_page(self, address: str) -> Painted:
        """The dashboard at an address, painted."""
        return Painted(self.stack.enter_context(opened(self.browser, address)))

    def panj(self, *arguments: str, without_map: bool = False) -> str:
        """A dashboard that runs to the end of the measurement; its address."""
        environment = {"PANJ_WITHOUT_MAP": "1"} if without_map else None
        return self.stack.enter_context(dashboard(*arguments, log=self.folder / f"{free_port()}.log", environment=environment))

    def synthetic(self, count: int) -> str:
        """A dashboard that draws so many synthetic events."""
        return self.panj("--events", str(synthetic.write(self.folder / f"{count}.csv", count)), "--view", ALL_OF_THEM)

    def script(self, name: str, **environment: str) -> str:
        """A Streamlit script of this folder as its own server; its address."""
        port = free_port()
        command = (sys.executable, "-m", "streamlit", "run", str(HERE / name), "--server.port", str(port), "--server.address", "127.0.0.1",
                   "--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false")  # fmt: skip
        return self.stack.enter_context(served(*command, log=self.folder / f"{port}.log", port=port, environment=environment))

    def empty(self) -> Watched:
        """A page with one slider and nothing else."""
        page = self.stack.enter_context(opened(self.browser, self.script("empty_app.py")))
        page.get_by_role("slider").first.wait_for()
        return Watched(page, SENTENCE, alternating(slide, "ArrowRight", "ArrowLeft"))

    def medians(self, *acts: Callable[[], float]) -> list[float]:
        """The median of each; they take turns, so that a busy moment of the machine falls on all alike."""
        rounds = [[act() for act in acts] for _ in range(WARM_UP + self.rounds)]
        return [median(times) for times in zip(*rounds[WARM_UP:], strict=True)]


def key(bench: Bench) -> Iterator[Result]:
    """A handle moved by a key -> the map painted, against the rerun of an empty page."""
    shipped, many, empty = bench.map_page(bench.panj()), bench.map_page(bench.synthetic(5_000)), bench.empty()
    few_took, many_took, empty_took = bench.medians(shipped.key, many.key, empty.act)
    yield Result("key on a handle -> painted, shipped events", few_took, "ms", "rerun of an empty page", empty_took, most=0.5)
    yield Result("key on a handle -> painted, 5,000 events", many_took, "ms", "rerun of an empty page", empty_took, most=0.5)


def drag(bench: Bench) -> Iterator[Result]:
    """Paints per second while a handle is dragged over many events."""
    shipped, many = bench.map_page(bench.panj()), bench.map_page(bench.synthetic(100_000))
    shipped_rate, many_rate = bench.medians(lambda: shipped.frames_per_second(1), lambda: many.frames_per_second(1))
    yield Result("dragging a handle, shipped events", shipped_rate, "frames/s")
    yield Result("dragging a handle, 100,000 events", many_rate, "frames/s", least=20)


def release(bench: Bench) -> Iterator[Result]:
    """A handle let go -> Python's confirmation, against the same page without the map and against an empty one.

    Without the map a date field stands in for the handle; it is the same line of the page that is waited for.
    """
    page, empty = bench.map_page(bench.panj()), bench.empty()
    bare = Watched(bench.stack.enter_context(opened(bench.browser, bench.panj(without_map=True))), COUNTS,
                   alternating(step_day, "ArrowUp", "ArrowDown"))  # fmt: skip
    told, took, bare_took, empty_took = bench.medians(lambda: page.release_told(COUNTS), page.release, bare.act, empty.act)
    yield Result("handle let go -> counts by Python in the page", told, "ms", "the page without the map", bare_took, most=1.5)
    yield Result("handle let go -> confirmed by Python in the frame", took, "ms", "the page without the map", bare_took)
    yield Result("handle let go -> confirmed by Python in the frame", took, "ms", "rerun of an empty page", empty_took)


def usual(bench: Bench) -> Iterator[Result]:
    """A handle let go -> confirmed, against markers in a FeatureGroup and Streamlit's slider, the same events."""
    page = bench.map_page(bench.synthetic(5_000))
    leaflet = bench.stack.enter_context(files(Path(str(importlib.resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"))))
    address = bench.script("usual_app.py", USUAL_EVENTS=str(bench.folder / "5000.csv"), USUAL_LEAFLET=leaflet)
    other = bench.stack.enter_context(opened(bench.browser, address))
    markers = Watched(other, MARKERS, alternating(slide, "ArrowRight", "ArrowLeft"), in_map=True)
    painted, confirmed, took = bench.medians(page.key, page.release, markers.act)
    yield Result("key on a handle -> painted, 5,000 events", painted, "ms", "the usual way", took, least=20)
    yield Result("handle let go -> confirmed by Python, 5,000 events", confirmed, "ms", "the usual way", took, least=20)


def opening(bench: Bench) -> Iterator[Result]:
    """A page opened on a warm server -> the map painted, against the same page without the map."""
    address, bare_address = bench.panj(), bench.panj(without_map=True)

    def map_painted() -> float:
        with opened(bench.browser, address) as page:
            return Painted(page).opening()

    def counts_shown() -> float:
        with opened(bench.browser, bare_address) as page:
            return Watched(page, COUNTS, lambda _: None).opening()

    took, bare_took = bench.medians(map_painted, counts_shown)
    yield Result("page opened -> map painted", took, "ms", "the page without the map", bare_took, most=2)


def export(bench: Bench) -> Iterator[Result]:
    """A printed page from a cold start, and how much of it is Python importing libraries."""
    (took,) = bench.medians(lambda: _export(bench.folder)[0])
    (importing,) = bench.medians(lambda: _export(bench.folder, "-X", "importtime")[1])
    yield Result("panj export x.png, cold", took, "ms", most=5_000)
    yield Result("  of which importing", importing, "ms", "the whole", took)


def _export(folder: Path, *options: str) -> tuple[float, float]:
    """How long one export took, and how long its imports, ms; the latter only with `-X importtime`."""
    command = [PANJ[0], *options, *PANJ[1:], "export", str(folder / "x.png"), "--force"]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"panj export ended with {done.returncode}:\n{done.stderr}")
    own = re.findall(r"^import time: +(\d+) \|", done.stderr, re.MULTILINE)
    return took * 1000, sum(map(int, own)) / 1000


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A folder served on this machine; its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep the table clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


MEASURES: dict[str, Callable[[Bench], Iterator[Result]]] = {
    "key": key, "drag": drag, "release": release, "usual": usual, "opening": opening, "export": export,
}  # fmt: skip
