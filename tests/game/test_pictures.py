"""Every scene looks as it did: pictures compared with the ones kept in pictures/.

A scene that differs too much fails, and `test-output/` then holds kept | drawn | difference.
After a change that is meant to show, make the pictures anew and look at each of them:

    HAMLET_PICTURES=write python -m pytest tests/game/test_pictures.py

That needs pillow, which keeps the files small.
"""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pygame
import pytest
from eyes import Eyes
from tour import CATALOG, SCENES, fill_shelf, somebody_played

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.par import ParDesk
from hamlet_game.game.scene import Scene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.theme import PALETTES

KEPT = Path(__file__).parent / "pictures"
OUTPUT = Path(__file__).parents[2] / "test-output"
KEPT_SIZE = (640, 360)  # pixels
COLORS = 256  # of a kept picture
MEAN_LIMIT = 2.0  # of 255: how far off a picture may be on the whole
FAR_OFF = 48  # of 255: a pixel that differs so much is another picture's
FAR_OFF_LIMIT = 0.015  # of all pixels
TILE = 20  # pixels: the picture is also looked at in squares, so that one word counts
TILE_LIMIT = 12.0  # of 255: how far off a square may be
TICKS = 240  # frames until every scene has come to rest
BUDGET = 5_000_000  # bytes of all kept pictures; what is expected is half of that
PAR = ParDesk()  # shared, as the tour is always in the same town
PIXELS = npt.NDArray[np.int16]


@pytest.fixture
def services(home: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    """Put the home where its name is always the same: some scenes show it."""
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("HAMLET_HOME", "somewhere/hamlet")
    random.seed(7)
    pygame.font.init()
    fill_shelf()
    services = open_services(CATALOG)
    services.settings.reduced_motion = True
    services.par = PAR
    services.save_settings = lambda: None  # type: ignore[method-assign]
    somebody_played(services)
    return services


def opened(name: str, services: Services) -> list[Scene]:
    """Return what is seen of a scene once it has come to rest, bottom first."""
    scenes = SCENES[name](services)
    top = scenes[-1]
    for tick in range(TICKS):
        top.update(1 / 60)
        while services.par._search is not None:  # how far it has come must not show
            services.par.work()
        if tick == 0:
            services.notices.clear()
    lowest = max(k for k, scene in enumerate(scenes) if scene.opaque)
    return list(scenes[lowest:])


def draw(
    scenes: list[Scene], size: tuple[int, int] = (1280, 720), palette: str = "standard"
) -> pygame.Surface:
    painter = Painter(pygame.Surface(size), palette=PALETTES[palette], reduced_motion=True)
    for _ in range(2):  # some widgets settle with the first drawing
        for scene in scenes:
            scene.draw(painter)
    return pygame.transform.smoothscale(painter.surface, KEPT_SIZE)


def pixels(surface: pygame.Surface) -> PIXELS:
    return pygame.surfarray.array3d(surface).astype(np.int16)


def differ(kept: pygame.Surface, drawn: pygame.Surface) -> str:
    """Return what is wrong, in words; empty if the pictures are alike."""
    off = np.abs(pixels(kept) - pixels(drawn))
    mean, far = float(off.mean()), float((off.max(axis=2) > FAR_OFF).mean())
    wide, high = KEPT_SIZE[0] // TILE, KEPT_SIZE[1] // TILE
    tiles = off.mean(axis=2).reshape(wide, TILE, high, TILE).mean(axis=(1, 3))
    if mean < MEAN_LIMIT and far < FAR_OFF_LIMIT and tiles.max() < TILE_LIMIT:
        return ""
    column, row = np.unravel_index(int(tiles.argmax()), tiles.shape)
    spot = f"most at {(column + 0.5) / wide:.0%} across, {(row + 0.5) / high:.0%} down"
    return f"mean difference {mean:.2f} of 255, {far:.2%} of the pixels far off, {spot}"


def shown_together(name: str, kept: pygame.Surface, drawn: pygame.Surface) -> Path:
    """Save kept | drawn | difference as one picture; return its file."""
    off = np.clip(np.abs(pixels(kept) - pixels(drawn)) * 4, 0, 255).astype(np.uint8)
    wide, high = KEPT_SIZE
    sheet = pygame.Surface((3 * wide, high))
    parts = (kept, drawn, pygame.surfarray.make_surface(off))
    for column, part in enumerate(parts):
        sheet.blit(part, (column * wide, 0))
    OUTPUT.mkdir(exist_ok=True)
    file = OUTPUT / f"{name}.png"
    pygame.image.save(sheet, file)
    return file


def keep(drawn: pygame.Surface, file: Path) -> None:
    from PIL import Image  # noqa: PLC0415 - only needed to write pictures

    picture = Image.frombytes("RGB", KEPT_SIZE, pygame.image.tobytes(drawn, "RGB"))
    small = picture.quantize(COLORS, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    lost = np.abs(np.asarray(small.convert("RGB"), np.int16) - np.asarray(picture, np.int16))
    data = io.BytesIO()
    (small if lost.mean() < 1.0 else picture).save(data, "PNG", optimize=True)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data.getvalue())


def check(name: str, drawn: pygame.Surface) -> None:
    """Compare a picture with the one kept, or keep it where that is asked for."""
    stem = name.replace(", ", "-").replace(" ", "_")
    file = KEPT / f"{stem}.png"
    if os.environ.get("HAMLET_PICTURES") == "write":
        keep(drawn, file)
    assert file.is_file(), f"{file} is missing; HAMLET_PICTURES=write makes it"
    kept = pygame.image.load(file).convert(24)
    if trouble := differ(kept, drawn):
        pytest.fail(f"{name}: {trouble}; see {shown_together(stem, kept, drawn)}")


@pytest.mark.parametrize("name", SCENES)
def test_scenes_look_as_they_did(name: str, services: Services) -> None:
    check(name, draw(opened(name, services)))


def test_a_life_looks_as_it_did_in_full_hd(services: Services) -> None:
    check("life at 1920", draw(opened("life", services), size=(1920, 1080)))


@pytest.mark.parametrize("name", ["life", "results", "settings, display"])
def test_scenes_in_colours_for_the_colour_blind(name: str, services: Services) -> None:
    check(f"{name} colour-blind", draw(opened(name, services), palette="colour-blind"))


# A banner or a notice lies over what goes on beneath it.
OVERLAID = {"watch, ceremony", "watch, crashed"}


@pytest.mark.parametrize("name", [name for name in SCENES if name not in OVERLAID])
def test_no_words_are_cut_off_or_covered(name: str, services: Services) -> None:
    services.settings.text_scale = 2.0
    top = opened(name, services)[-1]
    eyes = Eyes((1280, 720), 2.0)
    eyes.look_at(top)
    eyes.assert_tidy()


def test_no_words_are_cut_off_in_full_hd(services: Services) -> None:
    eyes = Eyes((1920, 1080), 2.0)
    eyes.look_at(opened("life", services)[-1])
    eyes.assert_tidy()


# The comparison itself.


def test_other_colours_are_noticed(services: Services) -> None:
    scenes = opened("life", services)
    assert differ(draw(scenes), draw(scenes)) == ""
    assert differ(draw(scenes), draw(scenes, palette="colour-blind"))


def test_a_missing_word_is_noticed(services: Services) -> None:
    scenes = opened("settings, sound", services)
    kept = draw(scenes)
    assert scenes[-1].form is not None
    scenes[-1].form.widgets = scenes[-1].form.widgets[:-1]
    assert differ(kept, draw(scenes))


def test_a_failure_names_a_picture_of_both(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("test_pictures.OUTPUT", tmp_path)
    monkeypatch.setattr("test_pictures.KEPT", tmp_path)
    monkeypatch.delenv("HAMLET_PICTURES", raising=False)
    pygame.image.save(draw(opened("title", services)), tmp_path / "results.png")
    with pytest.raises(pytest.fail.Exception, match=r"far off, .*see .*results\.png"):
        check("results", draw(opened("results", services)))
    assert pygame.image.load(tmp_path / "results.png").get_size() == (3 * 640, 360)


def test_the_kept_pictures_are_small() -> None:
    kept = list(KEPT.glob("*.png"))
    assert sum(file.stat().st_size for file in kept) < BUDGET
    assert all(pygame.image.load(file).get_size() == KEPT_SIZE for file in kept)
