"""Puts what happened into events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hamlet_game.training import events as say
from hamlet_game.training.evaluation import Brains, Result
from hamlet_game.training.ledger import Ledger
from hamlet_game.training.part import Ending
from hamlet_game.training.sections import ReportConfig


class Teller:
    """Numbers episodes, thins them out, and averages what progress reports average."""

    def __init__(self, config: ReportConfig, ids: Sequence[str], agents: int) -> None:
        self._config, self._ids = config, tuple(ids)
        self._random = np.zeros(agents, dtype=np.int64)  # random actions since the last report
        self._since = (0, 0.0)  # step and seconds of the last report

    def start(self, step: int, seconds: float) -> None:
        """Count speed and random actions from here on."""
        self._since = step, seconds
        self._random[:] = 0

    def count(self, random: NDArray[np.bool_]) -> None:
        """Take note of which of the actions (N, L) were random."""
        self._random += random.sum(1)

    def endings(
        self, endings: Sequence[Ending], ledger: Ledger, step: int, seconds: float
    ) -> Iterator[say.Event]:
        """Give ended lives their numbers and enter them in the ledger; tell every so many."""
        every, actions_every = self._config.episode_every, self._config.actions_every
        for ending in endings:
            number = ledger.ended(ending.level, ending.survival)
            if number % every:
                continue
            with_actions = actions_every and (  # few lives among others can be told: all are
                ending.others or number // every % actions_every == 0
            )
            yield say.EpisodeEnded(
                step=step,
                seconds=seconds,
                episode=number,
                agent=ending.agent,
                level=self._ids[ending.level],
                town_seed=ending.town_seed,
                survival=ending.survival,
                total=ending.total,
                score=ending.score,
                cause=ending.cause,
                random_share=ending.random_share,
                actions=ending.actions if with_actions else None,
                others=ending.others if with_actions else b"",
            )

    def progress(
        self,
        level: int,
        numbers: Sequence[dict[str, float]],
        survival: float,
        step: int,
        seconds: float,
    ) -> Iterator[say.Event]:
        """Tell how every agent's learning goes."""
        steps = step - self._since[0]
        speed = steps / max(seconds - self._since[1], 1e-9)
        shares = self._random * (len(numbers) / max(steps, 1))
        for agent, learned in enumerate(numbers):
            yield say.LearnerProgress(
                step=step,
                seconds=seconds,
                level=self._ids[level],
                agent=agent,
                steps_per_s=speed,
                numbers=dict(learned),
                survival=survival,
                random_share=float(shares[agent]),
            )
        self.start(step, seconds)

    def results(
        self, level: int, results: Sequence[Result], step: int, seconds: float
    ) -> Iterator[say.Event]:
        """Tell how every agent did in held-out towns."""
        for agent, result in enumerate(results):
            yield say.Evaluated(
                step=step,
                seconds=seconds,
                level=self._ids[level],
                agent=agent,
                towns=result.towns,
                measures=result.measures,
                passed=result.passed,
                stars=result.stars,
                causes=result.causes,
                survival_quantiles=result.survival_quantiles,
            )

    def brains(self, brains: Brains, step: int, seconds: float) -> Iterator[say.Event]:
        """Show every agent's policy."""
        for agent, brain in enumerate(brains):
            level = brain["training"]["level"]
            yield say.BrainUpdated(step, seconds, agent, level, brain)
