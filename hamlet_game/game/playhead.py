"""A replay's playhead: which step is shown, how far along it is, and how fast it moves."""

from __future__ import annotations

import math

from hamlet_game.game.play.clock import next_speed, period

GLIDE_S = 0.14  # seconds in which a single step is walked when the replay stands still
_START = 1e-3  # of a step: just begun


class Playhead:
    """Moves over steps 0..last. `step` is the one being shown, `part` 0..1 how much of it."""

    def __init__(self, last: int, step: int = 0) -> None:
        self.last = last
        self.playing = False
        self.speed = 1.0  # one of SPEEDS
        self._at = float(min(max(step, 0), last))

    @property
    def step(self) -> int:
        """Return the step being shown."""
        return math.ceil(self._at - 1e-9)

    @property
    def part(self) -> float:
        """Return how much of the step has been shown, 0..1; the start is whole."""
        return 1.0 if self.step == 0 else min(1.0, self._at - (self.step - 1))

    @property
    def at(self) -> float:
        """Return the place on the timeline in steps, with fractions."""
        return self._at

    @property
    def ended(self) -> bool:
        """Return whether the last step has been fully shown."""
        return self._at >= self.last

    def toggle(self) -> None:
        """Play or pause; at the end, play from the start."""
        self.playing = not self.playing
        if self.playing and self.ended:
            self._at = 0.0

    def go(self, step: int) -> None:
        """Show a step as it ended; whether it plays on does not change."""
        self._at = float(min(max(step, 0), self.last))

    def move(self, by: int) -> None:
        """Pause, and go so many steps on or back; a single step on is walked."""
        self.playing = False
        target = self.step + by
        self.go(target)
        if by == 1 and 0 < target <= self.last:
            self._at = target - 1 + _START

    def change_speed(self, by: int) -> None:
        """Play slower or faster, by places on the list of speeds."""
        self.speed = next_speed(self.speed, by)

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds. A pause lets the step under way end."""
        if self.playing:
            self._at = min(self.last, self._at + dt / period(self.speed))
            self.playing = not self.ended
        elif self.part < 1.0:
            self._at = min(self.step, self._at + dt / GLIDE_S)
