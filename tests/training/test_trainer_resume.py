"""Training repeats and resumes exactly, whatever happens to its files."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from trainer_cases import EASY, config, only, same, scripted, timeless, train, weights

from hamlet_game.learn.states import StateError
from hamlet_game.training import checkpoint_read
from hamlet_game.training import events as say
from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.trainer import Trainer


def test_the_same_configuration_learns_the_same_weights() -> None:
    first, second, other = (Trainer(config(seed=seed)) for seed in (1, 1, 2))
    stories = [timeless(list(trainer.run())) for trainer in (first, second, other)]
    assert stories[0] == stories[1] != stories[2]
    assert same(weights(first), weights(second))
    assert not same(weights(first), weights(other))


@pytest.mark.parametrize(
    "easy",
    [
        {"checkpoint__every_seconds": 0.05},
        {"agents": 2},
        {"agents": 10, "towns": 4},
        {"algorithm": {"name": "ppo", "hidden": [16], "rollout": 16}},
        {"algorithm__use_mask": True, "algorithm__memory": "prioritized"},
    ],
    ids=["dqn", "two", "shared", "ppo", "masks"],
)
def test_two_halves_equal_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, easy: dict[str, Any]
) -> None:
    half, whole = 1_360, 2_720  # neither is a multiple of a cadence

    def run(trainer: Trainer) -> list[say.Event]:
        scripted(trainer, monkeypatch, {0: EASY})  # so that both levels are played
        return list(trainer.run())

    straight = Trainer(config(limits__max_steps=whole, **easy))
    story = timeless(run(straight))
    first = timeless(run(Trainer(config(limits__max_steps=half, **easy), tmp_path)))
    resumed = Trainer(config(limits__max_steps=whole, **easy), tmp_path, resume=True)
    second = timeless(run(resumed))
    assert first + second == story
    ours, theirs = resumed.state(), straight.state()
    for clock in ("seconds", "ledger", "best"):  # hold times of day
        del ours[clock], theirs[clock]
    assert json.dumps(ours["curriculum"]) == json.dumps(theirs["curriculum"])
    assert theirs["curriculum"]["level"] == 1
    assert same(ours | {"playground": 0}, theirs | {"playground": 0})
    assert same(list(ours["playground"]["parts"]), list(theirs["playground"]["parts"]))


def test_a_resumed_run_counts_episodes_on(tmp_path: Path) -> None:
    first = train(tmp_path, limits__max_steps=1_000)
    second = train(tmp_path, resume=True)
    numbers = [event.episode for event in only(say.EpisodeEnded, first + second)]
    assert numbers == list(range(1, len(numbers) + 1))
    start, end = second[0], second[-1]
    assert isinstance(start, say.RunStarted)
    assert isinstance(end, say.RunEnded)
    assert start.step == 1_000
    assert end.summary["episodes"] == len(numbers)
    assert end.seconds > only(say.RunEnded, first)[0].seconds


def test_resuming_before_the_first_checkpoint_begins(tmp_path: Path) -> None:
    assert timeless(train(tmp_path, resume=True)) == timeless(train())


def test_a_damaged_checkpoint_is_named_and_the_one_before_used(tmp_path: Path) -> None:
    short: dict[str, Any] = {"checkpoint__every_seconds": 0.001, "limits__max_steps": 80}
    saved = only(say.CheckpointSaved, train(tmp_path, **short))
    newest, before = [event for event in saved if not event.best][-1:-3:-1]
    file = Path(newest.file)
    file.write_bytes(file.read_bytes()[:-1])
    told = train(tmp_path, resume=True)
    skipped, started = told[:2]
    assert isinstance(skipped, say.CheckpointSkipped)
    assert isinstance(started, say.RunStarted)
    assert skipped.file == newest.file
    assert started.step == before.step


def test_when_all_checkpoints_are_damaged_nothing_is_overwritten(tmp_path: Path) -> None:
    train(tmp_path)
    for file in tmp_path.rglob("latest*"):
        file.write_bytes(b"broken")
    with pytest.raises(CheckpointError, match="begin a new run"):
        train(tmp_path, resume=True)


def test_a_checkpoint_of_other_levels_is_refused(tmp_path: Path) -> None:
    train(tmp_path)
    with pytest.raises(StateError, match="other levels"):
        train(tmp_path, resume=True, levels="1-3")


def test_a_time_limit_counts_earlier_sessions(tmp_path: Path) -> None:
    train(tmp_path)
    told = train(tmp_path, resume=True, limits__max_steps=None, limits__max_minutes=1e-6)
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert (end.step, end.reason) == (2_000, "limit")


def test_what_is_told_is_on_the_disk(tmp_path: Path) -> None:
    saved = only(say.CheckpointSaved, train(tmp_path))
    best, complete = ([event for event in saved if event.best is kind] for kind in (True, False))
    assert [event.step for event in complete] == [2_000]
    assert [event.step for event in best] == [800, 1_600][: len(best)]
    assert best
    for event in saved:
        manifest = checkpoint_read.peek(Path(event.file))
        assert (manifest.step, manifest.metric) == (event.step, event.metric)
        assert manifest.kind == ("best" if event.best else "latest")
    assert complete[-1].metric == max(event.metric or 0 for event in best)


def test_a_full_disk_is_told_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    told = train(tmp_path)
    assert not only(say.CheckpointSaved, told)
    failures = only(say.CheckpointFailed, told)
    assert failures
    assert all("space" in event.reason.lower() for event in failures)
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert end.step == 2_000
