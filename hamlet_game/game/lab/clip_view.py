"""How the lab's clip looks: two towns side by side, meters and pay below, transport at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command
from hamlet_game.game.lab.page import draw_bar
from hamlet_game.game.lab.pops import paid
from hamlet_game.game.lab.terms import BY_NAME, signed
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.transport import SIDE, Key
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.town.names import Meter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.lab.clip import Take
    from hamlet_game.game.scenes.lab_clip import LabClipScene
    from hamlet_game.game.theme import Rgb

_MARGIN, _GAP = 28.0, 20.0
_TOP = 14.0
_HINTS: list[Hint] = [
    (Command.INTERACT, "play / pause"),
    ((Command.LEFT, Command.RIGHT), "step"),
    ((Command.SLOWER, Command.FASTER), "speed"),
    (Command.RESTART, "from the point"),
    (Command.BACK, "leave"),
    ((Command.UP, Command.DOWN), "start, end"),
]


class ClipView:
    """Draws a clip scene."""

    def draw(self, painter: Painter, scene: LabClipScene) -> None:
        """Draw everything."""
        painter.fill(painter.palette.night)
        foot = painter.line_height(SMALL) + 16
        at = (CANVAS[0] / 2, CANVAS[1] - foot / 2)
        draw_hints(painter, scene.services, _HINTS, at=at, room=CANVAS[0] - 2 * _MARGIN)
        middle = CANVAS[1] - foot - SIDE / 2
        scene.transport.draw(painter, (CANVAS[0] / 2, middle), _keys(scene), Command.INTERACT)
        top = _TOP + _draw_header(painter, scene) + 8
        count = len(scene.takes)
        wide = (CANVAS[0] - 2 * _MARGIN - _GAP * (count - 1)) / count
        floor = middle - SIDE / 2 - 10
        for index in range(count):
            box = pygame.FRect(_MARGIN + index * (wide + _GAP), top, wide, floor - top)
            hue = (painter.palette.accent, painter.palette.ghost)[index]
            self._side(painter, scene, index, box, hue)

    def _side(
        self, painter: Painter, scene: LabClipScene, index: int, box: pygame.FRect, hue: Rgb
    ) -> None:
        """Draw one agent: name, town, meters, and what it has been paid."""
        take = scene.takes[index]
        high = painter.line_height(SMALL, font="bold")
        painter.circle((box.x + 8, box.y + high / 2), 6, hue)
        step = scene.step_of(take)
        words = f"{take.name} · step {step}"
        if take.record.over and step == take.record.survival:
            words += " · dies" if take.record.last.died else " · lives on"
        painter.text(
            words, (box.x + 22, box.y), SMALL, painter.palette.text, font="bold", fit=box.w - 22
        )
        strip = high + 14
        tall = box.h - high - 6 - 2 * strip
        town = pygame.FRect(box.x, box.y + high + 6, box.w, tall)
        self._town(painter, scene, index, town)
        line = pygame.FRect(box.x, town.bottom + 6, box.w, high + 6)
        _draw_meters(painter, line, take, step)
        line.y += strip
        _draw_pay(painter, line, take, step, scene.clip.term)

    def _town(self, painter: Painter, scene: LabClipScene, index: int, area: pygame.FRect) -> None:
        take, view = scene.takes[index], scene.towns[index]
        side = min(area.w, area.h * 1.15 * view.width / view.height)
        box = pygame.FRect(0, 0, side, area.h)
        box.center = area.center
        step, part = scene.step_of(take), scene.part_of(take)
        rest = scene.rests[index]
        person = person_at(take.record, step, part, time=scene.time, rest=rest)
        person.look = 0 if index == 0 else 1
        view.draw(
            painter,
            box,
            people=[person],
            day=time_at(take.record.level, max(0.0, step - 1 + part)).share,
            effects=scene.effects[index],
            time=scene.time,
            reduced_motion=painter.reduced_motion,
        )


def _keys(scene: LabClipScene) -> list[Key]:
    head = scene.head
    return [
        (Command.BACK, "back"),
        (Command.RESTART, "rewind"),
        (Command.LEFT, "step_back"),
        (Command.INTERACT, "pause" if head.playing else "play"),
        (Command.RIGHT, "step"),
        (Command.SLOWER, "−"),
        (None, speed_text(head.speed)),
        (Command.FASTER, "+"),
    ]


def _draw_header(painter: Painter, scene: LabClipScene) -> float:
    """Draw what is shown; return its height."""
    size = HEADING * min(1.0, 1.35 / painter.text_scale)
    clip = scene.clip
    name = f"{clip.standard.name} · town {clip.takes[0].record.town_seed}"
    words = f"The exploit: {BY_NAME[clip.term].label.lower()} · {name}" if clip.term else name
    high = painter.line_height(size, font="display")
    icon = "icons/warning" if clip.term else "icons/film"
    painter.sprite(icon, (_MARGIN + high / 2, _TOP + high / 2), (high * 0.9, high * 0.9))
    at = (_MARGIN + high + 10, _TOP)
    room = CANVAS[0] - 2 * _MARGIN - high - 10
    painter.text(words, at, size, painter.palette.text, font="display", fit=room)
    return high


def _draw_meters(painter: Painter, box: pygame.FRect, take: Take, step: int) -> None:
    """Draw the meters that matter as short bars with their numbers."""
    level, colors = take.record.level, painter.palette
    shown = level.shown
    wide = (box.w - 14 * (len(shown) - 1)) / len(shown)
    for index, meter in enumerate(shown):
        left = box.x + index * (wide + 14)
        value = take.record.frames[step].meters[meter]
        side = box.h
        painter.sprite(icon_sprite(meter.key), (left + side / 2, box.centery), (side, side))
        number = painter.measure("100", SMALL, font="bold")[0]
        bar = pygame.FRect(left + side + 6, box.centery - 6, wide - side - number - 14, 12)
        low = meter is not Meter.MONEY and value < level.meters.of(meter).critical
        draw_bar(painter, bar, 0.0, value / 100, colors.danger if low else colors.named(meter.key))
        ink = colors.danger if low else colors.text
        at = (left + wide, box.centery)
        painter.text(f"{value:.0f}", at, SMALL, ink, anchor="midright", font="bold")


def _draw_pay(painter: Painter, box: pygame.FRect, take: Take, step: int, term: str) -> None:
    """Write what the life has been paid so far, the suspected term first."""
    colors, sums = painter.palette, paid(take.record, step)
    names = sorted((n for n in sums if sums[n]), key=lambda name: (name != term, -abs(sums[name])))
    left = painter.text(
        f"Paid {signed(round(sum(sums.values())))}", box.midleft, SMALL, colors.accent,
        anchor="midleft", font="bold",
    ).right + 16  # fmt: skip
    for name in names:
        words = f"{BY_NAME[name].label.lower()} {signed(round(sums[name]))}"
        wide = painter.measure(words, SMALL)[0]
        if left + wide > box.right:
            return
        ink = colors.star if name == term else colors.muted
        left = painter.text(words, (left, box.centery), SMALL, ink, anchor="midleft").right + 16
