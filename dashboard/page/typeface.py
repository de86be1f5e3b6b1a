"""A font of a PDF, cut down to the glyphs that its pages show."""

from __future__ import annotations

import hashlib

from dashboard.page import fonts


class Typeface:
    """One font of the file."""

    def __init__(self, file: str, texts: dict[int, str]) -> None:
        """`texts`: what each glyph shown stands for."""
        self.file, self._texts = file, texts

    def cut(self) -> fonts.Cut:
        """The font with these glyphs."""
        return fonts.cut(self.file, frozenset(self._texts))

    @property
    def tagged(self) -> str:
        """The name with the six letters that mark a font cut down."""
        digest = hashlib.sha256(repr(sorted(self._texts)).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.cut().name

    def meanings(self) -> bytes:
        """The table from glyphs to letters."""
        lines = [f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>" for number, text in sorted(self._texts.items())]
        blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
        body = "\n".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")
