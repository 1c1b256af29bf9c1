"""How the replay viewer looks: header, town, panel, timeline and hints."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.life_view import ALONE
from hamlet_game.game.play.neighbours import neighbours, stand_apart
from hamlet_game.game.play.tags import tags
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.replay_panel import Panel, View, fitted
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.timeline import timeline_height
from hamlet_game.game.transport import SIDE, Key
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.game.why.mind_panel import draw_mind
from hamlet_game.game.why.q_chart import q_chart_height

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.draw.town_view import TownView
    from hamlet_game.game.scenes.replay import ReplayScene
    from hamlet_game.town.replay import Replay

MARGIN, GAP = 28.0, 12.0  # canvas units
TOWN_SHARE = 0.52  # of the width, at most
TOWN_WIDTH = 1.12  # of its height: as much as a town on a square grid can use
HEADER_TOP = 14.0
AIR = 10.0  # above and below the hints
_HINTS: list[Hint] = [
    (Command.INTERACT, "play / pause"),
    ((Command.LEFT, Command.RIGHT), "step"),
    ((Command.PREVIOUS_EVENT, Command.NEXT_EVENT), "events"),
    ((Command.SLOWER, Command.FASTER), "speed"),
    (Command.CONFIRM, "more"),
    (Command.BACK, "leave"),
    ((Command.UP, Command.DOWN), "start, end"),
]


class ReplayView:
    """Draws a replay scene, whose town it keeps."""

    def __init__(self, town: TownView) -> None:
        self._town = town

    def draw(self, painter: Painter, scene: ReplayScene) -> None:
        """Draw what the feed shows: the town, all there is to say about it, or both."""
        stream.backdrop(painter, scene.services.settings)
        feed = stream.feed(scene.services)
        if feed.clean:
            scene.timeline.hide()
            scene.transport.clear()
            self._draw_town(painter, scene, ALONE)
            painter.quiet = ALONE
            return
        wide = CANVAS[0] - 2 * MARGIN
        top = HEADER_TOP + painter.line_height(HEADING, font="display") + GAP
        foot = painter.line_height(SMALL) + 2 * AIR
        at = (CANVAS[0] / 2, CANVAS[1] - foot / 2)
        if feed.picture:
            shade = scene.services.settings.chroma
            draw_hints(painter, scene.services, hints(scene), at=at, room=wide, shade=shade)
        high = timeline_height(painter)
        scene.timeline.box = pygame.FRect(MARGIN, CANVAS[1] - foot - high, wide, high)
        tall = scene.timeline.box.y - GAP - top
        if scene.q_chart is not None:
            strip = pygame.FRect(MARGIN, 0, wide, q_chart_height(painter))
            strip.bottom = scene.timeline.box.y - 8
            tall = strip.y - GAP - top
            scene.q_chart.draw(painter, strip, scene.timeline, scene.frame)
        town = pygame.FRect(MARGIN, top, min(wide * TOWN_SHARE, tall * self._shape()), tall)
        left = town.right + GAP
        box = pygame.FRect(left, top, CANVAS[0] - MARGIN - left, town.h - SIDE - GAP)
        head = scene.head
        view = View(scene.record, scene.ticker, head.step, head.part, scene.who)
        if scene.reading is not None:
            used = draw_mind(painter, box, scene.reading, scene.frame, scene.services.settings)
            box.y, box.h = box.y + used, box.h - used
        panel = fitted(painter, box.w, box.h, view)
        _draw_header(painter, scene, panel)
        painter.quiet = town
        if feed.picture:
            self._draw_town(painter, scene, town)
            if not panel.ticker:
                _draw_caption(painter, scene, town)
        panel.draw(box)
        scene.transport.clear()
        if feed.picture:
            center = (box.centerx, town.bottom - SIDE / 2)
            strip = pygame.FRect(box.x, town.bottom - SIDE - 4, box.w, SIDE + 8)
            stream.under(painter, scene.services.settings, strip)
            scene.transport.draw(painter, center, keys(scene), Command.INTERACT)
        scene.timeline.draw(painter, head.at)

    def _shape(self) -> float:
        """Return the width that the town can use, in heights."""
        return TOWN_WIDTH * max(0.7, self._town.width / self._town.height)

    def _draw_town(self, painter: Painter, scene: ReplayScene, box: pygame.FRect) -> None:
        head, record = scene.head, scene.record
        person = person_at(record, head.step, head.part, time=scene.time, rest=scene.rest)
        others = neighbours(record, head.step, head.part, time=scene.time, rest=scene.rest)
        named = [*others, (person, scene.who)] if others else []
        stand_apart([someone for someone, _ in named])
        self._town.draw(
            painter,
            box,
            people=[*(other for other, _ in others), person],
            day=time_at(record.level, head.at).share,
            effects=scene.effects,
            time=scene.time,
            reduced_motion=painter.reduced_motion,
            over=tags(self._town, box, named) if named else None,
        )


def hints(scene: ReplayScene) -> list[Hint]:
    """Return what to press; only a life just lived can be saved, and only a brain sees mistakes."""
    pad = scene.services.input.last_device == "gamepad"  # there the same button plays
    more = Command.PAUSE if pad else Command.CONFIRM
    found = [(more if keys is Command.CONFIRM else keys, word) for keys, word in _HINTS]
    if scene.reading is not None:
        found.insert(3, ((Command.PREVIOUS_MISTAKE, Command.NEXT_MISTAKE), "mistakes"))
    return found if scene.source else [*found, (Command.SAVE_REPLAY, "save")]


def keys(scene: ReplayScene) -> list[Key]:
    """Return the transport's keys."""
    head = scene.head
    found: list[Key] = [
        (Command.BACK, "back"),
        (Command.PREVIOUS_EVENT, "rewind"),
        (Command.LEFT, "step_back"),
        (Command.INTERACT, "pause" if head.playing else "play"),
        (Command.RIGHT, "step"),
        (Command.NEXT_EVENT, "fast"),
        (Command.SLOWER, "−"),
        (None, speed_text(head.speed)),
        (Command.FASTER, "+"),
        (Command.CONFIRM, "gear"),
    ]
    return found if scene.source else [*found, (Command.SAVE_REPLAY, "save")]


def _draw_header(painter: Painter, scene: ReplayScene, panel: Panel) -> None:
    """Draw level, town, player and date; the step where the panel has no room for it."""
    colors, record = painter.palette, scene.record
    high = painter.line_height(HEADING, font="display")
    y = HEADER_TOP + high / 2
    strip = pygame.FRect(MARGIN, HEADER_TOP, CANVAS[0] - 2 * MARGIN, high)
    stream.under(painter, scene.services.settings, strip.inflate(2 * AIR, 4))
    side = high * 0.9
    painter.sprite("icons/film", (MARGIN + side / 2, y), (side, side))
    step = f"Step {scene.head.step} of {record.level.steps}"
    words = _who(scene.source) if panel.clock else step
    who = painter.text(
        words, (CANVAS[0] - MARGIN, y), SMALL, colors.muted,
        anchor="midright", fit=CANVAS[0] * 0.4,
    )  # fmt: skip
    left = MARGIN + side + 12
    painter.text(
        f"{record.level.name} · town {record.town_seed}", (left, y), HEADING, colors.text,
        anchor="midleft", font="display", fit=who.left - left - 20,
    )  # fmt: skip


def _who(source: Replay | None) -> str:
    if source is None:
        return "The life just lived"
    return " · ".join(word for word in (source.player, day(source)) if word)


def _draw_caption(painter: Painter, scene: ReplayScene, town: pygame.FRect) -> None:
    """Write what happens in this step over the town, where the panel has no ticker."""
    step = scene.head.step
    line = next(iter(scene.ticker.lines(step, 1)), None)
    if line is None or line.note.step != step:
        return
    room = town.w - 60
    wide, high = painter.measure(line.text, SMALL, font="bold", wrap=room)
    chip = pygame.FRect(0, 0, wide + 28, high + 14)
    if scene.record.frames[step].y * 2 < scene.record.level.height:
        chip.midbottom = (town.centerx, town.bottom - 16)
    else:  # never over the person
        chip.midtop = (town.centerx, town.top + 16)
    colors = painter.palette
    painter.rect(chip, (*colors.night, 215), radius=14)
    painter.text(
        line.text, chip.center, SMALL, colors.text,
        anchor="center", font="bold", wrap=room, align="center",
    )  # fmt: skip


def day(source: Replay) -> str:
    """Return the day a replay was saved as people write it, "" where the file has none."""
    try:
        return f"{datetime.fromisoformat(source.date):%d %b %Y, %H:%M}".lstrip("0")
    except ValueError:
        return ""
