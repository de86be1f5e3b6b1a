"""The analyst's file: what it needs, what is filled in, and what is held back and why."""

from __future__ import annotations

import pytest

from geodata import atlas, outtake
from geodata.problems import TableError
from tests.tables import loaded, read, report, row, write

BAD = [
    ({"start": "31/03/2024"}, "start", "is not a date like 2024-03-31"),
    ({"start": "2021-02-30"}, "start", "is not a day of the calendar"),
    ({"start": "2021-09-10", "end": "9999-12-31"}, "end", "is not a day from 1000 to 2200"),
    ({"start": ""}, "start", "is empty; a value is needed"),
    ({"title": ""}, "title", "is empty; a value is needed"),
    ({"end": "2021-09-01"}, "end", "is before the start"),
    ({"end": ".."}, "end", "is open, which only a status 'ongoing' allows"),
    ({"lat": "95"}, "lat", "is not a latitude from -90 to 90"),
    ({"lat": "nan"}, "lat", "is not a latitude from -90 to 90"),
    ({"lon": "abc"}, "lon", "is not a longitude from -180 to 180"),
    ({"lat": ""}, "lat", "stands alone; latitude and longitude are needed together"),
    ({"kind": "party"}, "kind", "is not an id of kinds"),
    ({"status": "done"}, "status", "is not one of announced, cancelled, held, ongoing, planned, reported"),
    ({"date_precision": "month"}, "date_precision", "is not one of about, after, day, within"),
    ({"date_precision": "within", "end": "2021-09-10"}, "date_precision", "needs an end after the start"),
    ({"place_precision": "exact"}, "place_precision", "is not one of border, city"),
    ({"place_precision": "country"}, "place_precision", "does not fit: a site, city or virtual place has coordinates"),
    ({"place_precision": "border", "lat": "", "lon": ""}, "zone", "is empty, but a border, region or district must be named"),
    ({"place_precision": "border", "lat": "", "lon": "", "zone": "AFG-FRA"}, "zone",
     "holds 'AFG-FRA', which is not an id of zones, regions or borders"),
    ({"place_precision": "border", "lat": "", "lon": "", "zone": "kharb-maidon"}, "zone", "names something that does not fit the place precision"),
    ({"country": "Tajikistan"}, "country", "is not an ISO 3166-1 alpha-3 country code like TJK"),
    ({"blocs": "csto;eu"}, "blocs", "holds 'eu', which is not an id of blocs"),
    ({"participants": "TJK"}, "participants", "says TJK took part as '', which is not an id of modes"),
    ({"participants": "XXX:chair"}, "participants", "names 'XXX', which is neither a country code like TJK nor an id of parties"),
    ({"participants": "TJK:chair;TJK:host"}, "participants", "names TJK twice"),
    ({"reliability": "G"}, "reliability", "is not one of A, B, C, D, E, F"),
    ({"credibility": "7"}, "credibility", "is not one of 1, 2, 3, 4, 5, 6"),
    ({"marking": "SECRET"}, "marking", "is not one of TLP:AMBER"),
    ({"reported": "2021-09-09"}, "reported", "is before the event was over, so it cannot be reported as held"),
    ({"status": "ongoing", "reported": "2021-09-09"}, "reported", "is before the start, so it cannot be reported as ongoing"),
    ({"source": "doc-003", "reported": "2021-09-15", "reliability": "A"}, "reliability", "differs from the reliability of its source"),
    ({"source": "doc-003", "reported": "2021-09-16", "reliability": "B"}, "reported", "differs from the day its source was published"),
    ({"event": "a b"}, "event", "is not an id: letters, digits, '-' and '_' would be right"),
]


@pytest.mark.parametrize(("values", "column", "right"), BAD)
def test_a_bad_row_is_held_back_and_named(tmp_path, values, column, right):
    used, problems, held_back = read(tmp_path, [row(event="GOOD"), row(**values)])
    assert list(used["event"]) == ["GOOD"]
    assert len(held_back) == 1
    sentence = str(problems[0])
    assert sentence.startswith(f"own.csv: line 3: {column} ")
    assert right in sentence


def test_a_row_needs_only_a_title_a_start_and_a_place(tmp_path):
    used, problems, _ = read(tmp_path, [{"title": "Flood", "start": "2022-05-01", "place": "Kulob"}], ("title", "start", "place", "colour"))
    assert not problems
    only = used.iloc[0]
    assert (only["end"], only["kind"], only["status"], only["reliability"], only["credibility"]) == ("2022-05-01", "other", "reported", "F", 6)
    assert only["place_precision"] == "none"
    assert "colour" in used


def test_a_row_without_an_event_gets_a_key_of_its_own_and_repeats_a_suffix(tmp_path):
    used, _, _ = read(tmp_path, [row(), row(), row(title="Other")])
    first, again, other = used["event"]
    assert again == f"{first}-2"
    assert other not in (first, again)


def test_two_reports_of_one_event_by_the_same_source_are_refused(tmp_path):
    _, problems, _ = read(tmp_path, [report("a", "2021-09-11"), report("a", "2021-09-12")])
    assert "source 'a' reports the same event in an earlier row already" in str(problems[0])


def test_reports_of_one_event_have_one_kind(tmp_path):
    _, problems, _ = read(tmp_path, [report("a", "2021-09-11"), report("b", "2021-09-12", kind="summit")])
    assert "kind 'summit' differs from the 'exercise' of the event's first report" in str(problems[0])


def test_lines_are_those_of_the_file_even_after_quoted_line_breaks(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text('title,start,place,blocs\n"two\nlines",2021-01-01,Kulob,\nbad,x,Kulob,\n,,,,\n', encoding="utf-8")
    problems = [str(problem) for problem in atlas.load(path).problems]
    assert problems[0] == "own.csv: line 4: start 'x' is not a date like 2024-03-31"
    assert problems[1] == "own.csv: line 5: has 5 fields, the header has 4"


UNUSABLE = [
    (b"", "own.csv: is empty; a table with a header row would be right"),
    (b"\n\n", "own.csv: is empty; a table with a header row would be right"),
    (b"title,place\nA,B\n", "own.csv: missing column 'start'"),
    (b"start,title\n2021-01-01,B\n", "own.csv: missing a place: a column 'place', 'country', or 'lat' and 'lon' would be right"),
    (b"title,start,place,blocs\nA,2021-01-01,\xff\xfe,\n", "own.csv: line 2: is not UTF-8 text; save the file as UTF-8"),
    (b'title,start,place,blocs\nA,2021-01-01,"x,\nB,2021-01-02,y,\n', "own.csv: is not a CSV table: unexpected end of data"),
    (b"title,start,place,blocs,,\n", "own.csv: line 1: has two columns named ''"),
    (b"title,start,place,blocs,title\n", "own.csv: line 1: has two columns named 'title'"),
]


@pytest.mark.parametrize(("content", "sentence"), UNUSABLE)
def test_a_file_that_cannot_be_used_is_said_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "own.csv"
    path.write_bytes(content)
    with pytest.raises(TableError) as raised:
        atlas.load(path)
    assert str(raised.value) == sentence


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("\ufefftitle,start,place\nКулоб,2021-01-01,Кӯлоб\n".encode())
    assert list(atlas.load(path).reports["title"]) == ["Кулоб"]


def test_a_row_citing_a_known_source_is_dated_by_it(tmp_path):
    used, problems, _ = read(tmp_path, [row(source="doc-003")])
    assert not problems
    assert (used["reported"].iloc[0], used["reliability"].iloc[0]) == ("2021-09-15", "B")


def test_a_free_text_source_is_a_source(tmp_path):
    loaded_atlas = loaded(tmp_path, [row(source="My notebook, p. 4", reliability="C")])
    assert loaded_atlas.sources.loc["My notebook, p. 4", "reliability"] == "C"


@pytest.mark.parametrize("text", ["=1+1", "+7 992", "-x", "@cmd", "'=a", "''-b", "plain", "-7.5",
                                  "'quoted'", "", "'", "\uff1d1+1", "\uff20x", "'\uff0dx"])
def test_formulas_are_defused_and_come_back(text):
    written = outtake.defused(text)
    assert outtake.armed(written) == text
    assert not written.startswith(("=", "@", "\uff1d", "\uff20"))


def test_an_exported_file_reads_back_to_the_same_reports(tmp_path):
    rows = [row(title="=cmd|' /C calc'!A0", summary="a,b\n\"c\"", participants="TJK:chair+host;RUS:video", blocs="csto;sco", reliability="F")]
    first = loaded(tmp_path, rows).reports
    columns = [name for name in first if name not in ("_line", "geometry", "reported_day", "w0", "s0", "s1", "w1")]
    (tmp_path / "again.csv").write_bytes(outtake.csv_bytes(first, columns=columns, unmarked="TLP:AMBER"))
    again = atlas.load(tmp_path / "again.csv").reports
    assert first[columns].astype(str).equals(again[columns].astype(str))


def test_write_makes_a_plain_file(tmp_path):
    assert write(tmp_path / "x.csv", [row()]).read_text(encoding="utf-8").startswith("event,title")
