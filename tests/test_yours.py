"""The Your data tab by its parts: what is judged, what is drawn, what can be mended, and what is taken away."""

import csv
import io
import json
import time
from pathlib import Path

import pytest

from dashboard import projects
from dashboard.acts import RefusedError, place_of
from dashboard.desk import desk_of_process, own_desk
from dashboard.panels import yours_columns, yours_form, yours_mend, yours_questions, yours_routes, yours_table
from dashboard.panels.yours_files import cleaned, held_back, mapping
from dashboard.panels.yours_judge import Judged, judged
from dashboard.panels.yours_session import Looking, Session
from dashboard.projects import MERGE, REPLACE, Work
from dashboard.staging import scene
from dashboard.view import View
from geodata import intake
from geodata.intake.mapping import parse

FILE = b"""Title;Date;City;Lat;Lon;Country;Type
Patrol near <b>post</b>;03/09/2021;Kunduz;36,7;68,9;Afghanistan;attack
=Exercise;17.09.2021;Kharb-Maidon;37.9;69.2;Tajikistan;exercise
Bad date;yesterday;Dushanbe;38.5;68.8;Tajikistan;weird
too;short
Total;;;;;;3
"""


def made(**parts) -> Judged:
    return judged(Work("mine.csv", FILE, **parts), desk_of_process())


def finish(own: Session) -> Session:
    """Wait for what is being judged, and go on to it."""
    while own.job is not None and not own.job.ended:
        time.sleep(0.01)
    own.take()
    return own


@pytest.fixture
def own() -> Session:
    session = Session()
    session.begin(Work("mine.csv", FILE))
    return finish(session)


def told(own: Session) -> list[tuple[str, int, str, str]]:
    found = yours_table.sought(own.now.case, own.looking)
    return [row[:4] for row in yours_table.expanded(own.now.case, found)]


def test_nothing_is_drawn_before_the_analyst_says_so(own: Session):
    assert own.now.desk is None
    own.change(use=MERGE)
    assert finish(own).now.desk is not None


def test_merged_rows_stand_beside_the_shipped_events():
    base, now = desk_of_process().atlas, made(use=MERGE)
    atlas = now.desk.atlas
    assert (atlas.events_file, atlas.held_back_rows) == ("events.csv + mine.csv", 3)
    assert list(atlas.reports["title"]) == [*base.reports["title"], "=Exercise"]
    assert (len(atlas.links), len(atlas.table("claims"))) == (len(base.links), len(base.table("claims")))
    assert len(base.reports) == len(atlas.reports) - 1


def test_rows_shown_instead_of_the_shipped_events_bring_no_links_along():
    atlas = made(use=REPLACE).desk.atlas
    assert (list(atlas.reports["title"]), len(atlas.links), len(atlas.table("claims"))) == (["=Exercise"], 0, 0)


def test_a_shipped_event_dropped_again_is_held_back_and_counted():
    base = desk_of_process()
    line = ",".join(intake_columns := ("event", "title", "kind", "start", "country", "source"))
    first = base.atlas.reports.iloc[0]
    row = ",".join(f'"{first[name]}"' for name in intake_columns)
    now = judged(Work("again.csv", f"{line}\n{row}\n".encode(), use=MERGE), base)
    assert len(now.desk.atlas.reports) == len(base.atlas.reports)
    assert now.desk.atlas.held_back_rows == 1


def test_own_rows_lie_under_a_name_of_their_own_and_go_with_their_session():
    now = made(use=MERGE)
    theatre, rows = now.desk.addresses
    token = rows.split("/")[-2]
    assert theatre == desk_of_process().addresses[0]
    assert (token in theatre, own_desk(token) is now.desk) == (False, True)
    assert "=Exercise" in json.loads(now.desk.rows)["title"]
    del now
    assert own_desk(token) is None


def test_the_held_back_come_first_and_each_says_its_line(own: Session):
    assert told(own)[:2] == [("held_back", 2, "Date", "03/09/2021"), ("held_back", 4, "Date", "yesterday")]
    assert [row.line for row in yours_table.unfit(own.now.case, Looking())] == [5, 6]


@pytest.mark.parametrize(("looking", "lines"), [
    (Looking(level="held_back"), [2, 4]), (Looking(column="Type"), [4]), (Looking(words="YESTERDAY"), [4]),
    (Looking(level="fixed", column="Date"), [3]),
])  # fmt: skip
def test_the_table_is_narrowed(own: Session, looking: Looking, lines: list[int]):
    own.looking = looking
    assert [line for _, line, _, _ in told(own)] == lines


def test_a_number_finds_what_is_said_of_that_line(own: Session):
    own.looking = Looking(words="4")
    assert {line for _, line, _, _ in told(own)} >= {4}
    assert 3 not in {line for level, line, _, _ in told(own) if level == "warned"}


def test_a_long_table_is_cut_and_says_so():
    rows = "".join(f"Event {n};yesterday;38.5;68.8\n" for n in range(400))
    own = Session()
    own.begin(Work("long.csv", f"title;start;lat;lon\n{rows}".encode()))
    html = yours_table.verdicts(finish(own))
    assert html.count("<tr") == yours_table.ROWS + 1
    assert "The first 300 of 800;" in html


def test_an_answer_frees_the_rows_it_decides(own: Session):
    yours_questions.ACTS["answer"](own, {"key": "date order", "value": "day first"})
    assert finish(own).now.case.counts["held_back"] == 2
    yours_questions.ACTS["forget"](own, {"key": "date order"})
    assert finish(own).now.case.counts["held_back"] == 3


def test_an_answer_nobody_offered_changes_nothing(own: Session):
    yours_questions.ACTS["answer"](own, {"key": "date order", "value": "year first"})
    assert own.job is None


def test_a_row_is_mended_in_place_and_the_step_undone(own: Session):
    assert yours_mend.as_given(own.now.case, 4)["start"] == "yesterday"
    yours_mend.ACTS["mended"](own, {"line": 4, "start": "2021-09-20", "title": "Bad date", "nonsense": "x"})
    case = finish(own).now.case
    assert [(edit.line, edit.target, edit.value) for edit in case.edits] == [(4, "start", "2021-09-20")]
    assert "Bad date" in list(case.reports["title"])
    own.undo()
    assert "Bad date" not in list(finish(own).now.case.reports["title"])
    assert len(own.past) == 0 or own.past[-1].content != FILE


def test_another_column_is_chosen_and_a_missing_one_said(own: Session):
    yours_columns.ACTS["column"](own, {"key": "place", "value": "Country"})
    assert finish(own).now.case.mapping.columns["place"] == "Country"
    yours_columns.ACTS["column"](own, {"key": "start", "value": ""})
    assert finish(own).now.trouble == ("mine.csv: missing column 'start'",)
    yours_columns.ACTS["column"](own, {"key": "start", "value": "Date"})
    assert finish(own).now.trouble == ()


def test_a_word_for_a_kind_is_explained_once(own: Session):
    assert 'data-key="weird"' in yours_table.verdicts(own)
    yours_table.ACTS["kind"](own, {"key": "weird", "value": "no kind"})
    assert own.job is None
    yours_table.ACTS["kind"](own, {"key": "weird", "value": "talks"})
    assert finish(own).now.case.mapping.kinds == {"weird": "talks"}
    assert 'data-key="weird"' not in yours_table.verdicts(own)


@pytest.mark.parametrize("use", [MERGE, REPLACE])
def test_a_file_of_which_nothing_can_be_drawn_is_counted_all_the_same(use: str):
    now = judged(Work("bad.csv", b"title;date;lat;lon\na;soon;38;68\n", use=use), desk_of_process())
    atlas = now.desk.atlas
    others = len(desk_of_process().atlas.reports) if use == MERGE else 0
    assert (len(atlas.reports), atlas.held_back_rows) == (others, 1)
    assert scene(atlas, View()).counts.held_back == 1


def test_a_column_the_file_does_not_have_is_not_taken(own: Session):
    yours_columns.ACTS["column"](own, {"key": "start", "value": "When"})
    yours_columns.ACTS["column"](own, {"key": "nonsense", "value": "Date"})
    assert own.job is None


def test_a_file_that_cannot_be_read_leaves_the_one_before(own: Session):
    own.change(name="picture.csv", content=b"\x89PNG\r\n", mapping=None)
    finish(own)
    assert (own.now.work.name, own.said) == ("mine.csv", ["picture.csv: is a picture; " + own.said[0].split("; ")[1]])


def test_what_the_file_says_is_text(own: Session):
    own.editing = 2
    html = yours_table.verdicts(own) + yours_columns.columns(own, opened=True)
    assert "<b>post" not in html
    assert "&lt;b&gt;post" in html


def test_the_cleaned_file_reads_back_to_the_same_rows():
    now = made(added=({"event": "own-1", "title": "By hand", "start": "2021-09-10", "lat": "38.5", "lon": "68.8"},))
    content = cleaned(now)
    assert b"'=Exercise" in content
    again = judged(Work("cleaned.csv", content), desk_of_process()).case
    columns = ["event", "title", "start", "end", "lat", "lon", "place"]
    assert again.reports[columns].values.tolist() == [*now.case.reports[columns].values.tolist(), *now.added.reports[columns].values.tolist()]


def test_held_back_rows_are_taken_away_with_line_and_reason():
    rows = list(csv.DictReader(io.StringIO(held_back(made()).decode())))
    assert [row["line"] for row in rows] == ["2", "4", "5"]
    assert any("'yesterday' is not a date" in cell for cell in rows[1].values())
    assert "too;short" in rows[2].values()


def test_the_mapping_is_one_that_check_takes(own: Session):
    assert parse(mapping(own.now).decode(), "mapping.toml") == own.now.case.mapping


def entering(own: Session, **fields: str) -> None:
    yours_form.ACTS["enter"](own, {"number": -1})
    yours_form.ACTS["entered"](own, {"button": "save", "kind": "exercise", "status": "held", **fields})


def test_an_event_is_entered_changed_and_deleted(own: Session):
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    assert [row["title"] for row in finish(own).now.work.added] == ["Convoy"]
    assert (own.form, own.now.added.reports["kind"].tolist()) == (None, ["exercise"])
    name = own.now.work.added[0]["event"]
    yours_form.ACTS["enter"](own, {"number": 0})
    yours_form.ACTS["entered"](own, {"button": "save", **own.form.fields, "title": "Column"})
    assert [(row["event"], row["title"]) for row in finish(own).now.work.added] == [(name, "Column")]
    yours_form.ACTS["drop"](own, {"number": 0})
    assert finish(own).now.work.added == ()


@pytest.mark.parametrize(("fields", "why"), [
    ({"title": "", "start": "2021-09-10"}, "the title is empty"), ({"title": "a", "start": "soon"}, "'soon' is not a date"),
    ({"title": "a", "start": "2021-09-10", "lat": "99", "lon": "70"}, "'99'"),
])  # fmt: skip
def test_an_event_that_could_not_be_drawn_is_refused_and_the_form_stays(own: Session, fields: dict[str, str], why: str):
    with pytest.raises(RefusedError, match=why):
        entering(own, **fields)
    assert own.form.fields["start"] == fields["start"]


def test_a_click_on_the_map_fills_the_form_once(own: Session):
    yours_form.ACTS["enter"](own, {"number": -1})
    yours_form.ACTS["entered"](own, {"button": "place", "title": "Convoy"})
    own.place((70.5, 37.0))
    own.place((1.0, 2.0))
    assert {name: own.form.fields[name] for name in ("title", "lon", "lat")} == {"title": "Convoy", "lon": "70.5000", "lat": "37.0000"}


@pytest.mark.parametrize("lon", ["x", 200, None, float("nan"), [70]], ids=str)
def test_a_click_nowhere_on_earth_is_no_place(lon: object):
    assert place_of({"lon": lon, "lat": 1}) is None
    assert place_of({}) is None
    assert place_of({"lon": 70.5, "lat": 37}) == (70.5, 37.0)


@pytest.mark.parametrize(("sent", "shown"), [
    ("mine.csv", "mine.csv"), ("../../etc/passwd", "passwd"), ("C:\\data\\my file.csv", "my file.csv"), ("", "file"), ("a\u202egpj.csv", "a gpj.csv"),
    ("x" * 300 + ".csv", "x" * 116 + ".csv"),
])  # fmt: skip
def test_a_file_name_is_only_a_name(sent: str, shown: str):
    assert yours_routes.named(sent) == shown


def test_two_sessions_share_nothing(own: Session):
    other = Session()
    assert (other.now.work.empty, other.token == own.token) == (True, False)
    assert intake.HELD_BACK in {row[0] for row in told(own)}


def test_work_and_mapping_are_opened_by_the_same_token_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(projects, "_keeping", [projects.Projects(tmp_path)])
    token = projects.token()
    first = Session(token)
    first.begin(Work("mine.csv", FILE, use=MERGE))
    yours_questions.ACTS["answer"](finish(first), {"key": "date order", "value": "day first"})
    finish(first)
    again, other = Session(token), Session(projects.token())
    again.restore()
    other.restore()
    assert (again.now.work, again.now.case.mapping) == (first.now.work, first.now.case.mapping)
    assert list(again.now.desk.atlas.reports["title"])[-2:] == ["Patrol near <b>post</b>", "=Exercise"]
    assert (other.now.work.empty, other.now.desk) == (True, None)
    for session, answers in ((again, {"date order": "day first"}), (other, {})):
        session.change(name="next.csv", content=FILE, mapping=None)
        assert finish(session).now.case.mapping.answers == answers


def test_a_window_that_was_overtaken_says_so_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(projects, "_keeping", [projects.Projects(tmp_path)])
    one, two = Session(token := projects.token()), Session(token)
    one.begin(Work("one.csv", FILE))
    finish(one)
    two.begin(Work("two.csv", FILE))
    assert finish(two).said[0].startswith("another window has changed this work meanwhile")
    assert projects.Projects(tmp_path).open(token)[0].name == "one.csv"
