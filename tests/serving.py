"""A dashboard running on this machine for as long as a block lasts."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
START_SECONDS = 120
STOP_SECONDS = 20
PANJ = (sys.executable, "-P", "-m", "dashboard")


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def dashboard(*arguments: str, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start `panj` with more arguments and environment; gives its address, and ends it however the block ends."""
    port = free_port()
    with served(*PANJ, "--no-browser", "--port", str(port), *arguments, log=log, port=port, environment=environment) as address:
        yield address


@contextmanager
def served(*command: str, log: Path, port: int, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Any Streamlit server; what it prints goes to `log`, and is shown when it does not start. What it keeps lies beside the log."""
    own = {"PANJ_HOME": str(log.parent / "home")}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=log.parent, env={**os.environ, **own, **(environment or {})}, stdin=subprocess.DEVNULL,
                                   stdout=output, stderr=subprocess.STDOUT)  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, log)
            yield address
        finally:
            stop(process)


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; RuntimeError with what it printed when it ends first or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{address} does not answer (exit code {process.poll()}):\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def answers(address: str) -> bool:
    """Whether the page can be fetched."""
    try:
        return bool(fetch(address))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def fetch(address: str) -> bytes:
    """What this machine serves at an address, past any proxy that is set."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as response:
        return response.read()


def stop(process: subprocess.Popen) -> None:
    """End a process this module started, by force if asking does not help."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run on a thread of its own: the browser tests' loop may be running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
