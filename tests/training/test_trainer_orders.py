"""What a running trainer is told, and when it gives up."""

from pathlib import Path

import numpy as np
import pytest
from trainer_cases import config, until

from hamlet_game.training import events as say
from hamlet_game.training.examiner import TrainingError
from hamlet_game.training.trainer import Trainer


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


def test_weights_that_are_no_numbers_end_the_run_with_a_sentence() -> None:
    trainer = Trainer(config())
    run = trainer.run()
    until(run, say.LearnerProgress)
    state = trainer.agents[0].state()
    state["average"][:] = np.nan
    trainer.agents[0].load_state(state)
    with pytest.raises(TrainingError, match="learning_rate"):
        list(run)


def test_a_pause_takes_no_training_time() -> None:
    trainer = Trainer(config())
    run = trainer.run()
    until(run, say.LearnerProgress)
    trainer.orders.pause()
    seconds = until(run, say.Paused).seconds
    for _ in range(3):
        assert until(run, say.Paused).seconds == seconds
    trainer.orders.stop()
    assert until(run, say.RunEnded).seconds < seconds + 0.3


def test_a_later_level_begins_with_more_exploration() -> None:
    shares = {}
    for epsilon in (0.0, 0.9):
        change = {"curriculum__rewarm": {"epsilon": epsilon, "over": 100_000}}
        trainer = Trainer(config(algorithm__epsilon=0, limits__max_steps=800, **change))
        run = trainer.run()
        assert until(run, say.LearnerProgress).random_share == 0
        trainer.orders.skip()
        shares[epsilon] = until(run, say.LearnerProgress).random_share
    assert shares[0.0] == 0
    assert shares[0.9] == pytest.approx(0.9, abs=0.06)
