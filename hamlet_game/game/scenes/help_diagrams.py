"""Diagrams for the help pages: the two tempos, stars and par, keys and buttons."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.events import Command
from hamlet_game.game.play.clock import TICKS_A_SECOND
from hamlet_game.game.scenes.card_facts import star_rules
from hamlet_game.game.ui.keybind import draw_keycap
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

_BEAT_S = 1.2  # seconds from one key press to the next
_STEP_S = 0.15  # and of those, walking
_GRASS = ((122, 188, 98), (136, 201, 108))


class Tempos:
    """Two lanes: on one somebody steps when a key is pressed, on the other they keep going."""

    CELLS = 5

    def __init__(self, services: Services) -> None:
        self._services = services
        self._time = 0.0

    def update(self, dt: float) -> None:
        """Let time pass."""
        self._time += dt

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw both lanes with their names."""
        beat = self._time % _BEAT_S
        pressed = beat < 0.3
        stepped = int(self._time / _BEAT_S) + min(1.0, beat / _STEP_S)
        way = self.CELLS - 1
        outward = int(self._time / _BEAT_S) % (2 * way) < way
        key = self._services.input.label(Command.RIGHT if outward else Command.LEFT)
        half = box.h / 2
        upper = pygame.FRect(box.x, box.y, box.w, half - 8)
        lower = pygame.FRect(box.x, box.y + half + 8, box.w, half - 8)
        self._lane(painter, upper, "Step by step", stepped, walking=beat < _STEP_S)
        if key:
            high = painter.line_height(BODY)
            draw_keycap(painter, key, box.right, upper.y + high / 2 + (2 if pressed else 0))
        self._lane(painter, lower, "Live", self._time * TICKS_A_SECOND / 2, walking=True)
        side = painter.line_height(BODY)
        painter.sprite("icons/clock", (box.right - side / 2, lower.y + side / 2), (side, side))

    def _lane(
        self, painter: Painter, box: pygame.FRect, name: str, walked: float, *, walking: bool
    ) -> None:
        """Draw a strip of town between two houses, and somebody who walks to and fro."""
        colors = painter.palette
        painter.text(name, box.topleft, BODY, colors.text, font="bold")
        top = box.y + painter.line_height(BODY, font="bold") + 10
        side = min(box.w / self.CELLS, (box.bottom - top) / 1.3)
        left, top = box.centerx - side * self.CELLS / 2, top + side * 0.3
        painter.rect((left, top, side * self.CELLS, side), _GRASS[0], radius=12)
        for k in range(1, self.CELLS, 2):
            painter.rect((left + k * side, top, side, side), _GRASS[1])
        for kind, k in (("bed", 0), ("fridge", self.CELLS - 1)):
            spot = (left + (k + 0.5) * side, top + side * 0.28)
            painter.sprite(f"buildings/{kind}", spot, (side * 1.1, side * 1.28))
        way = self.CELLS - 1
        there = (math.ceil(walked) if painter.reduced_motion else walked) % (2 * way)
        facing, x = ("right", there) if there < way else ("left", 2 * way - there)
        person = Person(0, 0, facing, "walk" if walking else "idle", phase=self._time)
        spot = (left + (x + 0.5) * side, top + side * 0.52)
        draw_person(painter, person, spot, side * 0.9, reduced_motion=painter.reduced_motion)


class Stars:
    """What the three stars of a level ask for, and a score on its way to par."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._time = 0.0

    def update(self, dt: float) -> None:
        """Let time pass."""
        self._time += dt

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the stars with their conditions, and below them the bar."""
        colors = painter.palette
        share = 0.85 if painter.reduced_motion else min(1.0, self._time % 6 / 4)
        high = box.h * 0.21
        for count, text in enumerate(star_rules(self._level), start=1):
            y = box.y + (count - 1) * high
            size = min(34.0, high * 0.5)
            draw_stars(painter, (box.x + size * 1.75, y + high / 2), size, count)
            left = box.x + size * 3.5 + 20
            room, em = box.right - left, BODY
            while em > 10 and painter.measure(text, em, wrap=room)[1] > high:
                em -= 0.5
            at = (left, y + high / 2)
            painter.text(text, at, em, colors.text, anchor="midleft", wrap=room)
        bar = pygame.FRect(box.x, box.y + box.h * 0.82, box.w, 26)
        draw_progress(painter, bar, share * 0.98, colors.accent, tick=0.9)
        line = painter.line_height(SMALL)
        x = bar.x + bar.w * 0.9
        painter.text("Par", (x, bar.y - line - 4), SMALL, colors.text, anchor="midtop", font="bold")
        at = (bar.x, bar.y - line - 4)
        painter.text("Your score", at, SMALL, colors.muted)


class Keys:
    """A table of what to press on the keyboard and on a gamepad, as bound now."""

    ROWS = (
        (Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT),
        (Command.INTERACT,),
        (Command.TEMPO,),
        (Command.SLOWER, Command.FASTER),
        (Command.STEP,),
        (Command.RESTART,),
        (Command.NEW_TOWN,),
        (Command.PAUSE,),
    )
    NAMES = ("Walk", "", "", "Slower, faster", "", "", "", "")

    def __init__(self, services: Services) -> None:
        self._services = services

    def update(self, dt: float) -> None:
        """Keys stand still."""

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw a row for each thing to do."""
        colors = painter.palette
        cap = painter.line_height(SMALL) + 10
        rows = min(len(self.ROWS), int((box.h - cap) / cap))
        high = min(50.0, (box.h - cap) / rows)
        name = box.w * 0.36
        middle = box.x + name + (box.w - name) * 0.58
        for icon, right in (("keyboard", middle), ("gamepad", box.right)):
            painter.sprite(f"icons/{icon}", (right - cap / 2, box.y + cap / 2), (cap, cap * 0.8))
        for k, commands in enumerate(self.ROWS[:rows]):
            y = box.y + cap + (k + 0.5) * high
            if k % 2 == 0:
                shade = (box.x - 8, y - high / 2, box.w + 16, high)
                painter.rect(shade, (*colors.panel_raised, 130), radius=10)
            words = self.NAMES[k] or commands[0].value
            painter.text(words, (box.x, y), SMALL, colors.text, anchor="midleft", fit=name - 8)
            self._caps(painter, commands, middle, y, box.x + name, pad=False)
            self._caps(painter, commands, box.right, y, middle + 8, pad=True)

    def _caps(
        self,
        painter: Painter,
        commands: tuple[Command, ...],
        right: float,
        y: float,
        left: float,
        *,
        pad: bool,
    ) -> None:
        """Draw the keycaps of `commands`, ending at `right`; those that don't fit are left out."""
        device = self._services.input.pad if pad else self._services.input.keys
        label = self._services.input.label
        names = [label(c, "gamepad" if pad else "keyboard") for c in commands if device.names(c)]
        if len(names) == 4 and all(name.startswith("D-pad ") for name in names):
            names = ["D-pad"]
        elif len(names) == 4 and all(len(name) == 1 for name in names):
            names = ["".join(names)]
        for name in reversed(names):
            wide = painter.measure(name, SMALL, font="bold")[0] + 16
            if right - wide < left:
                return
            right = draw_keycap(painter, name, right, y).left - 5
