"""Numbers and needs as words. A number in a text is the tensor's, rounded, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, exp

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import LevelError
from hamlet_game.town.names import Action, Meter

LOW = 40.0  # below this a vital meter has a word of its own, even above its red
_RED = {Meter.ENERGY: "Worn out", Meter.HYGIENE: "Filthy", Meter.SATIATION: "Starving"}
_LACK = {Meter.ENERGY: "Tired", Meter.HYGIENE: "Grubby", Meter.SATIATION: "Hungry"}
_MOST_DECIMALS = 3
MINUS = "−"


def action_name(action: Action) -> str:
    """Return an action as a badge says it: LEFT, or USE."""
    return "USE" if action is Action.INTERACT else action.name


def number(value: float, decimals: int = 2) -> str:
    """Return a number with a true minus sign; what rounds to nothing has none."""
    text = f"{value:.{decimals}f}"
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.") else MINUS + text[1:]
    return text


def signed(value: float, decimals: int = 2) -> str:
    """Return a number with its sign, also a plus."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not text.strip("0.") else f"+{text}"


def decimals_for(values: Sequence[float]) -> int:
    """Return how many decimals tell the best two values apart, at least one."""
    first, second = sorted(values, reverse=True)[:2]
    for decimals in range(1, _MOST_DECIMALS):
        if f"{first:.{decimals}f}" != f"{second:.{decimals}f}":
            return decimals
    return _MOST_DECIMALS


def percent(log_probability: float) -> str:
    """Return a log-probability as a probability in per cent."""
    share = 100 * exp(min(0.0, log_probability))
    return f"{share:.0f} %" if share >= 1 or share < 0.05 else f"{share:.1f} %"


def whole(value: float) -> str:
    """Return a vital meter's number; it says 0 only once nothing is left."""
    return str(ceil(value - 0.5) if value >= 1 else ceil(value))


def need(level: Level, meter: Meter, value: float) -> str:
    """Return how a meter feels, with its number: 'Tired (23)'."""
    if meter is Meter.MONEY:
        return f"Purse: ${value:.0f}"
    if value < level.meters.of(meter).critical:
        return f"{_RED[meter]} ({whole(value)})"
    if value < LOW:
        return f"{_LACK[meter]} ({whole(value)})"
    return f"{meter.key.capitalize()} {whole(value)}"


def most_urgent(level: Level, meters: Sequence[float]) -> Meter:
    """Return the deadly meter that would be empty first if all went on as they drain."""

    def steps_left(meter: Meter) -> float:
        rule = level.meters.of(meter)
        drain = rule.drain + rule.move_drain / 2
        return meters[meter] / drain if drain else float("inf")

    return min(level.deadly, key=steps_left)


@lru_cache(maxsize=256)
def _level(word: str) -> Level | None:
    try:
        return load_catalog().find(word)
    except LevelError:
        return None


def level_of(level_id: str) -> Level | None:
    """Return a level by its id, None where its file is gone. Read once."""
    return _level(level_id)


def level_name(level_id: str) -> str:
    """Return a level's name, or its id where its file is gone."""
    level = level_of(level_id)
    return level.name if level else level_id


def clock(seconds: float) -> str:
    """Return a stretch of training time: '0:42', '12:05', '1:02:03'."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short(count: float) -> str:
    """Return a large count briefly: 940, 12k, 1.25M."""
    if count < 1_000:
        return f"{count:.0f}"
    if count < 999_500:
        return f"{count / 1_000:.3g}k" if count < 99_950 else f"{count / 1_000:.0f}k"
    return f"{count / 1_000_000:.3g}M"
