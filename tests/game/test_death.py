"""The death card and the what-ifs, and playing on from where a life could still be saved."""

from __future__ import annotations

import json
from collections.abc import Callable

import pygame
import pytest
from driver import Player
from why_cases import CATALOG, dead, lived

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Push, Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.death import DeathScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.results import ResultsScene
from hamlet_game.game.scenes.what_if import WhatIfScene
from hamlet_game.game.services import Services
from hamlet_game.game.why.future_rows import FutureRow
from hamlet_game.town.names import Action
from hamlet_game.town.policies import idle, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import load_replay

Seat = Callable[..., Player]


def press(command: Command) -> Press:
    return Press(frozenset({command}))


def known(services: Services, record: Record, word: str | None = None) -> DeathScene:
    """Return the death card with everything found."""
    scene = DeathScene(services, record, roster.player(word) if word else None)
    while not scene.case.ready:
        scene.update(1 / 60)
    scene.update(1 / 60)
    return scene


def drawn(scene: Scene, text_scale: float = 1.0) -> None:
    scene.draw(Painter(pygame.Surface((1280, 720)), text_scale=text_scale))


# The whole way, with real events.
@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_die_ask_why_jump_there_and_play_on(device: str, seat: Seat) -> None:
    player = seat(lambda s: (routes.title(s),), device=device)
    player.choose("Play")
    life = player.scene
    assert isinstance(life, LifeScene)
    while not life.record.over:
        player.do(Command.INTERACT)
    player.until(lambda: isinstance(player.scene, ResultsScene), 10)
    scores = (paths.data() / "scores.json").read_text()
    player.wait(1)
    player.choose("Why?")
    card = player.scene
    assert isinstance(card, DeathScene)
    player.until(lambda: card.case.ready, 20)
    player.frames(2)
    safe = card.case.safe
    assert safe is not None
    player.choose("Jump there")
    viewer = player.scene
    assert isinstance(viewer, ReplayScene)
    assert (viewer.head.step, viewer.head.playing) == (safe, False)
    assert viewer.reading is not None
    player.do(Command.BACK)
    player.choose("Play on from there")
    second = player.scene
    assert isinstance(second, LifeScene)
    assert second.record.actions == life.record.actions[:safe]
    assert second.record.last == life.record.frames[safe]
    finish(player, second)
    results = player.scene
    assert isinstance(results, ResultsScene)
    assert (paths.data() / "scores.json").read_text() == scores, "it counts for nothing"


KEYS = {
    Action.UP: Command.UP,
    Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT,
    Action.RIGHT: Command.RIGHT,
    Action.INTERACT: Command.INTERACT,
}


def finish(player: Player, life: LifeScene) -> None:
    """Live on as a sensible person until the results come up."""
    while not life.record.over:
        before = life.record.survival
        player.do(KEYS[Action(int(sensible(life.record.town)[0]))])
        player.until(lambda was=before: life.record.survival > was, 2)
    player.until(lambda: player.scene is not life, 10)


# The card.
def test_an_agents_death_is_judged_by_the_agent(services: Services) -> None:
    policy = roster.player("untrained")
    record = lived(CATALOG.find("2"), 5, lambda town: [policy.act(town)])  # type: ignore[arg-type,return-value]
    scene = known(services, record, "untrained")
    assert scene.case.judge.name == "Newborn"
    assert scene.case.judge.own
    assert scene.case.inquest.policy.step is None, "greedy, it would only do the same"
    drawn(scene)


def test_nothing_can_be_pressed_before_it_is_known(services: Services) -> None:
    scene = DeathScene(services, dead("3", 7))
    drawn(scene)
    assert scene.form.hint == "Still looking for the point of no return."
    assert scene.handle(press(Command.CONFIRM)) is None
    assert scene.handle(press(Command.NEXT_EVENT)) is None
    assert isinstance(scene.handle(press(Command.BACK)), Pop)


def test_keys_jump_there_and_play_on(services: Services) -> None:
    scene = known(services, dead("3", 7))
    jump = scene.handle(press(Command.NEXT_EVENT))
    assert isinstance(jump, Push)
    assert isinstance(jump.scene, ReplayScene)
    assert jump.scene.head.step == scene.case.safe
    drive = scene.handle(press(Command.DRIVE))
    assert isinstance(drive, Push)
    assert isinstance(drive.scene, LifeScene)
    assert drive.scene.continued == scene.case.safe


def test_the_chart_is_clicked_to_go_to_a_step(services: Services) -> None:
    scene = known(services, dead("2", 9, "random"))
    drawn(scene)
    box = scene._chart.box
    click = Pointer(PointerKind.DOWN, box.centerx, box.centery)
    found = scene.handle(click)
    assert isinstance(found, Push)
    assert isinstance(found.scene, ReplayScene)
    assert 0 < found.scene.head.step < scene.case.record.survival


def test_keys_pick_a_step_on_the_chart(services: Services) -> None:
    scene = known(services, dead("2", 9, "random"))
    drawn(scene)
    scene.form.focus_on(scene._chart)
    for command in (Command.LEFT, Command.LEFT, Command.LEFT, Command.RIGHT):
        scene.handle(press(command))
    drawn(scene)
    found = scene.handle(press(Command.CONFIRM))
    assert isinstance(found, Push)
    assert isinstance(found.scene, ReplayScene)
    assert found.scene.head.step == scene.case.record.survival - 2


def test_the_way_out_is_walked_by_a_ghost(services: Services) -> None:
    scene = known(services, dead("2", 9, "random"))
    way, safe = scene.case.way, scene.case.safe
    assert way is not None
    assert safe is not None
    assert way.frames[: safe + 1] == scene.case.record.frames[: safe + 1]
    assert way.survival > scene.case.record.survival
    assert not way.last.died


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_the_cards_do_not_cover_each_other(text_scale: float, services: Services) -> None:
    scene = known(services, dead("4", 19, "random"))
    drawn(scene, text_scale)
    boxes = [card.box for card in (scene._head, scene._words, scene._chart, scene._town)]
    for index, box in enumerate(boxes):
        assert all(not box.colliderect(other) for other in boxes[index + 1 :])


def test_a_life_that_was_not_lost_has_no_card(services: Services) -> None:
    alive = lived(CATALOG.find("1"), 7, sensible)
    with pytest.raises(ValueError, match="did not end in death"):
        DeathScene(services, alive)
    assert all("Why" not in button.text for button in ResultsScene(services, alive)._always)


# What if.
def ahead(services: Services, record: Record, step: int) -> WhatIfScene:
    scene = WhatIfScene(services, record, step)
    scene.look_ahead(60)
    return scene


def test_five_ghosts_walk_from_the_moment_on(services: Services) -> None:
    record = dead("2", 9, "random")
    scene = WhatIfScene(services, record, 12)
    drawn(scene)
    while not scene.futures.all:
        scene.update(1 / 60)
    assert scene.head.step == 12
    for _ in range(120):
        scene.update(1 / 60)
    drawn(scene)
    assert scene.head.step > 14
    for future in scene.futures.all:
        assert future.record.survival == min(scene.head.step, future.survival)
        assert future.record.actions[:12] == record.actions[:12]
    assert scene.followed == record.frames[13].action, "at first the life as it was"


def test_a_row_is_followed_and_shown_again(services: Services) -> None:
    scene = ahead(services, dead("2", 9, "random"), 12)
    drawn(scene)
    for _ in range(120):
        scene.update(1 / 60)
    row = next(w for w in scene.form.widgets if isinstance(w, FutureRow) and w.name == "LEFT")
    scene.form.focus_on(row)
    assert scene.followed is Action.LEFT
    scene.handle(press(Command.CONFIRM))
    assert scene.head.step == 12
    speed = scene.head.speed
    scene.handle(press(Command.FASTER))
    assert scene.head.speed > speed


@pytest.mark.parametrize("device", ["keyboard", "gamepad", "mouse"])
def test_playing_on_from_a_what_if(device: str, seat: Seat) -> None:
    record = dead("2", 9, "random")
    player = seat(lambda s: (routes.what_if(s, record, 12),), device)
    if device == "mouse":
        player.click(*player.find("Play on").box.center)
    else:
        player.choose("Play on")
    life = player.scene
    assert isinstance(life, LifeScene)
    assert life.record.actions == record.actions[:12]


def test_there_is_no_what_if_after_the_end(services: Services) -> None:
    record = dead("1", 7)
    with pytest.raises(ValueError, match="over at that step"):
        WhatIfScene(services, record, record.survival)
    assert ahead(services, record, record.survival - 1).futures.all


# A life that goes on from an opening.
def test_a_continued_life_starts_again_where_it_was_taken_over(services: Services) -> None:
    record = dead("3", 2**32 + 100, "sensible", noise=0.65)
    scene = routes.life(services, record.level, record.town_seed, opening=record.actions[:20])
    assert isinstance(scene, LifeScene)
    drawn(scene)
    scene.handle(press(Command.LEFT))
    assert scene.record.survival == 21
    scene.restart()
    assert (scene.record.survival, scene.continued) == (20, 20)
    assert scene.record.last == record.frames[20]
    scene.new_town()
    assert (scene.record.survival, scene.continued) == (0, 0)


def test_a_continued_life_never_counts(services: Services) -> None:
    level = CATALOG.find("1")
    best = lived(level, 7, sensible)
    scene = ResultsScene(services, best, 10)
    drawn(scene)
    for _ in range(600):
        scene.update(1 / 60)
    assert services.scores.best(level.id).plays == 0
    assert scene._outcome.stars == 0
    assert "taken over at step 10" in scene._outcome.kicker
    ResultsScene(services, best)
    assert services.scores.best(level.id).plays == 1


def test_a_continued_life_is_kept_as_what_it_is(services: Services) -> None:
    services.settings.save_replays = True
    record = lived(CATALOG.find("1"), 7, idle)
    scene = ResultsScene(services, record, 10)
    assert not paths.replays().exists(), "not by itself"
    scene.handle(press(Command.SAVE_REPLAY))
    (file,) = paths.replays().glob("*.hamlet")
    assert load_replay(file).player == "person, from step 10 on"
    assert json.loads(file.read_text())["player"] == "person, from step 10 on"
