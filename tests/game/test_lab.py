"""The reward lab: its trials, its clip, its quests, and the whole of it by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from driver import CATALOG, Player, told
from lab_desks import SLEEPER, FakeDesk, desks, opened, settled, shipped, trained
from pydantic import ValidationError

from hamlet_game.game.events import Command
from hamlet_game.game.lab import quests
from hamlet_game.game.lab.bench import OWN, Workbench
from hamlet_game.game.lab.clip import make_clip, stretch
from hamlet_game.game.lab.pops import paid
from hamlet_game.game.lab.trial import Trial
from hamlet_game.game.scenes.lab import LabScene
from hamlet_game.game.scenes.lab_clip import LabClipScene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.settings import Settings
from hamlet_game.town.level import RewardWeights
from hamlet_game.training.config import load_config
from hamlet_game.training.stages import find_stages

LEVEL = CATALOG.find("2")  # 100 steps


# The trial, with desks that pretend.


def begun(steps: int = 300_000) -> tuple[Trial, FakeDesk, FakeDesk]:
    kind = desks()
    trial = Trial(LEVEL, quests.FARM_RECIPE, steps, kind, seed=3)
    return trial, kind.made[0], kind.made[1]


def test_both_trainings_differ_in_their_rewards_alone() -> None:
    _, mine, other = begun()
    assert not mine.kept
    assert not other.kept
    differing = {k for k in mine.overrides if mine.overrides[k] != other.overrides[k]}
    assert differing == {"rewards"}
    for desk, rewards in ((mine, quests.FARM_RECIPE), (other, LEVEL.rewards)):
        config = load_config("default", desk.overrides)
        (stage,) = find_stages(config)
        assert stage.trained.rewards == rewards
        assert stage.judged.rewards == LEVEL.rewards
        assert (config.limits.max_steps, config.seed) == (300_000, 3)


def test_brains_are_judged_as_they_come() -> None:
    trial, mine, _ = begun()
    mine.tell(shipped("untrained", 0, LEVEL.id), shipped("01_first_night", 20_000, LEVEL.id))
    for _ in range(2_000):
        trial.update()
        if len(trial.yours.readings) == 2:
            break
    assert [reading.step for reading in trial.yours.readings] == [0, 20_000]
    assert trial.yours.readings[1].survival > trial.yours.readings[0].survival
    assert trial.standard.readings == []


def test_a_crash_of_one_is_told_and_the_other_goes_on() -> None:
    trial, mine, other = begun()
    mine.fail("The trainer crashed (it was only a test).")
    trial.update()
    assert trial.trouble == "Yours: The trainer crashed (it was only a test)."
    assert other.state == "running"
    assert trial.training


def test_a_brain_that_can_not_be_used_is_told() -> None:
    trial, mine, _ = begun()
    broken = shipped("untrained", 0, LEVEL.id)
    broken.brain["arrays"] = {}
    mine.tell(broken)
    trial.update()
    assert trial.trouble.startswith("Yours: its brain can't be used")


# The clip.


def test_the_clip_shows_the_farmed_life_beside_the_standard_one(services: Services) -> None:
    trial = trained(services).bench.trial
    assert trial is not None
    clip = make_clip(trial)
    assert clip is not None
    assert clip.term == "affordance_bonus"
    assert [take.name for take in clip.takes] == ["Yours", "Standard"]
    for take in clip.takes:
        take.live(10_000)
        assert take.record.actions == take.actions
    record = clip.takes[0].record
    sums = paid(record, record.survival)
    assert sums == {"affordance_bonus": pytest.approx(record.total)}
    assert sums["affordance_bonus"] >= 10
    begin = stretch(record, "affordance_bonus", 30)
    there = paid(record, begin + 29)["affordance_bonus"]
    before = paid(record, begin - 1)["affordance_bonus"] if begin > 1 else 0.0
    assert there - before >= 10


# The quests.


def test_the_pass_mark_is_the_level_s_own() -> None:
    assert quests.pass_survival(LEVEL) == 80
    assert quests.pass_survival(CATALOG.find("3")) == 200


def test_the_first_quest_is_solved_by_farming_and_remembered(services: Services) -> None:
    scene = trained(services)
    assert all(goal.done for goal in scene.bench.goals(quests.FARM))
    assert services.settings.lab_quests == {"farm": "affordance_bonus"}
    again = Workbench(open_services(CATALOG), desks())
    assert again.farmed == "affordance_bonus"
    assert again.solved(quests.FARM)
    assert not again.solved(quests.MEND)


def mending(services: Services, weights: RewardWeights, name: str) -> LabScene:
    """Return the lab after a whole training whose agent lives like a shipped brain."""
    services.settings.lab_quests = {"farm": "affordance_bonus"}
    kind = desks()
    scene = LabScene(services, kind)
    scene.bench.take_level(LEVEL)
    scene.bench.set_all(weights)
    scene.bench.start()
    for desk in kind.made:
        for number in range(4):
            desk.tell(shipped(name, number * 100_000, LEVEL.id))
        desk.end()
    return settled(scene)


def test_the_second_quest_is_solved_by_living_again(services: Services) -> None:
    bench = mending(services, quests.MEND_RECIPE, "01_first_night").bench
    assert all(goal.done for goal in bench.goals(quests.MEND))
    assert bench.solved(quests.MEND)


@pytest.mark.parametrize(
    ("weights", "brain"),
    [
        (RewardWeights(survival=1.0), "01_first_night"),  # the term is simply gone
        (quests.MEND_RECIPE, "untrained"),  # it dies as before
    ],
)
def test_the_second_quest_asks_for_both(
    services: Services, weights: RewardWeights, brain: str
) -> None:
    bench = mending(services, weights, brain).bench
    assert not bench.solved(quests.MEND)


def test_a_term_that_nobody_knows_is_not_a_solved_quest(services: Services) -> None:
    services.settings.lab_quests = {"farm": "no such term"}
    bench = Workbench(services, desks())
    assert bench.farmed is None
    assert not bench.solved(quests.FARM)
    assert bench.goals(quests.MEND)[0].done is False


def test_quests_are_kept_in_the_settings_and_must_be_words() -> None:
    settings = Settings(lab_quests={"farm": "improvement"})
    assert Settings.model_validate(settings.model_dump()).lab_quests == {"farm": "improvement"}
    with pytest.raises(ValidationError):
        Settings(lab_quests={"farm": "x" * 41})


# The whole of it, by hand.


@pytest.fixture
def sit_down(seat: Callable[..., Player]) -> Callable[..., Player]:
    def taken(device: str = "keyboard") -> Player:
        return seat(lambda services: (opened(services), opened(services)), device=device)

    return taken


def lab_of(player: Player) -> LabScene:
    scene = player.scene
    assert isinstance(scene, LabScene)
    return scene


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_from_the_sliders_to_the_exploit_and_out(
    device: str, sit_down: Callable[..., Player]
) -> None:
    player = sit_down(device)
    scene = lab_of(player)
    player.go_to(player.find("Death"))
    before = scene.bench.weights.death
    player.do(Command.LEFT)
    assert scene.bench.weights.death == before - 1
    player.frames(2)
    assert scene.bench.preset == OWN
    assert told(player.find("Start from")) == "Start from"

    scene.open_page(2)
    player.frames()
    player.choose("Weights that farm")
    assert scene.bench.weights == quests.FARM_RECIPE
    player.choose("Train both")
    trial = scene.bench.trial
    assert trial is not None
    mine, other = trial.yours.desk, trial.standard.desk
    assert isinstance(mine, FakeDesk)
    assert isinstance(other, FakeDesk)
    for number in range(1, 5):
        mine.tell(shipped(SLEEPER, number * 20_000, LEVEL.id))
        other.tell(shipped("01_first_night", number * 20_000, LEVEL.id))
    player.until(lambda: trial.flag is not None, 30)
    player.frames(2)
    assert "farm" in player.services.settings.lab_quests

    player.choose("Watch the exploit")
    clip = player.scene
    assert isinstance(clip, LabClipScene)
    player.until(lambda: clip.ready and clip.head.playing, 10)
    player.do(Command.INTERACT)
    assert not clip.head.playing
    at = clip.head.step
    player.do(Command.RIGHT)
    assert clip.head.step == at + 1
    player.do(Command.BACK)
    assert player.scene is scene

    player.choose("Stop training")
    assert mine.stopped
    assert other.stopped
    player.do(Command.BACK)
    player.until(lambda: mine.closed and other.closed, 5)
    assert player.scene is not scene


def test_the_mouse_trains_and_a_crash_shows_a_sentence(sit_down: Callable[..., Player]) -> None:
    player = sit_down()
    scene = lab_of(player)
    player.click(*player.find("Train both").box.center)
    trial = scene.bench.trial
    assert trial is not None
    desk = trial.yours.desk
    assert isinstance(desk, FakeDesk)
    desk.fail("The trainer crashed.")
    player.frames(3)
    assert scene.bench.training  # the other one goes on
    player.click(*player.find("Stop training").box.center)
    assert not scene.bench.training
    player.click(*player.find("Train both").box.center)
    assert scene.bench.trial is not trial
    assert scene.bench.trial is not None
    assert scene.bench.trial.seed == trial.seed + 1
    player.until(lambda: desk.closed, 5)


def test_closing_the_window_ends_both_trainers(sit_down: Callable[..., Player]) -> None:
    player = sit_down()
    player.click(*player.find("Train both").box.center)
    trial = lab_of(player).bench.trial
    assert trial is not None
    both = [trial.yours.desk, trial.standard.desk]
    for leave in player.services.at_close:
        leave()
    player.until(lambda: all(isinstance(d, FakeDesk) and d.closed for d in both), 5)


# Rewards of one's own in a run's configuration.


def test_a_run_s_rewards_may_be_weights() -> None:
    config = load_config("default", {"rewards": {"survival": 1, "death": -5}})
    assert config.rewards == RewardWeights(survival=1, death=-5)
