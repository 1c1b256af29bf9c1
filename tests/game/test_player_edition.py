"""The window of the small edition: it plays, and says who trains instead."""

from __future__ import annotations

import pytest
from driver import Player

from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes, training_start


def test_starting_a_training_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Training is for the full Hamlet: get it."
    monkeypatch.setattr(training_start, "cannot_train", lambda: sentence)
    player = Player(lambda services: (routes.title(services), routes.training_start(services)))
    try:
        told: list[str] = []
        monkeypatch.setattr(player.services, "notify", told.append, raising=False)
        start = player.find("Start training")
        assert getattr(start, "hint", "") == sentence
        player.go_to(start)
        player.do(Command.CONFIRM)
        assert told == [sentence]
        assert player.name == "TrainingStartScene"
        assert player.services.training.state == "none"
        player.go_to(player.find("Master"))
        player.do(Command.CONFIRM)
        assert player.name == "WatchScene"
    finally:
        player.close()
