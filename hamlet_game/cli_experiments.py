"""The commands that tell configurations and runs apart: `study` and `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hamlet_game.cli_training import AsJson, outputs_of


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(study)
    app.command()(compare)


def study(
    file: Annotated[
        Path, typer.Argument(help="A study, see docs/experiments.md.", show_default=False)
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Its folder; among your studies if not given."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=1_024, metavar="N", help="Runs at once; as many as processors."),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Train on this Ray cluster, or on the one near: auto"),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Let runs write these, too: tensorboard, mlflow."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Train configurations with several seeds, and compare them. Again: go on where it stopped."""
    outputs = outputs_of(output)
    if ray and workers:
        raise typer.BadParameter("--workers is for this machine; a cluster knows its own")
    from hamlet_game.training.studies import command

    raise typer.Exit(
        command.study(file, out=out, workers=workers, ray=ray, outputs=outputs, as_json=as_json)
    )


def compare(
    run_a: Annotated[
        str,
        typer.Argument(help="A run, a checkpoint, or a brain such as master.", show_default=False),
    ],
    run_b: Annotated[str, typer.Argument(help="Another one.", show_default=False)],
    level: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="By number, id or name; the furthest both learned."),
    ] = None,
    episodes: Annotated[
        int, typer.Option(min=2, metavar="N", help="Towns in which both live a life.")
    ] = 1_000,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The figure: .png, .svg or .pdf; in A's folder if not given."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether one run's policy is better than another's, in the same unseen towns."""
    from hamlet_game.training import compare_command

    raise typer.Exit(
        compare_command.compare(
            run_a, run_b, level=level, episodes=episodes, out=out, as_json=as_json
        )
    )
