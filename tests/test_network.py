"""No network: neither the dashboard nor a command reaches for a host other than this machine."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.serving import PANJ, dashboard, fetch

ROOT = Path(__file__).parents[1]
TRIPWIRE = Path(__file__).parent / "tripwire"
TRIPPED = 86


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "tripwire.log"


@pytest.fixture
def environment(log: Path) -> dict[str, str]:
    """An environment in which every Python started ends when it reaches for another host."""
    return {**os.environ, "PYTHONPATH": str(TRIPWIRE), "TRIPWIRE_LOG": str(log)}


def run(*command: str | Path, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize(("event", "code"), [
    ("socket.connect", "import socket; socket.socket().connect(('192.0.2.1', 9))"),
    ("socket.connect", "import socket; socket.socket().connect_ex(('192.0.2.1', 9))"),
    ("socket.connect", "import socket; socket.socket(socket.AF_INET6).connect(('2001:db8::1', 9))"),
    ("socket.sendto", "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))"),
    ("socket.getaddrinfo", "import urllib.request; urllib.request.urlopen('http://host.invalid/')"),
    ("socket.getaddrinfo", "import socket\ntry: socket.getaddrinfo(b'host.invalid', 80)\nfinally: print('never reached')"),
    ("socket.gethostbyname", "import socket, threading; threading.Thread(target=socket.gethostbyname_ex, args=('host.invalid',)).start()"),
])  # fmt: skip
def test_reaching_for_another_host_is_caught(event: str, code: str, log: Path, environment: dict[str, str], tmp_path: Path):
    """The audit event comes before the packet, so nothing is sent."""
    done = run(sys.executable, "-c", code, folder=tmp_path, environment=environment)
    assert (done.returncode, done.stdout) == (TRIPPED, "")
    assert log.read_text().startswith(f"{event} ")


def test_this_machine_may_be_reached(log: Path, environment: dict[str, str], tmp_path: Path):
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(('localhost', s.getsockname()[1])); print('fine')"
    done = run(sys.executable, "-c", code, folder=tmp_path, environment=environment)
    assert (done.returncode, done.stdout) == (0, "fine\n")
    assert not log.exists()


@pytest.mark.parametrize("words", [("export", "x.json"), ("export", "x.png"), ("export", "x.csv"), ("check", str(ROOT / "events.csv")), ("info",)],
                         ids=" ".join)  # fmt: skip
def test_a_command_reaches_for_no_other_host(words: tuple[str, ...], log: Path, environment: dict[str, str], tmp_path: Path):
    done = run(*PANJ, *words, folder=tmp_path, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert not log.exists()


def messages(address: str) -> list[bytes]:
    """What the server sends to a browser that opens the page, up to the end of the first run."""
    opened = BackMsg()
    opened.rerun_script.query_string = ""
    received: list[bytes] = []
    with connect(f"{address.replace('http', 'ws')}/_stcore/stream", subprotocols=["streamlit"], max_size=None, proxy=None) as stream:
        stream.send(opened.SerializeToString())
        while not received or ForwardMsg.FromString(received[-1]).WhichOneof("type") != "script_finished":
            received.append(stream.recv(timeout=120))
    return received


def test_the_dashboard_reaches_for_no_other_host(log: Path, environment: dict[str, str], tmp_path: Path):
    printed = tmp_path / "printed.log"
    with dashboard(log=printed, environment=environment) as address:
        assert b"<script" in fetch(address)
        sent = messages(address)
        told = [ForwardMsg.FromString(message) for message in sent]
        elements = [message.delta.new_element.WhichOneof("type") for message in told if message.WhichOneof("type") == "delta"]
        assert told[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        assert "component_instance" in elements  # the map
        assert "exception" not in elements
        names = {name.decode() for name in re.findall(rb"(?:theatre|rows)-[0-9a-f]+\.json", b"".join(sent))}
        assert len(names) == 2
        assert all(fetch(f"{address}/data/{name}").startswith(b"{") for name in names)
        assert not log.exists(), log.read_text()
    assert "Traceback" not in printed.read_text()
    assert not log.exists(), log.read_text()
