"""The sheet as SVG: vector throughout, text as text in its own fonts, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path as File
from xml.sax.saxutils import escape, quoteattr

from matplotlib.path import Path

from dashboard.imprint import Imprint
from dashboard.page import fonts, lettering, outlines
from dashboard.page.lettering import MM_PER_PT
from dashboard.page.sheet import Rect, Sheet, Style, Words

FAMILY = "Source Sans 3"
FALLBACK = "DejaVu Sans"
WEIGHTS = {"regular": 400, "italic": 400, "semibold": 600, "bold": 700}

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""characters XML cannot hold"""


def svg(sheet: Sheet, told: Imprint) -> bytes:
    """The sheet as one SVG file without any reference to another; `told` goes into its metadata."""
    paper, layers = sheet.paper, sheet.layers()
    clips = list(dict.fromkeys(clip for item in layers if (clip := _clip(item))))
    wide, high = (_number(mm * paper.print_scale) for mm in (paper.width, paper.height))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:panj="urn:panj" width="{wide}mm" height="{high}mm" '
        f'viewBox="0 0 {_number(paper.width)} {_number(paper.height)}" xml:lang="{told.language}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{_text(told.title)}</title>',
        f'<desc id="desc">{_text(told.text)}</desc>',
        f"<metadata><panj:marking>{_text(told.marking)}</panj:marking><panj:view>{_text(told.view)}</panj:view>"
        f"<panj:seal>{_text(told.seal)}</panj:seal></metadata>",
        f"<defs><style>{_faces(layers)}</style>{''.join(_clip_path(i, clip) for i, clip in enumerate(clips))}</defs>",
        f'<rect width="{_number(paper.width)}" height="{_number(paper.height)}" fill="#FFFFFF"/>',
    ]
    for item in layers:
        at = f' clip-path="url(#c{clips.index(clip)})"' if (clip := _clip(item)) else ""
        shown = _line(item) if isinstance(item, Words) else _shape(*item)
        lines.append(f"<g{at}>{shown}</g>" if at else shown)
    return "\n".join([*lines, "</svg>", ""]).encode()


def _clip(item: tuple[Style, list[Path]] | Words) -> Rect | None:
    return item.clip if isinstance(item, Words) else item[0].clip


def _clip_path(number: int, clip: Rect) -> str:
    left, top, right, bottom = clip
    size = f'width="{_number(right - left)}" height="{_number(bottom - top)}"'
    return f'<clipPath id="c{number}"><rect x="{_number(left)}" y="{_number(top)}" {size}/></clipPath>'


def _faces(layers: Sequence[tuple[Style, list[Path]] | Words]) -> str:
    """The fonts, cut down to the letters used."""
    rules = []
    for (face, file), letters in sorted(fonts.letters_used(item for item in layers if isinstance(item, Words)).items()):
        family = FALLBACK if File(file).stem.startswith("DejaVu") else FAMILY
        style = "italic" if face == "italic" else "normal"
        rules.append(f'@font-face{{font-family:"{family}";font-weight:{WEIGHTS[face]};font-style:{style};src:url({fonts.web(file, letters)})}}')
    return "".join(rules)


_COMMANDS = {"M": "M%d %d", "L": "L%d %d", "C": "C%d %d %d %d %d %d", "Z": "Z"}


def _shape(style: Style, paths: Sequence[Path]) -> str:
    data = "".join(outlines.written(path, _COMMANDS) for path in paths)
    look = f'fill="{style.colour}"' if style.kind == "fill" else _stroke(style)
    part = "" if style.alpha == 1 else f' {"fill" if style.kind == "fill" else "stroke"}-opacity="{style.alpha:g}"'
    return f'<path transform="scale(.01)" {look}{part} d="{data}"/>' if data else ""


def _stroke(style: Style) -> str:
    dash = f' stroke-dasharray="{" ".join(_number(100 * length) for length in style.dash)}"' if style.dash else ""
    return f'fill="none" stroke="{style.colour}" stroke-width="{_number(100 * style.mm)}" stroke-linecap="{style.cap}" stroke-linejoin="round"{dash}'


def _line(words: Words) -> str:
    """Text with its exact width, or with the place of each letter where they stand apart."""
    text = lettering.printable(words.text, words.face)
    turn = f' transform="rotate({_number(words.angle)} {_number(words.x)} {_number(words.y)})"' if words.angle else ""
    if words.track:
        starts = " ".join(_number(words.x + x) for x in lettering.letter_starts(text, words.pt, words.face, words.track))
        place = f'x="{starts}"'
    else:
        place = f'x="{_number(words.x)}" textLength="{_number(words.wide)}" lengthAdjust="spacingAndGlyphs"'
    family = quoteattr(f"'{FAMILY}', '{FALLBACK}', sans-serif")
    weight = f' font-weight="{WEIGHTS[words.face]}"' if WEIGHTS[words.face] != 400 else ""
    italic = ' font-style="italic"' if words.face == "italic" else ""
    return (
        f'<text {place} y="{_number(words.y)}"{turn} font-family={family} font-size="{_number(words.pt * MM_PER_PT)}"{weight}{italic} '
        f'fill="{words.colour}">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _number(value: float) -> str:
    """At most three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value else "0"
