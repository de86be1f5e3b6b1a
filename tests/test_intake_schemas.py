"""ACLED and UCDP exports: every code of precision means one thing, their sources stay, nothing is taken for more than it is."""

from __future__ import annotations

import pytest

from geodata import days, intake
from tests.intake.corpus import table
from tests.tables import ground

ACLED = {"event_id_cnty": "TJK1", "event_date": "16 September 2021", "year": "2021", "time_precision": "1", "disorder_type": "Political violence",
         "event_type": "Battles", "sub_event_type": "Armed "
                                                    "clash", "actor1": "Border guards", "actor2": "Smugglers", "iso": "762", "country": "Tajikistan",
         "admin1": "Khatlon", "location": "Bokhtar", "latitude": "37.8365", "longitude": "68.7776", "geo_precision": "1",
         "source": "Asia-Plus; Radio Ozodi", "notes": "A synthetic row.", "fatalities": "0", "timestamp": "1632000000"}  # fmt: skip
UCDP = {"id": "1", "relid": "X-1", "year": "2021", "type_of_violence": "1", "dyad_name": "A - B", "source_article": "Asia-Plus, "
            "2021-09-17", "where_prec": "1",
        "where_coordinates": "Bokhtar town", "latitude": "37.8365", "longitude": "68.7776", "country": "Tajikistan", "date_prec": "1",
        "date_start": "2021-09-16 00:00:00.000", "date_end": "2021-09-16 00:00:00.000", "best": "0"}  # fmt: skip
TAGS = {name: f"#{name.split('_')[0]}+x" for name in UCDP}


def read(*rows: dict[str, str]) -> intake.Intake:
    return intake.admit("export.csv", table(*rows, names=tuple(rows[0])), ground())


def only(*rows: dict[str, str]):
    case = read(*rows)
    assert case.problems == []
    return case.reports.iloc[0]


def widest(row) -> tuple[str, str]:
    return days.iso(row["w0"]), days.iso(row["w1"])


def test_an_acled_row_keeps_its_id_its_sources_and_its_own_columns():
    row = only(ACLED)
    assert (row["event"], row["source"], row["kind"], row["status"], row["country"]) == ("TJK1", "Asia-Plus; Radio Ozodi", "attack", "held", "TJK")
    assert (row["title"], row["place"], row["summary"]) == ("Armed clash, Bokhtar", "Bokhtar", "A synthetic row.")
    assert (row["actor1"], row["fatalities"], row["event_date"]) == ("Border guards", "0", "16 September 2021")
    assert row["reported"] == ""


@pytest.mark.parametrize(
    ("code", "span"), [("1", ("2021-09-16", "2021-09-16")), ("2", ("2021-09-09", "2021-09-23")), ("3", ("2021-09-01", "2021-09-30"))]
)
def test_each_time_code_of_acled_is_as_wide_as_it_says(code, span):
    assert widest(only(ACLED | {"time_precision": code})) == span


@pytest.mark.parametrize(("code", "precision", "radius"), [("1", "city", ""), ("2", "district", "25.0"), ("3", "district", "150.0")])
def test_each_place_code_of_acled_is_as_coarse_as_it_says(code, precision, radius):
    row = only(ACLED | {"geo_precision": code})
    assert (row["place_precision"], str(row["radius_km"]).replace("nan", "")) == (precision, radius)


@pytest.mark.parametrize(("code", "precision", "radius", "pointed"), [
    ("1", "city", "", True), ("2", "district", "25.0", True), ("3", "district", "50.0", True), ("4", "district", "150.0", True), ("5", "district",
        "100.0", True),
    ("6", "country", "", False), ("7", "none", "", False)])  # fmt: skip
def test_each_place_code_of_ucdp_is_as_coarse_as_it_says(code, precision, radius, pointed):
    row = only(UCDP | {"where_prec": code})
    assert (row["place_precision"], str(row["radius_km"]).replace("nan", ""), row["lat"] == row["lat"]) == (precision, radius, pointed)
    assert row["latitude"] == "37.8365"


@pytest.mark.parametrize(("code", "end", "span"), [
    ("1", "2021-09-16", ("2021-09-16", "2021-09-16")), ("2", "2021-09-20", ("2021-09-16", "2021-09-20")), ("3", "2021-09-22", ("2021-09-16",
        "2021-09-22")),
    ("4", "2021-09-30", ("2021-09-16", "2021-09-30")), ("5", "2021-12-31", ("2021-09-16", "2021-12-31")), ("2", "2021-09-16", ("2021-09-09",
        "2021-09-23")),
])  # fmt: skip
def test_each_time_code_of_ucdp_is_as_wide_as_it_says(code, end, span):
    row = only(UCDP | {"date_prec": code, "date_end": f"{end} 00:00:00.000"})
    assert widest(row) == span
    assert row["date_precision"] == ("day" if code == "1" else "about" if end == "2021-09-16" else "within")


def test_a_row_of_hxl_tags_is_recognised_and_counted():
    case = read(TAGS, UCDP)
    assert [(row.line, row.why) for row in case.aside] == [(2, "is a row of HXL tags")]
    assert (case.counts["rows"], case.counts["used"], case.counts["no_event"]) == (1, 1, 1)
    assert case.mapping.schema == "ucdp"


def test_a_code_nobody_gave_is_warned_of():
    case = read(ACLED | {"geo_precision": "9", "time_precision": "0"})
    assert [(v.code, v.found) for v in case.verdicts if v.level == "warned"] == [("precision_code", "0"), ("precision_code", "9")]


def test_a_source_column_of_ucdp_is_kept_whole():
    assert only(UCDP)["source"] == "Asia-Plus, 2021-09-17"
