"""The run in a terminal: a live view, or plain lines where nobody sees it move."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from hamlet_game.terminal.drawing import InAscii, meters_text, numbers_text
from hamlet_game.terminal.town_text import town_text
from hamlet_game.training.events import Event, RunEnded, RunStarted
from hamlet_game.training.sinks.status import RunStatus, Stage, clock
from hamlet_game.training.sinks.stroll import Stroll

REFRESH_SECONDS = 0.2
TOWN_SECONDS = 0.33  # the same with a town beside it: a step each time
TOWN_FROM = (100, 28)  # columns and rows that a town needs
LINE_SECONDS = 10.0  # between progress lines of the plain view
BAR = 40  # columns at most
GAP = 3  # columns between the run and the town

_MARKS = {"ahead": ("○", "dim"), "now": ("◉", "bold yellow"), "left": ("○", "")}


def terminal_view(console: Console | None = None) -> TerminalView | PlainLines:
    """Return the view that suits where it is shown: standard error unless told otherwise."""
    console = console or Console(stderr=True)
    return TerminalView(console) if console.is_terminal else PlainLines(console)


class PlainLines:
    """One line for everything worth telling, and one now and then on how learning goes."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        """Print to `console`."""
        self._console, self._clock, self._due = console, clock, clock() + LINE_SECONDS
        self._status = RunStatus()

    def write(self, event: Event) -> None:
        """Print what is worth telling."""
        if sentence := self._status.take(event):
            self._print(sentence)
        elif self._clock() >= self._due and (stage := self._status.stage):
            self._due = self._clock() + LINE_SECONDS
            self._print(f"{stage.name}: {' · '.join(_numbers(self._status))}")

    def close(self) -> None:
        """Nothing is left to do."""

    def _print(self, sentence: str) -> None:
        line = f"{clock(self._status.seconds):>7}  {sentence}"
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class TerminalView:
    """A few lines that are drawn over and over; where there is room, a town beside them."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        """Draw on `console`."""
        self._clock, self._due = clock, 0.0
        self._status, self._stroll = RunStatus(), Stroll()
        self._live = Live(console=console, auto_refresh=False, redirect_stdout=False)

    def write(self, event: Event) -> None:
        """Take in one event; draw if it is time."""
        self._status.take(event)
        self._stroll.take(event)
        if isinstance(event, RunStarted):
            self._live.start()
        now = self._clock()
        if now >= self._due or isinstance(event, RunEnded):
            self._draw(now)

    def close(self) -> None:
        """Leave the last picture on screen and the cursor below it."""
        self._live.stop()

    def _draw(self, now: float) -> None:
        console = self._live.console
        width, height = console.size
        if width >= TOWN_FROM[0] and height >= TOWN_FROM[1]:
            self._due = now + TOWN_SECONDS
            self._stroll.step()
            shown = with_town(self._status, self._stroll, width, height)
        else:
            self._due = now + REFRESH_SECONDS
            shown = picture(self._status, width)
        self._live.update(InAscii(shown) if console.options.ascii_only else shown, refresh=True)


def with_town(status: RunStatus, stroll: Stroll, width: int, height: int) -> RenderableType:
    """Return the view with a town on its right, what its agent has and thinks below the run."""
    record = stroll.record
    if record is None or not (stage := status.stage):
        return picture(status, width)
    town = town_text(record, width // 2 - GAP, height - 3)
    left = width - GAP - max(len(line) for line in town.plain.splitlines())
    caption = (
        f"{stage.name}, town {record.town_seed}, step {record.survival} of {record.level.steps}"
    )
    below = f"the brain of step {stroll.brain_step:,}"
    thought = numbers_text(stroll.numbers, left) if stroll.numbers else Text()
    sheet = Table.grid(padding=(0, GAP, 0, 0))
    sheet.add_row(
        Group(
            picture(status, left),
            Text(),
            meters_text(record.level, record.last.meters, left),
            Text(),
            thought,
        ),
        Group(town, Text(caption, style="bold"), Text(below, style="dim")),
    )
    return sheet


def picture(status: RunStatus, width: int) -> RenderableType:
    """Return the whole view for a terminal `width` columns wide."""
    lines: list[RenderableType] = [_head(status), _track(status.stages)]
    if stage := status.stage:
        lines += [Text(), _survival(status, stage, min(BAR, width - 40))]
    lines += [Text(" · ".join(_numbers(status)), style="cyan"), Text()]
    lines += [_happening(seconds, sentence) for seconds, sentence in status.happenings]
    for line in lines:
        if isinstance(line, Text):
            line.truncate(width, overflow="ellipsis")
    return Group(*lines)


def _head(status: RunStatus) -> Text:
    name = f"Training {status.run}" if status.run else "Training"
    text = Text.assemble((name, "bold"), f"   {clock(status.seconds)}")
    if status.left is not None and status.ended is None:
        text.append(f"   at most {clock(status.left)} left", "dim")
    return text


def _track(stages: list[Stage]) -> Text:
    """Return all levels in a row, with how far each one is."""
    text = Text()
    for stage in stages:
        if stage.state == "graduated":
            text.append(f"★ {stage.name} ", "green").append(
                f"{clock(stage.graduated_at)}   ", "dim"
            )
        else:
            mark, style = _MARKS[stage.state]
            text.append(f"{mark} {stage.name}   ", style)
    return text


def _survival(status: RunStatus, stage: Stage, columns: int) -> Table:
    """Return survival in training and in unseen towns, both against the pass mark."""
    table = Table.grid(padding=(0, 2))
    check = stage.measures["survival"] if stage.measures else None
    for name, value in (("lives in training", status.survival), ("unseen towns", check)):
        told = "not yet" if value is None else f"{value:.0f} of {stage.steps} steps"
        table.add_row(
            Text(name), _bar(value or 0.0, stage, max(columns, 8)), Text(told, no_wrap=True)
        )
    table.add_row(Text("pass mark"), Text(stage.pass_mark, style="dim"))
    return table


def _bar(value: float, stage: Stage, columns: int) -> Text:
    """Return a bar of steps lived, the pass mark as a line in it."""
    mark = stage.survival_mark
    filled = round(columns * min(value / stage.steps, 1.0))
    passed = mark is not None and value > mark
    bar = Text("━" * filled, "green" if passed else "yellow").append(
        "━" * (columns - filled), "grey23"
    )
    if mark is not None:
        at = min(round(columns * mark / stage.steps), columns - 1)
        bar = Text.assemble(bar[:at], ("╋", "bold"), bar[at + 1 :])
    return bar


def _numbers(status: RunStatus) -> list[str]:
    """Return the learner's numbers that a person follows."""
    numbers, told = status.numbers, []
    if "epsilon" in numbers:
        told.append(f"ε {numbers['epsilon']:.2f}")
    if "entropy" in numbers:
        told.append(f"entropy {numbers['entropy']:.2f}")
    if "loss" in numbers:
        told.append(f"loss {numbers['loss']:.4f}")
    if status.steps_per_s:
        told.append(f"{status.steps_per_s:,.0f} steps/s")
    return [*told, f"{status.step:,} steps"]


def _happening(seconds: float, sentence: str) -> Text:
    return Text.assemble((f"{clock(seconds):>7}  ", "dim"), sentence)
