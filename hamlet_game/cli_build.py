"""The command that builds the executable."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hamlet_game.cli_training import AsJson


def add_commands(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(build)


def build(
    player: Annotated[
        bool, typer.Option("--player", help="The small edition, which plays but doesn't train.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; dist if not given.", file_okay=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build Hamlet as a program that needs no Python. In a checkout, with the build extra."""
    from rich.console import Console

    try:
        from hamlet_game.packaging.build import BuildError
        from hamlet_game.packaging.build import build as make
    except ModuleNotFoundError:
        sys.stderr.write("A built Hamlet can't build another: use a checkout, see README.md.\n")
        raise typer.Exit(2) from None

    edition = "player" if player else "full"
    try:
        with Console(stderr=True).status(f"Building the {edition} edition") as line:
            made = make(edition, out, lambda words: line.update(f"{words:.70}"))
    except BuildError as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(asdict(made) | {"folder": str(made.folder)}))
    else:
        mib = made.bytes / 2**20
        typer.echo(f"{made.folder}: {mib:.0f} MiB, built in {made.seconds:.0f} s.")
        typer.echo(f"Try it: python -m hamlet_game.packaging.smoke {made.folder}")
