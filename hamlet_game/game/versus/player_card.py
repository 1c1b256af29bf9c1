"""A card to choose a player with: a portrait, a line, and how strong they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.roster import PLANNER, Entry
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.theme import lighter
from hamlet_game.game.ui.look import arrow
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.widget import HEADING, SMALL, Widget
from hamlet_game.game.versus.contestants import PERSON
from hamlet_game.game.versus.portrait import draw_portrait, tint_of

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.versus.strength import Strength

_PAD = 16.0
_ARROW = 20.0
_ASIDE = 66.0  # an arrow's hit area
_BAR = 12.0
_LEAST_PORTRAIT, _MOST_PORTRAIT = 56.0, 190.0


class PlayerCard(Widget):
    """Steps through the players with LEFT and RIGHT."""

    sideways = True
    radius = 22.0

    def __init__(
        self,
        name: str,
        players: Sequence[Entry],
        word: str,
        on_change: Callable[[], Transition | None],
        *,
        hint: str = "",
    ) -> None:
        """`word`: who is shown at first; one that is not among the players joins them."""
        super().__init__(hint=hint)
        self.name = name  # of the seat, such as "Opponent"
        self.players = list(players)
        self.index = next((k for k, entry in enumerate(players) if entry.word == word), 0)
        self.on_change = on_change
        self.strength: Strength | None = None  # of the one shown; None: still being measured
        self.note = ""  # how often the two have met

    @property
    def entry(self) -> Entry:
        """Return who is chosen."""
        return self.players[self.index]

    def choose(self, index: int) -> Transition | None:
        """Show another player; the list is a ring."""
        self.index = index % len(self.players)
        self.strength = None
        return self.on_change()

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Show the player before or after."""
        back = isinstance(event, Press) and event.direction is Command.LEFT
        return self.choose(self.index + (-1 if back else 1))

    def press(self) -> Transition | None:
        """Show the player after."""
        return self.choose(self.index + 1)

    def pointer(self, event: Pointer) -> Transition | None:
        """Go back on a click at the left, on anywhere else."""
        if event.kind is not PointerKind.DOWN:
            return None
        return self.choose(self.index + (-1 if event.x < self.box.x + _ASIDE else 1))

    def least_height(self, painter: Painter) -> float:
        """Return the height below which its words would not fit."""
        return _LEAST_PORTRAIT + self._words(painter) + 2 * _PAD + 8

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for a portrait and the words below it."""
        return 320.0, _MOST_PORTRAIT + self._words(painter) + 2 * _PAD

    def _words(self, painter: Painter) -> float:
        name = painter.line_height(HEADING, font="display")
        line = painter.line_height(SMALL)
        return name + 2 * line + 6 + _BAR + 8 + line

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card; its portrait takes what the words leave."""
        colors, entry = painter.palette, self.entry
        tint = tint_of(painter, entry.look)
        painter.shadow(self.box.move(0, 5), colors.shadow, radius=self.radius, blur=14)
        edge = tint if focused else lighter(colors.panel_edge, 0.05)
        painter.rect(self.box, edge, radius=self.radius)
        painter.rect(self.box.inflate(-4, -4), colors.panel, radius=self.radius - 2)
        inner = self.box.inflate(-2 * _PAD, -2 * _PAD)
        high = inner.h - self._words(painter)
        tile = pygame.FRect(inner.x, inner.y, inner.w, max(_LEAST_PORTRAIT, high - 10))
        pose = "walk" if focused else "idle"
        draw_portrait(painter, tile, entry.look, pose=pose, time=painter.now)
        ink = colors.accent if focused else colors.muted
        for x, toward in ((inner.x + 24, Command.LEFT), (inner.right - 24, Command.RIGHT)):
            arrow(painter, (x, tile.centery), _ARROW, toward, ink)
        self._write(painter, pygame.FRect(inner.x, inner.bottom - self._words(painter), inner.w, 0))

    def _write(self, painter: Painter, box: pygame.FRect) -> None:
        """Write name, detail and strength from the box's top on."""
        colors, entry, x = painter.palette, self.entry, box.centerx
        name = painter.text(
            entry.name, (x, box.y), HEADING, colors.text,
            anchor="midtop", font="display", fit=box.w,
        )  # fmt: skip
        lines = 2 * painter.line_height(SMALL)
        top = box.y + painter.line_height(HEADING, font="display")
        detail = entry.detail
        wrap = box.w if painter.measure(detail, SMALL, wrap=box.w)[1] <= lines + 2 else None
        if wrap is None:
            painter.text(detail, (x, top), SMALL, colors.muted, anchor="midtop", fit=box.w)
        else:
            painter.text(
                detail, (x, top), SMALL, colors.muted, anchor="midtop", wrap=wrap, align="center"
            )
        bar = pygame.FRect(box.x + 4, max(name.bottom, top) + lines + 6, box.w - 8, _BAR)
        share, words = self._told()
        if entry.word != PERSON:
            draw_progress(painter, bar, share, tint_of(painter, entry.look))
        at = (x, bar.bottom + 6)
        painter.text(words, at, SMALL, colors.text, anchor="midtop", fit=box.w)

    def _told(self) -> tuple[float, str]:
        """Return how strong the player is, 0..1, and in words."""
        if self.entry.word == PERSON:
            return 0.0, self.note or "You hold the keys"
        if self.entry.word == PLANNER:
            return 1.0, "Sets par: the best life found"
        found = self.strength
        if found is None:
            return 0.0, "Measuring…"
        if found.trouble:
            return 0.0, found.trouble
        return found.share, f"Lives {found.survival:.0f} of {found.steps} steps on average"
