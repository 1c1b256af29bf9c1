"""Scripted policies to measure against: idle, random, and a sensible townsperson."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.hashing import Draw, mix
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.observation import FIELDS, REACH
from hamlet_game.town.town import Town

Actions = NDArray[np.int8]
Policy = Callable[[Town], Actions]  # one action per life, (L,); changes nothing


def idle(town: Town) -> Actions:
    """Wait, wherever one stands."""
    return np.full(len(town), Action.INTERACT, dtype=np.int8)


def random(town: Town) -> Actions:
    """Do anything, hashed from town seed, episode and step."""
    s = town.state
    return (mix(s.seed, Draw.POLICY, s.episode, s.age, s.citizen) % len(Action)).astype(np.int8)


def sensible(town: Town) -> Actions:
    """See to the meter that would run out first, work when money is short, else rest.

    A need counts once its meter would be below 45 on reaching its building; the
    one with the fewest steps left comes first. (Steps left fall alike for all
    meters on the way, so one never turns back half-way.) Work comes first when
    the need can't be paid for, when money is short, or when nothing presses.
    """
    level, obs = town.level, _Reading(town)
    lives = len(town)
    target = np.full(lives, NONE, dtype=np.int8)
    least = np.full(lives, np.inf, dtype=np.float32)  # steps left of the most urgent need
    stuck = np.zeros(lives, dtype=np.bool_)  # it can't be paid for
    for kind in level.kinds:
        rule = level.buildings.of(kind)
        if rule is None or rule.serves is Meter.MONEY:
            continue
        cost, meter = _walk_cost(level, rule.serves), obs.meter(rule.serves)
        left = meter / cost if cost else least
        urgent = (meter - obs.distance(kind) * cost < 45) & (left < least)
        target[urgent], least[urgent] = kind, left[urgent]
        stuck[urgent] = ~obs.affordable(kind)[urgent]
    if Kind.JOB in level.kinds:
        fit = _after_work(level, obs) > 5
        money = obs.meter(Meter.MONEY)
        target[stuck | (fit & ((target == NONE) & (money <= 70) | (money < 15)))] = Kind.JOB
    return obs.towards(target)


def _walk_cost(level: Level, meter: Meter) -> np.float32:
    """Return what a step of walking takes from a meter."""
    rule = level.meters.of(meter)
    return np.float32(rule.drain + rule.move_drain)


def _after_work(level: Level, obs: _Reading) -> NDArray[np.float32]:
    """Return the least meter left after one shift and the way from there to its building."""
    left = np.full(obs.lives, 100.0, dtype=np.float32)
    work = level.buildings.of(Kind.JOB)
    for kind in level.kinds:
        rule = level.buildings.of(kind)
        if work is None or rule is None or rule.serves is Meter.MONEY:
            continue
        walk = obs.distance(Kind.JOB) + obs.between(Kind.JOB, kind) + 1
        spent = walk * _walk_cost(level, rule.serves) + np.float32(work.costs.of(rule.serves))
        left = np.minimum(left, obs.meter(rule.serves) - spent)
    return left


class _Reading:
    """Observations of all lives, read by name."""

    def __init__(self, town: Town) -> None:
        self._columns = town.observe().T
        self.lives = len(town)

    def field(self, name: str) -> NDArray[np.float32]:
        column: NDArray[np.float32] = self._columns[FIELDS.index(name)]
        return column

    def meter(self, meter: Meter) -> NDArray[np.float32]:
        return self.field(meter.key) * np.float32(100)

    def affordable(self, kind: Kind) -> NDArray[np.bool_]:
        return self.field(f"{kind.key}_affordable") > 0

    def distance(self, kind: Kind) -> NDArray[np.float32]:
        across, down = self.field(f"{kind.key}_dx"), self.field(f"{kind.key}_dy")
        return (np.abs(across) + np.abs(down)) * np.float32(REACH)

    def between(self, one: Kind, other: Kind) -> NDArray[np.float32]:
        """Return the steps from one building to another, each the nearest of its kind."""
        across = np.abs(self.field(f"{one.key}_dx") - self.field(f"{other.key}_dx"))
        down = np.abs(self.field(f"{one.key}_dy") - self.field(f"{other.key}_dy"))
        steps: NDArray[np.float32] = (across + down) * np.float32(REACH)
        return steps

    def towards(self, target: NDArray[np.int8]) -> Actions:
        """Return the step towards each life's target kind; INTERACT there; NONE rests."""
        actions = np.full(len(target), Action.INTERACT, dtype=np.int8)
        indoors = sum(self.field(f"{kind.key}_here") for kind in Kind) > 0
        step_out = np.where(self.field("x") > 0, Action.LEFT, Action.RIGHT)
        actions = np.where((target == NONE) & indoors, step_out, actions).astype(np.int8)
        for kind in Kind:
            going = target == kind
            across, down = self.field(f"{kind.key}_sign_x"), self.field(f"{kind.key}_sign_y")
            actions[going & (down < 0)] = Action.UP
            actions[going & (down > 0)] = Action.DOWN
            actions[going & (across < 0)] = Action.LEFT
            actions[going & (across > 0)] = Action.RIGHT
        return actions


SCRIPTS: dict[str, Policy] = {"idle": idle, "random": random, "sensible": sensible}
