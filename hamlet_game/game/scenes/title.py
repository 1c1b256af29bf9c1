"""The title screen: the village, the game's name, and where to go from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

import hamlet_game
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import DIRECTIONS, Command, Press
from hamlet_game.game.scene import Push, Quit, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.menu_look import cue, draw_hints, draw_outlined, draw_shade
from hamlet_game.game.scenes.title_menu import TitleMenu
from hamlet_game.game.scenes.title_view import draw_village
from hamlet_game.game.scenes.towns import enter, opening_town
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

TAGLINE = "Four meters, a handful of houses, one life. Make it last."
_LEFT = 64.0
_SKY = pygame.FRect(520, 0, 590, 92)  # between the name and the stars
IDLE_S = 60.0  # seconds until the demo starts by itself
_SMALL_NAME, _SMALL_NAME_FROM = 0.72, 1.4  # how small the name is, from which text scale on
_RIM = (38, 33, 58)
_DUSK = (24, 26, 56)
_CREAM = (255, 248, 232)


class TitleScene(Scene):
    """The first thing anyone sees; everything else is reached from here."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._time = 0.0  # seconds the village has been alive
        self._idle = 0.0  # seconds since anybody did anything
        self._menu = TitleMenu(services, self._on_play, self._on_quit)
        self._menu.play.hint = self._play_hint()
        self.form: Form = Form(
            self._menu.buttons,
            on_back=self._on_quit,
            default=self._menu.play,
            on_cue=cue(services),
        )

    # Where the buttons lead.
    def _on_play(self) -> Transition | None:
        services = self._services
        levels = services.catalog.levels
        if services.settings.last_level is None and levels:
            level = levels[0]
            return enter(services, level, opening_town(services, level))
        return Push(routes.level_map(services, services.settings.last_level))

    def _on_quit(self) -> Transition:
        return Push(
            ConfirmScene(
                self._services,
                "Leave Hamlet?",
                "Stars, scores and settings are saved.",
                yes="Quit",
                no="Stay",
                on_yes=Quit,
                danger=False,
            )
        )

    def _play_hint(self) -> str:
        last, levels = self._services.settings.last_level, self._services.catalog.levels
        level = next((level for level in levels if level.id == last), None)
        if level is not None:
            return f"Go on with {level.name}."
        return "Your first night in town." if last is None else "Choose a level."

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the buttons, and HELP."""
        self._idle = 0.0
        if isinstance(event, Press) and event.means(Command.HELP) and not event.repeat:
            return Push(routes.how_it_works(self._services))
        return self.form.handle(event)

    def update(self, dt: float) -> Transition | None:
        """Let the village live on; when nobody does anything, let the demo tell the story."""
        self._time += dt
        self._idle += dt
        if self._idle < IDLE_S or not self._services.settings.idle_demo:
            return None
        self._idle = 0.0
        return Push(routes.demo(self._services))

    def resumed(self) -> None:
        """Say anew what Play leads to."""
        self._idle = 0.0
        self._menu.play.hint = self._play_hint()

    def draw(self, painter: Painter) -> None:
        """Draw the village, the name, the buttons, stars, hints and version."""
        draw_village(painter, self._time, reduced_motion=painter.reduced_motion)
        across = min(CANVAS[0], 940 * max(1.0, painter.text_scale))
        draw_shade(painter, (0, 0, across, CANVAS[1]), _DUSK, start=215)
        foot = (0, CANVAS[1] - 120, CANVAS[0], 120)
        draw_shade(painter, foot, _DUSK, start=0, end=190, level=False)
        top = self._draw_name(painter)
        bottom = CANVAS[1] - 40 - painter.line_height(SMALL)
        self._menu.lay_out(painter, _LEFT, top + 14, bottom)
        self._menu.draw_headings(painter, _LEFT)
        self.form.draw(painter)
        self._draw_stars(painter)
        self._draw_foot(painter)
        painter.quiet = _SKY

    def _draw_name(self, painter: Painter) -> float:
        """Draw emblem, name and tagline; return where they end."""
        small = _SMALL_NAME if painter.text_scale > _SMALL_NAME_FROM else 1.0
        side = 124 * small
        painter.sprite("logo", (_LEFT + side / 2 - 6, 26 + side / 2), (side, side))
        at = (_LEFT + side + 6, 34 * small)
        size = 98 * small
        name = draw_outlined(painter, "Hamlet", at, size, _CREAM, rim=_RIM, thick=4.5 * small)
        line = painter.text(
            TAGLINE, (_LEFT, name.bottom + 6), 20, _CREAM, font="bold", fit=CANVAS[0] - 2 * _LEFT
        )
        return line.bottom

    def _draw_stars(self, painter: Painter) -> None:
        """Draw how many stars have been earned, at the top right."""
        levels = self._services.catalog.levels
        earned = sum(self._services.scores.best(level.id).stars for level in levels)
        text = f"{earned} / {3 * len(levels)}"
        wide, high = painter.measure(text, 20, font="bold")
        box = (CANVAS[0] - 32 - wide - high - 44, 28, wide + high + 44, high + 16)
        painter.rect(box, (*painter.palette.night, 175), radius=box[3] / 2)
        y = box[1] + box[3] / 2
        painter.sprite("icons/star_full", (box[0] + 18 + high / 2, y), (high, high))
        at = (box[0] + box[2] - 18, y)
        painter.text(text, at, 20, painter.palette.text, anchor="midright", font="bold")

    def _draw_foot(self, painter: Painter) -> None:
        """Draw the focused button's sentence, the keys and the version."""
        y = CANVAS[1] - 26
        version = painter.text(
            f"v{hamlet_game.__version__}",
            (CANVAS[0] - 24, y),
            13,
            (*painter.palette.text, 170),
            anchor="midright",
        )
        hint = painter.text(self.form.hint, (_LEFT, y), BODY - 1, _CREAM, anchor="midleft", fit=560)
        room = version.left - 30 - hint.right - 30
        draw_hints(
            painter,
            self._services,
            [(DIRECTIONS, "move"), (Command.CONFIRM, "choose"), (Command.HELP, "help")],
            at=(version.left - 30 - room / 2, y),
            room=room,
        )
