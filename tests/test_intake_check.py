"""`panj check` of any file: plain words, one summary line, data on demand, exit code 1 when rows are held back."""

from __future__ import annotations

import csv
import json

import pytest

from dashboard.cli import main
from dashboard.desk import open_desk
from geodata.intake import mapping as mappings
from tests.intake.corpus import FILES, GOOD, table
from tests.tables import row, write


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = main(["check", *map(str, arguments)])
    return code, *capsys.readouterr()


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(table(GOOD, GOOD | {"Title": "Second", "Date": "03/04/2021"}, GOOD | {"Title": "Third", "Date": "2020-01-01", "Source": ""}))
    return path


def test_what_is_wrong_is_said_in_words_with_a_summary(own, capsys):
    code, out, err = run(capsys, own)
    assert (code, err) == (1, "")
    assert out.splitlines()[0] == "mine.csv: CSV, separated by commas, utf-8"
    assert "mine.csv: line 3: Date '03/04/2021' can be 2021-04-03 or 2021-03-04; the answer to which order this file uses decides" in out
    assert "warned: mine.csv: line 4: Source '' is empty: nobody is named who says so" in out
    assert "question 'date order': do dates like 03/04/2021 in this file have the day or the month first?" in out
    assert out.splitlines()[-1] == "mine.csv: 3 rows, 2 used, 1 held back, 1 warned"


def test_the_same_as_data(own, capsys):
    code, out, _ = run(capsys, own, "--json")
    found = json.loads(out)
    assert (code, found["rows"], found["rows_used"], found["rows_held_back"], found["rows_warned"]) == (1, 3, 2, 1, 1)
    assert [(v["level"], v["code"], v["lines"]) for v in found["verdicts"]] == [("held_back", "date_ambiguous", [3]), ("warned", "no_source", [4])]
    assert [(q["key"], q["lines"]) for q in found["questions"]] == [("date order", [3])]
    assert found["mapping"]["columns"]["start"] == "Date"
    assert found["problems"][0]["line"] == 3


def test_a_mapping_is_written_edited_and_given_back(own, tmp_path, capsys):
    mapping = tmp_path / "map.toml"
    assert run(capsys, own, "--save-map", mapping)[0] == 1
    mapping.write_text(mapping.read_text(encoding="utf-8") + '"date order" = "day first"\n', encoding="utf-8")
    code, out, _ = run(capsys, own, "--map", mapping)
    assert (code, out.splitlines()[-1]) == (0, "mine.csv: 3 rows, 3 used, 0 held back, 1 warned, 1 fixed")
    with pytest.raises(SystemExit):
        main(["check"])
    code, _, err = run(capsys, own, "--save-map", mapping)
    assert (code, "exists already" in err) == (2, True)


def test_a_file_in_our_own_schema_may_be_doubted_and_is_drawn_all_the_same(tmp_path, capsys):
    path = write(tmp_path / "own.csv", [row(event="A"), row(event="B", lat="68.8", lon="38.5"), row(event="C", lat="0", lon="0")])
    code, out, _ = run(capsys, path)
    assert code == 0
    assert "own.csv: line 3: lat, lon '68.8, 38.5' is outside Tajikistan; with latitude and longitude changed it is inside" in out
    assert "own.csv: line 4: lat, lon '0, 0' is a point in the Gulf of Guinea" in out
    assert out.splitlines()[-1] == "own.csv: 3 rows, 3 used, 0 held back, 2 warned"


@pytest.mark.parametrize(("name", "content", "sentence"), FILES[::6], ids=[name for name, *_ in FILES[::6]])
def test_a_file_that_cannot_be_used_is_a_sentence_and_code_1(tmp_path, capsys, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    code, out, err = run(capsys, tmp_path / name)
    assert (code, err) == (1, "")
    assert sentence in out
    assert out.splitlines()[-1] == f"{name}: cannot be used"


def test_a_long_file_shows_its_progress(own, capsys, monkeypatch):
    from dashboard import checking

    monkeypatch.setattr(checking, "LONG", 10)
    assert run(capsys, own)[2].splitlines()[0] == "mine.csv: reading the file ..."


ODD = "A;B;C;D\nConvoy seen;03/09/2021;Kunduz;Afghanistan\nTalks;17/09/2021;Dushanbe;Tajikistan\nNo day;soon;Dushanbe;Tajikistan\n"
SEPTEMBER = "from=2021-09-01&to=2021-09-30"
TOLD = '[columns]\ntitle = "A"\nstart = "B"\nplace = "C"\ncountry = "D"\n\n[answers]\n"date order" = "day first"\n'


@pytest.fixture
def odd(tmp_path):
    """A file whose headers say nothing."""
    path = tmp_path / "odd.csv"
    path.write_text(ODD, encoding="utf-8")
    return path


@pytest.fixture
def told(tmp_path):
    """The mapping that says what they mean."""
    path = tmp_path / "map.toml"
    path.write_text(TOLD, encoding="utf-8")
    return path


def panj(capsys, *arguments) -> tuple[int, str, str]:
    code = main([*map(str, arguments)])
    return code, *capsys.readouterr()


def test_what_was_checked_with_a_mapping_is_what_is_drawn_with_it(odd, told, tmp_path, capsys):
    counted = run(capsys, odd, "--map", told)[1].splitlines()[-1]
    assert counted == "odd.csv: 3 rows, 2 used, 1 held back, 3 warned, 2 fixed"
    drawn, made = counted.removesuffix(", 3 warned, 2 fixed"), tmp_path / "made.json"
    named = "  odd.csv: line 4: B 'soon' is not a date like 2021-09-16"
    code, _, err = panj(capsys, "export", made, "--events", odd, "--map", told)
    assert (code, err.splitlines()[-2:]) == (0, [drawn, named])
    counts = json.loads(made.read_text(encoding="utf-8"))["counts"]
    assert (counts["drawn"], counts["held_back"]) == (2, 1)
    pages = ("atlas", tmp_path / "pages", "--every", "month", "--format", "svg", "--view", SEPTEMBER)
    code, _, err = panj(capsys, *pages, "--events", odd, "--map", told)
    assert (code, err.splitlines()[-2:]) == (0, [drawn, named])
    opened = open_desk(odd, None, mapping=mappings.load(told))
    assert (len(opened.atlas.reports), opened.atlas.held_back_rows, opened.trouble) == (2, 1, ())


def test_without_its_mapping_the_file_is_not_drawn(odd, tmp_path, capsys):
    code, _, err = panj(capsys, "export", tmp_path / "made.json", "--events", odd)
    assert (code, "odd.csv: missing column 'start'" in err) == (1, True)
    assert not (tmp_path / "made.json").exists()
    assert open_desk(odd, None).trouble


def test_a_brief_of_a_mapped_file_is_verified_and_compared_with_its_mapping(odd, told, tmp_path, capsys):
    made, older = tmp_path / "made.json", tmp_path / "older.csv"
    assert panj(capsys, "export", made, "--events", odd, "--map", told)[0] == 0
    code, out, _ = panj(capsys, "verify", made, "--events", odd, "--map", told)
    assert (code, out.splitlines()[-1]) == (0, "unchanged: all 2 rows behind it read the same")
    assert panj(capsys, "verify", made, "--events", odd)[0] == 1
    older.write_text(ODD.replace("Talks", "Summit", 1), encoding="utf-8")
    assert panj(capsys, "export", made, "--events", odd, "--since-file", older, "--map", told, "--force")[0] == 0
    changed = json.loads(made.read_text(encoding="utf-8"))["changes"]
    assert sorted(change["title"] for change in changed) == ["Summit", "Talks"]


BROKEN = [
    ("[columns", "map.toml: is not a mapping in TOML"),
    ('[columns]\nstrat = "B"\n', "map.toml: columns 'strat' is not a column of ours; choose from event, title"),
    ("columns = 3\n", "map.toml: columns '3' is not a table of texts like start = \"Date\""),
    (None, "map.toml: there is no such file"),
]
COMMANDS = [["check", "odd.csv"], ["export", "made.json", "--events", "odd.csv"], ["verify", "brief.json", "--events", "odd.csv"],
            ["atlas", "pages", "--every", "month", "--events", "odd.csv"], ["--no-browser", "--events", "odd.csv"]]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0].strip("-"))
def test_a_mapping_that_cannot_be_read_is_the_same_sentence_everywhere(odd, tmp_path, capsys, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    if command[0] == "verify":
        panj(capsys, "export", "brief.json")
    for text, sentence in BROKEN:
        (tmp_path / "map.toml").write_text(text, encoding="utf-8") if text is not None else (tmp_path / "map.toml").unlink()
        before = sorted(tmp_path.iterdir())
        code, out, err = panj(capsys, *command, "--map", "map.toml")
        assert (code, out, sentence in err) == (2, "", True), err
        assert sorted(tmp_path.iterdir()) == before


def test_a_mapping_of_another_file_says_which_columns_are_missing(odd, tmp_path, capsys):
    other = tmp_path / "other.toml"
    other.write_text(TOLD.replace('"A"', '"Headline"'), encoding="utf-8")
    sentence = "odd.csv: has no column 'Headline', which the mapping names; it has 'A', 'B', 'C', 'D'"
    assert run(capsys, odd, "--map", other)[:2] == (1, f"{sentence}\nodd.csv: cannot be used\n")
    assert panj(capsys, "export", tmp_path / "made.json", "--events", odd, "--map", other) == (1, "", f"{sentence}\n")
    assert not (tmp_path / "made.json").exists()
    assert open_desk(odd, None, mapping=mappings.load(other)).trouble == (sentence,)


@pytest.mark.parametrize("command", [["export", "made.json"], ["--no-browser"]], ids=["export", "open"])
def test_a_mapping_needs_a_file_to_map(told, tmp_path, capsys, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    code, _, err = panj(capsys, *command, "--map", told.name)
    assert (code, err) == (2, "--map map.toml: there is no file whose columns it names; --events FILE would be right\n")
    assert [path.name for path in tmp_path.iterdir()] == ["map.toml"]


def test_a_mapping_is_never_replaced_by_what_is_made_with_it(odd, told, tmp_path, capsys):
    named = told.rename(tmp_path / "map.json")
    code, _, err = panj(capsys, "export", named, "--events", odd, "--map", named, "--force")
    assert (code, "is read for this export" in err, named.read_text(encoding="utf-8")) == (2, True, TOLD)


def test_a_file_in_our_own_schema_is_drawn_as_its_mapping_says(tmp_path, capsys):
    path, told = write(tmp_path / "own.csv", [row(summary="Talks")]), tmp_path / "map.toml"
    told.write_text('[columns]\ntitle = "summary"\nstart = "start"\nplace = "place"\ncountry = "country"\n', encoding="utf-8")
    assert panj(capsys, "export", tmp_path / "made.csv", "--events", path, "--map", told)[0] == 0
    assert "Talks" in (tmp_path / "made.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")


def test_a_mapping_of_a_file_in_our_own_columns_is_written_too(tmp_path, capsys):
    path, target = write(tmp_path / "own.csv", [row()]), tmp_path / "map.toml"
    assert run(capsys, path, "--save-map", target)[0] == 0
    saved = mappings.load(target)
    assert (saved.columns["start"], saved.columns["event"]) == ("start", "event")
    assert run(capsys, path, "--map", target)[1].splitlines()[-1].startswith("own.csv: 1 row, 1 used, 0 held back")


def test_a_mapping_is_replaced_when_told_so_and_a_table_never(own, tmp_path, capsys):
    target = tmp_path / "map.toml"
    target.write_text("old", encoding="utf-8")
    assert run(capsys, own, "--save-map", target)[0] == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert run(capsys, own, "--save-map", target, "--force")[0] == 1
    assert mappings.load(target).columns["start"] == "Date"
    before = own.read_bytes()
    assert run(capsys, own, "--save-map", own, "--force")[0] == 2
    assert own.read_bytes() == before


def test_rows_held_back_are_among_the_verdicts_of_a_file_in_our_own_columns(tmp_path, capsys):
    path = write(tmp_path / "own.csv", [row(), row(start="soon"), row(start="soon", title="Other"), row(lat="0", lon="0", title="Third")])
    found = json.loads(run(capsys, path, "--json")[1])
    held = [(v["code"], v["column"], v["found"], v["lines"]) for v in found["verdicts"] if v["level"] == "held_back"]
    assert held == [("rule_start", "start", "soon", [3, 4])]
    assert {line for *_, lines in held for line in lines} == {problem["line"] for problem in found["problems"]}
    assert [v["lines"] for v in found["verdicts"] if v["level"] == "warned" and v["code"] == "zero_coordinates"] == [[5]]


def test_rows_that_fit_no_header_are_among_the_verdicts_of_any_other_file(own, capsys):
    own.write_bytes(own.read_bytes() + b"1,2,3,4,5,6,7,8,9,10,11,12,13\n")
    found = json.loads(run(capsys, own, "--json")[1])
    assert [(v["code"], v["lines"]) for v in found["verdicts"] if v["level"] == "held_back"] == [("row", [5]), ("date_ambiguous", [3])]


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "parquet", "xlsx", "csv", "kml"])
def test_columns_that_differ_from_ours_in_capitals_leave_in_every_format_and_read_back(tmp_path, capsys, ending):
    path, made, again = tmp_path / "cap.csv", tmp_path / f"made.{ending}", tmp_path / "again.csv"
    path.write_text("What,When,Country,Source\nTalk,2021-09-16,Tajikistan,TASS\n", encoding="utf-8")
    assert panj(capsys, "export", made, "--events", path)[0] == 0
    assert panj(capsys, "export", again, "--events", made)[0] == 0
    header, values = csv.reader(again.read_text(encoding="utf-8-sig").splitlines())
    told = dict(zip(header, values, strict=True))
    assert (told["country"], told["Country_as_given"], told["source"]) == ("TJK", "Tajikistan", "TASS")


def test_output_nobody_reads_to_its_end_is_no_crash(tmp_path):
    import os
    import subprocess
    import sys

    (tmp_path / "own.csv").write_bytes(table(*(GOOD | {"Date": f"soon {n}"} for n in range(2000))))
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "dashboard", "check", str(tmp_path / "own.csv"), "--json"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")
