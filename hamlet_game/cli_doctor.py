"""The command that looks at this machine and says what to do where something is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from hamlet_game.doctor.finding import Finding

_SIGNS = {"ok": ("✓", "+", "green"), "warning": ("!", "!", "yellow"), "trouble": ("✗", "x", "red")}


def add_commands(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look at this machine: what works, what does not, and what to do about it.

    Ends with exit code 1 if something keeps Hamlet from working.
    """
    from hamlet_game.doctor.rounds import LOOKS, rounds

    found: list[Finding] = []
    if as_json:
        found.extend(rounds())
    else:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(highlight=False, soft_wrap=True)
        with Progress(
            console=Console(stderr=True), transient=True, disable=not console.is_terminal
        ) as bar:
            task = bar.add_task("", total=len(LOOKS))
            for finding in rounds(lambda name: bar.update(task, description=name, advance=1)):
                found.append(finding)
                _print(console, finding)
    troubles = sum(finding.state == "trouble" for finding in found)
    if as_json:
        from hamlet_game.doctor.facts import facts

        told = {"ok": not troubles, "facts": facts(), "findings": [asdict(f) for f in found]}
        typer.echo(json.dumps(told))
    else:
        _sum_up(found, troubles)
    raise typer.Exit(1 if troubles else 0)


def _print(console: Console, finding: Finding) -> None:
    """Print a finding in a line, and its remedy in another."""
    from rich.text import Text

    fancy, plain, color = _SIGNS[finding.state]
    sign = fancy if console.encoding.lower().startswith("utf") else plain
    console.print(Text.assemble((sign, color), f" {finding.name}: {finding.says}"))
    if finding.remedy:
        console.print(Text(f"    {finding.remedy}", style="bold"))


def _sum_up(found: list[Finding], troubles: int) -> None:
    warnings = sum(finding.state == "warning" for finding in found)
    if troubles:
        what = "thing keeps" if troubles == 1 else "things keep"
        typer.echo(f"\n{troubles} {what} Hamlet from working; what to do stands below each.")
    elif warnings:
        typer.echo(f"\nHamlet works; {warnings} thing{'s' * (warnings != 1)} could be better.")
    else:
        typer.echo("\nAll is well.")
