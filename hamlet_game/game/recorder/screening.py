"""A screening: a recorded life drawn picture by picture, without a window.

Town and panel side by side, or one above the other on an upright canvas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from hamlet_game.game.audio import SoundName
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.insight.bubble import draw_bubble
from hamlet_game.game.insight.q_panel import draw_q
from hamlet_game.game.play import overlays
from hamlet_game.game.play.clock import period
from hamlet_game.game.play.hud import Moment, draw_hud
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.recorder.film import Picture
from hamlet_game.game.recorder.minds import Idea
from hamlet_game.game.theme import STANDARD
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.town.record import Frame, Record

END_S: Final = 2.5  # seconds that the last step stays
_SMALL_SCREEN: Final = 900  # pixels of the long side, below which words grow
_GROWN: Final = 1.35
_MARGIN, _GAP = 20.0, 16.0  # canvas units
_STRIP = 44.0  # height of the title
_Q_SHARE = 0.36  # of the panel's height, for the Q-values
_HEAD = 0.62  # cells from someone's middle to where the bubble's tail ends


@dataclass(frozen=True, slots=True)
class Plan:
    """What to show of a life, and how."""

    size: tuple[int, int]  # pixels
    fps: int
    speed: float  # times the normal live tempo
    first: int  # step
    last: int

    @property
    def seconds(self) -> float:
        """Return how long it takes, with the last step's stay."""
        return (self.last - self.first) * period(self.speed) + END_S

    @property
    def count(self) -> int:
        """Return how many pictures that is."""
        return max(1, round(self.seconds * self.fps))


class Screening:
    """Draws a life. `ideas`: what the player thought before each step, where anything is known."""

    def __init__(
        self,
        record: Record,
        plan: Plan,
        par: float,
        player: str = "",
        ideas: tuple[Idea, ...] = (),
    ) -> None:
        self._record, self._plan, self._par = record, plan, par
        self._player, self._ideas = player, ideas
        self._surface = pygame.Surface(plan.size)
        self._painter = Painter(self._surface)
        if max(plan.size) < _SMALL_SCREEN:
            self._painter.text_scale = _GROWN
        level = record.level
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        self._town = TownView(level.width, level.height, places, record.town_seed)
        self._ticker = Ticker(record, yours=False)
        self._effects = Effects()

    def samples(self, count: int) -> list[Picture]:
        """Return so many pictures from all over the life, for choosing colours."""
        steps = np.linspace(self._plan.first, self._plan.last, count).round().astype(int)
        return [self._drawn(Playhead(self._record.survival, int(step)), 0.0) for step in steps]

    def pictures(self) -> Iterator[tuple[Picture, float]]:
        """Yield each picture and the seconds it is shown."""
        plan = self._plan
        head, dt = Playhead(plan.last, plan.first), 1 / plan.fps
        head.playing = True
        shown, rest = head.step, 0.0
        for index in range(plan.count):
            yield self._drawn(head, index * dt, rest), dt
            rest = rest + dt if head.ended else 0.0
            head.update(dt * plan.speed)
            self._effects.update(dt)
            while shown < head.step:
                shown += 1
                react(self._record, shown, self._effects, _silence, STANDARD)

    def _drawn(self, head: Playhead, time: float, rest: float = 0.0) -> Picture:
        """Draw a moment and return its pixels."""
        painter, record = self._painter, self._record
        painter.now = time
        painter.fill(painter.palette.night)
        town, panel = _areas(painter)
        self._draw_title(pygame.FRect(town.x, _MARGIN / 2, town.w, _STRIP))
        self._draw_town(town, head, time, rest)
        step = head.step
        if self._ideas:
            lower = pygame.FRect(panel.x, 0, panel.w, panel.h * _Q_SHARE)
            lower.bottom = panel.bottom
            idea = self._idea(head)
            draw_q(painter, lower, idea.thought if idea else None)
            panel.h -= lower.h + _GAP
        moment = Moment(record, self._ticker, step, head.part, self._par)
        draw_hud(painter, panel, moment)
        return np.ascontiguousarray(pygame.surfarray.pixels3d(self._surface).swapaxes(0, 1))

    def _draw_title(self, box: pygame.FRect) -> None:
        painter, record = self._painter, self._record
        words = " · ".join(word for word in (f"Town {record.town_seed}", self._player) if word)
        right = painter.text(
            words, box.midright, SMALL, painter.palette.muted,
            anchor="midright", fit=box.w * 0.45,
        ).left  # fmt: skip
        painter.text(
            record.level.name, box.midleft, HEADING, painter.palette.text,
            anchor="midleft", font="display", fit=right - box.x - _GAP,
        )  # fmt: skip

    def _draw_town(self, box: pygame.FRect, head: Playhead, time: float, rest: float) -> None:
        painter, record, step = self._painter, self._record, head.step
        person = person_at(record, step, head.part, time=time, rest=rest)
        self._town.draw(
            painter,
            box,
            people=[person],
            day=time_at(record.level, head.at).share,
            effects=self._effects,
            time=time,
        )
        frame = record.frames[step]
        if head.ended and (frame.died or frame.timed_out):
            low = frame.y < record.level.height * 0.7
            overlays.draw_ending(painter, box, *_ending(frame), low=low)
        elif idea := self._idea(head):
            x, y = self._town.cell_center(box, person.x, person.y)
            top = x, y - _HEAD * self._town.cell_side(box)
            with painter.clip(box):
                draw_bubble(painter, idea.words, top, box, idea.thought.random)

    def _idea(self, head: Playhead) -> Idea | None:
        """Return what the player thinks while the step shown is being done, if known."""
        index = max(head.step - 1, self._plan.first)
        return self._ideas[index] if index < len(self._ideas) else None


def _areas(painter: Painter) -> tuple[pygame.FRect, pygame.FRect]:
    """Return where the town and the panel go."""
    wide, high = painter.size
    top = _MARGIN / 2 + _STRIP + 6
    if wide > high:
        side = high - top - _MARGIN
        town = pygame.FRect(_MARGIN, top, side, side)
        left = town.right + _GAP
        return town, pygame.FRect(left, _MARGIN, wide - _MARGIN - left, high - 2 * _MARGIN)
    town = pygame.FRect(_MARGIN, top, wide - 2 * _MARGIN, wide - 2 * _MARGIN)
    low = town.bottom + _GAP
    return town, pygame.FRect(_MARGIN, low, town.w, high - _MARGIN - low)


def _ending(frame: Frame) -> tuple[str, str, bool]:
    """Return the words for a life's end, their icon, and whether there is reason to cheer."""
    if frame.cause is None:
        return "Alive to the end!", "trophy", True
    return f"{frame.cause.key.capitalize()} ran out", "faint", False


def _silence(_: SoundName) -> None:
    """Play nothing: a clip has no sound."""
