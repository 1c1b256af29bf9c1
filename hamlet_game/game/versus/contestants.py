"""Who takes part: a person, or somebody from the roster, all dressed differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer, Player
from hamlet_game.game.draw.people import LOOK_COUNT

PERSON = "you"  # the word for whoever holds the keys


@dataclass(frozen=True, slots=True)
class Contestant:
    """One who lives beside others. Without a player it is the person at the keys."""

    word: str
    name: str
    detail: str
    look: int  # how it is dressed, see `draw_person`
    player: Player | None = None

    @property
    def person(self) -> bool:
        """Return whether somebody at the keys plays it."""
        return self.player is None

    @property
    def age(self) -> str:
        """Return how long its brain was trained, "" for who was not trained at all."""
        if not isinstance(self.player, BrainPlayer):
            return ""
        steps = self.player.brain.training.get("step")
        return steps_text(steps) if isinstance(steps, int) else ""


def you() -> Contestant:
    """Return the person."""
    return Contestant(PERSON, "You", "Your keys, as in any life.", 0)


def invite(word: str) -> Contestant:
    """Return who a word means: the person, or anyone of the roster. Raises RosterError."""
    if word == PERSON:
        return you()
    entry = roster.entry(word)
    player = entry.make()
    return Contestant(word, entry.name or player.name, player.detail, player.look, player)


def invite_all(words: Sequence[str]) -> tuple[Contestant, ...]:
    """Return those whom the words mean, told apart by dress and name. Raises RosterError."""
    found: list[Contestant] = []
    for word in words:
        guest = invite(word)
        looks = {other.look for other in found}
        free = (guest.look + k for k in range(LOOK_COUNT))
        look = next((k % LOOK_COUNT for k in free if k % LOOK_COUNT not in looks), guest.look)
        same = sum(other.word == guest.word for other in found)
        name = f"{guest.name} {same + 1}" if same else guest.name
        found.append(replace(guest, look=look, name=name))
    return tuple(found)


def steps_text(steps: int) -> str:
    """Return a length of training in words: "no training", "300 thousand steps"."""
    if steps <= 0:
        return "no training"
    if steps >= 1_000_000:
        return f"{steps / 1_000_000:.1f}".removesuffix(".0") + " million steps"
    if steps >= 1_000:
        return f"{round(steps / 1_000):,} thousand steps"
    return f"{steps} steps"
