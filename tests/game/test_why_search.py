"""The point of no return: by hand, against every life there is, and against the rules."""

from __future__ import annotations

import numpy as np
import pytest
from why_cases import CATALOG, dead, lived, tiny

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.why.judge import judge_of
from hamlet_game.game.why.no_return import Inquest
from hamlet_game.game.why.past import branch, states
from hamlet_game.game.why.rollout import Rollout, roll
from hamlet_game.town.names import Action
from hamlet_game.town.policies import Policy, idle, random, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town


def inquest(record: Record, policy: Policy = sensible) -> Inquest:
    found = Inquest(record, policy)
    found.finish()
    assert found.done
    assert found.progress == 1.0
    return found


def rolled(record: Record, step: int, policy: Policy, until: int) -> Rollout:
    town = Town(record.level, [record.town_seed])
    work = roll(town, states(record).take([step]), policy, until)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: Rollout = end.value
            return found


def brain(word: str) -> Policy:
    player = roster.player(word)
    assert isinstance(player, BrainPlayer)
    return player.brain.policy


# Lives that branch off.
def test_states_are_those_that_were_lived_through() -> None:
    record = dead("2", 9, "random")
    past = states(record)
    assert len(past) == record.survival + 1
    assert past.meters.T.tolist() == [list(frame.meters) for frame in record.frames]
    assert past.x.tolist() == [frame.x for frame in record.frames]


def test_a_branch_goes_on_as_the_life_itself_would_have() -> None:
    record = dead("2", 9, "random")
    other = branch(record, states(record), 11)
    assert other.survival == 11
    for action in record.actions[11:]:
        other.act(Action(action))
    assert other.frames == record.frames
    assert branch(record, states(record), 5).last == record.frames[5], "the life is as it was"


def test_rolling_on_tells_what_became_of_each_life() -> None:
    record = dead("1", 7)
    out = rolled(record, 3, idle, record.level.steps)
    assert not out.survived[0]
    assert (int(out.age[0]), out.way(0)) == (record.survival, record.actions[3:])
    assert int(out.cause[0]) == record.last.cause
    assert float(out.points[0]) == record.last.points


# By hand.
@pytest.mark.parametrize("town", [1, 2, 3, 4, 5])
def test_a_walk_to_the_bed_is_too_late_by_its_length(town: int) -> None:
    record = lived(tiny(), town, idle)
    assert record.survival == 12, "12 points, one a step"
    start = record.frames[0]
    away = start.x + start.y
    found = inquest(record)
    # After k steps of waiting 12 − k points are left; the walk must leave one for the bed.
    assert found.planner.step == 11 - away
    assert found.until == 40


def test_nothing_saves_a_life_without_a_bed() -> None:
    level = tiny(buildings={"fridge": {"at": [[3, 3]], "gives": {"satiation": 10}}})
    found = inquest(lived(level, 1, idle))
    assert (found.planner.step, found.policy.step) == (None, None)
    assert (found.planner.way, found.policy.way) == (b"", b"")


def test_a_life_that_was_not_lost_is_refused() -> None:
    with pytest.raises(ValueError, match="did not end in death"):
        Inquest(lived(CATALOG.find("1"), 7, sensible), sensible)


def test_a_far_horizon_ends_a_hundred_steps_past_the_death() -> None:
    assert inquest(dead("3", 7)).until == dead("3", 7).survival + 100
    assert inquest(dead("2", 7)).until == 100, "the level's last step comes first"


# Against every life there is.
def survives(record: Record, step: int) -> bool:
    """Return whether any life at all gets from a step to the level's end, by trying all."""
    town, state = Town(record.level, [record.town_seed]), states(record).take([step])
    for _ in range(record.level.steps - step):
        town.restore(state.take(np.repeat(np.arange(len(state)), len(Action))))
        town.advance(np.tile(np.array(Action, dtype=np.int8), len(state)))
        alive = town.state.meters[list(record.level.deadly)].min(axis=0) > 0.01
        state = worthwhile(town.state.take(alive))
        if not len(state):
            return False
    return True


def worthwhile(state: TownState) -> TownState:
    """Return the lives that no other on the same cell is better off than in every meter."""
    looks = np.stack([state.x, state.y, *np.round(state.meters)], axis=1)
    _, first = np.unique(looks, axis=0, return_index=True)
    state = state.take(first)
    meters, keep = state.meters.T, []
    for one in range(len(state)):
        same = (state.x == state.x[one]) & (state.y == state.y[one])
        better = (meters >= meters[one]).all(1) & (meters > meters[one]).any(1)
        if not (same & better).any():
            keep.append(one)
    return state.take(keep)


@pytest.mark.parametrize("town", range(1, 13))
def test_the_planner_misses_no_life_in_a_tiny_town(town: int) -> None:
    record = lived(tiny(2), town, random)
    if not record.last.died:
        pytest.skip("a lucky life")
    found = inquest(record).planner.step
    safe = [step for step in range(record.survival) if survives(record, step)]
    assert found == max(safe, default=None)


# Against the rules.
LOST = [
    ("1", 7, "idle", 0.0),
    ("2", 9, "random", 0.0),
    ("2", 31, "sensible", 0.9),
    ("3", 7, "idle", 0.0),
    ("3", 2**32 + 100, "sensible", 0.65),
    ("4", 5, "sensible", 0.7),
]


@pytest.mark.parametrize("case", LOST)
def test_what_was_found_really_survives(case: tuple[str, int, str, float]) -> None:
    word, town, script, noise = case
    record = dead(word, town, script, noise=noise)
    found = inquest(record, judge_of(None, record.level, print).policy)
    for saved in (found.policy, found.planner):
        if saved.step is not None:
            life = Record.of(record.level, town, record.actions[: saved.step] + saved.way)
            assert life.survival == found.until
            assert not life.last.died
    if found.policy.step is not None:
        assert found.planner.step is not None
        assert found.planner.step >= found.policy.step, "what a policy can do, the planner can"


@pytest.mark.parametrize("case", LOST)
@pytest.mark.parametrize("who", ["sensible", "02_clean_start"])
def test_the_policy_lives_from_the_step_before_and_dies_from_all_after(
    case: tuple[str, int, str, float], who: str
) -> None:
    word, town, script, noise = case
    record = dead(word, town, script, noise=noise)
    policy = sensible if who == "sensible" else brain(who)
    found = inquest(record, policy)
    safe = found.policy.step
    if safe is not None:
        assert rolled(record, safe, policy, found.until).survived[0]
    for step in range(0 if safe is None else safe + 1, record.survival):
        assert not rolled(record, step, policy, found.until).survived[0], step


def test_a_greedy_brain_is_not_saved_by_itself() -> None:
    policy = brain("untrained")
    record = lived(CATALOG.find("3"), 12, policy)
    assert record.last.died
    assert inquest(record, policy).policy.step is None


def test_an_inquest_can_be_spread_over_many_frames() -> None:
    policy, level = brain("03_full_day"), CATALOG.find("3")
    lives = (lived(level, town, policy) for town in range(30, 60))
    record = next(life for life in lives if life.last.died and life.survival > 200)
    found = Inquest(record, judge_of(None, record.level, print).policy)
    told = list(found.run())
    assert len(told) > 20
    assert told == sorted(told)
    assert (min(told) >= 0.0, found.progress, found.done) == (True, 1.0, True)
