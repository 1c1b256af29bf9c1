"""The life scene and what lies over it, driven by events as the app sends them."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from driver import CATALOG

from hamlet_game import paths
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press, Typed
from hamlet_game.game.play.life_view import town_box
from hamlet_game.game.play.sure import LONG, PATIENCE_S
from hamlet_game.game.scene import Pop, Push, Replace, Reset
from hamlet_game.game.scenes.life import END_S, LifeScene
from hamlet_game.game.scenes.pause import PauseScene
from hamlet_game.game.scenes.results import ResultsScene
from hamlet_game.game.scenes.town_number import TownNumberScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.choice import Choice
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import load_replay

NIGHT, _, DAY, THRIVE = CATALOG.levels[:4]
SEED = 83


@pytest.fixture
def life(services: Services) -> LifeScene:
    return LifeScene(services, NIGHT, SEED)


def press(*commands: Command, repeat: bool = False, key: int | None = None) -> Press:
    return Press(frozenset(commands), repeat=repeat, key=key)


def click(at: tuple[float, float]) -> Pointer:
    return Pointer(PointerKind.DOWN, *at)


def run(scene, seconds: float):
    for _ in range(round(seconds * 60)):
        if change := scene.update(1 / 60):
            return change
    return None


class Watching(Painter):
    """Remembers where text was drawn, and which words."""

    def __init__(self, **options) -> None:
        super().__init__(pygame.Surface(CANVAS), **options)
        self.seen: list[tuple[str, pygame.FRect]] = []

    def text(self, text, at, size, color, **options):
        box = super().text(text, at, size, color, **options)
        self.seen.append((text, box.move(*self._origin)))
        return box

    @property
    def words(self) -> str:
        return "\n".join(text for text, _ in self.seen)


def drawn(scene, scale: float = 1.0) -> Watching:
    painter = Watching(text_scale=scale)
    scene.draw(painter)
    return painter


def sensible_life(level, seed: int) -> Record:
    record = Record(level, seed)
    while not record.over:
        record.act(Action(int(sensible(record.town)[0])))
    return record


# Playing.
def test_directions_walk_and_repeats_walk_on(life):
    x = life.record.last.x
    life.handle(press(Command.LEFT))
    life.handle(press(Command.LEFT, repeat=True))
    assert life.record.last.x == x - 2
    life.handle(press(Command.INTERACT, Command.CONFIRM, repeat=True))  # a held Space uses once
    assert life.record.survival == 2


def test_live_repeats_do_not_count_twice(services, life):
    services.settings.tempo = "live"
    life.handle(press(Command.LEFT))
    for _ in range(5):
        life.handle(press(Command.LEFT, repeat=True))
    run(life, 0.3)
    assert life.record.survival == 1


def test_clicking_walks_and_clicking_oneself_acts(life):
    life.draw(Watching())
    bed = next((x, y) for _, x, y in life.places)
    there = life.town.cell_center(life._view.town_box, *bed)
    life.handle(click(there))
    run(life, 2)
    assert (life.record.last.x, life.record.last.y) == bed
    life.handle(click(there))
    assert life.record.last.used is not None


def test_the_buttons_above_the_town_can_be_clicked(services, life):
    life.draw(Watching())
    found = {}
    for x in range(20, 660, 4):
        if command := life._view.command_at((x, 33)):
            found.setdefault(command, (x, 33))
    assert set(found) >= {
        Command.TOWN_NUMBER, Command.TEMPO, Command.RESTART, Command.NEW_TOWN, Command.PAUSE,
    }  # fmt: skip
    life.handle(click(found[Command.TEMPO]))
    assert services.settings.tempo == "live"
    assert isinstance(life.handle(click(found[Command.PAUSE])), Push)


def test_speed_changes_in_the_live_tempo_only(services, life):
    life.handle(press(Command.FASTER))
    assert services.settings.speed == 1.0
    life.handle(press(Command.TEMPO))
    life.handle(press(Command.FASTER))
    assert services.settings.speed == 2.0
    life.handle(press(Command.SLOWER))
    assert services.settings.speed == 1.0


def test_restart_keeps_the_town_and_new_town_changes_it(life):
    start = life.record.frames[0]
    life.handle(press(Command.LEFT))
    life.handle(press(Command.RESTART))
    assert (life.town_seed, life.record.survival) == (SEED, 0)
    assert life.record.frames[0] == start
    life.handle(press(Command.NEW_TOWN))
    assert life.town_seed != SEED


def test_a_long_life_is_only_thrown_away_on_a_second_press(services):
    life = LifeScene(services, DAY, 7)
    for _ in range(LONG):
        life.handle(press(Command.LEFT))
    life.handle(press(Command.RESTART))
    assert life.record.survival == LONG
    assert f"{LONG}" in drawn(life).words
    run(life, PATIENCE_S + 0.1)  # too late
    life.handle(press(Command.RESTART))
    assert life.record.survival == LONG
    life.handle(press(Command.NEW_TOWN))  # another question
    assert life.record.survival == LONG
    life.handle(press(Command.UP))  # goes on living: that was a no
    life.handle(press(Command.NEW_TOWN))
    assert life.record.survival == LONG + 1
    life.handle(press(Command.NEW_TOWN))
    assert (life.record.survival, life.town_seed == 7) == (0, False)


def test_someone_who_stands_about_is_told_where_to_go(services):
    services.settings.tutorial = False  # the first steps say it their own way
    life = LifeScene(services, NIGHT, SEED)
    life.handle(press(Command.RIGHT))
    run(life, 2)
    assert "arrow." in drawn(life).words
    services.scores.record(Result(NIGHT.id, SEED, 900.0, 1, 50, b""))
    again = LifeScene(services, NIGHT, SEED)  # with a star, nobody needs telling
    again.handle(press(Command.RIGHT))
    run(again, 2)
    assert "arrow." not in drawn(again).words


def test_the_end_of_a_life_is_told_over_the_town(services):
    life = LifeScene(services, NIGHT, SEED)
    while not life.record.over:
        life.handle(press(Command.INTERACT))
    run(life, 0.5)
    assert "Energy ran out" in drawn(life).words


@pytest.mark.parametrize("tempo", ["step", "live"])
def test_leaving_the_window_stops_the_live_clock(services, life, tempo):
    services.settings.tempo = tempo
    life.handle(press(Command.LEFT))
    run(life, 0.5)
    steps = life.record.survival
    assert life.focus_lost() is None
    run(life, 2)
    assert life.record.survival == steps
    life.handle(press(Command.LEFT))
    run(life, 0.5)
    assert life.record.survival > steps


def test_a_life_ends_with_its_results_and_that_can_be_hurried(services, life):
    while not life.record.over:
        life.handle(press(Command.UP))
    assert run(life, 0.3) is None
    assert life.handle(press(Command.INTERACT, Command.CONFIRM)) is None  # too soon
    change = run(life, END_S + 0.5)
    assert isinstance(change, Replace)
    assert isinstance(change.scene, ResultsScene)
    again = LifeScene(services, NIGHT, SEED)
    while not again.record.over:
        again.handle(press(Command.UP))
    run(again, 0.8)
    assert isinstance(again.handle(press(Command.INTERACT, Command.CONFIRM)), Replace)


def test_par_becomes_known_while_playing(life):
    assert "…" in drawn(life).words
    run(life, 20)
    assert life.par is not None
    assert f"{life.par:.0f}" in drawn(life).words


def test_a_replay_can_be_saved_once_something_happened(services, life):
    life.handle(press(Command.SAVE_REPLAY))
    assert "nothing to save" in services.notices[-1]
    life.handle(press(Command.LEFT))
    life.handle(press(Command.SAVE_REPLAY))
    (file,) = paths.replays().iterdir()
    assert load_replay(file).actions == bytes([Action.LEFT])


def test_a_replay_that_can_not_be_written_is_a_sentence(services, life, home: Path):
    home.mkdir()
    (home / "replays").write_text("in the way")
    life.handle(press(Command.LEFT))
    life.handle(press(Command.SAVE_REPLAY))
    assert "can't be saved" in services.notices[-1]


# The start and the ghost.
def test_the_start_card_is_whole_for_newcomers_and_short_afterwards(services):
    services.settings.tutorial = False
    life = LifeScene(services, NIGHT, SEED)
    assert drawn(life).words.count(NIGHT.hint) == 2  # in the panel too, while it is empty
    life.handle(press(Command.RESTART))
    words = drawn(life).words
    assert words.count(NIGHT.hint) == 1
    assert "direction" in words
    life.handle(press(Command.LEFT))
    assert "direction" not in drawn(life).words


def test_the_best_run_walks_along_as_a_ghost(services):
    best = sensible_life(NIGHT, SEED)
    result = Result(NIGHT.id, SEED, best.last.points, 1, best.survival, best.actions)
    services.scores.record(result)
    life = LifeScene(services, NIGHT, SEED)
    life.handle(press(Command.DOWN))
    run(life, 0.5)
    _, ghost = life._view._people(life)
    assert ghost.ghost
    assert (ghost.x, ghost.y) == (best.frames[1].x, best.frames[1].y)
    assert "Ghost: neck and neck" in drawn(life).words
    life.handle(press(Command.GHOST))
    assert not services.settings.ghost
    assert len(life._view._people(life)) == 1


def test_a_given_ghost_is_raced_instead_of_the_best_run(services):
    rival = Record.of(NIGHT, SEED, [Action.UP, Action.UP])
    life = LifeScene(services, NIGHT, SEED, rival)
    assert life.session.ghost is not None
    assert life.session.ghost.steps == 2
    life.new_town()
    assert life.session.ghost is None


def test_without_a_ghost_the_key_says_why(services, life):
    life.handle(press(Command.GHOST))
    assert "No ghost" in services.notices[-1]


# Pause menu and town number.
def test_pause_opens_over_the_life_and_closes_again(life):
    change = life.handle(press(Command.BACK, Command.PAUSE))
    assert isinstance(change, Push)
    assert isinstance(change.scene, PauseScene)
    assert isinstance(change.scene.handle(press(Command.BACK, Command.PAUSE)), Pop)
    assert isinstance(change.scene.handle(press(Command.CONFIRM)), Pop)  # Resume has the focus


def test_every_button_of_the_pause_menu_leads_somewhere(services, life):
    life.handle(press(Command.LEFT))
    pause = PauseScene(services, life)
    drawn(pause)
    assert pause.form.unreachable() == []
    outcomes = {}
    for button in pause.form.widgets:
        if isinstance(button, Choice):
            continue  # whose ghosts come along: see test_versus_ghosts
        assert isinstance(button, Button)
        if button.text in {"How it works", "Settings", "Level map", "Title screen"}:
            continue  # other scenes' business
        outcomes[button.text] = type(button.press())
    assert outcomes == {
        "Resume": Pop,
        "Same town again": Pop,
        "New town": Pop,
        "Type town number": Push,
        "Save replay": type(None),
        "Copy number": type(None),
    }
    assert any("number" in notice for notice in services.notices)


def test_the_level_map_and_title_leave_the_life_behind(services, life):
    pause = PauseScene(services, life)
    buttons = {w.text: w for w in pause.form.widgets if isinstance(w, Button)}
    for name, scenes in (("Level map", 2), ("Title screen", 1)):
        change = buttons[name].press()
        assert isinstance(change, Reset)
        assert len(change.scenes) == scenes


def test_a_typed_number_begins_that_town(life):
    change = life.handle(press(Command.TOWN_NUMBER))
    assert isinstance(change, Push)
    dialog = change.scene
    assert isinstance(dialog, TownNumberScene)
    assert dialog.handle(press(Command.CONFIRM)) is None  # nothing typed yet
    for text in ("0", "4", "x", "72", "1"):
        dialog.handle(Typed(text))
    dialog.handle(press(key=pygame.K_BACKSPACE))
    assert dialog.number == "472"
    assert dialog.handle(press(Command.CONFIRM)) == Pop(1)
    assert life.town_seed == 472


def test_a_number_can_be_entered_without_a_keyboard(services, life):
    dialog = TownNumberScene(services, life, above=2)
    drawn(dialog)
    assert dialog.form.unreachable() == []
    buttons = {w.text: w for w in dialog.form.widgets if isinstance(w, Button)}
    for digit in "1234567":  # one digit more than there are
        dialog.handle(click(buttons[digit].box.center))
        dialog.handle(Pointer(PointerKind.UP, *buttons[digit].box.center))
    assert dialog.number == "123456"
    assert dialog.handle(click(buttons["Go"].box.center)) == Pop(2)
    assert life.town_seed == 123456


# Looks.
def written(widget) -> tuple[str, ...]:
    if isinstance(widget, Choice):
        return (widget.label, *widget.options)
    return (widget.text,)


@pytest.mark.parametrize("scale", [0.75, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("level", CATALOG.levels[:4], ids=lambda level: level.id)
@pytest.mark.parametrize("tempo", ["step", "live"])
def test_all_text_stays_on_the_canvas(services, level, scale, tempo):
    services.settings.tempo = tempo
    life = LifeScene(services, level, 123456)
    scenes = [life, PauseScene(services, life), TownNumberScene(services, life)]
    canvas = pygame.FRect(0, 0, *CANVAS).inflate(2, 2)
    for steps in (0, 1, 60):
        for _ in range(steps):
            if not life.record.over:
                life.session.step_once(Action.DOWN)
        for scene in scenes:
            painter = drawn(scene, scale)
            widgets = scene.form.widgets if scene.form else ()
            scrolled = {word for w in widgets for word in written(w)}
            for text, box in painter.seen:
                if text not in scrolled:
                    assert canvas.contains(box), (text, box)


@pytest.mark.parametrize("scale", [0.75, 1.0, 1.5, 2.0])
def test_the_panels_lines_do_not_overlap(services, scale):
    life = LifeScene(services, THRIVE, 7)
    life.session.step_once(Action.DOWN)
    boxes = [
        (text, box.inflate(-2, -box.h * 0.35))
        for text, box in drawn(life, scale).seen
        if box.x > 670 and text.strip()
    ]
    for index, (text, box) in enumerate(boxes):
        for other, there in boxes[index + 1 :]:
            assert not box.colliderect(there), (text, other)


def test_drawing_changes_nothing(life):
    life.handle(press(Command.LEFT))
    before = (life.record.survival, life.town_seed, len(life.effects), life.session.motion.part)
    one, two = drawn(life), drawn(life)
    assert pygame.image.tobytes(one.surface, "RGB") == pygame.image.tobytes(two.surface, "RGB")
    after = (life.record.survival, life.town_seed, len(life.effects), life.session.motion.part)
    assert before == after


def test_a_town_is_framed_as_its_grid_needs():
    square = town_box(DAY)
    wide = town_box(DAY.model_copy(update={"grid": (20, 10)}))
    tall = town_box(DAY.model_copy(update={"grid": (4, 16)}))
    assert (square.w, square.h) == (636, 640)
    assert wide.w == 636
    assert wide.h == pytest.approx(18 + 10.7 * 618 / 20.44)
    assert (tall.w, tall.h) == (318, 640)


def test_long_level_names_leave_room_for_the_buttons(services):
    level = DAY.model_copy(update={"name": "A Long Custom Level Name With Many Words"[:40]})
    services.settings.tempo = "live"
    seen = dict(drawn(LifeScene(services, level, 999_999), 2.0).seen)
    title = next(box for text, box in seen.items() if text.startswith("A Long"))
    assert title.right < seen["Town 999999"].left
    assert seen["Town 999999"].right < seen["Live"].left
