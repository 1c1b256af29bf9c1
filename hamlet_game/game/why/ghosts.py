"""Five futures in one town: each a ghost with a tag in its colour; the followed one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.draw.people import Person
from hamlet_game.game.play.neighbours import neighbours
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.theme import Palette, Rgb
from hamlet_game.game.why.trail import NOON, draw_tag, draw_trail
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.draw.town_view import TownView
    from hamlet_game.game.scenes.what_if import WhatIfScene
    from hamlet_game.game.why.futures import Future

ICONS = {  # a name under assets/sprites/icons
    Action.UP: "arrow_up",
    Action.DOWN: "arrow_down",
    Action.LEFT: "arrow_left",
    Action.RIGHT: "arrow_right",
    Action.INTERACT: "clock",
}
_COLORS = ("hygiene", "satiation", "job", "money", "energy")  # of the palette, by `Action`
_TRAIL = 24  # steps of a trail that are kept behind its ghost
_APART, _TAGS_APART = 0.06, 0.14  # cells between two trails, and two tags


def color_of(colors: Palette, action: Action) -> Rgb:
    """Return the colour of an action's future."""
    return colors.named(_COLORS[action])


def draw_futures(
    painter: Painter, view: TownView, box: pygame.FRect, scene: WhatIfScene, *, time: float
) -> None:
    """Draw the town and everyone who lives on in it."""
    head, record, colors = scene.head, scene.record, painter.palette
    futures, followed = scene.futures.all, scene.followed
    people = {future.action: _person(scene, future, time) for future in futures}
    if not people:
        people[Action.INTERACT] = person_at(record, scene.step, time=time)

    def under(p: Painter) -> None:
        for future in futures:
            reached = min(head.step, future.record.survival)
            span = max(scene.step, reached - _TRAIL), reached
            aside = (future.action - 2) * _APART
            tone = color_of(colors, future.action)
            draw_trail(p, (view, box), future.record, span, color=tone, aside=aside)

    def over(p: Painter) -> None:
        for future in sorted(futures, key=lambda one: one.action is followed):
            tone = color_of(colors, future.action)
            someone = people[future.action]
            aside = (future.action - 2) * _TAGS_APART
            icon = ICONS[future.action]
            draw_tag(p, (view, box), someone, color=tone, icon=icon, aside=aside)

    view.draw(
        painter,
        box,
        people=[*_others(scene, time), *people.values()],
        day=NOON,
        time=time,
        reduced_motion=painter.reduced_motion,
        under=under,
        over=over,
    )


def _others(scene: WhatIfScene, time: float) -> list[Person]:
    """Return the others of a shared town, as they are in the future that is followed."""
    shown = (future.record for future in scene.futures.all if future.action is scene.followed)
    record = next(shown, scene.record)
    step = min(scene.head.step, record.survival)
    part = scene.head.part if step > scene.step else 1.0
    return [other for other, _ in neighbours(record, step, part, time=time)]


def _person(scene: WhatIfScene, future: Future, time: float) -> Person:
    head = scene.head
    step = min(head.step, future.record.survival)
    part = head.part if step == head.step and step > scene.step else 1.0
    ghost = scene.followed is not future.action
    return person_at(future.record, step, part, time=time, rest=time, ghost=ghost)
