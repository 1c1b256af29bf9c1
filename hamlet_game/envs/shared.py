"""Several people in one town, as PettingZoo's parallel and AEC environments."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from gymnasium import spaces
from gymnasium.utils import seeding
from numpy.typing import NDArray

try:
    from pettingzoo import AECEnv, ParallelEnv  # type: ignore[import-untyped]  # it has none
    from pettingzoo.utils.conversions import parallel_to_aec  # type: ignore[import-untyped]
    from pettingzoo.utils.wrappers import OrderEnforcingWrapper  # type: ignore[import-untyped]
except ImportError:
    raise ImportError(
        "Towns of several agents need pettingzoo; install it with: pip install 'hamlet-game[envs]'"
    ) from None

from hamlet_game.envs import drawing, setup
from hamlet_game.envs.screen import Screen
from hamlet_game.envs.single import FRAMES_PER_SECOND
from hamlet_game.town.level import MAX_PEOPLE, Level
from hamlet_game.town.names import NONE, Action
from hamlet_game.town.observation import WIDTH
from hamlet_game.town.outcome import Step
from hamlet_game.town.town import Town

Observation = NDArray[np.float32]
Everyone = dict[str, Any]  # by agent
RENDER_MODES = ("ansi", "rgb_array", "human")
_IDLE = "options"  # PettingZoo's API tests give this option to see that options are taken


class SharedTownEnv(ParallelEnv):  # type: ignore[misc]  # as above
    """`agents` people who share one town, and compete where its buildings have a capacity.

    A death ends an agent as `terminated`, the level's step limit as `truncated`; the others
    live on. Every `reset` draws another town; `reset(options={"town_seed": N})` begins in
    town N. An agent's `info` holds `survival` (steps), `score` (0..1000), `cause` (a meter or
    None), `taken` (whether others were served instead of it), `action_mask` (5,) int8 and
    `town_seed`.
    """

    def __init__(
        self,
        level: Level | str | int = "5",
        agents: int | None = None,
        *,
        rewards: str | None = None,
        layout: setup.Layout | None = None,
        render_mode: str | None = None,
    ) -> None:
        """Play `level` with so many agents, 1 to 100; as many as it says if not given.

        The other words are those of `TownEnv`. Raises LevelError or ValueError for a wrong word.
        """
        if render_mode not in {None, *RENDER_MODES}:
            known = ", ".join(f"'{mode}'" for mode in RENDER_MODES)
            raise ValueError(f"render_mode: {render_mode!r} won't do; use one of {known}.")
        self.level = setup.choose_level(level, layout)
        count = self.level.people if agents is None else agents
        if not 1 <= count <= MAX_PEOPLE:
            raise ValueError(f"agents: {count} won't do; it must be 1 to {MAX_PEOPLE}.")
        self.metadata = {
            "name": "hamlet_town_v0",
            "render_modes": list(RENDER_MODES),
            "render_fps": FRAMES_PER_SECOND,
            "is_parallelizable": True,
        }
        self.render_mode = render_mode
        self.possible_agents = [f"citizen_{number}" for number in range(count)]
        self.agents: list[str] = []
        observation = setup.observation_space()
        self.observation_spaces = dict.fromkeys(self.possible_agents, observation)
        # one each, since a space draws its samples from a generator of its own
        self.action_spaces = cast(
            "dict[str, spaces.Space[int]]",
            {agent: setup.action_space() for agent in self.possible_agents},
        )
        self.state_space = spaces.Box(-1.0, 1.0, (count * WIDTH,), np.float32)
        self._weights = setup.choose_rewards(rewards)
        self._random, _ = seeding.np_random(None)
        self._town: Town | None = None
        self._screen = Screen()

    @property
    def town(self) -> Town:
        """The simulation, a life an agent. Raises RuntimeError before the first `reset`."""
        if self._town is None:
            raise RuntimeError("call reset() before anything else")
        return self._town

    def observation_space(self, agent: str) -> spaces.Space[Observation]:
        """Return the space of an agent's observations, the same for all."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[int]:
        """Return the space of an agent's actions, numbered as in `Action`."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Begin everyone's life in a town that `seed` draws, or in `options["town_seed"]`."""
        if seed is not None:
            self._random, _ = seeding.np_random(seed)
        options = {key: value for key, value in (options or {}).items() if key != _IDLE}
        asked = setup.asked_towns(options, "town_seed", {"town_seed"})
        towns = setup.draw_towns(self._random, 1)
        if asked is not None:
            towns[:] = asked
        self._town = Town(self.level, towns, len(self.possible_agents), rewards=self._weights)
        self.agents = list(self.possible_agents)
        return self._seen(self._town.observe(), self.agents), self._infos(self.agents, None)

    def step(
        self, actions: dict[str, int]
    ) -> tuple[Everyone, Everyone, Everyone, Everyone, Everyone]:
        """Do one step of everyone alive; `actions` holds one for each of `agents`.

        Raises ValueError if one is missing.
        """
        missing = [agent for agent in self.agents if agent not in actions]
        if missing:
            raise ValueError(f"actions: {missing[0]} is alive and has none; give one to each.")
        town, acting = self.town, self.agents
        if not acting:
            return {}, {}, {}, {}, {}
        chosen = np.full(len(town), Action.INTERACT, dtype=np.int64)
        for agent in acting:
            chosen[self._life(agent)] = actions[agent]
        step = town.step(chosen)
        self.agents = [agent for agent in acting if not town.state.over[self._life(agent)]]
        if self.render_mode == "human":
            self.render()
        return (
            self._seen(step.obs, acting),
            {agent: float(step.reward[self._life(agent)]) for agent in acting},
            {agent: bool(step.died[self._life(agent)]) for agent in acting},
            {agent: bool(step.timed_out[self._life(agent)]) for agent in acting},
            self._infos(acting, step),
        )

    def state(self) -> NDArray[np.float32]:
        """Return what everyone perceives, one after another: (N · W,)."""
        return self.town.observe().reshape(-1)

    def render(self) -> str | NDArray[np.uint8] | None:
        """Return the town as text or as a picture, (H, W, 3), or show it, by `render_mode`."""
        if self.render_mode == "ansi":
            return drawing.text(self.town)
        if self.render_mode is None:
            return None
        picture = drawing.picture(self.town)
        if self.render_mode == "rgb_array":
            return picture
        self._screen.show(picture, self.level.name)
        return None

    def close(self) -> None:
        """Close the window, if one was opened."""
        self._screen.close()

    def _life(self, agent: str) -> int:
        return int(agent.rpartition("_")[2])

    def _seen(self, obs: Observation, agents: list[str]) -> dict[str, Observation]:
        return {agent: obs[self._life(agent)] for agent in agents}

    def _infos(self, agents: list[str], step: Step | None) -> dict[str, dict[str, Any]]:
        state, masks = self.town.state, self.town.mask().astype(np.int8)
        infos = {}
        for agent in agents:
            life = self._life(agent)
            infos[agent] = {
                "survival": int(state.age[life]),
                "score": float(state.points[life]),
                "cause": setup.cause_name(NONE if step is None else int(step.cause[life])),
                "taken": step is not None and setup.was_taken(int(step.refused[life])),
                "action_mask": masks[life],
                "town_seed": int(state.seed[life]),
            }
        return infos


def turn_by_turn(**words: Any) -> AECEnv:
    """Return the same town as an AEC environment; `words` are those of `SharedTownEnv`."""
    return OrderEnforcingWrapper(parallel_to_aec(SharedTownEnv(**words)))
