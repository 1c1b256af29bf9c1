"""The window's training: one trainer process at a time, started, told, survived, gone on with.

Nothing here waits for a trainer and nothing raises: starting and ending one is done in a
thread, and whatever goes wrong is a `problem`, a sentence with its remedy.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

import hamlet_game.training.events as say
from hamlet_game.game.desk.history import History
from hamlet_game.game.desk.launch import Launch, New, Old, Plan, Source, Wish
from hamlet_game.game.desk.office import BackOffice

if TYPE_CHECKING:  # these load NumPy, pydantic and more: not before a training is wanted
    from hamlet_game.training.protocol import Word
    from hamlet_game.training.runs import RunFolder
    from hamlet_game.training.worker import Make, Problem, TrainerClient

State = Literal["none", "loading", "running", "paused", "ended", "failed"]

PATIENCE_S: Final = 30.0  # without a sign of life, then it counts as hung
STOPPING_S: Final = 15.0  # from the order to stop until a trainer is killed
GOODBYE_S: Final = 10.0  # for a trainer that another one follows to save and end
CLOSING_S: Final = 5.0  # for a last checkpoint when the window is closed
_NOTES: Final = 20
_LOOK_S: Final = 1.0  # between two looks at the folder of runs


class TrainingDesk:
    """Holds what is trained now, or was last. `poll` it every frame, `close` it at the end."""

    def __init__(self, make: Make | None = None, patience_s: float = PATIENCE_S) -> None:
        """Train what `make` returns in the other process: a `Trainer` unless said otherwise."""
        self.history = History()
        self.run: RunFolder | None = None  # None: there is none, or it is not kept
        self._make, self._patience_s = make, patience_s
        self._office = BackOffice()
        self._launch: Launch | None = None  # under way
        self._client: TrainerClient | None = None
        self._unkept: New | None = None  # how to begin again what has no folder
        self._early: list[Word] = []  # orders from before there was a trainer
        self._began = False  # the trainer has said its first word
        self._over = False  # and its last
        self._wished_at = 0.0
        self.ready_s: float | None = None  # from the wish to the trainer's first word
        self._stopping_since: float | None = None
        self._trouble: Problem | None = None  # of starting
        self._notes: list[str] = []  # of starting
        self._looked: tuple[float, RunFolder | None] | None = None  # for the latest run

    # -- what there is ---------------------------------------------------------

    @property
    def state(self) -> State:
        """Return how it stands, as of the last `poll`."""
        if self._launch is not None:
            return "loading"
        if self._client is None:
            return "failed" if self._trouble else "none"
        if self._over:
            return "failed" if self.problem else "ended"
        if not self._began:
            return "loading"
        return "paused" if self._client.paused else "running"

    @property
    def active(self) -> bool:
        """Return whether a trainer lives, or is being started."""
        return self.state in {"loading", "running", "paused"}

    @property
    def stopping(self) -> bool:
        """Return whether the trainer was told to stop and has not ended yet."""
        return self._stopping_since is not None and not self._over

    @property
    def problem(self) -> Problem | None:
        """Return what is wrong: it failed if `over`, otherwise it may still recover."""
        return self._trouble or (self._client.problem if self._client else None)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the latest sentences for people, such as that an output failed."""
        told = self._client.notes if self._client else ()
        return (*self._notes, *told)[-_NOTES:]

    @property
    def waiting(self) -> tuple[Word, ...]:
        """Return the orders that the trainer has not confirmed yet."""
        return (*self._early, *(self._client.waiting if self._client else ()))

    @property
    def can_recover(self) -> bool:
        """Return whether `recover` has something to go on with."""
        return self.run is not None or self._unkept is not None

    def latest_run(self) -> RunFolder | None:
        """Return the newest run that can be gone on with. Looks at the disk once a second."""
        now = time.monotonic()
        if self._looked is None or now - self._looked[0] > _LOOK_S:
            from hamlet_game.game.desk import unfinished  # noqa: PLC0415 - see above

            self._looked = now, unfinished.latest()
        return self._looked[1]

    # -- beginning -------------------------------------------------------------

    def start(
        self,
        preset_or_values: Source = "default",
        *,
        name: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        keep: bool = True,
    ) -> None:
        """Train a new run from a preset, a file or values; what was trained before is stopped.

        Without `keep` nothing is written, and nothing can be gone on with.
        """
        changes = {**(overrides or {}), **({"name": name} if name else {})}
        self._begin(New(preset_or_values, changes, keep), History())

    def resume(self, run: RunFolder, overrides: Mapping[str, Any] | None = None) -> None:
        """Go on with a run from its latest checkpoint. Only its limits can be overridden."""
        self._begin(Old(run, dict(overrides or {})), History())

    def take(self, plan: Plan) -> None:
        """Train what was opened elsewhere, such as by the command line."""
        self._begin(plan, History())

    def recover(self) -> None:
        """Go on from the last checkpoint after a crash, a kill or a hang.

        What is not kept begins anew. Does nothing where nothing was begun.
        """
        if self.run is not None:
            self._begin(Old(self.run, {}), self.history)
        elif self._unkept is not None:
            self._begin(self._unkept, History())

    # -- orders ----------------------------------------------------------------

    def pause(self) -> None:
        """Do no more steps until told to go."""
        self._order("pause")

    def go(self) -> None:
        """Go on after a pause."""
        self._order("resume")

    def step(self) -> None:
        """Pause, but do one more step of all lives."""
        self._order("step")

    def skip(self) -> None:
        """Go to the next level without graduation."""
        self._order("skip")

    def hold(self, on: bool = True) -> None:
        """Stay at this level whatever evaluations say, or let them decide again."""
        self._order("hold" if on else "release")

    def teach(self, level_id: str, town_seed: int, actions: bytes, first: int) -> bool:
        """Put what a person did into the first agent's memory; return whether it is on its way.

        `actions`: a life from its first step on, of which those from `first` on were driven.
        """
        client = self._client
        if client is None or self._over or not 0 <= first < len(actions):
            return False
        return client.teach(level_id, town_seed, actions, first)

    def stop(self) -> None:
        """End the run with a checkpoint; it can be gone on with later."""
        if self.active and self._stopping_since is None:
            self._stopping_since = time.monotonic()
            self._order("stop")

    # -- every frame, and the last ----------------------------------------------

    def poll(self) -> list[say.Event]:
        """Take in what the trainer has said since the last call; return it."""
        if self._launch is not None and self._launch.done:
            self._arrive(self._launch)
        client = self._client
        if client is None or self._over:
            return []
        events = client.poll()
        for event in events:
            if isinstance(event, say.RunStarted) and not self._began:
                self._began, self.ready_s = True, time.monotonic() - self._wished_at
            self.history.take(event)
        if client.ended:
            self._over, self._looked = True, None
            self._office.do(client.kill)  # it has ended: what is left of it is tidied up
        elif self._overdue():
            self._stopping_since = None
            self._office.do(client.kill)
        return events

    def close(self, timeout_s: float = CLOSING_S) -> None:
        """End whatever trains, with a checkpoint if that takes no longer than this."""
        self._retire(timeout_s)
        self._office.wait(timeout_s + 1)

    # -- inside ----------------------------------------------------------------

    def _begin(self, wish: Wish, history: History) -> None:
        """Have a trainer started, after the one before has ended."""
        self._retire(GOODBYE_S)
        self._unkept = wish if isinstance(wish, New) and not wish.keep else None
        self.run = None if isinstance(wish, New) else wish.run
        recall, self.history = history is not self.history, history
        self._began = self._over = False
        self._wished_at, self.ready_s = time.monotonic(), None
        self._trouble = self._stopping_since = self._looked = None
        self._early, self._notes = [], []
        self._launch = Launch(wish, self._patience_s, self._make, recall=recall)
        self._office.do(self._launch.go)

    def _retire(self, seconds: float) -> None:
        """Have the trainer there is ended, in its turn."""
        if self._launch is not None:
            self._launch.cancel()
            self._launch = None
        client, self._client = self._client, None
        if client is None or self._over:
            return
        hangs = client.stalled_s > self._patience_s
        client.order("stop")  # now, before its turn comes
        self._office.do(client.kill if hangs else partial(_end, client, seconds))

    def _arrive(self, launch: Launch) -> None:
        """Take over what was started."""
        self._launch = None
        self._client, self._trouble = launch.client, launch.problem
        self.run = launch.run or self.run
        if launch.past is not None:
            launch.past.tell(self.history)
            self.history.ended = None  # it goes on
            self._notes += [launch.past.trouble] if launch.past.trouble else []
        early, self._early = self._early, []
        for word in early:
            self._order(word)

    def _order(self, word: Word) -> None:
        if self._launch is not None:
            self._early.append(word)
        elif self._client is not None and not self._over:
            self._client.order(word)

    def _overdue(self) -> bool:
        since = self._stopping_since
        return since is not None and time.monotonic() - since > STOPPING_S


def _end(client: TrainerClient, seconds: float) -> None:
    """End a trainer with a checkpoint, or without if it doesn't listen for so long."""
    client.stop(seconds)
