"""What a mapping says that this file does not ask: told in a sentence each, because an answer misspelt is no answer."""

from __future__ import annotations

from geodata.intake.draft import Draft

MOST = 20
"""sentences"""


def judge(draft: Draft) -> None:
    """Name answers that no question offers, answers to no question, and kinds there are not."""
    said = [*_answers(draft), *_kinds(draft)]
    more = [f"and {len(said) - MOST:,} more answers like these"] if len(said) > MOST else []
    draft.findings.notes += said[:MOST] + more


def _answers(draft: Draft) -> list[str]:
    said = []
    for key, choice in draft.mapping.answers.items():
        choices = draft.asked.get(key)
        if choices is None:
            said.append(f"the mapping answers {key!r} with {choice!r}, which is no question about this file")
        elif choice not in choices:
            offered = ", ".join(map(repr, choices[:12]))
            said.append(f"the mapping answers {key!r} with {choice!r}, which is no answer to it; one of {offered} would be right")
    return said


def _kinds(draft: Draft) -> list[str]:
    ids = set(draft.ground.tables["kinds"]["id"])
    return [f"the mapping reads {word!r} as {kind!r}, which is no kind of event known here; one of {', '.join(sorted(ids))} would be right"
            for word, kind in draft.mapping.kinds.items() if kind not in ids]  # fmt: skip
