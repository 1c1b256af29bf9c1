"""What `hamlet-game compare` does. Returns an exit code."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from rich.console import Console, JustifyMethod
from rich.table import Table

from hamlet_game import paths
from hamlet_game.files import write_atomic
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.training.commands import in_sentences, warn
from hamlet_game.training.comparison import Compared, Comparison
from hamlet_game.training.comparison import compare as measure
from hamlet_game.training.history import History, HistoryError, read_history
from hamlet_game.training.players import Player, load_player
from hamlet_game.training.runs import RunError, RunFolder, resolve
from hamlet_game.training.seeds import final_towns


@in_sentences
def compare(
    run_a: str,
    run_b: str,
    *,
    level: str | None = None,
    episodes: int = 1_000,
    out: Path | None = None,
    as_json: bool = False,
) -> int:
    """Compare two runs' best policies in the same towns, say what is real, and draw it."""
    from hamlet_game.training.comparison_figure import KINDS, figure_of  # noqa: PLC0415 - Matplotlib

    if out is not None and _kind(out) not in KINDS:
        *most, last = (f".{kind}" for kind in KINDS)
        endings = f"{', '.join(most)} or {last}"
        raise RunError(f"{out}: a figure's file must end with {endings}; choose another --out.")
    a, b = load_player(run_a, warn=warn), load_player(run_b, warn=warn)
    names = _names(run_a, run_b)
    try:
        towns = final_towns(episodes)
    except ValueError as error:
        raise RunError(f"{error}.") from None
    chosen = _level(a, b, level)
    with Console(stderr=True).status(f"Playing {chosen.name} in {episodes:,} towns, twice"):
        result = measure(names, (a.policy, b.policy), chosen, towns)
        found = {
            name: history
            for name, word in zip(names, (run_a, run_b), strict=True)
            if (history := _history(word)) is not None
        }
        file = out or _place(run_a, names)
        picture = figure_of(result, found, _kind(file))
    try:
        write_atomic(file, picture)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RunError(f"{file}: can't be written ({reason}); choose another --out.") from None
    if as_json:
        told = result.values() | {"figure": str(file)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    Console().print(_table(result))
    sys.stdout.write(f"{result.sentence}\n")
    sys.stdout.write(
        "This is about these two policies; about two ways to train, ask several seeds: "
        "hamlet-game study.\n"
    )
    sys.stdout.write(f"Figure: {file}\n")
    return 0


def _kind(file: Path) -> str:
    return file.suffix.lower().removeprefix(".")


def _names(run_a: str, run_b: str) -> tuple[str, str]:
    a, b = Path(run_a).name or run_a, Path(run_b).name or run_b
    return (a, b) if a != b else (f"{a} (A)", f"{b} (B)")


def _level(a: Player, b: Player, word: str | None) -> Level:
    """Return the level that is asked for, or the furthest that both know."""
    if word:
        return a.level(word)
    known = {level.id for level in b.levels()}
    shared = [level for level in a.levels() if level.id in known]
    if shared:
        return shared[-1]
    return min((a.level(), b.level()), key=load_catalog().levels.index)


def _history(word: str) -> History | None:
    """Return how a run learned; None for a file, or if its numbers were not kept."""
    found = resolve(word)
    try:
        return read_history(found.metrics) if isinstance(found, RunFolder) else None
    except HistoryError as error:
        warn(f"No curve: {error}")
        return None


def _place(word: str, names: tuple[str, str]) -> Path:
    found = resolve(word)
    folder = found.path / "report" if isinstance(found, RunFolder) else paths.data() / "comparisons"
    a, b = (re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-") for name in names)
    return folder / f"compare-{a}-{b}.png"


def _table(result: Comparison) -> Table:
    rows = [(name, *_cells(name, its)) for name, its in result.measures.items()]
    table = Table(title=f"{result.level.name}, {result.towns:,} unseen towns", title_justify="left")
    heads = ("mean", *result.names, "difference", "95 % interval")
    for head, cells in zip(heads, zip(*rows, strict=True), strict=True):
        justify: JustifyMethod = "left" if head == "mean" else "right"
        widest = max(len(part) for cell in cells for part in cell.split(" to "))  # stays whole
        table.add_column(head, justify=justify, overflow="fold", min_width=widest)
    for row in rows:
        table.add_row(*row)
    return table


def _cells(measure_name: str, its: Compared) -> tuple[str, str, str, str]:
    """Return both means, their difference and its interval as words."""
    share, gap = measure_name == "alive", its.difference

    def said(value: float, sign: str = "") -> str:
        return f"{100 * value:{sign}.1f} %" if share else f"{value:{sign}.1f}"

    interval = f"{said(gap.low, '+')} to {said(gap.high, '+')}"
    return said(its.a.value), said(its.b.value), said(gap.value, "+"), interval
