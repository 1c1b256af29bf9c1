"""The lab's second page: both trainings live, and how both agents behave in the same towns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pygame

from hamlet_game.game.lab.behaviour import draw_behaviour
from hamlet_game.game.lab.bench import Workbench
from hamlet_game.game.lab.loop import FARMING, LIVING, draw_loop, loop_height
from hamlet_game.game.lab.page import Page, note
from hamlet_game.game.lab.quests import pass_survival
from hamlet_game.game.play.blocks import PAD, Block, draw_card, stack
from hamlet_game.game.ui.chart import Band, Series, draw_chart
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.lab.detector import Reading
    from hamlet_game.game.lab.trial import Trial
    from hamlet_game.game.theme import Rgb
    from hamlet_game.game.ui.widget import Widget

_GAP = 12.0
_PORTRAIT = 130.0  # a newborn's side, at most
_THOUSAND = 1_000  # steps of training between two points of a curve
_CHARTS = 0.54  # of the height
_ROUND = 10.0  # what the chart of pay begins at a multiple of
_LEAST_PAY = 5.0  # the top of the chart of pay, at least
_INTRO = (
    "Two newborn agents are trained side by side, from the same weights and in the same kind of "
    "town: one by your rewards, the standard one by the level's own. Every few thousand steps both "
    "are examined in the same towns, which neither has ever trained in."
)


class TrialPage(Page):
    """Curves, what the detector finds, and behaviour side by side."""

    name = "Training"

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def draw(
        self,
        painter: Painter,
        area: pygame.FRect,
        focus: Widget | None,  # noqa: ARG002
    ) -> None:
        """Draw the trial, or what one is where there is none yet."""
        trial = self._bench.trial
        if trial is None:
            _draw_intro(painter, area)
            return
        status = _status(painter, trial, area.w)
        high = (area.h - status.height - 2 * _GAP) * _CHARTS
        half = (area.w - _GAP) / 2
        _draw_curves(painter, pygame.FRect(area.x, area.y, half, high), trial, paid=False)
        right = pygame.FRect(area.x + half + _GAP, area.y, half, high)
        _draw_curves(painter, right, trial, paid=True)
        top = area.y + high + _GAP
        status.draw(pygame.FRect(area.x, top, area.w, status.height))
        top += status.height + _GAP
        rest = pygame.FRect(area.x, top, area.w, area.bottom - top)
        draw_card(painter, rest)
        draw_behaviour(painter, rest.inflate(-2 * PAD, -1.4 * PAD), trial)


def colors_of(painter: Painter) -> tuple[Rgb, Rgb]:
    """Return the colours of the lab's agent and of the standard one."""
    return painter.palette.accent, painter.palette.ghost


def _draw_intro(painter: Painter, area: pygame.FRect) -> None:
    """Draw two newborns and what will become of them; the pictures give way to the words."""
    draw_card(painter, area)
    colors, middle = painter.palette, area.centerx
    wrap = min(860.0 * max(1.0, painter.text_scale), area.w - 60)
    words = painter.measure(_INTRO, BODY, wrap=wrap)[1]
    side = min(_PORTRAIT, area.h - words - painter.line_height(BODY) - 60)
    top = area.y + 20
    for name, color, way in (("Yours", colors.accent, -1), ("Standard", colors.ghost, 1)):
        x = middle + way * max(side * 1.1, 110.0)
        _draw_newborn(painter, pygame.FRect(x - side / 2, top, side, side), name, color)
    top += side + painter.line_height(BODY) + 18
    told = painter.text(
        _INTRO, (middle, top), BODY, colors.text, anchor="midtop", wrap=wrap, align="center"
    )
    spare = pygame.FRect(area.x + 30, told.bottom + 8, area.w - 60, area.bottom - told.bottom - 20)
    if spare.h >= loop_height(painter):
        half = pygame.FRect(spare.x, spare.y, spare.w / 2 - 20, spare.h)
        draw_loop(painter, half, FARMING)
        draw_loop(painter, half.move(spare.w / 2 + 20, 0), LIVING)


def _draw_newborn(painter: Painter, tile: pygame.FRect, name: str, color: Rgb) -> None:
    """Draw somebody who looks forward to it all."""
    painter.rect(tile, (*color, 60), radius=tile.w * 0.2)
    painter.rect(tile, (*color, 150), radius=tile.w * 0.2, width=2)
    pose = 0 if painter.reduced_motion else int(painter.now * 2.4 + tile.x) % 2
    for part in (f"person/cheer{pose}", "person/face_down_cheer"):
        painter.sprite(part, tile.center, (tile.w * 0.84, tile.h * 0.84))
    at, ink = (tile.centerx, tile.bottom + 4), painter.palette.text
    painter.text(name, at, BODY, ink, anchor="midtop", font="bold")


def _status(painter: Painter, trial: Trial, width: float) -> Block:
    """Return one line: what went wrong, what was found, or how far training has come."""
    colors = painter.palette
    if trial.trouble:
        return note(painter, ("warning", colors.danger), trial.trouble, width)
    if trial.flag:
        found = note(painter, ("warning", colors.danger), trial.flag.text, width)
        return stack([found, _bar(painter, trial, width)], 6) if trial.training else found
    if trial.training:
        return _progress(painter, trial, width)
    if trial.busy:
        return note(painter, ("clock", colors.focus), "Trained; the last exams go on.", width)
    return note(painter, ("check", colors.good), _ending(trial), width)


def _ending(trial: Trial) -> str:
    mine, other = trial.yours.latest, trial.standard.latest
    if mine is None or other is None:
        return "Training has ended before the first exam."
    gap = mine.survival - other.survival
    how = "as long as" if abs(gap) < 1 else f"{abs(gap):.0f} steps {'longer' * (gap > 0)}"
    if gap <= -1:
        how += "shorter"
    than = "" if abs(gap) < 1 else " than"
    return f"No reward hacking found. Your agent lives {how}{than} the standard one."


def _progress(painter: Painter, trial: Trial, width: float) -> Block:
    step = min(side.desk.history.step for side in trial.sides)
    loading = any(side.desk.state == "loading" for side in trial.sides)
    words = f"{step:,} of {trial.steps:,} steps"
    speeds = [p[-1].steps_per_s for side in trial.sides if (p := side.desk.history.progress)]
    if speeds:
        words += f" · {sum(speeds):,.0f} steps a second"
    words = "The trainers are being started …" if loading and not step else words
    high = painter.line_height(SMALL)

    def draw(box: pygame.FRect) -> None:
        color = painter.palette.muted
        painter.text(words, box.topleft, SMALL, color, fit=width)

    return stack([Block(high, draw), _bar(painter, trial, width)], 4)


def _bar(painter: Painter, trial: Trial, width: float) -> Block:
    """Return how far training has come as a bar."""

    def draw(box: pygame.FRect) -> None:
        bar = pygame.FRect(box.x, box.y, width, 14)
        draw_progress(painter, bar, trial.progress, painter.palette.accent)

    return Block(14, draw)


# Curves.


def _draw_curves(painter: Painter, box: pygame.FRect, trial: Trial, *, paid: bool) -> None:
    """Draw one measure of both agents over the training's steps."""
    draw_card(painter, box)
    inner = box.inflate(-2 * PAD, -1.5 * PAD)
    colors = painter.palette
    title = "What your rewards pay for a life" if paid else "Steps that a life lasts"
    whole = f"{title}, by thousand steps of training"
    title = whole if painter.measure(whole, SMALL, font="bold")[0] <= inner.w else title
    high = painter.line_height(SMALL, font="bold")
    painter.text(title, inner.topleft, SMALL, colors.text, font="bold", fit=inner.w)
    chart = pygame.FRect(inner.x, inner.y + high + 4, inner.w, inner.h - high - 4)
    hues = colors_of(painter)
    series = [
        Series(side.name, side.icon, hue, curve(side.readings, trial.steps, paid=paid))
        for side, hue in zip(trial.sides, hues, strict=True)
    ]
    heights = [value for line in series for value in line.values]
    mark = pass_survival(trial.level)
    low = math.floor(min([0.0, *heights]) / _ROUND) * _ROUND if paid else 0.0
    top = max([_LEAST_PAY, *heights]) if paid else float(trial.level.steps)
    bands = [] if paid else [Band(mark, top, colors.good)]
    draw_chart(
        painter, chart, series,
        x_max=trial.steps / _THOUSAND, y_range=(low, top), x_name="", bands=bands,
    )  # fmt: skip


def curve(readings: list[Reading], steps: int, *, paid: bool) -> list[float]:
    """Return a measure at every thousand steps up to the last reading, drawn straight between."""
    if not readings:
        return []
    at = [reading.step for reading in readings]
    values = [reading.total if paid else reading.survival for reading in readings]
    points = np.arange(0, min(at[-1], steps) + 1, _THOUSAND)
    return [float(value) for value in np.interp(points, at, values)]
