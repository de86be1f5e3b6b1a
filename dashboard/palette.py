"""The colours of a theatre's blocs: its own, the shipped ones of the same id, or shipped ones that no bloc of it uses."""

from __future__ import annotations

from functools import lru_cache

from dashboard import style
from dashboard.style import INK, BlocStyle
from geodata.atlas import Atlas
from geodata.catalogue import COLOURS

SHIPPED = dict(style.BLOCS)
WHITE = "#FFFFFF"
LEAST = 3.0
"""contrast a glyph needs on its symbol"""


def order(atlas: Atlas) -> list[str]:
    """Blocs in the order in which colours are striped and symbols divided: the shipped ones first, others as their table has them."""
    known = list(atlas.table("blocs")["id"])
    return [bloc for bloc in SHIPPED if bloc in known] + [bloc for bloc in known if bloc not in SHIPPED]


@lru_cache(maxsize=8)
def colours(atlas: Atlas) -> dict[str, BlocStyle]:
    """Every bloc that has colours, in order; the others are drawn in neutral grey and told by their names."""
    blocs = atlas.table("blocs").set_index("id")
    own = {bloc: _own(*(blocs.loc[bloc, list(COLOURS)])) for bloc in blocs.index if blocs.loc[bloc, COLOURS[0]]}
    spare = iter(colour for bloc, colour in SHIPPED.items() if bloc not in blocs.index)
    given = {bloc: own.get(bloc) or SHIPPED.get(bloc) or next(spare, None) for bloc in order(atlas)}
    return {bloc: colour for bloc, colour in given.items() if colour}


def _own(tint: str, hue: str, edge: str) -> BlocStyle:
    return BlocStyle(tint, hue, edge, WHITE if contrast(WHITE, hue) >= LEAST else INK)


def contrast(one: str, other: str) -> float:
    """The ratio of luminances of two colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def use(atlas: Atlas) -> None:
    """Make every renderer of this process draw in this theatre's colours; a process shows one theatre."""
    wanted = {**SHIPPED, **colours(atlas)}
    if list(wanted.items()) != list(style.BLOCS.items()):
        style.BLOCS.clear()
        style.BLOCS.update(wanted)
