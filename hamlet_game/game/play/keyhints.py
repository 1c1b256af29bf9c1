"""Which keys matter right now, in the words of the device used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.play.session import Session
    from hamlet_game.game.services import Services

_MOUSE = (
    "Click a place to walk there, click yourself to use it or wait.",
    "The buttons above the town do the rest.",
)


def hints(session: Session) -> tuple[list[Hint], list[Hint]]:
    """Return two lines of hints: how to play, and what else there is."""
    use = "use" if session.indoors else "wait" if session.live else "wait (hold)"
    if not session.live:
        play: list[Hint] = [(DIRECTIONS, "walk"), (Command.INTERACT, use)]
        play += [(Command.TEMPO, "live tempo"), (Command.PAUSE, "menu")]
    else:
        go = "go on" if session.frozen else "stop"
        play = [(DIRECTIONS, "walk"), (Command.INTERACT, use), (Command.FREEZE, go)]
        play += [(Command.STEP, "one step"), ((Command.SLOWER, Command.FASTER), "speed")]
    more: list[Hint] = [(Command.RESTART, "start over"), (Command.NEW_TOWN, "new town")]
    if session.ghost:
        more.append((Command.GHOST, "ghost"))
    if session.live:
        more += [(Command.TEMPO, "step tempo"), (Command.PAUSE, "menu")]
    return play, [*more, (Command.SAVE_REPLAY, "save"), (Command.HELP, "help")]


def key_for(services: Services, command: Command) -> str:
    """Return what to press on the device used last; empty where it has nothing for that."""
    user = services.input
    if user.last_device == "gamepad" and not user.pad.names(command):
        return ""
    return user.label(command)


def _known(services: Services, hint: Hint) -> bool:
    """Return whether the device used last has all the keys of a hint."""
    commands = (hint[0],) if isinstance(hint[0], Command) else hint[0]
    return all(key_for(services, command) for command in commands)


def hint_block(painter: Painter, services: Services, session: Session, lines: int = 2) -> Block:
    """Return the hints as centred lines: two, or one with how to play."""
    step = painter.line_height(SMALL) + 12

    def draw(box: pygame.FRect) -> None:
        at = [(box.centerx, box.y + step * (k + 0.5)) for k in range(lines)]
        if services.input.last_device == "mouse":
            for spot, text in zip(at, _MOUSE, strict=False):
                painter.text(text, spot, SMALL, painter.palette.muted, anchor="center", fit=box.w)
            return
        for spot, line in zip(at, hints(session), strict=False):
            known = [hint for hint in line if _known(services, hint)]
            draw_hints(painter, services, known, at=spot, room=box.w)

    return Block(step * lines, draw)
