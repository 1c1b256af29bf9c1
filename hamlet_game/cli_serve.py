"""The command that shows a town in the browser, and what `train --broadcast` shares with it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hamlet_game.game.agents.players import Player
    from hamlet_game.spectator.launch import Beside
    from hamlet_game.spectator.sources import DeskSource
    from hamlet_game.training.orders import Orders
    from hamlet_game.training.runs import RunFolder
    from hamlet_game.training.sinks import Sink

_MASTER = "master"
_NEWBORN = "untrained"


def add_commands(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)


def serve(
    run: Annotated[
        str | None,
        typer.Argument(
            help="A run, checkpoint or brain, or master, untrained, sensible, ...; "
            "the shipped master if not given.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="Level by number, id or name; otherwise its own."),
    ] = None,
    train: Annotated[
        bool, typer.Option("--train", help="Begin to train at once; with RUN go on with it.")
    ] = False,
    config: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="What to train: a preset, or a file.")
    ] = "default",
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Who can reach it; 0.0.0.0: everyone near you.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, metavar="N", help="0: any free one.")
    ] = 8808,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the addresses as one JSON object.")
    ] = False,
) -> None:
    """Show a town in the browser: for friends, for phones, for OBS. Ctrl-C stops it."""
    from hamlet_game.learn.config import ConfigError
    from hamlet_game.spectator import launch
    from hamlet_game.spectator.options import Options, ServeError
    from hamlet_game.town.catalog import load_catalog
    from hamlet_game.training.config import load_config

    try:
        load_config(config)  # the page may be asked to train it at any time
    except ConfigError as trouble:
        _fail(str(trouble))
    chosen = load_catalog().find(level) if level else None
    try:
        door, options = launch.opened(Options(host, port))
        player, source = _cast(run, config, train=train)
    except ServeError as trouble:
        _fail(str(trouble))
    from hamlet_game.spectator import server

    def ready() -> None:
        if as_json:
            told = {"url": options.url, "control_url": options.control_url}
            sys.stdout.write(json.dumps(told) + "\n")
        else:
            sys.stdout.write(launch.invitation(options, "Ctrl-C"))
        sys.stdout.flush()

    def complain(problem: str) -> None:
        sys.stderr.write(" ".join(problem.split()) + "\n")
        sys.stderr.flush()

    server.serve(door, options, source, player, level=chosen, ready=ready, complain=complain)


def _cast(word: str | None, config: str, *, train: bool) -> tuple[Player, DeskSource]:
    """Return who plays at first, and where training comes from. Leaves where there is none."""
    from hamlet_game.game.agents import roster
    from hamlet_game.spectator.sources import DeskSource

    run = _run(word)
    try:
        player = roster.player(word or _MASTER)
    except roster.RosterError as trouble:
        if run is None:
            _fail(str(trouble))
        player = roster.player(_NEWBORN)  # the run is too young to have a brain
    source = DeskSource(run=run, preset=config)
    if train:
        source.order("start")
    return player, source


def _run(word: str | None) -> RunFolder | None:
    """Return the run that a word means, None where it means a player of another kind."""
    from hamlet_game.training.runs import RunError, find

    try:
        return find(word) if word else None
    except RunError:
        return None


def broadcast(where: str) -> Callable[[Orders], Sink]:
    """Start the page of a training, say where it is, and return what makes its sink."""
    from hamlet_game.spectator.launch import invitation, start_beside
    from hamlet_game.spectator.options import ServeError
    from hamlet_game.training.sinks.broadcast import Broadcast

    try:
        beside: Beside = start_beside(where)
    except ServeError as trouble:
        _fail(str(trouble))
    sys.stderr.write(invitation(beside.options, "with the training"))
    return lambda orders: Broadcast(beside.connection, beside.process, orders)


def _fail(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(2)
