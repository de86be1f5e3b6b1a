"""Ranges and areas whose place is known only roughly: soft rings without a centre, and the band where they must lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.page import outlines
from dashboard.page.chart import Chart
from dashboard.page.sheet import Sheet, Z
from dashboard.scene import Feature, Scene
from dashboard.style import bloc_style
from geodata import geodesy
from geodata.atlas import Atlas

SOFT = np.linspace(0.28, 0.03, 9)
"""widths of the translucent rings, as parts of the radius"""

SOFT_ALPHA, BAND_ALPHA, LEAST_BAND = 0.055, 0.55, 0.35
"""the band between two reported distances is drawn where it is at least so many mm wide"""


@dataclass(frozen=True)
class Zone:
    """A zone on the page."""

    id: str
    feature: Feature
    ring: BaseGeometry
    """page mm, cut to the country"""

    band: BaseGeometry
    events: tuple[Feature, ...]
    radius: float
    """mm"""


def shown(scene: Scene, atlas: Atlas, chart: Chart) -> list[Zone]:
    """Zones that meet the map: those of the layer, and those of drawn events even if the layer is off."""
    drawn = scene.layer("events")
    rings = [event for event in (drawn.features if drawn else ()) if event.place_form == "ring"]
    events: dict[str, list[Feature]] = {}
    for event in rings:
        for zone in event.zones:
            events.setdefault(zone.rpartition(":")[2], []).append(event)
    layer = scene.layer("zones")
    features = {feature.id.rpartition(":")[2]: feature for feature in (layer.features if layer else ())}
    found = []
    for row in atlas.zones.itertuples():
        if row.id in features or row.id in events:
            ring = chart.shape(row.geometry)
            feature = features.get(row.id) or Feature(f"zone:{row.id}", row.name)
            if not shapely.clip_by_rect(ring, *chart.rect).is_empty:
                radius = chart.mm(float(row.radius_km))
                found.append(Zone(row.id, feature, ring, chart.shape(row.band), tuple(events.get(row.id, ())), radius))
    return found + [zone for event in rings if not event.zones for zone in _own(event, atlas, chart)]


def _own(event: Feature, atlas: Atlas, chart: Chart) -> list[Zone]:
    """The ring of an event that brings its own point and radius, cut to its country; none if it is off the map."""
    if event.lon is None or event.lat is None or not event.radius_km:
        return []
    ring = chart.shape(geodesy.ring(event.lon, event.lat, event.radius_km))
    land = atlas.countries.geometry[atlas.countries["code"] == event.country]
    ring = shapely.intersection(ring, chart.shape(land.iloc[0])) if len(land) else ring
    feature = Feature(f"zone:{event.id}", event.place or event.title)
    shown = not shapely.clip_by_rect(ring, *chart.rect).is_empty
    return [Zone(event.id, feature, ring, shapely.Polygon(), (event,), chart.mm(event.radius_km))] if shown else []


def draw(sheet: Sheet, chart: Chart, zone: Zone) -> None:
    """Soft edge, rim, and the band; grey and without a band where no event is drawn."""
    blocs = next((event.blocs for event in zone.events if event.blocs), ())
    style = bloc_style(blocs[0] if blocs else "")
    base = zone.ring.convex_hull if zone.events else zone.ring
    for part in SOFT:
        edge = shapely.difference(zone.ring, base.buffer(-part * zone.radius))
        sheet.fill(outlines.area(edge), style.hue, Z.RING + part, alpha=SOFT_ALPHA, clip=chart.rect)
    planned = zone.events and all(event.status in ("planned", "announced") for event in zone.events)
    dash = (1.6, 1.0) if planned else (0.01, 0.7)
    sheet.stroke(outlines.line(zone.ring), style.edge if zone.events else style.hue, 0.26 if planned else 0.34, Z.RING_RIM, dash=dash,
                 clip=chart.rect, cap="butt" if planned else "round")  # fmt: skip
    if zone.events and not zone.band.is_empty and _thickness(zone.band) >= LEAST_BAND:
        sheet.fill(outlines.area(zone.band), style.hue, Z.RING_RIM, alpha=BAND_ALPHA, clip=chart.rect)


def _thickness(band: BaseGeometry) -> float:
    """Mean width in mm."""
    return 2 * band.area / max(band.length, 1e-9)
