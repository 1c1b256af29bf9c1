"""The town as it is watched: the person, the map of wishes, the bubble, the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.draw.stage import FRAME
from hamlet_game.game.insight.bubble import draw_bubble
from hamlet_game.game.insight.wants import WantsMap
from hamlet_game.game.play.neighbours import neighbours, stand_apart
from hamlet_game.game.play.tags import tags
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.game.watch.header import draw_badges
from hamlet_game.game.watch.quiz import draw_quiz, draw_score
from hamlet_game.game.watch.status import badges

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.draw.town_view import Layer
    from hamlet_game.game.scenes.watch import WatchScene

_HEAD = 0.52  # cells from a person's middle to above the head
_LEGEND, _BADGES = 32.0, 36.0  # heights at 100 % text size
_CAPTION, _QUIZ = 66.0, 140.0  # what captions and questions take of the foot at 100 %
_MOST = 1.4  # times the normal text size


class TownStage:
    """Draws the shown life. It keeps nothing but the map's picture."""

    def __init__(self) -> None:
        self._wants = WantsMap()

    def draw(self, painter: Painter, scene: WatchScene, box: pygame.FRect) -> None:
        """Draw town and overlays into `box`."""
        show = scene.show
        record, step, part = show.record, show.record.survival, show.part
        person = person_at(record, step, part, time=scene.time, rest=show.rest)
        player = show.life.player
        person.look = player.look
        others = neighbours(record, step, part, time=scene.time, rest=show.rest, first=person.look)
        named = [*others, (person, player.name)] if others else []
        stand_apart([someone for someone, _ in named])
        names = tags(show.town, box, named) if named else None
        gone = max(0.0, step - 1 + part) if step else 0.0
        mapped = scene.shows("wants") and self._look(scene)
        show.town.draw(
            painter,
            box,
            people=[*(other for other, _ in others), person],
            day=time_at(show.level, gone).share,
            effects=show.effects,
            time=scene.time,
            reduced_motion=painter.reduced_motion,
            under=self._wants.under(show.town, box) if mapped else None,
            over=_over(self._wants.over(show.town, box) if mapped else None, names),
        )
        inner = box.inflate(-2 * FRAME - 12, -2 * FRAME - 12)
        size = min(painter.text_scale, _MOST)
        if mapped:
            _lower(inner, _LEGEND * size)  # the map's legend is up there
        told = badges(scene, painter.palette)
        draw_badges(painter, told, inner)
        if told:
            _lower(inner, _BADGES * size)
        high_up = person.y * 2 < show.level.height
        if not scene.guessing.hiding:
            self._bubble(painter, scene, box, inner, (person.x, person.y))
        quiz_below = high_up and scene.guessing.question is not None
        free = not (quiz_below or scene.joining.caption)  # the corner of the running score
        if scene.guessing.on and not scene.guessing.hiding and free:
            draw_score(painter, scene.guessing, box)
        draw_quiz(painter, scene.services, scene.guessing, box, low=high_up)
        _caption(painter, scene, box, low=not quiz_below)
        taken = _QUIZ if quiz_below else _CAPTION if scene.guessing.on or not free else 0.0
        painter.quiet = pygame.FRect(box.x, box.y, box.w, box.h - FRAME - taken * size)

    def _look(self, scene: WatchScene) -> bool:
        """Bring the map up to date; return whether there is one to show."""
        player, record = scene.show.life.player, scene.show.record
        if scene.guessing.hiding or not isinstance(player, BrainPlayer) or record.over:
            return False
        self._wants.look(player.brain, record.town, scene.whatif.values or None)
        return True

    def _bubble(
        self,
        painter: Painter,
        scene: WatchScene,
        box: pygame.FRect,
        within: pygame.FRect,
        cell: tuple[float, float],
    ) -> None:
        show = scene.show
        text = scene.saying()
        if not text or not scene.shows("thought") or show.over:
            return
        x, y = show.town.cell_center(box, *cell)
        at = (x, y - _HEAD * show.town.cell_side(box))
        thought = show.thought
        draw_bubble(painter, text, at, within, thought is not None and thought.random)


def _over(*layers: Layer | None) -> Layer | None:
    """Return layers one over the other, None if there is none."""
    drawn = [layer for layer in layers if layer is not None]
    if not drawn:
        return None

    def draw(painter: Painter) -> None:
        for layer in drawn:
            layer(painter)

    return draw


def _lower(box: pygame.FRect, by: float) -> None:
    """Take a strip away from the top of a box."""
    box.y += by
    box.h -= by


def _caption(painter: Painter, scene: WatchScene, box: pygame.FRect, *, low: bool) -> None:
    """Write what the driver's steps have cost so far, or how the stretch went: `low` or above."""
    text = scene.joining.caption
    if not text:
        return
    colors, size = (
        painter.palette,
        (BODY if scene.wheel.taken else SMALL) * min(painter.text_scale, _MOST),
    )
    room = box.w - 90
    wide, high = painter.measure(text, size, font="bold", wrap=room, fixed=True)
    card = pygame.FRect(0, 0, wide + 34, high + 18)
    if low:
        card.midbottom = (box.centerx, box.bottom - 20)
    else:
        card.midtop = (box.centerx, box.y + 62)
    painter.shadow(card.move(0, 4), colors.shadow, radius=18, blur=12)
    painter.rect(card.inflate(4, 4), colors.accent, radius=20)
    painter.rect(card, (*colors.night, 255), radius=18)
    painter.text(
        text, card.center, size, colors.text, anchor="center", font="bold", wrap=room,
        align="center", fixed=True,
    )  # fmt: skip
