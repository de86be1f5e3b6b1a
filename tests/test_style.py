"""The palette holds for colour-blind readers and in grey, and what must be read has contrast."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from dashboard import style

FILLS = {**{name: bloc.tint for name, bloc in style.BLOCS.items()}, "land": style.LAND, "water": style.WATER}
EYES = {
    "normal": None, "deuteranopia": {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100},
    "protanopia": {"name": "sRGB1+CVD", "cvd_type": "protanomaly", "severity": 100},
    "tritanopia": {"name": "sRGB1+CVD", "cvd_type": "tritanomaly", "severity": 100},
}  # fmt: skip


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def luminance(colour: str) -> float:
    linear = np.where(rgb(colour) <= 0.03928, rgb(colour) / 12.92, ((rgb(colour) + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, eye: str) -> np.ndarray:
    return rgb(colour) if EYES[eye] is None else np.clip(cspace_convert(rgb(colour), EYES[eye], "sRGB1"), 0, 1)


@pytest.mark.parametrize("eye", EYES)
def test_fills_stay_apart(eye):
    for (one, a), (other, b) in combinations(FILLS.items(), 2):
        assert deltaE(seen(a, eye), seen(b, eye), input_space="sRGB1", uniform_space="CAM02-UCS") >= 7, (one, other)


def test_fills_of_blocs_stay_apart_in_grey():
    lightness = {name: cspace_convert(rgb(colour), "sRGB1", "CIELab")[0] for name, colour in FILLS.items()}
    for one, other in combinations(FILLS, 2):
        assert abs(lightness[one] - lightness[other]) >= 3, (one, other)


@pytest.mark.parametrize("bloc", style.BLOCS.values(), ids=style.BLOCS)
def test_symbols_and_text_have_contrast(bloc):
    assert contrast(style.INK, bloc.tint) >= 4.5
    assert contrast(bloc.edge, style.LAND) >= 4.5
    assert contrast(bloc.glyph, bloc.hue) >= 3


@pytest.mark.parametrize("colour", [style.TEXT, style.TEXT_SOFT, style.RIVER_NAME, style.ALARM, style.ACTION, style.COUNTRY_NAME])
def test_text_has_contrast_on_white_and_land(colour):
    assert contrast(colour, "#FFFFFF") >= 4.5
    assert contrast(colour, style.LAND) >= 4.5
