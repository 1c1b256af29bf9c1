"""The town: L lives stepped at once over T towns, as plain arrays.

One rule book for everything: a person plays with L = 1, training steps 64,
evaluation 1,000, a city is one town with many lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
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

# Zero-dimensional arrays, not numbers: NumPy converts a number anew in every operation.
_INTERACT = np.array(Action.INTERACT, dtype=np.int8)
_EDGE = np.array(0, dtype=np.int16)
_EMPTIED, _FILLED = np.array(0, dtype=np.float32), np.array(FULL, dtype=np.float32)
_KINDS = np.arange(len(Kind), dtype=np.int16)[:, None]  # (K, 1)


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
            self.before,
            self.drained,
            self.after,
            self.used,
            self.died,
            self.wasted,
            around_before,
            around_after,
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
        self._places = Places.build(level, np.unique(seed))
        self._settle(seed)
        self.state = starts.begin(
            level,
            self._places,
            self._row,
            seed=seed,
            episode=np.zeros_like(seed),
            citizen=np.tile(np.arange(lives_per_town, dtype=np.int64), len(seeds)),
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
        x = np.minimum(np.maximum(s.x + self._dx.take(act), _EDGE), self._corner[0])
        y = np.minimum(np.maximum(s.y + self._dy.take(act), _EDGE), self._corner[1])
        moved = (x != s.x) | (y != s.y)
        drained = before - self._drains.take(moved, axis=1)
        np.maximum(drained, _EMPTIED, out=drained)
        s.x, s.y = x, y
        interacts = act == _INTERACT
        used, refused, s.busy = self._interact(interacts & ~over, drained)
        s.meters = drained + self._effects.take(used, axis=1)
        np.minimum(np.maximum(s.meters, _EMPTIED, out=s.meters), _FILLED, out=s.meters)
        s.age = s.age + 1
        empty = s.meters.take(self._deadly, axis=0) <= EMPTY
        died = np.logical_or.reduce(empty, axis=0)
        timed_out = (s.age >= self.level.steps) & ~died
        s.points = s.points + self._worth(died)
        if old is not None:
            self._hold(old, died, timed_out, moved)
        self._look_around()
        s.over = over | died | timed_out
        cause = np.full(len(s), NONE, dtype=np.int8)
        if died.any():
            cause[died] = self._deadly[np.argmax(empty[:, died], axis=0)]
        wasted = np.where(interacts, refused > Refusal.NOTHING_HERE, ~moved)
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
        which = self._everyone[slice(None) if lives is None else lives]
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
            seed=s.seed[which],
            episode=s.episode[which],
            citizen=s.citizen[which],
        )
        s.meters[:, which] = fresh.meters
        for name in ("x", "y", "age", "over", "points", "busy"):
            getattr(s, name)[which] = getattr(fresh, name)
        self._look_around()

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
        self._corner = (np.array(level.width - 1, np.int16), np.array(level.height - 1, np.int16))
        moves = [MOVES[action] for action in Action]
        self._dx = np.array([dx for dx, _ in moves], dtype=np.int16)
        self._dy = np.array([dy for _, dy in moves], dtype=np.int16)

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
        building = self._places.building[self._row[lives], self._cell(lives)]
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

    def _cell(self, lives: Any = ...) -> NDArray[np.intp]:
        """Return the number of the cell that lives stand on."""
        cell: NDArray[np.intp] = (
            self.state.y[lives].astype(np.intp) * self.level.width + self.state.x[lives]
        )
        return cell

    def _worth(self, died: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the points that this step earns, (L,); the step of a death earns none."""
        share, meters = self.level.score, self.state.meters
        full = FULL_SCORE / self.level.steps
        worth = np.full(len(died), share.living * full, dtype=np.float64)
        if share.wellbeing:
            each = share.wellbeing * full / (FULL * len(self._deadly))
            for meter in self._deadly:  # one by one: a sum over rows may group them differently
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

    def _settle(self, seed: NDArray[np.int64]) -> None:
        """Find each life's row in the table of layouts, laid out once per town seed."""
        known = self._places.seeds
        self._everyone = np.arange(len(seed))
        if self.level.layout == "classic" or (len(known) == 1 and (seed == known[0]).all()):
            self._row = np.zeros(len(seed), dtype=np.intp)
        else:
            unique, self._row = np.unique(seed, return_inverse=True)
            if not np.array_equal(unique, known):
                self._places = Places.build(self.level, unique)
        self._remember_doors()

    def _move(self, which: NDArray[np.intp]) -> None:
        """Lay out the new towns of some lives, each life in a row of its own."""
        if self.level.layout == "classic":
            return
        if len(self._places.seeds) < len(self):  # lives that shared a layout part
            self._places = self._places.take(self._row)
            self._row = self._everyone
        self._places.put(self._row[which], Places.build(self.level, self.state.seed[which]))
        self._remember_doors()

    def _remember_doors(self) -> None:
        """Keep each life's way to its buildings at hand where no kind has two of them."""
        p = self._places
        row = self._row if len(p.seeds) > 1 else slice(1)  # one layout: (K, 1), for all
        self._door = np.broadcast_to(_KINDS, (len(Kind), len(self._row)))
        self._door_x, self._door_y = (np.ascontiguousarray(at[row, :, 0].T) for at in (p.x, p.y))

    def _look_around(self) -> None:
        """Remember the way to the nearest building of each kind."""
        s, p = self.state, self._places
        if p.nearest is None:
            self._around = Surroundings(self._door_x - s.x, self._door_y - s.y, self._door)
            return
        slot = p.nearest[self._row, :, self._cell()].T  # (K, L)
        bx, by = p.x[self._row, _KINDS, slot], p.y[self._row, _KINDS, slot]
        self._around = Surroundings(bx - s.x, by - s.y, _KINDS * np.int16(p.slots) + slot)


def one_life(level: Level, town_seed: int) -> Town:
    """Return a town with a single life, as a person plays it."""
    return Town(level, [town_seed])


def run(town: Town, actions: Sequence[int]) -> list[Step]:
    """Step a single life through a recorded episode; return all its steps."""
    return [town.step([action]) for action in actions]
