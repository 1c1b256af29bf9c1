"""Does the demo last? Time flies, and memory, frame work and the acts are watched.

    python benchmarks/demo_endurance.py [--minutes 30] [--dt 0.1] [--draw-every 1] [--size 1280x720]

Lets the demo live so many minutes in steps of `dt` seconds, drawing on a surface without a
window, and prints a table: what the process keeps in memory, the median and the worst work of
a frame, how often the story was told. It fails (exit code 1) if memory grows by more than 5 %
once the story has been told twice, if an act had to be cut off, or if one never came.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is imported
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from hamlet_game.game.demo.director import BILL
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.scenes.demo import DemoScene
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import load_catalog

ROWS = 15  # of the table
GROWTH = 0.05  # share of memory that may be added
WARM_TELLINGS = 2  # of the story, until every cache is full


class Watch:
    """Runs the demo and writes down what it costs."""

    def __init__(self, services: Services, size: tuple[int, int], *, traced: bool) -> None:
        self.scene = DemoScene(services)
        if self.scene.director is None:
            raise SystemExit(self.scene.trouble)
        self.director = self.scene.director
        self.painter = Painter(pygame.Surface(size))
        self.traced = traced
        self.work: list[float] = []  # milliseconds a frame, since the last row
        self.memory: list[float] = []  # megabytes, once warm
        self.came: Counter[str] = Counter()
        self.cut_off: list[str] = []

    def live(self, seconds: float, dt: float, draw_every: int) -> None:
        """Let time go by."""
        for frame in range(round(seconds / dt)):
            number, act = self.director.number, self.director.act
            begun = time.process_time()
            self.scene.update(dt)
            if frame % draw_every == 0:
                self.painter.now += dt
                self.scene.draw(self.painter)
            self.work.append((time.process_time() - begun) * 1e3)
            if self.director.number != number:
                self.came[list(BILL)[number % len(BILL)]] += 1
                if act.age > act.limit_s:
                    self.cut_off.append(type(act).__name__)

    def row(self, minute: float) -> str:
        """Return a line of the table; begins to count memory once warm."""
        kept = _memory_mb(traced=self.traced)
        if self.director.round >= WARM_TELLINGS:
            self.memory.append(kept)
        work = sorted(self.work)
        self.work = []
        middle, worst = statistics.median(work), work[-1]
        high = work[int(len(work) * 0.99)]
        return (
            f"| {minute:5.0f} | {self.director.round:3d} | {self.director.name:<10} "
            f"| {kept:7.1f} | {middle:5.2f} | {high:5.1f} | {worst:6.1f} |"
        )

    def faults(self) -> list[str]:
        """Return what went wrong, in sentences."""
        found = [f"{name} had to be cut off." for name in self.cut_off]
        found += [f"The act '{name}' never came." for name in BILL if not self.came[name]]
        if len(self.memory) < 2:
            return [*found, "It was too short to judge memory by."]
        half = len(self.memory) // 2
        early, late = (statistics.mean(part) for part in (self.memory[:half], self.memory[half:]))
        growth = late / early - 1
        print(f"\nMemory once warm: {early:.1f} MB, later {late:.1f} MB ({growth:+.1%}).")
        if growth > GROWTH:
            found.append(f"Memory grew by {growth:.1%}.")
        return found


def _memory_mb(*, traced: bool) -> float:
    """Return what Python has allocated, or what the process keeps in memory, in megabytes."""
    if traced:
        return tracemalloc.get_traced_memory()[0] / 1e6
    pages = Path("/proc/self/statm")
    if not pages.is_file():
        raise SystemExit("Only Linux tells how much memory is in use; elsewhere use --traced.")
    return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    """Run and judge; return the exit code."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--minutes", type=float, default=30.0, help="of the demo")
    words.add_argument("--dt", type=float, default=0.1, help="seconds a frame")
    words.add_argument(
        "--draw-every", type=int, default=1, metavar="N", help="draw every Nth frame"
    )
    words.add_argument("--size", default="1280x720", help="of the picture, in pixels")
    words.add_argument("--traced", action="store_true", help="count Python's own memory; slower")
    options = words.parse_args()
    wide, _, high = options.size.partition("x")
    with tempfile.TemporaryDirectory() as home:
        os.environ["HAMLET_HOME"] = home
        pygame.init()
        if options.traced:
            tracemalloc.start()
        watch = Watch(open_services(load_catalog()), (int(wide), int(high)), traced=options.traced)
        print("| minute | told | act | memory, MB | work, ms: median | p99 | worst |")
        print("|---|---|---|---|---|---|---|")
        for row in range(1, ROWS + 1):
            watch.live(options.minutes * 60 / ROWS, options.dt, options.draw_every)
            print(watch.row(options.minutes * row / ROWS), flush=True)
    faults = watch.faults()
    print(*(faults or ["Nothing piled up, nothing got stuck."]), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
