"""Every Python with this folder on PYTHONPATH ends at once, with a line in $TRIPWIRE_LOG, when it reaches for another host.

It also ends when it opens a file below $TRIPWIRE_FOLDER, if that is set; the environment it runs in excepted.
"""

import ipaddress
import os
import sys

LOG = os.environ["TRIPWIRE_LOG"]
FOLDER = os.environ.get("TRIPWIRE_FOLDER", "")
TRIPPED = 86
"""exit code"""


def local(host: object) -> bool:
    """Whether a host is this machine: empty, `localhost`, a loopback address or the address that stands for all of its own."""
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in ("", "localhost"):  # no name at all: not an internet address
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def host_of(event: str, arguments: tuple) -> object:
    """The host an audit event of a socket is about, None where there is none."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        return arguments[0]
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getnameinfo"):
        address = arguments[-1]
        return address[0] if isinstance(address, tuple) else None  # a local socket's address is a path
    return None


def forbidden(path: object) -> bool:
    """Whether a file lies in the folder nothing may be read from."""
    if not FOLDER or not isinstance(path, str | bytes):
        return False
    full = os.path.abspath(os.fsdecode(path))
    return full.startswith(FOLDER + os.sep) and not full.startswith(sys.prefix + os.sep)


def watch(event: str, arguments: tuple) -> None:
    """End the process at a forbidden event; exceptions could be caught, this cannot."""
    if (event.startswith("socket.") and not local(host_of(event, arguments))) or (event == "open" and forbidden(arguments[0])):
        line = f"{event} {arguments!r}\n".encode(errors="backslashreplace")
        log = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(log, line)
        os.write(2, line)
        os._exit(TRIPPED)


sys.addaudithook(watch)
