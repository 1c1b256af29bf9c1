"""The replay viewer and the list of replays."""

from __future__ import annotations

from typing import Any

import pygame
import pytest
from driver import CATALOG
from eyes import Eyes

from hamlet_game import paths
from hamlet_game.game import keepsakes
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.scene import Pop, Push
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.how_it_works import HowItWorksScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.replays import ReplaysScene
from hamlet_game.game.services import Services
from hamlet_game.game.timeline import Timeline
from hamlet_game.town.names import Action
from hamlet_game.town.policies import SCRIPTS
from hamlet_game.town.record import Record
from hamlet_game.town.replay import level_for, load_replay


def scripted(word: str, script: str, town: int = 7) -> Record:
    record = Record(CATALOG.find(word), town)
    while not record.over:
        record.act(Action(int(SCRIPTS[script](record.town)[0])))
    return record


def press(command: Command, *, repeat: bool = False) -> Press:
    return Press(frozenset({command}), repeat)


def paused(services: Services, record: Record) -> ReplayScene:
    scene = ReplayScene(services, record)
    scene.head.playing = False
    return scene


def playing(scene: ReplayScene) -> bool:
    return scene.head.playing


# The playhead.
def test_the_playhead_plays_three_steps_a_second() -> None:
    head = Playhead(10)
    head.toggle()
    head.update(1.0)
    assert head.at == pytest.approx(3.0)
    head.change_speed(1)
    head.update(0.5)
    assert head.at == pytest.approx(6.0)
    head.update(60)
    assert (head.at, head.playing, head.ended) == (10.0, False, True)
    head.toggle()
    assert (head.at, head.playing) == (0.0, True)


def test_a_single_step_on_is_walked_and_one_back_is_not() -> None:
    head = Playhead(10, 4)
    head.move(1)
    assert head.step == 5
    assert head.part < 0.1
    head.update(1)
    assert (head.at, head.part) == (5.0, 1.0)
    head.move(-1)
    assert (head.step, head.part) == (4, 1.0)


def test_a_pause_lets_the_step_end() -> None:
    head = Playhead(10)
    head.toggle()
    head.update(0.1)
    head.toggle()
    head.update(1)
    assert (head.at, head.step) == (1.0, 1)


def test_the_playhead_stays_on_the_tape() -> None:
    head = Playhead(3)
    head.move(-1)
    assert head.step == 0
    head.go(99)
    head.move(1)
    assert head.at == 3.0
    empty = Playhead(0)
    empty.toggle()
    empty.update(1)
    assert empty.ended


# The viewer.
def test_help_opens_and_the_life_waits(services: Services) -> None:
    scene = paused(services, scripted("1", "sensible"))
    scene.head.toggle()
    answer = scene.handle(press(Command.HELP))
    assert isinstance(answer, Push)
    assert isinstance(answer.scene, HowItWorksScene)
    assert not scene.head.playing


def test_keys_step_both_ways_and_jump_to_both_ends(services: Services) -> None:
    scene = paused(services, scripted("1", "sensible"))
    for command, step in [
        (Command.RIGHT, 1), (Command.RIGHT, 2), (Command.LEFT, 1), (Command.STEP, 2),
        (Command.DOWN, 50), (Command.UP, 0),
    ]:  # fmt: skip
        scene.handle(press(command))
        assert scene.head.step == step
    for _ in range(3):
        scene.handle(press(Command.RIGHT, repeat=True))
    assert scene.head.step == 3


def test_keys_jump_from_moment_to_moment(services: Services) -> None:
    record = scripted("1", "sensible")
    scene = paused(services, record)
    uses = [k for k, frame in enumerate(record.frames) if frame.used is not None]
    scene.handle(press(Command.NEXT_EVENT))
    while scene.head.step < uses[0]:
        scene.handle(press(Command.NEXT_EVENT))
    assert scene.head.step == uses[0]
    scene.handle(press(Command.NEXT_EVENT))
    scene.handle(press(Command.PREVIOUS_EVENT))
    assert scene.head.step == uses[0]
    for _ in range(60):
        scene.handle(press(Command.NEXT_EVENT))
    assert scene.head.step == 50
    for _ in range(60):
        scene.handle(press(Command.PREVIOUS_EVENT))
    assert scene.head.step == 0


def test_play_pause_and_speed(services: Services) -> None:
    scene = ReplayScene(services, scripted("1", "sensible"))
    assert playing(scene)
    scene.handle(press(Command.INTERACT))
    assert not playing(scene)
    for _ in range(9):
        scene.handle(press(Command.FASTER))
    assert scene.head.speed == 8.0
    for _ in range(9):
        scene.handle(press(Command.SLOWER))
    assert scene.head.speed == 0.25
    scene.handle(press(Command.RIGHT))
    assert not playing(scene)


def test_space_means_play_although_it_also_confirms(services: Services) -> None:
    scene = ReplayScene(services, scripted("1", "idle"))
    scene.handle(Press(frozenset({Command.INTERACT, Command.CONFIRM})))
    assert not playing(scene)


def test_back_leaves(services: Services) -> None:
    scene = ReplayScene(services, scripted("1", "idle"))
    escape = Press(frozenset({Command.BACK, Command.PAUSE}))
    assert isinstance(scene.handle(escape), Pop)


def test_playing_is_heard_and_seen_once_a_step(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(services.audio, "play", heard.append)
    record = scripted("1", "sensible")
    scene = ReplayScene(services, record)
    for _ in range(60 * 20):
        scene.update(1 / 60)
    assert heard.count("bed") == sum(frame.used is not None for frame in record.frames)
    assert heard[-1] == "win"


def test_the_timeline_is_dragged_with_the_mouse(services: Services) -> None:
    scene = paused(services, scripted("1", "sensible"))
    scene.draw(Painter(pygame.Surface((1280, 720))))
    line = scene.timeline
    y = line.box.bottom - 20
    scene.handle(Pointer(PointerKind.DOWN, line.x(20), y))
    assert scene.head.step == 20
    scene.handle(Pointer(PointerKind.MOVE, line.x(30), 100, held=True))  # far off, still held
    assert scene.head.step == 30
    scene.handle(Pointer(PointerKind.UP, line.x(30), 100))
    scene.handle(Pointer(PointerKind.MOVE, line.x(10), y))
    assert scene.head.step == 30


def test_a_click_on_a_pin_goes_to_its_moment(services: Services) -> None:
    record = scripted("1", "sensible")
    scene = paused(services, record)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    moment = scene._moments[0]
    x, y = scene.timeline.x(moment.step) + 3, scene.timeline.plot.y - 12
    scene.handle(Pointer(PointerKind.DOWN, x, y))
    assert scene.head.step == moment.step


def test_the_mouse_alone_can_do_everything(services: Services) -> None:
    scene = paused(services, scripted("1", "sensible"))
    scene.draw(Painter(pygame.Surface((1280, 720))))
    boxes = scene.transport._boxes

    def click(command: Command) -> Any:
        return scene.handle(Pointer(PointerKind.DOWN, *boxes[command].center))

    click(Command.RIGHT)
    assert scene.head.step == 1
    click(Command.INTERACT)
    assert playing(scene)
    click(Command.FASTER)
    assert scene.head.speed == 2.0
    click(Command.NEXT_EVENT)
    assert scene.head.step == scene._moments[0].step
    assert isinstance(click(Command.BACK), Pop)


def test_red_stretches_are_where_a_deadly_meter_is_critical() -> None:
    record = scripted("1", "idle")  # tired from the start, and never better
    assert Timeline(record, [])._red == [(0, record.survival)]


def test_a_file_opens_in_the_viewer(services: Services) -> None:
    record = scripted("2", "random")
    file = keepsakes.keep(record)
    source = load_replay(file)
    again = source.record(level_for(source, services.catalog, file))
    scene = ReplayScene(services, again, source)
    assert scene.record.frames == record.frames
    eyes = Eyes()
    assert any(text.startswith("person · ") for text in eyes.look_at(scene))


def test_the_viewer_opens_at_a_step_and_stands_still_there(services: Services) -> None:
    scene = routes.replay(services, scripted("1", "sensible"), step=7)
    assert isinstance(scene, ReplayScene)
    assert (scene.head.step, scene.head.playing) == (7, False)


def test_on_a_gamepad_the_next_event_is_not_the_stop_button(services: Services) -> None:
    scene = paused(services, scripted("1", "sensible"))
    scene.handle(Press(frozenset({Command.NEXT_EVENT, Command.FREEZE})))
    assert scene.head.step > 0
    assert not scene.head.playing


@pytest.mark.parametrize("text_scale", [0.75, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("word", ["1", "3"])
def test_no_text_of_the_viewer_is_cut_off(services: Services, word: str, text_scale: float) -> None:
    scene = paused(services, scripted(word, "random"))
    for size in ((1280, 720), (640, 360)):
        painter = Eyes(size, text_scale)
        for step in (0, 5, scene.head.last):
            scene.head.go(step)
            painter.look_at(scene)
            painter.assert_tidy()


def test_the_rewards_of_a_step_are_shown_at_normal_text(services: Services) -> None:
    scene = paused(services, scripted("3", "random"))
    scene.head.go(3)
    painter = Eyes((1280, 720), 1.0)
    scene.draw(painter)
    shown = [text for text, _ in painter.seen]
    assert any(text.startswith("Reward ") for text in shown)
    terms = scene.record.frames[3].terms
    said = {name.replace("_", " ").capitalize(): value for name, value in terms.items()}
    assert {name for name in said if name in shown} == {n for n, v in said.items() if v}


# The list.
def kept(count: int) -> None:
    for number in range(count):
        keepsakes.keep(scripted("1", "idle", 100 + number))


def test_an_empty_list_says_what_to_do(services: Services) -> None:
    scene = ReplaysScene(services)
    painter = Eyes((1280, 720), 1.0)
    scene.draw(painter)
    assert "No replays yet" in [text for text, _ in painter.seen]
    assert isinstance(scene.handle(press(Command.CONFIRM)), Pop)


def test_a_row_is_watched(services: Services) -> None:
    kept(2)
    scene = ReplaysScene(services)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    transition = scene.handle(press(Command.CONFIRM))
    assert isinstance(transition, Push)
    assert isinstance(transition.scene, ReplayScene)


def test_deleting_asks_first(services: Services) -> None:
    kept(3)
    scene = ReplaysScene(services)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    scene.handle(press(Command.DOWN))
    doomed = scene._rows[1].file
    scene.handle(press(Command.RIGHT))
    scene.handle(press(Command.DOWN))
    assert scene.form.focus is scene._delete
    transition = scene.handle(press(Command.CONFIRM))
    assert isinstance(transition, Push)
    question = transition.scene
    assert isinstance(question, ConfirmScene)
    assert doomed.exists()
    question.handle(press(Command.RIGHT))
    assert isinstance(question._agree(), Pop)
    assert not doomed.exists()
    assert len(scene._rows) == 2
    assert services.notices == [f"Deleted {doomed.name}"]


def test_broken_files_are_listed_with_their_reason(services: Services) -> None:
    kept(1)
    (paths.replays() / "broken.hamlet").write_text("{")
    good = next(file for file in keepsakes.listed() if file.name != "broken.hamlet")
    old = good.read_text().replace('"rules": "', '"rules": "0')
    (paths.replays() / "old.hamlet").write_text(old)
    scene = ReplaysScene(services)
    painter = Eyes((1280, 720), 1.0)
    scene.draw(painter)
    troubles = {row.file.name: row.item.trouble for row in scene._rows}
    assert troubles["broken.hamlet"].startswith("Damaged or not a replay")
    assert "have changed since it was recorded" in troubles["old.hamlet"]
    assert troubles[good.name] == ""
    scene._choose([row.file.name for row in scene._rows].index("broken.hamlet"))
    assert scene._watch_chosen() is None
    assert services.notices[0].startswith("broken.hamlet: Damaged")
    assert not scene._watch.enabled


def test_only_what_is_shown_is_read(services: Services) -> None:
    record = scripted("1", "idle")
    first = keepsakes.keep(record)
    for number in range(300):
        (paths.replays() / f"copy {number}.hamlet").write_bytes(first.read_bytes())
    scene = ReplaysScene(services)
    painter = Painter(pygame.Surface((1280, 720)))
    scene.draw(painter)
    assert len(scene._shelf._items) < 15
    for _ in range(100):
        scene.handle(press(Command.NEXT_EVENT))
    scene.draw(painter)
    assert scene._rows[-1].chosen
    assert scene.form.scroller.offset == pytest.approx(scene.form.scroller.room)
    assert len(scene._shelf._items) < 130


def test_scores_follow_and_equal_the_lived_life(services: Services) -> None:
    record = scripted("1", "sensible")
    keepsakes.keep(record)
    scene = ReplaysScene(services)
    item = scene._rows[0].item
    assert not item.done
    scene._shelf.work(10)
    assert item.record is not None
    assert item.record.last == record.last


@pytest.mark.parametrize("text_scale", [0.75, 1.0, 2.0])
def test_no_text_of_the_list_is_cut_off(services: Services, text_scale: float) -> None:
    for count in (0, 3):
        kept(count)
        scene = ReplaysScene(services)
        scene._shelf.work(1)
        painter = Eyes((1280, 720), text_scale)
        painter.look_at(scene)
        painter.assert_tidy()
        assert scene.form.unreachable() == []
