"""Reports that contradict each other, side by side: what each says, who says it and how good it is."""

from __future__ import annotations

from dashboard.disagreements import Disagreement, Side, disagreements
from dashboard.panels.cite import Cite, section, short_day
from dashboard.panels.markup import Child, Html, pick, tag
from dashboard.scene import Scene
from dashboard.selection import known_day
from geodata.atlas import Atlas

MOST = 4
"""reports named under one side; more are counted"""


def sides(atlas: Atlas, shown: Scene, key: str, cite: Cite) -> Html:
    """One block for everything that is said differently; nothing when the reports agree."""
    return section("Reports that contradict each other", *(_block(atlas, each, cite) for each in disagreements(atlas, key, known_day(shown.view))))


def _block(atlas: Atlas, each: Disagreement, cite: Cite) -> Html:
    head = tag("p", tag("b", each.subject[:1].upper() + each.subject[1:]), f": {each.note}" if each.note else "", cls="panj-soft")
    return tag("div", head, tag("div", *(_side(atlas, side, cite) for side in each.sides), cls="panj-sides"))


def _side(atlas: Atlas, side: Side, cite: Cite) -> Html:
    claim = pick(f"event:{side.event}", side.claim) if side.event else tag("b", side.claim)
    reports = [atlas.reports.loc[row].to_dict() for row in side.reports]
    more = tag("span", f"and {len(reports) - MOST} more", cls="panj-soft") if len(reports) > MOST else None
    return tag("div", claim, *(_report(report, cite) for report in reports[:MOST]), more)


def _report(report: dict, cite: Cite) -> Child:
    number = cite.numbers.get(report["source"])
    publisher = cite.rows.get(report["source"], {}).get("publisher") or report["source"] or "no source given"
    grade = tag("b", f"{report['reliability']}{report['credibility']}")
    return tag("span", grade, f" {publisher}, {short_day(report['reported'])}", f" [{number}]" if number else "", cls="panj-source")
