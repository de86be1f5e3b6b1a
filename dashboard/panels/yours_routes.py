"""What the Your data tab fetches and sends beside the page: the file, the rows drawn, how the judging goes, the cleaned file."""

from __future__ import annotations

import gzip
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard import jobs
from dashboard.jobs import Job
from dashboard.panels.markup import inner, tag
from dashboard.panels.yours_files import FILES
from dashboard.panels.yours_page import desk_of_window
from dashboard.panels.yours_session import Session
from geodata.intake.limits import FILE_BYTES, MEGABYTE

KEEP_NOTHING = {"cache-control": "no-store"}
LONGEST_NAME = 120


def routes() -> list[Route]:
    """All of them; each is named by something only its own session knows."""
    return [Route("/own/{token}/rows.json", rows), Route("/own/{token}/file", file, methods=["POST"]), Route("/own/{token}/work", work),
            *(Route(f"/own/{{token}}/{name}", table) for name in FILES)]  # fmt: skip


async def rows(request: Request) -> Response:
    """The rows of a session for its own map."""
    desk = desk_of_window(request.path_params["token"])
    if desk is None:
        return _gone()
    packed = await run_in_threadpool(lambda: gzip.compress(desk.rows, 1, mtime=0))
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="application/json", headers={**KEEP_NOTHING, "content-encoding": "gzip", "vary": "accept-encoding"})
    return Response(desk.rows, media_type="application/json", headers=KEEP_NOTHING)


async def file(request: Request) -> Response:
    """Take a file in; it is read when the page says so."""
    own = _session(request)
    if own is None:
        return _gone()
    content = bytearray()
    try:
        async for part in request.stream():
            content += part
            if len(content) > FILE_BYTES:
                return PlainTextResponse(f"It has more than {FILE_BYTES / MEGABYTE:,.0f} MB; a part of it would be right.", 413, headers=KEEP_NOTHING)
    except ClientDisconnect:
        return PlainTextResponse("It did not arrive whole.", 400, headers=KEEP_NOTHING)
    own.arrived = named(request.query_params.get("name", "")), bytes(content)
    return Response(status_code=204, headers=KEEP_NOTHING)


def named(text: str) -> str:
    """A file's name as it is shown: no folder, no letter that steers a screen."""
    last = PurePosixPath(text.replace("\\", "/")).name
    return "".join(letter if letter.isprintable() else " " for letter in last).strip()[-LONGEST_NAME:] or "file"


async def work(request: Request) -> Response:
    """How the judging goes."""
    own = _session(request)
    job = own.newest if own else None
    return JSONResponse(answer(job), headers=KEEP_NOTHING) if job else _gone()


def answer(job: Job) -> dict[str, object]:
    """State, line, and the words and the part done that change within the state."""
    done, total = job.steps
    html = inner(tag("b", "Judging the rows \N{HORIZONTAL ELLIPSIS}"), tag("progress", max=1, aria_label="Progress"),
                 tag("span", "", data_said="progress", cls="panj-soft"))  # fmt: skip
    return {"state": job.state, "html": html, "said": job.step, "part": done / total if total else None}


async def table(request: Request) -> Response:
    """The cleaned file, the rows held back with their reasons, or the mapping."""
    own = _session(request)
    if own is None:
        return _gone()
    now, last = own.now, request.url.path.rpartition("/")[2]  # read once: another may be judged while this one is written
    make, media_type = FILES[last]
    content = await run_in_threadpool(make, now)
    name = f"{PurePosixPath(now.work.name or 'entered-by-hand').stem}-{last}"
    plain = "".join(letter if (letter.isalnum() and letter.isascii()) or letter in "-._ " else "_" for letter in name)
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={**KEEP_NOTHING, "content-disposition": told})


def _session(request: Request) -> Session | None:
    own = jobs.bench(request.path_params["token"])
    return own if isinstance(own, Session) else None


def _gone() -> Response:
    return PlainTextResponse("There is no such file any more.", 404, headers=KEEP_NOTHING)
