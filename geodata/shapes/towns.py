"""Towns for labels: chosen by hand, coordinates from GeoNames."""

import csv
import json
from pathlib import Path

from geodata.shapes.countries import CURATED
from geodata.shapes.features import DECIMALS

COLUMNS = ("id", "name", "country", "lat", "lon", "rank", "capital")


def towns(path: Path) -> list[dict]:
    """Return the curated towns with their coordinates, sorted by id."""
    with path.open(encoding="utf-8") as file:
        source = json.load(file)
    with (CURATED / "towns.csv").open(encoding="utf-8", newline="") as file:
        chosen = list(csv.DictReader(file))
    return sorted((with_place(row, source[row["geonameid"]]) for row in chosen), key=lambda row: row["id"])


def with_place(row: dict, place: dict) -> dict:
    """Add latitude and longitude."""
    where = {"lat": f"{place['latitude']:.{DECIMALS}f}", "lon": f"{place['longitude']:.{DECIMALS}f}"}
    return {column: (row | where)[column] for column in COLUMNS}


def write(path: Path, rows: list[dict]) -> None:
    """Write the table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
