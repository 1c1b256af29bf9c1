"""Why a life among others ended: the others go on as the master, and what is found is true."""

from __future__ import annotations

import numpy as np
import pytest
from driver import CATALOG
from eyes import SIZES, Eyes, press

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.company import again, company_of, short_name
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Push
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.death import DeathScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.what_if import WhatIfScene
from hamlet_game.game.services import Services
from hamlet_game.game.why import words
from hamlet_game.game.why.futures import Futures
from hamlet_game.game.why.judge import judge_of
from hamlet_game.game.why.no_return import Inquest
from hamlet_game.game.why.past import branch, rows_of, states
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.policies import Policy, idle, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import replay_of

RUSH = CATALOG.find("rush_hour")


def careless(town: int, company: Policy | None = None) -> Record:
    """Return a life among others that had sense in three steps of five, and died of the rest."""
    record, dice = Record(RUSH, town, company or company_of(RUSH)), np.random.default_rng(town)
    while not record.over:
        own = int(sensible(record.town)[0])
        record.act(Action(own if dice.random() < 0.6 else int(dice.integers(len(Action)))))
    assert record.last.died
    return record


@pytest.fixture(scope="module")
def record() -> Record:
    return careless(1)


def inquest(record: Record) -> Inquest:
    found = Inquest(record, judge_of(None, RUSH, print).policy)
    for _ in found.run():
        pass
    return found


def test_the_rows_of_a_life_are_all_who_share_its_town() -> None:
    assert rows_of(np.array([2, 0]), 3).tolist() == [6, 7, 8, 0, 1, 2]
    assert rows_of(np.array([4, 1]), 1).tolist() == [4, 1]


@pytest.mark.parametrize("town", [0, 1, 3])
def test_the_way_out_is_a_life_by_the_rules(town: int) -> None:
    found = inquest(careless(town))
    assert found.shared
    assert found.past is not None
    for saved in (found.policy, found.planner):
        assert saved.step is not None
        way = branch(found.record, found.past, saved.step, saved.others)
        for action in saved.way:
            way.act(Action(action))
        assert (way.last.died, way.survival) == (False, found.until)
    assert found.planner.step >= found.policy.step  # type: ignore[operator]


def test_from_a_step_later_neither_of_the_two_survives(record: Record) -> None:
    found = inquest(record)
    assert found.past is not None
    assert found.planner.step is not None
    judge = judge_of(None, RUSH, print).policy
    for policy in (judge, sensible):
        for step in range(found.planner.step + 1, record.survival):
            life = branch(record, found.past, step)
            while not life.over and life.survival < found.until:
                life.act(Action(int(policy(life.town)[0])))
            assert life.last.died


def test_others_who_did_otherwise_are_no_reason_to_skip_a_step() -> None:
    """Waiting ones leave the doors free; the master, who goes on for them, would not."""
    record = careless(1, idle)
    found = inquest(record)
    assert found.past is not None
    if found.policy.step is not None:
        way = branch(record, found.past, found.policy.step, found.policy.others)
        for action in found.policy.way:
            way.act(Action(action))
        assert not way.last.died


def test_a_branch_has_everybodys_past(record: Record) -> None:
    other = branch(record, states(record), 20)
    assert [life.frames for life in other.others] == [life.frames[:21] for life in record.others]
    assert other.others_actions == record.others_actions[:60]
    assert other.act(Action(record.actions[20])) == record.frames[21]
    told = bytes([Action.UP] * 3)
    steered = branch(record, states(record), 20, told)
    steered.act(Action.INTERACT)
    assert steered.others_actions[60:] == told


def test_played_on_the_others_answer_what_is_done(record: Record) -> None:
    company = again(record, 10)
    life = Record.of(RUSH, record.town_seed, record.actions[:10], company)
    assert life.others_actions == record.others_actions[:30]
    life.act(Action.INTERACT)
    assert life.survival == 11


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
def test_a_replay_with_numbers_is_tidy_at_every_size(
    services: Services, record: Record, size: tuple[int, int], text_scale: float
) -> None:
    scene = routes.replay(services, record, step=150, player=roster.player("master"), who="Cleo")
    assert isinstance(scene, ReplayScene)
    assert scene.reading is not None
    scene.reading.work(60)
    eyes = Eyes(size, text_scale)
    eyes.look_at(scene)
    eyes.assert_tidy()
    keys = scene.transport._boxes.values()
    assert keys
    for text, box in eyes.seen:
        covered = [key for key in keys if key.clip(box).w > 3 and key.clip(box).h > 3]
        assert not covered or text in "−+1×", f"{text!r} lies on a key"


def test_who_lived_is_called_alike_everywhere(services: Services, record: Record) -> None:
    kept = replay_of(record, player="agent in training, life 1,234", date="")
    named = routes.replay(services, record, kept, step=50)
    assert isinstance(named, ReplayScene)
    said = Eyes().look_at(named)
    assert "Agent" in said
    assert "You" not in said
    lost = [frame for frame in record.frames if frame.refused is Refusal.TAKEN]
    assert lost
    told = [line.text for line in named.ticker.lines(record.survival, 10_000)]
    assert any(" first" in text for text in told)
    assert not any("your" in text for text in told)
    assert (short_name("person, from step 4 on"), short_name("Cleo")) == ("You", "Cleo")


def test_every_future_is_lived_by_the_rules(record: Record) -> None:
    judge = judge_of(None, RUSH, print)
    futures = Futures(record, 40, judge.policy)
    for _ in futures.run():
        pass
    assert [future.action for future in futures.all] == list(Action)
    for future in futures.all:
        assert future.at(10_000) == future.survival
        last = future.record.last
        assert (last.cause, last.points) == (future.cause, pytest.approx(future.points))


def test_who_was_turned_away_is_told_how_often() -> None:
    record = careless(1)
    doors = {(x, y) for kind, x, y in record.town.places() if kind is Kind.SHOWER}
    refused = [
        step
        for step, frame in enumerate(record.frames)
        if frame.refused is Refusal.TAKEN and (frame.x, frame.y) in doors
    ]
    assert words.turned_away(record, Kind.SHOWER, 0) == len(refused)
    assert words.turned_away(record, Kind.SHOWER, record.survival) == 0
    assert words.turned_away(record, Kind.BED, 0) == 0  # has room for all
    for use in words.last_uses(record):
        assert ("turned away since" in use.text) == (
            "never" not in use.text and "turned away" in use.text
        )


def test_the_death_card_tells_and_leads_on(services: Services, record: Record) -> None:
    scene = routes.death(services, record)
    assert isinstance(scene, DeathScene)
    while not scene.case.ready:
        scene.case.work(1.0)
    said = " ".join(Eyes().look_at(scene))
    assert "A life that survives" in said
    assert "The others go on as the master would." in said
    assert "planner" not in said
    scene.update(0.1)
    onward = scene.handle(press(Command.DRIVE))
    assert isinstance(onward, Push)
    assert isinstance(onward.scene, LifeScene)
    assert onward.scene.record.frames == record.frames[: scene.step + 1]
    what = routes.what_if(services, record, scene.step)
    assert isinstance(what, WhatIfScene)
    what.look_ahead(30)
    assert "The others do as the master would." in " ".join(Eyes().look_at(what))
