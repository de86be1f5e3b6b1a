"""What an analyst decided about a file is in every file Panj writes of it: read again, without a mapping, its rows are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.outputs import DATA, OUTPUTS, Paper
from dashboard.staging import scene
from dashboard.view import View
from geodata import intake
from geodata.atlas import Atlas, load
from geodata.reports import COLUMNS
from tests.intake.corpus import GOOD, MAPPED, table
from tests.tables import ground
from tests.test_intake_schemas import ACLED, UCDP

EVERYTHING = View.from_query("from=1900-01-01&to=2100-12-31&span=all&disputed=on")
SECRET = {"marking": "TLP:RED", "reliability": "B", "credibility": "2"}
SWAPPED = {"latitude": "68.78", "longitude": "38.55"}
CASES = {
    "acled": ((ACLED, ACLED | SWAPPED | {"event_id_cnty": "TJK2"}, ACLED | {"event_id_cnty": "TJK3", "time_precision": "3", "geo_precision": "2"}),
              {"schema": "acled", "constants": SECRET, "answers": {"swapped": "swap"}}),
    "ged": ((UCDP, UCDP | {"id": "2", "date_prec": "4", "where_prec": "4"}, UCDP | {"id": "3", "geom_wkt": "POINT (69.2 34.5)"}),
            {"schema": "ucdp", "constants": SECRET}),
    "swapped": ((GOOD | {"Latitude": "68.78", "Longitude": "38.55"}, GOOD | {"Title": "Another", "Latitude": "38,56"}),
                {"columns": MAPPED, "constants": SECRET, "answers": {"swapped": "keep"}, "kinds": {"Talks": "statement"}}),
}  # fmt: skip


def decided(name: str, folder: Path) -> tuple[Atlas, intake.Intake]:
    """The facts of a case, under the analyst's mapping, and the case."""
    rows, said = CASES[name]
    content = table(*rows, names=tuple(dict.fromkeys(key for row in rows for key in row)))
    guessed = intake.admit("own.csv", content, ground()).mapping
    mapping = intake.Mapping(**({"columns": guessed.columns} | said))
    case = intake.admit("own.csv", content, ground(), mapping=mapping)
    return load(case), case


def rows_of(atlas: Atlas) -> list[dict[str, str]]:
    """What each report says, as text; a number as it is drawn."""
    frame = atlas.reports
    return [{name: str(row[name]) for name in COLUMNS} for row in frame.to_dict("records")]


@pytest.mark.parametrize("ending", sorted(DATA))
@pytest.mark.parametrize("name", CASES)
def test_what_was_decided_is_read_again_as_it_was_drawn(tmp_path, name, ending):
    atlas, case = decided(name, tmp_path)
    assert case.counts["held_back"] == 0
    made = tmp_path / f"again{ending}"
    made.write_bytes(OUTPUTS[ending](atlas, scene(atlas, EVERYTHING), Paper()))
    again = load(made)
    assert rows_of(again) == rows_of(atlas)
    assert (len(again.problems), scene(again, EVERYTHING).marking) == (0, "TLP:RED")


@pytest.mark.parametrize("name", CASES)
def test_the_cleaned_file_is_not_asked_about_again(tmp_path, name):
    atlas, _ = decided(name, tmp_path)
    again = intake.admit("again.csv", OUTPUTS[".csv"](atlas, scene(atlas, EVERYTHING), Paper()), ground())
    assert (again.questions, again.counts["held_back"], again.mapping.schema) == ([], 0, "")


def test_a_cell_of_a_written_file_can_be_mended(tmp_path):
    atlas, _ = decided("acled", tmp_path)
    again = intake.admit("again.csv", OUTPUTS[".csv"](atlas, scene(atlas, EVERYTHING), Paper()), ground())
    assert again.edited(2, "lat", "38.7").table["lat"].iloc[0] == "38.7"
    assert "95" in [verdict.found for verdict in again.edited(2, "lat", "95").verdicts]
