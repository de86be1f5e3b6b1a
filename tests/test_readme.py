"""The README names what there is: keys, columns, layers, options, files, and the two commands that start everything."""

import re
from pathlib import Path

import pytest

from dashboard.cli import COMMANDS
from dashboard.layers import vocabulary
from dashboard.view import DEFAULT_LAYERS, KEYS
from geodata import atlas
from geodata.reports import COLUMNS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(header: str) -> str:
    """The rows of the table whose first heading is `header`."""
    return README.split(f"\n| {header} |")[1].split("\n\n")[0]


def named(text: str) -> set[str]:
    """Words in code type."""
    return {word for part in re.findall(r"`([^`]+)`", text) for word in re.split(r"[^\w.-]+", part)}


@pytest.mark.parametrize("command", ["python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/panj", "bash tests/run.sh"])
def test_the_commands_stand_alone_in_a_line(command: str):
    assert command in README.splitlines()


def test_every_key_of_a_view_is_explained():
    rows = [row.split("|")[1] for row in table("key").splitlines()[2:]]
    assert [key for row in rows for key in re.findall(r"`(\w+)`", row)] == list(KEYS)


def test_every_layer_is_named():
    row = next(row for row in table("key").splitlines() if row.startswith("| `layers`"))
    assert vocabulary(atlas.load()).layers <= named(row)
    assert f"`{','.join(DEFAULT_LAYERS)}`" in row


def test_every_column_of_a_file_is_explained():
    rows = [row.split("|")[1] for row in table("column").splitlines()[2:]]
    assert {name for row in rows for name in named(row)} == set(COLUMNS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_named(command: str):
    (usage,) = re.findall(rf"^panj{f' {command}' if command else ''}(?= [\[A-Z]| {{3}}).*(?:\n +\[.*)*", README, re.MULTILINE)
    parser = COMMANDS[command][0]()
    options = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    assert set(re.findall(r"--[\w-]+", usage)) == options - {"--help", "--version"}


@pytest.mark.parametrize("path", re.findall(r"\]\(([\w./]+)\)", README))
def test_every_file_linked_is_there(path: str):
    assert (ROOT / path).is_file()


def test_every_symbol_and_line_has_its_picture():
    from dashboard.page import swatches
    from tests.pictures.symbols import groups

    shown = groups(atlas.load())
    assert {f"tests/pictures/symbols-{name}.png" for name in shown} == set(re.findall(r"tests/pictures/symbols-\w+\.png", README))
    for entry in (entry for entries in shown.values() for entry in entries):
        assert swatches.drawer(entry), entry.key


@pytest.mark.parametrize("query", [
    "", "from=2021-09-01&to=2021-12-31&known=2021-09-20&ahead=on",
    "layers=csto,sco,eaeu,cis,ots,nato,cst,borders,zones,bases,events,regions,rivers,places",
    "since=2021-09-15&known=2021-10-30&disputed=on", "near=AFG-TJK:50&compare=2023-12-01",
])  # fmt: skip
def test_everything_a_legend_says_is_explained_with_a_picture(query: str):
    from dashboard.staging import scene
    from dashboard.view import View
    from tests.pictures.symbols import groups

    facts = atlas.load()
    explained = {entry.key for entries in groups(facts).values() for entry in entries}
    found = {entry.key for entry in scene(facts, View.from_query(query)).legend if not entry.key.startswith(("member:", "observer:"))}
    assert found <= explained
