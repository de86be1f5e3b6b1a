"""What is said in words: the chronology, memberships and overlaps, counts and times."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import membership, words
from dashboard.chronology import chronology
from dashboard.staging import scene
from dashboard.view import View
from geodata.days import number
from tests.tables import loaded, report, row, shipped

LIKELIHOOD = ("possibl", "window", "likely", "may ")
QUALITY = ("Graded", "doubtful", "confirmed", "contradict", "probably true")


@pytest.mark.parametrize("start", [date(2021, 8, 1), date(2021, 9, 13), date(2021, 10, 18)])
def test_likelihood_and_quality_of_evidence_never_share_a_sentence(start):
    drawn = scene(shipped(), View(start=start, end=date(2021, 11, 30), ahead=True))
    sentences = [part for told in drawn.chronology for part in told.replace("].", "]. ").split(". ")]
    for sentence in sentences[1::]:
        if "[" not in sentence:
            assert not (any(word in sentence for word in LIKELIHOOD) and any(word in sentence for word in QUALITY)), sentence


def test_every_event_is_told_once_with_its_sources():
    drawn = scene(shipped(), View())
    features = drawn.layer("events").features
    assert len(drawn.chronology) == len(features)
    for feature in features:
        cited = "".join(f"[{n}]" for n in feature.sources)
        assert any(feature.title in told and cited in told for told in drawn.chronology)


@pytest.mark.parametrize(("values", "expected"), [
    ({"status": "planned"}, "10 September 2021: Exercise, Dushanbe; planned, according to a alone [1]. Outcome not reported."),
    ({"status": "held", "reported": "2021-09-11"}, "10 September 2021: Exercise, Dushanbe; reported by a alone [1]."),
    ({"status": "cancelled"}, "10 September 2021: Exercise, Dushanbe; called off, according to a alone [1]."),
    ({"status": "reported", "credibility": "4"},
     "10 September 2021: Exercise, Dushanbe; said, but not reported as done, by a alone [1]. Graded B4: doubtful."),
])  # fmt: skip
def test_status_words_match_the_evidence(tmp_path, values, expected):
    atlas = loaded(tmp_path, [report("a", "2021-09-01", **values) if "reported" not in values else report("a", **values)])
    drawn = scene(atlas, View(known=date(2021, 9, 20)))
    assert chronology(drawn.layer("events").features, drawn.sources) == (expected,)


def test_plans_past_their_time_say_that_no_outcome_is_reported(tmp_path):
    atlas = loaded(tmp_path, [report("a", "2021-09-01", status="planned"), row(event="F", reported="2021-09-10")])
    drawn = scene(atlas, View(known=date(2021, 9, 9)))
    assert drawn.layer("events").features[0].note == ""
    notes = {feature.id: feature.note for feature in scene(atlas, View(known=date(2021, 9, 12))).layer("events").features}
    assert notes["event:E"] == "outcome not reported"


def test_overlaps_are_answered_in_words():
    told = membership.overlap(shipped(), number(date(2021, 9, 17)), ("csto", "sco"))
    assert told == ["On 17 September 2021 in both CSTO and SCO: Kazakhstan, Kyrgyzstan, Russia and Tajikistan.",
                    "On 17 September 2021 in CSTO only: Armenia and Belarus.",
                    "On 17 September 2021 in SCO only: China, India, Pakistan and Uzbekistan."]  # fmt: skip


def test_two_days_compared_show_who_changed():
    found = membership.compare(shipped(), number(date(2021, 9, 17)), number(date(2024, 12, 31)), ("csto", "sco"))
    told = {(d.bloc, d.country): (d.before, d.after) for d in found}
    assert told["sco", "IRN"] == ("observer; accession under way", "member")
    assert told["sco", "BLR"] == ("observer", "member")
    assert told["csto", "ARM"][1] == "founding member; participation frozen"
    assert ("sco", "CHN") not in told


def test_joins_and_exits_are_listed_in_order():
    told = membership.moves(shipped(), "csto")
    assert [day for day, *_ in told] == sorted(day for day, *_ in told)
    assert ("2012-12-19", "Uzbekistan", "no longer member") in [(day, country, what) for day, country, what, _ in told]


@pytest.mark.parametrize(("time", "expected"), [
    (("2021-09-16", "2021-09-16", "day"), "16 September 2021"), (("2021-09-13", "2021-09-19", "day"), "13–19 September 2021"),
    (("2021-09-28", "2021-10-03", "day"), "28 September – 3 October 2021"),
    (("2021-12-30", "2022-01-02", "day"), "30 December 2021 – 2 January 2022"),
    (("2021-10-01", "2021-10-31", "within"), "in October 2021"), (("2021-01-01", "2021-12-31", "within"), "in 2021"),
    (("2021-10-16", "2021-10-16", "about"), "about 16 October 2021"), (("2021-09-15", "", "after"), "not before 15 September 2021"),
    (("2021-08-15", "..", "about"), "since about 15 August 2021"),
    (("2021-08-01", "2021-09-15", "within"), "some time in 1 August – 15 September 2021"),
])  # fmt: skip
def test_times_are_told_as_exactly_as_they_are_known(time, expected):
    assert words.when(*time) == expected


@pytest.mark.parametrize(("km", "expected"), [(1.2, "under 5 km"), (4.99, "under 5 km"), (12.4, "about 10 km"), (1170.3, "about 1,170 km")])
def test_computed_distances_are_rounded_as_honestly_as_the_line_allows(km, expected):
    assert words.length(km) == expected
