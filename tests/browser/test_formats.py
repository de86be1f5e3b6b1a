"""Files that are no CSV, dropped into the browser: drawn where they say, the sheet or layer chosen, still there after a reload."""

import base64
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import openpyxl
import pytest
import shapely
from playwright.sync_api import Locator, expect

from tests.browser.screen import Screen
from tests.serving import dashboard

CONVOY, TALKS = ("Convoy seen", "2021-09-10", 64.5, 33.5), ("Talks held", "2021-09-17", 68.78, 38.54)
DRILL = ("Drill begins", "2021-10-05", 71.4, 42.9)
FIRST, SECOND = [DRILL], [CONVOY, TALKS]
"""rows of the sheet that is read by itself, and of the one that is chosen"""

DROP = """([name, packed]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))], name));
    return data;
}"""
SPOTS = "() => panj.frame.state.plan.spots.map((spot) => [spot.item.title, spot.item.id])"


class Brought(NamedTuple):
    """A file an analyst brings."""

    name: str
    write: Callable[[Path], object]
    chosen: str = ""
    """the sheet or layer to choose; empty where there is no choice"""


def workbook(path: Path) -> None:
    """Two sheets of events; what a spreadsheet holds as days are days."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (("Autumn", FIRST), ("September", SECOND)):
        page = book.create_sheet(title)
        page.append(["Title", "Date", "Lon", "Lat"])
        for row in rows:
            page.append(list(row))
    book.save(path)


def shapes(rows: list[tuple[str, str, float, float]], system: str = "EPSG:4326") -> gpd.GeoDataFrame:
    """Rows as points of a coordinate system."""
    values = {"title": [row[0] for row in rows], "date": [row[1] for row in rows]}
    return gpd.GeoDataFrame(values, geometry=[shapely.Point(lon, lat) for *_, lon, lat in rows], crs="EPSG:4326").to_crs(system)


def geojson(path: Path) -> None:
    """Features with properties."""
    path.write_text(shapes(SECOND).to_json(), encoding="utf-8")


def geopackage(path: Path) -> None:
    """Two layers, the second in metres of a zone."""
    shapes(FIRST).to_file(path, layer="autumn", driver="GPKG", engine="pyogrio")
    shapes(SECOND, "EPSG:32642").to_file(path, layer="september", driver="GPKG", engine="pyogrio")


def shapefile(path: Path) -> None:
    """Every part of a shapefile, in a folder of the archive."""
    folder = path.parent / "parts"
    folder.mkdir()
    shapes(SECOND, "EPSG:32642").to_file(folder / "rows.shp", driver="ESRI Shapefile", engine="pyogrio")
    with zipfile.ZipFile(path, "w") as packed:
        for part in folder.iterdir():
            packed.write(part, f"inside/{part.name}")


def kmz(path: Path) -> None:
    """Placemarks with their days."""
    marks = "".join(f"<Placemark><name>{title}</name><TimeStamp><when>{day}</when></TimeStamp><Point><coordinates>{lon},{lat},0</coordinates></Point>"
                    "</Placemark>" for title, day, lon, lat in SECOND)  # fmt: skip
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("doc.kml", f'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>')


BROUGHT = (Brought("rows.xlsx", workbook, "September"), Brought("rows.geojson", geojson), Brought("rows.gpkg", geopackage, "september"),
           Brought("rows.zip", shapefile), Brought("rows.kmz", kmz))  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all: every window has a cookie, and so rows, of its own."""
    with dashboard(log=tmp_path_factory.mktemp("formats") / "panj.log") as running:
        yield running


def dropped(screen: Screen, path: Path) -> Locator:
    """The tab with a file that was dropped on its box and judged."""
    screen.page.get_by_role("tab", name="Your data").click()
    box = screen.page.locator("[data-drop]")
    data = screen.page.evaluate_handle(DROP, [path.name, base64.b64encode(path.read_bytes()).decode()])
    box.dispatch_event("drop", {"dataTransfer": data})
    own = screen.page.locator(".panj-yours")
    own.get_by_text("Row by row").wait_for()
    return own


def choose(own: Locator, sheet: str) -> None:
    """Another sheet or layer, when there are several."""
    expect(own.get_by_text("1 row, 1 can be drawn")).to_be_visible()
    own.get_by_role("combobox", name="Sheet").select_option(sheet)


def require_drawn(screen: Screen, rows: list[tuple[str, str, float, float]]) -> None:
    """Every row has its symbol where its file says, and there is no other."""
    screen.until("number => document.body.dataset.drawn === String(number)", len(rows))
    screen.ready()
    spots = dict(screen.frame.evaluate(SPOTS))
    assert sorted(spots) == sorted(title for title, *_ in rows)
    for title, _, lon, lat in rows:
        assert screen.spot(spots[title]) == pytest.approx(screen.point(lon, lat), abs=2), title


@pytest.mark.parametrize("brought", BROUGHT, ids=lambda brought: Path(brought.name).suffix)
def test_a_file_of_any_format_is_drawn_where_it_says_and_is_still_there_after_a_reload(browser, address: str, tmp_path: Path, brought: Brought):
    path = tmp_path / brought.name
    brought.write(path)
    with Screen(browser, address, height=800) as screen:
        own = dropped(screen.open(), path)
        if brought.chosen:
            choose(own, brought.chosen)
        expect(own.get_by_text("2 rows, 2 can be drawn, 0 held back")).to_be_visible()
        own.get_by_role("button", name="Instead of them").click()
        require_drawn(screen, SECOND)
        screen.page.reload()
        require_drawn(screen, SECOND)
        screen.page.get_by_role("tab", name="Your data").click()
        expect(own.get_by_text(brought.name, exact=True)).to_be_visible()
        if brought.chosen:
            expect(own.get_by_role("combobox", name="Sheet")).to_have_value(brought.chosen)
        assert (screen.faults, screen.elsewhere) == ([], [])
