"""Tells a process beside this one what happens; that process shows it to the world.

The training only ever puts an event into an outbox of limited size. A thread takes them to
the other process, one report at a time, the next only once it was taken in: a server that is
busy, hangs or dies costs events, never time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from hamlet_game.training.events import Event
from hamlet_game.training.orders import Orders
from hamlet_game.training.outbox import Outbox
from hamlet_game.training.protocol import Order, Report, pack, unpack

EVERY_S: Final = 0.1  # between two reports
LAST_S: Final = 1.0  # for the last one to be on its way
GOODBYE_S: Final = 10.0  # for the other process to end by itself


class Broadcast:
    """Hands events to another process and obeys what that one orders."""

    def __init__(self, connection: Connection, process: BaseProcess, orders: Orders) -> None:
        """Report to `process` over `connection`; its orders go to `orders`."""
        self._connection, self._process = connection, process
        self._outbox = Outbox()
        self._given: dict[str, Callable[[], None]] = {
            "pause": orders.pause,
            "resume": orders.resume,
            "stop": orders.stop,
        }
        self._over = threading.Event()
        self._failure = ""
        self._thread = threading.Thread(target=self._serve, name="broadcast", daemon=True)
        self._thread.start()

    def write(self, event: Event) -> None:
        """Put an event on its way. Raises BrokenPipeError once nobody is at the other end."""
        if self._failure:
            raise BrokenPipeError(self._failure)
        self._outbox.put(event)

    def close(self) -> None:
        """Say the last word and let the other process end."""
        self._over.set()
        self._thread.join(LAST_S)
        self._process.join(GOODBYE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._thread.join(LAST_S)  # with nobody at the other end it can't hang
        with suppress(OSError):
            self._connection.close()

    def _serve(self) -> None:
        taken = True
        try:
            while not self._over.is_set():
                if self._connection.poll(EVERY_S):
                    taken |= self._hear()
                elif taken and self._outbox:
                    self._send(last=False)
                    taken = False
            self._send(last=True)
        except (EOFError, OSError):
            self._failure = "the page's server is gone"

    def _hear(self) -> bool:
        """Obey an order; return whether it was a receipt instead."""
        message = unpack(self._connection.recv_bytes())
        if not isinstance(message, Order):
            return True
        if give := self._given.get(message.word):
            give()
        return False

    def _send(self, *, last: bool) -> None:
        events = self._outbox.take()
        report = Report(events, self._outbox.dropped, (), (), 0.0, None, last)
        self._connection.send_bytes(pack(report))
