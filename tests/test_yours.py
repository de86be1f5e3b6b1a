"""The Your data tab by its parts: what is judged, what is drawn, what can be mended, and what is taken away."""

import csv
import html
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import desk as desks
from dashboard import projects
from dashboard.acts import RefusedError, place_of
from dashboard.changes import changes
from dashboard.desk import Desk, desk_of_process, open_desk, own_desk
from dashboard.extracts import extract
from dashboard.panels import yours, yours_bar, yours_columns, yours_form, yours_mend, yours_questions, yours_routes, yours_session, yours_table
from dashboard.panels.yours_files import cleaned, held_back, mapping
from dashboard.panels.yours_judge import Judged, judged
from dashboard.panels.yours_session import Looking, Session
from dashboard.panels.yours_steps import FULL, REMOVED, Steps
from dashboard.projects import MERGE, REPLACE, Work
from dashboard.staging import scene
from dashboard.view import View
from geodata import intake
from geodata.intake.mapping import parse
from geodata.problems import Problem, TableError
from tests.tables import row, write
from tests.test_intake_schemas import ACLED

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
    found = yours_table.sought(own.now.file, own.looking)
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


def test_lines_that_fit_no_header_are_counted_in_a_long_table():
    own = Session()
    own.begin(Work("long.csv", b"title;start;lat;lon\nA;2021-09-10;38.5;68.8\n" + b"too;short\n" * 400))
    finish(own).looking = Looking(level="held_back")
    html = yours_table.verdicts(own)
    assert html.count("<tr") == yours_table.ROWS + 1
    assert "The first 300 of 400;" in html


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
    assert finish(own).now.trouble == ("mine.csv: missing column 'start'; the columns left are 'Date', 'City'",)
    yours_columns.ACTS["column"](own, {"key": "start", "value": "Date"})
    assert finish(own).now.trouble == ()


def test_columns_that_nothing_is_read_from_are_named_in_the_tab():
    session = Session()
    session.begin(Work("mine.csv", b"Title;Date;Country;<b>Weather</b>\nA;2021-09-01;TJK;dry\n"))
    tab = yours_columns.columns(finish(session), opened=False)
    assert "Kept as they are: '<b>Weather</b>'." in html.unescape(tab)
    assert "<b>Weather" not in tab


def test_every_note_about_a_file_stands_in_the_tab():
    session = Session()
    above = "".join(f"Note {n} on top\n" for n in range(1, 10))
    session.begin(Work("mine.csv", f"{above}Title;Date;Country\nA;2021-09-01;TJK\n".encode()))
    tab = yours._counts(finish(session))
    open_to, _, folded = tab.partition("<summary>3 notes more</summary>")
    assert [open_to.count("stands above the header"), folded.count("stands above the header")] == [6, 3]


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


BY_HAND = {"event": "own-1", "title": "By hand", "start": "2021-09-10", "lat": "38.5", "lon": "68.8"}


@pytest.mark.parametrize("use", [MERGE, REPLACE])
def test_events_entered_by_hand_stay_on_the_map_beside_a_file_that_cannot_be_judged(use: str):
    now = judged(Work("bad.csv", b"title;lat;lon\na;38;68\n", added=(BY_HAND,), use=use), desk_of_process())
    others = desk_of_process().atlas.reports["title"] if use == MERGE else []
    assert now.trouble == ("bad.csv: missing column 'start'",)
    assert list(now.desk.atlas.reports["title"]) == [*others, "By hand"]
    assert b"By hand" in cleaned(now)


def test_events_entered_by_hand_stay_on_the_map_beside_a_kept_file_that_cannot_be_read(store: projects.Projects):
    store.keep(token := projects.token(), work := Work("picture.csv", b"\x89PNG\r\n", added=(BY_HAND,), use=MERGE), 0)
    own = Session(token)
    own.restore()
    assert (own.now.work, own.said[0][:25]) == (work, "picture.csv: is a picture")
    assert "By hand" in list(own.now.desk.atlas.reports["title"])


ODD = b"A;B;C;D\nConvoy seen;03/09/2021;Kunduz;Afghanistan\nTalks;17/09/2021;Dushanbe;Tajikistan\n"
TOLD = parse('[columns]\ntitle = "A"\nstart = "B"\nplace = "C"\ncountry = "D"\n\n[answers]\n"date order" = "day first"\n', "map.toml")


def changed(now: Judged | None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of what differs from an earlier version of the same bytes, for a session."""
    monkeypatch.setattr(desks, "_of_session", [lambda: now and now.desk])
    return [change.title for change in changes(desks.earlier(ODD, "odd.csv", None), desks.desk().atlas, View(), View())]


def test_an_earlier_version_is_read_as_the_file_it_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "odd.csv").write_bytes(ODD)
    base = open_desk(tmp_path / "odd.csv", None, mapping=TOLD)
    monkeypatch.setattr(desks, "_current", [base])
    assert changed(None, monkeypatch) == []
    assert changed(judged(Work(added=(BY_HAND,), use=MERGE), base), monkeypatch) == ["By hand"]


def test_an_earlier_version_of_rows_shown_instead_is_read_under_their_mapping(monkeypatch: pytest.MonkeyPatch):
    now = judged(Work("odd.csv", ODD, TOLD, use=REPLACE), desk_of_process())
    assert changed(now, monkeypatch) == []


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
    yours_form.ACTS["enter"](own, {})
    yours_form.ACTS["entered"](own, {"button": "save", "kind": "exercise", "status": "held", **fields})


def test_an_event_is_entered_changed_and_deleted(own: Session):
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    assert [row["title"] for row in finish(own).now.work.added] == ["Convoy"]
    assert (own.form, own.now.added.reports["kind"].tolist()) == (None, ["exercise"])
    name = own.now.work.added[0]["event"]
    yours_form.ACTS["enter"](own, {"event": name})
    yours_form.ACTS["entered"](own, {"button": "save", **own.form.fields, "title": "Column"})
    assert [(row["event"], row["title"]) for row in finish(own).now.work.added] == [(name, "Column")]
    yours_form.ACTS["drop"](own, {"event": name})
    assert finish(own).now.work.added == ()


@pytest.mark.parametrize(("fields", "why"), [
    ({"title": "", "start": "2021-09-10"}, "the title is empty"), ({"title": "a", "start": "soon"}, "'soon' is not a date"),
    ({"title": "a", "start": "2021-09-10", "lat": "99", "lon": "70"}, "'99'"),
])  # fmt: skip
def test_an_event_that_could_not_be_drawn_is_refused_and_the_form_stays(own: Session, fields: dict[str, str], why: str):
    with pytest.raises(RefusedError, match=why):
        entering(own, **fields)
    assert own.form.fields["start"] == fields["start"]


CONVOY = {"title": "Convoy", "start": "2021-09-10", "source": "s"}


def form(own: Session) -> str:
    return yours_form.form(own, desk_of_process().atlas)


def press(own: Session, button: str) -> None:
    """What the form sends when one of its buttons is pressed."""
    yours_form.ACTS["entered"](own, {**own.form.fields, "button": button})


@pytest.mark.parametrize(("fields", "said"), [
    ({"place": "Ishkashim"}, "can be 2 places"), ({"country": "Atlantis"}, "is not a country known here"),
    ({"place": "Nowhereville", "country": "AFG"}, "is in no gazetteer here"), ({}, "listed, not drawn"),
    ({"lat": "38.5", "lon": "68.8", "country": "AFG"}, "outside Afghanistan"),
], ids=["place", "country", "nowhere", "none", "outside"])  # fmt: skip
def test_an_event_is_not_saved_before_its_doubts_were_seen(own: Session, fields: dict[str, str], said: str):
    entering(own, **CONVOY, **fields)
    assert (own.wanted.added, said in form(own)) == ((), True)
    press(own, "anyway")
    assert own.form is None
    assert [row["title"] for row in finish(own).now.work.added] == ["Convoy"]
    assert said in yours_form.entered(own) or not fields


def test_other_doubts_than_those_seen_are_shown_first(own: Session):
    entering(own, **CONVOY, place="Ishkashim")
    own.form.fields["place"] = "Nowhereville"
    press(own, "anyway")
    assert own.wanted.added == ()
    assert "Nowhereville" in form(own)


def chosen(own: Session, label: str) -> None:
    (question,) = own.form.questions
    press(own, f"choose\x1f{question.key}\x1f{next(key for key, means in question.choices.items() if label in means)}")


def test_a_place_of_several_is_chosen_drawn_and_recorded(own: Session, store: projects.Projects):
    entering(own, **CONVOY, place="Ishkashim")
    assert {"TJK", "AFG"} <= set(re.findall("[A-Z]{3}", form(own)))
    chosen(own, "TJK")
    assert (own.form.fields["country"], own.form.fields["lat"][:4]) == ("TJK", "36.7")
    press(own, "save")
    rows = finish(own).now.added.reports
    assert (rows["place"][0], rows["country"][0], rows["place_precision"][0]) == ("Ishkashim", "TJK", "city")
    assert "GeoNames 1221614" in rows["placed_from"][0]
    store.keep(token := projects.token(), own.now.work, 0)
    assert store.open(token)[0].added == own.now.work.added


def test_a_place_written_otherwise_is_no_longer_the_one_chosen(own: Session):
    entering(own, **CONVOY, place="Ishkashim")
    chosen(own, "AFG")
    yours_form.ACTS["entered"](own, {**own.form.fields, "lat": "36.5", "button": "save"})
    assert finish(own).now.work.added[0].get("placed_from", "") == ""


def test_an_answer_nobody_offered_for_an_event_changes_nothing(own: Session):
    entering(own, **CONVOY, place="Ishkashim")
    before = dict(own.form.fields)
    press(own, "choose\x1fplace Ishkashim\x1f42")
    press(own, "choose\x1fdate order")
    assert own.form.fields == before


def test_latitude_and_longitude_in_each_others_place_are_changed_when_asked(own: Session):
    with pytest.raises(RefusedError, match="with latitude and longitude changed it is inside"):
        entering(own, **CONVOY, lat="68.8", lon="38.5", country="TJK")
    chosen(own, "change places")
    press(own, "save")
    assert finish(own).now.added.reports[["lat", "lon"]].iloc[0].tolist() == [38.5, 68.8]


@pytest.mark.parametrize("name", ["start", "end", "reported"])
def test_a_date_of_two_readings_is_refused_with_both(own: Session, name: str):
    with pytest.raises(RefusedError, match=r"'03/04/2021' can be read as two days: write it as 2021-04-03 or 2021-03-04$"):
        entering(own, **{**CONVOY, "country": "TJK", name: "03/04/2021"})
    assert own.form.fields[name] == "03/04/2021"
    assert "date order" not in form(own)


def test_it_is_said_what_the_cleaned_file_leaves_out(own: Session):
    assert "3 rows are not in the cleaned file; Held-back rows has them." in yours_bar.kept(own)
    whole = Session()
    whole.begin(Work("mine.csv", b"title,start,country\nA,2021-09-10,TJK\n"))
    assert "not in the cleaned file" not in yours_bar.kept(finish(whole))


def written(row: dict[str, str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row, row.values()])
    return out.getvalue().encode()


def acled(code: str) -> Session:
    own = Session()
    own.begin(Work("acled.csv", written({**ACLED, "time_precision": code, "geo_precision": code})))
    return finish(own)


def test_a_column_of_a_collection_is_not_mended_where_there_is_no_cell_for_it():
    own = acled("9")
    said = [row for row in yours_table.expanded(own.now.case, own.now.file.verdicts) if row.column in ("time_precision", "geo_precision")]
    assert [(row.mendable, row.right.endswith("mend it in the file itself")) for row in said] == [(False, True)] * 2


def test_a_click_on_the_map_fills_the_form_once(own: Session):
    yours_form.ACTS["enter"](own, {})
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


def test_steps_can_be_undone_after_the_page_was_opened_again(store: projects.Projects):
    first = Session(token := projects.token())
    first.begin(Work("mine.csv", FILE))
    yours_questions.ACTS["answer"](finish(first), {"key": "date order", "value": "day first"})
    finish(first).change(use=MERGE)
    finish(first)
    again = Session(token)
    again.restore()
    assert again.undoable
    yours.ACTS["undo"](again, {})
    assert (finish(again).now.work.use, again.now.case.mapping.answers) == ("", {"date order": "day first"})
    yours.ACTS["undo"](again, {})
    assert finish(again).now.case.mapping.answers == {}
    assert "no step since this file came" in yours_bar.bar(again)


def test_steps_kept_hold_nothing_that_was_replaced_or_removed(store: projects.Projects):
    own = Session(token := projects.token())
    entering(own, title="Secret", start="2021-09-10", country="TJK", source="s")
    yours.ACTS["clear"](finish(own), {})
    entering(finish(own), title="Open", start="2021-09-10", country="TJK", source="s")
    own.change(name="next.csv", content=FILE + b"\n", mapping=None)
    own.change(name="mine.csv", content=FILE, mapping=None)
    finish(own)
    text = "".join(path.read_text() for path in store.folder.glob("*.json"))
    assert ("Secret" in text, "next.csv" in text, "Open" in text) == (False, False, True)
    assert len(store.past(token, own.now.work)) == 0


def test_steps_kept_are_bounded(store: projects.Projects):
    own = Session(token := projects.token())
    entering(own, title="A", start="2021-09-10", country="TJK", source="s")
    finish(own)
    for step in range(projects.STEPS + 5):
        own.steps.go(replace(own.wanted, use=(MERGE, "")[step % 2]))
    own.keeping.keep(own.wanted, own.past)
    assert store.past(token, own.wanted) == own.past[-projects.STEPS :]


def test_a_window_that_was_overtaken_says_so_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(projects, "_keeping", [projects.Projects(tmp_path)])
    one, two = Session(token := projects.token()), Session(token)
    one.begin(Work("one.csv", FILE))
    finish(one)
    two.begin(Work("two.csv", FILE))
    assert finish(two).unkept.startswith("another window has changed this work meanwhile")
    assert projects.Projects(tmp_path).open(token)[0].name == "one.csv"


# Steps asked for faster than they are judged.
def test_steps_asked_for_before_the_first_is_judged_are_all_taken(own: Session):
    yours_questions.ACTS["answer"](own, {"key": "date order", "value": "day first"})
    yours_columns.ACTS["column"](own, {"key": "place", "value": "Country"})
    yours_table.ACTS["kind"](own, {"key": "weird", "value": "talks"})
    yours_mend.ACTS["mended"](own, {"line": 4, "start": "2021-09-20"})
    yours_mend.ACTS["mended"](own, {"line": 4, "title": "Good date"})
    yours.ACTS["use"](own, {"value": MERGE})
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    work = finish(own).now.work
    assert (work.mapping.answers, work.mapping.columns["place"], work.mapping.kinds) == ({"date order": "day first"}, "Country", {"weird": "talks"})
    assert [edit.target for edit in work.edits] == ["start", "title"]
    assert (work.use, [event["title"] for event in work.added]) == (MERGE, ["Convoy"])
    assert len(own.past) == 8


def test_an_event_entered_while_a_file_is_judged_leaves_the_file():
    own = Session()
    own.arrived = ("mine.csv", FILE)
    yours.ACTS["came"](own, {})
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    work = finish(own).now.work
    assert (work.name, work.content, [event["title"] for event in work.added]) == ("mine.csv", FILE, ["Convoy"])
    own.undo()
    assert (finish(own).now.work.name, own.now.work.added) == ("mine.csv", ())


def test_an_event_entered_after_a_file_that_cannot_be_read_stays(own: Session):
    own.arrived = ("picture.csv", b"\x89PNG\r\n")
    yours.ACTS["came"](own, {})
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    work = finish(own).now.work
    assert (work.name, work.content, [event["title"] for event in work.added]) == ("mine.csv", FILE, ["Convoy"])
    assert own.said[0].startswith("picture.csv: is a picture")
    own.undo()
    assert (finish(own).now.work.name, own.now.work.added) == ("mine.csv", ())


def test_two_undos_at_once_go_back_two_steps(own: Session):
    for use in (MERGE, REPLACE):
        own.change(use=use)
        finish(own)
    own.undo()
    own.undo()
    assert (finish(own).now.work.use, len(own.past)) == ("", 1)


def test_an_undo_that_fails_loses_no_step(own: Session, monkeypatch: pytest.MonkeyPatch):
    own.change(use=MERGE)
    finish(own)
    with monkeypatch.context() as broken:
        broken.setattr(yours_session, "judged", refusing)
        own.undo()
        finish(own)
    assert (own.said, own.now.work.use, len(own.past)) == (["mine.csv: is not there"], MERGE, 2)
    own.undo()
    assert (finish(own).now.work.use, len(own.past)) == ("", 1)


def refusing(*_: object, **__: object) -> Judged:
    raise TableError([Problem("mine.csv", 0, "", "", "is not there")])


def test_an_answer_about_a_file_that_another_one_replaces_is_refused_in_words(own: Session):
    own.arrived = ("next.csv", FILE.replace(b"Kunduz", b"Herat"))
    yours.ACTS["came"](own, {})
    with pytest.raises(RefusedError, match=r"next\.csv is being judged"):
        yours_questions.ACTS["answer"](own, {"key": "date order", "value": "day first"})
    with pytest.raises(RefusedError, match=r"next\.csv is being judged"):
        yours_mend.ACTS["mended"](own, {"line": 4, "start": "2021-09-20"})
    assert (finish(own).now.work.name, own.now.work.edits, own.now.work.mapping.answers) == ("next.csv", (), {})


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> projects.Projects:
    monkeypatch.setattr(projects, "_keeping", [projects.Projects(tmp_path)])
    return projects.Projects(tmp_path)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Rows are judged once this is set, and no page waits for them."""
    go = threading.Event()
    monkeypatch.setattr(yours_session, "AT_ONCE", 0)
    monkeypatch.setattr(yours_session, "judged", lambda *given, **more: (go.wait(60), judged(*given, **more))[1])
    yield go
    go.set()


def test_work_is_kept_while_it_is_judged(store: projects.Projects, slow: threading.Event):
    own = Session(token := projects.token())
    own.arrived = ("mine.csv", FILE)
    yours.ACTS["came"](own, {})
    assert own.job.ended is False
    assert (store.open(token)[0].name, store.open(token)[0].content) == ("mine.csv", FILE)
    slow.set()
    again = Session(token)
    again.restore()
    assert (again.now.work.name, again.now.case.counts["rows"], again.said) == ("mine.csv", 4, [])


def test_a_file_that_cannot_be_read_leaves_what_was_kept(store: projects.Projects):
    own = Session(token := projects.token())
    own.begin(Work("mine.csv", FILE))
    finish(own).change(name="picture.csv", content=b"\x89PNG\r\n", mapping=None)
    assert store.open(token)[0].name == "mine.csv"
    finish(own)
    assert (store.open(token)[0].name, own.unkept) == ("mine.csv", "")


def test_a_file_that_cannot_be_read_takes_nothing_of_what_was_kept_while_it_is_read(store: projects.Projects, slow: threading.Event):
    slow.set()
    own = Session(token := projects.token())
    own.begin(Work("mine.csv", FILE))
    yours_mend.ACTS["mended"](finish(own), {"line": 4, "start": "2021-09-20"})
    finish(own)
    slow.clear()
    own.arrived = ("picture.csv", b"\x89PNG\r\n")
    yours.ACTS["came"](own, {})
    entering(own, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5")
    assert own.job.ended is False
    slow.set()
    again = Session(token)
    again.restore()
    work = again.now.work
    assert (work.name, work.content, [edit.value for edit in work.edits]) == ("mine.csv", FILE, ["2021-09-20"])
    assert [event["title"] for event in work.added] == ["Convoy"]
    assert again.said[0].startswith("picture.csv: is a picture")
    again.change(use=MERGE)
    finish(again)
    assert (store.open(token)[0].name, store.before(token)) == ("mine.csv", None)


def test_a_first_file_that_cannot_be_read_leaves_nothing_behind(store: projects.Projects, slow: threading.Event):
    own = Session(token := projects.token())
    own.begin(Work("picture.csv", b"\x89PNG\r\n"))
    slow.set()
    again = Session(token)
    again.restore()
    assert (again.now.work.empty, again.said[0][:25]) == (True, "picture.csv: is a picture")


def test_the_file_before_goes_from_disk_once_the_next_one_is_judged(store: projects.Projects, slow: threading.Event):
    slow.set()
    own = Session(token := projects.token())
    own.begin(Work("mine.csv", FILE))
    finish(own)
    slow.clear()
    own.begin(Work("next.csv", FILE + b"\n"))
    assert (store.open(token)[0].name, store.before(token).content) == ("next.csv", FILE)
    slow.set()
    finish(own)
    assert (store.open(token)[0].name, store.before(token)) == ("next.csv", None)
    assert [path.read_bytes() for path in store.folder.glob("*.file")] == [FILE + b"\n"]


def test_every_sentence_of_several_acts_is_shown(own: Session, monkeypatch: pytest.MonkeyPatch):
    page(own, monkeypatch)
    for text in ("one.csv: is too long", "two.csv: is too long"):
        yours.act({"do": "yours", "what": "refused", "text": text})
    assert own.said == ["one.csv: is too long", "two.csv: is too long"]
    page(own, monkeypatch)
    yours.act({"do": "yours", "what": "level", "value": ""})
    assert own.said == []


def test_the_end_of_a_job_takes_no_sentence_away_that_may_not_have_been_read(own: Session, slow: threading.Event, monkeypatch: pytest.MonkeyPatch):
    own.begin(Work("next.csv", FILE + b"\n"))
    page(own, monkeypatch)
    yours.act({"do": "yours", "what": "answer", "key": "date order", "value": "day first"})
    refused = ["next.csv is being judged; this was about mine.csv and was not done"]
    assert own.said == refused
    page(own, monkeypatch)
    slow.set()
    yours.act({"do": "yours", "what": "done"})
    assert finish(own).said == refused


# What Undo holds, and what a file that cannot be judged leaves.
ONE, TWO, BAD = Work("one.csv", b"one" * 2), Work("two.csv", b"two" * 2), Work("bad.csv", b"bad" * 2)


def stepped(*works: Work) -> Steps:
    """Steps that were all judged."""
    steps = Steps()
    for work in works:
        steps.go(work)
        steps.judged(work)
    return steps


def test_a_bad_file_after_an_undo_leaves_the_file_gone_back_to():
    steps = stepped(ONE, TWO)
    steps.back()
    steps.go(BAD)
    steps.failed()
    assert (steps.wanted, steps.past) == (ONE, [Work()])


def test_steps_after_an_undo_that_fails_stay_and_none_before_is_lost():
    steps = stepped(ONE, TWO)
    steps.back()
    steps.go(replace(ONE, added=(BY_HAND,)))
    steps.failed()
    assert (steps.wanted, steps.past) == (replace(TWO, added=(BY_HAND,)), [Work(), ONE, TWO])


def test_two_bad_files_one_after_the_other_leave_the_last_good_one():
    steps = stepped(ONE)
    for work in (BAD, replace(BAD, content=b"worse")):
        steps.go(work)
    steps.failed()
    assert steps.wanted == BAD
    steps.failed()
    assert (steps.wanted, steps.past) == (ONE, [Work()])


def test_undo_holds_files_up_to_a_bound_and_lets_the_oldest_go_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.panels.yours_steps.BYTES", 10)
    steps = Steps()
    for work in (ONE, TWO, BAD):
        steps.go(work)
        steps.go(replace(work, use=MERGE))
    assert [(work.name, work.use) for work in steps.past] == [("two.csv", ""), ("two.csv", MERGE), ("bad.csv", "")]
    steps.failed()
    assert steps.wanted == replace(TWO, use=MERGE)


def test_an_undo_of_what_is_no_longer_held_says_why(own: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.panels.yours_steps.BYTES", 10)
    own.begin(Work("next.csv", FILE + b"\n"))
    finish(own)
    assert own.past == []
    assert "disabled" not in page(own, monkeypatch).split(">Undo<")[0].rpartition("<")[2]
    yours.act({"do": "yours", "what": "undo"})
    assert (own.wanted.name, own.said) == ("next.csv", [FULL])


def test_remove_all_can_be_undone_and_lets_go_of_all_before_it(own: Session):
    own.begin(Work("next.csv", FILE + b"\n"))
    yours.ACTS["clear"](finish(own), {})
    yours.ACTS["clear"](finish(own), {})
    assert [work.name for work in finish(own).past] == ["next.csv"]
    for _ in range(2):
        yours.ACTS["undo"](own, {})
        finish(own)
    assert (own.now.work.name, own.said) == ("next.csv", [REMOVED])


# What is held back is counted and listed, whoever holds it back.
@pytest.fixture
def base(tmp_path: Path) -> Desk:
    """A desk of two rows: the event A and, on line 3, one that is held back."""
    return open_desk(write(tmp_path / "base.csv", [row(event="A", source="s"), row(event="B", start="zzz", source="s")]), None)


def beside(base: Desk, *rows: dict[str, str], name: str = "own.csv", use: str = MERGE, added: tuple[dict[str, str], ...] = ()) -> Judged:
    """Rows merged with a desk, from a file of their own."""
    columns = ("event", "title", "kind", "status", "start", "place", "lat", "lon", "country", "source", "summary")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return judged(Work(name, out.getvalue().encode(), use=use, added=added), base)


@pytest.mark.parametrize(("name", "told"), [("own.csv", "own.csv"), ("base.csv", "base.csv (2)")])
def test_bad_rows_of_two_files_on_the_same_line_are_two(base: Desk, name: str, told: str):
    atlas = beside(base, row(event="C", source="s"), row(event="D", start="yyy", source="s"), name=name).desk.atlas
    assert (atlas.events_file, atlas.held_back_rows, len(atlas.held_back)) == (f"base.csv + {told}", 2, 2)
    shown = scene(atlas, View())
    assert (shown.counts.held_back, "Held back: 2." in shown.counts_line) == (2, True)
    assert f"held back for start of base.csv (line 3) and start of {told} (line 3);" in " ".join(shown.notes)
    assert extract(atlas, shown).held_back.to_dict("records") == [
        {"file": "base.csv", "line": "3", "column": "start"}, {"file": told, "line": "3", "column": "start"}]  # fmt: skip
    assert [str(problem).split(": start")[0] for problem in atlas.problems] == ["base.csv: line 3", f"{told}: line 3"]


def test_a_row_held_back_by_merging_is_listed_counted_and_taken_away(base: Desk):
    own = Session()
    own.now = beside(base, row(event="A", source="s"), row(event="C", source="s"))
    atlas = own.now.desk.atlas
    assert (atlas.held_back_rows, len(atlas.held_back), len(atlas.reports)) == (2, 2, 2)
    assert {name: own.now.file.counts[name] for name in ("rows", "used", "held_back")} == {"rows": 2, "used": 1, "held_back": 1}
    assert "2 rows, 1 can be drawn, 1 held back" in yours._counts(own)
    assert "held-back.csv" in yours_bar._downloads(own)
    level, line, column, found = told(own)[0]
    assert (level, line, column, found) == ("held_back", 2, "event", "A")
    assert "is an event of base.csv already" in yours_table.verdicts(own)
    (held,) = csv.DictReader(io.StringIO(held_back(own.now).decode()))
    assert (held["line"], held["event"]) == ("2", "A")
    assert held["why held back"].startswith("own.csv: line 2: event 'A' is an event of base.csv already")
    assert [row["event"] for row in csv.DictReader(io.StringIO(cleaned(own.now).decode()))] == ["C"]


@pytest.mark.parametrize("use", ["", REPLACE])
def test_a_row_of_the_desk_is_held_back_only_beside_it(base: Desk, use: str):
    now = beside(base, row(event="A", source="s"), use=use)
    assert (now.file.counts["used"], now.file.counts["held_back"]) == (1, 0)


# Events entered by hand.
@pytest.fixture
def three() -> tuple[Session, dict[str, str]]:
    """A session with the events A, B and C, and their ids by title."""
    own = Session()
    for title in "ABC":
        entering(own, title=title, start="2021-09-10", country="TJK", source="s")
        finish(own)
    return own, {event["title"]: event["event"] for event in own.now.work.added}


def titles(own: Session) -> list[str]:
    return [event["title"] for event in own.wanted.added]


def test_an_open_form_writes_its_own_event_when_another_was_deleted(three):
    own, ids = three
    yours_form.ACTS["enter"](own, {"event": ids["B"]})
    yours_form.ACTS["drop"](own, {"event": ids["A"]})
    finish(own)
    yours_form.ACTS["entered"](own, {**own.form.fields, "button": "save", "title": "B2"})
    assert [(event["event"], event["title"]) for event in finish(own).now.work.added] == [(ids["B"], "B2"), (ids["C"], "C")]


def test_the_form_of_an_event_closes_when_it_is_deleted_or_a_step_undone(three):
    own, ids = three
    yours_form.ACTS["enter"](own, {"event": ids["B"]})
    yours_form.ACTS["drop"](own, {"event": ids["B"]})
    assert (own.form, titles(finish(own))) == (None, ["A", "C"])
    yours_form.ACTS["enter"](own, {"event": ids["C"]})
    yours.ACTS["undo"](own, {})
    assert (own.form, titles(finish(own))) == (None, ["A", "B", "C"])


def test_an_event_that_is_no_longer_there_is_not_opened_as_another(three):
    own, ids = three
    yours_form.ACTS["drop"](own, {"event": ids["B"]})
    with pytest.raises(RefusedError, match="no longer among those entered by hand"):
        yours_form.ACTS["enter"](own, {"event": ids["B"]})


def test_the_cleaned_file_dropped_again_holds_every_event_once(three, tmp_path: Path):
    own, ids = three
    own.arrived = ("cleaned.csv", cleaned(own.now))
    yours.ACTS["came"](own, {})
    atlas = finish(own).now.desk.atlas
    assert atlas.reports["event"].isin(ids.values()).sum() == 3
    assert (own.now.work.added, atlas.held_back_rows) == ((), 0)
    assert own.said == ["3 events entered by hand stand in cleaned.csv in the same words and are taken from there now: 'A', 'B', 'C'; "
                        "Undo takes this back"]  # fmt: skip
    (tmp_path / "again.csv").write_bytes(cleaned(own.now))
    assert open_desk(tmp_path / "again.csv", None).atlas.problems == ()
    own.undo()
    assert (titles(finish(own)), own.now.work.name) == (["A", "B", "C"], "")


def test_what_was_done_to_work_that_is_opened_again_promises_no_undo(three, store: projects.Projects):
    own, _ = three
    store.keep(token := projects.token(), Work("cleaned.csv", cleaned(own.now), added=own.now.work.added, use=MERGE), 0)
    again = Session(token)
    again.restore()
    assert again.said == ["3 events entered by hand stand in cleaned.csv in the same words and are taken from there now: 'A', 'B', 'C'"]
    assert again.past == []


def test_an_event_that_stands_in_the_file_in_other_words_is_held_back_and_says_so(three, tmp_path: Path):
    own, ids = three
    content = cleaned(own.now)
    yours_form.ACTS["enter"](own, {"event": ids["B"]})
    yours_form.ACTS["entered"](own, {**own.form.fields, "button": "save", "kind": "attack"})
    finish(own).arrived = ("cleaned.csv", content)
    yours.ACTS["came"](own, {})
    atlas = finish(own).now.desk.atlas
    assert (titles(own), atlas.held_back_rows) == (["B"], 1)
    assert atlas.reports.loc[atlas.reports["event"] == ids["B"], "kind"].tolist() == ["exercise"]
    assert "is an event of cleaned.csv already" in yours_form.entered(own)
    assert [line["event"] for line in csv.DictReader(io.StringIO(held_back(own.now).decode()))] == [ids["B"]]
    (tmp_path / "again.csv").write_bytes(cleaned(own.now))
    assert open_desk(tmp_path / "again.csv", None).atlas.problems == ()


# Mending one cell writes no other.
LONG = "z" * 20_000
CELLS = f'title,start,lat,lon,summary,source\r\nA,soon,38.5,68.8,"first\r\nsecond", s \r\nB,soon,38.5,68.8,{LONG},s\r\n'.encode()


@pytest.fixture
def cells() -> Session:
    session = Session()
    session.begin(Work("cells.csv", CELLS))
    return finish(session)


def shown_by_a_browser(own: Session, line: int) -> dict[str, str]:
    """What a form sends back untouched: a browser writes every end of a line as one letter."""
    return {target: value.replace("\r\n", "\n") for target, value in yours_mend.as_given(own.now.case, line).items()}


def test_mending_one_cell_leaves_the_others_as_they_are(cells: Session):
    first, second = cells.now.case.sheet.frame["_line"]
    for line in (first, second):
        yours_mend.ACTS["mended"](cells, {"line": int(line), **shown_by_a_browser(cells, line), "start": "2021-09-20"})
        finish(cells)
    assert [(edit.line, edit.target) for edit in cells.now.work.edits] == [(first, "start"), (second, "start")]
    assert [text.replace("\r\n", "\n") for text in cells.now.case.reports["summary"]] == ["first\nsecond", LONG]


def test_a_cell_of_several_lines_is_mended_where_it_can_have_them(cells: Session):
    cells.editing = int(cells.now.case.sheet.frame["_line"].iloc[0])
    html = yours_table.verdicts(cells)
    assert html.count("<textarea") == 1
    assert 'name="summary"' in html.split("<textarea")[1].split(">")[0]
    assert "first" in html.split("<textarea")[1].split(">")[1]


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut(cells: Session):
    line, text = int(cells.now.case.sheet.frame["_line"].iloc[0]), "x" * 100_001
    with pytest.raises(RefusedError, match="summary has 100,001 letters; at most 100,000 would be right"):
        yours_mend.ACTS["mended"](cells, {"line": line, "summary": text})
    with pytest.raises(RefusedError, match="summary has 100,001 letters; at most 100,000 would be right"):
        entering(cells, title="Convoy", start="2021-09-10", lat="37.0", lon="70.5", summary=text)
    assert (cells.job, cells.form.fields["summary"]) == (None, text)


# What the page says of keeping is true.
def page(own: Session, monkeypatch: pytest.MonkeyPatch) -> str:
    """The whole tab."""
    monkeypatch.setattr(yours, "session", lambda: own)
    return yours.yours(desk_of_process().atlas, scene(desk_of_process().atlas, View()))


def test_a_page_that_was_overtaken_no_longer_says_that_it_keeps(store: projects.Projects, monkeypatch: pytest.MonkeyPatch):
    one, two = Session(token := projects.token()), Session(token)
    for own, name in ((one, "one.csv"), (two, "two.csv")):
        own.begin(Work(name, FILE))
        finish(own)
    assert yours_bar.LASTING in page(one, monkeypatch)
    for _ in range(2):
        assert "another window has changed this work meanwhile" in page(two, monkeypatch)
        assert yours_bar.LASTING not in page(two, monkeypatch)
        yours.act({"do": "yours", "what": "clear"})
        finish(two)


def test_a_page_that_can_keep_again_says_so(store: projects.Projects, monkeypatch: pytest.MonkeyPatch):
    own = Session(token := projects.token())
    with monkeypatch.context() as full:
        full.setattr(projects, "replace", refusing_to_write)
        own.begin(Work("mine.csv", FILE))
        assert "cannot be written: No space left" in page(finish(own), monkeypatch)
    own.change(use=MERGE)
    assert yours_bar.LASTING in page(finish(own), monkeypatch)
    assert store.open(token)[0].use == MERGE


def refusing_to_write(*_: object) -> None:
    raise OSError(28, "No space left")


def test_what_is_removed_leaves_no_column_name_behind(store: projects.Projects):
    own = Session(projects.token())
    own.begin(Work("mine.csv", FILE))
    finish(own)
    assert [path.suffix for path in store.folder.rglob("columns-*")] == [".toml"]
    yours.ACTS["clear"](own, {})
    finish(own)
    assert not any(b"City" in path.read_bytes() for path in store.folder.rglob("*"))
    assert not list(store.folder.glob("*-mappings"))
    own.undo()
    assert (finish(own).now.work.name, own.now.work.content) == ("mine.csv", FILE)


def test_a_page_that_was_overtaken_removes_nothing_of_the_other(store: projects.Projects):
    one, two = Session(token := projects.token()), Session(token)
    one.begin(Work("one.csv", FILE))
    finish(one)
    yours.ACTS["clear"](two, {})
    finish(two)
    assert store.open(token)[0].name == "one.csv"
    assert [path.suffix for path in store.folder.rglob("columns-*")] == [".toml"]
