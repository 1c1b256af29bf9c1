"""What an act of the demo is, and what it is handed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game.game.demo.layout import Layout
from hamlet_game.game.draw.noise import chance
from hamlet_game.game.theme import PALETTES

if TYPE_CHECKING:
    from hamlet_game.game.audio import SoundName
    from hamlet_game.game.demo.cast import Cast
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.game.theme import Palette
    from hamlet_game.town.level import Level

MAX_TOWN = 999_999
FULL_TOWN = "03_full_day"  # the first level with the whole town


@dataclass(frozen=True, slots=True)
class House:
    """What every act may use: the services, who plays, and the levels."""

    services: Services
    cast: Cast
    round: int  # how often the whole story has been told
    seed: int  # of the evening: another one, other towns

    @property
    def palette(self) -> Palette:
        """Return the colours in use."""
        return PALETTES[self.services.settings.palette]

    @property
    def levels(self) -> list[Level]:
        """Return the shipped levels that brains were raised in, in order."""
        known = {member.level for member in self.cast.members}
        return [level for level in self.services.catalog.levels if level.id in known]

    @property
    def full(self) -> Level:
        """Return the level of the whole town."""
        return self.services.catalog.find(FULL_TOWN)

    @property
    def last(self) -> Level:
        """Return the hardest level."""
        return self.levels[-1]

    def town(self, number: int) -> int:
        """Return the town of an act's `number`: another one every time the story is told."""
        return 1 + int(chance(self.seed, self.round, number) * MAX_TOWN)

    def play(self, name: SoundName) -> None:
        """Play a sound."""
        self.services.audio.play(name)


class Act(ABC):
    """A part of the story. It is over by itself; the director then goes on to the next."""

    limit_s = 150.0  # seconds after which it is over, come what may

    def __init__(self, house: House) -> None:
        self.house = house
        self.age = 0.0  # seconds

    def prepare(self) -> None:  # noqa: B027 - most have nothing to prepare
        """Do a few milliseconds of work while the act before is still on."""

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self.age += dt

    @property
    @abstractmethod
    def over(self) -> bool:
        """Return whether the next act may come."""

    @abstractmethod
    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw everything but the ground."""
