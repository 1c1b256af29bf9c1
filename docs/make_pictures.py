"""Make the pictures of the guides: the real scenes, in the real window, without a screen.

    python docs/make_pictures.py [NAME ...]

Each is the window's own last frame at 1280 x 720, kept with 256 colours; NAME draws only those
named. `watch` and `lab` train for real beside the window, a minute each on a quiet machine.
`hamlet` is the film at the top of the README. All of it is written to docs/images; the
pictures of a training from life 1 to mastery have a script of their own, in assets/progression.
"""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ |= {
    "OMP_NUM_THREADS": "1",
    "SDL_VIDEODRIVER": "dummy",
    "SDL_AUDIODRIVER": "dummy",
    "PYGAME_HIDE_SUPPORT_PROMPT": "1",
}

import pygame
from PIL import Image

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.files import write_atomic
from hamlet_game.game.agents import roster
from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.bindings import DEFAULT_KEYS
from hamlet_game.game.events import Command
from hamlet_game.game.lab.quests import FARM
from hamlet_game.game.recorder.export import Wish, export
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.death import DeathScene
from hamlet_game.game.scenes.lab import LabScene
from hamlet_game.game.scenes.level_card import LevelCardScene
from hamlet_game.game.scenes.versus import VersusScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.versus.match import Match
from hamlet_game.game.versus.race import Stage
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.policies import Policy, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import encode, replay_of

IMAGES = Path(__file__).resolve().parent / "images"
SIZE = (1280, 720)  # pixels
COLOURS = 256  # of a kept picture
DT = 1 / 60  # seconds a frame
TOWN = 7
CATALOG = load_catalog()
FULL_DAY = CATALOG.find("3")
WATCH_S, WATCH_STEPS = 400.0, 1_000_000  # seconds at most, steps of training
LAB_S = 400.0  # at most
COMMANDS = {
    Action.UP: Command.UP,
    Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT,
    Action.RIGHT: Command.RIGHT,
    Action.INTERACT: Command.INTERACT,
}


class Studio:
    """The app on a stage of its own, moved on frame by frame."""

    def __init__(self) -> None:
        self.services: Services = open_services(CATALOG)
        self.services.settings.last_level = FULL_DAY.id
        for level, stars in (("1", 3), ("2", 3), ("3", 2)):
            self._score(level, stars)
        self.app = App(self.services, WindowOptions(size=SIZE))

    def _score(self, word: str, stars: int) -> None:
        """Let somebody have played a level, so that stars and bests show."""
        record = lived(word, sensible)
        points = record.last.points
        result = Result(record.level.id, TOWN, points, stars, record.survival, record.actions)
        self.services.scores.record(result)

    def open(self, *scenes: Scene) -> None:
        """Begin with these scenes, bottom first."""
        self.services.notices.clear()
        self.app.start(scenes)
        self.app.frame(DT)

    def go(self, seconds: float) -> None:
        """Let time pass, as fast as can be."""
        for _ in range(round(seconds / DT)):
            self.app.frame(DT)

    def wait(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Let time pass as it does, until it is enough."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not enough():
            began = time.monotonic()
            self.app.frame(DT)
            time.sleep(max(0.0, DT - (time.monotonic() - began)))

    def press(self, command: Command) -> None:
        """Press a key and let it go."""
        key = pygame.key.key_code(DEFAULT_KEYS[command][0])
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.Event(kind, key=key, mod=0, unicode=""))
        self.app.frame(DT)

    def close(self) -> None:
        """End everything."""
        self.app.close()


def lived(level: str, policy: Policy, town: int = TOWN, steps: int = 10_000) -> Record:
    """Return a life in a town."""
    record = Record(CATALOG.find(level), town)
    while not record.over and record.survival < steps:
        record.act(Action(int(policy(record.town)[0])))
    return record


def policy_of(word: str) -> Policy:
    """Return how a shipped brain plays."""
    return Brain.load(paths.assets() / "brains" / f"{word}.safetensors").policy


def title(studio: Studio) -> None:
    """Show the title screen."""
    studio.open(routes.title(studio.services))
    studio.go(3)


def levels(studio: Studio) -> None:
    """Show a level's card on the level map."""
    below = routes.level_map(studio.services, FULL_DAY.id)
    studio.open(below, LevelCardScene(studio.services, FULL_DAY))
    studio.go(20)


def life(studio: Studio) -> None:
    """Play a level, sensibly."""
    studio.open(routes.life(studio.services, FULL_DAY, TOWN))
    for action in lived("3", sensible).actions[:118]:
        studio.press(COMMANDS[Action(action)])
        studio.go(0.25)


def results(studio: Studio) -> None:
    """Show what a life came to."""
    studio.open(routes.results(studio.services, lived("3", sensible)))
    studio.go(20)


def watch(studio: Studio) -> None:
    """Watch an agent learn, for real."""
    services = studio.services
    services.training.start("default", overrides={"levels": "1-3", "seed": 1})
    end = time.monotonic() + WATCH_S
    while services.training.history.step < WATCH_STEPS and time.monotonic() < end:
        services.training.poll()
        time.sleep(DT)
    studio.open(routes.title(services), routes.watch(services))
    studio.wait(8)


def versus(studio: Studio) -> None:
    """Race the master, sensibly."""
    match = Match(FULL_DAY, TOWN, ("you", "master"), 5)
    race = VersusScene(studio.services, match)
    studio.open(race)
    while race.race.stage is not Stage.RUNNING:
        studio.go(DT)
    for action in lived("3", sensible).actions[:134]:
        studio.press(COMMANDS[Action(action)])
        studio.go(0.2)


def ages(studio: Studio) -> None:
    """Show three ages of an agent in one town."""
    studio.open(routes.ages(studio.services, FULL_DAY, TOWN))
    studio.go(34)


def death(studio: Studio) -> None:
    """Say why a life ended."""
    record = lived("3", policy_of("02_clean_start"))
    scene = DeathScene(studio.services, record, roster.player("02_clean_start"))
    studio.open(scene)
    scene.case.work(60)
    studio.go(4)


def replay(studio: Studio) -> None:
    """Look at a life again, with the numbers of a brain."""
    record = lived("3", policy_of("master"))
    scene = routes.replay(studio.services, record, None, 96, roster.player("master"))
    studio.open(scene)
    studio.go(6)


def lab(studio: Studio) -> None:
    """Train two agents, one by rewards that can be farmed, for real."""
    scene = LabScene(studio.services)
    studio.open(scene)
    scene.bench.take_recipe(FARM)
    studio.go(2)
    scene.open_page(1)
    studio.press(Command.LEARNER)
    studio.wait(LAB_S, lambda: not scene.bench.busy)
    studio.go(5)


def demo(studio: Studio) -> None:
    """Look in on the demo."""
    studio.open(routes.demo(studio.services, act="training"))
    studio.go(6.5 * 4 + 3)


PICTURES: dict[str, Callable[[Studio], None]] = {
    shown.__name__: shown
    for shown in (
        title, levels, life, results, watch, versus, ages, death, replay, lab, demo,
    )
}  # fmt: skip


def keep(canvas: pygame.Surface, file: Path) -> None:
    """Save a picture with few colours."""
    picture = Image.frombytes("RGB", canvas.get_size(), pygame.image.tobytes(canvas, "RGB"))
    small = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    data = io.BytesIO()
    small.save(data, "PNG", optimize=True)
    write_atomic(file, data.getvalue())


def film(file: Path) -> None:
    """Export a stretch of the master's life with its thoughts, as `hamlet-game export` does."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "life.hamlet"
        source.write_bytes(encode(replay_of(lived("3", policy_of("master")), player="Master")))
        wish = Wish(source, file, fps=12, speed=2.0, first=0, last=84, brain="master", force=True)
        export(wish, lambda _what, _share: None)


def main() -> None:
    """Make the pictures that are named, or all."""
    wanted = sys.argv[1:] or [*PICTURES, "hamlet"]
    if unknown := set(wanted) - {*PICTURES, "hamlet"}:
        raise SystemExit(f"{', '.join(sorted(unknown))}: choose from {', '.join(PICTURES)}, hamlet")
    with tempfile.TemporaryDirectory() as home:
        os.environ["HAMLET_HOME"] = home
        for name in wanted:
            random.seed(TOWN)
            if name == "hamlet":
                film(IMAGES / "hamlet.gif")
                continue
            studio = Studio()
            try:
                PICTURES[name](studio)
                keep(studio.app.canvas, IMAGES / f"{name}.png")
            finally:
                studio.close()
            sys.stderr.write(f"{name}.png\n")


if __name__ == "__main__":
    main()
