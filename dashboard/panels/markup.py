"""HTML made of calls: what is not HTML already is text, escaped and kept from turning others' words around here, at this one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import urlsplit

from dashboard.panels import bidi


class Html(str):
    """Text that is HTML already. Mixed into other text it becomes plain text again and is escaped."""

    __slots__ = ()


Child = str | int | float | None | Iterable["Child"]
NONE = Html("")


def _bdi(text: str) -> str:
    """Escaped; what has a direction of its own in an element for that, signs that would turn the rest around where nothing is laid out."""
    told = "".join(f"<bdi>{escape(part)}</bdi>" if own else escape(part) for part, own in bidi.pieces(text))
    return bidi.SIGNS.sub(lambda sign: f"<bdi hidden>{sign.group()}</bdi>", told)


def _isolated(text: str) -> str:
    """The same where no element may stand: between signs, of which there are no others."""
    return escape("".join(f"\N{FIRST STRONG ISOLATE}{part}\N{POP DIRECTIONAL ISOLATE}" if own else part
                          for part, own in bidi.pieces(bidi.SIGNS.sub("", text))))  # fmt: skip


WRITTEN = {"textarea": escape, "option": _isolated, "title": _isolated, "text": _isolated, "tspan": _isolated}
"""how text is written in elements that hold no others; a textarea gives back what was written in it"""

READ = ("title", "aria_label", "placeholder", "alt", "label")
"""attributes that are shown; any other keeps its text as it is"""


def inner(*children: Child) -> Html:
    """Children one after the other; None counts as nothing."""
    return _inner(children, _bdi)


def _inner(children: Iterable[Child], written: Callable[[str], str]) -> Html:
    return Html("".join(_one(child, written) for child in children))


def _one(child: Child, written: Callable[[str], str]) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str | int | float):
        return written(str(child))
    return _inner(child, written)


def tag(name: str, *children: Child, **attributes: str | int | float | bool | None) -> Html:
    """An element; `cls` is its class, `data_pick` its data-pick; an attribute that is None or False is left out."""
    told = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None and value is not False)
    return Html(f"<{name}{told}>{_inner(children, WRITTEN.get(name, _bdi))}</{name}>")


def void(name: str, **attributes: str | int | float | bool | None) -> Html:
    """An element that holds nothing, such as an input."""
    return Html(tag(name, **attributes).removesuffix(f"</{name}>"))


def _attribute(key: str, value: str | int | float | bool) -> str:
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    written = _isolated if key in READ else escape
    return f" {name}" if value is True else f' {name}="{written(str(value))}"'


def link(url: str, *children: Child) -> Html:
    """A link to a page, plain text when the address is not that of a page."""
    if not is_page(url):
        return inner(*children)
    return tag("a", *children, href=url, target="_blank", rel="noreferrer noopener nofollow", title=url)


def is_page(url: str) -> bool:
    """Whether an address is one that a browser may open."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def button(text: Child, *, cls: str = "panj-button", **attributes: str | int | float | bool | None) -> Html:
    """A button; what it does stands in its data attributes."""
    return tag("button", text, type="button", cls=cls, **attributes)


def pick(name: str, *children: Child, cls: str = "panj-pick") -> Html:
    """Something that selects `event:EV20`, `country:IRN`, ..."""
    return tag("button", *children, type="button", cls=cls, data_pick=name)


def sorter(name: str) -> Html:
    """The header of a column by which a click sorts, see `static/sorting.js`; an empty cell for a column without a name."""
    said = f"Sort by {name.lower()}"
    return tag("th", name, scope="col", data_column=name, tabindex=0, data_focus=f"sort:{name}", title=said) if name else tag("td")
