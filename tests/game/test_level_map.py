"""The level map and a level's card: what is open, why not, and the way into a town."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from driver import CATALOG
from eyes import SIZES, Eyes, click, press

from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press, Typed
from hamlet_game.game.scene import Pop, Push
from hamlet_game.game.scenes.card_facts import star_rules
from hamlet_game.game.scenes.level_card import LevelCardScene
from hamlet_game.game.scenes.level_map import LevelMapScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.map_frame import brief, short
from hamlet_game.game.scenes.map_land import Land
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import load_catalog

ONE, TWO, FOUR = CATALOG.levels[0], CATALOG.levels[1], CATALOG.levels[3]


@pytest.fixture
def crowded(home: Path) -> Services:
    """Nine own levels beside the shipped ones, the second of them broken."""
    pygame.font.init()
    custom = home / "custom"
    custom.mkdir(parents=True)
    text = CATALOG.entries[2].file.read_text(encoding="utf-8")
    for number in range(1, 10):
        own = text.replace("name: Full Day", f"name: Mine {number}")
        own = own.replace("energy: 50", "enrgy: 50") if number == 2 else own
        (custom / f"mine_{number}.yaml").write_text(own, encoding="utf-8")
    return open_services(load_catalog())


def earn(services: Services, level_id: str, stars: int = 1, town: int = 5) -> None:
    services.scores.record(Result(level_id, town, 800.0, stars, 50, bytes([3, 3, 4])))


def drawn(scene: LevelMapScene | LevelCardScene) -> None:
    scene.draw(Painter(pygame.Surface((1280, 720))))


def test_a_new_player_finds_one_level_open_and_the_reason_for_the_others(
    services: Services,
) -> None:
    scene = LevelMapScene(services)
    assert [station.enabled for station in scene.stations] == [True] + [False] * 4 + [True]
    assert scene.stations[-1].starless  # the city, to look at
    assert scene.stations[1].hint == "Earn a star in First Night"
    assert scene.stations[3].hint == "Earn a star in Full Day"
    assert scene.stations[4].hint == "Earn a star in Thrive"


def test_a_star_opens_the_next_level_and_gives_it_the_focus(services: Services) -> None:
    earn(services, ONE.id)
    scene = LevelMapScene(services)
    assert scene.stations[1].enabled
    assert scene.form.focus is scene.stations[1]


def test_a_star_earned_meanwhile_shows_on_coming_back(services: Services) -> None:
    scene = LevelMapScene(services)
    earn(services, ONE.id, stars=2)
    scene.resumed()
    assert scene.stations[0].score.stars == 2
    assert scene.stations[1].enabled


def test_the_setting_opens_everything(services: Services) -> None:
    services.settings.unlock_all = True
    assert all(station.enabled for station in LevelMapScene(services).stations)


def test_a_locked_level_can_be_looked_at_but_not_entered(services: Services) -> None:
    scene = LevelMapScene(services)
    drawn(scene)
    scene.handle(press(Command.RIGHT))
    assert scene.form.focus is scene.stations[1]
    assert scene.handle(press(Command.CONFIRM)) is None


def test_choosing_a_level_shows_its_card(services: Services) -> None:
    scene = LevelMapScene(services)
    drawn(scene)
    for event in (press(Command.CONFIRM), click(scene.stations[0])):
        leads = scene.handle(event)
        assert isinstance(leads, Push)
        assert isinstance(leads.scene, LevelCardScene)


def test_a_broken_level_says_why_and_stops_nothing(crowded: Services) -> None:
    scene = LevelMapScene(crowded)
    broken = scene.stations[6]
    assert broken.name == "mine_2.yaml"
    assert not broken.enabled
    assert broken.hint.startswith("mine_2.yaml: buildings.bed.gives.enrgy")
    assert [s.enabled for s in scene.stations[7:]] == [True] * 8


def test_many_levels_are_reached_and_scrolled_to_with_directions(crowded: Services) -> None:
    scene = LevelMapScene(crowded)
    for _ in range(12):
        drawn(scene)
        scene.handle(press(Command.RIGHT))
    assert scene.form.focus is scene.stations[12]
    assert scene.form.unreachable() == []
    for _ in range(600):
        scene.update(1 / 60)
    drawn(scene)
    assert 0 < scene.stations[12].box.centerx < CANVAS[0]
    assert scene.stations[0].box.right < 0


def test_the_wheel_moves_along_the_path(crowded: Services) -> None:
    scene = LevelMapScene(crowded)
    drawn(scene)
    before = scene.stations[0].box.x
    scene.handle(Pointer(PointerKind.WHEEL, 600, 400, wheel=-3))
    for _ in range(300):
        scene.update(1 / 60)
    drawn(scene)
    assert scene.stations[0].box.x == pytest.approx(before - 360, abs=2)


def test_the_path_runs_through_every_station() -> None:
    land = Land.plan(6, 300, 400)
    for number, station in enumerate(land.stations):
        assert land.along(number) == pytest.approx(station)
    assert land.stations[2][0] < land.along(2.5)[0] < land.stations[3][0]
    assert Land.plan(1, 300, 400).along(0) == Land.plan(1, 300, 400).stations[0]


def test_long_paths_and_troubles_are_told_briefly() -> None:
    file = Path("/somewhere/deep/mine.yaml")
    assert brief(f"{file}: name: missing", file) == "mine.yaml: name: missing"
    assert short(Path.home() / "levels") == str(Path("~") / "levels")
    assert len(short(Path("/" + "x" * 200))) == 60


def test_a_card_leads_into_its_town(services: Services) -> None:
    card = LevelCardScene(services, ONE)
    card.town = 0
    _type(card, "42")
    assert card.town == 42
    leads = card.handle(press(Command.NEW_TOWN)) or _play(card)
    assert 1 <= card.town <= MAX_TOWN
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, LifeScene)
    assert leads.scene.town_seed == card.town
    assert services.settings.last_level == ONE.id


def _type(card: LevelCardScene, text: str) -> None:
    card.handle(press(Command.TOWN_NUMBER))
    for _ in range(6):
        card.handle(press(key=pygame.K_BACKSPACE))
    card.handle(Typed(text))
    card.handle(Press(frozenset({Command.CONFIRM}), key=pygame.K_RETURN))


def _play(card: LevelCardScene) -> object:
    drawn(card)
    return card.handle(click(card.form.widgets[3]))


@pytest.mark.parametrize("text", ["", "0", "000000"])
def test_a_town_number_that_is_none_is_refused_in_words(services: Services, text: str) -> None:
    card = LevelCardScene(services, ONE)
    before = card.town
    _type(card, text)
    assert card.town == before
    assert services.notices == ["Town numbers run from 1 to 999,999."]


def test_a_ghost_can_be_raced_once_there_is_a_run_in_the_town(services: Services) -> None:
    earn(services, ONE.id, town=5)
    card = LevelCardScene(services, ONE)
    assert card.town == 5
    leads = card.handle(press(Command.GHOST))
    assert isinstance(leads, Push)
    assert isinstance(leads.scene, LifeScene)
    assert leads.scene.session.ghost is not None
    _type(card, "6")
    assert card.handle(press(Command.GHOST)) is None


def test_par_is_worked_out_while_one_looks(services: Services) -> None:
    card = LevelCardScene(services, ONE)
    assert any("working" in text for text in Eyes().look_at(card))
    for _ in range(2000):
        card.update(1 / 60)
        if services.par.want(ONE, card.town) is not None:
            break
    card.update(1 / 60)
    plan = services.par.want(ONE, card.town)
    assert plan is not None
    assert f"{plan.score:,.0f}" in Eyes().look_at(card)


def test_star_rules_are_told_in_words() -> None:
    assert star_rules(ONE) == [
        "Live more than 40 steps",
        "Be alive after all 50 steps",
        "Be alive after all 50 steps and score at least 95 % of par",
    ]


def test_back_leaves_the_card(services: Services) -> None:
    assert isinstance(LevelCardScene(services, TWO).handle(press(Command.BACK)), Pop)


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_on_the_map_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float
) -> None:
    earn(services, ONE.id)
    eyes = Eyes(size, scale)
    scene = LevelMapScene(services)
    said = eyes.look_at(scene)
    assert "Clean Start" in said
    eyes.assert_tidy()


@pytest.mark.parametrize("level", CATALOG.levels, ids=lambda level: level.id)
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_on_a_card_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float, level: object
) -> None:
    card = LevelCardScene(services, next(known for known in CATALOG.levels if known is level))
    eyes = Eyes(size, scale)
    eyes.look_at(card)
    eyes.assert_tidy()
    assert card.form.unreachable() == []
