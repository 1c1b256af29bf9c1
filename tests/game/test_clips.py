"""Film and clips: the last seconds in memory, and files written by a process beside the game."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pygame
import pytest
from driver import DT
from PIL import Image

from hamlet_game.game.recorder import camera as cameras
from hamlet_game.game.recorder import clips, darkroom, mp4
from hamlet_game.game.recorder.camera import RATE, SECONDS, Camera
from hamlet_game.game.recorder.darkroom import Developing
from hamlet_game.game.recorder.film import Film, Picture
from hamlet_game.game.recorder.palette import shared_palette

GREEN, RED = (110, 180, 90), (214, 69, 80)


def canvas_at(number: int, size: tuple[int, int] = (1280, 720)) -> pygame.Surface:
    """Return a meadow with a red square; its place tells the number."""
    canvas = pygame.Surface(size)
    canvas.fill(GREEN)
    pygame.draw.rect(canvas, RED, (40 * (number % 16), 40 * (number // 16 % 8), 40, 40))
    return canvas


def filmed(frames: int, *, dt: float = DT, camera: Camera | None = None) -> Camera:
    camera = camera or Camera()
    for number in range(frames):
        camera.frame(canvas_at(number // 4), dt)
    return camera


def film_of(frames: int) -> Film:
    film = filmed(frames).film()
    assert film is not None
    return film


def square(picture: Picture) -> int:
    """Return the number that a picture of `canvas_at` tells (pictures are half as large)."""
    rows, columns = np.nonzero(picture[..., 0] > 160)
    return int(columns.min()) // 20 + int(rows.min()) // 20 * 16


# Film.
def test_the_camera_keeps_the_last_fifteen_seconds() -> None:
    camera = filmed(20 * 60)
    assert camera.seconds == pytest.approx(SECONDS, abs=1.5 / RATE)
    film = camera.film()
    assert film is not None
    assert len(film.shots) == pytest.approx(SECONDS * RATE, abs=2)
    assert film.size == (640, 360)


def test_film_gives_back_exactly_what_was_drawn() -> None:
    film = film_of(40)
    shown = [square(picture) for picture, _ in film.pictures()]
    assert shown == list(range(shown[0], shown[0] + len(shown)))
    last = list(film.pictures())[-1][0]
    wanted = pygame.transform.smoothscale(canvas_at(shown[-1]), (640, 360))
    assert np.array_equal(last, pygame.surfarray.array3d(wanted).swapaxes(0, 1))


def test_what_fell_out_at_the_front_does_not_spoil_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cameras, "SECONDS", 1.0)
    film = film_of(4 * 60)
    shown = [square(picture) for picture, _ in film.pictures()]
    assert shown == list(range(shown[0], shown[0] + len(shown)))
    assert len(shown) == pytest.approx(RATE, abs=1)
    assert shown[-1] == 59


def test_a_frame_scales_or_packs_one_channel_but_never_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work: list[str] = []
    pack, scale = cameras.pack, pygame.transform.smoothscale
    monkeypatch.setattr(cameras, "pack", lambda plane: (work.append("pack"), pack(plane))[1])
    monkeypatch.setattr(
        pygame.transform, "smoothscale", lambda *a: (work.append("scale"), scale(*a))[1]
    )
    camera, most = Camera(), 0
    for number in range(120):
        work.clear()
        camera.frame(canvas_at(number), DT)
        most = max(most, len(work))
    assert most == 1


@pytest.mark.parametrize("fps", [20, 30, 60, 144])
def test_time_on_film_is_real_time_at_any_frame_rate(fps: int) -> None:
    camera = filmed(3 * fps, dt=1 / fps)
    assert camera.seconds == pytest.approx(3.0, abs=0.2)
    assert len(camera.film().shots) <= 3 * RATE + 1  # type: ignore[union-attr]


def test_a_scene_that_never_rests_keeps_less_rather_than_more_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cameras, "MOST_BYTES", 3_000_000)
    camera, random = Camera(), np.random.default_rng(1)
    for _ in range(60):
        noise = random.integers(0, 256, (1280, 720, 3), np.uint8)
        camera.frame(pygame.surfarray.make_surface(noise), DT)
    assert 0 < camera.bytes <= 3_000_000
    assert camera.film() is not None


def test_a_window_turned_upright_starts_a_new_film() -> None:
    camera = filmed(60)
    for number in range(20):
        camera.frame(canvas_at(number, (720, 1280)), DT)
    film = camera.film()
    assert film is not None
    assert film.size == (360, 640)
    assert film.seconds < 0.4


def test_one_picture_is_no_film() -> None:
    assert Camera().film() is None
    assert filmed(4).film() is None


# Clip files.
def write_gif(file: Path, pictures: list[tuple[Picture, float]]) -> Image.Image:
    high, wide, _ = pictures[0][0].shape
    samples = [picture for picture, _ in pictures]
    with clips.writing(file, (wide, high), RATE, samples) as writer:
        for picture, seconds in pictures:
            writer.add(picture, seconds)
    return Image.open(file)


def test_a_gif_has_every_picture_its_time_and_its_colours(tmp_path: Path) -> None:
    pictures = list(film_of(60).pictures())
    with write_gif(tmp_path / "clip.gif", pictures) as gif:
        assert gif.size == (640, 360)
        assert gif.n_frames == len(pictures)
        assert gif.info["loop"] == 0
        shown = 0.0
        for number, (picture, _) in enumerate(pictures):
            gif.seek(number)
            shown += gif.info["duration"]
            seen = np.asarray(gif.convert("RGB")).astype(int)
            assert np.abs(seen - picture).max() <= 24, number
        assert shown == pytest.approx(1000 * sum(seconds for _, seconds in pictures), abs=10)


def test_a_picture_that_stays_is_written_once(tmp_path: Path) -> None:
    still = np.full((90, 160, 3), 90, np.uint8)
    moved = still.copy()
    moved[10:20, 10:20] = 200
    with write_gif(tmp_path / "clip.gif", [(still, 0.5)] * 4 + [(moved, 0.5)]) as gif:
        assert gif.n_frames == 2
        durations = []
        for number in range(2):
            gif.seek(number)
            durations.append(gif.info["duration"])
        assert durations == [2000, 500]


def test_a_meter_keeps_its_colour_before_a_meadow_of_many() -> None:
    random = np.random.default_rng(3)
    meadow = random.integers(60, 200, (360, 640, 3)).astype(np.uint8)
    meters = {10: (98, 147, 250), 20: (62, 190, 214), 30: (240, 104, 62)}
    for row, color in meters.items():
        meadow[row : row + 6, 10:300] = color
    palette = shared_palette([meadow])
    shown = palette.colors[palette.nearest(meadow)]
    for row, color in meters.items():
        assert np.abs(shown[row, 50].astype(int) - color).max() <= 4


def test_a_video_has_every_picture_at_an_even_rate(tmp_path: Path) -> None:
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    file = tmp_path / "clip.mp4"
    film = film_of(60)
    with clips.writing(file, film.size, RATE, []) as writer:
        for picture, seconds in film.pictures():
            writer.add(picture, seconds)
    frames, seconds = ffmpeg.count_frames_and_secs(str(file))
    assert frames == len(film.shots)
    assert seconds == pytest.approx(len(film.shots) / RATE, abs=0.1)


def test_a_video_that_can_not_be_written_says_why(tmp_path: Path) -> None:
    pytest.importorskip("imageio_ffmpeg")
    writer = mp4.Mp4Writer(tmp_path / "no such folder" / "clip.mp4", (640, 360), RATE)
    with pytest.raises(mp4.VideoError, match=r"ffmpeg failed .*No such file"):
        writer.add(np.zeros((360, 640, 3), np.uint8), 10.0)
    writer.abandon()


# The process that writes.
def test_a_clip_is_written_beside_the_game(tmp_path: Path) -> None:
    started = time.perf_counter()
    developing = Developing(film_of(60), tmp_path / "clip.gif")
    assert time.perf_counter() - started < 0.5  # it only starts a thread
    assert developing.wait(60)
    assert (developing.trouble, developing.progress) == ("", 1.0)
    with Image.open(tmp_path / "clip.gif") as gif:
        assert gif.n_frames == len(film_of(60).shots)


def test_a_killed_writer_leaves_nothing_half_done(tmp_path: Path) -> None:
    developing = Developing(film_of(900), tmp_path / "clip.gif")
    while not developing.progress and not developing.done:
        time.sleep(0.01)
    (killed,) = (p for p in multiprocessing.active_children() if p.name == darkroom.NAME)
    killed.kill()
    assert developing.wait(20)
    assert developing.trouble == "its writer was stopped"
    assert list(tmp_path.iterdir()) == []


def test_giving_up_leaves_nothing_half_done(tmp_path: Path) -> None:
    developing = Developing(film_of(900), tmp_path / "clip.gif")
    while not developing.progress and not developing.done:
        time.sleep(0.01)
    developing.stop()
    assert developing.done
    assert list(tmp_path.iterdir()) == []


def served(film: Film, path: Path) -> str:
    """Let the process's part run in a thread, and return what it says in the end."""
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=darkroom.serve, args=(theirs, path))
    thread.start()
    ours.send((film.newest, len(film.shots)))
    for shot in film.shots:
        ours.send(shot)
    told: object = 0.0
    while isinstance(told, float):
        told = ours.recv()
    thread.join()
    return str(told)


def test_what_is_missing_or_refused_is_the_end_of_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = film_of(30)
    (tmp_path / "file").write_text("in the way")
    assert served(film, tmp_path / "file" / "clip.gif") == f"file exists ({tmp_path / 'file'})"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("hamlet_game.game.recorder.gif.GifWriter.add", full)
        assert served(film, tmp_path / "clip.gif") == f"no space left on device ({tmp_path})"
    with monkeypatch.context() as patch:
        patch.setattr(mp4, "_EXTRA", "no_such_module")
        assert served(film, tmp_path / "clip.mp4") == mp4.MISSING
    for name in [name for name in sys.modules if name.split(".")[0] == "PIL"]:
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("gif", "palette"):
        monkeypatch.delitem(sys.modules, f"hamlet_game.game.recorder.{name}")
    assert served(film, tmp_path / "clip.gif") == "Pillow is missing: pip install pillow"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
