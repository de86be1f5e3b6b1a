"""The panels as HTML: text is text, and every record can be made on every day."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from dashboard.desk import Desk
from dashboard.panels.filters import filters
from dashboard.panels.header import complaints, header
from dashboard.panels.listing import TABS, listing
from dashboard.panels.markup import Html, inner, is_page, link, tag, void
from dashboard.panels.record import neighbours, record
from dashboard.panels.sidebar import offered
from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import Atlas
from tests.tables import loaded, row

BOMB = "<img src=x onerror=alert(1)>\"'&</script>"
ATTRIBUTES = {
    "class",
    "title",
    "href",
    "target",
    "rel",
    "type",
    "value",
    "checked",
    "disabled",
    "selected",
    "min",
    "max",
    "step",
    "role",
    "tabindex",
    "scope",
    "width",
    "height",
    "viewbox",
    "x",
    "y",
    "d",
    "fill",
    "fill-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linejoin",
    "stroke-linecap",
    "stroke-dasharray",
    "cx",
    "cy",
    "r",
    "rx",
    "font-size",
    "font-weight",
    "text-anchor",
    "transform",
    "focusable",
    "xmlns",
}


class Audit(HTMLParser):
    """Collects what an HTML text is made of."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.tags, self.odd, self.links, self.text = set(), [], [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and every attribute that is not one of ours."""
        self.tags.add(tag)
        self.odd += [name for name, _ in attrs if name not in ATTRIBUTES and not name.startswith(("data-", "aria-"))]
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text.append(data)


def audit(html: Html) -> Audit:
    found = Audit()
    found.feed(html)
    return found


def pieces(atlas: Atlas, view: View) -> list[Html]:
    shown = scene(atlas, view)
    return [header(shown, "/picture"), filters(atlas, shown), record(atlas, shown), *(listing(atlas, shown, tab) for tab in TABS)]


def test_text_is_escaped_once_and_html_is_not():
    assert tag("p", BOMB) == "<p>&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;&lt;/script&gt;</p>"
    assert tag("p", tag("b", "x"), None, ["y", 1]) == "<p><b>x</b>y1</p>"
    assert void("input", checked=True, disabled=False, data_x='"') == '<input checked data-x="&quot;">'


def test_html_mixed_into_text_is_text_again():
    assert inner(f"a {tag('b', 'x')}") == "a &lt;b&gt;x&lt;/b&gt;"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT://x/%0aalert(1)", "//host/x", "file:///etc/passwd", "", "http://", "http://[x"]
)
def test_only_pages_are_linked(url: str):
    assert not is_page(url)
    assert link(url, "x") == "x"


def test_text_of_a_file_is_text_in_every_panel(tmp_path):
    atlas = loaded(
        tmp_path,
        [
            row(event="E1", title=BOMB, place=BOMB, summary=BOMB, source="javascript:alert(1)", locator=BOMB, reported="2021-09-11"),
            row(event=f"E2{BOMB}", title="x", source=BOMB),
        ],
    )
    for name in ("", "event:E1", f"event:E2{BOMB}", "country:TJK"):
        for piece in pieces(atlas, View(id=name, q="", since=date(2021, 9, 1))):
            found = audit(piece)
            assert found.odd == []
            assert not found.tags & {"img", "script", "iframe", "style", "object"}
            assert [address for address in found.links if not is_page(address)] == []
    told = "".join(audit(record(atlas, scene(atlas, View(id="event:E1")))).text)
    assert told.count(BOMB) >= 3


def test_complaints_and_troubles_are_text():
    found = audit(complaints(_desk(), [BOMB]))
    assert not found.tags & {"img", "script"}
    assert BOMB in "".join(found.text)


def _desk() -> Desk:
    from dashboard.desk import desk

    return replace(desk(), trouble=(BOMB,))


def everything(atlas: Atlas) -> list[str]:
    return [f"event:{event}" for event in dict.fromkeys(atlas.reports["event"])] + [name for name, _ in offered(atlas, scene(atlas, View(layers=())))]


@pytest.mark.parametrize("known", [None, date(2021, 9, 16), date(2000, 1, 1)], ids=str)
def test_every_record_can_be_made(atlas: Atlas, known: date | None):
    shown = scene(atlas, View(known=known))
    for name in everything(atlas):
        html = record(atlas, replace(shown, view=replace(shown.view, id=name)))
        assert audit(html).odd == []
        assert "Nothing selected" not in html, name
        assert "nan" not in "".join(audit(html).text).split(), name


def test_a_record_shows_the_reports_of_its_event_and_no_other(atlas: Atlas):
    shown = scene(atlas, View(id="event:EV20"))
    html = record(atlas, shown)
    own = atlas.reports[atlas.reports["event"] == "EV20"]
    assert html.count("panj-gave") == len(own)


def test_a_computed_length_is_rounded_and_named_as_such(atlas: Atlas):
    told = "".join(audit(record(atlas, scene(atlas, View(id="border:AFG-TJK")))).text)
    assert "Along the line shipped with the map: about 1,170 km." in told
    assert f"{atlas.borders.set_index('pair')['line_km']['AFG-TJK']:.1f}" not in told


def test_steps_follow_the_key(atlas: Atlas):
    shown = scene(atlas, View())
    features = shown.layer("events").features
    ids = [feature.id for feature in features]
    at = replace(shown, view=replace(shown.view, id=ids[5]))
    assert neighbours(at) == ((ids[4], 5), (ids[6], 7))
    assert neighbours(shown) == (None, (ids[0], 1))
    assert neighbours(scene(atlas, View(layers=()))) == (None, None)


def test_the_table_lists_the_scene(atlas: Atlas):
    shown = scene(atlas, View())
    html = listing(atlas, shown, "table")
    assert [html.count(f'data-pick="{feature.id}"') for feature in shown.layer("events").features] == [1] * len(shown.layer("events").features)
