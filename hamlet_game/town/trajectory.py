"""A life written out in full, as JSON Lines: what it saw, did, got and, by a brain, expected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.observation import FIELDS
from hamlet_game.town.record import Frame, Record
from hamlet_game.town.replay import Replay

FORMAT = 1
WHAT = "hamlet trajectory"

Line = dict[str, Any]  # JSON values
Values = Callable[[NDArray[np.float32]], NDArray[np.float32]]  # observations (L, W) → (L, A)


class TrajectoryError(Exception):
    """A life that can't be written out, or is not what a file says; the message says why."""


def lines(replay: Replay, level: Level, q: Values | None = None) -> Iterator[Line]:
    """Yield a header, one line a step, and the end, by living a recorded life again.

    Each step has the observation that the action was chosen in, and what came of it.
    Raises TrajectoryError if the life ends before its actions do.
    """
    record = replay.begin(level)
    yield _header(replay, record)
    for number, action in enumerate(replay.actions):
        if record.over:
            raise TrajectoryError(
                f"the life is over after {number} of its {len(replay.actions)} actions; "
                "it was recorded by other rules"
            )
        yield _step(record, number, Action(action), q)
    yield {
        "what": "end",
        "survival": record.survival,
        "total_reward": record.total,
        "score": record.last.points,
        "over": record.over,
        "meters": _meters(record.last),
    }


def write(file: Path, found: Sequence[Line]) -> None:
    """Write lines. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, allow_nan=False) + "\n" for line in found)
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def verify(file: Path, level: Level) -> int:
    """Live a written life again by its actions; return its steps. Raises TrajectoryError, OSError.

    Every observation, reward and reward term must be the same to the last bit.
    """
    try:
        header, *steps, _ = (json.loads(row) for row in file.read_text("utf-8").splitlines())
        actions = bytes(Action[step["action"]] for step in steps)
        others = bytes(Action[other] for step in steps for other in step.get("others", ()))
        town = header["town_seed"]
        replay = Replay(header["level"], header["rules"], town, actions, others=others)
    except (ValueError, KeyError, TypeError) as error:
        raise TrajectoryError(f"{file}: damaged ({error!s:.80}); export it again.") from None
    again = list(lines(replay, level))[1:-1]
    for wrote, lived in zip(steps, again, strict=True):
        expected = json.loads(json.dumps(lived))
        if {key: wrote.get(key) for key in expected} != expected:
            raise TrajectoryError(f"{file}: step {lived['step']} is not what the town says.")
    return len(steps)


def _header(replay: Replay, record: Record) -> Line:
    level, places = record.level, record.town.places()
    return {
        "what": WHAT,
        "format": FORMAT,
        "level": level.id,
        "rules": replay.rules,
        "town_seed": replay.town_seed,
        "player": replay.player,
        "date": replay.date,
        "steps": len(replay.actions),
        "size": [level.width, level.height],
        "people": level.people,
        "buildings": [{"kind": kind.key, "x": x, "y": y} for kind, x, y in places],
        "actions": [action.name for action in Action],
    }


def _step(record: Record, number: int, action: Action, q: Values | None) -> Line:
    seen, before = record.town.observe()[:1], record.last
    line: Line = {
        "step": number,
        "x": before.x,
        "y": before.y,
        "meters": _meters(before),
        "observation": dict(zip(FIELDS, map(float, seen[0]), strict=True)),
        "action": action.name,
    }
    if q is not None:
        values = map(float, q(seen)[0])
        line["q"] = dict(zip((a.name for a in Action), values, strict=True))
    did = record.act(action)
    if record.others:
        told = record.others_actions[-len(record.others) :]
        line["others"] = [Action(other).name for other in told]
    return line | {
        "reward": did.reward,
        "terms": did.terms,
        "used": did.used.key if did.used is not None else None,
        "refused": did.refused.name.lower(),
        "moved": did.moved,
        "died": did.died,
        "timed_out": did.timed_out,
        "cause": did.cause.key if did.cause is not None else None,
    }


def _meters(frame: Frame) -> dict[str, float]:
    return {meter.key: frame.meters[meter] for meter in Meter}
