"""The demo: that it tells its story to the end, again and again, and ends when somebody comes."""

from __future__ import annotations

import gc
import json
import shutil
import sys
from pathlib import Path

import pygame
import pytest
from driver import CATALOG, Player
from eyes import SIZES, Eyes, press
from made_training import MadeDesk, feed

from hamlet_game import paths
from hamlet_game.game.agents.players import PlanPlayer
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.demo.act import House
from hamlet_game.game.demo.cards import CardAct
from hamlet_game.game.demo.cast import load_cast
from hamlet_game.game.demo.director import BILL, Director
from hamlet_game.game.demo.group_acts import GroupAct, VersusAct
from hamlet_game.game.demo.layout import Layout
from hamlet_game.game.demo.lettering import Caption, reading_s
from hamlet_game.game.demo.life_act import LifeAct
from hamlet_game.game.demo.live_act import LiveAct
from hamlet_game.game.draw.painter import CANVAS, UPRIGHT
from hamlet_game.game.events import Command, Pointer, PointerKind
from hamlet_game.game.scene import Pop, Push, Quit
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.demo import KIOSK_KEYS, KIOSK_S, DemoScene
from hamlet_game.game.scenes.title import IDLE_S, TitleScene
from hamlet_game.game.services import Services
from hamlet_game.game.stream import Feed
from hamlet_game.town.names import Meter

DT = 1 / 10  # seconds: as fast as a demo is watched by a test


def directed(services: Services, act: str | None = None, seed: int = 5) -> Director:
    return Director(services, load_cast(), seed=seed, act=act)


def played(director: Director, seconds: float, dt: float = DT) -> set[str]:
    """Let the director go on; return the acts that were on."""
    seen = {director.name}
    for _ in range(round(seconds / dt)):
        director.update(dt)
        seen.add(director.name)
    return seen


# The story.


def test_every_act_comes_and_then_the_story_begins_anew(services: Services) -> None:
    director = directed(services)
    seen: list[str] = [director.name]
    for _ in range(round(900 / DT)):
        director.update(DT)
        if director.name != seen[-1]:
            seen.append(director.name)
        if director.round == 1 and director.name == "beginner":
            break
    assert seen == [*BILL, "title", "beginner"]


def test_every_telling_has_other_towns_and_both_rivals(services: Services) -> None:
    cast = load_cast()
    houses = [House(services, cast, told, seed=3) for told in range(40)]
    assert len({house.town(1) for house in houses}) == 40
    assert {VersusAct(house).shows[0].player.name for house in houses[:2]} == {"Script", "Planner"}


def test_the_planner_is_asked_long_before_its_race(services: Services) -> None:
    director = directed(services, "ages")
    director.number += len(BILL)  # the second telling: the planner's
    played(director, 3)
    race = director._next
    assert isinstance(race, VersusAct)
    planner = race.shows[0].player
    assert isinstance(planner, PlanPlayer)
    assert planner.progress > 0
    while not planner.ready:
        race.prepare()
    for _ in range(30):
        race.update(DT)
    assert race.shows[0].step
    assert not race.over


def test_nothing_said_is_made_up(services: Services) -> None:
    results = json.loads((paths.assets() / "brains" / "results.json").read_text())
    cast, full = load_cast(), CATALOG.find("3")
    house = House(services, cast, 0, 5)
    closing = BILL["closing"](house)
    assert isinstance(closing, CardAct)
    weights = 37 * 128 + 128 + 128 * 128 + 128 + 128 * 6 + 6
    assert cast.numbers == weights
    before, after = (results[word][full.id]["survival"] for word in ("untrained", "master"))
    for number in (f"{weights:,}", f"{before:.0f}", f"{after:.0f}", str(full.steps)):
        assert number in closing.text


def test_the_beginner_dies_and_the_master_lives(services: Services) -> None:
    ends = {}
    for name in ("beginner", "master"):
        act = directed(services, name).act
        assert isinstance(act, LifeAct)
        while not act.over and act.age < act.limit_s:
            act.update(DT)
        ends[name] = act.show.record.last
        assert act.over
    assert ends["beginner"].died
    assert ends["master"].timed_out


def test_the_masters_life_is_measured_by_the_beginners(services: Services) -> None:
    act = directed(services, "master").act
    assert isinstance(act, LifeAct)
    newborn = load_cast().newborn.survival(CATALOG.find("3"))
    said = set()
    while not act.over:
        act.update(DT)
        said.add(act.caption.text)
    assert f"Step {newborn:.0f}: here a beginner's life is over, on average." in said


def test_recorded_lives_end_as_they_did(services: Services) -> None:
    folder = paths.assets() / "progression"
    told = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
    lived = {life["name"]: life["survival"] for life in told["lives"]}
    act = directed(services, "lives").act
    assert isinstance(act, GroupAct)
    assert act.about(act.shows[1]) == ("Life 100", "after 96,320 steps")
    said = set()
    while not act.over and act.age < act.limit_s:
        act.update(DT)
        said.add(act.caption.text)
    assert act.over
    assert [show.step for show in act.shows] == [
        lived[name] for name in ("life_1", "life_100", "life_500", "mastered")
    ]
    assert f"Life 500: over after {lived['life_500']} steps." in said
    assert "Mastered is alive after 500 steps." in said


@pytest.mark.parametrize("content", ["", "{}", '{"exams": []}', '{"exams": [{"step": "x"}]}'])
def test_a_recording_that_is_not_whole_is_one_sentence(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brains").symlink_to(paths.assets() / "brains")
    (tmp_path / "progression").mkdir()
    (tmp_path / "progression" / "progress.json").write_text(content)
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    with pytest.raises(RosterError, match="recorded training can't be read"):
        load_cast()


def test_a_running_training_is_shown_instead_of_the_recorded_one(services: Services) -> None:
    services.training = MadeDesk("running")
    feed(services.training.history)
    director = directed(services, "training")
    act = director.act
    assert isinstance(act, LiveAct)
    assert f"{services.training.history.step:,} steps" in act.caption.text
    for _ in range(round(60 / DT)):
        director.update(DT)
    assert director.name != "training"


def test_a_close_up_of_somebody_in_trouble(services: Services) -> None:
    act = directed(services, "beginner").act
    assert isinstance(act, LifeAct)
    near = False
    while not act.over:
        act.update(DT)
        low = min(act.show.record.last.meters[meter] for meter in Meter if meter != Meter.MONEY)
        near |= act.show.close and low < 20
    assert near
    assert act.show.camera.zoom > 1.5


def test_a_caption_stays_until_it_could_be_read() -> None:
    caption = Caption("one")
    caption.say("two")
    assert caption.text == "one"
    caption.say("danger", weight=2)
    assert caption.text == "danger"
    caption.update(reading_s("danger") + 0.1)
    caption.say("two")
    assert caption.text == "two"


def test_broken_files_are_one_sentence_and_the_scene_stays(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(paths.assets() / "brains", tmp_path / "brains")
    (tmp_path / "brains" / "results.json").write_text("{}")
    monkeypatch.setattr("hamlet_game.game.demo.cast.paths.assets", lambda: tmp_path)
    scene = DemoScene(services)
    monkeypatch.undo()
    assert scene.director is None
    assert "results.json" in scene.trouble
    assert scene.update(1.0) is None
    assert scene.trouble in Eyes().look_at(scene)
    assert isinstance(scene.handle(press(Command.CONFIRM)), Pop)


# Who may end it.


@pytest.mark.parametrize("key", [pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_j, pygame.K_F5])
def test_any_key_leaves(key: int) -> None:
    player = Player(lambda s: (routes.title(s), routes.demo(s)))
    player.key(key)
    assert player.name == "TitleScene"
    player.close()


def test_a_gamepad_and_a_click_leave_too() -> None:
    player = Player(lambda s: (routes.title(s), routes.demo(s)), device="gamepad")
    pygame.event.post(pygame.Event(pygame.JOYBUTTONDOWN, instance_id=9, button=3))
    player.frames(2)
    assert player.name == "TitleScene"
    player.close()
    player = Player(lambda s: (routes.title(s), routes.demo(s)))
    player.click(300, 300)
    assert player.name == "TitleScene"
    player.close()


def test_a_jolt_of_the_mouse_does_not_leave_but_a_shake_does(services: Services) -> None:
    scene = DemoScene(services)
    assert scene.handle(Pointer(PointerKind.MOVE, 500, 300)) is None
    assert scene.handle(Pointer(PointerKind.MOVE, 506, 302)) is None
    assert isinstance(scene.handle(Pointer(PointerKind.MOVE, 700, 380)), Pop)


def test_a_kiosk_can_be_left_by_nobody_but_its_keeper() -> None:
    player = Player(lambda s: (routes.demo(s, kiosk=True),))
    muted = player.services.settings.muted
    for key in (pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_m, pygame.K_F11, pygame.K_F10):
        player.key(key)
    player.click(300, 300)
    for kind in (pygame.WINDOWCLOSE, pygame.QUIT):  # as when the window's cross is clicked
        pygame.event.post(pygame.Event(kind))
    player.frames(2)
    assert player.name == "DemoScene"
    settings = player.services.settings
    assert (settings.muted, settings.fullscreen, settings.feed) == (muted, False, "all")
    for key in (pygame.K_ESCAPE, pygame.K_RETURN):
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
    player.wait(KIOSK_S - 1)
    assert player.name == "DemoScene"
    player.frames(90)
    assert player.app.scenes == ()
    player.close()
    assert len(KIOSK_KEYS) == 2


def test_a_signal_ends_a_kiosk() -> None:
    player = Player(lambda s: (routes.demo(s, kiosk=True),))
    pygame.event.post(pygame.Event(pygame.QUIT))  # without a window's cross before it
    player.frames(1)
    assert player.app.scenes == ()
    player.close()


def test_it_ends_after_the_minutes_asked_for(services: Services) -> None:
    scene = DemoScene(services, minutes=0.5)
    steps = [scene.update(1.0) for _ in range(30)]
    assert steps[:29] == [None] * 29
    assert isinstance(steps[29], Quit)


def test_an_idle_title_begins_it(services: Services) -> None:
    title = TitleScene(services)
    assert title.update(IDLE_S - 1) is None
    title.handle(press(Command.DOWN))
    assert title.update(IDLE_S - 1) is None
    leads = title.update(2.0)
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, DemoScene)
    title.resumed()
    services.settings.idle_demo = False
    assert title.update(10 * IDLE_S) is None


# How it looks, and how long it lasts.


@pytest.mark.parametrize("act", BILL)
@pytest.mark.parametrize(("size", "scale"), [*SIZES, ((720, 1280), 1.0), ((720, 1280), 2.0)])
def test_no_word_is_cut_off_or_covered(
    services: Services, act: str, size: tuple[int, int], scale: float
) -> None:
    scene = DemoScene(services, act=act)
    assert scene.director is not None
    for _ in range(90):
        scene.update(DT)
        if scene.director.name != act:
            break
    playing = scene.director.act
    shows = playing.shows if isinstance(playing, GroupAct) else [getattr(playing, "show", None)]
    for show in filter(None, shows):
        show.effects.clear()  # numbers that rise from neighbouring houses may cross
    eyes = Eyes(size, scale)
    assert eyes.look_at(scene)
    eyes.assert_tidy()


@pytest.mark.parametrize("size", [CANVAS, UPRIGHT])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_towns_and_cards_share_the_canvas(size: tuple[int, int], count: int) -> None:
    for feed_ in (Feed(), Feed(panels=False)):
        layout = Layout(size, feed_)
        spots = [layout.single()] if count == 1 else layout.several(count)
        boxes = [spot.town for spot in spots]
        boxes += [spot.card for spot in spots] if feed_.panels else []
        for k, box in enumerate(boxes):
            assert layout.whole.contains(box)
            assert box.w > 60
            assert box.collidelist(boxes[k + 1 :]) < 0


def test_nothing_grows_in_1200_seconds(services: Services) -> None:
    director, lived, blocks = directed(services), 0.0, []
    while lived < 1200:
        told = director.round
        played(director, 10)
        lived += 10
        if director.round != told:  # the same act is on at every count
            gc.collect()
            blocks.append(sys.getallocatedblocks())
    assert len(blocks) >= 3
    assert blocks[-1] < 1.02 * blocks[1]
