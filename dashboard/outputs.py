"""The files a view can be written to, by ending; written whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.occurrences import Occurrences
from dashboard.scene import Scene, as_json
from dashboard.selection import index
from dashboard.staging import UNMARKED
from geodata import outtake
from geodata.atlas import Atlas
from geodata.reports import DERIVED


@dataclass(frozen=True)
class Paper:
    """What a printed output is drawn on."""

    size: str = "a4"
    """a name of `page.paper.NAMED` such as `a3-portrait`, or width x height in mm such as `200x150`; slides are always 16:9"""

    dpi: int = 300
    """of a PNG and of the map's picture on a slide"""

    projection: str = "conformal"
    """`conformal`, `equal-area` or `screen`"""


class OutputError(ValueError):
    """An output that cannot be written; the text says why and what would be right."""


def _png(atlas: Atlas, scene: Scene, paper: Paper) -> bytes:
    from dashboard import page, seal

    made = page.png(scene, atlas, size=paper.size, dpi=paper.dpi, projection=paper.projection)
    return seal.png_with(made, seal.seal(atlas, scene))


def _svg(atlas: Atlas, scene: Scene, paper: Paper) -> bytes:
    from dashboard import page, seal

    token = seal.token(seal.seal(atlas, scene))
    return seal.close(page.svg(scene, atlas, size=paper.size, projection=paper.projection, seal=token))


def _pdf(atlas: Atlas, scene: Scene, paper: Paper) -> bytes:
    from dashboard import page, seal

    token = seal.token(seal.seal(atlas, scene))
    return seal.close(page.pdf(scene, atlas, size=paper.size, projection=paper.projection, seal=token))


def _pptx(atlas: Atlas, scene: Scene, paper: Paper) -> bytes:
    from dashboard import seal, slides

    return slides.pptx(scene, atlas, dpi=paper.dpi, projection=paper.projection, seal=seal.token(seal.seal(atlas, scene)))


def _json(atlas: Atlas, scene: Scene, _: Paper) -> bytes:
    from dashboard import seal

    told = {**as_json(scene), "seal": seal.token(seal.seal(atlas, scene))}
    return seal.close(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")


def _csv(atlas: Atlas, scene: Scene, _: Paper) -> bytes:
    layer = scene.layer("events")
    events = layer.features if layer else []
    rows = index(atlas).columns["reports"][events.rows] if isinstance(events, Occurrences) else []
    reports = outtake.used(atlas.reports, (row for rows_used in rows for row in rows_used))
    return outtake.csv_bytes(reports, columns=[name for name in reports if name not in DERIVED], unmarked=UNMARKED)


OUTPUTS: dict[str, Callable[[Atlas, Scene, Paper], bytes]] = {".png": _png, ".svg": _svg, ".pdf": _pdf, ".pptx": _pptx, ".json": _json,
                                                                  ".csv": _csv}  # fmt: skip


PRINTED = frozenset({".png", ".svg", ".pdf", ".pptx"})
"""endings of what is drawn on paper"""


def maker(target: Path) -> Callable[[Atlas, Scene, Paper], bytes]:
    """What makes this kind of file; OutputError names the endings there are."""
    if target.suffix.lower() not in OUTPUTS:
        raise OutputError(f"{target.name}: ending {target.suffix!r} is not one of {', '.join(sorted(OUTPUTS))}")
    return OUTPUTS[target.suffix.lower()]


def writable(target: Path, *, force: bool) -> None:
    """OutputError when `target` cannot be written or must not be replaced."""
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; the name of a file would be right")
    if target.exists() and not force:
        raise OutputError(f"{target}: exists already; --force replaces it")
    if not target.parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.parent}")
    if not os.access(target.parent, os.W_OK):
        raise OutputError(f"{target}: the folder {target.parent} cannot be written to")


def write(target: Path, content: bytes) -> None:
    """Put `content` at `target` whole: other programs see the old file or the new one, never half of it."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        if os.path.lexists(draft):
            draft.unlink()
