"""What kind of file it is, told by its first bytes before its name, and the reader for it."""

from __future__ import annotations

import re

from geodata.intake import delimited, features, geopackage, geoparquet, placemarks, zipped
from geodata.intake.limits import refused, require_size
from geodata.intake.sheet import Sheet

KNOWN = "CSV, XLSX, GeoJSON, GeoPackage, GeoParquet, KML, KMZ and zipped shapefiles"


def read(file: str, content: bytes, *, sheet: str = "", encoding: str = "") -> Sheet:
    """The file's rows as text. Raises TableError in a sentence for anything that cannot be read."""
    require_size(file, len(content))
    head = content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # whatever the width of its letters
    if content.startswith(b"PK\x03\x04"):
        return zipped.read(file, content, sheet=sheet)
    if content.startswith(b"SQLite format 3\x00"):
        return geopackage.read(file, content, sheet=sheet)
    if content.startswith(b"PAR1"):
        return geoparquet.read(file, content)
    if head.startswith(b"{") or re.match(rb"\[\s*[\[{]", head) or (head.startswith(b"[") and file.lower().endswith((".json", ".geojson"))):
        return features.read(file, content)
    if head.startswith((b"<?xml", b"<kml", b"<!DOCTYPE kml")) or (head.startswith(b"<") and file.lower().endswith((".kml", ".xml"))):
        return placemarks.read(file, content)
    for mark, what in REFUSED:
        if content.startswith(mark):
            raise refused(file, f"is {what}; {KNOWN} are read")
    return delimited.read(file, content, encoding=encoding)


REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file: saved as .xlsx without a password it would be right"),
    (b"PK\x05\x06", "an empty archive"), (b"%PDF", "a PDF document"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "packed with gzip: unpacked it would be right"), (b"7z\xbc\xaf", "packed with 7-Zip: a ZIP archive would be right"),
    (b"Rar!", "packed with RAR: a ZIP archive would be "
              "right"), (b"\x00\x00\x27\x0a", "a part of a shapefile: all its parts in one ZIP archive would be right"),
    (b"ARROW1", "an Arrow file: GeoParquet would be right"), (b"MZ", "a program"), (b"\x7fELF", "a program"),
    (b"<OGRVRT", "a list of other files, none of which is "
                 "opened"), (b"<html", "a web page"), (b"<!DOCTYPE html", "a web page"), (b"{\\rtf", "a text document"),
)  # fmt: skip
"""first bytes and what they show"""
