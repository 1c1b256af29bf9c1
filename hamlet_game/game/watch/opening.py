"""How the watch scene is opened: on the training, on somebody's brain, or by asking what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.agents import roster
from hamlet_game.game.scenes.training_start import TrainingStartScene, archive_of
from hamlet_game.game.scenes.watch import WatchScene

if TYPE_CHECKING:
    from hamlet_game.game.scene import Scene
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level


def open_watch(
    services: Services, run: str | None, level: Level | None, town_seed: int | None
) -> Scene:
    """Return the scene to begin with; who can't be had is told in a sentence."""
    if run is None:
        desk = services.training
        if desk.active or desk.history.started is not None:
            return WatchScene(services, level=level, town_seed=town_seed)
        return TrainingStartScene(services)
    try:
        player = roster.player(run)
    except roster.RosterError as error:
        services.notify(str(error))
        return TrainingStartScene(services)
    archive = archive_of(run)
    return WatchScene(services, player, archive=archive, level=level, town_seed=town_seed)
