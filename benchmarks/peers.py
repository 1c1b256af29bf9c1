"""Our trainer beside Stable-Baselines3, in one run: how fast it steps, how soon it learns.

    python benchmarks/peers.py [--seeds 0-2] [--minutes 10] [--jobs 2] [--json]

All train in level 3, a new random layout in every life, by the level's own reward; SB3 through
`hamlet_game.envs`, ours on the town that those environments wrap. First each steps for some
seconds, in turns, several rounds, one at a time: life-steps a second while learning. Then each
trains until it is alive after the last step in 90 % of 1,000 held-out towns, or the minutes are
over. Every few seconds the greedy policy is tried in 200 held-out towns, and in the 1,000 if
it does well there; that time is not counted for anybody, loading is neither. Ours goes through
levels 1 to 3 ("hamlet"), and once through level 3 alone, as the others do. "Tuned" DQN has our
preset's settings as far as SB3 has them. Finished runs are kept and not done again (--fresh).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

try:
    import torch
    from peer_trainers import CONTESTANTS, LEVEL, OURS, USE_PRESET
except ImportError as missing:
    remedy = 'install what it needs with: pip install -e ".[dev,envs]"'
    sys.exit(f"This comparison lacks {missing.name or missing}; {remedy}")

from held_out import JUDGED, PROBED, alive
from jobs import (
    RESULTS,
    Job,
    Order,
    Result,
    machine,
    machine_line,
    numbers,
    run_jobs,
    say,
    worker,
)

from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.town.policies import Policy
from hamlet_game.training.config import load_config, plain_values

WARM_S = 5.0  # until everyone learns and caches are warm
ENOUGH = 0.90  # alive
SPEED, RACE = "speed", "race"


class Clock:
    """Training time, without what is spent on looking."""

    def __init__(self) -> None:
        self._began, self._lost = time.perf_counter(), 0.0

    @property
    def seconds(self) -> float:
        """Return the training time so far."""
        return time.perf_counter() - self._began - self._lost

    def alive(self, policy: Policy, towns: Any) -> float:
        """Return the share of towns a policy lives through, off the clock."""
        began = time.perf_counter()
        share = alive(load_catalog().find(LEVEL), policy, towns)
        self._lost += time.perf_counter() - began
        return share


def work(order: Order) -> Result:
    """Do one job: measure a contestant's speed, or let it race."""
    torch.set_num_threads(1)
    return _speed(order) if order.settings["what"] == SPEED else _race(order)


def _speed(order: Order) -> Result:
    seconds = order.settings["seconds"]
    clock = Clock()
    marks: list[tuple[float, int]] = []  # seconds and steps, from when it is warm

    def watch(steps: int, _policy: Policy) -> bool:
        now = clock.seconds
        if now >= min(WARM_S, seconds):
            marks.append((now, steps))
        return not marks or now - marks[0][0] < seconds

    CONTESTANTS[order.settings["who"]].train(order.settings["seed"], watch)
    (began, first), (ended, last) = marks[0], marks[-1]
    return {"steps_per_s": (last - first) / (ended - began)}


def _race(order: Order) -> Result:
    every, limit = order.settings["every"], order.settings["minutes"] * 60
    clock, next_look = Clock(), every
    curve: list[dict[str, float]] = []  # looks along the way
    end: dict[str, Any] = {}

    def watch(steps: int, policy: Policy) -> bool:
        nonlocal next_look
        now = clock.seconds
        if end or (now < next_look and now < limit):
            return not end
        next_look = now + every
        share = clock.alive(policy, PROBED)
        curve.append({"seconds": now, "steps": steps, "alive": share})
        order.say(f"{now:4.0f} s of training, step {steps:>9,}: {share:.0%} alive")
        if share >= ENOUGH or now >= limit:
            judged = clock.alive(policy, JUDGED)
            if judged >= ENOUGH or now >= limit:
                end.update(seconds=now, steps=steps, alive=judged, reached=judged >= ENOUGH)
        return not end

    CONTESTANTS[order.settings["who"]].train(order.settings["seed"], watch)
    return {**end, "best": max(look["alive"] for look in curve), "curve": curve}


# -- all together -----------------------------------------------------------------


def speed_jobs(options: argparse.Namespace) -> list[Job]:
    """Return the jobs of measuring speed, round by round, so that a busy minute hits all."""
    jobs = []
    for turn in range(options.rounds):
        for who in options.who:
            settings = {"what": SPEED, "who": who, "seed": turn, "seconds": options.speed_seconds}
            name, limit = f"{SPEED}-{_slug(who)}-{turn}", 300 + options.speed_seconds
            jobs.append(Job(name, {**settings, **_rules(who)}, limit))
    return jobs


def race_jobs(options: argparse.Namespace) -> list[Job]:
    """Return a job for each contestant and seed."""
    jobs = []
    for seed in numbers(options.seeds):
        for who in options.who:
            about = {"what": RACE, "who": who, "seed": seed, **_rules(who)}
            settings = {**about, "minutes": options.minutes, "every": options.every}
            jobs.append(Job(f"{RACE}-{_slug(who)}-{seed}", settings, 600 + options.minutes * 120))
    return jobs


def _rules(who: str) -> dict[str, Any]:
    """Return what a result hangs on besides the contestant: the level, and perhaps our preset."""
    preset = plain_values(load_config("default")) if who in USE_PRESET else None
    return {"level": digest(load_catalog().find(LEVEL)), "preset": preset}


def _slug(who: str) -> str:
    return who.lower().replace(",", "").replace(" ", "-")


def findings(results: Mapping[str, Result], options: argparse.Namespace) -> dict[str, Any]:
    """Return everything that was found, as JSON values."""
    contestants = {}
    for who in options.who:
        speeds = _named(results, f"{SPEED}-{_slug(who)}-", range(options.rounds))
        races = _named(results, f"{RACE}-{_slug(who)}-", numbers(options.seeds))
        contestants[who] = {
            "learned_per_step": CONTESTANTS[who].learned_per_step,
            "steps_per_s": _median([r["steps_per_s"] for r in speeds.values() if r]),
            "rounds": speeds,
            "races": races,
            **_told(list(races.values())),
        }
    _compare(contestants, options.minutes * 60)
    return {
        "level": LEVEL,
        "enough": ENOUGH,
        "minutes": options.minutes,
        "look_every_seconds": options.every,
        "jobs": options.jobs,
        "machine": machine(),
        "contestants": contestants,
        "failed": {name: r["failed"] for name, r in results.items() if "failed" in r},
    }


def _named(results: Mapping[str, Result], prefix: str, ends: Sequence[int]) -> dict[str, Any]:
    """Return results by what their names end in, None for those that failed."""
    found = {str(end): results[f"{prefix}{end}"] for end in ends}
    return {end: None if "failed" in result else result for end, result in found.items()}


def _told(races: Sequence[Result | None]) -> dict[str, Any]:
    """Return the median and the worst time to enough; None: not reached."""
    whole = [race for race in races if race]
    times = sorted(race["seconds"] if race["reached"] else float("inf") for race in whole)
    ends = {"median_s": statistics.median(times), "worst_s": times[-1]} if times else {}
    return {
        "reached": sum(race["reached"] for race in whole),
        "of": len(races),
        **{name: _finite(ends.get(name)) for name in ("median_s", "worst_s")},
        "alive_at_end": _median([race["alive"] for race in whole]),
        "best_look": max((race["best"] for race in whole), default=None),
    }


def _compare(contestants: dict[str, dict[str, Any]], limit_s: float) -> None:
    """Add how many times as fast as each of the others ours is; at least so, if it was cut off."""
    ours, same_task = (contestants.get(who) for who in OURS)
    for them in contestants.values():
        them["steps_ratio"] = _ratio(
            (same_task or ours or {}).get("steps_per_s"), them["steps_per_s"]
        )
        was_cut = them["median_s"] is None and them["alive_at_end"] is not None
        theirs = limit_s if was_cut else them["median_s"]
        them["time_ratio"] = _ratio(theirs, (ours or {}).get("median_s"))
        them["time_ratio_is_least"] = was_cut


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one and other else None


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


def _finite(value: float | None) -> float | None:
    return None if value in {None, float("inf")} else value


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as text."""
    line = "{:<24}{:>9}{:>9}{:>9}{:>16}{:>16}{:>10}{:>9}".format
    minutes = f"{found['minutes']:g} min"
    what = (
        f"Level {found['level']}, random layouts. Races to {found['enough']:.0%} alive in "
        f"{len(JUDGED):,} held-out towns, {found['jobs']} at a time, at most {minutes} each."
    )
    lines = [
        machine_line(),
        what,
        "",
        line("", "steps/s", "ours is", "learned", "median", "worst", "reached", "ours is"),
        line("", "", "", "a step", f"to {found['enough']:.0%}", "", "", "sooner"),
    ]
    for who, them in found["contestants"].items():
        lines.append(
            line(
                who,
                "—" if them["steps_per_s"] is None else f"{them['steps_per_s']:,.0f}",
                _times(None if who in OURS else them["steps_ratio"]),
                f"{them['learned_per_step']:g}",
                *(_seconds(them, name, minutes) for name in ("median_s", "worst_s")),
                f"{them['reached']} of {them['of']}",
                _times(
                    None if who == OURS[0] else them["time_ratio"],
                    least=them["time_ratio_is_least"],
                ),
            )
        )
    for who, them in found["contestants"].items():
        if them["alive_at_end"] is not None and them["reached"] < them["of"]:
            ends = ", ".join(f"{race['alive']:.0%}" for race in them["races"].values() if race)
            lines.append(f"{who}: alive at the end of its runs in {ends}.")
    lines += [f"{name} failed: {reason}" for name, reason in found["failed"].items()]
    return "\n".join(lines)


def _times(ratio: float | None, *, least: bool = False) -> str:
    return "—" if ratio is None else f"{'> ' if least else ''}{ratio:.1f}×"


def _seconds(them: Mapping[str, Any], name: str, minutes: str) -> str:
    if them["alive_at_end"] is None:
        return "—"
    return f"not in {minutes}" if them[name] is None else f"{them[name]:.0f} s"


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seeds", default="0-2", help="of the races, such as 0-2 or 0,3,7")
    parser.add_argument("--minutes", type=float, default=10, help="of training in a race")
    parser.add_argument("--every", type=float, default=5, help="seconds between two looks")
    parser.add_argument("--rounds", type=int, default=3, help="of measuring speed")
    parser.add_argument("--speed-seconds", type=float, default=15, help="of a round for each")
    parser.add_argument("--who", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS))
    parser.add_argument("--jobs", type=int, choices=(1, 2), default=1, help="races at a time")
    parser.add_argument("--out", type=Path, default=RESULTS / "peers", help="where results stay")
    parser.add_argument("--fresh", action="store_true", help="do finished runs anew, too")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    results = run_jobs(__file__, speed_jobs(options), options.out, fresh=options.fresh)
    races = race_jobs(options)
    count = options.jobs
    results |= run_jobs(__file__, races, options.out, count=count, fresh=options.fresh)
    found = findings(results, options)
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 1 if found["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
