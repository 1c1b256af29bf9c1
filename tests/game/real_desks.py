"""What tests of the training desk share: desks with stand-in trainers, and time that passes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
import fake_trainings

from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.training.worker import Make

Open = Callable[..., TrainingDesk]

FRAME_S = 0.005


def opened_desks() -> Iterator[Open]:
    """Yield what opens desks; they are closed afterwards."""
    desks: list[TrainingDesk] = []

    def opened(make: Make | None = fake_trainings.counting, patience_s: float = 30) -> TrainingDesk:
        desks.append(TrainingDesk(make, patience_s))
        return desks[-1]

    yield opened
    for each in desks:
        each.close()


def until(
    desk: TrainingDesk, happened: Callable[[], object], what: str, seconds: float = 20
) -> None:
    """Play frames until something has happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"never {what}: {desk.state}, {desk.problem}"
        desk.poll()
        time.sleep(FRAME_S)


def running(desk: TrainingDesk) -> None:
    until(desk, lambda: desk.state == "running" and desk.history.episodes, "ran")


def pid(desk: TrainingDesk) -> int:
    assert desk._client is not None
    assert desk._client._process is not None
    assert desk._client._process.pid is not None
    return desk._client._process.pid
