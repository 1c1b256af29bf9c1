"""What is kept of what a trainer says."""

from __future__ import annotations

from hamlet_game.game.desk.history import KEPT_BRAINS, KEPT_POINTS, History
from hamlet_game.training.events import (
    BrainUpdated,
    CheckpointSaved,
    EpisodeEnded,
    Evaluated,
    LearnerProgress,
    LevelGraduated,
    LevelStarted,
    RunEnded,
    RunStarted,
    Taught,
)


def brain(step: int, agent: int = 0) -> BrainUpdated:
    return BrainUpdated(step, step / 1000, agent, "a", {"step": step})


def evaluated(step: int, level: str = "a", *, passed: bool = False) -> Evaluated:
    measures = {"survival": 12.0, "return": 1.0, "alive": 0.25, "score": 3.0}
    return Evaluated(step, 1.0, level, 0, 10, measures, passed, int(passed), {}, (1.0,) * 7)


def test_a_run_is_told_in_order() -> None:
    history = History()
    history.take(RunStarted("r", {"seed": 3}, ("a", "b"), 1, 0))
    history.take(LevelStarted(0, 0.0, "a"))
    history.take(evaluated(50, passed=True))
    history.take(LevelGraduated(50, 1.0, "a", 7, {"survival": 45.0}))
    history.take(LevelStarted(50, 1.0, "b"))
    history.take(CheckpointSaved(60, 1.2, "x", None, best=False))
    history.take(RunEnded(70, 2.0, "stopped", {}))
    assert (history.level, history.levels, history.config) == ("b", ("a", "b"), {"seed": 3})
    assert (history.step, history.seconds) == (70, 2.0)
    assert history.graduated("a") is not None
    assert history.graduated("b") is None
    assert history.saved is not None
    assert [line.text for line in history.news] == [
        "Level a begins.",
        "Exam: 12 steps, 25% alive.",
        "Level a graduated!",
        "Level b begins.",
        "Training has ended: stopped.",
    ]


def test_brains_stay_few_and_the_newest_is_last() -> None:
    history = History()
    for step in range(10 * KEPT_BRAINS):
        history.take(brain(step))
        assert len(history.brains) <= KEPT_BRAINS
        assert history.newest is not None
        assert history.newest.step == step
    steps = [kept.step for kept in history.brains]
    assert steps == sorted(steps)
    assert steps[0] < KEPT_BRAINS
    near = history.brain_at(400)
    assert near is not None
    assert abs(near.step - 400) == min(abs(step - 400) for step in steps)


def test_other_agents_do_not_push_the_first_one_out() -> None:
    history = History()
    history.take(brain(1))
    for step in range(2, 3 * KEPT_BRAINS):
        history.take(brain(step, agent=1 + step % 2))
    assert [kept.step for kept in history.brains] == [1]
    assert set(history.others) == {1, 2}


def test_long_runs_stay_small() -> None:
    history = History()
    numbers = {"loss": 0.1}
    for step in range(2 * KEPT_POINTS):
        history.take(LearnerProgress(step, 0.0, "a", 0, 1.0, numbers, 1.0, 0.1))
        history.take(
            EpisodeEnded(step, 0.0, step + 1, 0, "a", 9, 10, 1.0, 1.0, "energy", 0.1, None)
        )
    assert KEPT_POINTS / 2 <= len(history.progress) <= KEPT_POINTS
    assert history.progress[-1].step == 2 * KEPT_POINTS - 1
    assert history.episodes == 2 * KEPT_POINTS
    assert len(history.recent) == history.recent.maxlen


def told(step: int) -> EpisodeEnded:
    return EpisodeEnded(step, 0.0, step, 0, "a", 9, 10, 1.0, 1.0, "energy", 0.1, None)


def test_a_run_that_goes_back_to_its_checkpoint_tells_nothing_twice() -> None:
    history = History()
    history.take(RunStarted("r", {}, ("a", "b"), 2, 0))
    history.take(LevelStarted(0, 0.0, "a"))
    for step in range(10, 60, 10):
        for event in (told(step), evaluated(step), brain(step), brain(step, agent=1)):
            history.take(event)
    history.take(LevelGraduated(50, 1.0, "a", 7, {}))
    history.take(LevelStarted(50, 1.0, "b"))

    history.take(RunStarted("r", {}, ("a", "b"), 2, 30))
    history.take(LevelStarted(30, 0.5, "a"))
    assert (history.step, history.level, history.episodes) == (30, "a", 30)
    assert [event.step for event in history.evaluations] == [10, 20, 30]
    assert [event.step for event in history.brains] == [10, 20, 30]
    assert [event.step for event in history.recent] == [10, 20, 30]
    assert [event.level for event in history.levels_begun] == ["a"]
    assert history.graduations == []
    assert history.others == {}
    assert history.news[-1].text == "Training goes on at step 30."
    history.take(told(40))
    assert (history.step, history.episodes) == (40, 40)


def test_a_brain_from_a_file_is_as_old_as_its_file() -> None:
    history = History()
    history.take(brain(1), age_s=90.0)
    assert 90 <= history.brain_age_s < 91
    history.take(brain(2))
    assert history.brain_age_s < 1


def test_the_ticker_tells_what_came_of_teaching() -> None:
    history = History()
    history.take(Taught(5, 0.1, "a", 12, ""))
    history.take(Taught(6, 0.1, "a", 0, "Nothing was learned from you: no."))
    assert [line.text for line in history.news] == [
        "12 of your steps are in its memory.",
        "Nothing was learned from you: no.",
    ]
