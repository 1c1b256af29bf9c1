"""When things are due."""

import time

from hamlet_game.training.cadence import EverySeconds, EverySteps, Stopwatch


def test_steps_are_due_at_every_multiple_passed() -> None:
    due = EverySteps(100, 0)
    assert [step for step in range(64, 641, 64) if due(step)] == [128, 256, 320, 448, 512, 640]


def test_steps_go_on_as_if_never_interrupted() -> None:
    straight, resumed = EverySteps(100, 0), EverySteps(100, 256)
    for step in range(64, 257, 64):
        straight(step)
    later = range(320, 2_000, 64)
    assert [straight(step) for step in later] == [resumed(step) for step in later]


def test_seconds_are_due_after_a_while() -> None:
    due = EverySeconds(10, now=3)
    assert [due(second) for second in (4.0, 12.9, 13.0, 14.0, 23.5)] == [
        False, False, True, False, True,
    ]  # fmt: skip


def test_a_stopwatch_counts_only_while_it_runs() -> None:
    watch = Stopwatch(5)
    time.sleep(0.01)
    assert watch.seconds == 5
    watch.resume()
    time.sleep(0.01)
    watch.pause()
    stopped = watch.seconds
    assert 5.01 <= stopped < 6
    time.sleep(0.01)
    assert watch.seconds == stopped
    watch.pause()
    watch.resume()
    watch.resume()
    assert watch.seconds >= stopped
