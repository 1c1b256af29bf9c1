"""The training loop: the only one there is. It yields events; others decide what to do with them.

What is learned depends on the configuration alone: everything that touches it has
a cadence in steps. Checkpoints and limits may go by time, since they change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np

from hamlet_game.learn.base import Choice
from hamlet_game.learn.states import StateError
from hamlet_game.town.names import Action
from hamlet_game.town.observation import WIDTH
from hamlet_game.training import events as say
from hamlet_game.training.agents import AgentManager
from hamlet_game.training.books import Books
from hamlet_game.training.cadence import Clocks
from hamlet_game.training.config import RunConfig, plain_values
from hamlet_game.training.crowd import check_crowds
from hamlet_game.training.curriculum import CurriculumManager
from hamlet_game.training.dealer import Dealer
from hamlet_game.training.evaluation import Brains, mean_measures
from hamlet_game.training.examiner import Examiner
from hamlet_game.training.lessons import taught
from hamlet_game.training.orders import Orders
from hamlet_game.training.part import Ending
from hamlet_game.training.playground import Playground
from hamlet_game.training.seeds import exploration_seed
from hamlet_game.training.stages import find_stages
from hamlet_game.training.tally import Tally
from hamlet_game.training.teller import Teller

Reason = Literal["finished", "stopped", "limit"]


class Trainer:
    """One training run. `orders` may be given at any time, from any thread."""

    def __init__(
        self, config: RunConfig, folder: Path | None = None, *, resume: bool = False
    ) -> None:
        """Prepare a run, with checkpoints in `folder` if there is one.

        `resume` goes on from its latest checkpoint, or begins if there is none yet.
        Raises ConfigError.
        """
        self.config, self.orders = config, Orders()
        self.stages = find_stages(config)
        judged = [stage.judged for stage in self.stages]
        self.curriculum = CurriculumManager(judged, config.curriculum)
        check_crowds(self.stages, config, self.curriculum)
        self.agents = AgentManager(config, WIDTH, len(Action))
        self.step = 0  # of one life, over all lives
        self._resume = resume
        self._examiner = Examiner(self.stages, config, self.curriculum)
        self._ids = tuple(stage.id for stage in self.stages)
        self._books = Books(config, self._ids, folder)
        self._teller = Teller(config.report, self._ids, config.agents)
        self._tally = Tally(config.agents)
        self._dealer = Dealer(config.seed, config.agents, config.start_spread)
        self._rng = np.random.default_rng(exploration_seed(config.seed))
        self._level_since = 0  # step
        self._playground = self._new_playground()
        self._start_clocks(0.0)

    @property
    def seconds(self) -> float:
        """Return the training time so far, over all sessions."""
        return self._clocks.watch.seconds

    def run(self) -> Iterator[say.Event]:
        """Train until the target is reached, a limit, or the order to stop.

        Raises CheckpointError if nothing that was saved can be resumed,
        StateError if it is of another configuration, and TrainingError if learning has
        gone astray.
        """
        yield from self._begin()
        while not (reason := self._reason_to_end()):
            if not self.orders.may_step():
                self._clocks.watch.pause()
                yield say.Paused(self.step, self.seconds)
                continue
            self._clocks.watch.resume()
            yield from self._obey()
            yield from self._due(self._iterate())
        yield from self._end(reason)

    def _begin(self) -> Iterator[say.Event]:
        if self._resume:
            skipped, state = self._books.load()
            yield from skipped
            if state is not None:
                self.load_state(state)
        self._clocks.watch.resume()
        name, values, agents = self._books.name, plain_values(self.config), len(self.agents)
        yield say.RunStarted(name, values, self._ids, agents, self.step, self.seconds)
        yield say.LevelStarted(self.step, self.seconds, self._level)
        yield from self._show(self._brains())

    def _reason_to_end(self) -> Reason | None:
        limits, per_level = self.config.limits, self.config.curriculum.max_steps_per_level
        if self.curriculum.is_finished:
            return "finished"
        if self.orders.stopped:
            return "stopped"
        minutes = limits.max_minutes
        if (
            (limits.max_steps and self.step >= limits.max_steps)
            or (minutes and self.seconds >= minutes * 60)
            or (per_level and self.curriculum.is_last and self._level_age >= per_level)
        ):
            return "limit"
        return None

    def _obey(self) -> Iterator[say.Event]:
        """Do what orders, or the limit of steps in a level, ask for."""
        hold = self.orders.take_hold()
        if hold is not None:
            self.curriculum.hold(hold)
        limit = self.config.curriculum.max_steps_per_level
        overdue = limit and self._level_age >= limit and not self.curriculum.is_held
        if self.orders.take_skip() or overdue:
            self._charge()
            if self.curriculum.move_on():
                yield from self._begin_level()
        for lesson in self.orders.take_lessons():
            yield taught(lesson, self.stages, self.agents, self.step, self.seconds)

    def _iterate(self) -> list[Ending]:
        """Do one step of all lives and learn from it; return who ended there."""
        agents, playground = self.agents, self._playground
        agents.set_progress(self.step / self.config.horizon)
        choice = self._warmed(agents.act(playground.obs, playground.mask))
        happened, endings = playground.step(choice.actions, choice.random)
        agents.learn(choice.actions, happened)
        self._teller.count(choice.random)
        level = self.curriculum.level
        self._tally.count(choice.actions, playground.places(level), self.stages[level].trained)
        self.step += choice.actions.size
        return endings

    def _due(self, endings: list[Ending]) -> Iterator[say.Event]:
        """Tell and do what is due after a step."""
        if endings:
            yield from self._teller.endings(endings, self._books.ledger, self.step, self.seconds)
        if self._clocks.progress(self.step):
            self._charge()
            level = self.curriculum.level
            numbers, survival = self.agents.numbers, self._books.ledger.pages[level].survival
            yield from self._teller.progress(level, numbers, survival, self.step, self.seconds)
            q = self.agents.q(self._playground.obs)
            yield from self._tally.tell(self._level, q, self.step, self.seconds)
        if self._clocks.brains(self.step):
            yield from self._show(self._brains())
        if self._clocks.evaluation(self.step):
            yield from self._judge()
        if self._books.keeps and self._clocks.checkpoint(self.seconds):
            yield from self._save()

    def _end(self, reason: Reason) -> Iterator[say.Event]:
        self._clocks.watch.resume()
        self._charge()
        step, seconds = self.step, self.seconds
        yield from self._save()
        if reason != "stopped" and self.config.final.towns:
            brains = self._books.best or self._brains()
            for number, page in enumerate(self._books.ledger.pages):
                page.final = self._examiner.final(number, brains)
        yield say.RunEnded(step, seconds, reason, self._books.summary(reason, step, seconds))

    # -- judging ---------------------------------------------------------------

    def _judge(self) -> Iterator[say.Event]:
        """Evaluate the level that is trained, and do what follows from it."""
        number, brains = self.curriculum.level, self._brains()
        results = self._examiner.gate(number, brains)
        yield from self._teller.results(number, results, self.step, self.seconds)
        measures = mean_measures(results)
        yield from self._books.rank(number, brains, measures, self.step, self.seconds)
        self._charge()
        verdict = self.curriculum.judge(measures)
        if verdict.kind == "graduated":
            self._books.ledger.graduate(number, self.step, self.seconds)
            yield from self._show(brains)
            page, id_ = self._books.ledger.pages[number], self._ids[number]
            yield say.LevelGraduated(self.step, self.seconds, id_, page.episodes, measures)
        if verdict.to != number:
            yield from self._begin_level()
        elif (earlier := self.curriculum.wants_check()) is not None:
            yield from self._check(earlier, brains)

    def _check(self, number: int, brains: Brains) -> Iterator[say.Event]:
        """Evaluate the level before, and fall back to it if it was forgotten."""
        results = self._examiner.gate(number, brains)
        yield from self._teller.results(number, results, self.step, self.seconds)
        self._charge()
        left = self._level
        if self.curriculum.check(mean_measures(results)).kind == "fell_back":
            yield say.LevelFellBack(self.step, self.seconds, left, self._level)
            yield from self._begin_level()

    # -- state -----------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on bit for bit: arrays and JSON values, nested."""
        return {
            "levels": list(self._ids),
            "step": self.step,
            "seconds": self.seconds,
            "level_since": self._level_since,
            "curriculum": self.curriculum.state(),
            "agents": self.agents.state(),
            "dealt": self._dealer.dealt.copy(),
            "playground": self._playground.state(),
            "rng": self._rng.bit_generator.state,
            **self._books.state(),
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from a saved state. Raises StateError if it is of another configuration."""
        if tuple(state["levels"]) != self._ids:
            raise StateError("the saved run has other levels; use the configuration it began with")
        self.agents.load_state(state["agents"])
        self.curriculum.load_state(state["curriculum"])
        self._books.load_state(state)
        self.step, self._level_since = int(state["step"]), int(state["level_since"])
        self._rng.bit_generator.state = state["rng"]
        lives = {int(number): int(count) for number, count in state["playground"]["lives"]}
        self._playground = self._new_playground(lives)
        self._playground.load_state(state["playground"])
        self._dealer.go_on(state["dealt"])
        self._start_clocks(float(state["seconds"]))

    def _save(self) -> Iterator[say.Event]:
        level = self.curriculum.level
        return self._books.save(level, self.state, self.step, self.seconds)

    # -- inside ----------------------------------------------------------------

    @property
    def _level(self) -> str:
        return self._ids[self.curriculum.level]

    @property
    def _level_age(self) -> int:
        """Return the steps since this level began."""
        return self.step - self._level_since

    def _start_clocks(self, seconds: float) -> None:
        self._clocks = Clocks(self.config, self.step, seconds)
        self._books.start(self.step, seconds)
        self._teller.start(self.step, seconds)

    def _charge(self) -> None:
        """Book what was spent since the last time on the level that is trained."""
        self._books.charge(self.curriculum.level, self.step, self.seconds)

    def _new_playground(self, lives: Mapping[int, int] | None = None) -> Playground:
        lives = lives or self.curriculum.lives(self.config.towns)
        return Playground(self.stages, lives, self._dealer, masks=self.agents.uses_mask)

    def _begin_level(self) -> Iterator[say.Event]:
        """Turn to the level that the curriculum says; lives of the old one are given up."""
        self._level_since = self.step
        self.agents.begin_level(forget=self.config.curriculum.memory == "clear")
        self._playground = self._new_playground()
        self._tally.forget()
        yield say.LevelStarted(self.step, self.seconds, self._level)
        yield from self._save()

    def _warmed(self, choice: Choice) -> Choice:
        """Return the choice with more random actions soon after a later level began."""
        rule, age = self.config.curriculum.rewarm, self._level_age
        is_warm = rule.epsilon and self._level_since and age < rule.over
        if not is_warm or not self.agents.explores:
            return choice
        extra = self._rng.random(choice.actions.shape) < rule.epsilon * (1 - age / rule.over)
        drawn = self._rng.integers(0, len(Action), choice.actions.shape)
        return Choice(np.where(extra, drawn, choice.actions), choice.random | extra)

    def _brains(self) -> Brains:
        seed = self.config.seed
        return self.agents.brains(
            {"run": self._books.name, "seed": seed, "step": self.step, "level": self._level}
        )

    def _show(self, brains: Brains) -> Iterator[say.Event]:
        return self._teller.brains(brains, self.step, self.seconds)
