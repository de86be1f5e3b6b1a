"""The Briefing tab: choices, jobs beside the page, what is offered and what is told."""

import gc
import threading
import weakref
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.routing import compile_path

from dashboard import eyes, jobs, outputs, saved, series, server
from dashboard.acts import RefusedError
from dashboard.desk import staged
from dashboard.jobs import CANCELLED, DONE, FAILED, FAULT, Bench, Job
from dashboard.outputs import DATA, OUTPUTS, PARTS
from dashboard.page.paper import NAMED, paper
from dashboard.panels import briefing_form, briefing_job, briefing_make, briefing_routes, briefing_views
from dashboard.panels.briefing import briefing
from dashboard.panels.briefing_draft import SHEETS, Draft, endings, file_name, put
from dashboard.panels.briefing_session import Look, Session
from dashboard.scene import LegendEntry
from dashboard.staging import scene
from dashboard.view import View
from geodata import atlas as atlases
from tests.serving import awaited
from tests.tables import row, write

WEEK = View(start=date(2021, 9, 13), end=date(2021, 9, 19))


def ended(job: Job) -> Job:
    """Wait for the thread of a job."""
    for thread in threading.enumerate():
        if thread.name == f"panj {job.token[:6]}":
            thread.join(60)
    return job


def started(make, own: Bench | None = None) -> Job:
    own = own or Bench()
    return ended(own.start(Job("x.pdf", "drawing the page"), make))


# Choices


def test_every_output_is_offered_and_an_atlas_only_where_one_file_holds_it():
    assert set(endings(Draft())) == set(OUTPUTS)
    assert endings(Draft(every="week")) == [".pdf", ".pptx"]


def test_a_new_output_is_offered_without_a_word_here(atlas, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(OUTPUTS, ".new", OUTPUTS[".json"])
    assert ".new" in endings(Draft())
    assert ">NEW<" in briefing_form.bar(scene(atlas, WEEK), scene(atlas, WEEK), Draft())


@pytest.mark.parametrize("sheet", [name for name in SHEETS if name != "own"])
@pytest.mark.parametrize("upright", [False, True])
def test_every_named_sheet_is_paper(sheet: str, upright: bool):
    size = Draft(sheet=sheet, upright=upright).size
    assert size in NAMED
    assert paper(size)


def test_choices_change_the_paper():
    draft = Draft()
    for what, value in (("ending", ".png"), ("sheet", "own"), ("wide", "200"), ("high", "150"), ("dpi", "96"), ("projection", "screen"),
                        ("part", "sources:off")):  # fmt: skip
        draft = put(draft, what, value)
    assert draft.ending == ".png"
    assert draft.paper == outputs.Paper("200x150", 96, "screen", frozenset(PARTS) - {"sources"})
    assert put(draft, "part", "sources:on").paper.parts == frozenset(PARTS)
    assert put(draft, "ending", ".pptx").size == "slide"


@pytest.mark.parametrize(("what", "value", "words"), [
    ("dpi", "95", "dpi: '95' is not a whole number from 96 to 600"),
    ("dpi", "601", "dpi: '601' is not a whole number from 96 to 600"),
    ("dpi", "1e3", "dpi: '1e3' is not a whole number from 96 to 600"),
    ("dpi", "", "dpi: '' is not a whole number from 96 to 600"),
    ("wide", "20", "width in mm: '20' is not a whole number from 130 to 1200"),
    ("wide", "150", "size '150x210' does not hold a legible page"),
    ("high", "9999", "height in mm: '9999' is not a whole number from 130 to 1200"),
])  # fmt: skip
def test_a_number_out_of_bounds_is_refused_in_words(what: str, value: str, words: str):
    with pytest.raises(RefusedError) as refused:
        put(Draft(), what, value)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(("what", "value"), [("ending", ".exe"), ("sheet", "a9"), ("projection", "flat"), ("part", "marking:off"),
                                             ("part", "disclaimer:off"), ("every", "hour"), ("left_out", "x"), ("__class__", "x")])  # fmt: skip
def test_a_choice_that_is_none_changes_nothing(what: str, value: str):
    assert put(Draft(), what, value) == Draft()


def test_an_atlas_makes_the_format_one_that_holds_it():
    assert put(Draft(ending=".csv"), "every", "week") == Draft(ending=".pdf", every="week")
    assert put(Draft(ending=".pptx"), "every", "week").ending == ".pptx"
    assert all(every in briefing_form.EVERY for every in series.EVERY)


@pytest.mark.parametrize(("title", "name"), [
    ("", "csto-and-sco-around-afghanistan-2021-09-13-to-2021-09-19.pdf"),
    ("../../etc/passwd\x00", "etc-passwd-2021-09-13-to-2021-09-19.pdf"),
    ("<script>\"';:*?|CON", "script-con-2021-09-13-to-2021-09-19.pdf"),
    ("Саммит ОДКБ", "саммит-одкб-2021-09-13-to-2021-09-19.pdf"),
    ("\N{FIRE}\N{FIRE}", "panj-2021-09-13-to-2021-09-19.pdf"),
    ("x" * 500, f"{'x' * 60}-2021-09-13-to-2021-09-19.pdf"),
])  # fmt: skip
def test_the_file_is_named_after_the_view_and_safely(atlas, title: str, name: str):
    assert file_name(scene(atlas, replace(WEEK, title=title)), Draft()) == name


def test_the_name_says_the_knowledge_day_and_the_steps(atlas):
    known = replace(WEEK, end=WEEK.start, known=date(2021, 9, 15))
    assert file_name(scene(atlas, known), Draft(ending=".pptx", every="day")).endswith("-2021-09-13-known-2021-09-15-every-day.pptx")


# What is offered and told


def test_a_marking_can_be_raised_and_never_lowered(atlas):
    scheme = atlas.markings
    low = scene(atlas, WEEK)
    assert low.marking == "TLP:CLEAR"
    offered = briefing_form.options(scheme, low, low, Draft())
    assert 'value="TLP:RED"' in offered
    plain = replace(low, marking="TLP:AMBER")
    offered = briefing_form.options(scheme, plain, plain, Draft())
    assert "TLP:AMBER (computed)" in offered
    assert 'value="TLP:RED"' in offered
    assert "TLP:GREEN" not in offered
    assert "TLP:CLEAR" not in offered


def test_the_tab_states_marking_counts_and_sources(atlas):
    shown = scene(atlas, WEEK)
    told = briefing(atlas, shown)
    assert all(words in told for words in ("TLP:CLEAR", shown.counts_line, shown.as_of_line, f"{len(shown.sources)} numbered sources"))
    assert f'placeholder="{shown.title}"' in told
    raised = briefing(atlas, staged(atlas, replace(WEEK, title="My own", marking="TLP:GREEN")))
    assert "raised from TLP:CLEAR" in raised
    assert 'value="My own"' in raised
    assert f'placeholder="{shown.title}"' in raised


def test_a_title_is_text_wherever_it_stands(atlas):
    bomb = "<img src=x onerror=alert(1)>\"'"
    told = briefing(atlas, scene(atlas, replace(WEEK, title=bomb)))
    assert "<img src=x" not in told
    assert 'onerror=alert(1)&gt;' in told


def test_colours_that_look_alike_are_told():
    legend = (LegendEntry("fill", "member:csto", "one"), LegendEntry("fill", "member:csto", "other"))
    assert eyes.confusions(legend)[0].startswith("one and other look alike")


def test_what_a_page_cannot_show_is_said_before_it_is_made(atlas):
    told = briefing(atlas, scene(atlas, replace(WEEK, title="Fire \N{FIRE} on the border")))
    assert "It cannot show" in told
    assert "U+1F525" in told
    assert "It cannot show" not in briefing(atlas, scene(atlas, WEEK))


def test_the_shipped_view_confuses_nobody(atlas):
    assert "can be told apart in grey" in briefing(atlas, scene(atlas, WEEK))


def test_options_fit_the_format(atlas):
    shown = scene(atlas, WEEK)

    def offered(draft: Draft) -> str:
        return briefing_form.options(atlas.markings, shown, shown, draft)

    assert "Dots per inch" in offered(Draft(ending=".png"))
    assert "Dots per inch" not in offered(Draft(ending=".svg"))
    assert "Paper" not in offered(Draft(ending=".pptx"))
    assert "Projection" not in offered(Draft(ending=".json"))
    assert "Width, mm" in offered(Draft(sheet="own"))
    assert "Turned" not in offered(Draft(sheet="slide"))


def test_parts_left_out_are_said_on_the_page(atlas):
    shown = scene(atlas, WEEK)
    without = outputs.without(shown, Draft(left_out=("sources",)).paper)
    assert without.sources == ()
    assert without.notes[0] == "Left out of this page: numbered sources."
    assert (without.disclaimer, without.marking, without.references) == (shown.disclaimer, shown.marking, shown.references)
    assert outputs.without(shown, Draft().paper) is shown


def test_saved_views_and_what_is_wrong_with_them_are_shown_as_text(atlas, tmp_path: Path):
    bomb = "<img src=x onerror=alert(1)>"
    own = Session()
    own.shelf = saved.FileShelf(tmp_path)
    own.shelf.save(bomb, f"q={bomb}&from=2021-09-13&to=2021-09-19")
    told = briefing_views.shelf(own, scene(atlas, WEEK))
    assert "13\N{EN DASH}19 September 2021" in told
    assert "<img" not in told
    (tmp_path / saved.FILE).write_text(f"{bomb} is no list", encoding="utf-8")
    told = briefing_views.shelf(own, scene(atlas, WEEK))
    assert "It was put aside as" in told
    assert "<img" not in told


# Jobs


def test_what_was_made_is_kept_by_name():
    own = Bench()
    job = started(lambda job: {"x.pdf": b"made"}, own)
    assert (job.state, job.files) == (DONE, {"x.pdf": b"made"})
    assert jobs.job(job.token) is job
    assert jobs.bench(own.token) is own


def test_a_sentence_is_the_reason_of_a_failure():
    def _fails(job: Job) -> dict[str, bytes]:
        raise outputs.OutputError("there is no room for 3 pages")

    job = started(_fails)
    assert (job.state, job.trouble, job.files) == (FAILED, "there is no room for 3 pages", {})
    assert "Not made: there is no room for 3 pages." in briefing_job.line(job)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_of_ours_ends_the_job_and_goes_to_the_log():
    def _breaks(job: Job) -> dict[str, bytes]:
        return {"x.pdf": {}["secret detail"]}

    job = started(_breaks)
    assert (job.state, job.trouble) == (FAILED, FAULT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [ValueError("All strings must be XML compatible"), OSError(2, "No such file", "/secret/place")])
def test_words_that_are_not_ours_are_not_shown(error: Exception):
    def _breaks(job: Job) -> dict[str, bytes]:
        raise error

    job = started(_breaks)
    assert (job.state, job.trouble) == (FAILED, FAULT)


def test_a_second_job_takes_the_place_of_the_one_that_runs():
    own, going, seen = Bench(), threading.Event(), threading.Event()

    def _slow(job: Job) -> dict[str, bytes]:
        with job.alone():
            going.set()
            assert seen.wait(60)
        return {"x.pdf": b"never"}

    first = own.start(Job("x.pdf", "drawing the page"), _slow)
    assert going.wait(60)
    second = own.start(Job("y.pdf", "drawing the page"), lambda job: {"y.pdf": b"made"})
    seen.set()
    assert ended(second).state == DONE
    assert (ended(first).state, first.files) == (CANCELLED, {})
    assert own.newest is second


def test_a_cancelled_job_stops_at_its_next_step():
    own, steps = Bench(), []

    def _counts(job: Job) -> dict[str, bytes]:
        for number in range(5):
            with job.alone():
                steps.append(number)
            if number == 1:
                own.cancel()
            job.count(number, 5, f"page {number}")
        return {"x.pdf": b"never"}

    job = started(_counts, own)
    assert (job.state, steps) == (CANCELLED, [0, 1])
    assert "nothing was made" in briefing_job.line(job)


def test_progress_is_told_in_words():
    job = Job("x.pdf", "drawing the atlas")
    assert briefing_job.answer(job)["part"] is None
    job.count(3, 12, "week 3")
    job._clock -= 30
    told = briefing_job.answer(job)
    assert (told["part"], told["said"]) == (0.25, "3 of 12 done \N{MIDDLE DOT} week 3 \N{MIDDLE DOT} about 1 min 30 s left \N{MIDDLE DOT} 30 s")
    assert "30 s" not in told["html"]


def test_what_a_session_had_made_goes_with_it():
    own = Bench()
    job = started(lambda job: {"x.pdf": b"made"}, own)
    token, gone = job.token, weakref.ref(own)
    del own, job
    gc.collect()
    assert gone() is None
    assert jobs.job(token) is None


def test_a_job_nobody_waits_for_any_more_is_cancelled():
    own, going, seen = Bench(), threading.Event(), threading.Event()

    def _slow(job: Job) -> dict[str, bytes]:
        going.set()
        assert seen.wait(60)
        return {"x.pdf": b"never"}

    job = own.start(Job("x.pdf", "drawing the page"), _slow)
    assert going.wait(60)
    del own
    gc.collect()
    seen.set()
    assert ended(job).state == CANCELLED


def test_old_files_make_room_for_new_ones(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "KEPT_BYTES", 10)
    own = Bench()
    tokens = [started(lambda job: {"x.pdf": b"12345"}, own).token for _ in range(4)]
    gc.collect()
    assert [job.token for job in own.jobs] == tokens[-3:]
    assert [jobs.job(token) is not None for token in tokens] == [False, True, True, True]


# What is made


def look(atlas, **choices) -> Look:
    return Look(atlas, None, WEEK, Draft(**choices))


def test_a_page_is_made_as_the_command_line_makes_it(atlas):
    job = started(briefing_make.make(look(atlas, ending=".svg")))
    assert (job.state, job.trouble) == (DONE, "")
    assert job.files == {"x.pdf": OUTPUTS[".svg"](atlas, scene(atlas, WEEK), outputs.Paper())}


def test_data_come_with_their_seal(atlas):
    own = Bench()
    job = ended(own.start(Job("week.csv", "writing the file"), briefing_make.make(look(atlas, ending=".csv"))))
    assert list(job.files) == ["week.csv", "week.csv.seal.json"]
    assert ".csv" in DATA
    line = briefing_job.line(job)
    assert f'href="/made/{job.token}/week.csv.seal.json"' in line


def test_an_atlas_is_one_file_with_a_page_for_each_step(atlas):
    short = replace(WEEK, start=date(2021, 9, 16), end=date(2021, 9, 17))
    job = started(briefing_make.make(Look(atlas, None, short, Draft(every="day"))))
    assert (job.state, job.trouble, job.steps) == (DONE, "", (3, 3))
    text = [page.extract_text() for page in PdfReader(BytesIO(job.files["x.pdf"])).pages]
    assert len(text) == 3
    assert "16 September 2021" in text[1]
    assert "17 September 2021" in text[2]


@pytest.mark.parametrize("every", ["", "month"])
def test_a_page_and_an_atlas_mark_what_differs_from_an_earlier_file(tmp_path: Path, every: str):
    new = atlases.load(write(tmp_path / "new.csv", [row(event="E", title="Renamed")]))
    old = atlases.load(write(tmp_path / "old.csv", [row(event="E", title="As it was")]), like=new)
    own = Look(new, old, View(start=date(2021, 9, 1), end=date(2021, 9, 30)), Draft(every=every))
    job = started(briefing_make.make(own))
    assert (job.state, job.trouble) == (DONE, "")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(job.files["x.pdf"])).pages)
    assert "Changed in the file" in text
    assert "amended" in text


def test_an_atlas_of_nothing_is_a_sentence(atlas):
    empty = View(start=date(1950, 1, 1), end=date(1950, 1, 3))
    job = started(briefing_make.make(Look(atlas, None, empty, Draft(every="day"))))
    assert (job.state, job.trouble) == (FAILED, "every day: none of 3 steps has an event in this view")


def test_the_preview_is_small_and_that_of_the_present_look(atlas):
    own = Session()
    own.look = look(atlas)
    content = briefing_make.preview(own, own.look.key)
    assert content
    with Image.open(BytesIO(content)) as picture:
        assert abs(max(picture.size) - briefing_make.PREVIEW_PX) < 12
        assert picture.width > picture.height
    assert briefing_make.preview(own, own.look.key) is content
    assert briefing_make.preview(own, look(atlas, upright=True).key) is None


def test_only_what_changes_the_page_changes_the_preview(atlas):
    own = look(atlas)
    assert own.key == look(atlas, dpi=600).key == look(atlas, ending=".svg").key
    others = [look(atlas, upright=True), look(atlas, projection="screen"), look(atlas, left_out=("sources",)), look(atlas, ending=".pptx"),
              replace(own, view=replace(WEEK, title="x"))]  # fmt: skip
    assert len({own.key, *(other.key for other in others)}) == 6


# What is fetched


@pytest.mark.parametrize(("host", "kept"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("", False),
                                            ("192.0.2.7", False)])  # fmt: skip
def test_saved_views_are_kept_on_disk_only_where_nobody_else_is_served(host: str, kept: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PANJ_HOME", str(tmp_path))
    assert server.kept_in(host) == (tmp_path if kept else None)


class Asked:
    """A request as far as the answers look at it."""

    def __init__(self, **params: str) -> None:
        self.path_params = params


def test_files_are_served_to_be_saved_and_kept_nowhere():
    own = Bench()
    job = ended(own.start(Job("неделя.svg", "drawing the page"), lambda job: {"неделя.svg": b"<svg/>"}))
    answer = awaited(briefing_routes.made(Asked(token=job.token, name="неделя.svg")))
    assert (answer.status_code, answer.body, answer.headers["cache-control"]) == (200, b"<svg/>", "no-store")
    assert answer.headers["content-disposition"].startswith('attachment; filename="______.svg"; filename*=UTF-8\'\'%D0%BD')


@pytest.mark.parametrize(("token", "name"), [("", "x.pdf"), ("none", "x.pdf"), ("{own}", "other.pdf"), ("{own}", "../x.pdf")])
def test_nothing_else_is_served(token: str, name: str):
    own = Bench()
    job = started(lambda job: {"x.pdf": b"made"}, own)
    answer = awaited(briefing_routes.made(Asked(token=token.format(own=job.token), name=name)))
    assert answer.status_code == 404


def test_a_preview_of_another_look_is_not_drawn(atlas, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(briefing_routes, "STILL", 0)
    own = Session()
    own.look = look(atlas)
    answer = awaited(briefing_routes.preview(Asked(token=own.token, key="before")))
    assert answer.status_code == 410
    assert awaited(briefing_routes.preview(Asked(token="none", key=own.look.key))).status_code == 404


def test_the_addresses_on_the_page_are_those_served():
    assert Starlette(routes=briefing_routes.routes()).routes
    patterns = [compile_path(route.path)[0] for route in briefing_routes.routes()]
    for address in ("/job/abc", "/made/abc/x%20y.pdf", "/preview/abc/0f.png", "/views/abc/panj-views.json"):
        assert sum(bool(pattern.match(address)) for pattern in patterns) == 1
