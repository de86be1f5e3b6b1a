"""The dashboard in a browser window, as an analyst uses it: conditions are waited for, never times."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, Frame, Locator, Page

from dashboard.view import View, read_view

PATIENCE = 60_000
"""longest anything may take, ms"""

HERE = ("127.0.0.1", "localhost")


class Screen:
    """One window; whatever asks for another host is stopped and noted."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1280, height: int = 900) -> None:
        """Open an empty window."""
        self.address, self.elsewhere, self.faults = address, [], []
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.context.set_default_timeout(PATIENCE)
        self.context.route(re.compile(".*"), self._only_here)
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def __enter__(self) -> Screen:
        """Nothing to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the window."""
        self.context.close()

    def _only_here(self, route) -> None:
        if urlsplit(route.request.url).hostname in HERE or urlsplit(route.request.url).scheme in ("data", "blob"):
            route.continue_()
        else:
            self.elsewhere.append(route.request.url)
            route.abort()

    def open(self, query: str = "") -> Screen:
        """Open a view and wait until it is drawn and confirmed."""
        self.page.goto(f"{self.address}/?{query}".rstrip("?"))
        return self.ready()

    def ready(self) -> Screen:
        """Wait until Python has confirmed what the map draws."""
        self.until("() => { const d = document.body ? document.body.dataset : {}; return d.painted && d.confirmed === d.window }")
        return self

    def until(self, condition: str, arg: object = None) -> None:
        """Wait for a condition in the map's frame."""
        self.frame.wait_for_function(condition, arg=arg, polling=50, timeout=PATIENCE)

    @property
    def frame(self) -> Frame:
        """The map's frame, loaded."""
        element = self.page.wait_for_selector('iframe[title*="st_folium"]', state="attached")
        frame = element.content_frame() if element else None
        assert frame, "the map has no frame"
        frame.wait_for_load_state()
        return frame

    def data(self, name: str) -> str:
        """What the frame says of its last paint."""
        return self.frame.evaluate("name => document.body.dataset[name] || ''", name)

    @property
    def ids(self) -> set[str]:
        """Events drawn, as the frame says."""
        return set(self.data("ids").split())

    @property
    def view(self) -> View:
        """The view of the address bar."""
        view, complaints = read_view(urlsplit(self.page.url).query)
        assert not complaints, complaints
        return view

    @property
    def keys(self) -> dict[str, str]:
        """Keys and values of the address bar."""
        return dict(parse_qsl(urlsplit(self.page.url).query, keep_blank_values=True))

    def wait_for_address(self, key: str, value: str | None) -> None:
        """Wait until a key of the address has a value; None = is not there."""
        self.page.wait_for_function("([key, value]) => new URLSearchParams(location.search).get(key) === value", arg=[key, value], timeout=PATIENCE)
        self.idle()

    def idle(self) -> None:
        """Wait until the page's script has run, so that what comes next meets the page it made."""
        self.page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")

    def may_lose(self) -> None:
        """From the next page on, a message to the server can be lost; the page's clock can be put forward."""
        self.page.clock.install()
        self.page.add_init_script("""{
          const send = WebSocket.prototype.send;
          window.lost = window.sent = 0;
          WebSocket.prototype.send = function (message) {
            window.sent += 1;
            if (!window.losing) return send.call(this, message);
            window.losing = false;
            window.lost += 1;
          };
        }""")

    def lose_next(self) -> None:
        """Lose the next message to the server, once what has been told is heard."""
        self.idle()
        self.until("() => !panj.answers.waiting()")
        self.page.evaluate("() => { window.losing = true; }")

    def wait_for_loss(self) -> None:
        """Wait until a message is lost."""
        self.page.wait_for_function("() => window.lost === 1")

    @property
    def sent(self) -> int:
        """How many messages went to the server."""
        return self.page.evaluate("() => window.sent")

    def later(self, seconds: int) -> None:
        """Put the page's clock forward: what waits for a time is done."""
        self.page.clock.fast_forward(seconds * 1000)

    def slider(self, name: str) -> Locator:
        """A handle of the timeline."""
        return self.frame.get_by_role("slider", name=f"Dates - {name}")

    def grip(self, name: str) -> tuple[float, float]:
        """Where a handle is, px of the page."""
        box = self.slider(name).bounding_box()
        assert box, "the handle is not in sight"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, name: str, by: float) -> None:
        """Take a handle and move it, without letting go."""
        x, y = self.grip(name)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by, y, steps=6)

    def release(self) -> None:
        """Let go, and wait for Python."""
        self.page.mouse.up()
        self.ready()

    def bounds(self) -> list[float]:
        """West, south, east, north of the map."""
        return self.frame.evaluate("() => { const b = panj.frame.map().getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()] }")

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place is, px of the page."""
        x, y = self.frame.evaluate("([lat, lon]) => { const p = panj.frame.map().latLngToContainerPoint([lat, lon]); return [p.x, p.y] }", [lat, lon])
        return self._from_map(x, y)

    def spot(self, event: str) -> tuple[float, float]:
        """Where an event's symbol is, px of the page."""
        found = self.frame.evaluate(
            """id => {
              const spot = panj.frame.state.plan.spots.find((s) => s.item.id === id);
              const corner = (name) => document.querySelector(name).getBoundingClientRect();
              const canvas = corner(".leaflet-panj-marks-pane canvas"), map = corner(".leaflet-container");
              return spot && [spot.x + canvas.left - map.left, spot.y + canvas.top - map.top];
            }""",
            event,
        )
        assert found, f"{event} has no symbol of its own on the map"
        return self._from_map(*found)

    def _from_map(self, x: float, y: float) -> tuple[float, float]:
        box = self.frame.locator(".leaflet-container").bounding_box()
        assert box
        return box["x"] + x, box["y"] + y

    @property
    def record(self) -> Locator:
        """The record panel."""
        return self.page.locator(".panj-piece.panj-record")

    def record_of(self, title: str) -> str:
        """The text of the record, once it is that of `title`."""
        self.record.locator("h2", has_text=title).wait_for()
        return self.record.inner_text()

    @property
    def counts(self) -> str:
        """The line under the title."""
        return self.page.locator("header h1 + p").inner_text()

    def choose(self, label: str, option: str) -> None:
        """Choose from one of Streamlit's lists with the keyboard."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option).first.click()
