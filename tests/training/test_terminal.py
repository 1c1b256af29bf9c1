"""A run as a terminal shows it."""

from __future__ import annotations

import io
from dataclasses import replace

from event_cases import FIRST, FULL, evaluated, progress, started, whole_run
from rich.console import Console

from hamlet_game.training.events import (
    CheckpointSkipped,
    LevelFellBack,
    LevelGraduated,
    LevelStarted,
    RunStarted,
)
from hamlet_game.training.sinks.status import RunStatus, clock
from hamlet_game.training.sinks.terminal import (
    LINE_SECONDS,
    PlainLines,
    TerminalView,
    picture,
    terminal_view,
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(status: RunStatus, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(picture(status, width))
    return capture.get()


def test_clock_reads_like_a_clock() -> None:
    assert [clock(0), clock(75.9), clock(3_601)] == ["0:00", "1:15", "1:00:01"]


def test_the_view_shows_levels_survival_and_numbers() -> None:
    status = RunStatus()
    for event in (*whole_run(), progress(450, survival=137.0)):
        status.take(event)
    text = shown(status)
    assert "★ First Night 0:02" in text
    assert "◉ Full Day" in text
    assert "lives in training" in text
    assert "137 of 500 steps" in text
    assert "120 of 500 steps" in text
    assert "over 200 steps" in text
    assert "ε 0.10 · loss 0.5000 · 9,000 steps/s · 450 steps" in text
    assert "stopped after 400 steps" in text


def test_the_bar_shows_survival_against_the_pass_mark() -> None:
    status = RunStatus()
    for event in (started(), LevelStarted(0, 0.0, FULL), evaluated(10, 250.0, FULL)):
        status.take(event)
    (line,) = [line for line in shown(status).splitlines() if "unseen towns  " in line[:20]]
    bar = "".join(char for char in line if char in "━╋")
    assert len(bar) == 40
    assert bar.index("╋") == 16  # 200 of 500 steps, on 40 columns


def test_nothing_is_wider_than_the_terminal() -> None:
    status = RunStatus()
    for event in whole_run():
        status.take(event)
        assert max(map(len, shown(status, 60).splitlines()), default=0) <= 60


def test_time_left_is_the_nearest_limit() -> None:
    status = RunStatus()
    assert status.left is None
    status.take(started(limits={"max_minutes": 1, "max_steps": 9_000 * 20 + 450}))
    assert status.left == 60
    status.take(progress(450))  # 4.5 seconds in, 9,000 steps a second
    assert status.left == 20


def test_many_agents_are_told_as_their_mean() -> None:
    status = RunStatus()
    status.take(RunStarted("two", {}, (FIRST,), 2, 0))
    assert status.take(evaluated(10, 20.0)) is None
    told = status.take(replace(evaluated(10, 40.0), agent=1))
    assert told == "First Night in 100 unseen towns: 30 steps, 50 % alive"


def test_only_the_latest_of_several_checks_in_a_row_is_kept() -> None:
    status = RunStatus()
    for event in (started(), LevelStarted(0, 0.0, FIRST), evaluated(10, 20.0), evaluated(20, 30.0)):
        status.take(event)
    assert [sentence for _, sentence in status.happenings] == [
        "First Night begins",
        "First Night in 100 unseen towns: 30 steps, 50 % alive",
    ]


def test_trouble_is_told() -> None:
    status = RunStatus()
    status.take(started())
    assert status.take(CheckpointSkipped("a.safetensors", "damaged.")) == (
        "checkpoint skipped: a.safetensors: damaged."
    )
    fell = status.take(LevelFellBack(5, 0.1, FULL, FIRST))
    assert fell == "First Night was forgotten; training returns to it"
    again = status.take(started(step=1_200))
    assert again == "goes on from step 1,200"


def test_a_level_whose_file_is_gone_is_shown_by_its_id() -> None:
    status = RunStatus()
    status.take(RunStarted("r", {}, ("gone",), 1, 0))
    status.take(LevelStarted(0, 0.0, "gone"))
    status.take(LevelGraduated(5, 1.0, "gone", 3, {}))
    assert "★ gone 0:01" in shown(status)


def test_without_a_terminal_there_are_plain_lines() -> None:
    out = io.StringIO()
    view = terminal_view(Console(file=out, width=60))
    assert isinstance(view, PlainLines)
    for event in whole_run():
        view.write(event)
    view.close()
    assert out.getvalue().splitlines() == [
        "   0:00  First Night begins",
        "   0:02  First Night in 100 unseen towns: 45 steps, 50 % alive, ★",
        "   0:02  First Night graduated after 20 lives",
        "   0:02  Full Day begins",
        "   0:04  Full Day in 100 unseen towns: 120 steps, 50 % alive",
        "   0:04  stopped after 400 steps",
    ]


def test_plain_lines_tell_of_progress_now_and_then() -> None:
    out, now = io.StringIO(), Clock()
    view = PlainLines(Console(file=out, width=60), now)
    view.write(started())
    view.write(LevelStarted(0, 0.0, FIRST))
    view.write(progress(100))
    now.now += LINE_SECONDS
    view.write(progress(200))
    view.write(progress(300))
    assert out.getvalue().splitlines()[1:] == [
        "   0:02  First Night: ε 0.10 · loss 0.5000 · 9,000 steps/s · 200 steps"
    ]


def test_in_a_terminal_the_view_lives() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, legacy_windows=False)
    view = terminal_view(console)
    assert isinstance(view, TerminalView)
    for event in whole_run():
        view.write(event)
    view.close()
    assert "stopped after 400 steps" in out.getvalue()
    assert out.getvalue().count("\x1b[?25l") == out.getvalue().count("\x1b[?25h") == 1  # cursor
