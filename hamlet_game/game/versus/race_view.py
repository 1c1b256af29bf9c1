"""How a race looks: two towns, who lives there, the tug of war, meters and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.foot import draw_foot, foot_height
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.overlays import draw_message
from hamlet_game.game.scenes.menu_look import Hint
from hamlet_game.game.transport import Key, Transport
from hamlet_game.game.versus.advice import advice
from hamlet_game.game.versus.curtain import draw_curtain, draw_winner
from hamlet_game.game.versus.meters import draw_meters
from hamlet_game.game.versus.race import Stage
from hamlet_game.game.versus.race_header import centre_height, draw_centre, draw_head
from hamlet_game.game.versus.split import EDGE, Pane, panes, upright
from hamlet_game.game.versus.towns import Towns

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.scenes.versus import VersusScene
    from hamlet_game.game.versus.race import Race

_TOP = 9.0
_AIR = 8.0
_CENTRE = 420.0  # width of the tug of war


class RaceView:
    """Draws a race. It keeps the town's picture and where its keys are."""

    def __init__(self, towns: Towns) -> None:
        self.towns = towns
        self.transport = Transport()

    def cell_at(self, race: Race, point: Point) -> tuple[int, int] | None:
        """Return the cell of the person's own town at a point."""
        if race.person is None:
            return None
        return self.towns.cell_at(race.lanes.index(race.person), point)

    def draw(self, painter: Painter, scene: VersusScene) -> None:
        """Draw what the feed shows: the towns, what is to be said about them, or both."""
        stream.backdrop(painter, scene.services.settings)
        feed = stream.feed(scene.services)
        wide, high = painter.size
        heads = 0.0 if feed.clean else centre_height(painter)
        foot = EDGE if feed.clean else foot_height(painter)
        top = EDGE if feed.clean else _TOP + heads + _AIR
        area = pygame.FRect(EDGE, top, wide - 2 * EDGE, high - foot - top)
        above = heads if upright(painter) else 0.0
        race = scene.race
        lanes = panes(painter, race.level, len(race.lanes), area, above, bare=feed.clean)
        self.transport.clear()
        if feed.panels:
            self._panels(painter, scene, lanes, heads)
        if feed.picture:
            self._picture(painter, scene, lanes, area)
        if feed.panels and feed.picture:
            self._foot(painter, scene, pygame.FRect(EDGE, high - foot, wide - 2 * EDGE, foot))

    def _panels(
        self, painter: Painter, scene: VersusScene, lanes: list[Pane], heads: float
    ) -> None:
        """Draw names, the tug of war and meters."""
        race, match, wide = scene.race, scene.match, painter.size[0]
        settings, stacked = scene.services.settings, upright(painter)
        centre = pygame.FRect(0, _TOP, min(_CENTRE, wide - 2 * EDGE), heads)
        centre.centerx = wide / 2
        strip = centre if stacked else pygame.FRect(EDGE, _TOP, wide - 2 * EDGE, heads)
        stream.under(painter, settings, strip.inflate(2 * _AIR, 4))
        draw_centre(painter, centre, race, match)
        for index, (lane, pane) in enumerate(zip(race.lanes, lanes, strict=True)):
            head = pane.head if stacked else _corner(centre, wide, index)
            if stacked:
                stream.under(painter, settings, head.inflate(_AIR, 4))
            draw_head(
                painter, head, lane, race, won=match.score[index],
                pips=match.best_of // 2 + 1 if match.best_of > 1 else 0,
                right=bool(index) and not stacked,
            )  # fmt: skip
            step, part = lane.record.survival, lane.motion.part
            draw_meters(painter, pane.meters, lane.record, step, part, columns=pane.columns)

    def _picture(
        self, painter: Painter, scene: VersusScene, lanes: list[Pane], area: pygame.FRect
    ) -> None:
        """Draw the towns and what is written across them."""
        race = scene.race
        self.towns.draw(
            painter, [pane.town for pane in lanes], race.lanes,
            shown=race.shown, time=scene.time, helped=race.stage is Stage.RUNNING,
        )  # fmt: skip
        self._advise(painter, scene, lanes)
        painter.quiet = lanes[-1].town  # not the person's
        if upright(painter) and lanes[0].meters.h:
            area = lanes[0].town  # in the middle it would cover meters and a name
        draw_curtain(painter, area, race)
        if race.stage is Stage.OVER and race.ended_s > 0:
            happy = scene.verdict.winner is not None
            draw_winner(painter, area, scene.verdict.headline, cheerful=happy)

    @staticmethod
    def _advise(painter: Painter, scene: VersusScene, lanes: list[Pane]) -> None:
        """Write what the person should know now, away from whoever is in that town."""
        if (told := advice(scene)) is None:
            return
        lane, text, icon = told
        town = lanes[scene.race.lanes.index(lane)].town
        low = lane.record.last.y < lane.record.level.height * 0.6
        draw_message(painter, town, text, icon=icon, low=low)

    def _foot(self, painter: Painter, scene: VersusScene, box: pygame.FRect) -> None:
        keys, main = self._keys(scene)
        draw_foot(
            painter, scene.services, box,
            transport=self.transport, keys=keys, main=main, hints=hints(scene),
        )  # fmt: skip

    @staticmethod
    def _keys(scene: VersusScene) -> tuple[list[Key], Command]:
        """Return the transport's keys and the one that stands out."""
        race, settings = scene.race, scene.services.settings
        if race.driven and not race.live:
            return [(Command.TEMPO, "clock"), (Command.PAUSE, "gear")], Command.PAUSE
        speed = settings.speed if race.driven else race.speed
        keys: list[Key] = [
            (Command.SLOWER, "−"),
            (None, speed_text(speed)),
            (Command.FASTER, "+"),
            (Command.FREEZE, "play" if race.still else "pause"),
            (Command.STEP, "step"),
        ]
        keys.append((Command.TEMPO, "clock") if race.driven else (Command.EPISODE, "fast"))
        return [*keys, (Command.PAUSE, "gear")], Command.FREEZE


def _corner(centre: pygame.FRect, wide: float, index: int) -> pygame.FRect:
    """Return the place of a name beside the tug of war."""
    room = (wide - centre.w) / 2 - EDGE - 18
    left = wide - EDGE - room if index else EDGE
    return pygame.FRect(left, centre.y, room, centre.h)


def hints(scene: VersusScene) -> list[Hint]:
    """Return what to press now."""
    race = scene.race
    if race.stage is Stage.OVER:
        return [(Command.CONFIRM, "the result")]
    if race.stage is not Stage.RUNNING:
        return [(Command.CONFIRM, "start at once"), (Command.PAUSE, "menu")]
    if race.driven:
        play: list[Hint] = [(DIRECTIONS, "walk"), (Command.INTERACT, "use / wait")]
        if race.live:
            play.append((Command.FREEZE, "go on" if race.still else "stop"))
            play += [((Command.SLOWER, Command.FASTER), "speed")]
        return [*play, (Command.TEMPO, "tempo"), (Command.PAUSE, "menu")]
    pause = "go on" if race.still else "stop"
    watch: list[Hint] = [(Command.INTERACT, pause), (Command.STEP, "one step")]
    if race.person is not None:
        watch = [(Command.INTERACT, "fast forward")]
    watch += [((Command.SLOWER, Command.FASTER), "speed"), (Command.EPISODE, "to the end")]
    return [*watch, (Command.PAUSE, "menu")]
