"""The saved views: a list with names, to open, rename, delete, export and import."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.desk import desk
from dashboard.opening import home
from dashboard.panels import address
from dashboard.panels.briefing_session import Session
from dashboard.panels.markup import Child, Html, button, inner, tag, void
from dashboard.saved_list import LONGEST_NAME, MOST_BYTES, ShelfError, named, read
from dashboard.scene import Scene
from dashboard.view import View, read_view

EXPORT = "panj-views.json"


def shelf(own: Session, shown: Scene) -> Html:
    """The list and what can be done with it."""
    views = own.shelf.views()
    said = [*own.said_of_views, *own.shelf.said]
    return tag("section", tag("h3", "Saved views ", tag("span", f"{len(views):,}", cls="panj-soft")), _save(), _said(own, said),
               tag("ul", *(_entry(name, view, own, shown.view) for name, view in reversed(views.items())), cls="panj-saved", data_scroll="saved"),
               _exchange(own, views), aria_label="Saved views")  # fmt: skip


def _save() -> Html:
    field = void("input", type="text", name_="name", placeholder="Name for this view", maxlength=LONGEST_NAME, aria_label="Name for this view",
                 data_focus="save:name", required=True)  # fmt: skip
    save = tag("button", "Save view", type="submit", cls="panj-button", data_focus="save")
    return tag("form", field, save, data_form='{"do":"shelf","what":"save"}', cls="panj-save")


def _said(own: Session, said: list[str]) -> Html:
    back = button("Undo", cls="panj-small", data_act='{"do":"shelf","what":"undo"}', data_focus="undo") if own.deleted else None
    undo = tag("p", f"Deleted \N{LEFT DOUBLE QUOTATION MARK}{own.deleted[0]}\N{RIGHT DOUBLE QUOTATION MARK}. ", back) if own.deleted else None
    told = tag("div", *(tag("p", line) for line in said[:12]), cls="panj-complaint", role="alert") if said else None
    return inner(told, tag("div", undo, role="status"))


def _entry(name: str, view: str, own: Session, now: View) -> Html:
    if name == own.renaming:
        return tag("li", _renaming(name))
    seen, _ = read_view(view)
    known = f", known on {words.words(seen.known)}" if seen.known else ""
    here = tag("span", " \N{MIDDLE DOT} on screen", cls="panj-soft") if view == now.to_query() else None
    told = tag("span", f"{words.window(seen.start, seen.end)}{known}", here, cls="panj-soft")
    return tag("li", _do("open", name, name, cls="panj-pick", title="Open this view"), told,
               tag("span", _do("renaming", name, "Rename"), _do("delete", name, "Delete"), cls="panj-every"))  # fmt: skip


def _do(what: str, name: str, words: Child, *, cls: str = "panj-small", title: str = "") -> Html:
    told = json.dumps({"do": "shelf", "what": what, "name": name})
    label = None if words == name else f"{words} {name}"
    return button(words, cls=cls, data_act=told, data_focus=f"{what}:{name}", aria_label=label, title=title or None)


def _renaming(name: str) -> Html:
    field = void("input", type="text", name_="to", value=name, maxlength=LONGEST_NAME, aria_label=f"New name for {name}",
                 data_focus=f"renaming:{name}")  # fmt: skip
    return tag("form", field, tag("button", "Rename", type="submit", cls="panj-button"), _do("renaming", "", "Keep it"),
               data_form=json.dumps({"do": "shelf", "what": "rename", "name": name}), cls="panj-save")  # fmt: skip


def _exchange(own: Session, views: Mapping[str, str]) -> Html:
    where = ("Kept in a file of yours on this machine; never lost on restart." if own.shelf.lasting
             else "Kept until this page is closed: export the list to keep it.")  # fmt: skip
    export = tag("a", "Export list", href=f"/views/{own.token}/{EXPORT}", download=EXPORT, cls="panj-button") if views else None
    choose = tag("label", "Import list", void("input", type="file", accept=".json,application/json", data_file="shelf_import", data_most=MOST_BYTES,
                                              data_focus="import", cls="panj-unseen"), cls="panj-button")  # fmt: skip
    return inner(tag("p", where, cls="panj-soft"), tag("div", export, choose, cls="panj-exchange"))


def act(own: Session, told: Mapping[str, Any]) -> None:
    """One act on the list; what cannot be done is said beside it."""
    what, name = str(told.get("what", "import")), str(told.get("name", ""))
    own.said_of_views, own.shelf.said = [], []
    own.deleted = own.deleted if what == "undo" else None
    own.renaming = name if what == "renaming" else ""
    try:
        if what in _ACTS:
            _ACTS[what](own, name, told)
    except ShelfError as error:
        own.said_of_views = [str(error)]


def _saved(own: Session, name: str, _: Mapping[str, Any]) -> None:
    own.shelf.save(name, address.current().to_query())


def _opened(own: Session, name: str, _: Mapping[str, Any]) -> None:
    """Show a saved view; what of it has no meaning here is said, and the rest of it opens."""
    views = own.shelf.views()
    if name not in views:
        raise ShelfError(f"there is no saved view called {name!r} any more")
    view, complaints = read_view(views[name], desk().vocabulary)
    address.change(lambda _: view)
    st.session_state["said"] = complaints
    address.send(view.box or home(desk().atlas))


def _renamed(own: Session, name: str, told: Mapping[str, Any]) -> None:
    try:
        own.shelf.rename(name, str(told.get("to", "")))
    except ShelfError:
        own.renaming = name if name in own.shelf.views() else ""
        raise


def _deleted(own: Session, name: str, _: Mapping[str, Any]) -> None:
    own.deleted = name, own.shelf.delete(name)


def _undone(own: Session, _: str, told: Mapping[str, Any]) -> None:
    if own.deleted:
        own.shelf.add(dict([own.deleted]))
        own.deleted = None


def _imported(own: Session, name: str, told: Mapping[str, Any]) -> None:
    """Take in the views of a file; one whose text means nothing here is kept as it is, and it is said."""
    file, content = named(name or "the file"), _bytes(told)
    if told.get("large") or len(content) > MOST_BYTES:
        raise ShelfError(f"{file}: is larger than {MOST_BYTES // 1_000_000} MB; a list of saved views would be smaller")
    found = read(content, file)
    doubts = [f"{one}: {complaint}" for one, view in found.items() for complaint in read_view(view, desk().vocabulary)[1]]
    before = len(own.shelf.views())
    own.shelf.add(found)
    new = len(own.shelf.views()) - before
    there = f", {len(found) - new:,} there already" if len(found) > new else ""
    own.said_of_views = [f"{file}: {words.count(new, 'view')} added{there}", *doubts]


def _bytes(told: Mapping[str, Any]) -> bytes:
    try:
        return b64decode(str(told.get("data", "")), validate=True)
    except ValueError as error:
        raise ShelfError("the file did not arrive whole; choosing it once more would be right") from error


_ACTS = {"save": _saved, "open": _opened, "rename": _renamed, "delete": _deleted, "undo": _undone, "import": _imported}
