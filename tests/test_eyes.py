"""The shipped palette is told apart by colour-blind readers and in grey; a bad one is found."""

from __future__ import annotations

import pytest

from dashboard import eyes, style
from dashboard.scene import LegendEntry
from dashboard.staging import scene
from dashboard.view import View

ALL = "layers=csto,sco,eaeu,cis,ots,nato,borders,zones,bases,events,rivers,places,regions&from=2021-08-01&to=2021-11-30"


@pytest.mark.parametrize("query", ["", ALL, "layers=nato,csto,events&box=-10,36,40,60"])
def test_shipped_views_confuse_nobody(atlas, query):
    assert eyes.confusions(scene(atlas, View.from_query(query)).legend) == ()


@pytest.mark.parametrize("pattern", ["flat", "hatch", "symbol"])
def test_the_whole_palette_confuses_nobody(pattern):
    swatches = [(name, (pattern, (bloc.tint if pattern == "flat" else bloc.hue,))) for name, bloc in style.BLOCS.items()]
    assert list(eyes.alike(swatches)) == []


def test_colours_that_look_alike_are_named_with_the_eyes_they_deceive():
    red_and_green = [("CSTO", ("flat", ("#C23B22",))), ("SCO", ("flat", ("#6B6B1F",)))]
    (told,) = eyes.alike(red_and_green)
    assert told.startswith("CSTO and SCO look alike with deuteranopia")


def test_land_counts_as_an_entry():
    assert list(eyes.alike([("pale", ("flat", ("#F4F2EA",)))])) == [
        "pale and land without a bloc look alike with deuteranopia, with protanopia, with tritanopia, in grey"]  # fmt: skip


def test_patterns_tell_entries_apart():
    assert list(eyes.alike([("member", ("flat", ("#0072B2",))), ("observer", ("hatch", ("#0072B2",)))])) == []


def test_only_what_is_told_by_colour_is_compared():
    assert eyes.swatch_of(LegendEntry("kinds", "kind:summit", "Summit")) is None
    assert eyes.swatch_of(LegendEntry("blocs", "member:csto+sco", "")) == ("stripes", ("#F9D6B1", "#BACBF0"))
