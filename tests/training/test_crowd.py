"""Training, judging and going on where agents share towns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from trainer_cases import config, only, same, timeless, weights

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.learn.config import ConfigError
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.policies import SCRIPTS
from hamlet_game.town.record import Record, remembered
from hamlet_game.town.town import Town
from hamlet_game.training import events as say
from hamlet_game.training.config import RunConfig, load_config
from hamlet_game.training.crowd import CrowdPart
from hamlet_game.training.dealer import Dealer
from hamlet_game.training.evaluation import evaluate, mean_measures, together
from hamlet_game.training.part import Ending
from hamlet_game.training.playground import Happened, Playground
from hamlet_game.training.sections import StartSpread
from hamlet_game.training.seeds import LAST_TOWN
from hamlet_game.training.stages import find_stages
from hamlet_game.training.study import study
from hamlet_game.training.trainer import Trainer

RUSH = load_catalog().find("rush_hour")
BRAINS = paths.assets() / "brains"
SPREAD = StartSpread(share=0.5)
CROWD: dict[str, Any] = {
    "levels": ["rush_hour"],
    "agents": 4,
    "curriculum__evaluate_every": 1_200,
    "curriculum__towns": 3,
    "final__towns": 4,
}


def ground(agents: int, lives: int, *, steps: int = 30, spread: StartSpread = SPREAD) -> Playground:
    (stage,) = find_stages(RunConfig(levels=("rush_hour",)))
    level = stage.trained.model_copy(update={"steps": steps})
    shared = type(stage)(level, level)
    return Playground([shared], {0: lives}, Dealer(5, agents, spread), masks=False)


def town_of(place: Playground) -> Town:
    (part,) = place._parts
    assert isinstance(part, CrowdPart)
    return part.town


def play(place: Playground, steps: int, seed: int = 0) -> tuple[Happened, list[Ending]]:
    rng, endings = np.random.default_rng(seed), []
    for _ in range(steps):
        shape = place.obs.shape[:2]
        actions = rng.integers(0, len(Action), shape)
        happened, ended = place.step(actions, rng.random(shape) < 0.25)
        endings += ended
    return happened, endings


@pytest.mark.parametrize(("agents", "lives"), [(4, 6), (1, 8), (2, 4), (8, 3)])
def test_people_are_dealt_out_to_agents_in_turn(agents: int, lives: int) -> None:
    place = ground(agents, lives)
    town = town_of(place)
    assert len(town) == agents * lives
    assert len(set(town.state.seed.tolist())) == agents * lives // 4
    assert town.state.seed.min() > LAST_TOWN
    seen = town.observe()
    for agent in range(agents):
        np.testing.assert_array_equal(place.obs[agent], seen[agent::agents])
    actions = np.random.default_rng(1).integers(0, len(Action), (agents, lives))
    twin = Town(town.level, town.state.seed[::4], 4)
    twin.restore(town.snapshot())
    step = twin.step([actions[j % agents, j // agents] for j in range(len(town))])
    happened, _ = place.step(actions, actions < 0)
    for agent in range(agents):
        np.testing.assert_array_equal(happened.reward[agent], step.reward[agent::agents])
        np.testing.assert_array_equal(happened.next_obs[agent], step.obs[agent::agents])


def test_the_dead_make_room_for_newcomers_and_towns_move_as_a_whole() -> None:
    place = ground(4, 5, steps=40)
    town, first = town_of(place), town_of(place).state.seed.copy()
    for step in range(1, 41):
        age = town.state.age.copy()
        happened, endings = play(place, 1, seed=step)
        assert (town.state.seed.reshape(-1, 4) == town.state.seed[::4, None]).all()
        assert not town.state.over.any()
        assert np.array_equal(town.state.seed, first) == (step < 40)
    assert 5 < (age == 39).sum() < 15  # the others are newcomers, whom the move cuts short
    assert (happened.died ^ happened.timed_out).all()
    assert len(endings) == ((age == 39) | happened.died.T.reshape(-1)).sum()
    assert not town.state.age.any()
    assert not town.state.episode.any()


def test_what_is_told_of_a_life_among_others_is_enough_to_live_it_again() -> None:
    place = ground(4, 12, steps=60, spread=StartSpread(share=0.1))
    level = town_of(place).level
    _, endings = play(place, 400)
    told = [ending for ending in endings if ending.actions is not None]
    assert {ending.agent for ending in told} == {0}  # the first of each town
    assert len({ending.town_seed for ending in told}) == len(told) > 5
    assert {ending.cause is None for ending in told} == {True, False}
    for ending in told:
        company = remembered(ending.others, level.people)
        life = Record.of(level, ending.town_seed, ending.actions or b"", company)
        assert (life.survival, life.over) == (ending.survival, True)
        assert life.last.points == pytest.approx(ending.score)
        cause = life.last.cause
        assert (None if cause is None else cause.key) == ending.cause
    assert not any(ending.others for ending in endings if ending.actions is None)


def test_a_saved_crowd_goes_on_bit_for_bit() -> None:
    straight = ground(4, 3)
    play(straight, 25)
    saved, dealt = straight.state(), straight._parts[0]._dealer.dealt.copy()
    expected = play(straight, 30, seed=1)
    resumed = ground(4, 3)
    resumed.load_state(saved)
    resumed._parts[0]._dealer.go_on(dealt)
    last, endings = play(resumed, 30, seed=1)
    assert endings == expected[1]
    np.testing.assert_array_equal(last.next_obs, expected[0].next_obs)
    assert same(resumed.state(), straight.state())


@pytest.mark.parametrize(
    "crowd",
    [
        CROWD,
        CROWD | {"agents": 1},
        CROWD | {"agents": 12, "towns": 4},
        CROWD | {"levels": ["1", "rush_hour"], "curriculum__mix_earlier": 0},
    ],
    ids=["four", "one", "one memory", "two levels"],
)
def test_two_halves_of_a_shared_town_equal_the_whole(tmp_path: Path, crowd: dict[str, Any]) -> None:
    half, whole = 1_536, 3_072
    straight = Trainer(config(limits__max_steps=whole, **crowd))
    story = timeless(list(straight.run()))
    first = timeless(list(Trainer(config(limits__max_steps=half, **crowd), tmp_path).run()))
    resumed = Trainer(config(limits__max_steps=whole, **crowd), tmp_path, resume=True)
    assert first + timeless(list(resumed.run())) == story
    assert same(weights(resumed), weights(straight))
    agents = {event.agent for event in only(say.EpisodeEnded, story)}
    assert agents == set(range(crowd["agents"]))
    assert {event.agent for event in only(say.Evaluated, story)} == agents


def test_agents_learn_independently() -> None:
    trainer = Trainer(config(**CROWD))
    list(trainer.run())
    one, other = weights(trainer)[:2]
    assert not same(one["online"], other["online"])


def test_everyone_is_judged_together() -> None:
    brain = Brain.load(BRAINS / "master.safetensors")
    told = {"arrays": brain.arrays, "architecture": brain.architecture.values(), "training": {}}
    towns = np.arange(1, 6)
    alone = evaluate(RUSH, brain.policy, towns)
    each = together(RUSH, [told] * 4, towns)
    assert [result.towns for result in each] == [5] * 4
    assert mean_measures(each) == pytest.approx(alone.measures)
    assert alone.towns == 20


def test_a_crowds_typical_life_is_one_of_its_first_peoples() -> None:
    found = study(RUSH, SCRIPTS["sensible"], np.arange(1, 6))
    record = found.record(SCRIPTS["sensible"])
    assert len(found.lives.score) == 20
    assert found.typical % 4 == 0
    assert record.last.points == found.lives.score[found.typical]
    assert sum(found.doings.values()) == found.lives.survival.sum()


def test_idling_luck_and_good_sense_are_told_apart() -> None:
    """A crowd that idles or gambles fails by far; a sensible one passes, and no more."""
    towns = np.arange(1, 201)
    results = {name: evaluate(RUSH, script, towns) for name, script in SCRIPTS.items()}
    for script in ("idle", "random"):
        assert results[script].measures["score"] < 0.3 * 520
        assert results[script].measures["alive"] == 0
    assert results["sensible"].stars == 1
    graduate = Brain.load(BRAINS / "04_thrive.safetensors")
    assert evaluate(RUSH, graduate.policy, towns).stars == 0
    unhindered = RUSH.model_copy(update={"people": 1})
    assert evaluate(unhindered, graduate.policy, towns).measures["score"] > 650


def test_a_run_begins_from_a_brain() -> None:
    brain = Brain.load(BRAINS / "04_thrive.safetensors")
    trainer = Trainer(load_config("rush_hour"))
    for state in trainer._brains():
        for name, array in brain.arrays.items():
            np.testing.assert_allclose(state["arrays"][name], array, rtol=1e-6)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_brain": "04_thriv"}, r"start_brain: no such brain or file '04_thriv'.*04_thrive"),
        ({"start_brain": "/nowhere.safetensors"}, "start_brain: .*can't be read"),
        ({"algorithm.hidden": [32]}, r"is a dueling network of \[128, 128\].*of \[32\]"),
        ({"algorithm.head": "plain"}, "the run's is plain"),
        ({"algorithm": {"name": "ppo"}}, "ppo can't begin from a brain"),
        ({"towns": 33, "agents": 1}, "33 lives of an agent, which don't fill towns of 4"),
        ({"agents": 100, "curriculum.towns": 10}, "agents: 100 are more than the people"),
    ],
)
def test_what_does_not_fit_is_told(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        Trainer(load_config("rush_hour", changes))
