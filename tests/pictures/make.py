"""Make the README's pictures: `python -m tests.pictures.make` photographs the dashboard, exports a page and draws every symbol, beside this file."""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.chromium import browser
from tests.pictures import symbols
from tests.serving import PANJ, dashboard

HERE = Path(__file__).parent
VIEW = "from=2021-09-13&to=2021-09-19&id=event:EV20"
SIZE = ViewportSize(width=1280, height=800)
SETTLED = "() => { const d = document.body.dataset; return Number(d.drawn) && d.confirmed === d.window }"
PAUSE = 1500
"""ms for the letters' typeface and the last paint"""


def photograph(address: str, target: Path) -> None:
    """The dashboard as a browser window of 1280 x 800 shows it."""
    with browser() as chromium:
        page = chromium.new_page(viewport=SIZE)
        page.goto(address)
        element = page.wait_for_selector('iframe[title*="st_folium"]')
        frame = element.content_frame() if element else None
        assert frame, "the map has no frame"
        frame.wait_for_function(SETTLED)
        page.wait_for_timeout(PAUSE)
        page.screenshot(path=target)


def export(target: Path) -> None:
    """The same view as a printed page, at a size for the screen."""
    subprocess.run([*PANJ, "export", str(target), "--view", VIEW, "--dpi", "96", "--force"], check=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="panj-") as folder, dashboard("--view", VIEW, log=Path(folder) / "panj.log") as running:
        photograph(running, HERE / "dashboard.png")
    export(HERE / "page.png")
    symbols.make(HERE)
