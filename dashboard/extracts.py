"""The reports behind what is drawn, as data in other programs' formats, with the papers that must travel along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version

from dashboard.occurrences import Occurrences
from dashboard.scene import Scene
from dashboard.selection import index
from geodata import outtake, reports
from geodata.atlas import Atlas
from geodata.outtake.extract import Extract
from geodata.outtake.extract import extract as taken


def about(scene: Scene) -> dict[str, str | int]:
    """What is said of a scene wherever its rows go: marking, view, counts and the rest."""
    return {
        "title": f"{scene.title}, {scene.subtitle}", "marking": scene.marking, "as_of": scene.as_of_line, "counted": scene.counts_line,
        **asdict(scene.counts), "view": scene.view.to_query() or "default", "notes": " ".join(scene.notes), "disclaimer": scene.disclaimer,
        "credits": scene.credits, "made_by": f"panj {version('panj')}",
    }  # fmt: skip


def extract(atlas: Atlas, scene: Scene) -> Extract:
    """The reports that the drawn events rest on, each marked as high as the view asks for."""
    layer = scene.layer("events")
    events = layer.features if layer else ()
    drawn = index(atlas).columns["reports"][events.rows] if isinstance(events, Occurrences) else ()
    cited = [source.id for source in scene.sources]
    return taken(atlas, (row for rows in drawn for row in rows), sources=cited, about=about(scene), least=scene.view.marking)


def _csv(rows: Extract) -> bytes:
    return outtake.csv_bytes(rows.reports, columns=reports.columns(rows.reports), unmarked="")


def _xlsx(rows: Extract) -> bytes:
    from geodata.outtake import workbook

    return workbook.xlsx(rows)


def _geojson(rows: Extract) -> bytes:
    from geodata.outtake import layers

    return layers.geojson(rows)


def _gpkg(rows: Extract) -> bytes:
    from geodata.outtake import layers

    return layers.geopackage(rows)


def _parquet(rows: Extract) -> bytes:
    from geodata.outtake import layers

    return layers.parquet(rows)


def _kml(rows: Extract) -> bytes:
    from geodata.outtake import kml

    return kml.kml(rows)


WRITERS: dict[str, Callable[[Extract], bytes]] = {".csv": _csv, ".xlsx": _xlsx, ".geojson": _geojson, ".gpkg": _gpkg, ".parquet": _parquet,
                                                    ".kml": _kml}  # fmt: skip
"""by ending; FormatError when the rows do not fit the format"""
