"""A run's books: what it spent and reached, its best policy, and what of it is on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hamlet_game.training import events as say
from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.config import RunConfig
from hamlet_game.training.evaluation import Brains, quality
from hamlet_game.training.keeper import Keeper
from hamlet_game.training.ledger import Ledger, metric


class Books:
    """Books time and steps on levels, ranks evaluations, and keeps checkpoints if it can."""

    def __init__(self, config: RunConfig, ids: Sequence[str], folder: Path | None) -> None:
        """Open the books of a run over levels `ids`, with checkpoints in `folder` if any."""
        self.name = config.name or (folder.name if folder else "")
        self.ledger = Ledger.blank(len(ids))
        self.best: Brains = []  # of all agents at the best evaluation
        self.keeps = folder is not None
        self._config, self._ids = config, tuple(ids)
        self._keeper = Keeper(folder, config.checkpoint.keep_best)
        self._charged = (0, 0.0)  # step and seconds that are booked

    def load(self) -> tuple[Sequence[say.CheckpointSkipped], Mapping[str, Any] | None]:
        """Return the checkpoints that can't be used, and the latest state that can.

        Raises CheckpointError if there are only damaged ones.
        """
        loaded = self._keeper.load()
        return loaded.skipped, loaded.checkpoint.state if loaded.checkpoint else None

    def start(self, step: int, seconds: float) -> None:
        """Book from here on."""
        self._charged = step, seconds

    def charge(self, level: int, step: int, seconds: float) -> None:
        """Book the steps and seconds since the last time on a level."""
        before, since = self._charged
        self._charged = step, seconds
        self.ledger.spend(level, step - before, seconds - since)

    def rank(
        self, level: int, brains: Brains, measures: say.Measures, step: int, seconds: float
    ) -> Iterator[say.CheckpointSaved | say.CheckpointFailed]:
        """Note an evaluation; keep the brains if they are among the best on the furthest level."""
        self.ledger.pages[level].evaluation = measures
        if self.ledger.is_best(level, quality(measures), step):
            self.best = brains
        value = metric(level, quality(measures))
        try:
            file = self._keeper.save_best(step, brains, value, self._about(level, seconds))
        except CheckpointError as error:
            yield say.CheckpointFailed(step, seconds, str(error.file), error.reason)
            return
        if file:
            yield say.CheckpointSaved(step, seconds, file, value, best=True)

    def save(
        self, level: int, state: Callable[[], Mapping[str, Any]], step: int, seconds: float
    ) -> Iterator[say.CheckpointSaved | say.CheckpointFailed]:
        """Save a run's complete state, if there is where to; a full disk ends nothing."""
        self.charge(level, step, seconds)
        if self.keeps:
            value = self.ledger.metric
            try:
                file = self._keeper.save(step, state(), value, self._about(level, seconds))
            except CheckpointError as error:
                yield say.CheckpointFailed(step, seconds, str(error.file), error.reason)
            else:
                yield say.CheckpointSaved(step, seconds, file, value, best=False)

    def summary(self, reason: str, step: int, seconds: float) -> dict[str, Any]:
        """Return what the run spent and reached, as JSON values."""
        config = self._config
        return {
            "run": self.name,
            "reason": reason,
            "algorithm": config.algorithm["name"],
            "seed": config.seed,
            "agents": config.agents,
            "steps": step,
            "seconds": seconds,
            "steps_per_s": step / max(seconds, 1e-9),
        } | self.ledger.summary(self._ids)

    def state(self) -> dict[str, Any]:
        """Return everything as arrays and JSON values."""
        return {"ledger": self.ledger.state(), "best": self.best}

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on with saved books."""
        self.ledger, self.best = Ledger.from_state(state["ledger"]), list(state["best"])

    def _about(self, level: int, seconds: float) -> dict[str, Any]:
        """Return a checkpoint's metadata."""
        return {
            "run": self.name,
            "level": self._ids[level],
            "agents": self._config.agents,
            "seconds": seconds,
            "measures": self.ledger.pages[level].evaluation,
        }
