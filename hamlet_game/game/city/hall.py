"""What a city begins with: its level file, and the brain that is to run it."""

from __future__ import annotations

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.town.catalog import Catalog
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import load_level

LEVEL_FILE = "sandbox/06_city.yaml"
PEOPLE = 1000
MOST_PEOPLE = 2000
BRAIN = roster.MASTER


def city_level() -> Level:
    """Return the city's rules. Raises LevelError. It is no stage: the catalog has none of it."""
    return load_level(paths.levels() / LEVEL_FILE)


def mayor(word: str) -> BrainPlayer:
    """Return the brain that a word means. Raises RosterError, also for players without one."""
    player = roster.player(word)
    if not isinstance(player, BrainPlayer):
        raise roster.RosterError(
            f"{player.name} has no brain to run a city with; choose a brain, such as {BRAIN}."
        )
    return player


def knows_queues(player: BrainPlayer, catalog: Catalog) -> bool:
    """Return whether a brain was raised where people share a town.

    One that was not has never seen the sign "taken": its weights there are left from chance.
    """
    raised = player.brain.training.get("level")
    return any(level.id == raised and level.people > 1 for level in catalog.levels)
