"""Events that never happened, as many as asked for: the same ones for the same number."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

COLUMNS = ("title", "start", "end", "lat", "lon", "kind", "country", "source", "reported")
KINDS = ("exercise", "summit", "deployment", "attack", "talks", "decision")
COUNTRIES = ("AFG", "IRN", "KAZ", "KGZ", "PAK", "TJK", "TKM", "UZB")
FIRST_DAY, DAYS = date(2021, 6, 1), 214
"""the days the timeline shows unless asked otherwise: June to December 2021"""

WEST, SOUTH, EAST, NORTH = 55.0, 30.0, 80.0, 45.0


def write(path: Path, count: int) -> Path:
    """Write `count` events of one to four days to a file as an analyst would hand it in, and give its path."""
    rng = np.random.default_rng(count)
    starts = rng.integers(0, DAYS, count)
    ends = starts + rng.integers(0, 4, count)
    lat, lon = rng.uniform(SOUTH, NORTH, count).round(4), rng.uniform(WEST, EAST, count).round(4)
    kinds, countries = rng.choice(KINDS, count), rng.choice(COUNTRIES, count)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for n in range(count):
            first, last = day(starts[n]), day(ends[n])
            writer.writerow((f"Synthetic event {n + 1}", first, last, lat[n], lon[n], kinds[n], countries[n], "generator", last))
    return path


def day(number: int) -> str:
    """ISO 8601 day, counted from the first."""
    return (FIRST_DAY + timedelta(days=int(number))).isoformat()
