"""A life at play in both tempos: presses, held keys, clicked walks and stopped clocks."""

from __future__ import annotations

from first_night import NIGHT, SEED, USE, D, L, R, U, bed_of, slept

from hamlet_game.game.play.notices import ghost_text
from hamlet_game.game.play.session import Session
from hamlet_game.game.settings import Settings
from hamlet_game.town.names import Action, Kind


def session(tempo: str, seed: int = SEED, level=NIGHT, speed: float = 1.0) -> Session:
    return Session(level, seed, Settings(tempo=tempo, speed=speed))


def run(life: Session, seconds: float, held: Action | None = None) -> None:
    for _ in range(round(seconds * 60)):
        life.update(1 / 60, held)


def test_in_the_step_tempo_the_town_waits_for_the_player():
    life = session("step")
    run(life, 5)
    assert life.record.survival == 0
    life.press(L)
    assert life.record.survival == 1
    run(life, 5, held=L)  # held keys repeat as presses, not here
    assert life.record.survival == 1
    assert life.fresh() == [1]
    assert life.fresh() == []


def test_holding_the_wait_key_waits_on_out_of_doors_until_a_need_is_critical():
    life = Session(NIGHT, SEED, Settings(tempo="step"))
    for action in slept().actions:
        life.press(Action(action))
    life.press(USE)  # still in bed: paid for again, once
    run(life, 2, held=USE)
    in_bed = life.record.survival
    assert in_bed == slept().survival + 1
    life.press(L)
    life.press(USE)
    run(life, 0.3, held=USE)
    assert life.record.survival == in_bed + 2  # a tap is a single step
    run(life, 1.0, held=USE)
    assert life.record.survival > in_bed + 5
    now = life.record.survival
    run(life, 1.0)  # let go
    assert life.record.survival == now
    tired = session("step")
    tired.press(USE)
    run(tired, 3, held=USE)
    assert tired.record.survival == 1  # energy is critical from the start


def test_the_race_is_told_in_points():
    life = Session(NIGHT, SEED, Settings(tempo="step"), slept().actions)
    life.press(Action(slept().actions[0]))
    assert ghost_text(life) == "Ghost: neck and neck"
    for _ in range(slept().survival):
        life.press(U)
    assert ghost_text(life) == f"Ghost: ended at step {slept().survival}"


def test_in_the_live_tempo_time_begins_with_the_first_press_and_then_runs():
    life = session("live")
    run(life, 5)
    assert life.record.survival == 0
    life.press(U)
    run(life, 1 / 60)  # the first press counts at once
    assert life.record.survival == 1
    run(life, 2.0)
    assert [frame.action for frame in life.record.frames[1:]] == [U, *[USE] * 6]


def test_a_held_direction_walks_every_tick_and_speed_counts():
    life = session("live", speed=2.0)
    life.press(R)
    run(life, 1.02, held=R)
    assert life.record.actions == bytes([R] * 7)  # at once, and six times a second


def test_nobody_pays_by_hesitating_in_a_building():
    life = session("live")
    life.walk(bed_of(life.record))
    run(life, 10)
    assert (life.record.last.x, life.record.last.y) == bed_of(life.record)
    assert life.at_door
    steps = life.record.survival
    assert steps == 3
    life.press(USE)
    life.update(1 / 60, None)  # at once: the clock had a tick ready
    assert life.record.last.used is Kind.BED
    run(life, 3)
    assert life.record.survival == steps + 1


def test_freezing_stops_time_a_single_step_passes_and_a_press_goes_on():
    life = session("live")
    life.press(U)
    run(life, 1)
    life.toggle_frozen()
    steps = life.record.survival
    run(life, 3)
    assert life.stopped
    assert life.record.survival == steps
    life.step_once(D)
    run(life, 3)
    assert life.record.survival == steps + 1
    assert life.record.last.action is D
    life.step_once(U)
    assert life.record.last.action is U
    life.step_once(None)
    assert life.record.last.action is USE
    steps += 2
    life.press(L)
    run(life, 0.4)
    assert not life.stopped
    assert life.record.survival > steps + 1


def test_a_clicked_walk_arrives_and_any_press_ends_it():
    life = session("step")
    life.walk(bed_of(life.record))
    run(life, 2)
    assert (life.record.last.x, life.record.last.y) == bed_of(life.record)
    life.walk((7, 7))
    run(life, 0.2)
    life.press(USE)
    steps = life.record.survival
    run(life, 2)
    assert life.record.survival == steps


def test_a_life_that_is_over_takes_no_more():
    life = session("step")
    while not life.record.over:
        life.press(U)
    steps = life.record.survival
    life.press(U)
    life.walk((0, 0))
    life.step_once(None)
    run(life, 1)
    assert life.record.survival == steps
