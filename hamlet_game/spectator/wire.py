"""Messages about the shown life, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hamlet_game.game.draw.daylight import lamps, light
from hamlet_game.game.draw.ground import Field, ground_svg
from hamlet_game.game.draw.lanes import plan_lanes
from hamlet_game.game.draw.scenery import Thing, furnish, house
from hamlet_game.game.insight.words import action_name
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.spectator.show import Show, Told
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.record import Frame, Record
from hamlet_game.town.town import Town

Message = dict[str, Any]
AROUND = (0.22, 0.5, 0.22, 0.2)  # cells of grass around the grid: left, top, right, bottom
_MOST_PAST = 500  # points of a life's curves; more are thinned


@dataclass(frozen=True, slots=True)
class Scenery:
    """How a town looks: what stands still."""

    ground: bytes  # SVG
    things: tuple[tuple[str, float, float, float, float], ...]  # sprite, middle, size, in cells


@lru_cache(maxsize=4)
def scenery(level: Level, town_seed: int) -> Scenery:
    """Return how a town looks, the same as in the window."""
    places = Town(level, [town_seed]).places()
    cells = [(x, y) for _, x, y in places]
    lanes = plan_lanes(level.width, level.height, cells, town_seed)
    things = furnish(level.width, level.height, cells, lanes, town_seed)
    things += [house(kind.key, (x, y)) for kind, x, y in places]
    field = Field(level.width, level.height, *AROUND)
    svg = ground_svg(field, cells, lanes, town_seed)
    return Scenery(svg, tuple(_thing(thing) for thing in sorted(things, key=lambda t: t.y)))


def _thing(thing: Thing) -> tuple[str, float, float, float, float]:
    x, y = thing.center
    return thing.sprite, round(x, 3), round(y, 3), round(thing.width, 3), round(thing.height, 3)


def town(show: Show) -> Message:
    """Tell of the whole life so far: whoever hears this can go on with its steps."""
    level, record = show.level, show.record
    return {
        "type": "town",
        "life": show.number,
        "level": _level(level),
        "seed": record.town_seed,
        "size": [level.width, level.height],
        "around": AROUND,
        "ground": f"/ground/{show.number}.svg",
        "things": scenery(level, record.town_seed).things,
        "places": [[kind.key, x, y] for kind, x, y in record.town.places()],
        "actions": [action_name(action) for action in Action],
        "player": {"name": show.life.player.name, "look": show.life.player.look},
        "past": _past(record),
        "now": _frame(record, record.survival, record.last) | _mind(show.last) | {"s": 0.0},
    }


def _level(level: Level) -> Message:
    return {
        "id": level.id,
        "name": level.name,
        "goal": level.goal,
        "steps": level.steps,
        "meters": [meter.key for meter in level.shown],
        "deadly": [meter.key for meter in level.deadly],
        "critical": {m.key: level.meters.of(m).critical for m in level.shown},
    }


def _past(record: Record) -> list[list[float]]:
    """Return step, meters and return until now, thinned, for the curves of a life."""
    every = 1 + record.survival // _MOST_PAST
    total, rows = 0.0, []
    for step, frame in enumerate(record.frames):
        total += frame.reward
        if step % every == 0 or step == record.survival:
            rows.append([step, *(round(value) for value in frame.meters), round(total, 2)])
    return rows


def steps(show: Show, told: Iterable[Told]) -> Message:
    """Tell of new steps of the life."""
    record = show.record
    frames = [_frame(record, one.step, one.frame) | _mind(one) for one in told]
    return {"type": "steps", "life": show.number, "speed": show.speed, "frames": frames}


def _frame(record: Record, step: int, frame: Frame) -> Message:
    end = "died" if frame.died else "lived" if frame.timed_out else ""
    clock = time_at(record.level, step)
    return {
        "n": step,
        "x": frame.x,
        "y": frame.y,
        "m": [round(frame.meters[meter], 1) for meter in Meter],
        "a": None if frame.action is None else int(frame.action),
        "moved": frame.moved,
        "used": frame.used.key if frame.used is not None else "",
        "no": frame.refused.name.lower() if frame.refused else "",
        "r": round(frame.reward, 3),
        "points": round(frame.points),
        "clock": clock.clock,
        "dark": clock.dark,
        "light": light(clock.share),
        "night": round(lamps(clock.share), 3),
        "end": end,
        "cause": frame.cause.key if frame.cause is not None else "",
    }


def _mind(told: Told | None) -> Message:
    if told is None:
        return {}
    thought = told.thought
    mind: Message = {"s": round(told.seconds, 4), "say": told.words}
    if thought is not None:
        mind |= {
            "q": [round(value, 4) for value in thought.values],
            "best": int(thought.best),
            "of": thought.measures,
        }
    return mind
