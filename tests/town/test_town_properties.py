"""What holds for every town, whatever its rules and whatever is done in it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from town_cases import SHIPPED, bits, generated_levels, one_life

from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Kind
from hamlet_game.town.observation import describe
from hamlet_game.town.town import Town

LEVELS = st.one_of(generated_levels(), st.sampled_from(SHIPPED))
NUMBERS = st.integers(0, 2**32 - 1)  # seeds of the actions


@given(LEVELS, NUMBERS, st.integers(1, 40), st.integers(1, 3))
def test_meters_stay_in_bounds_and_nothing_is_nan(
    level: Level, number: int, towns: int, sharing: int
) -> None:
    draw = np.random.default_rng(number)
    town = Town(level, draw.integers(0, 1000, towns), sharing)
    lives = len(town)
    for _ in range(30):
        step = town.step(draw.integers(0, len(Action), lives))
        state = town.state
        assert (state.meters >= 0).all()
        assert (state.meters <= 100).all()
        assert (state.x >= 0).all()
        assert (state.x < level.width).all()
        assert (state.y >= 0).all()
        assert (state.y < level.height).all()
        assert (state.points >= 0).all()
        assert (state.points <= 1000 + 1e-6).all()
        assert np.isfinite(step.obs).all()
        assert (np.abs(step.obs) <= 1).all()
        assert np.isfinite(step.reward).all()
        assert not (step.died & step.timed_out).any()
        assert ((step.cause != NONE) == step.died).all()
        town.restart(state.over & (draw.random(lives) < 0.5))


@given(LEVELS, NUMBERS, st.integers(2, 70))
def test_a_life_alone_equals_the_same_life_in_a_batch(
    level: Level, number: int, lives: int
) -> None:
    draw = np.random.default_rng(number)
    seeds = draw.integers(0, 50, lives)  # some lives live in equal towns
    batch = Town(level, seeds)
    followed = [int(life) for life in draw.choice(lives, 2, replace=False)]
    alone = {life: Town(level, [seeds[life]]) for life in followed}
    for _ in range(25):
        actions = draw.integers(0, len(Action), lives)
        step = batch.step(actions)
        for life, town in alone.items():
            assert one_life(town.step(actions[[life]]), 0) == one_life(step, life)
            assert town.state.points.tobytes() == batch.state.points[[life]].tobytes()
            assert town.mask().tobytes() == batch.mask()[life].tobytes()
        chosen = (draw.random(lives) < 0.15) | (batch.state.over & (draw.random(lives) < 0.5))
        moving = draw.random() < 0.4
        fresh = draw.integers(0, 50, lives)
        batch.restart(chosen, town_seeds=fresh[chosen] if moving else None)
        for life, town in alone.items():
            if chosen[life]:
                town.restart(town_seeds=fresh[[life]] if moving else None)
            assert town.observe().tobytes() == batch.observe()[life].tobytes()
            assert town.places() == batch.places(life)


@given(generated_levels(), NUMBERS, st.integers(2, 12), st.integers(2, 5))
def test_a_shared_town_alone_equals_the_same_town_among_others(
    level: Level, number: int, towns: int, sharing: int
) -> None:
    draw = np.random.default_rng(number)
    seeds = draw.integers(0, 20, towns)
    chosen = int(draw.integers(towns))
    here = slice(chosen * sharing, (chosen + 1) * sharing)
    many, one = Town(level, seeds, sharing), Town(level, seeds[[chosen]], sharing)
    for _ in range(25):
        actions = draw.choice([0, 1, 2, 3, 4, 4, 4, 4], towns * sharing)
        step, own = many.step(actions), one.step(actions[here])
        for citizen in range(sharing):
            assert one_life(own, citizen) == one_life(step, here.start + citizen)
        again = draw.random(towns * sharing) < 0.1
        many.restart(again)
        one.restart(again[here])


@given(LEVELS, NUMBERS, st.integers(1, 20))
def test_a_restored_town_goes_on_as_if_nothing_happened(
    level: Level, number: int, lives: int
) -> None:
    draw = np.random.default_rng(number)
    town = Town(level, draw.integers(0, 30, lives))
    actions = draw.integers(0, len(Action), (30, lives))
    for row in actions[:10]:
        town.step(row)
    kept = town.snapshot()
    first = [town.step(row).obs.tobytes() for row in actions[10:20]]
    town.restart(town_seeds=draw.integers(100, 130, lives))
    town.step(actions[0])
    town.restore(kept)
    again = [town.step(row).obs.tobytes() for row in actions[10:20]]
    assert first == again
    elsewhere = Town(level, draw.integers(500, 600, 3))
    elsewhere.restore(kept)
    assert [elsewhere.step(row).obs.tobytes() for row in actions[10:20]] == first


@given(LEVELS, st.integers(0, 2**62), st.binary(max_size=60))
def test_level_seed_and_actions_reproduce_a_life(level: Level, seed: int, tape: bytes) -> None:
    def live() -> list[dict[str, bytes]]:
        town = Town(level, [seed])
        return [one_life(town.step([byte % len(Action)]), 0) for byte in tape]

    assert live() == live()


@given(generated_levels(), NUMBERS, st.integers(1, 6), st.integers(2, 8))
def test_no_building_serves_more_than_its_capacity(
    level: Level, number: int, towns: int, sharing: int
) -> None:
    draw = np.random.default_rng(number)
    town = Town(level, draw.integers(0, 30, towns), sharing)
    homes = np.repeat(np.arange(towns), sharing)
    for _ in range(30):
        step = town.step(draw.choice([0, 1, 2, 3, 4, 4, 4], len(town)))
        doors, users = np.unique(
            np.stack([homes, town.state.x, town.state.y])[:, step.used != NONE],
            axis=1,
            return_counts=True,
        )
        for home, x, y, count in zip(*doors, users, strict=True):
            kinds = [kind for kind, *at in town.places(home * sharing) if at == [x, y]]
            rule = level.buildings.of(Kind(kinds[0]))
            assert rule is not None
            assert count <= (rule.capacity or sharing)


@given(LEVELS, NUMBERS, st.integers(1, 12), st.integers(1, 3))
def test_looking_changes_nothing(level: Level, number: int, towns: int, sharing: int) -> None:
    draw = np.random.default_rng(number)
    town = Town(level, draw.integers(0, 30, towns), sharing)
    for _ in range(8):
        town.step(draw.integers(0, len(Action), len(town)))
        before = bits(town)
        first = town.observe()
        town.mask()
        town.places(len(town) - 1)
        describe(first[0])
        town.snapshot().meters[:] = 0
        first[:] = 7
        assert bits(town) == before
        assert (town.observe() <= 1).all()
