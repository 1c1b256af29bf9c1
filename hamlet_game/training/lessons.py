"""What a person did in a town, relived as experience for an agent's memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.learn.base import Transitions
from hamlet_game.town.names import Action
from hamlet_game.town.sentences import brief
from hamlet_game.town.town import Town
from hamlet_game.training.agents import AgentManager
from hamlet_game.training.events import Taught
from hamlet_game.training.orders import Lesson
from hamlet_game.training.stages import Stage


class LessonError(Exception):
    """A lesson that can't be given; the message is a sentence for people."""


def taught(
    lesson: Lesson, stages: Sequence[Stage], agents: AgentManager, step: int, seconds: float
) -> Taught:
    """Put a lesson into the first agent's memory; return what became of it."""
    try:
        stretch = relived(lesson, stages)
    except LessonError as refusal:
        return Taught(step, seconds, lesson.level, 0, str(refusal))
    if not agents.teach(stretch):
        reason = f"Nothing was learned from you: {agents.name} keeps no experience."
        return Taught(step, seconds, lesson.level, 0, reason)
    return Taught(step, seconds, lesson.level, len(stretch), "")


def relived(lesson: Lesson, stages: Sequence[Stage]) -> Transitions:
    """Return the driven steps of a lesson, one row each, by the run's own rewards.

    Always with masks. Raises LessonError for a level that is not the run's, and for
    steps that can't have been lived.
    """
    stage = next((stage for stage in stages if stage.id == lesson.level), None)
    if stage is None:
        raise LessonError(f"Nothing was learned from you: this run has no level {lesson.level}.")
    steps, known = len(lesson.actions), len(Action)
    if not 0 <= lesson.first < steps <= stage.trained.steps or max(lesson.actions) >= known:
        told = f"steps {lesson.first + 1} to {steps} of level {lesson.level}"
        raise LessonError(f"Nothing was learned from you: {brief(told)} can't be.")
    town = Town(stage.trained, [lesson.town_seed])
    for action in lesson.actions[: lesson.first]:
        town.step([action])
    rows = [_row(town, action) for action in lesson.actions[lesson.first :] if not town.state.over]
    if not rows:
        raise LessonError("Nothing was learned from you: that life was over.")
    columns = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Transitions(*columns)


def _row(town: Town, action: int) -> tuple[NDArray[Any], ...]:
    """Do one step; return what happened as the fields of `Transitions`, one row each."""
    obs, mask = town.observe(), town.mask()
    step = town.step([action])
    acted = np.array([action], dtype=np.int64)
    reward = step.reward.astype(np.float32)
    return obs, acted, reward, step.obs, step.died, step.timed_out, mask, town.mask()
