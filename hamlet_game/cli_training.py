"""The commands that train agents and judge them: `train`, `evaluate` and `report`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from hamlet_game.cli_window import Frames, Screenshot, Size, open_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from hamlet_game.game.scene import Scene
    from hamlet_game.game.services import Services
    from hamlet_game.training.orders import Orders
    from hamlet_game.training.sinks import Sink

OUTPUTS = ("sqlite", "tensorboard", "mlflow")  # as in `training.sections`, which loads late
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")]
Run = Annotated[
    str, typer.Argument(metavar="RUN", help="A run by name, or its folder.", show_default=False)
]


class View(StrEnum):
    """Where progress is shown."""

    TERMINAL = "terminal"
    WINDOW = "window"
    NONE = "none"


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (train, evaluate, report):
        app.command()(command)


def train(
    config: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="A preset, or a configuration of your own.")
    ] = "default",
    levels: Annotated[
        str | None,
        typer.Option(metavar="LEVELS", help="Such as 1-4, or 1,3. Each by number, id or name."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Draws everything that is drawn.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The run's folder; among your runs if not given.", file_okay=False
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run in DIR, or with the latest.")
    ] = False,
    view: Annotated[View, typer.Option(help="Where to show progress.")] = View.TERMINAL,
    max_steps: Annotated[
        int | None, typer.Option(metavar="N", help="Stop after N steps of all lives together.")
    ] = None,
    max_minutes: Annotated[
        float | None, typer.Option(metavar="X", help="Stop after X minutes of training.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Write these, too: sqlite, tensorboard, mlflow."),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the answer as one JSON object; of a window its times."),
    ] = False,
    broadcast: Annotated[
        bool, typer.Option("--broadcast", help="Show it in the browser, too.")
    ] = False,
    broadcast_at: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="Where: 127.0.0.1:8808; port 0: any free one."),
    ] = None,
    frames: Frames = None,
    screenshot: Screenshot = None,
    size: Size = None,
) -> None:
    """Train an agent, level by level. Ctrl-C saves and stops; --resume goes on.

    With --view window you watch it learn; --frames, --screenshot and --size are for that.
    """
    outputs = outputs_of(output)
    if view is View.WINDOW:
        if broadcast or broadcast_at:
            raise typer.BadParameter("--broadcast goes with --view terminal or none")
        given = {
            "levels": levels,
            "seed": seed,
            "limits.max_steps": max_steps,
            "limits.max_minutes": max_minutes,
            **dict.fromkeys((f"outputs.{name}" for name in outputs), True),
        }
        _train_in_window(config, given, out, frames, screenshot, size, resume=resume, json=as_json)
    if frames or screenshot or size:
        raise typer.BadParameter("--frames, --screenshot and --size go with --view window")
    from hamlet_game.training import commands

    code = commands.train(
        config=config,
        levels=levels,
        seed=seed,
        out=out,
        resume=resume,
        view="none" if view is View.NONE else "terminal",
        max_steps=max_steps,
        max_minutes=max_minutes,
        outputs=outputs,
        as_json=as_json,
        beside=_page(broadcast_at) if broadcast or broadcast_at else None,
    )
    raise typer.Exit(code)


def _page(where: str | None) -> Callable[[Orders], Sink]:
    """Start the browser page of a training; return what makes its sink."""
    from hamlet_game import cli_serve

    return cli_serve.broadcast(where or "127.0.0.1:8808")


def outputs_of(words: str | None) -> tuple[str, ...]:
    """Return the outputs that are asked for. Raises BadParameter for others."""
    names = tuple(word.strip() for word in (words or "").split(",") if word.strip())
    for name in names:
        if name not in OUTPUTS:
            raise typer.BadParameter(f"there is no output '{name}'; known: {', '.join(OUTPUTS)}")
    return names


def _train_in_window(
    config: str,
    given: dict[str, Any],
    out: Path | None,
    frames: int | None,
    screenshot: Path | None,
    size: str | None,
    *,
    resume: bool,
    json: bool,
) -> NoReturn:
    """Open the window on a training that begins beside it, and leave with its exit code."""
    from hamlet_game.game.desk.launch import Plan
    from hamlet_game.game.scenes import routes
    from hamlet_game.learn.config import ConfigError
    from hamlet_game.training.edition import cannot_train
    from hamlet_game.training.openings import open_run
    from hamlet_game.training.runs import RunError

    overrides = {key: value for key, value in given.items() if value is not None}
    try:
        if missing := cannot_train():
            raise RunError(missing)  # noqa: TRY301 - told below, like all that can't be opened
        run = open_run(config, overrides, out, resume=resume)
    except (ConfigError, RunError) as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None

    def first_scene(services: Services) -> tuple[Scene, ...]:
        services.training.take(Plan(run.config, run.folder, run.resume))
        return routes.title(services), routes.watch(services)

    open_window(first_scene, frames, screenshot, json, size)


def evaluate(
    policy: Annotated[
        str,
        typer.Argument(
            metavar="RUN_OR_CHECKPOINT",
            help="A run by name or folder, a checkpoint, or a brain such as master.",
            show_default=False,
        ),
    ],
    level: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="By number, id or name; the one it learned last."),
    ] = None,
    episodes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Lives, each in a town of its own.")
    ] = 1_000,
    town_seed: Annotated[
        int, typer.Option(metavar="N", help="The first town; the next follow.")
    ] = 1,
    par_towns: Annotated[
        int, typer.Option(min=0, metavar="N", help="Of them that are measured against par.")
    ] = 8,
    agent: Annotated[
        int, typer.Option(min=0, metavar="N", help="Which of a run's agents, from 0.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Measure a trained policy at its best, in towns that training never sees."""
    from hamlet_game.training import commands

    code = commands.evaluate(
        policy,
        level=level,
        episodes=episodes,
        town_seed=town_seed,
        par_towns=par_towns,
        agent=agent,
        as_json=as_json,
    )
    raise typer.Exit(code)


def report(
    run: Run,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to; the run's own folder if not given."),
    ] = None,
    episodes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Lives in each level that figures show.")
    ] = 1_000,
    as_json: AsJson = False,
) -> None:
    """Draw a run's figures and a page of them."""
    from hamlet_game.training import commands

    raise typer.Exit(commands.report(run, out=out, episodes=episodes, as_json=as_json))
