"""The command that turns a replay into a GIF or an MP4."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hamlet_game.cli_training import AsJson
from hamlet_game.cli_window import pixels


def export(
    replay: Annotated[Path, typer.Argument(help="A saved replay.", show_default=False)],
    out: Annotated[Path, typer.Argument(help="A file *.gif or *.mp4.", show_default=False)],
    size: Annotated[
        str | None,
        typer.Option(metavar="WxH", help="16:9 or 9:16. GIF 640x360, MP4 1280x720."),
    ] = None,
    fps: Annotated[
        int | None,
        typer.Option(min=2, max=60, metavar="N", help="Pictures a second. GIF 12, MP4 30."),
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0.25, max=64, metavar="X", help="Times the normal live tempo.")
    ] = 4.0,
    first: Annotated[
        int | None, typer.Option("--from", min=0, metavar="STEP", help="Where to begin.")
    ] = None,
    last: Annotated[
        int | None, typer.Option("--to", min=0, metavar="STEP", help="Where to end.")
    ] = None,
    brain: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="Show what it thinks: master, a run, a checkpoint, a brain file.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn a replay into a GIF or a video. Needs no display."""
    from rich.console import Console
    from rich.progress import Progress

    from hamlet_game.game.recorder.export import ExportError, Wish
    from hamlet_game.game.recorder.export import export as make

    wish = Wish(replay, out, pixels(size) if size else None, fps, speed, first, last, brain, force)
    try:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Reading", total=1.0)
            made = make(
                wish, lambda what, share: bar.update(task, description=what, completed=share)
            )
    except ExportError as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps(asdict(made) | {"file": str(made.file)}))
    else:
        wide, high = made.size
        typer.echo(
            f"{made.file}: {made.seconds:.0f} s, {wide} by {high}, {made.bytes / 1e6:.1f} MB."
        )
