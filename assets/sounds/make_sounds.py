"""Makes every sound of the game out of numbers, and encodes them with `oggenc`.

python assets/sounds/make_sounds.py [FOLDER]     (needs the package vorbis-tools)

Everything here is our own: sines, decays and noise, no samples. The music is a
loop of sixteen bars; notes and echo that outlast its end go on at its start,
so it has no seam.
"""

from __future__ import annotations

import subprocess
import sys
import wave
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]  # (samples,) mono or (samples, 2) stereo, −1..1

RATE = 44_100  # samples per second
PEAK = 0.85  # loudest sample of a sound at full level
A4 = 440.0  # Hz


def seconds(length: float) -> Sound:
    """Return the time of each sample of a sound of this many seconds."""
    return np.arange(round(length * RATE)) / RATE


def hz(note: float) -> float:
    """Return the frequency of a MIDI note; 69 is A4."""
    return A4 * 2 ** ((note - 69) / 12)


def swell(t: Sound, attack: float, decay: float) -> Sound:
    """Return a loudness that rises in `attack` seconds and falls by 1/e in `decay`."""
    rise = np.minimum(1.0, t / attack)
    return rise * np.exp(-np.maximum(0.0, t - attack) / decay)


def sealed(sound: Sound, fade: float = 0.02) -> Sound:
    """Let the end fade to nothing, so that it can't click."""
    count = min(len(sound), round(fade * RATE))
    sound[-count:] *= np.linspace(1.0, 0.0, count) ** 2
    return sound


def kalimba(note: float, length: float = 1.4, soft: float = 1.0) -> Sound:
    """Return a plucked tine: a sine, its octave, and a short inharmonic knock."""
    t, f = seconds(length), hz(note)
    body = np.sin(2 * np.pi * f * t) * swell(t, 0.004 * soft, 0.42)
    octave = 0.18 * np.sin(2 * np.pi * 2 * f * t) * swell(t, 0.003 * soft, 0.16)
    knock = 0.10 / soft * np.sin(2 * np.pi * 5.4 * f * t) * swell(t, 0.001, 0.03)
    return sealed(body + octave + knock)


def chirp(start: float, end: float, length: float, decay: float) -> Sound:
    """Return a sine that glides from one frequency (Hz) to another."""
    t = seconds(length)
    frequency = start * (end / start) ** (t / length)
    return sealed(np.sin(2 * np.pi * np.cumsum(frequency) / RATE) * swell(t, 0.004, decay))


def noise(length: float, low: float, high: float, seed: int) -> Sound:
    """Return noise between two frequencies (Hz), with soft edges, at most 1 loud."""
    count = round(length * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    f = np.fft.rfftfreq(count, 1 / RATE)
    band = 1 / (1 + (f / high) ** 4) * (1 - 1 / (1 + (f / low) ** 4))
    filtered = np.fft.irfft(spectrum * band, count)
    return np.asarray(filtered / np.abs(filtered).max())


def mixed(*parts: tuple[float, float, Sound]) -> Sound:
    """Lay sounds over each other: (starts at seconds, loudness, sound)."""
    out = np.zeros(max(round(start * RATE) + len(sound) for start, _, sound in parts))
    for start, loudness, sound in parts:
        first = round(start * RATE)
        out[first : first + len(sound)] += loudness * sound
    return out


def tune(*notes: tuple[float, float], soft: float = 1.0, length: float = 1.2) -> Sound:
    """Return kalimba notes: (starts at seconds, MIDI note)."""
    return mixed(*((start, 1.0, kalimba(note, length, soft)) for start, note in notes))


def footstep(seed: int, pitch: float) -> Sound:
    """Return a soft shoe on grass."""
    t = seconds(0.11)
    rustle = noise(0.11, 300, 1800, seed) * swell(t, 0.006, 0.022)
    heel = np.sin(2 * np.pi * pitch * t) * swell(t, 0.005, 0.03)
    return sealed(0.7 * rustle + 0.8 * heel)


def shower() -> Sound:
    """Return falling water and a few drops."""
    t = seconds(1.0)
    water = noise(1.0, 900, 6500, 11) * np.sin(np.pi * np.minimum(1.0, t / 1.0)) ** 0.7
    drops = [
        (0.08 + 0.13 * i, 0.5, chirp(900 + 170 * (i * 3 % 5), 1500 + 200 * (i * 2 % 4), 0.09, 0.03))
        for i in range(6)
    ]
    return sealed(mixed((0.0, 0.30, water), *drops), 0.1)


def meal() -> Sound:
    """Return three bites and a contented note."""
    bites: list[tuple[float, float, Sound]] = []
    for i in range(3):
        t = seconds(0.1)
        crunch = noise(0.1, 500, 3200, 20 + i) * swell(t, 0.004, 0.025)
        bites.append((0.15 * i, 0.6, crunch))
    return mixed(*bites, (0.45, 0.55, kalimba(72)), (0.53, 0.5, kalimba(76)))


def coin() -> Sound:
    """Return a coin: two bright notes."""
    first, second = kalimba(83, 0.12), kalimba(88, 0.9)
    t = seconds(0.9)
    ring = np.sin(2 * np.pi * hz(88) * 2.76 * t) * swell(t, 0.002, 0.14)
    return mixed((0.0, 0.7, sealed(first)), (0.075, 1.0, second), (0.075, 0.12, ring))


def denied() -> Sound:
    """Return two dull notes that say no without scolding."""

    def dull(note: float) -> Sound:
        t, f = seconds(0.17), hz(note)
        tone = sum(np.sin(2 * np.pi * f * k * t) / k**1.6 for k in (1, 2, 3, 5))
        return sealed(np.asarray(tone) * swell(t, 0.008, 0.09))

    return mixed((0.0, 1.0, dull(52)), (0.13, 1.0, dull(49)))


def heartbeat() -> Sound:
    """Return lub-dub, with overtones that small loudspeakers can play."""

    def thump(pitch: float) -> Sound:
        return mixed(
            (0.0, 1.0, chirp(pitch * 1.5, pitch, 0.22, 0.06)),
            (0.0, 0.5, chirp(pitch * 3, pitch * 2, 0.16, 0.04)),
        )

    return mixed((0.0, 1.0, thump(72)), (0.2, 0.75, thump(62)))


def faint() -> Sound:
    """Return a slow phrase going down, and the thud of lying down."""
    notes = ((0.0, 72), (0.22, 68), (0.44, 65), (0.7, 60))
    return mixed(
        (0.0, 0.8, tune(*notes, soft=3, length=1.6)), (0.75, 0.7, chirp(110, 50, 0.35, 0.1))
    )


def bump() -> Sound:
    """Return a shoulder against a fence."""
    t = seconds(0.14)
    wood = noise(0.14, 150, 900, 5) * swell(t, 0.003, 0.025)
    return mixed((0.0, 1.0, chirp(170, 85, 0.16, 0.045)), (0.0, 0.4, sealed(wood)))


def win() -> Sound:
    """Return a short fanfare that ends on a whole chord."""
    rise = ((0.0, 65), (0.13, 69), (0.26, 72), (0.39, 77), (0.62, 74), (0.78, 76))
    chord = tuple((1.0 + 0.02 * i, note) for i, note in enumerate((65, 72, 77, 81, 84)))
    return mixed((0.0, 0.8, tune(*rise)), (0.0, 0.55, tune(*chord, length=2.0)))


EFFECTS: dict[str, tuple[float, Callable[[], Sound]]] = {  # loudness 0..1, and how to make it
    "step": (0.16, lambda: footstep(1, 105)),
    "step2": (0.16, lambda: footstep(2, 95)),
    "bump": (0.40, bump),
    "bed": (0.60, lambda: tune((0.0, 76), (0.2, 72), (0.4, 67), (0.62, 60), soft=4, length=1.5)),
    "shower": (0.50, shower),
    "fridge": (0.60, meal),
    "job": (0.55, coin),
    "denied": (0.45, denied),
    "critical": (0.65, heartbeat),
    "death": (0.70, faint),
    "star": (0.60, lambda: tune((0.0, 84), (0.07, 88), (0.14, 91), (0.21, 96))),
    "win": (0.80, win),
    "tick": (0.20, lambda: chirp(1300, 900, 0.05, 0.012)),
    "move": (0.22, lambda: sealed(kalimba(79, 0.16))),
    "press": (0.38, lambda: tune((0.0, 77), (0.05, 84), length=0.35)),
    "back": (0.34, lambda: tune((0.0, 77), (0.06, 72), length=0.35)),
}

# The music: sixteen bars in F, eighty beats a minute.
BEAT = 60 / 80  # seconds
BARS = 16
CHORDS = (  # bass, then the notes of the pad, one chord a bar
    (41, (57, 60, 64)), (38, (57, 60, 65)), (46, (58, 62, 65)), (36, (58, 62, 67)),
    (41, (57, 60, 64)), (45, (55, 60, 64)), (46, (57, 62, 65)), (36, (58, 60, 67)),
    (38, (57, 60, 65)), (45, (55, 60, 64)), (46, (57, 62, 65)), (41, (57, 60, 65)),
    (43, (58, 62, 65)), (45, (57, 60, 64)), (46, (58, 62, 65)), (36, (58, 64, 67)),
)  # fmt: skip
MELODY = (  # a bar each: (beat, MIDI note)
    ((0, 72), (1.5, 76), (2, 77)), ((0, 81), (2.5, 77)),
    ((0.5, 74), (1.5, 77), (3, 74)), ((0, 72),),
    ((0, 69), (1.5, 72), (2, 77)), ((0, 76), (2.5, 72)),
    ((0.5, 74), (2, 69), (3, 72)), ((0, 67),),
    ((0, 77), (1, 76), (2.5, 72)), ((0.5, 72), (2, 76)),
    ((0, 74), (1.5, 77), (3, 81)), ((0, 84),),
    ((0.5, 82), (1.5, 77), (3, 74)), ((0, 76), (2.5, 72)),
    ((0, 74), (1, 70), (2.5, 74)), ((0, 72),),
)  # fmt: skip


def music() -> Sound:
    """Return the loop, (samples, 2)."""
    length = round(BARS * 4 * BEAT * RATE)
    loop = np.zeros((length, 2))

    def lay(beat: float, sound: Sound, loudness: float, side: float) -> None:
        """Add a sound to the loop, going on at its start where it is too long; side −1..1."""
        places = (round(beat * BEAT * RATE) + np.arange(len(sound))) % length
        loop[places, 0] += loudness * np.sqrt((1 - side) / 2) * sound
        loop[places, 1] += loudness * np.sqrt((1 + side) / 2) * sound

    for bar, (bass, chord) in enumerate(CHORDS):
        lay(bar * 4, low_note(bass), 0.34, 0.0)
        lay(bar * 4 + 2.5, low_note(bass + 12, 1.2), 0.12, 0.0)
        for i, note in enumerate(chord):
            lay(bar * 4, pad(note), 0.085, (i - 1) * 0.6)
        for step, place in enumerate((0, 1, 2, 1, 0, 2, 1, 2)):
            note = chord[place] + 12
            loudness = 0.085 if step % 2 else 0.11
            lay(bar * 4 + step / 2 + 0.012 * (step % 2), kalimba(note, 1.2, 2), loudness, -0.35)
        for beat, note in MELODY[bar]:
            lay(bar * 4 + beat, kalimba(note, 2.2, 1.5), 0.27, 0.3)
    return loop + 0.30 * echo(loop)


def low_note(note: float, length: float = 2.6) -> Sound:
    """Return a round bass note."""
    t, f = seconds(length), hz(note)
    tone = np.sin(2 * np.pi * f * t) + 0.35 * np.sin(4 * np.pi * f * t)
    return sealed(tone * swell(t, 0.02, 0.9), 0.2)


def pad(note: float) -> Sound:
    """Return a slow, slightly trembling chord note that overlaps the next bar."""
    t, f = seconds(5 * BEAT), hz(note)
    tremble = 1 + 0.08 * np.sin(2 * np.pi * 4.1 * t + note)
    tone = sum(
        np.sin(2 * np.pi * f * k * (1 + detune) * t) / k**2
        for k in (1, 2, 3)
        for detune in (-0.0012, 0.0014)
    )
    shape = np.sin(np.pi * t / t[-1]) ** 0.8
    return np.asarray(tone * tremble * shape)


def echo(loop: Sound) -> Sound:
    """Return the sound of a small wooden room around a loop, itself a loop."""
    room = np.zeros_like(loop)
    t = seconds(1.3)
    for side in (0, 1):
        tail = noise(1.3, 200, 3000, 40 + side) * np.exp(-t / 0.28)
        tail /= np.sqrt((tail**2).sum())
        spectrum = np.fft.rfft(loop[:, side]) * np.fft.rfft(tail, len(loop))
        room[:, side] = np.fft.irfft(spectrum, len(loop))
    return room


def wav(sound: Sound) -> bytes:
    """Return 16-bit PCM in a WAV container."""
    samples = np.round(np.clip(sound, -1, 1) * 32767).astype("<i2")
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1 if sound.ndim == 1 else 2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return bytes(buffer.getvalue())


def save(name: str, sound: Sound, loudness: float, folder: Path, quality: float) -> None:
    """Level a sound to `loudness` of the peak and write FOLDER/NAME.ogg."""
    sound = sound * (PEAK * loudness / np.abs(sound).max())
    target = folder / f"{name}.ogg"
    command = ["oggenc", "-Q", "-s", "1", "-q", str(quality), "-o", str(target), "-"]
    subprocess.run(command, input=wav(sound), check=True)  # noqa: S603 - our own arguments


def main() -> None:
    """Make all sounds in the given folder, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for name, (loudness, make) in EFFECTS.items():
        save(name, make(), loudness, folder, quality=2)
    save("music", music(), 0.95, folder, quality=1)


if __name__ == "__main__":
    main()
