"""The list of naughty strings in a real browser: dropped into the dashboard, and in the file opened from the disk, it is read, not run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard import portable
from dashboard.panels.yours_atlas import joined
from dashboard.projects import REPLACE
from dashboard.staging import scene
from dashboard.view import View
from geodata import atlas as facts
from geodata import intake
from geodata.problems import TableError
from tests import naughty
from tests.browser.screen import Screen
from tests.browser.test_portable import Opened
from tests.browser.test_yours import drawn, press, tab
from tests.browser.trap import Trap
from tests.intake import made_up
from tests.intake.corpus import GOOD, table
from tests.serving import dashboard
from tests.tables import ground, write

RECORDED = ("title", "place", "summary", "source", "locator")
"""columns that a record tells"""

TABS = ("Chronology", "Sources", "Changes", "Blocs", "Briefing", "Table")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every string, in the reports of a dozen events."""
    return write(tmp_path_factory.mktemp("naughty") / "own.csv", list(naughty.spread(reports=8, columns=RECORDED)), naughty.FILE_COLUMNS)


def plain(text: str) -> str:
    """What a browser shows of a text, whatever it does to blanks; a record joins the parts of a list with commas."""
    return re.sub(r"[\s;,\x00-\x1f\x7f-\x9f]+", " ", text).strip()


def untold(atlas: facts.Atlas, event: str, record: str) -> list[str]:
    """Texts of an event's reports that are not in its record."""
    told, rows = plain(record), atlas.reports[atlas.reports["event"] == event]
    return [text for name in ("summary", "source", "locator", "place") for text in rows[name].map(plain) if text not in told]


def test_a_dropped_file_is_read_in_every_tab_and_record_and_not_run(browser, own: Path, tmp_path: Path):
    with dashboard(log=tmp_path / "panj.log") as address, Screen(browser, address) as screen:
        trap, atlas = Trap(screen), facts.load(own)
        screen.open(naughty.SEPTEMBER)
        mine = tab(screen)
        screen.page.locator("[data-upload]").set_input_files(own)
        mine.get_by_text("Row by row").wait_for()
        press(mine, "Instead of them")
        drawn(screen, atlas.reports["event"].nunique())
        assert trap.caught == []
        for name in TABS:
            screen.page.get_by_role("tab", name=name).click()
            screen.page.locator(f'[role=tab][aria-selected="true"]:has-text("{name}")').wait_for()
            assert trap.caught == [], name
        for event in atlas.reports["event"].unique():
            screen.page.locator(f"tr[data-pick='event:{event}']").click()
            screen.wait_for_address("id", f"event:{event}")
            assert untold(atlas, event, screen.record.text_content()) == []
            assert trap.caught == [], event
        assert (screen.faults, screen.elsewhere) == ([], [])
    assert "Traceback" not in (tmp_path / "panj.log").read_text()


def test_the_file_from_the_disk_is_read_in_every_tab_and_record_and_not_run(browser, own: Path, tmp_path: Path):
    atlas, path = facts.load(own), tmp_path / "map.html"
    path.write_bytes(portable.html(scene(atlas, View.from_query(naughty.SEPTEMBER)), atlas))
    with Opened(browser, path) as screen:
        trap = Trap(screen)
        screen.page.reload()
        screen.ready()
        for name in screen.page.get_by_role("tab").all():
            name.click()
            assert trap.caught == []
        screen.page.get_by_role("tab", name="Events").click()
        for event in screen.frame.evaluate("panj.frame.state.plan.spots.map((spot) => spot.item && spot.item.id).filter(Boolean)"):
            screen.page.mouse.move(*screen.spot(event))
            assert trap.caught == [], event
        for event in atlas.reports["event"].unique():
            screen.page.locator(f"tr[data-pick='event:{event}']").click()
            screen.page.locator(f"tr.panj-on[data-pick='event:{event}']").wait_for()
            assert untold(atlas, event, screen.record.text_content()) == []
            assert trap.caught == [], event
        screen.quiet()


def cases(files: list[tuple[str, bytes]]) -> list[intake.Intake]:
    """Those that can be read, with rows that can be drawn."""
    return [case for name, content in files if (case := drawable(name, content)) is not None]


def drawable(name: str, content: bytes) -> intake.Intake | None:
    """None when it cannot be used at all, or no row of it can."""
    try:
        case = intake.admit(name, content, ground())
        return case if len(case.reports) else None
    except TableError:
        return None


def test_files_made_up_by_chance_run_nothing_in_the_file_from_the_disk(browser, atlas, tmp_path: Path):
    known = ("own.csv", table({**GOOD, "Title": made_up.MARKUP[0]}))
    found = max((cases([known, *files]) for files in made_up.batches(3, 8)), key=lambda found: sum(len(case.reports) for case in found))
    path, own = tmp_path / "map.html", joined(atlas, found, REPLACE)
    shown = scene(own, View.from_query(made_up.ALL))
    path.write_bytes(portable.html(shown, own))
    with Opened(browser, path) as screen:
        trap, rows = Trap(screen), screen.page.locator("tr[data-pick]:visible")
        screen.page.reload()
        screen.ready()
        assert rows.count() == len(shown.layer("events").features) > 0
        for row in rows.all():
            row.click()
            assert trap.caught == []
        screen.quiet()


def test_the_trap_catches_what_runs_and_what_stands_there(browser):
    with Screen(browser, "") as screen:
        trap = Trap(screen)
        screen.page.goto("data:text/html,<div class=panj-piece><script>alert(1)</script><p onclick='x()'>a</p><a href=' javascript:x()'>b</a></div>")
        ran, *elements = trap.caught
        assert ran == "alert 1"
        assert [element[:3] for element in elements] == ["<sc", "<p ", "<a "]
