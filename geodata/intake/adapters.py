"""The exports of ACLED and of UCDP GED: which column is which, and what their codes of precision mean in ours."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.intake.names import plain

WEEK, MONTH, YEAR, SPAN = "week", "month", "year", "span"
"""a week around the day; the whole month or year it lies in; exactly what start and end say"""

SPAN_OR_MONTH, SPAN_OR_YEAR = "span or month", "span or year"
OR_ELSE = {SPAN_OR_MONTH: MONTH, SPAN_OR_YEAR: YEAR}
"""what start and end say; where they are one day, the month or year it lies in"""


@dataclass(frozen=True)
class Schema:
    """One collection's way of writing events."""

    key: str
    name: str
    telling: frozenset[str]
    """plain names of columns only this collection has together"""

    columns: dict[str, str]
    """our column -> theirs"""

    time: tuple[str, dict[str, str]]
    """their column of time precision, and what each code means: `day`, WEEK, MONTH, YEAR, SPAN or one of OR_ELSE"""

    place: tuple[str, dict[str, tuple[str, float]]]
    """their column of place precision, and each code's precision and radius in km; radii are chosen for drawing, not sourced"""

    vaguest: tuple[str, str]
    """the codes of time and of place that a row without one, or with one nobody knows, is read by"""

    title: tuple[str, ...]
    """columns a title is made of, when there is none"""

    kind: tuple[str, ...]
    """columns that name the kind, the more exact first"""

    kinds: dict[str, str]


NEAR_KM, DISTRICT_KM, PROVINCE_KM, VAGUE_KM = 25.0, 50.0, 150.0, 100.0

ACLED = Schema(
    "acled", "ACLED", frozenset({"event date", "event type", "sub event type", "geo precision", "time precision"}),
    {"event": "event_id_cnty", "kind": "event_type", "start": "event_date", "place": "location", "lat": "latitude", "lon": "longitude",
     "country": "country",
     "summary": "notes", "source": "source"},
    ("time_precision", {"1": "day", "2": WEEK, "3": MONTH}),
    ("geo_precision", {"1": ("city", 0), "2": ("district", NEAR_KM), "3": ("district", PROVINCE_KM)}),
    ("3", "3"), ("sub_event_type", "location"), ("sub_event_type", "event_type"),
    {"battles": "attack", "explosions remote violence": "attack", "violence against civilians": "attack", "agreement": "talks",
     "non violent transfer of territory": "territorial_control", "government regains territory": "territorial_control",
     "non state actor overtakes territory": "territorial_control", "protests": "other", "riots": "other", "strategic developments": "other"},
)  # fmt: skip
UCDP = Schema(
    "ucdp", "UCDP GED", frozenset({"date start", "date end", "date prec", "where prec", "type of violence"}),
    {"event": "id", "kind": "type_of_violence", "start": "date_start", "end": "date_end", "place": "where_coordinates", "lat": "latitude",
     "lon": "longitude",
     "country": "country", "summary": "source_headline", "source": "source_article"},
    ("date_prec", {"1": "day", "2": SPAN, "3": SPAN, "4": SPAN_OR_MONTH, "5": SPAN_OR_YEAR}),
    ("where_prec", {"1": ("city", 0), "2": ("district", NEAR_KM), "3": ("district", DISTRICT_KM), "4": ("district", PROVINCE_KM),
                    "5": ("district", VAGUE_KM), "6": ("country", 0), "7": ("none", 0)}),
    ("5", "6"), ("dyad_name", "where_coordinates"), ("type_of_violence",), {"1": "attack", "2": "attack", "3": "attack"},
)  # fmt: skip
SCHEMAS = {schema.key: schema for schema in (ACLED, UCDP)}


def schema_of(columns: list[str]) -> str:
    """The key of the collection a file comes from, empty when from none."""
    names = {plain(column) for column in columns}
    return next((schema.key for schema in SCHEMAS.values() if schema.telling <= names), "")


def columns_of(key: str, columns: list[str]) -> dict[str, str]:
    """Our column -> the file's, for those the file has, however their names are written."""
    there = {plain(column): column for column in columns}
    return {target: there[plain(theirs)] for target, theirs in SCHEMAS[key].columns.items() if plain(theirs) in there}
