"""What every answer carries and who gets one: the page stays with this server, and other sites' pages stay out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse

POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",  # st_folium evaluates; Streamlit imports a component's own script from a blob
    "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self' ws: wss:",
    "frame-src 'self'", "frame-ancestors 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'",
))  # fmt: skip
HEADERS = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN", "referrer-policy": "no-referrer"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
WILDCARDS = ("", "0.0.0.0", "::")
COOKIE_SECONDS = 365 * 24 * 3600
"""how long a browser keeps its token"""

Scope = dict
Receive = Callable[[], Awaitable[dict]]
Send = Callable[[dict], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guarded:
    """Adds the security headers, and refuses what another site's page asks for.

    Streamlit would look up this machine's outside address to judge such a request; it never gets that far.
    """

    def __init__(self, app: Asgi, hosts: frozenset[str] | None) -> None:
        """`hosts`: the names this server answers to; None = any address of this machine."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not self._welcome(scope):
            await self._refuse(scope, receive, send)
        else:
            await self.app(scope, receive, self._with_headers(send))

    def _welcome(self, scope: Scope) -> bool:
        sent = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host, origin = sent.get(b"host", ""), sent.get(b"origin")
        if self.hosts is not None and _name(f"//{host}") not in self.hosts:
            return False
        return origin is None or _netloc(origin) == host

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("This server answers only its own page.", 403, headers=HEADERS)(scope, receive, send)

    def _with_headers(self, send: Send) -> Send:
        async def _send(message: dict) -> None:
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name.decode().lower() not in HEADERS]
                message["headers"] = own + [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        return _send


class Tokened:
    """Gives every browser a token of its own with the page, in a cookie that no script can read and no other site can send."""

    def __init__(self, app: Asgi, cookie: str, valid: Callable[[str], bool], fresh: Callable[[], str]) -> None:
        """`fresh` makes a token; an empty one is not given."""
        self.app, self.cookie, self.valid, self.fresh = app, cookie, valid, fresh

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the page itself carries a token to a browser that has none."""
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        token = self.fresh() if page and not self._has_one(scope) else ""
        await self.app(scope, receive, self._with_token(send, token) if token else send)

    def _has_one(self, scope: Scope) -> bool:
        sent = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
        pairs = (part.strip().partition("=") for part in sent.split(";"))
        return any(name == self.cookie and self.valid(value) for name, _, value in pairs)

    def _with_token(self, send: Send, token: str) -> Send:
        told = f"{self.cookie}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict"

        async def _send(message: dict) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"set-cookie", told.encode())]
            await send(message)

        return _send


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def hosts_of(host: str) -> frozenset[str] | None:
    """The names under which a server listening on `host` is addressed; None when it listens everywhere."""
    return None if host in WILDCARDS else frozenset((*LOOPBACK, host.lower()))
