"""Ticker lines and last sentences say what really happened."""

from __future__ import annotations

import pytest
from driver import CATALOG

from hamlet_game.game.narration import effects, ending, notes
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.record import Record

UP, DOWN, LEFT, RIGHT, USE = Action


def fixed(name: str, **meters: dict[str, object]) -> Level:
    """Return a level in its classic layout, with other starting meters."""
    level = CATALOG.find(name)
    rules = {key: getattr(level.meters, key).model_copy(update=u) for key, u in meters.items()}
    return level.model_copy(
        update={"layout": "classic", "meters": level.meters.model_copy(update=rules)}
    )


def walk_to(record: Record, kind: Kind) -> None:
    ((x, y),) = [(x, y) for k, x, y in record.town.places() if k is kind]
    while (record.last.x, record.last.y) != (x, y):
        if record.last.x != x:
            record.act(RIGHT if record.last.x < x else LEFT)
        else:
            record.act(DOWN if record.last.y < y else UP)


def said(record: Record) -> list[str]:
    return [note.text for note in notes(record, record.survival)]


def test_a_use_tells_its_effects() -> None:
    record = Record(fixed("3"), 1)
    walk_to(record, Kind.FRIDGE)
    record.act(USE)
    assert said(record) == ["Fridge: +45 satiation, +5 energy, −$4"]
    assert effects(record.level, Kind.JOB) == "+$30, −10 hygiene, −15 energy"


def test_a_use_that_was_mostly_wasted_says_so() -> None:
    record = Record(fixed("3", satiation={"start": (100.0, 100.0)}), 1)
    walk_to(record, Kind.FRIDGE)
    lost = 100 - record.last.meters[Meter.SATIATION]
    record.act(USE)
    gained = round(lost + 0.4)  # this step's drain was made good as well
    assert said(record) == [f"Fridge: satiation was nearly full, only +{gained} for $4"]
    record.act(USE)
    assert said(record) == ["Fridge: satiation was full, nothing gained for $4"]


def test_meters_that_do_not_matter_are_left_out() -> None:
    assert effects(CATALOG.find("1"), Kind.BED) == "+50 energy, −$5"
    assert effects(CATALOG.find("1"), Kind.JOB) == "closed"


def test_what_is_too_dear_is_named_with_its_price() -> None:
    record = Record(fixed("3", money={"start": (2.0, 2.0)}), 1)
    walk_to(record, Kind.SHOWER)
    record.act(USE)
    assert said(record) == ["Can't afford a shower: $3"]


def test_waiting_bumping_and_running_low() -> None:
    record = Record(fixed("1", energy={"start": (20.0, 20.0)}), 1)
    record.act(USE)
    assert said(record) == ["Waited a step", "Energy is running out!"]
    while record.last.moved or record.survival == 1:
        record.act(LEFT)
    assert said(record) == ["That is the edge of town: a step wasted"]


@pytest.mark.parametrize(("energy", "steps"), [(10.0, 20), (3.0, 6)])
def test_dying_without_a_bed(energy: float, steps: int) -> None:
    record = Record(fixed("1", energy={"start": (energy, energy)}), 1)
    while not record.over:
        record.act(USE)
    assert ending(record) == f"Energy ran out at step {steps}; you never slept."
    assert said(record)[-1] == "Energy ran out"


def test_dying_long_after_the_last_bed() -> None:
    record = Record(fixed("3", energy={"start": (60.0, 60.0)}), 1)
    walk_to(record, Kind.BED)
    record.act(USE)
    used = record.survival
    record.act(RIGHT)
    while not record.over:
        record.act(USE)
    cause = record.last.cause
    assert cause is not None
    if cause.key == "energy":
        assert f"the last bed was {record.survival - used} steps ago." in ending(record)
    else:
        assert ending(record).startswith(f"{cause.key.capitalize()} ran out at step")


def test_a_shift_can_be_the_last_straw() -> None:
    record = Record(fixed("3", energy={"start": (29.0, 29.0)}), 1)
    walk_to(record, Kind.JOB)
    while not record.over:
        record.act(USE)
    assert (
        ending(record) == f"Energy ran out at step {record.survival}: a shift took the last of it."
    )


def test_living_to_the_end() -> None:
    level = fixed("1", energy={"start": (100.0, 100.0)})
    record = Record(level, 1)
    assert ending(record) == "Still alive after 0 steps."
    while not record.over:
        record.act(USE)
    assert ending(record) == "Alive after all 50 steps. Well lived!"
