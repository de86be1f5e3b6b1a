"""The direction of imports, and what no file may hold: swallowed errors, pickles, addresses of other hosts."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "dashboard")
SHIPPED = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MODULES = [*SHIPPED, *sorted((ROOT / "tests").rglob("*.py"))]
TEXTS = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix in (".py", ".js", ".css", ".html"))

SHOWS = {"streamlit", "streamlit_folium", "folium", "branca", "matplotlib", "pptx", "dashboard"}
ALLOWED = {
    "streamlit": ("dashboard/app.py", "dashboard/panels", "dashboard/server.py"),
    "streamlit_folium": ("dashboard/app.py", "dashboard/panels"),
    "matplotlib": ("dashboard/page/",),
    "fontTools": ("dashboard/page/",),
    "pptx": ("dashboard/slides/",),
}
"""who may import what, as beginnings of paths"""

HARMLESS = re.compile(r"https?://(www\.w3\.org/|schemas\.openxmlformats\.org/|www\.opengis\.net/kml/|purl\.org/dc/|purl\.org/dc/elements/1\.1/|127\.0\.0\.1|localhost|\[::1\])")
"""names of XML vocabularies, which nothing fetches, and this machine"""

EVERYTHING = {"Exception", "BaseException"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Top-level names of everything imported, inside functions too."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: a relative import; the absolute name would be right"
            found.add(node.module or "")
    return {module.partition(".")[0] for module in found}


def test_there_is_something_to_check():
    assert {"geodata/atlas.py", "dashboard/cli.py", "tests/test_imports.py"} <= {name(path) for path in MODULES}


@pytest.mark.parametrize("path", [path for path in SHIPPED if name(path).startswith("geodata/")], ids=name)
def test_geodata_knows_no_screen(path: Path):
    assert not imports(path) & SHOWS


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_stays_in_its_place(library: str):
    importers = [name(path) for path in SHIPPED if library in imports(path)]
    assert [importer for importer in importers if not importer.startswith(ALLOWED[library])] == []


def test_what_is_shipped_imports_no_test():
    assert [name(path) for path in SHIPPED if imports(path) & {"tests", "pytest", "hypothesis", "playwright"}] == []


def test_no_module_is_named_after_a_library():
    """Streamlit puts `dashboard/` first on sys.path, where such a module or folder would hide the library."""
    libraries = set(packages_distributions()) | set(sys.stdlib_module_names)
    modules = [path for package in PACKAGES for path in (ROOT / package).iterdir() if path.suffix == ".py" or path.is_dir()]
    assert [name(path) for path in modules if path.stem in libraries and not path.stem.startswith("_")] == []


def swallowing(module: ast.Module) -> Iterator[int]:
    """Lines at which errors disappear, or are caught whatever they are."""
    for node in ast.walk(module):
        if isinstance(node, ast.ExceptHandler):
            names = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)} if node.type else EVERYTHING
            if names & EVERYTHING or all(isinstance(step, ast.Pass) for step in node.body):
                yield node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            yield node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_error_is_swallowed(path: Path):
    assert list(swallowing(tree(path))) == []


@pytest.mark.parametrize("code", ["try: x()\nexcept Exception: y()", "try: x()\nexcept: raise", "try: x()\nexcept OSError: pass",
                                  "try: x()\nexcept (OSError, BaseException) as error: y()", "with contextlib.suppress(OSError): x()"])  # fmt: skip
def test_a_swallowed_error_is_found(code: str):
    assert list(swallowing(ast.parse(code)))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_is_pickled(path: Path):
    assert not imports(path) & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    names = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    options = {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)}
    assert not (names | options) & {"read_pickle", "to_pickle", "allow_pickle"}


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_no_code_names_another_host(path: Path):
    text = HARMLESS.sub("", path.read_text(encoding="utf-8"))
    lines = text.splitlines()
    other = r"""(https?|wss?):\\?/\\?/[\w\[]|["'`(]//[\w-]+\.\w"""
    assert [f"{name(path)}:{n}: {line.strip()}" for n, line in enumerate(lines, 1) if re.search(other, line)] == []


def test_the_command_starts_without_what_it_may_not_need():
    heavy = ("streamlit", "matplotlib", "folium", "geopandas")
    code = f"import sys, dashboard.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
