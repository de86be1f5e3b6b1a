"""Pictures that stand in a document many times, kept once and referred to."""

from __future__ import annotations

from dashboard.panels.markup import Html

OPEN, CLOSE = "<svg", "</svg>"


class Icons:
    """The inner drawings of pictures, by what they draw."""

    def __init__(self) -> None:
        """None yet."""
        self.numbers: dict[str, int] = {}

    def shared(self, html: str) -> Html:
        """The same markup with every picture as a reference; text is never taken for one, because its `<` is escaped."""
        parts, at = [], 0
        while (start := html.find(OPEN, at)) >= 0:
            end = _end(html, start)
            head = html.index(">", start) + 1
            number = self.numbers.setdefault(html[head : end - len(CLOSE)], len(self.numbers))
            parts += [html[at:head], f'<use href="#i{number}"/>', CLOSE]
            at = end
        return Html("".join([*parts, html[at:]]))

    def drawings(self) -> Html:
        """Everything referred to, to stand in the document once."""
        kept = "".join(f'<g id="i{number}">{drawing}</g>' for drawing, number in self.numbers.items())
        return Html(f'<svg width="0" height="0" aria-hidden="true" class="panj-drawings"><defs>{kept}</defs></svg>')


def _end(html: str, start: int) -> int:
    """Where the picture that begins at `start` ends, pictures inside it included."""
    depth, at = 0, start
    while True:
        opened, closed = html.find(OPEN, at), html.index(CLOSE, at)
        if 0 <= opened < closed:
            depth, at = depth + 1, opened + len(OPEN)
        else:
            depth, at = depth - 1, closed + len(CLOSE)
        if depth == 0:
            return at
