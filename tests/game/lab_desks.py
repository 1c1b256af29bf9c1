"""Training desks that only pretend: the lab's scenes are tested with these."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.desk.history import History
from hamlet_game.game.lab.clip import make_clip
from hamlet_game.game.lab.quests import FARM_RECIPE
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes.lab import LabScene
from hamlet_game.game.scenes.lab_clip import LabClipScene
from hamlet_game.game.services import Services
from hamlet_game.training import events as say
from hamlet_game.training.worker import Problem

SLEEPER = "sleeper"  # lives in Full Day a little, and in Clean Start only sleeps


def shipped(name: str, step: int, level: str) -> say.BrainUpdated:
    """Return a brain that comes with the game, or the sleeper, as if it had just been trained."""
    folder = Path(__file__).parent if name == SLEEPER else paths.assets() / "brains"
    brain = Brain.load(folder / f"{name}.safetensors")
    values = {
        "arrays": dict(brain._network.arrays),
        "architecture": brain.architecture.values(),
        "training": dict(brain.training),
    }
    return say.BrainUpdated(step, 0.0, 0, level, values)


class FakeDesk:
    """A desk whose trainer says what the test wants."""

    made: ClassVar[list[FakeDesk]]

    def __init__(self) -> None:
        self.history = History()
        self.state = "none"
        self.problem: Problem | None = None
        self.overrides: dict[str, Any] = {}
        self.kept = True
        self.stopped = self.closed = False
        type(self).made.append(self)

    def start(
        self,
        preset_or_values: str = "default",
        *,
        name: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        keep: bool = True,
    ) -> None:
        assert (preset_or_values, name) == ("default", None)
        self.overrides, self.kept, self.state = dict(overrides or {}), keep, "running"

    def tell(self, *events: say.Event) -> None:
        for event in events:
            self.history.take(event)

    def end(self) -> None:
        self.state = "ended"

    def fail(self, sentence: str) -> None:
        self.state, self.problem = "failed", Problem(sentence, "", over=True)

    def stop(self) -> None:
        self.stopped, self.state = True, "ended"

    def poll(self) -> list[say.Event]:
        return []

    def close(self, timeout_s: float = 0.0) -> None:
        assert timeout_s == 0.0
        self.closed = True


def desks() -> type[FakeDesk]:
    """Return a kind of fake desk with a list of its own of all that were made."""

    class Fresh(FakeDesk):
        pass

    Fresh.made = []
    return Fresh


def settled(scene: LabScene) -> LabScene:
    """Let everything be worked out that can be."""
    for _ in range(5_000):
        scene.update(1 / 60)
        if scene.bench.example.done and not any(
            side.exam for trial in [scene.bench.trial] if trial for side in trial.sides
        ):
            break
    return scene


def opened(services: Services) -> LabScene:
    """Return the lab with its worked example worked out."""
    return settled(LabScene(services, desks()))


def before(services: Services) -> LabScene:
    """Return the lab's page of trainings before there was any."""
    scene = opened(services)
    scene.open_page(1)
    return scene


def trained(services: Services) -> LabScene:
    """Return the lab after a training that has gone wrong: an agent that only sleeps."""
    kind = desks()
    scene = LabScene(services, kind)
    scene.bench.take_level(services.catalog.find("2"))
    scene.bench.set_all(FARM_RECIPE)
    scene.bench.start()
    level = scene.bench.level.id
    mine, other = kind.made
    ages = (("untrained", "untrained"), (SLEEPER, "01_first_night"))
    for number in range(8):
        mine.tell(shipped(ages[min(number, 1)][0], number * 40_000, level))
        other.tell(shipped(ages[min(number, 1)][1], number * 40_000, level))
    mine.end()
    other.end()
    scene.open_page(1)
    return settled(scene)


def on_quests(services: Services) -> LabScene:
    """Return the lab's page of quests, the first one solved."""
    scene = trained(services)
    scene.open_page(2)
    return scene


def clip(services: Services) -> tuple[Scene, ...]:
    """Return the exploit that the trained lab has found, stopped where it pays."""
    scene = trained(services)
    trial = scene.bench.trial
    found = make_clip(trial) if trial else None
    assert found is not None
    for take in found.takes:
        take.live(10_000)
    above = LabClipScene(services, found)
    above.update(1 / 60)
    record = found.takes[0].record
    paying = [k for k, frame in enumerate(record.frames) if frame.terms.get(found.term)]
    above.head.playing = False
    above.head.go(paying[0])
    return scene, above
