"""The controls of the Briefing tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard import series
from dashboard.framing import FRAMES
from dashboard.outputs import DATA, PARTS
from dashboard.panels.briefing_draft import DPI, PIXELS, PROJECTIONS, SHEETS, SIDE, SIZED, Draft, endings
from dashboard.panels.markup import Child, Html, button, inner, tag, void
from dashboard.scene import Scene
from geodata.markings import Scheme

NAMES = {".pdf": "PDF", ".pptx": "Slides", ".png": "PNG", ".svg": "SVG", ".html": "Map file"}
MEANS = {
    ".pdf": "A page to print or send; text stays text", ".pptx": "Editable PowerPoint slides, 16:9", ".png": "A picture of the page",
    ".svg": "The page as a drawing; text stays text", ".html": "The interactive map in one file, for any browser, without a network",
    ".json": "Everything that is drawn, as data", ".csv": "The reports behind the view, a valid events file again",
}  # fmt: skip
EVERY = {"": "This view", "day": "Every day", "week": "Every week", "month": "Every month", "event": "Every event", "border": "Every border",
         "country": "Every country"}  # fmt: skip


def bar(shown: Scene, plain: Scene, draft: Draft) -> Html:
    """Title, format, and the button everything is for."""
    title = void("input", type="text", value=shown.view.title, placeholder=plain.title, maxlength=500, data_brief="title", data_focus="brief:title")
    link = button("Copy view link", data_copy=f"?{shown.view.to_query()}", data_focus="brief:link")
    make = button("Prepare atlas" if draft.every else "Prepare", cls="panj-button panj-primary", data_act='{"do":"prepare"}', data_focus="prepare")
    return tag("div", tag("label", tag("span", "Title"), title, cls="panj-wide-field"), _formats(draft), make, link, cls="panj-bar")


def _formats(draft: Draft) -> Html:
    """Pages, slides and maps side by side; plain data, which few look for, in a list."""
    offered = endings(draft)
    data = {ending: ending[1:].upper() for ending in offered if ending in DATA}
    listed = tag("select", tag("option", "Data \N{HORIZONTAL ELLIPSIS}", value="", selected=draft.ending not in data),
                 *(tag("option", words, value=ending, selected=ending == draft.ending) for ending, words in data.items()), data_brief="ending",
                 data_focus="brief:data", aria_label="Format: data", cls="panj-on" if draft.ending in data else None)  # fmt: skip
    chips = _chips(draft, [ending for ending in offered if ending not in data])
    return tag("fieldset", tag("legend", "Format"), tag("div", chips, listed if data else None, cls="panj-pair"), cls="panj-formats")


def _chips(draft: Draft, offered: list[str]) -> Html:
    chips = (tag("label", void("input", type="radio", name_="panj-format", value=ending, checked=ending == draft.ending, data_brief="ending",
                               data_focus=f"brief:{ending}"), tag("span", NAMES.get(ending, ending[1:].upper())),
                 title=MEANS.get(ending)) for ending in offered)  # fmt: skip
    return tag("div", *chips, cls="panj-chips")


def options(scheme: Scheme, shown: Scene, plain: Scene, draft: Draft) -> Html:
    """What can be chosen for this format."""
    drawn = _drawn(draft, shown.view.id) if draft.printed else None
    return tag("div", tag("h3", "Options"), _pages(draft), _paper(draft) if draft.ending in SIZED else None, drawn,
               _marking(scheme, shown, plain), _parts(draft) if draft.printed else None, cls="panj-options")  # fmt: skip


def _pages(draft: Draft) -> Html:
    choices = {key: EVERY.get(key, f"Every {key}") for key in ("", *series.EVERY)}
    skip = _box("skip", "on", "off", "Skip empty pages", on=draft.skip_empty) if draft.every else None
    return inner(select("every", "Pages", choices, draft.every, title="This view alone, or an atlas in one file"), skip)


def _paper(draft: Draft) -> Html:
    sheet = select("sheet", "Paper", SHEETS, draft.sheet)
    if draft.sheet == "own":
        sides = number("wide", "Width, mm", draft.wide, *SIDE), number("high", "Height, mm", draft.high, *SIDE)
        return inner(sheet, tag("div", *sides, cls="panj-pair"))
    if draft.sheet == "slide":
        return sheet
    return inner(sheet, select("upright", "Turned", {"landscape": "Landscape", "portrait": "Portrait"}, "portrait" if draft.upright else "landscape"))


def _drawn(draft: Draft, selected: str) -> Html:
    dpi = number("dpi", "Dots per inch", draft.dpi, *DPI) if draft.ending in PIXELS else None
    frame = select("frame", "Map framed", {**FRAMES, "view": "As on screen"}, draft.frame,
                   title="" if selected else "Nothing is selected yet: until then as on screen")  # fmt: skip
    return inner(frame, select("projection", "Projection", PROJECTIONS, draft.projection), dpi)


def _marking(scheme: Scheme, shown: Scene, plain: Scene) -> Html:
    """The computed one and those above it: a marking is raised, never lowered."""
    above = scheme.names[scheme.rank(plain.marking) + 1 :]
    choices = {"": f"{plain.marking} (computed)", **{name: name for name in above}}
    chosen = shown.marking if shown.marking != plain.marking else ""
    return select("marking", "Marking", choices, chosen, title="The highest among the rows drawn; it can be raised, never lowered")


def _parts(draft: Draft) -> Html:
    boxes = (_box("part", f"{name}:on", f"{name}:off", words, on=name not in draft.left_out) for name, words in PARTS.items())
    return tag("fieldset", tag("legend", "On the page"), *boxes, cls="panj-parts") if PARTS else inner()


def _box(what: str, on_value: str, off_value: str, words: str, *, on: bool) -> Html:
    box = void("input", type="checkbox", checked=on, data_brief=what, data_on=on_value, data_off=off_value, data_focus=f"brief:{on_value}")
    return tag("label", box, tag("span", words), cls="panj-tick")


def select(what: str, label: str, choices: Mapping[str, str], chosen: str, *, title: str = "") -> Html:
    """A list to choose one from."""
    listed = (tag("option", words, value=value, selected=value == chosen) for value, words in choices.items())
    return _field(label, tag("select", *listed, data_brief=what, data_focus=f"brief:{what}"), title=title)


def number(what: str, label: str, value: int, least: int, most: int) -> Html:
    """A whole number to type."""
    return _field(label, void("input", type="number", value=value, min=least, max=most, step=1, data_brief=what, data_focus=f"brief:{what}"))


def _field(label: str, control: Child, *, title: str = "") -> Html:
    return tag("label", tag("span", label), control, cls="panj-field", title=title or None)


def lines(title: str, content: Iterable[Child]) -> Html:
    """A short list under a heading."""
    return inner(tag("h3", title), tag("ul", *(tag("li", line) for line in content)))
