"""What a study came to: for each configuration, medians over seeds with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import LevelError
from hamlet_game.training.bootstrap import Interval, of_median

MEASURES = {  # what is told of each run: on its last level, by the best policy, in unseen towns
    "score": "score",
    "alive": "alive at the end",
    "survival": "steps lived",
    "return": "return",
    "steps": "steps of training",
    "seconds": "seconds of training",
    "graduated": "levels graduated",
}
FORMATS = {"alive": ".0%", "graduated": ".1f", "return": ".1f", "survival": ".1f"}


@dataclass(frozen=True, slots=True)
class ArmOutcome:
    """One configuration: its seeds' numbers and their medians."""

    arm: str
    seeds: tuple[int, ...]
    values: dict[str, tuple[float, ...]]  # by measure, one a seed
    medians: dict[str, Interval]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A study, as far as it is."""

    name: str
    level: str  # that policies are judged on
    arms: tuple[ArmOutcome, ...]
    failed: dict[str, str]  # why, by run

    def values(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return asdict(self)


def outcome(
    name: str,
    summaries: Mapping[str, Mapping[int, Mapping[str, Any]]],
    failed: Mapping[str, str],
) -> Outcome:
    """Return what runs came to; `summaries` by arm and seed. Arms without any are left out."""
    arms, level = [], ""
    for arm, by_seed in summaries.items():
        if by_seed:
            seeds = tuple(sorted(by_seed))
            found = [_numbers(by_seed[seed]) for seed in seeds]
            level = level or next(reversed(by_seed[seeds[0]]["levels"]))
            shared = [m for m in MEASURES if all(m in numbers for numbers in found)]
            values = {m: tuple(numbers[m] for numbers in found) for m in shared}
            arms.append(ArmOutcome(arm, seeds, values, {m: of_median(values[m]) for m in shared}))
    return Outcome(name, level, tuple(arms), dict(failed))


def _numbers(summary: Mapping[str, Any]) -> dict[str, float]:
    levels = summary["levels"]
    last = next(reversed(levels.values()))
    final = last["final"] or {}
    found = {m: float(final[m]) for m in ("score", "alive", "survival", "return") if m in final}
    found |= {m: float(summary[m]) for m in ("steps", "seconds")}
    found["graduated"] = float(sum(page["graduated"] is not None for page in levels.values()))
    return found


def shown(measure: str, value: float) -> str:
    """Return a number as people read it."""
    if measure == "steps":
        return f"{value / 1e6:.2f}M" if value >= 1e6 else f"{value / 1e3:.0f}k"
    return f"{value:{FORMATS.get(measure, ',.0f')}}"


def cell(measure: str, interval: Interval) -> str:
    """Return a median with its interval."""
    low, high = shown(measure, interval.low), shown(measure, interval.high)
    return f"{shown(measure, interval.value)} ({low}–{high})"


def markdown(result: Outcome) -> str:
    """Return the table as Markdown, with what its numbers are."""
    measures = measures_of(result.arms)
    lines = [
        "| configuration | seeds | " + " | ".join(MEASURES[m] for m in measures) + " |",
        "|---|---|" + "---|" * len(measures),
    ]
    for arm in result.arms:
        cells = [cell(m, arm.medians[m]) if m in arm.medians else "" for m in measures]
        lines.append(f"| {arm.arm} | {len(arm.seeds)} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "Medians over seeds, with 95 % bootstrap intervals of the median.",
        f"On {level_name(result.level)}: each run's best policy, in towns no choice was made in.",
    ]
    lines += [f"\n{run} failed: {why}" for run, why in result.failed.items()]
    return "\n".join(lines) + "\n"


def level_name(level: str) -> str:
    """Return what people call a level, its id if it is gone."""
    try:
        return load_catalog().find(level).name
    except LevelError:
        return level


def measures_of(arms: Sequence[ArmOutcome]) -> list[str]:
    """Return the measures that any configuration has, in order."""
    return [measure for measure in MEASURES if any(measure in arm.medians for arm in arms)]
