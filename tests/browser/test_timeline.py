"""The timeline: what a hand does shows at once, Python's word comes when it lets go, and both are the same."""

import random
from datetime import date, timedelta

import pytest

from dashboard.staging import scene
from dashboard.view import View, read_view
from tests.browser.screen import Screen


def drawn(shown) -> set[str]:
    return {feature.id.removeprefix("event:") for feature in shown.layer("events").features if feature.certainty != "ahead"}


def windowed(query: str, window: str) -> View:
    first, last = window.split("..")
    view, complaints = read_view(f"{query}&from={first}&to={last}".lstrip("&"))
    assert not complaints
    return view


def test_an_arrow_key_moves_a_handle_by_a_day(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19")
    screen.slider("end").press("ArrowRight")
    screen.wait_for_address("to", "2021-09-20")
    screen.ready()
    assert screen.data("confirmed") == "2021-09-13..2021-09-20"
    assert screen.view.start == date(2021, 9, 13)


def test_shift_moves_a_handle_by_a_week(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19")
    screen.slider("start").press("Shift+ArrowLeft")
    screen.wait_for_address("from", "2021-09-06")


def test_the_map_follows_a_drag_before_python_answers(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19")
    before = screen.keys
    screen.drag("end", 120)
    screen.until("() => document.body.dataset.window !== document.body.dataset.confirmed")
    while_held = screen.data("window"), screen.ids
    assert while_held[0] > "2021-09-13..2021-09-19"
    assert screen.keys == before
    screen.release()
    assert (screen.data("confirmed"), screen.ids) == while_held
    screen.wait_for_address("to", while_held[0].split("..")[1])


def test_the_counts_follow_a_drag(screen: Screen, atlas):
    screen.open("from=2021-09-13&to=2021-09-19")
    before = screen.counts
    screen.drag("start", -100)
    screen.release()
    screen.page.wait_for_function("before => document.querySelector('header h1 + p').innerText !== before", arg=before)
    assert scene(atlas, screen.view).counts_line in screen.counts


@pytest.mark.parametrize("known", ["", "known=2021-09-19", "known=2021-10-23&ahead=on"], ids=["everything", "19 September", "23 October"])
def test_the_browser_draws_what_the_scene_says(screen: Screen, atlas, known: str):
    """Five random windows each, read while the handle is held: the browser has applied them by itself."""
    rng = random.Random(known)
    screen.open(known)
    for _ in range(5):
        screen.drag(rng.choice(("start", "end")), rng.randint(-260, 260))
        screen.until("() => document.body.dataset.window !== ''")
        said = settled(screen)
        shown = scene(atlas, windowed(known, said["window"]))
        assert set(said["ids"].split()) == drawn(shown), said["window"]
        assert int(said["drawn"]) == shown.counts.drawn + shown.counts.possible
        assert set(said["legend"].split()) == {entry.key for entry in shown.legend}, said["window"]
        screen.release()
        assert screen.data("confirmed") == said["window"]


def settled(screen: Screen) -> dict[str, str]:
    """What the frame says once two paints in a row say the same."""
    return screen.frame.evaluate(
        """() => new Promise((resolve) => {
          let last = "";
          const look = () => {
            const now = document.body.dataset.window;
            if (now === last) return resolve({ ...document.body.dataset });
            last = now;
            setTimeout(look, 120);
          };
          look();
        })"""
    )


def type_first_day(screen: Screen, day: str) -> None:
    """Type a date part by part and leave the field: that is when Streamlit takes it over."""
    for part, keys in zip(("year", "month", "day"), day.split("-"), strict=True):
        screen.page.get_by_role("spinbutton", name=f"{part}, From").press_sequentially(keys)
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Tab")


def test_dates_are_typed(screen: Screen):
    screen.open()
    type_first_day(screen, "2021-09-15")
    screen.wait_for_address("from", "2021-09-15")
    screen.until("() => document.body.dataset.window === '2021-09-15..2021-11-30'")
    screen.ready()
    assert screen.data("window") == "2021-09-15..2021-11-30"


def test_dates_out_of_order_are_refused_in_words(screen: Screen):
    screen.open("from=2021-09-13&to=2021-09-19")
    type_first_day(screen, "2021-10-02")
    screen.page.get_by_text("2 October 2021 is after 19 September 2021; the window stays as it was").wait_for()
    assert screen.view.start == date(2021, 9, 13)
    assert screen.data("window") == "2021-09-13..2021-09-19"


def test_a_slow_answer_to_an_earlier_key_never_takes_the_handle_back(screen: Screen):
    """Python answers the first of two keys when the second is seconds old, as on a busy machine."""
    screen.open("from=2021-09-01&to=2021-09-30")
    screen.frame.evaluate("() => { const take = panj.patch; panj.patch = (p) => { window.newest = p; take(p); } }")
    screen.slider("start").press("ArrowRight")
    screen.wait_for_address("from", "2021-09-02")
    screen.ready()
    screen.frame.evaluate("""() => {
      const take = panj.patch, now = performance.now.bind(performance);
      window.first = window.newest;
      panj.patch = (p) => { window.newest = p; };
      window.later = () => { performance.now = () => now() + 8000; take(window.first); };
    }""")
    screen.slider("start").press("ArrowRight")
    screen.wait_for_address("from", "2021-09-03")
    screen.frame.evaluate("() => new Promise((done) => { window.later(); requestAnimationFrame(() => requestAnimationFrame(done)); })")
    assert screen.data("window").startswith("2021-09-03")


def test_an_answer_that_is_lost_on_the_way_is_told_again(screen: Screen):
    screen.may_lose()
    screen.open("from=2021-09-01&to=2021-09-30")
    screen.lose_next()
    screen.slider("start").press("ArrowRight")
    screen.wait_for_loss()
    assert screen.keys["from"] == "2021-09-01"
    screen.wait_for_address("from", "2021-09-02")
    screen.ready()
    assert screen.data("window").startswith("2021-09-02")
    sent = screen.sent
    screen.later(30)
    screen.idle()
    assert screen.sent == sent


def test_quick_keys_are_all_counted(screen: Screen):
    """Ten keys faster than Python answers: none is lost, and the handle never jumps back."""
    screen.open("from=2021-09-01&to=2021-09-30")
    for _ in range(10):
        screen.slider("start").press("ArrowRight")
    screen.wait_for_address("from", (date(2021, 9, 1) + timedelta(days=10)).isoformat())
    screen.ready()
    assert screen.data("window").startswith("2021-09-11")
