"""The frame's own scripts in one file: st_folium loads scripts one after the other, and thirty of them cost a quarter of a second."""

from __future__ import annotations

from functools import lru_cache

import folium

from dashboard import webmap
from dashboard.webdata import STATIC, digest

APART = 2
"""scripts that stay by themselves: ours that catches errors, then Leaflet's"""


@lru_cache(maxsize=1)
def scripts() -> tuple[str, bytes]:
    """Name and content; the name is a digest of the content, so it may be kept for good."""
    content = b"\n".join((STATIC / f"{name}.js").read_bytes() for name in webmap.SCRIPTS[1:])
    return f"panj-{digest(content)}.js", content


def base_map() -> folium.Map:
    """The constant base map with its scripts in one file."""
    made = webmap.base_map()
    made.default_js = [*made.default_js[:APART], ("panj", f"../../scripts/{scripts()[0]}")]
    return made
