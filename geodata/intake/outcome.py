"""The table an intake ends with: our columns first, beside them whatever the file has of its own."""

from __future__ import annotations

import pandas as pd

from geodata.intake.draft import Draft
from geodata.intake.sheet import LAT, LON
from geodata.reports import COLUMNS, DERIVED
from geodata.tables import LINE

TWINS = {LAT: "lat", LON: "lon"}
"""columns made of a feature's point, which ours say again"""


def finished(draft: Draft) -> pd.DataFrame:
    """The table: our columns, then the file's own; one whose name is ours, capitals or not, stands beside them if changed: `Country_as_given`."""
    ours = {name: draft.cells[name] for name in COLUMNS if name in draft.cells}
    frame = pd.DataFrame({name: ours.get(name, draft.all("")) for name in COLUMNS}, index=draft.raw.index)
    kept = {"placed_from": draft.cells["placed_from"]} if "placed_from" in draft.cells else {}
    for name in draft.raw.columns:
        twin = TWINS.get(name, name.casefold())
        if name in kept or name == LINE:
            continue
        if name in DERIVED:
            kept[f" {name}"] = draft.raw[name]  # apart from the column of that name that reading adds
        elif twin not in frame:
            kept[_free(name, kept)] = draft.raw[name]
        elif not draft.raw[name].equals(frame[twin]):
            kept[_free(f"{name}_as_given", draft.raw, kept)] = draft.raw[name]
    return pd.concat([frame, pd.DataFrame(kept, index=draft.raw.index), draft.raw[[LINE]]], axis=1)


def _free(name: str, *taken: pd.DataFrame | dict) -> str:
    """A name that no column has, capitals or not: some formats do not tell them apart."""
    there = {other.casefold() for names in taken for other in names}
    again, free = 2, name
    while free.casefold() in there:
        free = f"{name} {again}"
        again += 1
    return free
