"""Rows of the settings: each shows one field of them, changes it, and saves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from hamlet_game.game.scene import Push, Transition
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.toggle import Toggle

if TYPE_CHECKING:
    from hamlet_game.game.services import Services


class BoundToggle(Toggle):
    """A toggle of one field of the settings, which may also change elsewhere."""

    def __init__(self, services: Services, field: str, label: str, hint: str) -> None:
        self._services, self._field = services, field
        super().__init__(
            label, getattr(services.settings, field), setter(services, field), hint=hint
        )

    def sync(self) -> None:
        """Show the settings' value as it is now."""
        self.value = getattr(self._services.settings, self._field)


class Preset(Toggle):
    """A toggle that gives a field of the settings one of two values."""

    def __init__(
        self, services: Services, field: str, label: str, hint: str, *, on: Any, off: Any
    ) -> None:
        change = setter(services, field)
        super().__init__(
            label,
            getattr(services.settings, field) == on,
            lambda value: change(on if value else off),
            hint=hint,
        )


class GamepadToggle(BoundToggle):
    """The toggle that a gamepad can't undo: switched off by one, it asks first."""

    def press(self) -> Transition | None:
        """Switch over, or ask."""
        if not self.value or self._services.input.last_device != "gamepad":
            return super().press()
        return Push(
            ConfirmScene(
                self._services,
                "Switch gamepads off?",
                "You will need a keyboard or a mouse to switch them on again.",
                yes="Switch off",
                on_yes=self._off,
            )
        )

    def _off(self) -> None:
        super().press()


def setter(services: Services, field: str) -> Callable[[Any], None]:
    """Return what sets a field and saves the settings."""

    def change(value: Any) -> None:
        setattr(services.settings, field, value)
        services.save_settings()

    return change


def choice(
    services: Services,
    field: str,
    label: str,
    options: Sequence[tuple[Any, str]],
    hint: str,
) -> Choice:
    """Return a choice among (value, words); a value that is none of them becomes one."""
    current = getattr(services.settings, field)
    if all(value != current for value, _ in options):
        options = [*options, (current, f"{current:g}")]
    index = next(k for k, (value, _) in enumerate(options) if value == current)
    change = setter(services, field)
    return Choice(
        label, [words for _, words in options], index, lambda k: change(options[k][0]), hint=hint
    )
