"""GeoParquet, or plain Parquet with coordinates in columns; its size is known before it is unpacked."""

from __future__ import annotations

import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.intake import pinned, projected
from geodata.intake.limits import MEGABYTE, ZIP_BYTES, refused, require_columns, require_rows
from geodata.intake.sheet import Sheet, column_names, text_frame


def read(file: str, content: bytes) -> Sheet:
    """A sheet of rows. Raises TableError."""
    try:
        source = pq.ParquetFile(io.BytesIO(content))
        _require_bounds(file, source.metadata)
        table = source.read()
        papers = json.loads((source.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
        if hasattr(error, "problems"):
            raise
        raise refused(file, f"is not a whole Parquet file: {str(error)!r:.100}") from error
    geometry = papers.get("primary_column", "") if isinstance(papers, dict) else ""
    names = [name for name in table.column_names if name != geometry]
    columns = {new: pinned.texts(table.column(old).to_pylist()) for new, old in zip(column_names(names), names, strict=True)}
    sheet = Sheet("GeoParquet" if geometry else "Parquet", text_frame(columns, range(1, len(table) + 1)))
    if geometry not in table.column_names:
        return sheet
    shapes = _shapes(file, table.column(geometry))
    return pinned.placed(sheet, projected.degrees(file, shapes, _system(papers, geometry)))


def _require_bounds(file: str, about: pq.FileMetaData) -> None:
    require_rows(file, about.num_rows)
    require_columns(file, about.num_columns)
    size = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    if size > ZIP_BYTES:
        raise refused(file, f"unpacks to {size / MEGABYTE:,.0f} MB; at most {ZIP_BYTES / MEGABYTE:,.0f} MB are unpacked")


def _shapes(file: str, column: pa.ChunkedArray) -> list[shapely.Geometry | None]:
    if not pa.types.is_binary(column.type) and not pa.types.is_large_binary(column.type):
        raise refused(file, "holds its geometry in another way than WKB; GeoParquet 1.0 in WKB would be right")
    try:
        return list(shapely.from_wkb(pd.Series(column.to_pylist(), dtype=object).to_numpy()))
    except shapely.errors.GEOSException as error:
        raise refused(file, f"holds geometry that cannot be read: {str(error)!r:.100}") from error


def _system(papers: dict, geometry: str) -> str:
    """Its coordinate system as PROJJSON; none named means degrees, says the format."""
    told = papers.get("columns", {}).get(geometry, {}).get("crs")
    return json.dumps(told) if isinstance(told, dict) else ""
