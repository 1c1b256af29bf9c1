"""The town as Gymnasium environments. Importing this package registers `hamlet/Town-v0`.

import gymnasium, hamlet_game.envs
env = gymnasium.make("hamlet/Town-v0", level="3")
envs = gymnasium.make_vec("hamlet/Town-v0", num_envs=64, level="3")

Towns that several agents share are PettingZoo's: `parallel_env()` and `env()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

try:
    import gymnasium
except ImportError:
    raise ImportError(
        "Hamlet's environments need gymnasium; install it with: pip install 'hamlet-game[envs]'"
    ) from None

from hamlet_game.envs.single import TownEnv
from hamlet_game.envs.vector import TownVectorEnv

if TYPE_CHECKING:
    from pettingzoo import AECEnv  # type: ignore[import-untyped]  # it has none

    from hamlet_game.envs.shared import SharedTownEnv

ID = "hamlet/Town-v0"

if ID not in gymnasium.registry:
    gymnasium.register(
        id=ID,
        entry_point="hamlet_game.envs.single:TownEnv",
        vector_entry_point="hamlet_game.envs.vector:TownVectorEnv",
    )

__all__ = ["ID", "TownEnv", "TownVectorEnv", "env", "parallel_env"]


def parallel_env(**words: Any) -> SharedTownEnv:
    """Return a town that several agents share, all acting at once: see `shared.SharedTownEnv`.

    Raises ImportError without pettingzoo.
    """
    from hamlet_game.envs.shared import SharedTownEnv  # noqa: PLC0415 -- brings pettingzoo

    return SharedTownEnv(**words)


def env(**words: Any) -> AECEnv:
    """Return the same town with agents that act one after another, and a step once all did."""
    from hamlet_game.envs.shared import turn_by_turn  # noqa: PLC0415

    return turn_by_turn(**words)
