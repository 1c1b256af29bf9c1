"""The painter: scale, smooth edges, alpha, text that wraps and fits; and the palettes."""

from functools import partial
from itertools import combinations

import numpy as np
import pygame
import pytest

from hamlet_game.game.draw import fonts
from hamlet_game.game.draw.cache import Cache
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.theme import COLOUR_BLIND, PALETTES, STANDARD, Palette, Rgb

RED = (200, 40, 40)
WHITE = (255, 255, 255)


def luminance(color: Rgb) -> float:
    """Return relative luminance, 0..1 (WCAG 2.2, 'relative luminance')."""
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio, 1..21 (WCAG 2.2, 'contrast ratio')."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def painter(width: int = 1280, height: int = 720, **options: float) -> Painter:
    return Painter(pygame.Surface((width, height)), **options)  # type: ignore[arg-type]


def at(p: Painter, x: int, y: int) -> tuple[int, int, int]:
    r, g, b, _ = p.surface.get_at((x, y))
    return r, g, b


def test_canvas_units_follow_the_surface() -> None:
    p = painter(1920, 1080)
    assert p.scale == 1.5
    p.rect((100, 100, 10, 10), RED)
    assert at(p, 150, 150) == RED
    assert at(p, 164, 164) == RED
    assert at(p, 165, 165) == (0, 0, 0)
    p.resize(pygame.Surface((640, 360)))
    p.rect((100, 100, 10, 10), RED)
    assert at(p, 50, 50) == RED


def test_neighbouring_boxes_leave_no_gap_at_odd_scales() -> None:
    p = painter(1001, 563)
    for k in range(20):
        p.rect((10 + k * 7.3, 10, 7.3, 20), WHITE)
    row = pygame.surfarray.array3d(p.surface)[8:120, 15]
    assert (row == 255).all()


def test_half_transparent_white_is_grey() -> None:
    p = painter()
    p.rect((0, 0, 100, 100), (255, 255, 255, 128))
    assert at(p, 50, 50)[0] == pytest.approx(128, abs=2)
    p.rect((200, 0, 100, 100), (255, 255, 255, 128), radius=30)
    assert at(p, 201, 50)[0] == pytest.approx(128, abs=2)
    assert at(p, 201, 1) == (0, 0, 0)


@pytest.mark.parametrize("shape", ["rect", "circle", "ring", "polygon", "line", "lines"])
def test_edges_are_smooth(shape: str) -> None:
    p = painter()
    if shape == "rect":
        p.rect((20, 20, 100, 60), WHITE, radius=20)
    elif shape == "circle":
        p.circle((60, 60), 30, WHITE)
    elif shape == "ring":
        p.circle((60, 60), 30, WHITE, width=5)
    elif shape == "polygon":
        p.polygon([(20, 20), (100, 37), (50, 90)], WHITE)
    elif shape == "line":
        p.line((20, 20), (100, 47), WHITE, width=3)
    else:
        p.lines([(20, 20), (60, 80), (100, 30)], WHITE, width=3)
    levels = np.unique(pygame.surfarray.array3d(p.surface)[:, :, 0])
    assert len(levels) > 8
    assert levels[-1] == 255


def test_a_circle_covers_its_area() -> None:
    p = painter()
    p.circle((100, 100), 40, WHITE)
    area = pygame.surfarray.array3d(p.surface)[:, :, 0].sum() / 255
    assert area == pytest.approx(np.pi * 40**2, rel=0.002)


def test_a_fading_shape_leaves_the_kept_one_opaque() -> None:
    p = painter()
    p.circle((50, 50), 10, (255, 255, 255, 100))
    p.circle((150, 50), 10, WHITE)
    assert at(p, 150, 50) == WHITE


def test_clip_and_shift_nest_and_end() -> None:
    p = painter()
    with p.clip((0, 0, 50, 50)), p.clip((25, 25, 100, 100)), p.shifted(10, 0):
        p.rect((0, 0, 100, 100), RED)
    assert at(p, 36, 36) == RED
    assert at(p, 20, 36) == at(p, 60, 36) == (0, 0, 0)
    p.rect((60, 36, 5, 5), RED)
    assert at(p, 60, 36) == RED


def test_text_box_is_what_measure_says_and_anchors_hold() -> None:
    p = painter()
    box = p.text("Hamlet", (640, 360), 24, WHITE, anchor="center")
    assert box.size == pytest.approx(p.measure("Hamlet", 24))
    assert box.center == pytest.approx((640, 360))
    assert p.text("Hamlet", (640, 360), 24, WHITE, anchor="bottomright").bottomright == (640, 360)


def test_text_scale_doubles_text_but_not_fixed_text() -> None:
    small, large = painter(), painter(text_scale=2.0)
    assert large.measure("Hamlet", 20)[0] == pytest.approx(2 * small.measure("Hamlet", 20)[0], 0.03)
    assert large.measure("Hamlet", 20, fixed=True) == small.measure("Hamlet", 20)


def test_wrapped_text_keeps_every_word_inside() -> None:
    p = painter()
    words = "The last bed was a hundred and fifty-one steps ago"
    lines = fonts.lines(words, "sans", 20, 150)
    assert " ".join(lines) == words
    assert all(fonts.width(line, "sans", 20) <= 150 for line in lines)
    wide, high = p.measure(words, 20, wrap=150)
    assert wide <= 150
    assert high == pytest.approx(len(lines) * p.line_height(20))


def test_a_word_wider_than_the_line_is_broken_not_lost() -> None:
    assert "".join(fonts.lines("x" * 60, "sans", 20, 100)) == "x" * 60


def test_fit_shrinks_first_and_cuts_last() -> None:
    p = painter()
    whole = p.measure("Colour-blind palette", 20)[0]
    shrunk = p.text("Colour-blind palette", (0, 0), 20, WHITE, fit=whole * 0.85)
    assert whole * 0.7 < shrunk.w <= whole * 0.85
    text, px = fonts.fitted("Colour-blind palette", "sans", 20, int(whole * 0.3))
    assert text.endswith("…")
    assert px == 14
    assert fonts.width(text, "sans", px) <= whole * 0.3


def test_the_cache_forgets_the_oldest_and_stays_small() -> None:
    cache: Cache[int] = Cache(3)
    for key in (1, 2, 3, 1, 4):
        cache.get(key, partial(int, key))
    assert len(cache) == 3
    assert cache.get(1, lambda: 99) == 1
    assert cache.get(2, lambda: 99) == 99


# Palettes.
METERS = ("energy", "hygiene", "satiation", "money")
# Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", 2009, severity 1.0; they act on linear RGB.
DEFICIENCY = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def lab(color: tuple[int, int, int], deficiency: str) -> np.ndarray:
    """Return CIE L*a*b* (D65) of a colour as someone with the deficiency sees it."""
    srgb = np.array(color) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(DEFICIENCY[deficiency]) @ linear, 0, 1)
    xyz = np.array(TO_XYZ) @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("deficiency", DEFICIENCY)
@pytest.mark.parametrize("names", [METERS, ("good", "danger"), ("bed", "shower", "fridge", "job")])
def test_colour_blind_colours_stay_apart(deficiency: str, names: tuple[str, ...]) -> None:
    for one, other in combinations(names, 2):
        seen = [lab(COLOUR_BLIND.named(name), deficiency) for name in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 20, (one, other)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_text_is_easy_to_read(palette: Palette) -> None:
    for ground in (palette.panel, palette.night, palette.panel_raised):
        assert contrast(palette.text, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.5
    assert contrast(palette.accent_text, palette.accent) >= 7
    for name in METERS:
        assert contrast(palette.named(name), palette.track) >= 3, name


def test_contrast_of_black_and_white_is_21_and_names_are_checked() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    with pytest.raises(KeyError, match="no colour"):
        STANDARD.named("blurple")
