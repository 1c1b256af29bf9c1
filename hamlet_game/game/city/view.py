"""How the city looks: the view of it, what floats over it, and the column of charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.city.camera import Camera
from hamlet_game.game.city.charts import causes_block, population_block, wealth_block
from hamlet_game.game.city.city import DAY_TICKS, MOURNING
from hamlet_game.game.city.crowd import Crowd
from hamlet_game.game.city.lights import Lights
from hamlet_game.game.city.minimap import Minimap
from hamlet_game.game.city.overlays import draw_followed, draw_header, draw_news
from hamlet_game.game.city.person_card import draw_person_card
from hamlet_game.game.city.plan import Plan
from hamlet_game.game.city.tiles import Tiles
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.insight.sheet import kept_sheet
from hamlet_game.game.play.blocks import Block, stack
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.transport import SIDE, Key, Transport
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.city import CityScene

_COLUMN = 312.0  # width of the charts at 100 % text size
_WIDEST = 440.0
_EDGE = 12.0
_MAP = 150.0
_AIR = 8.0
_INNER = 40.0  # what a card takes of its box's height and width
_CHARTS_EVERY = 2  # ticks; they are drawn anew no more often
_DAWN = 0.06  # of a day: when the city is founded


def day_share(tick: float) -> float:
    """Return the time of day at a tick, 0..1, 0 at 6:00."""
    return (tick / DAY_TICKS + _DAWN) % 1.0


class CityView:
    """Draws a city. It keeps pictures, the camera, and where its buttons are."""

    def __init__(self, scene: CityScene) -> None:
        city = scene.city
        self._scene = scene
        level = city.level
        self.plan = Plan.of(level.width, level.height, city.town.places(), city.town_seed)
        self.camera = Camera(level.width, level.height, pygame.FRect(0, 0, 968, 660))
        self.crowd = Crowd(city)
        self.minimap = Minimap(level.width, level.height)
        self.transport = Transport()
        self._tiles, self._lights = Tiles(self.plan), Lights(self.plan)
        self._fresh = True  # nothing is drawn yet: the first picture may take a moment

    def draw(self, painter: Painter) -> None:
        """Draw everything."""
        scene, city = self._scene, self._scene.city
        painter.fill(painter.palette.night)
        view, column, foot = self._lay_out(painter)
        self.camera.view, self.camera.scale = view, painter.scale
        self.camera.still = painter.reduced_motion
        if self._fresh:
            self.camera.settle()
        lens = self.camera.lens()
        day = day_share(city.shown.tick + scene.part)
        surface = painter.surface
        with painter.clip(view):
            self._tiles.draw(surface, lens, patient=self._fresh)
            self.crowd.draw(
                surface, lens, city, scene.part, scene.time,
                reduced_motion=painter.reduced_motion, patient=self._fresh,
            )  # fmt: skip
            self._lights.draw(surface, lens, day)
            self._lights.signs(
                surface, lens, city.shown, scene.part, reduced_motion=painter.reduced_motion
            )
            at = self.crowd.places(city.shown, scene.part)
            if scene.following is not None:
                draw_followed(painter, view, lens, city, scene.following, at=at, part=scene.part)
            draw_header(painter, view, city, day)
            side = min(_MAP, view.h * 0.3)
            box = pygame.FRect(view.x + _EDGE, view.bottom - _EDGE - side, side, side)
            overview = self._tiles.overview(surface)
            self.minimap.draw(painter, box, overview, lens, moment=city.shown, at=at, day=day)
            right = pygame.FRect(
                box.right + _EDGE, view.y, view.right - box.right - 2 * _EDGE, view.h - _EDGE
            )
            painter.quiet = draw_news(painter, right, city)
        self._fresh = False
        self._draw_column(painter, column)
        self._draw_foot(painter, foot)

    # Where things are.
    def _lay_out(self, painter: Painter) -> tuple[pygame.FRect, pygame.FRect, pygame.FRect]:
        """Return the view of the city, the column of charts, and the foot."""
        wide, high = painter.size
        across = min(_WIDEST, _COLUMN * max(1.0, painter.text_scale))
        foot = max(SIDE, painter.line_height(SMALL)) + 2 * _AIR
        view = pygame.FRect(0, 0, wide - across - 2 * _EDGE, high - foot)
        column = pygame.FRect(view.right + _EDGE, _EDGE, across, high - foot - _EDGE)
        return view, column, pygame.FRect(_EDGE, high - foot, wide - 2 * _EDGE, foot)

    # The column.
    def _draw_column(self, painter: Painter, box: pygame.FRect) -> None:
        scene, city = self._scene, self._scene.city
        top = box.y
        if scene.following is not None:
            top = draw_person_card(painter, box, city, scene.following) + 10
        rest = pygame.FRect(box.x, top, box.w, box.bottom - top)
        census = city.census

        def blocks(brush: Painter, high: float) -> list[Block]:
            charts = [
                population_block(brush, census, city.people, high),
                wealth_block(brush, census, high),
                causes_block(brush, census),
            ]
            notes = self._notes(brush, rest.w - _INNER)
            room = rest.h - _INNER
            shown = [*charts, notes]
            # The least needed goes first: the notes, then the chart lowest down.
            while shown and stack(shown, 14).height > room:
                shown.pop()
            return shown

        def paint(brush: Painter) -> None:
            shown = blocks(brush, 60.0)
            spare = rest.h - _INNER - stack(shown, 14).height
            plots = min(2, len(shown))
            shown = blocks(brush, 60.0 + max(0.0, spare) / plots - 1) if plots else []
            inner = rest.inflate(-_INNER, -_INNER)
            stack(shown, 14).draw(inner)

        if rest.h > 120:
            tick = city.shown.tick // _CHARTS_EVERY
            key = (tick, city.newcomers, city.player.name, tuple(rest), id(city))
            kept_sheet(painter, rest, key, paint)

    def _notes(self, painter: Painter, wide: float) -> Block:
        """Return the rules of the house: who decides, and whether newcomers come."""
        city = self._scene.city
        on = f"newcomers after {MOURNING} ticks" if city.newcomers else "newcomers: off"
        text = f"One brain for all: {city.player.name} · {on}"
        high = painter.measure(text, SMALL, wrap=wide)[1]

        def draw(box: pygame.FRect) -> None:
            painter.text(text, box.topleft, SMALL, painter.palette.muted, wrap=box.w)

        return Block(high, draw)

    # The foot.
    def _draw_foot(self, painter: Painter, box: pygame.FRect) -> None:
        scene = self._scene
        keys: list[Key] = [
            (Command.PREVIOUS_EVENT, "−"),
            (Command.NEXT_EVENT, "+"),
            (Command.GHOST, "compass"),
            (Command.SLOWER, "rewind"),
            (None, speed_text(scene.speed)),
            (Command.FASTER, "fast"),
            (Command.FREEZE, "play" if scene.paused else "pause"),
            (Command.STEP, "step"),
            (Command.PAUSE, "gear"),
        ]
        room = len(keys) * (SIDE + 8) + SIDE / 2
        center = (box.right - room / 2, box.centery)
        self.transport.draw(painter, center, keys, Command.FREEZE)
        left = pygame.FRect(box.x, box.y, box.w - room - 16, box.h)
        draw_hints(painter, scene.services, self._hints(), at=left.center, room=left.w)

    def _hints(self) -> list[Hint]:
        scene = self._scene
        pad = scene.services.input.last_device == "gamepad"
        hints: list[Hint] = [
            (DIRECTIONS, "look around"),
            ((Command.PREVIOUS_EVENT, Command.NEXT_EVENT), "zoom"),
            (Command.CONFIRM, "follow"),
        ]
        if scene.following is not None:
            hints[2] = (Command.BACK, "let go")
        hints.append((Command.GHOST, "who else?"))
        hints.append(
            (Command.TEMPO if pad else Command.FREEZE, "go on" if scene.paused else "stop")
        )
        hints.append(((Command.SLOWER, Command.FASTER), "speed"))
        return [*hints, (Command.NEW_TOWN, "newcomers"), (Command.PAUSE, "menu")]
