"""The first steps: what a newcomer does once, each step waiting until they have done it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.narration import KIND_NAMES
from hamlet_game.town.names import Action, Kind, Meter

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Frame, Record

WALKS: Final = 2  # steps of walking that show it is understood
WATCHED: Final = 4  # steps with an eye on the meter
WAITS: Final = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing to do: its heading, why, what to press, and how far it has been done."""

    title: str
    text: str
    icon: str
    press: tuple[Command, ...]  # what stands on the keycaps
    click: str  # what to do with the mouse instead
    goal: int
    done: Callable[[Record, int], int]  # in a life, after the frame at which the lesson began


class Tutorial:
    """Which lesson is on. It only watches the life; nobody is held back."""

    def __init__(self, level: Level) -> None:
        """Take a level. Raises ValueError where no house serves its first deadly meter."""
        self.kind = _server(level, level.deadly[0])
        self.lessons = lessons(level, self.kind)
        self.index = 0
        self.skip_box = pygame.FRect(0, 0, 0, 0)  # where a click skips it all, as last drawn
        self._from = 0  # the frame at which the lesson began

    def houses(self, record: Record) -> list[int]:
        """Return the rows of the grid where the house stands that must be seen."""
        return [y for kind, _, y in record.town.places() if kind is self.kind]

    @property
    def over(self) -> bool:
        """Return whether everything was done."""
        return self.index >= len(self.lessons)

    @property
    def lesson(self) -> Lesson:
        """Return what is to be done now. Raises IndexError once it is over."""
        return self.lessons[self.index]

    def begin(self) -> None:
        """Start in another life; who could walk already looks for the house at once."""
        self.index, self._from = min(self.index, 1), 0

    def watch(self, record: Record) -> bool:
        """Look at the life so far; return whether a lesson was learned just now."""
        before = self.index
        while not self.over and self.share(record) >= 1:
            self.index += 1
            self._from = record.survival
        if record.over and not record.last.died:
            self.index = len(self.lessons)  # who lives through the night has learned it
        return self.index != before

    def share(self, record: Record) -> float:
        """Return how much of the lesson is done, 0..1."""
        return min(1.0, self.lesson.done(record, self._from) / self.lesson.goal)


def lessons(level: Level, kind: Kind) -> tuple[Lesson, ...]:
    """Return what to learn in a level: its first deadly meter, and the house that serves it."""
    meter = level.deadly[0]
    rule, house = level.meters.of(meter), KIND_NAMES[kind].lower()
    name, walking = meter.key, rule.drain + rule.move_drain
    at_door = "Click yourself, in the house"
    return (
        Lesson(
            "Walk",
            f"You are worn out. Take a few steps, but mind your **{name}**: walking uses it up.",
            "step",
            DIRECTIONS,
            "Click a place to walk there",
            WALKS,
            lambda record, first: sum(frame.moved for frame in record.frames[first + 1 :]),
        ),
        Lesson(
            f"Find the {house}",
            f"It **glows**, and an arrow points at it. Walk there before your {name} is gone.",
            kind.key,
            DIRECTIONS,
            f"Click the {house}",
            1,
            lambda record, _: int(_in_house(record, kind) or record.last_use(kind) is not None),
        ),
        Lesson(
            "Use it",
            f"Using a house takes one step. This one gives **{name}** and costs a little money.",
            kind.key,
            (Command.INTERACT,),
            at_door,
            1,
            lambda record, _: int(record.last_use(kind) is not None),
        ),
        Lesson(
            f"Watch your {name}",
            f"The bar at the right has risen. From now on it falls by **{rule.drain:g}** a step, "
            f"and by **{walking:g}** when you walk. At 0 your life is over.",
            name,
            DIRECTIONS,
            "Click a place to walk there",
            WATCHED,
            lambda record, first: record.survival - first,
        ),
        Lesson(
            "Wait",
            f"Away from the house you wait: that costs **{rule.drain:g}** instead of "
            f"**{walking:g}**. Live to step {level.steps}!",
            "clock",
            (Command.INTERACT,),
            "Outside, click yourself to wait",
            WAITS,
            lambda record, first: sum(map(_waited, record.frames[first + 1 :])),
        ),
    )


def _server(level: Level, meter: Meter) -> Kind:
    rules = [(kind, level.buildings.of(kind)) for kind in level.kinds]
    found = next((kind for kind, rule in rules if rule and rule.serves is meter), None)
    if found is None:
        raise ValueError(f"{level.name} has no house for {meter.key}")
    return found


def _in_house(record: Record, kind: Kind) -> bool:
    return (kind, record.last.x, record.last.y) in record.town.places()


def _waited(frame: Frame) -> bool:
    return frame.action is Action.INTERACT and frame.used is None


def tutorial_for(services: Services, level: Level, *, continued: bool) -> Tutorial | None:
    """Return the first steps where they belong: in the first level, until done or skipped."""
    first = services.catalog.levels[0]
    if not services.settings.tutorial or continued or level.id != first.id:
        return None
    return Tutorial(level)


def finish(services: Services) -> None:
    """Remember that the first steps need not be shown again."""
    services.settings.tutorial = False
    services.save_settings()
