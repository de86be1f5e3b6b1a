"""The address is the view: whatever changes writes it, whatever it says is opened, and nothing makes the map jump."""

from dataclasses import replace

from dashboard.selection import select
from dashboard.staging import scene
from dashboard.view import View
from tests.browser.screen import Screen

WEEK = "from=2021-09-13&to=2021-09-19"


def filters(screen: Screen):
    return screen.page.locator(".panj-filters")


def test_the_default_view_has_a_clean_address(screen: Screen):
    screen.open()
    screen.page.wait_for_function("() => document.querySelectorAll('.panj-table tbody tr').length > 50")
    assert screen.keys == {}
    assert screen.view == View()


def test_opening_a_frame_again_and_again_does_not_make_it_creep(screen: Screen):
    screen.open("box=60,34,75,42")
    bounds = screen.bounds()
    for _ in range(2):
        screen.page.reload()
        screen.ready()
    assert screen.bounds() == bounds
    assert screen.keys["box"] == "60,34,75,42"


def test_a_layer_switched_off_is_gone_from_the_map_and_the_address(screen: Screen):
    screen.open()
    filters(screen).get_by_label("CSTO", exact=False).first.uncheck()
    screen.page.wait_for_function("() => (new URLSearchParams(location.search).get('layers') || '').length")
    assert "csto" not in screen.view.layers
    screen.until("() => !document.body.dataset.legend.includes('member:csto')")
    filters(screen).get_by_label("CSTO", exact=False).first.check()
    screen.wait_for_address("layers", None)


def test_counts_stand_beside_every_choice(screen: Screen, atlas):
    screen.open(WEEK)
    counts = select(atlas, screen.view).facets["kinds"]
    kinds = dict(zip(atlas.table("kinds")["id"], atlas.table("kinds")["name"], strict=True))
    for kind, count in counts.items():
        row = filters(screen).locator(f'label:has(input[data-toggle="{kind}"])')
        assert row.inner_text().split("\n") == [kinds[kind], str(count)]


def test_two_quick_clicks_both_count(screen: Screen):
    """The second comes while Python still works on the first."""
    screen.open(WEEK)
    filters(screen).evaluate(
        "root => { for (const kind of ['statement', 'mention', 'decision']) root.querySelector(`input[data-toggle=${kind}]`).click() }"
    )
    screen.page.wait_for_function("""() => {
      const kinds = (new URLSearchParams(location.search).get("kinds") || "").split(",");
      return kinds.includes("summit") && !["statement", "mention", "decision"].some((kind) => kinds.includes(kind));
    }""")


def test_a_click_that_is_lost_on_the_way_is_told_again_until_it_counts(screen: Screen):
    screen.may_lose()
    screen.open(WEEK)
    screen.lose_next()
    filters(screen).locator('input[data-toggle="statement"]').click()
    screen.wait_for_loss()
    assert "kinds" not in screen.keys
    screen.page.wait_for_function("() => !(new URLSearchParams(location.search).get('kinds') || 'statement').split(',').includes('statement')")
    screen.idle()
    sent = screen.sent
    screen.later(30)
    screen.idle()
    assert screen.sent == sent


def test_panning_and_filtering_never_make_the_view_jump(screen: Screen):
    screen.open(WEEK)
    x, y = screen.point(62, 43)
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x + 90, y + 30, steps=5)
    screen.page.mouse.up()
    screen.page.wait_for_function("() => (new URLSearchParams(location.search).get('box') || '').length")
    moved = screen.bounds()
    filters(screen).get_by_label("Statement").uncheck()
    screen.page.wait_for_function("() => (new URLSearchParams(location.search).get('kinds') || '').length")
    screen.ready()
    screen.slider("end").press("ArrowRight")
    screen.wait_for_address("to", "2021-09-20")
    screen.ready()
    assert screen.bounds() == moved


def test_a_permalink_restores_everything(screen: Screen, atlas):
    query = f"{WEEK}&known=2021-09-19&kinds=summit,decision,exercise&party=TJK&grade=C2&id=event:EV20&box=62,34,74,42"
    screen.open(query)
    first = screen.view, screen.ids, screen.bounds(), screen.counts
    assert screen.ids == {feature.id.removeprefix("event:") for feature in scene(atlas, screen.view).layer("events").features}
    screen.record_of("CSTO summit")
    screen.page.reload()
    screen.ready()
    screen.record_of("CSTO summit")
    assert (screen.view, screen.ids, screen.bounds(), screen.counts) == first
    assert screen.page.get_by_role("spinbutton", name="year, Known on").inner_text() == "2021"


def test_the_way_back_restores_the_view_before(screen: Screen):
    screen.open(WEEK)
    filters(screen).get_by_label("Statement").uncheck()
    screen.page.wait_for_function("() => (new URLSearchParams(location.search).get('kinds') || '').length")
    screen.page.go_back()
    screen.wait_for_address("kinds", None)
    filters(screen).locator('input[data-toggle="statement"]:checked').wait_for()


def test_a_damaged_link_is_explained_and_the_rest_opens(screen: Screen):
    screen.open(f"{WEEK}&layers=csto,river&grade=Z9&foo=1")
    told = screen.page.get_by_role("alert").inner_text()
    assert "unknown key 'foo'" in told
    assert "unknown layer 'river'" in told
    assert "'Z9'" in told
    assert screen.data("window") == "2021-09-13..2021-09-19"
    screen.page.get_by_role("button", name="Dismiss").click()
    screen.page.get_by_role("alert").wait_for(state="detached")


def test_search_finds_and_resets(screen: Screen, atlas):
    screen.open()
    screen.page.get_by_role("textbox", name="Search").fill("Rahmon")
    screen.page.keyboard.press("Enter")
    screen.wait_for_address("q", "Rahmon")
    screen.ready()
    expected = scene(atlas, replace(View(), q="Rahmon")).counts
    screen.until("drawn => document.body.dataset.drawn === drawn", arg=str(expected.drawn + expected.possible))
    assert "hidden by filters" in screen.counts
    screen.page.get_by_role("button", name="Reset all").click()
    screen.wait_for_address("q", None)
    screen.page.wait_for_function("() => document.querySelector('input[aria-label=Search]').value === ''")
    assert screen.view == View()


def test_grade_near_and_parties_write_the_address(screen: Screen):
    screen.open(WEEK)
    screen.page.get_by_role("button", name="B1", exact=True).click()
    screen.wait_for_address("grade", "B1")
    screen.page.get_by_label("Near a border").select_option("AFG-TJK")
    screen.wait_for_address("near", "AFG-TJK:50")
    screen.choose("Taking part", "Tajikistan")
    screen.wait_for_address("party", "TJK")


def test_tabs_show_the_chronology_and_the_sources(screen: Screen, atlas):
    screen.open(WEEK)
    shown = scene(atlas, screen.view)
    screen.page.get_by_role("tab", name="Chronology").click()
    first = screen.page.locator(".panj-chronology ol li").first
    first.wait_for()
    assert first.inner_text() == shown.chronology[0]
    screen.page.get_by_role("tab", name="Sources").click()
    screen.page.locator(".panj-sources tbody tr").first.wait_for()
    assert screen.page.locator(".panj-sources tbody tr").count() == len(atlas.sources)
    numbered = screen.page.locator(".panj-sources tbody td.panj-n").all_inner_texts()
    assert [number for number in numbered if number] == [str(source.n) for source in shown.sources]
    links = screen.page.locator(".panj-sources a").evaluate_all("links => links.map((link) => [link.protocol, link.rel, link.target])")
    assert {protocol for protocol, _, _ in links} <= {"https:", "http:"}
    assert {tuple(rest) for _, *rest in links} == {("noreferrer noopener nofollow", "_blank")}
