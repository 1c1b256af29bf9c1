"""A town that several share, in the window: played, watched, saved and lived again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from driver import KEYS, Player
from eyes import Eyes

from hamlet_game.brain.brain import Brain
from hamlet_game.game import narration
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.company import again, company_of, name_of
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.people import Person
from hamlet_game.game.events import Command
from hamlet_game.game.play.leaderboard import places
from hamlet_game.game.play.neighbours import LIES_FOR, look_of, neighbours, stand_apart
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.scenes.what_if import WhatIfScene
from hamlet_game.game.watch.cast import Cast
from hamlet_game.game.watch.crowd import Crowd
from hamlet_game.game.why.blunders import thoughts
from hamlet_game.game.why.past import branch, states
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.policies import idle, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import encode, load_replay, replay_of
from hamlet_game.town.town import Town
from hamlet_game.training.events import BrainUpdated

RUSH = load_catalog().find("rush_hour")
TOWN = 7


@pytest.fixture(scope="module")
def life() -> Record:
    record = Record(RUSH, TOWN, company_of(RUSH))
    while not record.over:
        record.act(Action(int(sensible(record.town)[0])))
    return record


@pytest.fixture
def player() -> Iterator[Player]:
    player = Player(lambda services: (routes.life(services, RUSH, TOWN),))
    yield player
    player.close()


def moment(step: int, agent: int) -> BrainUpdated:
    """Return the news of an agent's brain, each agent's another."""
    found = roster.player("master")
    assert isinstance(found, BrainPlayer)
    brain, rng = found.brain, np.random.default_rng(agent)
    arrays = {
        name: array + rng.normal(0, 0.1, array.shape).astype(np.float32)
        for name, array in brain.arrays.items()
    }
    told = {"arrays": arrays, "architecture": brain.architecture.values(), "training": {}}
    return BrainUpdated(step, 1.0, agent, RUSH.id, told)


def test_a_person_plays_among_three_agents(player: Player) -> None:
    scene = player.scene
    assert isinstance(scene, LifeScene)
    assert len(scene.record.others) == 3
    for command in (Command.RIGHT, Command.DOWN, Command.INTERACT, Command.LEFT):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=KEYS[command], mod=0, unicode=""))
        pygame.event.post(pygame.event.Event(pygame.KEYUP, key=KEYS[command], mod=0))
        player.wait(0.5)
    assert scene.record.survival == 4
    twin = Record.of(RUSH, TOWN, scene.record.actions, company_of(RUSH))
    assert twin.frames == scene.record.frames
    assert [other.frames for other in twin.others] == [o.frames for o in scene.record.others]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("scale", [0.75, 1.0])
def test_a_newcomer_sees_the_keys(size: tuple[int, int], scale: float, player: Player) -> None:
    eyes = Eyes(size, scale)
    for _ in range(6):
        said = eyes.look_at(player.scene)
        assert {"walk", "wait (hold)", "menu"} <= set(said)
        eyes.assert_tidy()
        player.do(Command.LEFT)
        player.wait(0.4)


def test_the_ticker_names_who_was_faster(life: Record) -> None:
    refused = [n for n, f in enumerate(life.frames) if f.refused is Refusal.TAKEN]
    assert refused
    for step in refused:
        (told,) = [note.text for note in narration.notes(life, step) if note.icon == "cross"]
        winners = [
            name_of(n)
            for n, other in enumerate(life.others, 1)
            if step <= other.survival
            and other.frames[step].used is not None
            and (other.frames[step].x, other.frames[step].y)
            == (life.frames[step].x, life.frames[step].y)
        ]
        assert told.split(" got ")[0] in winners


def test_the_leaderboard_is_by_points_and_tells_the_dead() -> None:
    record = Record(RUSH, TOWN, idle)
    while not record.over and not all(other.over for other in record.others):
        record.act(Action(int(sensible(record.town)[0])))
    table = places(record, record.survival)
    assert [place.rank for place in table] == [1, 2, 3, 4]
    assert [place.points for place in table] == sorted((p.points for p in table), reverse=True)
    assert table[0].name == "You"
    assert all(place.dead == bool(place.number) for place in table)
    assert {p.steps for p in table if p.dead} == {other.survival for other in record.others}
    early = places(record, 3)
    assert not any(place.dead for place in early)
    assert {place.steps for place in early} == {3}


def test_the_others_are_seen_dressed_apart_and_the_dead_soon_gone() -> None:
    record = Record(RUSH, TOWN, idle)
    record.act(Action.UP)
    seen = neighbours(record, 1, 0.5)
    assert [name for _, name in seen] == ["Ada", "Ben", "Cleo"]
    assert len({person.look for person, _ in seen} | {0}) == 4
    assert len({look_of(n, 5) for n in range(4)}) == 4
    while not record.over and record.survival < max(o.survival for o in record.others) + LIES_FOR:
        record.act(Action(int(sensible(record.town)[0])))
    first = min(other.survival for other in record.others)
    assert any(person.pose == "faint" for person, _ in neighbours(record, first + 1, 1.0))
    gone = [o for o in record.others if record.survival - o.survival > LIES_FOR]
    assert len(neighbours(record, record.survival, 1.0)) == 3 - len(gone)


def test_those_on_one_cell_stand_apart() -> None:
    crowd = [Person(2, 3), Person(2, 3), Person(5, 5), Person(2, 3, pose="sleep")]
    stand_apart(crowd)
    assert crowd[0].x < 2 < crowd[1].x
    assert (crowd[2].x, crowd[3].x) == (5, 2)


def test_a_saved_life_is_lived_again_and_gone_on_with(life: Record, tmp_path: Path) -> None:
    file = tmp_path / "a.hamlet"
    file.write_bytes(encode(replay_of(life)))
    assert file.stat().st_size <= 2048
    record = load_replay(file).record(RUSH)
    assert record.frames == life.frames
    player = Player(lambda services: (routes.replay(services, record),))
    try:
        scene = player.scene
        assert isinstance(scene, ReplayScene)
        scene.head.go(40)
        player.frames(3)
        pygame.event.clear()
        onward = scene.play_on()
        assert isinstance(onward, LifeScene)
        assert onward.record.frames == life.frames[:41]
        assert isinstance(scene.what_if(), WhatIfScene)
    finally:
        player.close()


def test_a_brains_numbers_see_who_is_at_the_doors(life: Record) -> None:
    master = roster.player("master")
    assert isinstance(master, BrainPlayer)
    past = states(life)
    town = Town(RUSH, [TOWN], 4)
    told = thoughts(life, past, master)
    others = life.others_actions
    for step in range(60):
        thought = master.think(town)
        assert thought is not None
        np.testing.assert_allclose(told[step].values, thought.values, rtol=1e-4)
        town.step([life.actions[step], *others[3 * step : 3 * step + 3]])
    other = branch(life, past, 60)
    assert other.act(Action(life.actions[60])) == life.frames[61]


def test_a_company_remembers(life: Record) -> None:
    record = Record.of(RUSH, TOWN, life.actions[:50], again(life))
    assert record.others_actions == life.others_actions[:150]
    alone = load_catalog().find("3")
    assert (company_of(alone), again(Record(alone, TOWN))) == (None, None)


def test_an_agent_is_watched_among_others() -> None:
    player = Player(lambda s: (WatchScene(s, roster.player("master"), level=RUSH),))
    try:
        scene = player.scene
        assert isinstance(scene, WatchScene)
        player.wait(2)
        assert scene.show.record.survival > 2
        assert len(scene.show.record.others) == 3
        before = scene.view.town_box
        assert before is not None
        assert before.y > 110  # the leaderboard is above the town
        scene.whatif.imagine(RUSH.deadly[0], 5)
        player.frames(3)  # an imagined meter in a shared town
    finally:
        player.close()


def test_the_runs_own_agents_play_the_others() -> None:
    history, said = History(), list[str]()
    cast = Cast(roster.player("untrained"), said.append)
    crowd, town = Crowd(lambda: history, cast), Town(RUSH, [TOWN], 4)
    usual = company_of(RUSH)
    assert usual is not None
    np.testing.assert_array_equal(crowd(town), usual(town))
    brains = [moment(100, agent) for agent in range(4)]
    history.brains.append(brains[0])
    history.others = {agent: brains[agent] for agent in (1, 2, 3)}
    for shown in (0, 2):
        cast.agent = shown
        for _ in range(15):
            actions = crowd(town)
            for person in (1, 2, 3):
                told = brains[(shown + person) % 4].brain
                assert actions[person] == _act(told, town, person)
            town.step(actions)


def _act(told: dict[str, Any], town: Town, person: int) -> int:
    brain = Brain(told["arrays"], told["architecture"])
    return int(brain.act(town.observe()[person : person + 1])[0])
