"""How long each shipped brain lives, from the newborn to the master, as measured when made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.scenes.help_lessons import small

if TYPE_CHECKING:
    from hamlet_game.game.demo.cast import Cast
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level

_GROW_S: Final = 0.5  # seconds a bar takes to grow
_HOLD_S: Final = 5.0  # all of them are seen


class Stages:
    """A row for each brain: who, and the steps it lives on average in towns it never saw."""

    def __init__(self, cast: Cast, level: Level) -> None:
        self._cast, self._level = cast, level
        self._time = 0.0

    def update(self, dt: float) -> None:
        """Let the bars grow one after the other, again and again."""
        whole = _GROW_S * len(self._cast.members) + _HOLD_S
        self._time = (self._time + dt) % whole

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the rows, newborn first."""
        colors, size = painter.palette, small(painter)
        line = painter.line_height(size, fixed=True)
        members = self._cast.members
        high = min(72.0, (box.h - line - 8) / len(members))
        head = f"Steps lived, of {self._level.steps}"
        top = box.y + (box.h - line - 8 - high * len(members)) / 2
        painter.text(head, (box.x, top), size, colors.muted, fit=box.w, fixed=True)
        names = [member.player.name for member in members]
        wide = high + max(painter.measure(n, size, font="bold", fixed=True)[0] for n in names)
        number = painter.measure(f"{self._level.steps}", size, font="bold", fixed=True)[0] + 14
        for row, member in enumerate(members):
            y = top + line + 8 + (row + 0.5) * high
            grown = min(1.0, max(0.0, self._time / _GROW_S - row))
            grown = 1.0 if painter.reduced_motion else 1 - (1 - grown) ** 2
            steps = member.survival(self._level)
            person = Person(0, 0, pose="idle", phase=self._time + row, look=member.player.look)
            still = painter.reduced_motion
            draw_person(painter, person, (box.x + high * 0.36, y), high, reduced_motion=still)
            at = (box.x + high * 0.8, y)
            painter.text(
                names[row], at, size, colors.text, anchor="midleft", font="bold", fixed=True
            )
            track = pygame.FRect(box.x + wide + 6, 0, box.w - wide - 6 - number, high * 0.42)
            track.centery = y
            painter.rect(track, colors.track, radius=track.h / 2)
            bar = track.copy()
            bar.w = max(track.h, track.w * min(1.0, steps / self._level.steps) * grown)
            best = row == len(members) - 1
            painter.rect(bar, colors.good if best else colors.accent, radius=track.h / 2)
            at, ink = (box.right, y), colors.text if grown else colors.muted
            said = f"{steps * grown:.0f}"
            painter.text(said, at, size, ink, anchor="midright", font="bold", fixed=True)
