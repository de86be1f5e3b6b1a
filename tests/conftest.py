"""What the browser tests share: one browser, one dashboard with the shipped events, pages that report every request."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.browser.screen import Screen


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background of a script, which every program started from here would inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("the same each time", derandomize=True)
settings.load_profile("the same each time")  # a search by chance is asked for: pytest --hypothesis-profile=default


@pytest.fixture(scope="session")
def browser():
    """The installed browser; a sentence when there is none."""
    from tests import chromium

    try:
        chromium.executable()
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard with the shipped events."""
    from tests.serving import dashboard

    with dashboard(log=tmp_path_factory.mktemp("shipped") / "panj.log") as address:
        yield address


@pytest.fixture
def screen(browser, shipped: str) -> Iterator[Screen]:
    """A window of 1280 x 900 on the shipped events."""
    from tests.browser.screen import Screen

    with Screen(browser, shipped) as opened:
        yield opened


@pytest.fixture(scope="session")
def atlas():
    """The shipped facts."""
    from geodata.atlas import load

    return load()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where a server of a single test prints."""
    return tmp_path / "panj.log"
