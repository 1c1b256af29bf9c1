"""The window: its size, fullscreen, and the canvas in it, 16:9 or 9:16, that scenes draw on."""

from __future__ import annotations

import os
from collections.abc import Callable

import pygame

from hamlet_game import paths
from hamlet_game.game.draw.painter import CANVAS, UPRIGHT
from hamlet_game.game.quiet import quiet_libraries
from hamlet_game.game.settings import Settings

TITLE = "Hamlet"
LARGEST_CANVAS = (1920, 1080)  # pixels; beyond, drawing takes longer than scaling up does
SMALLEST_CANVAS = (320, 180)  # below, text has no pixels left to be drawn with
SMALLEST_WINDOW = (16, 9)
BORDER = 0.92  # of the desktop: what a window may fill beside its frame and the task bar
INVISIBLE_DRIVERS = ("offscreen", "dummy")
BARS = (12, 13, 20)  # beside the canvas where the window has another shape

Size = tuple[int, int]


class NoDisplay(Exception):  # noqa: N818 - it says what is the matter, it is nobody's error
    """There is no screen to open a window on. Its text tells the user what to do."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"No display was found ({detail}). Run the game on a desktop; on a server use "
            "`hamlet-game levels check FILE`, and for tests set SDL_VIDEODRIVER=dummy."
        )


class Window:
    """The game's one window. `canvas` is what scenes are drawn on; `present` shows it."""

    def __init__(
        self, settings: Settings, notify: Callable[[str], None], size: Size | None
    ) -> None:
        """Open the window, `size` pixels large if given. Raises NoDisplay."""
        self._settings = settings
        self._notify = notify
        self._size = size
        self._window_scale = settings.window_scale  # as last followed
        self._fullscreen = settings.fullscreen
        self._portrait = settings.portrait
        self._upright = False  # whether the scene shown can be drawn on an upright canvas
        self.changes = 0  # how often the window was opened or switched over
        _start_display()
        try:
            self._open(fullscreen=settings.fullscreen and size is None)
        except pygame.error as error:
            pygame.display.quit()
            raise NoDisplay(str(error)) from error

    def apply_settings(self) -> None:
        """Follow the settings for fullscreen, window size and shape if they have changed."""
        settings = self._settings
        wanted = settings.window_scale, settings.portrait
        if wanted != (self._window_scale, self._portrait):
            self._window_scale, self._portrait = wanted
            self._size = None
            if not settings.fullscreen:
                self._open(fullscreen=False)
        if settings.fullscreen != self._fullscreen:
            self._fullscreen = settings.fullscreen
            self._open(fullscreen=settings.fullscreen)

    def stand(self, *, upright: bool) -> None:
        """Take an upright canvas in an upright window if the scene shown is made for it."""
        if upright != self._upright:
            self._upright = upright
            self._fit()

    def refit(self) -> None:
        """Follow the window's size after the user changed it."""
        size = pygame.display.get_window_size()
        if not self._fullscreen:
            self._size = size
        if size != self._fitted:
            self._fit()

    @property
    def viewport(self) -> tuple[int, int, int, int]:
        """Return where in the window the canvas is shown, in pixels."""
        return self.area.x, self.area.y, self.area.width, self.area.height

    def present(self, *, pointer: bool) -> None:
        """Show the canvas, with or without the mouse pointer."""
        if pygame.mouse.get_visible() != pointer:
            pygame.mouse.set_visible(pointer)
        screen = _screen()
        if screen.get_size() != self._fitted:  # resized since events were read
            self._fit()
        if self.area.size != self._fitted:
            screen.fill(BARS)
        if self.canvas.get_size() == self.area.size:
            screen.blit(self.canvas, self.area)
        else:
            pygame.transform.smoothscale(self.canvas, self.area.size, screen.subsurface(self.area))
        pygame.display.flip()

    def close(self) -> None:
        """Close the window."""
        pygame.display.quit()

    def _open(self, *, fullscreen: bool) -> None:
        """Open the window or change it; where fullscreen fails, stay a window and say so."""
        if fullscreen:
            try:
                pygame.display.set_mode(pygame.display.get_desktop_sizes()[0], pygame.FULLSCREEN)
            except pygame.error as error:
                self._settings.fullscreen = self._fullscreen = False
                self._notify(f"Fullscreen is not possible here: {error}.")
                fullscreen = False
        if not fullscreen:
            size = self._size or _window_size(self._window_scale, portrait=self._portrait)
            pygame.display.set_mode(size, pygame.RESIZABLE)
        self.changes += 1
        self._fit()

    def _fit(self) -> None:
        """Make the canvas as large as fits the window."""
        self._fitted = _screen().get_size()
        self.area = letterbox(self._fitted, upright=self._upright)
        self.canvas = pygame.Surface(canvas_size(self.area.size))


def _screen() -> pygame.Surface:
    """Return the window's own pixels; they move to new memory whenever its size changes."""
    screen = pygame.display.get_surface()
    if screen is None:
        raise pygame.error("the window is closed")
    return screen


def letterbox(window: Size, *, upright: bool = False) -> pygame.Rect:
    """Return the largest 16:9 area in the middle of a window, in pixels.

    With `upright` it is 9:16 where the window is taller than wide.
    """
    wide, high = (max(1, length) for length in window)
    shape = UPRIGHT if upright and high > wide else CANVAS
    scale = min(wide / shape[0], high / shape[1])
    size = max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))
    return pygame.Rect((wide - size[0]) // 2, (high - size[1]) // 2, *size)


def canvas_size(area: Size) -> Size:
    """Return how many pixels to draw for an area of the screen."""
    largest, smallest = LARGEST_CANVAS, SMALLEST_CANVAS
    if area[1] > area[0]:
        largest, smallest = largest[::-1], smallest[::-1]
    if area[0] > largest[0]:
        return largest
    return area if area[0] >= smallest[0] else smallest


def _window_size(scale: float, *, portrait: bool) -> Size:
    """Return a size of `scale` times the canvas, 16:9 or 9:16, or what fits the desktop."""
    desktop = pygame.display.get_desktop_sizes()[0]
    wide, high = UPRIGHT if portrait else CANVAS
    room = min(desktop[0] * BORDER / wide, desktop[1] * BORDER / high)
    scale = max(min(scale, room), SMALLEST_WINDOW[0] / wide)
    return round(wide * scale), round(high * scale)


def _start_display() -> None:
    """Start SDL's video. Raises NoDisplay, also where SDL would draw where nobody sees it."""
    asked_for = os.environ.get("SDL_VIDEODRIVER", "")
    try:
        with quiet_libraries():
            pygame.display.init()
    except pygame.error as error:
        raise NoDisplay(str(error)) from error
    driver = pygame.display.get_driver()
    if driver in INVISIBLE_DRIVERS and driver not in asked_for:
        pygame.display.quit()
        raise NoDisplay("neither DISPLAY nor WAYLAND_DISPLAY leads to a screen")
    pygame.display.set_caption(TITLE)
    icon = paths.assets() / "sprites" / "icon.svg"
    if icon.is_file():
        pygame.display.set_icon(pygame.image.load_sized_svg(str(icon), (64, 64)))
