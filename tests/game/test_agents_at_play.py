"""Who plays in the window: brains, scripts and the planner, and the lives they live."""

from __future__ import annotations

import numpy as np
import pytest

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import BrainPlayer, PlanPlayer, Player, ScriptPlayer, Thought
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.planner import plan
from hamlet_game.town.town import Town

LEVEL = load_catalog().find("1")
TOWN = 7


@pytest.fixture(scope="module")
def brain() -> Brain:
    return Brain.load(paths.assets() / "brains" / "master.safetensors")


def test_advantage_lead_and_loss_by_hand() -> None:
    thought = Thought((1.0, 4.0, 3.0, 0.0, 2.0), "q", Action(1), Action(2))
    assert thought.advantage == (-1.0, 2.0, 1.0, -2.0, 0.0)
    assert thought.lead == 1.0
    assert thought.loss(Action(1)) == 0.0
    assert thought.loss(Action(3)) == 4.0


def test_a_thought_is_what_the_brain_says(brain: Brain) -> None:
    town = Town(LEVEL, [TOWN])
    thought = BrainPlayer(brain, "Master").think(town)
    np.testing.assert_array_equal(thought.values, brain.q(town.observe())[0])
    assert thought.best == thought.chosen == int(brain.policy(town)[0])
    assert not thought.random


def test_a_life_is_the_greedy_life(brain: Brain) -> None:
    life, town = AgentLife(LEVEL, TOWN, BrainPlayer(brain, "Master")), Town(LEVEL, [TOWN])
    while not life.over:
        action = int(brain.policy(town)[0])
        town.step([action])
        assert life.step().action == action
    assert len(life.thoughts) == life.record.survival
    assert life.thought is None


def test_someone_else_may_drive(brain: Brain) -> None:
    life = AgentLife(LEVEL, TOWN, BrainPlayer(brain, "Master"))
    wished = life.thought
    assert wished is not None
    other = Action((wished.best + 1) % len(Action))
    assert life.step(other).action == other
    told = life.thoughts[0]
    assert told is not None
    assert (told.best, told.chosen, told.values) == (wished.best, other, wished.values)
    assert life.driven == {0}


def test_exploration_is_told_and_happens_as_often_as_said(brain: Brain) -> None:
    level = load_catalog().find("3")
    moves = []
    for town in range(1, 9):
        life = AgentLife(level, town, BrainPlayer(brain, "Master"), epsilon=0.3)
        while not life.over:
            before = life.thought
            assert before is life.thought
            frame = life.step()
            assert before is not None
            assert frame.action == before.chosen
            assert before.random or before.chosen == before.best
            moves.append(before.random)
    assert 0.2 < np.mean(moves) < 0.4
    assert len(moves) > 500


def test_another_player_goes_on_from_there(brain: Brain) -> None:
    life = AgentLife(LEVEL, TOWN, ScriptPlayer("idle", "Idle"))
    assert life.thought is None
    assert life.step().action is Action.INTERACT
    life.player = BrainPlayer(brain, "Master")
    assert life.thought is not None
    assert life.thoughts == [None]


def test_the_planner_lives_the_plan_once_it_is_found() -> None:
    player: Player = PlanPlayer()
    life = AgentLife(LEVEL, TOWN, player)
    assert not player.ready
    while not player.ready:
        player.prepare(0.05)
    while not life.over:
        life.step()
    assert life.record.last.points == pytest.approx(plan(LEVEL, TOWN).score)
