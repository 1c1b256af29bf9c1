"""Results: what a life is worth, said once, and every way on from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame
import pytest
from driver import CATALOG
from eyes import Eyes

from hamlet_game.game import keepsakes, verdict
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.moments import moments
from hamlet_game.game.scene import Push, Replace, Reset
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.results import ResultsScene
from hamlet_game.game.scenes.results_cards import ScoreCard
from hamlet_game.game.services import Services
from hamlet_game.game.ui.button import Button
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.planner import plan
from hamlet_game.town.policies import SCRIPTS
from hamlet_game.town.record import Record

TOWN = 7
SIZES = [((1280, 720), 1.0), ((1280, 720), 2.0), ((1280, 720), 0.75), ((640, 360), 1.0)]


def level(word: str) -> Level:
    return CATALOG.find(word)


def scripted(word: str, script: str, town: int = TOWN) -> Record:
    record = Record(level(word), town)
    while not record.over:
        record.act(Action(int(SCRIPTS[script](record.town)[0])))
    return record


def best(word: str) -> Record:
    return Record.of(level(word), TOWN, plan(level(word), TOWN).actions)


def press(command: Command, *, repeat: bool = False) -> Press:
    return Press(frozenset({command}), repeat)


def run(scene: ResultsScene, done: Callable[[], bool]) -> None:
    for _ in range(3000):
        if done():
            return
        scene.update(1 / 60)
    raise AssertionError("it never happened")


def texts(scene: ResultsScene) -> list[str]:
    return [b.text for b in scene.form.widgets if isinstance(b, Button)]


def choose(scene: ResultsScene, text: str) -> Any:
    button = next(b for b in scene.form.widgets if isinstance(b, Button) and b.text == text)
    return button.press()


def test_a_death_is_told_and_offers_the_same_town(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    focus = scene.form.focus
    assert isinstance(focus, Button)
    assert focus.text == "Same town again"
    assert "Next level" not in texts(scene)
    assert services.scores.best("01_first_night").plays == 1


def test_a_pass_unlocks_and_offers_the_next_level(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "sensible"))
    assert texts(scene)[0] == "Next level"
    focus = scene.form.focus
    assert isinstance(focus, Button)
    assert focus.text == "Next level"
    assert scene._outcome.notice == "Clean Start is open now!"
    assert services.unlocked([lv.id for lv in CATALOG.levels]) == {
        "01_first_night", "02_clean_start",
    }  # fmt: skip
    assert isinstance(choose(scene, "Next level"), Replace)
    assert services.settings.last_level == level("2").id


def test_par_brings_the_stars_that_need_it(services: Services) -> None:
    """Level 1 asks for 95 % of par for its third star; a planned life is at 100 %."""
    scene = ResultsScene(services, best("1"))
    assert scene._outcome.stars == 2
    assert services.scores.best("01_first_night").stars == 2
    run(scene, lambda: scene._outcome.par is not None)
    assert scene._outcome.stars == 3
    assert services.scores.best("01_first_night").stars == 3
    assert services.scores.best("01_first_night").plays == 1, "the same life was counted twice"


def test_a_known_par_counts_at_once_and_only_once(services: Services) -> None:
    record = best("1")
    while services.par.want(record.level, TOWN) is None:
        services.par.work(1.0)
    scene = ResultsScene(services, record)
    assert scene._outcome.stars == 3
    for _ in range(100):
        scene.update(1 / 60)
    assert services.scores.best("01_first_night").plays == 1


def test_a_moved_focus_stays_when_par_arrives(services: Services) -> None:
    scene = ResultsScene(services, best("1"))  # its third star needs par
    ghost = next(b for b in scene.form.widgets if isinstance(b, Button) and "ghost" in b.text)
    scene.form.focus_on(ghost)
    services.par.work(60.0)
    run(scene, lambda: scene._outcome.par is not None)
    assert scene._outcome.stars == 3
    assert scene.form.focus is ghost


def test_new_bests_are_badged_but_not_a_first_run(services: Services) -> None:
    assert ResultsScene(services, scripted("1", "idle"))._outcome.badges == set()
    better = ResultsScene(services, scripted("1", "sensible"))
    assert better._outcome.badges == {"level", "town", "lived"}
    worse = ResultsScene(services, scripted("1", "idle"))
    assert worse._outcome.badges == set()
    assert worse._outcome.best_town == better._record.last.points


def test_stars_arrive_one_after_another_unless_motion_is_reduced(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "sensible"))
    scene.update(0.1)
    assert scene._outcome.pops is not None
    assert scene._outcome.pops < 0.5
    services.settings.reduced_motion = True
    still = ResultsScene(services, scripted("1", "sensible"))
    still.update(0.1)
    assert still._outcome.pops is None


def test_each_star_sounds_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(services.audio, "play", heard.append)
    record = best("1")
    while services.par.want(record.level, TOWN) is None:
        services.par.work(1.0)
    scene = ResultsScene(services, record)
    for _ in range(300):
        scene.update(1 / 60)
    assert heard == ["star", "star", "win"]


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (Command.RESTART, "Same town again"),
        (Command.NEW_TOWN, "Next town"),
        (Command.GHOST, "Race my ghost"),
    ],
)
def test_shortcuts_do_what_the_buttons_do(services: Services, command: Command, text: str) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    assert isinstance(scene.handle(press(command)), Replace)
    assert isinstance(choose(scene, text), Replace)
    assert scene.handle(press(command, repeat=True)) is None


def test_the_way_back_is_the_level_map(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    for transition in (scene.handle(press(Command.BACK)), choose(scene, "Level map")):
        assert isinstance(transition, Reset)
        assert len(transition.scenes) == 2


def test_saving_writes_one_file_and_says_so(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    scene.handle(press(Command.SAVE_REPLAY))
    scene.handle(press(Command.SAVE_REPLAY))
    (file,) = keepsakes.listed()
    assert services.notices == [f"Replay saved: {file.name}"]
    assert "Replay saved" in texts(scene)
    assert scene._save.hint == f"Saved as {file.name}"


def test_replays_save_themselves_if_so_set(services: Services) -> None:
    services.settings.save_replays = True
    scene = ResultsScene(services, scripted("1", "idle"))
    assert len(keepsakes.listed()) == 1
    assert "Replay saved" in texts(scene)


def test_a_full_disk_is_told(services: Services, home: Path) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    (home / "replays").write_text("a file in the way")
    choose(scene, "Save replay")
    assert services.notices[0].startswith("The replay can't be saved: ")
    assert "Save replay" in texts(scene)


def test_the_chart_is_read_with_keys_and_leads_into_the_replay(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    scene.draw(Painter(pygame.Surface((1280, 720))))
    scene.form.focus_on(scene._chart)
    last = scene._record.survival
    for _ in range(2):
        scene.handle(press(Command.LEFT))
    assert scene._chart.cursor == last - 2
    transition = scene.handle(press(Command.CONFIRM))
    assert isinstance(transition, Push)
    assert isinstance(transition.scene, ReplayScene)
    assert transition.scene.head.step == last - 2
    assert not transition.scene.head.playing


def test_the_chart_is_read_with_the_mouse(services: Services) -> None:
    scene = ResultsScene(services, scripted("1", "idle"))
    scene.draw(Painter(pygame.Surface((1280, 720))))
    area = scene._chart._area
    scene.handle(Pointer(PointerKind.MOVE, area.right, area.centery))
    assert scene._chart.cursor == scene._record.survival
    scene.handle(Pointer(PointerKind.MOVE, 5, 5))
    assert scene._chart.cursor is None


@pytest.mark.parametrize(("size", "text_scale"), SIZES)
@pytest.mark.parametrize(("word", "script"), [("1", "idle"), ("2", "sensible"), ("4", "random")])
def test_no_text_is_cut_off(
    services: Services, word: str, script: str, size: tuple[int, int], text_scale: float
) -> None:
    scene = ResultsScene(services, scripted(word, script))
    painter = Eyes(size, text_scale)
    painter.look_at(scene)
    painter.assert_tidy()
    assert scene.form.unreachable() == []
    pinned = [w.box for w in scene.form.widgets if w.pinned]
    assert all(box.top >= scene._view.bottom for box in pinned)
    assert all(not a.colliderect(b) for a in pinned for b in pinned if a is not b)


def test_keys_alone_scroll_to_every_card(services: Services) -> None:
    scene = ResultsScene(services, scripted("2", "sensible"))
    painter = Painter(pygame.Surface((1280, 720)), text_scale=2.0)
    scene.draw(painter)
    view = scene._view
    for card in scene._cards.all:
        assert card.reachable
        scene.form.focus_on(card)
        scene.draw(painter)
        top = card.box.top - scene.form.scroller.offset
        assert view.top <= top < view.bottom


# What the cards say.
def test_each_star_says_how_close_it_was() -> None:
    record = scripted("1", "idle")
    first, second, third = verdict.marks(record, None)
    assert [(m.met, m.close) for m in first] == [(False, f"{record.survival} steps")]
    assert [(m.met, m.close) for m in second] == [(False, f"{record.survival} of 50")]
    assert [m.met for m in third] == [False, None]


def test_percent_never_rounds_up_to_a_goal() -> None:
    assert verdict.percent(0.9499) == "94 %"
    assert verdict.percent(0.95) == "95 %"


def test_rewards_carry_their_sign() -> None:
    assert [verdict.signed(v) for v in (3.21, -0.5, 0.0, -0.04)] == ["+3.2", "−0.5", "0.0", "0.0"]


def test_the_tip_names_what_could_not_be_paid_for() -> None:
    """Beds at $5 until the purse is empty; then energy runs out on the doorstep."""
    lv = level("1")
    meters = lv.meters.model_copy(
        update={"money": lv.meters.money.model_copy(update={"start": (0.0, 0.0)})}
    )
    record = Record(lv.model_copy(update={"meters": meters}), TOWN)
    (_, x, y), here = record.town.places()[0], record.last
    way = [Action.RIGHT if x > here.x else Action.LEFT] * abs(x - here.x)
    way += [Action.DOWN if y > here.y else Action.UP] * abs(y - here.y)
    for action in [*way, *[Action.INTERACT] * 60]:
        if not record.over:
            record.act(action)
    assert verdict.tip(record, 0)[1].startswith("There was no money left for a bed ($5).")
    denied = [m for m in moments(record) if m.icon == "cross"]
    assert len(denied) == 1  # the many refusals in a row are one moment
    assert moments(record)[-1].icon == "faint"


def test_the_tip_says_what_the_next_star_needs() -> None:
    record = scripted("1", "sensible")
    assert verdict.tip(record, 2, 2000.0)[1].startswith("Score at least 95 % of par. Every step")
    assert verdict.tip(record, 3, 2000.0) == ("Learned", record.level.teaches)
    waiting = scripted("1", "idle")
    word, sentence = verdict.tip(waiting, 0)
    lived = waiting.survival
    assert (word, sentence) == (
        "Tip", f"You waited for {lived} of {lived} steps. {waiting.level.hint}"
    )  # fmt: skip


def test_the_level_after_the_last_is_none() -> None:
    levels = CATALOG.levels
    assert verdict.following(levels, levels[0]) is levels[1]
    assert verdict.following(levels, levels[-1]) is None


def test_the_score_names_par_as_in_golf(services: Services) -> None:
    scene = ResultsScene(services, best("1"))
    run(scene, lambda: scene._outcome.par is not None)
    card = scene._cards.sides[0]
    assert isinstance(card, ScoreCard)
    par = scene._outcome.par
    assert par is not None
    assert card._par_words() == f"par {par:.0f} · 100 %"
