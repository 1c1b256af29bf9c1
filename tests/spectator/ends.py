"""What may be at the other end of a broadcast: processes that listen, hang or die."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from hamlet_game.training.protocol import Got, Order, Report, pack, unpack


def listening(connection: Connection, orders: tuple[str, ...]) -> None:
    """Take reports in to the last one, and give orders after the first."""
    count = 0
    while True:
        report = unpack(connection.recv_bytes())
        assert isinstance(report, Report)
        if report.last:
            return
        connection.send_bytes(pack(Got()))
        for word in orders if not count else ():
            connection.send_bytes(pack(Order(count, word)))  # type: ignore[arg-type]
        count += 1


def hanging(connection: Connection, _: object) -> None:
    """Take nothing in, for ever."""
    connection.poll(0)
    time.sleep(600)


def dying(connection: Connection, _: object) -> None:
    """End at once."""
    connection.close()
