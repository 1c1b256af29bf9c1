"""A friendly word for someone who stands about in a level that gave them no star yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.narration import KIND_NAMES
from hamlet_game.game.play import needs
from hamlet_game.town.names import Kind

if TYPE_CHECKING:
    from hamlet_game.game.play.session import Session

PAUSE_S = 1.2  # seconds of standing still before a word comes
Spot = tuple[Kind, int, int]


def advice(session: Session, places: list[Spot], wait_key: str) -> str:
    """Return what to do next as markup, "" where there is nothing to say.

    Only the step tempo leaves the time to read; `wait_key` is what to hold for waiting.
    """
    record = session.record
    if session.live or record.over or session.path or session.motion.rest < PAUSE_S:
        return ""
    target = needs.wanted(record, record.survival, places)
    if target is not None:
        name = KIND_NAMES[places[target][0]].lower()
        return f"Walk to the **{name}** under the arrow."
    earns = any(kind is Kind.JOB for kind, _, _ in places)
    if earns or session.indoors or not record.survival:
        return ""
    return f"All is well for now. Hold **{wait_key}** to wait: it costs half of walking."
