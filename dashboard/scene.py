"""What is drawn, as plain values: everything every output needs. `staging.scene` decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import version

import numpy as np
from shapely.geometry.base import BaseGeometry

from dashboard.changes import Change
from dashboard.dossier import Dossier
from dashboard.membership import Difference
from dashboard.view import View


@dataclass(frozen=True)
class Feature:
    """One thing drawn or listed."""

    id: str
    """`event:EV20`, `country:TJK`, `border:AFG-TJK`, `zone:kharb-maidon`, `base:kant`, `region:central-asia`"""

    title: str
    kind: str = ""
    """events: an id of the kinds table"""

    role: str = ""
    """countries: standing in the bloc on the day (`member`, `founding_member`, `observer`, `dialogue_partner`, ...)"""

    also: tuple[str, ...] = ()
    """countries: everything else that day (`chair`, `frozen`, `guest`, `applicant`, `not_invited`, ...)"""

    certainty: str = ""
    """`certain`, `possible` or `ahead`; empty for background"""

    status: str = ""
    """events: `planned`, `announced`, `ongoing`, `held`, `cancelled`, `reported`; borders: their status that day"""

    place_form: str = ""
    """events: `symbol`, `virtual`, `ring`, `border`, `region`, `country` or `margin`; the last three never get a point"""

    lon: float | None = None
    lat: float | None = None
    sources: tuple[int, ...] = ()
    """numbers into `Scene.sources`"""

    n: int | None = None
    """number in the key, from 1, in order of time"""

    when: str = ""
    """the time in words, as precise as it is known"""

    place: str = ""
    blocs: tuple[str, ...] = ()
    grade: str = ""
    """reliability and credibility, such as `B1`"""

    country: str = ""
    radius_km: float | None = None
    """events placed as a ring by their own radius: the ring's, around `lon`, `lat`"""

    zones: tuple[str, ...] = ()
    """ids of zones, border pairs or regions, as `place_form` says"""

    days: tuple[int, int, int, int] = (0, 0, 0, 0)
    """events: earliest start, latest start, earliest end, latest end; days since 1970-01-01"""

    part_of: str = ""
    """id of the drawn event this one belongs to, such as `event:EV03`"""

    summary: str = ""
    participants: tuple[tuple[str, str], ...] = ()
    """(ISO 3166-1 alpha-3 or party id, modes joined by `+`)"""

    marking: str = ""
    emphasis: bool = False
    """borders: drawn strong and named"""

    flags: tuple[str, ...] = ()
    """events: `selected`, `single_source`, `contradicted`, `differing`, and what changed since the compared day: `new`, `amended`, ..."""

    differ: tuple[str, ...] = ()
    """events: what its own reports say differently, in sentences"""

    note: str = ""
    """short extra in words: reported length of a border, `1 of 3 held`, `outcome not reported`"""


@dataclass(frozen=True)
class SceneLayer:
    """One layer's features, in drawing order."""

    key: str
    title: str
    kind: str
    """`fill`, `line`, `area`, `symbol` or `label`"""

    features: Sequence[Feature]


@dataclass(frozen=True)
class LegendEntry:
    """One line of the legend: something the view draws, on whatever part of the world; a page keeps what its map and inset show."""

    layer: str
    """group: `blocs`, `kinds`, `colour`, `status`, `credibility`, `places`, `lines`"""

    key: str
    """what the swatch shows: `member:csto`, `member:csto+sco`, `observer:sco`, `kind:summit`, `status:held`, `credibility:1`,
    `form:ring`, `line:emphasis`, ..."""

    label: str


@dataclass(frozen=True)
class SourceLine:
    """A numbered source of the event reports used."""

    n: int
    id: str
    publisher: str
    title: str
    published: str
    reliability: str
    credibility: str
    """best credibility among its reports used here"""

    why: str = ""


@dataclass(frozen=True)
class Counts:
    """`drawn` counts certain events, `possible` the others; both include those in the margin list."""

    drawn: int = 0
    possible: int = 0
    ahead: int = 0
    held_back: int = 0
    hidden_by_filters: int = 0
    undated_reports: int = 0
    disputed: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Scene:
    """Everything an output needs; renderers translate it and decide nothing."""

    view: View
    title: str
    subtitle: str
    """the window in words: `13-19 September 2021`"""

    as_of: str
    """the day of shading, ISO"""

    known: str
    """ISO day, empty = everything reported"""

    as_of_line: str
    marking: str
    layers: tuple[SceneLayer, ...]
    legend: tuple[LegendEntry, ...]
    counts: Counts
    counts_line: str
    sources: tuple[SourceLine, ...]
    references: tuple[str, ...]
    """background facts' sources in words"""

    notes: tuple[str, ...]
    disclaimer: str
    credits: str
    text: str
    """text alternative"""

    chronology: tuple[str, ...] = ()
    """one plain sentence or two per event, in the order of time, with source numbers"""

    changes: tuple[Change, ...] = ()
    """what reads differently since `view.since`"""

    differences: tuple[Difference, ...] = ()
    """countries whose standing differs between the shading day and `view.compare`"""

    overlaps: tuple[str, ...] = ()
    """in words: who belongs to two of the blocs drawn, and who to one only"""

    marking_meaning: str = ""
    """what the marking means, in words"""

    marking_colour: str = ""
    """`#RRGGBB` on black; empty = white"""

    buffer: BaseGeometry | None = field(default=None, compare=False, repr=False)
    """the area `view.near` means, degrees"""

    box: tuple[float, float, float, float] = (56.0, 30.5, 80.5, 45.5)
    """west, south, east, north in degrees: the frame to draw"""

    dossier: Dossier | None = None
    """of a page that is about one event: its record in words, which stands where the key would be"""

    locator: bool = True
    """whether a page may show where its map lies in the world"""

    eligible: np.ndarray = field(default_factory=lambda: np.zeros(0, bool), compare=False, repr=False)
    """bool per row of `atlas.versions`: known on the day and let through by every filter but the window"""

    def layer(self, key: str) -> SceneLayer | None:
        """The layer `key` if it is on."""
        return next((layer for layer in self.layers if layer.key == key), None)


def as_json(scene: Scene) -> dict:
    """The Scene as plain data, for `panj export scene.json`; keys that are empty for a kind of feature are left out."""
    return {
        "panj": version("panj"), "view": scene.view.to_query(), "title": scene.title, "as_of": scene.as_of, "known": scene.known,
        "marking": scene.marking,
        "layers": [{"key": layer.key, "title": layer.title, "kind": layer.kind, "features": [_feature(feature) for feature in layer.features]}
                   for layer in scene.layers],
        "legend": [{"layer": entry.layer, "key": entry.key, "label": entry.label} for entry in scene.legend],
        "counts": asdict(scene.counts), "sources": [asdict(source) for source in scene.sources], "references": list(scene.references),
        "notes": list(scene.notes), "chronology": list(scene.chronology),
        "changes": [asdict(change) for change in scene.changes], "differences": [asdict(difference) for difference in scene.differences],
        "overlaps": list(scene.overlaps), "disclaimer": scene.disclaimer, "credits": scene.credits, "text": scene.text,
    }  # fmt: skip


_ALWAYS = ("id", "title", "role", "also", "certainty", "status", "place_form", "lon", "lat", "sources")


def _feature(feature: Feature) -> dict:
    told = {item.name: getattr(feature, item.name) for item in fields(feature)}
    return {name: value for name, value in told.items() if name in _ALWAYS or value not in ("", (), None, False, (0, 0, 0, 0))}
