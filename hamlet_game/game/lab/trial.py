"""A trial: two agents trained side by side, one by the lab's rewards, one by the standard's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import NetworkError
from hamlet_game.game.desk.history import History
from hamlet_game.game.lab.detector import Flag, Reading, detect, read
from hamlet_game.game.lab.exam import BUDGET_S, Exam
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.training.evaluation import brain_of
from hamlet_game.training.worker import Problem

TOWNS = tuple(range(900_201, 900_241))  # held out; every brain of a trial is judged in these
BRAINS = 15  # judged over a whole trial
NEVER = 1_000_000_000  # steps


class Desk(Protocol):
    """What a trial needs of a training desk."""

    history: History

    @property
    def state(self) -> str:
        """Return "none", "loading", "running", "paused", "ended" or "failed"."""

    @property
    def problem(self) -> Problem | None:
        """Return what is wrong."""

    def start(
        self,
        preset_or_values: str = "default",
        *,
        name: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        keep: bool = True,
    ) -> None:
        """Begin a run."""

    def stop(self) -> None:
        """End it."""

    def poll(self) -> object:
        """Take in what the trainer has said."""

    def close(self, timeout_s: float = 0.0) -> None:
        """End the trainer process; may wait for so long."""


@dataclass
class Side:
    """One of the two agents and what was measured of it."""

    name: str
    icon: str
    desk: Desk
    readings: list[Reading] = field(default_factory=list)
    brain: Brain | None = None  # the last one judged
    trouble: str = ""
    exam: Exam | None = None
    judged: int = -1  # training step of the last brain judged

    @property
    def latest(self) -> Reading | None:
        """Return the newest measurement."""
        return self.readings[-1] if self.readings else None

    @property
    def busy(self) -> bool:
        """Return whether its trainer works."""
        return self.desk.state in ("loading", "running", "paused")


class Trial:
    """Polls both desks, judges every brain they show, and watches for reward hacking."""

    def __init__(
        self,
        level: Level,
        weights: RewardWeights,
        steps: int,
        make_desk: Callable[[], Desk],
        *,
        seed: int = 0,
    ) -> None:
        """Begin both trainings: `weights` against the level's own."""
        self.level, self.weights, self.steps, self.seed = level, weights, steps, seed
        self.yours = Side("Yours", "heart", make_desk())
        self.standard = Side("Standard", "star_full", make_desk())
        self.sides = (self.yours, self.standard)
        self.flag: Flag | None = None  # the worst that was found
        self.exploit: tuple[Reading, Reading | None] | None = None  # both agents then
        for side, rewards in zip(self.sides, (weights, level.rewards), strict=True):
            side.desk.start("default", name=None, overrides=self._plan(rewards), keep=False)

    def _plan(self, rewards: RewardWeights) -> dict[str, Any]:
        """Return what both runs do: no exams of their own, no end but the last step."""
        return {
            "levels": [self.level.id],
            "seed": self.seed,
            "rewards": rewards.model_dump(),
            "limits.max_steps": self.steps,
            "report.brain_every": max(1, self.steps // BRAINS),
            "report.episode_every": 1_000,
            "report.actions_every": 0,
            "curriculum.evaluate_every": NEVER,
            "final.towns": 0,
        }

    @property
    def training(self) -> bool:
        """Return whether a trainer works."""
        return any(side.busy for side in self.sides)

    @property
    def busy(self) -> bool:
        """Return whether more is to come: training, or brains still to be judged."""
        return self.training or any(side.exam for side in self.sides)

    @property
    def progress(self) -> float:
        """Return how far the slower of both has come, 0..1."""
        return min(1.0, min(side.desk.history.step for side in self.sides) / self.steps)

    @property
    def trouble(self) -> str:
        """Return what went wrong, as a sentence; empty if nothing did."""
        for side in self.sides:
            problem = side.desk.problem
            if problem is not None:
                return f"{side.name}: {problem.sentence}"
            if side.trouble:
                return f"{side.name}: {side.trouble}"
        return ""

    def update(self, budget_s: float = BUDGET_S) -> None:
        """Take in news, and judge for about so long."""
        for side in self.sides:
            side.desk.poll()
            self._take(side)
        waiting = [side for side in self.sides if side.exam]
        if waiting:  # the one that is behind first, so that both curves grow alike
            self._judge(min(waiting, key=lambda side: side.judged), budget_s)

    def stop(self) -> None:
        """End both trainings; what they have learned stays to be looked at."""
        for side in self.sides:
            if side.busy:
                side.desk.stop()

    def close(self) -> None:
        """End both trainer processes, without waiting for them; nothing of theirs is kept."""
        for side in self.sides:
            threading.Thread(target=side.desk.close, args=(0.0,), daemon=True).start()

    def _take(self, side: Side) -> None:
        """Begin to judge the next brain shown."""
        if side.exam is not None:
            return
        fresh = [b for b in side.desk.history.brains if b.step > side.judged]
        if not fresh:
            return
        news = fresh[0]
        side.judged = news.step
        try:
            brain = brain_of(news.brain)
        except (NetworkError, KeyError, TypeError, ValueError) as error:
            side.trouble = f"its brain can't be used ({error}); start the training again."
            return
        side.brain = brain
        side.exam = Exam(self.level, brain.policy, TOWNS)

    def _judge(self, side: Side, budget_s: float) -> None:
        if side.exam is None:
            return
        side.exam.work(budget_s)
        if not side.exam.done:
            return
        side.readings.append(read(side.judged, side.exam.finished(), self.weights))
        side.exam = None
        self._look_for_hacking()

    def _look_for_hacking(self) -> None:
        """Keep the worst that was ever found, with the lives that show it."""
        found = detect(self.yours.readings, self.standard.readings, self.weights)
        if found is None or (self.flag is not None and found.shorter <= self.flag.shorter):
            return
        mine = next(r for r in self.yours.readings if r.step == found.step)
        other = next((r for r in self.standard.readings if r.step == found.step), None)
        self.flag, self.exploit = found, (mine, other)
