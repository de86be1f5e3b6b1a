"""A sealed brief says what it rests on, shows tampering, and which of its rows no longer hold."""

from __future__ import annotations

import json
import zipfile
from datetime import date

import pytest

from dashboard import seal
from dashboard.staging import scene
from dashboard.view import View
from tests.tables import loaded, row

VIEW = View(start=date(2021, 9, 1), end=date(2021, 9, 30))
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def sealed(tmp_path, rows):
    atlas = loaded(tmp_path, rows)
    return atlas, seal.seal(atlas, scene(atlas, VIEW))


def test_a_seal_comes_back_from_a_file(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", source="a")])
    content = seal.close(b"before " + seal.token(made).encode() + b" after")
    assert seal.read(content) == (made, True)
    assert made.view == VIEW.to_query()
    assert list(made.rows) == ["A a"]


def test_a_png_carries_its_seal_and_stays_a_png(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    content = seal.png_with(PNG, made)
    assert seal.read(content) == (made, True)
    from io import BytesIO

    from PIL import Image

    assert Image.open(BytesIO(content)).text["panj-seal"].startswith("panj-seal:1:")


@pytest.mark.parametrize("kind", ["png", "text"])
def test_any_change_shows(tmp_path, kind):
    _, made = sealed(tmp_path, [row(event="A")])
    content = seal.png_with(PNG, made) if kind == "png" else seal.close(b"<p>" + seal.token(made).encode() + b"</p>")
    for place in (1, len(content) - 2) if kind == "text" else (30, 50):
        changed = bytearray(content)
        changed[place] ^= 1
        assert seal.read(bytes(changed))[1] is False


def test_a_file_without_a_seal_has_none():
    assert seal.read(b"nothing here") == (None, False)
    assert seal.read(b"panj-seal:1:AAAA:" + b"0" * 64 + b":") == (None, False)


def test_rows_that_changed_are_named_field_by_field(tmp_path):
    rows = [row(event="A", source="a"), row(event="B", source="b"), row(event="C", source="c"), row(event="D", source="d")]
    _, made = sealed(tmp_path, rows)
    (tmp_path / "later").mkdir()
    later = loaded(tmp_path / "later", [rows[0], row(event="B", source="b", title="Renamed"), row(event="C", source="c", credibility="1")])
    assert [str(finding) for finding in seal.compare(made, later)] == [
        "B b: amended: title now 'Renamed'", "C c: re-graded: credibility now '1'", "D d: withdrawn"]  # fmt: skip
    assert seal.compare(made, loaded(tmp_path, rows)) == []


def test_the_same_data_in_another_order_is_the_same_data(tmp_path):
    rows = [row(event="A", source="a"), row(event="B", source="b")]
    (tmp_path / "later").mkdir()
    assert sealed(tmp_path, rows)[1].data == sealed(tmp_path / "later", rows[::-1])[1].data


def test_the_seal_is_plain_ascii(tmp_path):
    _, made = sealed(tmp_path, [row(event="A", title="Кулоб", source="источник")])
    assert seal.token(made).isascii()
    assert json.loads(json.dumps(made.rows)) == made.rows


def test_a_table_has_its_seal_beside_it(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    table = tmp_path / "table.csv"
    table.write_bytes(b"event\nA\n")
    told = seal.beside(table.read_bytes(), made, {"title": f"panj-seal:1:AAAA:{'0' * 64}:"})
    seal.beside_of(table).write_bytes(told)
    assert seal.read_file(table) == (made, True)
    table.write_bytes(b"event\nB\n")
    assert seal.read_file(table) == (made, False)
    table.write_bytes(b"event\nA\n")
    seal.beside_of(table).write_bytes(told.replace(b"TLP:CLEAR", b"TLP:GREEN"))
    assert seal.read_file(table) == (made, False)


def test_a_deck_tells_that_it_was_edited(tmp_path):
    _, made = sealed(tmp_path, [row(event="A")])
    parts = {"ppt/slides/slide1.xml": b"<a/>", "docProps/core.xml": b"<core/>"}
    text = seal.token(made).replace("0" * 64, seal.deck_digest(parts))

    def deck(slide: bytes) -> None:
        with zipfile.ZipFile(tmp_path / "x.pptx", "w") as file:
            for name, content in {**parts, "ppt/slides/slide1.xml": slide, "docProps/custom.xml": text.encode()}.items():
                file.writestr(name, content)

    deck(b"<a/>")
    assert seal.read_file(tmp_path / "x.pptx") == (made, True)
    deck(b"<b/>")
    assert seal.read_file(tmp_path / "x.pptx") == (made, False)
    assert seal.editable(tmp_path / "x.pptx")
