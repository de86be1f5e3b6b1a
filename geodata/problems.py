"""What is wrong with a table, said so that it can be mended: file, line, column, what was found, what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one place of a file."""

    file: str
    line: int
    """line of the file, the header being 1; 0 = the file as a whole"""

    column: str
    found: str
    right: str
    """the rest of the sentence: `is not a date like 2024-03-31`"""

    def __str__(self) -> str:
        """The sentence shown to the analyst."""
        where = f"{self.file}: line {self.line}: " if self.line else f"{self.file}: "
        subject = f"{self.column} {_short(self.found)!r} " if self.column else ""
        return f"{where}{subject}{self.right}"

    def record(self) -> dict[str, str | int]:
        """For `panj check --json`."""
        return {**asdict(self), "sentence": str(self)}


class TableError(ValueError):
    """A table cannot be used at all; `problems` holds everything found, the text stays at ten lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, print the first ten."""
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:10]]
        if len(self.problems) > 10:
            lines.append(f"and {len(self.problems) - 10} more")
        super().__init__("\n".join(lines))


def named(names: Sequence[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
