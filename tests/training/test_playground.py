"""The lives that training plays."""

import numpy as np
import pytest

from hamlet_game.town.names import Action, Meter
from hamlet_game.town.observation import FIELDS
from hamlet_game.town.town import Town
from hamlet_game.training.config import RunConfig
from hamlet_game.training.dealer import Dealer
from hamlet_game.training.part import Ending
from hamlet_game.training.playground import Happened, Playground
from hamlet_game.training.sections import StartSpread
from hamlet_game.training.seeds import LAST_TOWN, training_towns
from hamlet_game.training.stages import find_stages

STAGES = find_stages(RunConfig(levels=("1", "2")))
ASLEEP = StartSpread(share=0)


def playground(
    lives: dict[int, int] | None = None,
    agents: int = 1,
    spread: StartSpread = ASLEEP,
    *,
    masks: bool = False,
) -> Playground:
    return Playground(STAGES, lives or {0: 8}, Dealer(5, agents, spread), masks=masks)


def play(ground: Playground, steps: int, seed: int = 0) -> tuple[list[Happened], list[Ending]]:
    """Play at random; return the last step and all endings."""
    rng = np.random.default_rng(seed)
    last: list[Happened] = []
    endings: list[Ending] = []
    for _ in range(steps):
        shape = ground.obs.shape[:2]
        random = rng.random(shape) < 0.25
        happened, ended = ground.step(rng.integers(0, len(Action), shape), random)
        last, endings = [happened], endings + ended
    return last, endings


def test_an_ending_is_the_life_that_the_rules_play() -> None:
    ground = playground()
    _, endings = play(ground, 60)
    assert len(endings) > 8
    for ending in endings:
        assert ending.actions is not None
        town = Town(STAGES[0].trained, [ending.town_seed])
        steps = [town.step([action]) for action in np.frombuffer(ending.actions, np.int8)]
        assert len(steps) == ending.survival
        assert sum(float(step.reward[0]) for step in steps) == pytest.approx(ending.total)
        assert bool(steps[-1].died[0]) == (ending.cause is not None)
        assert bool(steps[-1].timed_out[0]) == (ending.cause is None)


def test_every_life_is_in_a_town_never_drawn_before() -> None:
    ground = playground({0: 4, 1: 4}, agents=2)
    _, endings = play(ground, 60)
    seeds = [ending.town_seed for ending in endings]
    assert len(set(seeds)) == len(seeds)
    assert min(seeds) > LAST_TOWN
    for agent in range(2):
        own = {ending.town_seed for ending in endings if ending.agent == agent}
        dealt = training_towns(5, agent, np.arange(1_000)).tolist()
        assert own <= set(dealt)


def test_levels_and_agents_lie_side_by_side() -> None:
    ground = playground({0: 3, 1: 5}, agents=2)
    assert ground.obs.shape == (2, 8, len(FIELDS))
    has_shower = ground.obs[:, :, FIELDS.index("deadly_hygiene")]
    assert has_shower.tolist() == [[0] * 3 + [1] * 5] * 2


def test_what_a_step_led_to_is_seen_before_the_restart() -> None:
    ground = playground()
    energy = FIELDS.index("energy")
    for _ in range(60):
        before = ground.obs.copy()
        actions = np.zeros((1, 8), dtype=np.int64)
        happened, _ = ground.step(actions, np.zeros((1, 8), dtype=np.bool_))
        assert np.array_equal(happened.obs, before)
        if happened.died.any():
            assert (happened.next_obs[happened.died][:, energy] == 0).all()
            assert (ground.obs[happened.died][:, energy] > 0).all()
            return
    raise AssertionError("nobody died")


def test_lives_that_time_out_did_not_die() -> None:
    rested = StartSpread(share=1, vital=(100, 100), money=(100, 100))
    ground = playground(spread=rested)
    waiting = np.full((1, 8), Action.INTERACT, dtype=np.int64)
    for _ in range(50):
        happened, endings = ground.step(waiting, np.zeros((1, 8), dtype=np.bool_))
    assert happened.timed_out.all()
    assert not happened.died.any()
    assert [ending.cause for ending in endings] == [None] * 8
    assert [ending.actions for ending in endings] == [None] * 8  # can't be told as a replay


def test_some_lives_begin_with_any_meters() -> None:
    ground = playground({0: 1_000}, spread=StartSpread(share=0.5, vital=(20, 90), money=(0, 7)))
    meters = np.round(ground.obs[0, :, :4] * 100)
    money = meters[:, Meter.MONEY]
    spread = money <= 7
    assert 400 < spread.sum() < 600
    assert (money[~spread] == 50).all()
    assert meters[spread][:, :3].min() == 20
    assert meters[spread][:, :3].max() == 90
    assert len(np.unique(meters[spread][:, Meter.HYGIENE])) > 60


def test_masks_belong_to_what_was_seen() -> None:
    ground = playground({0: 200}, masks=True)
    before = ground.mask
    assert before is not None
    expected = before.copy()
    happened, _ = ground.step(np.full((1, 200), Action.UP), np.zeros((1, 200), dtype=np.bool_))
    assert happened.mask is not None
    assert happened.next_mask is not None
    assert np.array_equal(happened.mask, expected)
    row = happened.obs[0, :, FIELDS.index("y")] * 7  # 0 is the top
    assert np.array_equal(happened.mask[0, :, Action.UP], row > 0.5)
    assert np.array_equal(happened.next_mask[0, :, Action.UP], row > 1.5)


def test_the_share_of_random_actions_is_counted_per_life() -> None:
    _, endings = play(playground({0: 200}), 60)
    shares = [ending.random_share for ending in endings]
    assert np.mean(shares) == pytest.approx(0.25, abs=0.02)


def test_a_saved_playground_goes_on_bit_for_bit() -> None:
    spread, lives = StartSpread(share=0.5), {0: 3, 1: 5}
    straight = playground(lives, agents=2, spread=spread)
    play(straight, 40)
    expected = play(straight, 40, seed=1)
    dealer = Dealer(5, 2, spread)
    first = Playground(STAGES, lives, dealer, masks=False)
    play(first, 40)
    saved, dealt = first.state(), dealer.dealt.copy()
    second_dealer = Dealer(5, 2, spread)
    second = Playground(STAGES, lives, second_dealer, masks=False)
    second.load_state(saved)
    second_dealer.go_on(dealt)
    last, endings = play(second, 40, seed=1)
    assert endings == expected[1]
    assert np.array_equal(last[0].next_obs, expected[0][0].next_obs)
    assert np.array_equal(second.obs, straight.obs)


def test_lives_are_dealt_alike_however_many_at_once() -> None:
    spread, everyone = StartSpread(share=0.5), np.repeat(np.arange(3), 1_000)
    at_once = Dealer(5, 3, spread)(everyone)
    one_by_one = Dealer(5, 3, spread)
    for number in range(600):
        deal = one_by_one(np.array([0, 0, 2]))
        rows = [2 * number, 2 * number + 1, 2_000 + number]
        if rows[1] < 1_000:
            assert np.array_equal(deal.town_seeds, at_once.town_seeds[rows])
            assert np.array_equal(deal.is_spread, at_once.is_spread[rows])
            assert np.array_equal(deal.meters, at_once.meters[:, rows])
    assert one_by_one.dealt.tolist() == [1_200, 0, 600]
