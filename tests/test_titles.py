"""The title and the as-of line a view has of itself are true of its filters, its frame and its day."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.cli import main
from dashboard.staging import scene
from dashboard.view import View
from tests.tables import loaded, row, write

PLAIN = "CSTO and SCO around Afghanistan"


@pytest.mark.parametrize(("query", "title"), [
    ("", PLAIN),
    ("from=2021-09-01&layers=csto", "CSTO around Afghanistan"),
    ("near=AFG-TJK:50", f"{PLAIN}, within 50 km of the Tajikistan\N{EN DASH}Afghanistan border"),
    ("party=TJK,RUS", f"{PLAIN}, with Tajikistan and Russia"),
    ("q=water", f"{PLAIN}, matching \N{LEFT DOUBLE QUOTATION MARK}water\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("kinds=summit,exercise&grade=B2", f"{PLAIN}, summits and exercises, graded B2 or better"),
    ("source=24kg-207078", f"{PLAIN}, reported by 24.kg"),
    ("id=border:AFG-TJK", f"{PLAIN}: Tajikistan\N{EN DASH}Afghanistan border"),
    ("id=event:EV20", f"{PLAIN}: CSTO summit (Collective Security Council)"),
    ("id=event:EV20&kinds=exercise", f"{PLAIN}, exercises"),
    ("box=60,30,75,40", PLAIN),
    ("box=170,-10,-150,20", "CSTO and SCO, 10\N{DEGREE SIGN} S to 20\N{DEGREE SIGN} N, 170\N{DEGREE SIGN} E to 150\N{DEGREE SIGN} W"),
    ("id=event:EV20&box=67.75,37.97,69.81,39.1", "CSTO and SCO: CSTO summit (Collective Security Council)"),
    ("title=Mine&near=AFG-TJK:50", "Mine"),
])  # fmt: skip
def test_the_title_says_what_is_shown(atlas, query, title):
    assert scene(atlas, View.from_query(query)).title == title


def test_no_title_tells_of_an_event_that_is_not_drawn(tmp_path):
    atlas = loaded(tmp_path, [row(event="A", title="Secret", kind="summit", marking="TLP:RED"), row(event="B")])
    shown = scene(atlas, View.from_query("id=event:A&kinds=exercise"))
    assert "Secret" not in shown.title
    assert shown.marking == "TLP:CLEAR"


def test_a_knowledge_day_says_how_many_reports_it_leaves_out(tmp_path):
    reported = ("2021-09-11", "2021-09-12", "2021-09-13", "")
    atlas = loaded(tmp_path, [row(event=f"E{number}", source=f"s{number}", reported=day) for number, day in enumerate(reported)])
    known = scene(atlas, View(known=date(2021, 9, 11)))
    assert known.as_of_line.endswith("Known on 11 September 2021: 2 reports that came later and 1 of unknown day are left out.")
    assert scene(atlas, View(known=date(2021, 9, 12))).as_of_line.endswith(": 1 report that came later and 1 of unknown day are left out.")
    assert scene(atlas, View(known=date(2021, 9, 13))).as_of_line.endswith(": 1 report of unknown day is left out.")
    assert scene(atlas, View()).as_of_line.endswith("Reports of any day are used.")


@pytest.mark.parametrize(("command", "options"), [("export", []), ("atlas", ["--every", "month", "--format", "svg", "--skip-empty"])])
def test_rows_held_back_are_named(tmp_path, capsys, command, options):
    rows = [row(event="A"), *(row(event=f"B{number}", start="soon") for number in range(13))]
    target = tmp_path / ("x.json" if command == "export" else "out")
    assert main([command, str(target), "--events", str(write(tmp_path / "own.csv", rows)), *options]) == 0
    told = capsys.readouterr().err.splitlines()
    at = told.index("own.csv: 14 rows, 1 used, 13 held back")
    assert told[at + 1] == "  own.csv: line 3: start 'soon' is not a date like 2024-03-31"
    assert told[at + 10].startswith("  own.csv: line 12: ")
    assert told[at + 11] == "  and 3 more, which panj check names"
