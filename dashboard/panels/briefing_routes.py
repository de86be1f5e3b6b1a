"""What the Briefing tab fetches beside the page: how a job goes, what it made, the preview, the list of saved views."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard import jobs
from dashboard.panels import briefing_job, briefing_make
from dashboard.panels.briefing_session import Session
from dashboard.panels.briefing_views import EXPORT

STILL = 0.35
"""seconds a view must stand still before its preview is drawn"""

KEEP_NOTHING = {"cache-control": "no-store"}
TYPES = {
    ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".html": "text/html", ".json": "application/json", ".csv": "text/csv",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".geojson": "application/geo+json",
    ".kml": "application/vnd.google-earth.kml+xml",
}  # fmt: skip


def routes() -> list[Route]:
    """All of them; each is named by something only its own session knows."""
    return [Route("/job/{token}", progress), Route("/made/{token}/{name}", made), Route("/preview/{token}/{key}.png", preview),
            Route(f"/views/{{token}}/{EXPORT}", views)]  # fmt: skip


async def progress(request: Request) -> Response:
    """How a job goes."""
    job = jobs.job(request.path_params["token"])
    return JSONResponse(briefing_job.answer(job), headers=KEEP_NOTHING) if job else _gone()


async def made(request: Request) -> Response:
    """A file that was made."""
    job = jobs.job(request.path_params["token"])
    name = request.path_params["name"]
    if job is None or name not in job.files:
        return _gone()
    return _attached(job.files[name], name)


async def preview(request: Request) -> Response:
    """The small picture of what the session looks at, once it has looked at it for a moment."""
    key = request.path_params["key"]
    own = _session(request)
    if own is None:
        return _gone()
    if key not in own.pictures:
        await asyncio.sleep(STILL)
    try:
        content = await run_in_threadpool(briefing_make.preview, own, key)
    except jobs.SAID as error:
        return PlainTextResponse(str(error), 422, headers=KEEP_NOTHING)
    if content is None:
        return PlainTextResponse("The page shows something else by now.", 410, headers=KEEP_NOTHING)
    return Response(content, media_type="image/png", headers=KEEP_NOTHING)


async def views(request: Request) -> Response:
    """The session's saved views as a file."""
    own = _session(request)
    return _attached(await run_in_threadpool(own.shelf.export), EXPORT) if own else _gone()


def _session(request: Request) -> Session | None:
    own = jobs.bench(request.path_params["token"])
    return own if isinstance(own, Session) else None


def _gone() -> Response:
    return PlainTextResponse("There is no such file any more.", 404, headers=KEEP_NOTHING)


def _attached(content: bytes, name: str) -> Response:
    """To be saved, never shown by the browser itself."""
    plain = "".join(letter if letter.isascii() else "_" for letter in name)
    headers = {**KEEP_NOTHING, "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=TYPES.get(PurePath(name).suffix, "application/octet-stream"), headers=headers)
