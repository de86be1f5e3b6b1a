"""The title and the as-of line that a view has of itself: sober, and true of its filters, frame and selection."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from dashboard import words
from dashboard.occurrences import Occurrences
from dashboard.selection import index, known_day, shading_day
from dashboard.view import Box, View
from geodata import days
from geodata.atlas import Atlas
from geodata.days import INF

NAMED = 3
"""names that are listed; of more the first ones, and how many there are besides"""

_THINGS = {"country": ("countries", "code"), "zone": ("zones", "id"), "base": ("bases", "id"), "region": ("regions", "id")}


def title(atlas: Atlas, view: View, shown: Occurrences) -> str:
    """`CSTO and SCO around Afghanistan`; then what the filters let through and what is selected, when anything is."""
    names = atlas.table("blocs").set_index("id")["name"]
    shaded = [names[bloc] for bloc in names.index if bloc in view.layers]
    head = " ".join(part for part in (words.listed(shaded) or "Events", _around(atlas, view)) if part)
    selected = _selected(atlas, view, shown)
    elsewhere = view.box and not selected and not _meets_centre(atlas, view.box)
    told = [*_filters(atlas, view), *([_degrees(view.box)] if elsewhere else [])]
    return ", ".join([head, *told]) + (f": {selected}" if selected else "")


def as_of_line(atlas: Atlas, view: View) -> str:
    """Of which day the background is, and which reports are used."""
    told = f"Known on {words.words(view.known)}: {_left_out(atlas, view)}" if view.known else "Reports of any day are used."
    return f"As of {words.words(days.from_number(shading_day(view)))} (blocs and borders). {told}"


def _left_out(atlas: Atlas, view: View) -> str:
    """How many reports of the file a knowledge day leaves out."""
    look = index(atlas)
    of_any = look.reported[~look.furniture]
    undated = int((of_any >= INF).sum())
    later = int((of_any > known_day(view)).sum()) - undated
    said = [f"{words.count(later, 'report')} that came later"] if later else []
    said += [f"{f'{undated:,}' if said else words.count(undated, 'report')} of unknown day"] if undated else []
    return f"{words.listed(said)} {'is' if later + undated == 1 else 'are'} left out." if said else "no report came later."


def _around(atlas: Atlas, view: View) -> str:
    """`around Afghanistan`, unless the frame shows nothing of it."""
    centre = sorted({atlas.country_names[code] for code in atlas.centre})
    return f"around {words.listed(centre)}" if centre and (view.box is None or _meets_centre(atlas, view.box)) else ""


def _meets_centre(atlas: Atlas, box: Box) -> bool:
    """Whether a frame, which may cross the date line, shows something of the theatre's centre; a theatre without one has no say."""
    shapes = atlas.countries.geometry[atlas.countries["code"].isin(atlas.centre)]
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    frame = shapely.union_all([shapely.box(left, south, right, north) for left, right in parts])
    return not len(shapes) or bool(shapes.intersects(frame).any())


def _degrees(box: Box) -> str:
    """`10° S to 20° N, 170° E to 150° W`."""
    west, south, east, north = box

    def _said(value: float, sides: str) -> str:
        return f"{abs(value):.4g}\N{DEGREE SIGN}" + (f" {sides[value > 0]}" if value else "")

    return f"{_said(south, 'SN')} to {_said(north, 'SN')}, {_said(west, 'WE')} to {_said(east, 'WE')}"


def _filters(atlas: Atlas, view: View) -> list[str]:
    """Every filter that is set, in a few words."""
    kinds, sources = atlas.table("kinds").set_index("id")["plural"], atlas.sources["publisher"]
    blocs = {**atlas.table("blocs").set_index("id")["name"], "none": "no bloc"}
    said = [
        (view.kinds, lambda names: _listed([kinds.get(name, name).lower() for name in names])),
        (view.status, lambda names: f"only {_listed([words.STATUS.get(name, name) for name in names])}"),
        (view.blocs, lambda names: f"of {_listed([blocs.get(name, name) for name in names])}"),
        (view.party, lambda names: f"with {_listed([atlas.party_names.get(name, name).partition(' (')[0] for name in names])}"),
        (view.source, lambda names: f"reported by {_listed(list(dict.fromkeys(sources.get(name, name) for name in names)))}"),
        (view.grade, lambda grade: f"graded {grade} or better"),
        (view.near, lambda near: f"within {near[1]:g} km of the {_border(atlas, near[0])} border"),
        (view.q.strip(), lambda text: f"matching \N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"),
    ]
    return [say(value) for value, say in said if value]


def _listed(names: Sequence[str]) -> str:
    return words.few(names, NAMED)


def _border(atlas: Atlas, pair: str) -> str:
    return atlas.borders.loc[atlas.borders["pair"] == pair, "name"].iloc[0].replace("-", "\N{EN DASH}")


def _selected(atlas: Atlas, view: View, shown: Occurrences) -> str:
    """The name of what is selected; of an event only when it is drawn, so that no title tells of what a filter or its marking keeps away."""
    kind, _, key = view.id.partition(":")
    if kind == "event":
        place = shown.positions.get(view.id)
        return index(atlas).columns["title"][shown.rows[place]] if place is not None else ""
    if kind == "border":
        return f"{_border(atlas, key)} border"
    if kind == "party":
        return atlas.party_names.get(key, key)
    name, column = _THINGS.get(kind, ("", ""))
    frame = getattr(atlas, name) if name else None
    found = frame.loc[frame[column] == key, "name"] if frame is not None else ()
    return str(found.iloc[0]) if len(found) else ""
