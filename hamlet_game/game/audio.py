"""Sound: small effects and one calm loop. No sound device is no error, only silence.

A sound is loaded when it is first played, so that starting stays fast.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, get_args

import pygame

from hamlet_game.game.quiet import quiet_libraries
from hamlet_game.game.settings import Settings

SoundName = Literal[
    "step", "step2", "bump", "bed", "shower", "fridge", "job", "denied", "critical", "death",
    "star", "win", "tick", "move", "press", "back",
]  # fmt: skip
SOUNDS: Final[tuple[SoundName, ...]] = get_args(SoundName)
LOOP: Final = "music.ogg"
NO_DEVICE: Final = "No sound device was found: the game is silent."
RATE = 44_100  # samples per second
BUFFER = 512  # samples: 12 ms from a press to its sound
CHANNELS = 16  # sounds at once
FADE = 600  # milliseconds the music takes to come and go

Notify = Callable[[str], None]


class Audio:
    """Plays sounds at the volumes in the settings; silent until `start`."""

    def __init__(self, settings: Settings, notify: Notify, folder: Path) -> None:
        self._settings = settings
        self._notify = notify
        self._folder = folder
        self._on = False  # there is a sound device
        self.missing = False  # one was looked for in vain
        self._sounds: dict[str, pygame.mixer.Sound | None] = {}  # None: its file can't be played
        self._music_loaded: bool | None = None  # None: not tried yet
        self._music_playing = False
        self._music_volume = -1.0  # as last set

    def start(self) -> None:
        """Open the sound device; without one, stay silent."""
        try:
            with quiet_libraries():
                pygame.mixer.init(RATE, -16, 2, BUFFER)
                pygame.mixer.set_num_channels(CHANNELS)
        except pygame.error:
            self.missing = True
            return
        self._on, self.missing = True, False

    def play(self, name: SoundName) -> None:
        """Play an effect at the current volume."""
        volume = 0.0 if self._settings.muted else _loudness(self._settings.effects_volume)
        if not self._on or volume == 0.0:
            return
        if name not in self._sounds:
            self._sounds[name] = self._load(name)
        if sound := self._sounds[name]:
            sound.set_volume(volume)
            sound.play()

    def music(self, on: bool) -> None:
        """Let the loop play or fade it out, at the current volume; call it as often as you like."""
        if not self._on:
            return
        volume = 0.0 if self._settings.muted else _loudness(self._settings.music_volume)
        wanted = on and volume > 0.0
        if wanted and volume != self._music_volume:
            pygame.mixer.music.set_volume(volume)
            self._music_volume = volume
        if wanted == self._music_playing:
            return
        self._music_playing = wanted
        if not wanted:
            pygame.mixer.music.fadeout(FADE)
        elif self._load_music():
            pygame.mixer.music.play(loops=-1, fade_ms=FADE)

    def stop(self) -> None:
        """Close the sound device."""
        if self._on:
            pygame.mixer.quit()
            self._on = False

    def _load(self, name: SoundName) -> pygame.mixer.Sound | None:
        path = self._folder / f"{name}.ogg"
        try:
            return pygame.mixer.Sound(path)
        except (pygame.error, OSError):
            self._notify(f"The sound '{path.name}' can't be played.")
            return None

    def _load_music(self) -> bool:
        if self._music_loaded is None:
            self._music_loaded = False
            try:
                pygame.mixer.music.load(self._folder / LOOP)
                self._music_loaded = True
            except (pygame.error, OSError):
                self._notify("The music can't be played.")
        return self._music_loaded


def _loudness(volume: float) -> float:
    """Return the amplitude for a slider's position: half the slider sounds like half."""
    return float(volume**1.5)
