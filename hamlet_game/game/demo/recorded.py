"""Lives kept from one training, its first to the one after mastery, played again as they were."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game import paths
from hamlet_game.game.agents.players import Player
from hamlet_game.town.names import Action
from hamlet_game.town.replay import SUFFIX, Replay, load_replay

if TYPE_CHECKING:
    from hamlet_game.town.level import Level
    from hamlet_game.town.town import Town

MASTERED = "mastered"  # its file
_BEFORE = "before"  # the untrained network in the master's town: the beginner's act has one live
_LOOK = 1  # of a brain


@dataclass(frozen=True, slots=True)
class RecordedLife:
    """A life of the recorded training."""

    name: str  # "Life 100"
    step: int  # of practice before it
    replay: Replay

    def player(self) -> Player:
        """Return somebody who lives it again."""
        return Actor(self.name, self.replay.actions)


class Actor(Player):
    """Does what was done, and waits once all of that has been done."""

    look = _LOOK
    detail = "Recorded while it was trained."

    def __init__(self, name: str, actions: bytes) -> None:
        self.name = name
        self._actions, self._at = actions, 0

    def begin(self, level: Level, town_seed: int) -> None:  # noqa: ARG002 - it knows its town
        """Start over."""
        self._at = 0

    def act(self, town: Town) -> Action:  # noqa: ARG002 - it looks at nothing
        """Return what was done here."""
        self._at += 1
        done = self._actions[self._at - 1 : self._at]
        return Action(done[0]) if done else Action.INTERACT


def load_lives() -> tuple[RecordedLife, ...]:
    """Read the recorded lives, the least practised first.

    Raises ReplayError, OSError, ValueError, LookupError or TypeError for files that are not whole.
    """
    folder = paths.assets() / "progression"
    told = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
    mastery = int(told["exams"][-1]["step"])
    lives = []
    for life in told["lives"]:
        if life["name"] == _BEFORE:
            continue
        name = str(life["name"]).replace("_", " ").capitalize()
        step = mastery if life["name"] == MASTERED else int(life["step"])
        lives.append(RecordedLife(name, step, load_replay(folder / f"{life['name']}{SUFFIX}")))
    return tuple(lives)
