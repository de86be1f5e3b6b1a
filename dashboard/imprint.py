"""What a file says about itself in its own metadata: never a clock, never a name of a machine or a person."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.scene import Scene


@dataclass(frozen=True)
class Imprint:
    """The metadata of an output."""

    title: str
    language: str
    """BCP 47"""

    marking: str
    view: str
    """the View's query"""

    text: str
    """text alternative"""

    seal: str = ""
    """token of `seal`, empty for a file that carries none"""


def imprint(scene: Scene, seal: str = "") -> Imprint:
    """The imprint of a scene."""
    title = ", ".join(part for part in (scene.title, scene.subtitle) if part)
    return Imprint(title, scene.view.lang, scene.marking, scene.view.to_query(), scene.text, seal)
