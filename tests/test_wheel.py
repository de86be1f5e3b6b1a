"""The wheel holds all that is needed, nothing else, and works where no checkout is."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRIPWIRE = ROOT / "tests" / "tripwire"
PACKAGES = ("dashboard", "geodata")

Python = Callable[..., subprocess.CompletedProcess[str]]


def pip(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip("install", "--no-index", "--no-deps", "--target", target, wheel)
    return target


@pytest.fixture
def python(installed: Path, tmp_path: Path) -> Python:
    """Runs Python far from the checkout; opening a file of the checkout ends it."""
    log = tmp_path / "tripwire.log"
    paths = os.pathsep.join(map(str, (installed, TRIPWIRE)))
    environment = {**os.environ, "PYTHONPATH": paths, "TRIPWIRE_LOG": str(log), "TRIPWIRE_FOLDER": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False)

    return _run


def test_the_wheel_holds_the_packages_and_the_events_and_nothing_else(names: set[str]):
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    expected = {path.relative_to(ROOT).as_posix() for path in files} | {"geodata/events.csv"}
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_the_wheel_holds_the_licence_and_the_command(wheel: Path, names: set[str]):
    (licence,) = (name for name in names if name.endswith(".dist-info/licenses/LICENSE"))
    (commands,) = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()
        assert archive.read("geodata/events.csv") == (ROOT / "events.csv").read_bytes()
        assert "panj = dashboard.cli:main" in archive.read(commands).decode()


@pytest.mark.parametrize("kind", ["dashboard/static/*.js", "dashboard/static/*.css", "dashboard/static/symbols.json", "dashboard/fonts/*.otf",
                                  "dashboard/fonts/OFL.md", "geodata/shapes/*.geojson", "geodata/shapes/SOURCES.md",
                                  "geodata/tables/*.csv"])  # fmt: skip
def test_the_checkout_has_what_the_wheel_is_to_hold(kind: str):
    assert list(ROOT.glob(kind))


def test_the_checkout_is_out_of_reach(python: Python):
    done = python("-c", f"open({str(ROOT / 'pyproject.toml')!r})")
    assert done.returncode == 86
    assert "pyproject.toml" in done.stderr


def test_the_atlas_loads_where_no_checkout_is(python: Python, installed: Path):
    done = python("-c", "from geodata import atlas; a = atlas.load(); print(atlas.__file__, a.events_file, len(a.reports), len(a.problems))")
    file, events, reports, problems = done.stdout.split() or pytest.fail(done.stderr)
    assert Path(file).is_relative_to(installed)
    assert (events, problems) == ("events.csv", "0")
    assert int(reports) > 100


@pytest.mark.parametrize("out", ["out.json", "out.csv", "out.png"])
def test_a_view_is_exported_where_no_checkout_is(python: Python, tmp_path: Path, out: str):
    done = python("-m", "dashboard", "export", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / out).stat().st_size > 1000


def test_the_sources_are_told_where_no_checkout_is(python: Python):
    done = python("-m", "dashboard", "info")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Natural Earth" in done.stdout
