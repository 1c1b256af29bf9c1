"""A life at play: two tempos, what the player wants next, and the record it is written in.

In the *step* tempo the town moves when the player acts; holding the wait key
out of doors waits on and on, until a need turns critical. In the *live* tempo it
moves on by itself: a tick does what was pressed since the last one, else what
is held, else the next step of a clicked walk, else it waits. Waiting inside a
building would use it, and pay for it, so there the live clock stands still
until the player uses the building or walks on: nobody pays by hesitating.
"""

from __future__ import annotations

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.play import motion, needs
from hamlet_game.game.play.clock import LiveClock, next_speed, period
from hamlet_game.game.play.ghost import Ghost
from hamlet_game.game.play.motion import Motion
from hamlet_game.game.play.wayfinding import way
from hamlet_game.game.settings import Settings
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.policies import Policy
from hamlet_game.town.record import Record

HOLD_S = 0.35  # seconds the wait key is held before it waits on by itself


class Session:
    """Turns presses, clicks and time into steps of one life."""

    def __init__(
        self,
        level: Level,
        town_seed: int,
        settings: Settings,
        ghost: bytes = b"",
        *,
        opening: bytes = b"",
        company: Policy | None = None,
    ) -> None:
        """Begin a life, or go on with one: `opening` is what was done in it so far.

        `company` decides for others in the town, the level's usual one if not given.
        """
        self.record = Record.of(level, town_seed, opening, company or company_of(level))
        self.ghosts = [Ghost(level, town_seed, ghost)] if ghost else []  # the one to race first
        self.motion = Motion()
        self.frozen = False  # the live clock was stopped
        self.begun = False  # the player has acted
        self.path: list[Action] = []  # still to walk after a click
        self._settings = settings
        self._clock = LiveClock()
        self._wish: Action | None = None  # pressed since the last tick
        self._waiting = False  # the last press was a wait
        self._held_s = 0.0  # seconds it has been held
        self._fresh: list[int] = []  # steps done that nobody has heard of

    # Reading.
    @property
    def live(self) -> bool:
        """Return whether the live tempo is on."""
        return self._settings.tempo == "live"

    @property
    def stopped(self) -> bool:
        """Return whether the live clock stands still until the player wants it to go."""
        return self.live and self.begun and self.frozen and not self.record.over

    @property
    def at_door(self) -> bool:
        """Return whether the live clock waits because the player stands in a building."""
        idle = self._wish is None and not self.path and self.motion.done
        return self.live and self.begun and not self.frozen and idle and self.indoors

    @property
    def indoors(self) -> bool:
        """Return whether the person stands in a building."""
        here = self.record.last.x, self.record.last.y
        return any((x, y) == here for _, x, y in self.record.town.places())

    @property
    def ghost(self) -> Ghost | None:
        """Return the ghost to race, if any comes along."""
        return self.ghosts[0] if self.ghosts else None

    @property
    def ghost_step(self) -> int:
        """Return the ghost's own step now."""
        return self.ghost.at(self.record.survival) if self.ghost else 0

    def fresh(self) -> list[int]:
        """Return the steps done since this was last asked."""
        steps, self._fresh = self._fresh, []
        return steps

    # What the player does.
    def press(self, action: Action) -> None:
        """Do an action now, or with the next tick; sets a stopped clock going."""
        if self.record.over:
            return
        self._go()
        self.path = []
        self._waiting, self._held_s = action is Action.INTERACT and not self.indoors, 0.0
        if self.live:
            self._wish = action
        else:
            self._act(action)

    def walk(self, goal: tuple[int, int]) -> None:
        """Walk to a cell, a step at a time, until something else is pressed."""
        if self.record.over:
            return
        self._go()
        self.path = way((self.record.last.x, self.record.last.y), goal)
        self._wish = None

    def _go(self) -> None:
        """Set the life going; a clock that stood still has a tick ready."""
        if not self.begun or self.frozen:
            self._clock.hold()
        self.begun, self.frozen = True, False

    def step_once(self, held: Action | None) -> None:
        """Do a single step and stop the clock: what is held or under way, else use or wait."""
        if self.record.over:
            return
        self.begun = True
        self.frozen = self.live
        action = self._wanted(held)
        self._act(action if action is not None else Action.INTERACT)

    def toggle_frozen(self) -> None:
        """Stop the live clock or let it go on."""
        if self.live and self.begun:
            self.frozen = not self.frozen
            self._clock.reset()

    def switch_tempo(self) -> None:
        """Change between the step and the live tempo; the clock stands still at first."""
        self._settings.tempo = "step" if self.live else "live"
        self.freeze()

    def change_speed(self, by: int) -> None:
        """Let the live clock go slower or faster, by places on the list of speeds."""
        if self.live:
            self._settings.speed = next_speed(self._settings.speed, by)

    def freeze(self) -> None:
        """Stop the live clock until the player does something; forget what was wished."""
        self.frozen, self._wish, self.path = True, None, []
        self._waiting = False
        self._clock.reset()

    # Time.
    def update(self, dt: float, held: Action | None) -> None:
        """Move on by `dt` seconds; `held` is the action whose key is down."""
        self.motion.update(dt)
        if self.record.over or not self.begun:
            return
        if self.live:
            self._run(dt, held)
        elif self.path and self.motion.done:
            self._act(self.path.pop(0))
        else:
            self._wait_on(dt, held)

    def _wait_on(self, dt: float, held: Action | None) -> None:
        """Wait again while the wait key is still held, unless there is something to do."""
        self._waiting = self._waiting and held is Action.INTERACT and not self.indoors
        self._held_s += dt
        if not self._waiting or self._held_s < HOLD_S or not self.motion.done:
            return
        if not needs.critical(self.record, self.record.survival):
            self._act(Action.INTERACT)

    def _run(self, dt: float, held: Action | None) -> None:
        if self.frozen:
            return
        self._clock.add(dt, self._settings.speed)
        while self._clock.due and not self.record.over:
            action = self._wanted(held)
            if action is None and self.indoors:
                self._clock.hold()
                return
            self._clock.spend()
            self._act(action if action is not None else Action.INTERACT)
            self.motion.update(self._clock.part * period(self._settings.speed))

    def _wanted(self, held: Action | None) -> Action | None:
        """Return what the player asks for, taking it off the list."""
        if self._wish is not None:
            wish, self._wish = self._wish, None
            return wish
        if held is not None:
            self.path = []
            return held
        return self.path.pop(0) if self.path else None

    def _act(self, action: Action) -> None:
        frame = self.record.act(action)
        self._fresh.append(self.record.survival)
        self.motion.start(motion.seconds(frame, self._settings.speed if self.live else None))
        if self.record.over:
            self.path = []
