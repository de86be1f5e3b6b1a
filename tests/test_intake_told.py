"""Every correction is told: which value was read as which, by which code, and nothing that is not so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.cli import main
from geodata import intake
from geodata.intake import mapping
from geodata.intake.aside import SUMMED
from geodata.intake.draft import MANY
from geodata.problems import TableError
from tests.tables import ground
from tests.test_intake_schemas import ACLED, UCDP
from tests.test_intake_schemas import read as exported

HEAD = "Title,Date,Lat,Lon,Country,Source\n"


def table(text: str, answers: dict[str, str] | None = None) -> intake.Intake:
    case = intake.admit("own.csv", text.encode(), ground())
    for key, choice in (answers or {}).items():
        case = case.answered(key, choice)
    return case


def said(case: intake.Intake, level: str) -> list[str]:
    lines = case.table["_line"]
    return [str(v.problem(case.file, int(lines.iloc[v.rows[0]]))) for v in case.verdicts if v.level == level]


def told(case: intake.Intake, column: str) -> dict[str, str]:
    """Every text of a column that was read as another, however it is told."""
    found = {}
    for verdict in case.verdicts:
        if (verdict.level, verdict.column) == ("fixed", column):
            each = verdict.changes.each(verdict.rows) if verdict.changes else [(verdict.found, verdict.to, verdict.rows)]
            found |= {text: to for text, to, _ in each}
    return found


def rows(dates: list[str], lat: str = "38.5") -> str:
    return HEAD + "".join(f'"Alpha{n} beta{n} gamma{n}",{date},"{lat}",68.78,Tajikistan,T\n' for n, date in enumerate(dates))


DAYS = [f"{day:02}.09.2021" for day in range(1, 26)]


@pytest.mark.parametrize(("other", "read_as"), [
    ("2021", "2021-01-01..2021-12-31, some day of it"), ("September 2021", "2021-09-01..2021-09-30, some day of it"),
    ("13-19 September 2021", "2021-09-13..2021-09-19"), ("2021-09-30 14:30", "2021-09-30"), ("2021.09.30", "2021-09-30"),
    ("30 September 2021", "2021-09-30"), ("09/30/2021", "2021-09-30"),
])  # fmt: skip
def test_a_date_written_otherwise_is_never_summed_up_with_others(other, read_as):
    case = table(rows([*DAYS, other]))
    assert f"own.csv: line 27: Date '{other}' was read as '{read_as}'" in said(case, "fixed")
    assert "own.csv: line 2: Date '01.09.2021' was read as '2021-09-01', and 24 other values likewise" in said(case, "fixed")


def test_degrees_and_minutes_are_not_summed_up_with_decimals():
    cells = [f"38,5{n:02}" for n in range(25)] + ["38°59'59\"\"N"]
    text = HEAD + "".join(f'"Alpha{n} beta{n} gamma{n}",2021-09-{n + 1:02},"{cell}",68.78,Tajikistan,T\n' for n, cell in enumerate(cells))
    assert [s for s in said(table(text), "fixed") if "line 27" in s] == ["own.csv: line 27: Lat '38°59\\'59\"N' was read as '38.99972'"]


def test_words_read_as_different_words_are_not_summed_up():
    words = [f"{'Held' if n % 2 else 'Scheduled'}{'!' * n}" for n in range(1, 61)]
    text = "Title,Date,Country,Status\n" + "".join(f"Alpha{n} beta{n},2021-09-01,TJK,{word}\n" for n, word in enumerate(words, 1))
    summed = [verdict for verdict in table(text).verdicts if verdict.level == "fixed" and verdict.changes]
    assert {verdict.to for verdict in summed} == {"held", "planned"}
    for verdict in summed:
        assert {to for _, to, _ in verdict.changes.each(verdict.rows)} == {verdict.to}


def test_every_change_is_in_the_data_with_its_lines(tmp_path: Path, capsys):
    file = tmp_path / "many.csv"
    file.write_text(rows([*DAYS, "01.09.2021"]), encoding="utf-8")
    main(["check", str(file), "--json"])
    (verdict,) = (v for v in json.loads(capsys.readouterr().out)["verdicts"] if v["column"] == "Date")
    assert verdict["changes"][0] == {"found": "01.09.2021", "to": "2021-09-01", "lines": [2, 27]}
    assert {change["found"]: change["to"] for change in verdict["changes"]} == {day: f"2021-09-{day[:2]}" for day in DAYS}


def test_what_is_held_back_is_not_said_to_have_been_read():
    text = rows(DAYS).replace('"Alpha0 beta0 gamma0"', '""')
    (verdict,) = (v for v in table(text).verdicts if v.level == "fixed" and v.column == "Date")
    assert (verdict.found, verdict.to) == ("02.09.2021", "2021-09-02")
    assert verdict.right == "was read as '2021-09-02', and 23 other values likewise"
    assert "01.09.2021" not in told(table(text), "Date")


def test_many_titles_cut_short_are_one_sentence():
    text = "Title,Date,Country\n" + "".join(f"{f'Alpha{n} ' * 60},2021-09-01,TJK\n" for n in range(MANY + 5))
    assert len([v for v in table(text).verdicts if v.code == "title_cut"]) == 1


TOTALS = "Title,Date,Place,Country,Killed,Source\nAttack on post,2021-09-16,Kunduz,Afghanistan,3,Reuters\n"


@pytest.mark.parametrize("title", ["Total", "Subtotal Afghanistan", "Gesamt", "Summe", "Toplam", "Total général", "Grand total", "Общий итог",
                                   "Afghanistan Total", "المجموع", "Total for September 2021", "Total Republic of the Congo"])  # fmt: skip
@pytest.mark.parametrize("rest", ["September 2021,,Afghanistan,7,", "2021,,Afghanistan,7,", ",,Afghanistan,7,", ",,,7,", "2021-09-30,,AFG,7,"])
def test_a_title_that_only_says_total_is_no_event_and_is_named(title, rest):
    case = table(f"{TOTALS}{title},{rest}\n")
    assert [(row.line, row.why) for row in case.aside] == [(3, SUMMED)]
    assert list(case.reports["title"]) == ["Attack on post"]


@pytest.mark.parametrize("row", ["Total,2021-09-17,Herat,Afghanistan,,", "Total,2021-09-17,,Afghanistan,7,Reuters",
                                 "Total blackout,2021,,Afghanistan,,", "Sum of all fears,2021,,Afghanistan,,",
                                 "Total SA plant attacked,2021,,Afghanistan,,"])  # fmt: skip
def test_a_total_with_a_place_or_a_source_and_a_title_of_more_words_is_an_event(row):
    case = table(f"{TOTALS}{row}\n")
    assert (case.aside, case.counts["rows"]) == ([], 2)


def test_a_total_is_found_where_the_title_is_not_the_first_column():
    case = table("No,Title,Date,Country\n1,Attack on post,2021-09-16,AFG\n2,Total,September 2021,AFG\n")
    assert [row.line for row in case.aside] == [3]


def test_a_code_of_time_says_what_became_of_the_day_and_nothing_else_does():
    case = exported(ACLED | {"time_precision": "3"})
    (sentence,) = (s for s in said(case, "fixed") if "event_date" in s)
    assert sentence.endswith("event_date '16 September 2021' was read as '2021-09-01..2021-09-30, some day of it', "
                             "since code 3 of time_precision means no more than the month")  # fmt: skip


def test_a_code_of_place_says_the_ring_and_that_its_radius_is_ours():
    case = exported(ACLED | {"geo_precision": "3"})
    assert [s.split(": ", 2)[2] for s in said(case, "fixed") if "geo_precision" in s] == [
        "latitude, longitude '37.8365, 68.7776' was read as 'a ring of 150 km around it', since code 3 of geo_precision stands for an area; "
        "the radius is chosen for drawing, ACLED gives none"]  # fmt: skip


@pytest.mark.parametrize(("code", "to"), [("6", "the country as a whole"), ("7", "no place that can be drawn")])
def test_a_point_that_a_code_takes_away_is_told(code, to):
    case = exported(UCDP | {"where_prec": code})
    (verdict,) = (v for v in case.verdicts if v.code == "place_code")
    assert (verdict.column, verdict.found, verdict.to) == ("latitude, longitude", f"{UCDP['latitude']}, {UCDP['longitude']}", to)
    assert verdict.right == f"was read as {to!r}, since code {code} of where_prec means no more, so the point was left out"


def test_codes_are_told_once_however_many_days_they_change():
    vague = ACLED | {"time_precision": "3"}
    case = exported(*(vague | {"event_id_cnty": f"TJK{n}", "event_date": f"{n} September 2021", "geo_precision": ("3", "3.0", "9")[n % 3]}
                      for n in range(1, 29)))  # fmt: skip
    assert [(v.column, len(v.rows)) for v in case.verdicts if v.level == "fixed"] == [("event_date", 28), ("latitude, longitude", 28)]
    assert told(case, "latitude, longitude") == {"37.8365, 68.7776": "a ring of 150 km around it"}
    assert set(told(case, "event_date").values()) == {"2021-09-01..2021-09-30, some day of it"}
    assert len(told(case, "event_date")) == 28


def test_a_code_that_changes_nothing_is_not_told():
    assert [s for s in said(exported(ACLED), "fixed") if "precision" in s] == []


def test_a_title_made_up_is_named():
    assert any("ACLED has no titles: they are made of 'sub_event_type' and 'location'" in note for note in exported(ACLED).notes)


@pytest.mark.parametrize("word", ["present", "Ongoing", "сейчас"])
def test_still_going_on_is_told(word):
    case = table(f"Title,Start date,End date,Country\nA drill,2021-09-16,{word},TJK\n")
    assert said(case, "fixed") == [f"own.csv: line 2: End date {word!r} was read as still going on, and the status as 'ongoing'"]
    case = table(f"Title,Start date,End date,Country,Status\nA drill,2021-09-16,{word},TJK,ongoing\n")
    assert said(case, "fixed") == [f"own.csv: line 2: End date {word!r} was read as still going on"]


REPORTED = "Title,Date,Country,Source,Reported\n"


@pytest.mark.parametrize(("cells", "otherwise", "held"), [
    (["2021-04-05,TJK,T,03/04/2021"], "without a day of the report", 0), (["03/04/2021,TJK,T,"], "held back", 1),
    (["2021-01-18,TJK,T,03/04/2021", "03/04/2021,TJK,T,"], "of which 1 held back and 1 without a day of the report", 1),
    (["2021-01-18,TJK,T,44455", "44455,TJK,T,"], "of which 1 held back and 1 without a day of the report", 1),
])  # fmt: skip
def test_a_question_says_what_becomes_of_its_rows_until_it_is_answered(cells, otherwise, held):
    case = table(REPORTED + "".join(f"Alpha{n} beta{n},{row}\n" for n, row in enumerate(cells)))
    (question,) = case.questions
    assert (question.otherwise, case.counts["held_back"]) == (otherwise, held)


def test_a_span_that_runs_backwards_is_named_in_the_words_of_the_file():
    case = table("Title,Date,Country\nA thing,2021-09-18 - 2021-09-16,AFG\n")
    assert said(case, "held_back") == ["own.csv: line 2: Date '2021-09-18 - 2021-09-16' ends before it starts; "
                                       "2021-09-16..2021-09-18 would be right if the days only changed places"]  # fmt: skip
    case = table("Title,Date,Until,Country\nA thing,18.09.2021,16 September 2021,AFG\n")
    assert said(case, "held_back") == ["own.csv: line 2: Until '16 September 2021' is before the start"]


def test_of_half_a_point_the_missing_half_is_named():
    case = table(HEAD + "A long thing,2021-09-18,,68.78,TJK,T\nB other thing,2021-09-18,38.5,,TJK,T\n")
    together = "stands alone; latitude and longitude are needed together, and"
    assert said(case, "held_back") == [f"own.csv: line 2: Lon '68.78' {together} 'Lat' is empty",
                                       f"own.csv: line 3: Lat '38.5' {together} 'Lon' is empty"]  # fmt: skip
    case = table("Title,Date,Lat,Country\nA thing,2021-09-18,38.5,TJK\n")
    assert said(case, "held_back") == [f"own.csv: line 2: Lat '38.5' {together} the file has no column for the longitude"]


def test_a_mapping_that_is_none_is_refused_in_words(tmp_path: Path):
    junk = tmp_path / "junk.toml"
    junk.write_bytes(b"a\xf8\x00")
    for path, words in ((junk, "junk.toml: is not text in UTF-8, as a mapping in TOML is: byte 2 is 0xf8"),
                        (tmp_path, f"{tmp_path.name}: is a folder; a file with a mapping in TOML would be right: {tmp_path}")):  # fmt: skip
        with pytest.raises(TableError) as error:
            mapping.load(path)
        assert str(error.value) == words


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_file_read_as_it_stands_says_why_and_marks_its_warnings(tmp_path: Path, capsys, suffix):
    mark = "\t" if suffix == ".tsv" else ","
    file = tmp_path / f"blocs{suffix}"
    text = "title,start,lat,lon,country,blocs\nZero one,2021-09-18,0,0,TJK,csto\n"
    file.write_text(text.replace(",", mark), encoding="utf-8")
    main(["check", str(file)])
    out = capsys.readouterr().out.splitlines()
    why = f"blocs{suffix}: the file is read as it stands, because it has Panj's own column 'blocs': nothing is guessed, looked up or proposed"
    assert why in out
    if suffix == ".csv":
        assert out[1].startswith("warned: blocs.csv: line 2: lat, lon '0, 0' is a point in the Gulf of Guinea")
        main(["check", str(file), "--json"])
        assert json.loads(capsys.readouterr().out)["notes"] == [why.split(": ", 1)[1]]


def test_braces_in_names_of_columns_are_only_letters():
    vague = ACLED | {"time_precision": "3", "geo_precision": "3"}
    case = exported({f"{{{name}}}" if name.endswith("precision") else name: cell for name, cell in vague.items()})
    assert [v.right.count("{time_precision}") for v in case.verdicts if v.column == "event_date"] == [1]
    assert [v.right.count("{geo_precision}") for v in case.verdicts if v.code == "place_code"] == [1]
