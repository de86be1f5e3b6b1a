"""ZIP archives: a workbook, a KMZ, a shapefile's parts, or one file packed."""

from __future__ import annotations

from geodata.intake import delimited, features, geopackage, placemarks, shapes, workbook
from geodata.intake.archives import Archive
from geodata.intake.limits import refused
from geodata.intake.sheet import Sheet

PACKED = {".csv": delimited.read, ".tsv": delimited.read, ".txt": delimited.read, ".geojson": features.read, ".json": features.read,
          ".kml": placemarks.read, ".gpkg": geopackage.read}  # fmt: skip


def read(file: str, content: bytes, *, sheet: str = "") -> Sheet:
    """The table in an archive. Raises TableError when there is none, or more than one."""
    archive = Archive(file, content)
    if "[Content_Types].xml" in archive.members:
        return workbook.read(file, content, archive, sheet=sheet)
    if "mimetype" in archive.members and archive.read("mimetype").startswith(b"application/vnd.oasis"):
        raise refused(file, "is an OpenDocument file; saved as .xlsx or .csv it would be right")
    if archive.ending(".shp"):
        return shapes.read(archive, layer=sheet)
    if archive.ending(".kml"):
        return placemarks.read(file, archive.read(_document(archive)), format="KMZ")
    return _packed(archive)


def _document(archive: Archive) -> str:
    """The KML a KMZ opens with: `doc.kml`, else its first at the top."""
    names = archive.ending(".kml")
    return min(names, key=lambda name: (name.lower() != "doc.kml", name.count("/"), names.index(name)))


def _packed(archive: Archive) -> Sheet:
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
    sheet = PACKED[ending](archive.file, archive.read(tables[0]))
    sheet.format = f"{sheet.format}, packed"
    return sheet
