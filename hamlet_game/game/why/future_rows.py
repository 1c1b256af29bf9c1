"""A line of the table of futures: the action, how long one lives after it, and the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.words import action_name
from hamlet_game.game.theme import lighter, mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, SMALL, Widget
from hamlet_game.game.why.ghosts import ICONS, color_of
from hamlet_game.game.why.words import fate

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.what_if import WhatIfScene
    from hamlet_game.game.why.futures import Future
    from hamlet_game.town.names import Action

_PAD = 14.0
_BAR = 9.0


class FutureRow(Widget):
    """Follows its future while it has the focus; a press shows all of them again."""

    radius = 16.0

    def __init__(self, scene: WhatIfScene, action: Action, *, done: bool) -> None:
        super().__init__()
        self.action = action
        self.name = action_name(action)
        self._scene, self._done = scene, done

    @property
    def future(self) -> Future | None:
        """Return its future, None while that is worked out."""
        found = self._scene.futures.all
        return found[self.action] if found else None

    def press(self) -> None:
        """Show the futures again."""
        self._scene.again()

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the line; the best future has a star, and what was done says so."""
        colors, box = painter.palette, self.box
        tone = color_of(colors, self.action)
        ground = lighter(colors.panel_raised, 0.04) if focused else mix(colors.panel, tone, 0.07)
        painter.rect(box, ground, radius=self.radius)
        side = min(box.h - 20, painter.line_height(BODY) * 1.7)
        badge = pygame.FRect(box.x + _PAD, 0, side, side)
        badge.centery = box.centery
        painter.circle(badge.center, side / 2, tone)
        painter.sprite(icon_sprite(ICONS[self.action]), badge.center, (side * 0.7, side * 0.7))
        inner = pygame.FRect(badge.right + 14, box.y, box.right - _PAD - badge.right - 14, box.h)
        self._words(painter, inner)

    def _words(self, painter: Painter, box: pygame.FRect) -> None:
        colors, future = painter.palette, self.future
        high = painter.line_height(BODY, font="bold")
        small = painter.line_height(SMALL)
        top = box.centery - (high + small + _BAR + 8) / 2
        slim = high + small + _BAR + 12 > box.h
        if slim:
            top = box.centery - (high + _BAR + 4) / 2
        name = self.name.capitalize() + (" · done" if self._done else "")
        right = box.right
        if future is not None:
            right = self._score(painter, future, (box.right, top + high / 2))
        painter.text(
            name, (box.x, top + high / 2), BODY, colors.text,
            anchor="midleft", font="bold", fit=max(30.0, right - box.x - 10),
        )  # fmt: skip
        if not slim:
            words = "looking ahead…" if future is None else fate(future.survival, future.cause)
            at = (box.x, top + high + small / 2 + 1)
            alive = future is not None and future.alive
            ink = colors.muted if future is None else colors.good if alive else colors.danger
            painter.text(words, at, SMALL, ink, anchor="midleft", fit=box.w)
        if future is not None:
            bar = pygame.FRect(box.x, box.y, box.w, _BAR)
            bar.y = top + high + (4 if slim else small + 6)
            self._bar(painter, future, bar)

    def _score(self, painter: Painter, future: Future, at: tuple[float, float]) -> float:
        """Draw the score, with a star if no future is better; return the left edge."""
        colors = painter.palette
        words = f"{future.points:.0f}"
        left = painter.text(words, at, BODY, colors.text, anchor="midright", font="bold").left
        icon = "star_full" if future is self._scene.futures.best else ""
        icon = icon or ("heart" if future.alive else "faint")
        side = painter.line_height(BODY) * 0.95
        painter.sprite(icon_sprite(icon), (left - 8 - side / 2, at[1]), (side, side))
        return left - 8 - side

    def _bar(self, painter: Painter, future: Future, box: pygame.FRect) -> None:
        """Draw how long the life lasts, from the moment to the level's end."""
        colors, scene = painter.palette, self._scene
        steps, start = scene.record.level.steps, scene.step
        span = max(1, steps - start)
        painter.rect(box, colors.track, radius=box.h / 2)
        lived = box.w * (future.survival - start) / span
        tone = color_of(colors, self.action)
        painter.rect((box.x, box.y, max(box.h, lived), box.h), tone, radius=box.h / 2)
        at = box.x + box.w * (min(scene.head.at, future.survival) - start) / span
        painter.circle((at, box.centery), box.h * 0.75, colors.text)
