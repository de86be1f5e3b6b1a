"""Features of geographic files as rows: their properties as text, a point as `lat` and `lon`, any other shape kept as WKT, what is none as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import shapely

from geodata.intake.limits import require_columns, require_rows
from geodata.intake.sheet import LAT, LON, NOTHING, SHAPE, Sheet, column_names, text_column, text_frame
from geodata.reports import COLUMNS


def sheet(file: str, format: str, properties: Sequence[dict[str, object]], geometry: Sequence[shapely.Geometry | None], *,
          unread: Mapping[int, str] = NOTHING) -> Sheet:  # fmt: skip
    """Rows numbered as the features are, from 1; `unread` holds, by position, geometry that cannot be read, as text."""
    require_rows(file, len(properties))
    names = list(dict.fromkeys(str(name) for row in properties for name in row))
    require_columns(file, len(names))
    columns = {name: [text(row.get(old)) for row in properties] for old, name in zip(names, column_names(names), strict=True)}
    return placed(Sheet(format, text_frame(columns, range(1, len(properties) + 1))), geometry, unread)


def placed(sheet: Sheet, geometry: Sequence[shapely.Geometry | None], unread: Mapping[int, str] = NOTHING) -> Sheet:
    """The sheet with its geometry in columns, `unread` as it is; our own exports say where they are in words already."""
    if set(COLUMNS) <= set(sheet.frame.columns) or not (unread or any(shape is not None for shape in geometry)):
        return sheet
    shapes = _plain(geometry)
    points = shapely.get_type_id(shapes) == 0
    sheet.frame[LAT] = pd.Series([f"{shape.y:.10g}" if point else "" for shape, point in zip(shapes, points, strict=True)], dtype="str")
    sheet.frame[LON] = pd.Series([f"{shape.x:.10g}" if point else "" for shape, point in zip(shapes, points, strict=True)], dtype="str")
    others = ~points & (shapes != None)  # noqa: E711  the comparison is of every element
    if others.any() or unread:
        told = [shapely.to_wkt(shape, rounding_precision=6) if other else "" for shape, other in zip(shapes, others, strict=True)]
        sheet.frame[SHAPE] = text_column([unread.get(row, wkt) for row, wkt in enumerate(told)])
    return sheet


def _plain(geometry: Sequence[shapely.Geometry | None]) -> np.ndarray:
    """None for what is empty, and a point for whatever has but one position."""
    shapes = np.array(list(geometry), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    single = (shapely.get_num_coordinates(shapes) == 1) & (shapely.get_type_id(shapes) != 0)
    shapes[single] = shapely.points(shapely.get_coordinates(shapes[single]))
    return shapes


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
