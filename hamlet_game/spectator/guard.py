"""Who may come in: only pages of our own, asked for by an address and not by a foreign name."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        "object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class Names:
    """The names by which this server may be called.

    A foreign name that was made to lead here (DNS rebinding) would count as a page of our
    own; an address can't be faked that way.
    """

    def __init__(self, host: str) -> None:
        """Allow addresses, this machine's names, and `host`."""
        own = socket.gethostname().lower()
        self._known = {"localhost", own, f"{own}.local", host.lower().strip("[]")}

    def fits(self, host: str | None) -> bool:
        """Return whether a Host header names this server."""
        name = _name(f"//{host}") if host else None
        return name is not None and (name in self._known or _is_address(name))

    def welcomes(self, host: str | None, origins: Iterable[str]) -> bool:
        """Return whether a WebSocket may be opened: by a page of this server, or by no page."""
        if not self.fits(host):
            return False
        return all(_place(origin) == (host or "").lower() for origin in origins)


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _place(origin: str) -> str | None:
    """Return the host and port of an origin, None for one that is no web page's."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.lower() if parts.scheme in {"http", "https"} else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Patience:
    """Counts what somebody sends: so many at once, then so many a second."""

    def __init__(self, at_once: int, per_second: float) -> None:
        self._most, self._rate = float(at_once), per_second
        self._left, self._at = self._most, time.monotonic()

    def bears(self) -> bool:
        """Return whether one more is fine."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= 1
        return self._left >= 0
