"""What each step of a life gave away by a brain's own numbers, and which gave away most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

MOST = 9  # that are told of one life
_LEAST_APART, _SHARE_APART = 4, 30  # steps, and share of the life, between two of them
LEAST = 0.1  # of the largest loss; what gives away less is none


@dataclass(frozen=True, slots=True)
class Blunder:
    """A step that gave something away. `step` is the frame it was decided in."""

    step: int
    done: Action
    best: Action
    loss: float


def thoughts(record: Record, past: TownState, player: BrainPlayer) -> list[Thought]:
    """Return what a brain thinks before each step of a life, (steps,), in one batch.

    `past` holds the life's states; `Thought.chosen` is what was really done.
    """
    actions = record.actions
    if not actions:
        return []
    people = record.level.people
    town = Town(record.level, [record.town_seed], people)
    town.restore(past.take(slice(len(actions) * people)))
    values = player.brain.q(town.observe()[::people])
    mask = town.mask()[::people]
    allowed = np.where(mask, values, -np.inf) if player.brain.keeps_to_mask else values
    best, measures = allowed.argmax(1), player.brain.measures
    return [
        Thought(tuple(map(float, row)), measures, Action(int(most)), Action(done))
        for row, most, done in zip(values, best, actions, strict=True)
    ]


def blunders(thought: Sequence[Thought], most: int = MOST) -> list[Blunder]:
    """Return the steps that gave away most, the largest first; those that gave little are none.

    Of steps close together only the worst counts: a stretch of the same mistake is one.
    """
    losses = [t.loss(t.chosen) for t in thought]
    edge = max([*losses, 0.0]) * LEAST
    found = [
        Blunder(step, t.chosen, t.best, loss)
        for step, (t, loss) in enumerate(zip(thought, losses, strict=True))
        if loss > 0 and loss >= edge
    ]
    apart, kept = max(_LEAST_APART, len(losses) // _SHARE_APART), list[Blunder]()
    for one in sorted(found, key=lambda one: (-one.loss, one.step)):
        if len(kept) < most and all(abs(one.step - other.step) >= apart for other in kept):
            kept.append(one)
    return kept
