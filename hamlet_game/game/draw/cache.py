"""A bounded store for things that are dear to make and cheap to keep."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import pygame

V = TypeVar("V")


class Cache(Generic[V]):
    """Keeps the values used last; drops the oldest once their weights pass `limit`."""

    def __init__(self, limit: int, weigh: Callable[[V], int] = lambda _: 1) -> None:
        self.limit = limit
        self.weight = 0
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return what is kept under `key`, made on first use."""
        try:
            self._kept.move_to_end(key)
        except KeyError:
            value = self._kept[key] = make()
            self.weight += self._weigh(value)
            while self.weight > self.limit and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self.weight -= self._weigh(old)
            return value
        return self._kept[key]


def pixels(surface: pygame.Surface) -> int:
    """Return a surface's area, the weight of pictures in a cache."""
    return surface.get_width() * surface.get_height() + 64


def pictures(megapixels: float) -> Cache[pygame.Surface]:
    """Return a cache of surfaces bounded by their area (4 bytes a pixel)."""
    return Cache(int(megapixels * 1_000_000), pixels)
