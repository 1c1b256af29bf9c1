"""The town as Gymnasium environments. Importing this package registers `hamlet/Town-v0`.

import gymnasium, hamlet_game.envs
env = gymnasium.make("hamlet/Town-v0", level="3")
envs = gymnasium.make_vec("hamlet/Town-v0", num_envs=64, level="3")
"""

from __future__ import annotations

try:
    import gymnasium
except ImportError:
    raise ImportError(
        "Hamlet's environments need gymnasium; install it with: pip install 'hamlet-game[envs]'"
    ) from None

from hamlet_game.envs.single import TownEnv
from hamlet_game.envs.vector import TownVectorEnv

ID = "hamlet/Town-v0"

if ID not in gymnasium.registry:
    gymnasium.register(
        id=ID,
        entry_point="hamlet_game.envs.single:TownEnv",
        vector_entry_point="hamlet_game.envs.vector:TownVectorEnv",
    )

__all__ = ["ID", "TownEnv", "TownVectorEnv"]
