"""The city at work: one brain decides for everybody, tick by tick, in slices.

What is shown is a copy (`Moment`), so that the next tick can be worked out, a slice a
frame, while the last one is still being walked on screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.game.city.census import Census
from hamlet_game.game.city.folk import name_of
from hamlet_game.town.hashing import Draw, mix
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Meter
from hamlet_game.town.observation import FIELDS
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

DAY_TICKS = 200  # from sunrise to sunrise
MOURNING = 25  # ticks that a place stays empty before a newcomer takes it
ARRIVALS = 6  # newcomers a tick at most
LYING = 6  # ticks that the dead lie where they fell
_SLICES = 2  # in which the brain thinks
_NEWS = 6
_QUIET = 12  # ticks without news
_TAKEN = [index for index, name in enumerate(FIELDS) if name.endswith("_taken")]
_WORDS = {
    Meter.ENERGY: "collapsed, worn out",
    Meter.HYGIENE: "never got to wash",
    Meter.SATIATION: "starved",
}
_DOWN, _UP, _LEFT, _RIGHT = range(4)  # facings
_FACING = np.array([_UP, _DOWN, _LEFT, _RIGHT, _DOWN], dtype=np.int8)  # by action


@dataclass(slots=True)
class Moment:
    """One tick as it is shown: people on their way from where they were. All (L,) but meters."""

    tick: int
    state: TownState  # at the tick's end; a copy
    from_x: NDArray[np.int16]
    from_y: NDArray[np.int16]
    facing: NDArray[np.int8]  # 0 down, 1 up, 2 left, 3 right
    used: NDArray[np.int8]  # kind used in this tick, or NONE
    queued: NDArray[np.bool_]  # turned away, because the house was full
    died: NDArray[np.int32]  # tick of death; far in the past for those alive
    born: NDArray[np.int32]  # tick of arrival

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Return who lives."""
        return ~self.state.over


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to somebody."""

    tick: int
    text: str
    icon: str
    citizen: int


class City:
    """A town of many, and the brain that runs it."""

    def __init__(
        self, level: Level, town_seed: int, people: int, player: BrainPlayer, *, queues: bool
    ) -> None:
        """Found a city. `queues`: the brain knows what a full house means (see `knows_queues`)."""
        self.level, self.town_seed, self.people = level, town_seed, people
        self.town = Town(level, [town_seed], lives_per_town=people)
        self.newcomers = True
        self.census = Census()
        self.news: deque[News] = deque(maxlen=_NEWS)
        self._glass = Town(level, [town_seed])  # for looking at one life alone
        self.appoint(player, queues=queues)
        state = self.town.snapshot()
        ages = mix(town_seed, Draw.POLICY, 0, np.arange(people)) % np.uint64(level.steps)
        state.age = ages.astype(np.int32)  # people of all ages, or all would leave at once
        self.town.restore(state)
        long_ago = np.full(people, -1_000, dtype=np.int32)
        self._died, self._born = long_ago.copy(), long_ago.copy()
        self._facing = np.zeros(people, dtype=np.int8)
        none = np.full(people, NONE, dtype=np.int8)
        self.shown = self._moment(0, state.x, state.y, none, np.zeros(people, dtype=np.bool_))
        self.q: NDArray[np.float32] | None = None  # (L, A) at the moment shown, once known
        self.census.count(0, state.meters[Meter.MONEY], 0)
        self._next: Moment | None = None
        self._work = self._live()

    def appoint(self, player: BrainPlayer, *, queues: bool) -> None:
        """Let another brain decide from the next tick on."""
        self.player = player
        self._blind = not queues
        self._masked = player.brain.keeps_to_mask

    # -- reading ---------------------------------------------------------------

    def name(self, citizen: int) -> str:
        """Return what somebody is called."""
        episode = int(self.shown.state.episode[citizen])
        return name_of(self.town_seed, citizen, episode)

    def thought(self, citizen: int) -> Thought | None:
        """Return what decides somebody's next step, None while that is worked out."""
        if self.q is None or self.shown.state.over[citizen]:
            return None
        values = self.q[citizen]
        allowed = values
        if self._masked:
            allowed = np.where(self.alone(citizen).mask()[0], values, -np.inf)
        best = Action(int(allowed.argmax()))
        told = tuple(float(value) for value in values)
        return Thought(told, self.player.brain.measures, best, best)

    def alone(self, citizen: int) -> Town:
        """Return a town of which somebody is the first life, as they stand now."""
        self._glass.restore(self.shown.state.take([citizen]))
        return self._glass

    # -- changing --------------------------------------------------------------

    def work(self) -> bool:
        """Work out a slice of the next tick; return whether it is ready to be shown."""
        if self._next is None:
            next(self._work)
        return self._next is not None

    def finish(self) -> Moment:
        """Work out the next tick to its end and return it; what all think now is known then."""
        while self._next is None:
            next(self._work)
        return self._next

    def advance(self) -> Moment:
        """Show the next tick, worked out to its end if it was not."""
        self._next = self.finish()
        self.shown, self._next, self.q = self._next, None, None
        return self.shown

    # -- inside ----------------------------------------------------------------

    def _live(self) -> Iterator[None]:
        """Work out tick after tick, pausing after every slice."""
        while True:
            obs = self.town.observe()
            if self._blind:
                obs[:, _TAKEN] = 0
            parts = []
            for part in np.array_split(obs, _SLICES):
                parts.append(self.player.brain.q(part))
                yield
            q = np.concatenate(parts)
            self.q = q
            allowed = np.where(self.town.mask(), q, -np.inf) if self._masked else q
            actions = allowed.argmax(1).astype(np.int8)
            yield
            self._next = self._step(actions)
            yield

    def _step(self, actions: NDArray[np.int8]) -> Moment:
        tick, state = self.shown.tick + 1, self.town.state
        x, y, was_over = state.x.copy(), state.y.copy(), state.over.copy()
        out = self.town.advance(actions)
        queued = (out.refused == Refusal.TAKEN) & ~was_over
        self._facing = np.where(was_over, self._facing, _FACING[actions])
        ended = out.died | out.timed_out
        if ended.any():
            self._mourn(tick, np.flatnonzero(ended), out.cause)
        came = self._arrive(tick)
        state = self.town.state
        x[came], y[came] = state.x[came], state.y[came]
        used = out.used.copy()
        used[came] = NONE
        alive = ~state.over
        self.census.count(tick, state.meters[Meter.MONEY][alive], int(queued.sum()))
        return self._moment(tick, x, y, used, queued & alive)

    def _moment(
        self,
        tick: int,
        x: NDArray[np.int16],
        y: NDArray[np.int16],
        used: NDArray[np.int8],
        queued: NDArray[np.bool_],
    ) -> Moment:
        died, born = self._died.copy(), self._born.copy()
        return Moment(
            tick, self.town.snapshot(), x, y, self._facing.copy(), used, queued, died, born
        )

    def _mourn(self, tick: int, who: NDArray[np.intp], cause: NDArray[np.int8]) -> None:
        """Write down whose life ended, and tell of the first of them.

        So many have lived a whole lifetime that it is told of only where nothing else is.
        """
        self._died[who] = tick
        self.census.end(cause[who])
        for citizen in who[:2]:
            meter = int(cause[citizen])
            if meter == NONE and self.news and tick - self.news[-1].tick < _QUIET:
                continue
            state = self.town.state
            name = name_of(self.town_seed, int(citizen), int(state.episode[citizen]))
            days = int(state.age[citizen]) // DAY_TICKS
            what = _WORDS[Meter(meter)] if meter != NONE else "moved away"
            icon = Meter(meter).key if meter != NONE else "home"
            text = f"{name} {what} after {days} day{'s' * (days != 1)}"
            self.news.append(News(tick, text, icon, int(citizen)))

    def _arrive(self, tick: int) -> NDArray[np.intp]:
        """Let newcomers take the places that have been empty for a while; return which."""
        nobody = np.zeros(0, dtype=np.intp)
        if not self.newcomers:
            return nobody
        empty = np.flatnonzero(self.town.state.over & (self._died <= tick - MOURNING))
        if not len(empty):
            return nobody
        came = empty[np.argsort(self._died[empty], kind="stable")][:ARRIVALS]
        self.town.restart(came)
        self._died[came], self._born[came] = -1_000, tick
        self._facing[came] = _DOWN
        self.census.arrived += len(came)
        return came
