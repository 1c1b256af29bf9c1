"""Effects: coins, drops, hearts and short texts that pop up and fade."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Protocol

from hamlet_game.game.draw.noise import between

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Color, Painter, Point

MOST = 200  # particles alive at once; the oldest make room
MOST_BURSTS = 3  # of one kind at once, lest they hide the town
_TEXT_LIFE = 1.6  # seconds
_TEXT_RISE = 0.3  # cells
_TEXT_ABOVE = 0.62  # cells from a cell's middle to the lowest text over it
_TEXT_SIZE = 24.0  # canvas units
_TEXT_EVERY = 0.1  # seconds between the texts of a stack
_LEADING = 1.02  # of a text's height, from one of a stack to the next
_LARGEST = 1.4  # times the normal text size; a stack covers no more of the town
_OUTLINE = (34, 26, 38)


@dataclass(frozen=True, slots=True)
class Burst:
    """How one kind of effect flies. Speeds in cells a second, sizes in cells."""

    count: int
    size: float
    speed: float
    spread: float  # half the angle around straight up, radians
    gravity: float  # cells a second²; negative floats
    life: float  # seconds


KINDS = {
    "coin": Burst(6, 0.26, 2.3, 0.7, 5.2, 0.95),
    "drop": Burst(8, 0.2, 1.9, 1.1, 4.2, 0.9),
    "bubble": Burst(7, 0.22, 0.7, 1.2, -0.35, 1.5),
    "heart": Burst(4, 0.26, 0.8, 0.7, -0.2, 1.4),
    "zzz": Burst(2, 0.34, 0.5, 0.35, -0.1, 1.7),
    "crumb": Burst(7, 0.14, 1.7, 1.2, 5.0, 0.8),
    "sparkle": Burst(7, 0.22, 1.3, pi, 0.4, 0.9),
    "plus": Burst(3, 0.22, 0.9, 0.6, -0.2, 1.1),
    "dust": Burst(4, 0.24, 0.6, 1.4, 0.0, 0.55),
    "leaf": Burst(3, 0.18, 0.8, 1.2, 0.7, 1.5),
    "no_money": Burst(1, 0.5, 0.55, 0.0, 0.3, 1.2),
    "cross": Burst(1, 0.34, 0.45, 0.0, 0.3, 0.8),
    "text": Burst(0, 0.0, 0.0, 0.0, 0.0, 0.0),
}


class Places(Protocol):
    """What effects must know of the town they fly in."""

    def cell_center(self, box: Box, x: float, y: float) -> Point:
        """Return the middle of a cell in canvas units."""

    def cell_side(self, box: Box) -> float:
        """Return a cell's side in canvas units."""


@dataclass(slots=True)
class _Bit:
    """One particle. Places in cells, times in seconds."""

    kind: str
    x: float
    y: float
    dx: float
    dy: float
    gravity: float
    size: float  # cells; canvas units for a text
    life: float
    delay: float
    text: str = ""
    color: Color = (255, 255, 255)
    icon: str = ""  # a sprite before the text
    level: int = 0  # in its stack of texts; 0 is the lowest
    age: float = 0.0


class Effects:
    """What flies and floats above the town. The same calls always give the same picture."""

    def __init__(self) -> None:
        self._bits: list[_Bit] = []
        self._spawned = 0

    def __len__(self) -> int:
        return len(self._bits)

    def spawn(
        self,
        kind: str,
        x: float,
        y: float,
        text: str = "",
        color: Color | None = None,
        *,
        icon: str = "",
    ) -> None:
        """Start an effect of `KINDS` on cell (x, y); `text` rises above it, behind `icon`.

        Texts started together on one cell stack up, the first one lowest; those of
        earlier make room. Raises ValueError for an unknown kind.
        """
        burst = KINDS.get(kind)
        if burst is None:
            raise ValueError(f"'{kind}' is no effect. Known: {', '.join(KINDS)}.")
        self._spawned += 1
        same = [bit for bit in self._bits if bit.kind == kind and not bit.text]
        spare = len(same) - burst.count * (MOST_BURSTS - 1)
        old = {id(bit) for bit in same[: max(0, spare)]}
        self._bits = [bit for bit in self._bits if id(bit) not in old]
        self._bits += [self._fly(kind, burst, x, y, k) for k in range(burst.count)]
        if text:
            self._stack(_Bit("text", x, y, 0, 0, 0, _TEXT_SIZE, _TEXT_LIFE, 0, text), color, icon)
        del self._bits[: max(0, len(self._bits) - MOST)]

    def _stack(self, bit: _Bit, color: Color | None, icon: str) -> None:
        """Put a text on top of those that were started with it on its cell."""
        self._bits = [
            b for b in self._bits if not (b.text and (b.x, b.y) == (bit.x, bit.y) and b.age)
        ]
        bit.level = sum(1 for b in self._bits if b.text and (b.x, b.y) == (bit.x, bit.y))
        bit.delay, bit.color, bit.icon = _TEXT_EVERY * bit.level, color or (255, 255, 255), icon
        self._bits.append(bit)

    def _fly(self, kind: str, burst: Burst, x: float, y: float, k: int) -> _Bit:
        key = (self._spawned, k)
        angle = between(-burst.spread, burst.spread, *key, 1)
        speed = burst.speed * between(0.7, 1.2, *key, 2)
        return _Bit(
            kind,
            x + between(-0.16, 0.16, *key, 3) * (burst.count > 1),
            y - 0.2,
            sin(angle) * speed,
            -cos(angle) * speed,
            burst.gravity,
            burst.size * between(0.85, 1.15, *key, 4),
            burst.life * between(0.85, 1.1, *key, 5),
            0.05 * k,
        )

    def update(self, dt: float) -> None:
        """Move everything on by `dt` seconds and drop what has faded."""
        for bit in self._bits:
            bit.age += dt
        self._bits = [bit for bit in self._bits if bit.age < bit.delay + bit.life]

    def clear(self) -> None:
        """Remove everything at once."""
        self._bits.clear()

    def draw(
        self, painter: Painter, view: Places, box: Box, *, reduced_motion: bool = False
    ) -> None:
        """Draw what is alive; with reduced motion only the texts, and these stand still."""
        if not reduced_motion:
            with painter.clip(box):
                for bit in self._bits:
                    if not bit.text and bit.age >= bit.delay:
                        _draw_particle(painter, view, box, bit)
        for bit in self._bits:
            if bit.text and bit.age >= bit.delay:
                stack = [b.level for b in self._bits if b.text and (b.x, b.y) == (bit.x, bit.y)]
                tall = max(stack) + 1
                _draw_text(painter, view, box, bit, tall, still=reduced_motion)


def _alpha(part: float) -> int:
    return round(255 * min(1.0, 2.6 * (1 - part)))


def _draw_particle(painter: Painter, view: Places, box: Box, bit: _Bit) -> None:
    age = bit.age - bit.delay
    part = age / bit.life
    x = bit.x + bit.dx * age
    y = bit.y + bit.dy * age + bit.gravity * age * age / 2
    # Sizes move in few steps, so that each sprite is rasterised a few times only.
    grow = 0.5 + 0.5 * round(min(1.0, part * 8) * 4) / 4
    side = max(9.0, bit.size * view.cell_side(box)) * grow
    center = view.cell_center(box, x, y)
    painter.sprite(f"effects/{bit.kind}", center, (side, side), alpha=_alpha(part))


def _draw_text(
    painter: Painter, view: Places, box: Box, bit: _Bit, tall: int, *, still: bool
) -> None:
    """Draw a text of a stack of `tall`, all of which lies within `box`, with a dark outline."""
    part = (bit.age - bit.delay) / bit.life
    risen = _TEXT_RISE * (0.5 if still else 1 - (1 - part) ** 2)
    size = bit.size * min(painter.text_scale, _LARGEST)
    wide, high = painter.measure(bit.text, size, font="display", fixed=True)
    side = high * 0.82 if bit.icon else 0.0
    x, y = view.cell_center(box, bit.x, bit.y - _TEXT_ABOVE - risen)
    left, top, room, _ = box
    half = (wide + side) / 2
    x = min(max(x, left + half + 6), left + room - half - 6)
    line = high * _LEADING
    y = max(y, top + (tall - 0.5) * line) - bit.level * line
    alpha = _alpha(part)
    if bit.icon:
        painter.sprite(bit.icon, (x - half + side / 2 - 3, y), (side, side), alpha=alpha)
    at = (x + side / 2, y)
    for dx, dy in ((-1.5, 0), (1.5, 0), (0, -1.5), (0, 2)):
        spot, rim = (at[0] + dx, at[1] + dy), (*_OUTLINE, alpha)
        painter.text(bit.text, spot, size, rim, anchor="center", font="display", fixed=True)
    red, green, blue = bit.color[:3]
    ink = (red, green, blue, alpha)
    painter.text(bit.text, at, size, ink, anchor="center", font="display", fixed=True)
