"""The guessing game as it looks: the question in the town, the answer, the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.insight.words import action_name
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.theme import darker
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.game.watch.guess import Guessing

_MOST = 1.4  # times the normal text size


def draw_quiz(
    painter: Painter, services: Services, guessing: Guessing, town: pygame.FRect, *, low: bool
) -> None:
    """Draw the question or its answer at the top of the town, or `low` at its bottom."""
    question = guessing.question
    if question is None:
        return
    colors, size = painter.palette, min(painter.text_scale, _MOST)
    asked = question.guess is None
    heads = painter.line_height(HEADING * size, font="display", fixed=True)
    small = painter.line_height(BODY * size, fixed=True)
    hints = painter.line_height(SMALL) + 14 if asked else 0.0
    card = pygame.FRect(0, 0, min(town.w - 40, 470 * size), heads + small + hints + 26)
    if low:
        card.midbottom = (town.centerx, town.bottom - 18)
    else:
        card.midtop = (town.centerx, town.y + 62)
    tone = colors.accent if asked else colors.good if question.right else colors.danger
    painter.shadow(card.move(0, 6), colors.shadow, radius=20, blur=16)
    painter.rect(card.inflate(6, 6), tone, radius=22)
    painter.rect(card, darker(tone, 0.8), radius=19)
    if question.guess is None:
        title, line = "What will it do next?", _score(guessing)
    else:
        title = "Right!" if question.right else "Not this time"
        line = f"It goes {action_name(question.answer)}"
        line += "." if question.right else f", you said {action_name(question.guess)}."
        line = line.replace("goes USE", "stays: USE or wait")
    y = card.y + 10
    room = card.w - 30
    painter.text(
        title, (card.centerx, y), HEADING * size, colors.text if asked else tone,
        anchor="midtop", font="display", fit=room, fixed=True,
    )  # fmt: skip
    painter.text(
        line, (card.centerx, y + heads + 2), BODY * size, colors.text,
        anchor="midtop", font="bold", fit=room, fixed=True,
    )  # fmt: skip
    if asked:
        at = (card.centerx, card.bottom - hints / 2 - 4)
        if services.input.last_device == "mouse":
            words = "Click a way to go, or the person for use / wait"
            painter.text(
                words, at, SMALL * size, colors.muted, anchor="center", fit=room, fixed=True
            )
        else:
            asks: list[Hint] = [(DIRECTIONS, "go"), (Command.INTERACT, "use / wait")]
            draw_hints(painter, services, asks, at=at, room=room)


def draw_score(painter: Painter, guessing: Guessing, town: pygame.FRect) -> None:
    """Draw the running score in a corner of the town."""
    size = min(painter.text_scale, _MOST) * SMALL
    words = _score(guessing)
    wide, high = painter.measure(words, size, font="bold", fixed=True)
    chip = pygame.FRect(town.x + 18, 0, wide + 24 + high * 1.3, high + 10)
    chip.bottom = town.bottom - 18
    colors = painter.palette
    painter.rect(chip, (*colors.night, 225), radius=chip.h / 2)
    painter.sprite("icons/guess", (chip.x + 12 + high / 2, chip.centery), (high, high))
    at = (chip.x + 12 + high * 1.3, chip.centery)
    painter.text(words, at, size, colors.text, anchor="midleft", font="bold", fixed=True)


def _score(guessing: Guessing) -> str:
    if not guessing.asked:
        return "Your first guess"
    streak = f"streak {guessing.streak}, best {guessing.best}"
    return f"{guessing.score} of {guessing.asked} right · {streak}"
