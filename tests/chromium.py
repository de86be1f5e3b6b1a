"""The installed browser, driven without a screen."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    "--no-sandbox",  # root, as in CI, gets no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",  # the browser's own requests are no part of what is tested
    "--disable-component-update",
)


def executable() -> str:
    """Path of the browser: what $PANJ_CHROMIUM names, else Debian's `chromium`."""
    name = os.environ.get("PANJ_CHROMIUM", "chromium")
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"there is no browser {name!r}; bash tests/run.sh finds or installs one, or PANJ_CHROMIUM names one")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser for as long as a block lasts."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()
