"""What changed since a day or since an earlier file."""

from __future__ import annotations

import json
from datetime import date

from dashboard.changes import AMENDED, ANSWERED, LEFT, NEW, REGRADED, STATUS, WITHDRAWN, changes
from dashboard.cli import main
from dashboard.staging import scene
from dashboard.view import View
from dashboard.weeks import along, weekly
from tests.tables import loaded, report, row, shipped, write

WINDOW = {"start": date(2021, 9, 1), "end": date(2021, 9, 30)}


def told(atlas, since: str, known: str = "2021-09-19") -> dict:
    view = View(**WINDOW, known=date.fromisoformat(known), since=date.fromisoformat(since))
    return {change.id: change for change in scene(atlas, view).changes}


def test_a_new_event_is_new(tmp_path):
    atlas = loaded(tmp_path, [report("a", "2021-09-12")])
    assert told(atlas, "2021-09-11")["event:E"].what == (NEW,)
    assert not told(atlas, "2021-09-12")


def test_status_and_fields_are_told_before_and_after(tmp_path):
    rows = [report("a", "2021-09-01", status="planned"), report("b", "2021-09-15", start="2021-09-12", end="2021-09-13", credibility="1")]
    change = told(loaded(tmp_path, rows), "2021-09-10")["event:E"]
    assert change.what == (STATUS, REGRADED, AMENDED)
    assert change.fields == (("status", "planned", "held"), ("grade", "B2", "B1"), ("when", "10 September 2021", "12–13 September 2021"))


def test_an_event_moved_out_of_the_window_is_told(tmp_path):
    rows = [report("a", "2021-09-01", status="planned"), report("b", "2021-09-05", status="planned", start="2021-10-10", end="2021-10-12")]
    change = told(loaded(tmp_path, rows), "2021-09-02")["event:E"]
    assert change.what == (LEFT, AMENDED) or change.what == (AMENDED, LEFT)


def test_a_plan_that_is_carried_out_is_answered():
    view = View(start=date(2021, 10, 1), end=date(2021, 10, 31), known=date(2021, 10, 23), since=date(2021, 9, 18))
    found = {change.id: change.what for change in scene(shipped(), view).changes}
    assert ANSWERED in found["event:EV24"]
    assert found["event:EV54"] == (NEW,)


def test_an_earlier_file_shows_what_was_withdrawn_and_re_graded(tmp_path):
    (tmp_path / "old").mkdir()
    before = loaded(tmp_path / "old", [row(event="A"), row(event="B"), row(event="C")])
    after = loaded(tmp_path, [row(event="B", credibility="1"), row(event="C"), row(event="D")])
    found = {change.id: change.what for change in changes(before, after, View(**WINDOW), View(**WINDOW))}
    assert found == {"event:A": (WITHDRAWN,), "event:B": (REGRADED,), "event:D": (NEW,)}


def test_export_tells_what_changed_since_a_file(tmp_path, capsys):
    old = write(tmp_path / "old.csv", [row(event="A"), row(event="B")])
    new = write(tmp_path / "new.csv", [row(event="B", title="Exercise, renamed")])
    assert main(["export", str(tmp_path / "x.json"), "--events", str(new), "--since-file", str(old), "--view", "from=2021-09-01&to=2021-09-30"]) == 0
    found = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert {change["id"]: change["what"] for change in found["changes"]} == {"event:A": ["withdrawn"], "event:B": ["amended"]}
    events = next(layer for layer in found["layers"] if layer["key"] == "events")["features"]
    assert "amended" in events[0]["flags"]
    capsys.readouterr()


def test_changes_are_flagged_on_the_events():
    view = View(start=date(2021, 9, 13), end=date(2021, 9, 19), known=date(2021, 9, 19), since=date(2021, 9, 16))
    flags = {feature.id: feature.flags for feature in scene(shipped(), view).layer("events").features}
    assert NEW in flags["event:EV23"]
    assert STATUS in flags["event:EV30"]


def test_a_count_per_week_along_a_border_keeps_certain_and_possible_apart(tmp_path):
    on_border = {"place_precision": "border", "zone": "AFG-TJK", "lat": "", "lon": ""}
    rows = [row(event="A", start="2021-09-06", end="2021-09-07", **on_border),
            row(event="B", start="2021-09-01", end="2021-09-30", date_precision="within", **on_border), row(event="C")]  # fmt: skip
    atlas = loaded(tmp_path, rows)
    drawn = scene(atlas, View(**WINDOW))
    found = along(atlas, drawn, "AFG-TJK")
    assert [event.id for event in found] == ["event:B", "event:A"] or [event.id for event in found] == ["event:A", "event:B"]
    weeks = weekly(found, drawn)
    assert [(week.monday, week.certain, week.possible) for week in weeks] == [
        ("2021-08-30", 0, 1), ("2021-09-06", 1, 1), ("2021-09-13", 0, 1), ("2021-09-20", 0, 1), ("2021-09-27", 0, 1)]  # fmt: skip
