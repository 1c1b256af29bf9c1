"""What a terminal shows of a player at play: one picture, or one line a step."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.terminal.drawing import Numbers, meters_text, numbers_text
from hamlet_game.terminal.town_text import town_text
from hamlet_game.town.names import Meter
from hamlet_game.town.record import Record

SIDE_FROM = 80  # columns from which the numbers stand beside the town
_SIDE = 44  # columns of the numbers there
_GAP = 3
_BELOW = 15  # rows of everything but the town where it stands above the numbers
_ABOUT = 5  # rows of title, thought and keys


@dataclass(slots=True)
class Shown:
    """A life as it is shown now."""

    life: AgentLife
    words: str = ""  # the thought behind the latest step
    thought: Thought | None = None
    paused: bool = False


def sheet(shown: Shown, width: int, height: int) -> RenderableType:
    """Return the picture for a terminal of so many columns and rows."""
    record = shown.life.record
    wide = width >= SIDE_FROM
    side = _SIDE if wide else width - 1
    parts = [meters_text(record.level, record.last.meters, side)]
    if shown.thought is not None:
        thought = shown.thought
        numbers = Numbers(thought.values, thought.measures, thought.chosen)
        parts += [Text(), numbers_text(numbers, side)]
    title, end = _title(shown.life.player, record), _end(record)
    words = Text(end or shown.words, style="bold" if end else "italic", overflow="ellipsis")
    hint = Text("q quits   space goes on" if shown.paused else "q quits   space pauses", "dim")
    if wide:
        town = town_text(record, width - _SIDE - _GAP, height - _ABOUT)
    else:
        town = town_text(record, width, height - _BELOW)
    for line in (title, words, hint):
        line.truncate(width - 1, overflow="ellipsis")
    if not wide:
        return Group(title, town, words, *parts, hint)
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_row(town, Group(*parts))
    return Group(title, grid, words, Text(), hint)


def line(shown: Shown) -> str:
    """Return the latest step as one line."""
    record, last = shown.life.record, shown.life.record.last
    meters = " ".join(
        f"{meter.key} {'$' * (meter is Meter.MONEY)}{last.meters[meter]:.0f}"
        for meter in record.level.shown
    )
    done = last.action.name.lower() if last.action is not None else "begins"
    done = last.used.key if last.used is not None else done
    return f"step {record.survival:>4}  {done:<8}  {meters}  {shown.words}".rstrip()


def ending(record: Record) -> str:
    """Return how a life went."""
    lived = f"{record.survival} of {record.level.steps} steps"
    how = _end(record) or "Stopped"
    return f"{record.level.name}, town {record.town_seed}: {how}; {lived}, score {_score(record)}"


def _title(player: Player, record: Record) -> Text:
    level = record.level
    return Text.assemble(
        (player.name, "bold #f5d76e"),
        (f"   {level.name}, town {record.town_seed}", "bold"),
        f"   step {record.survival} of {level.steps}   score {_score(record)}",
    )


def _end(record: Record) -> str:
    last = record.last
    if last.died and last.cause is not None:
        return f"{last.cause.key.capitalize()} ran out"
    return "Alive to the last step" if last.timed_out else ""


def _score(record: Record) -> str:
    return f"{record.last.points:.0f}"
