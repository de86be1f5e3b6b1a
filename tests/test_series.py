"""An atlas: steps that are views, pages that are whole or not there, a book that links and verifies, a restart that makes only what is missing."""

from __future__ import annotations

import io
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from pptx import Presentation

from dashboard import backdrop, cli, page, seal
from dashboard.outputs import OutputError, Paper
from dashboard.page import contents
from dashboard.scene import Change
from dashboard.series import EVERY, SeriesError, drawn, series, slug
from dashboard.series_events import event_scene
from dashboard.series_frames import around_country, widened
from dashboard.series_pages import Pages
from dashboard.staging import scene
from dashboard.view import View
from geodata import starter
from geodata.atlas import load
from tests.tables import loaded, row, write

SEPTEMBER = View(start=date(2021, 9, 1), end=date(2021, 9, 14))
PAPER = Paper(size="a4", dpi=96)


def titles(atlas, view, every, **options):
    return [step.title for step in series(atlas, view, every, **options).steps]


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Events on 1, 2 and 4 September."""
    rows = [row(event=f"E{day}", title=f"Event of day {day}", start=f"2021-09-0{day}", end=f"2021-09-0{day}", source=f"s{day}") for day in (1, 2, 4)]
    return loaded(tmp_path_factory.mktemp("three"), rows)


@pytest.fixture(scope="module")
def days(three):
    """The series of 1 to 4 September, by day."""
    return series(three, View(start=date(2021, 9, 1), end=date(2021, 9, 4)), "day")


@pytest.fixture(scope="module")
def finished(three, days, tmp_path_factory):
    """Its pages and book, as PDF."""
    pages = Pages(three, days, tmp_path_factory.mktemp("atlas"), "pdf", PAPER)
    return pages, list(pages.made())


# --- steps


@pytest.mark.parametrize("every", EVERY)
def test_every_step_is_a_view_that_its_address_gives_back(atlas, every):
    steps = series(atlas, View(title="Brief"), every).steps
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert all(View.from_query(step.view.to_query()) == step.view for step in steps)
    assert len({step.stem for step in steps}) == len(steps)


@pytest.mark.parametrize("every", EVERY)
def test_names_of_files_are_plain(atlas, every):
    assert [step.stem for step in series(atlas, View(), every).steps if not re.fullmatch(r"\d{3}-[a-z0-9.-]{1,60}", step.stem)] == []


def test_weeks_begin_on_monday_and_are_cut_to_the_window(atlas):
    steps = series(atlas, SEPTEMBER, "week").steps
    assert [(step.view.start.day, step.view.end.day) for step in steps] == [(1, 5), (6, 12), (13, 14)]
    assert [step.stem for step in steps] == ["001-2021-09-01..05", "002-2021-09-06..12", "003-2021-09-13..14"]


def test_days_and_months_cover_the_window_without_gap(atlas):
    assert len(series(atlas, SEPTEMBER, "day").steps) == 14
    months = series(atlas, View(start=date(2021, 12, 20), end=date(2022, 2, 3)), "month").steps
    assert [step.name for step in months] == ["2021-12-20..31", "2022-01", "2022-02-01..03"]


def test_a_week_over_new_year_names_both_years(atlas):
    (step,) = series(atlas, View(start=date(2021, 12, 27), end=date(2022, 1, 2)), "week").steps
    assert step.name == "2021-12-27..2022-01-02"


def test_empty_steps_are_skipped_when_asked_and_counted(three):
    view = View(start=date(2021, 9, 1), end=date(2021, 9, 4))
    assert len(series(three, view, "day").steps) == 4
    found = series(three, view, "day", skip_empty=True)
    assert ([step.title for step in found.steps], found.skipped) == (["1 September 2021", "2 September 2021", "4 September 2021"], 1)


def test_each_event_is_selected_framed_and_told_of(atlas):
    shown = scene(atlas, SEPTEMBER)
    steps = series(atlas, SEPTEMBER, "event").steps
    assert [step.view.id for step in steps] == [event.id for event in shown.layer("events").features]
    for event, step in zip(shown.layer("events").features, steps, strict=True):
        assert event.title in step.view.title
        assert event.grade in step.view.title
        if event.lon is not None:
            west, south, east, north = step.view.box
            assert west < event.lon < east
            assert south < event.lat < north


def test_borders_drawn_strong_get_a_page_each(atlas):
    steps = series(atlas, View(), "border").steps
    assert [step.view.near for step in steps] == [(pair, 50.0) for pair in ("AFG-CHN", "AFG-IRN", "AFG-PAK", "AFG-TJK", "AFG-TKM", "AFG-UZB")]


def test_a_view_near_a_border_has_only_that_border_and_keeps_its_distance(atlas):
    assert [step.view.near for step in series(atlas, View(near=("AFG-TJK", 20.0)), "border").steps] == [("AFG-TJK", 20.0)]


def test_a_country_page_shows_what_happened_there_or_with_its_part(atlas):
    steps = {step.title: step for step in series(atlas, SEPTEMBER, "country").steps}
    assert list(steps) == sorted(steps)
    view = steps["Russia"].view
    for event in scene(atlas, view).layer("events").features:
        assert event.country == "RUS" or "RUS" in dict(event.participants)


def test_countries_are_those_the_view_lets_through(atlas):
    assert titles(atlas, replace(SEPTEMBER, party=("TJK", "CHN")), "country") == ["China", "Tajikistan"]


@pytest.mark.parametrize("every", EVERY)
def test_no_step_shows_an_event_that_the_view_hides(atlas, every):
    view = replace(SEPTEMBER, grade="B1", party=("TJK",))
    let_through = {event.id for event in scene(atlas, view).layer("events").features}
    for step in series(atlas, view, every).steps:
        assert {event.id for event in scene(atlas, step.view).layer("events").features} <= let_through


def test_frames_cross_the_date_line_and_stay_in_the_world():
    assert widened((170, -20, 179, -10)) == (167.3, -23.0, -178.3, -7.0)
    assert widened((-180, -90, 180, 84)) == (-180.0, -84.0, 180.0, 84.0)


def test_a_country_is_framed_without_its_far_islands(atlas):
    west, _, east, _ = around_country(atlas, "FRA")
    assert (west > -15, east < 20) == (True, True)


def test_too_many_steps_are_refused_in_words(atlas):
    with pytest.raises(SeriesError, match=r"every day: 11,657 steps are more than 1,000; a shorter window or longer steps would be right"):
        series(atlas, View(start=date(1990, 1, 1)), "day")


def test_a_view_of_nothing_has_no_steps(atlas):
    with pytest.raises(SeriesError, match="every event: no event is drawn in this view"):
        series(atlas, View(start=date(1999, 1, 1), end=date(1999, 1, 2)), "event")
    with pytest.raises(SeriesError, match="every day: none of 2 steps has an event in this view"):
        series(atlas, View(start=date(1999, 1, 1), end=date(1999, 1, 2)), "day", skip_empty=True)


@pytest.mark.parametrize(("text", "plain"), [("EV20", "ev20"), ("../../etc/passwd", "etc-passwd"), ("a\0b\nc", "a-b-c"), ("Душанбе", ""),
                                             ("x" * 90, "x" * 40), ("CON:", "con")])  # fmt: skip
def test_a_name_from_a_file_never_becomes_a_path(text, plain):
    assert slug(text) == plain


def test_an_event_without_a_plain_name_still_gets_a_file(tmp_path):
    atlas = loaded(tmp_path, [row(event="Встреча", source="a")])
    assert [step.stem for step in series(atlas, View(start=date(2021, 1, 1), end=date(2021, 12, 31)), "event").steps] == ["001-event"]


# --- files


def test_all_files_are_there_and_nothing_else(finished):
    pages, made = finished
    assert [file.file.name for file in made] == [
        "001-2021-09-01.pdf", "002-2021-09-02.pdf", "003-2021-09-03.pdf", "004-2021-09-04.pdf", "atlas.pdf"]  # fmt: skip
    assert sorted(path.name for path in pages.folder.iterdir()) == sorted(file.file.name for file in made)
    assert [(file.number, file.of, file.kept) for file in made] == [(number, 5, False) for number in range(1, 6)]


def test_a_second_run_makes_nothing(finished):
    pages, _ = finished
    before = {path: path.stat().st_mtime_ns for path in pages.folder.iterdir()}
    assert all(file.kept for file in pages.made())
    assert {path: path.stat().st_mtime_ns for path in pages.folder.iterdir()} == before


def test_an_interrupted_run_leaves_whole_files_and_goes_on_where_it_was(three, days, finished, tmp_path):
    pages = Pages(three, days, tmp_path / "atlas", "pdf", PAPER)
    making = pages.made()
    next(making)
    next(making)
    making.close()
    assert sorted(path.name for path in pages.folder.iterdir()) == ["001-2021-09-01.pdf", "002-2021-09-02.pdf"]
    pages.check()
    assert [file.kept for file in pages.made()] == [True, True, False, False, False]
    assert (pages.folder / "atlas.pdf").read_bytes() == finished[0].book.read_bytes()


def test_changed_rows_make_their_pages_anew(three, days, tmp_path):
    folder = tmp_path / "atlas"
    list(Pages(three, days, folder, "pdf", PAPER).made())
    (tmp_path / "later").mkdir()
    later = loaded(tmp_path / "later", [row(event="E4", title="Renamed", start="2021-09-04", end="2021-09-04", source="s4")])
    pages = Pages(later, series(later, days.view, "day"), folder, "pdf", PAPER)
    pages.check()
    assert not any(file.kept for file in pages.made())
    assert "Renamed" in pypdf.PdfReader(folder / "004-2021-09-04.pdf").pages[0].extract_text()


def test_another_colour_of_a_theatre_makes_its_pages_anew(tmp_path):
    theatre = tmp_path / "theatre"
    starter.create(theatre)
    pages = [_pages_of(theatre, tmp_path / "atlas")]
    assert not any(file.kept for file in pages[0].made())
    assert all(file.kept for file in _pages_of(theatre, tmp_path / "atlas").made())
    blocs = theatre / "blocs.csv"
    blocs.write_text(re.sub("#[0-9A-Fa-f]{6}", "#123456", blocs.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    assert not any(file.kept for file in _pages_of(theatre, tmp_path / "atlas").made())


def _pages_of(theatre, folder):
    facts = load(None, theatre)
    view = View.from_query(facts.opening or "")
    found = series(facts, view, "month")
    return Pages(facts, replace(found, steps=found.steps[:1]), folder, "svg", PAPER)


def test_the_picture_depends_on_tables_and_shapes_beside_its_scene(three):
    kinds = {**three.tables, "kinds": three.table("kinds").iloc[::-1]}
    fewer = replace(three)
    fewer.__dict__["lakes"] = three.lakes.iloc[1:]
    others = [replace(three, tables=kinds), replace(three, zones=three.zones.iloc[1:]), replace(three, bases=three.bases.iloc[1:]),
              replace(three, countries=three.countries.iloc[1:]), fewer]  # fmt: skip
    assert len({backdrop.digest(facts) for facts in (three, *others)}) == 6
    assert backdrop.digest(replace(three)) == backdrop.digest(three)


def test_an_atlas_tells_what_differs_from_an_earlier_file(three, days, tmp_path):
    (tmp_path / "old").mkdir()
    rows = [row(event=f"E{day}", title=title, start=f"2021-09-0{day}", end=f"2021-09-0{day}", source=f"s{day}")
            for day, title in ((1, "Event of day 1"), (2, "As it was"), (3, "Withdrawn by now"), (4, "Event of day 4"))]  # fmt: skip
    before = loaded(tmp_path / "old", rows)
    pages = Pages(three, days, tmp_path / "atlas", "svg", PAPER, before)
    list(pages.made())
    told = ["Changed in the file" in pages.file(step).read_text(encoding="utf-8") for step in days.steps]
    assert told == [False, True, True, False]
    assert all(file.kept for file in pages.made())
    assert [file.kept for file in Pages(three, days, tmp_path / "atlas", "svg", PAPER).made()] == [True, False, False, True]
    assert titles(three, days.view, "day", skip_empty=True, before=before) == [f"{day} September 2021" for day in (1, 2, 3, 4)]


def test_the_command_compares_with_an_earlier_file(tmp_path, capsys):
    old, new = write(tmp_path / "old.csv", [row(event="E", title="As it was")]), write(tmp_path / "new.csv", [row(event="E")])
    arguments = ["atlas", tmp_path / "out", "--every", "month", "--format", "svg", "--view", "from=2021-09-01&to=2021-09-30", "--events", new]
    assert cli.main([str(argument) for argument in (*arguments, "--since-file", old)]) == 0
    assert "Changed in the file" in (tmp_path / "out" / "001-2021-09.svg").read_text(encoding="utf-8")
    capsys.readouterr()


def test_another_paper_makes_the_pages_anew(three, days, tmp_path):
    folder = tmp_path / "atlas"
    one = replace(days, steps=days.steps[:1])
    list(Pages(three, one, folder, "pdf", PAPER).made())
    assert [file.kept for file in Pages(three, one, folder, "pdf", replace(PAPER, size="letter")).made()] == [False, False]


@pytest.mark.parametrize("content", [b"my own notes", b""])
def test_a_file_that_is_not_ours_is_not_replaced(three, days, tmp_path, content):
    pages = Pages(three, days, tmp_path, "pdf", PAPER)
    (tmp_path / "002-2021-09-02.pdf").write_bytes(content)
    with pytest.raises(OutputError, match=r"002-2021-09-02\.pdf: exists already; --force replaces it"):
        pages.check()
    pages.check(force=True)
    assert (tmp_path / "002-2021-09-02.pdf").read_bytes() == content


def test_an_edited_page_is_not_replaced(finished, three, days, tmp_path):
    edited = tmp_path / "001-2021-09-01.pdf"
    edited.write_bytes(finished[0].file(days.steps[0]).read_bytes() + b"% mine")
    with pytest.raises(OutputError, match="exists already"):
        Pages(three, days, tmp_path, "pdf", PAPER).check()


def test_a_folder_that_cannot_be_used_is_refused(three, days, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file; the name of a folder would be right"):
        Pages(three, days, tmp_path / "file", "pdf", PAPER).check()
    with pytest.raises(OutputError, match="there is no folder"):
        Pages(three, days, tmp_path / "no" / "such", "pdf", PAPER).check()
    with pytest.raises(SeriesError, match="format 'docx' is not one of pdf, pptx, png, svg"):
        Pages(three, days, tmp_path, "docx", PAPER)


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_pictures_come_without_a_book(three, days, tmp_path, ending):
    pages = Pages(three, replace(days, steps=days.steps[:2]), tmp_path, ending, PAPER)
    assert pages.book is None
    assert [file.file.name for file in pages.made()] == [f"001-2021-09-01.{ending}", f"002-2021-09-02.{ending}"]
    assert all(seal.read_file(file)[1] for file in pages.files)


# --- the book


def test_the_book_lists_its_pages_and_every_line_leads_to_one(finished, days):
    book = pypdf.PdfReader(finished[0].book)
    assert len(book.pages) == 5
    told = book.pages[0].extract_text()
    assert "4 pages, one per day." in told
    assert all(step.title in told for step in days.steps)
    links = [note.get_object() for note in book.pages[0]["/Annots"]]
    assert [link["/Dest"][0].idnum for link in links] == [page.indirect_reference.idnum for page in list(book.pages)[1:]]
    assert [entry.title for entry in book.outline] == ["Contents", *(step.title for step in days.steps)]
    assert [book.get_destination_page_number(entry) for entry in book.outline] == [0, 1, 2, 3, 4]


def test_the_contents_count_every_page_of_a_step(atlas):
    entries = [contents.Entry("First", "", pages=3), contents.Entry("Second", "")]
    ((sheet, links),) = contents.sheets(scene(atlas, View()), "Told.", entries, "a4")
    assert [link.page for link in links] == [1, 4]
    assert [line for line in sheet.said if line.isdecimal()] == ["2", "5"]


def test_a_step_of_several_pages_is_bound_whole_and_the_contents_lead_to_its_first(tmp_path):
    rows = [row(event=f"E{n}", title=f"Event {n}", start=f"2021-09-0{1 + n % 2}", end=f"2021-09-0{1 + n % 2}", source=f"s{n}") for n in range(160)]
    atlas = loaded(tmp_path, rows)
    days = series(atlas, View(start=date(2021, 9, 1), end=date(2021, 9, 2)), "day")
    pages = Pages(atlas, days, tmp_path / "atlas", "pdf", replace(PAPER, size="200x150"))
    list(pages.made())
    alone = [pypdf.PdfReader(pages.file(step)).pages for step in days.steps]
    assert min(map(len, alone)) > 1
    book = pypdf.PdfReader(pages.book)
    assert [page.extract_text() for page in list(book.pages)[1:]] == [page.extract_text() for pages in alone for page in pages]
    links = [note.get_object()["/Dest"][0].idnum for note in book.pages[0]["/Annots"]]
    firsts = [1, 1 + len(alone[0])]
    assert links == [book.pages[first].indirect_reference.idnum for first in firsts]
    assert "on pages 2\N{EN DASH}" in " ".join(book.pages[firsts[1]].extract_text().split())
    assert f"Page 2 of {len(alone[1])} of this step" in book.pages[firsts[1] + 1].extract_text()


def test_a_page_in_the_book_is_the_page_by_itself(finished, days):
    book = pypdf.PdfReader(finished[0].book)
    for step, bound in zip(days.steps, list(book.pages)[1:], strict=True):
        (alone,) = pypdf.PdfReader(finished[0].file(step)).pages
        assert bound.get_contents().get_data() == alone.get_contents().get_data()
        assert bound.extract_text() == alone.extract_text()
        assert bound.mediabox == alone.mediabox


def test_pages_of_a_book_share_what_is_the_same(finished, days):
    alone = sum(finished[0].file(step).stat().st_size for step in days.steps)
    assert finished[0].book.stat().st_size < 0.6 * alone


def test_the_seal_of_a_book_covers_all_pages_and_lists_their_views(finished, three, days, tmp_path):
    sealed, whole = seal.read_file(finished[0].book)
    assert whole
    assert set(sealed.rows) == {"E1 s1", "E2 s2", "E4 s4"}
    assert sealed.views == tuple(step.view.to_query() for step in days.steps)
    assert seal.compare(sealed, three) == []
    changed = loaded(tmp_path, [row(event="E1", title="Event of day 1", start="2021-09-01", end="2021-09-01", source="s1"),
                                row(event="E2", title="Another title", start="2021-09-02", end="2021-09-02", source="s2")])  # fmt: skip
    assert [str(finding) for finding in seal.compare(sealed, changed)] == ["E2 s2: amended: title 'Event of day 2' -> 'Another title'",
                                                                             "E4 s4: withdrawn"]  # fmt: skip


def test_the_book_bears_the_highest_marking_of_its_pages(tmp_path):
    rows = [row(event=f"E{day}", start=f"2021-09-0{day}", end=f"2021-09-0{day}", source=f"s{day}", marking=marking)
            for day, marking in ((1, "TLP:CLEAR"), (2, "TLP:RED"))]  # fmt: skip
    atlas = loaded(tmp_path, rows)
    pages = Pages(atlas, series(atlas, View(start=date(2021, 9, 1), end=date(2021, 9, 2)), "day"), tmp_path / "out", "pdf", PAPER)
    list(pages.made())
    book = pypdf.PdfReader(pages.book)
    assert book.metadata["/PanjMarking"] == "TLP:RED"
    assert ["TLP:RED" in page.extract_text() for page in book.pages] == [True, False, True]


def test_a_bound_deck_holds_every_slide_and_links_to_it(three, days, tmp_path):
    pages = Pages(three, replace(days, steps=days.steps[:2]), tmp_path, "pptx", PAPER)
    list(pages.made())
    book, *alone = (Presentation(io.BytesIO(path.read_bytes())) for path in (pages.book, *pages.files[:2]))
    assert len(book.slides) == 1 + sum(len(deck.slides) for deck in alone)
    copies = list(book.slides)[1:]
    for copy, slide in zip(copies, (slide for deck in alone for slide in deck.slides), strict=True):
        assert [shape.name for shape in copy.shapes] == [shape.name for shape in slide.shapes]
        assert copy.notes_slide.notes_text_frame.text == slide.notes_slide.notes_text_frame.text
    firsts = [copies[0], copies[len(alone[0].slides)]]
    links = [rel.target_part for rel in book.slides[0].part.rels.values() if rel.reltype.endswith("/slide")]
    assert set(links) == {slide.part for slide in firsts}
    assert seal.read_file(pages.book)[1]
    assert all(file.kept for file in pages.made())


# --- a page about one event


SUMMITS = View(start=date(2021, 9, 13), end=date(2021, 9, 19))


def test_a_page_of_an_event_says_what_it_is_and_who_says_so(atlas):
    step = next(step for step in series(atlas, SUMMITS, "event").steps if step.view.id == "event:EV20")
    shown = event_scene(atlas, step.view)
    record = shown.dossier
    assert dict(record.facts) | {"When": "16 September 2021", "Where": "Dushanbe, Tajikistan", "Status": "held"} == dict(record.facts)
    assert dict(record.facts)["Grade"].startswith("B1: usually reliable")
    assert "Tajikistan (chair, in person)" in dict(record.facts)["Who"]
    days = [report.day for report in record.reports]
    assert days[0] == "14 September 2021"
    assert len(record.reports) == sum(key.startswith("EV20 ") for key in seal.seal(atlas, shown).rows) > 1
    assert all(re.match(r"\[\d+\] ", report.source) for report in record.reports)


def test_a_page_of_an_event_shows_it_and_what_is_linked_with_it(atlas):
    whole = {event.id for event in scene(atlas, SUMMITS).layer("events").features}
    for event in ("event:EV20", "event:EV30", "event:EV32"):
        ends = [(f"event:{start}", f"event:{end}") for start, end in zip(atlas.links["from"], atlas.links["to"], strict=True)]
        linked = {end for pair in ends if event in pair for end in pair}
        shown = event_scene(atlas, replace(SUMMITS, id=event))
        there = {feature.id for feature in shown.layer("events").features}
        assert there == {event} | (linked & whole)
        assert len(shown.dossier.linked) == len(there) - 1
        assert f"{len(whole) - len(there)} others of the view are not on this page" in shown.counts_line


def test_an_event_that_is_not_drawn_has_no_record(atlas):
    view = replace(SUMMITS, id="event:EV20", kinds=("exercise",))
    assert event_scene(atlas, view).dossier is None


def test_no_record_tells_of_a_row_marked_higher_than_its_page(tmp_path):
    rows = [row(event="A", title="Open", source="a"), row(event="B", title="Closed", source="b", marking="TLP:RED", kind="summit"),
            row(event="A", title="Open", source="c", credibility="5", summary="Disproved", marking="TLP:CLEAR")]  # fmt: skip
    atlas = loaded(tmp_path, rows)
    atlas = replace(atlas, links=pd.DataFrame([{"from": "A", "to": "B", "relation": "part_of", "source": "a", "note": "", "known_from": 0}]))
    shown = event_scene(atlas, replace(SEPTEMBER, id="event:A", kinds=("exercise",)))
    assert shown.marking == "TLP:CLEAR"
    assert "Closed" not in shown.text
    assert "Disproved" not in shown.text
    both = event_scene(atlas, replace(SEPTEMBER, id="event:A"))
    assert both.marking == "TLP:RED"
    assert "Linked: part of: " in both.text


def test_the_book_of_events_tells_day_status_and_grade_and_each_page_its_event(tmp_path):
    rows = [row(event=f"E{day}", title=f"Event of day {day}", start=f"2021-09-0{day}", end=f"2021-09-0{day}", source=f"s{day}", reported="2021-09-20",
                summary=f"What happened on day {day}.", reliability="B") for day in (1, 2)]  # fmt: skip
    atlas = loaded(tmp_path, rows)
    pages = Pages(atlas, series(atlas, SEPTEMBER, "event"), tmp_path / "out", "pdf", PAPER)
    list(pages.made())
    contents, first, second = (page.extract_text() for page in pypdf.PdfReader(pages.book).pages)
    assert "1 September 2021, held, B2" in contents
    assert "2 September 2021, held, B2" in contents
    assert "certain" not in contents
    assert "What happened on day 1." in first
    assert "20 September 2021, B2" in first
    assert "What happened on day 2." not in first
    assert "What happened on day 2." in second
    assert [set(page.rows) for page in (seal.read_file(file)[0] for file in pages.files[:2])] == [{"E1 s1"}, {"E2 s2"}]


def test_a_record_too_long_for_its_column_says_how_many_reports_are_left_out(tmp_path):
    rows = [row(event="E", source=f"source {number}", reported=f"2021-{9 + number // 28:02d}-{number % 28 + 1:02d}", start="2021-08-01",
                end="2021-08-01", summary=f"Telling {number} " * 20) for number in range(60)]  # fmt: skip
    atlas = loaded(tmp_path, rows)
    shown = event_scene(atlas, View(start=date(2021, 8, 1), end=date(2021, 8, 31), id="event:E"))
    said = page.compose(shown, atlas).said
    (left,) = [re.match(r"(\d+) earlier ones", line) for line in said if "earlier ones" in line]
    assert len(shown.dossier.reports) == 60
    assert sum(line.startswith("[") and "source" in line for line in said) == 60 - int(left[1])


# --- the command


def test_the_command_makes_an_atlas_and_says_so(tmp_path, capsys):
    arguments = ["atlas", str(tmp_path / "out"), "--every", "week", "--view", "from=2021-09-13&to=2021-09-26", "--format", "svg"]
    assert cli.main(arguments) == 0
    told = capsys.readouterr()
    assert told.out == f"{tmp_path / 'out'}\n"
    assert told.err == "2 pages: 2 files made, 0 kept as they were\n"
    assert cli.main(arguments) == 0
    assert capsys.readouterr().err == "2 pages: 0 files made, 2 kept as they were\n"


def test_the_command_names_what_a_page_cannot_show_once_with_its_pages(tmp_path, capsys):
    said = "title=Fire+%F0%9F%94%A5&from=2021-09-16&to=2021-09-18"
    assert cli.main(["atlas", str(tmp_path / "out"), "--every", "day", "--format", "svg", "--view", said]) == 0
    lines = [line for line in capsys.readouterr().err.splitlines() if "U+1F525" in line]
    assert len(lines) == 1
    assert lines[0].startswith("001-2021-09-16.svg and 2 other pages: letters that no font here can print stand as")


def test_the_command_refuses_in_words(tmp_path, capsys):
    assert cli.main(["atlas", str(tmp_path / "no" / "such"), "--every", "week"]) == 2
    assert cli.main(["atlas", str(tmp_path / "out"), "--every", "week", "--size", "a9"]) == 2
    assert cli.main(["atlas", str(tmp_path / "out"), "--every", "week", "--view", "from=tomorrow"]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_sees_how_far_it_is_and_an_interrupt_leaves_no_drafts(tmp_path):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-m", "dashboard", "atlas", str(tmp_path / "out"), "--every", "day", "--format", "svg"]
    root = Path(__file__).parent.parent
    running = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)})
    os.close(theirs)
    said = b""
    deadline = time.monotonic() + 120
    while b"2 of 122: 002-2021-08-02.svg, about" not in said and time.monotonic() < deadline:
        said += os.read(ours, 1000)
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 130
    os.close(ours)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names[:2] == ["001-2021-08-01.svg", "002-2021-08-02.svg"]
    assert all(re.fullmatch(r"\d{3}-[\d-]+\.svg", name) for name in names)
    assert all(seal.read_file(path)[1] for path in (tmp_path / "out").iterdir())


def test_the_number_of_events_decides_what_is_empty(three):
    assert drawn(three, View(start=date(2021, 9, 1), end=date(2021, 9, 4))) == 3
    assert drawn(three, View(start=date(2021, 9, 1), end=date(2021, 9, 4), layers=("borders",))) == 0


def test_changed_participants_are_told_by_short_names_and_only_where_they_differ(atlas):
    from dashboard.slides import tables

    change = Change("event:X", "X", ("amended",), (("participants", "RUS (video), UN (party) and TJK (chair, video)",
                                                    "RUS (video), TALIBAN (party), NATO (observer) and TJK (chair, video)"),))  # fmt: skip
    assert tables._field(change.fields[0], atlas) == ("participants", "UN", "Taliban, NATO (observer)")
