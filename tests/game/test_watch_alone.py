"""The watch scene where nothing is or was trained: what tells of a training is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from eyes import Eyes, press
from made_training import MadeDesk, feed
from tour_watch import alone, watching

from hamlet_game.game.desk.past import Past
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.services import Services
from hamlet_game.game.ui.widget import Widget
from hamlet_game.game.watch import archive
from hamlet_game.game.watch.archive import Archive
from hamlet_game.game.watch.layout import CARDS
from hamlet_game.training import events as say
from hamlet_game.training.runs import RunFolder

TRAINING_TOOLS = {"Stop training", "Teach it what you drive: off", "Greedy: no random moves"}
MENU = {"A newer brain", "Moves", "Teach it what I drive", "Stop training"}


def cards(scene: WatchScene, eyes: Eyes | None = None) -> set[str]:
    """Draw a scene and return the cards that stand beside the town."""
    (eyes or Eyes()).look_at(scene)
    assert scene.view._plan is not None
    return set(scene.view._plan.cards)


def tools(scene: WatchScene) -> set[str]:
    return {tool.text for tool in scene.tools.tools}


def entries(scene: WatchScene, services: Services) -> set[str]:
    form = routes.watch_menu(services, scene).form
    assert form is not None
    widgets: list[Widget] = form.widgets
    return {str(getattr(widget, "label", "") or getattr(widget, "text", "")) for widget in widgets}


def test_panels_that_need_a_training_leave_their_room_to_the_others(services: Services) -> None:
    scene = alone(services)
    assert cards(scene) == {"meters", "q"}
    assert not TRAINING_TOOLS & tools(scene)


@pytest.mark.parametrize(
    "command",
    [
        Command.PANEL_CURVE,
        Command.PANEL_LEARNER,
        Command.PANEL_CURRICULUM,
        Command.PANEL_TICKER,
        Command.CHARTS_ONLY,
    ],
)
def test_their_keys_say_why_and_what_was_remembered_stays(
    command: Command, services: Services
) -> None:
    services.settings.panels = {"curve": False, "ticker": True}
    scene = alone(services, seconds=0)
    assert scene.handle(press(command)) is None
    assert services.notices == ["Nothing is being trained here."]
    assert services.settings.panels == {"curve": False, "ticker": True}
    assert not scene.charts_only


def test_other_panels_are_switched_as_ever(services: Services) -> None:
    scene = alone(services, seconds=0)
    scene.controls.obey(Command.PANEL_Q)
    assert not scene.shows("q")
    assert services.settings.panels == {"q": False}
    assert not services.notices


def test_the_menu_leaves_the_training_out(services: Services) -> None:
    found = entries(alone(services, seconds=0), services)
    assert not MENU & found
    assert {"Level", "Town", "A training, or another brain"} <= found


def test_with_a_training_everything_is_there(services: Services) -> None:
    scene = watching(services, 0)
    assert cards(scene) == set(CARDS)
    assert tools(scene) >= TRAINING_TOOLS
    assert entries(scene, services) >= MENU


def test_somebody_watched_beside_a_training_keeps_its_panels(services: Services) -> None:
    services.training = desk = MadeDesk("ended")
    feed(desk.history)
    scene = routes.watch(services, "master")
    assert isinstance(scene, WatchScene)
    assert cards(scene) == set(CARDS)


def test_tools_come_with_the_training(services: Services) -> None:
    scene = alone(services, seconds=0)
    eyes = Eyes()
    assert cards(scene, eyes) == {"meters", "q"}
    assert not any(getattr(widget, "text", "") == "Stop training" for widget in scene.form.widgets)
    services.training = MadeDesk("loading")
    assert cards(scene, eyes) == set(CARDS)
    assert any(getattr(widget, "text", "") == "Stop training" for widget in scene.form.widgets)


@pytest.mark.parametrize("kept", [True, False])
def test_a_run_that_is_over_shows_what_was_kept_of_it(
    kept: bool, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = say.RunStarted("old", {}, ("01_first_night",), 1, 0)
    past = Past((started,) if kept else (), ())
    monkeypatch.setattr(archive.past, "read", lambda _run: past)
    services.training = MadeDesk("none")
    it = Archive(RunFolder(tmp_path))
    scene = WatchScene(services, archive=it)
    assert scene.trained  # it may still be found
    it._thread.join()
    scene.update(0.01)
    assert scene.trained is kept
