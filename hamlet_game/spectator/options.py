"""Where the page is served: the address, the token, and what can go wrong before it starts."""

from __future__ import annotations

import errno
import hmac
import importlib.util
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field

LOCAL = "127.0.0.1"
PORT = 8808  # unless told otherwise
_NEEDED = ("fastapi", "uvicorn", "websockets")
_MOST_TOKEN = 200  # characters; a longer one is not even compared


class ServeError(Exception):
    """The page can't be served; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the page is served."""

    host: str = LOCAL
    port: int = PORT  # 0: any free one
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    @property
    def url(self) -> str:
        """Return where to look on."""
        host = LOCAL if self.everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def control_url(self) -> str:
        """Return where to look on and give orders: the token stays in the browser."""
        return f"{self.url}#token={self.token}"

    @property
    def everywhere(self) -> bool:
        """Return whether it listens on all of the machine's addresses."""
        try:
            return ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            return False

    def fits(self, token: object) -> bool:
        """Return whether a token is the right one, in a time that gives nothing away."""
        if not isinstance(token, str) or len(token) > _MOST_TOKEN:
            return False
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())


def require_web() -> None:
    """Raise ServeError if what serves the page is not installed."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise ServeError('The browser page needs more: pip install "hamlet-game[web]"')


def listen(host: str, port: int, free: str = "--port 0") -> socket.socket:
    """Return a socket that listens; `free` is how to ask for any free port. Raises ServeError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        door = socket.socket(family, kind, proto)
    except (OSError, UnicodeError, OverflowError):
        raise ServeError(_not_ours(host)) from None
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share a port that is taken
            door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(1_024)
    except (OSError, OverflowError) as error:
        door.close()
        raise ServeError(_refused(host, port, free, error)) from None
    return door


def _refused(host: str, port: int, free: str, error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} is closed to you; take one above 1023, or {free} for any free one."
    if isinstance(error, OSError) and error.errno is not None and _taken(error):
        option = free.split(maxsplit=1)[0]
        return f"Port {port} is taken; choose another with {option}, or {free} for any free one."
    return _not_ours(host)


def _not_ours(host: str) -> str:
    return f"{host}: no such address on this machine; {LOCAL} always is one."


def _taken(error: OSError) -> bool:
    return error.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)}


def address(word: str) -> tuple[str, int]:
    """Return the host and port of a word such as `8808`, `0.0.0.0:8808` or `[::1]:0`.

    Raises ServeError.
    """
    host, _, port = word.strip().rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise ServeError(f"{word[:60]!r} is no address; write HOST:PORT, such as {LOCAL}:{PORT}.")
    return host.strip("[]") or LOCAL, int(port)
