"""The stack of scenes: only the topmost lives, those it lets show through are drawn below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hamlet_game.game.scene import Pop, Push, Quit, Replace, Reset, Scene, Transition


class SceneStack:
    """Carries out transitions. Empty means that the game is over."""

    def __init__(self, scenes: Iterable[Scene], on_change: Callable[[], None]) -> None:
        self._scenes = list(scenes)  # bottom first
        self._on_change = on_change

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, bottom first."""
        return tuple(self._scenes)

    @property
    def top(self) -> Scene | None:
        """Return the scene that lives, if any is left."""
        return self._scenes[-1] if self._scenes else None

    @property
    def visible(self) -> list[Scene]:
        """Return the scenes to draw, in that order: from the topmost opaque one up."""
        first = max((i for i, scene in enumerate(self._scenes) if scene.opaque), default=0)
        return self._scenes[first:]

    def clear(self) -> None:
        """End the game."""
        self.apply(Quit())

    def apply(self, transition: Transition | None) -> None:
        """Carry out what a scene asked for."""
        if transition is None:
            return
        match transition:
            case Push(scene):
                self._scenes.append(scene)
            case Replace(scene):
                self._scenes[-1:] = [scene]
            case Reset(scenes):
                self._scenes = list(scenes)
            case Quit():
                self._scenes = []
            case Pop(count):
                self._scenes = self._scenes[:-count] if count > 0 else self._scenes
                if self._scenes:
                    self._scenes[-1].resumed()
        self._on_change()
