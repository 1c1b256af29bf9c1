"""Graduation: a joyful moment across the whole picture when a level is mastered."""

from __future__ import annotations

from dataclasses import dataclass
from math import sin, tau

import pygame

from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.noise import between
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.scenes.menu_look import draw_outlined
from hamlet_game.game.theme import darker, lighter
from hamlet_game.game.ui.widget import BODY, HEADING
from hamlet_game.game.watch.spans import span
from hamlet_game.town.level import Level
from hamlet_game.training.events import LevelGraduated

LENGTH_S = 7.0
_IN_S, _OUT_S = 0.45, 0.6  # seconds of sliding in and out
_PIECES = 150  # of confetti
_STARS = 82.0  # height of the band above its words
_LEADING = 5.0  # between lines
_MOST = 1.4  # times the normal text size
_TITLE = 58.0  # text size at every setting
_RIM = (60, 36, 20)


@dataclass
class Ceremony:
    """One level's graduation, `time` seconds into it."""

    level: Level
    lines: tuple[str, ...]
    stars: int
    time: float = 0.0

    @classmethod
    def of(cls, event: LevelGraduated, level: Level, history: History) -> Ceremony:
        """Gather what there is to tell of a graduation."""
        begun = next((b for b in reversed(history.levels_begun) if b.level == event.level), None)
        steps = event.step - (begun.step if begun else 0)
        seconds = event.seconds - (begun.seconds if begun else 0.0)
        took = f"{span(seconds)} of training, {steps:,} steps, {event.episodes:,} lives"
        exam = history.last_evaluation(event.level)
        stars = exam.stars if exam is not None else 1
        return cls(level, (took, *_marks(event, level)), max(1, stars))

    @property
    def over(self) -> bool:
        """Return whether it has ended."""
        return self.time >= LENGTH_S

    def skip(self) -> None:
        """Bring it to its end, gently."""
        self.time = max(self.time, LENGTH_S - _OUT_S)

    def draw(self, painter: Painter) -> None:
        """Draw the band, the confetti, and in front of both the stars and the words."""
        wide, high = painter.size
        here = min(1.0, self.time / _IN_S, max(0.0, (LENGTH_S - self.time) / _OUT_S))
        shown = here * here * (3 - 2 * here)
        painter.fill((*painter.palette.night, round(120 * shown)))
        size = min(painter.text_scale, _MOST)
        band = pygame.FRect(0, 0, wide, self._height(painter, size) * (0.2 + 0.8 * shown))
        band.center = wide / 2, high * 0.44
        alpha = round(245 * shown)
        gold = painter.palette.accent
        painter.rect(band.inflate(0, 12), (*gold, alpha))
        painter.rect(band, (*darker(gold, 0.78), alpha))
        if not painter.reduced_motion:
            self._confetti(painter, shown)
        if shown > 0.6:
            self._words(painter, band, size)

    def _height(self, painter: Painter, size: float) -> float:
        """Return how tall the band has to be for all its words."""
        heads = painter.line_height(HEADING * size, font="display", fixed=True)
        title = painter.line_height(_TITLE, font="display", fixed=True)
        line = painter.line_height(BODY * size, fixed=True) + _LEADING
        return _STARS + heads + title + line * len(self.lines) + 30

    def _words(self, painter: Painter, band: pygame.FRect, size: float) -> None:
        colors, x, room = painter.palette, band.centerx, band.w - 60
        name = painter.measure(self.level.name, _TITLE, font="display", fixed=True)[0] + 40
        self._row(painter, (x, band.y + 46))
        word = painter.text(
            "Graduated!", (x, band.y + _STARS), HEADING * size, lighter(colors.accent, 0.3),
            anchor="midtop", font="display", fixed=True,
        )  # fmt: skip
        title = (self.level.name, (x, word.bottom), _TITLE * min(1.0, room / name))
        y = draw_outlined(painter, *title, (255, 250, 236), rim=_RIM, anchor="midtop").bottom + 8
        for line in self.lines:
            told = painter.text(
                line, (x, y), BODY * size, colors.text, anchor="midtop", font="bold",
                fit=room, fixed=True,
            )  # fmt: skip
            y = told.bottom + _LEADING

    def _row(self, painter: Painter, center: tuple[float, float]) -> None:
        """Draw three stars, those won popping in one after the other."""
        for index in range(3):
            since = self.time - 0.5 - 0.28 * index
            won = index < self.stars and since > 0
            pop = 1.0 if painter.reduced_motion else min(1.0, max(0.0, since) / 0.3)
            swing = 1.0 + 0.35 * sin(pop * tau / 2) if won else 1.0
            side = round((52 if index == 1 else 44) * swing / 4) * 4
            at = (center[0] + (index - 1) * 64, center[1] - (4 if index == 1 else 0))
            name = "icons/star_full" if won else "icons/star_empty"
            painter.sprite(name, at, (side, side))

    def _confetti(self, painter: Painter, shown: float) -> None:
        """Let paper fall, each piece on a way of its own."""
        wide, high = painter.size
        colors = painter.palette
        inks = (colors.accent, colors.good, colors.energy, colors.satiation, colors.hygiene,
                colors.job)  # fmt: skip
        for k in range(_PIECES):
            begin, speed = between(-0.3, 2.6, k, 1), between(150.0, 330.0, k, 2)
            age = self.time - begin
            y = -20 + speed * age
            if age < 0 or y > high + 20:
                continue
            x = between(0.0, wide, k, 3) + 26 * sin(age * between(1.4, 3.4, k, 4) + k)
            turn = abs(sin(age * between(3.0, 7.0, k, 5)))
            w, h = between(7.0, 13.0, k, 6), between(5.0, 15.0, k, 7) * (0.25 + 0.75 * turn)
            painter.rect((x, y, w, h), (*inks[k % len(inks)], round(250 * shown)))


def _marks(event: LevelGraduated, level: Level) -> list[str]:
    """Say what was reached against what was asked."""
    words = {"survival": "steps lived", "alive": "alive at the end", "return": "total reward",
             "score": "score", "par": "of par"}  # fmt: skip
    lines = []
    for mark in level.stars[0] if level.stars else ():
        got = event.measures.get(mark.measure)
        if got is None:
            continue
        share = mark.measure in ("alive", "par")
        reached = f"{got:.0%}" if share else f"{got:.1f}"
        asked = f"{mark.value:.0%}" if share else f"{mark.value:g}"
        than = "more than" if mark.strict else "at least"
        lines.append(f"{reached} {words[mark.measure]} on average; asked: {than} {asked}")
    return lines
