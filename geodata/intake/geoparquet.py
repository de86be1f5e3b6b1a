"""GeoParquet, or plain Parquet with coordinates in columns; its size is known before it is unpacked."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geodata.intake import pinned, projected
from geodata.intake.limits import MEGABYTE, ZIP_BYTES, refused, require_columns, require_rows
from geodata.intake.sheet import Sheet, column_names, text_frame
from geodata.problems import TableError

BROKEN = (pa.ArrowException, OSError, ValueError, OverflowError, NotImplementedError, MemoryError)
"""what pyarrow raises for files that are not what they say"""


def read(file: str, content: bytes) -> Sheet:
    """A sheet of rows. Raises TableError."""
    try:
        source = pq.ParquetFile(io.BytesIO(content))
        _require_bounds(file, source.metadata)
        table = source.read()
        papers = json.loads((source.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        table.validate(full=True)
    except TableError:
        raise
    except BROKEN as error:
        raise refused(file, f"is not a whole Parquet file: {str(error)!r:.100}") from error
    geometry = str(papers.get("primary_column", "")) if isinstance(papers, dict) else ""
    names = [name for name in table.column_names if name != geometry]
    columns = {new: _texts(file, table.column(old)) for new, old in zip(column_names(names), names, strict=True)}
    sheet = Sheet("GeoParquet" if geometry else "Parquet", text_frame(columns, range(1, len(table) + 1)))
    if geometry not in table.column_names:
        return sheet
    blobs = _blobs(file, table.column(geometry))
    shapes = shapely.from_wkb(blobs, on_invalid="ignore")
    unread = {row: pinned.text(blob) for row, blob in enumerate(blobs) if blob is not None and shapes[row] is None}
    system = _system(papers, geometry)
    sheet.notes += projected.doubt(shapes, system) if system else []
    return pinned.placed(sheet, projected.degrees(file, list(shapes), system), unread)


def _texts(file: str, column: pa.ChunkedArray) -> list[str]:
    try:
        return pinned.texts(column.to_pylist())
    except BROKEN as error:
        raise refused(file, f"holds values that cannot be read: {str(error)!r:.100}") from error


def _require_bounds(file: str, about: pq.FileMetaData) -> None:
    require_rows(file, about.num_rows)
    require_columns(file, about.num_columns)
    size = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
    if size > ZIP_BYTES:
        raise refused(file, f"unpacks to {size / MEGABYTE:,.0f} MB; at most {ZIP_BYTES / MEGABYTE:,.0f} MB are unpacked")


def _blobs(file: str, column: pa.ChunkedArray) -> np.ndarray:
    if not pa.types.is_binary(column.type) and not pa.types.is_large_binary(column.type):
        raise refused(file, "holds its geometry in another way than WKB; GeoParquet 1.0 in WKB would be right")
    return pd.Series(column.to_pylist(), dtype=object).to_numpy()


def _system(papers: dict, geometry: str) -> str:
    """Its coordinate system as PROJJSON; none named means degrees, says the format."""
    columns = papers.get("columns")
    about = columns.get(geometry) if isinstance(columns, dict) else None
    told = about.get("crs") if isinstance(about, dict) else None
    return json.dumps(told) if isinstance(told, dict) else ""
