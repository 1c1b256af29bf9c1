"""The evaluations of a run: which towns, which par, whose brains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.brain.network import NetworkError
from hamlet_game.training.config import RunConfig
from hamlet_game.training.curriculum import CurriculumManager
from hamlet_game.training.evaluation import (
    Brains,
    Result,
    evaluate,
    mean_measures,
    policy_of,
    together,
)
from hamlet_game.training.par import ParTable
from hamlet_game.training.seeds import final_towns, gate_towns
from hamlet_game.training.stages import Stage


class TrainingError(Exception):
    """Training can't go on; the message says why and what to do."""


class Examiner:
    """Judges brains in held-out towns."""

    def __init__(
        self, stages: Sequence[Stage], config: RunConfig, curriculum: CurriculumManager
    ) -> None:
        self._stages, self._config, self._curriculum = stages, config, curriculum
        self._par = ParTable()

    def gate(self, number: int, brains: Brains) -> list[Result]:
        """Return each brain's result in the towns that decide about a level.

        Raises TrainingError for weights that are no numbers any more.
        """
        config = self._config.curriculum
        return self._results(number, brains, gate_towns(config.towns), config.par_towns)

    def final(self, number: int, brains: Brains) -> dict[str, Any]:
        """Return the result in the towns that no choice was made in, as JSON values.

        Measures are means over agents, everything else is the first agent's.
        """
        config = self._config.final
        results = self._results(number, brains, final_towns(config.towns), config.par_towns)
        return results[0].values() | mean_measures(results)

    def _results(
        self, number: int, brains: Brains, towns: NDArray[np.int64], par_towns: int
    ) -> list[Result]:
        level = self._stages[number].judged
        if not self._curriculum.wants_par(number):
            par_towns = 0
        try:
            if level.people > 1:
                return together(level, brains, towns, par=self._par, par_towns=par_towns)
            return [
                evaluate(level, policy_of(brain), towns, par=self._par, par_towns=par_towns)
                for brain in brains
            ]
        except NetworkError as error:
            step = brains[0]["training"]["step"]
            raise TrainingError(
                f"Learning has gone astray at step {step:,} ({error}). "
                "Lower algorithm.learning_rate and train anew."
            ) from None
