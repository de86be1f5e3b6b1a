"""What a view shows, decided once: rules of time, membership, links, counts and legend on the shipped theatre."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from dashboard.layers import vocabulary
from dashboard.scene import as_json
from dashboard.selection import certain, possible, select
from dashboard.staging import scene
from dashboard.view import View, read_view
from geodata.days import number
from tests.tables import loaded, report, row, shipped


def staged(text: str):
    view, complaints = read_view(text, vocabulary(shipped()))
    assert not complaints
    return scene(shipped(), view)


def events(drawn) -> dict:
    return {feature.id.removeprefix("event:"): feature for feature in drawn.layer("events").features}


def countries(drawn, bloc: str, *roles: str) -> set[str]:
    return {feature.country for feature in drawn.layer(bloc).features if feature.role in roles}


MEMBER = ("member", "founding_member")


def test_members_on_17_september_2021():
    drawn = staged("from=2021-09-17&to=2021-09-17")
    assert countries(drawn, "csto", *MEMBER) == {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"}
    assert countries(drawn, "sco", *MEMBER) == {"CHN", "IND", "KAZ", "KGZ", "PAK", "RUS", "TJK", "UZB"}
    assert countries(drawn, "sco", "observer") == {"AFG", "BLR", "IRN", "MNG"}
    also = {feature.country: feature.also for feature in drawn.layer("sco").features if feature.also}
    assert "not_invited" in also["AFG"]
    assert "accession_approved" in also["IRN"]


@pytest.mark.parametrize(("day", "bloc", "country", "belongs"), [
    ("2007-01-01", "csto", "UZB", True), ("2013-01-01", "csto", "UZB", False), ("2021-09-17", "csto", "UZB", False),
    ("2023-07-03", "sco", "IRN", False), ("2023-07-04", "sco", "IRN", True), ("2024-07-03", "sco", "BLR", False), ("2024-07-04", "sco", "BLR", True),
    ("2012-12-18", "csto", "UZB", True), ("2012-12-19", "csto", "UZB", False),
])  # fmt: skip
def test_shading_follows_the_day(day, bloc, country, belongs):
    assert (country in countries(staged(f"from={day}&to={day}"), bloc, *MEMBER)) == belongs


def test_shading_is_that_of_the_knowledge_day_if_earlier():
    assert staged("from=2023-01-01&to=2023-12-31&known=2023-06-01").as_of == "2023-06-01"


def test_a_partial_date_is_certain_only_on_its_far_side():
    assert "FIN" not in countries(staged("from=2023-06-01&to=2023-06-01&layers=nato"), "nato", *MEMBER)
    assert "FIN" in countries(staged("from=2024-01-01&to=2024-01-01&layers=nato"), "nato", *MEMBER)


def test_the_summit_is_planned_on_the_15th_and_held_on_the_17th():
    assert events(staged("known=2021-09-15"))["EV20"].status == "planned"
    assert events(staged("known=2021-09-17"))["EV20"].status == "held"


def test_september_brief_counts():
    counts = staged("from=2021-09-13&to=2021-09-19&known=2021-09-19&ahead=on").counts
    assert (counts.drawn, counts.possible, counts.ahead, counts.disputed) == (29, 6, 2, 1)


def test_an_announcement_is_not_drawn_beside_what_carries_it_out():
    assert "EV24" in events(staged("from=2021-10-01&to=2021-10-31&known=2021-09-18"))
    later = events(staged("from=2021-10-01&to=2021-10-31&known=2021-10-23"))
    assert "EV24" not in later
    assert {later[event].status for event in ("EV54", "EV55", "EV56")} == {"held"}
    assert staged("from=2021-10-01&to=2021-10-31&known=2021-10-23").counts.answered == 1


def test_nothing_reported_after_the_knowledge_day_shapes_the_scene(tmp_path):
    rows = [report("a", "2021-09-01", status="planned"), report("b", "2021-09-12", title="Later title")]
    early, late = loaded(tmp_path, rows[:1]), loaded(tmp_path, rows)
    view = View(start=date(2021, 9, 1), end=date(2021, 9, 30), known=date(2021, 9, 11))
    then, now = as_json(scene(early, view)), as_json(scene(late, view))
    counted = "1 report that came later is left out."  # how many came later is said, and nothing else of them
    assert counted in now["text"]
    now["text"] = now["text"].replace(counted, "no report came later.")
    assert now == then


def test_a_month_precision_event_is_certain_only_in_a_window_that_covers_it(tmp_path):
    atlas = loaded(tmp_path, [row(event="M", start="2021-09-01", end="2021-09-30", date_precision="within", reported="2021-10-01", reliability="B")])
    for first, last, expected in [(1, 30, "certain"), (2, 30, "possible"), (15, 15, "possible")]:
        drawn = scene(atlas, View(start=date(2021, 9, first), end=date(2021, 9, last)))
        assert events(drawn)["M"].certainty == expected
    assert not events(scene(atlas, View(start=date(2021, 10, 1), end=date(2021, 10, 2))))


def test_the_end_day_is_inclusive(tmp_path):
    atlas = loaded(tmp_path, [row(event="E")])
    assert len(events(scene(atlas, View(start=date(2021, 9, 1), end=date(2021, 9, 10))))) == 1
    assert len(events(scene(atlas, View(start=date(2021, 9, 1), end=date(2021, 9, 9))))) == 0


def test_certain_possible_and_out_are_everything():
    rng, versions = np.random.default_rng(1), shipped().versions
    w = versions[["w0", "s0", "s1", "w1"]].to_numpy().T
    for start in rng.integers(number(date(2021, 6, 1)), number(date(2021, 12, 31)), 50):
        end = start + rng.integers(0, 60)
        sure, can = certain(w, start, end), possible(w, start, end)
        assert not (sure & ~can).any()
        for versions_row, is_sure, is_possible in zip(versions.itertuples(), sure, can, strict=True):
            assert is_possible == (versions_row.w0 <= end and versions_row.w1 >= start)
            assert not is_sure or is_possible


def test_imprecise_places_never_get_a_point():
    for feature in events(staged("")).values():
        assert (feature.lon is not None) == (feature.place_form in ("symbol", "virtual"))


def test_numbers_run_from_one_without_gaps_and_parts_follow_their_meeting():
    features = list(staged("from=2021-09-13&to=2021-09-19").layer("events").features)
    assert [feature.n for feature in features] == list(range(1, len(features) + 1))
    by_id = {feature.id: feature for feature in features}
    together = [(feature, by_id[feature.part_of]) for feature in features if feature.part_of]
    for part, meeting in [(part, meeting) for part, meeting in together if (part.lon, part.lat) == (meeting.lon, meeting.lat) and part.lon]:
        between = [feature for feature in features if meeting.n < feature.n < part.n]
        assert all(feature.part_of and by_id[feature.part_of].n <= part.n for feature in between)
    places = [(feature.lon, feature.lat, feature.place if feature.lon is None else "") for feature in features]
    assert len(set(places)) == sum(one != other for one, other in pairwise(places)) + 1, "a place stands once in the key"


def test_sources_are_numbered_as_the_key_needs_them():
    drawn = staged("from=2021-09-13&to=2021-09-19")
    numbers = [source.n for source in drawn.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {number for feature in drawn.layer("events").features for number in feature.sources}
    assert cited == set(numbers)


FILTERS = {
    "kinds=summit": lambda f: f.kind == "summit", "status=planned,announced": lambda f: f.status in ("planned", "announced"),
    "blocs=sco": lambda f: "sco" in f.blocs, "blocs=-": lambda f: not f.blocs,
    "party=TALIBAN": lambda f: any(name == "TALIBAN" for name, _ in f.participants) or f.country == "TALIBAN",
    "grade=B1": lambda f: f.grade[0] in "AB" and f.grade[1] == "1",
}  # fmt: skip


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_lets_through_what_it_says_and_nothing_else(text):
    everything, some = events(staged("")), events(staged(text))
    assert set(some) == {name for name, feature in everything.items() if FILTERS[text](feature)}
    assert some
    assert staged(text).counts.hidden_by_filters == len(everything) - len(some)


def test_an_empty_choice_shows_nothing():
    assert not events(staged("kinds=none"))
    assert "No events in this view" in staged("kinds=none").counts_line


def test_counts_beside_each_choice_are_what_the_choice_would_show():
    view, _ = read_view("status=held")
    facets = select(shipped(), view).facets
    for kind, expected in facets["kinds"].items():
        assert len(events(staged(f"status=held&kinds={kind}"))) == expected
    for status, expected in facets["status"].items():
        assert len(events(staged(f"status={status}"))) == expected
    for bloc, expected in facets["blocs"].items():
        assert len(events(staged(f"status=held&blocs={bloc.replace('none', '-')}"))) == expected


@pytest.mark.parametrize(("words", "event"), [("Rahmon", "EV01"), ("Rakhmon", "EV01"), ("kharb-maidon", "EV52"), ("sher khan", "EV72"),
                                              ("ZAS border", "EV06")])
def test_search_looks_through_titles_places_persons_and_summaries(words, event):
    assert event in events(staged(f"span=year&from=2021-01-01&to=2021-12-31&q={words.replace(' ', '+')}"))


def test_disproved_events_are_hidden_and_counted_unless_asked_for():
    assert "EV103" not in events(staged(""))
    assert staged("").counts.disputed == 1
    assert "EV103" in events(staged("disputed=on"))


def test_the_legend_lists_what_is_drawn_and_nothing_else():
    keys = {entry.key for entry in staged("from=2021-09-13&to=2021-09-19&known=2021-09-19").legend}
    assert {"member:csto+sco", "observer:sco", "kind:summit", "status:cancelled", "form:border", "control"} <= keys
    assert not keys & {"kind:attack", "member:nato", "form:virtual", "certainty:ahead"}
    bare = {entry.key for entry in staged("layers=events&kinds=summit&from=2021-09-13&to=2021-09-19").legend}
    assert {key for key in bare if not key.startswith("line:")} == {
        "kind:summit", "colour:csto", "colour:sco", "status:held", "credibility:1"}  # fmt: skip


def test_the_marking_is_the_highest_of_the_rows_and_can_only_be_raised(tmp_path):
    window = {"start": date(2021, 9, 1), "end": date(2021, 9, 30)}
    rows = [row(event="A", marking="TLP:GREEN"), row(event="B", marking="TLP:CLEAR")]
    assert scene(loaded(tmp_path, rows), View(**window)).marking == "TLP:GREEN"
    assert scene(loaded(tmp_path, rows), View(**window, marking="TLP:RED")).marking == "TLP:RED"
    assert scene(loaded(tmp_path, rows), View(**window, marking="TLP:CLEAR")).marking == "TLP:GREEN"
    unmarked = scene(loaded(tmp_path, [row(event="A", marking="")]), View(**window))
    assert unmarked.marking == "TLP:AMBER"
    assert any("TLP:AMBER" in note for note in unmarked.notes)


def test_near_a_border_counts_what_lies_inside_as_certain_and_what_touches_as_possible():
    inside, touching = events(staged("near=AFG-UZB:20")), events(staged("near=AFG-UZB:500"))
    assert "EV53" in inside
    assert inside["EV53"].certainty == "possible"  # the range is drawn 25 km wide
    assert events(staged("near=AFG-TJK:50"))["EV52"].certainty == "certain"  # reported 15 to 20 km from the border
    assert set(inside) < set(touching)
    assert "EV40" not in touching


def test_every_scene_says_that_boundaries_imply_no_endorsement_and_gives_credits():
    drawn = staged("")
    assert "imply no endorsement" in drawn.disclaimer
    assert "GeoNames" in drawn.credits
    assert drawn.references


def test_the_scene_is_json():
    drawn = as_json(staged("from=2021-09-13&to=2021-09-19"))
    again = json.loads(json.dumps(drawn))
    assert {"panj", "view", "title", "as_of", "known", "marking", "layers", "legend", "counts", "sources", "references", "notes",
            "text"} <= set(again)
    summit = next(f for layer in again["layers"] if layer["key"] == "events" for f in layer["features"] if f["id"] == "event:EV20")
    assert summit["status"] == "held"
    assert {"id", "title", "role", "also", "certainty", "status", "place_form", "lon", "lat", "sources"} <= set(summit)


def test_borders_carry_their_reported_lengths_and_status():
    borders = {feature.id: feature for feature in staged("").layer("borders").features}
    assert borders["border:AFG-TJK"].note == "1,344 km reported; factbook 1,357"
    assert borders["border:AFG-UZB"].note == "144 km reported"
    assert borders["border:AFG-TJK"].status == "afghan_side_held_by_taliban"
    before = {feature.id: feature for feature in staged("from=2021-08-01&to=2021-08-10").layer("borders").features}
    assert before["border:AFG-TJK"].status == ""
    assert sum(feature.emphasis for feature in borders.values()) == 6


def test_a_hundred_windows_are_staged_alike_from_their_address():
    rng = np.random.default_rng(2)
    for _ in range(20):
        start = date(2021, 6, 1) + timedelta(int(rng.integers(0, 200)))
        view = View(start=start, end=start + timedelta(int(rng.integers(0, 40))))
        assert scene(shipped(), view).counts == scene(shipped(), View.from_query(view.to_query())).counts
