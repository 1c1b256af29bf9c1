"""The command that opens the city."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hamlet_game.cli_window import AsJson, Frames, Screenshot, Size, open_window

if TYPE_CHECKING:
    from hamlet_game.game.scene import Scene
    from hamlet_game.game.services import Services


def add_commands(app: typer.Typer) -> None:
    """Give the application the city."""
    app.command()(city)


def city(
    people: Annotated[
        int, typer.Option(min=1, max=2000, metavar="N", help="How many live there.")
    ] = 1000,
    town_seed: Annotated[
        int | None,
        typer.Option(
            min=1, max=999_999, metavar="N", help="Who lives there; by chance if not given."
        ),
    ] = None,
    brain: Annotated[
        str, typer.Option(metavar="WORD", help="Who runs it: master, a run, a brain file.")
    ] = "master",
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Look in on a city of a thousand people, run by one brain."""
    from hamlet_game.game.agents import roster
    from hamlet_game.game.city import hall
    from hamlet_game.game.scenes import routes

    town = town_seed or 1 + secrets.randbelow(routes.MAX_TOWN)
    try:
        hall.mayor(brain)
    except roster.RosterError as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None

    def scenes(services: Services) -> tuple[Scene, ...]:
        return (
            routes.title(services),
            routes.city(services, people=people, town_seed=town, brain=brain),
        )

    open_window(scenes, frames, screenshot, as_json, size)
