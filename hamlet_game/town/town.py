"""The town: L lives stepped at once over T towns, as plain arrays.

One rule book for everything: a person plays with L = 1, training steps 64,
evaluation 1,000, a city is one town with many lives.
"""

from __future__ import annotations

from copy import copy
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hamlet_game.town import starts
from hamlet_game.town.grounds import Grounds
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.names import FULL, NONE, Action, Kind, Meter
from hamlet_game.town.observation import Observer
from hamlet_game.town.outcome import Outcome, Refusal, Step
from hamlet_game.town.queues import move_together, served_first, taken
from hamlet_game.town.rewards import RewardShaper
from hamlet_game.town.state import TownState
from hamlet_game.town.tables import DX, DY, Tables

EMPTY = np.float32(1e-3)  # a meter this low is empty; far above float32 rounding
FULL_SCORE = 1000.0

# Zero-dimensional arrays, not numbers: NumPy converts a number anew in every operation.
_INTERACT = np.array(Action.INTERACT, dtype=np.int8)
_EDGE = np.array(0, dtype=np.int16)
_EMPTIED, _FILLED = np.array(0, dtype=np.float32), np.array(FULL, dtype=np.float32)


class Town:
    """Steps lives. State changes only in `step`, `restart` and `restore`."""

    def __init__(
        self,
        level: Level,
        town_seeds: ArrayLike,
        lives_per_town: int = 1,
        *,
        rewards: RewardWeights | None = None,
    ) -> None:
        seeds = np.atleast_1d(np.asarray(town_seeds, dtype=np.int64))
        if lives_per_town < 1 or seeds.ndim != 1 or not len(seeds):
            raise ValueError("a town needs at least one seed and one life")
        self.level = level
        self.shaper = RewardShaper(level, rewards)
        self.lives_per_town = lives_per_town
        self._observer = Observer(level)
        self._rules = Tables.of(level)
        self._competing = lives_per_town > 1 and bool(np.isfinite(self._rules.capacity).any())
        seed = np.repeat(seeds, lives_per_town)
        self._grounds = Grounds(level, seed)
        self.state = starts.begin(
            level,
            self._grounds.places,
            self._grounds.row,
            seed=seed,
            episode=np.zeros_like(seed),
            citizen=np.tile(np.arange(lives_per_town, dtype=np.int64), len(seeds)),
        )
        self._around = self._grounds.around(self.state.x, self.state.y)

    def __len__(self) -> int:
        """Return L, the number of lives."""
        return len(self.state)

    # -- reading ---------------------------------------------------------------

    @property
    def meters(self) -> NDArray[np.float32]:
        """All meters, (L, 4), 0..100. A view: do not write."""
        return self.state.meters.T

    def observe(self) -> NDArray[np.float32]:
        """Return the observations, (L, W). Changes nothing."""
        s = self.state
        affordable = s.meters[Meter.MONEY] >= self._rules.price
        return self._observer(
            s.meters, s.x, s.y, self._around, affordable=affordable, taken=self._taken()
        )

    def mask(self) -> NDArray[np.bool_]:
        """Return which actions do more than walk into the edge, (L, 5)."""
        s, mask = self.state, np.ones((len(self), len(Action)), dtype=np.bool_)
        mask[:, Action.UP] = s.y > 0
        mask[:, Action.DOWN] = s.y < self.level.height - 1
        mask[:, Action.LEFT] = s.x > 0
        mask[:, Action.RIGHT] = s.x < self.level.width - 1
        return mask

    def places(self, life: int = 0) -> list[tuple[Kind, int, int]]:
        """Return the buildings of one life's town as (kind, x, y)."""
        return self._grounds.listed(life)

    # -- changing --------------------------------------------------------------

    def step(self, actions: ArrayLike) -> Step:
        """Do one step of every life that is not over. `actions`: (L,) of `Action`.

        Raises ValueError for a wrong shape or an unknown action.
        """
        around_before, over_before = self._around, self.state.over
        out = self.advance(actions)
        h = out.happened(around_before, self._around)
        reward, terms = self.shaper(h)
        if over_before.any():
            live = ~over_before
            reward = reward * live
            terms = {name: value * live for name, value in terms.items()}
        return Step(
            self.observe(),
            reward,
            terms,
            out.died,
            out.timed_out,
            out.used,
            out.refused,
            out.moved,
            out.cause,
        )

    def advance(self, actions: ArrayLike) -> Outcome:
        """Do one step by the rules alone, without reward or observation, as planners like it."""
        s, act = self.state, self._checked(actions)
        over, before = s.over, s.meters
        old = copy(s) if over.any() else None  # shares arrays: they are replaced, not written to
        x = np.minimum(np.maximum(s.x + DX.take(act), _EDGE), self._rules.last_x)
        y = np.minimum(np.maximum(s.y + DY.take(act), _EDGE), self._rules.last_y)
        moved = (x != s.x) | (y != s.y)
        drained = before - self._rules.drains.take(moved, axis=1)
        np.maximum(drained, _EMPTIED, out=drained)
        s.x, s.y = x, y
        interacts = act == _INTERACT
        used, refused, s.busy = self._interact(interacts & ~over, drained)
        s.meters = drained + self._rules.effects.take(used, axis=1)
        np.minimum(np.maximum(s.meters, _EMPTIED, out=s.meters), _FILLED, out=s.meters)
        s.age = s.age + 1
        empty = s.meters.take(self._rules.deadly, axis=0) <= EMPTY
        died = np.logical_or.reduce(empty, axis=0)
        timed_out = (s.age >= self.level.steps) & ~died
        s.points = s.points + self._worth(died)
        if old is not None:
            self._hold(old, died, timed_out, moved)
        self._around = self._grounds.around(self.state.x, self.state.y)
        s.over = over | died | timed_out
        cause = np.full(len(s), NONE, dtype=np.int8)
        if died.any():
            cause[died] = self._rules.deadly[np.argmax(empty[:, died], axis=0)]
        wasted = np.where(interacts, refused > Refusal.NOTHING_HERE, ~moved)
        return Outcome(
            before, drained, s.meters, died, timed_out, used, refused, moved, wasted, cause
        )

    def restart(self, lives: Any = None, *, town_seeds: ArrayLike | None = None) -> None:
        """Begin anew: `lives` is a mask or index, all if None.

        Without `town_seeds` the same towns begin their next episode. With them
        (one per chosen life) the lives move to those towns, episode 0; lives that
        share a town must move together, to one town. Raises ValueError otherwise.
        """
        s = self.state
        which = self._grounds.everyone[slice(None) if lives is None else lives]
        if not len(which):
            return
        if town_seeds is None:
            s.episode[which] += 1
        else:
            seeds = np.broadcast_to(np.asarray(town_seeds, dtype=np.int64), which.shape)
            if not move_together(which, seeds, self.lives_per_town):
                raise ValueError("lives that share a town can only move together, to one town")
            s.seed[which], s.episode[which] = seeds, 0
            self._grounds.move(which, s.seed[which])
        fresh = starts.begin(
            self.level,
            self._grounds.places,
            self._grounds.row[which],
            seed=s.seed[which],
            episode=s.episode[which],
            citizen=s.citizen[which],
        )
        s.meters[:, which] = fresh.meters
        for name in ("x", "y", "age", "over", "points", "busy"):
            getattr(s, name)[which] = getattr(fresh, name)
        self._around = self._grounds.around(self.state.x, self.state.y)

    def snapshot(self) -> TownState:
        """Return a copy of the state."""
        return self.state.copy()

    def restore(self, state: TownState) -> None:
        """Go on from a snapshot, which may hold other lives, or more or fewer of them.

        Raises ValueError where lives share towns and a town is not whole.
        """
        if len(state) % self.lives_per_town:
            raise ValueError(f"lives come in towns of {self.lives_per_town}")
        if not np.array_equal(state.seed, self.state.seed):
            self._grounds = copy(self._grounds)  # a twin of this town may stand on it, too
            self._grounds.settle(state.seed)
        self.state = state.copy()
        self._around = self._grounds.around(self.state.x, self.state.y)

    # -- inside ----------------------------------------------------------------

    def _checked(self, actions: ArrayLike) -> NDArray[np.integer[Any]]:
        act = np.asarray(actions)
        known = act.dtype.kind in "iu" and act.shape == self.state.x.shape
        if not known or (len(act) and (act.min() < 0 or act.max() >= len(Action))):
            raise ValueError(f"actions must be ({len(self)},) numbers of 0..{len(Action) - 1}")
        return act

    def _interact(
        self, wants: NDArray[np.bool_], meters: NDArray[np.float32]
    ) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int16]]:
        """Return the kind used, the refusal, and the building used, (L,) each."""
        lives = np.flatnonzero(wants)
        used = np.full(len(wants), NONE, dtype=np.int8)
        refused = np.zeros(len(wants), dtype=np.int8)
        busy = np.full(len(wants), NONE, dtype=np.int16)
        if not len(lives):
            return used, refused, busy
        building = self._grounds.building(self.state.x, self.state.y, lives)
        kind = building // self._grounds.places.slots  # NONE stays NONE
        there = building != NONE
        payable = meters[Meter.MONEY, lives] >= self._rules.price[kind, 0]
        refused[lives] = np.where(
            there, np.where(payable, Refusal.NO, Refusal.UNAFFORDABLE), Refusal.NOTHING_HERE
        )
        served = there & payable
        lives, building, kind = lives[served], building[served], kind[served]
        if self._competing:
            door = (lives // self.lives_per_town) * self._grounds.doors + building
            first = served_first(self.state, lives, door, self._rules.capacity[kind])
            refused[lives[~first]] = Refusal.TAKEN
            lives, building, kind = lives[first], building[first], kind[first]
        used[lives], busy[lives] = kind, building
        return used, refused, busy

    def _taken(self) -> NDArray[np.bool_] | None:
        """Return whether others filled the nearest building of a kind last step, (K, L)."""
        if not self._competing:
            return None
        busy, nearest = self.state.busy, self._around.nearest
        doors = self._grounds.doors
        return taken(busy, nearest, self._rules.capacity, self.lives_per_town, doors)

    def _worth(self, died: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the points that this step earns, (L,); the step of a death earns none."""
        share, meters = self.level.score, self.state.meters
        full = FULL_SCORE / self.level.steps
        worth = np.full(len(died), share.living * full, dtype=np.float64)
        if share.wellbeing:
            each = share.wellbeing * full / (FULL * len(self._rules.deadly))
            for meter in self._rules.deadly:  # a sum over rows may group them differently
                worth += meters[meter] * each
        if share.wealth:
            worth += meters[Meter.MONEY] * (share.wealth * full / FULL)
        worth[died] = 0
        return worth

    def _hold(self, old: TownState, *events: NDArray[np.bool_]) -> None:
        """Leave lives that were already over as they were, and unmark their events."""
        s, over = self.state, old.over
        s.meters[:, over] = old.meters[:, over]
        for name in ("x", "y", "age", "points"):
            getattr(s, name)[over] = getattr(old, name)[over]
        for event in events:
            event[over] = False
