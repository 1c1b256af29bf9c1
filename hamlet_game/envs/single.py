"""One life as a Gymnasium environment."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray

from hamlet_game.envs import drawing, setup
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE
from hamlet_game.town.town import Town

Observation = NDArray[np.float32]
FRAMES_PER_SECOND = 8


class TownEnv(gymnasium.Env[Observation, np.int64]):
    """A townsperson in a new town in every episode.

    Death ends an episode as `terminated`, the level's step limit as `truncated`.
    `reset(options={"town_seed": N})` begins in town N. `info` holds `survival`
    (steps), `score` (0..1000), `cause` (a meter or None), `action_mask` (5,) int8
    and `town_seed`.
    """

    metadata: dict[str, Any] = {  # noqa: RUF012 -- the base class declares it so
        "render_modes": ["ansi", "rgb_array"],
        "render_fps": FRAMES_PER_SECOND,
    }

    def __init__(
        self,
        level: Level | str | int = "3",
        *,
        rewards: str | None = None,
        layout: setup.Layout | None = None,
        render_mode: str | None = None,
    ) -> None:
        """Play `level` (id, number or name). Raises LevelError or ValueError for a wrong word.

        `rewards` names a preset, `layout` is 'classic' or 'random'; both are the level's own
        where not given.
        """
        if render_mode not in {None, *self.metadata["render_modes"]}:
            raise ValueError(f"render_mode: {render_mode!r} won't do; use 'ansi' or 'rgb_array'.")
        self.level = setup.choose_level(level, layout)
        self.render_mode = render_mode
        self.observation_space = setup.observation_space()
        self.action_space = setup.action_space()
        self._weights = setup.choose_rewards(rewards)
        self._town: Town | None = None

    @property
    def town(self) -> Town:
        """The simulation, one life. Raises ResetNeeded before the first `reset`."""
        if self._town is None:
            raise gymnasium.error.ResetNeeded("call reset() before anything else")
        return self._town

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begin a life in a town that `seed` draws, or in `options["town_seed"]`."""
        super().reset(seed=seed)
        asked = setup.asked_towns(options, "town_seed", {"town_seed"})
        seeds = setup.draw_towns(self.np_random, 1)
        if asked is not None:
            seeds[:] = asked
        if self._town is None:
            self._town = Town(self.level, seeds, rewards=self._weights)
        else:
            self._town.restart(town_seeds=seeds)
        return self._town.observe()[0], self._info(NONE)

    def step(self, action: np.int64 | int) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Do one step. Raises ResetNeeded once the life is over."""
        town = self.town
        if town.state.over[0]:
            raise gymnasium.error.ResetNeeded("the life is over; call reset()")
        step = town.step(np.array([action], dtype=np.int64))
        return (
            step.obs[0],
            float(step.reward[0]),
            bool(step.died[0]),
            bool(step.timed_out[0]),
            self._info(int(step.cause[0])),
        )

    def action_masks(self) -> NDArray[np.bool_]:
        """Return which actions do more than walk into the edge, (5,)."""
        mask: NDArray[np.bool_] = self.town.mask()[0]
        return mask

    def render(self) -> str | NDArray[np.uint8] | None:
        """Return the town as text or as a picture, (H, W, 3), by `render_mode`."""
        if self.render_mode == "ansi":
            return drawing.text(self.town)
        if self.render_mode == "rgb_array":
            return drawing.picture(self.town)
        return None

    def _info(self, cause: int) -> dict[str, Any]:
        state = self.town.state
        return {
            "survival": int(state.age[0]),
            "score": float(state.points[0]),
            "cause": setup.cause_name(cause),
            "action_mask": self.action_masks().astype(np.int8),
            "town_seed": int(state.seed[0]),
        }
