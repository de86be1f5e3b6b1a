"""Sheets as one PDF: vector throughout, text as text in embedded fonts, tagged with its text alternative, no clock."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from dashboard.imprint import Imprint
from dashboard.page import content
from dashboard.page.content import Font, Fonts
from dashboard.page.sheet import Sheet

PT = 72 / 25.4


class Objects:
    """The numbered objects of a file being written."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """A number whose object comes later."""
        self._bodies.append(b"")
        return len(self._bodies)

    def add(self, body: str | bytes, number: int = 0) -> int:
        """Keep an object, as `number` if that was reserved; returns its number."""
        number = number or self.reserve()
        self._bodies[number - 1] = body if isinstance(body, bytes) else body.encode("ascii")
        return number

    def stream(self, data: bytes, entries: str = "", *, packed: bool = True) -> int:
        """Keep a stream."""
        data = zlib.compress(data, 6) if packed else data
        told = f"<< {entries} /Length {len(data)}{' /Filter /FlateDecode' if packed else ''} >>\nstream\n"
        return self.add(told.encode("ascii") + data + b"\nendstream")

    def file(self, root: int, info: int) -> bytes:
        """The whole file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._bodies, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def pdf(sheets: Sequence[Sheet], told: Imprint, alternatives: Sequence[str] = ()) -> bytes:
    """One page per sheet; `alternatives` are the pages' texts where `told.text` is not that of the only page."""
    objects, fonts = Objects(), Fonts()
    root, pages, structure, resources = (objects.reserve() for _ in range(4))
    texts = alternatives or [told.text] * len(sheets)
    kids, figures, states = [], [], set()
    for sheet, text in zip(sheets, texts, strict=True):
        drawn, used = content.stream(sheet, fonts)
        states |= used
        page = objects.reserve()
        figures.append(objects.add(f"<< /Type /StructElem /S /Figure /P {structure} 0 R /Pg {page} 0 R /K 0 /Alt {_string(text)} >>"))
        kids.append(page)
        _page(objects, page, (pages, resources), sheet, objects.stream(drawn), len(kids) - 1)
    objects.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{_references(kids)}] >>", pages)
    parents = " ".join(f"{i} [{number} 0 R]" for i, number in enumerate(figures))
    tree = f"/ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {len(kids)}"
    objects.add(f"<< /Type /StructTreeRoot /K [{_references(figures)}] {tree} >>", structure)
    faces = " ".join(f"/{font.name} {_embedded(objects, font)} 0 R" for font in fonts.used())
    strengths = " ".join(f"/{content.state(alpha)} << /ca {alpha:g} /CA {alpha:g} >>" for alpha in sorted(states))
    objects.add(f"<< /Font << {faces} >> /ExtGState << {strengths} >> >>", resources)
    metadata = objects.stream(_xmp(told), "/Type /Metadata /Subtype /XML", packed=False)
    objects.add(
        f"<< /Type /Catalog /Pages {pages} 0 R /Lang ({told.language}) /MarkInfo << /Marked true >> /StructTreeRoot {structure} 0 R "
        f"/ViewerPreferences << /DisplayDocTitle true >> /Metadata {metadata} 0 R >>",
        root,
    )
    info = objects.add(
        f"<< /Title {_string(told.title)} /Subject {_string(told.marking)} /Creator (panj) /Producer (panj) /PanjMarking {_string(told.marking)} "
        f"/PanjView {_string(told.view)} /PanjSeal ({told.seal}) >>"
    )
    return objects.file(root, info)


def _page(objects: Objects, number: int, above: tuple[int, int], sheet: Sheet, drawn: int, place: int) -> None:
    pages, resources = above
    width, height = (mm * sheet.paper.print_scale * PT for mm in (sheet.paper.width, sheet.paper.height))
    objects.add(
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Resources {resources} 0 R /Contents {drawn} 0 R "
        f"/StructParents {place} /Tabs /S >>",
        number,
    )


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _string(text: str) -> str:
    """A text string of any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def _embedded(objects: Objects, font: Font) -> int:
    """A font cut down to its glyphs, addressed by glyph, with what each stands for."""
    made = font.cut()
    file = objects.stream(made.data, "/Subtype /CIDFontType0C" if made.cff else f"/Length1 {len(made.data)}")
    box = " ".join(map(str, made.box))
    descriptor = objects.add(
        f"<< /Type /FontDescriptor /FontName /{font.tagged} /Flags {68 if made.slant else 4} /FontBBox [{box}] /ItalicAngle {made.slant:g} "
        f"/Ascent {made.ascent} /Descent {made.descent} /CapHeight 660 /StemV 80 /FontFile{3 if made.cff else 2} {file} 0 R >>"
    )
    widths = " ".join(f"{number} [{width:.2f}]" for number, width in made.widths.items())
    kind = "/CIDFontType0" if made.cff else "/CIDFontType2 /CIDToGIDMap /Identity"
    letters = objects.add(
        f"<< /Type /Font /Subtype {kind} /BaseFont /{font.tagged} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R /W [{widths}] >>"
    )
    meanings = objects.stream(font.meanings())
    return objects.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.tagged}{'-Identity-H' if made.cff else ''} /Encoding /Identity-H "
        f"/DescendantFonts [{letters} 0 R] /ToUnicode {meanings} 0 R >>"
    )


def _xmp(told: Imprint) -> bytes:
    """The same in the form that libraries of documents read."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:panj="urn:panj">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(told.title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{told.language}</rdf:li></rdf:Bag></dc:language>"
        f"<panj:marking>{escape(told.marking)}</panj:marking><panj:view>{escape(told.view)}</panj:view>"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode("utf-8", "replace")
