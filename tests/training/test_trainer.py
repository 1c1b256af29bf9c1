"""The training loop: what it tells, and that what it tells is true."""

import json
import pickle

import numpy as np
import pytest
from trainer_cases import EASY, config, only, scripted, train

from hamlet_game.brain.brain import Brain
from hamlet_game.training import events as say
from hamlet_game.training.seeds import LAST_TOWN
from hamlet_game.training.trainer import Trainer


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
    (index, *_) = (i for i, event in enumerate(told) if isinstance(event, say.LevelGraduated))
    brain = told[index - 1]
    assert isinstance(brain, say.BrainUpdated)  # the one that graduated
    assert (brain.level, brain.step) == ("01_first_night", 800)


def test_a_forgotten_level_is_returned_to(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(config(curriculum__fall_back={"below": 0.5, "after": 1, "check_every": 1}))
    scripted(trainer, monkeypatch, {0: EASY})
    trainer.curriculum.move_on()
    list(trainer._begin_level())
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


def test_many_agents_are_told_apart() -> None:
    told = train(agents=3, towns=4)
    assert {event.agent for event in only(say.EpisodeEnded, told)} == {0, 1, 2}
    assert [event.agent for event in only(say.Evaluated, told)][:3] == [0, 1, 2]
    assert [event.agent for event in only(say.BrainUpdated, told)][:3] == [0, 1, 2]
