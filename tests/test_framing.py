"""A page can be framed on what the view selects, and shows what that is."""

from __future__ import annotations

import pytest
import shapely

from dashboard import page
from dashboard.cli import main
from dashboard.framing import NothingSelectedError, framed
from dashboard.page.sheet import Shape
from dashboard.panels.briefing_draft import Draft, put
from dashboard.panels.briefing_session import Look
from dashboard.staging import scene
from dashboard.style import SELECTION
from dashboard.view import View
from geodata import geodesy


def frame(atlas, name: str, **values) -> tuple[float, float, float, float]:
    return framed(atlas, View(id=name, **values), "selection").box


def size_km(box) -> tuple[float, float]:
    west, south, east, north = box
    middle = (south + north) / 2
    return geodesy.distance_km(west, middle, east, middle), geodesy.distance_km(west, south, west, north)


def test_as_the_view_says_changes_nothing(atlas):
    assert framed(atlas, View(id="event:EV20"), "view") == View(id="event:EV20")


def test_an_event_at_a_town_is_framed_with_some_180_km_around_it(atlas):
    west, south, east, north = box = frame(atlas, "event:EV20")
    wide, high = size_km(box)
    assert 150 <= wide <= 200
    assert 100 <= high <= 150
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((68.78, 38.54), abs=0.02)


@pytest.mark.parametrize(("name", "shape"), [
    ("border:AFG-TJK", lambda atlas: atlas.borders.geometry[atlas.borders["pair"] == "AFG-TJK"]),
    ("zone:kharb-maidon", lambda atlas: atlas.zones.geometry[atlas.zones["id"] == "kharb-maidon"]),
    ("country:TJK", lambda atlas: atlas.countries.geometry[atlas.countries["code"] == "TJK"]),
])  # fmt: skip
def test_a_frame_holds_what_is_selected_with_a_margin_and_little_else(atlas, name, shape):
    box, thing = frame(atlas, name), shapely.box(*shape(atlas).total_bounds)
    assert shapely.box(*box).contains_properly(thing)
    for whole, part in zip(size_km(box), size_km(thing.bounds), strict=True):
        assert whole <= max(2 * part, 185)


def test_a_party_is_framed_on_the_events_in_which_it_takes_part(atlas):
    view = View(id="party:TALIBAN")
    west, south, east, north = framed(atlas, view, "selection").box
    events = [event for event in scene(atlas, view).layer("events").features if "TALIBAN" in dict(event.participants) and event.lon is not None]
    assert len(events) > 1
    assert all(west < event.lon < east and south < event.lat < north for event in events)


def test_a_frame_around_nothing_is_refused_in_words(atlas, tmp_path, capsys):
    with pytest.raises(NothingSelectedError, match="the view selects nothing"):
        framed(atlas, View(), "selection")
    assert main(["export", str(tmp_path / "x.json"), "--frame", "selection"]) == 2
    assert capsys.readouterr().err.startswith("--frame selection: the view selects nothing; id= with what the page is about would be right")


def test_the_command_frames_and_the_file_says_so(atlas, tmp_path):
    import json

    target = tmp_path / "x.json"
    assert main(["export", str(target), "--view", "id=border:AFG-TJK", "--frame", "selection"]) == 0
    assert View.from_query(json.loads(target.read_text())["view"]).box == frame(atlas, "border:AFG-TJK")


def test_the_briefing_tab_offers_the_same(atlas):
    draft = put(Draft(), "frame", "selection")
    assert Look(atlas, None, View(id="border:AFG-TJK"), draft).scene().box == frame(atlas, "border:AFG-TJK")
    assert Look(atlas, None, View(), draft).scene().box == scene(atlas, View()).box
    assert put(Draft(), "frame", "moon") == Draft()


@pytest.mark.parametrize("name", ["border:AFG-TJK", "country:TJK", "zone:kharb-maidon", "base:kant", "region:central-asia"])
def test_what_is_selected_is_cased_in_yellow_and_the_legend_says_so(atlas, name):
    def _yellow(view: View) -> list:
        made = page.compose(scene(atlas, view), atlas, text=False)
        left, top, right, bottom = made.map
        return [item for item in made.items if isinstance(item, Shape) and item.style.colour == SELECTION
                and ((item.path.vertices >= (left, top)) & (item.path.vertices <= (right, bottom))).all(1).any()]  # fmt: skip

    view = framed(atlas, View(id=name), "selection")
    assert _yellow(view)
    assert not _yellow(View(box=view.box))
    told = {entry.key: entry.label for entry in scene(atlas, view).legend}
    assert told["selected"].startswith("selected: ")
    assert "selected" not in {entry.key for entry in scene(atlas, View()).legend}
