"""The lab's third page: two quests, what each asks for, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.lab.bench import Workbench
from hamlet_game.game.lab.loop import FARMING, LIVING, draw_loop, loop_height
from hamlet_game.game.lab.page import Page, heading, rich
from hamlet_game.game.lab.quests import FARM, QUESTS, Goal, Quest
from hamlet_game.game.play.blocks import PAD, Block, draw_card, stack
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.ui.widget import Widget

_GAP = 16.0
_MEDAL = 40.0  # canvas units


class QuestsPage(Page):
    """Two cards."""

    name = "Quests"

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def draw(
        self,
        painter: Painter,
        area: pygame.FRect,
        focus: Widget | None,  # noqa: ARG002
    ) -> None:
        """Draw both quests side by side."""
        wide = (area.w - _GAP) / 2
        for index, quest in enumerate(QUESTS):
            box = pygame.FRect(area.x + index * (wide + _GAP), area.y, wide, area.h)
            self._draw_quest(painter, box, quest)

    def _draw_quest(self, painter: Painter, box: pygame.FRect, quest: Quest) -> None:
        draw_card(painter, box)
        solved = self._bench.solved(quest.key)
        inner = box.inflate(-2 * PAD, -2 * PAD)
        goals = self._bench.goals(quest.key)
        share = 1.0 if solved else sum(goal.done for goal in goals) / len(goals)
        for blocks in _versions(painter, quest, goals, share, inner.w, solved=solved):
            if stack(blocks).height <= inner.h:
                break
        used = stack(blocks).height
        stack(blocks).draw(inner)
        spare = pygame.FRect(inner.x, inner.y + used, inner.w, inner.h - used)
        if spare.h >= loop_height(painter):
            draw_loop(painter, spare, FARMING if quest.key == FARM else LIVING)
        if solved:
            _draw_medal(painter, box)


def _draw_medal(painter: Painter, box: pygame.FRect) -> None:
    """Pin the trophy of a solved quest to the card's corner."""
    colors, at = painter.palette, (box.right - 30, box.y + 30)
    painter.circle(at, _MEDAL * 0.62, mix(colors.panel, colors.star, 0.45))
    painter.sprite("icons/trophy", at, (_MEDAL, _MEDAL))


def _versions(
    painter: Painter, quest: Quest, goals: list[Goal], share: float, wide: float, *, solved: bool
) -> list[list[Block]]:
    """Return the card's content, in full and then without what is needed least."""
    title = _title(painter, quest, wide, solved=solved)
    story = rich(painter, quest.story, wide, BODY)
    list_ = stack([_goal(painter, goal, wide) for goal in goals], 6)
    bar = _bar(painter, share, wide)
    hint = rich(painter, f"{{help}} {quest.hint}", wide)
    return [
        [title, story, bar, list_, hint],
        [title, story, bar, list_],
        [title, bar, list_],
        [title, list_],
    ]


def _title(painter: Painter, quest: Quest, wide: float, *, solved: bool) -> Block:
    words = f"{quest.title} · solved" if solved else quest.title
    return heading(painter, words, wide - _MEDAL)


def _bar(painter: Painter, share: float, wide: float) -> Block:
    def draw(box: pygame.FRect) -> None:
        bar = pygame.FRect(box.x, box.y, wide, 14)
        draw_progress(painter, bar, share, painter.palette.good)

    return Block(14, draw)


def _goal(painter: Painter, goal: Goal, wide: float) -> Block:
    """Return a goal behind a box that is ticked once it is reached."""
    side = painter.line_height(SMALL)
    room = wide - side - 12
    high = max(side, painter.measure(goal.text, SMALL, wrap=room)[1])

    def draw(box: pygame.FRect) -> None:
        colors = painter.palette
        tick = pygame.FRect(box.x, box.y + 1, side - 2, side - 2)
        hue = colors.good if goal.done else colors.faint
        painter.rect(tick, hue, radius=6, width=0 if goal.done else 2)
        if goal.done:
            painter.sprite("icons/check", tick.center, (side * 0.7, side * 0.7), tint=colors.night)
        ink = colors.text if goal.done else colors.muted
        painter.text(goal.text, (box.x + side + 12, box.y), SMALL, ink, wrap=room)

    return Block(high, draw)
