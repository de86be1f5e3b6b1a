"""Which events a view lets through, which of them the window meets for certain or possibly, and how many each choice would show."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from dashboard.view import View
from dashboard.words import PLANS
from geodata import days, links, places
from geodata.atlas import Atlas
from geodata.days import INF

Mask = np.ndarray
"""bool per row of `atlas.versions`"""


def known_day(view: View) -> int:
    """The knowledge day as a number; INF = everything."""
    return days.number(view.known) if view.known else INF


def shading_day(view: View) -> int:
    """The day whose memberships and border statuses are shown: the window's last, or the knowledge day if earlier."""
    return min(days.number(view.end), known_day(view))


def certain(w: np.ndarray, start: int, end: int) -> np.ndarray:
    """Rows that meet the window [start, end] whatever their exact time was; `w` = (4, n): the four day numbers."""
    return (w[1] <= end) & (w[2] >= start)


def possible(w: np.ndarray, start: int, end: int) -> np.ndarray:
    """Rows that can meet the window, the certain ones included."""
    return (w[0] <= end) & (w[3] >= start)


class Index:
    """What filters look up, worked out once per atlas."""

    def __init__(self, atlas: Atlas) -> None:
        """Keep the atlas; everything else is made when first asked for."""
        self.atlas, self.rows = atlas, atlas.versions

    @cached_property
    def days(self) -> np.ndarray:
        """(4, n): earliest start, latest start, earliest end, latest end."""
        return self.rows[["w0", "s0", "s1", "w1"]].to_numpy(np.int64).T

    @cached_property
    def known(self) -> np.ndarray:
        """(2, n): first knowledge day, and the first day no longer."""
        return self.rows[["known_from", "known_to"]].to_numpy(np.int64).T

    @cached_property
    def columns(self) -> dict[str, np.ndarray]:
        """Every column as an array."""
        return {name: self.rows[name].to_numpy() for name in self.rows.columns if name != "geometry"}

    @cached_property
    def spots(self) -> np.ndarray:
        """What stands together on the map: the coordinates of a point, else the name of the place."""
        point = [f"{lon:.2f} {lat:.2f}" for lon, lat in zip(self.columns["lon"], self.columns["lat"], strict=True)]
        return np.where(np.isnan(self.columns["lon"]), self.columns["place"], np.array(point, dtype=object))

    @cached_property
    def newest(self) -> int:
        """The latest day of reporting in the file."""
        reported = self.atlas.reports["reported_day"].to_numpy()
        return int(reported[reported < INF].max(initial=-INF))

    @cached_property
    def plans(self) -> Mask:
        """Rows that are plans or announcements."""
        return np.isin(self.columns["status"].astype(str), PLANS)

    def _holding(self, sets: list[tuple[str, ...]], wanted: tuple[str, ...]) -> Mask:
        chosen = frozenset(wanted)
        return np.fromiter((not chosen.isdisjoint(items) for items in sets), bool, len(sets))

    @cached_property
    def blocs(self) -> list[tuple[str, ...]]:
        """The blocs of each row, `none` where there is none."""
        return [blocs or ("none",) for blocs in self.rows["blocs"]]

    @cached_property
    def parties(self) -> list[tuple[str, ...]]:
        """Everyone who took part, and the country where it happened."""
        pairs = zip(self.rows["participants"], self.rows["country"], strict=True)
        return [tuple(dict.fromkeys([name for name, _ in taking_part] + ([country] if country else []))) for taking_part, country in pairs]

    @cached_property
    def sources(self) -> list[tuple[str, ...]]:
        """The sources of the reports each row rests on."""
        names = self.atlas.reports["source"].to_dict()
        return [tuple(names[row] for row in reports) for reports in self.rows["reports"]]

    @cached_property
    def reports_of(self) -> dict[str, tuple[int, ...]]:
        """Row numbers of the reports of each event, in the order of the file."""
        return {event: tuple(map(int, rows)) for event, rows in self.atlas.reports.groupby("event", sort=False).indices.items()}

    @cached_property
    def versions_of(self) -> dict[str, np.ndarray]:
        """Row numbers of `atlas.versions` of each event."""
        return dict(self.rows.groupby("event", sort=False).indices)

    def known_row(self, event: str, day: int) -> dict | None:
        """An event as known on a day, as a row of `atlas.versions` without its geometry; None when it is not known yet."""
        rows = self.versions_of.get(event, np.zeros(0, int))
        known = rows[(self.known[0][rows] <= day) & (self.known[1][rows] > day)]
        return {name: column[known[0]] for name, column in self.columns.items()} if len(known) else None

    @cached_property
    def _report_columns(self) -> dict[str, np.ndarray]:
        return {name: self.atlas.reports[name].to_numpy() for name in self.atlas.reports.columns if name != "geometry"}

    def reports(self, event: str) -> list[dict]:
        """The reports of an event in the order of the file, as rows of `atlas.reports` without geometry, with their number as `row`."""
        return [{**{name: column[row] for name, column in self._report_columns.items()}, "row": row} for row in self.reports_of.get(event, ())]

    @cached_property
    def _links_of(self) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for row in self.atlas.links.to_dict("records"):
            found.setdefault(row["from"], []).append(row)
            found.setdefault(row["to"], []).append(row)
        return found

    def links(self, event: str, day: int, *relations: str) -> list[dict]:
        """The links an event stands in that can be known on a day, those of the first relation first; all relations when none is named."""
        known = [row for row in self._links_of.get(event, ()) if row["known_from"] <= day]
        return [row for relation in relations for row in known if row["relation"] == relation] if relations else known

    @cached_property
    def reported(self) -> np.ndarray:
        """The day of reporting of each report; INF = not known."""
        return self.atlas.reports["reported_day"].to_numpy()

    @cached_property
    def furniture(self) -> Mask:
        """Which reports are page furniture."""
        return self.atlas.reports["furniture"].to_numpy(bool)

    @cached_property
    def source_rows(self) -> dict[str, dict]:
        """Every source by id."""
        return self.atlas.sources.to_dict("index")

    @cached_property
    def texts(self) -> list[str]:
        """What the search looks through: titles, places and summaries of all reports used, and the names of who took part."""
        reports, names = self.atlas.reports, self.atlas.party_names
        said = {row: " ".join(parts) for row, *parts in zip(reports.index, reports["title"], reports["place"], reports["summary"], strict=True)}
        rows = zip(self.rows["reports"], self.parties, strict=True)
        return [folded(" ".join([said[row] for row in used] + [names.get(party, party) for party in parties])) for used, parties in rows]

    @cached_property
    def grades(self) -> tuple[np.ndarray, np.ndarray]:
        """Reliability (0 = A) and credibility as numbers."""
        letters = {letter: number for number, letter in enumerate("ABCDEF")}
        return np.array([letters[letter] for letter in self.columns["reliability"]], int), self.columns["credibility"].astype(int)

    def bloc_mask(self, wanted: tuple[str, ...]) -> Mask:
        """Rows of any of these blocs."""
        return self._holding(self.blocs, wanted)

    def party_mask(self, wanted: tuple[str, ...]) -> Mask:
        """Rows with any of these countries or parties."""
        return self._holding(self.parties, wanted)

    def source_mask(self, wanted: tuple[str, ...]) -> Mask:
        """Rows that any of these sources reports."""
        return self._holding(self.sources, wanted)

    @lru_cache(maxsize=32)  # noqa: B019 - an Index lives as long as its atlas
    def near(self, pair: str, km: float) -> tuple[Mask, Mask]:
        """Rows wholly within `km` of a border, and rows that at least touch that belt."""
        atlas = self.atlas
        line = atlas.borders.loc[atlas.borders["pair"] == pair].geometry.iloc[0]
        keys = [(row.form, row.zone, row.country, row.lon, row.lat, row.radius_km) for row in self.rows.itertuples()]
        unique = {key: number for number, key in reversed(list(enumerate(keys)))}
        shapes = [places.geometry(self.rows.iloc[number], atlas.detail, atlas.zones, atlas.borders, atlas.regions) for number in unique.values()]
        inside, touching = places.near(shapes, line, km)
        position = {key: number for number, key in enumerate(unique)}
        rows = np.array([position[key] for key in keys], int)
        return inside[rows], touching[rows]


@lru_cache(maxsize=4)
def index(atlas: Atlas) -> Index:
    """The index of an atlas."""
    return Index(atlas)


def folded(text: str) -> str:
    """Text for comparing: no case, no accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))


@dataclass(frozen=True)
class Selection:
    """Masks over `atlas.versions`."""

    eligible: Mask
    """let through by everything but the window"""

    certain: Mask
    possible: Mask
    """only possible, without the certain ones"""

    ahead: Mask
    """plans known but after the window, when asked for"""

    hidden: int
    """events in the window that filters hide"""

    disputed: int
    """events in the window that only disproved reports tell of, hidden"""

    answered: int
    """announcements in the window that stand no longer for themselves, because what carries them out is known"""

    facets: dict[str, Counter]
    """per filter (`kinds`, `status`, `blocs`, `party`) how many events each choice would show, all other filters applied"""


def select(atlas: Atlas, view: View) -> Selection:
    """Apply knowledge day, filters and window."""
    look = index(atlas)
    start, end = days.number(view.start), days.number(view.end)
    known = (look.known[0] <= known_day(view)) & (look.known[1] > known_day(view))
    told, answered = ~look.columns["disputed"].astype(bool) | view.disputed, answered_rows(atlas, view, known)
    present = known & told & ~answered
    passes = _filters(look, view)
    eligible = present & _all(passes.values(), len(known))
    meets = possible(look.days, start, end)
    surely = certain(look.days, start, end) & meets & _surely_near(look, view)
    ahead = eligible & look.plans & (look.days[0] > end) if view.ahead else np.zeros(len(known), bool)
    return Selection(eligible, eligible & surely, eligible & meets & ~surely, ahead, int((present & meets & ~eligible).sum()),
                     int((known & meets & ~told).sum()), int((known & meets & answered).sum()), _facets(look, passes, present & meets))  # fmt: skip


def _all(masks, size: int) -> Mask:
    return np.logical_and.reduce([np.ones(size, bool), *masks])


def _filters(look: Index, view: View) -> dict[str, Mask]:
    """One mask per filter that is set."""
    masks = {}
    if view.kinds is not None:
        masks["kinds"] = np.isin(look.columns["kind"].astype(str), view.kinds)
    if view.status is not None:
        masks["status"] = np.isin(look.columns["status"].astype(str), view.status)
    if view.blocs is not None:
        masks["blocs"] = look.bloc_mask(view.blocs)
    if view.party is not None:
        masks["party"] = look.party_mask(view.party)
    if view.source is not None:
        masks["source"] = look.source_mask(view.source)
    if view.grade:
        masks["grade"] = _graded(look, view.grade)
    if view.near:
        masks["near"] = look.near(*view.near)[1]
    if view.q.strip():
        masks["q"] = _matching(look, view.q)
    return masks


def _graded(look: Index, grade: str) -> Mask:
    """Both halves at least as good; F and 6 cannot be judged and pass only with F6."""
    letter, digit = "ABCDEF".index(grade[0]), int(grade[1])
    reliability, credibility = look.grades
    return (reliability <= letter) & (credibility <= digit)


def _surely_near(look: Index, view: View) -> Mask:
    return look.near(*view.near)[0] if view.near else np.ones(len(look.rows), bool)


def _matching(look: Index, query: str) -> Mask:
    """Rows in whose text every word of the query stands; a person is found by every spelling of the name."""
    wanted = [_spellings(look.atlas, word) for word in folded(query).split()]
    return np.fromiter((all(any(spelling in text for spelling in spellings) for spellings in wanted) for text in look.texts), bool, len(look.texts))


def _spellings(atlas: Atlas, word: str) -> set[str]:
    """The word itself and, when it is a surname, its other spellings."""
    persons = atlas.table("persons")
    spelled = [[folded(name).split()[-1] for name in [own, *others.split(";")] if name.strip()]
               for own, others in zip(persons["name"], persons["other_names"], strict=True)]  # fmt: skip
    return {word}.union(*(surnames for surnames in spelled if word in surnames))


def answered_rows(atlas: Atlas, view: View, known: Mask) -> Mask:
    """Rows of announcements all of whose named parts are known: they are not drawn or counted by themselves."""
    look = index(atlas)
    there = set(look.columns["event"][known])
    answered = {event for event, parts in answers(atlas, view).items() if there.issuperset(parts)}
    return known & look.plans & np.fromiter((event in answered for event in look.columns["event"]), bool, len(known))


def answers(atlas: Atlas, view: View) -> dict[str, list[str]]:
    """For each announcement the events that are known, on the view's day, to carry it out."""
    linked = links.known_on(atlas.links, known_day(view), "answers")
    return {event: list(rows["to"]) for event, rows in linked.groupby("from")}


def _facets(look: Index, passes: dict[str, Mask], shown: Mask) -> dict[str, Counter]:
    """Counts beside each choice of a filter: what it would show with all other filters as they are."""
    rest = {name: np.flatnonzero(shown & _all((mask for key, mask in passes.items() if key != name), len(shown)))
            for name in ("kinds", "status", "blocs", "party")}  # fmt: skip
    return {
        "kinds": Counter(look.columns["kind"][rest["kinds"]]), "status": Counter(look.columns["status"][rest["status"]]),
        "blocs": Counter(bloc for row in rest["blocs"] for bloc in look.blocs[row]),
        "party": Counter(party for row in rest["party"] for party in look.parties[row]),
    }  # fmt: skip
