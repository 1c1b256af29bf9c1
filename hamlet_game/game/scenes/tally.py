"""Counting a finished life: its stars, the records it breaks, and the level it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.recorder import highlights
from hamlet_game.game.score_models import Improvement, Result

if TYPE_CHECKING:
    from hamlet_game.game.scenes.results_cards import Outcome
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level


def count(
    services: Services, outcome: Outcome, following: Level | None, *, again: bool = False
) -> None:
    """Count the life with the stars known so far, and note in `outcome` what that changes.

    `again`: it was counted before; now par has come and may have brought more stars.
    """
    record, scores = outcome.record, services.scores
    ids = [level.id for level in services.catalog.levels]
    before, open_before = scores.best(record.level.id), services.unlocked(ids)
    outcome.stars = record.stars(outcome.par)
    improvement = scores.record(
        Result(
            level_id=record.level.id,
            town_seed=record.town_seed,
            score=record.last.points,
            stars=outcome.stars,
            survival=record.survival,
            actions=record.actions,
            again=again,
        )
    )
    after = scores.best(record.level.id)
    town = after.towns.get(record.town_seed)
    outcome.best_level = after.best or 0.0
    outcome.best_town = town.score if town else record.last.points
    if before.best is not None:  # a first run has nothing to beat
        known = record.town_seed in before.towns
        outcome.badges |= _badges(improvement, town_known=known)
        if improvement.level_best and not again:
            score = f"{record.last.points:.0f}"
            highlights.mark(services, "record", f"New record in {record.level.name}: {score}")
    if following is not None and following.id in services.unlocked(ids) - open_before:
        outcome.notice = f"{following.name} is open now!"


def leave_out(services: Services, outcome: Outcome) -> None:
    """Show the player's records beside a life that somebody else began: it earns nothing."""
    record, best = outcome.record, services.scores.best(outcome.record.level.id)
    town = best.towns.get(record.town_seed)
    outcome.best_level = best.best or 0.0
    outcome.best_town = town.score if town else 0.0


def _badges(improvement: Improvement, *, town_known: bool) -> set[str]:
    """Return which of a life's lines deserve a badge."""
    bettered = {
        "level": improvement.level_best,
        "town": improvement.town_best and town_known,
        "lived": improvement.survival_best,
    }
    return {line for line, better in bettered.items() if better}
