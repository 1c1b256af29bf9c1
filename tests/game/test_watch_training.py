"""Watching a real training: a trainer beside the window, from nothing to a brain on stage."""

from __future__ import annotations

import time
from collections.abc import Callable

from driver import Player

from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.watch.cast import Moment

TINY = {
    "levels": "1",
    "towns": 8,
    "algorithm.hidden": [16],
    "report.brain_every": 1_000,
    "final.towns": 4,
    "curriculum.towns": 4,
    "limits.max_minutes": 1,
}


def wait(player: Player, done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "nothing came of it"
        player.frames()
        assert player.services.training.problem is None, player.services.training.problem
        time.sleep(0.005)


def test_a_training_is_watched_from_its_first_brain_to_its_end() -> None:
    player = Player(lambda s: (routes.title(s), routes.watch(s)), size=(640, 360))
    try:
        desk = player.services.training
        desk.start("quick", name="tiny", overrides=TINY)
        player.app.start((routes.watch(player.services),))
        scene = player.scene
        assert isinstance(scene, WatchScene)
        assert scene.show.life.player.name == "Newborn"
        wait(player, lambda: isinstance(scene.show.life.player, Moment))
        first = scene.show.life.player.name
        wait(player, lambda: scene.show.life.player.name != first)  # a newer one took over
        assert scene.show.level.id == "01_first_night"
        assert "ago, step" in scene.cast.label(scene.history)
        player.choose("Pause the learner")
        wait(player, lambda: desk.state == "paused")
        step = scene.history.step
        player.wait(0.5)
        assert scene.history.step == step
        player.choose("Let the learner go on")
        wait(player, lambda: scene.history.step > step)
        player.choose("Stop training")
        player.choose("Stop")
        wait(player, lambda: desk.state == "ended")
        assert desk.latest_run() is not None
    finally:
        player.close()
