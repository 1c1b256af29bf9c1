"""The map of wants is the brain's own map, for the present meters or for others."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.insight import wants_look
from hamlet_game.game.insight.wants import Wants, WantsMap, wants
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.town import Town

LEVEL = load_catalog().find("3")
LOW = {Meter.ENERGY: 20.0, Meter.HYGIENE: 70.0, Meter.SATIATION: 70.0, Meter.MONEY: 50.0}
HUNGRY = LOW | {Meter.ENERGY: 70.0, Meter.SATIATION: 12.0}


@pytest.fixture(scope="module")
def brain() -> Brain:
    return Brain.load(paths.assets() / "brains" / "master.safetensors")


def same_state(one: Town, before: object) -> bool:
    names = ("meters", "x", "y", "age", "points")
    return all(np.array_equal(getattr(one.state, name), getattr(before, name)) for name in names)


def test_it_equals_the_brains_map(brain: Brain) -> None:
    town, chart = Town(LEVEL, [5]), WantsMap()
    for _ in range(4):
        now = chart.look(brain, town)
        np.testing.assert_array_equal(now.q, brain.q_map(town))
        np.testing.assert_array_equal(now.best, brain.q_map(town).argmax(2))
        np.testing.assert_array_equal(now.value, brain.q_map(town).max(2))
        assert now.best[int(town.state.y[0]), int(town.state.x[0])] == brain.policy(town)[0]
        town.step(brain.policy(town))


def test_other_meters_are_those_of_a_town_that_has_them(brain: Brain) -> None:
    town, before = Town(LEVEL, [5]), Town(LEVEL, [5]).snapshot()
    asked = wants(brain, town, LOW)
    assert same_state(town, before)
    other = Town(LEVEL, [5])
    state = other.snapshot()
    for meter, value in LOW.items():
        state.meters[meter] = value
    other.restore(state)
    np.testing.assert_array_equal(asked.q, brain.q_map(other))


def test_arrows_flip_with_the_need(brain: Brain) -> None:
    town = Town(LEVEL, [5])
    tired, hungry = wants(brain, town, LOW), wants(brain, town, HUNGRY)
    assert (tired.best != hungry.best).mean() > 0.3
    houses = {kind: cell for cell, kind in tired.houses.items()}
    bed, fridge = houses["bed"], houses["fridge"]
    assert tired.best[bed[1], bed[0]] == Action.INTERACT
    assert hungry.best[fridge[1], fridge[0]] == Action.INTERACT


def test_it_is_worked_out_anew_only_for_other_meters(brain: Brain) -> None:
    town, chart = Town(LEVEL, [5]), WantsMap()
    first = chart.look(brain, town)
    assert chart.look(brain, town) is first
    state = town.snapshot()
    state.x[:] = (state.x + 1) % 8
    town.restore(state)
    moved = chart.look(brain, town)
    assert moved.q is first.q
    assert moved.here == (int(town.state.x[0]), int(town.state.y[0]))
    assert chart.look(brain, town, {Meter.ENERGY: 3.0}).q is not first.q


def test_a_masked_brain_never_walks_into_the_edge(brain: Brain) -> None:
    masked = Brain(brain._network.arrays, brain.architecture.values(), {"use_mask": True})
    best = wants(masked, Town(LEVEL, [5]), LOW).best
    assert not (best[0] == Action.UP).any()
    assert not (best[-1] == Action.DOWN).any()
    assert not (best[:, 0] == Action.LEFT).any()
    assert not (best[:, -1] == Action.RIGHT).any()


def tiny(measures: str = "q") -> Wants:
    q = np.array([[[1.0, 3.0], [2.0, -1.0]]], dtype=np.float32)
    return Wants(q, measures, q.argmax(2).astype(np.int8), {}, (0, 0))


def test_the_legend_says_the_range_by_hand() -> None:
    assert wants_look.legend_words(tiny()) == ("max Q", "2.0", "3.0")
    np.testing.assert_array_equal(wants_look.shares(tiny()), [[1.0, 0.0]])
    logs = np.log(np.array([[[0.5, 0.25], [0.1, 0.9]]], dtype=np.float32))
    chances = Wants(logs, "log_probability", logs.argmax(2).astype(np.int8), {}, (0, 0))
    assert wants_look.legend_words(chances) == ("p of best", "50 %", "90 %")


def test_equal_values_are_drawn_alike() -> None:
    flat = Wants(np.zeros((2, 2, 5), np.float32), "q", np.zeros((2, 2), np.int8), {}, (0, 0))
    assert set(wants_look.shares(flat).ravel()) == {0.5}


def test_the_ramp_brightens_all_the_way() -> None:
    bright = [
        0.2126 * r + 0.7152 * g + 0.0722 * b
        for r, g, b in (wants_look.ramp(k / 20) for k in range(21))
    ]
    assert bright == sorted(bright)
    assert bright[-1] - bright[0] > 180


@pytest.mark.parametrize("day", [0.25, 0.75])
def test_both_layers_show_and_leave_the_town_alone(brain: Brain, day: float) -> None:
    town, chart = Town(LEVEL, [5]), WantsMap()
    before, box = town.snapshot(), (10, 10, 620, 690)
    view = TownView(8, 8, [Place(kind.key, x, y) for kind, x, y in town.places()], 5)
    pictures = []
    for layers in (False, True):
        painter = Painter(pygame.Surface((1280, 720)))
        chart.look(brain, town)
        under = chart.under(view, box) if layers else None
        over = chart.over(view, box) if layers else None
        view.draw(painter, box, people=[], day=day, under=under, over=over)
        pictures.append(pygame.surfarray.array3d(painter.surface).astype(int))
    x, y = (round(v) for v in view.cell_center(box, 3, 6))
    side = round(view.cell_side(box) / 2) - 2
    differs = np.abs(pictures[0] - pictures[1]).sum(2)[x - side : x + side, y - side : y + side]
    assert differs.mean() > 20
    assert same_state(town, before)
    nothing = WantsMap()
    nothing.under(view, box)(Painter(pygame.Surface((1280, 720))))
    nothing.over(view, box)(Painter(pygame.Surface((1280, 720))))
