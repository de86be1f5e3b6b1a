"""What of the legend a page draws, on its map, in its inset or in its key: the Scene lists what the view draws anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.page import basemap, fills
from dashboard.page.borders import held_side
from dashboard.page.symbols import Sign
from dashboard.page.theatre import Theatre
from dashboard.scene import LegendEntry, Scene

CROWD = LegendEntry("kinds", "kind:crowd", "several places as one: \N{MULTIPLICATION SIGN}exact + inexact events")


def entries(theatre: Theatre, scene: Scene) -> tuple[LegendEntry, ...]:
    """Those of the Scene's that the page draws, and what only a page has; to be asked when the key is drawn too."""
    keys = {*_signs(theatre.sheet.signs), *_fills(theatre, scene), *_places(theatre), *_lines(theatre, scene)}
    drawn = [entry for entry in scene.legend if _key(entry) in keys]
    crowd = [CROWD] if CROWD.key in keys else []
    at = next((i for i, entry in enumerate(drawn) if entry.layer not in ("blocs", "kinds")), len(drawn))
    return (*drawn[:at], *crowd, *drawn[at:])


def _key(entry: LegendEntry) -> str:
    """Members of the same blocs alike, in whatever order they stand."""
    what, _, name = entry.key.partition(":")
    return _members(name.split("+")) if what == "member" else entry.key


def _members(blocs: Iterable[str]) -> str:
    return f"member:{'+'.join(sorted(blocs))}"


def _signs(signs: Iterable[tuple[Sign, bool]]) -> Iterator[str]:
    """What the symbols drawn, with or without their rings, show."""
    for sign, ringed in signs:
        if sign.kind == "base":
            yield "base"
            continue
        yield f"kind:{sign.kind}"
        yield from (f"colour:{bloc}" for bloc in sign.blocs or ("none",))
        yield f"status:{sign.status}"
        told = {"certainty:possible": sign.possible, "certainty:ahead": sign.ahead, "form:virtual": sign.virtual,
                f"changed:{sign.changed}": sign.changed, f"credibility:{sign.credibility}": ringed and sign.credibility}  # fmt: skip
        yield from (key for key, shows in told.items() if shows)


def _fills(theatre: Theatre, scene: Scene) -> Iterator[str]:
    held, codes = fills.standings(scene), _countries(theatre)
    disputed = set(theatre.atlas.countries.code[theatre.atlas.countries.disputed])
    if codes & disputed:
        yield "disputed"
    for members, others in (held[code] for code in codes - disputed if code in held):
        yield _members(members)
        yield from (f"observer:{bloc}" for bloc in others)
    if codes & {change.country for change in scene.differences}:
        yield "compare"


def _countries(theatre: Theatre) -> set[str]:
    """Codes of what the map or the inset shows."""
    maps = [(theatre.areas, theatre.chart)] + ([(theatre.locator.shapes, theatre.locator.chart)] if theatre.locator else [])
    return {code for shapes, chart in maps for code, seen in zip(shapes, chart.within(list(shapes.values())), strict=True) if seen}


def _places(theatre: Theatre) -> Iterator[str]:
    for zone in theatre.ranges:
        if theatre.chart.within([zone.ring])[0]:
            yield "form:ring" if zone.events else "zone"
    if theatre.chart.within(theatre.bands).any():
        yield "form:border"
    if any(group.form == "margin" for group in theatre.groups):
        yield "form:margin"
    if theatre.locator:
        yield from theatre.locator.forms


def _lines(theatre: Theatre, scene: Scene) -> Iterator[str]:
    chart, names = theatre.chart, theatre.atlas.country_names
    lines = [border for border in theatre.lines if chart.within([border.line])[0]]
    yield from basemap.crossing(chart, theatre.atlas, rivers=scene.layer("rivers") is not None)
    if any(border.feature.emphasis for border in lines):
        yield "line:emphasis"
    if any(held_side(border.feature.status, border.pair, names) in theatre.areas for border in lines):
        yield "control"
    if theatre.regions:
        yield "line:region"
    if chart.within([theatre.near])[0]:
        yield "line:distance"
    if theatre.locator:
        yield "line:boundary"
    if chart.within([theatre.chosen])[0] or scene.view.id in {base.id for base in theatre.towers}:
        yield "selected"
