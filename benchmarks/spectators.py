"""How much a trainer is slowed by five hundred browsers that look on.

    python benchmarks/spectators.py [--spectators 500] [--pairs 12] [--window 3]

One training is broadcast to so many WebSocket clients, a process of their own on the same machine.
In turns the server and the clients run, and are stopped by a signal: what else the machine does
meets both alike. Prints steps a second of both, and what clients got. For Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import signal
import statistics
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from hamlet_game.spectator.launch import start_beside
from hamlet_game.training.config import load_config
from hamlet_game.training.events import LearnerProgress
from hamlet_game.training.sinks.broadcast import Broadcast

WARM_STEPS = 30_000  # until learning is under way
SETTLE_S = 1.0  # after a switch


def crowd(place: str, count: int, ready: Flag, stop: Flag, answer: Any) -> None:
    """Look on with so many clients until told to stop; answer what they got."""
    os.nice(19)  # they stand for other machines
    answer.send(asyncio.run(_crowd(place, count, ready, stop)))


async def _crowd(place: str, count: int, ready: Flag, stop: Flag) -> dict[str, Any]:
    from websockets.asyncio.client import connect  # noqa: PLC0415 - the extra

    heard = [0] * count

    async def look(number: int) -> None:
        async with connect(place, compression=None, open_timeout=60, ping_interval=None) as line:
            async for text in line:
                heard[number] += '"type":"steps"' in text

    tasks = []
    for number in range(count):
        tasks.append(asyncio.create_task(look(number)))
        if number % 20 == 19:
            await asyncio.sleep(0.05)
    while not all(heard):
        await asyncio.sleep(0.1)
    ready.set()
    while not stop.is_set():
        await asyncio.sleep(0.1)
    broken = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    return {"batches_least": min(heard), "batches_median": statistics.median(heard), "lost": broken}


def cpu_s(process: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def windows(pairs: int, length: float, others: list[int], steps: Iterator[int]) -> Iterator[float]:
    """Yield steps a second, in turns without (first) and with the other processes at work."""
    for number in range(2 * pairs):
        for process in others:
            os.kill(process, signal.SIGCONT if number % 2 else signal.SIGSTOP)
        began = time.monotonic()
        while time.monotonic() < began + SETTLE_S:
            first = next(steps)
        began = time.monotonic()
        while time.monotonic() < began + length:
            last = next(steps)
        yield (last - first) / (time.monotonic() - began)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spectators", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--window", type=float, default=3, help="seconds")
    wish = parser.parse_args()
    import torch  # noqa: PLC0415 - takes a second

    from hamlet_game.training.trainer import Trainer  # noqa: PLC0415 - likewise

    torch.set_num_threads(1)
    changes = {"levels": "3", "curriculum.enabled": False, "report.progress_every": 500}
    changes |= {"curriculum.evaluate_every": 10**9, "report.actions_every": 0}
    trainer = Trainer(load_config("default", changes))
    beside = start_beside("127.0.0.1:0")
    sink = Broadcast(beside.connection, beside.process, trainer.orders)
    context = multiprocessing.get_context("spawn")
    ready, stop, (ours, theirs) = context.Event(), context.Event(), context.Pipe()
    place = f"ws://127.0.0.1:{beside.options.port}/live"
    people = context.Process(target=crowd, args=(place, wish.spectators, ready, stop, theirs))
    people.start()

    def steps() -> Iterator[int]:
        for event in trainer.run():
            sink.write(event)
            if isinstance(event, LearnerProgress):
                yield event.step

    going = steps()
    while not (ready.is_set() and next(going) > WARM_STEPS):
        next(going)
    others = [process.pid for process in (beside.process, people) if process.pid]
    began, used = time.monotonic(), cpu_s(others[0])
    speeds = list(windows(wish.pairs, wish.window, others, going))
    share = 2 * (cpu_s(others[0]) - used) / (time.monotonic() - began)  # it ran half of the time
    stop.set()
    told = ours.recv()
    people.join()
    sink.close()
    alone, watched = speeds[::2], speeds[1::2]
    shares = [1 - with_them / without for without, with_them in zip(alone, watched, strict=True)]
    answer = {
        "spectators": wish.spectators,
        "alone_steps_per_s": round(statistics.median(alone)),
        "watched_steps_per_s": round(statistics.median(watched)),
        "slower_median_of_pairs": round(statistics.median(shares), 3),
        "server_share_of_a_core": round(share, 3),
        **told,
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
