"""`panj check` of any file: plain words, one summary line, data on demand, exit code 1 when rows are held back."""

from __future__ import annotations

import json

import pytest

from dashboard.cli import main
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
