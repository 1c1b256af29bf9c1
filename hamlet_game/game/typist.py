"""Presses keys as a person would: for trying out a built game, where no test can reach in."""

from __future__ import annotations

from collections import deque
from typing import Final

import pygame

EVERY: Final = 4  # frames from one key to the next
MOST: Final = 1_000  # times one word may ask for its key


class Typist:
    """Presses one key after the other while the game runs; by default none."""

    def __init__(self, keys: tuple[int, ...] = ()) -> None:
        self._waiting = deque(keys)
        self._frames = 0

    def frame(self) -> None:
        """Press and let go of the next key if it is due."""
        self._frames += 1
        if not self._waiting or self._frames % EVERY:
            return
        key = self._waiting.popleft()
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.Event(kind, key=key, mod=0, unicode=""))


def keys_of(text: str) -> tuple[int, ...]:
    """Read "right*3 space f9": keys by pygame's names, each with how often. Raises ValueError."""
    keys: list[int] = []
    for word in text.split():
        name, star, often = word.partition("*")
        times = int(often) if often.isdecimal() else 1
        if (star and not often.isdecimal()) or times > MOST:
            raise ValueError(f"'{word}': write such as {name}*3, {MOST} times at most")
        key = getattr(pygame, f"K_{name}", None) or getattr(pygame, f"K_{name.upper()}", None)
        if key is None:
            raise ValueError(f"'{name}' is no key; keys are named such as space, f9, left, a")
        keys += [key] * times
    return tuple(keys)
