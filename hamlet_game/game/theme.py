"""Colours by name: the standard palette and a colour-blind safe one.

Widgets and scenes take their colours from a `Palette`, never from numbers of
their own, so that switching the palette recolours the whole window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Rgb = tuple[int, int, int]
Rgba = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the window, by what it is for."""

    night: Rgb  # the window behind everything
    panel: Rgb
    panel_edge: Rgb
    panel_raised: Rgb  # buttons and fields on a panel
    track: Rgb  # the empty part of meters and sliders
    text: Rgb
    muted: Rgb  # second-rank text, still easy to read
    faint: Rgb  # rules, ticks, disabled text
    accent: Rgb
    accent_text: Rgb  # text on accent
    good: Rgb
    warn: Rgb
    danger: Rgb
    focus: Rgb
    shadow: Rgba
    energy: Rgb
    hygiene: Rgb
    satiation: Rgb
    money: Rgb
    star: Rgb
    ghost: Rgb
    bed: Rgb
    shower: Rgb
    fridge: Rgb
    job: Rgb

    def named(self, name: str) -> Rgb:
        """Return the colour called `name`. Raises KeyError for a name there is not."""
        if name not in self.__slots__:
            raise KeyError(f"no colour is called {name!r}")
        value: Rgba | Rgb = getattr(self, name)
        return value[:3]


STANDARD = Palette(
    night=(25, 28, 40),
    panel=(35, 39, 56),
    panel_edge=(54, 60, 84),
    panel_raised=(52, 58, 82),
    track=(22, 25, 37),
    text=(246, 241, 230),
    muted=(174, 180, 202),
    faint=(92, 99, 126),
    accent=(255, 193, 94),
    accent_text=(52, 34, 12),
    good=(132, 208, 124),
    warn=(255, 186, 73),
    danger=(244, 96, 88),
    focus=(255, 226, 158),
    shadow=(8, 9, 16, 130),
    energy=(98, 147, 250),
    hygiene=(62, 190, 214),
    satiation=(240, 104, 62),
    money=(255, 209, 102),
    star=(255, 205, 80),
    ghost=(190, 206, 255),
    bed=(92, 110, 226),
    shower=(42, 160, 146),
    fridge=(233, 155, 57),
    job=(146, 96, 172),
)

# Okabe & Ito, "Color Universal Design", 2008: hues that stay apart for every kind of colour vision.
COLOUR_BLIND = replace(
    STANDARD,
    accent=(240, 190, 70),
    good=(74, 186, 230),
    warn=(240, 228, 66),
    danger=(230, 104, 20),
    energy=(30, 120, 190),
    hygiene=(120, 205, 250),
    satiation=(222, 98, 10),
    money=(244, 232, 90),
    star=(244, 232, 90),
    ghost=(226, 214, 240),
    bed=(0, 114, 178),
    shower=(86, 180, 233),
    fridge=(230, 159, 0),
    job=(172, 84, 134),
)

# For what a video encoder does to a picture: half the resolution of colour, 16 to 235 of each
# channel, and little left of dark greys. Nothing near black or white, no pure hue, clear steps.
CAPTURE_SAFE = replace(
    STANDARD,
    night=(30, 34, 49),
    panel=(44, 49, 69),
    panel_edge=(70, 77, 105),
    panel_raised=(66, 73, 100),
    track=(26, 30, 44),
    text=(235, 231, 222),
    muted=(196, 201, 218),
    faint=(124, 131, 158),
    accent=(235, 186, 104),
    accent_text=(46, 34, 20),
    good=(138, 202, 132),
    warn=(235, 182, 92),
    danger=(228, 112, 104),
    focus=(235, 216, 160),
    shadow=(16, 18, 28, 120),
    energy=(118, 158, 232),
    hygiene=(92, 190, 208),
    satiation=(226, 128, 92),
    money=(232, 204, 122),
    star=(232, 198, 104),
    ghost=(196, 206, 235),
)

PALETTES = {  # by the setting's name
    "standard": STANDARD,
    "colour-blind": COLOUR_BLIND,
    "capture-safe": CAPTURE_SAFE,
}


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return `one` with `share` (0..1) of `other` stirred in."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(one, other, strict=True))
    return r, g, b


def lighter(color: Rgb, share: float) -> Rgb:
    """Return `color` moved `share` (0..1) of the way to white."""
    return mix(color, (255, 255, 255), share)


def darker(color: Rgb, share: float) -> Rgb:
    """Return `color` moved `share` (0..1) of the way to black."""
    return mix(color, (0, 0, 0), share)
