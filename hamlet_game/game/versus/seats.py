"""What both setups share: seats to fill from the roster, a town, and how strong all are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Player
from hamlet_game.game.agents.roster import Entry
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.ui.textfield import TextField
from hamlet_game.game.versus.contestants import PERSON, you
from hamlet_game.game.versus.player_card import PlayerCard
from hamlet_game.game.versus.strength import StrengthDesk

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level


def person() -> Entry:
    """Return the entry for whoever holds the keys; nothing can be made of it."""
    guest = you()

    def make() -> Player:
        raise roster.RosterError("You play yourself: choose somebody else.")

    return Entry(PERSON, guest.name, guest.detail, "gamepad", make, guest.look)


def listed(words: Sequence[str]) -> list[Entry]:
    """Return everyone who can play, and those among the words who are not on the roster."""
    known = roster.everyone()
    names = {entry.word for entry in known} | {PERSON}
    strangers = [word for word in dict.fromkeys(words) if word not in names]
    return [*known, *(_named(word) for word in strangers)]


def _named(word: str) -> Entry:
    """Return an entry for a word that means a file; its name is read from it."""
    try:
        player = roster.player(word)
    except roster.RosterError as error:
        return Entry(word, word[-24:], str(error), "warning", roster.entry(word).make)
    return Entry(word, player.name, player.detail, "save", lambda: player, player.look)


class Strengths:
    """Keeps the cards' strengths up to date, one after another."""

    def __init__(self, services: Services) -> None:
        self._desk = StrengthDesk(services.versus.strengths)

    def update(self, level: Level, cards: Sequence[PlayerCard]) -> None:
        """Measure on for a frame, and tell the cards what is known."""
        for card in cards:
            if card.entry.word in (PERSON, roster.PLANNER):
                continue
            card.strength = self._desk.want(level, card.entry)
        self._desk.work()


def town_field(services: Services, town: int, chosen: Callable[[int], None]) -> TextField:
    """Return a field for a town number that calls `chosen` with a valid one."""

    def typed(text: str) -> None:
        number = int(text or 0)
        if 1 <= number <= MAX_TOWN:
            chosen(number)
            return
        services.notify(f"Town numbers run from 1 to {MAX_TOWN:,}.")
        field.text = str(town)

    field = TextField(
        "Town",
        str(town),
        typed,
        digits_only=True,
        max_length=len(str(MAX_TOWN)),
        hint="The same number is the same town for everyone.",
    )
    return field
