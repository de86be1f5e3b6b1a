"""What a picture depends on beside its scene: the theatre's tables, the shapes under the events, and panj itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version

import geopandas as gpd
import pandas as pd
import shapely

from geodata.atlas import Atlas


@lru_cache(maxsize=4)
def digest(atlas: Atlas) -> str:
    """The same for two atlases, and two runs, in which the same scene looks the same; kept, because every page of a series asks for it."""
    made = hashlib.sha256(version("panj").encode())
    made.update(repr(atlas.markings).encode())
    for name, frame in _frames(atlas):
        made.update(name.encode())
        made.update(_written(frame))
    return made.hexdigest()[:32]


def _frames(atlas: Atlas) -> Iterator[tuple[str, pd.DataFrame]]:
    """Everything that is drawn under the events or tells how they are drawn."""
    yield from sorted(atlas.tables.items())
    for name in ("memberships", "borders", "zones", "bases", "countries", "detail", "boundaries", "disputed", "rivers", "lakes", "places"):
        yield name, getattr(atlas, name)


def _written(frame: pd.DataFrame) -> bytes:
    """A frame to the last digit."""
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame.to_csv().encode()
    shapes = shapely.to_wkb(frame.geometry.to_numpy())
    return frame.drop(columns=frame.geometry.name).to_csv().encode() + b"".join(shape or b"-" for shape in shapes)
