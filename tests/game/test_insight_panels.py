"""Learner, curriculum and news: every number is from the events, and all of it fits."""

from __future__ import annotations

from typing import Any

import pygame
import pytest
from driver import CATALOG

from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.insight import curriculum_panel, learner_panel, news_panel
from hamlet_game.game.insight.curriculum_data import estimate, passes_in_a_row, road
from hamlet_game.game.insight.curriculum_panel import draw_curriculum, eta_words, mark_words
from hamlet_game.game.insight.learner_data import capacity, gauges, log_scaled
from hamlet_game.game.insight.learner_panel import draw_learner
from hamlet_game.game.insight.news_panel import draw_news, lines, named
from hamlet_game.game.theme import COLOUR_BLIND, STANDARD
from hamlet_game.town.conditions import parse_condition
from hamlet_game.training.events import (
    Evaluated,
    LearnerProgress,
    LevelGraduated,
    LevelStarted,
    RunEnded,
    RunStarted,
)

IDS = tuple(level.id for level in CATALOG.levels[:4])
BOXES = ((250, 120), (300, 220), (420, 180), (620, 300))
SCALES = (0.75, 1.0, 1.5, 2.0)
SURVIVAL = (parse_condition("survival > 40"),)
CONFIG: dict[str, Any] = {
    "algorithm": {"name": "dqn", "capacity": 80_000},
    "curriculum": {"passes_needed": 2, "target": ["alive >= 0.99"]},
}


class Seen(Painter):
    """Notes the words it draws and where."""

    def __init__(self, text_scale: float = 1.0) -> None:
        super().__init__(pygame.Surface((1280, 720)), text_scale=text_scale)
        self.words: list[tuple[str, pygame.FRect]] = []

    def text(self, text: str, *args: Any, **kwargs: Any) -> pygame.FRect:
        box = super().text(text, *args, **kwargs)
        self.words.append((text, box))
        return box

    def said(self) -> str:
        return " | ".join(text for text, _ in self.words)


def exam(seconds: float, survival: float, level: str = IDS[0], **measures: float) -> Evaluated:
    all_of_them = {"survival": survival, "return": 5.0, "alive": 0.5, "score": 3.0} | measures
    step = round(seconds * 1000)
    passed = survival > 40
    return Evaluated(step, seconds, level, 0, 100, all_of_them, passed, 0, {}, (1.0,) * 7)


def report(step: int, **numbers: float) -> LearnerProgress:
    return LearnerProgress(step, step / 1000, IDS[0], 0, 12_345.0, numbers, 20.0, 0.123)


def begun(config: dict[str, Any] | None = None) -> History:
    history = History()
    history.take(RunStarted("r", CONFIG if config is None else config, IDS, 1, 0))
    history.take(LevelStarted(0, 0.0, IDS[0]))
    return history


def full() -> History:
    """Return a history with something of everything."""
    history = begun()
    for k in range(1, 5):
        history.take(
            report(
                k * 1000, epsilon=0.25, loss=0.01 * k, buffer=20_000.0 * k, updates=500.0,
                learning_rate=0.0015,
            )
        )  # fmt: skip
    history.take(exam(10, 30.0))
    history.take(exam(20, 45.0))
    history.take(LevelGraduated(20_000, 20.0, IDS[0], 5, {"survival": 45.0}))
    history.take(LevelStarted(20_000, 20.0, IDS[1]))
    for k in range(1, 4):
        history.take(exam(20.0 + 10 * k, 50.0 + 5 * k, IDS[1]))
    return history


# -- learner -------------------------------------------------------------------


def test_gauges_are_the_latest_numbers() -> None:
    known = {gauge.name: gauge for gauge in gauges(full())}
    assert next(iter(known)) == "Exploring"
    assert known["Exploring"].text == "ε 0.25, truly 12.3 %"
    assert (known["Exploring"].share, known["Exploring"].mark) == (0.25, 0.123)
    assert known["Loss"].text == "0.04"
    assert known["Loss"].spark == log_scaled([0.01, 0.02, 0.03, 0.04])
    assert (known["Memory"].text, known["Memory"].share) == ("80k of 80k", 1.0)
    assert known["Speed"].text == "12.3k steps/s"
    assert known["Updates"].text == "500"
    assert known["Learning rate"].text == "0.0015"
    assert all(gauge.hint for gauge in known.values())


def test_the_log_scale_by_hand() -> None:
    assert log_scaled([1.0, 10.0, 100.0]) == pytest.approx((0.0, 0.5, 1.0))
    assert log_scaled([]) == ()
    assert log_scaled([0.0]) == (0.0,)


def test_a_learner_without_epsilon_or_memory_says_what_it_has() -> None:
    history = begun({"algorithm": {"name": "ppo"}})
    history.take(report(1000, loss=0.5, buffer=2048.0, updates=3.0))
    known = {gauge.name: gauge for gauge in gauges(history)}
    assert known["Exploring"].text == "12.3 % random"
    assert known["Memory"].share is None
    assert "Learning rate" not in known


def test_the_memorys_room_is_the_configurations() -> None:
    assert capacity(begun()) == 80_000
    assert capacity(begun({"algorithm": {"name": "dqn"}})) == 200_000
    assert capacity(begun({"algorithm": {"name": "nonsense"}})) is None
    assert capacity(begun({})) is None


# -- curriculum ----------------------------------------------------------------


def test_the_road_by_hand() -> None:
    way = road(full(), CATALOG)
    assert [s.state for s in way.stations] == ["done", "now", "ahead", "ahead"]
    assert [s.name for s in way.stations][:2] == ["First Night", "Clean Start"]
    assert (way.stations[0].step, way.stations[0].seconds) == (20_000, 20.0)
    assert (way.passes, way.needed) == (0, 2)
    returned, survived = way.marks
    assert returned.share == 1.0
    assert survived.value == 65.0
    assert survived.share == pytest.approx(65 / 80)
    assert mark_words(survived) == "65.0, mark > 80"


def test_the_estimate_is_a_straight_line() -> None:
    rising = [exam(10.0 * k, 10.0 * k) for k in range(1, 4)]  # 40 is met 10 s after the last
    assert estimate(rising, SURVIVAL, 2) == pytest.approx(20.0)  # and once more an exam later
    assert estimate(rising, SURVIVAL, 1) == pytest.approx(10.0)
    passed = [*rising, exam(40.0, 41.0)]
    assert passes_in_a_row(passed, SURVIVAL) == 1
    assert estimate(passed, SURVIVAL, 2) == pytest.approx(10.0)


def test_what_cannot_be_said_is_not_said() -> None:
    flat = [exam(10.0 * k, 20.0) for k in range(1, 5)]
    falling = [exam(10.0 * k, 39.0 - k) for k in range(1, 5)]
    few = [exam(10.0, 10.0), exam(20.0, 20.0)]
    slow = [exam(10.0 * k, 10 + 0.001 * k) for k in range(1, 5)]
    for exams in (flat, falling, few, slow, []):
        assert estimate(exams, SURVIVAL, 2) is None
    unmeasured = (parse_condition("par >= 0.75"),)
    assert estimate([exam(10.0 * k, 10.0 * k) for k in range(1, 4)], unmeasured, 2) is None
    assert eta_words(road(begun(), CATALOG)) == "time to go: unknown"


def test_after_the_last_level_its_target_counts() -> None:
    history = begun({"curriculum": {"passes_needed": 2, "target": ["alive >= 0.99"]}})
    for step, level in enumerate(IDS[1:], 1):
        history.take(LevelGraduated(step, float(step), IDS[step - 1], 1, {}))
        history.take(LevelStarted(step, float(step), level))
    history.take(LevelGraduated(9, 9.0, IDS[3], 1, {}))
    history.take(exam(10.0, 480.0, IDS[3], alive=0.9))
    way = road(history, CATALOG)
    assert [str(mark.condition) for mark in way.marks] == ["alive >= 0.99"]
    assert mark_words(way.marks[0]) == "90 %, mark ≥ 99 %"
    history.take(RunEnded(11, 11.0, "finished", {}))
    way = road(history, CATALOG)
    assert {s.state for s in way.stations} == {"done"}
    assert eta_words(way) == "all mastered"


def test_falling_back_makes_a_station_current_again() -> None:
    history = full()
    history.take(LevelStarted(60_000, 60.0, IDS[0]))
    way = road(history, CATALOG)
    assert [s.state for s in way.stations] == ["now", "ahead", "ahead", "ahead"]
    assert way.marks[0].value is None


# -- news ----------------------------------------------------------------------


def test_news_name_levels_and_the_newest_is_first() -> None:
    told = [text for _, text in lines(full())]
    assert told[0].startswith("Exam: 65 steps")
    assert "First Night graduated!" in told
    assert "Clean Start begins." in told
    assert not any(id_ in text for text in told for id_ in IDS)
    assert named("Forgot 02_clean_start: back to it.", IDS) == "Forgot Clean Start: back to it."


# -- how they look -------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", BOXES)
@pytest.mark.parametrize("made", [History, begun, full])
def test_words_stay_in_their_panel(made: Any, size: tuple[int, int], scale: float) -> None:
    box, history = pygame.FRect(30, 30, *size), made()
    for draw in (
        lambda p: learner_panel._draw(p, box, gauges(history)),
        lambda p: curriculum_panel._draw(p, box, history, CATALOG),
        lambda p: news_panel._draw(p, box, lines(history)),
    ):
        painter = Seen(scale)
        draw(painter)
        assert painter.words
        for k, (text, place) in enumerate(painter.words):
            assert box.contains(place), f"{text!r} at {place} leaves {box}"
            for other, there in painter.words[k + 1 :]:
                common = place.clip(there)
                covered = common.w > 3 and common.h > 0.4 * min(place.h, there.h)
                assert not covered, f"{text!r} lies on {other!r}"


@pytest.mark.parametrize("palette", [STANDARD, COLOUR_BLIND])
def test_a_panel_is_drawn_anew_only_for_news(palette: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    history, calls = full(), []
    for module in (learner_panel, curriculum_panel, news_panel):
        draw = module._draw
        monkeypatch.setattr(module, "_draw", lambda *a, d=draw: (calls.append(1), d(*a)))
    painter = Painter(pygame.Surface((1280, 720)), palette=palette)
    for _ in range(3):
        draw_learner(painter, (0, 0, 300, 200), history)
        draw_curriculum(painter, (310, 0, 300, 200), history, CATALOG)
        draw_news(painter, (620, 0, 300, 200), history)
    assert len(calls) == 3
    history.take(exam(70.0, 60.0, IDS[1]))
    draw_news(painter, (620, 0, 300, 200), history)
    draw_learner(painter, (0, 0, 300, 200), history)
    assert len(calls) == 4
