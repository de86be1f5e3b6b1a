"""ZIP archives, opened in memory alone: how much comes out is known before it does, names of members are never paths."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from geodata.intake.limits import MEGABYTE, RATIO_FREE_BYTES, ZIP_BYTES, ZIP_MEMBERS, ZIP_RATIO, refused

DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """The members of an archive by name; nothing is written anywhere."""

    def __init__(self, file: str, content: bytes) -> None:
        """Raises TableError for an archive that is broken, encrypted, or would unpack to too much."""
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise refused(file, f"is not a whole ZIP archive: {error}") from error
        self.members = {info.filename: info for info in self._zip.infolist() if not info.is_dir() and not _furniture(info.filename)}
        self._require_bounds()

    def _require_bounds(self) -> None:
        if len(self._zip.infolist()) > ZIP_MEMBERS:
            raise refused(self.file, f"holds {len(self._zip.infolist()):,} files; at most {ZIP_MEMBERS:,} are looked at")
        size = sum(info.file_size for info in self._zip.infolist())
        if size > ZIP_BYTES:
            raise refused(self.file, f"unpacks to {size / MEGABYTE:,.0f} MB; at most {ZIP_BYTES / MEGABYTE:,.0f} MB are unpacked")
        for name, info in self.members.items():
            if info.file_size > RATIO_FREE_BYTES and info.file_size > ZIP_RATIO * max(info.compress_size, 1):
                raise refused(self.file, f"holds {name!r:.100}, which unpacks to {info.file_size / max(info.compress_size, 1):,.0f} times its size: "
                                         f"no table does, at most {ZIP_RATIO} times is unpacked")  # fmt: skip
            if info.flag_bits & 1:
                raise refused(self.file, "is encrypted; without a password it would be right")

    def ending(self, *endings: str) -> list[str]:
        """Names of members with one of these endings, in the order of the archive."""
        return [name for name in self.members if name.lower().endswith(endings)]

    def read(self, name: str) -> bytes:
        """A member's bytes, never more than its entry promises. Raises TableError."""
        info = self.members[name]
        try:
            with self._zip.open(info) as member:
                content = member.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
            raise refused(self.file, f"holds {name!r:.100}, which cannot be unpacked: {error}") from error
        if len(content) > info.file_size:
            raise refused(self.file, f"holds {name!r:.100}, which is larger than it says")
        return content

    def require_no_doctype(self) -> None:
        """Raise TableError when a part in XML declares a document type, with which it could define entities."""
        for name in self.ending(".xml", ".rels", ".kml", ".vml"):
            require_no_doctype(self.file, self.read(name), part=f"{name!r:.100}")


def _furniture(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("._") or name.endswith(".DS_Store")


def require_no_doctype(file: str, content: bytes, *, part: str = "") -> None:
    """Raise TableError when XML declares a document type or an entity, in whatever width of letters."""
    if DOCTYPE.search(content.replace(b"\0", b"") if b"\0" in content[:200] else content):
        where = f"has a part {part} that" if part else "holds XML that"
        raise refused(file, f"{where} declares a document type, which no table needs and in which entities hide")
