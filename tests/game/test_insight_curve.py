"""The learning curve: what is gathered, what a click means, and that standing still is cheap."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.insight import curve_look
from hamlet_game.game.insight.curve_data import gather, survival_mark
from hamlet_game.game.insight.curve_panel import CurvePanel, hover_words
from hamlet_game.game.insight.sheet import open_sheet
from hamlet_game.training.events import (
    BrainUpdated,
    Evaluated,
    LearnerProgress,
    LevelGraduated,
    LevelStarted,
    RunStarted,
)

ONE, TWO = "01_first_night", "02_clean_start"
BOX = (20, 20, 620, 300)
BOXES = ((250, 120), (300, 220), (620, 300))


def exam(step: int, survival: float, level: str = ONE, agent: int = 0, **more: Any) -> Evaluated:
    measures = {"survival": survival, "return": survival - 10, "alive": 0.25, "score": 3.0}
    spread = (0.0, 1.0, survival - 5, survival, survival + 5, 50.0, 50.0)
    return Evaluated(
        step, step / 1000, level, agent, 100, measures, survival > 40, 0, {}, spread, **more
    )


def told(*, exams: bool = True) -> History:
    """Return the history of a made run: 0..200 in one level, then in the next."""
    history = History()
    history.take(RunStarted("r", {}, (ONE, TWO), 1, 0))
    history.take(LevelStarted(0, 0.0, ONE))
    for step in range(0, 401, 50):
        history.take(BrainUpdated(step, step / 1000, 0, ONE, {"step": step}))
        level = ONE if step <= 200 else TWO
        report = LearnerProgress(step, step / 1000, level, 0, 9.0, {"loss": 0.1}, 20.0, 0.5)
        history.take(report)
        if exams and step:
            history.take(exam(step, 20.0 + step / 10, level))
        if step == 200:
            history.take(LevelGraduated(200, 0.2, ONE, 9, {"survival": 40.0}))
            history.take(LevelStarted(200, 0.2, TWO))
    return history


def drawn(history: History, box: tuple[float, float, float, float] = BOX) -> CurvePanel:
    panel = CurvePanel(history)
    panel.draw(Painter(pygame.Surface((1280, 720))), box)
    return panel


def test_it_gathers_what_was_told() -> None:
    curve = gather(told())
    first, second = curve.stretches
    assert (first.level, first.start, first.end) == (ONE, 0.0, 200.0)
    assert (second.level, second.start, second.end) == (TWO, 200.0, 400.0)
    assert (first.name, second.name) == ("First Night", "Clean Start")
    assert [e.x for e in first.exams] == [50.0, 100.0, 150.0, 200.0]
    assert first.exams[0].survival == 25.0
    assert first.exams[0].share == 0.5  # of 50 steps
    assert (first.exams[0].low, first.exams[0].high) == (0.4, 0.6)
    assert first.exams[0].total == 15.0
    assert second.exams[0].share == 0.45  # 45 of 100 steps
    assert curve.graduations == ((200.0, "First Night"),)
    assert curve.brains == tuple(float(x) for x in range(0, 401, 50))
    assert [life[1] for life in second.lives] == [0.2] * 4
    assert gather(told(), "seconds").stretches[1].start == 0.2


def test_the_pass_mark_is_the_levels() -> None:
    assert survival_mark(ONE) == 40 / 50
    assert survival_mark(TWO) == 80 / 100
    assert survival_mark("04_thrive") is None
    assert survival_mark("gone") is None


def test_agents_are_averaged() -> None:
    history = told(exams=False)
    history.take(exam(400, 20.0, TWO))
    history.take(exam(400, 40.0, TWO, agent=1))
    (only,) = gather(history).exams
    assert only.survival == 30.0


def test_a_check_of_an_earlier_level_is_no_point_of_this_one() -> None:
    history = told()
    before = len(gather(history).exams)
    history.take(exam(390, 12.0, ONE))
    assert len(gather(history).exams) == before


def test_a_click_takes_the_nearest_kept_brain() -> None:
    panel = drawn(told())
    plot = panel._plot
    assert plot is not None
    for wanted in (0, 50, 200, 350, 400):
        found = panel.pick((plot.x(wanted) + 2, plot.area.centery))
        assert found is not None
        assert found.step == wanted
        assert panel.picked is found
    assert panel.pick((BOX[0] - 200, plot.area.centery)) is None
    assert panel.pick((plot.area.centerx, 700)) is None
    panel.release()
    assert panel.picked is None


def test_keys_walk_from_brain_to_brain() -> None:
    panel = drawn(told())
    assert [brain.step for brain in (panel.shift(-1), panel.shift(-1)) if brain] == [350, 300]
    found = panel.shift(1)
    assert found is not None
    assert found.step == 350
    for _ in range(20):
        found = panel.shift(-1)
    assert found is not None
    assert found.step == 0
    assert CurvePanel(History()).shift(1) is None


def test_the_words_under_the_pointer_are_the_exams() -> None:
    first = gather(told()).exams[0]
    assert hover_words(first, "steps") == (
        "First Night, step 50: 25 steps (50 %), return +15.0, 25 % alive"
    )


def test_nothing_is_drawn_anew_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    draw = curve_look.draw_curve
    monkeypatch.setattr(curve_look, "draw_curve", lambda *a: (calls.append(1), draw(*a)))
    history = told()
    panel, painter = CurvePanel(history), Painter(pygame.Surface((1280, 720)))
    for _ in range(5):
        panel.draw(painter, BOX)
    assert len(calls) == 1
    panel.point = (300.0, 150.0)
    panel.pick((300.0, 150.0))
    panel.draw(painter, BOX)
    assert len(calls) == 1
    history.take(exam(410, 60.0, TWO))
    panel.draw(painter, BOX)
    assert len(calls) == 2


@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
@pytest.mark.parametrize("size", BOXES)
def test_it_draws_inside_its_box(size: tuple[int, int], scale: float) -> None:
    for history in (History(), told(), told(exams=False)):
        surface = pygame.Surface((1280, 720))
        painter = Painter(surface, text_scale=scale)
        panel = CurvePanel(history)
        panel.point = (120.0, 110.0)
        panel.draw(painter, (60, 60, *size))
        panel.pick((150.0, 120.0))
        panel.draw(painter, (60, 60, *size))
        around = surface.get_bounding_rect()
        lit = pygame.mask.from_threshold(surface, (255, 255, 255), (120, 120, 120))
        for box in lit.get_bounding_rects():
            assert pygame.Rect(56, 56, size[0] + 8, size[1] + 8).contains(box), (box, around)


def test_where_values_lie_by_hand() -> None:
    painter = Painter(pygame.Surface((1280, 720)))
    sheet = open_sheet(painter, BOX, "x", "flag", rows=5)
    plot = curve_look.layout(sheet, gather(told()), 400.0)
    assert plot.x(0.0) == plot.area.x
    assert plot.x(400.0) == plot.area.right
    assert plot.value(plot.area.centerx) == pytest.approx(200.0)
    assert plot.share(0.0) == plot.area.bottom
    assert plot.share(1.0) == plot.area.top
    assert plot.other is not None
    assert plot.stacked
    assert plot.other.top <= plot.total(50.0) < plot.total(0.0) <= plot.other.bottom


def test_in_a_low_wide_panel_the_return_stands_beside() -> None:
    painter = Painter(pygame.Surface((1280, 720)))
    sheet = open_sheet(painter, (20, 20, 640, 150), "x", "flag", rows=5)
    plot = curve_look.layout(sheet, gather(told()), 400.0)
    assert plot.other is not None
    assert not plot.stacked
    assert plot.other.left > plot.area.right
    assert plot.x(400.0, plot.other) == plot.other.right
    narrow = open_sheet(painter, (20, 20, 300, 150), "x", "flag", rows=5)
    assert curve_look.layout(narrow, gather(told()), 400.0).other is None
