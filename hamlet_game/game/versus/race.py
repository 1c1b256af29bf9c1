"""A race: the same town for everyone, one clock, and nobody stops before their life ends.

While a person lives, their session is the clock: in the step tempo the others move when
they move, in the live tempo all tick. Without one, or after their end, the race's own
clock ticks for those who are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from time import perf_counter

from hamlet_game.game.play.clock import LiveClock, next_speed, period
from hamlet_game.game.settings import Settings
from hamlet_game.game.versus.contestants import Contestant
from hamlet_game.game.versus.lane import Lane
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action

COUNTS = 3  # numbers that are counted down
COUNT_S = 0.7  # seconds for each
_PREPARE_S = 0.005  # seconds a frame for those who search before they act
_RUSH_S = 0.005  # seconds a frame for living on as fast as can be
_LEAST_PREPARING_S = 0.25  # so that the towns have been drawn once


class Stage(Enum):
    """How far a race has come."""

    PREPARING = "preparing"
    COUNTDOWN = "countdown"
    RUNNING = "running"
    OVER = "over"


class Race:
    """Two or more lives in one town."""

    def __init__(
        self,
        level: Level,
        town_seed: int,
        who: Sequence[Contestant],
        settings: Settings,
        *,
        speed: float = 1.0,
        counts: int = COUNTS,
    ) -> None:
        self.level, self.town_seed = level, town_seed
        self.lanes = tuple(Lane(level, town_seed, guest, settings) for guest in who)
        self.person = next((lane for lane in self.lanes if lane.session is not None), None)
        self.stage = Stage.PREPARING
        self.paused = False
        self.speed = speed  # of the race's own clock, one of SPEEDS
        self.rush = False  # live on as fast as can be
        self.left = counts * COUNT_S  # seconds of the countdown
        self.ended_s = 0.0  # seconds since everything was shown
        self._prepared_s = 0.0
        self._settings = settings
        self._clock = LiveClock()

    # Reading.
    @property
    def step(self) -> int:
        """Return the step that the one who has lived longest is at."""
        return max(lane.record.survival for lane in self.lanes)

    @property
    def shown(self) -> float:
        """Return that step with fractions, for the hour of the day."""
        return max(lane.shown for lane in self.lanes)

    @property
    def progress(self) -> float:
        """Return how far the preparations have come, 0..1."""
        return min(lane.progress for lane in self.lanes)

    @property
    def count(self) -> int:
        """Return the number that is being counted: 3, 2, 1."""
        return min(COUNTS, int(self.left / COUNT_S) + 1)

    @property
    def driven(self) -> bool:
        """Return whether a person's session is the clock."""
        return self.person is not None and not self.person.over

    @property
    def live(self) -> bool:
        """Return whether lives go on by themselves."""
        return not self.driven or self._settings.tempo == "live"

    @property
    def still(self) -> bool:
        """Return whether the clock was stopped."""
        session = self.person.session if self.person else None
        return session.stopped if self.driven and session is not None else self.paused

    # What a person may do to the clock.
    def toggle(self) -> None:
        """Stop the clock or let it go on."""
        session = self.person.session if self.person else None
        if self.driven and session is not None:
            session.toggle_frozen()
        else:
            self.paused = not self.paused

    def change_speed(self, by: int) -> None:
        """Let the clock go slower or faster, by places on the list of speeds."""
        session = self.person.session if self.person else None
        if self.driven and session is not None:
            session.change_speed(by)
        else:
            self.speed = next_speed(self.speed, by)

    def freeze(self) -> None:
        """Stop the clock, or the countdown, until somebody lets it go on."""
        session = self.person.session if self.person else None
        if self.stage is Stage.RUNNING and self.driven and session is not None:
            session.freeze()
        else:
            self.paused = True

    def step_once(self, held: Action | None = None) -> None:
        """Do a single step and stop the clock."""
        if self.stage is not Stage.RUNNING:
            return
        session = self.person.session if self.person else None
        if self.driven and session is not None:
            session.step_once(held)
            self._follow()
        else:
            self.paused = True
            self._tick()

    # Time.
    def update(self, dt: float, held: Action | None = None) -> None:
        """Move on by `dt` seconds; `held` is the action whose key is down."""
        if self.stage is Stage.PREPARING:
            self._prepare(dt)
        elif self.stage is Stage.COUNTDOWN:
            self._count_down(dt)
        elif self.stage is Stage.RUNNING:
            self._run(dt, held)
        elif all(lane.motion.done for lane in self.lanes):
            self.ended_s += dt
        for lane in self.lanes:
            lane.update(dt)
            if lane.session is not None and self.stage is Stage.OVER:
                lane.session.update(dt, None)

    def _prepare(self, dt: float) -> None:
        self._prepared_s += dt
        waiting = next((lane for lane in self.lanes if not lane.ready), None)
        if waiting is not None and waiting.who.player is not None:
            waiting.who.player.prepare(_PREPARE_S)
        elif self._prepared_s >= _LEAST_PREPARING_S:
            self.stage = Stage.COUNTDOWN

    def _count_down(self, dt: float) -> None:
        if not self.paused:
            self.left -= dt
        if self.left > 0:
            return
        self.stage = Stage.RUNNING
        if self.person is not None and self.person.session is not None:
            self.person.session.begun = True  # the live clock waits for nobody in a race
            self.person.session.frozen = False

    def _run(self, dt: float, held: Action | None) -> None:
        person = self.person
        if self.driven and person is not None and person.session is not None:
            person.session.update(dt, held)
            self._follow()
        else:
            if person is not None and person.session is not None:
                person.session.update(dt, None)  # shows the last step to its end
            self._live_on(dt)
        if all(lane.over for lane in self.lanes):
            self.stage = Stage.OVER

    def _follow(self) -> None:
        """Let everyone else catch up with the person."""
        if self.person is None:
            return
        speed = self._settings.speed if self.live else None
        for lane in self.lanes:
            lane.keep_up(self.person.record.survival, speed)

    def _live_on(self, dt: float) -> None:
        if self.paused:
            return
        if self.rush:
            end = perf_counter() + _RUSH_S
            while perf_counter() < end and not all(lane.over for lane in self.lanes):
                self._tick()
            return
        self._clock.add(dt, self.speed)
        while self._clock.due and not all(lane.over for lane in self.lanes):
            self._clock.spend()
            self._tick()
            for lane in self.lanes:
                if not lane.over:
                    lane.motion.update(self._clock.part * period(self.speed))

    def _tick(self) -> None:
        for lane in self.lanes:
            lane.advance(self.speed)
