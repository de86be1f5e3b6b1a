"""What reports add up to on a day: newest word, no detail lost, nothing from later days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import events
from geodata.days import INF, number
from tests.tables import composed, read, report, row, shipped

DAY = number(date(2021, 9, 20))


def on(text: str) -> int:
    return number(date.fromisoformat(text))


def test_the_newest_report_gives_the_status(tmp_path):
    rows = [report("a", "2021-09-01", status="planned"), report("b", "2021-09-11", status="held")]
    assert composed(tmp_path, rows, on("2021-09-10"))["status"] == "planned"
    assert composed(tmp_path, rows, on("2021-09-11"))["status"] == "held"


def test_a_vaguer_later_time_and_place_do_not_hide_what_is_known(tmp_path):
    rows = [report("a", "2021-09-11", place="Kharb-Maidon", place_precision="district", zone="kharb-maidon", lat="", lon=""),
            report("b", "2021-09-15", start="2021-08-01", end="2021-09-15", date_precision="within", place="Tajikistan", lat="", lon="",
                   place_precision="country", title="Some exercise")]  # fmt: skip
    event = composed(tmp_path, rows, DAY)
    assert (event["start"], event["end"], event["place"], event["title"]) == ("2021-09-10", "2021-09-10", "Kharb-Maidon", "Exercise")
    assert event["given"]["time"] == event["given"]["place"] == "a"


def test_a_postponement_replaces_the_planned_days(tmp_path):
    rows = [report("a", "2021-09-01", status="planned"), report("b", "2021-09-05", status="planned", start="2021-10-10", end="2021-10-12")]
    assert composed(tmp_path, rows, DAY)["start"] == "2021-10-10"


def test_a_finer_time_replaces_a_vaguer_one(tmp_path):
    rows = [report("a", "2021-09-01", status="planned", start="2021-10-01", end="2021-10-31", date_precision="within"),
            report("b", "2021-09-05", status="planned", start="2021-10-18", end="2021-10-23")]  # fmt: skip
    assert composed(tmp_path, rows, DAY)["start"] == "2021-10-18"


def test_an_exact_stay_is_not_shortened_by_a_report_naming_one_of_its_days(tmp_path):
    rows = [report("a", "2021-09-18", start="2021-09-16", end="2021-09-18"), report("b", "2021-09-19", start="2021-09-17", end="2021-09-17")]
    event = composed(tmp_path, rows, DAY)
    assert (event["start"], event["end"]) == ("2021-09-16", "2021-09-18")


def test_what_was_held_shorter_than_planned_was_held_shorter(tmp_path):
    rows = [report("a", "2021-07-21", status="planned", start="2021-07-30", end="2021-08-10"),
            report("b", "2021-08-09", start="2021-08-02", end="2021-08-06")]  # fmt: skip
    event = composed(tmp_path, rows, DAY)
    assert (event["start"], event["end"]) == ("2021-08-02", "2021-08-06")


def test_a_doubtful_report_never_replaces_a_better_one(tmp_path):
    rows = [report("a", "2021-09-11"), report("b", "2021-09-12", status="cancelled", credibility="4")]
    event = composed(tmp_path, rows, DAY)
    assert (event["status"], event["credibility"]) == ("held", 2)


def test_a_better_report_replaces_a_doubtful_one(tmp_path):
    rows = [report("a", "2021-09-11", credibility="4"), report("b", "2021-09-12", status="cancelled", credibility="3")]
    assert composed(tmp_path, rows, DAY)["status"] == "cancelled"


def test_on_the_same_day_the_better_grade_counts(tmp_path):
    rows = [report("a", "2021-09-17", status="reported", reliability="C", credibility="3"), report("b", "2021-09-17", status="held", credibility="1")]
    assert composed(tmp_path, rows, DAY)["status"] == "held"


def test_a_disproved_report_shapes_nothing_unless_it_is_alone(tmp_path):
    false = report("x", "2021-09-12", status="cancelled", credibility="5")
    event = composed(tmp_path, [report("a", "2021-09-11"), false], DAY)
    assert (event["status"], event["disputed"], event["reports"]) == ("held", False, (0,))
    assert composed(tmp_path, [false], DAY)["disputed"]


def test_page_furniture_shapes_nothing(tmp_path):
    rows = [report("a", "2021-09-11"), report("b", "2021-09-12", status="cancelled", furniture="yes")]
    assert composed(tmp_path, rows, DAY)["status"] == "held"


def test_an_undated_report_counts_only_when_no_day_is_set(tmp_path):
    rows = [report("a", "2021-09-09", status="planned"), report("b", "", status="held")]
    assert composed(tmp_path, rows, DAY)["status"] == "planned"
    event = composed(tmp_path, rows, INF)
    assert (event["status"], event["undated"]) == ("held", 1)


def test_an_undated_report_is_no_newer_than_it_must_be(tmp_path):
    rows = [report("a", "", status="ongoing", start="2021-09-20", end="2021-09-24"),
            report("b", "2021-10-09", status="held", start="2021-09-11", end="2021-09-25")]  # fmt: skip
    assert composed(tmp_path, rows, INF)["status"] == "held"


def test_a_state_without_an_end_is_certain_until_the_newest_report(tmp_path):
    rows = [report("a", "2021-08-11", status="ongoing", start="2021-08-01", end=".."),
            report("b", "2021-09-15", status="ongoing", start="2021-08-01", end="..")]
    event = composed(tmp_path, rows, DAY)
    assert (event["w0"], event["s1"], event["w1"]) == (on("2021-08-01"), on("2021-09-15"), INF)


def test_participants_keep_the_best_known_way_they_took_part(tmp_path):
    rows = [report("a", "2021-09-16", participants="TJK:chair;RUS:video;ARM:in_person"),
            report("b", "2021-09-17", participants="RUS:party;UZB:guest")]
    assert dict(composed(tmp_path, rows, DAY)["participants"]) == {"TJK": "chair", "RUS": "video", "ARM": "in_person", "UZB": "guest"}


def test_a_doubtful_word_on_who_took_part_does_not_replace_a_better_one(tmp_path):
    rows = [report("a", "2021-09-16", participants="RUS:chair"), report("b", "2021-09-17", participants="RUS:not_invited;UZB:guest", credibility="6")]
    assert dict(composed(tmp_path, rows, DAY)["participants"]) == {"RUS": "chair", "UZB": "guest"}


def test_a_report_without_a_summary_leaves_the_stated_one(tmp_path):
    rows = [report("a", "2021-09-11", summary="Told."), report("b", "2021-09-12", title="Renamed")]
    event = composed(tmp_path, rows, DAY)
    assert (event["title"], event["summary"], event["given"]["summary"]) == ("Renamed", "Told.", "a")


def test_the_grade_is_the_best_among_reports_of_the_current_status(tmp_path):
    rows = [report("a", "2021-09-09", status="planned", credibility="1"), report("b", "2021-09-16", credibility="1"),
            report("c", "2021-09-17", reliability="C", credibility="1")]  # fmt: skip
    event = composed(tmp_path, rows, DAY)
    assert (event["reliability"], event["credibility"]) == ("B", 1)


@pytest.mark.parametrize(("precision", "start", "end", "expected"), [
    ("day", "2021-09-10", "2021-09-12", ("2021-09-10", "2021-09-10", "2021-09-12", "2021-09-12")),
    ("within", "2021-09-01", "2021-09-30", ("2021-09-01", "2021-09-30", "2021-09-01", "2021-09-30")),
    ("about", "2021-09-10", "2021-09-10", ("2021-09-03", "2021-09-17", "2021-09-03", "2021-09-17")),
])  # fmt: skip
def test_four_day_numbers_say_when_it_can_have_been(tmp_path, precision, start, end, expected):
    event = composed(tmp_path, [report("a", "2021-10-05", date_precision=precision, start=start, end=end)], INF)
    assert tuple(event[name] for name in ("w0", "s0", "s1", "w1")) == tuple(on(day) for day in expected)


def test_not_before_a_day_never_ends_and_is_never_certain(tmp_path):
    event = composed(tmp_path, [report("a", "2021-09-15", status="planned", date_precision="after", end="")], INF)
    assert (event["w0"], event["s0"], event["w1"]) == (on("2021-09-10"), INF, INF)


SHIPPED = [
    ("EV20", "2021-09-15", "planned", "2021-09-16"), ("EV20", "2021-09-17", "held", "2021-09-16"), ("EV51", None, "held", "2021-09-07"),
    ("EV52", None, "held", "2021-08-05"), ("EV53", None, "held", "2021-08-02"), ("EV54", "2021-10-14", "planned", "2021-10-10"),
    ("EV54", None, "held", "2021-10-18"), ("EV70", None, "held", "2021-08-15"), ("EV77", None, "held", "2021-09-07"),
    ("EV32", None, "held", "2021-09-16"),
    ("EV61", None, "held", "2021-08-18"), ("EV31", None, "held", "2021-09-17"), ("EV62", None, "held", "2021-09-11"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "known", "status", "start"), SHIPPED)
def test_shipped_events_as_known(event, known, status, start):
    versions, day = shipped().versions, on(known) if known else INF
    spans = versions[(versions["event"] == event) & (versions["known_from"] <= day) & (versions["known_to"] > day)]
    assert [(row["status"], row["start"]) for row in spans.to_dict("records")] == [(status, start)]


def test_the_reinforced_base_is_still_possible_on_20_october():
    versions = shipped().versions
    row = versions[(versions["event"] == "EV64") & (versions["known_to"] > INF)].iloc[0]
    assert (row["status"], row["place_precision"]) == ("ongoing", "city")
    assert row["w1"] >= on("2021-10-20")


# ---- any set of reports ----

days_of_2021 = st.integers(0, 120).map(lambda n: (date(2021, 7, 1) + timedelta(n)).isoformat())
lengths = st.integers(1, 40)


@st.composite
def report_sets(draw):
    """Reports of one event by up to six sources, right by the rules of the table."""
    rows = []
    for name in draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6, unique=True)):
        start = date.fromisoformat(draw(days_of_2021))
        precision = draw(st.sampled_from(["day", "within", "about", "after"]))
        end = start + timedelta(draw(lengths))
        status = draw(st.sampled_from(["planned", "announced", "ongoing", "held", "cancelled", "reported"]))
        written = draw(st.one_of(st.just(""), days_of_2021))
        earliest = {"held": start if precision == "after" else end, "ongoing": start}.get(status, date(2021, 1, 1))
        if written and written < earliest.isoformat():
            written = earliest.isoformat()
        form = draw(st.sampled_from([{"place_precision": "city"}, {"place_precision": "country", "lat": "", "lon": ""},
                                     {"place_precision": "district", "zone": "kharb-maidon", "lat": "", "lon": ""}]))  # fmt: skip
        rows.append(report(name, written, status=status, start=start.isoformat(), end="" if precision == "after" else end.isoformat(),
                           date_precision=precision, credibility=str(draw(st.integers(1, 6))), reliability=draw(st.sampled_from("ABCDEF")),
                           **form))  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reports")


def spans(folder, rows):
    frame, problems, _ = read(folder, rows)
    assert not problems, [str(problem) for problem in problems]
    return events.versions(frame), frame


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(rows=report_sets(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(folder, rows, shuffled):
    other = rows[:]
    shuffled.shuffle(other)
    told = []
    for order in (rows, other):
        versions, frame = spans(folder, order)
        names = frame["source"].to_dict()
        versions["reports"] = [sorted(names[row] for row in used) for used in versions["reports"]]
        versions["given_rows"] = [{field: names[row] for field, row in fields.items()} for fields in versions["given_rows"]]
        told.append(versions.drop(columns="geometry").astype(str).to_dict("records"))
    assert told[0] == told[1]


@SLOW
@given(rows=report_sets(), first=days_of_2021, second=days_of_2021)
def test_knowledge_only_grows_and_never_comes_from_later(folder, rows, first, second):
    versions, frame = spans(folder, rows)
    early, late = sorted((on(first), on(second)))
    used = {}
    for day in (early, late):
        known = versions[(versions["known_from"] <= day) & (versions["known_to"] > day)]
        assert len(known) <= 1
        used[day] = {row for reports in known["reports"] for row in reports}
        assert all(frame["reported_day"][row] <= day for row in used[day])
        given_by = {source for fields in known["given"] for source in fields.values()}
        assert given_by <= {frame["source"][row] for row in used[day]}
    sound_late = any(frame["credibility"][row] != events.DISPROVED for row in used[late])
    sound_early = {row for row in used[early] if frame["credibility"][row] != events.DISPROVED or not sound_late}
    assert sound_early <= used[late]


@SLOW
@given(rows=report_sets())
def test_composed_times_are_possible_times(folder, rows):
    versions, _ = spans(folder, rows)
    assert (versions["w0"] <= versions["w1"]).all()
    assert (versions["w0"] <= versions["s0"]).all()
    assert (versions["s1"] <= versions["w1"]).all()


def test_reports_without_a_source_are_told_apart_by_their_rows(tmp_path):
    rows = [report("", "2021-09-11", title="First word", place_precision="country", place="Tajikistan", lat="", lon=""),
            report("", "2021-09-12", title="Second word")]  # fmt: skip
    frame, _, _ = read(tmp_path, rows)
    known = events.versions(frame).iloc[-1]
    assert known["given"]["title"] == known["given"]["summary"] == ""
    assert (known["given_rows"]["title"], known["given_rows"]["place"], known["given_rows"]["summary"]) == (1, 1, 0)


def test_a_lone_report_gave_everything(tmp_path):
    frame, _, _ = read(tmp_path, [row(event="A"), row(event="B", source="b")])
    assert [set(given.values()) for given in events.versions(frame)["given_rows"]] == [{0}, {1}]
