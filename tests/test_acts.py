"""What the analyst does is a function from a View to the next one, whatever a browser sends."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dashboard import acts
from dashboard.acts import Choices, RefusedError
from dashboard.layers import vocabulary
from dashboard.staging import HOME
from dashboard.view import DEFAULT_LAYERS, View
from geodata.atlas import load
from geodata.days import INF

ATLAS = load()
KNOWN, CHOICES = vocabulary(ATLAS), Choices.of(ATLAS)
VIEW = View()


def done(view: View = VIEW, **act: object) -> View:
    return acts.done(view, act, KNOWN, CHOICES)


def answered(view: View = VIEW, fit=HOME, **answer: object) -> View:
    return acts.answered(view, answer, fit, KNOWN, CHOICES)


def test_switching_a_kind_off_names_the_others():
    view = done(do="toggle", what="kinds", id="summit", on=False)
    assert set(view.kinds) == set(CHOICES.kinds) - {"summit"}


@pytest.mark.parametrize("what", ["layers", "kinds", "status", "blocs"])
def test_off_and_on_again_is_the_view_as_it_was(what: str):
    for name in getattr(CHOICES, what):
        on = name in (getattr(VIEW, what) or getattr(CHOICES, what))
        there = done(do="toggle", what=what, id=name, on=not on)
        assert there != VIEW
        assert done(there, do="toggle", what=what, id=name, on=on) == VIEW


def test_none_and_all():
    assert done(do="every", what="kinds", on=False).kinds == ()
    assert done(replace(VIEW, kinds=("summit",)), do="every", what="kinds", on=True) == VIEW


def test_default_layers_are_the_default_in_any_order():
    view = replace(VIEW, layers=tuple(reversed(DEFAULT_LAYERS)))
    assert done(done(view, do="toggle", what="layers", id="cis", on=True), do="toggle", what="layers", id="cis", on=False).to_query() == ""


def test_reset_keeps_the_frame():
    view = View.from_query("from=2021-09-01&to=2021-09-30&kinds=summit&id=event:EV20&box=60,34,75,42&title=Mine")
    assert done(view, do="reset") == replace(VIEW, box=view.box, title="Mine")


@pytest.mark.parametrize("km", ["0", "-1", "2001", "x", "", None, "nan"])
def test_a_distance_that_is_none_is_refused(km: object):
    with pytest.raises(RefusedError, match="is not a distance in km"):
        done(do="near", pair="AFG-TJK", km=km)


def test_near_a_border_and_anywhere_again():
    view = done(do="near", pair="AFG-TJK", km="50")
    assert view.near == ("AFG-TJK", 50.0)
    assert done(view, do="near", pair="", km="50") == VIEW


JUNK = some.one_of(some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=9), some.lists(some.integers(), max_size=5))
FIELDS = ("do", "what", "id", "on", "day", "pair", "km", "from", "to", "box", "zoom")
WORDS = some.sampled_from([*acts._ACTS, "layers", "kinds", "window", "pick", "box", "span", "events", "AFG-TJK"])
ACTS = some.dictionaries(some.sampled_from(FIELDS), some.one_of(JUNK, WORDS))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(ACTS)
def test_whatever_a_browser_sends_gives_a_view_or_a_refusal(act: dict[str, object]):
    for apply in (lambda: acts.done(VIEW, act, KNOWN, CHOICES), lambda: acts.answered(VIEW, act, HOME, KNOWN, CHOICES)):
        try:
            view = apply()
        except ValueError:
            view = VIEW
        assert View.from_query(view.to_query()) == view


def test_a_window_out_of_order_is_refused():
    with pytest.raises(RefusedError, match="2 October 2021 is after 1 October 2021; the window stays as it was"):
        answered(what="window", **{"from": "2021-10-02", "to": "2021-10-01"})


def test_the_window_moves():
    view = answered(what="window", **{"from": "2021-09-13", "to": "2021-09-19"})
    assert (view.start, view.end) == (date(2021, 9, 13), date(2021, 9, 19))


def test_what_is_not_there_is_not_picked():
    assert answered(what="pick", id="event:NONE") == VIEW
    assert answered(what="pick", id="event:EV20").id == "event:EV20"


WIDER = (HOME[0] - 1, HOME[1] - 0.5, HOME[2] + 1, HOME[3] + 0.5)


def test_the_theatres_own_frame_is_not_written():
    assert answered(what="box", box=WIDER).box is None
    assert answered(replace(VIEW, box=(60, 34, 75, 42)), (60, 34, 75, 42), what="box", box=WIDER).box is None


def test_a_frame_that_was_asked_for_is_written_as_it_was_asked():
    fit = (60.0, 34.0, 75.0, 42.0)
    assert answered(replace(VIEW, box=fit), fit, what="box", box=(59.2, 33.9, 75.8, 42.1)).box == fit


def test_a_frame_the_analyst_made_is_written():
    assert answered(what="box", box=(60, 34, 75, 42)).box == (60, 34, 75, 42)


@pytest.mark.parametrize("box", [None, [], [1, 2, 3], ["a", 1, 2, 3], [10, 0, 5, 5], [0, 10, 5, 5], 7, [None] * 4, [float("nan")] * 4])
def test_what_is_no_box_is_none(box: object):
    assert acts.box_of({"box": box}) is None


def test_the_map_goes_only_to_what_is_out_of_sight():
    assert acts.towards((60, 30, 70, 40), (65, 35, 65, 35)) is None
    assert acts.towards((60, 30, 70, 40), (75, 35, 75, 35)) == (70, 30, 80, 40)


def test_a_listed_event_calls_for_no_frame():
    rows = ATLAS.versions[ATLAS.versions["known_to"] > INF]
    listed = rows.loc[rows["form"].isin(["country", "region", "margin"]), "event"]
    assert len(listed) > 10
    assert [event for event in listed if acts.spot_of(ATLAS, View(id=f"event:{event}"))] == []


@pytest.mark.parametrize("name", ["event:EV20", "event:EV24", "border:AFG-TJK", "zone:edelweiss", "base:kant", "region:central-asia", "country:TJK"])
def test_what_has_a_place_can_be_gone_to(name: str):
    west, south, east, north = acts.spot_of(ATLAS, View(id=name))
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90


@pytest.mark.parametrize("name", ["", "event:NONE", "base:rus-in-tjk", "region:none"])
def test_what_has_no_place_cannot(name: str):
    assert acts.spot_of(ATLAS, View(id=name)) is None


def test_confirmed_only_keeps_the_reliability_asked_for():
    assert done(do="switch", what="confirmed", on=True).grade == "E1"
    assert done(replace(VIEW, grade="B2"), do="switch", what="confirmed", on=True).grade == "B1"
    assert done(replace(VIEW, grade="B1"), do="switch", what="confirmed", on=False).grade == ""


def test_a_source_is_shown_alone_and_left_again():
    alone = done(do="source", id="doc-002")
    assert alone.source == ("doc-002",)
    assert done(alone, do="source", id="") == VIEW
    assert done(do="source", id="nobody") == VIEW


def test_a_second_day_is_compared():
    assert done(do="compare", day="2023-12-01").compare == date(2023, 12, 1)
    assert done(replace(VIEW, compare=date(2023, 12, 1)), do="compare", day="") == VIEW
    with pytest.raises(ValueError, match="2023-13-01"):
        done(do="compare", day="2023-13-01")


def test_a_party_can_be_picked_and_moves_no_map():
    view = done(do="pick", id="party:TALIBAN")
    assert view.id == "party:TALIBAN"
    assert acts.spot_of(ATLAS, view) is None
