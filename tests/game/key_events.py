"""What tests of the input share: synthetic events that go through pygame's real queue."""

import pygame

from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.input import Input


def send(game_input: Input, kind: int, dt: float = 0.0, **facts: object) -> list[Event]:
    pygame.event.post(pygame.event.Event(kind, **facts))
    return game_input.poll(pygame.event.get(), dt)


def press(game_input: Input, key: int, **facts: object) -> list[Event]:
    return send(game_input, pygame.KEYDOWN, key=key, **facts)


def release(game_input: Input, key: int) -> list[Event]:
    return send(game_input, pygame.KEYUP, key=key)


def commands(events: list[Event]) -> list[set[Command]]:
    return [set(event.commands) for event in events if isinstance(event, Press)]
