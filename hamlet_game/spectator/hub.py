"""Everyone who looks on, and what is on its way to each: little, and never more than that."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any, Final

Message = dict[str, Any]
PASSING: Final = ("town", "steps")  # not kept for newcomers: they are greeted instead
BATCHES: Final = 8  # of steps that wait for a slow client; then the oldest are dropped
MOST_CLIENTS: Final = 2_000


class Mailbox:
    """What one client has not been sent yet: of each topic the newest, of steps a few."""

    def __init__(self) -> None:
        self.dropped = 0  # batches of steps that came too fast for it
        self._topics: dict[str, str] = {}
        self._steps: deque[str] = deque(maxlen=BATCHES)
        self._filled = asyncio.Event()

    def put(self, topic: str, text: str) -> None:
        """Leave a message. A town makes the steps of the one before pointless."""
        if topic == "steps":
            self.dropped += len(self._steps) == BATCHES
            self._steps.append(text)
        else:
            if topic == "town":
                self._steps.clear()
            self._topics[topic] = text
        self._filled.set()

    async def take(self) -> str:
        """Wait for messages and return all as one list in JSON, in an order that makes sense."""
        await self._filled.wait()
        self._filled.clear()
        topics, self._topics = self._topics, {}
        steps, self._steps = list(self._steps), deque(maxlen=BATCHES)
        return f"[{','.join((*topics.values(), *steps))}]"


class Hub:
    """Tells all clients the same. A message is put into words once, however many there are."""

    def __init__(self, most: int = MOST_CLIENTS) -> None:
        self._most = most
        self._boxes: set[Mailbox] = set()
        self._latest: dict[str, str] = {}
        self.greeting: Callable[[], Message] | None = None  # what a newcomer hears first

    def __len__(self) -> int:
        """Return how many look on."""
        return len(self._boxes)

    @property
    def full(self) -> bool:
        """Return whether nobody else can come in."""
        return len(self._boxes) >= self._most

    def join(self) -> Mailbox:
        """Return the mailbox of somebody new, with all there is to know."""
        box = Mailbox()
        if self.greeting is not None:
            message = self.greeting()
            box.put(message["type"], dumps(message))
        for topic, text in self._latest.items():
            box.put(topic, text)
        self._boxes.add(box)
        return box

    def leave(self, box: Mailbox) -> None:
        """Forget somebody."""
        self._boxes.discard(box)

    def tell(self, message: Message) -> None:
        """Tell everyone, unless they know it already."""
        topic, text = message["type"], dumps(message)
        if topic in PASSING:
            self._spread(topic, text)
        elif self._latest.get(topic) != text:
            self._latest[topic] = text
            self._spread(topic, text)

    def _spread(self, topic: str, text: str) -> None:
        for box in self._boxes:
            box.put(topic, text)


def dumps(message: Message) -> str:
    """Return a message as compact JSON. Raises ValueError for what JSON can't say."""
    return json.dumps(message, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
