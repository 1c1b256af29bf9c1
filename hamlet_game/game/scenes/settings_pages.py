"""What stands on each page of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game import paths
from hamlet_game.game import storage
from hamlet_game.game.audio import NO_DEVICE
from hamlet_game.game.bindings import Device
from hamlet_game.game.events import Command
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.scenes.map_frame import short
from hamlet_game.game.scenes.settings_keys import binding_rows, pads_sentence
from hamlet_game.game.scenes.settings_preview import Preview
from hamlet_game.game.scenes.settings_recording import RECORDING
from hamlet_game.game.scenes.settings_rows import BoundToggle, GamepadToggle, choice, setter
from hamlet_game.game.scenes.settings_stream import stream_rows
from hamlet_game.game.settings import SPEEDS, Settings
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.ui.richtext import Label
from hamlet_game.game.ui.slider import Slider
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

WINDOW_SCALES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


def _display(services: Services) -> list[Widget]:
    settings = services.settings
    scales = [(scale, f"{scale * 1280:.0f} × {scale * 720:.0f}") for scale in WINDOW_SCALES]
    return [
        BoundToggle(services, "fullscreen", "Fullscreen", "Fill the whole screen."),
        choice(services, "window_scale", "Window size", scales, "When it is not fullscreen."),
        Slider(
            "Text size",
            settings.text_scale,
            setter(services, "text_scale"),
            low=0.75,
            high=2.0,
            hint="For all words in the game.",
        ),
        Preview(),
        choice(
            services,
            "palette",
            "Colours",
            [(name, name.capitalize()) for name in PALETTES],
            "Colour-blind: hues that stay apart. Capture-safe: tones that survive a video stream.",
        ),
        BoundToggle(
            services, "reduced_motion", "Reduced motion", "Nothing drifts, bounces or pulses."
        ),
    ]


def _sound(services: Services) -> list[Widget]:
    set_effects = setter(services, "effects_volume")

    def effects(value: float) -> None:
        set_effects(value)
        services.audio.play("job")

    missing: list[Widget] = [Label(NO_DEVICE, color="warn")] if services.audio.missing else []
    return [
        *missing,
        Slider("Effects", services.settings.effects_volume, effects, hint="You hear a sample."),
        Slider(
            "Music",
            services.settings.music_volume,
            setter(services, "music_volume"),
            hint="A calm tune in the menus and in town.",
        ),
        BoundToggle(services, "muted", "Mute everything", "Silence, whatever the volumes say."),
    ]


def _game(services: Services) -> list[Widget]:
    tempos = [("step", "Step by step"), ("live", "Live")]
    speeds = [(speed, speed_text(speed)) for speed in SPEEDS]
    return [
        choice(
            services,
            "tempo",
            "Tempo",
            tempos,
            "Step by step: the town waits for you. Live: it goes on, ready or not.",
        ),
        choice(services, "speed", "Live speed", speeds, "How fast a live town goes."),
        BoundToggle(services, "ghost", "Show my ghost", "Your best run in a town walks along."),
        BoundToggle(
            services, "save_replays", "Save every replay", "Each life is kept as a small file."
        ),
        BoundToggle(
            services, "unlock_all", "Open all levels", "Enter any level, with or without stars."
        ),
        BoundToggle(
            services, "tutorial", "First steps", "The next time, the first level explains itself."
        ),
        BoundToggle(
            services,
            "idle_demo",
            "Demo when idle",
            "The title starts the demo by itself after a minute; any key comes back.",
        ),
    ]


def _keyboard(services: Services) -> list[Widget]:
    keys = services.input.label(Command.CONFIRM, "keyboard")
    intro = f"{keys} on a row, then press the new key. The cross takes its keys away."
    return [Label(intro, color="muted"), *binding_rows(services, "keyboard")]


def _gamepad(services: Services) -> list[Widget]:
    return [
        GamepadToggle(services, "gamepad", "Use gamepads", "Off: whatever they send is ignored."),
        Label(pads_sentence(services), color="muted"),
        *binding_rows(services, "gamepad"),
    ]


def _data(_: Services) -> list[Widget]:
    places = [
        ("Settings", paths.settings_file()),
        ("Scores", paths.data() / "scores.json"),
        ("Replays", paths.replays()),
        ("Your own levels", paths.custom_levels()),
        ("Screenshots", paths.screenshots()),
        ("Clips", paths.clips()),
        ("Highlights", paths.highlights()),
    ]
    return [
        *[Label(f"**{name}**  {short(place)}", color="muted") for name, place in places],
        Label("Level files in the folder of your own levels appear on the level map.", size=SMALL),
    ]


def forget_scores(services: Services) -> None:
    """Delete all scores; if that fails, say so and keep them."""
    try:
        services.scores.clear()
    except OSError as error:
        services.notify(f"Scores can't be deleted: {storage.reason(error)}.")


@dataclass(frozen=True)
class Page:
    """One tab: its rows and what its defaults button sets back."""

    name: str
    rows: Callable[[Services], list[Widget]]
    fields: tuple[str, ...] = ()
    device: Device | None = None  # whose bindings it holds
    forgets_scores: bool = False

    def reset(self, services: Services) -> None:
        """Give the page's settings their first values again."""
        fresh = Settings()
        for field in self.fields:
            setattr(services.settings, field, getattr(fresh, field))
        if self.device is not None:
            (services.input.keys if self.device == "keyboard" else services.input.pad).reset()
        services.save_settings()

    def refresh(self, rows: Sequence[Widget], services: Services) -> None:
        """Say anew which gamepads are there."""
        if self.device == "gamepad":
            for row in rows:
                if isinstance(row, Label) and row.color == "muted":
                    row.text = pads_sentence(services)


PAGES = (
    Page(
        "Display",
        _display,
        ("fullscreen", "window_scale", "text_scale", "palette", "reduced_motion"),
    ),
    Page("Sound", _sound, ("effects_volume", "music_volume", "muted")),
    Page(
        "Game",
        _game,
        ("tempo", "speed", "ghost", "save_replays", "unlock_all", "tutorial", "idle_demo"),
    ),
    Page("Stream", stream_rows, ("feed", "chroma", "key_overlay", "portrait", *RECORDING)),
    Page("Keyboard", _keyboard, device="keyboard"),
    Page("Gamepad", _gamepad, ("gamepad",), device="gamepad"),
    Page("Data", _data, forgets_scores=True),
)
