"""The records of everything a portable map can select, written by the very panels of the dashboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.panels.markup import Html, tag
from dashboard.panels.record import record
from dashboard.portable.reach import Reach
from dashboard.scene import Scene
from geodata.atlas import Atlas

REPEATED = re.compile(r'(href="([^"]*)"[^>]*) title="\2"')
SENT = re.compile(r'<button type="button" class="panj-button" data-copy="[^"]*"[^>]*>[^<]*</button>')
KINDS = {"border": "Borders", "zone": "Ranges", "base": "Bases", "region": "Regions", "country": "Countries", "party": "Parties"}
"""kinds of records beside events, and what a list of them is called"""


def records(reach: Reach) -> Iterator[Html]:
    """One inert element per record, and the one for nothing selected.

    Events are told with the whole timeline, so that each has its number; places with the view's own window and day, which they name.
    """
    yield _record(reach.atlas, reach.shown, "")
    for name in (*(feature.id for feature in reach.events), *reach.others):
        yield _record(reach.atlas, reach.whole, name)
    for name in places(reach.atlas):
        yield _record(reach.atlas, reach.shown, name)


def _record(atlas: Atlas, told: Scene, name: str) -> Html:
    """Without what only a served page can do, and without addresses told twice."""
    made = record(atlas, replace(told, view=replace(told.view, id=name)))
    return tag("template", Html(REPEATED.sub(r"\1", SENT.sub("", made))), data_record=name)


def places(atlas: Atlas) -> dict[str, str]:
    """Names of everything that is no event, by id: `border:AFG-TJK`, `country:IRN`, ..."""
    tables = (("border", atlas.borders, "pair"), ("zone", atlas.zones, "id"), ("base", atlas.bases, "id"), ("region", atlas.regions, "id"),
              ("country", atlas.countries, "code"), ("party", atlas.table("parties"), "id"))  # fmt: skip
    return {f"{kind}:{key}": name for kind, frame, column in tables for key, name in zip(frame[column], frame["name"], strict=True)}
