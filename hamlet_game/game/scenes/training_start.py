"""Where watching begins: a new training, the newest one gone on with, or a brain as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Player
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Pop, Replace, Scene, Transition
from hamlet_game.game.scenes.menu_look import FOOT, MARGIN, cue, draw_hints
from hamlet_game.game.ui.button import Button, OnPress, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import column, row
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.textfield import TextField
from hamlet_game.game.ui.widget import BODY, SMALL, TALL, Widget
from hamlet_game.game.watch.archive import Archive
from hamlet_game.training.edition import cannot_train
from hamlet_game.training.runs import RunError, RunFolder, find

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services
    from hamlet_game.game.theme import Rgb

PRESETS = {  # by their names among the shipped configurations
    "default": ("The whole way", "All four levels, from nothing to mastery, in some 15 minutes."),
    "quick": ("A taste", "The first two levels, in about 15 seconds."),
    "classic": ("One map", "One fixed town, learned by heart: quick, but only that town."),
    "sparse": ("The hard way", "The whole town at once, a point a step: it wanders and dies."),
}
LEVELS = ("As it says", "1", "1-2", "1-3", "1-4", "2", "3", "4")
AGENTS = (1, 2, 4)
_TITLE = 38.0
_LARGE = 1.3  # text scale from which on there is room for the least only
_LEFT_SHARE = 0.53
_GAP = 10.0
_SEED_DIGITS = 9
_UNDER_BUTTONS = pygame.FRect(48, 0, 616, 654)  # where the left card ends


class TrainingStartScene(Scene):
    """Starts a training, or shows somebody without one, and leads to the watch scene."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._names = tuple(PRESETS)
        self._preset = Choice(
            "Training", [PRESETS[name][0] for name in self._names], 0, self._chosen, pinned=True
        )
        self._levels = Choice("Levels", LEVELS, 0, _nothing, pinned=True)
        self._agents = Choice(
            "Agents", [str(count) for count in AGENTS], 0, _nothing, pinned=True,
            hint="Several learn side by side; you choose whom to watch.",
        )  # fmt: skip
        self._seed = TextField(
            "Seed", "0", self._typed, digits_only=True, max_length=_SEED_DIGITS, pinned=True,
            hint="The same seed learns the same way again on this computer.",
        )  # fmt: skip
        self._start = Button(
            "Start training", self._begin, icon="play", style=Style.PRIMARY, size=22, pinned=True,
            hint="It begins with a network of random weights.",
        )  # fmt: skip
        self._go_on = Button("Go on", self._resume, icon="restart", pinned=True)
        self._back = Button("Back", Pop, icon="back", pinned=True)
        self._left: list[Widget] = [
            self._preset, self._levels, self._agents, self._seed, self._start, self._back,
            self._go_on,
        ]  # fmt: skip
        self._stage = [self._row(entry) for entry in (*_runs(), *roster.shipped(), *_others())]
        self._view = pygame.FRect(0, 0, 0, 0)
        self.form: Form = Form(
            [*self._stage, *self._left],
            on_back=Pop,
            default=self._start,
            view=self._view,
            on_cue=cue(services),
        )
        self._newest: RunFolder | None = None
        self._missing = cannot_train()  # why this Hamlet trains nothing, if so
        if self._missing:
            self._start.hint = self._missing
        self._chosen(0)
        self._look()

    def _row(self, entry: roster.Entry) -> Button:
        return Portrait(entry, partial(self._watch, entry))

    def _look(self) -> None:
        """See which run can be gone on with."""
        desk = self._services.training
        self._newest = None if desk.active else desk.latest_run()
        self._go_on.enabled = self._newest is not None or desk.active
        if desk.active:
            self._go_on.text, self._go_on.hint = "Back to the training", "It is under way."
        elif self._newest is not None:
            self._go_on.text = f"Go on with {self._newest.name}"
            self._go_on.hint = "From its last checkpoint."
        else:
            self._go_on.hint = "There is no training to go on with yet."

    def _chosen(self, index: int) -> None:
        self._preset.hint = PRESETS[self._names[index]][1]

    def _typed(self, text: str) -> None:
        self._seed.text = str(int(text or 0))

    # The ways on.
    def _begin(self) -> Transition | None:
        if self._missing:
            self._services.notify(self._missing)
            return None
        overrides: dict[str, object] = {"seed": int(self._seed.text or 0)}
        if self._levels.index:
            overrides["levels"] = LEVELS[self._levels.index]
        if self._agents.index:
            overrides["agents"] = AGENTS[self._agents.index]
        preset = self._names[self._preset.index]
        self._services.training.start(preset, name=preset, overrides=overrides)
        return self._show()

    def _resume(self) -> Transition | None:
        if self._missing:
            self._services.notify(self._missing)
            return None
        if self._newest is not None:
            self._services.training.resume(self._newest)
        return self._show()

    def _watch(self, entry: roster.Entry) -> Transition | None:
        try:
            player = entry.make()
        except roster.RosterError as error:
            self._services.notify(str(error))
            return None
        return self._show(player, archive_of(entry.word))

    def _show(self, player: Player | None = None, archive: Archive | None = None) -> Transition:
        from hamlet_game.game.scenes.watch import WatchScene  # noqa: PLC0415 - a circle

        return Replace(WatchScene(self._services, player, archive=archive))

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the form."""
        return self.form.handle(event)

    def resumed(self) -> None:
        """See anew what there is to go on with."""
        self._look()

    def draw(self, painter: Painter) -> None:
        """Draw the two cards: what to train, and whom to watch."""
        draw_still(painter)
        painter.quiet = _UNDER_BUTTONS
        colors, (wide, high) = painter.palette, painter.size
        large = painter.text_scale > _LARGE  # then there is no room for all of it
        title = painter.text(
            "Watch it learn", (MARGIN, 16), _TITLE, colors.text, font="display", fixed=large
        )
        if not large:
            name, about = PRESETS[self._names[self._preset.index]]
            painter.text(
                f"{name}: {about}", (wide - MARGIN, title.centery + 4), BODY, colors.text,
                anchor="midright", fit=wide - 2 * MARGIN - title.w - 30,
            )  # fmt: skip
        floor = high - max(FOOT, painter.line_height(SMALL) * 2 + 26)
        body = pygame.FRect(MARGIN, title.bottom + 8, wide - 2 * MARGIN, 0)
        body.h = floor - body.y
        left = pygame.FRect(body.x, body.y, body.w * _LEFT_SHARE - 9, body.h)
        right = pygame.FRect(left.right + 18, body.y, body.right - left.right - 18, body.h)
        inner = draw_panel(painter, left, title="" if large else "A training", icon="brain")
        self._place(painter, inner)
        heading = "" if large else "Or a brain as it is"
        shown = draw_panel(painter, right, title=heading, icon="star_full")
        self._view.update(shown)
        column(painter, shown, self._stage, gap=8)
        self.form.draw(painter)
        hint = self.form.hint
        y = floor + painter.line_height(BODY) / 2 + 4
        painter.text(
            hint, (wide / 2, y), BODY, colors.text, anchor="center", font="bold",
            fit=wide - 2 * MARGIN,
        )  # fmt: skip
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "back")]
        draw_hints(painter, self._services, hints, at=(wide / 2, high - 20), room=wide - 40)

    def _place(self, painter: Painter, box: pygame.FRect) -> None:
        """Stack the left card's widgets so that they end where it does."""
        above = self._left[:-2]
        last = row(painter, (box.x, 0, box.w, 0), [self._back, self._go_on], gap=_GAP)
        used = sum(widget.height_for(painter, box.w) for widget in above) + last.h
        gap = min(28.0, max(2.0, (box.h - used) / len(above)))
        top = column(painter, box, above, gap=gap).bottom + gap
        row(painter, (box.x, top, box.w, 0), [self._back, self._go_on], gap=_GAP)


class Portrait(Button):
    """Somebody who can be watched: how they look, their name, and what they are."""

    def __init__(self, entry: roster.Entry, on_press: OnPress) -> None:
        super().__init__(entry.name, on_press, align="left", hint=entry.detail)
        self._entry = entry

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for two lines."""
        high = painter.line_height(BODY, font="bold") + painter.line_height(SMALL) + 18
        return super().preferred(painter)[0] + high, max(TALL, high)

    def _content(self, painter: Painter, box: pygame.FRect, ink: Rgb) -> None:
        """Draw the person, and both lines beside them."""
        side = box.h * 1.0
        person = Person(0, 0, look=self._entry.look, mood=0.9)
        center = (box.x + side * 0.62, box.centery + side * 0.04)
        with painter.clip(box):
            draw_person(painter, person, center, side * 1.05, reduced_motion=True)
        left, room = box.x + side * 1.25, box.w - side * 1.25 - 14
        heads = painter.line_height(BODY, font="bold")
        top = box.centery - (heads + painter.line_height(SMALL)) / 2
        painter.text(self.text, (left, top), BODY, ink, font="bold", fit=room)
        at = (left, top + heads)
        painter.text(self._entry.detail, at, SMALL, painter.palette.muted, fit=room)


def _nothing(_: int) -> None:
    """Take note of a choice only when the training starts."""


def _runs() -> list[roster.Entry]:
    """Return the user's runs themselves, without each one's checkpoints."""
    return [entry for entry in roster.runs() if "@" not in entry.name]


def _others() -> list[roster.Entry]:
    return [entry for entry in roster.scripted() if entry.word in ("planner", "sensible")]


def archive_of(word: str) -> Archive | None:
    """Return the curves of the run that a word names, None if it names none."""
    try:
        return Archive(find(word))
    except RunError:
        return None
