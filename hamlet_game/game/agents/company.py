"""The others: who plays them in a town that several share, and what they are called."""

from __future__ import annotations

from functools import lru_cache

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Policy, sensible
from hamlet_game.town.record import Record, remembered

NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gail", "Hugo")
YOU, AGENT = "You", "Agent"
_MOST_NAME = 12  # letters that fit over somebody's head


def company_of(level: Level) -> Policy | None:
    """Return who plays the others in a level: the master; None where one lives alone."""
    return _master() if level.people > 1 else None


def name_of(number: int, first: str = YOU) -> str:
    """Return what to call person `number` of a town; the first one has a name of its own."""
    if number == 0:
        return first
    turn, place = divmod(number - 1, len(NAMES))
    return NAMES[place] + (f" {turn + 1}" if turn else "")


def short_name(player: str) -> str:
    """Return what to call whoever lived a life, as a replay file tells of them."""
    if player.startswith("person"):
        return YOU
    return AGENT if player.startswith("agent in training") else player[:_MOST_NAME]


def again(record: Record, until: int | None = None, more: bytes = b"") -> Policy | None:
    """Return a company that does what a record's did, and goes on as the master.

    `until`: only up to that step. `more`: what they do then, before the master goes on.
    """
    people = record.level.people
    if people == 1:
        return None
    told = record.others_actions[: None if until is None else until * (people - 1)]
    return remembered(told + more, people, _master())


def _master() -> Policy:
    """Return the master's policy; good sense where its file can't be read."""
    try:
        return _read_master()
    except roster.RosterError:
        return sensible


@lru_cache(maxsize=1)
def _read_master() -> Policy:
    """Return the master's policy, read once. Raises RosterError."""
    player = roster.player(roster.MASTER)
    return player.brain.policy if isinstance(player, BrainPlayer) else sensible
