"""Does everything at once last? The window watches, trains, records and is broadcast.

    python benchmarks/soak.py [--minutes 30] [--dt 0.1] [--spectators 5] [--clip-every 60]

Runs the real window on the watch scene with a real trainer beside it. What the trainer says goes
to the browser page's server as well, where spectators look on; a clip is saved every minute. The
window lives so many minutes in steps of `dt` seconds, as fast as it draws. Prints what each
process keeps in memory. Fails (exit code 1) if one of them grows by more than 5 % once warm, if
anything was written to the log or told as trouble, if a clip is missing or a spectator was lost.
For Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is imported
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from hamlet_game import paths
from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.scenes import routes
from hamlet_game.game.services import open_services
from hamlet_game.spectator.launch import start_beside
from hamlet_game.town.catalog import load_catalog
from hamlet_game.training.config import load_config, plain_values
from hamlet_game.training.events import Event
from hamlet_game.training.orders import Orders
from hamlet_game.training.sinks.broadcast import Broadcast

ROWS = 15  # of the table
WARM_ROWS = 5  # of them, until every cache and buffer is full
GROWTH = 0.05  # share of memory that may be added
WAIT_S = 60.0  # for training to begin, and for the last clip
ENDLESS = {
    "levels": "3",
    "limits": {"max_steps": None, "max_minutes": None},
    "curriculum.target": ["alive > 1"],  # nobody is
}


def look_on(place: str, count: int, line: Connection) -> None:
    """Be so many spectators until told to stop; answer what they got and how many were lost."""
    line.send(asyncio.run(_look_on(place, count, line)))


async def _look_on(place: str, count: int, line: Connection) -> tuple[int, int]:
    from websockets.asyncio.client import connect  # noqa: PLC0415 - the extra

    heard = [0] * count

    async def look(number: int) -> None:
        async with connect(place, compression=None, open_timeout=60) as page:
            async for _ in page:
                heard[number] += 1

    tasks = [asyncio.create_task(look(number)) for number in range(count)]
    while not line.poll():
        await asyncio.sleep(0.2)
    lost = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    return min(heard), lost


class Soak:
    """The window, the trainer, the page's server and what they take."""

    def __init__(self, spectators: int) -> None:
        self.services = open_services(load_catalog())
        self.told: list[str] = []
        self._notify, self.services.notify = self.services.notify, self._heard
        beside = start_beside("127.0.0.1:0")
        self.page = Broadcast(beside.connection, beside.process, Orders())
        self.desk = self.services.training
        self._poll, self.desk.poll = self.desk.poll, self._shared
        self.desk.start(plain_values(load_config("default", ENDLESS)), name="soak")
        self.app = App(self.services, WindowOptions(size=(1280, 720)))
        self.app.start((routes.title(self.services), routes.watch(self.services)))
        self._ends_when(lambda: self.desk.history.step > 0)
        (trainer,) = (
            child for child in multiprocessing.active_children() if child is not beside.process
        )
        self.processes = {"window": os.getpid(), "trainer": trainer.pid, "page": beside.process.pid}
        self.line, theirs = multiprocessing.get_context("spawn").Pipe()
        place = f"ws://127.0.0.1:{beside.options.port}/live"
        self.people = multiprocessing.get_context("spawn").Process(
            target=look_on, args=(place, spectators, theirs)
        )
        self.people.start()
        self.clips = 0

    def _heard(self, sentence: str) -> None:
        self.told.append(sentence)
        self._notify(sentence)

    def _shared(self) -> list[Event]:
        events = self._poll()
        for event in events:
            self.page.write(event)
        return events

    def _ends_when(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + WAIT_S
        while not done():
            if time.monotonic() > until:
                raise SystemExit("It took too long.")
            self.app.turn(1 / 60)
            time.sleep(0.01)

    def live(self, seconds: float, dt: float, clip_every: float) -> float:
        """Let time go by; return the median frame in milliseconds."""
        spent = []
        for frame in range(round(seconds / dt)):
            if frame % round(clip_every / dt) == round(clip_every / dt) - 1:
                self._ends_when(lambda: self.app.recorder.ongoing is None)
                self.app.recorder.save()
                self.clips += 1
            began = time.perf_counter()
            if not self.app.turn(dt):
                raise SystemExit("The window has closed.")
            spent.append(time.perf_counter() - began)
        return statistics.median(spent) * 1e3

    def memory(self) -> dict[str, float]:
        """Return what each process keeps in memory, in megabytes."""
        page = os.sysconf("SC_PAGE_SIZE")
        fields = {name: Path(f"/proc/{of}/statm") for name, of in self.processes.items()}
        return {
            name: int(file.read_text().split()[1]) * page / 1e6 for name, file in fields.items()
        }

    def close(self) -> Iterator[str]:
        """End it all; yield what went wrong, in sentences."""
        self._ends_when(lambda: self.app.recorder.ongoing is None)
        self.line.send(None)
        least, lost = self.line.recv()
        self.people.join()
        print(f"\nEach spectator heard at least {least:,} messages.")
        print(f"The trainer took {self.desk.history.step:,} steps.")
        if lost or not least:
            yield f"{lost} spectators were lost; one heard {least} messages."
        if self.desk.problem is not None:
            yield self.desk.problem.sentence
        self.app.close()
        self.page.close()
        saved = list(paths.clips().glob("hamlet-*"))
        print(
            f"{len(saved)} clips saved, {sum(file.stat().st_size for file in saved) / 1e6:.1f} MB."
        )
        if len(saved) != self.clips:
            yield f"{self.clips} clips were asked for, {len(saved)} are there."
        if (log := paths.data() / "hamlet.log").exists():
            yield f"The log holds {log.stat().st_size} bytes:\n{log.read_text()}"
        yield from (note for note in (*self.told, *self.desk.notes) if "can't" in note)


def grown(memory: list[dict[str, float]]) -> Iterator[str]:
    """Yield what grew by too much between the halves of the warm rows."""
    warm = memory[WARM_ROWS:]
    for name in warm[0]:
        kept = [row[name] for row in warm]
        half = len(kept) // 2
        growth = statistics.mean(kept[-half:]) / statistics.mean(kept[:half]) - 1
        print(f"{name}: {kept[0]:.1f} MB once warm, {kept[-1]:.1f} at the end ({growth:+.1%}).")
        if growth > GROWTH:
            yield f"The {name}'s memory grew by {growth:.1%}."


def main() -> int:
    """Run and judge; return the exit code."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--minutes", type=float, default=30.0, help="of the window's time")
    words.add_argument("--dt", type=float, default=0.1, help="seconds a frame")
    words.add_argument("--spectators", type=int, default=5)
    words.add_argument("--clip-every", type=float, default=60.0, help="seconds between clips")
    wish = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["HAMLET_HOME"] = home
        soak, memory = Soak(wish.spectators), []
        print("| minute | frame, ms | " + " | ".join(f"{n}, MB" for n in soak.processes) + " |")
        print("|---|---|" + "---|" * len(soak.processes))
        for row in range(1, ROWS + 1):
            frame = soak.live(wish.minutes * 60 / ROWS, wish.dt, wish.clip_every)
            memory.append(soak.memory())
            cells = " | ".join(f"{kept:8.1f}" for kept in memory[-1].values())
            print(f"| {wish.minutes * row / ROWS:5.0f} | {frame:5.1f} | {cells} |", flush=True)
        faults = [*soak.close(), *grown(memory)]
    print(*(faults or ["Nothing piled up, nothing went wrong."]), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
