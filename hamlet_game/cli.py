"""The command line. Each command imports what it needs, and nothing heavy before."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from hamlet_game import (
    __version__,
    cli_build,
    cli_city,
    cli_doctor,
    cli_experiments,
    cli_export,
    cli_replay,
    cli_serve,
    cli_training,
    cli_window,
)
from hamlet_game.cli_window import AsJson, Frames, Screenshot, Size

app = typer.Typer(
    help="Hamlet: stay alive in a little town. Without a command the window opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
levels = typer.Typer(help="List level files, or check one of your own.", rich_markup_mode=None)
app.add_typer(levels, name="levels")
cli_training.add_commands(app)
cli_window.add_commands(app)
cli_city.add_commands(app)
cli_doctor.add_commands(app)
cli_serve.add_commands(app)
cli_experiments.add_commands(app)
cli_replay.add_commands(app)
cli_build.add_commands(app)
app.command()(cli_export.export)


def main() -> None:
    """Run the command line; every foreseen trouble is one sentence and exit code 2."""
    # Before NumPy and torch: on a busy machine two threads run far slower than one.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from hamlet_game.town.level_file import LevelError
    from hamlet_game.town.replay import ReplayError

    try:
        app()
    except (LevelError, ReplayError, FileNotFoundError) as trouble:
        sys.stderr.write(f"{trouble}\n")
        sys.exit(2)
    except Exception as fault:
        sys.exit(_crashed(fault))


def _crashed(fault: Exception) -> int:
    """Keep a report of a fault and say so in one sentence; return the exit code."""
    from hamlet_game.game import crash, crash_report

    if crash.debugging():
        raise fault
    place = crash_report.keep(fault)
    crash.tell(
        f"Hamlet had to stop because of a fault of its own, {crash_report.brief(fault)}. "
        f"The report is {place or 'nowhere: no folder can be written'}; it was sent nowhere."
    )
    return 1


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Hamlet: stay alive in a little town. Without a command the window opens."""
    if version:
        typer.echo(f"Hamlet {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from hamlet_game.game.scenes import routes

        cli_window.open_window(
            lambda services: (routes.title(services),), frames, screenshot, as_json, size
        )
    elif frames or screenshot or as_json or size:
        raise typer.BadParameter("give window options after the command, not before it")


@levels.command("list")
def list_levels(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List all levels, your own included."""
    from hamlet_game import paths
    from hamlet_game.town.catalog import load_catalog

    rows: list[dict[str, Any]] = [
        {
            "id": entry.id,
            "name": entry.level.name if entry.level else None,
            "steps": entry.level.steps if entry.level else None,
            "custom": entry.custom,
            "trouble": entry.trouble or None,
        }
        for entry in load_catalog().entries
    ]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in rows:
        about = row["trouble"] or f"{row['name']}, {row['steps']} steps"
        typer.echo(f"{row['id']:<20} {about}")
    typer.echo(f"Your own levels go into {paths.custom_levels()}")


@levels.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Level files.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check level files; say what is wrong with a broken one and how to mend it."""
    from hamlet_game.town.level_file import LevelError, load_level

    answers: list[dict[str, Any]] = []
    for file in files:
        try:
            level = load_level(file)
        except LevelError as error:
            answers.append({"file": str(file), "ok": False, "says": str(error)})
        else:
            size = f"{level.width} by {level.height}, {level.steps} steps"
            says = f"{file}: fine. '{level.name}', {size}."
            answers.append({"file": str(file), "ok": True, "says": says})
    if as_json:
        typer.echo(json.dumps(answers))
    else:
        for answer in answers:
            typer.echo(answer["says"], err=not answer["ok"])
    if not all(answer["ok"] for answer in answers):
        raise typer.Exit(1)
