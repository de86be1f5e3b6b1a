"""A sealed brief says what it rests on, shows tampering, and which of its rows no longer hold."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date

import pytest

from dashboard import outputs, seal, seal_places
from dashboard.cli import main
from dashboard.staging import scene
from dashboard.view import View
from geodata.reports import COLUMNS
from tests.archives import packed
from tests.tables import loaded, report, row, write

VIEW = View(start=date(2021, 9, 1), end=date(2021, 9, 30))
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")  # fmt: skip


def sealed(tmp_path, rows):
    atlas = loaded(tmp_path, rows)
    return atlas, seal.seal(atlas, scene(atlas, VIEW))


def svg(token: str) -> bytes:
    return seal.close(f'<?xml version="1.0"?><svg><metadata><panj:seal>{token}</panj:seal></metadata></svg>'.encode())


def later(tmp_path, rows):
    (tmp_path / "later").mkdir()
    return loaded(tmp_path / "later", rows)


def told(made: seal.Seal, atlas) -> list[str]:
    return [str(finding) for finding in seal.compare(made, atlas)]


def test_a_seal_comes_back_from_a_file(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", source="a")])
    content = svg(seal.token(made))
    assert seal.read(content) == (made, True)
    assert made.view == VIEW.to_query()
    assert list(made.rows) == ["A a"]


def test_a_png_carries_its_seal_and_stays_a_png(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    content = seal.png_with(PNG, made)
    assert seal.read(content) == (made, True)
    from io import BytesIO

    from PIL import Image

    assert Image.open(BytesIO(content)).text["panj-seal"].startswith("panj-seal:2:")


@pytest.mark.parametrize("kind", ["png", "text"])
def test_any_change_shows(tmp_path, kind):
    _, made = sealed(tmp_path, [row(event="A")])
    content = seal.png_with(PNG, made) if kind == "png" else svg(seal.token(made))
    for place in (len(content) // 2, len(content) - 2):
        changed = bytearray(content)
        changed[place] ^= 1
        assert seal.read(bytes(changed))[1] is False


def test_a_file_without_a_seal_has_none():
    assert seal.read(b"nothing here") == (None, False)
    assert seal.read(b"panj-seal:2:AAAA:" + b"0" * 64 + b":") == (None, False)
    assert seal.read(svg(f"panj-seal:2:AAAA:{'0' * 64}:")) == (None, False)
    assert seal.read(PNG) == (None, False)


def test_a_seal_of_another_form_is_refused_in_words():
    with pytest.raises(seal.SealError, match="its seal is of form 1, which this version does not read"):
        seal.read(svg(f"panj-seal:1:AAAA:{'0' * 64}:"))


def test_rows_that_changed_are_named_field_by_field(tmp_path):
    rows = [row(event="A", source="a"), row(event="B", source="b"), row(event="C", source="c"), row(event="D", source="d")]
    _, made = sealed(tmp_path, rows)
    now = later(tmp_path, [rows[0], row(event="B", source="b", title="Renamed"), row(event="C", source="c", credibility="1")])
    assert told(made, now) == [
        "B b: amended: title 'Exercise' -> 'Renamed'", "C c: re-graded: credibility '2' -> '1'", "D d: withdrawn"]  # fmt: skip
    assert seal.compare(made, loaded(tmp_path, rows)) == []


def test_the_same_data_in_another_order_is_the_same_data(tmp_path):
    rows = [row(event="A", source="a"), row(event="B", source="b")]
    (tmp_path / "later").mkdir()
    assert sealed(tmp_path, rows)[1].data == sealed(tmp_path / "later", rows[::-1])[1].data


def test_the_seal_is_plain_ascii(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", title="Кулоб", source="источник")])
    assert seal.token(made).isascii()
    assert list(made.rows) == ["A источник"]


def test_a_table_has_its_seal_beside_it(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    table = tmp_path / "table.csv"
    table.write_bytes(b"event\nA\n")
    told = seal.beside(table.read_bytes(), made, {"title": f"panj-seal:2:AAAA:{'0' * 64}:"})
    seal.beside_of(table).write_bytes(told)
    assert seal.read_file(table) == (made, True)
    table.write_bytes(b"event\nB\n")
    assert seal.read_file(table) == (made, False)
    table.write_bytes(b"event\nA\n")
    seal.beside_of(table).write_bytes(told.replace(b"TLP:CLEAR", b"TLP:GREEN"))
    assert seal.read_file(table) == (made, False)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as deck:
        return {name: deck.read(name) for name in deck.namelist()}


def custom(token: str, view: str = "") -> bytes:
    entries = {"PanjMarking": "TLP:CLEAR", "PanjView": view, "PanjSeal": token}
    shown = (f'<property fmtid="x" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>' for name, text in entries.items())
    return f"<Properties>{''.join(shown)}</Properties>".encode()


def deck(made: seal.Seal) -> dict[str, bytes]:
    return seal_places.deck_closed({"ppt/slides/slide1.xml": b"<a/>", "docProps/core.xml": b"<core/>", seal_places.CUSTOM: custom(seal.token(made))})


def test_a_deck_tells_that_it_was_edited(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    target, parts = tmp_path / "x.pptx", deck(made)
    target.write_bytes(packed(parts))
    assert seal.read_file(target) == (made, True)
    target.write_bytes(packed({**parts, "docProps/core.xml": b"<core>saved by another</core>"}))
    assert seal.read_file(target) == (made, True)
    target.write_bytes(packed({**parts, "ppt/slides/slide1.xml": b"<b/>"}))
    assert seal.read_file(target) == (made, False)
    target.write_bytes(packed({**parts, seal_places.CUSTOM: parts[seal_places.CUSTOM].replace(b">TLP:CLEAR<", b">TLP:GREEN<")}))
    assert seal.read_file(target) == (made, False)
    assert seal.editable(target)


# --- rows held back now, and what rows said before


HELD = {"reliability": "D?", "start": "2021-09-1x"}
"""by column a value that makes a row held back"""


@pytest.mark.parametrize("column", HELD)
def test_a_row_that_is_held_back_now_was_not_withdrawn(tmp_path, capsys, column):
    rows = [row(event="A", source="a", reliability="B"), row(event="B", source="b")]
    _, made = sealed(tmp_path, rows)
    now = later(tmp_path, [rows[1], rows[0] | {column: HELD[column]}])
    main(["check", str(tmp_path / "later" / "own.csv")])
    reason = capsys.readouterr().out.splitlines()[0]
    assert reason.startswith(f"own.csv: line 3: {column} {HELD[column]!r} ")
    was = {"reliability": "B", "start": "2021-09-10"}[column]
    (finding,) = [text for text in told(made, now) if text.startswith("A a")]
    assert finding.startswith(f"A a: held back now: {reason}; ")
    assert f"{column} {was!r} -> {HELD[column]!r}" in finding


def test_a_row_that_was_held_back_already_is_nobody_s_withdrawal(tmp_path):
    rows = [row(event="A", source="a"), row(event="A", source="x", start="soon")]
    _, made = sealed(tmp_path, rows)
    assert told(made, later(tmp_path, rows)) == []
    assert told(made, loaded(tmp_path, [*rows[1:], row(event="B", source="b")])) == ["A a: withdrawn"]


def test_a_seal_carries_no_words_that_the_output_does_not_show(tmp_path):
    rows = [row(event="A", source="a", reported="2021-09-11", title="First name", summary="Secret", place="Hidden"),
            row(event="A", source="b", reported="2021-09-12", title="Second name")]  # fmt: skip
    _, made = sealed(tmp_path, rows)
    carried = {value for values in made.said.values() for value in values.values()}
    assert "Second name" in carried
    assert not carried & {"First name", "Secret", "Hidden"}
    now = later(tmp_path, [rows[0] | {"title": "Third", "summary": "Other"}, rows[1] | {"title": "Third"}])
    assert told(made, now) == ["A a: amended: title now 'Third'; summary now 'Other'", "A b: amended: title 'Second name' -> 'Third'"]


def test_a_seal_without_what_rows_said_is_read_as_before(tmp_path):
    atlas, made = sealed(tmp_path, [row(event="A", source="a")])
    older = replace(made, said={})
    assert seal.read(svg(seal.token(older))) == (older, True)
    assert told(older, later(tmp_path, [row(event="A", source="a", title="Other")])) == ["A a: amended: title now 'Other'"]
    assert told(older, atlas) == []


def test_what_a_seal_cannot_carry_makes_it_none(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", source="a")])
    assert seal.read(svg(seal.token(replace(made, said={"x": {"summary": "y"}})))) == (None, False)
    assert seal.read(svg(seal.token(replace(made, said={"x": {"title": 3}})))) == (None, False)


# --- the token stands in one place, and what it says is covered


FORGED = seal.token(seal.Seal("9", "", "TLP:CLEAR", "x", {}))
LOOKS_SEALED = f'{FORGED} /PanjSeal ({FORGED}) >> <panj:seal>{FORGED}</panj:seal></metadata> "seal": "{FORGED}",'


@pytest.mark.parametrize("ending", [".json", ".svg", ".pdf", ".png", ".html", ".pptx", ".csv", ".geojson", ".kml"])
def test_a_title_that_looks_like_a_seal_is_a_title(tmp_path, capsys, ending):
    target, rows = tmp_path / f"brief{ending}", [row(event="A", source="a", title=LOOKS_SEALED)]
    assert main(["export", str(target), "--events", str(write(tmp_path / "then.csv", rows)), "--dpi", "96"]) == 0
    assert seal.read_file(target)[0].rows.keys() == {"A a"}
    capsys.readouterr()
    assert main(["verify", str(target), "--events", str(tmp_path / "then.csv")]) == 0
    assert "unchanged: all 1 rows" in capsys.readouterr().out
    assert main(["verify", str(target), "--events", str(write(tmp_path / "now.csv", [rows[0] | {"title": "Other"}]))]) == 1
    assert re.search(r"A a: amended: title (now|'.*' ->) 'Other'", capsys.readouterr().out)


def exchanged(content: bytes, other: seal.Seal) -> bytes:
    """The file with what its token says replaced, the digest kept."""
    return re.sub(rb"(panj-seal:2:)[^:]+(:[0-9a-f]{64}:)", rb"\1" + seal.token(other).split(":")[2].encode() + rb"\2", content)


def test_a_token_exchanged_in_a_png_shows(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", marking="TLP:RED")])
    _, other = sealed(tmp_path, [row(event="A")])
    content = exchanged(seal.png_with(PNG, made), other)
    start = content.index(b"tEXtpanj-seal")
    chunk = content[start : content.index(b"IEND") - 8]
    mended = content[: start - 4] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + PNG[-12:]
    assert mended[-12:] == content[-12:]
    assert seal.read(mended) == (other, False)


def test_a_token_exchanged_in_text_shows(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", marking="TLP:RED")])
    _, other = sealed(tmp_path, [row(event="A")])
    assert seal.read(exchanged(svg(seal.token(made)), other)) == (other, False)


def test_a_token_exchanged_in_a_deck_is_not_taken_for_an_edit(tmp_path, capsys):
    _, made = sealed(tmp_path, [row(event="A", marking="TLP:RED")])
    parts, target = deck(made), tmp_path / "x.pptx"
    target.write_bytes(packed({**parts, seal_places.CUSTOM: exchanged(parts[seal_places.CUSTOM], sealed(tmp_path, [row(event="A")])[1])}))
    with pytest.raises(seal.SealError, match="its seal was altered after it was made"):
        seal.read_file(target)
    assert main(["verify", str(target)]) == 1
    assert capsys.readouterr().out == "x.pptx: its seal was altered after it was made\n"


# --- what counts as a change

def plan(source: str, reported: str, **values: str) -> dict[str, str]:
    return report(source, reported, **{"status": "planned"} | values)



def test_a_new_report_of_a_sealed_event_is_named(tmp_path):
    rows = [plan("X", "2021-09-01")]
    _, made = sealed(tmp_path, rows)
    now = later(tmp_path, [*rows, plan("Y", "2021-09-03", status="cancelled"), row(event="F", source="f")])
    expected = "E Y: a report was added: title 'Exercise'; status 'cancelled'; start '2021-09-10'; reported '2021-09-03'; marking 'TLP:CLEAR'"
    assert told(made, now) == [expected]


def test_a_new_report_makes_verify_fail(tmp_path, capsys):
    rows = [plan("X", "2021-09-01")]
    brief, then = tmp_path / "brief.json", write(tmp_path / "then.csv", rows)
    assert main(["export", str(brief), "--events", str(then)]) == 0
    now = write(tmp_path / "now.csv", [*rows, plan("Y", "2021-09-03", status="cancelled")])
    capsys.readouterr()
    assert main(["verify", str(brief), "--events", str(now)]) == 1
    assert "all 1 rows behind it read the same; reports added to their events: 1:\n  E Y: a report was added: " in capsys.readouterr().out


@pytest.mark.parametrize(("reported", "named"), [("2021-09-19", True), ("2021-09-20", False), ("", False)])
def test_a_report_after_the_day_a_brief_knows_of_changes_nothing(tmp_path, reported, named):
    rows, view = [plan("X", "2021-09-01")], View(start=VIEW.start, end=VIEW.end, known=date(2021, 9, 19))
    atlas = loaded(tmp_path, rows)
    made = seal.seal(atlas, scene(atlas, view))
    assert bool(told(made, later(tmp_path, [*rows, plan("Y", reported)]))) is named


def test_a_disproved_report_that_was_there_was_not_added(tmp_path):
    rows = [plan("X", "2021-09-01"), plan("Y", "2021-09-02", credibility="5")]
    atlas, made = sealed(tmp_path, rows)
    assert (list(made.rows), told(made, atlas)) == (["E X"], [])
    (now,) = told(made, later(tmp_path, [rows[0], rows[1] | {"credibility": "2"}]))
    assert now.startswith("E Y: a report was added: ")


def data_seal(tmp_path, team: str, ending: str) -> seal.Seal:
    events = write(tmp_path / f"{team}.csv", [row(event="A", source="a") | {"team": team}], (*COLUMNS, "team"))
    assert main(["export", str(tmp_path / f"brief{ending}"), "--events", str(events), "--force"]) == 0
    return seal.read_file(tmp_path / f"brief{ending}")[0]


@pytest.mark.parametrize("ending", sorted(outputs.DATA))
def test_the_analyst_s_own_columns_count_where_the_file_carries_them(tmp_path, ending):
    made, now = data_seal(tmp_path, "alpha", ending), later(tmp_path, [row(event="A", source="a")])
    assert made.own == ("team",)
    assert told(made, now) == ["A a: amended: team now ''"]


def test_the_analyst_s_own_columns_do_not_count_where_they_are_not_shown(tmp_path):
    assert told(data_seal(tmp_path, "alpha", ".json"), later(tmp_path, [row(event="A", source="a")])) == []


# --- telling rows apart


def test_no_two_rows_are_taken_for_one(tmp_path):
    atlas, made = sealed(tmp_path, [plan("", "2021-09-01", title="T1"), plan("", "2021-09-02", title="T2"), plan("(2)", "2021-09-03")])
    assert {key: len(rows) for key, rows in made.rows.items()} == {"E": 2, "E (2)": 1}
    assert (made.count, told(made, atlas)) == (3, [])


def test_reports_without_a_source_in_another_order_are_the_same_reports(tmp_path):
    rows = [plan("", f"2021-09-0{day}", title=f"T{day}") for day in (1, 2, 3)]
    _, made = sealed(tmp_path, rows)
    assert told(made, later(tmp_path, rows[::-1])) == []


def test_of_reports_without_a_source_the_one_that_changed_is_named(tmp_path):
    rows = [plan("", f"2021-09-0{day}", title=f"T{day}") for day in (1, 2, 3)]
    _, made = sealed(tmp_path, rows)
    assert told(made, later(tmp_path, [rows[2], rows[1] | {"place": "Khujand"}, rows[0]])) == ["E: amended: place now 'Khujand'"]
    assert told(made, loaded(tmp_path, rows[:2])) == ["E: withdrawn"]


def test_the_same_report_twice_is_two_rows(tmp_path):
    twice = [plan("", "2021-09-01")] * 2
    atlas, made = sealed(tmp_path, twice)
    assert (made.count, told(made, atlas), told(made, loaded(tmp_path, twice[:1]))) == (2, [], ["E: withdrawn"])
