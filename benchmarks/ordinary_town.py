"""The town written the ordinary way: one object per person, dictionaries, loops.

Only here to be measured against: the same rules, observation and reward as
`hamlet_game.town`, for levels with one building of a kind and the reward terms
below. `town_speed.py` checks it against the real town before timing it.
"""

from __future__ import annotations

import random
from typing import Any

from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.observation import REACH

VITAL = ("energy", "hygiene", "satiation")
EMPTY = 1e-3
MOVES = {Action.UP: (0, -1), Action.DOWN: (0, 1), Action.LEFT: (-1, 0), Action.RIGHT: (1, 0)}


class Person:
    """One townsperson and the town around them."""

    def __init__(self, level: Level, places: list[tuple[Kind, int, int]], seed: int = 0) -> None:
        self.level = level
        self.width, self.height = level.grid
        self.rules = {meter.key: level.meters.of(meter) for meter in Meter}
        self.buildings: dict[str, Any] = {}
        for kind, x, y in places:
            rule = level.buildings.of(kind)
            if rule is None:
                continue
            costs, gives = rule.costs.model_dump(), rule.gives.model_dump()
            self.buildings[kind.key] = {"x": x, "y": y, "costs": costs, "gives": gives}
        self.random = random.Random(seed)
        self.restart()

    def restart(self) -> None:
        """Begin a new life on a free cell."""
        taken = {(b["x"], b["y"]) for b in self.buildings.values()}
        while True:
            self.x, self.y = self.random.randrange(self.width), self.random.randrange(self.height)
            if (self.x, self.y) not in taken:
                break
        self.meters = {
            name: float(round(self.random.uniform(*rule.start)))
            for name, rule in self.rules.items()
        }
        self.age = 0

    def step(self, action: int) -> tuple[list[float], float, bool, bool, dict[str, Any]]:
        """Do one step; return observation, reward, died, timed out, and what happened."""
        before = dict(self.meters)
        moved, used = False, None
        if action != Action.INTERACT:
            dx, dy = MOVES[Action(action)]
            x = min(max(self.x + dx, 0), self.width - 1)
            y = min(max(self.y + dy, 0), self.height - 1)
            moved = (x, y) != (self.x, self.y)
            self.x, self.y = x, y
        for name, rule in self.rules.items():
            drain = rule.drain + (rule.move_drain if moved else 0)
            self.meters[name] = max(self.meters[name] - drain, 0)
        wasted = action != Action.INTERACT and not moved
        if action == Action.INTERACT:
            for kind, building in self.buildings.items():
                if (building["x"], building["y"]) != (self.x, self.y):
                    continue
                if self.meters["money"] >= building["costs"]["money"]:
                    used = kind
                    for name in self.meters:
                        change = building["gives"][name] - building["costs"][name]
                        self.meters[name] = min(max(self.meters[name] + change, 0), 100)
                else:
                    wasted = True
        self.age += 1
        cause = None
        for name, rule in self.rules.items():
            if rule.deadly and self.meters[name] <= EMPTY:
                cause = name
                break
        died = cause is not None
        timed_out = not died and self.age >= self.level.steps
        reward = self.reward(before, died=died, wasted=wasted)
        return self.observe(), reward, died, timed_out, {"used": used, "cause": cause}

    def reward(self, before: dict[str, float], *, died: bool, wasted: bool) -> float:
        """Return the weighted sum of the reward terms."""
        weights = self.level.rewards
        total = weights.survival * (not died) + weights.death * died + weights.efficiency * wasted
        for name, rule in self.rules.items():
            if rule.deadly and self.meters[name] < rule.critical <= before[name]:
                total += weights.critical
            if (rule.deadly or name == "money") and rule.comfort and rule.importance:
                lack = max(rule.comfort - self.meters[name], 0) / rule.comfort
                total -= weights.wellbeing * rule.importance * lack * lack
        return total + weights.money * (self.meters["money"] - before["money"]) / 100

    def observe(self) -> list[float]:
        """Return the observation, entry by entry as `hamlet_game.town.observation` names them."""
        seen = [self.meters[name] / 100 for name in self.rules]
        seen += [float(self.rules[name].deadly) for name in VITAL]
        columns: list[list[float]] = []
        for kind in Kind:
            building = self.buildings.get(kind.key)
            if building is None:
                columns.append([0.0] * 7)
                continue
            dx, dy = building["x"] - self.x, building["y"] - self.y
            columns.append(
                [
                    min(max(dx / REACH, -1), 1),
                    min(max(dy / REACH, -1), 1),
                    (dx > 0) - (dx < 0),
                    (dy > 0) - (dy < 0),
                    float(dx == 0 and dy == 0),
                    float(self.meters["money"] >= building["costs"]["money"]),
                    0.0,
                ]
            )
        for field in range(7):
            seen += [column[field] for column in columns]
        return [*seen, self.x / (self.width - 1), self.y / (self.height - 1)]
