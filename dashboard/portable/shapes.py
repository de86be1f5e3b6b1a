"""Shapes in few letters: every line as whole numbers, each the difference from the one two places before it."""

from __future__ import annotations

from typing import Any

import numpy as np

FINENESS = (1_000, 10_000)
"""steps per degree: the first in which a shape is exact"""


def packed(value: Any) -> Any:
    """The same data with every GeoJSON geometry written as steps: `by` = steps per degree, lines flat (lon, lat, then differences)."""
    if isinstance(value, list):
        return [packed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "coordinates" in value:
        return value if "by" in value else _geometry(value)
    return {key: packed(item) for key, item in value.items()}


def coarse(collection: dict[str, Any], by: int) -> dict[str, Any]:
    """A GeoJSON collection in steps of 1/`by` degree, whatever is lost by it; neighbours still share their edges."""
    features = [{**feature, "geometry": feature["geometry"] and _geometry(feature["geometry"], by)} for feature in collection["features"]]
    return {**collection, "features": features}


def _geometry(value: dict[str, Any], by: int = 0) -> dict[str, Any]:
    if value["type"] in ("Point", "MultiPoint"):
        return value
    by = by or next((steps for steps in FINENESS if all(_exact(line, steps) for line in lines(value["coordinates"]))), FINENESS[-1])
    return {**value, "by": by, "coordinates": _steps(value["coordinates"], by)}


def lines(nested: list) -> list[np.ndarray]:
    """Every line of nested coordinates, (n, 2)."""
    if nested and isinstance(nested[0][0], int | float):
        return [np.asarray(nested, float)]
    return [line for part in nested for line in lines(part)]


def _exact(line: np.ndarray, by: int) -> bool:
    return bool((np.round(line * by) / by == line).all())


def _steps(nested: list, by: int) -> list:
    if nested and isinstance(nested[0][0], int | float):
        whole = np.round(np.asarray(nested, float) * by).astype(int)
        return np.vstack([whole[:1], np.diff(whole, axis=0)]).ravel().tolist()
    return [_steps(part, by) for part in nested]
