"""Every bad row and every bad file of the corpus gets its verdict, and nothing of it is lost."""

from __future__ import annotations

import re

import pytest

from dashboard.cli import main
from geodata import intake
from geodata.intake import HELD_BACK, NO_EVENT, Mapping, case
from geodata.problems import TableError
from tests.intake.corpus import FILES, GOOD, MAPPED, ROWS, table
from tests.intake.whole import WHOLE
from tests.tables import ground

MAPPING = Mapping(MAPPED)


def read(content: bytes, name: str = "own.csv", mapping: Mapping | None = MAPPING) -> intake.Intake:
    return intake.admit(name, content, ground(), mapping=mapping)


def said(case: intake.Intake, line: int) -> list[tuple[str, str, str]]:
    lines = case.table["_line"].to_numpy()
    return [(v.level, v.code, str(v.problem(case.file, line))) for v in case.verdicts if line in lines[v.rows]]


def test_the_corpus_is_large_enough():
    assert len(ROWS) >= 60
    assert len(FILES) >= 30


def test_the_good_row_is_drawn_without_a_word():
    case = read(table(GOOD))
    assert (case.verdicts, case.questions, case.notes) == ([], [], ["countries are read as codes: 'Tajikistan' as TJK"])
    assert case.counts == {"rows": 1, "used": 1, "held_back": 0, "warned": 0, "fixed": 0, "no_event": 0}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.about)
def test_a_bad_row_gets_its_verdict(row):
    other = {**GOOD, "Title": "Something else entirely", "Date": "2020-01-01", "Place": "Bokhtar", "Latitude": "37.8365", "Longitude": "68.7776"}
    case = read(table(other, GOOD | row.cells))
    if row.level == NO_EVENT:
        assert [(line.line, line.why) for line in case.aside] == [(3, row.right)]
        assert case.counts["rows"] == 1
        return
    found = said(case, 3)
    assert any(level == row.level and code == row.code and row.right in sentence for level, code, sentence in found), found
    assert all(sentence.startswith("own.csv: line 3: ") for _, _, sentence in found)
    assert case.counts["used"] == (1 if row.level == HELD_BACK else 2)
    assert len(case.reports) == case.counts["used"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.level != NO_EVENT], ids=lambda row: row.about)
def test_no_cell_of_a_bad_row_is_lost(row):
    cells = GOOD | row.cells
    case = read(table(cells))
    kept = set(case.table.iloc[0].drop("_line"))
    assert {value.strip() for value in cells.values()} <= kept


@pytest.mark.parametrize(("name", "content", "sentence"), FILES, ids=[name for name, *_ in FILES])
def test_a_bad_file_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(TableError) as raised:
        assert read(content, name, None).table is not None
    assert str(raised.value).startswith(f"{name}: ")
    assert sentence in str(raised.value)


def test_all_bad_rows_in_one_file_get_the_same_verdicts():
    rows = [row for row in ROWS if row.level != NO_EVENT]
    case = read(table(*(GOOD | row.cells for row in rows)))
    for line, row in enumerate(rows, 2):
        codes = {(level, code) for level, code, _ in said(case, line)}
        assert (row.level, row.code) in codes or row.level == intake.FIXED, (row.about, codes)


def test_rows_held_back_come_with_their_reasons():
    held = read(table(GOOD, GOOD | {"Date": "soon", "Latitude": "far"})).held_back
    assert list(held["title"]) == [GOOD["Title"]]
    assert held[case.REASONS].iloc[0].splitlines() == ["own.csv: line 3: Date 'soon' is not a date like 2021-09-16",
                                                    "own.csv: line 3: Latitude 'far' is not a latitude like 38.5358"]  # fmt: skip


def test_a_row_of_too_many_cells_is_held_back_and_kept():
    found = read(table(GOOD) + b"a,b,c,d,e,f,g,h,i,j,k,l,m\n")
    assert [str(problem) for problem in found.problems] == ["own.csv: line 3: has 13 fields, the header has 11"]
    assert found.held_back[case.CELLS].iloc[0] == "a;b;c;d;e;f;g;h;i;j;k;l;m"
    assert (found.counts["rows"], found.counts["used"]) == (2, 1)


@pytest.mark.parametrize(("name", "content", "used", "sentence"), WHOLE, ids=[name for name, *_ in WHOLE])
def test_of_a_file_that_is_half_right_the_right_half_is_drawn(name, content, used, sentence, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    code = main(["check", str(tmp_path / name)])
    said = capsys.readouterr().out
    assert sentence in said
    if used is None:
        assert (code, said.splitlines()[-1]) == (1, f"{name}: cannot be used")
    else:
        assert re.search(rf" rows?, {used} used, ", said.splitlines()[-1])
        assert code == (0 if ", 0 held back" in said else 1)
