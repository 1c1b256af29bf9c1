"""Who judges a life: the policy of the player who lived it, or the best brain that is shipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.company import company_of
from hamlet_game.game.agents.players import BrainPlayer, Player
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Actions, Policy, sensible
from hamlet_game.town.town import Town

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
        return Judge(player.name, policy_of(player), player, own=True)
    word, company = ablest(level), company_of(level)
    try:
        master = roster.player(word)
    except roster.RosterError as error:
        say(f"{error} A script judges instead.")
        return Judge("The script", sensible, None)
    if isinstance(master, BrainPlayer):
        same = company if word == MASTER else None  # who plays the others: asked only once
        return Judge(master.name, same or policy_of(master), master)
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


def masked(brain: Brain) -> bool:
    """Return whether a brain was trained never to walk into the edge."""
    return bool(brain.training.get("use_mask"))


def policy_of(player: BrainPlayer) -> Policy:
    """Return what a brain does in every life of a town at once: its best action."""
    brain, careful = player.brain, masked(player.brain)

    def act(town: Town) -> Actions:
        return brain.act(town.observe(), town.mask() if careful else None)

    return act
