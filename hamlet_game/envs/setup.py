"""What both environments share: the level they play, their spaces, and which towns they draw."""

from __future__ import annotations

from typing import Any, Literal, cast

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.level_file import reward_presets
from hamlet_game.town.names import NONE, Action, Meter
from hamlet_game.town.observation import FIELDS, WIDTH
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.sentences import brief, meant
from hamlet_game.training.seeds import TRAINING_END, TRAINING_FIRST

Layout = Literal["classic", "random"]

_SIGNED = ("_dx", "_dy", "_sign_x", "_sign_y")  # these run -1..1, all others 0..1


def choose_level(level: Level | str | int, layout: Layout | None) -> Level:
    """Return a level by id, number or name, laid out as asked. Raises LevelError, ValueError."""
    chosen = level if isinstance(level, Level) else load_catalog().find(str(level))
    if layout is None:
        return chosen
    if layout not in {"classic", "random"}:
        raise ValueError(f"layout: {brief(layout)} won't do; it must be 'classic' or 'random'.")
    return chosen.model_copy(update={"layout": layout})


def choose_rewards(preset: str | None) -> RewardWeights | None:
    """Return the weights of a named preset, None for the level's own. Raises ValueError."""
    if preset is None:
        return None
    presets = reward_presets()
    if preset not in presets:
        raise ValueError(f"rewards: no such preset {brief(preset)}. {meant(preset, presets)}")
    return presets[preset]


def observation_space() -> spaces.Space[NDArray[np.float32]]:
    """Return the space of one life's observations, (W,)."""
    low = [-1.0 if field.endswith(_SIGNED) else 0.0 for field in FIELDS]
    high = np.ones(WIDTH, np.float32)
    return cast(
        "spaces.Space[NDArray[np.float32]]",
        spaces.Box(np.array(low, np.float32), high, dtype=np.float32),
    )


def action_space() -> spaces.Discrete:
    """Return the space of one life's actions, numbered as in `Action`."""
    return spaces.Discrete(len(Action))


def draw_towns(random: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Return town seeds, (count,), that neither people nor evaluations ever meet."""
    return random.integers(TRAINING_FIRST, TRAINING_END, size=count)


def asked_towns(options: dict[str, Any] | None, key: str, known: set[str]) -> Any:
    """Return `options[key]`, None where it is not given. Raises ValueError for unknown options."""
    for name in options or {}:
        if name not in known:
            raise ValueError(f"options: no such option {brief(name)}. {meant(name, known)}")
    return (options or {}).get(key)


def cause_name(cause: int) -> str | None:
    """Return the meter that ended a life, None while it lives or when time ran out."""
    return None if cause == NONE else Meter(cause).key


def was_taken(refused: int) -> bool:
    """Return whether a use was refused because others were served."""
    return refused == Refusal.TAKEN
