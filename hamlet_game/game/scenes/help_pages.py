"""What the help pages say and show. Numbers come from the levels, keys from the bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.events import Command
from hamlet_game.game.play.clock import TICKS_A_SECOND, speed_text
from hamlet_game.game.scenes.help_diagrams import Keys, Stars, Tempos
from hamlet_game.game.scenes.help_learning import learning_pages
from hamlet_game.game.scenes.help_page import Page
from hamlet_game.game.scenes.help_pictures import Houses, Needs, TownLife
from hamlet_game.game.settings import SPEEDS

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

_TOWN = 12  # the towns in the pictures
_GHOST_TOWN = 7


def fullest(levels: tuple[Level, ...]) -> Level:
    """Return the level with the most kinds of houses, the first such."""
    return max(levels, key=lambda level: len(level.kinds))


def pages(services: Services) -> list[Page]:
    """Return the pages in order, with keys as they are bound now."""
    level = fullest(services.catalog.levels)
    key = services.input.label
    critical = max(level.meters.of(meter).critical for meter in level.deadly)
    return [
        Page(
            "Live well, live long",
            "You are one townsperson in a small town. Walk to a house, use it, and look after "
            "yourself.\n\n**Live until the last step, and live well:** that is the whole game.",
            TownLife(level, _TOWN),
        ),
        Page(
            "Meters run down",
            "Every meter falls a little with each step, and **walking costs extra**.\n\n"
            f"Below {critical:g} it is critical. When one with a {{heart}} reaches 0, "
            "the life is over.",
            Needs(level, _TOWN),
        ),
        Page(
            "Houses fill them",
            f"Walk onto a house and press **{key(Command.INTERACT)}** to use it.\n\n"
            "Most of them cost money, and **work** brings it in. "
            "What you can't pay for does nothing.",
            Houses(level),
        ),
        Page(
            "Step by step, or live",
            "**Step by step**, the town waits until you act.\n\n"
            f"**Live**, it moves on by itself: {TICKS_A_SECOND:g} steps a second, "
            f"{speed_text(SPEEDS[0])} to {speed_text(SPEEDS[-1])}.\n\n"
            f"**{key(Command.TEMPO)}** switches between the two.",
            Tempos(services),
        ),
        Page(
            "Stars and par",
            "Each level has three stars; the first one opens the next level.\n\n"
            "**Par** is what a planner that knows every rule scores in your town. "
            "Can you match it?",
            Stars(level),
        ),
        Page(
            "Towns, ghosts, replays",
            "Every town has a number, and **the same number is the same town for everybody**.\n\n"
            "Your best run in a town can walk along as a **ghost**. "
            "Any life can be kept as a **replay**.",
            TownLife(level, _GHOST_TOWN, ghost_ahead=5, numbered=True),
        ),
        Page(
            "Keys",
            "Keyboard, gamepad or mouse: all of them do everything.\n\n"
            "With the mouse, **click a place** to walk there. "
            "Keys and buttons can be changed in the settings.",
            Keys(services),
        ),
        *learning_pages(level),
    ]
