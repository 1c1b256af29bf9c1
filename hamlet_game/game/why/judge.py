"""Who judges a life: the policy of the player who lived it, or the best brain that is shipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer, Player
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Policy, sensible

MASTER = "master"  # its word in the roster
_RESULTS = "results.json"  # beside the shipped brains: what each scores in each level


@dataclass(frozen=True, slots=True)
class Judge:
    """Somebody who plays on from any state of a life."""

    name: str
    policy: Policy
    brain: BrainPlayer | None  # None: a script, which has no numbers
    own: bool = False  # it lived the life itself


def judge_of(player: Player | None, level: Level, say: Callable[[str], None]) -> Judge:
    """Return who judges a life in a level: the player itself if it is a brain, else `ablest`.

    Without that one's file a script does; `say` is told why.
    """
    if isinstance(player, BrainPlayer):
        return Judge(player.name, player.brain.policy, player, own=True)
    try:
        master = roster.player(ablest(level))
    except roster.RosterError as error:
        say(f"{error} A script judges instead.")
        return Judge("The script", sensible, None)
    if isinstance(master, BrainPlayer):
        return Judge(master.name, master.brain.policy, master)
    return Judge("The script", sensible, None)


def ablest(level: Level) -> str:
    """Return the word of the shipped brain that does best in a level, by its held-out results.

    It need not be the master: who learned the long levels last has half forgotten the short ones.
    """
    try:
        text = (paths.assets() / "brains" / _RESULTS).read_text(encoding="utf-8")
        results = {word: levels[level.id]["survival"] for word, levels in json.loads(text).items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return MASTER
    most = max(results.values(), default=0.0)
    return MASTER if results.get(MASTER) == most else max(results, key=lambda word: results[word])
