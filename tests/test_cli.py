"""The command: exit codes, sentences, files written whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace

import pytest

from dashboard.asked import files_read
from dashboard.cli import main
from dashboard.outputs import OutputError, spared
from geodata import atlas
from tests.tables import row, write


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_export_writes_the_scene(tmp_path, capsys):
    target = tmp_path / "scene.json"
    code, out, _ = run(capsys, "export", target, "--view", "from=2021-09-13&to=2021-09-19&known=2021-09-19&ahead=on")
    assert (code, out.strip()) == (0, str(target))
    assert json.loads(target.read_text(encoding="utf-8"))["counts"]["drawn"] == 29


@pytest.mark.parametrize(("ending", "title", "told"), [
    (".svg", "Talks \u6f22\u5b57", "letters that no font here can print stand as \ufffd: \u6f22 (U+6F22) \u5b57 (U+5B57); slides and data keep them"),
    (".svg", "A long title " * 38, "title: 494 characters find no room and are cut; the file's properties hold the whole title"),
    (".pptx", "Talks \u6f22", ""), (".svg", "\u0414\u0443\u0448\u0430\u043d\u0431\u0435", ""), (".json", "Talks \u6f22", ""),
])  # fmt: skip
def test_an_export_says_what_the_page_cannot_show(tmp_path, capsys, ending, title, told):
    code, _, err = run(capsys, "export", tmp_path / f"out{ending}", "--view", f"from=2021-09-13&to=2021-09-14&title={title.strip()}")
    assert code == 0
    assert ("cannot" in err or "no font" in err or "no room" in err) == bool(told)
    assert told.replace("494", str(len(title.strip()))) in err


def test_a_whole_pasted_link_is_a_view(tmp_path, capsys):
    code, _, _ = run(capsys, "export", tmp_path / "scene.json", "--view", "http://127.0.0.1:8501/?kinds=summit")
    assert code == 0
    assert json.loads((tmp_path / "scene.json").read_text(encoding="utf-8"))["view"] == "kinds=summit"


def test_an_exported_table_is_a_valid_events_file(tmp_path, capsys):
    assert run(capsys, "export", tmp_path / "events.csv")[0] == 0
    code, out, _ = run(capsys, "check", tmp_path / "events.csv")
    assert code == 0
    assert out.endswith("used, 0 held back\n")
    again = atlas.load(tmp_path / "events.csv").reports
    assert set(again["marking"]) == {"TLP:CLEAR"}


REFUSED = [
    (["x.foo"], "x.foo: ending '.foo' is not one of .csv, .geojson, .gpkg, "),
    (["x"], "x: ending '' is not one of .csv, .geojson, .gpkg, "),
    (["x.json", "--marking", "SECRET"], "--marking 'SECRET' is not one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED"),
    (["x.json", "--view", "marking=SECRET"], "view: unknown marking 'SECRET'; choose from TLP:CLEAR, TLP:GREEN"),
    (["nowhere/x.json"], "there is no folder"),
    (["x.json", "--view", "layers=river"], "view: unknown layer 'river'; choose from bases, borders"),
    (["x.json", "--view", "from=x"], "view: from 'x' is not a date like 2024-03-31"),
    (["x.png", "--dpi", "9"], "--dpi 9: a number from 96 to 600 would be right"),
    (["x.json", "--theatre", "nowhere"], "--theatre nowhere: there is no such folder"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(tmp_path, capsys, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "export", *arguments)
    assert code == 2
    assert sentence in err
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_replaced_only_with_force(tmp_path, capsys):
    target = tmp_path / "scene.json"
    target.write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "export", target)
    assert (code, target.read_text(encoding="utf-8")) == (2, "mine")
    assert "exists already; --force replaces it" in err
    assert run(capsys, "export", target, "--force")[0] == 0
    assert target.read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("ending", [".svg", ".csv"])
def test_a_name_too_long_for_a_file_is_a_sentence(tmp_path, capsys, ending):
    code, _, err = run(capsys, "export", tmp_path / ("n" * 300 + ending))
    assert (code, err.count("\n")) == (2, 1)
    assert "cannot be written: File name too long" in err
    code, _, err = run(capsys, "atlas", tmp_path / ("n" * 300), "--every", "week")
    assert (code, err.count("\n")) == (2, 1)
    assert not list(tmp_path.iterdir())


def test_the_longest_name_a_folder_takes_is_written(tmp_path, capsys):
    assert run(capsys, "export", tmp_path / ("n" * 250 + ".json"))[0] == 0


def test_what_is_read_is_never_replaced(tmp_path, capsys):
    events, old = write(tmp_path / "own.csv", [row(event="A")]), write(tmp_path / "old.csv", [row(event="A")])
    theatre = tmp_path / "theatre"
    assert run(capsys, "new", theatre)[0] == 0
    (tmp_path / "link.csv").symlink_to(events)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    reading = ("--events", events, "--since-file", old)
    for target, options in [(events, reading), (old, reading), (tmp_path / "link.csv", reading), (tmp_path / "theatre" / ".." / "own.csv", reading),
                            (theatre / "blocs.csv", ("--theatre", theatre)), (theatre / "events.csv", ("--theatre", theatre)),
                            (theatre / "memberships.csv", ("--theatre", theatre, "--events", events))]:  # fmt: skip
        code, _, err = run(capsys, "export", target, "--force", *options)
        assert (code, err) == (2, f"{target}: is read for this export; another name would be right\n")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("read", [atlas.shipped_events(), atlas.TABLES / "blocs.csv", atlas.TABLES / "kinds.csv"])
def test_the_shipped_files_are_never_replaced(read):
    with pytest.raises(OutputError, match="is read for this export"):
        spared(read, files_read(Namespace(events=None, theatre=None, since_file=None, map=None)))


def test_a_seal_never_replaces_what_is_read(tmp_path, capsys):
    events = write(tmp_path / "x.csv.seal.json", [row(event="A")])
    code, _, err = run(capsys, "export", tmp_path / "x.csv", "--force", "--events", tmp_path / "own.csv", "--since-file", events)
    assert (code, err) == (2, f"{events}: is read for this export; another name would be right\n")


def test_an_export_may_stand_among_the_tables_of_a_theatre(tmp_path, capsys):
    assert run(capsys, "new", tmp_path / "theatre")[0] == 0
    assert run(capsys, "export", tmp_path / "theatre" / "brief.json", "--theatre", tmp_path / "theatre")[0] == 0


def test_an_unwritable_folder_is_a_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    code, _, err = run(capsys, "export", tmp_path / "x.json")
    assert code == 2
    assert "cannot be written to" in err


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path, capsys, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    code, _, err = run(capsys, "export", tmp_path / "x.json")
    assert code == 2
    assert "cannot be written: No space left on device" in err
    assert not list(tmp_path.iterdir())


def test_bad_rows_are_held_back_counted_and_the_output_is_written(tmp_path, capsys):
    own = write(tmp_path / "own.csv", [row(event="A"), row(event="B", start="31/03/2024")])
    code, _, err = run(capsys, "export", tmp_path / "x.json", "--events", own)
    assert code == 0
    assert "own.csv: 2 rows, 1 used, 1 held back" in err
    scene = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert scene["counts"]["held_back"] == 1
    assert run(capsys, "export", tmp_path / "x.json", "--events", own, "--strict", "--force")[0] == 1


def test_an_unusable_events_file_writes_nothing(tmp_path, capsys):
    (tmp_path / "own.csv").write_text("a,b\n", encoding="utf-8")
    code, _, err = run(capsys, "export", tmp_path / "x.json", "--events", tmp_path / "own.csv")
    assert code == 1
    assert "own.csv: missing column 'title'" in err
    assert not (tmp_path / "x.json").exists()


def test_check_names_file_line_column_and_what_would_be_right(tmp_path, capsys):
    own = write(tmp_path / "own.csv", [row(event="A"), row(event="B", lat="95")])
    code, out, _ = run(capsys, "check", own)
    assert code == 1
    assert out.splitlines() == ["own.csv: line 3: lat '95' is not a latitude from -90 to 90", "own.csv: 2 rows, 1 used, 1 held back"]


def test_check_as_data(tmp_path, capsys):
    own = write(tmp_path / "own.csv", [row(event="A"), row(event="B", lat="95")])
    code, out, _ = run(capsys, "check", own, "--json")
    found = json.loads(out)
    assert (code, found["rows_used"], found["rows_held_back"]) == (1, 1, 1)
    assert found["problems"] == [{"file": "own.csv", "line": 3, "column": "lat", "found": "95", "right": "is not a latitude from -90 to 90",
                                  "sentence": "own.csv: line 3: lat '95' is not a latitude from -90 to 90"}]  # fmt: skip


def test_check_of_a_file_that_is_not_there(tmp_path, capsys):
    code, out, _ = run(capsys, "check", tmp_path / "nowhere.csv")
    assert code == 1
    assert "nowhere.csv: there is no such file" in out


def test_the_shipped_file_is_clean(capsys):
    code, out, _ = run(capsys, "check", atlas.shipped_events())
    assert (code, out) == (0, "events.csv: 217 rows, 217 used, 0 held back\n")


def test_info_names_versions_and_licences(capsys):
    code, out, _ = run(capsys, "info")
    assert code == 0
    assert "Natural Earth" in out
    assert "CC BY 4.0" in out


def test_the_command_itself_exits_with_the_code(tmp_path):
    done = subprocess.run([sys.executable, "-m", "dashboard", "check", str(tmp_path / "x.csv")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


SEALED = [".json", ".svg", ".pdf", ".png", ".pptx", ".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".kml"]


@pytest.mark.parametrize("ending", SEALED)
def test_a_sealed_output_is_verified_against_the_data_of_now(tmp_path, capsys, ending):
    old = write(tmp_path / "old.csv", [row(event="A", source="a"), row(event="B", source="b")])
    new = write(tmp_path / "new.csv", [row(event="A", source="a", title="Renamed")])
    brief = tmp_path / f"brief{ending}"
    assert run(capsys, "export", brief, "--events", old, "--view", "from=2021-09-01&to=2021-09-30", "--dpi", "96")[0] == 0
    code, out, _ = run(capsys, "verify", brief, "--events", old)
    assert (code, "unchanged: all 2 rows behind it read the same" in out) == (0, True), out
    code, out, _ = run(capsys, "verify", brief, "--events", new)
    assert code == 1
    assert "A a: amended: title 'Exercise' -> 'Renamed'" in out
    assert "B b: withdrawn" in out


def test_an_altered_brief_and_one_without_a_seal_are_told(tmp_path, capsys):
    brief = tmp_path / "brief.json"
    assert run(capsys, "export", brief)[0] == 0
    brief.write_bytes(brief.read_bytes().replace(b"Dushanbe", b"Tashkent", 1))
    code, out, _ = run(capsys, "verify", brief)
    assert (code, out) == (1, "brief.json: was altered after it was made\n")
    brief.write_text("{}", encoding="utf-8")
    code, out, _ = run(capsys, "verify", brief)
    assert (code, out) == (1, "brief.json: carries no seal\n")


@pytest.mark.parametrize("size", ["huge", "10x10", "a4x", "0x0"])
def test_an_impossible_size_is_a_sentence(tmp_path, capsys, size):
    code, _, err = run(capsys, "export", tmp_path / "x.png", "--size", size)
    assert code == 2
    assert "size" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".geojson", ".gpkg", ".parquet", ".kml"])
def test_data_are_sealed_beside_the_file_and_any_change_shows(tmp_path, capsys, ending):
    data, beside = tmp_path / f"brief{ending}", tmp_path / f"brief{ending}.seal.json"
    assert run(capsys, "export", data, "--view", "from=2021-09-13&to=2021-09-19", "--marking", "TLP:GREEN")[0] == 0
    told = json.loads(beside.read_text(encoding="utf-8"))
    assert (told["marking"], told["about"]["held_back"], told["view"]) == ("TLP:GREEN", 0, "from=2021-09-13&to=2021-09-19&marking=TLP:GREEN")
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    assert run(capsys, "verify", data)[:2] == (1, f"brief{ending}: was altered after it was made\n")
    beside.unlink()
    assert run(capsys, "verify", data)[:2] == (1, f"brief{ending}: carries no seal\n")


@pytest.mark.parametrize("there", ["x.csv", "x.csv.seal.json"])
def test_neither_data_nor_their_seal_are_replaced_without_force(tmp_path, capsys, there):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "export", tmp_path / "x.csv")
    assert (code, [path.name for path in tmp_path.iterdir()]) == (2, [there])
    assert f"{there}: exists already; --force replaces it" in err
    assert run(capsys, "export", tmp_path / "x.csv", "--force")[0] == 0
    assert run(capsys, "verify", tmp_path / "x.csv")[0] == 0


def test_when_the_seal_cannot_be_written_no_data_are_left_behind(tmp_path, capsys, monkeypatch):
    replace = os.replace

    def fail(draft, target):
        if str(target).endswith(".seal.json"):
            raise OSError(13, "Permission denied")
        replace(draft, target)

    monkeypatch.setattr(os, "replace", fail)
    code, _, err = run(capsys, "export", tmp_path / "x.csv")
    assert code == 2
    assert "x.csv.seal.json: cannot be written: Permission denied" in err
    assert not list(tmp_path.iterdir())


def test_the_projection_can_be_chosen(tmp_path, capsys):
    made = {}
    for name in ("conformal", "equal-area", "screen"):
        target = tmp_path / f"{name}.svg"
        assert run(capsys, "export", target, "--projection", name)[0] == 0
        made[name] = target.read_text(encoding="utf-8")
    assert [word in made[name] for name, word in (("equal-area", "equal-area"), ("screen", "Mercator"), ("conformal", "conformal"))] == [True] * 3
    assert len(set(made.values())) == 3


@pytest.mark.parametrize("ending", [".svg", ".csv"])
def test_of_the_shipped_palette_nothing_is_said(tmp_path, capsys, ending):
    assert run(capsys, "export", tmp_path / f"x{ending}") == (0, f"{tmp_path / f'x{ending}'}\n", "")
