"""Every scene and every widget is reached by keyboard alone and by gamepad alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driver import CATALOG, Player, told
from tour import SCENES, TOWN, fill_shelf, lived, scene_classes

from hamlet_game.game.bindings import BUTTONS
from hamlet_game.game.events import DIRECTIONS, Command, Press
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.ages import AgesScene
from hamlet_game.game.scenes.city import CityScene
from hamlet_game.game.scenes.crash import CrashScene
from hamlet_game.game.scenes.lab_clip import LabClipScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.versus import VersusScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import open_services
from hamlet_game.game.ui.keybind import KeyBind
from hamlet_game.game.ui.widget import Widget
from hamlet_game.game.versus.race import Stage

SMALL = (320, 180)  # pixels; drawing is not what is looked at here
DEVICES = ("keyboard", "gamepad")
PAD = 9  # a gamepad's instance id
Place = tuple[Widget, bool]  # a widget, and whether its ✕ has the focus
Seat = Callable[..., Player]


@pytest.fixture
def sit_down(seat: Seat) -> Seat:
    def opened(scene: str, device: str = "keyboard") -> Player:
        fill_shelf()
        services = open_services(CATALOG)
        services.settings.unlock_all = True
        ghost = lived("3", steps=20)
        services.scores.record(Result("03_full_day", TOWN, 20.0, 0, 20, ghost.actions))
        return seat(SCENES[scene], device=device, size=SMALL, services=services)

    return opened


def place(player: Player) -> Place:
    focus = player.form.focus
    assert focus is not None
    return focus, bool(getattr(focus, "on_cross", False))


def tries(here: Place) -> tuple[Command, ...]:
    """Return the directions that move the focus; a slider, say, keeps two for itself."""
    widget = here[0]
    if isinstance(widget, KeyBind):
        return DIRECTIONS
    return tuple(d for d in DIRECTIONS if not widget.wants(Press(frozenset({d}))))


def untried(known: dict[tuple[Place, Command], Place], start: Place) -> list[Command]:
    """Return the way to the nearest direction never pressed, that direction included."""
    edge: deque[tuple[Place, list[Command]]] = deque([(start, [])])
    seen = {start}
    while edge:
        here, way = edge.popleft()
        for direction in tries(here):
            there = known.get((here, direction))
            if there is None:
                return [*way, direction]
            if there not in seen:
                seen.add(there)
                edge.append((there, [*way, direction]))
    return []


def roam(player: Player) -> set[Widget]:
    """Press directions until every reachable widget has had the focus, or there is no way on."""
    known: dict[tuple[Place, Command], Place] = {}
    wanted = {widget for widget in player.form.widgets if widget.reachable}
    here = place(player)
    seen = {here[0]}
    while seen < wanted and (way := untried(known, here)):
        for direction in way:
            before = here
            player.feel(direction)
            here = place(player)
            known[before, direction] = here
            seen.add(here[0])
    return seen


BY_COMMANDS = (
    "life, first steps",
    "versus",
    "ages",
    "life",
    "replay",
    "replay, with numbers",
    "lab, clip",
    "watch, predict",
    "watch, driven",
    "watch, ceremony",  # the widgets of "watch", like the next
    "watch, what it wants",
    "city",
    "city, at night",
    "city, somebody",
)
WITH_WIDGETS = [
    name for name in SCENES if name not in BY_COMMANDS and not name.startswith(("help", "demo"))
]


# Both devices move the focus alike; the gamepad is tried where widgets are of every kind.
BY_PAD = [name for name in WITH_WIDGETS if name.startswith(("settings", "title", "watch", "lab"))]


@pytest.mark.parametrize(
    ("name", "device"),
    [(name, "keyboard") for name in WITH_WIDGETS] + [(name, "gamepad") for name in BY_PAD],
)
def test_every_widget_is_reached(name: str, device: str, sit_down: Seat) -> None:
    player = sit_down(name, device)
    scene = player.scene
    seen = roam(player)
    assert player.scene is scene
    missed = [told(w) for w in player.form.widgets if w.reachable and w not in seen]
    assert not missed, f"{name}: {missed} can't be reached by {device}"
    hidden = [told(w) for w in player.form.widgets if w.enabled and w.focusable and w not in seen]
    assert not hidden


@pytest.mark.parametrize("device", DEVICES)
def test_the_focus_reaches_the_confirming_button_and_presses_it(
    device: str, sit_down: Seat
) -> None:
    player = sit_down("settings, data", device)
    player.choose("Forget all")
    assert player.name == "ConfirmScene"
    player.choose("Forget them")
    assert player.name == "SettingsScene"


@pytest.mark.parametrize("device", DEVICES)
def test_every_help_page_is_turned_to_and_left(device: str, sit_down: Seat) -> None:
    player = sit_down("title", device)
    player.choose("How it works")
    pages = 1
    while (after := player.find("Done") if done(player) else None) is None:
        player.choose("Next")
        pages += 1
        assert pages < 20, "the pages have no end"
    assert pages == len([name for name in SCENES if name.startswith("help")])
    player.choose("Previous")
    while not done(player):  # LEFT on the way there turned a page, too
        player.choose("Next")
    player.go_to(after)
    player.do(Command.CONFIRM)
    assert player.name == "TitleScene"


def done(player: Player) -> bool:
    return any(told(widget) == "Done" for widget in player.form.widgets)


@pytest.mark.parametrize("device", DEVICES)
def test_every_settings_page_is_turned_to(device: str, sit_down: Seat) -> None:
    player = sit_down("settings, display", device)
    names = []
    for _ in range(6):
        player.go_to(player.form.widgets[1])
        names.append(told(player.form.widgets[-1]))
        player.do(Command.RIGHT)
    assert len(set(names)) == 6


# Scenes without widgets answer to commands.


def send(player: Player, command: Command) -> None:
    """Press the first key or button bound to a command: a real pygame event."""
    controls = player.services.input
    if player.device == "keyboard":
        player.key(pygame.key.key_code(controls.keys.names(command)[0]))
        return
    name = controls.pad.names(command)[0]
    if name in ("lt", "rt"):
        axis = pygame.CONTROLLER_AXIS_TRIGGERLEFT
        axis = pygame.CONTROLLER_AXIS_TRIGGERRIGHT if name == "rt" else axis
        for value in (32_767, 0):
            kind = pygame.CONTROLLERAXISMOTION
            pygame.event.post(pygame.Event(kind, instance_id=PAD, axis=axis, value=value))
            player.frames()
        return
    for kind in (pygame.CONTROLLERBUTTONDOWN, pygame.CONTROLLERBUTTONUP):
        pygame.event.post(pygame.Event(kind, instance_id=PAD, button=BUTTONS.index(name)))
        player.frames()


@pytest.mark.parametrize("device", DEVICES)
def test_a_life_obeys_its_commands(device: str, sit_down: Seat) -> None:
    player = sit_down("life", device)
    life = player.scene
    assert isinstance(life, LifeScene)
    settings = player.services.settings
    send(player, Command.LEFT)
    player.until(lambda: life.record.survival > 0, 2)
    before = settings.ghost
    send(player, Command.GHOST)
    assert settings.ghost is not before
    town = life.town_seed
    send(player, Command.RESTART)
    assert (life.town_seed, life.record.survival) == (town, 0)
    send(player, Command.NEW_TOWN)
    assert life.town_seed != town
    send(player, Command.TEMPO)
    assert settings.tempo == "live"
    speed = settings.speed
    send(player, Command.FASTER)
    assert settings.speed > speed
    send(player, Command.SLOWER)
    assert settings.speed == speed
    send(player, Command.STEP)
    player.until(lambda: life.record.survival > 0, 2)
    send(player, Command.PAUSE)
    assert player.name == "PauseScene"


@pytest.mark.parametrize("device", DEVICES)
def test_what_a_life_has_no_button_for_is_in_its_pause_menu(device: str, sit_down: Seat) -> None:
    for wish, scene in (("Type town number", "TownNumberScene"), ("How it works", "HowItWorks")):
        player = sit_down("life", device)
        send(player, Command.PAUSE)
        player.choose(wish)
        assert player.name.startswith(scene)


@pytest.mark.parametrize("device", DEVICES)
def test_a_replay_obeys_its_commands(device: str, sit_down: Seat) -> None:
    player = sit_down("replay", device)
    scene = player.scene
    assert isinstance(scene, ReplayScene)
    if scene.head.playing:
        send(player, Command.INTERACT)
    assert not scene.head.playing
    for command, way in ((Command.RIGHT, 1), (Command.NEXT_EVENT, 1), (Command.PREVIOUS_EVENT, -1)):
        before = scene.head.at
        send(player, command)
        player.wait(0.5)
        assert (scene.head.at - before) * way > 0, command
    send(player, Command.INTERACT)
    assert scene.head.playing
    under = len(player.app.scenes)
    send(player, Command.BACK)
    assert len(player.app.scenes) < under


# From the title, by buttons alone.


def live_out(player: Player) -> None:
    life = player.scene
    assert isinstance(life, LifeScene)
    while not life.record.over:
        player.do(Command.INTERACT)
    player.until(lambda: player.scene is not life, 10)


def race_on(player: Player) -> None:
    scene = player.scene
    assert isinstance(scene, VersusScene)
    player.until(lambda: scene.race.stage is Stage.RUNNING, 20)
    while scene.race.driven:
        player.do(Command.INTERACT)
    player.do(Command.INTERACT)
    player.until(lambda: player.scene is not scene, 20)


# Buttons that start a real trainer, and what can be seen only once one has trained.
TRAINERS = ("Start training", "Train both", "Train", "Go on")
AFTER_TRAINING: dict[type[Scene], str] = {LabClipScene: "lab, trained"}


def ways(player: Player) -> list[str]:
    """Return the names of what can be pressed in a scene."""
    if isinstance(player.scene, LifeScene):
        return ["pause", "live out"]
    if isinstance(player.scene, ReplayScene):
        return ["more"]
    if isinstance(player.scene, VersusScene):
        return ["pause", "race on"]
    if isinstance(player.scene, AgesScene | CityScene):
        return ["pause"]
    if player.scene.form is None:
        return []
    return [
        f"{number} {told(widget)}"  # the number leads back: some are named after a random town
        for number, widget in enumerate(player.form.widgets)
        if widget.reachable and widget.enabled and not told(widget).startswith(TRAINERS)
    ]


def take(player: Player, way: str) -> None:
    if way == "pause":
        player.do(Command.PAUSE)
    elif way == "live out":
        live_out(player)
    elif way == "race on":
        race_on(player)
    elif way == "more":
        player.do(Command.CONFIRM)
    else:
        player.form.focus_on(player.form.widgets[int(way.split(maxsplit=1)[0])])
        player.do(Command.CONFIRM)
    player.frames(2)


def test_buttons_alone_lead_from_the_title_to_every_scene(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[type[Scene], list[str]] = {}
    edge: deque[list[str]] = deque([[]])
    tried: list[list[str]] = []
    wanted = scene_classes() - {CrashScene, *AFTER_TRAINING}  # no button leads to a fault
    while edge and set(found) != wanted:
        path = edge.popleft()
        monkeypatch.setenv("HAMLET_HOME", str(tmp_path / f"{len(tried)}"))  # nobody played yet
        tried.append(path)
        fill_shelf()
        player = Player(lambda services: (routes.title(services),), size=SMALL)
        with player.blind():
            for way in path:
                take(player, way)
        player.frames(2)
        if player.app.scenes and type(player.scene) not in found:
            found[type(player.scene)] = path
            edge.extend([*path, way] for way in ways(player))
        player.close()
    missed = {scene.__name__ for scene in wanted - set(found)}
    assert not missed, f"no button leads to {missed}"


@pytest.mark.parametrize("scene", AFTER_TRAINING)
def test_what_training_has_made_is_one_button_away(scene: type[Scene], sit_down: Seat) -> None:
    before = AFTER_TRAINING[scene]
    names = ways(sit_down(before))
    for name in names:
        player = sit_down(before)
        take(player, name)
        if player.app.scenes and isinstance(player.scene, scene):
            return
    pytest.fail(f"none of {names} leads to {scene.__name__}")


def test_a_gamepad_that_switches_gamepads_off_is_asked_first(sit_down: Seat) -> None:
    player = sit_down("settings, gamepad", "gamepad")
    player.choose("Use gamepads")
    assert player.name == "ConfirmScene"
    player.do(Command.BACK)
    assert player.services.settings.gamepad
    player.choose("Use gamepads")
    player.choose("Switch off")
    assert player.name == "SettingsScene"
    assert not player.services.settings.gamepad


@pytest.mark.parametrize("device", DEVICES)
def test_confirm_and_back_can_change_places(device: str, sit_down: Seat) -> None:
    player = sit_down(f"settings, {device}", device)
    controls = player.services.input
    bindings = controls.keys if device == "keyboard" else controls.pad
    confirm, back = bindings.names(Command.CONFIRM)[0], bindings.names(Command.BACK)[0]
    player.choose("Confirm")
    assert player.form.capturing
    player.do(Command.BACK)
    assert bindings.names(Command.CONFIRM)[0] == back
    assert bindings.names(Command.BACK) == (confirm,)
    player.do(Command.CONFIRM)  # the same key as before: it leads back now
    assert player.app.scenes == ()
