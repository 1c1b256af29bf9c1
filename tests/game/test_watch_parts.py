"""The parts of the watch scene by themselves: pace, questions, the wheel, layout, what-if."""

from __future__ import annotations

from itertools import combinations, pairwise

import pygame
import pytest
from driver import CATALOG
from made_training import LEVELS, RATE

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Thought
from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.settings import SHOW_SPEEDS, Settings
from hamlet_game.game.watch import pace
from hamlet_game.game.watch.ceremony import Ceremony
from hamlet_game.game.watch.guess import REVEAL_S, Guessing
from hamlet_game.game.watch.layout import CARDS, Wish, plan
from hamlet_game.game.watch.show import Show, next_town
from hamlet_game.game.watch.spans import span
from hamlet_game.game.watch.syllabus import Syllabus
from hamlet_game.game.watch.whatif import WhatIf
from hamlet_game.game.watch.wheel import Wheel, told
from hamlet_game.town.names import Action, Meter
from hamlet_game.training import events as say

FULL = CATALOG.find("3")


def show(word: str = "master", speed: float = 1.0) -> Show:
    return Show(FULL, 7, roster.player(word), Settings(show_speed=speed))


@pytest.mark.parametrize("speed", [speed for speed in SHOW_SPEEDS if speed])
def test_a_step_of_walking_lasts_a_third_of_a_second_at_normal_speed(speed: float) -> None:
    shown = show(speed=speed)
    frame = shown.record.frames[0]
    assert pace.step_seconds(frame, speed) == pytest.approx(1 / (3 * speed))
    shown.life.step(Action.UP)
    assert pace.next_speed(0.25, -1) == 0.25
    assert pace.next_speed(16.0, 1) == pace.FLAT_OUT


def test_the_clock_does_as_many_steps_as_time_has_passed() -> None:
    shown = show("idle", speed=4.0)  # 12 steps a second, nothing used out of doors
    for _ in range(60):
        shown.update(1 / 60)
    assert 12 <= shown.record.survival <= 14
    shown.update(1 / 60, held=True)
    before = shown.record.survival
    for _ in range(60):
        shown.update(1 / 60, held=True)
    assert shown.record.survival == before


def test_flat_out_is_a_step_a_picture() -> None:
    shown = show("idle", speed=pace.FLAT_OUT)
    for _ in range(30):
        shown.update(1 / 144)
    assert shown.record.survival == 30


def test_a_held_gate_stops_the_clock_before_a_step() -> None:
    shown = show()
    shown.gate = lambda: False
    for _ in range(60):
        shown.update(1 / 60)
    assert shown.record.survival == 0


def test_the_next_town_is_laid_out_ahead() -> None:
    shown = show()
    seed = next_town(7)
    shown.foresee(FULL, seed)
    ahead = shown.coming
    assert ahead is not None
    painter = Painter(pygame.Surface((320, 180)))
    box = pygame.FRect(10, 10, 300, 300)
    turns = 0
    while not ahead.prepare(painter, box):
        turns += 1
    assert turns > 5
    shown.begin(FULL, seed, shown.life.player)
    assert shown.town is ahead
    assert shown.coming is None


def test_towns_come_back_only_after_long() -> None:
    town, seen = 4_711, set()
    for _ in range(20_000):
        seen.add(town)
        town = next_town(town)
    assert len(seen) == 20_000
    assert min(seen) >= 1
    assert max(seen) <= 999_999


def test_a_driven_step_costs_what_the_values_say() -> None:
    shown, wheel = show(), Wheel(held=True)
    for action in (Action.UP, Action.RIGHT):
        thought = shown.life.thought
        assert thought is not None
        driven = wheel.drive(shown, action)
        assert driven is not None
        best = max(thought.values)
        assert driven.loss == pytest.approx(best - thought.values[action])
    stretch = wheel.hand_back(shown)
    assert stretch is not None
    assert (stretch.first, len(stretch.steps)) == (0, 2)
    assert stretch.cost == pytest.approx(sum(step.loss or 0 for step in stretch.steps))
    assert shown.life.driven == {0, 1}
    assert not wheel.taken


def test_costs_are_told_shortly() -> None:
    assert [told(loss) for loss in (0.0, 0.001, 0.82, 0.8, 2.345)] == [
        "✓", "−<0.01", "−0.82", "−0.80", "−2.3",
    ]  # fmt: skip


def test_a_scripts_steps_have_no_cost() -> None:
    shown, wheel = show("sensible"), Wheel(latched=True)
    wheel.drive(shown, Action.UP)
    stretch = wheel.hand_back(shown)
    assert stretch is not None
    assert stretch.text == "You drove 1 step."


def test_a_question_comes_at_a_turn_and_not_too_soon() -> None:
    shown, guessing = show(), Guessing()
    guessing.switch()
    asked: list[int] = []
    while not shown.over and shown.record.survival < 120:
        if guessing.ask(shown.life):
            question = guessing.question
            assert question is not None
            thought = shown.life.thought
            assert isinstance(thought, Thought)
            assert question.answer is thought.chosen
            asked.append(question.step)
            assert guessing.guess(thought.chosen) is True
            assert guessing.guess(Action.UP) is None  # one guess each
            assert not guessing.update(REVEAL_S / 2)
            assert guessing.update(REVEAL_S)
            guessing.go_on()
        shown.step()
    assert guessing.asked == guessing.score == guessing.streak == guessing.best == len(asked) > 5
    assert all(later - sooner >= 4 for sooner, later in pairwise(asked))


def test_random_moves_are_never_asked_for() -> None:
    shown, guessing = show(), Guessing()
    guessing.switch()
    shown.explore(1.0)
    while not shown.over:
        assert not guessing.ask(shown.life)
        shown.step()


def test_what_if_changes_the_numbers_and_not_the_life() -> None:
    shown, whatif = show(), WhatIf()
    record, player = shown.record, shown.life.player
    true = player.think(record.town)
    before = record.town.state.meters.copy()
    assert whatif.thought(record, player) == true
    whatif.imagine(Meter.ENERGY, -20)
    assert whatif.values == {Meter.ENERGY: 0.0}
    assert whatif.text == "What if energy were 0?"
    imagined = whatif.thought(record, player)
    assert imagined != true
    town = record.town.snapshot()
    town.meters[Meter.ENERGY] = 0
    record.town.restore(town)
    assert player.think(record.town) == imagined
    town.meters = before
    record.town.restore(town)
    whatif.forget(Meter.ENERGY)
    assert whatif.thought(record, player) == true


SHAPES = [(1280, 720), (720, 1280), (1920, 1080)]


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("text_scale", [0.75, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("count", range(len(CARDS) + 1))
@pytest.mark.parametrize("charts", [False, True])
def test_nothing_overlaps(
    size: tuple[int, int], text_scale: float, count: int, charts: bool
) -> None:
    painter = Painter(pygame.Surface(size), text_scale=text_scale)
    rows = 2 if size[1] > size[0] else 1
    wish = Wish(CARDS[:count], 4, 40 * rows * text_scale, rows, charts_only=charts)
    result = plan(painter, wish)
    boxes = [result.header, *result.cards.values()]
    boxes += [box for box in (result.town, result.tools) if box is not None]
    whole = pygame.FRect(0, 0, *painter.size)
    for box in boxes:
        assert whole.contains(box)
        assert min(box.w, box.h) > 24
    for one, other in combinations(boxes, 2):
        common = one.clip(other)
        assert common.w < 1 or common.h < 1
    if not charts:
        assert set(result.cards) | set(result.crowded_out) == set(CARDS[:count])


def test_the_level_follows_the_training_unless_somebody_plays() -> None:
    history = History()
    history.take(say.RunStarted("", {"layout": "classic"}, LEVELS, 1, 0))
    history.take(say.LevelStarted(0, 0.0, LEVELS[1]))
    master = roster.player("master")
    followed = Syllabus(CATALOG).level(history, master, follow=True)
    assert (followed.id, followed.layout) == (LEVELS[1], "classic")
    assert Syllabus(CATALOG).level(history, master, follow=False).id == LEVELS[3]
    assert Syllabus(CATALOG, FULL).level(history, master, follow=True) is FULL


def test_the_trainers_share_of_random_moves_is_shown() -> None:
    history, syllabus = History(), Syllabus(CATALOG)
    assert syllabus.epsilon(history) == 0.0
    history.take(say.RunStarted("", {}, LEVELS, 1, 0))
    assert syllabus.epsilon(history) == 1.0
    numbers = {"epsilon": 0.3}
    history.take(say.LearnerProgress(9, 1.0, LEVELS[0], 0, RATE, numbers, 3.0, 0.31))
    assert syllabus.epsilon(history) == 0.3
    history.take(say.LearnerProgress(10, 1.0, LEVELS[0], 0, RATE, {}, 3.0, 0.28))
    assert syllabus.epsilon(history) == 0.28


def test_a_ceremony_says_what_was_asked_and_reached() -> None:
    history, level = History(), CATALOG.find("2")
    history.take(say.LevelStarted(1_000, 10.0, LEVELS[1]))
    measures = {"survival": 93.26, "return": 12.0}
    event = say.LevelGraduated(5_000, 85.0, LEVELS[1], 41, measures)
    ceremony = Ceremony.of(event, level, history)
    assert ceremony.lines[0] == "1 min 15 s of training, 4,000 steps, 41 lives"
    assert "93.3 steps lived on average; asked: more than 80" in ceremony.lines
    ceremony.time = 99
    assert ceremony.over


def test_spans_are_said_as_people_do() -> None:
    assert [span(s) for s in (42, 60, 192, 3_900)] == ["42 s", "1 min", "3 min 12 s", "1 h 5 min"]
