"""The contestants of `peers.py`, all behind one signature.

    train(seed, watch)   trains until `watch(steps, policy)` returns False

`watch` is called every few thousand steps at most and decides by its own clock when the
greedy policy is tried; `policy` is a `town.policies.Policy`. All play the same town: level 3,
a new random layout in every life, its own (shaped) reward.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from stable_baselines3 import DQN, PPO
from stable_baselines3.common.base_class import BaseAlgorithm
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.vec_env import VecEnv, VecNormalize

from hamlet_game.envs import TownEnv, TownVectorEnv
from hamlet_game.town.policies import Policy
from hamlet_game.training import events
from hamlet_game.training.config import load_config
from hamlet_game.training.evaluation import policy_of
from hamlet_game.training.trainer import Trainer

Watch = Callable[[int, Policy], bool]
Train = Callable[[int, Watch], None]

LEVEL = "3"
NO_END = 10_000_000  # steps; the clock ends a run long before
DQN_RUN = 1_000_000  # steps that the default ε-schedule (a tenth of the run) is meant for
PPO_EPOCHS = 6  # of the tuned one
LOOK_EVERY = 6_400  # steps between two calls of `watch`


# -- ours -----------------------------------------------------------------------


def hamlet(seed: int, watch: Watch) -> None:
    """Train as `hamlet-game train --levels 1-3` does: through the curriculum."""
    _hamlet({"levels": "1-3"}, seed, watch)


def hamlet_alone(seed: int, watch: Watch) -> None:
    """Train the same algorithm in level 3 from the start, which is the peers' task."""
    _hamlet({"levels": LEVEL, "curriculum.enabled": False}, seed, watch)


def _hamlet(changes: dict[str, Any], seed: int, watch: Watch) -> None:
    told = {"report.brain_every": LOOK_EVERY, "curriculum.target": ["alive > 1"]}
    ends = {"final.towns": 0, "limits": {"max_steps": None, "max_minutes": None}}
    trainer = Trainer(load_config("default", {**told, **ends, **changes, "seed": seed}))
    for event in trainer.run():
        if not isinstance(event, events.BrainUpdated):
            continue
        if not watch(event.step, policy_of(event.brain)):
            trainer.orders.stop()


# -- Stable-Baselines3 ------------------------------------------------------------


class TownVec(VecEnv):
    """Our vector environment as Stable-Baselines3 wants it: an ended life begins anew at once."""

    def __init__(self, lives: int, seed: int, reward_scale: float = 1.0) -> None:
        self._towns = TownVectorEnv(lives, LEVEL)
        self._first_seed, self._scale = seed, np.float32(reward_scale)
        space = self._towns.single_observation_space
        super().__init__(lives, space, self._towns.single_action_space)

    def reset(self) -> NDArray[np.float32]:
        """Begin all lives."""
        obs, _ = self._towns.reset(seed=self._first_seed)
        return obs.copy()

    def step_async(self, actions: NDArray[np.int64]) -> None:
        """Take in actions for `step_wait`."""
        self._actions = actions

    def step_wait(self) -> tuple[Any, Any, Any, list[dict[str, Any]]]:
        """Do the step; the last observation of an ended life is in its `info`."""
        obs, reward, died, late, _ = self._towns.step(self._actions)
        ended = died | late
        infos: list[dict[str, Any]] = [{} for _ in range(self.num_envs)]
        for life in np.flatnonzero(ended):
            infos[life]["terminal_observation"] = obs[life].copy()
            infos[life]["TimeLimit.truncated"] = bool(late[life])
        if ended.any():
            obs, _ = self._towns.reset(options={"reset_mask": ended})
        return obs.copy(), reward * self._scale, ended, infos

    def close(self) -> None:
        """Close the towns."""
        self._towns.close()

    def get_attr(self, attr_name: str, indices: Any = None) -> list[Any]:
        """Return an attribute of each life's environment: the same for all."""
        return [getattr(self._towns, attr_name, None) for _ in self._get_indices(indices)]

    def set_attr(self, attr_name: str, value: Any, indices: Any = None) -> None:
        """Refuse: nothing here is meant to change."""
        raise NotImplementedError(attr_name)

    def env_method(self, method_name: str, *_: Any, **__: Any) -> list[Any]:
        """Refuse: lives have no methods of their own."""
        raise NotImplementedError(method_name)

    def env_is_wrapped(self, wrapper_class: type, indices: Any = None) -> list[bool]:
        """Say that no life is wrapped."""
        del wrapper_class
        return [False for _ in self._get_indices(indices)]


class _Watching(BaseCallback):
    """Calls `watch` now and then, and ends training when it says so."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch, self._next = watch, 0

    def _on_step(self) -> bool:
        if self.num_timesteps < self._next:
            return True
        self._next = self.num_timesteps + LOOK_EVERY // 32  # a slow trainer is asked often, too
        return self._watch(self.num_timesteps, greedy(self.model))


def greedy(model: BaseAlgorithm) -> Policy:
    """Return how a model plays without exploring."""

    def play(town: Any) -> NDArray[np.int8]:
        actions, _ = model.predict(town.observe(), deterministic=True)
        return actions.astype(np.int8)

    return play


def _learn(model: BaseAlgorithm, watch: Watch) -> None:
    model.learn(NO_END, callback=_Watching(watch))


def sb3_dqn(seed: int, watch: Watch) -> None:
    """Train DQN with its own defaults in one environment, as its documentation shows."""
    share = 0.1 * DQN_RUN / NO_END
    env = TownEnv(LEVEL)
    _learn(DQN("MlpPolicy", env, exploration_fraction=share, seed=seed, device="cpu"), watch)


def sb3_dqn_tuned(seed: int, watch: Watch) -> None:
    """Train DQN with our preset's settings, as far as it has them, in as many lives."""
    ours = load_config("default")
    settings: Any = ours.algorithm_settings()
    epsilon = settings.epsilon

    def learning_rate(left: float) -> float:
        """Return ours at the same step; `left` is the share of the run to come."""
        steps = (1 - left) * NO_END
        updates = round(steps * settings.updates_per_step / ours.towns)
        return float(settings.learning_rate.at(updates, min(1.0, steps / ours.horizon)))

    model = DQN(
        "MlpPolicy",
        TownVec(ours.towns, seed, settings.reward_scale),
        learning_rate=learning_rate,
        buffer_size=settings.capacity,
        learning_starts=settings.warm_up,
        batch_size=settings.batch,
        tau=settings.tau,
        target_update_interval=ours.towns,  # counted in steps of one life: after every update
        gamma=settings.discount,
        n_steps=settings.n_step,
        train_freq=1,  # updates for each step of all lives, as ours
        gradient_steps=max(1, round(settings.updates_per_step)),
        exploration_initial_eps=epsilon.start,
        exploration_final_eps=epsilon.end,
        exploration_fraction=(epsilon.over or ours.horizon) / NO_END,
        max_grad_norm=settings.clip_norm,
        policy_kwargs={"net_arch": list(settings.hidden)},
        seed=seed,
        device="cpu",
    )
    _learn(model, watch)


def sb3_ppo(seed: int, watch: Watch) -> None:
    """Train PPO with its own defaults in one environment."""
    _learn(PPO("MlpPolicy", TownEnv(LEVEL), seed=seed, device="cpu"), watch)


def sb3_ppo_tuned(seed: int, watch: Watch) -> None:
    """Train PPO in 64 lives with large batches, normalised rewards and some entropy."""
    env = VecNormalize(TownVec(64, seed), norm_obs=False, gamma=0.99)
    model = PPO(
        "MlpPolicy",
        env,
        learning_rate=1e-3,
        n_steps=128,
        batch_size=1_024,
        n_epochs=PPO_EPOCHS,
        gamma=0.99,
        gae_lambda=0.95,
        ent_coef=0.01,
        policy_kwargs={"net_arch": [128, 128]},
        seed=seed,
        device="cpu",
    )
    _learn(model, watch)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to train."""

    train: Train
    learned_per_step: float  # pieces of experience that updates take in, for each step lived


def _ours_learned() -> float:
    ours = load_config("default")
    settings: Any = ours.algorithm_settings()
    return float(settings.batch * settings.updates_per_step / ours.towns)


CONTESTANTS = {
    "hamlet": Contestant(hamlet, _ours_learned()),
    "hamlet, level 3 alone": Contestant(hamlet_alone, _ours_learned()),
    "SB3 DQN": Contestant(sb3_dqn, 32 / 4),
    "SB3 DQN, tuned": Contestant(sb3_dqn_tuned, _ours_learned()),
    "SB3 PPO": Contestant(sb3_ppo, 10),
    "SB3 PPO, tuned": Contestant(sb3_ppo_tuned, PPO_EPOCHS),
}
OURS = ("hamlet", "hamlet, level 3 alone")
USE_PRESET = (*OURS, "SB3 DQN, tuned")  # theirs is made of ours
