"""What a player would have thought in a recorded life, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.game.insight.thought_text import Mind
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record


@dataclass(frozen=True, slots=True)
class Idea:
    """The numbers before a step, and in words."""

    thought: Thought
    words: str


def ideas(record: Record, player: Player) -> tuple[Idea, ...]:
    """Return what a player thinks before each step of a life; () if it has no numbers."""
    life, mind = AgentLife(record.level, record.town_seed, player), Mind()
    found: list[Idea] = []
    for action in record.actions:
        thought = life.thought
        if thought is None:
            return ()
        words = mind.text(life.record.town, thought, player)
        found.append(Idea(thought, words))
        life.step(Action(action))
    return tuple(found)
