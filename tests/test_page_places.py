"""What a page calls the places of events: as the events do, each of several, and none that are not drawn."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard import outputs, page
from dashboard.page import lettering
from dashboard.page.groups import called, titled
from dashboard.page.inset import Inset
from dashboard.page.names import Names
from dashboard.page.paper import paper
from dashboard.page.sheet import Sheet, Z
from dashboard.page.theatre import Theatre
from dashboard.staging import scene
from dashboard.view import View
from geodata.atlas import Atlas
from tests.tables import loaded, row

SHERKHAN = {"place": "Sherkhan Bandar, Afghanistan", "lat": "37.18", "lon": "68.60", "country": "AFG"}
POYON = {"place": "Panji Poyon", "lat": "37.22", "lon": "68.58", "country": "TJK"}


def said(atlas: Atlas, query: str = "", **given: object) -> str:
    return "\n".join(page.compose(scene(atlas, View.from_query(query)), atlas, **given).said)


def theatre(atlas: Atlas, query: str = "") -> Theatre:
    shown = scene(atlas, View.from_query(query))
    sheet = Sheet(paper("a4"))
    return Theatre(sheet, page._plan(sheet.paper, shown, ""), atlas, shown)


def cities(atlas: Atlas, query: str = "") -> list[str]:
    return [group.title for group in theatre(atlas, query).groups if group.form == "city"]


def test_a_place_is_called_as_its_event_calls_it_although_a_town_is_near(tmp_path: Path):
    """The town there is on the other side of the border."""
    assert cities(loaded(tmp_path, [row(event="E", **SHERKHAN)])) == ["Sherkhan Bandar"]


def test_a_place_bears_the_name_of_its_town_where_the_event_names_it(tmp_path: Path):
    rows = [row(event="A", place="201st base: Dushanbe and Bokhtar"), row(event="B", place="Video link (chair: Dushanbe)", place_precision="virtual")]
    assert cities(loaded(tmp_path, rows)) == ["Dushanbe"]


def test_a_town_is_named_by_a_word_of_its_own(tmp_path: Path):
    """Osh is near, and stands in the name by chance."""
    assert cities(loaded(tmp_path, [row(event="A", place="Tosh-Bulak", lat="40.55", lon="72.75", country="KGZ")])) == ["Tosh-Bulak"]


def test_a_capital_keeps_its_mark_beside_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    marked: list[tuple[float, float, bool]] = []
    monkeypatch.setattr(Names, "_mark", lambda _, x, y, capital, **__: marked.append((x, y, capital)))
    at = {"lat": "38.53575", "lon": "68.77905"}
    (city,) = theatre(loaded(tmp_path, [row(event="A", place="Hyatt hotel", **at), row(event="B", **at)])).groups
    assert city.places == ("Hyatt hotel", "Dushanbe")
    assert [capital for x, y, capital in marked if (x, y) == (city.x, city.y)] == [True]


@pytest.mark.parametrize("roomy", [False, True])
@pytest.mark.parametrize("size", ["a4", "a4-portrait", "letter", "slide"])
def test_the_city_of_a_fan_is_named_on_the_map(atlas: Atlas, size: str, roomy: bool):
    """Farther off, with a leader, where there is no room beside it: in slides letters may be wider."""
    sheet = page.compose(scene(atlas, View()), atlas, size=size, roomy=roomy)
    assert any(part.startswith("fan Dushanbe") for part in {item.part for item in sheet.items})
    assert [item.pt for item in sheet.items if getattr(item, "text", "") == "Dushanbe" and item.z == Z.LABEL] == [7.4]


def test_two_places_too_close_for_the_map_are_both_named(tmp_path: Path):
    atlas = loaded(tmp_path, [row(event="A", title="Post seized", **SHERKHAN), row(event="B", title="Refugees received", **POYON)])
    assert cities(atlas) == ["Sherkhan Bandar and Panji Poyon"]
    told = said(atlas)
    assert "Sherkhan Bandar: Post seized" in told
    assert "Panji Poyon: Refugees received" in told


def test_names_of_several_places_are_told_once_and_in_short():
    assert called(["Herat", "HERAT", "Kabul", "Herāt"]) == ("Herat", "Kabul")
    assert titled(("A", "B")) == "A and B"
    assert titled(("A", "B", "C", "D")) == "A and 3 more places"
    long = "A place with an exceedingly long name in the mountains"
    assert titled((long,)) == long
    assert titled((long, "B", "C")).endswith("\N{HORIZONTAL ELLIPSIS} and 2 more places")


def test_a_crowd_of_places_without_names_says_how_many_they_are(tmp_path: Path):
    rows = [row(event=f"E{n}", title=f"Event {n}", place="", lat=str(8 + n % 10 / 4), lon=str(-8 + n // 10 / 4), country="CIV") for n in range(100)]
    discs = cities(loaded(tmp_path, rows), "box=-9,6,0,12")
    assert discs
    assert all(title.startswith("Unnamed place and ") for title in discs)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    rows = [row(event=f"E{n}", title=f"Event {n}", place=f"Post {n}", lat=str(34 + n % 40 / 8), lon=str(62 + n // 40 / 4)) for n in range(1200)]
    return loaded(tmp_path_factory.mktemp("crowded"), rows)


def test_a_crowd_tells_its_numbers_and_on_which_pages_they_stand(crowded: Atlas):
    shown = scene(crowded, View())
    text = [sheet.extract_text() for sheet in PdfReader(BytesIO(outputs.maker(Path("x.pdf"))(crowded, shown, outputs.Paper()))).pages]
    last = max(number for number, words in enumerate(text, 1) if "Post " in words)
    assert last > 2
    assert f", on pages 2\N{EN DASH}{last}" in text[0]
    assert " events: 1\N{EN DASH}" in text[0]


def test_a_disc_is_named_once_by_its_tray_or_beside_it(crowded: Atlas):
    names = [words.text for words in page.compose(scene(crowded, View()), crowded).items if getattr(words, "text", "").startswith("Post ")]
    on_map = [name.removesuffix(" places") for name in names if " more" in name]
    trays = {name.removesuffix(" places") for name in names if name.endswith(" more places")}
    assert trays
    assert all(on_map.count(name) <= 2 for name in on_map), "in the key and once on the map"


@pytest.mark.parametrize("query", ["", "id=event:EV20&box=67.75,37.97,69.81,39.1"])
def test_the_key_names_the_bases_that_are_drawn_and_counts_the_others(atlas: Atlas, query: str):
    made = theatre(atlas, query)
    shown = [base for layer in made.scene.layers if layer.key == "bases" for base in layer.features if made.shows(base)]
    drawn, missing = [base.title for base in made.towers], len(shown) - len(made.towers)
    told = "; ".join([*drawn, *([f"no room on the map for {missing} more"] if missing else [])])
    assert missing
    assert told[:20] in said(atlas, query)
    assert not [base.title for base in shown if base not in made.towers and base.title in said(atlas, query)]


def test_a_note_tells_for_which_columns_rows_are_held_back_and_nothing_of_what_stands_there(tmp_path: Path):
    rows = [row(event="A"), row(event="B", start="2021-13-02", title="Secret"), row(event="C", start="soon"), row(event="D", lat="99")]
    told = " ".join(scene(loaded(tmp_path, rows), View()).notes)
    assert "3 rows of own.csv held back for start (lines 3 and 4) and lat (line 5); panj check says what would be right." in told
    assert "2021-13-02" not in told
    assert "Secret" not in told


def test_a_frame_of_most_of_the_world_is_not_drawn_in_the_inset(tmp_path: Path):
    atlas = loaded(tmp_path, [row(event="A"), row(event="B", lat="-16.8", lon="-179.97", country="FJI", place="Taveuni")])
    located = theatre(atlas, "box=-170,-60,170,80").locator
    assert isinstance(located, Inset)
    assert located.rim.is_empty


def test_the_half_space_of_persian_words_is_kept():
    assert lettering.one_line("فیض‌آباد") == "فیض‌آباد"
    apart, joined = (lettering.width(word, 10.0) for word in ("فیض‌آباد", "فیضآباد"))
    assert apart != joined
    assert lettering.MISSING not in lettering.printable("فیض‌آباد", "regular")
