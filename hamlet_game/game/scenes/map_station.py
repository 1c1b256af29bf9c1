"""A station of the level map: a house, a medal with the level's number, and a plate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.scenes.map_land import HOUSE
from hamlet_game.game.theme import darker, lighter, mix
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.score_models import LevelScore
    from hamlet_game.town.catalog import Entry

MEDAL = 27.0  # radius
_PAD = 12.0
_PLATE_GAP = 9.0  # from medal to plate


class Station(Widget):
    """One level on the map. A locked or broken one can be looked at but not entered."""

    starless = False  # nothing is to be earned here

    def __init__(
        self,
        entry: Entry,
        number: int,
        house: str,
        score: LevelScore,
        *,
        closed: str,
        on_press: Callable[[Station], Transition | None],
    ) -> None:
        goal = entry.level.goal if entry.level else ""
        super().__init__(hint=closed or goal, enabled=not closed)
        self.entry, self.number, self.score = entry, number, score
        self._house = house  # the kind of building that stands here
        self.closed = closed  # why it can't be entered, "" where it can
        self.at: Point = (0.0, 0.0)  # the medal's middle, canvas units
        self._on_press = on_press
        self.radius = 18.0

    @property
    def name(self) -> str:
        """Return the level's name; a broken file has only the file's."""
        return self.entry.level.name if self.entry.level else self.entry.file.name

    @property
    def _status(self) -> str:
        if self.entry.level is None:
            return "Can't be played"
        if self.closed:
            return self.closed
        if self.score.best is None and self.entry.level.people > 1:
            return f"Bonus: {self.entry.level.people} people"
        return "New" if self.score.best is None else f"Best {self.score.best:,.0f}"

    def press(self) -> Transition | None:
        """Open the level's card."""
        return self._on_press(self)

    def plate_height(self, painter: Painter) -> float:
        """Return the height of the plate below the medal."""
        name = painter.line_height(BODY, font="bold")
        return name + self._star_size(painter) + painter.line_height(SMALL) + _PAD + 10

    def _star_size(self, painter: Painter) -> float:
        return 21 * (0.5 + 0.5 * painter.text_scale)

    def place(self, painter: Painter, at: Point, room: float) -> None:
        """Stand at `at`, no wider than `room`; the box is medal and plate."""
        self.at = at
        words = max(
            painter.measure(self.name, BODY, font="bold")[0],
            painter.measure(self._status, SMALL)[0] if self.enabled else 150 * painter.text_scale,
            4 * self._star_size(painter),
        )
        wide = min(room, words + 2 * _PAD + 8)
        top = at[1] + MEDAL + _PLATE_GAP
        self.box = pygame.FRect(at[0] - wide / 2, top, wide, self.plate_height(painter))

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:
        """Draw the house, the medal on the path, and the plate; nothing out of sight."""
        if self.box.right < 0 or self.box.left > painter.size[0]:
            return
        x, y = self.at
        house = (x, y - MEDAL - HOUSE[1] / 2 + 22)
        painter.sprite(f"buildings/{self._house}", house, HOUSE, alpha=255 if self.enabled else 120)
        self._draw_medal(painter, focused=focused, hot=hot)
        self._draw_plate(painter, focused=focused)

    def _draw_medal(self, painter: Painter, *, focused: bool, hot: bool) -> None:
        colors = painter.palette
        face = colors.accent if self.enabled else colors.faint
        x, y = self.at[0], self.at[1] + (2 if hot else 0)
        grown = MEDAL + (3 if focused else 0)
        painter.circle((x, y + 4), grown + 2, (30, 40, 30, 90))
        painter.circle((x, y), grown, (255, 250, 238) if self.enabled else (214, 218, 222))
        painter.circle((x, y), grown - 4, darker(face, 0.24))
        painter.circle((x, y - 1.5), grown - 5, lighter(face, 0.12))
        if self.starless:
            painter.sprite("icons/home", (x, y - 1), (28, 28), tint=colors.accent_text)
        elif self.enabled:
            text = str(self.number)
            at = (x, y - 1)
            painter.text(
                text, at, 25, colors.accent_text, anchor="center", font="display", fixed=True
            )
        else:
            icon = "lock" if self.entry.level else "warning"
            painter.sprite(f"icons/{icon}", (x, y - 1), (28, 28))

    def _draw_plate(self, painter: Painter, *, focused: bool) -> None:
        colors, box = painter.palette, self.box
        painter.shadow(box.move(0, 3), (20, 30, 20, 110), radius=16, blur=10)
        ground = lighter(colors.panel, 0.07) if focused else colors.panel
        if not self.enabled:
            ground = mix(ground, (120, 150, 120), 0.2)
        painter.rect(box, ground, radius=16)
        ink = colors.text if self.enabled else colors.muted
        top = box.y + _PAD / 2 + 2
        room = box.w - 2 * _PAD
        at = (box.centerx, top)
        name = painter.text(self.name, at, BODY, ink, anchor="midtop", font="bold", fit=room)
        top += painter.line_height(BODY, font="bold")
        size = self._star_size(painter)
        if not self.enabled:
            middle = (box.centerx, (top + box.bottom - _PAD / 2) / 2)
            painter.text(
                self._status,
                middle,
                SMALL,
                colors.muted,
                anchor="center",
                wrap=room + 4,
                align="center",
            )
            return
        if self.starless:
            icon = (name.centerx, top + size / 2)
            painter.sprite("icons/compass", icon, (size, size))
        else:
            draw_stars(painter, (name.centerx, top + size / 2), size, self.score.stars)
        tone = colors.accent if self.score.best is None else colors.muted
        at = (box.centerx, top + size + 2)
        painter.text(self._status, at, SMALL, tone, anchor="midtop", fit=room)


class CityStation(Station):
    """The city beyond the last stage: a place to look at, without stars or a number to reach."""

    starless = True

    @property
    def _status(self) -> str:
        return "Sandbox"
