"""How fast the dashboard answers, measured in a real browser: `python -m tests.benchmarks`."""
