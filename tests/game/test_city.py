"""The city: one brain for many, who is counted, what is drawn, and the scene by real events."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest
from driver import CATALOG, Player

from hamlet_game.game.agents import roster
from hamlet_game.game.city import hall
from hamlet_game.game.city.camera import Camera
from hamlet_game.game.city.census import AGE, Census, gini, wealth_of
from hamlet_game.game.city.city import MOURNING, City
from hamlet_game.game.city.folk import name_of
from hamlet_game.game.city.following import TOURS, Following, notable
from hamlet_game.game.city.ground import TILE
from hamlet_game.game.city.plan import WOODS, Plan
from hamlet_game.game.city.view import day_share
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.city import SPEEDS, CityScene
from hamlet_game.game.services import Services
from hamlet_game.town.names import NONE, Meter
from hamlet_game.town.town import Town

LEVEL = hall.city_level()
SMALL = (320, 180)  # pixels; drawing is not what is looked at here
Seat = Callable[..., Player]


def founded(people: int = 60, town_seed: int = 7) -> City:
    return City(LEVEL, town_seed, people, hall.mayor("master"), queues=False)


@pytest.fixture
def sit_down(seat: Seat) -> Seat:
    def opened(device: str = "keyboard", *, people: int = 80) -> Player:
        def first(services: Services) -> tuple[Scene, ...]:
            return routes.title(services), routes.city(services, people=people, town_seed=7)

        return seat(first, device=device, size=SMALL)

    return opened


def followed(scene: CityScene) -> bool:
    return scene.following is not None


def scene_of(player: Player) -> CityScene:
    scene = player.scene
    assert isinstance(scene, CityScene)
    return scene


# The city's rules and books.


def test_it_is_no_stage_of_the_curriculum() -> None:
    assert LEVEL.id == "06_city"
    assert LEVEL.grid == (48, 48)
    assert LEVEL.id not in [level.id for level in CATALOG.levels]


def test_the_streets_are_free_and_there_is_a_park() -> None:
    plan = Plan.of(48, 48, Town(LEVEL, [1]).places(), 1)
    assert plan.columns == plan.rows == (0, 6, 12, 18, 24, 30, 36, 42)
    assert len(plan.parks) == 4
    assert not any(one.x in plan.columns or one.y in plan.rows for one in plan.houses)


def test_slices_lead_to_the_same_city_as_whole_ticks() -> None:
    sliced, whole = founded(), founded()
    for _ in range(30):
        while not sliced.work():
            pass
        sliced.advance()
        whole.advance()
    assert sliced.shown.tick == whole.shown.tick == 30
    for name in ("x", "y", "meters", "age", "over"):
        assert np.array_equal(getattr(sliced.shown.state, name), getattr(whole.shown.state, name))


def test_the_moment_shown_stays_while_the_next_is_worked_out() -> None:
    city = founded()
    city.advance()
    before = city.shown.state.copy()
    while not city.work():
        pass
    assert np.array_equal(before.meters, city.shown.state.meters)
    assert np.array_equal(before.x, city.shown.state.x)


def test_a_thought_is_what_is_done_next() -> None:
    city = founded()
    city.advance()
    while city.q is None:
        city.work()
    alive = np.flatnonzero(city.shown.alive)[:20]
    best = [city.thought(int(citizen)).best for citizen in alive]  # type: ignore[union-attr]
    at = [(int(city.shown.state.x[c]), int(city.shown.state.y[c])) for c in alive]
    after = city.advance()
    for citizen, action, (x, y) in zip(alive, best, at, strict=True):
        if after.state.over[citizen]:
            continue
        dx, dy = ((0, -1), (0, 1), (-1, 0), (1, 0), (0, 0))[action]
        there = min(max(x + dx, 0), 47), min(max(y + dy, 0), 47)
        assert (after.state.x[citizen], after.state.y[citizen]) == there


def _starve(city: City, citizen: int) -> None:
    state = city.town.snapshot()
    state.meters[Meter.SATIATION, citizen] = 0.1
    state.x[citizen] = state.y[citizen] = 0  # no fridge on a street
    city.town.restore(state)


def test_newcomers_take_empty_places_and_can_be_told_not_to() -> None:
    for welcome in (True, False):
        city = founded(20)
        city.newcomers = welcome
        name = city.name(3)
        _starve(city, 3)
        city.advance()
        assert city.shown.state.over[3]
        assert city.census.ended == [0, 0, 1, 0]
        assert city.news[-1].text.startswith(f"{name} starved")
        for _ in range(MOURNING + 1):
            city.advance()
        assert city.shown.state.over[3] != welcome
        assert (city.name(3) != name) == welcome
        assert city.census.arrived >= welcome


def test_a_lifetime_that_was_lived_is_no_death() -> None:
    city = founded(10)
    state = city.town.snapshot()
    state.age[4] = LEVEL.steps - 1
    state.meters[:, 4] = 80
    city.town.restore(state)
    city.advance()
    assert city.census.ended[AGE] == 1
    assert city.census.deaths == 0
    assert "moved away" in city.news[-1].text


def test_most_of_a_thousand_live_while_they_queue() -> None:
    city = founded(1000)
    refused = 0
    for _ in range(250):
        refused += int(city.advance().queued.sum())
    assert city.census.deaths < 30
    assert refused > 1000
    assert city.shown.alive.sum() > 950


def test_the_gini_coefficient() -> None:
    assert gini(np.array([5, 5, 5, 5], dtype=np.float32)) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 8], dtype=np.float32)) == pytest.approx(0.75)
    assert gini(np.zeros(3, dtype=np.float32)) == 0
    wealth = wealth_of(np.array([0, 9.9, 10, 100], dtype=np.float32))
    assert wealth.bins.tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert wealth.median == pytest.approx(9.95)


def test_the_books_stay_short() -> None:
    census = Census()
    for tick in range(8000):
        census.count(tick, np.full(5, 50, dtype=np.float32), 0)
    assert len(census.population) <= 241
    assert census.every * len(census.population) == pytest.approx(8000, rel=0.05)
    census.end(np.array([0, NONE], dtype=np.int8))
    assert census.ended == [1, 0, 0, 1]


def test_names_and_hours() -> None:
    assert name_of(1, 2, 3) == name_of(1, 2, 3)
    assert len({name_of(1, citizen, 0) for citizen in range(200)}) > 150
    assert day_share(0) < 0.25  # a morning


def test_notable_people() -> None:
    city = founded()
    money = city.shown.state.meters[Meter.MONEY]
    richest, poorest = notable(city, 1), notable(city, 2)
    assert money[richest] == money.max()
    assert money[poorest] == money.min()
    city.shown.state.over[:] = True
    assert [notable(city, tour) for tour in range(len(TOURS))] == [None] * len(TOURS)


def test_who_is_followed_says_what_they_think() -> None:
    city = founded()
    who = Following.of(city, 5, 0)
    for _ in range(40):
        city.work()
        who.listen(city)
    assert who.thought is not None
    assert f"{max(who.thought.values):.1f}" in who.text
    assert not who.gone(city)
    city.shown.state.over[5] = True
    assert who.gone(city)


def test_at_full_speed_it_is_still_known_what_somebody_thinks(services: Services) -> None:
    scene = routes.city(services, people=60, town_seed=7)
    assert isinstance(scene, CityScene)
    scene.speed = SPEEDS[-1]
    scene.follow(5)
    for _ in range(60):
        scene.update(1 / 60)
        if scene.following is None or scene.following.thought is not None:
            break
    assert scene.following is not None
    assert scene.following.thought is not None
    assert scene.following.text


# The camera.


def test_the_camera_stops_at_whole_pixels_and_keeps_what_is_pointed_at() -> None:
    camera = Camera(48, 48, pygame.FRect(0, 0, 968, 660))
    camera.scale = 1.5
    camera.settle()
    for _ in camera.sides:
        at = (300.0, 200.0)
        before = camera.cell_at(at)
        camera.zoom(1, at)
        for _ in range(300):
            camera.update(1 / 60)
        assert not camera.moving
        assert camera.lens().px == round(camera.side * 1.5)
        if camera.stop > 2:  # before, the city's edge keeps the view
            assert camera.cell_at(at) == pytest.approx(before, abs=0.2)
    camera.pan(-1e6, -1e6)
    left, top, _, _ = camera.lens().seen()
    assert left > -4
    assert top > -4


def test_a_larger_view_shows_no_more_than_there_is_and_keeps_a_stop() -> None:
    camera = Camera(48, 48, pygame.FRect(0, 0, 720, 640))
    camera.look(24, 24, stop=99)
    camera.settle()
    stops = len(camera.sides)
    camera.view = pygame.FRect(0, 0, 720, 1280)
    camera.settle()
    assert len(camera.sides) < stops
    assert camera.side == camera.sides[-1]
    for view in ((1280, 720), (720, 1280)):
        camera.view = pygame.FRect(0, 0, *view)
        camera.look(24, 24, stop=0)
        camera.settle()
        left, top, right, bottom = camera.lens().seen()
        assert min(left + WOODS, top + TILE, 48 + WOODS - right, 48 + TILE - bottom) > -0.1
    camera.zoom(1)
    assert camera.stop == 1


# The scene, by real events.


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_keys_and_gamepads_look_around_and_follow(device: str, sit_down: Seat) -> None:
    player = sit_down(device)
    scene = scene_of(player)
    player.do(Command.CONFIRM)
    assert followed(scene)
    player.until(lambda: scene.following is None or bool(scene.following.text), 5)
    player.do(Command.BACK)
    assert not followed(scene)
    player.wait(0.5)
    x = scene.view.camera.x
    player.do(Command.RIGHT)
    assert scene.view.camera.x > x
    player.do(Command.PAUSE)
    assert player.name == "CityMenuScene"
    player.do(Command.BACK)
    assert player.scene is scene


def test_the_keyboard_sets_the_pace(sit_down: Seat) -> None:
    player = sit_down()
    scene = scene_of(player)
    player.key(pygame.K_p)
    tick = scene.city.shown.tick
    player.wait(1)
    assert scene.city.shown.tick == tick
    player.key(pygame.K_PERIOD)
    player.wait(1)
    assert scene.city.shown.tick == tick + 1
    player.key(pygame.K_p)
    player.key(pygame.K_EQUALS)
    assert scene.speed == SPEEDS[3]
    player.wait(1)
    assert scene.city.shown.tick > tick + 4
    player.key(pygame.K_PAGEDOWN)
    assert scene.view.camera.stop == 1
    player.key(pygame.K_PAGEUP)
    assert scene.view.camera.stop == 0
    player.key(pygame.K_n)
    assert not scene.city.newcomers
    player.key(pygame.K_g)
    assert followed(scene)


def test_the_mouse_follows_drags_and_jumps(sit_down: Seat) -> None:
    player = sit_down()
    scene = scene_of(player)
    scene.paused = True
    at = scene.view.crowd.places(scene.city.shown, scene.part)
    lens = scene.view.camera.lens()
    outside = int(np.flatnonzero(at.outside)[0])
    player.click(*lens.canvas(float(at.x[outside]), float(at.y[outside]) - 0.4))
    assert followed(scene)
    box = scene.view.minimap.box
    player.click(box.x + box.w * 0.75, box.y + box.h * 0.25)
    assert not followed(scene)
    player.wait(1.5)
    assert scene.view.camera.x > 30
    assert scene.view.camera.y < 18
    x = scene.view.camera.x
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=(150, 60), button=1))
    for step in range(1, 5):
        move = pygame.Event(
            pygame.MOUSEMOTION, pos=(150 + 8 * step, 60), rel=(8, 0), buttons=(1, 0, 0)
        )
        pygame.event.post(move)
    player.frames(2)
    assert scene.view.camera.x < x


def test_the_menu_changes_the_city(sit_down: Seat) -> None:
    player = sit_down()
    scene = scene_of(player)
    player.do(Command.PAUSE)
    player.go_to(player.find("Brain"))
    player.do(Command.LEFT)
    assert scene.brain == "04_thrive"
    assert scene.city.player.name == "Thriver"
    player.choose("Newcomers")
    assert not scene.city.newcomers
    player.choose("Start over")
    assert player.scene is scene
    assert scene.city.shown.tick < 3
    player.do(Command.PAUSE)
    player.choose("Leave")
    assert player.name == "TitleScene"


def test_following_ends_with_the_life(sit_down: Seat) -> None:
    player = sit_down()
    scene = scene_of(player)
    scene.follow(3)
    _starve(scene.city, 3)
    player.until(lambda: scene.following is None, 5)
    assert any("starved" in text for text in (n.text for n in scene.city.news))


# The command.


def test_the_command_opens_it_and_refuses_who_has_no_brain(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hamlet_game", "city", "--people", "50", "--town-seed", "3"]
    picture = tmp_path / "city.png"
    done = subprocess.run(
        [*command, "--frames", "5", "--screenshot", str(picture), "--json", "--size", "640x360"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["frames"] == 5
    assert picture.exists()
    done = subprocess.run(
        [*command, "--brain", "planner"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "no brain" in done.stderr


def test_brains_raised_alone_do_not_look_at_queues() -> None:
    assert not hall.knows_queues(hall.mayor("master"), CATALOG)
    with pytest.raises(roster.RosterError):
        hall.mayor("sensible")
