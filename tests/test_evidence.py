"""How well things are known: disagreements side by side, single sources, what rests on a source, what each report changed."""

from datetime import date

import pytest

from dashboard import disagreements, support, weeks
from dashboard.staging import scene
from dashboard.view import View
from geodata import claims, days, events
from geodata.atlas import Atlas, load
from geodata.days import INF
from geodata.problems import Problem
from tests.tables import loaded, report

ATLAS = load()
ALWAYS = View()
ALL = "from=2021-06-01&to=2021-12-31&disputed=on"


def sides(event: str, day: int = INF) -> list[list[str]]:
    """The claims of every disagreement on an event."""
    return [[side.claim for side in each.sides] for each in disagreements.disagreements(ATLAS, event, day)]


@pytest.mark.parametrize(("event", "claims_said"), [
    ("EV21", ["Putin's travel to both Dushanbe summits called off", "Claim that Putin himself tested positive"]),
    ("EV103", ["Putin's travel to both Dushanbe summits called off", "Claim that Putin himself tested positive"]),
    ("EV23", ["Plan to send troops to the Tajik-Afghan border", "Zas: no need for extra forces at the Tajik-Afghan border"]),
    ("EV06", ["military and diplomatic help", "military and military-technical help"]),
    ("EV31", ["an application approved", "accepted by all and the ninth member already", "the start of an accession"]),
    ("EV51", ["no, it would stay away", "yes, its contingent is listed"]),
])  # fmt: skip
def test_the_shipped_contradictions_stand_side_by_side(event: str, claims_said: list[str]):
    assert claims_said in sides(event)


def test_a_side_appears_only_once_a_report_of_it_is_known():
    assert sides("EV51", days.number(date(2021, 9, 6))) == []
    assert len(sides("EV51", days.number(date(2021, 9, 7)))[0]) == 2
    before = [each for each in sides("EV31", days.number(date(2021, 9, 17))) if "an application approved" in each]
    assert before == [["an application approved", "the start of an accession"]]


def test_every_side_names_the_reports_that_say_it():
    for event in disagreements.differing(ATLAS, INF):
        for each in disagreements.disagreements(ATLAS, event, INF):
            assert all(side.reports for side in each.sides)
            own = [row for side in each.sides if not side.event for row in side.reports]
            assert {ATLAS.reports["event"][row] for row in own} <= {event}


def own(tmp_path, *reports_made: dict) -> Atlas:
    return loaded(tmp_path, list(reports_made))


def test_who_took_part_is_compared_without_any_table(tmp_path):
    atlas = own(tmp_path, report("one", "2021-09-11", participants="TJK:host;UZB:absent"),
                report("two", "2021-09-12", participants="TJK:host;UZB:party"))  # fmt: skip
    (each,) = disagreements.disagreements(atlas, "E", INF)
    assert each.subject == "how Uzbekistan took part"
    assert [side.claim for side in each.sides] == ["absent", "takes part"]
    feature = scene(atlas, View()).layer("events").features[0]
    assert "differing" in feature.flags
    assert feature.differ == ("Reports differ on how Uzbekistan took part: absent or takes part.",)
    assert feature.differ[0] in scene(atlas, View()).text


@pytest.mark.parametrize("modes", [("video", "not_in_person"), ("party", "video"), ("in_person+expected", "cancelled+video"),
                                   ("party", "party+signatory")])
def test_what_can_both_be_true_is_no_disagreement(tmp_path, modes):
    atlas = own(tmp_path, *(report(f"s{n}", f"2021-09-1{n}", participants=f"RUS:{mode}") for n, mode in enumerate(modes, 1)))
    assert disagreements.disagreements(atlas, "E", INF) == ()


def test_one_publisher_is_a_single_source_even_with_two_reports(tmp_path):
    both = [report("doc-002", "2021-08-23", start="2021-08-23"), report("tass-1329043", "2021-08-23", start="2021-08-23")]
    assert "single_source" in scene(own(tmp_path, *both), View()).layer("events").features[0].flags
    atlas = own(tmp_path, both[0], report("asiaplus-20210824", "2021-08-24", start="2021-08-23"))
    assert "single_source" not in scene(atlas, View()).layer("events").features[0].flags


def test_a_claim_must_be_made_by_a_report_of_its_event(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("event,subject,claim,source\nEV06,help,some,doc-003\nEV06,help,none,doc-004\n", encoding="utf-8")
    frame, problems = claims.load(path, ATLAS.reports, ATLAS.table("sources"), complete=True)
    assert len(frame) == 1
    assert problems == [Problem("claims.csv", 3, "source", "doc-004", "does not report the event 'EV06'")]
    frame, problems = claims.load(path, ATLAS.reports, ATLAS.table("sources"), complete=False)
    assert (len(frame), problems) == (1, [])


def test_a_theatre_without_claims_has_none(tmp_path):
    frame, problems = claims.load(tmp_path / "claims.csv", ATLAS.reports, ATLAS.table("sources"), complete=True)
    assert (len(frame), problems) == (0, [])


def supported(view: View = ALWAYS) -> dict[str, support.Support]:
    return {source.id: source for source in support.supports(ATLAS, view)}


def test_every_source_says_what_rests_on_it():
    found = supported()
    assert set(found) == set(ATLAS.sources.index)
    assert found["doc-001"].contradicted == 3  # troops, Iran, Putin's health
    assert found["tass-1329043"].contradicted == 0
    rows = ATLAS.reports[~ATLAS.reports["furniture"] & (ATLAS.reports["source"] == "doc-003")]
    assert found["doc-003"].events == rows["event"].nunique()
    cited = sum("doc-003" in text.split(";") for text in ATLAS.table("memberships")["source"])
    assert ("membership", "memberships", cited) in found["doc-003"].background


def test_what_a_source_supports_is_bound_by_the_knowledge_day():
    early = supported(View.from_query("known=2021-09-14"))
    assert early["doc-001"].events == 0
    assert early["doc-001"].contradicted == 0
    assert early["doc-002"].events == supported()["doc-002"].events


def test_every_report_tells_what_it_changed():
    group = ATLAS.reports[(ATLAS.reports["event"] == "EV20") & ~ATLAS.reports["furniture"]]
    steps = events.steps(group)
    assert [row for row, _ in steps] == sorted(group.index, key=[row for row, _ in steps].index)
    assert steps[0][1]["status"] == "planned"
    assert steps[-1][1]["status"] == "held"
    last = ATLAS.versions[ATLAS.versions["event"] == "EV20"].iloc[-1]
    shown = ["start", "end", "place", "title"]
    assert [steps[-1][1][name] for name in shown] == [last[name] for name in shown]


def test_weeks_along_a_border_count_certain_and_possible_apart(tmp_path):
    placed = {"lat": "", "lon": "", "place_precision": "border", "zone": "AFG-TJK", "place": "border"}
    atlas = loaded(tmp_path, [
        report("a", "2021-10-30", start="2021-09-07", **placed) | {"event": "one"},
        report("a", "2021-10-30", start="2021-09-01", end="2021-09-30", date_precision="within", **placed) | {"event": "two"},
        report("a", "2021-10-30", start="2021-09-07") | {"event": "elsewhere"},
    ])  # fmt: skip
    shown = scene(atlas, View.from_query("from=2021-09-06&to=2021-09-19"))
    found = weeks.along(atlas, shown, "AFG-TJK")
    assert {event.id for event in found} == {"event:one", "event:two"}
    assert [(week.monday, week.certain, week.possible) for week in weeks.weekly(found, shown)] == [("2021-09-06", 1, 1), ("2021-09-13", 0, 1)]


def test_a_ring_of_ones_own_is_cut_to_its_country(tmp_path):
    from geodata import places

    ring = {"place_precision": "district", "lat": "37.2", "lon": "69.4", "radius_km": "60", "place": "near the Panj"}
    atlas = loaded(tmp_path, [report("a", "2021-09-11", country="TJK", **ring), report("a", "2021-09-11", **ring, country="") | {"event": "nowhere"}])
    land = atlas.detail.set_index("code").geometry["TJK"]
    own, free = (places.geometry(version, atlas.detail, atlas.zones, atlas.borders, atlas.regions) for _, version in atlas.versions.iterrows())
    assert own.difference(land.buffer(1e-9)).is_empty
    assert free.area > 1.3 * own.area


def test_a_disproved_report_counts_for_the_marking_because_its_words_are_told(tmp_path):
    atlas = own(tmp_path, report("one", "2021-09-11", participants="TJK:in_person"),
                report("two", "2021-09-12", participants="TJK:absent", credibility="5", marking="TLP:RED"))  # fmt: skip
    shown = scene(atlas, View())
    assert "absent" in shown.text
    assert shown.marking == "TLP:RED"
    assert scene(atlas, View.from_query("known=2021-09-11")).marking == "TLP:CLEAR"


def test_a_record_of_what_is_not_drawn_carries_its_own_marking(tmp_path):
    from dashboard.panels.record import record

    atlas = own(tmp_path, report("one", "2021-09-11") | {"event": "open"},
                report("two", "2021-09-12", title="Secret", kind="summit", marking="TLP:RED") | {"event": "closed"})  # fmt: skip
    hidden = scene(atlas, View.from_query("kinds=exercise&id=event:closed"))
    assert hidden.marking == "TLP:CLEAR"
    assert '<b class="panj-tlp">TLP:RED</b>' in record(atlas, hidden)
    assert "panj-tlp" not in record(atlas, scene(atlas, View.from_query("kinds=exercise&id=event:open")))
