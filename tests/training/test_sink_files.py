"""What a run keeps to look at later: brains of all its times, and some of its lives."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from event_cases import FIRST, FULL, episode, started
from trainer_cases import config

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.files import BrainError
from hamlet_game.learn.config import ConfigError
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.replay import Replay, encode, level_for, load_replay
from hamlet_game.training import events as say
from hamlet_game.training.config import load_config
from hamlet_game.training.events import BrainUpdated, LevelGraduated
from hamlet_game.training.players import load_player
from hamlet_game.training.protocol import Job
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.session import training
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.brains import BrainAlbum
from hamlet_game.training.sinks.replays import NAMED, WRITE_SECONDS, ReplayFolder
from hamlet_game.training.sinks.shelf import Shelf, step_of
from hamlet_game.training.trainer import Trainer


class Clock:
    """Moves on by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def tick(self) -> None:
        self.now += WRITE_SECONDS


@pytest.fixture(scope="module")
def brain() -> dict[str, Any]:
    return dict(Trainer(config())._brains()[0])


def updated(brain: dict[str, Any], step: int, agent: int = 0, level: str = FIRST) -> BrainUpdated:
    about = {"run": "r", "seed": 0, "step": step, "level": level, "agent": agent}
    return BrainUpdated(step, step / 1000, agent, level, {**brain, "training": about})


def steps(folder: Path) -> list[int]:
    return [step_of(file) for file in sorted(folder.glob("step*"))]


# The shelf.


def test_a_shelf_stays_small_and_spread_over_the_run(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, ".x", 8)
    for step in range(0, 100_000, 100):
        if shelf.wants(step):
            shelf.place(step).touch()
            shelf.thin()
        assert len(shelf.files()) <= 8
    kept = steps(tmp_path)
    assert kept[0] == 0
    assert kept[-1] > 80_000
    gaps = np.diff(kept)
    assert len(kept) >= 4
    assert gaps.max() <= 4 * gaps.min()


def test_a_shelf_forgets_what_comes_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, ".x", 8)
    for step in range(0, 800, 100):
        shelf.place(step).touch()
    other = tmp_path / "graduated-a-step0000000700.x"
    other.touch()
    again = Shelf(tmp_path, ".x", 8)
    again.forget_after(450)
    assert steps(tmp_path) == [0, 100, 200, 300, 400]
    assert not other.exists()
    assert not again.wants(450)
    assert again.wants(500)


# Brains.


def test_an_album_holds_the_first_agent_and_its_graduations(
    tmp_path: Path, brain: dict[str, Any]
) -> None:
    album = BrainAlbum(tmp_path / "brains", most=6)
    album.write(started())
    for step in range(0, 50_000, 1_000):
        album.write(updated(brain, step))
        album.write(updated(brain, step, agent=1))
        if step == 20_000:
            album.write(LevelGraduated(step, 20.0, FIRST, 9, {}))
    album.close()
    kept = steps(tmp_path / "brains")
    assert kept[0] == 0
    assert kept[-1] == 49_000
    assert 3 <= len(kept) <= 6
    graduated = tmp_path / "brains" / f"graduated-{FIRST}-step0000020000.safetensors"
    loaded = Brain.load(graduated)
    assert (loaded.training["step"], loaded.training["seconds"]) == (20_000, 20.0)
    observation = np.zeros((1, loaded.architecture.inputs), np.float32)
    first = Brain(brain["arrays"], brain["architecture"])
    assert np.array_equal(loaded.q(observation), first.q(observation))
    assert load_player(str(graduated), warn=print).about["level"] == FIRST  # plays like any other


def test_a_run_that_goes_on_forgets_later_brains(tmp_path: Path, brain: dict[str, Any]) -> None:
    first = BrainAlbum(tmp_path)
    for event in (started(), *(updated(brain, step) for step in range(0, 5_000, 1_000))):
        first.write(event)
    first.write(LevelGraduated(4_000, 4.0, FIRST, 9, {}))
    first.close()
    BrainAlbum(tmp_path).write(started(step=2_500))
    assert [file.name for file in sorted(tmp_path.iterdir())] == [
        f"step{step:010}.safetensors" for step in (0, 1_000, 2_000)
    ]


def test_a_disk_that_takes_no_brain_is_told_once(tmp_path: Path, brain: dict[str, Any]) -> None:
    blocked = tmp_path / "brains"
    blocked.write_text("in the way", encoding="utf-8")
    said: list[str] = []
    with MetricsManager([BrainAlbum(blocked)], said.append) as metrics:
        for step in range(3):
            metrics.write(updated(brain, step))
    assert len(said) == 1
    assert said[0].startswith("BrainAlbum stopped (")
    assert "can't be written" in said[0]
    with pytest.raises(BrainError):
        BrainAlbum(blocked).write(updated(brain, 1))


# Replays.


def life(number: int, score: float, level: str = FIRST, **changes: Any) -> say.EpisodeEnded:
    return episode(number, level=level, score=score, actions=bytes([4]) * 9, **changes)


def names(folder: Path, kind: str) -> list[str]:
    return sorted(file.name for file in folder.glob(f"{kind}-*"))


def test_the_best_the_worst_and_a_graduation_are_kept(tmp_path: Path) -> None:
    clock = Clock()
    sink = ReplayFolder(tmp_path, 20, clock)
    sink.write(started())
    for number, score in enumerate([40, 10, 90, 60], 1):
        sink.write(life(number, score))
    sink.write(LevelGraduated(45, 1.0, FIRST, 4, {}))
    for number, score in enumerate([30, 20], 5):
        sink.write(life(number, score, FULL))
        clock.tick()
        sink.write(life(number + 10, 25, FULL))
    sink.write(LevelGraduated(200, 1.0, FULL, 2, {}))
    sink.close()
    # A life in a later level beats all in earlier ones, at being best and at being worst.
    assert names(tmp_path, "best") == [f"best-step0000000050-{FULL}-15steps-30points.hamlet"]
    assert names(tmp_path, "worst") == [f"worst-step0000000060-{FULL}-16steps-20points.hamlet"]
    assert names(tmp_path, "graduated") == [
        f"graduated-step0000000040-{FIRST}-14steps-60points.hamlet"
    ]
    assert steps(tmp_path)


def test_a_training_life_can_be_watched_again(tmp_path: Path) -> None:
    sink = ReplayFolder(tmp_path, 5)
    sink.write(started())
    sink.write(life(7, 12.0, town_seed=2**53 - 1))
    sink.close()
    file = next(tmp_path.glob("best-*"))
    replay = load_replay(file)
    assert (replay.level_id, replay.town_seed, replay.actions) == (FIRST, 2**53 - 1, b"\4" * 9)
    assert replay.player == "agent in training, life 7"
    assert replay.record(level_for(replay, load_catalog(), file)).survival == 9


def test_a_life_of_500_steps_fits_into_two_kilobytes() -> None:
    dice = np.random.default_rng(0)
    walk = dice.integers(0, 5, 500).astype(np.int8).tobytes()
    source = replay_of(walk)
    assert len(encode(source)) <= 2_048


def replay_of(actions: bytes) -> Replay:
    return Replay(FULL, "0" * 12, 2**53 - 1, actions, "agent in training, life 1,234,567", "x" * 25)


def test_never_more_files_than_asked_for(tmp_path: Path) -> None:
    clock = Clock()
    sink = ReplayFolder(tmp_path, 9, clock)
    sink.write(started())
    for number in range(1, 300):
        sink.write(life(number, number % 50))
        clock.tick()
        if number == 5:
            sink.write(LevelGraduated(50, 1.0, FIRST, 4, {}))
        assert len(list(tmp_path.glob("*.hamlet"))) <= 9
    sink.close()
    assert len(steps(tmp_path)) >= 3
    assert all(len(names(tmp_path, kind)) == 1 for kind in NAMED)


def test_a_run_that_goes_on_knows_its_best(tmp_path: Path) -> None:
    clock = Clock()
    first = ReplayFolder(tmp_path, 9, clock)
    first.write(started())
    first.write(life(1, 80))
    first.close()
    second = ReplayFolder(tmp_path, 9, clock)
    second.write(started(step=20))
    second.write(life(3, 70))
    second.write(life(4, 60))
    second.close()
    assert "80points" in names(tmp_path, "best")[0]
    assert "60points" in names(tmp_path, "worst")[0]
    third = ReplayFolder(tmp_path, 9, clock)
    third.write(started(step=5))  # before all of them: they will be lived again
    assert list(tmp_path.glob("*.hamlet")) == []


@pytest.mark.parametrize(
    "event",
    [
        episode(1),  # actions not told
        life(1, 5.0, level="09_gone"),
    ],
)
def test_what_cannot_be_played_is_not_kept(tmp_path: Path, event: say.Event) -> None:
    sink = ReplayFolder(tmp_path, 9)
    sink.write(started())
    sink.write(event)
    sink.close()
    assert list(tmp_path.iterdir()) == []


def test_lives_on_another_map_than_the_level_s_are_not_kept(tmp_path: Path) -> None:
    sink = ReplayFolder(tmp_path, 9)
    drawn = load_catalog().find(FULL).layout
    sink.write(started(layout="classic" if drawn == "random" else "random"))
    sink.write(life(1, 5.0, FULL))
    sink.close()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_no_replay_is_told_once(tmp_path: Path) -> None:
    blocked = tmp_path / "replays"
    blocked.write_text("in the way", encoding="utf-8")
    clock, said = Clock(), []
    with MetricsManager([ReplayFolder(blocked, 9, clock)], said.append) as metrics:
        metrics.write(started())
        for number in range(1, 5):
            metrics.write(life(number, 5.0))
            clock.tick()
    assert len(said) == 1
    assert said[0].startswith("ReplayFolder stopped (")


def test_how_many_are_kept_is_a_setting() -> None:
    assert load_config("quick").report.replays == 40
    assert load_config("quick", {"report.replays": 0}).report.replays == 0
    with pytest.raises(ConfigError, match=r"report\.replays: 3: write 0 for none, or at least 5"):
        load_config("quick", {"report.replays": 3})


# In a real run.


def test_a_run_fills_its_folders(tmp_path: Path) -> None:
    run = RunFolder(tmp_path / "run")
    said: list[str] = []
    values = config(report__replays=6).model_dump(mode="json")
    with training(Job(values, str(run.path)), run, said.append) as trainer:
        list(trainer.run())
    assert said == []
    assert steps(run.brains)[0] == 0
    assert steps(run.brains)[-1] == 2_000
    kept = list(run.replays.glob("*.hamlet"))
    assert 0 < len(kept) <= 6
    for file in kept:
        replay = load_replay(file)
        record = replay.record(level_for(replay, load_catalog(), file))
        assert f"-{record.survival}steps-" in file.name
        assert f"-{record.last.points:.0f}points" in file.name

    shutil.rmtree(run.replays)
    values["report"]["replays"] = 0
    with training(Job(values, str(run.path), resume=True), run, said.append) as trainer:
        list(trainer.run())
    assert not run.replays.exists()
