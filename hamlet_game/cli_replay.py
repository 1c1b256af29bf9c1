"""The commands about saved lives: `replay FILE` shows one, `replay export` writes it out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from hamlet_game.cli_training import AsJson
from hamlet_game.cli_window import replay as show

if TYPE_CHECKING:
    from hamlet_game.brain.brain import Brain

SHOW = "show"  # what `replay` does unless told otherwise


class _ShowUnlessTold(TyperGroup):
    """Takes a file where a command is expected, and shows it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before what is no command."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [SHOW, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


replays = typer.Typer(
    cls=_ShowUnlessTold,
    help="Watch a saved life again (replay FILE), or write it out (replay export FILE).",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_commands(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(replays, name="replay")


replays.command(SHOW)(show)


@replays.command()
def export(
    file: Annotated[Path, typer.Argument(help="A saved replay.", show_default=False)],
    full: Annotated[
        Path,
        typer.Option("--full", metavar="OUT.jsonl", help="Where the whole trajectory goes."),
    ],
    brain: Annotated[
        str | None,
        typer.Option(
            metavar="WORD", help="Whose Q-values: master, a run, a checkpoint, a brain file."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a life's observations, actions, rewards by term and Q-values as JSON Lines."""
    from hamlet_game.town import trajectory
    from hamlet_game.town.catalog import load_catalog
    from hamlet_game.town.replay import level_for, load_replay

    source = load_replay(file)
    level = level_for(source, load_catalog(), file)
    if full.exists() and not force:
        _refuse(f"{full}: is there already; add --force or choose another file.")
    mind = _brain(brain) if brain else None
    try:
        lines = list(trajectory.lines(source, level, mind.q if mind else None))
        lines[0] |= {"brain": brain, "q": mind.measures} if mind else {}
        trajectory.write(full, lines)
        steps = trajectory.verify(full, level)
    except trajectory.TrajectoryError as error:
        _refuse(f"{file}: {error}")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        _refuse(f"{full}: can't be written ({reason}); choose another file.")
    if as_json:
        told: dict[str, Any] = {"file": str(full), "steps": steps, "verified": True}
        typer.echo(json.dumps(told | {"brain": brain, "end": lines[-1]}))
    else:
        typer.echo(f"{full}: {steps} steps, lived again and found the same to the last bit.")


def _brain(word: str) -> Brain:
    """Return a brain by word; leave with a sentence if there is none."""
    from hamlet_game.brain import files as brain_files
    from hamlet_game.brain.files import BrainError
    from hamlet_game.learn.config import ConfigError
    from hamlet_game.training.checkpoint_file import CheckpointError
    from hamlet_game.training.players import load_player
    from hamlet_game.training.runs import RunError

    def warn(sentence: str) -> None:
        sys.stderr.write(sentence + "\n")

    shipped = brain_files.shipped().get(word)
    try:
        player = load_player(str(shipped or word), warn=warn)
    except (BrainError, CheckpointError, ConfigError, RunError) as error:
        _refuse(str(error))
    if player.brain is None:
        _refuse(f"'{word}' has no Q-values; choose a run, a checkpoint or a brain file.")
    return player.brain


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(" ".join(sentence.split()) + "\n")
    raise typer.Exit(2)
