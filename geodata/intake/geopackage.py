"""GeoPackage: a layer read by SQLite in memory, tables only; no view, no trigger, no other file takes part."""

from __future__ import annotations

import sqlite3
import time

import shapely

from geodata.intake import pinned, projected
from geodata.intake.limits import COLUMNS, ROWS, refused
from geodata.intake.sheet import Sheet, others

SECONDS = 10.0
"""longest time a query may take"""

ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""bytes of the box before a shape, by its kind"""

UNDEFINED = ("NONE", "GDAL")
"""organizations whose coordinate systems stand for none: those of the format itself, and of the program that writes most such files"""

ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_FUNCTION}


def read(file: str, content: bytes, *, sheet: str = "") -> Sheet:
    """The layer named, else the first. Raises TableError."""
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(_quiet(content))
        base.execute("PRAGMA trusted_schema = OFF")
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        base.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY)
        ends = time.monotonic() + SECONDS
        base.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
        return _layer(file, base, sheet)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        raise refused(file, f"is not a whole GeoPackage: {error}") from error
    finally:
        base.close()


def _quiet(content: bytes) -> bytes:
    """The file as one that is in no journal mode of several files, which memory does not have."""
    return content[:18] + b"\x01\x01" + content[20:]


def _layer(file: str, base: sqlite3.Connection, wanted: str) -> Sheet:
    tables = {
        name
        for name, sql in base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not str(sql).upper().startswith("CREATE VIRTUAL")
    }
    if "gpkg_contents" not in tables:
        raise refused(file, "is an SQLite database, but no GeoPackage")
    order = "ORDER BY data_type <> 'features'"
    layers = [name for (name,) in base.execute(f"SELECT table_name FROM gpkg_contents {order}") if name in tables]
    if not layers or (wanted and wanted not in layers):
        there = f"; it has {', '.join(map(repr, layers))}" if layers else ""
        raise refused(file, f"has no layer {wanted!r}{there}" if wanted else "has no layer; a GeoPackage of events has one")
    chosen = wanted or layers[0]
    column, system = _geometry_column(base, chosen, tables)
    cursor = base.execute(f"SELECT * FROM {_quoted(chosen)} LIMIT {ROWS + 1}")
    names = [name for name, *_ in cursor.description]
    keys = {name for _, name, _, _, _, key in base.execute(f"PRAGMA table_info({_quoted(chosen)})") if key}
    rows = cursor.fetchall()
    at = names.index(column) if column in names else None
    properties = [
        {name: value for name, value in zip(names[: COLUMNS + 1], row, strict=False) if name != column and name not in keys} for row in rows
    ]
    shapes = [None if at is None else _shape(row[at]) for row in rows]
    unread = {i: pinned.text(row[at]) for i, row in enumerate(rows) if at is not None and row[at] is not None and shapes[i] is None}
    found = pinned.sheet(file, f"GeoPackage, layer {chosen!r}", properties, projected.degrees(file, shapes, system), unread=unread)
    found.notes += [*others("layers", layers, chosen), *projected.doubt(shapes, system)]
    found.sheets, found.sheet = tuple(layers), chosen
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _geometry_column(base: sqlite3.Connection, layer: str, tables: set[str]) -> tuple[str, str]:
    """The column of shapes and its coordinate system, both empty for a table without shapes."""
    if "gpkg_geometry_columns" not in tables:
        return "", ""
    row = base.execute("SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)).fetchone()
    if row is None:
        return "", ""
    system = base.execute("SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (row[1],)).fetchone()
    return row[0], f"{system[0]}:{system[1]}" if system and str(system[0]).upper() not in UNDEFINED else ""


def _shape(blob: object) -> shapely.Geometry | None:
    """A shape out of its GeoPackage wrapping; None for what cannot be read."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 13:
        return None
    return shapely.from_wkb(blob[8 + ENVELOPES.get(blob[3] >> 1 & 7, 0) :], on_invalid="ignore")
