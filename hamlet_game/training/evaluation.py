"""Judging a policy greedily in held-out towns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.brain.brain import Brain
from hamlet_game.town.evaluation import Lives, live
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Actions, Policy
from hamlet_game.town.town import FULL_SCORE, Town
from hamlet_game.training.events import QUANTILES, Measures
from hamlet_game.training.par import ParTable

Brains = list[dict[str, Any]]  # of all agents, as in `BrainUpdated`


@dataclass(frozen=True, slots=True)
class Result:
    """How a policy did in a number of lives."""

    towns: int  # lives: a town each, or so many people of shared ones
    measures: Measures
    passed: bool
    stars: int  # 0..3; a star that asks for par needs it measured
    causes: dict[str, int]
    survival_quantiles: tuple[float, ...]  # steps, at `QUANTILES`

    def values(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "towns": self.towns,
            **self.measures,
            "stars": self.stars,
            "causes": self.causes,
            "survival_quantiles": list(self.survival_quantiles),
        }


def evaluate(
    level: Level,
    policy: Policy,
    town_seeds: NDArray[np.int64],
    *,
    par: ParTable | None = None,
    par_towns: int = 0,
) -> Result:
    """Return how a policy lives in each of the towns.

    `par` is estimated from the first `par_towns` of them, at about a second for each
    that is not in the table yet.
    """
    scores = _scores(level, town_seeds, par, par_towns)
    return summarise(level, live(level, policy, town_seeds), scores)


def together(
    level: Level,
    brains: Brains,
    town_seeds: NDArray[np.int64],
    *,
    par: ParTable | None = None,
    par_towns: int = 0,
) -> list[Result]:
    """Return how each brain lives in towns that all of them share, dealt out in turn.

    Person number j of all towns is played by brain j mod N, as in training. Par is that
    of a life alone in such a town.
    """
    minds, count = [brain_of(brain) for brain in brains], len(brains)

    def policy(town: Town) -> Actions:
        obs, mask = town.observe(), town.mask()
        actions = np.empty(len(town), dtype=np.int8)
        for n, mind in enumerate(minds):
            rows = slice(n, None, count)
            actions[rows] = mind.act(obs[rows], mask[rows] if mind.keeps_to_mask else None)
        return actions

    lives = live(level, policy, town_seeds)
    scores = _scores(level, town_seeds, par, par_towns)
    return [summarise(level, lives.take(slice(n, None, count)), scores) for n in range(count)]


def _scores(
    level: Level, town_seeds: NDArray[np.int64], par: ParTable | None, par_towns: int
) -> NDArray[np.float64] | None:
    """Return par in the first of the towns, None where it isn't asked for."""
    return par.scores(level, town_seeds[:par_towns]) if par is not None and par_towns else None


def summarise(level: Level, lives: Lives, par: NDArray[np.float64] | None = None) -> Result:
    """Return the result of some lives; `par`: scores of some of their towns.

    Par differs far less between towns than what a policy under way scores, so a few
    towns' par says more beside the mean score of all than beside their own scores.
    """
    measures = lives.measures()
    if par is not None and len(par):
        measures["par"] = float(lives.score.mean() / par.mean())
    stars = stars_of(level, measures)
    quantiles = np.quantile(lives.survival, QUANTILES)
    return Result(
        towns=len(lives.survival),
        measures=measures,
        passed=stars > 0,
        stars=stars,
        causes=lives.causes(),
        survival_quantiles=tuple(float(value) for value in quantiles),
    )


def stars_of(level: Level, measures: Measures) -> int:
    """Return how many of a level's stars in a row the measures earn."""
    for count, conditions in enumerate(level.stars):
        for condition in conditions:
            if condition.measure not in measures or not condition.holds(measures):
                return count
    return len(level.stars)


def quality(measures: Measures) -> float:
    """Return one number 0..1 to rank policies by: half for living on, half for the score."""
    return (measures["alive"] + measures["score"] / FULL_SCORE) / 2


def mean_measures(results: list[Result]) -> Measures:
    """Return the mean over agents of each measure."""
    return {
        name: float(np.mean([result.measures[name] for result in results]))
        for name in results[0].measures
    }


def brain_of(brain: dict[str, Any]) -> Brain:
    """Return the brain of a `BrainUpdated` event. Raises NetworkError."""
    return Brain(brain["arrays"], brain["architecture"], brain["training"])


def policy_of(brain: dict[str, Any]) -> Policy:
    """Return how the brain of a `BrainUpdated` event plays. Raises NetworkError."""
    return brain_of(brain).policy
