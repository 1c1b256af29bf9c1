"""The town beside a run's progress in a large terminal."""

from __future__ import annotations

import io

from event_cases import FIRST, FULL, evaluated, started
from rich.console import Console

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.training.events import BrainUpdated, LevelStarted, RunEnded
from hamlet_game.training.sinks.stroll import PAUSE, Stroll
from hamlet_game.training.sinks.terminal import TOWN_SECONDS, TerminalView


def brain(step: int = 40, agent: int = 0, level: str = FIRST) -> BrainUpdated:
    made = Brain.load(paths.assets() / "brains" / "01_first_night.safetensors")
    told = {"arrays": made.arrays, "architecture": made.architecture.values(), "training": {}}
    return BrainUpdated(step, step / 100, agent, level, told)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        self.now += TOWN_SECONDS
        return self.now


def shown(width: int, height: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    console = Console(
        file=file, width=width, height=height, force_terminal=True, legacy_windows=False
    )
    view = TerminalView(console, Clock())
    for event in (started(), LevelStarted(0, 0.0, FIRST), brain()):
        view.write(event)
    view.write(evaluated(50, 30.0))
    view.write(evaluated(60, 30.0))
    view.write(RunEnded(60, 1.0, "stopped", {}))
    view.close()
    return raw.getvalue().decode(encoding)


def test_a_large_terminal_shows_a_town_beside_the_progress() -> None:
    text = shown(100, 28)
    assert "First Night, town 1, step 3 of 50" in text
    assert "the brain of step 40" in text
    assert "Q-values" in text
    assert "BED" in text
    assert "stopped after 60 steps" in text


def test_a_small_terminal_shows_the_progress_alone() -> None:
    for size in ((99, 28), (100, 27), (20, 5)):
        assert "BED" not in shown(*size)


def test_a_terminal_of_ascii_gets_a_town_of_ascii() -> None:
    text = shown(100, 28, encoding="ascii")
    assert "BED" in text
    assert "####" in text
    assert "/----" in text


def test_the_newest_brain_plays_lives_in_towns_one_after_another() -> None:
    stroll = Stroll()
    for event in (started(layout="classic"), LevelStarted(0, 0.0, FIRST), brain()):
        stroll.take(event)
    stroll.take(brain(99, agent=1))  # somebody else's
    stroll.step()
    assert stroll.brain_step == 40
    first = stroll.record
    assert first is not None
    assert (first.level.id, first.level.layout, first.town_seed) == (FIRST, "classic", 1)
    while not first.over:
        stroll.step()
    for _ in range(PAUSE):
        stroll.step()
        assert stroll.record is first
    stroll.step()
    assert stroll.record is not None
    assert stroll.record.town_seed == 2


def test_the_town_follows_the_level() -> None:
    stroll = Stroll()
    for event in (started(), LevelStarted(0, 0.0, FIRST), brain()):
        stroll.take(event)
    stroll.step()
    stroll.take(LevelStarted(50, 0.5, FULL))
    stroll.step()
    assert stroll.record is not None
    assert stroll.record.level.id == FULL


def test_a_brain_or_level_that_does_not_fit_shows_no_town() -> None:
    broken, gone = Stroll(), Stroll()
    wrong = BrainUpdated(1, 0.1, 0, FIRST, {"arrays": {}, "architecture": {}})
    for event in (started(), LevelStarted(0, 0.0, FIRST), wrong):
        broken.take(event)
    for other in (started(), LevelStarted(0, 0.0, "gone"), brain()):
        gone.take(other)
    for stroll in (broken, gone):
        stroll.step()
        assert stroll.record is None
