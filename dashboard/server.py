"""The server: the page, our own files and data beside it, and headers that keep the browser with us."""

from __future__ import annotations

import errno
import gc
import gzip
import hashlib
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Collection
from importlib.resources import files
from ipaddress import IPv6Address
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from dashboard import bundle, opening, projects, saved, style
from dashboard.desk import Desk, open_desk, use
from dashboard.guard import WILDCARDS, Guarded, Tokened, loopback, numbers
from dashboard.panels import briefing_routes, picture, yours_routes
from dashboard.panels.yours_page import desk_of_window
from dashboard.view import read_view
from geodata.intake import Mapping

HERE = Path(__file__).resolve().parent
LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
FINE, USAGE = 0, 2
FOREVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Our own files; their addresses carry a digest of the content, so they never change."""

    def file_response(self, *args, **kwargs) -> Response:
        """The file, to be kept for good when its digest was asked for."""
        response = super().file_response(*args, **kwargs)
        scope = args[2] if len(args) > 2 else kwargs["scope"]
        response.headers["cache-control"] = FOREVER if scope.get("query_string") else "no-cache"
        return response


class Kept:
    """Files made and compressed at the start: what the map's frame fetches once."""

    def __init__(self, files: dict[str, bytes], media_type: str, private: frozenset[str] = frozenset()) -> None:
        """`private`: names of files of which nothing keeps a copy."""
        self.media_type, self.private = media_type, private
        self.files = {name: (content, gzip.compress(content, 6, mtime=0)) for name, content in files.items()}

    async def answer(self, request: Request) -> Response:
        """One of the files."""
        name = request.path_params["name"]
        if name not in self.files:
            return PlainTextResponse("There is no such file.", 404)
        plain, packed = self.files[name]
        headers = {"cache-control": "no-store" if name in self.private else FOREVER, "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type=self.media_type, headers={**headers, "content-encoding": "gzip"})
        return Response(plain, media_type=self.media_type, headers=headers)


class Picture:
    """The printed page of a view, for the clipboard; under a name only this server's own pages know."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk."""
        self.desk = desk

    async def answer(self, request: Request) -> Response:
        """The PNG of the view in the query."""
        token = request.path_params["token"]
        desk = self.desk if token == self.desk.token else desk_of_window(token)
        if desk is None:
            return PlainTextResponse("There is no such picture.", 404)
        view, _ = read_view(request.url.query, desk.vocabulary)
        content = await run_in_threadpool(picture.png_of, desk.atlas, view)
        return Response(content, media_type="image/png", headers={"cache-control": "no-store"})


def application(desk: Desk, host: str = "127.0.0.1", names: Collection[str] = ()) -> st.App:
    """The whole application, for browsers that call it by what it listens on or by one of `names`."""
    routes = [
        Mount("/vendor/leaflet", StaticFiles(directory=str(LEAFLET))), Mount("/assets", Assets(directory=HERE / "static")),
        Route("/data/{name}", Kept(desk.files, "application/json", desk.private).answer),
        Route("/scripts/{name}", Kept(dict([bundle.scripts()]), "text/javascript").answer), Route("/picture/{token}.png", Picture(desk).answer),
        *briefing_routes.routes(), *yours_routes.routes(),
    ]  # fmt: skip
    middleware = [Middleware(Guarded, host=host, names=names), Middleware(Tokened, cookie=projects.COOKIE, valid=projects.is_token, fresh=new_token)]
    return st.App(HERE / "app.py", routes=routes, middleware=middleware, on_script_error=_say_so)


def new_token() -> str:
    """A token for a browser that has none; empty where nothing is kept that it could open."""
    return projects.token() if projects.kept() else ""


def _say_so(error: Exception) -> bool:
    """A sentence for the analyst; what went wrong stands in the server's log."""
    logging.getLogger("panj").error("the page could not be made: %s", error)
    st.error("Something went wrong while this page was made. Reload it; if it happens again, open it without the view in its address.")
    return True


def settings(host: str, port: int) -> dict[str, object]:
    """Streamlit's settings: ours alone, nothing reported anywhere, nothing watched."""
    return {
        "server.address": host or "0.0.0.0", "server.port": port, "browser.serverAddress": _display(host), "browser.serverPort": port,
        "server.headless": True, "server.fileWatcherType": "none", "server.runOnSave": False, "server.showEmailPrompt": False,
        "server.enableStaticServing": False, "server.enableAgentApi": False, "server.enableXsrfProtection": True, "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False, "client.showErrorDetails": "none", "client.toolbarMode": "minimal", "client.showErrorLinks": False,
        "client.showSidebarNavigation": False,
        "client.allowedOrigins": [], "logger.level": "warning", "logger.hideWelcomeMessage": True, "runner.magicEnabled": False,
        "runner.fastReruns": False,  # True makes a second thread for a newer request while the first may still be at a callback
        "theme.base": "light", "theme.primaryColor": style.ACTION, "theme.backgroundColor": "#FFFFFF", "theme.secondaryBackgroundColor": style.LAND,
        "theme.textColor": style.INK, "theme.linkColor": style.ACTION, "theme.font": "sans-serif", "theme.baseFontSize": 14,
        "theme.baseRadius": "small", "theme.borderColor": "#C9CDD1", "theme.showWidgetBorder": True, "theme.showSidebarBorder": True,
    }  # fmt: skip


def _display(host: str) -> str:
    return "localhost" if host in WILDCARDS else host


def address(host: str, port: int) -> str:
    """Where the dashboard is, for a browser on this machine."""
    name = _display(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def serve(*, events: Path | None, theatre: Path | None, host: str, port: int, browser: bool, view: str,
          kept: Path | None = None, mapping: Mapping | None = None, names: Collection[str] = ()) -> int:  # fmt: skip
    """Open the dashboard and stay until it is stopped; gives the exit code.

    `kept`: the folder for the rows of sessions, given by hand; `mapping`: which columns of the events file are which; `names`: what else
    browsers call this machine. Raises TableError when the theatre cannot be used. An events file that cannot be used is told of on the page.
    """
    opened, complaints = read_view(view)
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        return USAGE
    try:
        door = listening(host, port)
    except OSError as error:
        print(why_not(error, host, port), file=sys.stderr)
        return USAGE
    desk = use(open_desk(events, theatre, opened.to_query(), mapping=mapping))
    for sentence in (*desk.trouble, *opening.view(desk.atlas, desk.vocabulary)[1]):
        print(sentence, file=sys.stderr)
    gc.freeze()  # the facts stay: looking through them for garbage again and again would take a tenth of every page
    print(f"Panj is at {address(host, port)} (Ctrl+C stops it)", flush=True)
    saved.keep_in(kept_in(host))
    projects.keep_in(own_place(kept or _projects(host), theatre))
    if told := reach(host):
        print(told, file=sys.stderr)
    if browser:
        threading.Timer(1.0, webbrowser.open, (address(host, port),)).start()
    config.get_config_options(force_reparse=True, options_from_flags=settings(host, port))
    uvicorn.Server(uvicorn.Config(application(desk, host, names), access_log=False, log_level="warning", use_colors=False, ws="websockets-sansio",
                                  timeout_graceful_shutdown=1)).run(sockets=[door])  # fmt: skip
    return FINE


def kept_in(host: str) -> Path | None:
    """Where saved views are kept: in the user's own folder when only this machine is served, else nowhere but in each session."""
    return saved.home() if loopback(host) else None


def _projects(host: str) -> Path | None:
    """Where own rows are kept when nothing else is said: beside the saved views, in memory alone where those are."""
    folder = kept_in(host)
    return folder / "projects" if folder else None


def own_place(folder: Path | None, theatre: Path | None) -> Path | None:
    """Where the rows of one theatre are kept: what is placed in one has no place in another."""
    if folder is None or theatre is None:
        return folder
    return folder / f"theatre-{hashlib.sha256(os.fsencode(theatre.resolve())).hexdigest()[:16]}"


def listening(host: str, port: int) -> socket.socket:
    """The open door; OSError when it cannot be opened.

    The protocol is named: only then does asyncio send small messages at once, which saves 40 ms each.
    """
    family = socket.AF_INET6 if isinstance(numbers(host), IPv6Address) else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(sys.platform != "win32"))
        door.bind((host, port))
        door.listen(128)
    except OSError:
        door.close()
        raise
    return door


def reach(host: str) -> str:
    """Who can see the page, in a sentence when it is more than this machine."""
    where = "on every address of this machine" if host in WILDCARDS else f"at {host}"
    return "" if loopback(host) else f"It answers {where}: everyone who can reach it sees it."


def why_not(error: OSError, host: str, port: int) -> str:
    """Why the server cannot listen there, in a sentence."""
    if error.errno == errno.EADDRINUSE:
        return f"--port {port}: something else is listening there already; another number, such as --port {port + 1}, would be right"
    if error.errno == errno.EACCES:
        return f"--port {port}: this port may not be used without more rights; a number from 1024 would be right"
    return f"--host {host}: this machine has no such address"
