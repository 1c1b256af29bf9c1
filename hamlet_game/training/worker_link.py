"""The trainer's end of the pipe: a thread that reports, takes orders, and notices death."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection

from hamlet_game.training.events import Event
from hamlet_game.training.orders import Orders
from hamlet_game.training.outbox import Outbox
from hamlet_game.training.protocol import BEAT_S, Crash, Order, Report, Word, pack, unpack

_LOOK_S = 0.03  # between two looks at the outbox; orders wake the thread at once
_LAST_WORDS_S = 0.6  # for a checkpoint, once the window is dead
_NOTES = 20  # kept until they are sent


class Link:
    """Connects a trainer with its window; the trainer never waits for it."""

    def __init__(self, connection: Connection) -> None:
        """Start reporting over a connection."""
        self._connection = connection
        self._outbox = Outbox()
        self._orders: Orders | None = None
        self._early: list[Order] = []  # orders from before there was a trainer
        self._obeyed: list[int] = []
        self._notes: list[str] = []
        self._alive_at = self._sent_at = time.monotonic()
        self._waiting = False  # for the window to take the report
        self._crash: Crash | None = None
        self._over = threading.Event()
        self._lock = threading.Lock()  # of orders and notes
        self._thread = threading.Thread(target=self._serve, name="link", daemon=True)
        self._thread.start()

    def obey(self, orders: Orders) -> None:
        """Pass orders on from now, the ones that came before first."""
        with self._lock:
            self._orders = orders
            for order in self._early:
                self._give(orders, order)
            self._early.clear()
        self._alive_at = time.monotonic()

    def tell(self, event: Event) -> None:
        """Report an event; a sign of life."""
        self._alive_at = time.monotonic()
        self._outbox.put(event)

    def note(self, sentence: str) -> None:
        """Report a sentence for people."""
        with self._lock:
            self._notes = [*self._notes, sentence][-_NOTES:]

    def finish(self, crash: Crash | None = None) -> None:
        """Send what is left and return when it is on its way."""
        self._crash = crash
        self._over.set()
        self._thread.join()

    def _serve(self) -> None:
        try:
            while not self._over.is_set():
                if self._connection.poll(_LOOK_S):
                    self._hear(unpack(self._connection.recv_bytes()))
                self._report_if_due()
            self._send(last=True)
        except Exception:  # mostly EOFError: without a link nobody is left to train for
            self._die()

    def _hear(self, message: object) -> None:
        if not isinstance(message, Order):
            self._waiting = False
            return
        with self._lock:
            if self._orders is None:
                self._early.append(message)
            else:
                self._give(self._orders, message)

    def _give(self, orders: Orders, order: Order) -> None:
        methods: dict[Word, Callable[[], None]] = {
            "pause": orders.pause,
            "resume": orders.resume,
            "step": orders.step,
            "stop": orders.stop,
            "skip": orders.skip,
            "hold": orders.hold,
            "release": partial(orders.hold, on=False),
        }
        if order.lesson is not None:
            orders.teach(order.lesson)
        else:
            methods[order.word]()
        self._obeyed.append(order.number)

    def _report_if_due(self) -> None:
        news = self._outbox or self._obeyed or self._notes
        due = news or time.monotonic() - self._sent_at >= BEAT_S
        if due and not self._waiting:
            self._send(last=False)

    def _send(self, *, last: bool) -> None:
        with self._lock:
            obeyed, self._obeyed = self._obeyed, []
            notes, self._notes = self._notes, []
        events = self._outbox.take()
        self._sent_at = time.monotonic()
        told = tuple(obeyed), tuple(notes), self._sent_at - self._alive_at
        crash = self._crash if last else None
        try:
            data = pack(Report(events, self._outbox.dropped, *told, crash, last))
        except Exception as error:  # an event that can't travel is a fault of the trainer
            sentence = f"The trainer reported something that can't be sent: {error}."
            crash = Crash(sentence, repr(events)[:2_000])
            self._connection.send_bytes(pack(Report((), self._outbox.dropped, *told, crash, True)))
            os._exit(1)
        self._waiting = True
        self._connection.send_bytes(data)

    def _die(self) -> None:
        """End the process soon, with a checkpoint if there is time for one."""
        if self._orders is not None:
            self._orders.stop()
        self._over.wait(_LAST_WORDS_S)
        os._exit(1)
