"""Shapely shapes and SVG path text as Matplotlib paths, in page mm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

EMPTY = Path(np.empty((0, 2)), np.empty(0, np.uint8))
_COMMAND = re.compile(r"([MLZ])([^MLZ]*)")


def joined(paths: Iterable[Path]) -> Path:
    """One compound path."""
    paths = [path for path in paths if len(path)]
    if not paths:
        return EMPTY
    return Path(np.concatenate([p.vertices for p in paths]), np.concatenate([p.codes for p in paths]))


def area(shape: BaseGeometry) -> Path:
    """Polygons with their holes; anything else in `shape` is ignored."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return _chains(shapely.get_rings(shapely.orient_polygons(parts)), closed=True)


def line(shape: BaseGeometry) -> Path:
    """Lines, and the rims of polygons."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kinds = shapely.get_type_id(parts)
    rims = shapely.get_rings(parts[kinds == shapely.GeometryType.POLYGON])
    lines = parts[(kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)]
    return joined([_chains(lines, closed=False), _chains(rims, closed=True)])


def _chains(chains: np.ndarray, *, closed: bool) -> Path:
    chains = chains[~shapely.is_empty(chains)]
    if not len(chains):
        return EMPTY
    points, owner = shapely.get_coordinates(chains, return_index=True)
    codes = np.full(len(points), Path.LINETO, np.uint8)
    first = np.r_[True, owner[1:] != owner[:-1]]
    codes[first] = Path.MOVETO
    if closed:
        codes[np.r_[first[1:], True]] = Path.CLOSEPOLY
    return Path(points, codes)


def rings(text: str) -> BaseGeometry:
    """The area of an SVG path made of M, L and Z, by the even-odd rule; for outlines that may nest."""
    shapes = [shapely.Polygon(points) for points in polygons(text)]
    whole: BaseGeometry = shapely.Polygon()
    for shape in shapes:
        whole = shapely.symmetric_difference(whole, shapely.make_valid(shape))
    return whole


def polygons(text: str) -> list[np.ndarray]:
    """Corners of each closed figure of an SVG path made of M, L and Z."""
    figures: list[list[tuple[float, float]]] = []
    for command, numbers in _COMMAND.findall(text):
        if command == "M":
            figures.append([])
        if command != "Z":
            x, y = numbers.replace(",", " ").split()
            figures[-1].append((float(x), float(y)))
    return [np.array(figure) for figure in figures]


def placed(path: Path, x: float, y: float, scale: float = 1.0, angle: float = 0.0) -> Path:
    """`path` scaled, turned by `angle` degrees (clockwise on the page) and moved to x, y."""
    points = np.asarray(path.vertices) * scale
    if angle:
        cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        points = points @ np.array([[cos, sin], [-sin, cos]])
    return Path(points + np.array([x, y]), path.codes)


def turned(x: float, angle: float) -> tuple[float, float]:
    """The point x, 0 turned by `angle` degrees clockwise on the page."""
    return (x, 0.0) if not angle else (x * float(np.cos(np.radians(angle))), x * float(np.sin(np.radians(angle))))


def commands(path: Path, grid: float = 0.01) -> Iterator[tuple[str, list[int]]]:
    """`M`, `L`, `C` (always cubic) and `Z` with their numbers, in steps of `grid` mm; points that fall together are dropped."""
    points = np.asarray(path.vertices) / grid
    whole = np.rint(points).astype(int).tolist()
    codes = path.codes.tolist()
    last, i = [0, 0], 0
    while i < len(codes):
        code = codes[i]
        if code == Path.CLOSEPOLY:
            yield "Z", []
        elif code == Path.MOVETO:
            yield "M", whole[i]
        elif code == Path.LINETO:
            if whole[i] != last or codes[i - 1] == Path.MOVETO:
                yield "L", whole[i]
        elif code == Path.CURVE4:
            yield "C", [*whole[i], *whole[i + 1], *whole[i + 2]]
            i += 2
        else:
            (a, b, c) = (points[i - 1], points[i], points[i + 1])
            yield "C", [*np.rint((a + 2 * b) / 3).astype(int).tolist(), *np.rint((c + 2 * b) / 3).astype(int).tolist(), *whole[i + 1]]
            i += 1
        last = whole[i]
        i += 1


def written(path: Path, forms: Mapping[str, str], grid: float = 0.01) -> str:
    """The commands of a path in a format: `forms` gives the text of each with `%d` for its numbers."""
    codes = path.codes
    if np.isin(codes, (Path.CURVE3, Path.CURVE4)).any():
        return "".join(forms[name] % tuple(numbers) for name, numbers in commands(path, grid))
    whole = np.rint(np.asarray(path.vertices) / grid).astype(int)
    kept = np.ones(len(codes), bool)
    kept[1:] = (codes[1:] != Path.LINETO) | (codes[:-1] == Path.MOVETO) | (whole[1:] != whole[:-1]).any(1)
    steps = np.array([forms["M"], forms["L"], forms["Z"]], dtype=object)[np.searchsorted((Path.MOVETO, Path.LINETO, Path.CLOSEPOLY), codes[kept])]
    return "".join(steps.tolist()) % tuple(whole[kept & (codes != Path.CLOSEPOLY)].ravel().tolist())


def circle(x: float, y: float, radius: float, start: float = 0.0, end: float = 360.0) -> Path:
    """A circle or an arc; angles in degrees clockwise from east as seen on the page."""
    if end - start >= 360:
        whole = Path.unit_circle()
        return Path(np.asarray(whole.vertices) * radius + np.array([x, y]), whole.codes)
    arc = Path.arc(start, end)
    return Path(np.asarray(arc.vertices) * radius + np.array([x, y]), arc.codes)


def box(x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Path:
    """A rectangle, with round corners if `radius` is given."""
    if not radius:
        return Path(
            [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)],
            [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY],
        )
    return area(shapely.box(x0 + radius, y0 + radius, x1 - radius, y1 - radius).buffer(radius, quad_segs=6))


def segments(points: Iterable[tuple[float, float]]) -> Path:
    """A polyline."""
    corners = np.array(list(points), float)
    return Path(corners, [Path.MOVETO] + [Path.LINETO] * (len(corners) - 1))
