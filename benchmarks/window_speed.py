"""How even the window's frames are while it trains beside them, and what that costs the trainer.

    python benchmarks/window_speed.py [--seconds 300] [--rounds 1] [--display] [--json]

Runs the real window on the watch scene with a real trainer of the default preset in level 3, and
then the same training headless, as `hamlet-game train --view none` does it; round by round, so
that a busy minute hits both. Frames are drawn on SDL's dummy driver unless --display is given.
Targets: p99 of the frame interval at most 20 ms, worst at most 50 ms, trainer slowed by less
than 15 %.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

from jobs import RESULTS, Job, Order, Result, change, machine, machine_line, run_jobs, say, worker

from hamlet_game.training import events as told
from hamlet_game.training.config import check_run_config, load_config, plain_values

P99_MS, WORST_MS, SLOWED = 20.0, 50.0, 0.15  # targets
WARM_S = 10.0  # of training before anything is measured
SLOW_MS = 20.0  # a frame that is looked at more closely


class Pace:
    """Steps a second of training, and what of a core they take, all of a run's work included."""

    def __init__(self) -> None:
        self._first: tuple[int, float, float] | None = None  # step, seconds, CPU seconds
        self._last = (0, 0.0, 0.0)

    @property
    def seconds(self) -> float:
        """Return the training time that was measured."""
        return self._last[1] - self._first[1] if self._first else 0.0

    def take(self, event: told.Event, cpu_s: Callable[[], float]) -> None:
        """Note how far training is; `cpu_s` returns what the trainer's process has used."""
        if isinstance(event, told.LearnerProgress) and event.seconds >= WARM_S:
            self._last = event.step, event.seconds, cpu_s()
            self._first = self._first or self._last

    def result(self) -> dict[str, float]:
        """Return what was measured. The CPU's time says something on a busy machine, too."""
        first = self._first or self._last
        steps = max(self._last[0] - first[0], 1)
        return {
            "steps_per_s": steps / max(self.seconds, 1e-9),
            "cpu_s_per_million_steps": (self._last[2] - first[2]) / steps * 1e6,
        }


class Frames:
    """Where the time of slow frames goes."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}  # seconds of this frame
        self.worst: dict[str, float] = {}
        self.slow: list[dict[str, float]] = []
        gc.callbacks.append(self._collected)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time a part of a frame."""
        began = time.perf_counter()
        yield
        self._add(name, time.perf_counter() - began)

    def end(self, interval: float) -> None:
        """Close a frame of so many seconds."""
        for name, seconds in self.spent.items():
            self.worst[name] = max(self.worst.get(name, 0.0), seconds)
        if interval * 1000 > SLOW_MS:
            self.slow.append({"interval": interval, **self.spent})
        self.spent = {}

    def clear(self) -> None:
        """Begin to measure."""
        self.spent, self.worst, self.slow = {}, {}, []

    def _collected(self, phase: str, _info: Mapping[str, int]) -> None:
        if phase == "start":
            self._began = time.perf_counter()
        else:
            self._add("garbage", time.perf_counter() - self._began)

    def _add(self, name: str, seconds: float) -> None:
        self.spent[name] = self.spent.get(name, 0.0) + seconds


def work(order: Order) -> Result:
    """Do one round of one kind."""
    return _window(order) if order.settings["window"] else _headless(order)


def _headless(order: Order) -> Result:
    """Train without a window, every file written."""
    import torch  # noqa: PLC0415 - only where it trains: the window's process does without

    from hamlet_game.training.runs import RunFolder  # noqa: PLC0415
    from hamlet_game.training.sinks import MetricsManager  # noqa: PLC0415
    from hamlet_game.training.sinks.of_run import sinks_of  # noqa: PLC0415
    from hamlet_game.training.trainer import Trainer  # noqa: PLC0415

    torch.set_num_threads(1)
    config = check_run_config(order.settings["config"], "the configuration")
    run, pace = RunFolder(_folder(order)), Pace()
    with MetricsManager(sinks_of(run, config, say), say) as metrics:
        for event in Trainer(config, run.path).run():
            metrics.write(event)
            pace.take(event, time.process_time)
            if pace.seconds >= order.settings["seconds"]:
                break
    return dict(pace.result())


def _window(order: Order) -> Result:
    """Play frames while a trainer runs beside them."""
    os.environ["HAMLET_HOME"] = str(_folder(order))
    if not order.settings["display"]:
        os.environ |= {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    from hamlet_game.game.app import App, WindowOptions  # noqa: PLC0415 - after SDL's driver
    from hamlet_game.game.pacing import FPS, Pacer, summary_ms  # noqa: PLC0415
    from hamlet_game.game.scenes import routes  # noqa: PLC0415
    from hamlet_game.game.services import open_services  # noqa: PLC0415
    from hamlet_game.town.catalog import load_catalog  # noqa: PLC0415

    services = open_services(load_catalog())
    desk, pace, frames = services.training, Pace(), Frames()
    app = App(services, WindowOptions(size=tuple(order.settings["size"])))
    poll = desk.poll

    def timed_poll() -> list[told.Event]:
        with frames.part("poll"):
            events = poll()
        for event in events:
            pace.take(event, _trainer_cpu_s)
        return events

    desk.poll = timed_poll  # type: ignore[method-assign]
    try:
        desk.start(order.settings["config"], name="benchmark")
        app.start((routes.title(services), routes.watch(services)))
        pacer, dt, measuring = Pacer(), 1 / FPS, False
        cpu: list[float] = []
        while pace.seconds < order.settings["seconds"]:
            if desk.problem is not None:
                raise RuntimeError(desk.problem.sentence)
            if not measuring and desk.history.seconds >= WARM_S:
                measuring = True
                for kept in (pacer.intervals, pacer.work, cpu, frames):
                    kept.clear()
            began = time.thread_time()
            with frames.part("frame"):
                app.frame(dt)
            cpu.append(time.thread_time() - began)
            dt = pacer.wait(FPS)
            frames.end(dt)
    finally:
        app.close()
    return {
        **pace.result(),
        "frames": len(pacer.intervals),
        "interval_ms": summary_ms(pacer.intervals),
        "work_ms": summary_ms(pacer.work),
        "cpu_ms": summary_ms(cpu),  # of it, not spent waiting for a core
        "worst_part_ms": {name: 1000 * seconds for name, seconds in frames.worst.items()},
        "slow": [{name: 1000 * s for name, s in frame.items()} for frame in frames.slow[:40]],
        "slow_count": len(frames.slow),
    }


def _trainer_cpu_s() -> float:
    """Return the CPU seconds of the trainer's process, 0 where the system doesn't tell."""
    for child in multiprocessing.active_children():
        with suppress(OSError):
            fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _folder(order: Order) -> Path:
    """Return a folder of the job's own, empty."""
    folder = order.folder.with_name(f"{order.folder.name}-{time.time_ns()}")
    folder.mkdir(parents=True)
    return folder


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """Return the jobs, round by round."""
    endless = {"limits": {"max_steps": None, "max_minutes": None}}
    mastered = {"curriculum.target": ["alive > 1"]}  # nobody is: it never ends
    jobs = []
    for turn in range(options.rounds):
        given = {"levels": "3", "seed": turn, **endless, **mastered, **change(options.set)}
        shared = {
            "config": plain_values(load_config("default", given)),
            "seconds": options.seconds,
            "size": options.size,
            "display": options.display,
        }
        for window in (True, False):
            name = f"{'window' if window else 'headless'}-{turn}"
            jobs.append(Job(name, {**shared, "window": window}, 120 + 2 * options.seconds))
    return jobs


def findings(results: Mapping[str, Result], options: argparse.Namespace) -> dict[str, Any]:
    """Return everything that was found, as JSON values."""
    if failed := [name for name, result in results.items() if "failed" in result]:
        sys.exit(f"The job '{failed[0]}' failed; its trouble is above.")
    windows = [results[f"window-{turn}"] for turn in range(options.rounds)]
    headless = [results[f"headless-{turn}"] for turn in range(options.rounds)]
    beside, alone = _all("steps_per_s", windows), _all("steps_per_s", headless)
    slowed = 1 - statistics.median(one / other for one, other in zip(beside, alone, strict=True))
    p99 = max(window["interval_ms"]["p99"] for window in windows)
    worst = max(window["interval_ms"]["worst"] for window in windows)
    return {
        "seconds": options.seconds,
        "machine": machine(),
        "windows": windows,
        "steps_per_s_beside_the_window": beside,
        "steps_per_s_headless": alone,
        "cpu_s_per_million_steps_beside": _all("cpu_s_per_million_steps", windows),
        "cpu_s_per_million_steps_headless": _all("cpu_s_per_million_steps", headless),
        "slowed": slowed,
        "reached": {"p99": p99 <= P99_MS, "worst": worst <= WORST_MS, "slowed": slowed < SLOWED},
    }


def _all(name: str, results: Sequence[Result]) -> list[float]:
    return [float(result[name]) for result in results]


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as text."""
    lines = [machine_line(), "", "frames, ms       median      p99    worst   over 20 ms"]
    for number, window in enumerate(found["windows"], 1):
        share = f"{window['slow_count']} of {window['frames']:,}"
        for what, key in (("interval", "interval_ms"), ("work", "work_ms"), ("CPU", "cpu_ms")):
            its = window[key]
            row = f"round {number} {what:<9}{its['median']:>8.2f}{its['p99']:>9.2f}"
            lines.append(f"{row}{its['worst']:>9.2f}   {share if what == 'interval' else ''}")
        parts = window["worst_part_ms"].items()
        told_parts = ", ".join(f"{name} {ms:.1f}" for name, ms in parts)
        lines.append(f"        longest, ms: {told_parts}")
    beside, alone = found["steps_per_s_beside_the_window"], found["steps_per_s_headless"]
    slow, fast = statistics.median(beside), statistics.median(alone)
    speeds = f"{slow:,.0f} steps/s, headless {fast:,.0f}: slowed by {found['slowed']:.1%}"
    used = [found[f"cpu_s_per_million_steps_{kind}"] for kind in ("beside", "headless")]
    cpu = [statistics.median(seconds) for seconds in used]
    lines += ["", f"training beside the window {speeds}"]
    lines += ["CPU seconds a million steps: {:.1f} beside the window, {:.1f} headless".format(*cpu)]
    lines += [f"{name}: {'reached' if so else 'MISSED'}" for name, so in found["reached"].items()]
    return "\n".join(lines)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=300, help="of training in a round")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH")
    parser.add_argument("--display", action="store_true", help="draw on the real screen")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    results = run_jobs(__file__, jobs_of(options), RESULTS / "window_speed", fresh=True)
    found = findings(results, options)
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
