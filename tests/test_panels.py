"""The panels as HTML: text is text, and every record can be made on every day."""

import re
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
    "name",
    "placeholder",
    "maxlength",
    "accept",
    "required",
    "xmlns",
    "x1",
    "x2",
    "y1",
    "y2",
    "open",
}


PERSIAN = "\u062d\u0645\u0644\u0647 \u062f\u0631 \u06a9\u0646\u062f\u0648\u0632"
SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_no_sign_in_a_text_turns_what_stands_after_it(sign: str):
    told = inner(tag("td", f"a{sign}b", title=f"c{sign}d"), tag("option", f"e{sign}f"), f"g{sign}h")
    assert told == f'<td title="cd">a<bdi hidden>{sign}</bdi>b</td><option>ef</option>g<bdi hidden>{sign}</bdi>h'


def test_what_is_filled_in_is_given_back_as_it_was():
    text = f"\u202e{PERSIAN} 2"
    assert tag("textarea", text) == f"<textarea>{text}</textarea>"
    assert void("input", value=text, data_act=text) == f'<input value="{text}" data-act="{text}">'


@pytest.mark.parametrize(("text", "written"), [
    (PERSIAN, f"<bdi>{PERSIAN}</bdi>"),
    (f" {PERSIAN} 12 (Kunduz), ", f" <bdi>{PERSIAN} 12 (Kunduz)</bdi>, "),
    (f"the place '{PERSIAN}' 2 rows", f"the place &#x27;<bdi>{PERSIAN}</bdi>&#x27; 2 rows"),
    (f"'{PERSIAN}' is named by 2 rows", f"&#x27;<bdi>{PERSIAN}</bdi>&#x27; is named by 2 rows"),
    (f"'{PERSIAN}', '{PERSIAN}' and others of them", f"&#x27;<bdi>{PERSIAN}</bdi>&#x27;, &#x27;<bdi>{PERSIAN}</bdi>&#x27; and others of them"),
    (f"<{PERSIAN}>", f"<bdi>&lt;{PERSIAN}&gt;</bdi>"),
    ("\u0414\u0443\u0448\u0430\u043d\u0431\u0435 2", "\u0414\u0443\u0448\u0430\u043d\u0431\u0435 2"),
], ids=ascii)  # fmt: skip
def test_words_written_from_right_to_left_stay_in_their_place(text: str, written: str):
    assert inner(text) == written


@pytest.mark.parametrize("name", ["option", "title", "text"])
def test_where_no_element_may_stand_signs_keep_them_in_their_place(name: str):
    assert tag(name, f"no. {PERSIAN} 2") == f"<{name}>no. \u2068{PERSIAN}\u2069 2</{name}>"


class Audit(HTMLParser):
    """Collects what an HTML text is made of."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.tags, self.odd, self.links, self.text = set(), [], [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and every attribute that is not one of ours."""
        self.tags.add(tag)
        self.odd += [name for name, value in attrs if name not in ATTRIBUTES and not name.startswith(("data-", "aria-"))
                     and not (name == "style" and re.fullmatch("color:#[0-9A-F]{6}", value or ""))]  # fmt: skip
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


def text_of(html: Html) -> str:
    return "".join(audit(html).text)


def test_the_blocs_tab_tells_joins_exits_and_overlaps(atlas: Atlas):
    html = listing(atlas, scene(atlas, View.from_query("compare=2010-01-01")), "blocs")
    assert audit(html).odd == []
    told = text_of(html)
    assert "On 30 November 2021 in both CSTO and SCO: Kazakhstan, Kyrgyzstan, Russia and Tajikistan." in told
    assert "Uzbekistanmembernone" in told  # the comparison: a member on 1 January 2010, none on 30 November 2021
    assert "9 June 2017Indiabecomes member; no longer observer" in told
    assert told.count("Iran: observer, from 2005 until before 4 July 2023") == 1
    assert html.count("<svg") >= len(atlas.table("blocs"))


def test_every_standing_has_its_bar(atlas: Atlas):
    html = listing(atlas, scene(atlas, View()), "blocs")
    assert html.count("<g><title>") - html.count('stroke-width="1.6"') == len(atlas.memberships)


def test_without_a_second_day_nothing_is_compared(atlas: Atlas):
    assert "Leave it" not in listing(atlas, scene(atlas, View()), "blocs")
    same = scene(atlas, View.from_query("compare=2021-11-30"))
    assert "No country's standing in the blocs on the map differs" in listing(atlas, same, "blocs").replace("&#x27;", "'")


def test_the_sources_tab_lists_every_source_and_marks_the_undated(atlas: Atlas):
    html = listing(atlas, scene(atlas, View()), "sources")
    assert audit(html).odd == []
    assert html.count("<tr") == 1 + len(atlas.sources)
    undated = int((atlas.sources["published"] == "").sum())
    assert html.count(">no date</span>") == undated > 0
    assert f"{undated} sources without a date." in text_of(html)


def test_one_source_alone_can_be_left_again(atlas: Atlas):
    html = listing(atlas, scene(atlas, View(source=("doc-004",))), "sources")
    assert html.count("Show the events of every source</button>") == 1
    assert html.index("<b>AFP</b>") < html.index("<b>TASS</b>")


def test_weak_and_contradicted_evidence_is_marked_in_the_table(atlas: Atlas):
    shown = scene(atlas, View())
    html = listing(atlas, shown, "table")
    alone = sum("single_source" in feature.flags for feature in shown.layer("events").features)
    assert html.count(">1\N{MULTIPLICATION SIGN}</span>") == alone > 0
    against = sum(bool({"contradicted", "differing"} & set(feature.flags)) for feature in shown.layer("events").features)
    assert html.count(">\N{NOT EQUAL TO}</span>") == against > 0


def test_a_record_puts_contradictions_side_by_side_and_says_what_each_report_changed(atlas: Atlas):
    told = text_of(record(atlas, scene(atlas, View(id="event:EV51"))))
    assert "Reports that contradict each other" in told
    assert "no, it would stay away" in told
    assert "its reports differ among themselves" in told
    assert "status: planned \N{RIGHTWARDS ARROW} under way" in told
    alone = text_of(record(atlas, scene(atlas, View(id="event:EV49"))))
    assert "Reports that contradict each other" not in alone


def test_the_border_record_counts_week_by_week(atlas: Atlas):
    html = record(atlas, scene(atlas, View(id="border:AFG-TJK")))
    assert "Week by week" in text_of(html)
    assert html.count("<title>Week from") == 19  # 26 July to 29 November 2021


def test_a_party_that_is_no_state_has_a_record(atlas: Atlas):
    told = text_of(record(atlas, scene(atlas, View(id="party:TALIBAN"))))
    assert "Party" in told
    shown = [feature for feature in scene(atlas, View()).layer("events").features if "TALIBAN" in dict(feature.participants)]
    assert f"Appears in {len(shown)} events" in told


def test_the_changes_tab_names_an_earlier_file(atlas: Atlas):
    html = listing(atlas, scene(atlas, View()), "changes", f"old{BOMB}.csv")
    assert audit(html).odd == []
    assert f"old{BOMB}.csv" in text_of(html)


def test_a_picture_that_no_address_can_say_is_not_offered_for_copying(atlas: Atlas):
    shown = scene(atlas, View())
    assert "Copy picture" in header(shown, "/picture/x.png")
    assert "Copy picture" not in header(shown, "")
