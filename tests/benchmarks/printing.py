"""Printed outputs against a screenshot of the usual map, and an atlas against as many single exports."""

from __future__ import annotations

import gc
import importlib.resources
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

from playwright.sync_api import Browser, ViewportSize

from dashboard import outputs
from dashboard.series import series
from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import load
from tests.benchmarks import usual_map
from tests.benchmarks.measures import Bench, Result, files
from tests.chromium import browser as started
from tests.serving import PANJ

A4 = ViewportSize(width=3508, height=2480)
"""pixels of A4 at 300 dpi"""

MONTH = "from=2021-09-06&to=2021-10-05"
"""thirty days"""

SAMPLE = 5
"""of so many steps one is exported by itself"""


def printed(bench: Bench) -> Iterator[Result]:
    """The default view in a warm process, against opening the same map as folium's HTML in a running browser and taking its picture."""
    atlas, view = load(), View()
    shutil.copytree(str(importlib.resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"), bench.folder / "leaflet")
    (bench.folder / "map.html").write_text(usual_map.html(atlas, scene(atlas, view)), encoding="utf-8")
    address = bench.stack.enter_context(files(bench.folder)) + "/map.html"

    gc.freeze()  # as the server does once it has loaded

    def export(ending: str) -> Callable[[], float]:
        return lambda: _timed(lambda: outputs.OUTPUTS[ending](atlas, scene(atlas, view), outputs.Paper(dpi=300)))

    *took, shot = bench.medians(*(export(ending) for ending in (".png", ".pdf", ".pptx")), lambda: _timed(lambda: _shot(bench.browser, address)))
    for ending, time_taken, most in zip((".png", ".pdf", ".pptx"), took, (1, 1, 2), strict=True):
        yield Result(f"warm export of the default view, {ending}", time_taken, "ms", "screenshot of the folium map", shot, most=most)
    yield Result("  the screenshot with the start of a browser", _with_start(address), "ms", "in a running one", shot)


def atlas(bench: Bench) -> Iterator[Result]:
    """A page of an atlas of thirty days, the start of the program included, against a page by a command of its own."""
    target = bench.folder / "atlas"
    whole = _command("atlas", str(target), "--every", "day", "--view", MONTH)
    steps = series(load(), View.from_query(MONTH), "day").steps
    alone = mean(_command("export", str(bench.folder / f"{step.stem}.pdf"), "--view", step.view.to_query()) for step in steps[::SAMPLE])
    yield Result(f"panj atlas of {len(steps)} days, per page", whole / len(steps), "ms", "panj export, cold", alone, least=5)


def _shot(browser: Browser, address: str) -> bytes:
    """The picture of the map, all of it drawn."""
    page = browser.new_page(viewport=A4)
    try:
        page.goto(address, wait_until="load")
        page.wait_for_selector("path.event", state="attached")
        return page.screenshot(type="png")
    finally:
        page.close()


def _with_start(address: str) -> float:
    """Ms from starting a browser to the picture, with a second driver process beside the one at work."""
    code = "import sys; from tests.benchmarks import printing; printing.started_shot(sys.argv[1])"
    start = time.perf_counter()
    subprocess.run([PANJ[0], "-c", code, address], cwd=Path(__file__).parents[2], check=True)
    return (time.perf_counter() - start) * 1000


def started_shot(address: str) -> None:
    """Start a browser and take the picture."""
    with started() as running:
        _shot(running, address)


def _timed(act: Callable[[], object]) -> float:
    """Ms."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _command(*arguments: str) -> float:
    """Ms of a panj command; RuntimeError with what it said when it failed."""
    start = time.perf_counter()
    done = subprocess.run([*PANJ, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"panj {arguments[0]} ended with {done.returncode}:\n{done.stderr}")
    return (time.perf_counter() - start) * 1000
