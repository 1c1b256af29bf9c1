"""Who plays the others of a shared town that is watched: the run's own agents, if it has any."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hamlet_game.brain.network import NetworkError
from hamlet_game.game.agents.company import company_of
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.desk.history import History
from hamlet_game.game.watch.cast import Cast, Moment
from hamlet_game.town.policies import Actions, sensible
from hamlet_game.town.town import Town
from hamlet_game.training.events import BrainUpdated


class Crowd:
    """A company that follows the training.

    With several agents, person n of the town is played by the n-th agent after the one that is
    shown; a single agent plays everyone; without a training the usual company does.
    """

    def __init__(self, history: Callable[[], History], cast: Cast) -> None:
        self._history, self._cast = history, cast
        self._read: dict[int, tuple[BrainUpdated, Moment | None]] = {}  # by agent

    def __call__(self, town: Town) -> Actions:
        """Return what everyone does; see `Record.company`."""
        minds = self._minds(self._history())
        if not minds:
            return (company_of(town.level) or sensible)(town)
        obs, mask = town.observe(), town.mask()
        actions = np.zeros(len(town), dtype=np.int8)
        for person in range(1, len(town)):
            mind, row = minds[person % len(minds)], slice(person, person + 1)
            actions[row] = mind.brain.act(obs[row], mask[row] if mind.brain.keeps_to_mask else None)
        return actions

    def _minds(self, history: History) -> list[BrainPlayer]:
        """Return the newest brains of all agents, the shown one's first."""
        if self._cast.chosen or history.newest is None:
            return []
        newest = [history.newest, *(history.others[n] for n in sorted(history.others))]
        shown = self._cast.agent % len(newest)
        found = [self._mind(n, newest[n]) for n in range(len(newest))]
        return [mind for mind in (*found[shown:], *found[:shown]) if mind is not None]

    def _mind(self, agent: int, moment: BrainUpdated) -> Moment | None:
        """Return an agent's brain, read once; None for one that doesn't fit this town."""
        known = self._read.get(agent)
        if known is None or known[0] is not moment:
            try:
                known = moment, Moment(moment)
            except (NetworkError, KeyError, TypeError, ValueError):
                known = moment, None
            self._read[agent] = known
        return known[1]
