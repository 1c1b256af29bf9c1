"""What-ifs, mistakes, who judges, and the words for it all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from why_cases import CATALOG, dead, lived, tiny

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer, ScriptPlayer, Thought
from hamlet_game.game.why import words
from hamlet_game.game.why.blunders import Blunder, blunders, thoughts
from hamlet_game.game.why.futures import Futures
from hamlet_game.game.why.judge import Judge, ablest, judge_of
from hamlet_game.game.why.no_return import Inquest
from hamlet_game.game.why.past import branch, states
from hamlet_game.game.why.reading import Reading
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.policies import idle, sensible
from hamlet_game.town.record import Record


def brain(word: str = "master") -> BrainPlayer:
    player = roster.player(word)
    assert isinstance(player, BrainPlayer)
    return player


def worked_out(record: Record, step: int) -> Futures:
    futures = Futures(record, step, sensible)
    for _ in futures.run():
        pass
    return futures


# What if.
def test_each_future_is_its_action_and_then_the_policy() -> None:
    record = dead("2", 9, "random")
    futures = worked_out(record, 12)
    for future in futures.all:
        life = branch(record, states(record), 12)
        life.act(future.action)
        while not life.over:
            life.act(Action(int(sensible(life.town)[0])))
        assert future.actions == life.actions[12:]
        assert (future.survival, future.cause) == (life.survival, life.last.cause)
        assert future.points == life.last.points
        assert future.alive is life.last.timed_out


def test_a_future_is_lived_as_far_as_it_is_shown() -> None:
    future = worked_out(dead("2", 9, "random"), 12).all[Action.LEFT]
    assert (future.at(15), future.record.survival) == (15, 15)
    assert (future.at(9), future.record.survival) == (9, 15)
    assert future.at(10_000) == future.survival
    assert future.record.over


def test_a_last_step_that_kills_ends_the_future_at_once() -> None:
    record = lived(tiny(), 2, idle)
    futures = worked_out(record, record.survival - 1)
    assert {future.survival for future in futures.all} == {12}
    assert {future.cause for future in futures.all} == {Meter.ENERGY}
    best = futures.best
    assert best is not None
    assert not best.alive


# Mistakes.
def test_thoughts_are_the_networks_numbers_for_what_was_done() -> None:
    record, player = dead("2", 9, "random"), brain()
    found = thoughts(record, states(record), player)
    life = Record(record.level, record.town_seed)
    for thought, action in zip(found, record.actions, strict=True):
        alone = player.think(life.town)
        assert np.allclose(thought.values, alone.values, atol=1e-5)
        assert thought.chosen == action
        life.act(Action(action))
    assert thoughts(Record(record.level, 3), states(Record(record.level, 3)), player) == []


def judged(*losses: float) -> list[Thought]:
    made = []
    for loss in losses:
        values = (5.0, 5.0 - loss, 0.0, 0.0, 0.0)
        made.append(Thought(values, "q", Action.UP, Action.DOWN))
    return made


def test_the_largest_losses_come_first_and_small_ones_do_not_count() -> None:
    losses = [0.0] * 30
    losses[3], losses[15], losses[27] = 2.0, 4.0, 0.1
    assert blunders(judged(*losses)) == [
        Blunder(15, Action.DOWN, Action.UP, 4.0),
        Blunder(3, Action.DOWN, Action.UP, 2.0),
    ]
    assert blunders([]) == []
    assert blunders(judged(0.0, 0.0)) == []


def test_a_stretch_of_the_same_mistake_is_one() -> None:
    found = blunders(judged(1.0, 1.0, 3.0, 1.0, 1.0))
    assert [one.step for one in found] == [2]
    assert len(blunders(judged(*[1.0] * 500), most=4)) == 4


def test_a_reading_grows_a_little_at_a_time() -> None:
    record = dead("2", 9, "random")
    reading = Reading(record, brain())
    assert (reading.done, reading.at(0), reading.words(0)) == (False, None, "")
    for _ in range(10_000):
        reading.work(0.0005)
        if reading.done:
            break
    thought = reading.at(4)
    assert thought is not None
    assert thought.chosen == record.actions[4]
    assert f"{thought.values[thought.best]:.1f}" in reading.words(4)
    assert reading.at(record.survival) is None
    first = min(one.step for one in reading.blunders)
    assert reading.next_blunder(-1, 1) == first
    assert reading.next_blunder(first, -1) is None
    assert reading.blunder_at(first) is not None


# Who judges.
def test_the_player_judges_its_own_life_if_it_is_a_brain() -> None:
    level, player = CATALOG.find("3"), brain("untrained")
    mine = judge_of(player, level, print)
    assert (mine.name, mine.brain, mine.own) == ("Newborn", player, True)
    script = judge_of(ScriptPlayer("idle", "Idler"), level, print)
    assert not script.own
    assert script.name != "Idler"


def test_the_ablest_shipped_brain_judges_people() -> None:
    results = json.loads((paths.assets() / "brains" / "results.json").read_text())
    for level in CATALOG.levels:
        told = {word: levels[level.id]["survival"] for word, levels in results.items()}
        assert told[ablest(level)] == max(told.values())
    assert ablest(tiny()) == "master", "nobody has been there"


def test_without_brains_a_script_judges_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    told: list[str] = []
    judge = judge_of(None, CATALOG.find("3"), told.append)
    assert (judge.name, judge.policy, judge.brain) == ("The script", sensible, None)
    assert "master.safetensors" in told[0]


# Words.
def found_for(record: Record) -> tuple[Inquest, Judge]:
    judge = Judge("Script", sensible, None)
    inquest = Inquest(record, judge.policy)
    inquest.finish()
    return inquest, judge


def test_words_say_what_was_found() -> None:
    record = lived(tiny(), 2, idle)
    inquest, judge = found_for(record)
    safe = inquest.planner.step
    assert safe is not None
    assert words.headline(record) == "Energy ran out at step 12"
    assert [use.text for use in words.last_uses(record)] == ["never slept", "never ate"]
    assert [use.missed for use in words.last_uses(record)] == [True, False]
    assert f"step {safe}.**] The planner found a life that survives" in words.of_planner(inquest)
    assert f"from step {safe + 1} on it found none" in words.of_planner(inquest)
    assert f"survives from step {inquest.policy.step}" in words.of_judge(inquest, judge)
    assert words.horizon(inquest) == "Survives: alive at step 40, the last of the level."
    assert "100 steps past" in words.horizon(found_for(dead("3", 7))[0])


def test_words_admit_that_nothing_was_found() -> None:
    level = tiny(buildings={"fridge": {"at": [[3, 3]], "gives": {"satiation": 10}}})
    record = lived(level, 1, idle)
    inquest, judge = found_for(record)
    assert "No way out found" in words.of_planner(inquest)
    assert "dies from every step" in words.of_judge(inquest, judge)
    assert words.advice(record, None, None) == level.hint


def test_advice_is_what_the_way_out_does_first() -> None:
    record = lived(tiny(), 2, idle)
    inquest, _ = found_for(record)
    safe, way = inquest.planner.step, inquest.planner.way
    assert safe is not None
    life = Record.of(record.level, record.town_seed, record.actions[:safe] + way)
    away = record.last.x + record.last.y
    unit = "step" if away == 1 else "steps"
    told = f"At step {safe}, go straight to the bed, {away} {unit} away, and sleep."
    assert words.advice(record, safe, life) == told
