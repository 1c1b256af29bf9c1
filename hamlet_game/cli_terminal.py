"""What `watch --terminal` does."""

from __future__ import annotations

import secrets
import sys

import typer

_MASTER = "master"


def watch(word: str | None, level: str | None, town_seed: int | None, lives: int | None) -> None:
    """Play in the terminal as a word says. Leaves with exit code 2 where nobody answers to it."""
    from hamlet_game.game.agents import roster
    from hamlet_game.game.desk.history import History
    from hamlet_game.game.watch.syllabus import Syllabus
    from hamlet_game.terminal.watch import LAST_TOWN, Plan
    from hamlet_game.terminal.watch import watch as shown
    from hamlet_game.town.catalog import load_catalog

    catalog = load_catalog()
    chosen = catalog.find(level) if level else None
    try:
        player = roster.player(word or _MASTER)
    except roster.RosterError as trouble:
        sys.stderr.write(f"{trouble}\n")
        raise typer.Exit(2) from None
    suited = Syllabus(catalog, chosen).level(History(), player, follow=False)
    town = town_seed or 1 + secrets.randbelow(LAST_TOWN)
    shown(Plan(player, suited, town, lives))
