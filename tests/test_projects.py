"""An analyst's own work comes back as it was kept, to the browser that kept it and to no other."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import projects, server
from dashboard.guard import Tokened
from dashboard.projects import MERGE, ProjectError, Projects, Work
from geodata.intake import Mapping
from geodata.intake.draft import Edit
from tests.serving import awaited, dashboard
from tests.test_server import get

WORK = Work("мой файл.csv", b"title;date\na;b\n", Mapping({"title": "title", "start": "date"}, answers={"date order": "day first"}),
            (Edit(2, "start", "2021-09-16"),), ({"event": "own-1", "title": "a <b>"},), MERGE)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Projects:
    return Projects(tmp_path / "projects")


def test_work_comes_back_as_it_was_kept(store: Projects):
    token = projects.token()
    assert store.open(token) == (Work(), 0)
    assert store.keep(token, WORK, 0) == 1
    assert store.open(token) == (WORK, 1)
    assert Projects(store.folder).open(token) == (WORK, 1)


def test_a_token_opens_its_own_work_alone(store: Projects):
    ours, theirs = projects.token(), projects.token()
    store.keep(ours, WORK, 0)
    assert store.open(theirs) == (Work(), 0)
    assert not [path.name for path in store.folder.iterdir() if ours in path.name]


def test_files_are_for_their_owner_alone(store: Projects):
    store.keep(projects.token(), WORK, 0)
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_what_another_window_has_kept_is_not_written_over(store: Projects):
    token = projects.token()
    store.keep(token, WORK, 0)
    store.keep(token, replace(WORK, use=""), 1)
    with pytest.raises(ProjectError, match="another window has changed this work meanwhile"):
        store.keep(token, WORK, 1)
    assert store.open(token) == (replace(WORK, use=""), 2)


def test_a_file_that_is_no_longer_used_goes(store: Projects):
    token = projects.token()
    store.keep(token, WORK, 0)
    store.keep(token, replace(WORK, content=b"another"), 1)
    assert [path.read_bytes() for path in store.folder.glob("*.file")] == [b"another"]
    store.keep(token, Work(), 2)
    assert list(store.folder.glob("*.file")) == []


def test_the_work_before_stays_until_it_is_kept_without(store: Projects):
    token, later = projects.token(), replace(WORK, content=b"another", mapping=None, edits=())
    assert store.before(token) is None
    store.keep(token, WORK, 0)
    store.keep(token, later, 1, before=WORK)
    assert (store.open(token), store.before(token)) == ((later, 2), WORK)
    assert {path.read_bytes() for path in store.folder.glob("*.file")} == {WORK.content, b"another"}
    store.keep(token, later, 2)
    assert (store.open(token), store.before(token)) == ((later, 3), None)
    assert [path.read_bytes() for path in store.folder.glob("*.file")] == [b"another"]


def test_a_file_that_cannot_be_removed_yet_goes_with_a_later_keep(store: Projects, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    token, later = projects.token(), replace(WORK, content=b"another")
    store.keep(token, WORK, 0)
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", held_open)
        assert store.keep(token, later, 1) == 2
    assert "cannot be removed yet: held open" in caplog.text
    assert store.keep(token, later, 2) == 3
    assert [path.read_bytes() for path in store.folder.glob("*.file")] == [b"another"]


def held_open(path: Path, missing_ok: bool = False) -> None:
    """As where another program has the file open; a draft is gone already once it was put in its place."""
    if path.suffix == ".file":
        raise PermissionError(13, "held open")


def test_mappings_are_remembered_for_one_browser_alone(store: Projects):
    ours, theirs = projects.token(), projects.token()
    assert store.memory(ours) == Projects(store.folder).memory(ours)
    assert store.memory(ours) != store.memory(theirs)
    assert ours not in store.memory(ours).name


def test_mappings_are_forgotten_for_one_browser_alone(store: Projects):
    ours, theirs = projects.token(), projects.token()
    for token in (ours, theirs):
        store.memory(token).mkdir(parents=True)
        (store.memory(token) / "columns-1.toml").write_text("[columns]")
    store.forget(ours)
    store.forget(ours)
    assert [path.name for path in store.folder.iterdir()] == [store.memory(theirs).name]
    assert list(store.memory(theirs).iterdir())


@pytest.mark.parametrize("change", [
    {"panj": "views"}, {"serial": "1"}, {"use": "steal"}, {"edits": [[2, "no column", "x"]]}, {"edits": 7}, {"file": "../../etc/passwd"},
    {"mapping": "not [toml"}, {"added": [7]}, {"file": "0" * 64},
], ids=str)  # fmt: skip
def test_a_damaged_project_is_said_and_left_as_it_is(store: Projects, change: dict):
    token = projects.token()
    store.keep(token, WORK, 0)
    (path,) = store.folder.glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"is no project file|cannot be read"):
        store.open(token)
    assert path.read_bytes() == before


def test_damaged_work_before_is_said_and_left_as_it_is(store: Projects):
    token = projects.token()
    store.keep(token, WORK, 0, before=WORK)
    (path,) = store.folder.glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "before": 7}))
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="is no project file, or a damaged one"):
        store.before(token)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(ProjectError, match="cannot be written"):
        Projects(tmp_path / "taken").keep(projects.token(), WORK, 0)


def test_only_what_was_made_as_a_token_is_one():
    assert projects.is_token(projects.token())
    assert not any(map(projects.is_token, ("", "short", "../" * 20, "a" * 65, "a" * 31 + "é", "x" * 40 + "\n")))


@pytest.mark.parametrize(("host", "lasting"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False), ("192.0.2.1", False)])
def test_work_lasts_by_itself_only_where_one_machine_is_served(host: str, lasting: bool):
    assert (server._projects(host) is not None) == lasting


def test_the_page_carries_a_token_that_no_script_reads(tmp_path: Path, log: Path):
    with dashboard(log=log, environment={"PANJ_HOME": str(tmp_path / "home")}) as address:
        first, second = (get(address, "/")[1]["set-cookie"] for _ in range(2))
        assert [part.strip() for part in first.split(";")[1:]] == ["Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Lax"]
        name, _, token = first.split(";")[0].partition("=")
        assert (name, projects.is_token(token)) == (projects.COOKIE, True)
        assert first != second
        assert get(address, "/", Cookie=f"other=1; {name}={token}")[1]["set-cookie"] == first, "the browser's own, for another year"
        assert "panj-project" in get(address, "/", Cookie=f"{name}=guessed")[1]["set-cookie"]
        assert [get(address, f"/own/{token}/{path}")[0] for path in ("rows.json", "cleaned.csv", "work")] == [404, 404, 404]


def test_work_of_one_theatre_is_not_drawn_in_another(tmp_path: Path):
    places = [server.own_place(tmp_path, theatre) for theatre in (None, tmp_path / "a", tmp_path / "b")]
    assert len(set(places)) == 3
    assert server.own_place(tmp_path, tmp_path / "b" / ".." / "a") == places[1]
    assert server.own_place(None, tmp_path) is None
    token = projects.token()
    Projects(places[1]).keep(token, WORK, 0)
    assert Projects(places[1]).open(token)[0] == WORK
    assert all(Projects(place).open(token)[0].empty for place in (places[0], places[2]))


def test_no_token_is_given_where_nothing_is_kept():
    sent: list[dict] = []

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    for fresh in ("", "a-token"):
        awaited(Tokened(app, projects.COOKIE, projects.is_token, lambda fresh=fresh: fresh)(scope, None, send))
    told = b"panj-project=a-token; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    assert [message["headers"] for message in sent] == [[], [(b"set-cookie", told)]]
