"""What is kept for a window that looks away."""

from __future__ import annotations

import pytest
from fake_trainings import OfTorch, brain, episode, progress

from hamlet_game.training.events import (
    CheckpointSaved,
    CheckpointSkipped,
    Event,
    Paused,
    RunStarted,
)
from hamlet_game.training.outbox import EPISODES, OTHERS, Outbox
from hamlet_game.training.protocol import Order, Report, pack, unpack


def saved(step: int) -> CheckpointSaved:
    return CheckpointSaved(step, 0.0, "latest", None, best=False)


def test_each_agents_newest_state_wins_and_order_is_kept() -> None:
    outbox = Outbox()
    assert not outbox
    events: list[Event] = [
        brain(1),
        brain(1, agent=1),
        episode(1),
        progress(1),
        brain(2),
        episode(2),
        saved(3),
    ]
    for event in events:
        outbox.put(event)
    assert outbox
    kept = outbox.take()
    steps = [0 if isinstance(event, CheckpointSkipped) else event.step for event in kept]
    assert list(zip([type(event).__name__ for event in kept], steps, strict=True)) == [
        ("BrainUpdated", 1),  # of agent 1
        ("EpisodeEnded", 1),
        ("LearnerProgress", 1),
        ("BrainUpdated", 2),
        ("EpisodeEnded", 2),
        ("CheckpointSaved", 3),
    ]
    assert outbox.dropped == 0
    assert outbox.take() == ()


def test_of_everything_else_the_newest_are_kept_and_the_lost_counted() -> None:
    outbox = Outbox()
    start = RunStarted("run", {}, (), 1, 0)
    outbox.put(start)
    for number in range(EPISODES + 3):
        outbox.put(episode(number))
        outbox.put(Paused(number, 0.0))
    for step in range(OTHERS + 2):
        outbox.put(saved(step))
    kept = outbox.take()
    assert kept[0] is start
    assert kept[1] == episode(3)
    assert len(kept) == 1 + EPISODES + 1 + OTHERS
    assert kept[-1] == saved(OTHERS + 1)
    assert outbox.dropped == 3 + 2


def test_messages_travel_and_nothing_of_torch_does() -> None:
    order = Order(3, "pause")
    assert unpack(pack(order)) == order
    for odd in (OfTorch("2.13"), OfTorch, [{"deep": OfTorch("")}]):
        event = RunStarted("run", {"x": odd}, (), 1, 0)
        with pytest.raises(TypeError, match=r"torch.torch_version.OfTorch must not leave"):
            pack(Report((event,), 0, (), (), 0.0, None, False))
