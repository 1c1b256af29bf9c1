"""What is on its way to each client: bounded, the newest of each topic, told once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from hamlet_game.spectator.hub import BATCHES, Hub, Mailbox, dumps


def taken(box: Mailbox) -> list[Any]:
    """Return what is in a mailbox, which came as one list in JSON."""
    found: list[Any] = json.loads(asyncio.run(asyncio.wait_for(box.take(), 1)))
    return found


def test_a_slow_client_keeps_the_newest_and_loses_steps() -> None:
    box = Mailbox()
    for k in range(1_000):
        box.put("run", f"{k}")
        box.put("steps", f"{-k}")
    assert taken(box) == [999, *(-k for k in range(1_000 - BATCHES, 1_000))]
    assert box.dropped == 1_000 - BATCHES


def test_another_town_makes_older_steps_pointless() -> None:
    box = Mailbox()
    for topic in ("steps", "town", "steps"):
        box.put(topic, f'"{topic}"')
    assert taken(box) == ["town", "steps"]


def test_taking_waits_for_something() -> None:
    async def wait() -> str:
        box = Mailbox()
        asyncio.get_running_loop().call_later(0.02, box.put, "run", "7")
        return await asyncio.wait_for(box.take(), 2)

    assert asyncio.run(wait()) == "[7]"


def test_what_is_known_is_not_told_again() -> None:
    hub = Hub()
    box = hub.join()
    for _ in range(3):
        hub.tell({"type": "run", "step": 1})
    assert taken(box) == [{"type": "run", "step": 1}]
    hub.tell({"type": "run", "step": 1})
    hub.tell({"type": "run", "step": 2})
    assert taken(box) == [{"type": "run", "step": 2}]


def test_a_newcomer_is_greeted_and_hears_what_is_known() -> None:
    hub = Hub()
    hub.greeting = lambda: {"type": "town", "life": 7}
    hub.tell({"type": "news", "lines": []})
    hub.tell({"type": "steps", "frames": [1]})
    hub.tell({"type": "town", "life": 6})
    told = taken(hub.join())
    assert [message["type"] for message in told] == ["town", "news"]
    assert told[0]["life"] == 7


def test_a_full_house() -> None:
    hub = Hub(most=2)
    boxes = [hub.join(), hub.join()]
    assert hub.full
    hub.leave(boxes[0])
    assert not hub.full
    assert len(hub) == 1


def test_json_says_no_more_than_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"type": "run", "loss": float("nan")})
