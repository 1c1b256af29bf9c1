"""Which level is shown, and what the trainer does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.agents.players import BrainPlayer, Player
from hamlet_game.game.desk.history import History
from hamlet_game.town.level_file import LevelError

if TYPE_CHECKING:
    from hamlet_game.town.catalog import Catalog
    from hamlet_game.town.level import Level

_SHOWN_OFF = "3"  # the complete town: for a player that says nothing of levels


class Syllabus:
    """Follows the training's level, unless one was chosen."""

    def __init__(self, catalog: Catalog, chosen: Level | None = None) -> None:
        self.catalog = catalog
        self.chosen = chosen

    def level(self, history: History, player: Player, *, follow: bool) -> Level:
        """Return the level to show next: the training's, or without `follow` the player's."""
        if self.chosen is not None:
            return self.chosen
        trained = (history.level, *history.levels[:1]) if follow else ()
        words = (*trained, _learned(player), _SHOWN_OFF)
        for word in words:
            level = self.find(word) if word else None
            if level is not None:
                return _laid_out(level, history)
        return self.catalog.levels[0]

    def find(self, word: str) -> Level | None:
        """Return a level by its id, None where its file is gone."""
        try:
            return self.catalog.find(word)
        except LevelError:
            return None

    def epsilon(self, history: History) -> float:
        """Return the share of moves that the trainer draws at random now."""
        if not history.progress:
            return 1.0 if history.started else 0.0
        last = history.progress[-1]
        return min(1.0, max(0.0, last.numbers.get("epsilon", last.random_share)))


def _learned(player: Player) -> str:
    level = player.brain.training.get("level") if isinstance(player, BrainPlayer) else None
    return str(level or "")


def _laid_out(level: Level, history: History) -> Level:
    """Return the level with the layout that the run asks for."""
    layout = history.config.get("layout")
    return level.model_copy(update={"layout": layout}) if layout else level
