"""What the server answers, what it refuses, and how it says that it cannot start."""

import gzip
import http.client
import json
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit import config
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard import guard, server, webmap
from dashboard.desk import desk, open_desk
from tests.serving import PANJ, dashboard, free_port

POLICY = ("default-src 'self'", "img-src 'self' data: blob:", "frame-ancestors 'self'", "object-src 'none'")


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def data_names() -> dict[str, str]:
    return {name.split("-")[0]: name for name in webmap.data_files(desk().atlas)}


@pytest.mark.parametrize(
    "path",
    ["/", "/vendor/leaflet/leaflet.js", "/assets/panj.css", "/component/streamlit_folium.st_folium/index.html", "/data/none.json", "/_stcore/health"],
)
def test_every_answer_carries_the_headers(shipped: str, path: str):
    _, headers, _ = get(shipped, path)
    assert [part for part in POLICY if part not in headers["content-security-policy"]] == []
    assert "http" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


@pytest.mark.parametrize("told", ["", "x", "evil.example"])
def test_sockets_are_allowed_to_the_address_the_page_came_from_alone(shipped: str, told: str):
    host = urlsplit(shipped).netloc
    sent = {"": {}, "x": {"Host": f"{host}/; script-src *"}, "evil.example": {"Host": "evil.example"}}[told]
    parts = get(shipped, "/", **sent)[1]["content-security-policy"].split("; ")
    (sockets,) = [part for part in parts if part.startswith("connect-src")]
    assert sockets == ("connect-src 'self'" if told else f"connect-src 'self' ws://{host} wss://{host}")
    assert len([part for part in parts if part.startswith("script-src")]) == 1


@pytest.mark.parametrize("name", ["theatre", "rows"])
def test_data_is_compressed_and_kept_for_good(shipped: str, name: str):
    path = f"/data/{data_names()[name]}"
    status, headers, content = get(shipped, path, **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"], headers["cache-control"]) == (200, "gzip", "public, max-age=31536000, immutable")
    plain = get(shipped, path)[2]
    assert gzip.decompress(content) == plain
    assert json.loads(plain)


def test_assets_are_kept_for_good_when_their_digest_is_asked_for(shipped: str):
    assert get(shipped, f"/assets/{webmap.versioned('frame.js').rsplit('/', 1)[1]}")[1]["cache-control"].endswith("immutable")
    assert get(shipped, "/assets/frame.js")[1]["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/data/none.json", "/data/..%2f..%2fpyproject.toml", "/assets/..%2fserver.py", "/assets/../server.py", "/picture/guess.png"]
)
def test_nothing_else_is_given_out(shipped: str, path: str):
    status, _, content = get(shipped, path)
    assert status in (400, 404) or b'<div id="root">' in content
    assert b"import" not in content


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example"}, {"Origin": "null"}, {"Origin": "https://evil.example"}],
                         ids=str)  # fmt: skip
def test_another_sites_page_is_refused(shipped: str, headers: dict[str, str]):
    assert get(shipped, "/", **headers)[0] == 403


def test_another_sites_page_gets_no_connection(shipped: str):
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(f"{shipped.replace('http', 'ws')}/_stcore/stream", origin="https://evil.example", proxy=None),
    ):
        pytest.fail("the connection was accepted")


def test_our_own_page_gets_one(shipped: str):
    with connect(f"{shipped.replace('http', 'ws')}/_stcore/stream", origin=shipped, subprotocols=["streamlit"], proxy=None) as stream:
        assert stream.response.status_code == 101


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*PANJ, "--no-browser", "--port", str(port)], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stderr == f"--port {port}: something else is listening there already; another number, such as --port {port + 1}, would be right\n"
    assert done.stdout == ""


def test_an_address_of_another_machine_is_told_in_a_sentence(tmp_path: Path):
    done = subprocess.run([*PANJ, "--no-browser", "--host", "192.0.2.1"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "--host 192.0.2.1: this machine has no such address\n")


def test_small_messages_are_sent_at_once():
    """Asyncio switches Nagle's algorithm off only where the protocol is named."""
    with server.listening("127.0.0.1", 0) as door:
        assert door.proto == socket.IPPROTO_TCP


def test_every_setting_is_one_streamlit_knows():
    assert set(server.settings("127.0.0.1", 8501)) <= set(config.get_config_options())


def test_listening_everywhere_is_said(tmp_path: Path):
    log = tmp_path / "panj.log"
    with dashboard("--host", "0.0.0.0", log=log) as address:
        assert [get(address, "/", Host=name)[0] for name in ("192.0.2.7:80", "[::1]:80", socket.gethostname(), "any.name")] == [200, 200, 200, 403]
    assert "It answers on every address of this machine" in log.read_text()


@pytest.mark.parametrize(("host", "alone"), [
    ("127.0.0.1", True), ("127.0.0.2", True), ("::1", True), ("localhost", True), ("192.0.2.2", False), ("0.0.0.0", False), ("panj.example", False),
])  # fmt: skip
def test_it_is_known_whether_only_this_machine_is_served(host: str, alone: bool):
    assert guard.loopback(host) == alone


@pytest.mark.parametrize(("host", "welcome", "refused"), [
    ("127.0.0.1", ["127.0.0.1", "localhost", "::1", "panj.example"], ["192.0.2.2", "evil.example", ""]),
    ("192.0.2.2", ["192.0.2.2", "127.0.0.1"], ["192.0.2.3", "evil.example", ""]),
    ("fd00::0001", ["fd00::1", "localhost"], ["fd00::2", "desk", ""]),
    ("desk.example", ["desk.example", "localhost"], ["evil.example", "example", ""]),
    ("0.0.0.0", ["192.0.2.2", "2001:db8::1", "localhost", "desk", "desk.lan", "desk.local", "panj.example"],
     ["evil.example", "desk-evil.example", "desk.evil.example", ".local", ""]),
])  # fmt: skip
def test_a_server_answers_to_its_own_names(host: str, welcome: list[str], refused: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "Desk.lan")
    assert [name for name in [*welcome, *refused] if guard.answers_to(name, host, ("panj.example",))] == welcome


def test_it_says_who_can_see_the_page():
    assert server.reach("192.0.2.2") == "It answers at 192.0.2.2: everyone who can reach it sees it."
    assert server.reach("127.0.0.1") == ""


def test_it_stops_when_asked_and_without_a_trace(tmp_path: Path):
    log = tmp_path / "panj.log"
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen([*PANJ, "--no-browser", "--port", str(port)], cwd=tmp_path, stdout=output, stderr=output)
        try:
            while not log.read_text():
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            process.wait(60)
        finally:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text()


def test_an_unusable_file_leaves_a_desk_without_events(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text("title,colour\n", encoding="utf-8")
    opened = open_desk(path, None)
    assert (opened.atlas.events_file, len(opened.atlas.versions), opened.own) == ("mine.csv", 0, True)
    assert "missing column 'start'" in opened.trouble[0]


def test_rows_of_ones_own_have_another_name_every_time(tmp_path: Path):
    path = tmp_path / "mine.csv"
    path.write_text("title,start,place,lat,lon\nx,2021-09-01,Dushanbe,38.5,68.8\n", encoding="utf-8")
    names = [next(name for name in open_desk(path, None).files if name.startswith("rows-")) for _ in range(2)]
    assert names[0] != names[1]
    assert not set(names) & set(data_names().values())


def test_a_session_has_one_thread():
    """With fast reruns a newer request would run beside the callback of the one before."""
    assert server.settings("127.0.0.1", 8501)["runner.fastReruns"] is False


def test_streamlit_reports_nothing_and_watches_nothing():
    chosen = server.settings("127.0.0.1", 8501)
    assert (chosen["browser.gatherUsageStats"], chosen["server.fileWatcherType"], chosen["client.showErrorDetails"]) == (False, "none", "none")
    assert (chosen["server.address"], chosen["browser.serverAddress"]) == ("127.0.0.1", "127.0.0.1")
    assert server.settings("0.0.0.0", 8501)["browser.serverAddress"] == "localhost"


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:8501/"), ("::1", "http://[::1]:8501/"), ("0.0.0.0", "http://localhost:8501/")]
)
def test_the_address_is_one_a_browser_can_open(host: str, address: str):
    assert server.address(host, 8501) == address
