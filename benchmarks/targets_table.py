"""The table of `targets.py`: what training must reach, what it reached, median and worst."""

from __future__ import annotations

import argparse
import math
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jobs import Result, change, machine, machine_line

from hamlet_game.town.catalog import load_catalog

LEVELS = [load_catalog().find(word) for word in ("1", "2", "3", "4")]
FULL_DAY, THRIVE = LEVELS[2], LEVELS[3]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of targets."""

    name: str
    must: float
    want: float
    higher: bool  # is better
    value: Callable[[Result, float], float | None]  # of a seed, given mean par; None: not reached
    text: Callable[[float], str]

    def meets(self, value: float | None, limit: float) -> bool:
        """Return whether a value is good enough."""
        if value is None:
            return False
        return value >= limit if self.higher else value <= limit


def _graduated(result: Result, _par: float) -> float | None:
    """Return when the last of levels 1 to 3 was graduated."""
    times = [result["graduated"].get(level.id, {}).get("seconds") for level in LEVELS[:3]]
    return None if None in times else max(times)


def _mastered(result: Result, _par: float) -> float | None:
    return result["mastered"] and result["mastered"]["seconds"]


def _against_par(result: Result, par: float) -> float | None:
    final = result["final"].get(THRIVE.id)
    return final and final["score"] / par


ROWS = (
    Row("levels 1, 2, 3 graduated", 120, 45, False, _graduated, "{:.0f} s".format),
    Row("mastery of level 3", 360, 120, False, _mastered, "{:.0f} s".format),
    Row("level 4 score / par", 0.80, 0.95, True, _against_par, "{:.1%}".format),
)


def findings(results: Mapping[str, Result], options: argparse.Namespace) -> dict[str, Any]:
    """Return everything that was found, as JSON values."""
    plans = results[f"par-{options.par_towns}"]
    if "failed" in plans:
        sys.exit(f"Planning par failed: {plans['failed']}.")
    par = statistics.fmean(plans["scores"])
    seeds = {name: result for name, result in results.items() if name.startswith("seed-")}
    rows = [_row(row, seeds, par) for row in ROWS]
    failures = {name: missed for name, result in seeds.items() if (missed := _missed(result, par))}
    return {
        "preset": options.preset,
        "changes": change(options.set),
        "jobs": options.jobs,
        "machine": machine(),
        "par": {
            "towns": options.par_towns,
            "mean": par,
            "standard_error": statistics.stdev(plans["scores"]) / math.sqrt(options.par_towns)
            if options.par_towns > 1
            else None,
        },
        "rows": rows,
        "failures": failures,
        "seeds": seeds,
        "passed": not failures and all(row["must_met"] for row in rows),
    }


def _row(row: Row, seeds: Mapping[str, Result], par: float) -> dict[str, Any]:
    """Return a row's median and worst, None for what was not reached."""
    worst_value = -math.inf if row.higher else math.inf
    values = []
    for result in seeds.values():
        value = None if "failed" in result else row.value(result, par)
        values.append(worst_value if value is None else value)
    ends = {"median": statistics.median(values), "worst": (min if row.higher else max)(values)}
    told = {name: value if math.isfinite(value) else None for name, value in ends.items()}
    return {
        "what": row.name,
        "must": row.must,
        "want": row.want,
        **told,
        "must_met": row.meets(told["worst"], row.must),
        "want_met": row.meets(told["worst"], row.want),
        "want_met_by_median": row.meets(told["median"], row.want),
    }


def _missed(result: Result, par: float) -> list[str]:
    """Return why a seed counts as failed: what it missed, or how it ended."""
    if "failed" in result:
        return [result["failed"]]
    return [row.name for row in ROWS if not row.meets(row.value(result, par), row.must)]


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as text."""
    par = found["par"]["mean"]
    head = "{:<8}{:>14}{:>14}{:>14}{:>14}{:>8}{:>10}{:>9}  {}".format
    lines = [
        machine_line(),
        _what(found),
        "",
        head(
            "seed", "level 1", "level 2", "level 3", "mastered", "afresh", "level 4", "steps/s", ""
        ),
    ]
    lines += [_seed_line(head, name, result, par) for name, result in found["seeds"].items()]
    line = "{:<26}{:>12}{:>12}{:>14}{:>14}  {}".format
    lines += ["", line("what", "must", "want", "median", "worst", "")]
    for row, values in zip(ROWS, found["rows"], strict=True):
        told = [
            "not reached" if values[name] is None else row.text(values[name])
            for name in ("must", "want", "median", "worst")
        ]
        lines.append(line(row.name, *told, _verdict(values)))
    count, failed = len(found["seeds"]), len(found["failures"])
    told = [f"0 of {count}", "0 of 20", f"{failed} of {count}", ""]
    lines.append(line("seeds that fail", *told, "must met" if not failed else "MISSED"))
    lines += [f"  {name}: {', '.join(why)}" for name, why in found["failures"].items()]
    return "\n".join(lines)


def _what(found: Mapping[str, Any]) -> str:
    par = found["par"]
    return (
        f"Preset {found['preset']}, {found['jobs']} at a time. Seconds from the start of the "
        f"process, steps in brackets; par: mean of {par['towns']} towns, {par['mean']:.0f}."
    )


def _verdict(values: Mapping[str, Any]) -> str:
    if not values["must_met"]:
        return "MISSED"
    if values["want_met"]:
        return "want met"
    return "must met, want met by the median" if values["want_met_by_median"] else "must met"


def _seed_line(head: Callable[..., str], name: str, result: Result, par: float) -> str:
    if "failed" in result:
        return f"{name:<8}{result['failed']}"
    cells = []
    for level in LEVELS[:3]:
        moment = result["graduated"].get(level.id)
        cells.append(_moment(moment))
    mastered, share = result["mastered"], _against_par(result, par)
    afresh = f"{mastered['afresh']:.1%}" if mastered else "—"
    told = "—" if share is None else f"{share:.1%}"
    speed = f"{result['steps_per_s']:,.0f}"
    return head(name, *cells, _moment(mastered), afresh, told, speed, result["reason"])


def _moment(moment: Mapping[str, float] | None) -> str:
    return f"{moment['seconds']:.0f} ({moment['step'] / 1e6:.2f}M)" if moment else "—"
