"""The headline of a race's result: who won, why, and how the match stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.theme import mix
from hamlet_game.game.ui.widget import BODY, SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.versus.match import Match
    from hamlet_game.game.versus.race import Race
    from hamlet_game.game.versus.verdict import Verdict

_HEADLINE, _SCORE = 32.0, 44.0


class ResultHead(Widget):
    """Headline, reason, and in a match the score line."""

    focusable = False

    def __init__(self, match: Match, race: Race, verdict: Verdict) -> None:
        super().__init__()
        self._match, self._race, self._verdict = match, race, verdict

    @property
    def _kicker(self) -> str:
        match = self._match
        where = f"{match.level.name} · town {match.town_seed}"
        if match.best_of == 1:
            return where
        return f"Race {len(match.winners)} of at most {match.best_of} · {where}"

    @property
    def _reason(self) -> str:
        match, lanes = self._match, self._race.lanes
        if match.best_of > 1 and match.decided:
            champion = match.champion
            if champion is None:
                return f"{self._verdict.reason} The match is drawn."
            who = lanes[champion].who
            takes = "You take" if who.person else f"{who.name} takes"
            return f"{self._verdict.reason} {takes} the match."
        return self._verdict.reason

    def _room(self, painter: Painter, width: float) -> float:
        if self._match.best_of == 1:
            return width
        return width - painter.measure("0 : 0", _SCORE, font="display")[0] - 60

    def height_for(self, painter: Painter, width: float) -> float:
        """Return the height of its lines."""
        room = self._room(painter, width)
        high = painter.line_height(SMALL)
        high += painter.measure(self._verdict.headline, _HEADLINE, font="display", wrap=room)[1]
        return high + painter.measure(self._reason, BODY, wrap=room)[1]

    def press(self) -> Transition | None:
        """Do nothing: it has the focus only to be scrolled to."""
        return None

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the lines, and the score at the right."""
        colors, box = painter.palette, self.box
        room = self._room(painter, box.w)
        top = painter.text(self._kicker, box.topleft, SMALL, colors.muted, fit=room).bottom
        winner = self._verdict.winner
        ink = colors.text if winner is None else mix(colors.accent, colors.text, 0.1)
        top = painter.text(
            self._verdict.headline, (box.x, top), _HEADLINE, ink, font="display", wrap=room
        ).bottom
        painter.text(self._reason, (box.x, top), BODY, colors.text, wrap=room)
        if self._match.best_of > 1:
            one, other = self._match.score
            painter.text(
                f"{one} : {other}", (box.right - 8, box.centery), _SCORE, colors.accent,
                anchor="midright", font="display",
            )  # fmt: skip
