"""Starting the page: from the command line, or beside a training."""

from __future__ import annotations

import multiprocessing
import socket
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from hamlet_game.spectator.options import (
    LOCAL,
    Options,
    ServeError,
    address,
    listen,
    require_web,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A server in a process of its own, and the pipe to it."""

    process: BaseProcess
    connection: Connection
    options: Options


def opened(options: Options, free: str = "--port 0") -> tuple[socket.socket, Options]:
    """Return a socket that listens, and the options with its real port. Raises ServeError.

    `free` is how to ask for any free port.
    """
    require_web()
    door = listen(options.host, options.port, free)
    return door, replace(options, port=door.getsockname()[1])


def start_beside(where: str, token: str | None = None) -> Beside:
    """Start a server for the training in this process; `where` is HOST:PORT. Raises ServeError."""
    host, port = address(where)
    given = Options(host, port) if token is None else Options(host, port, token)
    door, options = opened(given, f"--broadcast-at {where.rpartition(':')[0] or LOCAL}:0")
    from hamlet_game.spectator.server import beside  # noqa: PLC0415 - needs the extra

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=beside, args=(theirs, door, options), name="hamlet page")
    process.daemon = True  # whatever becomes of the training, the page does not outlive it
    try:
        process.start()
    except OSError as error:
        raise ServeError(f"The page can't be started ({error}); close other programs.") from None
    theirs.close()
    door.close()
    return Beside(process, ours, options)


def invitation(options: Options, how_to_stop: str) -> str:
    """Return what to print: where to look on, where to give orders, how to stop."""
    lines = [f"Look on:     {options.url}", f"Controls:    {options.control_url}"]
    if options.everywhere:
        lines.append(f"Others:      http://{_own_address()}:{options.port}/")
    lines.append(f"Stop:        {how_to_stop}")
    return "\n".join(lines) + "\n"


def _own_address() -> str:
    """Return the address by which others reach this machine, as far as it knows."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: only asks which way it would go
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
