"""Sheets as one PDF: vector throughout, text as text in embedded fonts, tagged with its text alternative, no clock."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from dashboard.imprint import Imprint
from dashboard.page import content, fonts
from dashboard.page.content import Drawn
from dashboard.page.typeface import Typeface


class Objects:
    """The numbered objects of a file being written."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []
        self._known: dict[bytes, int] = {}

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
        return self._stream(zlib.compress(data, 6), f"{entries} /Filter /FlateDecode") if packed else self._stream(data, entries)

    def packed(self, data: bytes) -> int:
        """Keep a stream that is packed already, once however often it comes."""
        if data not in self._known:
            self._known[data] = self._stream(data, "/Filter /FlateDecode")
        return self._known[data]

    def _stream(self, data: bytes, entries: str) -> int:
        return self.add(f"<< {entries} /Length {len(data)} >>\nstream\n".encode("ascii") + data + b"\nendstream")

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


def pdf(pages: Sequence[Drawn], told: Imprint, outline: Sequence[str] = ()) -> bytes:
    """The pages as one file; `outline` names each page in the list that readers show beside it."""
    objects = Objects()
    root, tree, structure, resources = (objects.reserve() for _ in range(4))
    kids = [objects.reserve() for _ in pages]
    figures = [
        objects.add(f"<< /Type /StructElem /S /Figure /P {structure} 0 R /Pg {kid} 0 R /K 0 /Alt {_string(page.text)} >>")
        for kid, page in zip(kids, pages, strict=True)
    ]
    for place, page in enumerate(pages):
        _page(objects, (kids, tree, resources), page, place)
    objects.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{_references(kids)}] >>", tree)
    parents = " ".join(f"{i} [{number} 0 R]" for i, number in enumerate(figures))
    numbers = f"/ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {len(kids)}"
    objects.add(f"<< /Type /StructTreeRoot /K [{_references(figures)}] {numbers} >>", structure)
    _resources(objects, resources, pages)
    metadata = objects.stream(_xmp(told), "/Type /Metadata /Subtype /XML", packed=False)
    beside = f"/Outlines {_outline(objects, kids, outline)} 0 R /PageMode /UseOutlines " if outline else ""
    objects.add(
        f"<< /Type /Catalog /Pages {tree} 0 R /Lang ({told.language}) /MarkInfo << /Marked true >> /StructTreeRoot {structure} 0 R "
        f"/ViewerPreferences << /DisplayDocTitle true >> {beside}/Metadata {metadata} 0 R >>",
        root,
    )
    info = objects.add(
        f"<< /Title {_string(told.title)} /Subject {_string(told.marking)} /Creator (panj) /Producer (panj) /PanjMarking {_string(told.marking)} "
        f"/PanjView {_string(told.view)} /PanjSeal ({told.seal}) >>"
    )
    return objects.file(root, info)


def _page(objects: Objects, around: tuple[Sequence[int], int, int], page: Drawn, place: int) -> None:
    kids, tree, resources = around
    width, height = page.size
    contents = _references([objects.packed(piece) for piece in page.pieces])
    links = [
        objects.add(
            f"<< /Type /Annot /Subtype /Link /Rect [{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}] /Border [0 0 0] /F 4 "
            f"/Contents (page {to + 1}) /Dest [{kids[to]} 0 R /Fit] >>"
        )
        for left, bottom, right, top, to in page.links
    ]
    objects.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] /Resources {resources} 0 R /Contents [{contents}] "
        f"/StructParents {place} /Tabs /S{f' /Annots [{_references(links)}]' if links else ''} >>",
        kids[place],
    )


def _resources(objects: Objects, number: int, pages: Sequence[Drawn]) -> None:
    """Fonts and strengths of all pages."""
    shown: dict[str, dict[int, str]] = {}
    for page in pages:
        for file, texts in page.glyphs.items():
            shown[file] = texts | shown.get(file, {})
    faces = " ".join(f"/{fonts.name(file)} {_embedded(objects, Typeface(file, texts))} 0 R" for file, texts in sorted(shown.items()))
    states = sorted(set().union(*(page.strengths for page in pages)))
    strengths = " ".join(f"/{content.state(alpha)} << /ca {alpha:g} /CA {alpha:g} >>" for alpha in states)
    objects.add(f"<< /Font << {faces} >> /ExtGState << {strengths} >> >>", number)


def _outline(objects: Objects, kids: Sequence[int], titles: Sequence[str]) -> int:
    """One entry per page."""
    whole, entries = objects.reserve(), [objects.reserve() for _ in titles]
    for place, (entry, title) in enumerate(zip(entries, titles, strict=True)):
        before = f"/Prev {entries[place - 1]} 0 R " if place else ""
        after = f"/Next {entries[place + 1]} 0 R " if place + 1 < len(entries) else ""
        objects.add(f"<< /Title {_string(title)} /Parent {whole} 0 R {before}{after}/Dest [{kids[place]} 0 R /Fit] >>", entry)
    return objects.add(f"<< /Type /Outlines /First {entries[0]} 0 R /Last {entries[-1]} 0 R /Count {len(entries)} >>", whole)


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _string(text: str) -> str:
    """A text string of any script."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def _embedded(objects: Objects, font: Typeface) -> int:
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
