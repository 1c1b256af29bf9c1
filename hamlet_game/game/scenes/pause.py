"""The pause menu, over the dimmed life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Press
from hamlet_game.game.play.blocks import Block, stack
from hamlet_game.game.play.ghosts import NAMES, WHOSE
from hamlet_game.game.play.goals import stars
from hamlet_game.game.play.scorecard import score_line, star_line
from hamlet_game.game.scene import Pop, Push, Reset, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.button import Button, OnPress, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import CLOSES, Form
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services

_CARD = pygame.FRect(140, 30, 1000, 660)
_MENU_WIDE = 400.0  # the buttons' column
_ASIDE = 48.0  # between the columns
_NUMBER = 52.0  # the town number's size, at every text size

_Row = tuple[str, float, Rgb, str]  # text, size, colour, font


class PauseScene(Scene):
    """Everything one may want in the middle of a life; the life waits below."""

    opaque = False

    def __init__(self, services: Services, life: LifeScene) -> None:
        self._services, self._life = services, life
        resume = Button("Resume", Pop, icon="play", style=Style.PRIMARY, align="left")
        self._menu: list[Widget] = [
            resume,
            self._button("Same town again", self._again, "restart"),
            self._button("New town", self._new_town, "dice"),
            self._button("Type town number", self._type_number, "keyboard"),
            self._ghosts(),
            self._button("Save replay", life.save_replay, "film"),
            self._button("How it works", lambda: Push(routes.how_it_works(services)), "help"),
            self._button("Settings", lambda: Push(routes.settings(services)), "gear"),
            self._button("Level map", self._level_map, "flag"),
            self._button("Title screen", lambda: Reset((routes.title(services),)), "home"),
        ]
        self._copy = Button("Copy number", self._copy_number, icon="save", pinned=True)
        self.form: Form = Form(
            [*self._menu, self._copy],
            on_back=Pop,
            default=resume,
            view=pygame.FRect(0, 0, 0, 0),
            on_cue=cue(services),
            back=CLOSES,
        )

    def _ghosts(self) -> Choice:
        """Return the choice of whose ghosts come along."""
        settings = self._services.settings

        def choose(index: int) -> None:
            settings.ghosts, settings.ghost = WHOSE[index], True
            self._services.save_settings()
            self._life.call_ghosts()

        return Choice("Ghosts", NAMES, WHOSE.index(settings.ghosts), choose)

    @staticmethod
    def _button(text: str, on_press: OnPress, icon: str) -> Button:
        return Button(text, on_press, icon=icon, align="left")

    # What the buttons do.
    def _again(self) -> Transition:
        self._life.restart()
        return Pop()

    def _new_town(self) -> Transition:
        self._life.new_town()
        return Pop()

    def _type_number(self) -> Transition:
        return Push(routes.town_number(self._services, self._life, above=2))

    def _level_map(self) -> Transition:
        services = self._services
        return Reset((routes.title(services), routes.level_map(services, self._life.level.id)))

    def _copy_number(self) -> None:
        number = str(self._life.town_seed)
        try:
            pygame.scrap.put_text(number)
        except pygame.error:
            self._services.notify(f"There is no clipboard here; the town number is {number}.")
        else:
            self._services.notify(f"Town number {number} copied.")

    def handle(self, event: Event) -> Transition | None:
        """Answer the buttons, and the key that saves a replay."""
        if isinstance(event, Press) and not event.repeat and event.means(Command.SAVE_REPLAY):
            self._life.save_replay()
            return None
        return self.form.handle(event)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Dim the life and draw the card."""
        draw_dim(painter)
        inner = draw_panel(painter, _CARD, title="Pause", icon="pause")
        view = pygame.FRect(inner.x, inner.y, _MENU_WIDE, inner.h)
        self.form.scroller.view = view
        column(painter, view, self._menu, gap=7)
        left = view.right + _ASIDE
        foot = painter.line_height(SMALL) + 20
        high = _CARD.h - 2 * INSET - foot
        self._facts(painter, pygame.FRect(left, _CARD.y + INSET, inner.right - left, high))
        self.form.draw(painter)
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "resume")]
        at = ((left + inner.right) / 2, _CARD.bottom - INSET - foot / 2 + 8)
        draw_hints(painter, self._services, hints, at=at, room=inner.right - left)

    def _facts(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the level, its town number to share, and how the life stands."""
        button = self._copy.preferred(painter)
        for keep in (3, 2, 1, 0):
            above, below = self._above(painter, box.w, keep), self._below(painter, box.w, keep)
            well = max(_NUMBER + 28, button[1] + 24)
            if above.height + well + below.height + 34 <= box.h:
                break
        above.draw(pygame.FRect(box.x, box.y, box.w, above.height))
        share = pygame.FRect(box.x, box.y + above.height + 10, box.w, well)
        self._number(painter, share, button)
        below.draw(pygame.FRect(box.x, share.bottom + 24, box.w, below.height))

    def _above(self, painter: Painter, width: float, keep: int) -> Block:
        """Return the level's name and, if they are kept, its goal and hint."""
        level, colors = self._life.level, painter.palette
        rows: list[_Row] = [(level.name, HEADING, colors.accent, "display")]
        if keep >= 2:
            rows.append((level.goal, BODY, colors.text, "sans"))
        if keep >= 3:
            rows.append((level.hint, SMALL, colors.muted, "sans"))
        rows.append(("Share this town by its number:", SMALL, colors.muted, "sans"))
        return stack([_text(painter, width, row) for row in rows], gap=10)

    def _number(self, painter: Painter, box: pygame.FRect, button: tuple[float, float]) -> None:
        """Draw the town number, with the button that copies it."""
        painter.rect(box, painter.palette.track, radius=16)
        wide = min(button[0], box.w * 0.6)
        self._copy.box = pygame.FRect(box.right - wide - 12, 0, wide, button[1])
        self._copy.box.centery = box.centery
        painter.text(
            str(self._life.town_seed),
            (box.x + 20, box.centery),
            _NUMBER,
            painter.palette.text,
            anchor="midleft",
            font="display",
            fit=self._copy.box.x - box.x - 34,
            fixed=True,
        )

    def _below(self, painter: Painter, width: float, keep: int) -> Block:
        """Return the score, and the stars, fewer of them where they do not fit."""
        record, par = self._life.record, self._life.par
        step, steps = record.survival, record.level.steps
        views = stars(record, step, par)[: 3 if keep else 1]
        so_far = (f"Step {step} of {steps}", BODY, painter.palette.text, "bold")
        return stack(
            [
                _text(painter, width, so_far),
                score_line(painter, record, step, par),
                *(star_line(painter, view, steps, width) for view in views),
            ],
            gap=9,
        )


def _text(painter: Painter, width: float, row: _Row) -> Block:
    text, size, color, font = row

    def draw(box: pygame.FRect) -> None:
        painter.text(text, box.topleft, size, color, font=font, wrap=width)

    return Block(painter.measure(text, size, font=font, wrap=width)[1], draw)
