"""Several ghosts in one life: whose come along, and that they keep step."""

from __future__ import annotations

import pygame
import pytest
from driver import CATALOG, Player

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command
from hamlet_game.game.play.ghost import AT_ONCE, AgentGhost
from hamlet_game.game.play.ghosts import WHOSE, ghosts_of
from hamlet_game.game.play.notices import ghost_text
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

DAY = CATALOG.levels[2]
TOWN = 7


@pytest.fixture
def services() -> Services:
    services = open_services(CATALOG)
    best = Record.of(DAY, TOWN, [Action.UP, Action.LEFT, Action.LEFT])
    services.scores.record(Result(DAY.id, TOWN, 5.0, 0, best.survival, best.actions))
    return services


def words(scene: LifeScene) -> set[str]:
    """Return all that is written in a scene, inside the town's frame too."""
    seen: set[str] = set()

    class Reader(Painter):
        def text(self, text, *args, **options):
            seen.add(text)
            return super().text(text, *args, **options)

    scene.draw(Reader(pygame.Surface((640, 360))))
    return seen


def life_of(services: Services, whose: str) -> LifeScene:
    services.settings.ghosts = whose
    scene = routes.life(services, DAY, TOWN)
    assert isinstance(scene, LifeScene)
    return scene


@pytest.mark.parametrize(
    ("whose", "names"),
    [
        ("none", []),
        ("best", ["Ghost"]),
        ("agent", ["Master"]),
        ("ages", ["My best", "Sleeper", "Worker", "Master"]),
    ],
)
def test_whose_ghosts_come_along(services: Services, whose: str, names: list[str]) -> None:
    life = life_of(services, whose)
    assert [ghost.name for ghost in life.session.ghosts] == names
    tints = [ghost.tint for ghost in life.session.ghosts]
    assert len(set(tints)) == len(tints)


def test_all_ghosts_keep_step_and_carry_their_names(services: Services) -> None:
    life = life_of(services, "ages")
    for _ in range(5):
        life.session.press(Action.DOWN)
        life.update(1 / 60)
    assert {"My best", "Sleeper", "Worker", "Master"} <= words(life)
    steps = [ghost.record.survival for ghost in life.session.ghosts]
    assert steps == [3, 5, 5, 5]
    assert ghost_text(life.session).split(":")[0] in {"My best", "Sleeper", "Worker", "Master"}
    services.settings.ghost = False
    assert "Sleeper" not in words(life)


def test_an_agents_ghost_lives_as_the_agent_does(services: Services) -> None:
    services.settings.ghosts = "agent"
    (ghost,) = ghosts_of(services, DAY, TOWN, None)
    assert isinstance(ghost, AgentGhost)
    assert ghost.at(100) == AT_ONCE  # never holds up a frame
    assert not ghost.gone(100)
    while ghost.at(40) < 40:
        pass
    alone = Record.of(DAY, TOWN, ghost.record.actions)
    assert alone.frames == ghost.record.frames


def test_a_life_asked_for_races_beside_the_chosen_ones(services: Services) -> None:
    services.settings.ghosts = "agent"
    rival = Record.of(DAY, TOWN, [Action.UP] * 4)
    first, second = ghosts_of(services, DAY, TOWN, rival)
    assert (first.steps, second.name) == (4, "Master")
    assert len(ghosts_of(services, DAY, TOWN + 1, rival)) == 1


def test_the_pause_menu_chooses_and_remembers(services: Services) -> None:
    services.settings.ghosts = "best"
    player = Player(lambda s: (routes.life(s, DAY, TOWN),), size=(320, 180), services=services)
    life = player.scene
    assert isinstance(life, LifeScene)
    player.do(Command.PAUSE)
    for whose in (*WHOSE[2:], *WHOSE[:2]):
        player.go_to(player.find("Ghosts"))
        player.do(Command.RIGHT)
        assert services.settings.ghosts == whose
    assert [ghost.name for ghost in life.session.ghosts] == ["Ghost"]
    player.do(Command.LEFT)
    assert life.session.ghosts == []
    player.do(Command.BACK)
    player.key(ord("g"))
    assert any("pause menu" in notice for notice in player.app.toasts.sentences)
    player.close()
    assert open_services(CATALOG).settings.ghosts == "none"
