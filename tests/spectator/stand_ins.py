"""A show without a trainer, and a server for it in a thread."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from websockets.sync.client import ClientConnection

import hamlet_game.training.events as say
from hamlet_game.game.agents import roster
from hamlet_game.game.desk.history import History
from hamlet_game.spectator.options import Options, listen
from hamlet_game.spectator.page import make_page
from hamlet_game.spectator.server import PageServer, config_of
from hamlet_game.spectator.stage import Stage
from hamlet_game.training.events import Event

TOKEN = "a-token-of-this-test"  # noqa: S105 - opens nothing else
LEVELS = ("01_first_night", "02_clean_start")


class Told:
    """A source that says what a test tells it, and writes down what it is ordered."""

    def __init__(self, state: str = "none") -> None:
        self.history = History()
        self.state, self.problem = state, ""
        self.notes: Sequence[str] = ()
        self.ordered: list[str] = []
        self.over = self.closed = False

    @property
    def can(self) -> Sequence[str]:
        words = {"none": ("start",), "running": ("pause", "stop"), "paused": ("resume", "stop")}
        return words.get(self.state, ())

    def poll(self) -> None:
        """Nothing comes by itself."""

    def order(self, word: str) -> None:
        self.ordered.append(word)
        self.state = {"start": "running", "pause": "paused", "resume": "running"}.get(word, "ended")

    def close(self) -> None:
        self.closed = True


def events() -> list[Event]:
    """Return what a small run says: two levels, the first graduated."""
    told: list[Event] = [
        say.RunStarted("toy", {"curriculum": {"passes_needed": 2}}, LEVELS, 1, 0),
        say.LevelStarted(0, 0.0, LEVELS[0]),
    ]
    for k in range(1, 7):
        told.append(progress(10_000 * k, LEVELS[0], 10.0 + 6 * k))
        told.append(exam(10_000 * k, LEVELS[0], 8.0 + 7 * k, 3.0 * k - 5))
    measures = {"survival": 50.0, "return": 13.0, "alive": 1.0, "score": 900.0}
    told.append(say.LevelGraduated(60_000, 6.0, LEVELS[0], 900, measures))
    told.append(say.LevelStarted(60_000, 6.0, LEVELS[1]))
    for k in range(1, 5):
        told.append(progress(60_000 + 10_000 * k, LEVELS[1], 30.0 + 9 * k))
        told.append(exam(60_000 + 10_000 * k, LEVELS[1], 28.0 + 12 * k, 6.0 * k - 12))
    return told


def progress(step: int, level: str, survival: float) -> say.LearnerProgress:
    numbers = {"loss": 0.5, "epsilon": 0.1, "broken": float("nan")}
    return say.LearnerProgress(step, step / 1e4, level, 0, 9_000.0, numbers, survival, 0.1)


def exam(step: int, level: str, survival: float, total: float) -> say.Evaluated:
    measures = {"survival": survival, "return": total, "alive": 0.4, "score": 500.0}
    quantiles = tuple(survival * share for share in (0.5, 0.6, 0.8, 1, 1.2, 1.3, 1.4))
    return say.Evaluated(step, step / 1e4, level, 0, 100, measures, False, 0, {}, quantiles)


def brain(step: int, level: str = LEVELS[1]) -> say.BrainUpdated:
    """Return the master as the brain of some moment."""
    player = roster.player("master")
    net = player.brain._network  # type: ignore[attr-defined]
    shape = player.brain.architecture.values()  # type: ignore[attr-defined]
    return say.BrainUpdated(step, 1.0, 0, level, {"arrays": net.arrays, "architecture": shape})


def told(state: str = "running") -> Told:
    """Return a source that has heard the small run."""
    source = Told(state)
    for event in events():
        source.history.take(event)
    return source


def stage_of(source: Told, word: str = "sensible") -> Stage:
    return Stage(source, roster.player(word))


@contextmanager
def serving(stage: Stage, port: int = 0) -> Iterator[Options]:
    """Serve a stage in a thread, as `serve` does; yield where."""
    door = listen("127.0.0.1", port)
    options = replace(Options(token=TOKEN), port=door.getsockname()[1])
    up = threading.Event()
    server = PageServer(config_of(make_page(stage, options)), stage, up.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    try:
        assert up.wait(20)
        yield options
    finally:
        server.should_exit = True
        thread.join(20)
        door.close()
        assert not thread.is_alive()


def until(right: object, seconds: float = 10.0) -> None:
    """Wait until a call comes to something true."""
    assert callable(right)
    end = time.monotonic() + seconds
    while not right():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def plain(options: Options, request: bytes, seconds: float = 5.0) -> bytes:
    """Send bytes as they are and return what comes back until the other end hangs up."""
    with socket.create_connection((options.host, options.port), timeout=seconds) as line:
        line.sendall(request)
        answer = b""
        try:
            while chunk := line.recv(65_536):
                answer += chunk
        except TimeoutError:
            pass
        return answer


def hear(line: ClientConnection, kind: str, seconds: float = 20.0) -> dict[str, Any]:
    """Return the next message of a kind; those that came with it are passed over."""
    end = time.monotonic() + seconds
    while True:
        for message in messages(line, max(0.01, end - time.monotonic())):
            if message["type"] == kind:
                return message


def messages(line: ClientConnection, seconds: float = 20.0) -> list[dict[str, Any]]:
    """Return what comes next."""
    found: list[dict[str, Any]] = json.loads(line.recv(timeout=seconds))
    return found
