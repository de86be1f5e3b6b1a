"""Layers for geographic programs: GeoJSON, GeoPackage and GeoParquet, the papers inside the file."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import shapely

from geodata.outtake.extract import Extract
from geodata.outtake.text import FormatError, kept

_NUMBERS = {"lat": float, "lon": float, "radius_km": float, "credibility": int}
_NO_TIME = "2000-01-01T00:00:00Z"
"""stands for no time at all: the same rows give the same bytes"""


def _values(extract: Extract) -> dict[str, list[object]]:
    """Every column: numbers as numbers, None where there is none; all else text."""
    columns = zip(*extract.texts, strict=True) if extract.texts else [()] * len(extract.columns)
    return {name: [_value(name, text) for text in column] for name, column in zip(extract.columns, columns, strict=True)}


def _value(name: str, text: str) -> object:
    if name in _NUMBERS:
        return _NUMBERS[name](text) if text else None
    return kept(text)


def _papers(extract: Extract) -> dict[str, object]:
    return {**extract.about, "sources": extract.sources.to_dict("records"), "held_back_at": extract.held_back.to_dict("records")}


def geojson(extract: Extract) -> bytes:
    """A FeatureCollection; `panj` beside the features holds the marking, the sources and the counts."""
    columns = _values(extract)
    rows = zip(*columns.values(), strict=True) if columns else []
    features = [
        {"type": "Feature", "properties": dict(zip(columns, row, strict=True)), "geometry": shape and shapely.geometry.mapping(shape)}
        for row, shape in zip(rows, extract.shapes, strict=True)
    ]
    told = _papers(extract)
    return json.dumps({"type": "FeatureCollection", "panj": told, "features": features}, ensure_ascii=False).encode() + b"\n"


def parquet(extract: Extract) -> bytes:
    """GeoParquet; the papers are in its key `panj`."""
    buffer, content = io.BytesIO(), io.BytesIO()
    _frame(extract, _free("geometry", extract.columns)).to_parquet(buffer, index=False)
    table = pq.read_table(buffer)
    papers = {b"panj": json.dumps(_papers(extract), ensure_ascii=False).encode(), b"marking": str(extract.about.get("marking", "")).encode()}
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **papers}), content)
    return content.getvalue()


def geopackage(extract: Extract) -> bytes:
    """A GeoPackage with the layer `events` and the tables `sources`, `held_back` and `about`."""
    _require_columns(extract)
    nul = ((i, j) for i, row in enumerate(extract.texts) for j, text in enumerate(row) if "\0" in text)
    extract.refuse(".gpkg", nul, "holds a character NUL")
    about = pd.DataFrame([(name, str(value)) for name, value in extract.about.items()], columns=["what", "is"])
    marking = {"marking": str(extract.about.get("marking", ""))}
    with tempfile.TemporaryDirectory() as folder, _without_clock():
        path = Path(folder) / "panj.gpkg"
        options = {"FID": _free("fid", extract.columns), "GEOMETRY_NAME": _free("geom", extract.columns)}
        pyogrio.write_dataframe(_frame(extract, _free("geometry", extract.columns)), path, layer="events", driver="GPKG", geometry_type="Unknown",
                                layer_options=options, layer_metadata=marking, dataset_metadata=marking)  # fmt: skip
        for name, table in (("sources", extract.sources), ("held_back", extract.held_back), ("about", about)):
            pyogrio.write_dataframe(table.map(kept), path, layer=name, driver="GPKG")
        return path.read_bytes()


def _frame(extract: Extract, geometry: str) -> gpd.GeoDataFrame:
    """The rows with their shapes under a name that no column has."""
    columns = _values(extract)
    frame = pd.DataFrame({name: pd.array(values, dtype=_dtype(name)) for name, values in columns.items()})
    shapes = extract.shapes.reset_index(drop=True).rename(geometry)
    return gpd.GeoDataFrame(pd.concat([frame, shapes], axis=1), geometry=geometry, crs=shapes.crs)


def _dtype(name: str) -> str:
    return {float: "float64", int: "int64"}.get(_NUMBERS.get(name, str), "object")


def _free(name: str, columns: Iterable[str]) -> str:
    taken = {column.casefold() for column in columns}
    return next(free for free in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if free not in taken)


def _require_columns(extract: Extract) -> None:
    """A GeoPackage does not tell capitals from small letters, and every column has a name."""
    seen: dict[str, str] = {}
    for name in extract.columns:
        if not name:
            raise FormatError("a column has no name, which a .gpkg file cannot hold; .csv or .geojson would be right")
        if name.casefold() in seen:
            both = f"{seen[name.casefold()]!r} and {name!r}"
            raise FormatError(f"columns {both} differ only in capitals, which a .gpkg file cannot hold; .csv or .geojson would be right")
        seen[name.casefold()] = name


@contextmanager
def _without_clock() -> Iterator[None]:
    """No time of writing goes into the file."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
