"""Going from level to level: pure logic over the measures of evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from hamlet_game.town.conditions import Condition
from hamlet_game.town.level import Level
from hamlet_game.training.events import Measures
from hamlet_game.training.sections import CurriculumConfig


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an evaluation led to, by the numbers of levels."""

    kind: Literal["stay", "graduated", "fell_back"]
    level: int  # that was trained so far
    to: int  # that is trained from now on


@dataclass(slots=True)
class _Progress:
    """All that changes; JSON values."""

    level: int = 0
    passes: int = 0  # of the pass mark, in a row
    hits: int = 0  # of the target, in a row
    failures: int = 0  # evaluations that failed since the earlier level was checked
    lapses: int = 0  # checks of the earlier level that found it forgotten, in a row
    held: bool = False
    finished: bool = False
    graduated: list[bool] = field(default_factory=list)


class CurriculumManager:
    """Knows which level is trained, and what it takes to change that."""

    def __init__(self, levels: Sequence[Level], config: CurriculumConfig) -> None:
        self._levels, self._config = tuple(levels), config
        self._now = _Progress(graduated=[False] * len(levels))

    @property
    def level(self) -> int:
        """Return the number of the level that is trained, from 0."""
        return self._now.level

    @property
    def is_last(self) -> bool:
        """Return whether no level follows."""
        return self.level == len(self._levels) - 1

    @property
    def is_finished(self) -> bool:
        """Return whether the last level is graduated and its target reached."""
        return self._now.finished

    @property
    def is_held(self) -> bool:
        """Return whether the level stays whatever evaluations say."""
        return self._now.held

    @property
    def graduated(self) -> tuple[bool, ...]:
        """Return which levels are graduated."""
        return tuple(self._now.graduated)

    def lives(self, total: int, level: int | None = None) -> dict[int, int]:
        """Return how many of `total` lives play in which level while `level` is trained.

        That is the present one if none is given. The shares for earlier and for later levels
        are dealt out evenly, one life to each level at least; the level that is trained keeps
        one at least.
        """
        last, now = len(self._levels) - 1, self.level if level is None else level
        shares = self._dealt(total, self._config.mix_earlier, range(now))
        left = total - sum(shares.values())
        shares |= self._dealt(left, self._config.mix_later, range(now + 1, last + 1))
        shares[now] = total - sum(shares.values())
        return dict(sorted(shares.items()))

    @staticmethod
    def _dealt(total: int, share: float, levels: range) -> dict[int, int]:
        if not share or not levels:
            return {}
        mixed = min(max(round(total * share), len(levels)), total - 1)
        each, rest = divmod(mixed, len(levels))
        shares = {number: each + (k < rest) for k, number in enumerate(levels)}
        return {number: lives for number, lives in shares.items() if lives}

    def wants_par(self, number: int) -> bool:
        """Return whether judging a level needs par."""
        is_last = number == len(self._levels) - 1
        marks = [*self._levels[number].stars[0], *(self._config.target if is_last else ())]
        return any(condition.measure == "par" for condition in marks)

    def judge(self, measures: Measures) -> Verdict:
        """Take in an evaluation of the level that is trained."""
        now, level = self._now, self.level
        passed = _all_hold(self._levels[level].stars[0], measures)
        now.passes = now.passes + 1 if passed else 0
        now.failures = 0 if passed else now.failures + 1
        if passed:
            now.lapses = 0
        target = self._config.target if self.is_last else ()
        now.hits = now.hits + 1 if target and _all_hold(target, measures) else 0
        needed = self._config.passes_needed
        graduates = now.passes >= needed and not now.graduated[level] and not now.held
        if graduates:
            now.graduated[level] = True
        if self.is_last:
            on_target = now.hits >= needed or not target
            now.finished = now.graduated[level] and on_target and not now.held
        elif graduates:
            self._go_to(level + 1)
        return Verdict("graduated" if graduates else "stay", level, self.level)

    def wants_check(self) -> int | None:
        """Return the number of an earlier level that should be evaluated now, if any."""
        rule = self._config.fall_back
        if rule is None or self._now.held or not self.level:
            return None
        due = self._now.failures and self._now.failures % rule.check_every == 0
        return self.level - 1 if due else None

    def check(self, measures: Measures) -> Verdict:
        """Take in an evaluation of the level before; training may fall back to it."""
        rule, now, level = self._config.fall_back, self._now, self.level
        if rule is None or not level or now.held:
            return Verdict("stay", level, level)
        mark = self._levels[level - 1].stars[0]
        now.lapses = now.lapses + 1 if _collapsed(mark, measures, rule.below) else 0
        if now.lapses < rule.after:
            return Verdict("stay", level, level)
        now.graduated[level - 1] = False
        self._go_to(level - 1)
        return Verdict("fell_back", level, level - 1)

    def move_on(self) -> bool:
        """Go to the next level without graduation; return whether there is one."""
        if self.is_last:
            return False
        self._go_to(self.level + 1)
        return True

    def hold(self, on: bool = True) -> None:
        """Stay at this level, or let evaluations decide again."""
        self._now.held = on

    def state(self) -> dict[str, Any]:
        """Return all that changes, as JSON values."""
        return asdict(self._now)

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from a saved state. Raises ValueError if it is of other levels."""
        now = _Progress(**state)
        if len(now.graduated) != len(self._levels) or not 0 <= now.level < len(self._levels):
            raise ValueError("the saved curriculum has other levels; use its configuration")
        now.graduated = list(now.graduated)
        self._now = now

    def _go_to(self, level: int) -> None:
        now = self._now
        now.level, now.finished = level, False
        now.passes = now.hits = now.failures = now.lapses = 0


def _all_hold(conditions: Iterable[Condition], measures: Measures) -> bool:
    return all(condition.holds(measures) for condition in conditions)


def _collapsed(mark: Iterable[Condition], measures: Measures, share: float) -> bool:
    """Return whether a measure is below that share of what the mark asks for.

    Conditions that ask for nothing above 0, or were not measured, say nothing.
    """
    return any(
        measures[condition.measure] < share * condition.value
        for condition in mark
        if condition.value > 0 and condition.measure in measures
    )
