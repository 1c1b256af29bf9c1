"""What is for streams: feeds, the key colour, the key overlay, and the upright canvas."""

from __future__ import annotations

import pygame
import pytest
from driver import CATALOG, Player
from eyes import Eyes, press

from hamlet_game.game import stream
from hamlet_game.game.display import canvas_size, letterbox
from hamlet_game.game.draw.painter import CANVAS, UPRIGHT, Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.key_overlay import CLICK, MOST, SHOWN_S, KeyOverlay
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.city import CityScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.versus import VersusScene
from hamlet_game.game.services import Services
from hamlet_game.game.stream import KEY_COLOUR, Chosen, Feed
from hamlet_game.game.theme import CAPTURE_SAFE, PALETTES
from hamlet_game.game.versus.match import Match
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record


def share_of_key_colour(surface: pygame.Surface) -> float:
    pixels = pygame.surfarray.array3d(surface)
    return float((pixels == KEY_COLOUR).all(axis=2).mean())


# Feeds.


def test_the_feeds_come_one_after_another(services: Services) -> None:
    seen = []
    for _ in range(4):
        seen.append(stream.feed(services))
        stream.next_feed(services)
    assert seen == [Feed(), Feed(panels=False), Feed(picture=False), Feed()]
    assert len(services.notices) == 3


def opened(services: Services, name: str) -> Scene:
    """Return a scene that knows feeds, at a moment when there is something to see."""
    if name == "race":
        scene = routes.race(services, Match(CATALOG.find("3"), 7, ("master", "untrained")))
    elif name == "ages":
        scene = routes.ages(services, CATALOG.find("3"), 7)
    elif name == "replay":
        scene = routes.replay(services, Record.of(CATALOG.find("3"), 7, [Action.UP] * 120))
    else:
        scene = routes.city(services, people=40, town_seed=7)
    for _ in range(4 * 30):  # past the countdown
        scene.update(1 / 30)
    return scene


@pytest.mark.parametrize("opened", ["demo", "life"])
def test_the_key_changes_the_feed_where_it_means_something(opened: str) -> None:
    def first(services: Services) -> tuple[object, ...]:
        if opened == "demo":
            return routes.title(services), routes.demo(services)
        return (routes.life(services, CATALOG.find("3"), 7),)

    player = Player(first)  # type: ignore[arg-type]
    name = player.name
    player.key(pygame.K_F10)
    assert player.services.settings.feed == "clean"
    assert player.name == name
    player.close()


def test_the_key_does_nothing_where_there_is_nothing_to_hide() -> None:
    player = Player(lambda s: (routes.title(s),))
    player.key(pygame.K_F10)
    assert player.services.settings.feed == "all"
    player.close()


@pytest.mark.parametrize("act", ["beginner", "training", "ages"])
@pytest.mark.parametrize("size", [(640, 360), (360, 640)])
def test_panels_alone_leave_the_key_colour_where_the_town_was(
    services: Services, act: str, size: tuple[int, int]
) -> None:
    services.settings.chroma = True
    shares = {}
    for chosen in ("all", "clean", "panels"):
        services.settings.feed = chosen
        scene = routes.demo(services, act=act)
        for _ in range(50):
            scene.update(1 / 10)
        painter = Painter(pygame.Surface(size))
        scene.draw(painter)
        shares[chosen] = share_of_key_colour(painter.surface)
    assert shares["panels"] > shares["all"] + 0.02
    assert shares["clean"] > 0.1


@pytest.mark.parametrize("chosen", ["clean", "panels"])
def test_a_life_can_be_shown_in_halves(services: Services, chosen: Chosen) -> None:
    services.settings.chroma = True
    services.settings.feed = chosen
    scene = routes.life(services, CATALOG.find("3"), 7)
    painter = Painter(pygame.Surface((640, 360)))
    scene.draw(painter)
    town, panel = ((320, 200), (500, 60)) if chosen == "clean" else ((160, 250), (500, 60))
    shown = [painter.surface.get_at(at)[:3] != KEY_COLOUR for at in (town, panel)]
    assert shown == ([True, False] if chosen == "clean" else [False, True])
    assert share_of_key_colour(painter.surface) > 0.3


@pytest.mark.parametrize("name", ["race", "ages", "city", "replay"])
@pytest.mark.parametrize("size", [(640, 360), (360, 640)])
def test_races_ages_and_the_city_can_be_shown_in_halves(
    services: Services, name: str, size: tuple[int, int]
) -> None:
    scene, shares, words = opened(services, name), {}, {}
    services.settings.chroma = True
    for chosen in ("all", "clean", "panels"):
        services.settings.feed = chosen
        eyes = Eyes(size)
        scene.draw(eyes)
        shares[chosen] = share_of_key_colour(eyes.surface)
        words[chosen] = {text for text, _ in eyes.seen}
    assert shares["panels"] > 0.3  # where the towns would be
    assert shares["panels"] > shares["all"] + 0.2
    assert shares["clean"] < 0.75
    assert words["panels"] < words["all"]  # all but what is to be pressed
    assert not words["clean"] & words["panels"]


@pytest.mark.parametrize("name", ["race", "ages", "city", "replay"])
def test_nothing_that_is_hidden_can_be_clicked(services: Services, name: str) -> None:
    scene = opened(services, name)
    owner = {"city": "view", "replay": ""}.get(name, "_view")
    transport = (getattr(scene, owner) if owner else scene).transport
    painter = Painter(pygame.Surface((640, 360)))
    scene.draw(painter)
    places = [(x, y) for x in range(0, 1280, 8) for y in range(0, 720, 8)]

    def found() -> set[Command | None]:
        clicks = (transport.pointer(Pointer(PointerKind.DOWN, *at)) for at in places)
        return {command for command in clicks if command is not None}

    assert found()
    services.settings.feed = "clean"
    scene.draw(painter)
    assert not found()


@pytest.mark.parametrize("name", ["race", "life", "city"])
def test_a_town_that_is_hidden_is_not_walked_by_clicks(services: Services, name: str) -> None:
    level = CATALOG.find("3")
    scene: Scene = routes.life(services, level, 7)
    if name == "race":
        scene = routes.race(services, Match(level, 7, ("you", "untrained")))
    elif name == "city":
        scene = opened(services, "city")
    for _ in range(4 * 30):
        scene.update(1 / 30)
    painter = Painter(pygame.Surface((640, 360)))
    done = {}
    for chosen in ("panels", "all"):
        services.settings.feed = chosen
        scene.draw(painter)
        done[chosen] = False
        for x in range(40, 620, 20):
            for y in range(80, 600, 20):
                scene.handle(Pointer(PointerKind.DOWN, x, y))
                scene.handle(Pointer(PointerKind.UP, x, y))
                scene.update(1 / 30)
                done[chosen] |= has_acted(scene)
    assert done == {"panels": False, "all": True}


def has_acted(scene: Scene) -> bool:
    """Return whether clicks have brought something about."""
    if isinstance(scene, LifeScene):
        return scene.record.survival > 0
    if isinstance(scene, VersusScene):
        assert scene.race.person is not None
        return scene.race.person.record.survival > 0
    assert isinstance(scene, CityScene)
    return scene.following is not None


@pytest.mark.parametrize("name", ["race", "ages", "city"])
def test_they_fill_an_upright_window(name: str) -> None:
    player = Player(lambda s: (routes.title(s), opened(s, name)), size=(360, 640))
    assert player.app.canvas.get_size() == (360, 640)
    player.key(pygame.K_F10)
    assert player.services.settings.feed == "clean"
    player.close()


def test_the_city_fills_its_view_as_soon_as_the_feed_changes(services: Services) -> None:
    scene = opened(services, "city")
    services.settings.chroma = True
    painter = Painter(pygame.Surface((640, 360)))
    scene.draw(painter)
    services.settings.feed = "clean"
    scene.draw(painter)
    assert share_of_key_colour(painter.surface) == 0


def test_the_key_colour_is_nobodys(services: Services) -> None:
    for palette in PALETTES.values():
        assert all(getattr(palette, name)[:3] != KEY_COLOUR for name in palette.__slots__)
    painter = Painter(pygame.Surface((640, 360)))
    routes.life(services, CATALOG.find("3"), 7).draw(painter)
    assert share_of_key_colour(painter.surface) == 0


def test_capture_safe_tones_keep_away_from_the_ends() -> None:
    inks = [getattr(CAPTURE_SAFE, n)[:3] for n in CAPTURE_SAFE.__slots__ if n != "shadow"]
    assert all(16 <= channel <= 238 for ink in inks for channel in ink)
    assert "capture-safe" in PALETTES


# The key overlay.


def test_keys_buttons_and_clicks_show_for_a_second() -> None:
    overlay = KeyOverlay()
    overlay.hear(press(Command.UP, key=pygame.K_UP))
    overlay.hear(press(Command.INTERACT, button=0))
    overlay.hear(Pointer(PointerKind.DOWN, 5, 5))
    overlay.hear(Pointer(PointerKind.MOVE, 6, 5))
    overlay.hear(press(Command.LEFT))  # a stick has no number
    assert overlay.names == ["↑", "A", CLICK, "Left"]
    overlay.update(SHOWN_S - 0.1)
    overlay.hear(press(Command.UP, key=pygame.K_UP))
    overlay.update(0.2)
    assert overlay.names == ["↑"]
    overlay.clear()
    assert overlay.names == []


def test_a_key_pressed_again_counts_up_and_repeats_do_not() -> None:
    overlay = KeyOverlay()
    for _ in range(3):
        overlay.hear(press(Command.UP, key=pygame.K_UP))
    overlay.hear(Press(frozenset({Command.UP}), repeat=True, key=pygame.K_UP))
    eyes = Eyes()
    overlay.draw(eyes)
    assert [words for words, _ in eyes.seen] == ["↑ ×3"]


def test_only_so_many_caps_at_once() -> None:
    overlay = KeyOverlay()
    for code in range(pygame.K_a, pygame.K_a + 2 * MOST):
        overlay.hear(press(key=code))
    assert len(overlay.names) == MOST


@pytest.mark.parametrize("on", [True, False])
def test_the_app_draws_it_above_everything_if_asked_to(on: bool) -> None:
    player = Player(lambda s: (routes.title(s),))
    player.services.settings.key_overlay = on
    player.key(pygame.K_DOWN)
    assert player.app.key_overlay.names == (["↓"] if on else [])
    player.close()


# The upright canvas.


def test_an_upright_window_has_an_upright_canvas_for_those_who_can() -> None:
    assert letterbox((720, 1280), upright=True).size == (720, 1280)
    assert letterbox((800, 1280), upright=True).size == (720, 1280)
    assert letterbox((720, 1280)).size == (720, 405)
    assert letterbox((1280, 720), upright=True).size == (1280, 720)
    assert canvas_size((2160, 3840)) == (1080, 1920)
    assert canvas_size((90, 160)) == (180, 320)


def test_the_demo_is_upright_and_the_title_lies_in_the_middle() -> None:
    player = Player(lambda s: (routes.title(s), routes.demo(s)), size=(720, 1280))
    assert player.app.canvas.get_size() == (720, 1280)
    assert player.services.input.viewport == (0, 0, 720, 1280)
    player.key(pygame.K_SPACE)
    player.frames(2)
    assert player.name == "TitleScene"
    assert player.app.canvas.get_size() == (720, 405)
    player.close()


def test_the_mouse_is_where_it_is_on_an_upright_canvas() -> None:
    player = Player(lambda s: (routes.title(s), routes.demo(s)), size=(360, 640))
    motion = pygame.Event(pygame.MOUSEMOTION, pos=(180, 600), rel=(1, 1), buttons=(0, 0, 0))
    pygame.event.post(motion)
    player.frames(1)
    assert player.services.input.pointer == pytest.approx((UPRIGHT[0] / 2, 1200))
    player.close()


def test_the_setting_opens_an_upright_window() -> None:
    player = Player(lambda s: (routes.title(s), routes.demo(s)), size=None)  # type: ignore[arg-type]
    player.services.settings.window_scale = 0.5
    player.services.settings.portrait = True
    player.frames(2)
    wide, high = pygame.display.get_window_size()
    assert high > wide
    assert player.app.canvas.get_height() > player.app.canvas.get_width()
    player.services.settings.portrait = False
    player.frames(2)
    assert pygame.display.get_window_size()[0] > pygame.display.get_window_size()[1]
    player.close()


def test_a_painter_knows_which_canvas_it_has() -> None:
    assert Painter(pygame.Surface((1920, 1080))).size == CANVAS
    assert Painter(pygame.Surface((1080, 1920))).size == UPRIGHT
