"""The panels beside the town, each drawn by the module that knows its numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.insight.curriculum_panel import draw_curriculum
from hamlet_game.game.insight.curve_panel import CurvePanel
from hamlet_game.game.insight.learner_panel import draw_learner
from hamlet_game.game.insight.news_panel import draw_news
from hamlet_game.game.insight.picture import Picture
from hamlet_game.game.insight.q_panel import draw_q
from hamlet_game.game.play.blocks import PAD, draw_card
from hamlet_game.game.ui.meter import meter_height
from hamlet_game.game.ui.widget import BODY
from hamlet_game.game.watch.layout import METER_COLUMNS

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.scenes.watch import WatchScene
    from hamlet_game.game.theme import Rgb
    from hamlet_game.training.events import BrainUpdated

Paint = Callable[["Painter"], None]

_SLOW = ("learner", "curriculum", "ticker")
_A_SECOND = 5  # pictures of each of them
_AROUND = 8.0  # of a card belongs to its picture: its shadow
_ASIDE = 30.0  # between two columns of meters


class Cards:
    """Draws the cards of a plan, and answers clicks on the curve."""

    def __init__(self) -> None:
        self._curve: CurvePanel | None = None
        self._history: History | None = None
        self._curve_box: pygame.FRect | None = None
        self._pictures: dict[str, Picture] = {}
        self._ground: Rgb = stream.KEY_COLOUR  # behind the cards

    def draw(self, painter: Painter, scene: WatchScene, boxes: dict[str, pygame.FRect]) -> None:
        """Draw all cards into their boxes."""
        history = scene.history
        self._ground = stream.KEY_COLOUR if scene.settings.chroma else painter.palette.night
        self._curve_box = boxes.get("curve")
        for needle in scene.needles:
            needle.enabled = "meters" in boxes and needle.meter in scene.show.meters
        for name, box in boxes.items():
            match name:
                case "meters":
                    _meters(painter, scene, box)
                case "q":
                    self._q(painter, scene, box)
                case "curve":
                    self._curve_of(history).draw(painter, box)
                case _:
                    self._slow(painter, scene, name, box)

    def _slow(self, painter: Painter, scene: WatchScene, name: str, box: pygame.FRect) -> None:
        """Draw a card whose numbers need not be newer than a fraction of a second."""
        history, place = scene.history, _SLOW.index(name)
        turn = int(scene.time * _A_SECOND + place / len(_SLOW))  # one of them a frame, not all

        def paint(part: Painter) -> None:
            if name == "learner":
                draw_learner(part, box, history)
            elif name == "curriculum":
                draw_curriculum(part, box, history, scene.services.catalog)
            else:
                draw_news(part, box, history)

        self._keep(painter, name, box, (turn, id(history)), paint)

    def pick(self, point: Point) -> BrainUpdated | None:
        """Return the moment that a click on the curve means."""
        if self._curve is None or self._curve_box is None:
            return None
        return self._curve.pick(point) if self._curve_box.collidepoint(point) else None

    def hover(self, point: Point | None) -> None:
        """Hear where the pointer is, for the numbers under it."""
        if self._curve is not None:
            self._curve.point = point

    def release(self) -> None:
        """Forget the picked moment."""
        if self._curve is not None:
            self._curve.release()

    def _curve_of(self, history: History) -> CurvePanel:
        if self._curve is None or history is not self._history:
            self._curve, self._history = CurvePanel(history), history
        return self._curve

    def _q(self, painter: Painter, scene: WatchScene, box: pygame.FRect) -> None:
        """Draw the values, anew with every thought; hidden while somebody guesses."""
        hiding = scene.guessing.hiding
        thought = None if hiding else scene.shown_thought()

        def paint(part: Painter) -> None:
            if hiding:
                _draw_hidden(part, box)
            else:
                draw_q(part, box, thought)

        self._keep(painter, "q", box, (hiding, thought), paint)

    def _keep(
        self, painter: Painter, name: str, box: pygame.FRect, key: Hashable, paint: Paint
    ) -> None:
        """Draw a card as it was kept, as long as its key stays the same."""
        picture = self._pictures.setdefault(name, Picture())
        picture.draw(painter, box.inflate(_AROUND, _AROUND), key, paint, self._ground)


def _draw_hidden(painter: Painter, box: pygame.FRect) -> None:
    draw_card(painter, box)
    painter.text(
        "Hidden until you have guessed", box.center, BODY, painter.palette.muted,
        anchor="center", font="bold", wrap=box.w - 30, align="center",
    )  # fmt: skip


def _meters(painter: Painter, scene: WatchScene, box: pygame.FRect) -> None:
    """Place and draw the meters, which can be dragged."""
    draw_card(painter, box)
    inner = box.inflate(-2 * PAD, -2 * PAD + 8)
    tall = meter_height(painter)
    shown = [needle for needle in scene.needles if needle.enabled]
    columns = METER_COLUMNS if len(shown) > 1 else 1
    each = (inner.w - _ASIDE * (columns - 1)) / columns
    for index, needle in enumerate(shown):
        row, column = divmod(index, columns)
        left, top = inner.x + column * (each + _ASIDE), inner.y + row * (tall + 12)
        needle.box = pygame.FRect(left, top, each, tall)
        needle.draw(painter, focused=False, hot=False)
