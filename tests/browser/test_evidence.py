"""The controls of evidence: what was known, what changed, which sources, confirmed only, two days of membership."""

import csv
import io

from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import shipped_events
from tests.browser.screen import Screen


def tab(screen: Screen, name: str) -> None:
    screen.page.get_by_role("tab", name=name).click()
    screen.page.locator(f'[role="tab"][aria-selected="true"]:has-text("{name}")').wait_for()
    screen.idle()


def drawn(atlas, query: str) -> set[str]:
    return {feature.id.removeprefix("event:") for feature in scene(atlas, View.from_query(query)).layer("events").features}


def test_known_on_is_typed_and_left_again(screen: Screen, atlas):
    screen.open("from=2021-10-01&to=2021-10-31")
    for part, keys in (("year", "2021"), ("month", "09"), ("day", "18")):
        screen.page.get_by_role("spinbutton", name=f"{part}, Known on").press_sequentially(keys)
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Tab")
    screen.wait_for_address("known", "2021-09-18")
    screen.ready()
    query = "from=2021-10-01&to=2021-10-31&known=2021-09-18"
    assert screen.ids == drawn(atlas, query) != drawn(atlas, "from=2021-10-01&to=2021-10-31")
    assert {feature.status for feature in scene(atlas, View.from_query(query)).layer("events").features} & {"planned", "announced"}
    screen.page.get_by_role("button", name="Everything known").click()
    screen.wait_for_address("known", None)


def test_since_an_earlier_day_marks_what_changed(screen: Screen, atlas):
    screen.open("from=2021-09-13&to=2021-09-30&known=2021-09-30")
    tab(screen, "Changes")
    screen.page.get_by_label("Compared with what was known on").fill("2021-09-15")
    screen.wait_for_address("since", "2021-09-15")
    screen.ready()
    shown = scene(atlas, screen.view)
    assert screen.page.locator(".panj-changes > ul > li").count() == len(shown.changes) > 0
    marks = screen.frame.evaluate("() => Object.fromEntries(panj.frame.state.changed)")
    assert marks["EV20"] == "status"


def test_a_source_filters_the_map_and_is_left_again(screen: Screen, atlas):
    screen.open()
    tab(screen, "Sources")
    screen.page.get_by_role("button", name="Show only the events of AFP, Taliban ready to collaborate").click()
    screen.wait_for_address("source", "doc-004")
    screen.ready()
    assert screen.ids == drawn(atlas, "source=doc-004")
    screen.page.get_by_role("button", name="Show the events of every source").first.click()
    screen.wait_for_address("source", None)
    screen.ready()
    assert screen.ids == drawn(atlas, "")


def test_confirmed_only(screen: Screen, atlas):
    screen.open()
    screen.page.get_by_label("Confirmed only").check()
    screen.wait_for_address("grade", "E1")
    screen.ready()
    assert screen.ids == drawn(atlas, "grade=E1")
    assert all(scene(atlas, View()).layer("events").features[k].grade for k in range(3))
    screen.page.get_by_label("Confirmed only").uncheck()
    screen.wait_for_address("grade", None)


def test_two_days_of_membership_are_compared(screen: Screen):
    screen.open()
    tab(screen, "Blocs")
    screen.page.get_by_label("Compare with the standing on").fill("2023-12-01")
    screen.wait_for_address("compare", "2023-12-01")
    screen.ready()
    rows = screen.page.locator(".panj-blocs table.panj-plain").first.locator("tbody tr").all_inner_texts()
    assert "SCO\tIran\tmember\tobserver; accession under way" in rows
    assert screen.frame.evaluate("() => panj.frame.state.compare.countries.has('IRN')")
    screen.page.get_by_role("button", name="Iran", exact=True).first.click()
    screen.wait_for_address("id", "country:IRN")


def test_the_membership_chart_is_drawn_to_scale(screen: Screen):
    screen.open()
    tab(screen, "Blocs")
    chart = screen.page.get_by_role("img", name="CSTO: who belonged to it when")
    chart.wait_for()
    box = chart.bounding_box()
    assert box
    assert box["width"] > 700
    names = chart.locator("text").all_text_contents()
    assert {"Armenia", "Tajikistan", "Uzbekistan"} <= set(names)


def earlier_file(*, without: str) -> bytes:
    """The shipped file as it was before any report of an event had come, and with another grade for one."""
    text = shipped_events().read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    kept = [row | ({"credibility": "3"} if row["event"] == "EV51" else {}) for row in rows if row["event"] != without]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue().encode()


def test_an_earlier_version_of_the_file_is_picked_in_the_page(screen: Screen):
    screen.open()
    tab(screen, "Changes")
    file = {"name": "events-old.csv", "mimeType": "text/csv", "buffer": earlier_file(without="EV20")}
    screen.page.get_by_label("or with an earlier version of the events file").set_input_files(file)
    screen.page.get_by_text("Compared with the file events-old.csv").wait_for()
    screen.ready()
    told = screen.page.locator(".panj-changes").inner_text()
    assert "CSTO summit (Collective Security Council)" in told
    assert "new" in told
    assert "re-graded" in told
    assert screen.frame.evaluate("() => panj.frame.state.changed.get('EV20')") == "new"
    screen.page.get_by_role("button", name="Leave it").click()
    screen.page.get_by_text("No earlier day or file is chosen.").wait_for()


def test_a_click_while_an_earlier_file_is_read_counts_and_so_does_the_file(screen: Screen):
    """The file is long: it is still being read when the click comes."""
    screen.open()
    tab(screen, "Changes")
    head, *rows = earlier_file(without="EV20").decode().splitlines(keepends=True)
    more = [row.replace("EV", f"OLD{n}-", 1) for n in range(30) for row in rows]
    file = {"name": "events-old.csv", "mimeType": "text/csv", "buffer": "".join([head, *rows, *more]).encode()}
    screen.page.get_by_label("or with an earlier version of the events file").set_input_files(file)
    screen.page.locator('[data-test-script-state="running"]').wait_for(state="attached")
    screen.page.locator('input[data-toggle="statement"]').click()
    screen.page.get_by_text("Compared with the file events-old.csv").wait_for()
    screen.page.wait_for_function("() => !(new URLSearchParams(location.search).get('kinds') || 'statement').split(',').includes('statement')")


def test_an_earlier_file_that_cannot_be_used_is_told_in_words(screen: Screen):
    screen.open()
    tab(screen, "Changes")
    file = {"name": "notes.csv", "mimeType": "text/csv", "buffer": b"colour,size\nred,3\n"}
    screen.page.get_by_label("or with an earlier version of the events file").set_input_files(file)
    complaint = screen.page.locator(".panj-complaint")
    complaint.wait_for()
    assert "notes.csv: missing column 'title'" in complaint.inner_text()
    assert screen.ids


def test_a_selected_party_lights_its_events(screen: Screen, atlas):
    screen.open("id=party:TALIBAN")
    screen.record_of("Taliban")
    lit = screen.frame.evaluate("() => [...panj.frame.state.lit].map((row) => panj.frame.state.rows.id[row])")
    rows = zip(atlas.versions["event"], atlas.versions["participants"], strict=True)
    assert set(lit) == {event for event, parties in rows if "TALIBAN" in dict(parties)}


def test_contradicting_reports_stand_side_by_side(screen: Screen):
    screen.open("id=event:EV51")
    screen.record_of("Rubezh-2021")
    no, yes = (screen.record.get_by_text(claim).bounding_box() for claim in ("no, it would stay away", "yes, its contingent is listed"))
    assert no
    assert yes
    assert abs(no["y"] - yes["y"]) < 4
    assert yes["x"] > no["x"] + no["width"] / 2
