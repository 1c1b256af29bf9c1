from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from hamlet_game import paths
from hamlet_game.game.audio import LOOP, SOUNDS, Audio
from hamlet_game.game.settings import Settings

FOLDER = paths.assets() / "sounds"


@pytest.fixture
def audio(settings: Settings, notices: list[str]) -> Iterator[Audio]:
    made = Audio(settings, notices.append, FOLDER)
    made.start()
    yield made
    made.stop()


def busy() -> int:
    return sum(pygame.mixer.Channel(i).get_busy() for i in range(pygame.mixer.get_num_channels()))


def test_every_sound_plays(audio: Audio, notices: list[str]) -> None:
    for name in SOUNDS:
        pygame.mixer.stop()  # the short ones end while others begin
        audio.play(name)
        assert busy() == 1
    assert notices == []


def test_volume_and_mute_are_live(audio: Audio, settings: Settings) -> None:
    settings.muted = True
    audio.play("win")
    settings.muted = False
    settings.effects_volume = 0.0
    audio.play("win")
    assert busy() == 0
    settings.effects_volume = 0.25
    audio.play("win")
    channel = pygame.mixer.Channel(0)
    assert channel.get_sound().get_volume() == pytest.approx(0.125, abs=0.01)  # 0.25 ** 1.5


def test_music_comes_and_goes(audio: Audio, settings: Settings, notices: list[str]) -> None:
    audio.music(on=True)
    assert pygame.mixer.music.get_busy()
    settings.music_volume = 1.0
    audio.music(on=True)
    assert pygame.mixer.music.get_volume() == 1.0
    settings.muted = True
    audio.music(on=True)
    assert notices == []


def test_without_a_device_there_is_silence(
    settings: Settings, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise pygame.error("ALSA: Couldn't open audio device")

    monkeypatch.setattr(pygame.mixer, "init", nothing)
    audio = Audio(settings, notices.append, FOLDER)
    audio.start()
    audio.play("step")
    audio.music(on=True)
    audio.stop()
    assert audio.missing
    assert notices == [], "whoever starts it says so: see `Services.start_sound`"


def test_files_that_fail_are_told_once(
    settings: Settings, notices: list[str], tmp_path: Path
) -> None:
    (tmp_path / "step.ogg").write_bytes(b"no sound")
    audio = Audio(settings, notices.append, tmp_path)
    audio.start()
    for _ in range(2):
        audio.play("step")
        audio.play("bump")
        audio.music(on=True)
        audio.music(on=False)
    audio.stop()
    assert sorted(notices) == [
        "The music can't be played.",
        "The sound 'bump.ogg' can't be played.",
        "The sound 'step.ogg' can't be played.",
    ]


def samples(name: str) -> np.ndarray:
    return pygame.sndarray.array(pygame.mixer.Sound(FOLDER / name)).astype(float) / 32768


@pytest.mark.parametrize("name", SOUNDS)
def test_effects_neither_clip_nor_click(audio: Audio, name: str) -> None:
    sound = samples(f"{name}.ogg")
    assert audio is not None
    assert 0.1 < np.abs(sound).max() < 0.99
    assert np.abs(sound[0]).max() < 0.01
    assert np.abs(sound[-1]).max() < 0.01
    assert len(sound) / 44_100 < 3.5


def test_the_loop_has_no_seam(audio: Audio) -> None:
    loop = samples(LOOP)
    assert audio is not None
    assert 30 <= len(loop) / 44_100 <= 60
    assert 0.05 < np.sqrt((loop**2).mean()) < 0.2
    steps = np.abs(np.diff(loop, axis=0))
    assert (np.abs(loop[0] - loop[-1]) < np.percentile(steps, 99)).all()


def test_the_sounds_are_small() -> None:
    files = [path for path in FOLDER.iterdir() if path.suffix == ".ogg"]
    assert {path.stem for path in files} == {*SOUNDS, Path(LOOP).stem}
    assert sum(path.stat().st_size for path in files) < 1_000_000
