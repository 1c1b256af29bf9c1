"""Many lives as one Gymnasium vector environment, stepped together as arrays."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from hamlet_game.envs import setup
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE
from hamlet_game.town.town import Town

Observations = NDArray[np.float32]
Actions = NDArray[np.int64]


class TownVectorEnv(VectorEnv[Observations, Actions, NDArray[Any]]):
    """`num_envs` lives, each in a town of its own and in a new one after every end.

    A life that ended is restarted by the next step, which ignores its action and gives it
    reward 0 (`AutoresetMode.NEXT_STEP`). `info` holds arrays of what `TownEnv` reports.
    """

    # the base class declares it so
    metadata: dict[str, Any] = {"autoreset_mode": AutoresetMode.NEXT_STEP}  # noqa: RUF012

    def __init__(
        self,
        num_envs: int = 1,
        level: Level | str | int = "3",
        *,
        rewards: str | None = None,
        layout: setup.Layout | None = None,
    ) -> None:
        """Play `level` in `num_envs` towns; the other words are those of `TownEnv`."""
        if num_envs < 1:
            raise ValueError(f"num_envs: {num_envs} won't do; it must be at least 1.")
        self.num_envs = num_envs
        self.level = setup.choose_level(level, layout)
        self.single_observation_space = setup.observation_space()
        self.single_action_space = setup.action_space()
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._weights = setup.choose_rewards(rewards)
        self._town: Town | None = None

    @property
    def town(self) -> Town:
        """The simulation, one life per town. Raises ResetNeeded before the first `reset`."""
        if self._town is None:
            raise gymnasium.error.ResetNeeded("call reset() before anything else")
        return self._town

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observations, dict[str, Any]]:
        """Begin all lives anew, in towns that `seed` draws or `options["town_seeds"]` names.

        `options["reset_mask"]`, (num_envs,) bool, restarts only the lives it marks. Raises
        ValueError for a wrong shape.
        """
        super().reset(seed=seed)
        asked = setup.asked_towns(options, "town_seeds", {"town_seeds", "reset_mask"})
        which = self._masked((options or {}).get("reset_mask"))
        seeds = setup.draw_towns(self.np_random, self.num_envs)
        if asked is not None:
            if np.shape(asked) != seeds.shape:
                raise ValueError(f"town_seeds: give one for each of the {self.num_envs} lives.")
            seeds[:] = asked
        if self._town is None:
            self._town = Town(self.level, seeds, rewards=self._weights)
        else:
            self._town.restart(which, town_seeds=seeds[which])
        nobody = np.full(self.num_envs, NONE, dtype=np.int8)
        return self._town.observe(), self._info(nobody)

    def step(
        self, actions: Actions
    ) -> tuple[Observations, NDArray[Any], NDArray[Any], NDArray[Any], dict[str, Any]]:
        """Do one step of every life; those that had ended begin anew instead."""
        town = self.town
        ended = np.flatnonzero(town.state.over)
        step = town.step(actions)
        obs = step.obs
        if len(ended):
            town.restart(ended, town_seeds=setup.draw_towns(self.np_random, len(ended)))
            obs = town.observe()
        return obs, step.reward, step.died, step.timed_out, self._info(step.cause)

    def _masked(self, mask: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        if mask is None:
            return np.ones(self.num_envs, dtype=np.bool_)
        if mask.shape != (self.num_envs,) or mask.dtype != np.bool_ or not mask.any():
            raise ValueError(
                f"reset_mask: must be ({self.num_envs},) truth values, at least one of them true."
            )
        return mask

    def _info(self, cause: NDArray[np.int8]) -> dict[str, Any]:
        """Return each fact as an array over lives, with `_fact` marking who has it: all."""
        state = self.town.state
        names = np.full(self.num_envs, None, dtype=object)
        for life in np.flatnonzero(cause != NONE):
            names[life] = setup.cause_name(int(cause[life]))
        facts: dict[str, Any] = {
            "survival": state.age.copy(),
            "score": state.points.copy(),
            "cause": names,
            "action_mask": self.town.mask().astype(np.int8),
            "town_seed": state.seed.copy(),
        }
        return facts | {f"_{name}": np.ones(self.num_envs, np.bool_) for name in facts}
