"""The files a view can be written to, by ending; written whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.extracts import WRITERS, about, extract
from dashboard.scene import Scene, as_json
from geodata.atlas import Atlas
from geodata.outtake import FormatError
from geodata.outtake.extract import Extract

PARTS = {"locator": "Locator inset", "sources": "Numbered sources", "references": "Sources of background facts"}
"""parts of a page that may be left out; the page says which were"""


@dataclass(frozen=True)
class Paper:
    """What a printed output is drawn on."""

    size: str = "a4"
    """a name of `page.paper.NAMED` such as `a3-portrait`, or width x height in mm such as `200x150`; slides are always 16:9"""

    dpi: int = 300
    """of a PNG and of the map's picture on a slide"""

    projection: str = "conformal"
    """`conformal`, `equal-area` or `screen`"""

    parts: frozenset[str] = frozenset(PARTS)
    """what stands on the page beside map, title, marking and disclaimers, which always do"""


Maker = Callable[[Atlas, Scene, Paper], bytes]


def without(scene: Scene, paper: Paper) -> Scene:
    """The scene without the parts the paper leaves out; its notes say so."""
    out = [name for name in PARTS if name not in paper.parts]
    if not out:
        return scene
    note = f"Left out of this page: {', '.join(PARTS[name].lower() for name in out)}."
    return replace(scene, notes=(note, *scene.notes), **{name: False if name == "locator" else () for name in out})


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


def _html(atlas: Atlas, scene: Scene, _: Paper) -> bytes:
    from dashboard import portable

    try:
        return portable.html(scene, atlas)
    except portable.TooManyError as error:
        raise OutputError(str(error)) from error


def _json(atlas: Atlas, scene: Scene, _: Paper) -> bytes:
    from dashboard import seal

    told = {**as_json(scene), "seal": seal.token(seal.seal(atlas, scene))}
    return seal.close(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")


def _data(write: Callable[[Extract], bytes]) -> Maker:
    def _made(atlas: Atlas, scene: Scene, _: Paper) -> bytes:
        try:
            return write(extract(atlas, scene))
        except FormatError as error:
            raise OutputError(str(error)) from error

    return _made


OUTPUTS: dict[str, Maker] = {".png": _png, ".svg": _svg, ".pdf": _pdf, ".pptx": _pptx, ".html": _html, ".json": _json,
                             **{ending: _data(write) for ending, write in WRITERS.items()}}  # fmt: skip


PRINTED = frozenset({".png", ".svg", ".pdf", ".pptx"})
"""endings of what is drawn on paper"""

DATA = frozenset(WRITERS)
"""endings of plain data, whose seal stands beside the file"""


def maker(target: Path) -> Maker:
    """What makes this kind of file; OutputError names the endings there are."""
    if target.suffix.lower() not in OUTPUTS:
        raise OutputError(f"{target.name}: ending {target.suffix!r} is not one of {', '.join(sorted(OUTPUTS))}")
    return OUTPUTS[target.suffix.lower()]


def with_seal(target: Path, content: bytes, atlas: Atlas, scene: Scene) -> dict[Path, bytes]:
    """Everything an output consists of, by where it goes: the file and, for data, its seal beside it."""
    from dashboard import seal
    from dashboard.seal_rows import own_columns

    if target.suffix.lower() not in DATA:
        return {target: content}
    sealed = seal.seal(atlas, scene, own=own_columns(atlas))
    return {target: content, seal.beside_of(target): seal.beside(content, sealed, about(scene))}


def writable(target: Path, *, force: bool) -> None:
    """OutputError when `target`, or the seal that goes beside it, cannot be written or must not be replaced."""
    for path in _places(target):
        try:
            _writable(path, force=force)
        except OSError as error:
            raise _unwritten(path, error) from error


def spared(target: Path, read: Iterable[Path]) -> None:
    """OutputError when `target`, or the seal that goes beside it, stands where one of the files `read` does."""
    for path in _places(target):
        if path.exists() and any(os.path.exists(file) and path.samefile(file) for file in read):
            raise OutputError(f"{path}: is read for this export; another name would be right")


def _places(target: Path) -> tuple[Path, ...]:
    """Where an output goes: the file and, for data, its seal beside it."""
    from dashboard import seal

    return (target, seal.beside_of(target)) if target.suffix.lower() in DATA else (target,)


def _unwritten(target: Path, error: OSError) -> OutputError:
    return OutputError(f"{target}: cannot be written: {error.strerror or error}")


def _writable(target: Path, *, force: bool) -> None:
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
    write_all({target: content})


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Put several files whole: nothing is put in its place before all of them are on the disk.

    When one cannot be put in its place, those that are new are taken away again.
    """
    drafts = {target: target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}") for target in contents}
    new = [target for target in contents if not os.path.lexists(target)]
    target = next(iter(contents))
    try:
        for target, draft in drafts.items():
            draft.write_bytes(contents[target])
        for target, draft in drafts.items():
            os.replace(draft, target)
    except OSError as error:
        _take_away(new)
        raise _unwritten(target, error) from error
    finally:
        _take_away(drafts.values())


def _take_away(paths: Iterable[Path]) -> None:
    for path in paths:
        if os.path.lexists(path):
            path.unlink()
