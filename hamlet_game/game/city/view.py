"""How the city looks: the view of it, what floats over it, and the column of charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
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
from hamlet_game.game.foot import draw_foot, foot_height
from hamlet_game.game.insight.sheet import kept_sheet
from hamlet_game.game.play.blocks import Block, stack
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.scenes.menu_look import Hint
from hamlet_game.game.transport import Key, Transport
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.city.following import Following
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.city import CityScene

_COLUMN = 312.0  # width of the charts at 100 % text size
_WIDEST = 440.0
_EDGE = 12.0
_MAP = 150.0
_UPRIGHT_VIEW = 0.5  # of an upright canvas's height
_INNER = 40.0  # what a card takes of its box's height and width
_CHARTS_EVERY = 2  # ticks; they are drawn anew no more often
_DAWN = 0.06  # of a day: when the city is founded


def _column_width(painter: Painter) -> float:
    return min(_WIDEST, _COLUMN * max(1.0, painter.text_scale))


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
        """Draw what the feed shows: the city, what is to be said about it, or both."""
        settings = self._scene.services.settings
        stream.backdrop(painter, settings)
        feed = stream.feed(self._scene.services)
        view, column, foot = self._lay_out(painter, bare=feed.clean)
        settled = self.camera.view.size == view.size and not self._fresh
        self.camera.view, self.camera.scale = view, painter.scale
        self.camera.still = painter.reduced_motion
        if not settled:
            self.camera.settle()
        with painter.clip(view):
            if feed.picture:
                self._picture(painter, view)
            if feed.panels:
                self._laid_on(painter, view)
            else:
                self.minimap.hide()
        self.transport.clear()
        if feed.panels:
            self._draw_column(painter, column)
        if feed.panels and feed.picture:
            draw_foot(
                painter, self._scene.services, foot,
                transport=self.transport, keys=self._keys(), hints=self._hints(),
            )  # fmt: skip

    def _picture(self, painter: Painter, view: pygame.FRect) -> None:
        """Draw the city as it is seen from where the camera is."""
        scene, city, lens = self._scene, self._scene.city, self.camera.lens()
        surface, still = painter.surface, painter.reduced_motion
        self._tiles.draw(surface, lens, patient=self._fresh)
        self.crowd.draw(
            surface, lens, city, scene.part, scene.time,
            reduced_motion=still, patient=self._fresh,
        )  # fmt: skip
        self._lights.draw(surface, lens, self._day())
        self._lights.signs(surface, lens, city.shown, scene.part, reduced_motion=still)
        if scene.following is not None:
            at = self.crowd.places(city.shown, scene.part)
            draw_followed(painter, view, lens, city, scene.following, at=at, part=scene.part)
        self._fresh = False

    def _laid_on(self, painter: Painter, view: pygame.FRect) -> None:
        """Draw what lies on the picture: the day, the map and the news."""
        scene, city, day = self._scene, self._scene.city, self._day()
        solid = scene.services.settings.chroma  # else the key colour would shine through
        draw_header(painter, view, city, day, solid=solid)
        side = min(_MAP, view.h * 0.3)
        box = pygame.FRect(view.x + _EDGE, view.bottom - _EDGE - side, side, side)
        overview = self._tiles.overview(painter.surface)
        at = self.crowd.places(city.shown, scene.part)
        self.minimap.draw(
            painter, box, overview, self.camera.lens(), moment=city.shown, at=at, day=day
        )
        right = pygame.FRect(
            box.right + _EDGE, view.y, view.right - box.right - 2 * _EDGE, view.h - _EDGE
        )
        painter.quiet = draw_news(painter, right, city, solid=solid)

    def _day(self) -> float:
        return day_share(self._scene.city.shown.tick + self._scene.part)

    # Where things are.
    def _lay_out(
        self, painter: Painter, *, bare: bool
    ) -> tuple[pygame.FRect, pygame.FRect, pygame.FRect]:
        """Return the view of the city, the charts' place, and the foot; `bare`: the view alone."""
        wide, high = painter.size
        if bare:
            nothing = pygame.FRect(0, high, 0, 0)
            return pygame.FRect(0, 0, wide, high), nothing, nothing
        low = foot_height(painter)
        foot = pygame.FRect(_EDGE, high - low, wide - 2 * _EDGE, low)
        if high > wide:
            view = pygame.FRect(0, 0, wide, high * _UPRIGHT_VIEW)
            column = pygame.FRect(_EDGE, view.bottom + _EDGE, foot.w, foot.y - view.bottom - _EDGE)
            return view, column, foot
        across = _column_width(painter)
        view = pygame.FRect(0, 0, wide - across - 2 * _EDGE, high - low)
        column = pygame.FRect(view.right + _EDGE, _EDGE, across, high - low - _EDGE)
        return view, column, foot

    # The column.
    def _draw_column(self, painter: Painter, box: pygame.FRect) -> None:
        scene, city = self._scene, self._scene.city
        rest = box
        if scene.following is not None:
            rest = self._beside_person(painter, box, scene.following)
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

    def _beside_person(self, painter: Painter, box: pygame.FRect, who: Following) -> pygame.FRect:
        """Draw the card of who is followed; return what it leaves, below or beside it."""
        city = self._scene.city
        if box.w < 2 * _column_width(painter):
            top = draw_person_card(painter, box, city, who) + 10
            return pygame.FRect(box.x, top, box.w, box.bottom - top)
        half = (box.w - 10) / 2
        draw_person_card(painter, pygame.FRect(box.x, box.y, half, box.h), city, who)
        return pygame.FRect(box.right - half, box.y, half, box.h)

    # The foot.
    def _keys(self) -> list[Key]:
        return [
            (Command.PREVIOUS_EVENT, "−"),
            (Command.NEXT_EVENT, "+"),
            (Command.GHOST, "compass"),
            (Command.SLOWER, "rewind"),
            (None, speed_text(self._scene.speed)),
            (Command.FASTER, "fast"),
            (Command.FREEZE, "play" if self._scene.paused else "pause"),
            (Command.STEP, "step"),
            (Command.PAUSE, "gear"),
        ]

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
