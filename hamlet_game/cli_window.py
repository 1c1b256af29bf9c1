"""Commands that open the window. Options that all of them share are named once, here."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hamlet_game import cli_terminal

if TYPE_CHECKING:
    from hamlet_game.game.app import FirstScene
    from hamlet_game.game.scene import Scene

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


def add_commands(app: typer.Typer) -> None:
    """Give the application every command that opens the window on something."""
    app.command()(play)
    app.command()(watch)
    app.command()(versus)
    app.command()(demo)


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
    keys: Annotated[
        str,
        typer.Option(
            metavar="KEYS", help='Press keys by itself, such as "right*3 space".', hidden=True
        ),
    ] = "",
) -> None:
    """Go straight into a level."""
    from hamlet_game.game.scenes import routes
    from hamlet_game.game.typist import keys_of
    from hamlet_game.town.catalog import load_catalog

    chosen = load_catalog().find(level)
    town = town_seed or 1 + secrets.randbelow(routes.MAX_TOWN)
    try:
        pressed = keys_of(keys)
    except ValueError as trouble:
        raise typer.BadParameter(str(trouble)) from None
    open_window(
        lambda services: (
            routes.title(services),
            routes.level_map(services, chosen.id),
            routes.life(services, chosen, town),
        ),
        frames,
        screenshot,
        as_json,
        size,
        pressed,
    )


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
    open_window(
        lambda services: (routes.title(services), routes.replay(services, record, source)),
        frames,
        screenshot,
        as_json,
        size,
    )


def watch(
    run: Annotated[
        str | None,
        typer.Argument(
            help="A run, checkpoint or brain, or master, untrained, planner, sensible, ...; "
            "without one the training is watched.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL", help="Level by number, id or name; otherwise the one it learned last."
        ),
    ] = None,
    town_seed: Annotated[
        int | None,
        typer.Option(min=1, max=999_999, metavar="N", help="Town number of the first life."),
    ] = None,
    terminal: Annotated[
        bool,
        typer.Option("--terminal", help="In the terminal, without a window; the master if no RUN."),
    ] = False,
    lives: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="With --terminal: end after N lives."),
    ] = None,
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Watch an agent live, think and learn."""
    if terminal:
        if frames or screenshot or as_json or size:
            raise typer.BadParameter("--terminal opens no window, so it takes none of its options")
        cli_terminal.watch(run, level, town_seed, lives)
        return
    if lives:
        raise typer.BadParameter("--lives goes with --terminal")
    from hamlet_game.game.agents import roster
    from hamlet_game.game.scenes import routes
    from hamlet_game.town.catalog import load_catalog

    chosen = load_catalog().find(level) if level else None
    if run is not None:
        try:
            roster.player(run)
        except roster.RosterError as trouble:
            sys.stderr.write(f"{trouble}\n")
            raise typer.Exit(2) from None
    open_window(
        lambda services: (routes.title(services), routes.watch(services, run, chosen, town_seed)),
        frames,
        screenshot,
        as_json,
        size,
    )


def versus(
    rival: Annotated[
        str | None,
        typer.Argument(
            help="Who to race: master, planner, a run, a brain; without one it is asked for.",
            show_default=False,
        ),
    ] = None,
    player: Annotated[
        str, typer.Option(metavar="WORD", help="Who races it: you, or anyone to watch.")
    ] = "you",
    level: Annotated[str, typer.Option(help="Level by number, id or name.")] = "3",
    town_seed: Annotated[
        int | None,
        typer.Option(min=1, max=999_999, metavar="N", help="Town number; by chance if not given."),
    ] = None,
    best_of: Annotated[int, typer.Option(metavar="1|5", help="Races: 1, or best of 5.")] = 1,
    ages: Annotated[
        bool, typer.Option("--ages", help="Show three ages of an agent side by side instead.")
    ] = False,
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Race an agent in the same town, side by side; or watch two of them race."""
    from hamlet_game.game.agents import roster
    from hamlet_game.game.scenes import routes
    from hamlet_game.game.services import Services
    from hamlet_game.game.versus.contestants import invite_all
    from hamlet_game.game.versus.match import BEST_OF, Match
    from hamlet_game.town.catalog import load_catalog

    if best_of not in BEST_OF:
        raise typer.BadParameter("--best-of is 1 or 5")
    chosen = load_catalog().find(level)
    town = town_seed or 1 + secrets.randbelow(routes.MAX_TOWN)
    words = (player, rival or roster.suited(chosen.id))
    try:
        invite_all(words)
    except roster.RosterError as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None

    def scenes(services: Services) -> tuple[Scene, ...]:
        setup = routes.versus(services, chosen, town, words[1])
        if ages:
            return routes.title(services), setup, routes.ages(services, chosen, town)
        if rival is None:
            return routes.title(services), setup
        race = routes.race(services, Match(chosen, town, words, best_of))
        return routes.title(services), setup, race

    open_window(scenes, frames, screenshot, as_json, size)


def demo(
    kiosk: Annotated[
        bool,
        typer.Option(
            "--kiosk", help="Nobody can leave or change anything; see docs/streaming.md for how to."
        ),
    ] = False,
    minutes: Annotated[
        float | None,
        typer.Option(min=0.01, metavar="N", help="End after N minutes.", show_default=False),
    ] = None,
    act: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Begin with an act, such as ages.", show_default=False),
    ] = None,
    frames: Frames = None,
    screenshot: Screenshot = None,
    as_json: AsJson = False,
    size: Size = None,
) -> None:
    """Tell the whole story unattended, from the first stumble to mastery, again and again."""
    from hamlet_game.game.demo.director import BILL
    from hamlet_game.game.scenes import routes
    from hamlet_game.game.services import Services

    if act is not None and act not in BILL:
        raise typer.BadParameter(f"there is no act '{act}'; known: {', '.join(BILL)}")

    def scenes(services: Services) -> tuple[Scene, ...]:
        told = routes.demo(services, kiosk=kiosk, minutes=minutes, act=act)
        return (told,) if kiosk else (routes.title(services), told)

    open_window(scenes, frames, screenshot, as_json, size)


def open_window(
    first_scene: FirstScene,
    frames: int | None,
    screenshot: Path | None,
    as_json: bool,
    size: str | None,
    keys: tuple[int, ...] = (),
) -> NoReturn:
    """Open the window and leave with its exit code."""
    from hamlet_game.game.app import WindowOptions, run
    from hamlet_game.game.display import NoDisplay
    from hamlet_game.town.catalog import load_catalog

    options = WindowOptions(frames, screenshot, as_json, pixels(size) if size else None, keys)
    try:
        code = run(first_scene, options, load_catalog())
    except NoDisplay as trouble:
        sys.stderr.write(f"{trouble}\n")
        code = 2
    raise typer.Exit(code)


def pixels(size: str) -> tuple[int, int]:
    """Return "WxH" as two numbers. Raises BadParameter."""
    width, _, height = size.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 1 <= int(width) <= 16384):
        raise typer.BadParameter(f"'{size}' is no size; write it like 1920x1080")
    if not 1 <= int(height) <= 16384:
        raise typer.BadParameter(f"'{size}' is no size; write it like 1920x1080")
    return int(width), int(height)
