"""The panel's first card: the meters, the time of day, and the steps."""

from __future__ import annotations

from math import ceil

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import GAP, Block, stack
from hamlet_game.game.play.slim import slim_meters
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.meter import MeterLook, draw_meter, draw_progress, meter_height
from hamlet_game.game.ui.widget import BODY
from hamlet_game.town.names import Meter
from hamlet_game.town.record import Record

_ASIDE = 30.0  # between two columns of meters
_BAR = 12.0


def meter_look(painter: Painter, record: Record, step: int, part: float, meter: Meter) -> MeterLook:
    """Return how a meter looks while `part` (0..1) of a step has been shown."""
    frame, rule = record.frames[step], record.level.meters.of(meter)
    before = record.frames[max(0, step - 1)]
    value = before.meters[meter] + (frame.meters[meter] - before.meters[meter]) * part
    drain = int(rule.drain > 0) + int(frame.moved and rule.move_drain > 0)
    if frame.meters[meter] > before.meters[meter]:
        drain = -1
    money = meter is Meter.MONEY
    return MeterLook(
        meter.key.capitalize(),
        meter.key,
        painter.palette.named(meter.key),
        value,
        number=f"${value:.0f}" if money else f"{_shown(value)}",
        drain=drain,
        threshold=None if money else rule.critical,
        deadly=rule.deadly,
    )


def _shown(value: float) -> int:
    """Return a vital meter's number; it says 0 only once nothing is left."""
    return ceil(value - 0.5) if value >= 1 else ceil(value)


def meters(
    painter: Painter,
    record: Record,
    step: int,
    part: float,
    width: float,
    *,
    columns: int,
    slim: bool = False,
) -> Block:
    """Return the meters that matter in this level, in one or two columns, or as slim lines."""
    looks = [meter_look(painter, record, step, part, meter) for meter in record.level.shown]
    if slim:
        return slim_meters(painter, looks)
    high, rows = meter_height(painter), ceil(len(looks) / columns)
    gap = GAP + 4
    each = (width - _ASIDE * (columns - 1)) / columns

    def draw(box: pygame.FRect) -> None:
        for index, look in enumerate(looks):
            row, column = divmod(index, columns)
            at = (box.x + column * (each + _ASIDE), box.y + row * (high + gap), each, high)
            draw_meter(painter, at, look)

    return Block(rows * high + (rows - 1) * gap, draw)


def comfortable_columns(painter: Painter, width: float) -> int:
    """Return 2 if two meters fit side by side without their names shrinking, else 1."""
    words = painter.measure("Satiation 100", BODY, font="bold")[0]
    needed = words + meter_height(painter) + 3.4 * painter.line_height(BODY, font="bold")
    return 2 if needed <= (width - _ASIDE) / 2 else 1


def time_line(painter: Painter, record: Record, step: int, part: float, width: float) -> Block:
    """Return the clock, the steps, and how far the level has gone."""
    level, colors = record.level, painter.palette
    gone = max(0.0, step - 1 + part) if step else 0.0
    now = time_at(level, gone)
    high = painter.line_height(BODY)

    def draw(box: pygame.FRect) -> None:
        middle = box.y + high / 2
        painter.sprite(
            "icons/moon" if now.dark else "icons/sun", (box.x + high / 2, middle), (high, high)
        )
        steps = f"Step {step} of {level.steps}"
        right = painter.text(
            steps,
            (box.right, middle),
            BODY,
            colors.text,
            anchor="midright",
            font="bold",
            fit=width * 0.55,
        ).left
        left = box.x + high + 10
        clock = f"Day {now.day} of {now.days}, {now.clock}" if now.days > 1 else now.clock
        painter.text(
            clock,
            (left, middle),
            BODY,
            colors.text,
            anchor="midleft",
            fit=max(20.0, right - left - 12),
        )
        sky = mix(colors.accent, colors.energy, 0.75) if now.dark else colors.accent
        bar = (box.x, box.y + high + 7, box.w, _BAR)
        draw_progress(painter, bar, gone / level.steps, sky)

    return Block(high + 7 + _BAR, draw)


def status(
    painter: Painter,
    record: Record,
    step: int,
    part: float,
    width: float,
    *,
    columns: int,
    slim: bool = False,
) -> Block:
    """Return meters and time, one below the other."""
    return stack(
        [
            meters(painter, record, step, part, width, columns=columns, slim=slim),
            time_line(painter, record, step, part, width),
        ],
        gap=GAP + 6,
    )
