"""The list of naughty strings through every output: what other programs read is the text, and nothing but text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dashboard import outputs, seal
from dashboard.cli import main
from dashboard.staging import scene
from dashboard.view import View
from geodata import atlas as facts
from geodata import outtake, reports
from tests import anatomy, naughty
from tests.tables import write
from tests.test_outtake import READERS, as_text

DATA = sorted(outputs.DATA)
REFUSING = (".kml", ".xlsx")
"""formats that refuse in words what XML cannot hold"""

SAID = {".html": ("place", "summary", "source", "locator"), ".json": ("place", "summary", "source"), ".pptx": ("place", "summary", "source"),
        **dict.fromkeys(DATA, naughty.TEXT_COLUMNS)}  # fmt: skip
"""columns of which an output holds every text, beside the titles that all hold"""

HARMLESS = tuple(f"Harmless {number} Жя\N{RIGHT-TO-LEFT OVERRIDE}漢ع" for number in range(24))


def amended(texts: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of `spread`, the first of which says something else now."""
    first, *others = naughty.spread(texts)
    return [first | {"place": "elsewhere"}, *others]


ROWS = {"everywhere": naughty.everywhere, "spread": naughty.spread, "amended": amended, "harmless": lambda _: naughty.spread(HARMLESS)}
"""files, by what they are for"""


def of_format(ending: str) -> tuple[str, ...]:
    """The texts that a format holds."""
    return tuple(text for text in naughty.TEXTS if ending not in REFUSING or naughty.is_legal(text))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """A file of `ROWS` with the texts that a format holds."""
    folder = tmp_path_factory.mktemp("own")

    @cache
    def _written(kind: str, ending: str) -> Path:
        return write(folder / f"{kind}{ending if ending in REFUSING else ''}.csv", list(ROWS[kind](of_format(ending))), naughty.FILE_COLUMNS)

    return _written


@pytest.fixture(scope="module")
def own(file) -> Callable[[str, str], facts.Atlas]:
    """The atlas of such a file."""
    read = cache(facts.load)
    return lambda kind, ending: read(file(kind, ending))


@pytest.fixture(scope="module")
def made(own) -> Callable[[str, str], bytes]:
    """The output of such a file."""

    @cache
    def _make(kind: str, ending: str) -> bytes:
        atlas = own(kind, ending)
        return outputs.OUTPUTS[ending](atlas, scene(atlas, View.from_query(naughty.SEPTEMBER)), outputs.Paper(dpi=96))

    return _make


@pytest.fixture(scope="module")
def taken_apart(made) -> Callable[[str, str], anatomy.Anatomy]:
    return cache(lambda kind, ending: anatomy.of(made(kind, ending)))


def plain(text: str) -> str:
    """What is left of a text whatever a format does to blanks, to the marks of a list and to characters that it cannot hold."""
    return re.sub(r"[\s;,\x00-\x1f\x7f-\x9f\ufffd\ufffe\uffff]+", " ", text).strip()


def test_every_row_of_the_list_can_be_drawn(own):
    for kind, rows in (("everywhere", len(naughty.TEXTS)), ("spread", -(-len(naughty.TEXTS) // len(naughty.TEXT_COLUMNS)))):
        atlas = own(kind, ".csv")
        assert (len(atlas.reports), atlas.problems) == (rows, ())
    assert len(naughty.TEXTS) > 490


@pytest.mark.parametrize("ending", outputs.OUTPUTS)
def test_no_text_becomes_anything_but_text(taken_apart, ending):
    assert taken_apart("spread", ending).parts <= taken_apart("harmless", ending).parts


@pytest.mark.parametrize("ending", outputs.OUTPUTS)
def test_every_title_stands_in_the_output(own, taken_apart, ending):
    said = "\n".join(map(plain, taken_apart("spread", ending).texts))
    titles = own("spread", ending).reports["title"].map(plain)
    assert [title for title in titles if title not in said] == []


@pytest.mark.parametrize(("ending", "columns"), SAID.items())
def test_every_text_of_a_record_stands_in_the_output(own, taken_apart, ending, columns):
    said = "\n".join(map(plain, taken_apart("spread", ending).texts))
    told = own("spread", ending).reports
    assert [text for name in columns for text in told[name].map(plain) if text not in said] == []


@pytest.mark.parametrize("ending", DATA)
def test_every_text_comes_back_from_every_column(own, made, ending):
    names = reports.columns(own("everywhere", ending).reports)
    given = [dict(zip(names, row, strict=True)) for row in outtake.cells(own("everywhere", ending).reports, names)]
    read = READERS[ending](made("everywhere", ending))
    assert [{name: outtake.armed(as_text(value)) for name, value in row.items()} for row in read] == given


@pytest.mark.parametrize("ending", REFUSING)
def test_a_text_that_a_format_cannot_hold_is_refused_in_words(own, ending):
    atlas = own("everywhere", ".csv")
    with pytest.raises(outputs.OutputError) as raised:
        outputs.OUTPUTS[ending](atlas, scene(atlas, View.from_query(naughty.SEPTEMBER)), outputs.Paper())
    sentence = rf"event E\d+: [a-z]+ holds a control character, which a {ending} file cannot hold; \.csv or \.geojson would be right"
    assert re.fullmatch(sentence, str(raised.value))


@pytest.mark.parametrize("ending", outputs.OUTPUTS)
def test_every_output_verifies_as_unchanged(file, own, made, tmp_path, capsys, ending):
    atlas, brief = own("spread", ending), tmp_path / f"brief{ending}"
    shown = scene(atlas, View.from_query(naughty.SEPTEMBER))
    outputs.write_all(outputs.with_seal(brief, made("spread", ending), atlas, shown))
    assert main(["verify", str(brief), "--events", str(file("spread", ending))]) == 0
    assert f"all {len(atlas.reports)} rows behind it read the same" in capsys.readouterr().out
    (found,) = seal.compare(seal.read_file(brief)[0], own("amended", ending))
    assert str(found).endswith("amended: place now 'elsewhere'")


def test_an_export_in_many_scripts_prints_its_name_and_which_letters_are_missing(tmp_path, capfd, caplog):
    events, target = write(tmp_path / "own.csv", list(naughty.spread(naughty.TEXTS[90:180])), naughty.FILE_COLUMNS), tmp_path / "brief.svg"
    assert main(["export", str(target), "--events", str(events), "--view", naughty.SEPTEMBER]) == 0
    out, err = capfd.readouterr()
    assert (out, caplog.text) == (f"{target}\n", "")
    (said,) = err.splitlines()
    assert said.isprintable()
    assert said.startswith("letters that no font here can print stand as \ufffd: ")
    assert said.endswith(" more; slides and data keep them")
