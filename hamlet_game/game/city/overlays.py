"""What floats over the city: day and hour, the news, and who is followed with their thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.city.city import DAY_TICKS
from hamlet_game.game.draw.people import Person, draw_indoors
from hamlet_game.game.insight.bubble import draw_bubble
from hamlet_game.game.play.timeofday import TimeOfDay
from hamlet_game.game.play.walker import POSES
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL
from hamlet_game.town.names import NONE, Kind

if TYPE_CHECKING:
    from hamlet_game.game.city.camera import Lens
    from hamlet_game.game.city.city import City
    from hamlet_game.game.city.crowd import Places
    from hamlet_game.game.city.following import Following
    from hamlet_game.game.draw.painter import Color, Painter

_NEWS_TICKS = 40  # that a line is shown
_LINES = 3
_MOST_TEXT = 1.5  # times the normal size, for what lies on the picture
_TALL = 0.95  # cells, from feet to crown


def draw_header(
    painter: Painter, view: pygame.FRect, city: City, day: float, *, solid: bool = False
) -> None:
    """Draw the city's name, the day and hour, and how many live there."""
    grown = min(painter.text_scale, _MOST_TEXT)
    moment, colors = city.shown, painter.palette
    now = TimeOfDay(moment.tick // DAY_TICKS + 1, 0, day)
    alive = int(moment.alive.sum())
    title, facts = f"{city.level.name} {city.town_seed}", f"Day {now.day}, {now.clock}"
    counted = f"{alive:,} people"
    pieces = [
        (title, HEADING * grown, "display", colors.text),
        (facts, BODY * grown, "bold", colors.text),
        (counted, BODY * grown, "bold", colors.accent),
    ]
    high = painter.line_height(HEADING * grown, font="display", fixed=True) + 10
    widths = [painter.measure(text, size, font=font, fixed=True)[0]
              for text, size, font, _ in pieces]  # fmt: skip
    gap, side = 18.0, high * 0.62
    wide = sum(widths) + gap * 4 + side
    box = pygame.FRect(view.x + 12, view.y + 12, min(wide + 14, view.w - 24), high)
    painter.rect(box, _ground(painter, 205, solid=solid), radius=high / 2)
    left = box.x + gap
    for (text, size, font, ink), width in zip(pieces, widths, strict=True):
        if text is facts:
            icon = "icons/moon" if now.dark else "icons/sun"
            painter.sprite(icon, (left + side / 2, box.centery), (side, side))
            left += side + 8
        if left + width > box.right - 8:
            break
        at = (left, box.centery)
        painter.text(text, at, size, ink, anchor="midleft", font=font, fixed=True)
        left += width + gap


def draw_news(
    painter: Painter, room: pygame.FRect, city: City, *, solid: bool = False
) -> pygame.FRect:
    """Draw what happened lately at the foot of `room`, the newest lowest; return what is left."""
    grown = min(painter.text_scale, _MOST_TEXT)
    size = SMALL * grown
    high = painter.line_height(size, fixed=True) + 8
    fresh = [n for n in city.news if city.shown.tick - n.tick < _NEWS_TICKS][-_LINES:]
    for k, news in enumerate(reversed(fresh)):
        words = painter.measure(news.text, size, fixed=True)[0]
        wide = min(room.w, words + high + 22)
        box = pygame.FRect(room.x, room.bottom - (k + 1) * (high + 5), wide, high)
        painter.rect(box, _ground(painter, 190, solid=solid), radius=high / 2)
        side = high * 0.7
        painter.sprite(icon_sprite(news.icon), (box.x + high * 0.6, box.centery), (side, side))
        at = (box.x + high * 1.1, box.centery)
        fit = box.right - 8 - at[0]
        ink = painter.palette.text
        painter.text(news.text, at, size, ink, anchor="midleft", fit=fit, fixed=True)
    return pygame.FRect(room.x, room.y, room.w, room.h - len(fresh) * (high + 5))


def _ground(painter: Painter, alpha: int, *, solid: bool) -> Color:
    """Return the colour under words: the picture shines through, unless it must be solid."""
    return (*painter.palette.night, 255 if solid else alpha)


def draw_followed(
    painter: Painter,
    view: pygame.FRect,
    lens: Lens,
    city: City,
    who: Following,
    *,
    at: Places,
    part: float,
) -> None:
    """Mark who is followed, show them indoors, and what they think."""
    side = lens.px / lens.scale
    x, y = lens.canvas(float(at.x[who.citizen]), float(at.y[who.citizen]))
    head = (x, y - side * _TALL)
    used = int(city.shown.used[who.citizen])
    if used != NONE:
        state = city.shown.state
        center = lens.canvas(state.x[who.citizen] + 0.5, state.y[who.citizen] + 0.5)
        person = Person(0, 0, pose=POSES[Kind(used)], phase=0.3 + part * 0.3, look=who.look)
        draw_indoors(painter, person, center, max(side, 34.0), reduced_motion=True)
        head = (center[0], center[1] - max(side, 34.0) * 0.62)
    else:
        ring = max(9.0, side * 0.42)
        oval = pygame.FRect(0, 0, ring * 2, ring)
        oval.center = x, y
        painter.rect(oval, (*painter.palette.focus, 235), radius=ring / 2, width=2.5)
    size = max(18.0, side * 0.4)
    if not who.text:
        painter.sprite("effects/marker", (head[0], head[1] - size * 0.6), (size, size))
        return
    within = pygame.FRect(view.x, view.y + 52, view.w, view.h - 52)
    draw_bubble(painter, who.text, head, within, random=False)
