"""The training loop: what it tells, what it obeys, and that it repeats and resumes exactly."""

import dataclasses
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from hamlet_game.brain.brain import Brain
from hamlet_game.learn.states import StateError
from hamlet_game.training import events as say
from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.config import RunConfig, plain_values
from hamlet_game.training.examiner import TrainingError
from hamlet_game.training.seeds import LAST_TOWN
from hamlet_game.training.trainer import Trainer

TINY: dict[str, Any] = {
    "levels": "1-2",
    "towns": 8,
    "algorithm": {
        "name": "dqn",
        "hidden": [16],
        "batch": 16,
        "capacity": 1_000,
        "warm_up": 64,
        "epsilon": {"start": 1.0, "end": 0.1, "over": 2_000},
        "learning_rate": {"start": 0.002, "end": 0.0001},
    },
    "horizon": 10_000,
    "curriculum": {
        "evaluate_every": 800,
        "towns": 5,
        "passes_needed": 1,
        "mix_earlier": 0.25,
        "rewarm": {"epsilon": 0.3, "over": 1_000},
    },
    "final": {"towns": 10},
    "report": {"progress_every": 400, "brain_every": 1_000, "actions_every": 1},
    "limits": {"max_steps": 2_000},
}
EASY = {"survival": 1_000.0, "return": 1_000.0, "alive": 1.0, "score": 1_000.0, "par": 1.0}

E = TypeVar("E")


def config(**changes: Any) -> RunConfig:
    values = plain_values(RunConfig.model_validate(TINY))
    for key, value in changes.items():
        *path, last = key.split("__")
        here = values
        for part in path:
            here = here[part]
        here[last] = value
    return RunConfig.model_validate(values)


def train(folder: Path | None = None, *, resume: bool = False, **changes: Any) -> list[say.Event]:
    return list(Trainer(config(**changes), folder, resume=resume).run())


def only(kind: type[E], told: list[say.Event]) -> list[E]:
    return [event for event in told if isinstance(event, kind)]


def timeless(told: list[say.Event]) -> list[say.Event]:
    """Return learning's events without what depends on the clock or comes with each session."""
    kinds = say.EpisodeEnded | say.Evaluated | say.LevelGraduated | say.LevelFellBack
    return [dataclasses.replace(event, seconds=0) for event in told if isinstance(event, kinds)]


def weights(trainer: Trainer) -> list[dict[str, Any]]:
    return [trainer.agents.state()["agents"][n] for n in range(len(trainer.agents))]


def same(one: Any, other: Any) -> bool:
    """Return whether two states are equal to the last bit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def scripted(trainer: Trainer, monkeypatch: pytest.MonkeyPatch, script: dict[int, Any]) -> None:
    """Let evaluations of a level measure what a script says, by the level's number."""
    gate = trainer._examiner.gate

    def judged(number: int, brains: Any) -> Any:
        results = gate(number, brains)
        return [dataclasses.replace(r, measures=script.get(number, r.measures)) for r in results]

    monkeypatch.setattr(trainer._examiner, "gate", judged)


def test_a_run_tells_its_story_in_order() -> None:
    told = train()
    assert isinstance(told[0], say.RunStarted)
    assert told[0].levels == ("01_first_night", "02_clean_start")
    assert isinstance(told[1], say.LevelStarted)
    assert isinstance(told[2], say.BrainUpdated)
    assert [event.step for event in only(say.Evaluated, told)] == [800, 1_600]
    assert [event.step for event in only(say.LearnerProgress, told)] == [400, 800, 1200, 1600, 2000]
    assert len(only(say.BrainUpdated, told)) == 3
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert (end.step, end.reason) == (2_000, "limit")
    steps = [event.step for event in told if not isinstance(event, say.CheckpointSkipped)]
    assert steps == sorted(steps)


def test_events_travel_between_processes() -> None:
    for event in train():
        assert type(pickle.loads(pickle.dumps(event))) is type(event)  # noqa: S301


def test_episodes_are_numbered_and_true() -> None:
    told = only(say.EpisodeEnded, train(start_spread__share=0))
    assert [event.episode for event in told] == list(range(1, len(told) + 1))
    assert len(told) > 40
    for event in told:
        assert event.actions is not None
        assert len(event.actions) == event.survival
        assert event.town_seed > LAST_TOWN
        assert (event.cause is None) == (event.survival == 50)
        assert 0 <= event.random_share <= 1


def test_episodes_can_be_thinned_out() -> None:
    every = [e.episode for e in only(say.EpisodeEnded, train())]
    fifth = only(say.EpisodeEnded, train(report__episode_every=5, report__actions_every=2))
    assert [event.episode for event in fifth] == [n for n in every if n % 5 == 0]
    assert all(event.actions is None for event in fifth if event.episode % 10)


def test_progress_says_how_much_was_random() -> None:
    first, *_, last = only(say.LearnerProgress, train())
    assert 0.8 < first.random_share <= 1  # ε falls from 1 to 0.1 over 2,000 steps
    assert 0.1 < last.random_share < 0.4
    assert first.steps_per_s > 0
    assert 5 < last.survival < 50
    assert {"loss", "epsilon", "updates", "buffer"} <= last.numbers.keys()


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
    short = {"checkpoint__every_seconds": 0.001, "limits__max_steps": 80}
    saved = only(say.CheckpointSaved, train(tmp_path, **short))
    newest, before = [event for event in saved if "latest" in event.file][-1:-3:-1]
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


def test_graduation_leads_to_the_next_level(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(config())
    scripted(trainer, monkeypatch, {0: EASY, 1: EASY})
    told = list(trainer.run())
    story = [
        (type(event).__name__, event.step, event.level)
        for event in told
        if isinstance(event, say.LevelStarted | say.LevelGraduated)
    ]
    assert story == [
        ("LevelStarted", 0, "01_first_night"),
        ("LevelGraduated", 800, "01_first_night"),
        ("LevelStarted", 800, "02_clean_start"),
        ("LevelGraduated", 1_600, "02_clean_start"),
    ]
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert end.reason == "finished"
    levels = end.summary["levels"]
    assert levels["01_first_night"]["graduated"]["level_steps"] == 800
    assert levels["02_clean_start"]["steps"] == 800
    assert levels["02_clean_start"]["graduated"]["step"] == 1_600
    assert end.summary["best"]["level"] == "02_clean_start"
    before = [i for i, event in enumerate(told) if isinstance(event, say.LevelGraduated)][0] - 1
    brain = told[before]
    assert isinstance(brain, say.BrainUpdated)  # the one that graduated
    assert (brain.level, brain.step) == ("01_first_night", 800)


def test_a_forgotten_level_is_returned_to(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(config(curriculum__fall_back={"below": 0.5, "after": 1, "check_every": 1}))
    scripted(trainer, monkeypatch, {0: EASY})
    trainer.curriculum.move_on()
    scripted(trainer, monkeypatch, {0: EASY | {"survival": 1.0}, 1: EASY | {"survival": 1.0}})
    told = list(trainer.run())
    (back, *_) = only(say.LevelFellBack, told)
    assert (back.step, back.level, back.to) == (800, "02_clean_start", "01_first_night")


def test_a_level_may_be_limited_in_steps() -> None:
    told = train(curriculum__max_steps_per_level=600, limits__max_steps=None)
    assert [event.step for event in only(say.LevelStarted, told)] == [0, 600]
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert (end.step, end.reason) == (1_200, "limit")


def test_final_results_are_in_the_summary() -> None:
    end = train()[-1]
    assert isinstance(end, say.RunEnded)
    assert json.loads(json.dumps(end.summary)) == end.summary
    for level in end.summary["levels"].values():
        assert level["final"]["towns"] == 10
        assert {"survival", "return", "alive", "score", "stars", "causes"} <= level["final"].keys()
    assert end.summary["steps"] == 2_000


def test_the_brain_told_plays_like_the_agent() -> None:
    trainer = Trainer(config())
    updates = only(say.BrainUpdated, list(trainer.run()))
    for update in updates:
        assert Brain(**update.brain).training["step"] == update.step
    obs = np.random.default_rng(0).random((50, trainer.agents[0].obs_width), dtype=np.float32)
    told = Brain(**updates[-1].brain)
    assert updates[-1].step == 2_000
    assert np.array_equal(told.act(obs), trainer.agents[0].act(obs, explore=False).actions)


def test_stop_ends_with_a_checkpoint(tmp_path: Path) -> None:
    trainer = Trainer(config(), tmp_path)
    told = []
    for event in trainer.run():
        told.append(event)
        if isinstance(event, say.LearnerProgress):
            trainer.orders.stop()
    saved, end = told[-2:]
    assert isinstance(saved, say.CheckpointSaved)
    assert isinstance(end, say.RunEnded)
    assert (end.step, end.reason) == (400, "stopped")
    assert Path(saved.file).exists()
    assert all(level["final"] is None for level in end.summary["levels"].values())


def until(run: Iterator[say.Event], kind: type[E]) -> E:
    for event in run:
        if isinstance(event, kind):
            return event
    raise AssertionError(f"no {kind.__name__} came")


def test_pause_step_and_resume() -> None:
    trainer = Trainer(config())
    run = trainer.run()
    until(run, say.LearnerProgress)
    trainer.orders.pause()
    first = until(run, say.Paused)
    second = until(run, say.Paused)
    assert (first.step, first.seconds) == (second.step, second.seconds)
    trainer.orders.step()
    trainer.orders.step()
    until(run, say.Paused)
    assert trainer.step == first.step + 2 * 8
    trainer.orders.resume()
    assert until(run, say.RunEnded).step == 2_000


def test_skip_and_hold() -> None:
    trainer = Trainer(config(curriculum__evaluate_every=100_000))
    run = trainer.run()
    until(run, say.LearnerProgress)
    trainer.orders.skip()
    trainer.orders.hold()
    assert until(run, say.LevelStarted).level == "02_clean_start"
    assert trainer.curriculum.is_held
    trainer.orders.skip()  # there is nothing after the last level
    trainer.orders.hold(on=False)
    assert until(run, say.RunEnded).reason == "limit"
    assert trainer.curriculum.level == 1
    assert not trainer.curriculum.is_held


def test_a_time_limit_counts_earlier_sessions(tmp_path: Path) -> None:
    train(tmp_path)
    told = train(tmp_path, resume=True, limits__max_steps=None, limits__max_minutes=1e-6)
    end = told[-1]
    assert isinstance(end, say.RunEnded)
    assert (end.step, end.reason) == (2_000, "limit")


def test_weights_that_are_no_numbers_end_the_run_with_a_sentence() -> None:
    trainer = Trainer(config())
    run = trainer.run()
    until(run, say.LearnerProgress)
    state = trainer.agents[0].state()
    state["average"][:] = np.nan
    trainer.agents[0].load_state(state)
    with pytest.raises(TrainingError, match="learning_rate"):
        list(run)


def test_many_agents_are_told_apart() -> None:
    told = train(agents=3, towns=4)
    assert {event.agent for event in only(say.EpisodeEnded, told)} == {0, 1, 2}
    assert [event.agent for event in only(say.Evaluated, told)][:3] == [0, 1, 2]
    assert [event.agent for event in only(say.BrainUpdated, told)][:3] == [0, 1, 2]
