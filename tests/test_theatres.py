"""Another theatre is a folder of tables: `panj new` begins one, and everything shows it."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from dashboard import eyes, opening, outputs, palette, style
from dashboard.cli import main
from dashboard.desk import open_desk
from dashboard.layers import layers, vocabulary
from dashboard.panels.header import complaints
from dashboard.panels.yours_judge import judged
from dashboard.projects import MERGE, REPLACE, Work
from dashboard.staging import HOME, scene
from dashboard.view import View, read_view
from dashboard.webdata import data_files
from geodata import atlas as facts
from geodata import catalogue, starter
from geodata.problems import TableError
from tests.tables import loaded, row, shipped, write


@pytest.fixture
def folder(tmp_path) -> Path:
    """What `panj new` writes."""
    starter.create(tmp_path / "horn")
    return tmp_path / "horn"


def load(folder: Path) -> facts.Atlas:
    return facts.load(folder / "events.csv", folder)


def opened(atlas: facts.Atlas) -> View:
    view, complaints = read_view(opening.text(atlas), vocabulary(atlas))
    assert complaints == []
    return view


def change(folder: Path, table: str, old: str, new: str) -> None:
    text = (folder / table).read_text(encoding="utf-8")
    assert old in text
    (folder / table).write_text(text.replace(old, new), encoding="utf-8")


def test_new_writes_a_folder_that_loads_cleanly(tmp_path, capsys):
    assert main(["new", str(tmp_path / "horn")]) == 0
    assert "README.txt" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "horn" / "events.csv"), "--theatre", str(tmp_path / "horn")]) == 0
    atlas = load(tmp_path / "horn")
    assert atlas.problems == ()
    assert len(atlas.links) == 1
    assert len(atlas.table("claims")) == 2


def test_every_table_that_is_read_stands_in_the_folder_with_every_column_explained(folder):
    told = (folder / "README.txt").read_text(encoding="utf-8")
    names = {name: table.columns for name, table in _tables().items()}
    for name, columns in names.items():
        part = told[re.search(rf"^{name}\.csv", told, re.MULTILINE).start() :].partition("\n\n")[0]
        for column in columns:
            assert re.search(rf"\b{column.name}\b", part), (name, column.name)
        header = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [column.name for column in columns] == header or set(header) == {column.name for column in columns}
    assert {"events.csv", "links.csv", "claims.csv", "markings.csv", "view.txt"} <= {path.name for path in folder.iterdir()}


def _tables() -> dict:
    read = catalogue.Catalogue(facts.country_codes(facts.shape("countries")), catalogue.read_all(facts.TABLES, shipped_codes()))
    return {table.name: table for make in catalogue.TABLES for table in [make(read)]}


def shipped_codes() -> frozenset[str]:
    return facts.country_codes(facts.shape("countries"))


def test_a_folder_with_files_in_it_is_refused_and_left_alone(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("a", encoding="utf-8")
    assert main(["new", str(tmp_path / "mine")]) == 2
    assert "is a folder with files in it; the name of a new or empty folder would be right" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["a.txt"]
    assert main(["new", str(tmp_path / "mine" / "a.txt")]) == 2
    assert main(["new", str(tmp_path / "nowhere" / "x")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_an_empty_folder_is_filled_and_nothing_is_left_beside_it(tmp_path):
    (tmp_path / "empty").mkdir()
    before = (tmp_path / "empty").stat().st_ino
    starter.create(tmp_path / "empty")
    assert (tmp_path / "empty").stat().st_ino == before
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_the_scene_is_of_the_theatre(folder):
    atlas = load(folder)
    shown = scene(atlas, opened(atlas))
    assert shown.title == "Alpha Pact and Beta League around Ethiopia"
    assert shown.box == (31, -3, 52, 17)
    assert (shown.counts.drawn, shown.counts.answered, shown.marking) == (4, 1, "TLP:GREEN")
    labels = {entry.label for entry in shown.legend}
    assert {"Alpha Pact member", "Beta League member", "member of Alpha Pact and Beta League", "Alpha Pact observer or partner"} <= labels
    assert "border of Ethiopia, named" in labels
    assert not {label for label in labels if "CSTO" in label or "SCO" in label}
    assert eyes.confusions(shown.legend) == ()


def test_ranges_are_clipped_to_countries_outside_the_finer_shapes(folder):
    atlas = load(folder)
    range_ = atlas.zones.set_index("id").loc["dry-lake"]
    land = atlas.detail.set_index("code").geometry["ETH"]
    assert range_["geometry"].difference(land).area == pytest.approx(0, abs=1e-9)
    assert range_["band"].area < range_["geometry"].area
    assert shipped().detail is not shipped().countries


def test_the_page_is_drawn_in_the_theatre(folder):
    atlas = load(folder)
    shown = scene(atlas, opened(atlas))
    svg = outputs.OUTPUTS[".svg"](atlas, shown, outputs.Paper()).decode()
    for words in ("Alpha Pact", "ETHIOPIA", "861 km reported", "Exercise Dry Wind", "Daily Horn"):
        assert words in svg
    image = Image.open(io.BytesIO(outputs.OUTPUTS[".png"](atlas, shown, outputs.Paper(dpi=96)))).convert("RGB")
    pixels = image.getcolors(maxcolors=1_000_000)
    drawn = {"#{:02X}{:02X}{:02X}".format(*colour) for count, colour in pixels if count > 300}
    assert {palette.colours(atlas)[bloc].tint for bloc in ("alpha", "beta")} <= drawn


def test_the_web_map_gets_the_theatre(folder):
    atlas = load(folder)
    files = {name.partition("-")[0]: json.loads(content) for name, content in data_files(atlas).items()}
    theatre = files["theatre"]
    assert [(bloc["id"], bloc["tint"]) for bloc in theatre["blocs"]] == [("alpha", "#F9D6B1"), ("beta", "#95CBAF")]
    assert theatre["home"] == [31, -3, 52, 17]
    assert {feature["properties"]["pair"] for feature in theatre["borders"]["features"]} == {"DJI-ETH", "ETH-KEN", "ETH-SOM", "KEN-SOM"}
    assert [zone["id"] for zone in theatre["zones"]] == ["dry-lake"]
    assert set(files["rows"]["id"]) == {"H01", "H02", "H03", "H04", "H05"}


def test_the_command_exports_the_theatre_with_its_opening_view(folder, tmp_path):
    assert main(["export", str(tmp_path / "x.json"), "--theatre", str(folder)]) == 0
    told = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert told["counts"]["drawn"] == 4
    assert told["view"].startswith("from=2030-03-01&to=2030-05-31")
    assert main(["export", str(tmp_path / "y.json"), "--theatre", str(folder), "--view", "from=2030-03-01&to=2030-03-31"]) == 0
    assert json.loads((tmp_path / "y.json").read_text(encoding="utf-8"))["counts"]["drawn"] == 1


MARCH = "from=2030-03-01&to=2030-03-31"
NO_EVENTS = "This theatre has no events yet: a file events.csv in its folder would be right, or one named with --events."


@pytest.fixture
def bare(folder) -> Path:
    """A theatre whose events are still to be written."""
    (folder / "events.csv").unlink()
    return folder


def test_a_theatre_without_events_shows_none_of_another(bare):
    atlas = facts.load(None, bare)
    shown = scene(atlas, opened(atlas))
    assert (len(atlas.reports), len(atlas.versions), len(atlas.links), len(atlas.table("claims"))) == (0, 0, 0, 0)
    assert atlas.problems == ()
    assert NO_EVENTS in shown.notes
    assert shown.counts_line == "No events in this view."
    assert shown.layer("alpha").features
    assert not any(note.startswith("This theatre") for note in scene(shipped(), View()).notes)


@pytest.mark.parametrize("ending", sorted(outputs.OUTPUTS))
def test_a_theatre_without_events_is_exported_and_says_so(bare, tmp_path, capsys, ending):
    target = tmp_path / f"x{ending}"
    assert main(["export", str(target), "--theatre", str(bare), "--dpi", "96"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (f"{target}\n", f"{NO_EVENTS}\n")
    assert target.stat().st_size > 0


def test_every_command_says_that_a_theatre_has_no_events(bare, tmp_path, capsys):
    brief = tmp_path / "brief.json"
    assert main(["export", str(brief), "--theatre", str(bare), "--events", str(starter.STARTER / "events.csv")]) == 0
    assert NO_EVENTS not in capsys.readouterr().err
    assert main(["atlas", str(tmp_path / "pages"), "--every", "month", "--format", "svg", "--view", MARCH, "--theatre", str(bare)]) == 0
    assert capsys.readouterr().err == f"{NO_EVENTS}\n1 page: 1 file made, 0 kept as they were\n"
    assert main(["verify", str(brief), "--theatre", str(bare)]) == 1
    assert capsys.readouterr().err == f"{NO_EVENTS}\n"


def test_the_dashboard_of_a_theatre_without_events_says_what_would_be_right(bare):
    desk = open_desk(None, bare)
    assert (len(desk.atlas.versions), desk.trouble, desk.view) == (0, (NO_EVENTS,), opening.text(desk.atlas))
    assert "cannot be used" not in complaints(desk, [])
    assert NO_EVENTS in complaints(desk, [])
    assert set(json.loads(next(content for name, content in desk.files.items() if name.startswith("rows-")))["id"]) == set()


def test_events_given_are_those_of_a_theatre_without_any(bare, tmp_path):
    given = tmp_path / "given.csv"
    shutil.copy(starter.STARTER / "events.csv", given)
    desk = open_desk(given, bare)
    assert (desk.trouble, desk.own, desk.atlas.versions["event"].nunique()) == ((), True, 5)
    assert not any(note.startswith("This theatre") for note in scene(desk.atlas, opened(desk.atlas)).notes)


@pytest.mark.parametrize("use", [MERGE, REPLACE])
def test_rows_brought_to_a_theatre_without_events_are_its_events(bare, use):
    base = open_desk(None, bare)
    made = judged(Work("mine.csv", (starter.STARTER / "events.csv").read_bytes(), use=use), base)
    assert (made.desk.atlas.events_file, made.desk.atlas.versions["event"].nunique(), made.desk.trouble) == ("mine.csv", 5, ())
    assert not any(note.startswith("This theatre") for note in scene(made.desk.atlas, opened(base.atlas)).notes)


def test_shipped_events_given_to_another_theatre_bring_no_links_along(bare):
    assert len(facts.load(facts.shipped_events(), bare).links) == 0


def test_the_dashboard_opens_with_the_view_of_the_theatre(folder):
    assert open_desk(None, folder).view == opening.text(load(folder))
    assert open_desk(None, folder, "q=x").view == "q=x"
    assert open_desk(None, None).view == ""


def test_a_wrong_opening_view_is_said(folder, tmp_path, capsys):
    (folder / "view.txt").write_text("layers=csto\n", encoding="utf-8")
    assert main(["export", str(tmp_path / "x.json"), "--theatre", str(folder)]) == 2
    assert "view.txt: unknown layer 'csto'; choose from alpha, bases, beta" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["view.txt", "claims.csv", "links.csv", "markings.csv"])
def test_a_folder_where_a_file_would_be_is_said(folder, tmp_path, capsys, name):
    (folder / name).unlink()
    (folder / name).mkdir()
    assert main(["export", str(tmp_path / "x.json"), "--theatre", str(folder)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{name}: ")
    assert re.search("is a folder|Is a directory", told)


def test_only_borders_of_the_theatre_are_said_to_be_out_of_date(folder):
    assert "Kyrgyz" not in scene(load(folder), View()).disclaimer
    assert "Kyrgyz" in scene(shipped(), View()).disclaimer


def test_the_default_view_of_a_theatre_is_no_mistake(folder):
    assert read_view("", vocabulary(load(folder)))[1] == []


def test_a_theatre_that_names_no_frame_gets_one_round_its_borders_and_ranges(folder):
    (folder / "view.txt").unlink()
    west, south, east, north = opening.home(load(folder))
    assert west == pytest.approx(34.92, abs=0.01)
    assert (south, east, north) == pytest.approx((-2.70, 48.81, 13.47), abs=0.01)
    assert opening.home(shipped()) == HOME


def test_kinds_and_modes_can_be_left_out_or_replaced(folder):
    (folder / "modes.csv").unlink()
    change(folder, "kinds.csv", "summit,Summit,Summits", "council,Council,Councils")
    change(folder, "events.csv", ",summit,", ",council,")
    atlas = load(folder)
    assert atlas.problems == ()
    assert list(atlas.table("modes")["id"]) == list(shipped().table("modes")["id"])
    assert "Council" in {entry.label for entry in scene(atlas, opened(atlas)).legend}
    assert b"Councils" in data_files(atlas)[next(iter(data_files(atlas)))]


def test_a_table_that_is_missing_is_said(folder):
    (folder / "zones.csv").unlink()
    with pytest.raises(TableError, match=r"zones\.csv: there is no such file"):
        load(folder)


def test_blocs_without_colours_of_their_own_get_free_shipped_ones(folder):
    colours = palette.colours(load(folder))
    assert colours["alpha"] == palette.SHIPPED["csto"]
    assert colours["beta"].hue == "#009E73"
    assert [layer.key for layer in layers(load(folder))][:2] == ["alpha", "beta"]


def test_own_colours_are_checked_and_the_glyph_can_be_read(folder):
    change(folder, "blocs.csv", "gazette,,,", "gazette,#F5E9A0,#FFD54A,#6B5A00")
    colours = palette.colours(load(folder))["alpha"]
    assert (colours.tint, colours.glyph) == ("#F5E9A0", style.INK)
    assert palette.contrast(colours.glyph, colours.hue) >= 3
    change(folder, "blocs.csv", "#F5E9A0", "url(x)")
    with pytest.raises(TableError, match=r"blocs.csv: line 2: tint 'url\(x\)' is not a colour like #D55E00"):
        load(folder)
    change(folder, "blocs.csv", "url(x)", "")
    with pytest.raises(TableError, match=r"tint '' is not the only colour needed: tint, hue and edge go together"):
        load(folder)


def test_own_colours_that_look_alike_are_told_at_export(folder, tmp_path, capsys):
    change(folder, "blocs.csv", "gazette,,,", "gazette,#94CBAF,#009E72,#00634A")
    assert main(["export", str(tmp_path / "x.svg"), "--theatre", str(folder)]) == 0
    err = capsys.readouterr().err
    assert err.startswith("colour check: Alpha Pact member and Beta League member look alike with deuteranopia, with protanopia")
    assert err.count("\n") == 1
    scene(shipped(), View())
    assert style.BLOCS == palette.SHIPPED


def test_links_belong_to_the_events_of_their_folder(folder, tmp_path):
    elsewhere = tmp_path / "other.csv"
    shutil.copy(folder / "events.csv", elsewhere)
    atlas = facts.load(elsewhere, folder)
    assert (len(atlas.links), len(atlas.table("claims")), atlas.problems) == (0, 0, ())


def test_shipped_links_do_not_apply_to_an_own_file_that_uses_the_same_ids(tmp_path):
    links = shipped().links
    pair = links[links["relation"] == "answers"].iloc[0]
    atlas = loaded(tmp_path, [row(event=pair["from"], status="planned", start="2021-10-10"), row(event=pair["to"])])
    assert len(atlas.links) == 0
    assert scene(atlas, View()).counts.answered == 0


def test_an_earlier_version_of_the_events_keeps_their_links(tmp_path):
    links = shipped().links
    pair = links[links["relation"] == "answers"].iloc[0]
    old = write(tmp_path / "old.csv", [row(event=pair["from"], status="planned", start="2021-10-10"), row(event=pair["to"])])
    assert set(facts.load(old, like=shipped()).links["from"]) >= {pair["from"]}


def test_a_link_to_nothing_in_the_folder_is_named(folder):
    change(folder, "links.csv", "H03", "H99")
    assert [str(problem) for problem in load(folder).problems] == ["links.csv: line 2: to 'H99' is not an id of events"]


def test_emphasis_is_as_the_table_says(folder):
    strong = load(folder).borders.set_index("pair")["emphasis"]
    assert dict(strong) == {"DJI-ETH": True, "ETH-KEN": True, "ETH-SOM": True, "KEN-SOM": False}
    change(folder, "borders.csv", ",yes\n", ",no\n")
    atlas = load(folder)
    assert scene(atlas, opened(atlas)).title == "Alpha Pact and Beta League"
