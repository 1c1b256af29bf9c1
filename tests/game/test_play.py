"""The parts of a life at play, with numbers one can check by hand."""

from __future__ import annotations

import pytest
from first_night import CLEAN, DAY, NIGHT, SEED, USE, D, L, R, U, idle, slept

from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.play import needs
from hamlet_game.game.play.clock import LiveClock, next_speed, period, speed_text
from hamlet_game.game.play.ghost import Ghost
from hamlet_game.game.play.goals import Outlook, outlook, stars
from hamlet_game.game.play.motion import USE_S, WALK_S, Motion, seconds
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.scorecard import pace
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import facing_at, person_at
from hamlet_game.game.play.wayfinding import way
from hamlet_game.game.theme import STANDARD
from hamlet_game.town.conditions import parse_condition
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.record import Record


# Clock and time of day.
def test_the_live_clock_ticks_three_times_a_second_at_normal_speed():
    clock, ticks = LiveClock(), 0
    for _ in range(60):
        clock.add(1 / 60 + 1e-9, 1.0)
        while clock.due:
            clock.spend()
            ticks += 1
    assert ticks == 3
    assert period(8.0) == pytest.approx(1 / 24)


def test_a_held_clock_gives_one_tick_however_long_it_was_held():
    clock = LiveClock()
    clock.add(60, 8.0)
    clock.hold()
    clock.spend()
    assert not clock.due


def test_speeds_end_at_a_quarter_and_at_eight():
    assert next_speed(1.0, 1) == 2.0
    assert next_speed(8.0, 1) == 8.0
    assert next_speed(0.25, -1) == 0.25
    assert [speed_text(speed) for speed in (0.25, 1.0, 8.0)] == ["¼×", "1×", "8×"]


def test_the_first_level_is_a_night_and_the_third_is_two_days():
    assert (time_at(NIGHT, 0).clock, time_at(NIGHT, 0).dark) == ("20:00", True)
    assert time_at(NIGHT, 25).clock == "01:00"
    assert (time_at(NIGHT, 50).clock, time_at(NIGHT, 50).dark) == ("06:00", False)
    assert (time_at(DAY, 0).clock, time_at(DAY, 0).dark) == ("06:00", False)
    assert time_at(DAY, 62.5).clock == "12:00"
    second = time_at(DAY, 250)
    assert (second.day, second.days, second.clock) == (2, 2, "06:00")
    assert time_at(DAY, 500).day == 2


# Goals.
def test_stars_are_open_at_first_and_lost_with_the_life():
    record = idle()
    assert [star.outlook for star in stars(record, 0, None)] == [Outlook.OPEN] * 3
    assert [star.outlook for star in stars(record, record.survival, None)] == [Outlook.LOST] * 3


def test_a_survival_star_is_safe_once_its_steps_are_lived():
    record = slept()
    while not record.over:
        record.act(U)
    condition = parse_condition("survival > 40")
    assert outlook(condition, record, 40, None) is Outlook.OPEN
    assert outlook(condition, record, 41, None) is Outlook.MET


def test_a_score_that_the_steps_left_cannot_reach_is_lost():
    record = Record(NIGHT, SEED)
    for _ in range(10):
        record.act(U)  # ten steps at most 20 points each: 800 more can come
    most = record.last.points + 40 * 20
    within, beyond = f"score >= {most - 1:.3f}", f"score >= {most + 1:.3f}"
    assert outlook(parse_condition(within), record, 10, None) is Outlook.OPEN
    assert outlook(parse_condition(beyond), record, 10, None) is Outlook.LOST
    assert outlook(parse_condition("score > 1"), record, 10, None) is Outlook.MET


def test_par_is_open_until_it_is_known():
    record, condition = idle(), parse_condition("par >= 0.95")
    assert outlook(condition, record, 5, None) is Outlook.OPEN
    assert outlook(condition, record, 5, 10.0) is Outlook.MET
    assert outlook(condition, record, record.survival, 960.0) is Outlook.LOST


def test_a_reward_only_holds_so_far():
    record = Record(CLEAN, 5)
    record.act(U)
    assert outlook(parse_condition("return > -100"), record, 1, None) is Outlook.HOLDS
    assert outlook(parse_condition("return > 500"), record, 1, None) is Outlook.OPEN


def test_a_star_says_all_it_asks_for():
    text = stars(Record(NIGHT, SEED), 0, None)[2].text(NIGHT.steps)
    assert text == "Be alive after all 50 steps, score at least 95 % of par"


def test_pace_is_the_score_as_a_share_of_what_par_has_by_now():
    assert pace(120.0, 960.0, 0.25) == "50 %"


# Ways, ghosts, motion, poses.
def test_a_clicked_walk_takes_the_longer_leg_first():
    assert way((1, 1), (4, 2)) == [R, R, R, D]
    assert way((4, 4), (3, 1)) == [U, U, U, L]
    assert way((2, 2), (2, 2)) == []


def test_a_ghost_keeps_step_and_stays_where_it_ended():
    life = idle()
    ghost = Ghost(NIGHT, SEED, life.actions)
    assert ghost.at(0) == 0
    assert ghost.at(7) == 7
    assert ghost.record.frames[7] == life.frames[7]
    assert ghost.at(500) == life.survival
    assert ghost.gone(500)
    assert not ghost.gone(life.survival)


def test_uses_are_shown_longer_than_steps_and_live_steps_fill_their_tick():
    record = slept()
    assert seconds(record.frames[1]) == WALK_S
    assert seconds(record.frames[1], 0.5) == pytest.approx(2 / 3)
    assert seconds(record.frames[-1], 8.0) == USE_S


def test_motion_runs_to_one_and_then_rests():
    motion = Motion()
    motion.start(0.2)
    motion.update(0.05)
    assert (motion.part, motion.done, motion.rest) == (pytest.approx(0.25), False, 0.0)
    motion.update(0.25)
    assert (motion.part, motion.done, motion.rest) == (1.0, True, pytest.approx(0.1))


def test_someone_half_way_through_a_step_is_half_way_between_cells():
    record = slept()
    before, after = record.frames[0], record.frames[1]
    person = person_at(record, 1, 0.5)
    assert (person.x, person.y) == ((before.x + after.x) / 2, (before.y + after.y) / 2)
    assert person.pose == "walk"
    assert person_at(record, 1, 1.0).pose == "idle"


def test_sleep_faint_and_cheer():
    record = slept()
    asleep = person_at(record, record.survival, 0.5)
    assert (asleep.pose, asleep.phase) == ("sleep", pytest.approx(USE_S / 2))
    life = idle()
    assert person_at(life, life.survival, 1.0, rest=0.4).pose == "faint"
    while not record.over:
        record.act(U)
    assert record.last.timed_out
    assert person_at(record, record.survival).pose == "cheer"


def test_a_bump_leans_into_the_edge_and_comes_back():
    life = idle()  # walks up until the edge stops it
    step = next(k for k in range(1, 20) if not life.frames[k].moved)
    assert person_at(life, step, 0.5).y == pytest.approx(-0.13)
    assert person_at(life, step, 1.0).y == 0
    assert facing_at(life, step) == "up"
    assert facing_at(life, 0) == "down"


# What helps, and what happens.
def test_a_tired_person_wants_the_bed_and_may_use_it():
    record = Record(NIGHT, SEED)
    places = record.town.places()
    assert needs.critical(record, 0) == [Meter.ENERGY]
    assert places[needs.wanted(record, 0, places) or 0][0] is Kind.BED
    assert needs.usable(record, 0, places) == [0]
    rested = slept()
    assert needs.critical(rested, rested.survival) == []
    assert needs.wanted(rested, rested.survival, places) is None
    assert needs.usable(rested, rested.survival, places) == []  # 50 more would not fit


def test_without_money_for_the_bed_work_is_wanted():
    record = Record(DAY, 7)
    poor = (10.0, 80.0, 80.0, 2.0)  # energy critical, $2
    frame = record.frames[0]
    record.frames[0] = type(frame)(frame.x, frame.y, poor, 0.0)
    places = record.town.places()
    wanted = needs.wanted(record, 0, places)
    assert wanted is not None
    assert places[wanted][0] is Kind.JOB
    assert not needs.helps(DAY, record.frames[0], Kind.BED)
    assert not needs.helps(DAY, record.frames[0], Kind.JOB)  # it would take the last energy


def test_steps_are_seen_and_heard():
    record, effects, heard = slept(), Effects(), []
    for step in range(1, record.survival + 1):
        react(record, step, effects, heard.append, STANDARD)
    assert heard[-1] == "bed"
    assert set(heard[:-1]) <= {"step", "step2"}
    assert len(effects) > 0
    life, heard = idle(), []
    for step in range(1, life.survival + 1):
        react(life, step, effects, heard.append, STANDARD)
    assert heard[-1] == "death"
    assert "bump" in heard


def test_falling_into_the_red_is_heard_once():
    record, heard = Record(DAY, 7), []
    while needs.critical(record, record.survival) == []:
        record.act(U)
        react(record, record.survival, Effects(), heard.append, STANDARD)
    record.act(U)
    react(record, record.survival, Effects(), heard.append, STANDARD)
    assert heard.count("critical") == 1


def test_the_ticker_counts_repeats_and_shows_the_newest_first():
    record = slept()
    bed = record.survival
    for action in (U, USE, USE, USE):
        record.act(action)
    lines = Ticker(record).lines(record.survival, 5)
    assert [line.text for line in lines] == ["Waited a step ×3", "Bed: +50 energy, −$5"]
    assert lines[1].note.step == bed
    assert len(Ticker(record).lines(record.survival, 1)) == 1
    assert Ticker(record).lines(0, 5) == []
