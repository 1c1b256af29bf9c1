"""The Q-value panel shows the numbers as they are, and says which move was whose."""

from __future__ import annotations

from typing import Any

import numpy as np
import pygame
import pytest

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.insight import q_panel
from hamlet_game.game.insight.axis import Axis, axes, follow, nice_range
from hamlet_game.game.insight.bubble import draw_bubble
from hamlet_game.game.insight.q_panel import badge, draw_q, rows
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action

BOXES = ((250, 120), (300, 220), (420, 180), (620, 300))
SCALES = (0.75, 1.0, 1.5, 2.0)
LEFT, UP = Action.LEFT, Action.UP


class Seen(Painter):
    """Notes the words it draws and where."""

    def __init__(self, text_scale: float = 1.0) -> None:
        super().__init__(pygame.Surface((1280, 720)), text_scale=text_scale)
        self.words: list[tuple[str, pygame.FRect]] = []

    def text(self, text: str, *args: Any, **kwargs: Any) -> pygame.FRect:
        box = super().text(text, *args, **kwargs)
        self.words.append((text, box))
        return box

    def said(self) -> list[str]:
        return [text for text, _ in self.words]


def assert_inside(painter: Seen, box: pygame.FRect) -> None:
    """Fail where words leave a panel or lie on one another."""
    whole = box.inflate(2, 2)
    for k, (text, place) in enumerate(painter.words):
        assert whole.contains(place), f"{text!r} at {place} leaves {box}"
        for other, there in painter.words[k + 1 :]:
            common = place.clip(there)
            covered = common.w > 3 and common.h > 0.4 * min(place.h, there.h)
            assert not covered, f"{text!r} lies on {other!r}"


def show(painter: Seen, box: Any, thought: Thought | None) -> None:
    """Draw the panel's content where its words are noted."""
    draw_q(Painter(painter.surface, text_scale=painter.text_scale), box, thought)
    ends = () if thought is None else q_panel._axes(painter, box, thought)
    q_panel._draw(painter, box, thought, ends)


def thought(
    values: tuple[float, ...] = (1.0, -2.5, 3.14159, 0.0, 3.0),
    measures: str = "q",
    best: Action = LEFT,
    chosen: Action = LEFT,
    *,
    random: bool = False,
) -> Thought:
    return Thought(values, measures, best, chosen, random)


def test_rows_are_the_thoughts_numbers() -> None:
    table = rows(thought())
    assert [row.text for row in table] == ["1.0", "−2.5", "3.1", "0.0", "3.0"]
    assert [row.value for row in table] == [1.0, -2.5, 3.14159, 0.0, 3.0]
    mean = (1.0 - 2.5 + 3.14159 + 3.0) / 5
    assert [row.beside for row in table] == pytest.approx(
        [v - mean for v in (1, -2.5, 3.14159, 0, 3)]
    )
    assert table[0].note == "+0.07"
    assert [row.best for row in table] == [False, False, True, False, False]


def test_what_is_drawn_is_what_the_brain_says() -> None:
    brain = Brain.load(paths.assets() / "brains" / "master.safetensors")
    life = AgentLife(load_catalog().find("3"), 5, BrainPlayer(brain, "Master"))
    for _ in range(5):
        painter, now = Seen(), life.thought
        assert now is not None
        show(painter, (0, 0, 400, 220), now)
        exact = brain.q(life.record.town.observe())[0]
        numbers = [w.replace("−", "-") for w in painter.said() if w[-1].isdigit()]
        shown = [float(n) for n in numbers if n[0] not in "+-" or "." in n]
        for value, advantage in zip(exact, exact - exact.mean(), strict=True):
            assert any(abs(value - s) <= 0.051 for s in shown)
            assert any(abs(advantage - s) <= 0.0051 for s in shown)
        life.step()


def test_a_random_move_wears_a_badge_at_every_size() -> None:
    explored = thought(chosen=UP, random=True)
    assert badge(explored) == "random move (would have: LEFT)"
    assert badge(thought(chosen=UP)) == "driven (would have: LEFT)"
    assert badge(thought()) == ""
    assert badge(thought(best=Action.INTERACT, chosen=UP, random=True)).endswith("USE)")
    for scale in SCALES:
        for wide, high in BOXES:
            painter = Seen(scale)
            show(painter, (20, 30, wide, high), explored)
            assert badge(explored) in painter.said()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", BOXES)
def test_it_fits(size: tuple[int, int], scale: float) -> None:
    box = pygame.FRect(20, 40, *size)
    for shown in (None, thought(), thought((-91.25, -90.0, -91.3, -95.0, -90.01), best=UP)):
        painter = Seen(scale)
        show(painter, box, shown)
        assert_inside(painter, box)
        assert painter.words


def test_probabilities_are_not_called_values() -> None:
    logs = tuple(float(v) for v in np.log([0.5, 0.25, 0.125, 0.1, 0.025]))
    chances = thought(logs, "log_probability", UP, UP)
    table = rows(chances)
    assert table[0].value == pytest.approx(0.5)
    assert (table[0].text, table[0].note) == ("50 %", "log p −0.69")
    assert table[4].text == "2 %"
    painter = Seen()
    show(painter, (0, 0, 500, 220), chances)
    assert "Chances" in painter.said()
    assert not any(text.startswith("Q") for text in painter.said())


def test_the_axis_is_round_and_holds_still() -> None:
    assert nice_range([3.2, 9.1]) == (0.0, 9.5)
    assert nice_range([-91.0]) == (-95.0, 0.0)
    axis = Axis(0.0, 100.0)
    follow(axis, 0.0, 80.0, 1.0, at_once=False)
    assert (axis.low, axis.high) == (0.0, 100.0)
    follow(axis, 0.0, 10.0, 1.1, at_once=False)
    assert 50 < axis.high < 100
    follow(axis, 0.0, 10.0, 1.2, at_once=True)
    assert axis.high == 10.0


def test_no_bar_ever_leaves_its_axis() -> None:
    painter = Seen()
    axes.of(painter, (0, 0, 9, 9), [1.0])
    axis = axes.of(painter, (0, 0, 9, 9), [50.0, -7.0])
    assert axis.low <= -7.0
    assert axis.high >= 50.0
    assert axis.place(0.0, 0, 100) == pytest.approx(100 * -axis.low / (axis.high - axis.low))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("at", [(30, 40), (600, 40), (620, 690), (20, 690), (320, 350)])
def test_the_bubble_stays_in_the_town(at: tuple[float, float], scale: float) -> None:
    within = pygame.FRect(10, 10, 620, 690)
    long = "Starving (12) but broke ($2): to work first, 12 steps: Q −13.14, next best −14.01."
    for text, random in ((long, False), ("Exploring: random move; would have gone left.", True)):
        painter = Seen(scale)
        card = draw_bubble(painter, text, at, within, random)
        ((_, place),) = painter.words
        assert within.contains(card)
        assert card.inflate(2, 2).contains(place)
        if within.h * 0.3 < at[1] < within.h * 0.8:
            assert not card.collidepoint(at)
