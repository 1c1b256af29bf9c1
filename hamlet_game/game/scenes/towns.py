"""Which town a level opens with: the last one played there, or one drawn by lot."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from hamlet_game.game.scene import Push
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.routes import MAX_TOWN

if TYPE_CHECKING:
    from hamlet_game.game.scores import Scores
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

FRIENDLY = 83  # in the first level its bed is three steps away, for someone's very first night


def random_town() -> int:
    """Return a town number drawn by lot."""
    return random.randint(1, MAX_TOWN)


def last_town(scores: Scores, level: Level) -> int | None:
    """Return the town played last in a level, None if it was never played.

    Scores keep the town played last in front of the others.
    """
    return next(iter(scores.best(level.id).towns), None)


def opening_town(services: Services, level: Level) -> int:
    """Return the town to offer: the last one played, a friendly one for the very first night."""
    last = last_town(services.scores, level)
    if last is not None:
        return last
    return FRIENDLY if level is services.catalog.levels[0] else random_town()


def enter(services: Services, level: Level, town: int, ghost: Record | None = None) -> Push:
    """Go into a town, and remember the level for the next time the game is opened."""
    if services.settings.last_level != level.id:
        with suppress(ValidationError):  # a file name that is no text can't be remembered
            services.settings.last_level = level.id
        services.save_settings()
    return Push(routes.life(services, level, town, ghost))
