"""What training and evaluation came to, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import LevelError
from hamlet_game.training.sinks.status import clock, measured

_ENDS = {"finished": "finished", "stopped": "stopped", "limit": "stopped at its limit"}


def training(summary: Mapping[str, Any], folder: Path) -> str:
    """Return a run's summary as lines."""
    head = (
        f"Run '{folder.name}' {_ENDS[summary['reason']]} after {clock(summary['seconds'])}, "
        f"{summary['steps']:,} steps, {summary['episodes']:,} lives."
    )
    lines = [
        head,
        *(_level(id_, page) for id_, page in summary["levels"].items()),
        f"Its files: {folder}",
    ]
    if summary["reason"] != "finished":
        lines.append("Go on with --resume.")
    return "\n".join(lines) + "\n"


def _level(id_: str, page: Mapping[str, Any]) -> str:
    if graduated := page["graduated"]:
        state = (
            f"graduated at {clock(graduated['seconds'])} "
            f"({graduated['level_steps']:,} steps, {graduated['level_episodes']:,} lives)"
        )
    else:
        state = "not graduated" if page["steps"] else "not begun"
    line = f"  {level_name(id_):<14} {state}"
    if final := page["final"]:
        stars = "★" * final["stars"]
        line += f"; in {final['towns']:,} unseen towns {measured(final)} {stars}"
    return line.rstrip()


def level_name(id_: str) -> str:
    """Return a level's name, or its id where its file is gone."""
    try:
        return load_catalog().find(id_).name
    except LevelError:
        return id_


def evaluation(answer: Mapping[str, Any], level: Level) -> str:
    """Return an evaluation's numbers as lines."""
    first, count = answer["town_seed"], answer["episodes"]
    rows = [
        ("survival", f"{answer['mean_survival']:.1f} of {level.steps} steps"),
        ("alive at the end", f"{100 * answer['alive_fraction']:.1f} %"),
        ("return", f"{answer['mean_return']:.1f}"),
        ("score", f"{answer['score']:.0f} of 1,000"),
    ]
    if answer["par_fraction"] is not None:
        share = 100 * answer["par_fraction"]
        planned = answer["par_towns"]
        where = "the first town" if planned == 1 else f"the first {planned} towns"
        rows.append(("against par", f"{share:.0f} %, par from {where}"))
    causes = ", ".join(f"{meter} {number:,}" for meter, number in answer["causes"].items())
    rows += [
        ("ended by", causes or "nothing; all lived on"),
        ("stars", "★" * answer["stars"] + "☆" * (3 - answer["stars"])),
    ]
    head = (
        f"{level.name}, greedy play in {count:,} unseen towns ({first:,} to {first + count - 1:,})"
    )
    return "\n".join([head, *(f"  {name:<17} {value}" for name, value in rows)]) + "\n"
