"""The pause menu and the town number over a life, and the looks of all three."""

from __future__ import annotations

import pygame
import pytest
from driver import CATALOG
from living import DAY, NIGHT, SEED, THRIVE, click, drawn, press

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command, Pointer, PointerKind, Typed
from hamlet_game.game.play.life_view import town_box
from hamlet_game.game.scene import Pop, Push, Reset
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.pause import PauseScene
from hamlet_game.game.scenes.town_number import TownNumberScene
from hamlet_game.game.services import Services
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.choice import Choice
from hamlet_game.town.names import Action


@pytest.fixture
def life(services: Services) -> LifeScene:
    return LifeScene(services, NIGHT, SEED)


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
