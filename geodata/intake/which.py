"""Kind, status, title, source and id of every row, in the words of the theatre."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from geodata.intake.draft import MANY, Draft, distinct, replace_each, rows_of
from geodata.intake.ids import certain, said, shared
from geodata.intake.kinds import STATUSES_KNOWN
from geodata.intake.names import plain, targets_of
from geodata.intake.verdicts import WARNED, grouped, where
from geodata.problems import named
from geodata.schema import CREDIBILITIES, RELIABILITIES, STATUSES

UNFIT = re.compile("[ ;&=#\t\r\n]")
"""letters an id cannot have"""


def convert(draft: Draft) -> None:
    """Write `kind`, `status`, `title`, `event` and the grades."""
    _kind(draft)
    _status(draft)
    _title(draft)
    _ids(draft)
    _grades(draft)


def _kind(draft: Draft) -> None:
    own = {plain(word): kind for word, kind in draft.mapping.kinds.items()}
    known = draft.ground.kinds | (draft.schema.kinds if draft.schema else {}) | own
    ids = set(draft.ground.tables["kinds"]["id"])
    column = draft.get("kind")
    if draft.schema:
        column = _finest(draft, known)
    groups, texts = distinct(column)
    read = np.array([_one_kind(text, known, ids) for text in texts], object)
    draft.cells["kind"] = pd.Series(np.where(read == "", "other", read)[groups], index=draft.raw.index, dtype="str")
    rows = rows_of(groups, len(texts))
    for i, text in enumerate(texts):
        if text and not read[i]:
            draft.findings.say(
                WARNED, "kind_unknown", draft.column("kind"), text, "is no kind of event known here; it was kept as 'other'", rows(i), to="other"
            )
    changed = [f"{text!r} as {kind}" for text, kind in zip(texts, read, strict=True) if kind and kind != text]
    if changed:
        draft.findings.notes.append(f"kinds are read as the theatre's: {named(changed, 6)}")


def _one_kind(text: str, known: dict[str, str], ids: set[str]) -> str:
    kind = text if text in ids else known.get(plain(text), "") if text else ""
    return kind if kind in ids else ""


def _finest(draft: Draft, known: dict[str, str]) -> pd.Series:
    """A collection's word for the kind: the more exact one where it means something here."""
    columns = [column for name in draft.schema.kind if (column := draft.their(name)) is not None]
    if not columns:
        return draft.get("kind")
    finest = columns[-1]
    for column in reversed(columns[:-1]):
        finest = column.where(column.map({text: plain(text) in known for text in column.unique()}).astype(bool), finest)
    return finest


def _status(draft: Draft) -> None:
    if draft.schema:
        draft.fill("status", "held")
        return
    replace_each(draft, "status", "status_read", lambda text: text if text in STATUSES else STATUSES_KNOWN.get(plain(text), text))
    column = draft.get("status")
    unknown = where(~column.isin([*STATUSES, ""]))
    draft.findings.say_each(WARNED, "status_unknown", draft.column("status"), column, unknown, "is no status known here; it was kept as 'reported'")
    draft.put("status", "", unknown)


def _title(draft: Draft) -> None:
    """A collection's rows have no title: one is made of what happened and where."""
    if draft.schema and not draft.mapping.columns.get("title"):
        parts = [column for name in draft.schema.title if (column := draft.their(name)) is not None]
        if parts:
            both = parts[0].str.cat(parts[1], sep=", ") if len(parts) > 1 else parts[0]
            draft.cells["title"] = both.str.strip(", ")
    elif (draft.get("title").str.len() > 300).any():
        replace_each(
            draft,
            "title",
            "title_cut",
            lambda text: text if len(text) <= 300 else f"{text[:297]}...",
            right="was cut to 300 letters; all of it is kept",
        )


def _ids(draft: Draft) -> None:
    _shared(draft)
    if draft.get("event").str.contains(UNFIT.pattern, regex=True).any():
        replace_each(draft, "event", "id_read", lambda text: UNFIT.sub("-", text))


def _shared(draft: Draft) -> None:
    """Say which column was not taken for an id because it repeats, and which rows of one that was share theirs by mistake."""
    name = draft.mapping.columns.get("event", "")
    if draft.schema or (name and certain(draft.raw, name)):
        _tell_joined(draft, name)
        return
    told = said(draft.raw, draft.mapping.columns)
    if name:
        rows = shared(draft.raw[name], *told)
        groups = grouped(draft.raw[name], rows)
        for text, group in groups if len(groups) <= MANY else [(groups[0][0], rows)]:
            draft.findings.say(WARNED, "id_shared", name, text, "is the id of rows of different titles or days, drawn as one event", group)
        return
    other = targets_of(list(draft.raw.columns)).get("event", "")
    if other and other not in draft.mapping.columns.values() and len(shared(draft.raw[other], *told)):
        draft.findings.notes.append(f"column {other!r} is not taken for the id of events: rows of different titles or days share its values")


def _tell_joined(draft: Draft, name: str) -> None:
    """Say how many rows are reports of an event of other rows."""
    ids = draft.get("event")
    if joined := int(ids[ids != ""].duplicated().sum()):
        told = f"{joined:,} rows share the id of an earlier one" if joined > 1 else "1 row shares the id of an earlier one"
        draft.findings.notes.append(f"{told} in {name!r} and {'are' if joined > 1 else 'is'} read as reports of the same events")


def _grades(draft: Draft) -> None:
    """`B2` in either column is both halves; lower case is upper case."""
    for target, allowed in (("reliability", RELIABILITIES), ("credibility", CREDIBILITIES), ("marking", draft.ground.markings.names)):
        if target not in draft.cells:
            continue
        replace_each(draft, target, "grade_read", lambda text, allowed=allowed: _graded(text, allowed))
        column = draft.cells[target]
        unknown = where(~column.isin([*allowed, ""]))
        if target == "marking":
            continue  # a marking nobody knows may be a stricter one: the row is held back
        draft.findings.say_each(
            WARNED, f"{target}_unknown", draft.column(target), column, unknown, f"is not one of {', '.join(allowed)}; it was left empty"
        )
        draft.put(target, "", unknown)


def _graded(text: str, allowed: tuple[str, ...]) -> str:
    upper = text.strip().upper()
    if upper in allowed:
        return upper
    if re.fullmatch(r"[A-F][1-6]", upper):
        return upper[0] if allowed == RELIABILITIES else upper[1] if allowed == CREDIBILITIES else text
    return f"TLP:{upper}" if f"TLP:{upper}" in allowed else text
