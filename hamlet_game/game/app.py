"""The app: opens the window and runs the scenes in it, sixty frames a second."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game.game import screenshots, stream
from hamlet_game.game.crash import debugging, last_words, tell
from hamlet_game.game.display import Size, Window
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.key_overlay import KeyOverlay
from hamlet_game.game.pacing import FPS, HIDDEN_FPS, Pacer, process_age, summary_ms
from hamlet_game.game.presence import Presence
from hamlet_game.game.recorder.recorder import Recorder
from hamlet_game.game.rescue import Rescue
from hamlet_game.game.scene import Reset, Scene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.stack import SceneStack
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.toasts import Toasts
from hamlet_game.game.typist import Typist

if TYPE_CHECKING:
    from hamlet_game.town.catalog import Catalog

FirstScene = Callable[[Services], tuple[Scene, ...]]

_RESIZED: Final = {pygame.WINDOWSIZECHANGED, pygame.WINDOWRESIZED}


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the command line may ask of the window."""

    frames: int | None = None  # quit after so many
    screenshot: Path | None = None  # save the last frame here
    json: bool = False  # print timings at the end
    size: Size | None = None  # pixels; None: as the settings say
    keys: tuple[int, ...] = ()  # pressed one after the other, as if by somebody


def run(first_scene: FirstScene, options: WindowOptions, catalog: Catalog) -> int:
    """Open the window, play until the user leaves, and return the exit code.

    Raises NoDisplay where there is no screen. A fault in a scene leads to the crash
    screen; another one right after closes the window, is written to the log and told
    in one sentence on stderr. Either way the exit code is 1.
    """
    services = open_services(catalog)
    app = App(services, options)
    try:
        app.start(first_scene(services))
        app.loop()
        return app.report()
    except KeyboardInterrupt:
        return 130  # as shells expect of an interrupted program
    except Exception as error:
        if debugging():
            raise
        tell(last_words(error))
        return 1
    finally:
        app.close()


class App:
    """The window, its scenes and its clock. `frame` is one turn of the loop."""

    def __init__(self, services: Services, options: WindowOptions) -> None:
        self.services = services
        self._options = options
        self._window = Window(services.settings, services.notify, options.size)
        self._painter = Painter(self._window.canvas)
        self.toasts = Toasts(services.notices)
        self.key_overlay = KeyOverlay()
        self.recorder = Recorder(services)
        self._stack = SceneStack((), services.input.settle)
        self._pacer = Pacer()
        self._typist = Typist(options.keys)
        self._frames = 0
        self._first_frame_s = 0.0
        self.presence = Presence()
        self._picture_wanted = False
        self._close_pressed = False
        self.rescue = Rescue(services, watched=options.frames is None)

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Return the stack of scenes, bottom first; empty once the game is over."""
        return self._stack.scenes

    @property
    def canvas(self) -> pygame.Surface:
        """Return what was drawn last."""
        return self._window.canvas

    def start(self, scenes: Iterable[Scene]) -> None:
        """Begin with these scenes, bottom first."""
        self._stack = SceneStack(scenes, self.services.input.settle)

    def loop(self) -> None:
        """Run until the last scene has gone or the wanted number of frames is drawn."""
        dt = 1 / FPS
        while self.turn(dt) and self._frames != self._options.frames:
            dt = self._pacer.wait(HIDDEN_FPS if self.presence.hidden else FPS)
            self._typist.frame()

    def turn(self, dt: float) -> bool:
        """Do what `frame` does; a fault in it leads to the crash screen if it can."""
        self.rescue.wait(dt, self._stack.top)
        try:
            return self.frame(dt)
        except Exception as error:
            screen = self.rescue.after(error, self.scenes)
            if screen is None:
                raise
            self._painter = Painter(self._window.canvas)  # the old one may be clipped or shifted
            self._window.canvas.set_clip(None)
            self._stack.apply(Reset((screen,)))
            return True

    def frame(self, dt: float) -> bool:
        """Read events, move on by `dt` seconds and draw; return whether the game goes on."""
        raw = pygame.event.get()
        for change in raw:
            self._window_event(change)
        self._follow_focus(dt)
        self.services.input.viewport = self._window.viewport
        self.services.input.typing = self._capturing
        self.services.training.poll()
        for event in self.services.input.poll(raw, dt):
            self._dispatch(event)
        if top := self._stack.top:
            self._stack.apply(top.update(dt))
        if (top := self._stack.top) is None:
            return False
        self._window.apply_settings()
        self._window.stand(upright=top.upright)
        self.services.audio.music(top.music and not self.presence.hidden)
        self.recorder.update(dt)
        self.toasts.ongoing = self.recorder.ongoing
        self.toasts.update(dt)
        self.key_overlay.update(dt)
        self._painter.now += dt
        if not self.presence.hidden:
            self._draw(dt)
        self._frames += 1
        if self._frames == 1:
            self._first_frame_s = process_age()
            self._start_the_rest()
        return True

    def report(self) -> int:
        """Save the last frame and print the timings if the command line asked for them."""
        if self._options.json:
            numbers: dict[str, object] = {
                "first_frame_s": round(self._first_frame_s, 3),  # see pacing.process_age
                "frames": self._frames,
                "frame_ms": summary_ms(self._pacer.intervals),  # from one frame to the next
                "work_ms": summary_ms(self._pacer.work),  # of that, not spent waiting
            }
            if (ready := self.services.training.ready_s) is not None:
                numbers["trainer_ready_s"] = round(ready, 3)  # torch is loaded, and it trains
                numbers["trained_steps"] = self.services.training.history.step
            sys.stdout.write(f"{json.dumps(numbers)}\n")
        if place := self._options.screenshot:
            why = screenshots.save(self.canvas, place)
            if why:
                sys.stderr.write(f"The screenshot can't be saved as {place}: {why}.\n")
                return 1
        return 1 if self.rescue.used else 0

    def close(self) -> None:
        """Close the window, the sound and the gamepads; a clip may still be finished."""
        try:
            self.services.audio.stop()
            self.services.input.stop()
            self._window.close()
            self.recorder.close()
        finally:
            for leave in self.services.at_close:
                leave()
            self.services.training.close()  # seconds at most, for a last checkpoint

    @property
    def _capturing(self) -> bool:
        """Return whether a widget, such as a text field, takes every key for itself."""
        top = self._stack.top
        return top is not None and top.form is not None and top.form.capturing

    @property
    def _locked(self) -> bool:
        """Return whether the scene shown lets nobody close the window or change settings."""
        top = self._stack.top
        return top is not None and top.locked

    def _start_the_rest(self) -> None:
        """Do what the first frame need not wait for."""
        self.services.start_sound()
        self.services.input.start()
        gc.collect()
        gc.freeze()  # what is loaded by now stays: collecting it again would cost a frame

    def _window_event(self, event: pygame.Event) -> None:
        if event.type == pygame.WINDOWCLOSE:
            self._close_pressed = True  # SDL says QUIT next, as it also does for a signal
        elif event.type == pygame.QUIT:
            if not (self._locked and self._close_pressed):
                self._stack.clear()
            self._close_pressed = False
        elif event.type in _RESIZED:
            self._window.refit()
        else:
            self.presence.hear(event)

    def _follow_focus(self, dt: float) -> None:
        """Let go of all keys and tell the scene once the window has been left."""
        controls, away = self.services.input, self.presence.away(dt, self._window.changes)
        if away is False:
            controls.away = False
        elif away and not controls.away:
            controls.away = True
            for release in controls.release_all():
                self._dispatch(release)
            if top := self._stack.top:
                self._stack.apply(top.focus_lost())

    def _dispatch(self, event: Event) -> None:
        top = self._stack.top
        if self.services.settings.key_overlay:
            self.key_overlay.hear(event)
        if top is None or (isinstance(event, Press) and self._obey(event)):
            return
        self._stack.apply(top.handle(event))

    def _obey(self, press: Press) -> bool:
        """Carry out a command that means the same in every scene; return whether it was one."""
        settings = self.services.settings
        if self._capturing or press.repeat or self._locked:
            return False
        if press.means(Command.FULLSCREEN):
            settings.fullscreen = not settings.fullscreen
            self.services.save_settings()
        elif press.means(Command.MUTE):
            settings.muted = not settings.muted
            self.services.save_settings()
            self.services.notify("Sound off" if settings.muted else "Sound on")
        elif press.means(Command.SCREENSHOT):
            self._picture_wanted = True
        elif press.means(Command.CLIP):
            self.recorder.save()
        elif press.means(Command.FEED) and (top := self._stack.top) and top.feeds:
            stream.next_feed(self.services)
        else:
            return False
        return True

    def _draw(self, dt: float) -> None:
        settings, painter = self.services.settings, self._painter
        painter.resize(self._window.canvas)
        painter.text_scale = settings.text_scale
        painter.palette = PALETTES[settings.palette]
        painter.reduced_motion = settings.reduced_motion
        painter.quiet = None  # unless a scene has such a place
        for scene in self._stack.visible:
            scene.draw(painter)
        if self._picture_wanted:
            self._picture_wanted = False
            screenshots.take(self.services, self.canvas)
        self.recorder.frame(self.canvas, dt)
        self.toasts.draw(painter)
        if settings.key_overlay:
            self.key_overlay.draw(painter)
        self._window.present(pointer=self.services.input.last_device == "mouse")
