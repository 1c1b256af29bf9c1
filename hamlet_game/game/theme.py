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


PALETTES = {"standard": STANDARD, "colour-blind": COLOUR_BLIND}  # by the setting's name


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
