"""The layers, declared once: their order is the drawing order, their keys are the view's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard import words
from dashboard.palette import order
from dashboard.scene import Feature
from dashboard.view import Vocabulary
from geodata import blocs, days
from geodata.atlas import Atlas

Rows = Callable[[Atlas, int], Sequence[Feature]]
"""features of a layer on a day, days since 1970-01-01"""


@dataclass(frozen=True)
class Layer:
    """One layer that can be switched on."""

    key: str
    title: str
    kind: str
    """`fill`, `line`, `area`, `symbol` or `label`"""

    rows: Rows


def bloc_order(atlas: Atlas) -> list[str]:
    """Blocs in the order in which colours are striped and symbols divided."""
    return order(atlas)


def layers(atlas: Atlas) -> tuple[Layer, ...]:
    """All layers of a theatre, bottom to top; the events come last and are made by the Scene."""
    names = atlas.table("blocs").set_index("id")["name"]
    fills = tuple(Layer(bloc, names[bloc], "fill", _members(bloc)) for bloc in bloc_order(atlas))
    return (
        *fills,
        Layer("regions", "Named regions", "area", _regions),
        Layer("rivers", "Rivers", "line", _rivers),
        Layer("borders", "Borders", "line", _borders),
        Layer("zones", "Exercise ranges", "area", _zones),
        Layer("bases", "Bases", "symbol", _bases),
        Layer("places", "Towns", "label", _places),
    )


@lru_cache(maxsize=512)
def background(atlas: Atlas, day: int) -> dict[str, tuple[Layer, tuple[Feature, ...]]]:
    """Every layer but the events as it is on a day, by key, bottom to top."""
    return {layer.key: (layer, tuple(layer.rows(atlas, day))) for layer in layers(atlas)}


def vocabulary(atlas: Atlas) -> Vocabulary:
    """Every name a view of this atlas may use."""
    blocs_known = frozenset(atlas.table("blocs")["id"])
    pairs = frozenset(atlas.borders["pair"])
    named = {"event": atlas.versions["event"], "country": atlas.countries["code"], "party": atlas.table("parties")["id"],
             "border": atlas.borders["pair"], "zone": atlas.zones["id"], "base": atlas.bases["id"], "region": atlas.regions["id"]}  # fmt: skip
    return Vocabulary(
        frozenset(layer.key for layer in layers(atlas)) | {"events"}, frozenset(atlas.table("kinds")["id"]), blocs_known,
        frozenset(atlas.party_names), frozenset(atlas.sources.index), pairs,
        frozenset(f"{kind}:{name}" for kind, names in named.items() for name in names), atlas.markings.names,
    )  # fmt: skip


def _members(bloc: str) -> Rows:
    def _rows(atlas: Atlas, day: int) -> list[Feature]:
        standings = blocs.on(atlas.memberships, day, bloc=bloc)
        return [Feature(id=f"country:{s.country}", title=atlas.country_names.get(s.country, s.country), role=s.role, also=s.also, blocs=(bloc,),
                        country=s.country) for s in standings]  # fmt: skip

    return _rows


def _borders(atlas: Atlas, day: int) -> list[Feature]:
    return [Feature(id=f"border:{row['pair']}", title=row["name"], status=_status(row, day), emphasis=bool(row["emphasis"]),
                    note=reported_length(atlas, row["pair"]), zones=(row["pair"],)) for row in atlas.borders.to_dict("records")]  # fmt: skip


def _status(row: dict, day: int) -> str:
    """The border's status if it holds on the day."""
    begun = row["valid_from"] and days.number(days.parse(row["valid_from"])) <= day
    over = row["valid_to"] and days.number(days.parse(row["valid_to"])) < day
    return row["status"] if begun and not over else ""


def reported_length(atlas: Atlas, pair: str) -> str:
    """`1,344 km reported; factbook 1,357`: lengths as reported, never the computed one; empty when no source gives one."""
    lengths = atlas.table("border_lengths")
    own = lengths[lengths["pair"] == pair]
    said = {kind: dict.fromkeys(own.loc[own["kind"] == kind, "length_km"]) for kind in ("reported", "factbook")}
    parts = [f"{float(km):,.0f} km reported" for km in said["reported"]]
    others = [km for km in said["factbook"] if km not in said["reported"]]
    return "; ".join(parts + [f"factbook {float(km):,.0f}{'' if parts else ' km'}" for km in others])


def _zones(atlas: Atlas, day: int) -> list[Feature]:
    return [Feature(id=f"zone:{row['id']}", title=row["name"], place_form="ring", country=row["country"], note=row["note"])
            for row in atlas.zones.to_dict("records") if row["geometry"] is not None]  # fmt: skip


def _bases(atlas: Atlas, day: int) -> list[Feature]:
    return [_base(row, day) for row in atlas.bases.to_dict("records") if row["geometry"] is not None and _open(row, day)]


def _open(row: dict, day: int) -> bool:
    opened = not row["opened"] or days.number(days.span(row["opened"])[0]) <= day
    return opened and (not row["until"] or day <= days.number(days.span(row["until"])[1]))


def _base(row: dict, day: int) -> Feature:
    return Feature(id=f"base:{row['id']}", title=row["name"], kind="base", place_form="symbol", lon=row["geometry"].x, lat=row["geometry"].y,
                   country=row["host"], participants=((row["operator"], "party"), (row["host"], "host")), note=row["note"])  # fmt: skip


def _regions(atlas: Atlas, day: int) -> list[Feature]:
    return [Feature(id=f"region:{row['id']}", title=row["name"], place_form="region", zones=row["countries"], note=row["what"])
            for row in atlas.regions.to_dict("records")]  # fmt: skip


def _rivers(atlas: Atlas, day: int) -> list[Feature]:
    named = atlas.rivers[atlas.rivers["name"].fillna("") != ""].drop_duplicates("name")
    return [Feature(id=f"river:{name}", title=name) for name in named["name"]]


def _places(atlas: Atlas, day: int) -> list[Feature]:
    return [Feature(id=f"place:{row['id']}", title=row["name"], country=row["country"], lon=row["geometry"].x, lat=row["geometry"].y)
            for row in atlas.places.to_dict("records")]  # fmt: skip


def standing_words(feature: Feature) -> str:
    """`observer; accession under way`: a country's standing and everything else, in words."""
    return "; ".join(words.role(name) for name in (feature.role, *feature.also) if name)
