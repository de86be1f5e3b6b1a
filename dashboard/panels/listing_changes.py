"""The changes tab: what reads differently since an earlier knowledge day, or since an earlier version of the file."""

from __future__ import annotations

import re

from dashboard.changes import Change
from dashboard.panels.markup import Child, Html, button, inner, pick, tag, void
from dashboard.scene import Scene
from geodata.atlas import Atlas

PARTY = re.compile(r"\b([A-Z][A-Z_]{2,}) \(")


def changes(atlas: Atlas, shown: Scene, earlier: str = "") -> Html:
    """The two ways to compare and what they find; `earlier` = name of the earlier file, when one was chosen."""
    since = shown.view.since.isoformat() if shown.view.since else ""
    day = tag("label", "Compared with what was known on ", void("input", type="date", value=since, data_field="since", data_focus="since"),
              cls="panj-since")  # fmt: skip
    return inner(day, _file(earlier), _found(atlas, shown) if since or earlier else tag("p", "No earlier day or file is chosen.", cls="panj-soft"))


def _file(earlier: str) -> Html:
    choose = tag("label", "or with an earlier version of the events file ",
                 void("input", type="file", accept=".csv", data_file="since_file", data_focus="since-file"), cls="panj-since")  # fmt: skip
    if not earlier:
        return choose
    return tag("p", "Compared with the file ", tag("b", earlier), ". ", button("Leave it", cls="panj-small", data_act='{"do":"since_file"}',
                                                                               data_focus="since-file"))  # fmt: skip


def _found(atlas: Atlas, shown: Scene) -> Child:
    if not shown.changes:
        return tag("p", "Nothing in this view reads differently.", cls="panj-soft")
    return tag("ul", *(_line(change, atlas.party_names) for change in shown.changes))


def _line(change: Change, names: dict[str, str]) -> Html:
    fields = (tag("li", f"{name}: ", tag("del", _named(was, names) or "nothing"), " ", tag("ins", _named(now, names) or "nothing"))
              for name, was, now in change.fields)  # fmt: skip
    return tag("li", pick(change.id, change.title), tag("span", ", ".join(change.what), cls="panj-badge"), tag("ul", *fields))


def _named(text: str, names: dict[str, str]) -> str:
    """`TJK (chair)` with the party's name."""
    return PARTY.sub(lambda found: f"{names.get(found[1], found[1])} (", text)
