"""How much a trainer is slowed by five hundred browsers that look on.

    python benchmarks/spectators.py [--spectators 500] [--seconds 20] [--rounds 3]

A training runs with and without a broadcast to so many WebSocket clients, which are a process
of their own on the same machine, in turns. Prints steps a second of both and what clients got.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import statistics
import time
from multiprocessing.synchronize import Event as Flag
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from hamlet_game.spectator.launch import start_beside
from hamlet_game.training.config import load_config
from hamlet_game.training.events import LearnerProgress
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.broadcast import Broadcast

WARM_STEPS = 30_000  # until learning is under way


def crowd(place: str, count: int, ready: Flag, stop: Flag, answer: Any) -> None:
    """Look on with so many clients until told to stop; answer what they got."""
    if hasattr(os, "nice"):
        os.nice(19)  # they stand for other machines
    answer.send(asyncio.run(_crowd(place, count, ready, stop)))


async def _crowd(place: str, count: int, ready: Flag, stop: Flag) -> dict[str, Any]:
    from websockets.asyncio.client import connect  # noqa: PLC0415 - the extra

    heard = [0] * count
    late: list[float] = []
    loop = asyncio.get_running_loop()

    async def look(number: int) -> None:
        async with connect(place, compression=None, open_timeout=60, ping_interval=None) as line:
            before = None
            async for text in line:
                if '"type":"steps"' in text:
                    heard[number] += 1
                    now = loop.time()
                    if before is not None and number % 25 == 0:
                        late.append(now - before)
                    before = now

    tasks = []
    for number in range(count):
        tasks.append(asyncio.create_task(look(number)))
        if number % 20 == 19:
            await asyncio.sleep(0.05)
    while not all(heard):
        await asyncio.sleep(0.1)
    ready.set()
    before, began = sum(heard), time.monotonic()
    late.clear()
    while not stop.is_set():
        await asyncio.sleep(0.1)
    got, lived = sum(heard) - before, time.monotonic() - began
    broken = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    worst = max(late, default=0.0)
    return {"batches_a_second": got / lived / count, "worst_gap_s": worst, "broken": broken}


def trained(seconds: float, spectators: int | None) -> tuple[float, dict[str, Any]]:
    """Return steps a second of a training, with so many looking on; None: not broadcast."""
    import torch  # noqa: PLC0415 - takes a second

    from hamlet_game.training.trainer import Trainer  # noqa: PLC0415 - likewise

    torch.set_num_threads(1)
    trainer = Trainer(load_config("default", {"levels": "3", "curriculum.enabled": False}))
    sinks, told, people = [], {}, None
    context = multiprocessing.get_context("spawn")
    ready, stop, (ours, theirs) = context.Event(), context.Event(), context.Pipe()
    if spectators is not None:
        beside = start_beside("127.0.0.1:0")
        sinks.append(Broadcast(beside.connection, beside.process, trainer.orders))
        place = f"ws://127.0.0.1:{beside.options.port}/live"
        if spectators:
            people = context.Process(target=crowd, args=(place, spectators, ready, stop, theirs))
            people.start()
    else:
        ready.set()
    began: tuple[float, int] | None = None
    speed = 0.0
    with MetricsManager(sinks) as metrics:
        for event in trainer.run():
            metrics.write(event)
            if not isinstance(event, LearnerProgress) or event.step < WARM_STEPS:
                continue
            now = time.monotonic()
            if began is None and (ready.is_set() or not spectators):
                began = now, event.step
            elif began is not None and now - began[0] >= seconds:
                speed = (event.step - began[1]) / (now - began[0])
                trainer.orders.stop()
        stop.set()
        if people is not None:
            told = ours.recv()
            people.join()
    return speed, told


def main() -> None:
    """Measure in turns, so that whatever else the machine does is shared."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spectators", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    wish = parser.parse_args()
    alone, watched, told = [], [], {}
    for _ in range(wish.rounds):
        alone.append(trained(wish.seconds, None)[0])
        speed, told = trained(wish.seconds, wish.spectators)
        watched.append(speed)
        print(f"alone {alone[-1]:,.0f}, watched {watched[-1]:,.0f} steps/s; {told}")
    slower = 1 - statistics.median(watched) / statistics.median(alone)
    print(
        json.dumps(
            {
                "spectators": wish.spectators,
                "alone_steps_per_s": round(statistics.median(alone)),
                "watched_steps_per_s": round(statistics.median(watched)),
                "slower": round(slower, 3),
                **told,
            }
        )
    )


if __name__ == "__main__":
    main()
