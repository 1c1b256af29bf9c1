"""How the watch scene looks: header, town, cards, tools, and what lies on top of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.insight.picture import Picture
from hamlet_game.game.play.blocks import draw_card
from hamlet_game.game.play.leaderboard import leaderboard
from hamlet_game.game.ui.look import draw_focus_ring
from hamlet_game.game.watch.cards import Cards
from hamlet_game.game.watch.header import Header
from hamlet_game.game.watch.layout import CARDS, EDGE, GAP, Plan, Wish, plan
from hamlet_game.game.watch.stage import TownStage
from hamlet_game.game.watch.status import chips
from hamlet_game.game.watch.tools import Tool

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.scenes.watch import WatchScene

_HEAD_INSET = 4.0


class WatchView:
    """Draws a watch scene; remembers where the town and the curve are, for clicks."""

    def __init__(self) -> None:
        self.cards = Cards()
        self._stage = TownStage()
        self._tools = Picture()
        self._plan: Plan | None = None

    @property
    def town_box(self) -> pygame.FRect | None:
        """Return where the town was drawn, None where it was not."""
        return self._plan.town if self._plan else None

    def draw(self, painter: Painter, scene: WatchScene) -> None:
        """Draw everything."""
        stream.backdrop(painter, scene.settings)
        feed = stream.feed(scene.services)
        room = painter.size[0] - 2 * EDGE
        rows = 1 if painter.size[0] > painter.size[1] else 2
        header = Header(chips(scene, painter.palette), rows)
        high = header.height(painter, room - 2 * _HEAD_INSET)
        wish = Wish(
            cards=[name for name in CARDS if scene.shows(name)] if feed.panels else (),
            meters=len(scene.show.meters),
            header=high,
            tool_rows=scene.tools.rows(room) if feed.panels and feed.picture else 0,
            world=feed.picture,
            charts_only=scene.charts_only and feed.panels,
        )
        now = self._plan = plan(painter, wish)
        header.draw(painter, now.header.inflate(-2 * _HEAD_INSET, 0))
        if now.town is not None:
            _draw_board(painter, scene, now.town)
            self._stage.draw(painter, scene, now.town)
            if (coming := scene.show.coming) is not None:
                coming.prepare(painter, now.town)
        else:
            painter.quiet = now.cards.get("ticker")
        self.cards.draw(painter, scene, now.cards)
        if now.tools is None:
            scene.tools.hide()
        else:
            scene.tools.lay_out(now.tools)
            self._draw_tools(painter, scene, now.tools)
        self._draw_focus(painter, scene)
        if scene.problem is not None:
            centre = now.town or pygame.FRect(0, 0, *painter.size)
            saved = scene.desk.run is not None
            scene.trouble.draw(painter, scene.problem, centre, saved=saved)
            for button in scene.trouble.buttons:
                button.draw(painter, focused=button is scene.focus, hot=False)
                if button is scene.focus:
                    draw_focus_ring(painter, button.box, button.radius)
        if scene.feast.ceremony is not None:
            scene.feast.ceremony.draw(painter)

    def _draw_tools(self, painter: Painter, scene: WatchScene, box: pygame.FRect) -> None:
        """Draw the tools, anew only when one of them looks different."""
        over = self._under_pointer(scene)
        focus = scene.focus if scene.focus_shown else None
        looks = [tool.look(scene.services, hot=tool in (over, focus)) for tool in scene.tools.tools]

        def paint(part: Painter) -> None:
            for tool, look in zip(scene.tools.tools, looks, strict=True):
                tool.paint(part, look)

        ground = stream.KEY_COLOUR if scene.settings.chroma else painter.palette.night
        self._tools.draw(painter, box, tuple(looks), paint, ground)
        shown = focus if isinstance(focus, Tool) else over
        if shown is not None:
            scene.tools.tip(painter, shown)

    def _draw_focus(self, painter: Painter, scene: WatchScene) -> None:
        focus = scene.focus
        if scene.focus_shown and focus is not None and scene.problem is None:
            draw_focus_ring(painter, focus.box, focus.radius)

    def _under_pointer(self, scene: WatchScene) -> Tool | None:
        user = scene.services.input
        if user.last_device != "mouse":
            return None
        return next((t for t in scene.tools.tools if t.box.collidepoint(user.pointer)), None)

    def cell_at(self, scene: WatchScene, point: Point) -> tuple[int, int] | None:
        """Return the town's cell at a point."""
        box = self.town_box
        return None if box is None else scene.show.town.cell_at(box, point)


def _draw_board(painter: Painter, scene: WatchScene, town: pygame.FRect) -> None:
    """Draw the leaderboard of a shared town, for which the town's box gives up its top."""
    show, player = scene.show, scene.show.life.player
    if not show.record.others:
        return
    board = leaderboard(
        painter, show.record, show.record.survival, first=player.name, look=player.look
    )
    card = pygame.FRect(town.x, town.y, town.w, board.height + 16)
    draw_card(painter, card)
    board.draw(card.inflate(-16, -16))
    town.y += card.h + GAP
    town.h -= card.h + GAP
