"""Measure and print a table: `python -m tests.benchmarks [names] [--rounds N]`; exit code 1 when a bound does not hold."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import intake, measures, printing
from tests.benchmarks.measures import Bench, Result
from tests.chromium import browser

MEASURES = {**measures.MEASURES, "printed": printing.printed, "atlas": printing.atlas, "intake": intake.checked}


def main() -> int:
    """Run the measurements asked for, all unless named."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Medians in a real browser, every pair of one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(MEASURES)}; all when none is given")
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="measurements of which the median is taken, 20 unless given")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in MEASURES]
    if unknown:
        parser.error(f"unknown {unknown[0]!r}; choose from {', '.join(MEASURES)}")
    with browser() as chromium:
        print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
              f"Chromium {chromium.version}, medians of {options.rounds}")  # fmt: skip
        results = [result for name in options.names or MEASURES for result in _measure(name, chromium, options.rounds)]
    return 0 if all(result.fine for result in results) else 1


def _measure(name: str, chromium, rounds: int) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory(prefix="panj-") as folder, ExitStack() as stack:
        for result in MEASURES[name](Bench(chromium, Path(folder), rounds, stack)):
            print(line(result), flush=True)
            results.append(result)
    return results


def line(result: Result) -> str:
    """One result as a line of the table."""
    parts = [f"{result.what:<52} {result.value:>8,.0f} {result.unit}"]
    if result.other:
        parts.append(f"{result.against} {result.other:,.0f} {result.unit}; ratio {result.value / result.other:.2f}, "
                     f"{result.other / result.value:.1f} times faster")  # fmt: skip
    if result.most is not None:
        parts.append(f"at most {result.most:,g}")
    if result.least is not None:
        parts.append(f"at least {result.least:g}{' times faster' if result.other else ''}")
    return " | ".join(parts) + ("" if result.fine else " | NOT MET")


if __name__ == "__main__":
    sys.exit(main())
