"""The darkroom: a process of its own that turns film into a clip beside the game.

Finding colours and packing pixels takes seconds of work and would hold Python's
lock; here it holds up nobody. The window's end is a thread that hands the
film over and listens; the game asks `progress` and `outcome` whenever it likes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from hamlet_game import files
from hamlet_game.game import storage
from hamlet_game.game.recorder import clips, mp4
from hamlet_game.game.recorder.camera import RATE
from hamlet_game.game.recorder.film import Film, Picture

NAME: Final = "hamlet clip"  # of the process
_NICER: Final = 10  # of 19; whoever looks at the window comes first
_SAMPLES: Final = 12  # pictures that decide on the colours
_KILLED: Final = "its writer was stopped"
_END_S: Final = 2.0  # for a process to end once it has nothing more to say


class Developing:
    """One clip being written. Nothing here makes the game wait, except `wait`."""

    def __init__(self, film: Film, path: Path) -> None:
        """Start at once. `path` ends in .gif or .mp4."""
        self.path = path
        self.progress = 0.0  # 0..1
        self.trouble = ""  # why there is no clip, as the end of a sentence
        self._film = film
        self._process: BaseProcess | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="darkroom", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Return whether it is over, well or not."""
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; return whether it is over."""
        self._thread.join(seconds)
        return self.done

    def stop(self) -> None:
        """Give up; nothing is left of the clip."""
        self._stopped.set()
        if self._process is not None:
            self._process.kill()
        self._thread.join(_END_S)

    def _run(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        try:
            process = context.Process(
                target=develop, args=(theirs, self.path), name=NAME, daemon=True
            )
            process.start()
        except OSError as error:
            self.trouble = storage.reason(error)
            return
        self._process = process
        theirs.close()  # or its end would never be noticed
        try:
            if not self._stopped.is_set():
                self._talk(ours)
        except (EOFError, OSError):
            self.trouble = self.trouble or _KILLED
        finally:
            ours.close()
            process.join(_END_S)
            process.kill()
            if self.trouble:
                files.clear_remains(self.path)

    def _talk(self, connection: Connection) -> None:
        """Hand the film over and listen until the clip is there."""
        connection.send((self._film.newest, len(self._film.shots)))
        for shot in self._film.shots:
            connection.send(shot)
        while True:
            told = connection.recv()
            if isinstance(told, float):
                self.progress = told
            else:
                self.trouble = str(told)
                return


def develop(connection: Connection, path: Path) -> None:
    """Be the process: stay out of everybody's way and serve the window."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's
    if sys.platform != "win32":
        os.nice(_NICER)
    serve(connection, path)


def serve(connection: Connection, path: Path) -> None:
    """Receive a film, write it, and tell how far it is and, in the end, what went wrong."""
    try:
        _write(connection, _received(connection), path)
        trouble = ""
    except (EOFError, ConnectionError):
        return  # the game has gone
    except mp4.VideoError as error:
        trouble = str(error)
    except ImportError:
        trouble = "Pillow is missing: pip install pillow"
    except MemoryError:
        trouble = "memory is full"
    except OSError as error:
        trouble = f"{storage.reason(error)} ({path.parent})"
    connection.send(trouble)


def _received(connection: Connection) -> Film:
    newest, count = connection.recv()
    return Film(newest, [connection.recv() for _ in range(count)])


def _write(connection: Connection, film: Film, path: Path) -> None:
    samples: list[Picture] = []
    if path.suffix.lower() == f".{clips.GIF}":
        samples = film.samples(_SAMPLES)
    with clips.writing(path, film.size, RATE, samples) as writer:
        for share, (picture, seconds) in _counted(film):
            writer.add(picture, seconds)
            connection.send(share)


def _counted(film: Film) -> Iterator[tuple[float, tuple[Picture, float]]]:
    """Yield each picture and how much of the film is done with it."""
    for index, shown in enumerate(film.pictures()):
        yield (index + 1) / len(film.shots), shown
