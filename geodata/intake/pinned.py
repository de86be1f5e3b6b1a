"""Features of geographic files as rows: their properties as text, a point as `lat` and `lon`, any other shape kept as WKT."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import shapely

from geodata.intake.limits import require_columns, require_rows
from geodata.intake.sheet import LAT, LON, SHAPE, Sheet, column_names, text_frame
from geodata.reports import COLUMNS


def sheet(file: str, format: str, properties: Sequence[dict[str, object]], geometry: Sequence[shapely.Geometry | None], *, first: int = 1) -> Sheet:
    """Rows numbered as the features are, from `first`."""
    require_rows(file, len(properties))
    names = list(dict.fromkeys(str(name) for row in properties for name in row))
    require_columns(file, len(names))
    columns = {name: [text(row.get(old)) for row in properties] for old, name in zip(names, column_names(names), strict=True)}
    numbers = range(first, first + len(properties))
    return placed(Sheet(format, text_frame(columns, numbers)), geometry)


def placed(sheet: Sheet, geometry: Sequence[shapely.Geometry | None]) -> Sheet:
    """The sheet with its geometry in columns; our own exports say where they are in words already."""
    if set(COLUMNS) <= set(sheet.frame.columns) or not any(shape is not None for shape in geometry):
        return sheet
    shapes = np.array(list(geometry), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    points = shapely.get_type_id(shapes) == 0
    sheet.frame[LAT] = pd.Series([f"{shape.y:.10g}" if point else "" for shape, point in zip(shapes, points, strict=True)], dtype="str")
    sheet.frame[LON] = pd.Series([f"{shape.x:.10g}" if point else "" for shape, point in zip(shapes, points, strict=True)], dtype="str")
    others = ~points & (shapes != None)  # noqa: E711  the comparison is of every element
    if others.any():
        sheet.frame[SHAPE] = pd.Series(
            [shapely.to_wkt(shape, rounding_precision=6) if other else "" for shape, other in zip(shapes, others, strict=True)], dtype="str"
        )
    return sheet


def text(value: object) -> str:
    """A property as text; lists and objects as JSON."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    if isinstance(value, dict | list | tuple | np.ndarray):
        return json.dumps(value.tolist() if isinstance(value, np.ndarray) else value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.hex()
    return str(value).strip()


def texts(values: Iterable[object]) -> list[str]:
    """Properties as text."""
    return [text(value) for value in values]
