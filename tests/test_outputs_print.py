"""Printed outputs read back by other programs: text is text, nothing is a raster, positions agree, bytes repeat, bad input prints."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdf
import pytest
from PIL import Image
from pptx import Presentation

from dashboard import outputs, page, seal, slides
from dashboard.page import continued
from dashboard.page.chart import PROJECTIONS, Chart
from dashboard.page.groups import ranges
from dashboard.page.legend import LEAST_PT, _flow, merged
from dashboard.page.paper import NAMED, SLIDE
from dashboard.page.sheet import Shape, Words, Z
from dashboard.scene import Feature, LegendEntry, Scene, SceneLayer
from dashboard.slides import Following, tables
from dashboard.staging import scene
from dashboard.view import View
from geodata import geodesy
from tests.tables import loaded, row

SEPTEMBER = "from=2021-09-13&to=2021-09-19&known=2021-09-19&ahead=on"
OCTOBER = "from=2021-10-18&to=2021-10-23&known=2021-10-23&since=2021-09-19&near=AFG-TJK:20"
PRINTED = (".png", ".svg", ".pdf", ".pptx")
SVG = "{http://www.w3.org/2000/svg}"
PX = 25.4 / 96
"""mm of a pixel at 96 dpi"""

EMU = 36000


@pytest.fixture(scope="module")
def shown(atlas):
    """Scene of a view."""
    return cache(lambda query: scene(atlas, View.from_query(query)))


@pytest.fixture(scope="module")
def written(atlas, shown):
    """The file of a view, by ending."""
    return cache(lambda query, ending: outputs.OUTPUTS[ending](atlas, shown(query), outputs.Paper(dpi=96)))


def with_events(shown: Scene, events: list[Feature]) -> Scene:
    others = tuple(layer for layer in shown.layers if layer.key != "events")
    return replace(shown, layers=(*others, SceneLayer("events", "Events", "symbol", tuple(events))))


def event(n: int, **changes: object) -> Feature:
    given = {"title": f"Event {n}", "kind": "statement", "status": "held", "certainty": "certain", "place_form": "symbol", "lon": 69.2, "lat": 34.5,
             "grade": "B1", "when": "1 September 2021", "place": "Kabul", "blocs": ("csto",), "country": "AFG", "sources": (1,)}  # fmt: skip
    return Feature(id=f"event:X{n}", n=n, **{**given, **changes})


def reader(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def deck(content: bytes) -> Presentation:
    return Presentation(io.BytesIO(content))


def texts(slide) -> dict[str, list]:
    """Shapes with text by their text, those in groups too."""
    found: dict[str, list] = {}
    waiting = list(slide.shapes)
    while waiting:
        shape = waiting.pop()
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            waiting += shape.shapes
        elif shape.has_text_frame and shape.text_frame.text:
            found.setdefault(shape.text_frame.text, []).append(shape)
    return found


# --- every printed output


@pytest.mark.parametrize("ending", PRINTED)
def test_the_same_view_gives_the_same_bytes(atlas, shown, written, ending):
    assert outputs.OUTPUTS[ending](atlas, shown(SEPTEMBER), outputs.Paper(dpi=96)) == written(SEPTEMBER, ending)


@pytest.mark.parametrize("ending", PRINTED)
def test_every_file_carries_its_seal_and_is_whole(atlas, shown, written, tmp_path, ending):
    target = tmp_path / f"brief{ending}"
    target.write_bytes(written(SEPTEMBER, ending))
    assert seal.read_file(target) == (seal.seal(atlas, shown(SEPTEMBER)), True)


# --- PDF


def test_a_pdf_holds_text_in_embedded_fonts_and_no_picture(shown, written):
    document = reader(written(SEPTEMBER, ".pdf"))
    (sheet,) = document.pages
    told = sheet.extract_text()
    assert shown(SEPTEMBER).title in told
    for word in ("AFGHANISTAN", "Dushanbe", "CSTO joint statement on Afghanistan", "Grades (Admiralty): A\u2013F", "TLP:CLEAR", "1,344"):
        assert word in told
    fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
    assert {font["/BaseFont"].split("+")[1].removesuffix("-Identity-H") for font in fonts} == {
        "SourceSans3-Regular", "SourceSans3-Bold", "SourceSans3-Semibold", "SourceSans3-It"}  # fmt: skip
    assert all("/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] and "/ToUnicode" in font for font in fonts)
    assert "/XObject" not in sheet["/Resources"]
    assert not list(sheet.images)


def test_a_pdf_has_title_language_marking_view_and_text_alternative(shown, written):
    document, drawn = reader(written(SEPTEMBER, ".pdf")), shown(SEPTEMBER)
    root, told = document.trailer["/Root"], document.metadata
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"][0].get_object()["/Alt"] == drawn.text
    assert told.title == f"{drawn.title}, {drawn.subtitle}"
    assert (told["/PanjMarking"], told["/PanjView"]) == (drawn.marking, drawn.view.to_query())
    assert "/CreationDate" not in told
    assert document.xmp_metadata.dc_title["x-default"] == told.title


@pytest.mark.parametrize("size", NAMED)
def test_a_pdf_has_the_size_of_its_paper(atlas, shown, size):
    box = reader(page.pdf(shown(SEPTEMBER), atlas, size=size)).pages[0].mediabox
    assert (float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4) == pytest.approx(NAMED[size], abs=0.02)


@pytest.mark.parametrize("title", ["Ҳаракати ҷанубӣ: Қӯрғонтеппа", "Efficient flights & <tags> (affairs)", "price $5\\n"])
def test_letters_of_a_title_come_back_from_pdf_and_svg(atlas, shown, title):
    drawn = replace(shown(SEPTEMBER), title=title)
    assert title in reader(page.pdf(drawn, atlas)).pages[0].extract_text()
    assert title in [element.text for element in ElementTree.fromstring(page.svg(drawn, atlas)).iter(f"{SVG}text")]


def test_letters_stand_in_the_pdf_where_the_sheet_has_them(atlas, shown):
    sheet = page.compose(shown(SEPTEMBER), atlas)
    starts: list[tuple[float, float]] = []

    def visit(operator, _operands, matrix, text_matrix):
        if operator == b"TJ":
            (a, b, c, d, e, f), (x, y) = matrix, text_matrix[4:]
            starts.append(((a * x + c * y + e) / 72 * 25.4, sheet.paper.height - (b * x + d * y + f) / 72 * 25.4))

    reader(page.pdf(shown(SEPTEMBER), atlas)).pages[0].extract_text(visitor_operand_before=visit)
    lines = [item for item in sheet.items if isinstance(item, Words)]
    assert len(starts) >= len(lines)
    away = [min(np.hypot(x - line.x, y - line.y) for x, y in starts) for line in lines]
    assert max(away) < PX


# --- SVG


def test_an_svg_is_vector_text_in_named_fonts_and_refers_to_nothing(shown, written):
    root = ElementTree.fromstring(written(SEPTEMBER, ".svg"))
    drawn = shown(SEPTEMBER)
    assert not list(root.iter(f"{SVG}image"))
    lines = list(root.iter(f"{SVG}text"))
    assert {line.get("font-family") for line in lines} == {"'Source Sans 3', 'DejaVu Sans', sans-serif"}
    assert {drawn.title, drawn.as_of_line, "AFGHANISTAN"} <= {line.text for line in lines}
    assert root.find(f"{SVG}title").text == f"{drawn.title}, {drawn.subtitle}"
    assert root.find(f"{SVG}desc").text == drawn.text
    told = {element.tag.rpartition("}")[2]: element.text for element in root.find(f"{SVG}metadata")}
    assert (told["marking"], told["view"]) == (drawn.marking, drawn.view.to_query())
    content = written(SEPTEMBER, ".svg").decode()
    assert set(re.findall(r"""(?:url\(|href=["'])([^)#"']{1,12})""", content)) <= {"data:font/wo"}
    assert not re.search(r"<script|\bon\w+=", content)


def test_text_of_an_svg_stands_where_the_sheet_has_it(atlas, shown, written):
    sheet = page.compose(shown(SEPTEMBER), atlas)
    wanted = sorted((item.text, round(item.x, 2), round(item.y, 2)) for item in sheet.items if isinstance(item, Words))
    lines = ElementTree.fromstring(written(SEPTEMBER, ".svg")).iter(f"{SVG}text")
    found = sorted((line.text, round(float(line.get("x").split()[0]), 2), round(float(line.get("y")), 2)) for line in lines)
    assert [text for text, *_ in found] == [text for text, *_ in wanted]
    assert max(abs(a - b) for one, other in zip(found, wanted, strict=True) for a, b in zip(one[1:], other[1:], strict=True)) < PX


# --- PNG


def test_a_png_tells_its_text_alternative(shown, written):
    told = Image.open(io.BytesIO(written(SEPTEMBER, ".png"))).text
    assert told["Description"] == shown(SEPTEMBER).text
    assert told["panj-seal"].startswith("panj-seal:2:")


# --- slides


def test_a_deck_is_wide_native_and_described(shown, written):
    made = deck(written(SEPTEMBER, ".pptx"))
    first = made.slides[0]
    assert (made.slide_width, made.slide_height) == (12192000, 6858000)
    pictures = [shape for shape in first.shapes if shape.shape_type is not None and shape.shape_type.name == "PICTURE"]
    assert [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures] == [shown(SEPTEMBER).text]
    with Image.open(io.BytesIO(pictures[0].image.blob)) as picture:
        assert picture.width / (pictures[0].width / 914400) >= 199.5
    assert first.shapes.title.text_frame.text == shown(SEPTEMBER).title
    found = texts(first)
    kinds = [entry.label for entry in shown(SEPTEMBER).legend if entry.layer == "kinds"]
    for words in ("TLP:CLEAR", "AFGHANISTAN", "Legend", "Sources", "37", *kinds):
        assert words in found
    assert len(found["TLP:CLEAR"]) == 2
    assert shown(SEPTEMBER).chronology[0] in first.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("query", [SEPTEMBER, OCTOBER, ""])
def test_slide_and_page_agree_within_a_pixel(atlas, shown, written, query):
    """Numbered markers and labels: the slide's shapes, the page's sheet."""
    sheet = page.compose(shown(query), atlas, size=SLIDE, roomy=True, rest=Following(shown(query), atlas, ""))
    first = deck(written(query, ".pptx")).slides[0]
    boxes = texts(first)
    for line in (item for item in sheet.items if isinstance(item, Words) and not item.angle and item.part != "title"):
        left = line.x - (line.room - line.wide) * line.align
        assert min(abs(shape.left / EMU - left) for shape in boxes[line.text]) < PX
    discs = {name: _middle(item) for item in sheet.items if isinstance(item, Shape) and (name := _marked(item))}
    groups = {shape.name: shape for shape in first.shapes if hasattr(shape, "shapes")}
    events = {feature.id: f"{feature.n} {feature.title}" for feature in shown(query).layer("events").features}
    assert discs
    for name, (x, y) in discs.items():
        inner = next(iter(groups[events[name]].shapes))
        middle = ((inner.left + inner.width / 2) / EMU, (inner.top + inner.height / 2) / EMU)
        assert np.hypot(middle[0] - x, middle[1] - y) < PX


def _marked(item: Shape) -> str:
    """The event whose white disc this is."""
    found = re.match(r"marker (event:\S+)", item.part)
    return found[1] if found and item.style.colour == "#FFFFFF" and item.style.kind == "fill" and item.style.z == Z.DISC else ""


def _middle(item: Shape) -> tuple[float, float]:
    points = np.asarray(item.path.vertices)
    return tuple((points.min(0) + points.max(0)) / 2)


def test_the_second_slide_is_a_numbered_table_that_goes_on(shown, written):
    made = deck(written(SEPTEMBER, ".pptx"))
    tables = [shape.table for slide in made.slides for shape in slide.shapes if shape.has_table]
    heads = [cell.text for cell in tables[0].rows[0].cells]
    assert heads == ["", "Date", "Place", "What", "Who", "Sources", "Grade"]
    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    features = shown(SEPTEMBER).layer("events").features
    assert [row[0] for row in rows] == [str(feature.n) for feature in features]
    assert [row[6] for row in rows] == [feature.grade for feature in features]
    assert len(tables) > 1
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in list(made.slides)[1:])
    assert all(feature.summary in notes for feature in features)


def test_the_last_slide_of_events_names_the_bases_on_the_map(shown, written):
    bases = shown(SEPTEMBER).layer("bases").features
    last = [slide for slide in deck(written(SEPTEMBER, ".pptx")).slides if any(words.startswith("Events") for words in texts(slide))][-1]
    assert bases
    assert all(base.title in last.notes_slide.notes_text_frame.text for base in bases)
    assert any(words.startswith(f"Bases: {bases[0].title}") for words in texts(last))


def test_a_changes_slide_is_there_when_something_changed(shown, written):
    titles = [slide.shapes.title.text_frame.text for slide in deck(written(OCTOBER, ".pptx")).slides]
    assert any(title.startswith("Changed since 19 September 2021") for title in titles)
    assert not any(title.startswith("Changed") for title in (s.shapes.title.text_frame.text for s in deck(written(SEPTEMBER, ".pptx")).slides))


def test_a_deck_has_properties_without_a_clock(shown, written):
    content = written(SEPTEMBER, ".pptx")
    core = deck(content).core_properties
    assert (core.title, core.language, core.subject) == (f"{shown(SEPTEMBER).title}, {shown(SEPTEMBER).subtitle}", "en", "TLP:CLEAR")
    assert core.created.year == core.modified.year == 1980
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"PanjMarking" in file.read("docProps/custom.xml")


def test_shapes_of_a_slide_have_their_own_numbers(written):
    for slide in deck(written("", ".pptx")).slides:
        numbers = [element.get("id") for element in slide.shapes._spTree.iter("{*}cNvPr")]
        assert len(numbers) == len(set(numbers))


def test_another_program_opens_the_deck(written, tmp_path):
    """With LibreOffice, where it is installed: as many pages as slides, and their words."""
    office = shutil.which("soffice")
    if office:
        (tmp_path / "deck.pptx").write_bytes(written(OCTOBER, ".pptx"))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "deck.pptx"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        document = pypdf.PdfReader(tmp_path / "deck.pdf")
        assert len(document.pages) == len(deck(written(OCTOBER, ".pptx")).slides)
        assert "TAJIKISTAN" in document.pages[0].extract_text()


# --- layout and projections


@pytest.mark.parametrize("query", [SEPTEMBER, OCTOBER, ""])
@pytest.mark.parametrize("size", NAMED)
def test_nothing_overlaps_at_any_size(atlas, shown, query, size):
    assert page.compose(shown(query), atlas, size=size).overlaps == ()


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_nothing_overlaps_in_any_projection(atlas, shown, projection):
    assert page.compose(shown(SEPTEMBER), atlas, projection=projection).overlaps == ()


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("box", [(56.0, 30.5, 80.5, 45.5), (66.5, 36.0, 74.5, 41.0), (-25, 60, 40, 72), (170, 50, -170, 70), (-170, -60, 179, 80)])
def test_the_scale_bar_is_as_long_as_the_ground(projection, box):
    chart = Chart(box, (7, 28.5, 199, 156.6), projection=projection)
    x, y, half = 103.0, 92.55, chart.mm_across(100) / 2
    (west, south), (east, north) = ([float(v) for v in chart.degrees(x + side, y)] for side in (-half, half))
    assert geodesy.distance_km(west, south, east, north) == pytest.approx(100, rel=0.01)


def test_north_has_an_arrow_only_where_it_is_one_direction():
    from dashboard.page.scalebar import has_arrow

    frame = (7, 28.5, 199, 156.6)
    assert not has_arrow(Chart((56, 30.5, 80.5, 45.5), frame))
    assert has_arrow(Chart((68, 37, 69.5, 38), frame))
    assert has_arrow(Chart((56, 30.5, 80.5, 45.5), frame, projection="screen"))


def test_areas_are_true_in_the_equal_area_projection():
    chart = Chart((40, 25, 90, 55), (7, 28.5, 199, 156.6), projection="equal-area")
    sizes = [chart.shape(geodesy.ring(lon, lat, 100)).area for lon, lat in ((45, 30), (65, 40), (85, 50))]
    assert max(sizes) / min(sizes) == pytest.approx(1, rel=0.01)


# --- what the column and the legend tell


def test_changes_stand_in_the_column(atlas, shown):
    sheet = page.compose(shown(OCTOBER), atlas)
    assert "Changed since 19 September" in sheet.said
    assert "new" in sheet.said
    assert "Changed since 19 September" not in page.compose(shown(SEPTEMBER), atlas).said


def test_more_changes_than_fit_are_counted(atlas, shown):
    from dashboard.changes import STATUS, Change

    changes = tuple(Change(f"event:Q{n}", f"Plan {n}", (STATUS,), (("status", "planned", "held"),)) for n in range(30))
    said = page.compose(replace(shown(OCTOBER), changes=changes), atlas).said
    assert "Plan 0: planned, now held" in said
    assert "and 23 more, in the exported data" in said


def test_a_distance_from_a_border_is_drawn_and_named(atlas, shown):
    assert "20 km from the border" in page.compose(shown(OCTOBER), atlas).said


def test_entries_with_one_swatch_are_one_line():
    entries = [LegendEntry("status", "status:held", "held"), LegendEntry("status", "status:reported", "reported"),
               LegendEntry("places", "form:region", "region, listed"), LegendEntry("places", "form:country", "country, listed")]  # fmt: skip
    assert [entry.label for entry in merged(entries)] == ["held, reported", "region or country, listed"]


def test_an_own_ring_brings_its_radius(tmp_path):
    from tests.tables import loaded, row

    own = loaded(tmp_path, [row(event="A", place_precision="district", lat="34", lon="66", radius_km="80")])
    (found,) = scene(own, View.from_query("from=2021-01-01&to=2021-12-31")).layer("events").features
    assert (found.place_form, found.lon, found.lat, found.radius_km) == ("ring", 66.0, 34.0, 80.0)


def test_slides_keep_letters_that_we_have_no_font_for(atlas, shown):
    title = "\u6f22\u5b57 \u0939\u093f \u0e44\u0e17\u0e22 \U0001f600"
    drawn = with_events(replace(shown(SEPTEMBER), title=title), [event(1, title=f"Talks {title}")])
    first, second, *_ = deck(slides.pptx(drawn, atlas, dpi=96)).slides
    assert first.shapes.title.text_frame.text == title
    assert not [text for text in (*texts(first), *texts(second)) if "\ufffd" in text]
    (table,) = (shape.table for shape in second.shapes if shape.has_table)
    assert table.cell(1, 3).text == f"Talks {title}"


# --- what the first page of a PDF has no room for


def told(sheet: pypdf.PageObject) -> str:
    return " ".join(sheet.extract_text().split())


def listed(content: bytes) -> set[int]:
    """Numbers of the events made by `event` in the tables after the first page."""
    return {int(number) for sheet in reader(content).pages[1:] for number in re.findall(r"\bEvent (\d+)\b", sheet.extract_text())}


@pytest.fixture(scope="module")
def portrait(atlas, shown):
    """A view whose key and sources do not fit its page."""
    return outputs.OUTPUTS[".pdf"](atlas, shown(""), outputs.Paper("a4-portrait"))


def test_a_page_that_holds_everything_is_the_only_one(atlas, shown):
    content = page.pdf(shown(""), atlas)
    assert len(reader(content).pages) == 1
    assert "more, on page" not in told(reader(content).pages[0])


def test_a_pdf_goes_on_with_every_event_and_every_source(atlas, shown, portrait):
    first, *rest = reader(portrait).pages
    assert re.search(r"and \d+ more and the bases, on pages 2\u2013\d+", told(first))
    assert (at := re.search(r"and \d+ more, on pages? (\d)(?:\u2013\d)?\b", told(first)))
    assert "Publisher Published Title Grade" in told(rest[int(at[1]) - 2])
    words = " ".join(map(told, rest))
    for feature in shown("").layer("events").features:
        row = rf"{feature.n} {re.escape(feature.when)}.* {re.escape(feature.title)} .*{feature.status} .*{ranges(feature.sources)} {feature.grade}"
        assert re.search(row, words)
    for source in shown("").sources:
        row = f"{source.n} {source.publisher} {source.published or 'undated'} {source.title} {source.reliability}{source.credibility}"
        assert " ".join(row.split()) in words
    assert "Bases: 201st military base" in words


def test_every_further_page_is_marked_titled_numbered_and_tagged(shown, portrait):
    document = reader(portrait)
    count = len(document.pages)
    (*figures,) = (entry.get_object() for entry in document.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert len(figures) == count
    for number, sheet in enumerate(document.pages[1:], 2):
        words = told(sheet)
        assert words.count(shown("").marking) == 2
        assert shown("").title in words
        assert f"Page {number} of {count}" in words
        assert "imply no endorsement" in words
        assert sheet.mediabox == document.pages[0].mediabox
        assert f"Page {number} of {count}" in figures[number - 1]["/Alt"]


def test_a_pdf_of_several_pages_repeats_and_is_whole(atlas, shown, portrait, tmp_path):
    target = tmp_path / "brief.pdf"
    target.write_bytes(portrait)
    assert outputs.OUTPUTS[".pdf"](atlas, shown(""), outputs.Paper("a4-portrait")) == portrait
    assert seal.read_file(target) == (seal.seal(atlas, shown("")), True)


@pytest.mark.parametrize("size", ["a4-portrait", "letter-portrait", "slide", "200x150"])
def test_no_page_speaks_of_a_table_it_has_not(atlas, shown, size):
    words = page.compose(shown(""), atlas, size=size).said
    assert not [line for line in words if "in the table" in line]
    assert [line for line in words if re.fullmatch(r"and \d+ more( and the bases)?: in the PDF.*", line)]


def test_more_rows_than_the_pages_hold_are_counted_on_the_last(atlas, shown, monkeypatch):
    monkeypatch.setattr(continued, "MOST", 30)
    drawn = with_events(shown(SEPTEMBER), [event(n) for n in range(1, 401)])
    content = page.pdf(drawn, atlas)
    assert listed(content) == set(range(1, 31))
    assert "370 more are in the exported data." in " ".join(map(told, reader(content).pages[1:]))


@pytest.mark.parametrize("size", ["a4", SLIDE])
def test_nothing_in_the_key_touches_what_follows_it(atlas, shown, size):
    """On a slide even in the wider face of a reader without ours."""
    for roomy in {False, size == SLIDE}:
        sheet = page.compose(shown(""), atlas, size=size, roomy=roomy)
        key = [item for item in sheet.items if isinstance(item, Words) and item.x > sheet.map[2]]
        for first, second in pairwise(sorted(key, key=lambda item: (round(item.y, 2), item.x))):
            if round(first.y, 2) == round(second.y, 2):
                start = second.x - (second.room - second.wide) * second.align
                end = first.x + first.room - (first.room - first.wide) * first.align
                assert end <= start + 0.05, (first.text, second.text)


def test_a_page_that_holds_its_face_keeps_no_room_for_a_wider_one(atlas, shown):
    (title,) = (item for item in page.compose(shown(""), atlas, size=SLIDE).items if isinstance(item, Words) and item.text == shown("").title)
    (window,) = (item for item in page.compose(shown(""), atlas, size=SLIDE).items if isinstance(item, Words) and item.text == shown("").subtitle)
    assert 3 < window.x - (title.x + title.wide) < 4


# --- bad input gives a good page


BAD = {
    "500 characters": {"title": "The long title goes on and on " * 17},
    "emoji": {"title": "\U0001f600\U0001f1f9\U0001f1ef" * 30},
    "no legend": {"legend": ()},
}


@pytest.mark.parametrize("ending", PRINTED)
@pytest.mark.parametrize("changes", BAD.values(), ids=BAD)
def test_odd_titles_print(atlas, shown, ending, changes):
    drawn = replace(shown(SEPTEMBER), **changes)
    assert len(outputs.OUTPUTS[ending](atlas, drawn, outputs.Paper(dpi=96))) > 10_000


ENDLESS = {"Cyrillic": "Ж" * 400, "emoji": "\U0001f600" * 250, "Chinese": "漢" * 500, "lines of text": "Long title " * 45}


@pytest.mark.parametrize(("title", "size"), [*((name, "a4") for name in ENDLESS), ("Chinese", "a4-portrait"), ("Chinese", "slide"),
                                             ("emoji", "200x150")])  # fmt: skip
def test_a_long_title_leaves_map_legend_and_small_print_their_room(atlas, shown, title, size):
    view = replace(shown(SEPTEMBER).view, title=ENDLESS[title])
    sheet = page.compose(scene(atlas, view), atlas, size=size)
    usual = page.compose(shown(SEPTEMBER), atlas, size=size)
    assert sheet.overlaps == ()
    assert sheet.map[3] - sheet.map[1] > 0.8 * (usual.map[3] - usual.map[1])
    assert {"Legend", "Bloc = colour"} <= set(sheet.said)
    assert {item.text: item.pt for item in sheet.items if isinstance(item, Words)}["Bloc = colour"] >= LEAST_PT
    assert any(line.endswith(" (whole in the file's metadata)") for line in sheet.said)


@pytest.mark.parametrize("ending", PRINTED)
def test_a_view_cut_in_the_small_print_is_whole_in_the_file(atlas, shown, ending):
    view = replace(shown(SEPTEMBER).view, title="漢" * 500)
    content = outputs.OUTPUTS[ending](atlas, scene(atlas, view), outputs.Paper(dpi=96))
    assert seal.read(content)[0].view == view.to_query() if ending != ".pptx" else view.to_query() in custom(content)["PanjView"]


def custom(content: bytes) -> dict[str, str]:
    """Custom properties of a deck."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = ElementTree.fromstring(file.read("docProps/custom.xml"))
    return {entry.get("name"): "".join(entry.itertext()) for entry in root}


@pytest.mark.parametrize("lines", [-1, 0, 1, 2, 3])
def test_a_legend_without_room_still_says_everything(lines):
    entries = [LegendEntry("kinds", f"kind:{number}", f"Kind {number}") for number in range(5)]
    said = [line for column in _flow([("Kind = shape", entries)], lines) for line in column.lines if line]
    assert said == ["Kind = shape", *entries]


CONTROL = "a\x0bb\x01c\ufffe"


@pytest.mark.parametrize("ending", PRINTED)
def test_control_characters_of_a_row_print(tmp_path, ending):
    told = dict.fromkeys(("title", "place", "summary", "source", "locator"), CONTROL)
    own = loaded(tmp_path, [row(event="A", **told)])
    assert own.problems == ()
    drawn = replace(scene(own, View.from_query("from=2021-09-01&to=2021-09-30")), title=CONTROL, subtitle=CONTROL)
    content = outputs.OUTPUTS[ending](own, drawn, outputs.Paper(dpi=96))
    if ending == ".pptx":
        assert deck(content).core_properties.title == "a\ufffdb\ufffdc\ufffd, a\ufffdb\ufffdc\ufffd"
    if ending == ".svg":
        assert ElementTree.fromstring(content).find(f"{SVG}title").text == "a\ufffdb\ufffdc\ufffd, a\ufffdb\ufffdc\ufffd"


ODD = ("from=1999-01-01&to=1999-01-02", "layers=none", "box=175,50,-170,70", "box=68.7,38.5,68.75,38.53", "box=-180,-85,180,85")


@pytest.mark.parametrize("query", ODD)
def test_odd_views_print(atlas, shown, query):
    drawn = shown(query)
    assert page.compose(drawn, atlas).overlaps == ()
    assert reader(page.pdf(drawn, atlas)).pages[0].extract_text()
    assert deck(slides.pptx(drawn, atlas, dpi=96)).slides


def test_two_thousand_events_stay_legible(atlas, shown):
    many = [event(n, lon=60 + n % 40 / 2, lat=34 + n // 40 % 20 / 2, place=f"Place {n % 800}") for n in range(1, 2001)]
    drawn = with_events(shown(SEPTEMBER), many)
    sheet = page.compose(drawn, atlas)
    assert sheet.overlaps == ()
    assert sum(int(line[1:]) for line in sheet.said if re.fullmatch(r"\u00d7\d+", line)) == 2000
    assert sum(int(found[1]) for line in sheet.said if (found := re.match(r"(\d+) events\b.*: in the PDF", line))) == 2000
    assert len(listed(page.pdf(drawn, atlas))) == 2000
    rows = [len(shape.table.rows) - 1 for slide in deck(slides.pptx(drawn, atlas, dpi=96)).slides for shape in slide.shapes if shape.has_table]
    assert sum(rows) == 400


def test_the_last_slide_of_a_long_table_says_how_many_are_missing(atlas, shown, monkeypatch):
    monkeypatch.setattr(tables, "MOST", 20)
    last = deck(slides.pptx(with_events(shown(SEPTEMBER), [event(n) for n in range(1, 31)]), atlas, dpi=96)).slides[-1]
    told = "10 more events are not on these slides: they are in the exported data."
    assert any(words.startswith(told) for words in texts(last))
    assert told in last.notes_slide.notes_text_frame.text


def test_slides_go_on_with_every_source_when_the_first_cuts_them(atlas, shown):
    found = deck(slides.pptx(shown(""), atlas, dpi=96)).slides
    first = list(texts(found[0]))
    assert any(re.fullmatch(r"and \d+ more( and the bases)?, on slides 2\u2013\d+", text) for text in first)
    (at,) = (int(said[1]) for text in first if (said := re.fullmatch(r"and \d+ more, on slides? (\d+)(?:\u2013\d+)?", text)) and said[1] != "2")
    listed = [[cell.text for cell in row.cells] for slide in list(found)[at - 1 :] for shape in slide.shapes if shape.has_table
              for row in list(shape.table.rows)[1:]]  # fmt: skip
    assert [row[0] for row in listed] == [str(source.n) for source in shown("").sources]
    assert [row[4] for row in listed] == [source.reliability + source.credibility for source in shown("").sources]
    assert all(shown("").marking in texts(slide) for slide in found)


def test_a_cold_export_of_a_picture_needs_no_library_of_slides():
    code = ("import sys; from dashboard import outputs, page; "
            "print([name for name in ('pptx', 'pypdf', 'fontTools.subset', 'streamlit') if name in sys.modules])")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.stdout == "[]\n", done.stderr
