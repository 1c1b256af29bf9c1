"""A level's card: its town, what it asks for, what was reached so far, and the way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.card_facts import CardFacts, draw_facts
from hamlet_game.game.scenes.map_land import Land, draw_land
from hamlet_game.game.scenes.menu_look import FOOT, cue, draw_hints
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.scenes.town_picture import TownPicture
from hamlet_game.game.scenes.towns import enter, last_town, opening_town, random_town
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import column, row
from hamlet_game.game.ui.panel import draw_dim, draw_panel
from hamlet_game.game.ui.textfield import TextField
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

_CARD = pygame.FRect(40, 28, CANVAS[0] - 80, CANVAS[1] - 28 - FOOT)
_GAP = 12.0
_QUIET = pygame.FRect(66, 0, 450, 500)  # at its foot the town's picture ends
_LAND = Land.plan(1, 640, 690)  # what can be seen around the card


class LevelCardScene(Scene):
    """Look at a level before going in; choose its town."""

    def __init__(self, services: Services, level: Level) -> None:
        self._services, self._level = services, level
        self._number = [known.id for known in services.catalog.levels].index(level.id) + 1
        self._field = TextField(
            "Town",
            "",
            self._typed,
            digits_only=True,
            max_length=len(str(MAX_TOWN)),
            hint=f"A number from 1 to {MAX_TOWN:,}: the same number is the same town for everyone.",
        )
        self._dice = Button("Random", self._roll, icon="dice", hint="Another town, drawn by lot.")
        self._last = Button("Last", self._go_back, icon="rewind")
        self._play = Button(
            "Play", self._enter, icon="play", style=Style.PRIMARY, size=22, hint="Into this town."
        )
        self._race = Button("Race ghost", self._enter_racing, icon="ghost")
        self._leave = Button("Back", Pop, icon="back", hint="To the level map.")
        self.form: Form = Form(
            [self._field, self._dice, self._last, self._play, self._race, self._leave],
            on_back=Pop,
            default=self._play,
            on_cue=cue(services),
        )
        self._choose(opening_town(services, level))

    # The town.
    def _choose(self, town: int) -> None:
        """Show another town."""
        self.town = town
        scores = self._services.scores
        self._field.text = str(town)
        self._picture = TownPicture(self._level, town)
        self._facts = CardFacts(self._level, self._number, scores.best(self._level.id))
        self._facts.best_here = scores.best_town(self._level.id, town)
        last = last_town(scores, self._level)
        self._last.enabled = last is not None and last != town
        self._last.hint = (
            "You have not played this level yet."
            if last is None
            else f"Town {last}, where you played last."
        )
        self._race.enabled = self._facts.best_here is not None
        self._race.hint = (
            "Your best run in this town comes along."
            if self._race.enabled
            else "Play this town once, then you can race against your best run."
        )

    def _typed(self, text: str) -> None:
        number = int(text or 0)
        if 1 <= number <= MAX_TOWN:
            self._choose(number)
            return
        self._field.text = str(self.town)
        self._services.notify(f"Town numbers run from 1 to {MAX_TOWN:,}.")

    def _roll(self) -> None:
        self._choose(random_town())

    def _go_back(self) -> None:
        last = last_town(self._services.scores, self._level)
        if last is not None:
            self._choose(last)

    # The way in.
    def _enter(self) -> Transition:
        return enter(self._services, self._level, self.town)

    def _enter_racing(self) -> Transition | None:
        best = self._facts.best_here
        if best is None:
            return None
        ghost = Record.of(self._level, self.town, best.actions, company_of(self._level))
        return enter(self._services, self._level, self.town, ghost)

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the form, and the shortcuts for towns."""
        if isinstance(event, Press) and not event.repeat and not self.form.capturing:
            if event.means(Command.NEW_TOWN):
                self._roll()
                return None
            if event.means(Command.TOWN_NUMBER):
                self.form.focus_on(self._field)
                self._field.press()
                return None
            if event.means(Command.GHOST) and self._race.enabled:
                return self._enter_racing()
            if event.means(Command.HELP):
                return Push(routes.how_it_works(self._services))
        return self.form.handle(event)

    def resumed(self) -> None:
        """Show what was reached since."""
        self._choose(self.town)

    def update(self, dt: float) -> Transition | None:
        """Let the town live on and work out par for it."""
        self._picture.update(dt)
        par = self._services.par
        par.work()
        plan = par.want(self._level, self.town)
        self._facts.par = plan.score if plan else None
        self._facts.par_progress = par.progress
        return None

    def draw(self, painter: Painter) -> None:
        """Draw the card over the land: town at the left, words at the right."""
        draw_land(painter, _LAND, 0.0, 1)
        draw_dim(painter, 0.55)
        inner = draw_panel(painter, _CARD)
        painter.quiet = _QUIET
        left = pygame.FRect(inner.x, inner.y, self._left_width(painter), inner.h)
        right = pygame.FRect(left.right + 30, inner.y, inner.right - left.right - 30, inner.h)
        picture = self._lay_out_left(painter, left)
        self._picture.draw(painter, picture)
        high = max(b.preferred(painter)[1] for b in (self._play, self._race, self._leave))
        buttons = (right.x, right.bottom - high, right.w, high)
        row(painter, buttons, [self._play, self._race, self._leave])
        words = pygame.FRect(right.x, right.y, right.w, right.h - high - 16)
        draw_facts(painter, words, self._facts)
        self.form.draw(painter)
        self._draw_foot(painter)

    def _left_width(self, painter: Painter) -> float:
        controls = self._field.preferred(painter)[1] + self._dice.preferred(painter)[1] + 2 * _GAP
        wide, high = self._level.grid
        room = _CARD.h - 48 - controls
        return min(500.0, max(380.0, room * min(1.2, wide / high)))

    def _lay_out_left(self, painter: Painter, area: pygame.FRect) -> pygame.FRect:
        """Put the town's controls at the bottom; return the box left for its picture."""
        low = self._dice.preferred(painter)[1]
        field = self._field.preferred(painter)[1]
        row(painter, (area.x, area.bottom - low, area.w, low), [self._dice, self._last])
        top = area.bottom - low - _GAP - field
        column(painter, (area.x, top, area.w, field), [self._field])
        return pygame.FRect(area.x, area.y, area.w, top - _GAP - area.y)

    def _draw_foot(self, painter: Painter) -> None:
        y = CANVAS[1] - FOOT / 2 - 1
        hint = painter.text(
            self.form.hint, (_CARD.x + 8, y), 16, painter.palette.text, anchor="midleft", fit=640
        )
        left = hint.right + 24
        room = _CARD.right - left
        draw_hints(
            painter,
            self._services,
            [
                (Command.CONFIRM, "choose"),
                (Command.NEW_TOWN, "random town"),
                (Command.TOWN_NUMBER, "type a number"),
                (Command.BACK, "back"),
            ],
            at=(left + room / 2, y),
            room=room,
        )
