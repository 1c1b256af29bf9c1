"""The trainer process: loads torch, trains, reports. Started by `worker.TrainerClient`."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from hamlet_game.training.events import Event
from hamlet_game.training.orders import Orders
from hamlet_game.training.protocol import Crash, Job
from hamlet_game.training.worker_link import Link

_NICER = 10  # of 19; whoever looks at the window comes first


class Training(Protocol):
    """What is trained: `Trainer`, or something like it."""

    @property
    def orders(self) -> Orders:
        """Return what to give orders to."""

    def run(self) -> Iterator[Event]:
        """Train."""


Make = Callable[[Job, Callable[[str], None]], AbstractContextManager[Training]]


def main(connection: Connection, job: Job, make: Make) -> None:
    """Train as told, until the end, an order, or the death of the window."""
    _settle()
    link = Link(connection)
    crash = None
    try:
        with make(job, link.note) as training:
            gc.collect()
            gc.freeze()  # what is loaded stays, and is never searched for garbage again
            link.obey(training.orders)
            for event in training.run():
                link.tell(event)
    except BaseException as error:  # whatever it was, someone must be told
        crash = Crash(_sentence(error), traceback.format_exc())
    link.finish(crash)


@contextmanager
def real_training(job: Job, note: Callable[[str], None]) -> Iterator[Training]:
    """Return the trainer of a job, with the run's folder locked and its metrics written."""
    from hamlet_game.training.runs import RunFolder  # noqa: PLC0415 - NumPy, not before `_settle`

    run = RunFolder(Path(job.folder)) if job.folder else None
    with run.writing() if run else nullcontext():
        from hamlet_game.training import session  # noqa: PLC0415 - torch, here and nowhere else

        with session.training(job, run, note) as training:
            yield training


def _settle() -> None:
    """Take one core at low priority, before torch is loaded, and leave Ctrl-C to the window."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - of no use elsewhere

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        os.nice(_NICER)


def _sentence(error: BaseException) -> str:
    """Return what went wrong: our own errors are sentences already."""
    text = " ".join(str(error).split())
    if type(error).__module__.startswith("hamlet_game.") and text:
        return text
    if isinstance(error, MemoryError):
        return "The trainer ran out of memory; close other programs or lower 'capacity'."
    what = f"{type(error).__name__}: {text:.200}" if text else type(error).__name__
    return f"The trainer crashed ({what}). Resume from its last checkpoint."
