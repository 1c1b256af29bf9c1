"""The town: L lives stepped at once over T towns, as plain arrays.

One rule book for everything: a person plays with L = 1, training steps 64,
evaluation 1,000, a city is one town with many lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hamlet_game.town import starts
from hamlet_game.town.hashing import Draw, mix
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.names import FULL, MOVES, NONE, Action, Kind, Meter
from hamlet_game.town.observation import Observer, Surroundings
from hamlet_game.town.places import Places
from hamlet_game.town.rewards import Happening, RewardShaper
from hamlet_game.town.state import TownState

EMPTY = np.float32(1e-3)  # a meter this low is empty; far above float32 rounding
FULL_SCORE = 1000.0


class Refusal(IntEnum):
    """Why an INTERACT did nothing."""

    NO = 0
    NOTHING_HERE = 1
    UNAFFORDABLE = 2
    TAKEN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did to L lives. Lives that were over before it show zeros and NONE."""

    obs: NDArray[np.float32]  # (L, W)
    reward: NDArray[np.float32]  # (L,)
    terms: dict[str, NDArray[np.float32]]  # (L,) what each active reward term contributed
    died: NDArray[np.bool_]  # (L,) in this very step
    timed_out: NDArray[np.bool_]  # (L,) alive at the last step: not a death
    used: NDArray[np.int8]  # (L,) kind of building used, or NONE
    refused: NDArray[np.int8]  # (L,) `Refusal`
    moved: NDArray[np.bool_]  # (L,) False also for walking into the edge
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules made of one step, before anyone perceives or rewards it."""

    before: NDArray[np.float32]  # (4, L) meters at the start of the step
    drained: NDArray[np.float32]  # (4, L) after draining, before any building
    after: NDArray[np.float32]  # (4, L) at the end
    died: NDArray[np.bool_]  # (L,)
    timed_out: NDArray[np.bool_]  # (L,)
    used: NDArray[np.int8]  # (L,) kind used, or NONE
    refused: NDArray[np.int8]  # (L,) `Refusal`
    moved: NDArray[np.bool_]  # (L,)
    wasted: NDArray[np.bool_]  # (L,) walked into the edge, or a use was refused
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE

    def happened(self, around_before: Surroundings, around_after: Surroundings) -> Happening:
        """Return the step as the reward terms see it."""
        return Happening(
            self.before, self.drained, self.after, self.used, self.died, self.wasted,
            around_before, around_after,
        )


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
        self._read_rules()
        seed = np.repeat(seeds, lives_per_town)
        self._settle(seed)
        self.state = starts.begin(
            level,
            self._places,
            self._row,
            seed,
            np.zeros_like(seed),
            np.tile(np.arange(lives_per_town, dtype=np.int64), len(seeds)),
        )
        self._look_around()

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
        affordable = s.meters[Meter.MONEY] >= self._price
        return self._observer(s.meters, s.x, s.y, self._around, affordable, self._taken())

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
        row = self._row[life]
        found = []
        for kind in self.level.kinds:
            rule = self.level.buildings.of(kind)
            for slot in range(len(rule.at) if rule else 0):
                x, y = self._places.x[row, kind, slot], self._places.y[row, kind, slot]
                found.append((kind, int(x), int(y)))
        return found

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
            self.observe(), reward, terms, out.died, out.timed_out,
            out.used, out.refused, out.moved, out.cause,
        )

    def advance(self, actions: ArrayLike) -> Outcome:
        """Do one step by the rules alone, without reward or observation, as planners like it."""
        s, act = self.state, np.asarray(actions)
        if act.shape != s.x.shape or (len(act) and (act.min() < 0 or act.max() >= len(Action))):
            raise ValueError(f"actions must be ({len(self)},) numbers of 0..{len(Action) - 1}")
        frozen = s.copy() if s.over.any() else None
        before = s.meters
        x = np.clip(s.x + self._dx[act], 0, self.level.width - 1)
        y = np.clip(s.y + self._dy[act], 0, self.level.height - 1)
        moved = (x != s.x) | (y != s.y)
        drained = np.maximum(before - self._drains[:, moved.view(np.int8)], 0)
        s.x, s.y = x, y
        used, refused, s.busy = self._interact(act == Action.INTERACT, drained, s.over)
        s.meters = np.clip(drained + self._effects[:, used], 0, FULL)
        s.age = s.age + 1
        empty = s.meters[self._deadly] <= EMPTY
        died = empty.any(axis=0)
        timed_out = (s.age >= self.level.steps) & ~died
        self._add_points(died)
        if frozen is not None:
            self._hold(frozen, died, timed_out, moved)
        self._look_around()
        s.over = s.over | died | timed_out
        cause = np.full(len(s), NONE, dtype=np.int8)
        if died.any():
            cause[died] = self._deadly[np.argmax(empty[:, died], axis=0)]
        wasted = np.where(act == Action.INTERACT, refused > Refusal.NOTHING_HERE, ~moved)
        return Outcome(
            before, drained, s.meters, died, timed_out, used, refused, moved, wasted, cause
        )

    def restart(self, lives: Any = None, *, town_seeds: ArrayLike | None = None) -> None:
        """Begin anew: `lives` is a mask or index, all if None.

        Without `town_seeds` the same towns begin their next episode. With them
        (one per chosen life) the lives move to those towns, episode 0; raises
        ValueError where lives share towns.
        """
        s = self.state
        which = np.arange(len(s))[slice(None) if lives is None else lives]
        if not len(which):
            return
        if town_seeds is None:
            s.episode[which] += 1
        else:
            if self.lives_per_town > 1:
                raise ValueError("lives that share a town can't move to another")
            s.seed[which], s.episode[which] = town_seeds, 0
            self._move(which)
        fresh = starts.begin(
            self.level,
            self._places,
            self._row[which],
            s.seed[which],
            s.episode[which],
            s.citizen[which],
        )
        s.meters[:, which] = fresh.meters
        for name in ("x", "y", "age", "over", "points", "busy"):
            getattr(s, name)[which] = getattr(fresh, name)
        self._look_around()

    def snapshot(self) -> TownState:
        """Return a copy of the state."""
        return self.state.copy()

    def restore(self, state: TownState) -> None:
        """Go on from a snapshot, which may hold other lives, or more or fewer of them."""
        if not np.array_equal(state.seed, self.state.seed):
            self._settle(state.seed)
        self.state = state.copy()
        self._look_around()

    # -- inside ----------------------------------------------------------------

    def _read_rules(self) -> None:
        level = self.level
        rules = [level.meters.of(meter) for meter in Meter]
        still = np.array([rule.drain for rule in rules], dtype=np.float32)
        walk = np.array([rule.move_drain for rule in rules], dtype=np.float32)
        self._drains = np.stack([still, still + walk], axis=1)  # (4, 2) by moved
        self._effects = np.zeros((len(Meter), len(Kind) + 1), dtype=np.float32)  # last: NONE
        self._price = np.full((len(Kind), 1), np.inf, dtype=np.float32)
        capacity: list[float] = []
        for kind in Kind:
            rule = level.buildings.of(kind)
            capacity.append(rule.capacity or np.inf if rule else np.inf)
            if rule:
                gain = [rule.gives.of(meter) - rule.costs.of(meter) for meter in Meter]
                self._effects[:, kind] = gain
                self._price[kind] = rule.costs.money
        self._capacity = np.array(capacity)
        self._competing = self.lives_per_town > 1 and bool(np.isfinite(self._capacity).any())
        self._deadly = np.array(level.deadly, dtype=np.intp)
        moves = [MOVES[action] for action in Action]
        self._dx = np.array([dx for dx, _ in moves], dtype=np.int16)
        self._dy = np.array([dy for _, dy in moves], dtype=np.int16)

    def _interact(
        self, wants: NDArray[np.bool_], meters: NDArray[np.float32], over: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int16]]:
        """Return the kind used, the refusal, and the building used, (L,) each."""
        lives = np.flatnonzero(wants & ~over)
        used = np.full(len(wants), NONE, dtype=np.int8)
        refused = np.zeros(len(wants), dtype=np.int8)
        busy = np.full(len(wants), NONE, dtype=np.int16)
        if not len(lives):
            return used, refused, busy
        s = self.state
        cell = s.y[lives].astype(np.intp) * self.level.width + s.x[lives]
        building = self._places.building[self._row[lives], cell]
        kind = building // self._places.slots  # NONE stays NONE
        there = building != NONE
        payable = meters[Meter.MONEY, lives] >= self._price[kind, 0]
        refused[lives] = np.where(
            there, np.where(payable, Refusal.NO, Refusal.UNAFFORDABLE), Refusal.NOTHING_HERE
        )
        served = there & payable
        lives, building, kind = lives[served], building[served], kind[served]
        if self._competing:
            first = self._served_first(lives, building, self._capacity[kind])
            refused[lives[~first]] = Refusal.TAKEN
            lives, building, kind = lives[first], building[first], kind[first]
        used[lives], busy[lives] = kind, building
        return used, refused, busy

    def _served_first(
        self,
        lives: NDArray[np.intp],
        building: NDArray[np.int16],
        capacity: NDArray[np.float64],
    ) -> NDArray[np.bool_]:
        """Return who gets in where more come than a building serves: a fair hashed draw."""
        s = self.state
        turn = mix(s.seed[lives], Draw.TURN, s.episode[lives], s.age[lives], s.citizen[lives])
        door = (lives // self.lives_per_town) * (len(Kind) * self._places.slots) + building
        order = np.lexsort((turn, door))
        ordered = door[order]
        first_of_group = np.searchsorted(ordered, ordered, side="left")
        rank = np.empty(len(lives), dtype=np.intp)
        rank[order] = np.arange(len(lives)) - first_of_group
        return rank < capacity

    def _taken(self) -> NDArray[np.bool_] | None:
        """Return whether others filled the nearest building of a kind last step, (K, L)."""
        if not self._competing:
            return None
        s, doors = self.state, len(Kind) * self._places.slots
        town = np.arange(len(s)) // self.lives_per_town
        at_work = s.busy != NONE
        users = np.bincount(
            town[at_work] * doors + s.busy[at_work], minlength=(town[-1] + 1) * doors
        )
        others = users[town * doors + self._around.nearest] - (s.busy == self._around.nearest)
        taken: NDArray[np.bool_] = others >= self._capacity[:, None]
        return taken

    def _add_points(self, died: NDArray[np.bool_]) -> None:
        share, s = self.level.score, self.state
        worth = np.full(len(s), share.living, dtype=np.float64)
        if share.wellbeing:
            worth += s.meters[self._deadly].mean(axis=0) * (share.wellbeing / FULL)
        if share.wealth:
            worth += s.meters[Meter.MONEY] * (share.wealth / FULL)
        s.points = s.points + np.where(died, 0.0, worth * (FULL_SCORE / self.level.steps))

    def _hold(self, frozen: TownState, *events: NDArray[np.bool_]) -> None:
        """Leave lives that were already over as they were, and unmark their events."""
        s, over = self.state, frozen.over
        s.meters[:, over] = frozen.meters[:, over]
        for name in ("x", "y", "age", "points"):
            getattr(s, name)[over] = getattr(frozen, name)[over]
        for event in events:
            event[over] = False

    def _settle(self, seed: NDArray[np.int64]) -> None:
        """Find each life's row in the table of layouts, laid out once per town seed."""
        unique, row = np.unique(seed, return_inverse=True)
        if not hasattr(self, "_places") or not np.array_equal(unique, self._places.seeds):
            self._places = Places.build(self.level, unique)
        self._row = row if len(self._places.seeds) > 1 else np.zeros_like(row)

    def _move(self, which: NDArray[np.intp]) -> None:
        """Lay out the new towns of some lives, in place where each life has a row of its own."""
        rows = self._row[which]
        if self.level.layout == "classic":
            return
        if len(self._places.seeds) == len(self) and len(np.unique(self._row)) == len(self):
            self._places.put(rows, Places.build(self.level, self.state.seed[which]))
        else:
            self._settle(self.state.seed)

    def _look_around(self) -> None:
        """Remember the way to the nearest building of each kind."""
        s, p = self.state, self._places
        if p.nearest is None:
            slot: Any = 0
            number = np.arange(len(Kind), dtype=np.int16)[:, None]
            nearest = np.broadcast_to(number, (len(Kind), len(s)))
            bx, by = p.x[self._row, :, 0].T, p.y[self._row, :, 0].T
        else:
            cell = s.y.astype(np.intp) * self.level.width + s.x
            slot = p.nearest[self._row, :, cell].T  # (K, L)
            kinds = np.arange(len(Kind))[:, None]
            nearest = (kinds * p.slots + slot).astype(np.int16)
            bx, by = p.x[self._row, kinds, slot], p.y[self._row, kinds, slot]
        self._around = Surroundings(bx - s.x, by - s.y, nearest)


def one_life(level: Level, town_seed: int) -> Town:
    """Return a town with a single life, as a person plays it."""
    return Town(level, [town_seed])


def run(town: Town, actions: Sequence[int]) -> list[Step]:
    """Step a single life through a recorded episode; return all its steps."""
    return [town.step([action]) for action in actions]
