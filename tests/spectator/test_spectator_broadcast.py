"""A training that is broadcast: never held up, whatever is at the other end."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import ends
import numpy as np
import pytest
from stand_ins import events, messages, until
from websockets.sync.client import connect

import hamlet_game.training.events as say
from hamlet_game.spectator.launch import start_beside
from hamlet_game.spectator.link import FAREWELL_S, LinkSource
from hamlet_game.spectator.options import ServeError, listen
from hamlet_game.training.orders import Orders
from hamlet_game.training.protocol import Got, Order, pack, unpack
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.broadcast import GOODBYE_S, Broadcast

End = Callable[[Connection, Any], None]


def broadcast(end: End, orders: Orders, given: object = ()) -> Broadcast:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=end, args=(theirs, given), daemon=True)
    process.start()
    theirs.close()
    return Broadcast(ours, process, orders)


def episode(number: int) -> say.EpisodeEnded:
    return say.EpisodeEnded(
        number, 0.0, number, 0, "01_first_night", 7, 40, 1.5, 500.0, None, 0, None
    )


def brain(step: int) -> say.BrainUpdated:
    arrays = {"head.weight": np.zeros((256, 256), np.float32)}
    return say.BrainUpdated(step, 0.0, 0, "01_first_night", {"arrays": arrays, "architecture": {}})


def test_orders_reach_the_training() -> None:
    orders = Orders()
    sink = broadcast(ends.listening, orders, ("pause", "teach", "stop"))
    sink.write(episode(1))
    until(lambda: orders.stopped)
    assert not orders.may_step()
    sink.close()
    assert not sink._process.is_alive()


def test_an_end_that_hangs_costs_events_and_no_time() -> None:
    sink = broadcast(ends.hanging, Orders())
    began = time.perf_counter()
    for number in range(20_000):
        sink.write(episode(number))
        if number % 100 == 0:
            sink.write(brain(number))
    assert time.perf_counter() - began < 2
    assert sink._outbox.dropped > 10_000
    began = time.perf_counter()
    sink.close()
    assert time.perf_counter() - began < GOODBYE_S + 5
    assert not sink._process.is_alive()


def test_an_end_that_is_gone_is_reported_once_and_dropped() -> None:
    told: list[str] = []
    sink = broadcast(ends.dying, Orders())
    metrics = MetricsManager([sink], told.append)
    end = time.monotonic() + 20
    while not told and time.monotonic() < end:
        metrics.write(episode(1))
        time.sleep(0.02)
    for number in range(100):
        metrics.write(episode(number))
    metrics.close()
    assert told == ["Broadcast stopped (the page's server is gone); training goes on without it."]


def test_the_other_end_hears_a_run_and_its_end() -> None:
    ours, theirs = multiprocessing.Pipe()
    source = LinkSource(theirs)
    assert source.state == "loading"

    class Nobody:
        """Stands in for the process, which is this one."""

        def join(self, timeout: float | None = None) -> None:
            """It has ended already."""

        def is_alive(self) -> bool:
            return False

    sink = Broadcast(ours, Nobody(), Orders())  # type: ignore[arg-type]
    for event in events():
        sink.write(event)

    def polled(state: str) -> Callable[[], bool]:
        def right() -> bool:
            source.poll()
            return source.state == state

        return right

    until(polled("running"))
    assert source.can == ("pause", "stop")
    sink.write(say.Paused(1, 0.0))
    until(polled("paused"))
    sink.write(episode(9))
    until(polled("running"))
    source.order("stop")
    assert source.state == "stopping"
    sink.write(say.RunEnded(1, 0.0, "stopped", {}))
    until(polled("ended"))
    sink.close()
    until(lambda: (source.poll(), source.over)[1], FAREWELL_S + 5)
    assert source.problem == ""
    assert len(source.history.evaluations) == 10
    source.close()


def test_a_training_that_dies_is_told() -> None:
    ours, theirs = multiprocessing.Pipe()
    source = LinkSource(theirs)
    ours.close()
    until(lambda: source.state == "ended")
    assert "resume" in source.problem


def test_the_next_report_waits_for_the_receipt() -> None:
    ours, theirs = multiprocessing.Pipe()
    sink = Broadcast(ours, multiprocessing.Process(), Orders())
    sink.write(episode(1))
    assert theirs.poll(5)
    unpack(theirs.recv_bytes())
    sink.write(episode(2))
    assert not theirs.poll(0.4)
    theirs.send_bytes(pack(Got()))
    assert theirs.poll(5)
    theirs.send_bytes(pack(Order(1, "pause")))
    theirs.close()
    sink._over.set()


def test_a_whole_broadcast() -> None:
    """The real server in a process of its own: seen, ordered, and ended with the training."""
    beside = start_beside("127.0.0.1:0", "a-token")
    orders = Orders()
    sink = Broadcast(beside.connection, beside.process, orders)
    for event in events():
        sink.write(event)
    place = f"ws://127.0.0.1:{beside.options.port}/live"
    seen: dict[str, Any] = {}
    with connect(place, compression=None, open_timeout=60) as line:
        line.send(json.dumps({"type": "token", "token": "a-token"}))
        while seen.get("run", {}).get("state") != "running" or "steps" not in seen:
            seen |= {message["type"]: message for message in messages(line, 30)}
        assert seen["run"]["run"] == "toy"
        line.send('{"type":"order","word":"stop"}')
        until(lambda: orders.stopped)
        sink.write(say.RunEnded(100_000, 10.0, "stopped", {}))
        while seen["run"]["state"] != "ended":
            seen |= {message["type"]: message for message in messages(line, 30)}
        sink.close()
    assert beside.process.exitcode == 0


def test_a_place_that_is_taken() -> None:
    with listen("127.0.0.1", 0) as door, pytest.raises(ServeError, match="taken"):
        start_beside(f"127.0.0.1:{door.getsockname()[1]}")
