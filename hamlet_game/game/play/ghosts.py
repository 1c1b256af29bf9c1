"""Whose ghosts come along in a life: nobody's, one's own best, the agent's, or all its ages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Player
from hamlet_game.game.play.ghost import AgentGhost, Ghost

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

Whose = Literal["none", "best", "agent", "ages"]
WHOSE: tuple[Whose, ...] = get_args(Whose)
NAMES = ("Nobody", "My best", "The agent", "All ages")  # of `WHOSE`, as people choose them
_AGES = {"01_first_night": "-rose", "03_full_day": "-mint", roster.MASTER: "-gold"}


def ghosts_of(
    services: Services, level: Level, town_seed: int, rival: Record | None
) -> list[Ghost]:
    """Return the ghosts for a life, the one to race first.

    `rival` is a life that was asked for; it comes along in its own town, whoever else does.
    """
    whose = services.settings.ghosts
    actions = b""
    if rival is not None and rival.town_seed == town_seed:
        actions = rival.actions
    elif whose in ("best", "ages"):
        best = services.scores.best_town(level.id, town_seed)
        actions = best.actions if best else b""
    agents = _agents(services, level, town_seed, whose)
    if not actions:
        return agents
    return [Ghost(level, town_seed, actions, "My best" if agents else "Ghost"), *agents]


def _agents(services: Services, level: Level, town_seed: int, whose: str) -> list[Ghost]:
    """Return the agents' ghosts; one that can't be had is told of in a sentence."""
    found: list[Ghost] = []
    words: dict[str, str] = {}  # in the roster, with how the ghost is tinted
    if whose == "agent":
        words = {roster.suited(level.id): _AGES[roster.MASTER]}
    elif whose == "ages":
        words = _AGES
    for word, tint in words.items():
        try:
            player = _player(word)
        except roster.RosterError as error:
            services.notify(str(error))
        else:
            found.append(AgentGhost(level, town_seed, player, player.name, tint))
    return found


@lru_cache(maxsize=8)
def _player(word: str) -> Player:
    """Return a brain of the game, which has no state of its own, read once."""
    return roster.player(word)
