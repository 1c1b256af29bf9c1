"""The shown life and its clock: the window's own simulation, whatever the trainer does."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.settings import Settings
from hamlet_game.game.watch.pace import FLAT_OUT, end_seconds, step_seconds
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.policies import Policy
from hamlet_game.town.record import Frame, Record
from hamlet_game.town.town import Town

RUSH_S = 0.005  # seconds a frame for living on to the end at once
FRAME_S = 1 / 60
_PRIME, _ROOT = 999_983, 48_271  # towns 1..999,999 are never trained in
GLIDE_S = 0.2  # seconds of a step that somebody asked for while the clock stands still

Gate = Callable[[], bool]


def next_town(town_seed: int) -> int:
    """Return the town after this one; it goes through half a million before it comes back."""
    return town_seed * _ROOT % _PRIME or 1


class Show:
    """Plays life after life. `gate` may hold the clock before a step: somebody is to guess."""

    def __init__(
        self,
        level: Level,
        town_seed: int,
        player: Player,
        settings: Settings,
        company: Policy | None = None,
    ) -> None:
        """Begin a first life. `company` plays the others where a town is shared."""
        self._settings, self._company = settings, company
        self.frozen = False  # the world stands still
        self.rushing = False  # on to the end of this life
        self.epsilon = 0.0  # share of random moves
        self.gate: Gate = lambda: True
        self._coming: tuple[tuple[Level, int], TownView] | None = None
        self.begin(level, town_seed, player)

    def begin(self, level: Level, town_seed: int, player: Player) -> None:
        """Start a new life."""
        self.level, self.town_seed = level, town_seed
        self.meters = level.shown  # those that matter here
        self.life = AgentLife(level, town_seed, player, epsilon=self.epsilon, company=self._company)
        self.town = self._view_of(level, town_seed)
        self.places = self.record.town.places()
        self.ticker = Ticker(self.record, yours=False)
        self.effects = Effects()
        self.rushing = False
        self._length, self._passed = FRAME_S, FRAME_S  # of the step being shown, seconds
        self._decided: Thought | None = None  # what led to it
        self._fresh: list[int] = []

    # Reading.
    @property
    def record(self) -> Record:
        """Return the life as written down so far."""
        return self.life.record

    @property
    def over(self) -> bool:
        """Return whether the life has ended."""
        return self.record.over

    @property
    def part(self) -> float:
        """Return how much of the newest step has been shown, 0..1."""
        return min(1.0, self._passed / self._length)

    @property
    def whole(self) -> bool:
        """Return whether the newest step has been shown to its end."""
        return self._passed >= self._length

    @property
    def rest(self) -> float:
        """Return the seconds since the newest step was shown whole."""
        return max(0.0, self._passed - self._length)

    @property
    def finished(self) -> bool:
        """Return whether the end of this life has been shown long enough."""
        return self.over and self.rest >= end_seconds(self._settings.show_speed)

    @property
    def thought(self) -> Thought | None:
        """Return the thought to show: of the step under way, or of the one to come."""
        return self._decided if self.over or not self.whole else self.life.thought

    def fresh(self) -> list[int]:
        """Return the steps done since this was last asked."""
        steps, self._fresh = self._fresh, []
        return steps

    # Doing.
    def take_over(self, player: Player) -> None:
        """Let another player go on from here."""
        self.life.player = player

    def explore(self, epsilon: float) -> None:
        """Draw this share of moves at random from now on."""
        if epsilon != self.epsilon:
            self.epsilon = self.life.epsilon = epsilon

    def step(self, driven: Action | None = None, seconds: float = GLIDE_S) -> Frame | None:
        """Do one step, the player's or the given one; None once the life is over."""
        if self.over or (driven is None and not self.life.player.ready):
            return None
        frame = self.life.step(driven)
        self._decided = self.life.thoughts[-1]
        self._fresh.append(self.record.survival)
        self._length, self._passed = max(seconds, FRAME_S), 0.0
        return frame

    def update(self, dt: float, *, held: bool = False) -> None:
        """Move on by `dt` seconds; while `held` only the step under way comes to its end."""
        self._passed += dt
        if not self.life.player.ready:
            self.life.player.prepare()
        elif held or self.over:
            self.rushing = False
        elif self.rushing:
            self._rush()
        elif not self.frozen:
            self._run(min(dt, self._passed - self._length))

    def _run(self, late: float) -> None:
        """Do the steps that are due; `late` seconds have passed since the last one was whole."""
        speed = self._settings.show_speed
        if speed == FLAT_OUT:
            late = 0.0
        while late >= 0 and not self.over and self.gate():
            frame = self.step(seconds=0.0)
            if frame is None:
                return
            length = step_seconds(frame, speed)
            if speed == FLAT_OUT or length <= 0:
                return
            self._length = length
            self._passed = min(late, length)
            late -= length

    def _rush(self) -> None:
        """Live on as far as a frame allows, without a stop."""
        end = perf_counter() + RUSH_S
        while not self.over and perf_counter() < end:
            self.step(seconds=0.0)

    def foresee(self, level: Level, town_seed: int) -> None:
        """Lay out the town that comes next, which is too slow for the frame it begins in."""
        if self._coming is None or self._coming[0] != (level, town_seed):
            self._coming = (level, town_seed), _laid_out(level, town_seed)

    @property
    def coming(self) -> TownView | None:
        """Return the town that comes next, to be prepared for drawing."""
        return self._coming[1] if self._coming else None

    def _view_of(self, level: Level, town_seed: int) -> TownView:
        coming, self._coming = self._coming, None
        if coming is not None and coming[0] == (level, town_seed):
            return coming[1]
        return _laid_out(level, town_seed)


def _laid_out(level: Level, town_seed: int) -> TownView:
    places = [Place(kind.key, x, y) for kind, x, y in Town(level, [town_seed]).places()]
    return TownView(level.width, level.height, places, town_seed)
