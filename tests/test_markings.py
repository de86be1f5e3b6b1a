"""Markings: the highest among the rows drawn, raised and never lowered, in every output, in a theatre's own scheme too."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard import outputs
from dashboard.cli import main
from dashboard.layers import vocabulary
from dashboard.staging import scene
from dashboard.view import View, read_view
from geodata import atlas as facts
from geodata import markings
from geodata.problems import TableError
from tests.tables import loaded, report, row, write

VIEW = View(start=date(2021, 9, 1), end=date(2021, 9, 30))
SCHEME = "id,name,colour,unmarked\nOPEN,For everyone,#007A33,\nHOUSE,For this house only,,yes\nLOCKED & SEALED,For two readers,#9B1C1C,\n"


def theatre(folder: Path, scheme: str = SCHEME) -> Path:
    """The shipped tables with another scheme of markings."""
    shutil.copytree(facts.TABLES, folder / "theatre")
    (folder / "theatre" / "markings.csv").write_text(scheme, encoding="utf-8")
    return folder / "theatre"


def own(folder: Path, *marks: str) -> facts.Atlas:
    """An event per marking, in the synthetic scheme."""
    rows = [row(event=f"E{number}", marking=mark) for number, mark in enumerate(marks)]
    return facts.load(write(folder / "own.csv", rows), theatre(folder))


def test_the_order_of_the_table_is_the_order_of_the_scheme(tmp_path):
    scheme = markings.load(theatre(tmp_path))
    assert scheme.names == ("OPEN", "HOUSE", "LOCKED & SEALED")
    assert (scheme.unmarked, scheme.lowest) == ("HOUSE", "OPEN")
    assert scheme.meanings["HOUSE"] == "For this house only"
    assert scheme.colours == {"OPEN": "#007A33", "LOCKED & SEALED": "#9B1C1C"}
    assert scheme.highest(["OPEN", "", "OPEN"]) == "HOUSE"
    assert scheme.highest([]) == "OPEN"


def test_a_theatre_without_a_scheme_has_the_traffic_light_protocol(tmp_path):
    assert markings.load(tmp_path) == markings.TLP
    assert markings.TLP.highest(["TLP:GREEN", ""]) == "TLP:AMBER"


@pytest.mark.parametrize(("rows", "marking"), [
    (["OPEN", "OPEN"], "OPEN"), (["OPEN", ""], "HOUSE"), (["OPEN", "LOCKED & SEALED", ""], "LOCKED & SEALED"), ([], "OPEN"),
])  # fmt: skip
def test_the_highest_marking_among_the_rows_drawn_counts(tmp_path, rows, marking):
    shown = scene(own(tmp_path, *rows), VIEW)
    assert shown.marking == marking
    assert any(note == "Rows without a marking count as HOUSE." for note in shown.notes) == ("" in rows)


@pytest.mark.parametrize(("asked", "marking"), [("OPEN", "HOUSE"), ("HOUSE", "HOUSE"), ("LOCKED & SEALED", "LOCKED & SEALED"), ("", "HOUSE")])
def test_a_view_raises_and_never_lowers(tmp_path, asked, marking):
    assert scene(own(tmp_path, "HOUSE"), replace(VIEW, marking=asked)).marking == marking


def test_of_several_reports_of_one_event_the_most_restrictive_counts(tmp_path):
    rows = [report("a", "2021-09-11", marking="TLP:RED"), report("b", "2021-09-12", marking=""), report("c", "2021-09-13", marking="TLP:CLEAR")]
    atlas = loaded(tmp_path, rows)
    assert list(atlas.versions["marking"]) == ["TLP:RED"] * 3
    assert scene(atlas, VIEW).marking == "TLP:RED"


def test_an_unmarked_report_outweighs_a_lower_marking(tmp_path):
    rows = [report("a", "2021-09-11", marking="TLP:GREEN"), report("b", "2021-09-12", marking="")]
    atlas = loaded(tmp_path, rows)
    assert list(atlas.versions["marking"]) == ["TLP:GREEN", ""]
    assert scene(atlas, VIEW).marking == "TLP:AMBER"


@pytest.mark.parametrize("ending", sorted(outputs.OUTPUTS))
def test_every_output_carries_the_marking_of_its_scheme(tmp_path, ending):
    atlas = own(tmp_path, "OPEN", "")
    shown = scene(atlas, replace(VIEW, marking="LOCKED & SEALED"))
    target = tmp_path / f"x{ending}"
    files = outputs.with_seal(target, outputs.OUTPUTS[ending](atlas, shown, outputs.Paper(dpi=96)), atlas, shown)
    outputs.write_all(files)
    from dashboard import seal

    assert seal.read_file(target)[0].marking == "LOCKED & SEALED"


def test_page_json_and_table_say_it(tmp_path):
    atlas = own(tmp_path, "OPEN", "", "LOCKED & SEALED")
    shown = scene(atlas, VIEW)
    made = {ending: outputs.OUTPUTS[ending](atlas, shown, outputs.Paper()) for ending in (".svg", ".json", ".csv")}
    assert made[".svg"].count(b"LOCKED &amp; SEALED") >= 2
    assert json.loads(made[".json"])["marking"] == "LOCKED & SEALED"
    assert [line["marking"] for line in csv.DictReader(io.StringIO(made[".csv"].decode()))] == ["OPEN", "HOUSE", "LOCKED & SEALED"]


def test_a_marking_of_another_scheme_is_refused_in_words(tmp_path, capsys):
    atlas = own(tmp_path, "OPEN", "TLP:RED")
    assert [str(problem) for problem in atlas.problems] == ["own.csv: line 3: marking 'TLP:RED' is not one of HOUSE, LOCKED & SEALED, OPEN"]
    view, complaints = read_view("marking=TLP:RED", vocabulary(atlas))
    assert (view.marking, complaints) == ("", ["view: unknown marking 'TLP:RED'; choose from OPEN, HOUSE, LOCKED & SEALED"])
    with pytest.raises(ValueError, match="marking 'TLP:RED' is not one of OPEN, HOUSE, LOCKED & SEALED"):
        scene(atlas, View(marking="TLP:RED"))
    arguments = ["export", str(tmp_path / "x.json"), "--theatre", str(tmp_path / "theatre"), "--events", str(tmp_path / "own.csv")]
    assert main([*arguments, "--marking", "TLP:RED"]) == 2
    assert "--marking 'TLP:RED' is not one of OPEN, HOUSE, LOCKED & SEALED" in capsys.readouterr().err
    assert main([*arguments, "--marking", "HOUSE"]) == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["marking"] == "HOUSE"


def test_the_command_raises_what_the_view_asks_for_and_never_lowers_it(tmp_path):
    own = write(tmp_path / "own.csv", [row(event="A")])
    code = main(["export", str(tmp_path / "x.json"), "--events", str(own), "--view", "marking=TLP:RED", "--marking", "TLP:GREEN"])
    assert (code, json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["marking"]) == (0, "TLP:RED")


ONE = "markings.csv: needs 'yes' under 'unmarked' in exactly one row, the one that rows without a marking count as"
BAD = [
    ("id,name,unmarked\nA,,\nB,,\n", ONE),
    ("id,name,unmarked\nA,,yes\nB,,yes\n", ONE),
    ("id,name,unmarked\nA,,yes\na,,\n", "markings.csv: line 3: id 'a' stands in an earlier row already"),
    ("id,name,unmarked\n,,yes\n", "markings.csv: line 2: id '' is empty; a value is needed"),
    ("id,name,unmarked,colour\nA,,yes,red;}\n", "markings.csv: line 2: colour 'red;}' is not a colour like #D55E00"),
    ("id,name\nA,\n", "markings.csv: missing column 'unmarked'; it has 'id', 'name'"),
]


@pytest.mark.parametrize(("table", "sentence"), BAD)
def test_a_wrong_scheme_is_named_by_line(tmp_path, table, sentence):
    (tmp_path / "markings.csv").write_text(table, encoding="utf-8")
    with pytest.raises(TableError) as raised:
        markings.load(tmp_path)
    assert str(raised.value) == sentence
