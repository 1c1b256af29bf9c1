"""The watch scene at a training that was made up: who plays, the ways in and out, its looks."""

from __future__ import annotations

from functools import partial

import pytest
from eyes import SIZES, Eyes
from made_training import BEGUN, LEVELS, MadeDesk, at_training, brain, feed
from tour_watch import WATCH, watching
from watching import SMALL, Sit, made, press, run, seen, watch

from hamlet_game.game.desk.history import History
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.services import Services
from hamlet_game.game.watch.cast import Moment
from hamlet_game.training import events as say


@pytest.fixture
def sit_down(services: Services, seat: Sit) -> Sit:
    return partial(seat, size=SMALL, services=services)


# What is shown.


def test_it_shows_the_newest_brain_and_says_how_old_it_is(services: Services) -> None:
    scene = watching(services)
    assert isinstance(scene.show.life.player, Moment)
    assert scene.show.life.player.moment is scene.history.newest
    says = Eyes().look_at(scene)
    assert any("3 s ago, step 1,240,000" in text for text in says)
    assert "Full Day" in says
    assert any(text.startswith("Town ") for text in says)
    assert "Show 1×" in says


def test_a_newer_brain_takes_over_at_once_or_with_the_next_life(services: Services) -> None:
    scene = watching(services)
    newer = brain("04_thrive", 1_300_000)
    scene.history.take(newer)
    scene.update(0.01)
    assert scene.cast.wanted(scene.history) is newer
    assert scene.show.life.player.name == "Step 1,300,000"
    scene.at_once = False
    scene.history.take(brain("master", 1_350_000))
    scene.update(0.01)
    assert scene.show.life.player.name == "Step 1,300,000"
    scene.begin(12)
    assert scene.show.life.player.name == "Step 1,350,000"


def test_the_brain_of_an_earlier_moment_is_badged_and_left_with_a_key(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    scene.show_moment(scene.history.brains[1])
    player.frames(2)
    assert scene.show.life.player.name == "Step 150,000"
    assert any("back to the newest with Esc" in text for text in Eyes().look_at(scene))
    press(player, Command.BACK)
    player.frames()
    assert scene.cast.pinned is None
    assert scene.show.life.player.name == "Step 1,240,000"
    press(player, Command.BACK)
    assert player.name == "WatchMenuScene"


def test_a_click_on_the_curve_loads_that_moments_brain(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    player.frames(3)
    box = scene.view._plan.cards["curve"]  # type: ignore[union-attr]
    player.click(box.x + box.w * 0.22, box.centery)
    assert scene.cast.pinned is not None
    assert scene.cast.pinned.step == BEGUN[2] or scene.cast.pinned.step == BEGUN[1]


def test_life_after_life_is_shown_in_other_towns(services: Services) -> None:
    scene = watching(services, 0.1)
    towns = []
    for _ in range(3):
        scene.show.rushing = True
        town = scene.show.town_seed
        for _ in range(3000):
            scene.update(1 / 60)
            if scene.show.town_seed != town:
                break
        towns.append(scene.show.town_seed)
    assert len(set(towns)) == 3
    assert all(1 <= town <= 999_999 for town in towns)


def test_a_brain_that_does_not_fit_is_one_sentence(services: Services) -> None:
    scene = watching(services)
    odd = brain("master", 1_300_000)
    arrays = {name: array[..., :3] for name, array in odd.brain["arrays"].items()}
    changed = odd.brain | {"arrays": arrays}
    scene.history.take(say.BrainUpdated(odd.step, odd.seconds, 0, LEVELS[2], changed))
    for _ in range(3):
        scene.update(0.01)
    assert scene.show.life.player.name == "Step 1,240,000"
    assert len([n for n in services.notices if "does not fit" in n]) == 1


def test_of_several_agents_one_is_chosen(services: Services) -> None:
    at_training(services, agents=2)
    scene = routes.watch(services)
    assert isinstance(scene, WatchScene)
    assert "Agent 1, brain from" in scene.cast.label(scene.history)
    scene.cast.agent = 1
    scene.update(0.01)
    assert scene.show.life.player is not None
    assert isinstance(scene.show.life.player, Moment)
    assert scene.show.life.player.moment is scene.history.others[1]


def test_without_a_training_somebody_chosen_plays(services: Services) -> None:
    scene = routes.watch(services, "master")
    assert isinstance(scene, WatchScene)
    assert scene.show.level.id == LEVELS[3]
    assert any(text.startswith("Master:") for text in Eyes().look_at(scene))


def test_a_run_there_is_not_is_one_sentence(services: Services) -> None:
    assert type(routes.watch(services, "no-such-run")).__name__ == "TrainingStartScene"
    assert "no run 'no-such-run'" in services.notices[0]


# Graduation, trouble, the end of a life.


def test_a_graduation_is_celebrated_and_the_next_level_shown(services: Services) -> None:
    at_training(services, until=BEGUN[2] - 1)
    scene = routes.watch(services)
    assert isinstance(scene, WatchScene)
    assert scene.show.level.id == LEVELS[1]
    told = {"survival": 94.0, "alive": 0.9, "return": 80.0, "score": 800.0}
    scene.history.take(say.LevelGraduated(BEGUN[2], 50.0, LEVELS[1], 700, told))
    scene.history.take(say.LevelStarted(BEGUN[2], 50.0, LEVELS[2]))
    scene.update(0.01)
    assert scene.feast.ceremony is not None
    scene.feast.ceremony.time = 2.0
    says = Eyes().look_at(scene)
    assert "Graduated!" in says
    assert "94.0 steps lived on average; asked: more than 80" in says
    scene.feast.ceremony.skip()
    run(scene, lambda: scene.feast.ceremony is None)
    assert scene.show.level.id == LEVELS[2]


def test_what_is_told_again_after_a_resume_is_no_graduation(services: Services) -> None:
    scene = watching(services, 0.1)
    made(services).history = feed(History())
    scene.update(0.01)
    assert scene.feast.ceremony is None


def test_a_crashed_trainer_is_told_and_recovered(sit_down: Sit, services: Services) -> None:
    player = sit_down(watch)
    made(services).crash()
    player.frames(2)
    says = Eyes().look_at(player.scene)
    assert "The trainer has stopped" in says
    player.do(Command.RIGHT, Command.CONFIRM)
    player.frames(2)
    assert seen(player).problem is None  # waved away
    assert seen(player).desk.problem is not None
    made(services).crash("It is gone again.")
    player.frames(2)
    player.choose("Begin again")
    assert made(services).orders[-1] == "recover"
    assert seen(player).problem is None
    press(player, Command.FREEZE)
    assert seen(player).show.frozen  # the tools are back


def test_a_death_can_be_looked_into(sit_down: Sit) -> None:
    player = sit_down(lambda s: (routes.watch(s, "idle"),))
    scene = seen(player)
    scene.show.rushing = True
    player.until(lambda: scene.last_end is not None, 8)
    player.choose("Why did it end?")
    assert player.name == "DeathScene"


# The ways in and out.


def test_a_training_is_started_with_what_was_chosen(sit_down: Sit, services: Services) -> None:
    services.training = MadeDesk("none")
    player = sit_down(lambda s: (routes.title(s), routes.watch(s)))
    assert player.name == "TrainingStartScene"
    player.go_to(player.find("Training"))
    player.do(Command.RIGHT)
    player.go_to(player.find("Levels"))
    player.do(Command.RIGHT)
    player.choose("Start training")
    assert player.name == "WatchScene"
    word, args, kwargs = made(services).orders[0]
    assert (word, args) == ("start", ("quick",))
    assert kwargs["overrides"] == {"seed": 0, "levels": "1"}


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_the_menu_holds_everything_else(device: str, sit_down: Sit, services: Services) -> None:
    player = sit_down(watch, device)
    scene = seen(player)
    player.do(Command.BACK)
    assert player.name == "WatchMenuScene"
    player.go_to(player.find("Level"))
    player.do(Command.RIGHT)
    player.choose("Go on watching")
    assert seen(player).show.level.id == LEVELS[0]
    player.do(Command.BACK)
    player.go_to(player.find("Brain"))
    player.do(Command.LEFT)
    assert scene.cast.pinned is scene.history.brains[-2]
    player.choose("Stop training")
    assert made(services).orders[-1] == "stop"


def test_stopping_asks_first(sit_down: Sit, services: Services) -> None:
    player = sit_down(watch)
    player.choose("Stop training")
    assert player.name == "ConfirmScene"
    player.choose("Stop")
    assert made(services).orders == ["stop"]


@pytest.mark.parametrize("name", WATCH)
@pytest.mark.parametrize(("size", "text_scale"), [*SIZES, ((720, 1280), 1.0), ((720, 1280), 1.5)])
def test_it_is_tidy(
    name: str, size: tuple[int, int], text_scale: float, services: Services
) -> None:
    if name == "training start" and size[1] > size[0]:
        pytest.skip("it lies on its side")
    scene = WATCH[name](services)[-1]
    if isinstance(scene, WatchScene):
        scene.show.effects.clear()  # numbers that rise pass over the bubble
        services.settings.panels = {**services.settings.panels, "thought": False}
    eyes = Eyes(size, text_scale)
    eyes.look_at(scene)
    if "ceremony" not in name and "crashed" not in name:
        eyes.assert_tidy()
