"""What one sees and hears when a step happens: coins, drops, sounds."""

from __future__ import annotations

from collections.abc import Callable

from hamlet_game.game.audio import SoundName
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.theme import Palette
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.town.names import MOVES, Action, Kind, Meter
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.record import Frame, Record

Play = Callable[[SoundName], None]

_POPS = {
    Kind.BED: ("zzz", "heart"),
    Kind.SHOWER: ("bubble", "drop"),
    Kind.FRIDGE: ("crumb", "heart"),
    Kind.JOB: ("coin",),
}
_SOUNDS: dict[Kind, SoundName] = {
    Kind.BED: "bed",
    Kind.SHOWER: "shower",
    Kind.FRIDGE: "fridge",
    Kind.JOB: "job",
}
_SMALLEST = 1  # points as written; a smaller gain is not worth a number


def react(record: Record, step: int, effects: Effects, play: Play, palette: Palette) -> None:
    """Spawn the effects of a step and play its sounds."""
    frame, before = record.frames[step], record.frames[step - 1]
    if frame.used is not None:
        play(_SOUNDS[frame.used])
        for kind in _POPS[frame.used]:
            effects.spawn(kind, frame.x, frame.y)
        _numbers(record, before, frame, effects, palette)
    elif frame.refused is Refusal.UNAFFORDABLE:
        play("denied")
        effects.spawn("no_money", frame.x, frame.y)
    elif frame.refused is Refusal.TAKEN:
        play("denied")
        effects.spawn("cross", frame.x, frame.y)
    elif frame.moved:
        play("step" if step % 2 else "step2")
    elif frame.action is not None and frame.action is not Action.INTERACT:
        dx, dy = MOVES[frame.action]
        play("bump")
        effects.spawn("dust", frame.x + dx * 0.45, frame.y + 0.3 + dy * 0.45)
    _endings(record, before, frame, effects, play)


def _numbers(
    record: Record, before: Frame, frame: Frame, effects: Effects, palette: Palette
) -> None:
    """Let what was gained and paid rise, the largest gain on top: true amounts, not promises."""
    changes = []
    for meter in record.level.shown:
        drained = max(0.0, before.meters[meter] - record.level.meters.of(meter).drain)
        changes.append((frame.meters[meter] - drained, meter))
    for change, meter in sorted(changes):
        if round(abs(change)) < _SMALLEST:
            continue
        unit = "$" if meter is Meter.MONEY else ""
        text = f"{'+' if change > 0 else '−'}{unit}{abs(change):.0f}"
        icon = icon_sprite(meter.key)
        effects.spawn("text", frame.x, frame.y, text, palette.named(meter.key), icon=icon)


def _endings(record: Record, before: Frame, frame: Frame, effects: Effects, play: Play) -> None:
    """Warn when a meter turns critical, and mark the end of the life."""
    level = record.level
    if frame.died:
        play("death")
    elif frame.timed_out:
        play("win")
        effects.spawn("sparkle", frame.x, frame.y - 0.4)
        effects.spawn("heart", frame.x, frame.y)
    elif any(
        before.meters[meter] >= level.meters.of(meter).critical > frame.meters[meter]
        for meter in level.deadly
    ):
        play("critical")
