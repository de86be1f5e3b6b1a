"""ZIP archives: a workbook, a KMZ, a shapefile's parts, or one file packed."""

from __future__ import annotations

from geodata.intake import delimited, features, geopackage, placemarks, shapes
from geodata.intake.archives import Archive
from geodata.intake.limits import refused
from geodata.intake.sheet import Sheet, others

PACKED = {".csv": delimited.read, ".tsv": delimited.read, ".txt": delimited.read, ".geojson": features.read, ".json": features.read,
          ".kml": placemarks.read, ".gpkg": geopackage.read}  # fmt: skip
TABLES = (".csv", ".tsv", ".geojson", ".json", ".gpkg", ".parquet", ".xlsx", ".zip", ".kmz")
"""other tables an archive may hold beside documents or shapefiles"""


def read(file: str, content: bytes, *, sheet: str = "") -> Sheet:
    """The table in an archive. Raises TableError when there is none, or more than one."""
    archive = Archive(file, content)
    if "[Content_Types].xml" in archive.members:
        from geodata.intake import workbook  # openpyxl takes its time, and most files are no workbooks

        return workbook.read(file, content, archive, sheet=sheet)
    if "mimetype" in archive.members and archive.read("mimetype").startswith(b"application/vnd.oasis"):
        raise refused(file, "is an OpenDocument file; saved as .xlsx or .csv it would be right")
    if archive.ending(".shp"):
        return _with_others(shapes.read(archive, layer=sheet), archive.ending(".kml", *TABLES))
    if archive.ending(".kml"):
        return _with_others(_document(archive, sheet), archive.ending(*TABLES))
    return _packed(archive, sheet)


def _with_others(sheet: Sheet, names: list[str]) -> Sheet:
    """The sheet, with a sentence about tables of another kind beside it."""
    if names:
        sheet.notes.append(f"{', '.join(map(repr, names))} in the archive {'were' if len(names) > 1 else 'was'} not read; by itself it would be")
    return sheet


def _document(archive: Archive, wanted: str) -> Sheet:
    """The KML named, else the one a KMZ opens with: `doc.kml`, else its first at the top."""
    names = archive.ending(".kml")
    if wanted and wanted not in names:
        raise refused(archive.file, f"has no document {wanted!r}; it has {', '.join(map(repr, names))}")
    chosen = wanted or min(names, key=lambda name: (name.lower() != "doc.kml", name.count("/"), names.index(name)))
    found = placemarks.read(archive.file, archive.read(chosen), format="KMZ")
    found.notes += others("documents", names, chosen)
    found.sheets, found.sheet = tuple(names), chosen
    return found


def _packed(archive: Archive, wanted: str) -> Sheet:
    tables = archive.ending(*PACKED, ".xlsx", ".zip", ".kmz", ".parquet")
    if not tables:
        raise refused(
            archive.file, "is an archive with no table in it; a CSV, KML or GeoJSON file, a workbook or the parts of a shapefile would be right"
        )
    if len(tables) > 1:
        raise refused(
            archive.file, f"is an archive of {len(tables)} tables, such as {tables[0]!r:.60} and {tables[1]!r:.60}; one by itself would be right"
        )
    ending = f".{tables[0].rsplit('.', 1)[-1].lower()}"
    if ending not in PACKED:
        raise refused(archive.file, f"is an archive in which {tables[0]!r:.60} is packed once more; that one by itself would be right")
    content = archive.read(tables[0])
    sheet = geopackage.read(archive.file, content, sheet=wanted) if ending == ".gpkg" else PACKED[ending](archive.file, content)
    sheet.format = f"{sheet.format}, packed"
    return sheet
