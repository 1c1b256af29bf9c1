"""Where a run stands, gathered from its events: what a person wants to see at a glance."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import singledispatchmethod
from statistics import fmean
from typing import Any, Literal

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import LevelError
from hamlet_game.training import events

HAPPENINGS = 5  # latest sentences kept


@dataclass(slots=True)
class Stage:
    """One level of the run."""

    id: str
    level: Level | None  # None: its file is gone
    state: Literal["ahead", "now", "graduated", "left"] = "ahead"
    graduated_at: float = 0.0  # seconds of training, if graduated
    checks: dict[int, events.Evaluated] = field(default_factory=dict)  # the latest, by agent

    @property
    def name(self) -> str:
        """The name on screen."""
        return self.level.name if self.level else self.id

    @property
    def steps(self) -> int:
        """The step limit of a life here."""
        return self.level.steps if self.level else 500

    @property
    def measures(self) -> events.Measures | None:
        """The latest evaluation, mean over agents; None before the first."""
        checks = self.checks.values()
        if not checks:
            return None
        names = set.intersection(*(set(check.measures) for check in checks))
        return {name: fmean(check.measures[name] for check in checks) for name in names}

    @property
    def survival_mark(self) -> float | None:
        """The mean survival that the pass mark asks for, None where it asks for something else."""
        conditions = self.level.stars[0] if self.level else ()
        return next((c.value for c in conditions if c.measure == "survival"), None)

    @property
    def pass_mark(self) -> str:
        """The pass mark in words."""
        if self.level is None:
            return "unknown"
        return " and ".join(_short(c.measure, c.strict, c.value) for c in self.level.stars[0])


def _short(measure: str, strict: bool, value: float) -> str:
    than = "over" if strict else "at least"
    return {
        "survival": f"{than} {value:g} steps",
        "return": f"reward {than} {value:g}",
        "alive": f"{than} {100 * value:g} % alive",
        "par": f"{than} {100 * value:g} % of par",
    }.get(measure, f"{measure} {than} {value:g}")


@dataclass(slots=True)
class RunStatus:
    """Gathers events into the run's present state."""

    run: str = ""
    stages: list[Stage] = field(default_factory=list)
    step: int = 0
    seconds: float = 0.0
    steps_per_s: float = 0.0
    survival: float | None = None  # mean steps lived of recent training lives; None: none yet
    numbers: dict[str, float] = field(default_factory=dict)  # of the algorithm, latest
    happenings: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=HAPPENINGS))
    ended: events.RunEnded | None = None
    _agents: int = 1
    _check_was_last: bool = False
    _limits: dict[str, Any] = field(default_factory=dict)

    @property
    def stage(self) -> Stage | None:
        """The level being learned."""
        return next((stage for stage in self.stages if stage.state == "now"), None)

    @property
    def left(self) -> float | None:
        """Seconds until a limit stops the run in any case, None without a limit."""
        ends = []
        if minutes := self._limits.get("max_minutes"):
            ends.append(60 * float(minutes) - self.seconds)
        if (steps := self._limits.get("max_steps")) and self.steps_per_s > 0:
            ends.append((int(steps) - self.step) / self.steps_per_s)
        return max(0.0, min(ends)) if ends else None

    def take(self, event: events.Event) -> str | None:
        """Take in one event; return a sentence if it is worth telling."""
        if isinstance(event, events.CheckpointSkipped):
            sentence = self._tell(event)
        else:
            if not isinstance(event, events.RunStarted):
                self.step, self.seconds = event.step, event.seconds
            sentence = self._tell(event)
        if sentence:
            is_check = isinstance(event, events.Evaluated)
            if is_check and self._check_was_last:
                self.happenings.pop()  # the latest of several checks in a row says enough
            self.happenings.append((self.seconds, sentence))
            self._check_was_last = is_check
        return sentence

    def _find(self, level: str) -> Stage:
        for stage in self.stages:
            if stage.id == level:
                return stage
        self.stages.append(_stage(level))
        return self.stages[-1]

    # -- one kind of event each ----------------------------------------------------

    @singledispatchmethod
    def _tell(self, event: object) -> str | None:  # noqa: ARG002 -- other events say nothing
        return None

    @_tell.register
    def _(self, event: events.RunStarted) -> str | None:
        self.run, self.step, self.seconds = event.run, event.step, event.seconds
        self.stages = [_stage(level) for level in event.levels]
        self._agents = event.agents
        self._limits = dict(event.config.get("limits") or {})
        return f"goes on from step {event.step:,}" if event.step else None

    @_tell.register
    def _(self, event: events.LevelStarted) -> str | None:
        for stage in self.stages:
            if stage.state == "now":
                stage.state = "left"
        self._find(event.level).state = "now"
        self.survival = None
        return f"{self._find(event.level).name} begins"

    @_tell.register
    def _(self, event: events.LearnerProgress) -> str | None:
        self.steps_per_s, self.numbers = event.steps_per_s, event.numbers
        self.survival = event.survival or None
        return None

    @_tell.register
    def _(self, event: events.Evaluated) -> str | None:
        stage = self._find(event.level)
        if any(check.step != event.step for check in stage.checks.values()):
            stage.checks.clear()
        stage.checks[event.agent] = event
        if len(stage.checks) < self._agents or stage.measures is None:
            return None  # told once all agents are through
        stars = min(check.stars for check in stage.checks.values())
        told = f"{measured(stage.measures)}{', ' + '★' * stars if stars else ''}"
        return f"{stage.name} in {event.towns:,} unseen towns: {told}"

    @_tell.register
    def _(self, event: events.LevelGraduated) -> str | None:
        stage = self._find(event.level)
        stage.state, stage.graduated_at = "graduated", event.seconds
        return f"{stage.name} graduated after {event.episodes:,} lives"

    @_tell.register
    def _(self, event: events.LevelFellBack) -> str | None:
        return f"{self._find(event.to).name} was forgotten; training returns to it"

    @_tell.register
    def _(self, event: events.CheckpointSkipped) -> str | None:
        return f"checkpoint skipped: {event.file}: {event.reason}"

    @_tell.register
    def _(self, event: events.CheckpointFailed) -> str | None:
        return f"no checkpoint could be saved, training goes on: {event.file}: {event.reason}"

    @_tell.register
    def _(self, event: events.RunEnded) -> str | None:
        self.ended = event
        how = {"finished": "finished", "stopped": "stopped", "limit": "stopped at its limit"}
        return f"{how[event.reason]} after {event.step:,} steps"


def measured(m: events.Measures) -> str:
    """Return an evaluation's main numbers in words."""
    parts = [f"{m['survival']:.0f} steps", f"{100 * m['alive']:.0f} % alive"]
    if "par" in m:
        parts.append(f"{100 * m['par']:.0f} % of par")
    return ", ".join(parts)


def _stage(level: str) -> Stage:
    try:
        return Stage(level, load_catalog().find(level))
    except LevelError:
        return Stage(level, None)


def clock(seconds: float) -> str:
    """Return seconds as m:ss, or h:mm:ss."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
