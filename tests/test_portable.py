"""The portable map: one small file that loads nothing, tells of nothing the view hides, is marked, sealed, and takes all text as text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from dashboard import outputs, portable, seal
from dashboard.cli import main
from dashboard.panels.markup import Html
from dashboard.portable import shapes
from dashboard.portable.icons import Icons
from dashboard.portable.reach import reach
from dashboard.portable.records import places
from dashboard.scene import Scene
from dashboard.staging import scene
from dashboard.view import View
from dashboard.webdata import theatre
from geodata.atlas import Atlas
from tests.tables import loaded, row, shipped, write

SEPTEMBER = "from=2021-09-13&to=2021-09-19&known=2021-09-19&ahead=on&id=event:EV20"
VIEWS = ("", SEPTEMBER, "from=2021-10-01&to=2021-10-31&layers=cis,borders,events&near=AFG-TJK:100&since=2021-09-30", "kinds=summit&known=2021-09-19")
HOSTILE = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{constructor}} {% raw %} ${x}", "line\u2028and\u2029line",
           "]]>--><!--", "' onclick='alert(1)", '" autofocus onfocus="alert(1)', "</template></textarea></title>", "javascript:alert(1)")  # fmt: skip


class Read(HTMLParser):
    """What a browser would make of the file: its elements, and the text outside of scripts."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self._inside = ("", {})
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self._inside = (tag, dict(attrs))
        self.tags.append(self._inside)

    def handle_endtag(self, tag):
        self._inside = ("", {})

    def handle_data(self, data):
        tag, attributes = self._inside
        if tag == "script" and attributes.get("type") == "application/json":
            self.blocks[attributes["id"] or ""] = self.blocks.get(attributes["id"] or "", "") + data
        elif tag in ("script", "style"):
            (self.scripts if tag == "script" else self.styles).append(data)
        else:
            self.text += data

    @property
    def everything(self) -> str:
        """Text, attributes and data; all but the scripts and styles, which are ours."""
        attributes = (value for _, held in self.tags for name, value in held.items() if value and name != "srcdoc")
        return "\n".join([self.text, *self.blocks.values(), *attributes])

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        """Attributes of the only such element."""
        found = [attributes for name, attributes in self.tags if name == tag and all(attributes.get(key) == value for key, value in wanted.items())]
        assert len(found) == 1, (tag, wanted, len(found))
        return found[0]

    def data(self, name: str) -> dict:
        """A block of data."""
        return json.loads(self.blocks[f"panj-{name}"])


def shown(query: str) -> Scene:
    return scene(shipped(), View.from_query(query))


reached_by = cache(lambda query: reach(shipped(), shown(query)))


@pytest.fixture(scope="module")
def made():
    """The file of a view, made once."""
    return cache(lambda query: portable.html(shown(query), shipped()))


@pytest.fixture(scope="module")
def parsed(made):
    """The same as a browser reads it."""
    return cache(lambda query: Read(made(query)))


def of(atlas: Atlas, query: str = "from=2021-09-01&to=2021-09-30") -> bytes:
    return portable.html(scene(atlas, View.from_query(query)), atlas)


@pytest.mark.parametrize("query", VIEWS)
def test_the_file_is_small_and_always_the_same(made, query):
    assert len(made(query)) < 3_000_000
    assert portable.html(shown(query), shipped()) == made(query)


def test_export_knows_the_ending():
    assert outputs.maker(outputs.Path("map.HTML")) is outputs.OUTPUTS[".html"]


@pytest.mark.parametrize("query", VIEWS)
def test_nothing_can_be_loaded_and_only_our_own_scripts_run(parsed, query):
    file = parsed(query)
    policy = file.one("meta", **{"http-equiv": "Content-Security-Policy"})["content"] or ""
    frame = Read((file.one("iframe")["srcdoc"] or "").encode())
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*|'self'", policy)
    for text in (*file.scripts, *file.styles, *frame.scripts, *frame.styles):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy
    assert len(file.scripts) == 1
    assert len(frame.scripts) == 4
    for tag, attributes in (*file.tags, *frame.tags):
        assert tag not in ("link", "img", "object", "embed", "base", "form", "video", "audio"), tag
        assert not {"src", "style"} & set(attributes), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)


@pytest.mark.parametrize("query", VIEWS)
def test_everything_that_can_be_chosen_has_its_record(parsed, query):
    file, reached = parsed(query), reached_by(query)
    held = {attributes["data-record"] for tag, attributes in file.tags if tag == "template"}
    assert held == {"", *(feature.id for feature in reached.events), *reached.others, *places(shipped())}
    assert {attributes["data-pick"] for _, attributes in file.tags if "data-pick" in attributes} <= held
    assert {f"event:{name}" for name in file.data("rows")["id"]} == {*(feature.id for feature in reached.events), *reached.others}


@pytest.mark.parametrize("query", VIEWS)
def test_the_view_keeps_its_numbers_and_other_windows_go_on_from_them(query):
    own, reached = shown(query), reached_by(query)
    layer = own.layer("events")
    assert [(f.id, f.n, f.sources, f.note, f.flags) for f in layer.features] == [(f.id, f.n, f.sources, f.note, f.flags)
                                                                              for f in reached.shown.layer("events").features]  # fmt: skip
    assert [feature.id for feature in reached.events[: len(layer.features)]] == [feature.id for feature in layer.features]
    assert [feature.n for feature in reached.events] == list(range(1, len(reached.events) + 1))
    assert [(line.n, line.id) for line in reached.whole.sources[: len(own.sources)]] == [(line.n, line.id) for line in own.sources]


@pytest.mark.parametrize("query", VIEWS)
def test_what_the_view_hides_is_not_in_the_file(parsed, query):
    content, reached = parsed(query).everything, reached_by(query)
    there = set(reached.atlas.versions["event"])
    hidden = set(shipped().versions["event"]) - there
    known = " ".join([*reached.atlas.reports["title"], *reached.atlas.reports["summary"], *map(str, reached.shown.chronology)])
    told = shipped().reports[~shipped().reports["event"].isin(there) & (shipped().reports["title"].str.len() > 20)]
    assert [title for title in told["title"] if title in content and title not in known] == []
    assert [event for event in hidden if re.search(rf"\b{event}\b", content) and not re.search(rf"\b{event}\b", known)] == []
    left = [summary for summary in shipped().reports["summary"] if len(summary) > 30 and summary not in known]
    assert [summary for summary in left if summary in content] == []


SECRETS = [
    row(event="A", title="Quagga", source="one", reported="2021-09-11", marking="TLP:GREEN"),
    row(event="A", title="Quagga", source="Tapir", reported="2021-09-25", summary="Okapi", marking="TLP:RED"),
    row(event="B", title="Aardvark", source="Kudu", reported="2021-09-12", kind="visit", marking="TLP:RED"),
    row(event="C", title="Pangolin", source="four", reported="2021-09-12", credibility="5", marking="TLP:RED"),
    row(event="D", title="Dugong", source="five", reported="2021-09-12", start="2021-07-10", marking="TLP:AMBER"),
    row(event="E", title="Numbat", source="six", reported="2021-09-12", start="2019-07-10", marking="TLP:RED"),
]


def test_filters_knowledge_and_timeline_decide_what_the_file_holds(tmp_path):
    content = of(loaded(tmp_path, SECRETS), "from=2021-09-01&to=2021-09-30&known=2021-09-20&kinds=exercise").decode()
    assert all(word in content for word in ("Quagga", "Dugong"))
    assert not any(word in content for word in ("Okapi", "Tapir", "Aardvark", "Kudu", "Pangolin", "Numbat"))


def test_the_marking_is_the_highest_of_all_the_timeline_can_reach(tmp_path):
    atlas = loaded(tmp_path, SECRETS)
    query = "from=2021-09-01&to=2021-09-30&known=2021-09-20&kinds=exercise"
    file = Read(of(atlas, query))
    assert scene(atlas, View.from_query(query)).marking == "TLP:GREEN"
    assert file.one("meta", name="marking")["content"] == "TLP:AMBER"
    assert file.text.count("TLP:AMBER") >= 4  # title, both banners, notes
    assert Read(of(atlas, f"{query}&marking=TLP:RED")).one("meta", name="marking")["content"] == "TLP:RED"


def test_without_the_layer_of_events_there_are_none(tmp_path):
    content = of(loaded(tmp_path, SECRETS), "layers=csto,borders")
    assert Read(content).data("rows")["n"] == 0
    assert b"Quagga" not in content


COLUMNS = ("title", "place", "summary", "source", "locator")


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Read:
    """The file of as many harmless rows as there are hostile texts."""
    rows = [row(event=f"A{n}", **dict.fromkeys(COLUMNS, f"text {n}")) for n in range(len(HOSTILE))]
    return Read(of(loaded(tmp_path_factory.mktemp("plain"), rows)))


def test_text_from_a_file_stays_text(tmp_path, plain):
    rows = [row(event=f"A{n}", **dict.fromkeys(COLUMNS, text)) for n, text in enumerate(HOSTILE)]
    file = Read(of(loaded(tmp_path, rows)))
    assert [(tag, sorted(attributes)) for tag, attributes in file.tags] == [(tag, sorted(attributes)) for tag, attributes in plain.tags]
    assert file.scripts == plain.scripts
    assert file.data("rows")["title"] == list(HOSTILE)
    assert all(file.text.count(text) > 4 for text in HOSTILE)


@pytest.mark.parametrize("text", HOSTILE[:3])
def test_the_title_of_a_view_stays_text(text):
    drawn = replace(shown(""), title=text)
    file = Read(portable.html(drawn, shipped()))
    assert text in file.text
    assert len(file.scripts) == 1
    assert not [tag for tag, _ in file.tags if tag == "img"]


def test_the_view_can_be_read_as_text(parsed):
    text = parsed(SEPTEMBER).text
    assert all(line in text for line in shown(SEPTEMBER).text.splitlines())
    assert all(note in text for note in (*shown(SEPTEMBER).notes, shown(SEPTEMBER).disclaimer, shown(SEPTEMBER).credits))


def test_an_empty_view_says_so(tmp_path):
    content = of(loaded(tmp_path, SECRETS), "from=2021-12-01&to=2021-12-31&kinds=none")
    assert "No events in this view" in Read(content).text


def test_too_many_events_are_a_sentence(tmp_path, monkeypatch):
    atlas = loaded(tmp_path, SECRETS)
    monkeypatch.setattr(portable, "MOST", 1)
    with pytest.raises(outputs.OutputError, match="the timeline reaches 3 events and a portable map holds at most 1; a shorter span or a filter"):
        outputs.OUTPUTS[".html"](atlas, scene(atlas, View()), outputs.Paper())


def verified(capsys, *arguments) -> tuple[int, str]:
    code = main(["verify", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_the_seal_tells_what_became_of_every_row(tmp_path, capsys):
    target = tmp_path / "map.html"
    assert main(["export", str(target), "--events", str(write(tmp_path / "then.csv", SECRETS)), "--view", "kinds=exercise"]) == 0
    assert seal.read_file(target)[0].view == "kinds=exercise"
    assert verified(capsys, target, "--events", tmp_path / "then.csv")[0] == 0
    changed = [SECRETS[0], SECRETS[1], SECRETS[2], SECRETS[3], SECRETS[4] | {"place": "Khujand"}]
    code, told = verified(capsys, target, "--events", write(tmp_path / "now.csv", changed))
    assert code == 1
    assert "D five: amended: place now 'Khujand'" in told


@pytest.mark.parametrize("old", [b"Quagga", b"TLP:RED", b"default-src 'none'", b"panj.mount"])
def test_any_change_of_the_file_shows(tmp_path, old):
    content = of(loaded(tmp_path, SECRETS))
    assert seal.read(content)[1]
    at = content.index(old)
    assert not seal.read(content[:at] + b"X" + content[at + 1 :])[1]


def test_no_text_can_pass_for_the_seal(tmp_path):
    forged = f"panj-seal:2:{'A' * 40}:{'0' * 64}:"
    sealed, whole = seal.read(of(loaded(tmp_path, [row(event="A", title=forged)])))
    assert whole
    assert list(sealed.rows) == ["A"]


def unpacked(value: dict) -> list:
    """The lines of a packed geometry, in degrees."""
    def line(flat: list) -> list:
        x = y = 0
        points = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append([x / value["by"], y / value["by"]])
        return points

    def nested(parts: list) -> list:
        return line(parts) if isinstance(parts[0], int) else [nested(part) for part in parts]

    return nested(value["coordinates"])


@pytest.mark.parametrize("layer", ["borders", "boundaries", "rivers", "lakes", "disputed"])
def test_shapes_come_back_from_their_steps(layer):
    before, after = theatre(shipped())[layer], shapes.packed(theatre(shipped())[layer])
    assert [unpacked(feature["geometry"]) for feature in after["features"]] == [feature["geometry"]["coordinates"] for feature in before["features"]]


def test_pictures_are_kept_once():
    icons, picture = Icons(), '<svg viewBox="0 0 2 2"><svg x="1"><path d="M0 0"/></svg></svg>'
    told = icons.shared(f"<p>&lt;svg&gt; {picture} and {picture}</p>")
    assert told == '<p>&lt;svg&gt; <svg viewBox="0 0 2 2"><use href="#i0"/></svg> and <svg viewBox="0 0 2 2"><use href="#i0"/></svg></p>'
    assert isinstance(told, Html)
    assert icons.drawings().count('<g id="i0"><svg x="1"><path d="M0 0"/></svg></g>') == 1


def test_it_is_made_without_the_dashboard_s_server():
    code = ("import sys; from dashboard import portable, staging, view; from geodata import atlas; a = atlas.load(); "
            "portable.html(staging.scene(a, view.View()), a); print([name for name in ('streamlit', 'uvicorn') if name in sys.modules])")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
