"""The command line. Each command imports what it needs, and nothing heavy before."""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hamlet_game import __version__, cli_training

if TYPE_CHECKING:
    from hamlet_game.game.app import FirstScene

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

Frames = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Quit after N frames.", show_default=False)
]
Screenshot = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Save the last frame as a PNG file.", dir_okay=False),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print first-frame and frame times as JSON at the end.")
]
Size = Annotated[
    str | None, typer.Option(metavar="WxH", help="Window size in pixels, such as 1920x1080.")
]


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

        _open(lambda services: (routes.title(services),), frames, screenshot, as_json, size)
    elif frames or screenshot or as_json or size:
        raise typer.BadParameter("give window options after the command, not before it")


@app.command()
def play(
    level: Annotated[
        str, typer.Argument(help="Level by number, id or name.", show_default=False)
    ] = "1",
    town_seed: Annotated[
        int | None,
        typer.Option(min=1, max=999_999, metavar="N", help="Town number; by chance if not given."),
    ] = None,
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Go straight into a level."""
    from hamlet_game.game.scenes import routes
    from hamlet_game.town.catalog import load_catalog

    chosen = load_catalog().find(level)
    town = town_seed or 1 + secrets.randbelow(routes.MAX_TOWN)
    _open(
        lambda services: (
            routes.title(services),
            routes.level_map(services, chosen.id),
            routes.life(services, chosen, town),
        ),
        frames,
        screenshot,
        as_json,
        size,
    )


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A saved replay.", show_default=False)],
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Watch a saved life again, with a timeline to scrub."""
    from hamlet_game.game.scenes import routes
    from hamlet_game.town.catalog import load_catalog
    from hamlet_game.town.replay import level_for, load_replay

    source = load_replay(file)
    record = source.record(level_for(source, load_catalog(), file))
    _open(
        lambda services: (routes.title(services), routes.replay(services, record, source)),
        frames,
        screenshot,
        as_json,
        size,
    )


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


def _open(
    first_scene: FirstScene,
    frames: int | None,
    screenshot: Path | None,
    as_json: bool,
    size: str | None,
) -> None:
    """Open the window and leave with its exit code."""
    from hamlet_game.game.app import WindowOptions, run
    from hamlet_game.game.display import NoDisplay
    from hamlet_game.town.catalog import load_catalog

    options = WindowOptions(frames, screenshot, as_json, _pixels(size) if size else None)
    try:
        code = run(first_scene, options, load_catalog())
    except NoDisplay as trouble:
        sys.stderr.write(f"{trouble}\n")
        code = 2
    raise typer.Exit(code)


def _pixels(size: str) -> tuple[int, int]:
    """Return "WxH" as two numbers. Raises BadParameter."""
    width, _, height = size.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 1 <= int(width) <= 16384):
        raise typer.BadParameter(f"'{size}' is no size; write it like 1920x1080")
    if not 1 <= int(height) <= 16384:
        raise typer.BadParameter(f"'{size}' is no size; write it like 1920x1080")
    return int(width), int(height)
