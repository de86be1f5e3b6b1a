"""How long `panj check` takes on 100,000 ACLED rows, against reading them with pandas."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from geodata.days import MONTHS
from tests.benchmarks.measures import Bench, Result

ROWS = 100_000
MOST_TIMES, MOST_MEMORY, MOST_BAD = 4.0, 5.0, 2.0
"""check by read_csv and GeoDataFrame; peak by the frame's own size; with 5 % bad rows by clean"""

MOST_ROUNDS = 5
"""a round takes half a minute"""

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1",
    "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location",
    "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
TOWNS = (("Afghanistan", 4, "Kabul", 34.5289, 69.1725), ("Tajikistan", 762, "Bokhtar", 37.9, 68.78), ("Uzbekistan", 860, "Samarkand", 39.6546,
    66.9645),
         ("Pakistan", 586, "Quetta", 30.184, 67.0), ("Kyrgyzstan", 417, "Naryn", 41.43, 75.99))  # fmt: skip

USUAL = """
import geopandas as gpd, pandas as pd
rows = pd.read_csv({file!r})
lon, lat = (pd.to_numeric(rows[name], errors="coerce") for name in ("longitude", "latitude"))
frame = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
"""
CHECK = "import sys; from dashboard.cli import main; sys.exit(main(['check', {file!r}]))"
INSIDE = """
import json, time
from pathlib import Path
import geopandas, pyarrow.csv
from geodata import intake
ground = intake.Ground.read()
def most():  # what getrusage tells begins with the peak of the process that started this one
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
before = most()
started = time.perf_counter()
case = intake.open_file(Path({file!r}), ground)
case.counts
taken = time.perf_counter() - started
peak = (most() - before) * 1024
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
    date, lat, lon = {0: ("31 February 2021", lat, lon), 1: (date, lon, lat), 2: (date, lat, lon + 60), 3: (date, "n/a", lon)}.get(
        kind, (date, lat, lon)
    )
    notes = f"Forces clashed with others near the town, number {n}. " + "Casualties are not known to those who report it. " * chance.randint(2, 5)
    return [f"SYN{n}", date, 2021, chance.choice("1112"), "Political violence", "Battles", "Armed clash", "One of many", "", "State forces",
            "Another", "",
            "Rebel group", "State forces-Rebel group", "", iso, "Central Asia", country, town, f"District {n % 50}", "", town, lat, lon,
            chance.choice("1112"),
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


def checked(bench: Bench) -> Iterator[Result]:
    """The command as an analyst runs it, with and without bad rows; its memory; and the rows alone."""
    clean = str(write(bench.folder / "clean.csv", ROWS, bad=0))
    bad = str(write(bench.folder / "bad.csv", ROWS, bad=0.05))
    rounds = min(bench.rounds, MOST_ROUNDS)
    usual, check = seconds(USUAL.format(file=clean), rounds), seconds(CHECK.format(file=clean), rounds)
    yield Result("panj check, 100,000 clean ACLED rows", 1000 * check, "ms", "read_csv and GeoDataFrame", 1000 * usual, most=MOST_TIMES)
    spoiled = seconds(CHECK.format(file=bad), rounds, exit_codes=(1,))
    yield Result("the same with 5 % bad rows", 1000 * spoiled, "ms", "clean", 1000 * check, most=MOST_BAD)
    ours, theirs, peak, own = inside(clean, rounds)
    yield Result("peak memory of the check", peak / 1e6, "MB", "the frame's own", own / 1e6, most=MOST_MEMORY)
    yield Result("the rows alone, all modules loaded", 1000 * ours, "ms", "read_csv and GeoDataFrame", 1000 * theirs)
