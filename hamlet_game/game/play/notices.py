"""What is written over the town, one thing at a time: how to begin, what a door offers, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.narration import A_KIND, effects
from hamlet_game.game.play import coach, needs, overlays
from hamlet_game.game.play.keyhints import key_for
from hamlet_game.game.play.tutorial_card import draw_lesson
from hamlet_game.town.names import Meter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.play.session import Session
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Frame

_DOOR_S = 0.3  # seconds of standing in a building before it says what it does
_LOSES = {
    Command.RESTART: "starts over",
    Command.NEW_TOWN: "goes to a new town",
}


def draw_notices(
    painter: Painter, area: pygame.FRect, town: pygame.FRect, life: LifeScene
) -> pygame.FRect | None:
    """Draw the glow of danger, the ghost's remark, and the one message that matters most.

    Returns that message's box.
    """
    session, record, services = life.session, life.record, life.services
    if record.over:
        if not session.motion.done:
            return None
        return overlays.draw_ending(painter, area, *_ending(record.last), low=_low(life))
    if session.begun and needs.critical(record, record.survival):
        overlays.draw_danger(painter, town)
    if session.ghost is not None and services.settings.ghost and session.begun:
        overlays.draw_chip(painter, area, ghost_text(session), "ghost")
    if life.tutorial and life.sure.asked is None and not session.stopped:
        return draw_lesson(painter, area, town, life, life.tutorial)
    if not session.begun:
        prompt = "Click a place to begin" if _mouse(services) else "Press any direction to begin"
        full = life.introduce
        return overlays.draw_start(painter, area, life.level, prompt, full=full, low=_low(life))
    if found := _message(life):
        text, icon = found
        return overlays.draw_message(painter, area, text, icon=icon, low=_low(life))
    return None


def _low(life: LifeScene) -> bool:
    """Return whether messages lie at the lower edge: away from the person."""
    return life.record.last.y < life.level.height * 0.7


def _message(life: LifeScene) -> tuple[str, str] | None:
    """Return the message that matters most now, with its icon."""
    session, services = life.session, life.services
    if life.sure.asked is not None:
        return _second_press(life, life.sure.asked), "warning"
    if session.stopped:
        return f"**The clock stands still.** {_go_on(services)}", "pause"
    if session.motion.rest > _DOOR_S and (offer := _door(life)) is not None:
        return offer
    if life.coached:
        key = services.input.label(Command.INTERACT)
        text = coach.advice(session, life.places, key)
        return (text, "help") if text else None
    return None


def ghost_text(session: Session) -> str:
    """Return how the race against the best of the ghosts stands, in points at the same step."""
    step = session.record.survival
    if not session.ghosts:
        return ""
    ghost = max(session.ghosts, key=lambda g: g.record.frames[g.at(step)].points)
    if ghost.gone(step):
        return f"{ghost.name}: ended at step {ghost.at(step)}"
    lead = round(session.record.last.points) - round(ghost.record.frames[ghost.at(step)].points)
    if not lead:
        return f"{ghost.name}: neck and neck"
    points = f"{abs(lead)} point{'s' if abs(lead) != 1 else ''}"
    return f"{ghost.name}: you lead by {points}" if lead > 0 else f"{ghost.name}: {points} ahead"


def _mouse(services: Services) -> bool:
    return services.input.last_device == "mouse"


def _go_on(services: Services) -> str:
    """Return how to set the clock going again."""
    if _mouse(services):
        return "Click a place to go on."
    key = key_for(services, Command.FREEZE)
    return f"Any direction{f' or {key}' if key else ''} lets it go on."


def _second_press(life: LifeScene, command: Command) -> str:
    """Return the question that a second press answers with yes."""
    what, key = _LOSES[command], key_for(life.services, command)
    again = f"**{key}** again" if key and not _mouse(life.services) else "Once more"
    return f"{again} {what}: {life.record.survival} steps would be lost."


def _door(life: LifeScene) -> tuple[str, str] | None:
    """Return what the building one stands in would do, and that the live clock waits for it."""
    session, record = life.session, life.record
    here = (record.last.x, record.last.y)
    kind = next((kind for kind, x, y in life.places if (x, y) == here), None)
    if kind is None or session.path:
        return None
    services = life.services
    key = "Click yourself" if _mouse(services) else services.input.label(Command.INTERACT)
    text = f"**{key}**: {effects(life.level, kind)}"
    price = life.level.buildings.of(kind)
    if price is not None and record.last.meters[Meter.MONEY] < price.costs.money:
        text = f"[warn:{A_KIND[kind].capitalize()} costs ${price.costs.money:g}: go and work.]"
    if session.at_door:
        text += "\nThe clock waits for you here."
    return text, kind.key


def _ending(last: Frame) -> tuple[str, str, bool]:
    """Return the words for a life's end, their icon, and whether there is reason to cheer."""
    if last.cause is None:
        return "You made it!", "trophy", True
    return f"{last.cause.key.capitalize()} ran out", "faint", False
