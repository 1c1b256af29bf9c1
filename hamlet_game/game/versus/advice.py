"""The one thing worth telling a person in the middle of a race, and in whose town to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.events import Command
from hamlet_game.game.narration import A_KIND, effects
from hamlet_game.game.play.keyhints import key_for
from hamlet_game.game.versus.race import Stage
from hamlet_game.town.names import Meter

if TYPE_CHECKING:
    from hamlet_game.game.scenes.versus import VersusScene
    from hamlet_game.game.versus.lane import Lane

Advice = tuple["Lane", str, str]  # in whose town, the words, an icon
_DOOR_S = 0.3  # seconds of standing in a building before it says what it does


def advice(scene: VersusScene) -> Advice | None:
    """Return what to tell the person now, if anything."""
    race = scene.race
    person = race.person
    if race.stage is not Stage.RUNNING or person is None or person.session is None:
        return None
    mouse = scene.services.input.last_device == "mouse"
    if person.over:
        if race.rush or not person.motion.done:
            return None
        key = "Click" if mouse else key_for(scene.services, Command.INTERACT)
        left = next(lane for lane in race.lanes if not lane.over)
        return left, f"{left.who.name} lives on. **{key}**: fast forward", "fast"
    if race.still:
        return person, "**The clock stands still.** Any direction lets it go on.", "pause"
    if person.motion.rest > _DOOR_S and person.session.indoors:
        return _door(scene, person, mouse=mouse)
    return None


def _door(scene: VersusScene, person: Lane, *, mouse: bool) -> Advice | None:
    """Return what the building one stands in would do."""
    record = person.record
    here = (record.last.x, record.last.y)
    kind = next(kind for kind, x, y in record.town.places() if (x, y) == here)
    rule = record.level.buildings.of(kind)
    if rule is not None and record.last.meters[Meter.MONEY] < rule.costs.money:
        words = f"{A_KIND[kind].capitalize()} costs ${rule.costs.money:g}: go and work."
        return person, f"[warn:{words}]", kind.key
    key = "Click yourself" if mouse else key_for(scene.services, Command.INTERACT)
    text = f"**{key}**: {effects(record.level, kind)}"
    if person.session is not None and person.session.at_door:
        text += "\nBoth clocks wait for you here."
    return person, text, kind.key
