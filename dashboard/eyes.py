"""Which entries of a legend look alike to a colour-blind reader, or printed in grey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

import numpy as np
from colorspacious import cspace_convert

from dashboard.scene import LegendEntry
from dashboard.style import LAND, NOT_AGREED, bloc_style

LEAST_COLOUR, LEAST_GREY = 7.0, 3.0
"""distance in CAM02-UCS, and in lightness (CIELAB), under which two colours count as alike"""

GREY = "in grey"
EYES = {
    "with deuteranopia": {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100},
    "with protanopia": {"name": "sRGB1+CVD", "cvd_type": "protanomaly", "severity": 100},
    "with tritanopia": {"name": "sRGB1+CVD", "cvd_type": "tritanomaly", "severity": 100},
}
"""how a reader sees, by the model of Machado, Oliveira and Fernandes (2009)"""

Swatch = tuple[str, tuple[str, ...]]
"""pattern and colours; only swatches of one pattern and as many colours can be taken for each other"""


def confusions(legend: Iterable[LegendEntry]) -> tuple[str, ...]:
    """One sentence per pair of entries that would be confused; none when all can be told apart."""
    return _confusions(tuple((entry.label, swatch) for entry in legend if (swatch := swatch_of(entry))))


@lru_cache(maxsize=32)
def _confusions(swatches: tuple[tuple[str, Swatch], ...]) -> tuple[str, ...]:
    """Kept, because colours change more rarely than views."""
    return tuple(alike(list(swatches)))


def swatch_of(entry: LegendEntry) -> Swatch | None:
    """What an entry is told by, where that is colour; shapes, rings and lines do not need it."""
    what, _, name = entry.key.partition(":")
    if what == "member":
        blocs = name.split("+")
        return ("stripes" if len(blocs) > 1 else "flat"), tuple(bloc_style(bloc).tint for bloc in blocs)
    if what == "observer":
        return "hatch", (bloc_style(name).hue,)
    if what == "disputed":
        return "flat, dashed rim", (NOT_AGREED,)
    return ("symbol", (bloc_style("" if name == "none" else name).hue,)) if what == "colour" else None


def alike(swatches: list[tuple[str, Swatch]]) -> Iterator[str]:
    """Sentences about the pairs of labelled swatches that cannot be told apart."""
    swatches = [*swatches, ("land without a bloc", ("flat", (LAND,)))]
    for (one, a), (other, b) in combinations(swatches, 2):
        if (a[0], len(a[1])) == (b[0], len(b[1])):
            eyes = [eye for eye in (*EYES, GREY) if _close(a[1], b[1], eye)]
            if eyes:
                yield f"{one} and {other} look alike {', '.join(eyes)}"


def _close(one: tuple[str, ...], other: tuple[str, ...], eye: str) -> bool:
    """Whether no colour of one differs enough from its counterpart."""
    return all(distance(a, b, eye) < (LEAST_GREY if eye == GREY else LEAST_COLOUR) for a, b in zip(one, other, strict=True))


def distance(one: str, other: str, eye: str) -> float:
    """How far two colours are apart as seen by `eye`."""
    rgb = np.array([[int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] for colour in (one, other)])
    if eye == GREY:
        light = cspace_convert(rgb, "sRGB1", "CIELab")[:, 0]
        return float(abs(light[0] - light[1]))
    seen = np.clip(cspace_convert(rgb, EYES[eye], "sRGB1"), 0, 1)
    return float(np.linalg.norm(np.subtract(*cspace_convert(seen, "sRGB1", "CAM02-UCS"))))
