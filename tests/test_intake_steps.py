"""Working on a file: mapping, questions, corrections, undo, the next file with the same columns."""

from __future__ import annotations

import pytest

from geodata import atlas, intake
from geodata.intake import Mapping, guessing, mapping, names
from geodata.intake.adapters import NEAR_KM
from geodata.intake.sheet import text_frame
from geodata.problems import TableError
from tests.intake.corpus import GOOD, MAPPED, table
from tests.tables import ground, row, write


def read(*rows: dict[str, str], **mapped) -> intake.Intake:
    return intake.admit("own.csv", table(*rows), ground(), mapping=Mapping(MAPPED, **mapped))


def codes(case: intake.Intake) -> list[tuple[str, str]]:
    return [(verdict.level, verdict.code) for verdict in case.verdicts]


HEADERS = [
    ("Event Date,Headline,Lat,Long,Country Name,Media,Event Type,Notes", "start title lat lon country source kind summary"),
    ("ДАТА,Событие,Широта,Долгота,Страна,Источник,Тип события,Примечание", "start title lat lon country source kind summary"),
    ("start_date;end_date;name;location;y;x;iso3;url", "start end title place lat lon country source"),
    ("date|what happened|coordinates|city", "start title coordinates place"),
    ("Дата начала,Дата окончания,Название,Координаты,Населённый пункт", "start end title coordinates place"),
    ("EVENT-DATE,INCIDENT ID,SUMMARY,LATITUDE_DD,LONGITUDE_DD", "start event summary lat lon"),
]


@pytest.mark.parametrize(("header", "targets"), HEADERS, ids=[header for header, _ in HEADERS])
def test_columns_are_known_by_their_usual_names(header, targets):
    columns = header.replace(";", ",").replace("|", ",").split(",")
    assert names.targets_of(columns) == dict(zip(targets.split(), columns, strict=True))


def test_columns_without_telling_names_are_known_by_what_stands_in_them():
    frame = text_frame({"a": ["16 September "
                              "2021", "17 September "
                                      "2021"], "b": ["38.5 N, 68.7 E", "37.8 N, 68.7 E"], "c": ["Meeting of the commanders", "Exercise at the range"],
                        "d": ["Tajikistan", "TJK"], "e": ["1", "2"]}, [2, 3])  # fmt: skip
    assert guessing.guess(frame).columns == {"title": "c", "start": "a", "country": "d", "coordinates": "b"}


def test_a_mapping_is_saved_with_examples_and_reads_back():
    own = Mapping(
        MAPPED | {"source": 'with "quotes" \\ and\ttabs\u007f'},
        {"marking": "TLP:AMBER"},
        {"Бой": "attack"},
        {"date order": "day first"},
        "",
        "Data",
        "cp1251",
    )
    frame = text_frame({"Title": ["x\ny", "z"]}, [2, 3])
    assert '"title" = "Title"  # "x\\ny", "z"' in own.toml(frame)
    assert mapping.parse(own.toml(frame), "m.toml") == own


BAD_MAPS = [
    ("columns = 3", "m.toml: columns '3' is not a table of "
                    "texts"), ("[columns]\nwhen = 'Date'", "m.toml: columns 'when' is not a column of ours; choose from event, title"),
    ("[colums]\nstart = 'x'", "is not a part of a mapping; choose from columns, "
                              "constants"), ("schema = 'gdelt'", "m.toml: schema 'gdelt' is not one of acled, ucdp"),
    ("[columns", "m.toml: is not a mapping in TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), BAD_MAPS)
def test_a_wrong_mapping_is_named(text, sentence):
    with pytest.raises(TableError) as raised:
        mapping.parse(text, "m.toml")
    assert sentence in str(raised.value)


def test_a_mapping_for_another_file_is_refused_with_the_columns_there_are():
    with pytest.raises(TableError, match=r"own\.csv: has no column 'Titel', which the mapping names; it has 'Title', 'Date'"):
        assert intake.admit("own.csv", table(GOOD), ground(), mapping=Mapping(MAPPED | {"title": "Titel"})).table is not None


def test_the_next_file_with_the_same_columns_is_read_the_same_way(tmp_path):
    wished = Mapping(MAPPED | {"summary": "Type"}, answers={"date order": "day first", "place X": "12"})
    intake.remember(tmp_path, GOOD, wished)
    again = intake.admit("next.csv", table(GOOD), ground(), memory=tmp_path)
    assert again.mapping == Mapping(wished.columns, answers={"date order": "day first"})
    assert intake.remembered(tmp_path, [*GOOD, "more"]) is None


def test_constants_and_words_for_kinds_fill_what_a_file_does_not_say():
    case = read(
        GOOD | {"Type": "Бой за высоту", "Source": ""}, constants={"source": "My notebook", "marking": "TLP:GREEN"}, kinds={"бой за высоту": "attack"}
    )
    only = case.reports.iloc[0]
    assert (only["source"], only["marking"], only["kind"]) == ("My notebook", "TLP:GREEN", "attack")


AMBIGUOUS = [GOOD | {"Date": "03/04/2021"}, GOOD | {"Date": "05/06/2021", "Title": "Other"}, GOOD | {"Date": "31/12/2021", "Title": "Third"}]


def test_the_order_of_day_and_month_is_asked_once_and_the_answer_holds_for_the_file():
    case = read(*AMBIGUOUS)
    (question,) = case.questions
    assert (question.key, question.proposed, question.rows.tolist(), case.counts["held_back"]) == ("date order", "day first", [0, 1], 2)
    assert list(case.answered("date order", "day first").reports["start"]) == ["2021-04-03", "2021-06-05", "2021-12-31"]
    assert list(case.answered("date order", "month first").reports["start"]) == ["2021-03-04", "2021-05-06", "2021-12-31"]
    assert case.answered("date order", "whatever").counts["held_back"] == 2
    assert list(case.table["start"]) == ["03/04/2021", "05/06/2021", "2021-12-31"]


def test_changed_coordinates_change_back_only_when_answered_so():
    case = read(GOOD | {"Latitude": "68.7791", "Longitude": "38.5358"})
    assert (case.questions[0].key, case.questions[0].proposed, len(case.reports)) == ("swapped", "swap", 0)
    swapped = case.answered("swapped", "swap")
    assert (swapped.reports["lat"].iloc[0], swapped.reports["lon"].iloc[0]) == (38.5358, 68.7791)
    assert codes(swapped) == [("fixed", "swapped")]
    kept = case.answered("swapped", "keep")
    assert (kept.reports["lat"].iloc[0], codes(kept)) == (68.7791, [("warned", "swapped")])


def test_a_countrys_middle_is_listed_under_the_country_when_answered_so():
    case = read(GOOD | {"Latitude": "39", "Longitude": "71", "Place": ""}).answered("country centre", "country")
    only = case.reports.iloc[0]
    assert (only["place_precision"], only["country"], only["lat"] != only["lat"], only["Latitude"]) == ("country", "TJK", True, "39")


def test_a_place_of_many_is_settled_by_its_candidate():
    case = read(GOOD | {"Place": "Springfield", "Country": "USA", "Latitude": "", "Longitude": ""})
    (question,) = case.questions
    settled = case.answered(question.key, next(iter(question.choices)))
    only = settled.reports.iloc[0]
    assert (only["place_precision"], only["placed_from"]) == ("city", next(iter(question.choices.values())))
    assert case.answered(question.key, "none").reports["place_precision"].iloc[0] == "country"


PLACES = [("Душанбе", "", "city"), ("دوشنبه", "Tajikistan", "city"), ("Tirmiz", "UZB", "city"), ("Termez", "Узбекистан", "city"), ("Dushanbe, "
            "Tajikistan", "", "city"),
          ("near Kunduz", "AFG", "district"), ("Kunduz "
                                               "province", "AFG", "district"), ("Kharb-Maidon", "TJK", "district"), ("Sher Khan "
            "Bandar", "AFG", "border"),
          ("Central Asia", "", "region"), ("Taliban town", "", "none")]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "precision"), PLACES)
def test_a_place_is_only_as_exact_as_its_match(place, country, precision):
    case = read(GOOD | {"Place": place, "Country": country, "Latitude": "", "Longitude": ""})
    only = case.reports.iloc[0]
    assert only["place_precision"] == precision
    assert (only.get("placed_from", "") != "") == (precision != "none")
    assert (only["lat"] == only["lat"]) == (precision == "city" or "near" in place or "province" in place)


POSTS = [
    ("Hairatan", "", "hairatan", "city", "AFG"), ("Хайратон", "Афганистан", "hairatan", "city", "AFG"), ("حیرتان", "", "hairatan", "city", "AFG"),
    ("Hairatan", "Uzbekistan", "hairatan", "city", "UZB"), ("Torkham", "", "torkham", "site", "AFG"), ("КПП Торхам", "PAK", "torkham", "site", "PAK"),
    ("Torkham border crossing", "Pakistan", "torkham", "site", "PAK"), ("گذرگاه تورخم", "", "torkham", "site", "AFG"),
    ("Spin Boldak crossing", "AFG", "wesh-chaman", "site", "AFG"), ("Нижний Пяндж", "", "panji-poyon", "city", "TJK"),
    ("Imamnazar", "", "imamnazar", "city", "TKM"), ("Torghundi", "", "torghundi", "border", "AFG"),
    ("Тургунди", "TKM", "torghundi", "border", "TKM"),
    ("Islam Qala-Dogharun", "Iran", "islam-qala", "border", "IRN"), ("Khumrogi", "TJK", "khumrogi", "border", "TJK"),
    ("Айритом", "", "ayritom", "border", "UZB"),
    ("Zaranj/Milak", "", "zaranj", "city", "AFG"),
    ("Ghulam Khan", "PAK", "ghulam-khan", "border", "PAK"), ("Wakhjir Pass", "CHN", "wakhjir", "site", "CHN"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "country", "post", "precision", "stated"), POSTS)
def test_a_border_post_is_found_by_any_of_its_names_from_either_side(place, country, post, precision, stated):
    only = read(GOOD | {"Place": place, "Country": country, "Latitude": "", "Longitude": ""}).reports.iloc[0]
    row = ground().tables["posts"].set_index("id").loc[post]
    assert (only["place_precision"], only["country"]) == (precision, stated)
    assert only["placed_from"] == f"{row['name']}, on the border {row['pair']} (posts)"
    assert only["zone"] == ((row["pair"],) if precision == "border" else ())
    assert (only["lat"] == only["lat"]) == (precision != "border")


@pytest.mark.parametrize("place", ["Torkham border crossing", "Torkham border"])
def test_the_word_border_in_the_name_of_a_post_is_no_doubt_about_its_point(place):
    case = read(GOOD | {"Place": place, "Country": "Pakistan", "Latitude": "", "Longitude": ""})
    assert codes(case) == [("fixed", "placed")]


def test_near_a_border_post_is_an_area_around_it():
    only = read(GOOD | {"Place": "near Torkham", "Country": "", "Latitude": "", "Longitude": ""}).reports.iloc[0]
    assert (only["place_precision"], only["radius_km"]) == ("district", NEAR_KM)
    only = read(GOOD | {"Place": "near Torghundi", "Country": "", "Latitude": "", "Longitude": ""}).reports.iloc[0]
    assert (only["place_precision"], only["zone"]) == ("border", ("AFG-TKM",))


TOWNS = [("Zaranj", "AFG"), ("Islam Qala", "AFG"), ("Chaman", "PAK"), ("Spin Boldak", "AFG"), ("Ishkashim", "TJK"), ("Termez", "UZB")]


@pytest.mark.parametrize(("place", "country"), TOWNS)
def test_a_town_with_a_border_post_is_still_the_town(place, country):
    case = read(GOOD | {"Place": place, "Country": country, "Latitude": "", "Longitude": ""})
    assert "GeoNames" in case.reports.iloc[0]["placed_from"]


def test_a_post_of_another_border_is_not_meant():
    only = read(GOOD | {"Place": "Torkham", "Country": "KEN", "Latitude": "", "Longitude": ""}).reports.iloc[0]
    assert (only["place_precision"], only.get("placed_from", "")) == ("country", "")


def test_which_coordinate_comes_first_is_asked_once():
    content = b'Name,Date,Coordinates\nA,2021-09-16,"38.5, 68.7"\nB,2021-09-17,"38.5N, 68.7E"\n'
    case = intake.admit("own.csv", content, ground())
    assert [(q.key, q.rows.tolist()) for q in case.questions] == [("coordinate order", [0])]
    assert list(case.answered("coordinate order", "latitude first").reports["lat"]) == [38.5, 38.5]


def test_probable_duplicates_are_grouped_for_a_decision():
    near = GOOD | {"Date": "2021-09-17", "Latitude": "38.55", "Title": "Meeting of the border commanders"}
    far = GOOD | {"Latitude": "37.8365", "Longitude": "68.7776", "Place": "Bokhtar"}
    case = read(GOOD, near, far)
    (question,) = case.questions
    assert (question.key, question.rows.tolist(), codes(case)) == ("duplicates 2,3", [0, 1], [("warned", "duplicates")])
    assert len(case.reports) == 3
    same = case.answered(question.key, "same")
    assert same.reports["event"].nunique() == 2
    assert codes(case.answered(question.key, "different")) == []


def test_a_cell_is_corrected_judged_again_and_undone():
    case = read(GOOD | {"Date": "soon"})
    better = case.edited(2, "start", "16 сентября 2021").edited(2, "lat", "38°34'N")
    assert (better.reports["start"].iloc[0], round(better.reports["lat"].iloc[0], 3)) == ("2021-09-16", 38.567)
    assert better.table["Date"].iloc[0] == "soon"
    assert better.undone().reports["lat"].iloc[0] == 38.5358
    assert better.undone().undone().counts["held_back"] == case.counts["held_back"] == 1
    with pytest.raises(KeyError, match=r"own\.csv has no row at line 9"):
        case.edited(9, "start", "2021-09-16")


def test_an_atlas_is_made_of_a_file_in_any_format_or_as_it_is_worked_on(tmp_path):
    (tmp_path / "own.csv").write_bytes(table(GOOD, GOOD | {"Title": "Other", "Date": "soon"}))
    direct = atlas.load(tmp_path / "own.csv")
    assert (len(direct.reports), direct.held_back_rows, direct.events_file) == (1, 1, "own.csv")
    worked = atlas.load(read(GOOD, GOOD | {"Title": "Other", "Date": "soon"}).edited(3, "start", "2021-09-20"))
    assert (len(worked.reports), worked.held_back_rows) == (2, 0)


def test_a_file_in_our_own_schema_is_read_as_it_stands(tmp_path):
    assert intake.in_own_schema(write(tmp_path / "own.csv", [row()]))
    assert intake.in_own_schema(atlas.shipped_events())
    for header in (b"title,start,lat,longitude\n", b"Title,Date,Place\n", b"title;start;place\n"):
        (tmp_path / "other.csv").write_bytes(header)
        assert not intake.in_own_schema(tmp_path / "other.csv")


def test_days_that_a_spreadsheet_counted_are_asked_about_once_for_the_file():
    rows = (GOOD | {"Date": "44455", "Until": "44457"}, GOOD | {"Title": "Another", "Date": "44460"})
    (question,) = read(*rows).questions
    assert (question.key, question.proposed, question.text) == (
        "day numbers", "days", "are numbers like 44455 days as a spreadsheet counts them (2021-09-16)?")  # fmt: skip
    case = read(*rows, answers={"day numbers": "days"})
    assert (case.questions, case.counts["held_back"]) == ([], 0)
    assert list(zip(case.reports["start"], case.reports["end"], strict=True)) == [("2021-09-16", "2021-09-18"), ("2021-09-21", "2021-09-21")]
    left = read(*rows, answers={"day numbers": "none"})
    assert (left.questions, left.counts["held_back"]) == ([], 2)
