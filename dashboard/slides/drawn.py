"""Shapes and lines of text of a sheet in the markup of slides (DrawingML), to the hundredth of a mm."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.page import lettering, outlines
from dashboard.page.lettering import MM_PER_PT
from dashboard.page.sheet import Shape, Style, Words

FACE, FALLBACK = "Source Sans 3", "DejaVu Sans"
PANOSE = "020B0503030403020204"
"""tells a machine without the face what to take instead: a plain sans serif"""

ASCENT, LEADING = 1.0, 1.326
"""em: from the top of a line of text to its base line, and its height"""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLACE = re.compile(r'<a:off x="(-?\d+)" y="(-?\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>')
_STEPS = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
_SIDES = {0.0: "l", 0.5: "ctr", 1.0: "r"}


def legal(text: str) -> str:
    """`text` without the characters XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def element(markup: str) -> etree._Element:
    """The element of one piece of markup."""
    name, rest = re.match(r"(<[\w:]+)(.*)", markup, re.DOTALL).groups()
    return parse_xml(f"{name} {nsdecls('a', 'p')}{rest}")


def run(text: str, pt: float, *, bold: bool = False, italic: bool = False, colour: str = "#1F2933", spaced: float = 0.0, halo: float = 0.0) -> str:
    """A run of letters; `spaced` in em, `halo` in mm."""
    look = f' b="{int(bold)}"' + (' i="1"' if italic else "") + (f' spc="{round(spaced * pt * 100)}"' if spaced else "")
    glow = f'<a:effectLst><a:glow rad="{round(halo * 36000)}"><a:srgbClr val="FFFFFF"><a:alpha val="80000"/></a:srgbClr></a:glow></a:effectLst>'
    return (
        f'<a:r><a:rPr lang="en-GB" sz="{round(pt * 100)}"{look} dirty="0">{_fill(colour)}{glow if halo else ""}'
        f'<a:latin typeface="{FACE}" panose="{PANOSE}" pitchFamily="34" charset="0"/>'
        f'<a:ea typeface="{FALLBACK}"/><a:cs typeface="{FALLBACK}"/></a:rPr>'
        f"<a:t>{escape(legal(text))}</a:t></a:r>"
    )


class Pen:
    """Writes markup in EMU from mm of a sheet."""

    def __init__(self, scale: float) -> None:
        """`scale`: EMU per mm of the sheet."""
        self._scale = scale

    def group(self, parts: Sequence[str], name: str, alternative: str) -> str:
        """Parts that move together; their own places are those of the slide."""
        boxes = [tuple(map(int, found)) for part in parts for found in _PLACE.findall(part)]
        left, top = (min(box[i] for box in boxes) for i in (0, 1))
        wide, high = (max(box[i] + box[i + 2] for box in boxes) - low for i, low in ((0, left), (1, top)))
        place = f'<a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/><a:chOff x="{left}" y="{top}"/><a:chExt cx="{wide}" cy="{high}"/>'
        told = f" descr={quoteattr(legal(alternative))}" if alternative else ""
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="0" name={quoteattr(legal(name))}{told}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
            f"<p:grpSpPr><a:xfrm>{place}</a:xfrm></p:grpSpPr>{''.join(parts)}</p:grpSp>"
        )

    def shape(self, shape: Shape) -> str:
        """A freeform."""
        points = np.asarray(shape.path.vertices)[np.asarray(shape.path.codes) != 79]
        left, top = (math.floor(v * 100) for v in points.min(0))
        right, bottom = (math.ceil(v * 100) for v in points.max(0))
        steps = []
        for name, numbers in outlines.commands(shape.path):
            corners = zip(numbers[::2], numbers[1::2], strict=True)
            inner = "".join(f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in corners)
            steps.append(f"<a:{_STEPS[name]}>{inner}</a:{_STEPS[name]}>" if inner else "<a:close/>")
        filled = _fill(shape.style.colour, shape.style.alpha) if shape.style.kind == "fill" else "<a:noFill/>"
        empty = "" if shape.style.kind == "fill" else ' fill="none"'
        path = f'<a:path w="{right - left}" h="{bottom - top}"{empty}>{"".join(steps)}</a:path>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="0" name="{shape.style.kind}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{self._box(left / 100, top / 100, right / 100, bottom / 100)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom>{filled}{self._outline(shape.style)}</p:spPr></p:sp>'
        )

    def _outline(self, style: Style) -> str:
        if style.kind == "fill":
            return "<a:ln><a:noFill/></a:ln>"
        dashes = zip(style.dash[::2], style.dash[1::2], strict=True)
        dash = "".join(f'<a:ds d="{_share(line, style.mm)}" sp="{_share(gap, style.mm)}"/>' for line, gap in dashes)
        return (
            f'<a:ln w="{round(style.mm * self._scale)}" cap="{"rnd" if style.cap == "round" else "flat"}">{_fill(style.colour, style.alpha)}'
            + (f"<a:custDash>{dash}</a:custDash>" if dash else "")
            + "<a:round/></a:ln>"
        )

    def words(self, words: Words) -> str:
        """A text box whose letters stand where the sheet has them."""
        (left, top, right, bottom), turn = self._line_box(words), round(words.angle * 60000) % 21600000
        place = self._box(left, top, right, bottom, f' rot="{turn}"' if turn else "")
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="0" name={quoteattr(legal(words.text[:60]))}/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>{self._body([words])}</p:sp>'
        )

    def paragraph(self, lines: Sequence[Words]) -> tuple[tuple[int, int, int, int], str]:
        """Lines below each other in one box: left, top, width and height in EMU, and the text's markup."""
        boxes = [self._line_box(line) for line in lines]
        left, top = boxes[0][0], boxes[0][1]
        right, bottom = max(box[2] for box in boxes), boxes[-1][3]
        return tuple(round(v * self._scale) for v in (left, top, right - left, bottom - top)), self._body(lines)

    def _line_box(self, words: Words) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the box before it is turned about its middle."""
        em, turn = words.pt * MM_PER_PT, math.radians(words.angle)
        half, down = words.room / 2, (LEADING / 2 - ASCENT) * em
        along = half - (words.room - words.wide) * words.align
        x = words.x + along * math.cos(turn) - down * math.sin(turn)
        y = words.y + along * math.sin(turn) + down * math.cos(turn)
        return x - half, y - LEADING / 2 * em, x + half, y + LEADING / 2 * em

    def _body(self, lines: Sequence[Words]) -> str:
        first, print_scale = lines[0], self._scale / 36000
        runs = [
            run(lettering.one_line(line.text), line.pt * print_scale, bold=line.face in ("bold", "semibold"),
                italic=line.face == "italic", colour=line.colour, spaced=line.track, halo=line.halo * print_scale)
            for line in lines
        ]  # fmt: skip
        pitch = (lines[1].y - lines[0].y) / MM_PER_PT * print_scale if len(lines) > 1 else 0
        spacing = f'<a:lnSpc><a:spcPts val="{round(pitch * 100)}"/></a:lnSpc>' if pitch else ""
        return (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t" rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f'<a:p><a:pPr algn="{_SIDES.get(first.align, "l")}">{spacing}<a:buNone/></a:pPr>{"<a:br/>".join(runs)}</a:p></p:txBody>'
        )

    def _box(self, left: float, top: float, right: float, bottom: float, more: str = "") -> str:
        x, y = round(left * self._scale), round(top * self._scale)
        return f'<a:xfrm{more}><a:off x="{x}" y="{y}"/><a:ext cx="{round(right * self._scale) - x}" cy="{round(bottom * self._scale) - y}"/></a:xfrm>'


def _fill(colour: str, alpha: float = 1.0) -> str:
    strength = f'<a:alpha val="{round(alpha * 100000)}"/>' if alpha != 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour[1:]}">{strength}</a:srgbClr></a:solidFill>'


def _share(length: float, mm: float) -> int:
    """A dash in parts of the line's width, as the markup wants it."""
    return max(round(length / mm * 100000), 1000)
