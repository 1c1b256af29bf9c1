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
from hamlet_game.training.cadence import EverySeconds, EverySteps, Stopwatch
from hamlet_game.training.config import RunConfig, plain_values
from hamlet_game.training.curriculum import CurriculumManager
from hamlet_game.training.dealer import Dealer
from hamlet_game.training.evaluation import mean_measures, quality
from hamlet_game.training.examiner import Brains, Examiner
from hamlet_game.training.keeper import Keeper
from hamlet_game.training.ledger import Ledger, metric
from hamlet_game.training.orders import Orders
from hamlet_game.training.playground import Ending, Playground
from hamlet_game.training.seeds import exploration_seed
from hamlet_game.training.stages import find_stages
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
        self.name = config.name or (folder.name if folder else "")
        self.stages = find_stages(config)
        judged = [stage.judged for stage in self.stages]
        self.curriculum = CurriculumManager(judged, config.curriculum)
        self.agents = AgentManager(config, WIDTH, len(Action))
        self.ledger = Ledger.blank(len(self.stages))
        self.step = 0  # of one life, over all lives
        self._resume = resume
        self._keeper = Keeper(folder, config.checkpoint.keep_best)
        self._examiner = Examiner(self.stages, config, self.curriculum)
        self._teller = Teller(config.report, [stage.id for stage in self.stages], config.agents)
        self._dealer = Dealer(config.seed, config.agents, config.start_spread)
        self._rng = np.random.default_rng(exploration_seed(config.seed))
        self._level_since = 0  # step
        self._best: Brains = []  # at the best evaluation
        self._playground = self._new_playground()
        self._start_clocks(0.0)

    @property
    def seconds(self) -> float:
        """Return the training time so far, over all sessions."""
        return self._watch.seconds

    def run(self) -> Iterator[say.Event]:
        """Train until the target is reached, a limit, or the order to stop.

        Raises CheckpointError if nothing saved can be resumed or the disk refuses,
        StateError if it is of another configuration, and TrainingError if learning has
        gone astray.
        """
        yield from self._begin()
        while not (reason := self._reason_to_end()):
            if not self.orders.may_step():
                self._watch.pause()
                yield say.Paused(self.step, self.seconds)
                continue
            self._watch.resume()
            yield from self._obey()
            yield from self._due(self._iterate())
        yield from self._end(reason)

    def _begin(self) -> Iterator[say.Event]:
        if self._resume:
            loaded = self._keeper.load()
            yield from loaded.skipped
            if loaded.checkpoint:
                self.load_state(loaded.checkpoint.state)
        self._start_clocks(self.seconds)
        ids = tuple(stage.id for stage in self.stages)
        values, agents = plain_values(self.config), len(self.agents)
        yield say.RunStarted(self.name, values, ids, agents, self.step, self.seconds)
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

    def _iterate(self) -> list[Ending]:
        """Do one step of all lives and learn from it; return who ended there."""
        agents, playground = self.agents, self._playground
        agents.set_progress(self.step / self.config.horizon)
        choice = self._warmed(agents.act(playground.obs, playground.mask))
        happened, endings = playground.step(choice.actions, choice.random)
        agents.learn(choice.actions, happened)
        self._teller.count(choice.random)
        self.step += choice.actions.size
        return endings

    def _due(self, endings: list[Ending]) -> Iterator[say.Event]:
        """Tell and do what is due after a step."""
        if endings:
            yield from self._teller.endings(endings, self.ledger, self.step, self.seconds)
        if self._progress_due(self.step):
            self._charge()
            level = self.curriculum.level
            numbers, survival = self.agents.numbers, self.ledger.pages[level].survival
            yield from self._teller.progress(level, numbers, survival, self.step, self.seconds)
        if self._brain_due(self.step):
            yield from self._show(self._brains())
        if self._evaluation_due(self.step):
            yield from self._judge()
        if self._keeper.folder and self._checkpoint_due(self.seconds):
            yield self._save()

    def _end(self, reason: Reason) -> Iterator[say.Event]:
        self._watch.resume()
        self._charge()
        step, seconds = self.step, self.seconds
        if self._keeper.folder:
            yield self._save()
        if reason != "stopped" and self.config.final.towns:
            brains = self._best or self._brains()
            for number, page in enumerate(self.ledger.pages):
                page.final = self._examiner.final(number, brains)
        yield say.RunEnded(step, seconds, reason, self._summary(reason, seconds))

    # -- judging ---------------------------------------------------------------

    def _judge(self) -> Iterator[say.Event]:
        """Evaluate the level that is trained, and do what follows from it."""
        number, brains = self.curriculum.level, self._brains()
        results = self._examiner.gate(number, brains)
        yield from self._teller.results(number, results, self.step, self.seconds)
        measures = mean_measures(results)
        self.ledger.pages[number].evaluation = measures
        yield from self._rank(number, brains, measures)
        self._charge()
        verdict = self.curriculum.judge(measures)
        if verdict.kind == "graduated":
            self.ledger.graduate(number, self.step, self.seconds)
            yield from self._show(brains)
            page, id_ = self.ledger.pages[number], self.stages[number].id
            yield say.LevelGraduated(self.step, self.seconds, id_, page.episodes, measures)
        if verdict.to != number:
            yield from self._begin_level()
        elif (earlier := self.curriculum.wants_check()) is not None:
            yield from self._check(earlier, brains)

    def _rank(self, number: int, brains: Brains, measures: say.Measures) -> Iterator[say.Event]:
        """Keep the brains if they are among the best on the furthest level."""
        is_best = self.ledger.is_best(number, quality(measures), self.step)
        if is_best:
            self._best = brains
        value = metric(number, quality(measures))
        if file := self._keeper.save_best(self.step, brains, value, self._about(measures)):
            yield say.CheckpointSaved(self.step, self.seconds, file, value, is_best)

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
            "levels": [stage.id for stage in self.stages],
            "step": self.step,
            "seconds": self.seconds,
            "level_since": self._level_since,
            "curriculum": self.curriculum.state(),
            "ledger": self.ledger.state(),
            "agents": self.agents.state(),
            "dealt": self._dealer.dealt.copy(),
            "playground": self._playground.state(),
            "rng": self._rng.bit_generator.state,
            "best": self._best,
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from a saved state. Raises StateError if it is of another configuration."""
        if list(state["levels"]) != [stage.id for stage in self.stages]:
            raise StateError("the saved run has other levels; use the configuration it began with")
        self.agents.load_state(state["agents"])
        self.curriculum.load_state(state["curriculum"])
        self.ledger = Ledger.from_state(state["ledger"])
        self.step, self._level_since = int(state["step"]), int(state["level_since"])
        self._rng.bit_generator.state = state["rng"]
        self._best = list(state["best"])
        lives = {int(number): int(count) for number, count in state["playground"]["lives"]}
        self._playground = self._new_playground(lives)
        self._playground.load_state(state["playground"])
        self._dealer.dealt[...] = state["dealt"]
        self._start_clocks(float(state["seconds"]))

    def _save(self) -> say.CheckpointSaved:
        self._charge()
        value = self.ledger.metric
        measures = self.ledger.pages[self.curriculum.level].evaluation
        file = self._keeper.save(self.step, self.state(), value, self._about(measures))
        return say.CheckpointSaved(self.step, self.seconds, file, value, best=False)

    # -- inside ----------------------------------------------------------------

    @property
    def _level(self) -> str:
        return self.stages[self.curriculum.level].id

    @property
    def _level_age(self) -> int:
        """Return the steps since this level began."""
        return self.step - self._level_since

    def _start_clocks(self, seconds: float) -> None:
        report = self.config.report
        self._watch = Stopwatch(seconds)
        self._evaluation_due = EverySteps(self.config.curriculum.evaluate_every, self.step)
        self._progress_due = EverySteps(report.progress_every, self.step)
        self._brain_due = EverySteps(report.brain_every, self.step)
        self._checkpoint_due = EverySeconds(self.config.checkpoint.every_seconds, seconds)
        self._charged_at = self.step, seconds
        self._teller.start(self.step, seconds)

    def _charge(self) -> None:
        """Book the steps and seconds since the last time on the level that is trained."""
        step, seconds = self._charged_at
        self._charged_at = self.step, self.seconds
        self.ledger.spend(self.curriculum.level, self.step - step, self.seconds - seconds)

    def _new_playground(self, lives: Mapping[int, int] | None = None) -> Playground:
        lives = lives or self.curriculum.lives(self.config.towns)
        return Playground(self.stages, lives, self._dealer, masks=self.agents.uses_mask)

    def _begin_level(self) -> Iterator[say.Event]:
        """Turn to the level that the curriculum says; lives of the old one are given up."""
        self._level_since = self.step
        self.agents.begin_level(forget=self.config.curriculum.memory == "clear")
        self._playground = self._new_playground()
        yield say.LevelStarted(self.step, self.seconds, self._level)
        if self._keeper.folder:
            yield self._save()

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
        """Return all agents' policies as they are now, with where they come from."""
        origin = {
            "run": self.name,
            "seed": self.config.seed,
            "step": self.step,
            "level": self._level,
            "use_mask": self.agents.uses_mask,
        }
        return [
            self.agents.brain(agent) | {"training": origin | {"agent": agent}}
            for agent in range(len(self.agents))
        ]

    def _show(self, brains: Brains) -> Iterator[say.Event]:
        for agent, brain in enumerate(brains):
            level = brain["training"]["level"]
            yield say.BrainUpdated(self.step, self.seconds, agent, level, brain)

    def _about(self, measures: say.Measures | None) -> dict[str, Any]:
        """Return a checkpoint's metadata."""
        return {
            "run": self.name,
            "level": self._level,
            "agents": len(self.agents),
            "seconds": self.seconds,
            "measures": measures,
        }

    def _summary(self, reason: Reason, seconds: float) -> dict[str, Any]:
        """Return what the run spent and reached, as JSON values."""
        return {
            "run": self.name,
            "reason": reason,
            "algorithm": self.config.algorithm["name"],
            "seed": self.config.seed,
            "agents": len(self.agents),
            "steps": self.step,
            "seconds": seconds,
            "steps_per_s": self.step / max(seconds, 1e-9),
        } | self.ledger.summary([stage.id for stage in self.stages])
