"""The map that folium draws by itself: the same countries, borders and events as ordinary GeoJson and markers, Leaflet from this machine."""

from __future__ import annotations

import folium

from dashboard.scene import Scene
from dashboard.style import INK, LAND, WATER, bloc_style
from geodata.atlas import Atlas


class Map(folium.Map):
    """Leaflet from a folder beside the page, so that a slow network is no part of the comparison."""

    default_js = [("leaflet", "leaflet/leaflet.js")]  # noqa: RUF012 - as Folium has it
    default_css = [("leaflet_css", "leaflet/leaflet.css")]  # noqa: RUF012


def html(atlas: Atlas, scene: Scene) -> str:
    """A whole page; its events are `path.event`."""
    west, south, east, north = scene.box
    made = Map(location=((south + north) / 2, (west + east) / 2), tiles=None, zoom_control=False, zoom_snap=0)
    made.fit_bounds(((south, west), (north, east)))
    members = {feature.country: feature.blocs[0] for layer in scene.layers if layer.kind == "fill" for feature in layer.features if feature.blocs}
    folium.GeoJson(
        atlas.detail[["code", "name", "geometry"]], name="countries", tooltip=folium.GeoJsonTooltip(["name"]),
        style_function=lambda feature: _country(members.get(feature["properties"]["code"], "")),
    ).add_to(made)  # fmt: skip
    folium.GeoJson(
        atlas.borders[["pair", "name", "emphasis", "geometry"]], name="borders",
        style_function=lambda feature: {"color": INK, "weight": 3 if feature["properties"]["emphasis"] else 1},
    ).add_to(made)  # fmt: skip
    layer = scene.layer("events")
    for event in layer.features if layer else ():
        if event.lon is not None:
            hue = bloc_style(event.blocs[0] if event.blocs else "").hue
            folium.CircleMarker((event.lat, event.lon), radius=9, color=INK, weight=1, fill=True, class_name="event", fill_color=hue, fill_opacity=1,
                                tooltip=f"{event.n} {event.title}", popup=event.summary).add_to(made)  # fmt: skip
    made.get_root().header.add_child(folium.Element(f"<style>.leaflet-container{{background:{WATER}}}</style>"))
    return made.get_root().render()


def _country(bloc: str) -> dict[str, object]:
    return {"fillColor": bloc_style(bloc).tint if bloc else LAND, "fillOpacity": 1, "color": "#8a949c", "weight": 1}
