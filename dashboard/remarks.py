"""What must be said when a printed output is made: what the page cannot show, and which entries of its legend would be confused."""

from __future__ import annotations

from dashboard import eyes, outputs
from dashboard.outputs import Paper
from dashboard.page.losses import losses
from dashboard.page.paper import SLIDE
from dashboard.scene import Scene


def remarks(scene: Scene, ending: str, paper: Paper) -> list[str]:
    """Sentences; none for outputs that are not printed. `ending` begins with its dot."""
    alike = eyes.confusions(scene.legend) if ending in outputs.PRINTED else ()
    return [*unshown(scene, ending, paper), *([f"colour check: {'; '.join(alike)}"] if alike else [])]


def unshown(scene: Scene, ending: str, paper: Paper) -> list[str]:
    """What a printed output cannot show of its texts."""
    if ending not in outputs.PRINTED:
        return []
    slides = ending == ".pptx"
    return losses(scene, SLIDE if slides else paper.size, slides=slides)
