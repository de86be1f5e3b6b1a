"""Reports become events as known on a day: field by field, the newest report counts, and detail is never lost to a vaguer one.

`versions` gives every event once per span of days on which the same was known of it, so that any knowledge day is only a mask.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.days import INF
from geodata.geodesy import WGS84

WEAK = 4
"""credibility from which a report never replaces a better one"""

DISPROVED = 5
"""credibility of a report that shapes no event"""

_PLACE_RANK = {"site": 0, "city": 1, "virtual": 1, "district": 2, "border": 3, "region": 4, "country": 5, "none": 6}
_TIME_RANK = {"day": 0, "within": 1, "about": 1, "after": 2}
_ALONE = ("title", "status", "time", "place")
_HAPPENED = ("held", "ongoing", "cancelled")
_VAGUE_MODES = ({"party"}, {"party", "implied"}, {"expected"})
_FIELDS = ("event", "title", "kind", "status", "start", "end", "date_precision", "w0", "s0", "s1", "w1", "place", "lat", "lon", "place_precision",
           "radius_km", "zone", "country", "blocs", "participants", "summary", "reliability", "credibility", "marking")  # fmt: skip


@dataclass(frozen=True)
class Time:
    """When something happened, as precisely as it is known; days since 1970-01-01."""

    start: str
    end: str
    precision: str
    w0: int
    """earliest start"""
    s0: int
    """latest start"""
    s1: int
    """earliest end"""
    w1: int
    """latest end, INF = may still go on"""

    @property
    def exact(self) -> bool:
        """Whether first and last day are known."""
        return self.precision == "day" and self.w1 < INF

    @property
    def open(self) -> bool:
        """Whether no end is known."""
        return self.end == ".."

    def meets(self, other: Time) -> bool:
        """Whether both can be true."""
        return self.w0 <= other.w1 and other.w0 <= self.w1

    def holds(self, other: Time) -> bool:
        """Whether `other` lies wholly inside."""
        return self.w0 <= other.w0 and other.w1 <= self.w1


@dataclass(frozen=True)
class Place:
    """Where something happened, as precisely as it is known."""

    place: str
    lat: float
    lon: float
    place_precision: str
    radius_km: float
    zone: tuple[str, ...]
    country: str

    def agrees(self, other: Place) -> bool:
        """Whether both can be true: a vaguer place names the same country, or none."""
        return not self.country or not other.country or self.country == other.country


@dataclass(frozen=True)
class Report:
    """One source's word on one event."""

    row: int
    source: str
    time: Time
    place: Place
    order: tuple
    """older, worse and vaguer first; the same whatever the order of the file"""
    known_on: int
    title: str
    kind: str
    status: str
    blocs: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    summary: str
    reliability: str
    credibility: int
    marking: str
    marking_rank: int
    """place of the marking in its scheme; of an unmarked report that of what it counts as"""


@dataclass(frozen=True)
class Composed:
    """An event as its reports known so far tell it, with the report that gave each field."""

    time: Time
    place: Place
    title: str
    summary: str
    status: str
    blocs: tuple[str, ...]
    participants: dict[str, str]
    given: dict[str, Report] = field(default_factory=dict)


def versions(reports: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row per event and span of knowledge days, with the composed fields, `known_from` (inclusive) and `known_to` (exclusive).

    `known_to` past INF means: also when no knowledge day is set. Further columns: `reports` (row numbers used), `given`
    (field -> source id), `given_rows` (field -> row number, which tells reports without a source apart), `disputed` (only disproved
    reports), `undated` (reports without a day of reporting that were used).
    Events come in the order of their ids, spans in the order of time.
    """
    usable = reports[~reports["furniture"]]
    alone = ~usable.duplicated("event", keep=False)
    several = [row for _, group in usable[~alone].groupby("event", sort=True) for row in _spans(group)]
    frame = pd.concat([_lone(usable[alone]), pd.DataFrame(several)], ignore_index=True) if several else _lone(usable[alone])
    frame = frame.sort_values(["event", "known_from"], key=_natural, kind="stable").reset_index(drop=True)
    points = np.where(frame["lat"].notna(), shapely.points(frame["lon"].fillna(0), frame["lat"].fillna(0)), None)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, index=frame.index, crs=WGS84))


def _natural(column: pd.Series) -> pd.Series:
    """EV9 before EV10: the digits that end an id count as a number."""
    if column.name != "event":
        return column
    parts = column.str.extract(r"^(.*?)(\d{0,9})$")
    return parts[0] + parts[1].str.zfill(9)


def _lone(usable: gpd.GeoDataFrame) -> pd.DataFrame:
    """Events with a single report need no composing."""
    frame = pd.DataFrame({name: usable[name] for name in _FIELDS}).reset_index(drop=True)
    frame["known_from"] = usable["reported_day"].to_numpy()
    frame["known_to"] = INF + 1
    frame["reports"] = [(row,) for row in usable.index]
    frame["given"] = [dict.fromkeys(_ALONE, source) for source in usable["source"]]
    frame["given_rows"] = [dict.fromkeys(_ALONE, row) for row in usable.index]
    frame["disputed"] = (usable["credibility"] == DISPROVED).to_numpy()
    frame["undated"] = (usable["reported_day"] >= INF).to_numpy().astype(int)
    return frame


def _spans(group: pd.DataFrame) -> list[dict]:
    reports = [_report(row, record) for row, record in zip(group.index, group.to_dict("records"), strict=True)]
    starts = sorted({report.known_on for report in reports})
    ends = [*starts[1:], INF + 1]
    shapes = (compose(report for report in reports if report.known_on <= first) for first in starts)
    event, kind = group["event"].iloc[0], group["kind"].iloc[0]
    return [{"event": event, "kind": kind, "known_from": first, "known_to": end, **shape}
            for first, end, shape in zip(starts, ends, shapes, strict=True)]  # fmt: skip


def _report(row: int, r: dict) -> Report:
    time = Time(r["start"], r["end"], r["date_precision"], int(r["w0"]), int(r["s0"]), int(r["s1"]), int(r["w1"]))
    place = Place(r["place"], r["lat"], r["lon"], r["place_precision"], r["radius_km"], r["zone"], r["country"])
    known_on = int(r["reported_day"])
    return Report(row, r["source"], time, place, _order(r, time, place, known_on), known_on, r["title"], r["kind"], r["status"], r["blocs"],
                  r["participants"], r["summary"], r["reliability"], r["credibility"], r["marking"], r["marking_rank"])  # fmt: skip


def _order(r: dict, time: Time, place: Place, known_on: int) -> tuple:
    """An undated report counts from the earliest day it can have been written."""
    earliest = min(time.w1, time.s0) if r["status"] == "held" else time.w0 if r["status"] in _HAPPENED else -INF
    when = known_on if known_on < INF else earliest
    grade = (-_letter(r["reliability"]), -r["credibility"])
    vague = (-(time.w1 - time.w0), -_PLACE_RANK[place.place_precision], -len(place.zone))
    return (when, known_on < INF, grade, vague, r["source"], r["title"], r["summary"], r["start"], r["end"])


def _letter(reliability: str) -> int:
    return "ABCDEF".index(reliability)


def compose(reports: Iterable[Report]) -> dict:
    """The event that reports known so far add up to, whatever their order, as the columns of `versions`.

    Disproved reports shape it only when there is nothing else; its marking counts them too, because what they say is told.
    """
    everything = sorted(reports, key=lambda report: report.order)
    sound = [report for report in everything if report.credibility != DISPROVED]
    used = sound or everything
    composed = _first(used[0])
    for report in used[1:]:
        composed = _add(composed, report)
    newest = max((report.known_on for report in used if report.known_on < INF), default=-INF)
    return _columns(_still_open(composed, newest), used, disputed=not sound) | {"marking": _highest(everything)}


def _first(r: Report) -> Composed:
    given = dict.fromkeys(("title", "summary", "status", "time", "place", "blocs", *(f"participant {party}" for party, _ in r.participants)), r)
    return Composed(r.time, r.place, r.title, r.summary, r.status, r.blocs, dict(r.participants), given)


def _may_replace(old: Report, new: Report) -> bool:
    return new.credibility < WEAK or old.credibility >= WEAK


def _add(event: Composed, r: Report) -> Composed:
    """What one more, newer report changes."""
    given, changes = dict(event.given), {}
    time = later_time(event.time, r.time, event.given["time"].status, r.status) if _may_replace(given["time"], r) else event.time
    place = later_place(event.place, r.place) if _may_replace(given["place"], r) else event.place
    if time is not event.time:
        changes["time"] = time
    if place is not event.place:
        changes["place"] = place
    if _may_replace(given["status"], r):
        changes["status"] = r.status
    vaguer = event.time is time != r.time and event.place is place != r.place
    if not vaguer and _may_replace(given["title"], r):
        changes |= {"title": r.title} | ({"summary": r.summary} if r.summary else {})
    if r.blocs and _may_replace(given["blocs"], r):
        changes["blocs"] = r.blocs
    given.update(dict.fromkeys(changes, r))
    return replace(event, **changes, participants=_joined(event.participants, given, r), given=given)


def later_time(old: Time, new: Time, old_status: str, new_status: str) -> Time:
    """The time after a newer report: finer or differing replaces, vaguer does not, a state under way is never shortened."""
    if not old.meets(new):
        return new
    one_day = new.exact and new.w0 == new.w1
    if new_status == "ongoing" and old_status == "ongoing" and not (old.exact and new.exact and not one_day):
        return _longer(old, new)
    if one_day and old.exact and old.holds(new):
        return old
    if new.exact:
        return new
    vaguer = (_TIME_RANK[new.precision], new.w1 - new.w0) > (_TIME_RANK[old.precision], old.w1 - old.w0)
    if not vaguer:
        return new
    return _reaching(old, new) if new_status == "ongoing" and not old.holds(new) else old


def _longer(old: Time, new: Time) -> Time:
    """Both say that it goes on: the earlier start, the later stated end."""
    if old.holds(new) and new.exact:
        return old
    first = old if old.w0 <= new.w0 else new
    last = max((time for time in (old, new) if not time.open), key=lambda time: time.w1, default=new)
    both_open = old.open and new.open
    last = new if both_open else last
    return Time(first.start, last.end, new.precision if both_open else last.precision, first.w0, min(old.s0, new.s0),
                max(old.s1, new.s1), max(last.w1, first.w1) if both_open else last.w1)  # fmt: skip


def _reaching(old: Time, new: Time) -> Time:
    """A vaguer word on a state under way: it can reach as far as the new report says, and is as sure as it was."""
    return replace(new, w0=min(old.w0, new.w0), w1=max(old.w1, new.w1), s0=old.s0, s1=old.s1)


def _still_open(event: Composed, newest: int) -> Composed:
    """A state without an end is certain until the newest report on it."""
    if not event.time.open or newest == -INF:
        return event
    return replace(event, time=replace(event.time, s1=max(event.time.s1, newest)))


def later_place(old: Place, new: Place) -> Place:
    """The place after a newer report: a vaguer one that agrees does not replace a finer one."""
    vaguer = _PLACE_RANK[new.place_precision] > _PLACE_RANK[old.place_precision]
    return old if vaguer and old.agrees(new) else new


def _joined(known: dict[str, str], given: dict[str, Report], r: Report) -> dict[str, str]:
    """How each party took part: the newest word on it, unless it is doubtful or only says vaguely what is known better.

    Who gave it is kept in `given` under `participant PARTY`.
    """
    joined = dict(known)
    for party, modes in r.participants:
        vague = set(modes.split("+")) in _VAGUE_MODES and party in joined
        told_by = given.get(f"participant {party}", r)
        if _may_replace(told_by, r) and (not vague or set(joined[party].split("+")) in _VAGUE_MODES):
            joined[party] = modes
            given[f"participant {party}"] = r
    return joined


def steps(group: pd.DataFrame) -> list[tuple[int, dict]]:
    """An event after each of its reports, in the order in which they became known: row number and the columns of `versions`.

    `group`: its reports that are no furniture; those without a day of reporting come last.
    """
    reports = [_report(row, record) for row, record in zip(group.index, group.to_dict("records"), strict=True)]
    known = sorted(reports, key=lambda report: (report.known_on, report.order))
    return [(report.row, compose(known[: number + 1])) for number, report in enumerate(known)]


def best_grade(reports: Iterable[Report]) -> tuple[str, int]:
    """Reliability and credibility of the best report, reliability first."""
    return min((report.reliability, report.credibility) for report in reports)


def _columns(event: Composed, used: list[Report], *, disputed: bool) -> dict:
    stating = [report for report in used if report.status == event.status]
    reliability, credibility = best_grade(stating)
    given = {name: report for name, report in event.given.items() if not name.startswith("participant ")}
    return {
        "title": event.title, "summary": event.summary, "status": event.status, "blocs": event.blocs,
        "participants": tuple(event.participants.items()),
        "start": event.time.start, "end": event.time.end, "date_precision": event.time.precision,
        "w0": event.time.w0, "s0": event.time.s0, "s1": event.time.s1, "w1": event.time.w1, **vars(event.place),
        "reliability": reliability, "credibility": credibility,
        "reports": tuple(report.row for report in used),
        "given": {name: report.source for name, report in given.items()}, "given_rows": {name: report.row for name, report in given.items()},
        "disputed": disputed, "undated": sum(report.known_on >= INF for report in used),
    }  # fmt: skip


def _highest(used: Iterable[Report]) -> str:
    """The most restrictive marking of some reports; empty when none restricts more than a report without one."""
    return max(used, key=lambda report: (report.marking_rank, not report.marking)).marking
