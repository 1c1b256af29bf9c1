"""One life on the demo's stage: a real player in a real town, and the camera on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.demo.camera import Camera, Film
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play import needs
from hamlet_game.game.play.motion import Motion, seconds
from hamlet_game.game.play.reactions import Play, react
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Player
    from hamlet_game.game.draw.painter import Box, Painter, Point
    from hamlet_game.game.theme import Palette
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

MOST_STEPS = 6  # lived in a frame, however fast time flies
CLOSE_S = 2.2  # seconds a close-up lasts at least
REST_S = 6.0  # seconds until the next one
SLOWER = 0.5  # times the speed, while the camera is close
QUIET_FROM = 3.0  # times the normal speed: steps that fast are not heard


class Show:
    """A life that goes on by itself. `speed` is times the normal tempo, and may be changed."""

    def __init__(
        self,
        level: Level,
        town_seed: int,
        player: Player,
        *,
        epsilon: float = 0.0,
        look: int | None = None,
        close_ups: bool = False,
    ) -> None:
        self.level, self.player = level, player
        self.life = AgentLife(level, town_seed, player, epsilon=epsilon)
        self.motion, self.effects = Motion(), Effects()
        self.camera, self._film = Camera(), Film()
        self.speed = 1.0
        self.close = False  # whether the camera is near
        self._close_ups = close_ups
        self._shot = REST_S  # seconds since the camera went near or back
        self._look = player.look if look is None else look
        self._time = 0.0  # seconds, for what moves on its own
        places = self.record.town.places()
        self.spots = places
        self._view = TownView(
            level.width, level.height, [Place(k.key, x, y) for k, x, y in places], town_seed
        )

    @property
    def record(self) -> Record:
        """Return the life so far."""
        return self.life.record

    @property
    def step(self) -> int:
        """Return how many steps have been lived."""
        return self.record.survival

    @property
    def over(self) -> bool:
        """Return whether the life has ended, and been seen to."""
        return self.life.over and self.motion.done

    @property
    def rest(self) -> float:
        """Return the seconds since the life was over, 0 before."""
        return self.motion.rest if self.over else 0.0

    def update(self, dt: float, palette: Palette, play: Play) -> None:
        """Move on by `dt` seconds."""
        self._time += dt
        self.effects.update(dt)
        speed = self.speed * (SLOWER if self.close else 1.0)
        self.motion.update(dt * (1.0 if self.life.over else speed))
        for _ in range(MOST_STEPS):
            if not self.motion.done or self.life.over:
                break
            self._live(palette, play if speed < QUIET_FROM else _silence)
        self._shoot(dt)

    def _live(self, palette: Palette, play: Play) -> None:
        """Do the next step, and begin to show it where the last one ended."""
        spare = self.motion.rest
        frame = self.life.step()
        react(self.record, self.step, self.effects, play, palette)
        self.motion.start(seconds(frame))
        self.motion.update(spare)

    def _shoot(self, dt: float) -> None:
        """Go near when a meter is about to run out, and back once the danger is over."""
        self._shot += dt
        danger = self._close_ups and (self.record.last.died or self._trouble())
        if self.close and not danger and self._shot > CLOSE_S:
            self.close, self._shot = False, 0.0
        elif danger and not self.close and (self._shot > REST_S or self.record.last.died):
            self.close, self._shot = True, 0.0
        self.camera.update(dt, self._spot() if self.close else None)

    def _trouble(self) -> bool:
        return not self.life.over and bool(needs.critical(self.record, self.step))

    def _spot(self) -> Point:
        """Return where the person is, as a share of the town's picture."""
        person = person_at(self.record, self.step, self.motion.part)
        x, y = self._view.cell_center((0, 0, 1000, 1000), person.x, person.y)
        return x / 1000, y / 1000

    def draw(self, painter: Painter, box: Box, *, camera: bool = True) -> None:
        """Draw the town; without the camera, straight and whole."""
        if camera:
            self._film.show(painter, box, self.camera, self._draw)
            if self.close and not painter.reduced_motion:
                _draw_alarm(painter, pygame.FRect(box))
        else:
            self._draw(painter, pygame.FRect(box))

    def _draw(self, painter: Painter, box: pygame.FRect) -> None:
        record, step, part = self.record, self.step, self.motion.part
        person = person_at(record, step, part, time=self._time, rest=self.motion.rest)
        person.look = self._look
        gone = max(0.0, step - 1 + part) if step else 0.0
        self._view.draw(
            painter,
            box,
            people=[person],
            day=time_at(self.level, gone).share,
            wanted=None if record.over else needs.wanted(record, step, self.spots),
            effects=self.effects,
            time=self._time,
            reduced_motion=painter.reduced_motion,
        )


def _silence(_: object) -> None:
    """Play nothing."""


def _draw_alarm(painter: Painter, box: pygame.FRect) -> None:
    """Draw a beating rim around a close-up."""
    beat = 0.5 + 0.5 * pygame.math.Vector2(1, 0).rotate(painter.now * 420).x
    ink = (*painter.palette.danger, round(90 + 120 * beat))
    painter.rect(box.inflate(-16, -16), ink, radius=16, width=5)
