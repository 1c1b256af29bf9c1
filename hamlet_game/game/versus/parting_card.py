"""Where two lives parted: the first different step, and the one from which it mattered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.play.blocks import draw_card
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, Widget
from hamlet_game.game.versus.verdict import parting_text, turning_text

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.versus.race import Race
    from hamlet_game.game.versus.verdict import Verdict

_INSET = 14.0


class PartingCard(Widget):
    """One or two sentences on a card."""

    focusable = False
    radius = 18.0

    def __init__(self, race: Race, verdict: Verdict) -> None:
        super().__init__()
        self.text = _told(race, verdict)

    def height_for(self, painter: Painter, width: float) -> float:
        """Return the height of its sentences."""
        return lay_out(painter, self.text, BODY, wrap=width - 2 * _INSET).size[1] + 2 * _INSET

    def press(self) -> Transition | None:
        """Do nothing: it has the focus only to be scrolled to."""
        return None

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        draw_card(painter, self.box)
        inner = self.box.inflate(-2 * _INSET, -2 * _INSET)
        draw_rich(painter, self.text, inner.topleft, BODY, painter.palette.text, wrap=inner.w)


def _told(race: Race, verdict: Verdict) -> str:
    lanes = race.lanes
    if verdict.parted is None:
        return "**Step for step the same:** both did exactly alike as long as both lived."
    parted = parting_text(lanes, verdict.parted)
    lines = [f"{{icons/step}} [accent:**Parted at step {verdict.parted}:**] {parted}."]
    if verdict.mattered is not None and verdict.mattered <= race.step:
        turned = turning_text(lanes, verdict)
        lines.append(f"{{icons/flag}} [good:**It mattered at step {verdict.mattered}:**] {turned}.")
    return "\n".join(lines)
