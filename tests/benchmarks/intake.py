"""How long `panj check` takes on 100,000 ACLED rows, against reading them with pandas: `python -m tests.benchmarks.intake`."""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROWS = 100_000
MOST_TIMES, MOST_MEMORY, MOST_BAD = 4.0, 5.0, 2.0
"""check by read_csv and GeoDataFrame; peak by the frame's own size; with 5 % bad rows by clean"""

COLUMNS = ("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,"
           "interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,"
           "fatalities,tags,timestamp").split(",")  # fmt: skip
TOWNS = (("Afghanistan", 4, "Kabul", 34.5289, 69.1725), ("Tajikistan", 762, "Bokhtar", 37.9, 68.78), ("Uzbekistan", 860, "Samarkand", 39.6546, 66.9645),
         ("Pakistan", 586, "Quetta", 30.184, 67.0), ("Kyrgyzstan", 417, "Naryn", 41.43, 75.99))  # fmt: skip
MONTHS = "January February March April May June July August September October November December".split()

USUAL = """
import geopandas as gpd, pandas as pd
rows = pd.read_csv({file!r})
lon, lat = (pd.to_numeric(rows[name], errors="coerce") for name in ("longitude", "latitude"))
frame = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
"""
CHECK = "import sys; from dashboard.cli import main; sys.exit(main(['check', {file!r}]))"
INSIDE = """
import json, resource, time
from pathlib import Path
import geopandas, pyarrow.csv
from geodata import intake
ground = intake.Ground.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
case = intake.open_file(Path({file!r}), ground)
case.counts
taken = time.perf_counter() - started
peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
started = time.perf_counter()
"""
TOLD = "\nprint(json.dumps([taken, time.perf_counter() - started, peak, int(frame.memory_usage(deep=True).sum())]))"


def write(path: Path, rows: int, *, bad: float) -> Path:
    """Synthetic rows in ACLED's schema, a share of them with one mistake each."""
    chance = random.Random(1)
    spots = [(country, iso, f"{town} {n}", round(lat + chance.uniform(-0.1, 0.1), 4), round(lon + chance.uniform(-0.1, 0.1), 4))
             for country, iso, town, lat, lon in TOWNS for n in range(600)]  # fmt: skip
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(n, chance, spots, chance.random() < bad) for n in range(rows))
    return path


def _row(n: int, chance: random.Random, spots: list[tuple], wrong: bool) -> list[object]:
    country, iso, town, lat, lon = chance.choice(spots)
    date = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.choice((2020, 2021, 2022))}"
    kind = chance.randrange(4) if wrong else None
    date, lat, lon = {0: ("31 February 2021", lat, lon), 1: (date, lon, lat), 2: (date, lat, lon + 60), 3: (date, "n/a", lon)}.get(kind, (date, lat, lon))
    notes = f"Forces clashed with others near the town, number {n}. " + "Casualties are not known to those who report it. " * chance.randint(2, 5)
    return [f"SYN{n}", date, 2021, chance.choice("1112"), "Political violence", "Battles", "Armed clash", "One of many", "", "State forces", "Another", "",
            "Rebel group", "State forces-Rebel group", "", iso, "Central Asia", country, town, f"District {n % 50}", "", town, lat, lon, chance.choice("1112"),
            "Source A; Source B", "National", notes, n % 9, "", 1_600_000_000 + n]  # fmt: skip


def seconds(code: str, rounds: int, *, exit_codes: tuple[int, ...] = (0,)) -> float:
    """Median time of a fresh Python that runs `code`."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        taken.append(time.perf_counter() - started)
        assert done.returncode in exit_codes, done.stderr
    return median(taken)


def inside(file: str, rounds: int) -> list[float]:
    """Medians within one process, imports left out: our time, the usual time, our peak in bytes, the frame's own bytes."""
    code = INSIDE.format(file=file) + USUAL.format(file=file) + TOLD
    found = [json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(rounds)]
    return [median(values) for values in zip(*found, strict=True)]


def main() -> int:
    """Print the table; exit code 1 when a bound does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.intake", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="measurements of which the median is taken, 5 unless given")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="panj-") as folder:
        clean = str(write(Path(folder) / "clean.csv", ROWS, bad=0))
        bad = str(write(Path(folder) / "bad.csv", ROWS, bad=0.05))
        usual, check = seconds(USUAL.format(file=clean), rounds), seconds(CHECK.format(file=clean), rounds)
        spoiled = seconds(CHECK.format(file=bad), rounds, exit_codes=(1,))
        ours, theirs, peak, own = inside(clean, rounds)
    fine = [line("panj check, 100,000 clean ACLED rows", check, usual, "s", "read_csv and GeoDataFrame", MOST_TIMES),
            line("the same with 5 % bad rows", spoiled, check, "s", "clean", MOST_BAD),
            line("peak memory of the check", peak / 1e6, own / 1e6, "MB", "the frame's own", MOST_MEMORY),
            line("the rows alone, all modules loaded", ours, theirs, "s", "read_csv and GeoDataFrame", None)]  # fmt: skip
    return 0 if all(fine) else 1


def line(what: str, value: float, other: float, unit: str, against: str, most: float | None) -> bool:
    """Print one result; whether its bound holds."""
    fine = most is None or value <= most * other
    bound = f" | at most {most:g}" if most else ""
    print(f"{what:<40} {value:>7,.2f} {unit} | {against} {other:,.2f} {unit}; ratio {value / other:.2f}{bound}{'' if fine else ' | NOT MET'}", flush=True)
    return fine


if __name__ == "__main__":
    sys.exit(main())
