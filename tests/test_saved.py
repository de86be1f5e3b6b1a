"""Saved views: kept whole, shared by several pages, never written over unread."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from dashboard import saved
from dashboard.saved import FILE, FileShelf, Shelf
from dashboard.saved_list import LONGEST_NAME, MOST, DamagedError, ShelfError, read

WEEK = "from=2021-09-13&to=2021-09-19"


@pytest.fixture(params=["memory", "file"])
def shelf(request, tmp_path: Path) -> Shelf:
    return Shelf() if request.param == "memory" else FileShelf(tmp_path / "panj")


def test_a_saved_view_is_there_under_its_name(shelf: Shelf):
    assert shelf.save("  Week\n37 ", WEEK) == "Week 37"
    assert shelf.views() == {"Week 37": WEEK}


def test_renaming_keeps_the_place_and_deleting_gives_the_view_back(shelf: Shelf):
    for name in ("a", "b", "c"):
        shelf.save(name, f"q={name}")
    shelf.rename("b", "B")
    assert list(shelf.views()) == ["a", "B", "c"]
    assert shelf.delete("B") == "q=b"
    assert list(shelf.views()) == ["a", "c"]


@pytest.mark.parametrize(("act", "words"), [
    (lambda shelf: shelf.save(" \n", ""), "a saved view needs a name"),
    (lambda shelf: shelf.save("x" * 101, ""), f"the name has 101 characters; at most {LONGEST_NAME} would be right"),
    (lambda shelf: shelf.save("one", "q=other"), "there is a saved view called 'one' already; another name would be right"),
    (lambda shelf: shelf.save("long", "q" * 20_001), "the view has 20,001 characters; at most 20,000 would be right"),
    (lambda shelf: shelf.rename("one", "two"), "there is a saved view called 'two' already; another name would be right"),
    (lambda shelf: shelf.rename("gone", "x"), "there is no saved view called 'gone' any more"),
    (lambda shelf: shelf.delete("gone"), "there is no saved view called 'gone' any more"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_and_changes_nothing(shelf: Shelf, act, words: str):
    shelf.save("one", "q=1")
    shelf.save("two", "q=2")
    with pytest.raises(ShelfError) as refused:
        act(shelf)
    assert str(refused.value) == words
    assert shelf.views() == {"one": "q=1", "two": "q=2"}


def test_saving_the_same_view_again_is_no_mistake(shelf: Shelf):
    shelf.save("one", WEEK)
    shelf.save("one", WEEK)
    assert shelf.views() == {"one": WEEK}


def test_a_full_list_takes_no_more(shelf: Shelf):
    shelf.add({str(number): "" for number in range(MOST)})
    with pytest.raises(ShelfError, match="1,000 saved views, which is the most"):
        shelf.save("one more", "")
    assert len(shelf.views()) == MOST


def test_an_exported_list_reads_back_and_adding_it_again_changes_nothing(shelf: Shelf):
    shelf.save("Неделя «37» <b>", f"{WEEK}&title=%D0%94")
    shelf.save("default", "")
    told = read(shelf.export(), "views.json")
    assert told == shelf.views()
    shelf.add(told)
    assert shelf.views() == told


def test_another_view_of_the_same_name_gets_a_number(shelf: Shelf):
    shelf.save("one", "q=1")
    assert shelf.add({"one": "q=2"}) == ["one (2)"]
    assert shelf.add({"one": "q=3"}) == ["one (3)"]
    assert shelf.views() == {"one": "q=1", "one (2)": "q=2", "one (3)": "q=3"}


@pytest.mark.parametrize(("content", "words"), [
    (b"", "x.json: is not a list of saved views: Expecting value"),
    (b"\xff\xfe", "x.json: is not a list of saved views: 'utf-8' codec"),
    (b"[" * 100_000, "x.json: is not a list of saved views"),
    (b'{"panj_views": ' + b"1" * 5000 + b', "views": []}', "x.json: is not a list of saved views: it holds a number or a nesting without end"),
    (b"[]", "x.json: is not a list of saved views; one exported here would be right"),
    (b'{"views": []}', "x.json: is not a list of saved views; one exported here would be right"),
    (b'{"panj_views": 1, "views": [{"name": "a"}]}', "x.json: view 1: has no name and view in words"),
    (b'{"panj_views": 1, "views": ["a"]}', "x.json: view 1: has no name and view in words"),
    (b'{"panj_views": 1, "views": [{"name": " ", "view": ""}]}', "x.json: view 1: a saved view needs a name"),
    (json.dumps({"panj_views": 1, "views": [{"name": "a", "view": "q" * 20_001}]}).encode(), "x.json: view 1: the view has 20,001 characters"),
])  # fmt: skip
def test_a_file_that_is_no_list_of_views_is_refused(content: bytes, words: str):
    with pytest.raises(DamagedError) as refused:
        read(content, "x.json")
    assert str(refused.value).startswith(words)


def test_the_file_is_private_and_plain_text(tmp_path: Path):
    FileShelf(tmp_path / "panj").save("Week", WEEK)
    path = tmp_path / "panj" / FILE
    assert json.loads(path.read_text(encoding="utf-8")) == {"panj_views": 1, "views": [{"name": "Week", "view": WEEK}]}
    assert sorted(item.name for item in path.parent.iterdir()) == [".lock", FILE]
    if os.name == "posix":
        assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_looking_at_an_empty_list_makes_no_file(tmp_path: Path):
    assert FileShelf(tmp_path / "panj").views() == {}
    assert not (tmp_path / "panj").exists()


def test_two_pages_share_the_list(tmp_path: Path):
    one, other = FileShelf(tmp_path), FileShelf(tmp_path)
    one.save("a", "q=a")
    other.save("b", "q=b")
    one.delete("a")
    assert one.views() == other.views() == {"b": "q=b"}


def test_nothing_is_lost_when_many_write_at_once(tmp_path: Path):
    def _writes(writer: int) -> None:
        own = FileShelf(tmp_path)
        for number in range(10):
            own.save(f"{writer}-{number}", WEEK)

    threads = [threading.Thread(target=_writes, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(FileShelf(tmp_path).views()) == {f"{writer}-{number}" for writer in range(6) for number in range(10)}


@pytest.mark.parametrize("look", [lambda shelf: shelf.views(), lambda shelf: shelf.save("new", "")])
def test_a_damaged_file_is_put_aside_and_it_is_said(tmp_path: Path, look):
    (tmp_path / "views.damaged-1.json").write_text("an earlier one", encoding="utf-8")
    (tmp_path / FILE).write_text('{"panj_views": 1, "views": [', encoding="utf-8")
    shelf = FileShelf(tmp_path)
    look(shelf)
    (said,) = shelf.said
    assert said.startswith("views.json: is not a list of saved views: Expecting value")
    assert said.endswith(f"It was put aside as {tmp_path / 'views.damaged-2.json'}, and a new list was begun")
    assert (tmp_path / "views.damaged-2.json").read_text(encoding="utf-8") == '{"panj_views": 1, "views": ['
    assert (tmp_path / "views.damaged-1.json").read_text(encoding="utf-8") == "an earlier one"
    shelf.save("after", "")
    assert "after" in FileShelf(tmp_path).views()


@pytest.mark.parametrize("content", ['{"panj_views": ' + "1" * 5000 + ', "views": []}', "[" * 100_000])
def test_a_file_no_reader_can_take_in_is_put_aside_too(tmp_path: Path, content: str):
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert FileShelf(tmp_path).views() == {}
    assert (tmp_path / "views.damaged-1.json").read_text(encoding="utf-8") == content
    FileShelf(tmp_path).save("after", "")
    assert list(FileShelf(tmp_path).views()) == ["after"]


def test_a_list_of_a_later_version_is_left_alone(tmp_path: Path):
    later = '{"panj_views": 2, "views": {}, "more": 1}'.replace("{}", "[]")
    (tmp_path / FILE).write_text(later, encoding="utf-8")
    shelf = FileShelf(tmp_path)
    assert shelf.views() == {}
    assert shelf.said == ["views.json: was written by a later version of panj; it was left as it is"]
    with pytest.raises(ShelfError, match="later version"):
        shelf.save("new", "")
    assert (tmp_path / FILE).read_text(encoding="utf-8") == later


def test_a_write_that_fails_leaves_the_old_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shelf = FileShelf(tmp_path)
    shelf.save("kept", WEEK)

    def _full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(ShelfError, match=r"views\.json: cannot be written: No space left on device; nothing was changed"):
        shelf.save("new", "")
    assert shelf.views() == {"kept": WEEK}
    assert sorted(item.name for item in tmp_path.iterdir()) == [".lock", FILE]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ShelfError, match="cannot be written"):
        FileShelf(tmp_path / "file").save("new", "")


@pytest.mark.parametrize(("platform", "environment", "where"), [
    ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data/panj")),
    ("linux", {}, Path("/home/me/.local/share/panj")),
    ("darwin", {"XDG_DATA_HOME": "/data"}, Path("/home/me/Library/Application Support/panj")),
    ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/panj")),
    ("win32", {}, Path("/home/me/AppData/Local/panj")),
    ("linux", {"PANJ_HOME": "/mine", "XDG_DATA_HOME": "/data"}, Path("/mine")),
])  # fmt: skip
def test_the_folder_is_the_systems_own(platform: str, environment: dict[str, str], where: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("PANJ_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: Path("/home/me")))
    assert saved.home() == where


def test_sessions_share_a_folder_or_keep_to_themselves(tmp_path: Path):
    try:
        saved.keep_in(tmp_path)
        saved.shelf().save("shared", "")
        assert (saved.shelf().views(), saved.shelf().lasting) == ({"shared": ""}, True)
    finally:
        saved.keep_in(None)
    one = saved.shelf()
    one.save("own", "")
    assert (saved.shelf().views(), one.lasting) == ({}, False)
