"""The README's pictures of every symbol and line style, drawn by the page's own hands."""

from __future__ import annotations

from pathlib import Path

from dashboard import words
from dashboard.layers import bloc_order
from dashboard.legend import CHANGED, PLACES, STATUSES
from dashboard.page import lettering, picture, swatches
from dashboard.page.paper import Paper
from dashboard.page.sheet import Sheet
from dashboard.scene import LegendEntry
from dashboard.style import INK
from geodata.atlas import Atlas, load

DPI, PT, PITCH, WIDE, EDGE = 144, 9.0, 5.2, 190.0, 2.0
"""of the pictures; points, mm from line to line, mm"""


def groups(atlas: Atlas) -> dict[str, list[LegendEntry]]:
    """Every entry that a legend can have, by the name of its picture."""
    names = atlas.table("blocs").set_index("id")["name"]
    kinds = atlas.table("kinds")
    blocs = [LegendEntry("blocs", f"member:{bloc}", f"{names[bloc]} member") for bloc in bloc_order(atlas)]
    blocs += [LegendEntry("blocs", "member:csto+sco", "member of CSTO and SCO"), LegendEntry("blocs", "observer:sco", "SCO observer or partner"),
              LegendEntry("blocs", "disputed", "status not agreed")]  # fmt: skip
    return {
        "blocs": blocs,
        "kinds": [LegendEntry("kinds", f"kind:{kind}", name) for kind, name in zip(kinds["id"], kinds["name"], strict=True)],
        "colour": [LegendEntry("colour", f"colour:{bloc}", name) for bloc, name in {**names[bloc_order(atlas)], "none": "no bloc named"}.items()],
        "status": [LegendEntry("status", f"status:{status}", label) for status, label in STATUSES.items()]
        + [LegendEntry("status", "certainty:possible", "date only possible"), LegendEntry("status", "certainty:ahead", "planned for later")],
        "credibility": [LegendEntry("credibility", f"credibility:{value}", f"{value} {told}") for value, told in words.CREDIBILITY.items()],
        "places": [LegendEntry("places", f"form:{form}", label) for form, label in PLACES.items()]
        + [LegendEntry("places", "zone", "exercise range, place guessed"), LegendEntry("places", "base", "military base")],
        "lines": [LegendEntry("lines", key, label) for key, label in LINES.items()],
        "changes": [LegendEntry("changes", f"changed:{mark}", kind) for kind, mark in CHANGED.items()],
    }  # fmt: skip


LINES = {
    "line:emphasis": "border of Afghanistan, named", "control": "held by Taliban on this side", "line:region": "named region",
    "line:boundary": "international boundary", "line:disputed": "boundary disputed or indefinite", "line:line_of_control": "line of control",
    "line:river": "river", "line:distance": "distance from a border", "compare": "standing differs from another day",
}  # fmt: skip


def drawn(entries: list[LegendEntry]) -> bytes:
    """A PNG with the entries in columns, read down."""
    scale = PT / 6.3
    wide = max(swatches.width(entry) * scale + lettering.width(entry.label, PT) for entry in entries) + 6
    columns = max(1, int((WIDE - 2 * EDGE) / wide))
    rows = -(-len(entries) // columns)
    sheet = Sheet(Paper("", WIDE, rows * PITCH + 2 * EDGE))
    for number, entry in enumerate(entries):
        x, y = EDGE + (number // rows) * wide, EDGE + (number % rows + 0.5) * PITCH
        swatches.draw(sheet, entry, x, y, scale)
        sheet.text(x + swatches.width(entry) * scale, y + 0.33 * PT * lettering.MM_PER_PT, entry.label, PT, colour=INK)
    return picture.png(picture.figure(sheet, DPI), DPI, {"Software": "panj"})


def make(folder: Path) -> None:
    """Write every picture into a folder."""
    for name, entries in groups(load()).items():
        (folder / f"symbols-{name}.png").write_bytes(drawn(entries))


if __name__ == "__main__":
    make(Path(__file__).parent)
