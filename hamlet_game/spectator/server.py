"""The server: one event loop for the page and the show, here or in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

import uvicorn
from fastapi import FastAPI

from hamlet_game.game.agents.players import Player
from hamlet_game.game.agents.roster import player as player_of
from hamlet_game.spectator.link import LinkSource
from hamlet_game.spectator.options import Options
from hamlet_game.spectator.page import make_page
from hamlet_game.spectator.sources import Source
from hamlet_game.spectator.stage import UNTRAINED, Stage, quietly
from hamlet_game.spectator.visitor import MOST_BYTES
from hamlet_game.town.level import Level

_NICER = 15  # of 19: whoever trains comes first
_FAREWELL_S = 2  # for connections, when the server ends


class PageServer(uvicorn.Server):
    """A server that says when it is up, and plays while it is."""

    def __init__(self, config: uvicorn.Config, stage: Stage, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._stage, self._ready = stage, ready
        self._play: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and to play."""
        await super().startup(sockets)
        self._play = asyncio.create_task(self._stage.run(self._finish))
        self._play.add_done_callback(self._played)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop to play, then to serve."""
        if self._play is not None:
            self._play.cancel()
        await super().shutdown(sockets)

    def _finish(self) -> None:
        self.should_exit = True

    def _played(self, task: asyncio.Task[None]) -> None:
        """End the server if the show breaks: a page that stands still tells nobody why."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self.should_exit = True
            sys.stderr.write(f"The show has ended ({type(error).__name__}: {error}).\n")


def serve(
    door: socket.socket,
    options: Options,
    source: Source,
    understudy: Player,
    *,
    level: Level | None = None,
    ready: Callable[[], None] = lambda: None,
    complain: Callable[[str], None] = quietly,
) -> None:
    """Serve at a socket until Ctrl-C, or until the source is over. Closes the source.

    `complain` is told each problem of the source, which the page shows as well.
    """
    _more_files()
    stage = Stage(source, understudy, level, complain=complain)
    try:
        with suppress(KeyboardInterrupt):
            PageServer(config_of(make_page(stage, options)), stage, ready).run(sockets=[door])
    finally:
        source.close()
        door.close()


def config_of(page: FastAPI) -> uvicorn.Config:
    """Return how a page is served: small messages, no log of what strangers do."""
    return uvicorn.Config(
        page,
        ws="websockets-sansio",
        ws_max_size=MOST_BYTES,
        ws_per_message_deflate=False,  # packing small messages 500 times costs more than it saves
        lifespan="off",
        access_log=False,
        log_level="critical",  # a stranger's nonsense must not fill the terminal
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_FAREWELL_S,
        h11_max_incomplete_event_size=16_384,
    )


def beside(connection: Connection, door: socket.socket, options: Options) -> None:
    """Serve a training that runs in the process which started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the training; its end is ours
    if hasattr(os, "nice"):
        os.nice(_NICER)
    serve(door, options, LinkSource(connection), player_of(UNTRAINED))


def _more_files() -> None:
    """Allow as many open connections as the system lets us."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 8_192 if hard == resource.RLIM_INFINITY else min(8_192, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
