"""Facts as files that other programs open, and that Panj reads back as the same rows."""

from geodata.outtake.text import FormatError, armed, cells, csv_bytes, defused, kept, used

__all__ = ["FormatError", "armed", "cells", "csv_bytes", "defused", "kept", "used"]
