"""The recorder in the game: a key saves a clip, highlights save themselves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from driver import CATALOG, Player
from PIL import Image

from hamlet_game import paths
from hamlet_game.game.events import Command
from hamlet_game.game.recorder import highlights, mp4
from hamlet_game.game.recorder.camera import Camera
from hamlet_game.game.recorder.recorder import AFTER_S
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.settings_pages import PAGES
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record


# In the game.
@pytest.fixture
def player() -> Iterator[Player]:
    services = open_services(CATALOG)
    level = CATALOG.find("1")
    someone = Player(lambda s: (routes.title(s), routes.life(s, level, 7)), services=services)
    yield someone
    someone.close()


def told(player: Player) -> list[str]:
    return player.app.toasts.sentences


def until_saved(player: Player) -> int:
    """Let frames pass until nothing is being written any more; return how many did."""
    frames, end = 0, time.monotonic() + 60
    while player.app.recorder.ongoing is not None and time.monotonic() < end:
        player.frames()
        frames += 1
        time.sleep(0.002)  # or a thousand frames would starve the writer
    player.frames(2)
    return frames


def test_a_key_saves_the_last_seconds_and_the_game_goes_on(player: Player) -> None:
    player.wait(1.0)
    player.key(pygame.K_F9)
    player.frames()
    assert player.app.recorder.ongoing is not None
    assert until_saved(player) > 10
    (clip,) = paths.clips().iterdir()
    assert told(player) == [f"Clip saved: {clip}"]
    with Image.open(clip) as gif:
        assert gif.size == (640, 360)
    assert player.name == "LifeScene"


def test_a_clip_that_can_not_be_saved_is_one_sentence(player: Player) -> None:
    paths.data().mkdir(parents=True, exist_ok=True)
    paths.clips().write_text("in the way")
    player.wait(0.5)
    player.key(pygame.K_F9)
    player.frames()
    until_saved(player)
    (sentence,) = told(player)
    assert sentence.startswith("The clip can't be saved: ")
    assert player.name == "LifeScene"


def test_without_the_extra_a_video_becomes_a_gif(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp4, "_EXTRA", "no_such_module")
    player.services.settings.clip_format = "mp4"
    player.wait(0.5)
    player.key(pygame.K_F9)
    player.frames()
    until_saved(player)
    assert f"{mp4.MISSING}. This clip becomes a GIF." in told(player)
    assert [file.suffix for file in paths.clips().iterdir()] == [".gif"]


def test_switched_off_it_costs_nothing(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    player.wait(0.5)
    assert player.app.recorder.camera.bytes > 0
    player.services.settings.recording = False
    player.frames()
    assert player.app.recorder.camera.bytes == 0
    monkeypatch.setattr(Camera, "frame", lambda *_: pytest.fail("it films"))
    player.wait(0.2)
    player.key(pygame.K_F9)
    assert told(player) == ["Nothing is recorded: switch on recording in the settings."]


def test_the_settings_switch_it_off_by_keyboard() -> None:
    someone = Player(lambda s: (routes.title(s), routes.settings(s)))
    pages = [page.name for page in PAGES]
    for _ in range(pages.index("Stream")):
        someone.key(pygame.K_EQUALS)
    someone.choose("Keep the last 15 seconds")
    someone.choose("Keep highlights")
    settings = someone.services.settings
    assert (settings.recording, settings.highlights) == (False, True)
    someone.go_to(someone.find("Clips"))
    someone.do(Command.RIGHT)
    assert settings.clip_format == "mp4"
    someone.close()


# Highlights.
def test_a_highlight_is_kept_by_itself_and_only_if_wanted(player: Player) -> None:
    highlights.mark(player.services, "record", "New record: 7")
    assert player.services.highlights == []
    player.services.settings.highlights = True
    highlights.mark(player.services, "record", "New record: 7")
    highlights.mark(player.services, "near-death", "on the same clip")
    player.wait(AFTER_S["record"] + 0.2)
    until_saved(player)
    (clip,) = paths.highlights().iterdir()
    assert clip.name.endswith("-record.gif")
    assert told(player) == [f"New record: 7 (clip kept: {clip.name})"]


def test_only_the_newest_highlights_stay(home: Path) -> None:
    folder = paths.highlights()
    folder.mkdir(parents=True)
    for number in range(25):
        (folder / f"2026-01-01-{number:06}-record.gif").touch()
    (folder / "my favourite.gif").touch()
    highlights.make_room()
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == highlights.KEPT + 1
    assert names[0] == "2026-01-01-000005-record.gif"
    assert names[-1] == "my favourite.gif"
    assert home in folder.parents


def close_call() -> Record:
    """Wait until the way to bed takes nearly all energy there is, then go and sleep."""
    level = CATALOG.find("1")
    for town in range(1, 60):
        record = Record(level, town)
        bed = next((x, y) for kind, x, y in record.town.places() if kind is Kind.BED)
        while not record.over and record.last.used is None:
            away = abs(record.last.x - bed[0]) + abs(record.last.y - bed[1])
            waits = record.last.meters[Meter.ENERGY] > away + 3 and away
            record.act(Action.INTERACT if waits else _towards(record, bed))
        if not record.over:
            return record
    raise AssertionError("nobody gets there in time")


def _towards(record: Record, goal: tuple[int, int]) -> Action:
    x, y = record.last.x, record.last.y
    if x != goal[0]:
        return Action.RIGHT if goal[0] > x else Action.LEFT
    if y != goal[1]:
        return Action.DOWN if goal[1] > y else Action.UP
    return Action.INTERACT


def test_a_close_call_is_noticed_once_and_only_if_survived() -> None:
    record, watcher = close_call(), highlights.CloseCall()
    said = [watcher.saw(record, step) for step in range(len(record.frames))]
    lowest = min(frame.meters[Meter.ENERGY] for frame in record.frames)
    assert said[-1] == f"That was close: energy was down to {lowest:.0f}"
    assert not any(said[:-1])
    record.act(Action.INTERACT)
    assert watcher.saw(record, record.survival) == ""
    lost = Record(CATALOG.find("1"), 7)
    while not lost.over:
        lost.act(Action.INTERACT)
    watcher = highlights.CloseCall()
    assert not any(watcher.saw(lost, step) for step in range(len(lost.frames)))


def test_a_life_tells_of_its_close_calls() -> None:
    services = open_services(CATALOG)
    services.settings.highlights = True
    record = close_call()
    player = Player(lambda s: (routes.life(s, record.level, record.town_seed),), services=services)
    scene = player.scene
    assert isinstance(scene, LifeScene)
    player.app.recorder.update = lambda _: None  # type: ignore[method-assign]
    for action in record.actions:
        scene.session.press(Action(action))
        player.frames()
    heard = [highlight.kind for highlight in services.highlights]
    player.close()
    assert heard == ["near-death"]


def test_a_better_score_is_a_highlight_and_a_first_one_is_not(services: Services) -> None:
    services.settings.highlights = True
    for well in (False, True, True):
        life = Record(CATALOG.find("1"), 7)
        while not life.over:
            life.act(Action(int(sensible(life.town)[0])) if well else Action.INTERACT)
        routes.results(services, life)
    (highlight,) = services.highlights
    assert highlight.text == f"New record in First Night: {life.last.points:.0f}"
