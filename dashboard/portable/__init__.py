"""A scene as one HTML file that needs nothing else: the interactive map, its records, table, sources and text, opened from the disk."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import version

from dashboard import seal
from dashboard.layers import bloc_order, layers
from dashboard.panels.markup import Child, Html, inner, tag
from dashboard.portable import envelope, parts
from dashboard.portable.faces import faces
from dashboard.portable.icons import Icons
from dashboard.portable.reach import Reach, reach
from dashboard.portable.records import KINDS, places, records
from dashboard.portable.shapes import coarse, packed
from dashboard.scene import Scene
from dashboard.selection import index
from dashboard.webdata import Json, data_files, rows
from dashboard.webmap import KEYED, patch
from dashboard.webmarks import lit
from geodata.atlas import Atlas

MOST = 5000
"""most events of one file: it has a record for each, and stays a file that can be sent"""

WORLD = 250
"""steps per degree of the world's countries: 440 m, where their own error is kilometres; a near look takes the finer ones"""


class TooManyError(ValueError):
    """More events than one file can hold; the text says how many."""


def html(scene: Scene, atlas: Atlas) -> bytes:
    """The file, sealed; TooManyError when the timeline reaches more events than it can hold."""
    reached = reach(atlas, scene)
    if len(reached.events) > MOST:
        raise TooManyError(f"the timeline reaches {len(reached.events):,} events and a portable map holds at most {MOST:,}; "
                           "a shorter span or a filter would be right")  # fmt: skip
    body = _body(reached)
    styles = (faces(body + "".join(envelope.frame_scripts())), (envelope.STATIC.parent / "panels" / "page.css").read_text(encoding="utf-8"),
              envelope.own("portable.css"))  # fmt: skip
    made = envelope.document(head=_head(reached, styles, seal.token(_sealed(atlas, reached))), body=body)
    return seal.close(made.encode())


def _sealed(atlas: Atlas, reached: Reach) -> seal.Seal:
    """The seal: the view as it was asked for, and every report in reach."""
    told = replace(reached.shown, marking=reached.marking)
    return seal.seal(atlas, told, reports=reached.reports)


def _head(reached: Reach, styles: tuple[str, ...], token: str) -> Html:
    """The seal has a block of its own, which no text from a file can look like."""
    shown, mark = reached.shown, reached.marking
    scripts = (*envelope.frame_scripts(), _page_script())
    return inner(
        Html('<meta charset="utf-8">'), Html(f'<script type="application/json" id="panj-seal">{{"seal":"{token}"}}</script>'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{envelope.policy(scripts, (*styles, *envelope.frame_styles()))}">'),
        envelope.meta(viewport="width=device-width, initial-scale=1", referrer="no-referrer", generator=f"panj {version('panj')}", marking=mark,
                      description=f"{mark}. {shown.title}, {shown.subtitle}. {shown.counts_line}"),
        tag("title", f"{mark} \N{EM DASH} {shown.title}, {shown.subtitle}"), *(envelope.style(text) for text in styles),
    )  # fmt: skip


def _body(reached: Reach) -> Html:
    icons, shown = Icons(), reached.shown
    page = tag("div", icons.shared(_side(reached)), _main(reached, icons), id="portable-page")
    kept = Html("\n".join(icons.shared(made) for made in records(reached)))
    return inner(
        parts.banner(reached.marking, "top"), icons.drawings(), page, parts.banner(reached.marking, "bottom"), kept, *_data(reached),
        tag("noscript", tag("p", f"Without scripts there is no map; the events, sources and the text of {shown.title} can be read.")),
        envelope.script(_page_script()),
    )  # fmt: skip


def _page_script() -> str:
    return envelope.own("sorting.js") + envelope.own("portable.js")


def _main(reached: Reach, icons: Icons) -> Html:
    record = tag("section", cls="panj-piece panj-record", id="portable-record", aria_label="Record", tabindex=-1)
    stage = tag("div", envelope.frame("Map and timeline"), record, id="portable-stage")
    heading = tag("div", parts.heading(reached.shown), cls="panj-piece panj-header")
    below = tag("div", icons.shared(parts.tabs(reached)), cls="panj-piece panj-listing", id="portable-listing")
    foot = tag("footer", tag("p", reached.shown.disclaimer), tag("p", reached.shown.credits))
    return tag("main", heading, stage, below, foot)


def _side(reached: Reach) -> Html:
    """What the file is, every record by name, and the switches of the layers."""
    return tag("aside", parts.about(reached.atlas, len(reached.events)), parts.offered(reached, places(reached.atlas), KINDS),
               tag("fieldset", tag("legend", "Layers"), _switches(reached), id="portable-layers"), cls="panj-piece panj-filters",
               aria_label="Layers and records")  # fmt: skip


def _switches(reached: Reach) -> Child:
    on, titles = set(reached.shown.view.layers), {layer.key: layer.title for layer in layers(reached.atlas)} | {"events": "Events"}
    order = [*bloc_order(reached.atlas), "borders", "zones", "bases", "events", "regions", "rivers", "places"]
    there = [key for key in order if key in titles and (key != "events" or "events" in on)]
    return [parts.layer(key, titles[key], on=key in on) for key in there]


def _data(reached: Reach) -> list[Html]:
    """What the scripts read."""
    theatre, _, detail = (json.loads(content) for content in data_files(reached.atlas).values())
    theatre["countries"] = coarse(theatre["countries"], WORLD)
    blocks = {"theatre": packed(theatre), "rows": rows(reached.atlas), theatre["detail"] or "detail": packed(detail), "portable": _told(reached)}
    return [envelope.data(f"panj-{name}", value) for name, value in blocks.items()]


def _told(reached: Reach) -> Json:
    """The first patch for the map, and the words that change with the window."""
    shown = reached.shown
    return {
        "patch": _patch(reached), "window": shown.subtitle, "counts": shown.counts_line, "asof": shown.as_of_line,
        "lit": _lit(reached.atlas), "held": f" Held back: {shown.counts.held_back:,}." if shown.counts.held_back else "",
    }  # fmt: skip


def _lit(facts: Atlas) -> dict[str, str]:
    """The rows in which each country or party takes part, as the patch for it would have them."""
    names = {f"{kind}:{party}" for row in index(facts).parties for party in row for kind in ("country", "party")} & set(places(facts))
    return {name: lit(facts, name) for name in sorted(names)}


def _patch(reached: Reach) -> Json:
    """The patch the dashboard would send, for the rows in reach; their numbers hold in every window."""
    every = replace(reached.shown, eligible=reached.eligible)
    made = patch(reached.atlas, every, serial=1, fit={"n": 1, "box": list(reached.shown.box)}, theatre_url="theatre", rows_url="rows")
    names = [feature.id.removeprefix("event:") for feature in reached.events]
    numbers = {name: number for number, name in enumerate(names, 1)} if len(names) <= KEYED else {}
    changed = {name: mark for name, mark in made["changed"].items() if name in set(names)}
    there = made["selected"] in {*(feature.id for feature in reached.events), *reached.others, *places(reached.atlas)}
    return {**made, "span": list(reached.span), "numbers": numbers, "changed": changed, "selected": made["selected"] if there else ""}


__all__ = ["MOST", "TooManyError", "html"]
