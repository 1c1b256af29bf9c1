"""Screen, sound and gamepads, tried in another process with the library the game uses."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Final

from hamlet_game.doctor.finding import Finding, ok, trouble, warning
from hamlet_game.doctor.probe import Answers, ProbeError, ask

_LEAST: Final = (1024, 576)  # pixels; below, words get hard to read
_PATIENCE_S: Final = 20.0
_NO_PYGAME: Final = "pip install --force-reinstall pygame-ce"


def devices() -> Iterator[Finding]:
    """Yield how screen, sound and gamepads are."""
    try:
        found = ask(_look, _PATIENCE_S)
    except ProbeError as error:
        yield trouble("screen", f"pygame can't be used: {error}", _NO_PYGAME)
        return
    yield ok("SDL", found["sdl"])
    yield _screen(found)
    yield _sound(found)
    names = ", ".join(found["pads"])
    yield ok("gamepads", names or "none; keyboard and mouse do everything")


def _screen(found: Answers) -> Finding:
    driver, sizes = found["driver"], found["sizes"]
    if not driver:
        return _no_screen(found["no screen"])
    if driver in {"dummy", "offscreen"}:
        remedy = "For a window on a screen, unset SDL_VIDEODRIVER."
        return warning("screen", f"driver {driver}: nobody sees what is drawn", remedy)
    shown = ", ".join(f"{wide} × {high}" for wide, high in sizes)
    if sizes and max(sizes)[0] < _LEAST[0]:
        remedy = "Settings, Display: larger text helps; a larger screen helps more."
        return warning("screen", f"driver {driver}, {shown}: small", remedy)
    return ok("screen", f"driver {driver}, {shown}")


def _no_screen(why: str) -> Finding:
    """Return that there is none: what a server is like, and trouble where one was promised."""
    on_server = "Over SSH and on servers use what needs no window: train, evaluate, report, export."
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        return warning("screen", "none here, so no window can open", on_server)
    remedy = f"Start Hamlet on a desktop, and unset SDL_VIDEODRIVER if it is set. {on_server}"
    return trouble("screen", f"no window can open: {why}", remedy)


def _sound(found: Answers) -> Finding:
    if found["sound"] == "dummy":
        remedy = "To hear the game, unset SDL_AUDIODRIVER."
        return warning("sound", "driver dummy: nobody hears it", remedy)
    if found["sound"]:
        return ok("sound", f"driver {found['sound']}, {found['rate']:,} Hz")
    remedy = "The game plays on silently. For sound, connect a device or start the sound server."
    return warning("sound", f"no device: {found['no sound']}", remedy)


def _look() -> Answers:
    """Open and close what the game opens. Runs in the other process."""
    os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    import pygame  # noqa: PLC0415 - here and not in the doctor itself: it may crash

    asked = os.environ.get("SDL_VIDEODRIVER", "")
    seen: Answers = {"sdl": ".".join(map(str, pygame.version.SDL)), "driver": "", "sizes": []}
    seen |= {"sound": "", "pads": []}
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver not in {"dummy", "offscreen"} or driver in asked:
            seen |= {"driver": driver, "sizes": pygame.display.get_desktop_sizes()}
        seen["no screen"] = "SDL found only a driver that shows nothing"
    except pygame.error as error:
        seen["no screen"] = str(error)
    try:
        pygame.mixer.init(44_100, -16, 2, 512)
        rate, *_ = pygame.mixer.get_init() or (0,)
        seen |= {"sound": pygame.mixer.get_driver(), "rate": rate}
    except pygame.error as error:
        seen["no sound"] = str(error)
    if seen["driver"]:
        pygame.joystick.init()
        pads = range(pygame.joystick.get_count())
        seen["pads"] = [pygame.joystick.Joystick(number).get_name() for number in pads]
    pygame.quit()
    return seen
