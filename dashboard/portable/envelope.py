"""The one file: a document whose policy lets it load nothing, with scripts and styles named by their digests and data that run nowhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from dashboard import bundle
from dashboard.panels.markup import Html, tag
from dashboard.webdata import STATIC
from dashboard.webmap import script_json

LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
MAP_ID = "map_div"
"""the map's element, by the name the frame's scripts know"""


def own(name: str) -> str:
    """One of our static files."""
    return (STATIC / name).read_text(encoding="utf-8")


def leaflet(name: str) -> str:
    """One of Leaflet's files from its installed package, without the hint where its sources might be fetched."""
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", (LEAFLET / name).read_text(encoding="utf-8"))


def frame_scripts() -> tuple[str, ...]:
    """The map's scripts in their order: the same ones that the dashboard serves, then the one that looks for data in this file."""
    return own("alarm.js"), leaflet("leaflet.js"), bundle.scripts()[1].decode(), own("portable_frame.js")


def frame_styles() -> tuple[str, ...]:
    """The map's styles."""
    return leaflet("leaflet.css"), own("panj.css"), own("portable_frame.css")


def script(text: str) -> Html:
    """A script that runs; ValueError if its text would end it early."""
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError("a script holds '</script' or '<!--'; written as '<\\/script' it would not end itself")
    return Html(f"<script>{text}</script>")


def style(text: str) -> Html:
    """A style sheet; ValueError if its text would end it early."""
    if "</style" in text.lower():
        raise ValueError("a style sheet holds '</style'")
    return Html(f"<style>{text}</style>")


def data(name: str, value: object) -> Html:
    """Data in the document that nothing runs, whatever text they hold."""
    return Html(f'<script type="application/json" id="{escape(name)}">{script_json(value)}</script>')


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Nothing is loaded from anywhere; only these scripts and styles run."""
    ran, worn = (" ".join(f"'sha256-{_hash(text)}'" for text in dict.fromkeys(texts)) for texts in (scripts, styles))
    return f"default-src 'none'; script-src {ran}; style-src {worn}; font-src data:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def frame(title: str) -> Html:
    """The map's own document, inside of the file's; the faces are lent to it by the page."""
    inside = (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{"".join(map(style, frame_styles()))}</head>'
              f'<body><div id="{MAP_ID}"></div>{"".join(map(script, frame_scripts()))}</body></html>')  # fmt: skip
    held = inside.replace("&", "&amp;").replace("'", "&#39;")  # quotes abound in scripts and need no escape between apostrophes
    return Html(f"<iframe id=\"portable-map\" title=\"{escape(title)}\" srcdoc='{held}'></iframe>")


def meta(**named: str) -> Html:
    """Properties of the file by name."""
    return Html("".join(f'<meta name="{escape(name)}" content="{escape(text)}">' for name, text in named.items()))


def document(*, head: Html, body: Html) -> str:
    """The whole file."""
    return f'<!doctype html>\n<html lang="en">\n{tag("head", head)}\n{tag("body", body)}\n</html>\n'
