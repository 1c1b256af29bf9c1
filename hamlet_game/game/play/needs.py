"""What a person could use now, and what they need most."""

from __future__ import annotations

from hamlet_game.town.level import BuildingRule, Level
from hamlet_game.town.names import FULL, Kind, Meter
from hamlet_game.town.record import Frame, Record

Spot = tuple[Kind, int, int]  # a building's kind and cell, as `Town.places` lists them


def helps(level: Level, frame: Frame, kind: Kind) -> bool:
    """Return whether using a building now is affordable, safe, and not wasted in part."""
    rule = level.buildings.of(kind)
    if rule is None or frame.meters[Meter.MONEY] < rule.costs.money:
        return False
    if any(_after(level, rule, frame, meter) <= 0 for meter in level.deadly):
        return False
    served = rule.serves
    return frame.meters[served] <= FULL - rule.gives.of(served)


def usable(record: Record, step: int, places: list[Spot]) -> list[int]:
    """Return the indices of the buildings that would do good now."""
    frame = record.frames[step]
    good = {kind for kind in record.level.kinds if helps(record.level, frame, kind)}
    return [index for index, (kind, _, _) in enumerate(places) if kind in good]


def critical(record: Record, step: int) -> list[Meter]:
    """Return the deadly meters in the red, the one that runs out first at the front."""
    level, frame = record.level, record.frames[step]
    low = [m for m in level.deadly if frame.meters[m] < level.meters.of(m).critical]
    return sorted(low, key=lambda meter: _steps_left(level, frame, meter))


def wanted(record: Record, step: int, places: list[Spot]) -> int | None:
    """Return the index of the building that the most urgent critical meter needs.

    Where that can't be paid for, it is the nearest place to earn money.
    """
    frame = record.frames[step]
    for meter in critical(record, step):
        kind = _server(record.level, meter)
        if kind is not None and not _affordable(record.level, frame, kind):
            kind = _server(record.level, Meter.MONEY)
        here = [index for index, spot in enumerate(places) if spot[0] is kind]
        if here:
            return min(here, key=lambda index: _distance(frame, places[index]))
    return None


def _after(level: Level, rule: BuildingRule, frame: Frame, meter: Meter) -> float:
    drained = frame.meters[meter] - level.meters.of(meter).drain
    return drained + rule.gives.of(meter) - rule.costs.of(meter)


def _steps_left(level: Level, frame: Frame, meter: Meter) -> float:
    rule = level.meters.of(meter)
    return frame.meters[meter] / (rule.drain + rule.move_drain or 1e-6)


def _server(level: Level, meter: Meter) -> Kind | None:
    rules = [(kind, level.buildings.of(kind)) for kind in level.kinds]
    return next((kind for kind, rule in rules if rule and rule.serves is meter), None)


def _affordable(level: Level, frame: Frame, kind: Kind) -> bool:
    rule = level.buildings.of(kind)
    return rule is not None and frame.meters[Meter.MONEY] >= rule.costs.money


def _distance(frame: Frame, spot: Spot) -> int:
    return abs(frame.x - spot[1]) + abs(frame.y - spot[2])
