"""What a run spent and reached, level by level: the source of its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from hamlet_game.training.events import Measures

RECENT = 100  # training episodes that `survival` in progress reports averages


@dataclass(slots=True)
class Page:
    """One level's numbers; JSON values."""

    steps: int = 0  # while this level was trained, in whatever level they were lived
    seconds: float = 0.0
    episodes: int = 0  # training episodes ended in this level
    graduated: dict[str, float] | None = None  # `step`, `seconds` of the run; rest of this level
    evaluation: Measures | None = None  # the latest, mean over agents
    final: dict[str, Any] | None = None  # measures in final towns
    recent: list[int] = field(default_factory=list)  # survival of recent episodes

    @property
    def survival(self) -> float:
        """Return the mean steps lived of recent training episodes, 0 before the first."""
        return sum(self.recent) / len(self.recent) if self.recent else 0.0


@dataclass(slots=True)
class Ledger:
    """All levels of a run, and the best evaluation of the furthest of them."""

    pages: list[Page]
    episodes: int = 0  # in the whole run; the number of the latest
    best: dict[str, Any] | None = None  # `level` by number, `quality`, `step`

    @classmethod
    def blank(cls, levels: int) -> Ledger:
        """Return a ledger for so many levels."""
        return cls([Page() for _ in range(levels)])

    def ended(self, level: int, survival: int) -> int:
        """Note a training episode; return its number, from 1."""
        page = self.pages[level]
        page.episodes += 1
        page.recent.append(survival)
        del page.recent[:-RECENT]
        self.episodes += 1
        return self.episodes

    def spend(self, level: int, steps: int, seconds: float) -> None:
        """Note training time of a level."""
        self.pages[level].steps += steps
        self.pages[level].seconds += seconds

    def graduate(self, level: int, step: int, seconds: float) -> None:
        """Note when a level was graduated first."""
        page = self.pages[level]
        if page.graduated is None:
            page.graduated = {
                "step": step,
                "seconds": seconds,
                "level_steps": page.steps,
                "level_seconds": page.seconds,
                "level_episodes": page.episodes,
            }

    def is_best(self, level: int, quality: float, step: int) -> bool:
        """Note an evaluation; return whether it is the best on the furthest level so far."""
        best = self.best
        if best and (level, quality) <= (best["level"], best["quality"]):
            return False
        self.best = {"level": level, "quality": quality, "step": step}
        return True

    @property
    def metric(self) -> float | None:
        """Return the best as one number: the level's, from 1, plus its quality (0..1)."""
        return metric(self.best["level"], self.best["quality"]) if self.best else None

    def summary(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return everything that is worth telling at the end, as JSON values."""
        best = self.best and {**self.best, "level": ids[self.best["level"]], "metric": self.metric}
        told = ("steps", "seconds", "episodes", "graduated", "evaluation", "final")
        return {
            "episodes": self.episodes,
            "best": best,
            "levels": {
                id_: {name: getattr(page, name) for name in told}
                for id_, page in zip(ids, self.pages, strict=True)
            },
        }

    def state(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return asdict(self)

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Ledger:
        """Return a saved ledger."""
        return cls(**{**state, "pages": [Page(**page) for page in state["pages"]]})


def metric(level: int, quality: float) -> float:
    """Return one number that ranks evaluations: a later level first, then quality (0..1)."""
    return level + 1 + min(quality, 0.9999)
