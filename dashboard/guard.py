"""What every answer carries and who gets one: the page stays with this server, and other sites' pages stay out."""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse

POLICY = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",  # st_folium evaluates; Streamlit imports a component's own script from a blob
    "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src {own}",
    "frame-src 'self'", "frame-ancestors 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'",
))  # fmt: skip
HEADERS = {"x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN", "referrer-policy": "no-referrer"}
_PLAIN = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)
WILDCARDS = ("", "0.0.0.0", "::")
REFUSAL = "This server answers only its own page, under its address in numbers, this machine's name, or a name it was started with (--name)."
COOKIE_SECONDS = 365 * 24 * 3600
"""how long a browser keeps its token"""

Scope = dict
Receive = Callable[[], Awaitable[dict]]
Send = Callable[[dict], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def headers(host: str = "") -> dict[str, str]:
    """The security headers for a page whose browser calls this server `host`.

    Its socket is named beside 'self', which means no socket in older browsers; a host that is more than a name and a port is not written there.
    """
    sockets = f" ws://{host} wss://{host}" if _PLAIN.fullmatch(host) else ""
    return {"content-security-policy": POLICY.format(own=f"'self'{sockets}"), **HEADERS}


class Guarded:
    """Adds the security headers, and refuses what another site's page asks for.

    Streamlit would look up this machine's outside address to judge such a request; it never gets that far.
    """

    def __init__(self, app: Asgi, host: str, names: Collection[str] = ()) -> None:
        """`host`: what the server listens on; `names`: what else browsers call it."""
        self.app, self.host, self.names = app, host.lower(), frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not self._welcome(scope):
            await self._refuse(scope, receive, send)
        else:
            await self.app(scope, receive, self._with_headers(send, headers(_sent(scope)[0])))

    def _welcome(self, scope: Scope) -> bool:
        host, origin = _sent(scope)
        return answers_to(_name(f"//{host}"), self.host, self.names) and (origin is None or _netloc(origin) == host)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(REFUSAL, 403, headers=headers())(scope, receive, send)

    def _with_headers(self, send: Send, added: dict[str, str]) -> Send:
        async def _send(message: dict) -> None:
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name.decode().lower() not in added]
                message["headers"] = own + [(name.encode(), value.encode()) for name, value in added.items()]
            await send(message)

        return _send


class Tokened:
    """Gives every browser a token of its own with the page, in a cookie that no script can read and no other site's page can send.

    A link to the page does carry it (`Lax`): a browser that came without its token would be given a new one, and lose its work.
    """

    def __init__(self, app: Asgi, cookie: str, valid: Callable[[str], bool], fresh: Callable[[], str]) -> None:
        """`fresh` makes a token; an empty one is not given."""
        self.app, self.cookie, self.valid, self.fresh = app, cookie, valid, fresh

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the page itself carries a token, the browser's own for another year if it has one."""
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        fresh = self.fresh() if page else ""
        await self.app(scope, receive, self._with_token(send, self._own(scope) or fresh) if fresh else send)

    def _own(self, scope: Scope) -> str:
        """The token the browser has, or nothing."""
        sent = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie")
        pairs = (part.strip().partition("=") for part in sent.split(";"))
        return next((value for name, _, value in pairs if name == self.cookie and self.valid(value)), "")

    def _with_token(self, send: Send, token: str) -> Send:
        told = f"{self.cookie}={token}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax"

        async def _send(message: dict) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"set-cookie", told.encode())]
            await send(message)

        return _send


def _sent(scope: Scope) -> tuple[str, str | None]:
    """Host and origin as the browser sent them."""
    sent = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return sent.get(b"host", ""), sent.get(b"origin")


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


def loopback(host: str) -> bool:
    """Whether a host means this machine alone."""
    told = numbers(host)
    return host == "localhost" or (told is not None and told.is_loopback)


def answers_to(name: str, host: str, names: Collection[str] = ()) -> bool:
    """Whether a request that calls the server `name` is meant for one listening on `host`, which may have more `names`.

    One listening everywhere answers to addresses in numbers and to this machine's own name: any other may be a site's trick to be let in.
    """
    own = socket.gethostname().lower()
    local = {own, own.partition(".")[0], f"{own.partition('.')[0]}.local"} - {"", ".local"}
    if loopback(name) or name in names:
        return True
    if host in WILDCARDS:
        return numbers(name) is not None or name in local
    return name == host or (numbers(name) is not None and numbers(name) == numbers(host))


def numbers(host: str) -> IPv4Address | IPv6Address | None:
    """A host as an address in numbers; None when it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
