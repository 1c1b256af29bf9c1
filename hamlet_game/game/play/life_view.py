"""How the life scene looks: strip, town, overlays and panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.agents.company import YOU
from hamlet_game.game.draw.people import Person
from hamlet_game.game.draw.stage import FRAME, MARGINS
from hamlet_game.game.events import Command
from hamlet_game.game.play import needs
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.hud import Moment, draw_hud
from hamlet_game.game.play.keyhints import hint_block
from hamlet_game.game.play.neighbours import neighbours, stand_apart
from hamlet_game.game.play.notices import draw_notices
from hamlet_game.game.play.tags import tags
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.toolbar import Tool, Toolbar
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.ui.widget import HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.play.tutorial import Tutorial
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

_STRIP = pygame.FRect(20, 10, 636, 48)  # above the town
_AREA = pygame.FRect(20, 64, 636, 640)  # for the town
ALONE = pygame.FRect(294, 14, 692, 692)  # for the town where nothing else is shown
_PANEL = pygame.FRect(676, 16, 584, 688)
_LEAST = 0.5  # of the area's width and height, for the town of a narrow grid
_NEARLY = 0.94  # of the area: close enough to fill it
_MOST_TITLE = 1.25  # times the normal size; the strip is no taller


def town_box(level: Level, area: pygame.FRect = _AREA) -> pygame.FRect:
    """Return where a town is drawn, in canvas units: as much of its area as its grid can use."""
    left, top, right, bottom = MARGINS
    across, down = level.width + left + right, level.height + top + bottom
    side = min((area.w - 2 * FRAME) / across, (area.h - 2 * FRAME) / down)

    def length(cells: float, room: float) -> float:
        wanted = cells * side + 2 * FRAME
        return room if wanted > _NEARLY * room else max(wanted, _LEAST * room)

    box = pygame.FRect(0, 0, length(across, area.w), length(down, area.h))
    box.center = area.center
    return box


class LifeView:
    """Draws a life scene. It remembers nothing but where its buttons are."""

    def __init__(self, services: Services, level: Level) -> None:
        self._services = services
        self._area, self.town_box = _AREA, town_box(level)
        self._toolbar = Toolbar()
        self._number = pygame.FRect(0, 0, 0, 0)  # the town number, which can be clicked

    def command_at(self, point: Point, lessons: Tutorial | None = None) -> Command | None:
        """Return what a click at a point means, if it is on a button."""
        if lessons and lessons.skip_box.collidepoint(point):
            return Command.SKIP
        if not stream.feed(self._services).panels:
            return None
        if self._number.collidepoint(point):
            return Command.TOWN_NUMBER
        return self._toolbar.hit(point)

    def cell_at(self, life: LifeScene, point: Point) -> tuple[int, int] | None:
        """Return the town's cell at a point, None beside it and where it is not shown."""
        shown = stream.feed(self._services).picture
        return life.town.cell_at(self.town_box, point) if shown else None

    def draw(self, painter: Painter, life: LifeScene) -> None:
        """Draw everything."""
        stream.backdrop(painter, self._services.settings)
        feed = stream.feed(self._services)
        self._fit(life.level, ALONE if feed.clean else _AREA)
        if feed.picture:
            self._town(painter, life)
            card = draw_notices(painter, self._area, self.town_box, life)
            painter.quiet = _clear_of(card, self._area)
        if feed.panels:
            self._panels(painter, life)

    def _fit(self, level: Level, area: pygame.FRect) -> None:
        """Put the town into another area."""
        if area is not self._area:
            self._area, self.town_box = area, town_box(level, area)

    def _panels(self, painter: Painter, life: LifeScene) -> None:
        """Draw everything but the town."""
        self._strip(painter, life)
        session = life.session
        moment = Moment(
            life.record, life.ticker, life.record.survival, session.motion.part, life.par
        )
        hints = [hint_block(painter, self._services, session, lines) for lines in (2, 1)]
        spare = draw_hud(painter, _PANEL, moment, hints)
        painter.quiet = spare or painter.quiet

    # The town.
    def _town(self, painter: Painter, life: LifeScene) -> None:
        record, part = life.record, life.session.motion.part
        step = record.survival
        gone = max(0.0, step - 1 + part) if step else 0.0
        people = self._people(life)
        others = neighbours(record, step, part, time=life.time, rest=life.session.motion.rest)
        names = [ghost.name for ghost in life.session.ghosts]
        several = names not in ([], ["Ghost"])
        named = list(zip(people[1:], names, strict=False)) if several else []
        if others:
            named += [*others, (people[0], YOU)]
            stand_apart([people[0], *(person for person, _ in others)])
            people = [*(person for person, _ in others), *people]
        life.town.draw(
            painter,
            self.town_box,
            people=people,
            day=time_at(life.level, gone).share,
            usable=() if record.over else needs.usable(record, step, life.places),
            wanted=None if record.over else needs.wanted(record, step, life.places),
            effects=life.effects,
            time=life.time,
            reduced_motion=painter.reduced_motion,
            over=tags(life.town, self.town_box, named) if named else None,
        )
        self._hover(painter, life)

    def _people(self, life: LifeScene) -> list[Person]:
        session, record = life.session, life.record
        motion, step = session.motion, record.survival
        people = [person_at(record, step, motion.part, time=life.time, rest=motion.rest)]
        for ghost in session.ghosts if self._services.settings.ghost else ():
            there = ghost.at(step)
            part = motion.part if there == step else 1.0
            seen = person_at(
                ghost.record, there, part, time=life.time, rest=motion.rest, ghost=True
            )
            seen.tint = ghost.tint
            people.append(seen)
        return people

    def _hover(self, painter: Painter, life: LifeScene) -> None:
        """Mark the cell under the mouse, and where a clicked walk is going."""
        pointer = self._pointer()
        if pointer is None or life.record.over:
            return
        cell = life.town.cell_at(self.town_box, pointer)
        if cell is None:
            return
        side = life.town.cell_side(self.town_box)
        box = pygame.FRect(0, 0, side - 4, side - 4)
        box.center = life.town.cell_center(self.town_box, *cell)
        painter.rect(box, (255, 255, 255, 40), radius=side * 0.2)
        painter.rect(box, (255, 255, 255, 150), radius=side * 0.2, width=2)

    def _pointer(self) -> Point | None:
        """Return where the mouse is, while it is the device in use."""
        user = self._services.input
        return user.pointer if user.last_device == "mouse" else None

    # Above the town.
    def _strip(self, painter: Painter, life: LifeScene) -> None:
        left = self._toolbar.draw(
            painter, _STRIP.right, _STRIP.centery, self._tools(life), self._pointer()
        )
        grown = min(painter.text_scale, _MOST_TITLE)
        number, small = _whereabouts(life), SMALL * grown
        chip = painter.measure(number, small, fixed=True)[0] + 24
        room = left - _STRIP.x - chip - 22
        title = painter.text(
            life.level.name,
            (_STRIP.x + 4, _STRIP.centery),
            HEADING * grown,
            painter.palette.text,
            anchor="midleft",
            font="display",
            fit=room,
            fixed=True,
        )
        high = painter.line_height(small, fixed=True) + 6
        self._number = pygame.FRect(title.right + 12, _STRIP.centery - high / 2, chip, high)
        hot = self._pointer() is not None and self._number.collidepoint(
            self._services.input.pointer
        )
        face = painter.palette.panel_edge if hot else painter.palette.panel
        painter.rect(self._number, face, radius=high / 2)
        painter.text(
            number, self._number.center, small, painter.palette.muted, anchor="center", fixed=True
        )

    def _tools(self, life: LifeScene) -> list[Tool]:
        session, settings = life.session, self._services.settings
        if session.live:
            tools = [
                Tool(Command.TEMPO, "clock", "Live"),
                Tool(Command.SLOWER, "rewind"),
                Tool(None, text=speed_text(settings.speed)),
                Tool(Command.FASTER, "fast"),
                Tool(Command.FREEZE, "play" if session.frozen else "pause", lit=session.stopped),
                Tool(Command.STEP, "step"),
            ]
        else:
            tools = [Tool(Command.TEMPO, "step", "Step"), Tool(Command.RESTART, "restart")]
            tools.append(Tool(Command.NEW_TOWN, "dice"))
        if session.ghost is not None:
            tools.append(Tool(Command.GHOST, "ghost", lit=settings.ghost))
        return [*tools, Tool(Command.PAUSE, "gear")]


def _clear_of(card: pygame.FRect | None, area: pygame.FRect) -> pygame.FRect:
    """Return the part of an area above a card that lies in its lower half, or all of it."""
    if card is None or card.centery < area.centery + 1:
        return area
    return pygame.FRect(area.x, area.y, area.w, card.y - area.y)


def _whereabouts(life: LifeScene) -> str:
    """Return the town's number, and where the life was taken over if it was."""
    town = f"Town {life.town_seed}"
    return f"{town} · on from step {life.continued}" if life.continued else town
