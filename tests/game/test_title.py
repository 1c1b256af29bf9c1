"""The title: where its buttons lead, and that its village lives."""

from __future__ import annotations

from datetime import date

import pygame
import pytest
from driver import CATALOG
from eyes import SIZES, Eyes, click, press

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Pop, Push, Quit
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.how_it_works import HowItWorksScene
from hamlet_game.game.scenes.level_map import LevelMapScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.settings import SettingsScene
from hamlet_game.game.scenes.title import TitleScene
from hamlet_game.game.scenes.title_view import DAY_S, FIRST_LIGHT, STILL, time_of_day
from hamlet_game.game.scenes.towns import FRIENDLY, opening_town
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services
from hamlet_game.game.ui.button import Button
from hamlet_game.town.record import Record


def button(scene: TitleScene, text: str) -> Button:
    return next(b for b in scene.form.widgets if isinstance(b, Button) and b.text == text)


def test_the_first_play_is_a_life_in_a_friendly_town(services: Services) -> None:
    scene = TitleScene(services)
    leads = scene.handle(press(Command.CONFIRM))
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, LifeScene)
    assert leads.scene.level is CATALOG.levels[0]
    assert leads.scene.town_seed == FRIENDLY
    assert services.settings.last_level == "01_first_night"


def test_the_friendly_town_has_its_bed_three_steps_away() -> None:
    record = Record(CATALOG.levels[0], FRIENDLY)
    ((_, x, y),) = record.town.places()
    start = record.frames[0]
    assert abs(x - start.x) + abs(y - start.y) == 3
    assert start.meters[0] > 3


def test_later_play_goes_on_with_the_last_level(services: Services) -> None:
    services.settings.last_level = "02_clean_start"
    scene = TitleScene(services)
    assert "Clean Start" in scene.form.hint
    leads = scene.handle(press(Command.CONFIRM))
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, LevelMapScene)
    assert leads.scene.form.focus is leads.scene.stations[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Levels", LevelMapScene), ("How it works", HowItWorksScene), ("Settings", SettingsScene)],
)
def test_a_click_on_a_button_leads_there(services: Services, text: str, kind: type) -> None:
    scene = TitleScene(services)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    leads = scene.handle(click(button(scene, text)))
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, kind)


def test_leaving_is_asked_first(services: Services) -> None:
    asked = TitleScene(services).handle(press(Command.BACK))
    assert isinstance(asked, Push)
    question = asked.scene
    assert isinstance(question, ConfirmScene)
    assert isinstance(question.handle(press(Command.CONFIRM)), Pop)  # "Stay" has the focus
    question.draw(Painter(pygame.Surface((1280, 720))))
    question.handle(press(Command.RIGHT))
    assert isinstance(question.handle(press(Command.CONFIRM)), Quit)


def test_every_button_can_be_reached_with_directions(services: Services) -> None:
    scene = TitleScene(services)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    assert scene.form.unreachable() == []


def test_the_stars_of_all_levels_are_counted(services: Services) -> None:
    services.scores.record(Result("01_first_night", 3, 900, 2, 50, b""))
    services.scores.record(Result("03_full_day", 3, 400, 1, 300, b""))
    assert f"3 / {3 * len(CATALOG.levels)}" in Eyes().look_at(TitleScene(services))


def test_a_level_opens_with_the_town_played_last(services: Services) -> None:
    level = CATALOG.levels[0]
    for town in (5, 9, 7):
        services.scores.record(Result(level.id, town, 900 - town, 1, 50, b""))
    assert opening_town(services, level) == 7
    assert services.scores.best(level.id).towns[7].date == date.today()


def test_a_day_goes_by_and_stands_still_with_reduced_motion() -> None:
    assert time_of_day(0, reduced_motion=False) == FIRST_LIGHT
    assert time_of_day(DAY_S / 4, reduced_motion=False) == pytest.approx(FIRST_LIGHT + 0.25)
    assert time_of_day(DAY_S, reduced_motion=False) == pytest.approx(FIRST_LIGHT)
    assert time_of_day(99, reduced_motion=True) == STILL


def test_reduced_motion_holds_the_picture_still(services: Services) -> None:
    scene = TitleScene(services)
    painter = Painter(pygame.Surface((320, 180)), reduced_motion=True)
    scene.draw(painter)
    before = pygame.image.tobytes(painter.surface, "RGB")
    scene.update(7.0)
    scene.draw(painter)
    assert pygame.image.tobytes(painter.surface, "RGB") == before


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float
) -> None:
    eyes = Eyes(size, scale)
    assert "Hamlet" in eyes.look_at(TitleScene(services))
    eyes.assert_tidy()
