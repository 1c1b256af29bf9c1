"""The level map: a path through the land with a station for every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game import paths
from hamlet_game.game.city.hall import LEVEL_FILE, city_level
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.level_card import LevelCardScene
from hamlet_game.game.scenes.map_frame import brief, draw_header, draw_info, info_height
from hamlet_game.game.scenes.map_land import HOUSES, LEAST_GAP, Land, draw_land
from hamlet_game.game.scenes.map_station import MEDAL, CityStation, Station
from hamlet_game.game.scenes.menu_look import MARGIN, cue, draw_hints
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.form import Form
from hamlet_game.town.catalog import Entry
from hamlet_game.town.level_file import LevelError

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

_WALK = 2.4  # stations a second, for the one who walks from station to station
_GLIDE = 5.0  # how eagerly the view follows, a second
_NOTCH = 120.0  # canvas units a wheel notch moves the view
_SWING = 44.0  # how far the path winds up and down from its middle
_SKY = pygame.FRect(440, 0, 700, 76)  # between the title and the stars
_CELL = 84.0  # the size of a cell that the one who walks would fit


class LevelMapScene(Scene):
    """Choose a level. The view follows the focus along the path."""

    def __init__(self, services: Services, level_id: str | None = None) -> None:
        self._services = services
        self._back = Button("Back", Pop, icon="back", hint="To the title.")
        self.stations: list[Station] = []
        self._land = Land.plan(len(services.catalog.entries) + 1, 380, 460)  # and the city
        self._camera: float | None = None  # land x at the left edge; None: wherever the focus is
        self._led: float | None = None  # where the mouse took the view, until a key is pressed
        self._token = 0.0  # where on the path the walker is, in stations
        self._stride = 0.0  # seconds walked
        self._facing = "down"
        self._reduced = False
        self.form: Form = Form()
        self._build(level_id)
        self._token = float(self._focused)

    def _build(self, level_id: str | None) -> None:
        """Make the stations anew, as stars and settings are now."""
        entries = self._services.catalog.entries
        ids = [entry.id for entry in entries if entry.level and not entry.custom]
        names = {entry.id: entry.level.name for entry in entries if entry.level}
        unlocked = self._services.unlocked(ids)
        usable = [entry for entry in entries if entry.level]
        self.stations = [
            Station(
                entry,
                usable.index(entry) + 1 if entry.level else 0,
                HOUSES[place % len(HOUSES)],
                self._services.scores.best(entry.id),
                closed=self._closed(entry, ids, names, unlocked),
                on_press=self._enter,
            )
            for place, entry in enumerate(entries)
        ]
        self.stations += self._sandbox()
        wanted = next((s for s in self.stations if s.entry.id == level_id), None)
        self.form = Form(
            [*self.stations, self._back],
            on_back=Pop,
            default=wanted or self._newest(),
            on_cue=cue(self._services),
        )

    def _sandbox(self) -> list[Station]:
        """Return the city, where the path ends; nothing where its file can't be read."""
        try:
            level = city_level()
        except LevelError as trouble:
            self._services.notify(str(trouble))
            return []
        entry = Entry(level.id, paths.levels() / LEVEL_FILE, level)
        score = self._services.scores.best(level.id)
        house = HOUSES[len(self.stations) % len(HOUSES)]
        return [CityStation(entry, 0, house, score, closed="", on_press=self._visit)]

    def _visit(self, _: Station) -> Transition:
        return Push(routes.city(self._services))

    def _newest(self) -> Station | None:
        """Return the last open level without a star, else the first one."""
        fresh = [s for s in self.stations if s.enabled and not s.starless and not s.score.stars]
        return next(iter(fresh or self.stations), None)

    @staticmethod
    def _closed(entry: Entry, ids: list[str], names: dict[str, str], unlocked: set[str]) -> str:
        """Return why a level can't be entered, "" where it can. The user's own are always open."""
        if entry.level is None:
            return brief(entry.trouble, entry.file)
        if entry.custom or entry.id in unlocked:
            return ""
        before = ids[ids.index(entry.id) - 1]
        return f"Earn a star in {names[before]}"

    def _enter(self, station: Station) -> Transition | None:
        level = station.entry.level
        return Push(LevelCardScene(self._services, level)) if level else None

    @property
    def _focused(self) -> int:
        """Return the index of the station that has the focus, or had it last."""
        focus = self.form.focus
        return self.stations.index(focus) if isinstance(focus, Station) else round(self._token)

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer stations and keys; the wheel moves along the path."""
        if isinstance(event, Pointer):
            return self._point(event)
        if isinstance(event, Press):
            self._led = None
            if event.means(Command.HELP) and not event.repeat:
                return Push(routes.how_it_works(self._services))
        return self.form.handle(event)

    def _point(self, event: Pointer) -> Transition | None:
        """Follow the wheel, or the pointer: just far enough that what it is on can be seen."""
        camera = self._aim() if self._camera is None else self._camera
        if event.kind is PointerKind.WHEEL:
            self._led = self._bounded(camera - event.wheel * _NOTCH)
            return None
        before = self.form.focus
        change = self.form.handle(event)
        if self.form.focus is not before:
            x = self._land.stations[self._focused][0]
            least, most = x + LEAST_GAP / 2 - CANVAS[0], x - LEAST_GAP / 2
            self._led = self._bounded(min(max(camera, least), most))
        return change

    def resumed(self) -> None:
        """Show the stars and the levels opened since."""
        focus = self.form.focus
        self._build(focus.entry.id if isinstance(focus, Station) else None)

    def update(self, dt: float) -> Transition | None:
        """Walk towards the chosen station, and let the view follow."""
        goal, step = float(self._focused), _WALK * dt
        far = goal - self._token
        if self._reduced or abs(far) <= step:
            self._token, self._facing = goal, "down"
            self._stride = self._stride + dt if not far else 0.0
        else:
            step = max(step, abs(far) * 3 * dt)  # long ways go faster
            self._token += step if far > 0 else -step
            self._facing = "right" if far > 0 else "left"
            self._stride += dt
        aim = self._aim()
        camera = aim if self._camera is None or self._reduced else self._camera
        self._camera = camera + (aim - camera) * min(1.0, _GLIDE * dt)
        return None

    def _aim(self) -> float:
        """Return where the view wants to be: the focused station in the middle."""
        if self._led is not None:
            return self._led
        return self._bounded(self._land.stations[self._focused][0] - CANVAS[0] / 2)

    def _bounded(self, camera: float) -> float:
        return min(max(0.0, camera), self._land.width - CANVAS[0])

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw the land, the stations, the header and what there is to say on the focused one."""
        self._reduced = painter.reduced_motion
        info = info_height(painter)
        self._lay_out(painter, info)
        open_ = [k for k, s in enumerate(self.stations) if s.enabled and not s.starless]
        camera = self._pixel_camera(painter)
        draw_land(painter, self._land, camera, max(open_, default=0))
        painter.quiet = _SKY
        self._draw_header(painter)
        self.form.draw(painter)
        self._draw_token(painter, camera)
        draw_info(painter, self.form.hint, info)
        draw_hints(
            painter,
            self._services,
            [
                (Command.CONFIRM, "look closer"),
                ((Command.LEFT, Command.RIGHT), "along the path"),
                (Command.BACK, "back"),
                (Command.HELP, "help"),
            ],
        )

    def _pixel_camera(self, painter: Painter) -> float:
        """Return the camera on a whole pixel, so that nothing shimmers as it glides."""
        camera = self._aim() if self._camera is None else self._camera
        return round(camera * painter.scale) / painter.scale

    def _lay_out(self, painter: Painter, info: float) -> None:
        plate = max((s.plate_height(painter) for s in self.stations), default=0.0)
        low = CANVAS[1] - 52 - info - plate - MEDAL - 20
        swing = _SWING if painter.text_scale < 1.4 else 18.0
        self._land = Land.plan(max(1, len(self.stations)), low - 2 * swing, low)
        camera = self._pixel_camera(painter)
        for station, (x, y) in zip(self.stations, self._land.stations, strict=False):
            station.place(painter, (x - camera, y), LEAST_GAP - 20)
        wide, high = self._back.preferred(painter)
        self._back.box = pygame.FRect(MARGIN - 20, 20, wide, high)

    def _draw_header(self, painter: Painter) -> None:
        earned = sum(station.score.stars for station in self.stations)
        draw_header(painter, self._back.box, f"{earned} / {self._most_stars}", own=self._own)

    @property
    def _own(self) -> bool:
        return any(station.entry.custom for station in self.stations)

    @property
    def _most_stars(self) -> int:
        return 3 * sum(1 for s in self.stations if s.entry.level and not s.starless)

    def _draw_token(self, painter: Painter, camera: float) -> None:
        """Draw the one who walks the path."""
        if not self.stations:
            return
        x, y = self._land.along(self._token)
        walking = self._facing != "down"
        pose = "walk" if walking else "idle"
        person = Person(0, 0, facing=self._facing, pose=pose, phase=self._stride)
        spot = (x - camera - (0 if walking else 46), y - 14)
        draw_person(painter, person, spot, _CELL, reduced_motion=painter.reduced_motion)
