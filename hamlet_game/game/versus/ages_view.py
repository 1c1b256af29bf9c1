"""How before and after looks: the ages of an agent side by side in one town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.events import Command
from hamlet_game.game.foot import draw_foot, foot_height
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.scenes.menu_look import Hint
from hamlet_game.game.transport import Key, Transport
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.game.versus.age_head import age_head_height, draw_age_head, draw_face
from hamlet_game.game.versus.curtain import draw_curtain
from hamlet_game.game.versus.meters import draw_meters
from hamlet_game.game.versus.split import EDGE, GAP, Pane, panes

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.ages import AgesScene
    from hamlet_game.game.versus.lane import Lane
    from hamlet_game.game.versus.towns import Towns

_TOP = 10.0
_AIR = 8.0
_MOST_TITLE = 1.3  # times the normal size
_LEAST_FACE = 60.0  # canvas units of room for a large portrait
TITLE = "Before and after"


class AgesView:
    """Draws the scene. It keeps the town's picture and where its keys are."""

    def __init__(self, towns: Towns) -> None:
        self.towns = towns
        self.transport = Transport()

    def draw(self, painter: Painter, scene: AgesScene) -> None:
        """Draw what the feed shows: the towns, what is to be said about them, or both."""
        stream.backdrop(painter, scene.services.settings)
        feed, race = stream.feed(scene.services), scene.race
        wide, high = painter.size
        top = self._title(painter, scene) + _AIR if feed.panels else EDGE
        foot = foot_height(painter) if feed.panels else EDGE
        area = pygame.FRect(EDGE, top, wide - 2 * EDGE, high - foot - top)
        lanes = panes(
            painter, race.level, len(race.lanes), area, age_head_height(painter), bare=feed.clean
        )
        self.transport.clear()
        if feed.picture:
            self.towns.draw(
                painter, [pane.town for pane in lanes], race.lanes,
                shown=race.shown, time=scene.time, helped=False,
            )  # fmt: skip
        if feed.panels:
            for lane, pane in zip(race.lanes, lanes, strict=True):
                self._panels(painter, scene, lane, pane)
        painter.quiet = lanes[0].town.unionall([pane.town for pane in lanes])
        if feed.picture:
            draw_curtain(painter, area, race)
        if feed.panels and feed.picture:
            self._foot(painter, scene, pygame.FRect(EDGE, high - foot, wide - 2 * EDGE, foot))

    @staticmethod
    def _panels(painter: Painter, scene: AgesScene, lane: Lane, pane: Pane) -> None:
        """Draw who lives in a town and their meters; a large portrait where there is room."""
        free = pane.meters.top - pane.head.bottom
        beside = pane.town.right < pane.head.left and free >= _LEAST_FACE + 2 * GAP
        stream.under(painter, scene.services.settings, pane.head.inflate(_AIR, 4))
        draw_age_head(painter, pane.head, lane, face=not beside)
        if beside:
            face = pygame.FRect(pane.head.x, 0, pane.head.w, free - 2 * GAP)
            face.top = pane.head.bottom + GAP
            draw_face(painter, face, lane)
        step, part = lane.record.survival, lane.motion.part
        draw_meters(painter, pane.meters, lane.record, step, part, columns=pane.columns)

    def _title(self, painter: Painter, scene: AgesScene) -> float:
        """Draw what this is and where; return where it ends."""
        colors, race = painter.palette, scene.race
        grown = min(painter.text_scale, _MOST_TITLE)
        wide = painter.size[0]
        high = painter.line_height(HEADING * grown, font="display", fixed=True)
        y = _TOP + high / 2
        strip = pygame.FRect(EDGE, _TOP, wide - 2 * EDGE, high)
        stream.under(painter, scene.services.settings, strip.inflate(2 * _AIR, 4))
        painter.sprite(icon_sprite("clock"), (EDGE + high / 2, y), (high * 0.9, high * 0.9))
        now = time_at(race.level, race.shown)
        words = f"{race.level.name} · town {race.town_seed} · step {race.step} of "
        words += f"{race.level.steps}" + (f" · day {now.day}, {now.clock}" if now.days > 1 else "")
        title = painter.text(
            TITLE, (EDGE + high + 10, y), HEADING * grown, colors.text,
            anchor="midleft", font="display", fit=wide * 0.5, fixed=True,
        )  # fmt: skip
        painter.text(
            words, (wide - EDGE, y), SMALL * grown, colors.muted,
            anchor="midright", fit=wide - EDGE - title.right - 20, fixed=True,
        )  # fmt: skip
        return _TOP + high

    def _foot(self, painter: Painter, scene: AgesScene, box: pygame.FRect) -> None:
        keys: list[Key] = [
            (Command.SLOWER, "−"),
            (None, speed_text(scene.race.speed)),
            (Command.FASTER, "+"),
            (Command.FREEZE, "play" if scene.race.paused else "pause"),
            (Command.STEP, "step"),
            (Command.EPISODE, "fast"),
            (Command.NEW_TOWN, "dice"),
            (Command.PAUSE, "gear"),
        ]
        draw_foot(
            painter, scene.services, box,
            transport=self.transport, keys=keys, hints=hints(scene),
        )  # fmt: skip


def hints(scene: AgesScene) -> list[Hint]:
    """Return what to press."""
    return [
        (Command.INTERACT, "go on" if scene.race.paused else "stop"),
        (Command.PAUSE, "choose, leave"),
        ((Command.SLOWER, Command.FASTER), "speed"),
        (Command.STEP, "one step"),
        (Command.NEW_TOWN, "new town"),
        (Command.RESTART, "again"),
    ]
