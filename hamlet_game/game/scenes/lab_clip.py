"""Watch both agents of a trial in one town, with every reward of a term popping up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event, Pointer, Press
from hamlet_game.game.lab.clip import stretch
from hamlet_game.game.lab.clip_view import ClipView
from hamlet_game.game.lab.pops import pop_rewards
from hamlet_game.game.play.reactions import react
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.transport import Transport

if TYPE_CHECKING:
    from hamlet_game.game.audio import SoundName
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.lab.clip import Clip, Take
    from hamlet_game.game.services import Services

_PER_FRAME = 15  # steps lived again
_QUIET = pygame.FRect(90, 0, 560, 545)  # the town at the left
_LEAD = 8  # steps shown before the stretch that matters


class LabClipScene(Scene):
    """Two lives, one clock. Begins where the suspected term pays most."""

    def __init__(
        self, services: Services, clip: Clip, meanwhile: Callable[[], None] | None = None
    ) -> None:
        """Show a clip. `meanwhile` is called every frame, for what goes on below."""
        self.services, self.clip, self._meanwhile = services, clip, meanwhile
        level = clip.standard
        record = clip.takes[0].record
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        self.towns = [
            TownView(level.width, level.height, places, record.town_seed) for _ in clip.takes
        ]
        self.effects = [Effects() for _ in clip.takes]
        self.transport = Transport()
        self.time = 0.0  # seconds the scene has been up
        self.rests = [0.0 for _ in clip.takes]  # seconds since each was shown whole
        self.ready = False  # whether both lives are known
        self.head = Playhead(0)
        self._shown = 0
        self._view = ClipView()
        self._actions: dict[Command, Callable[[], None]] = {
            Command.LEFT: lambda: self.head.move(-1),
            Command.RIGHT: lambda: self.head.move(1),
            Command.UP: lambda: self.head.go(0),
            Command.DOWN: lambda: self.head.go(self.head.last),
            Command.INTERACT: self._toggle,
            Command.CONFIRM: self._toggle,
            Command.SLOWER: lambda: self.head.change_speed(-1),
            Command.FASTER: lambda: self.head.change_speed(1),
            Command.RESTART: self._to_the_point,
            Command.STEP: lambda: self.head.move(1),
            Command.FREEZE: self._toggle,
            Command.PAUSE: self._toggle,
        }

    @property
    def takes(self) -> tuple[Take, ...]:
        """Return both lives, the lab's agent first."""
        return self.clip.takes

    def step_of(self, take: Take) -> int:
        """Return the step of a life that is shown; a life that is over stays as it ended."""
        return min(self.head.step, take.record.survival)

    def part_of(self, take: Take) -> float:
        """Return how much of that step has been shown."""
        return self.head.part if self.head.step <= take.record.survival else 1.0

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys and the transport's buttons."""
        if isinstance(event, Pointer):
            command = self.transport.pointer(event)
            if command is Command.BACK:
                return Pop()
            self._do(command)
        elif isinstance(event, Press):
            if event.means(Command.BACK):
                return None if event.repeat else Pop()
            found = (c for c in self._actions if event.means(c))
            self._do(next((c for c in found if not event.repeat or event.direction is c), None))
        return None

    def _do(self, command: Command | None) -> None:
        if command is not None and self.ready:
            self._actions[command]()

    def _toggle(self) -> None:
        self.head.toggle()

    def _to_the_point(self) -> None:
        """Play from shortly before the stretch that pays most."""
        begin = stretch(self.takes[0].record, self.clip.term)
        self.head.go(max(0, begin - _LEAD))
        self.head.playing = True

    # Time.
    def update(self, dt: float) -> None:
        """Live the lives again, then play them."""
        self.time += dt
        if self._meanwhile is not None:
            self._meanwhile()
        if not self.ready:
            self._live()
            return
        self.head.update(dt)
        for index, take in enumerate(self.takes):
            self.effects[index].update(dt)
            self.rests[index] = self.rests[index] + dt if self.part_of(take) >= 1 else 0.0
        step = self.head.step
        if step != self._shown:
            self._happen(step)
        self._shown = step

    def _live(self) -> None:
        for take in self.takes:
            take.live(_PER_FRAME)
        if all(take.done for take in self.takes):
            self.ready = True
            self.head = Playhead(max(take.record.survival for take in self.takes))
            self._to_the_point()
            self._shown = self.head.step

    def _happen(self, step: int) -> None:
        """Let what a step brought be seen, and heard of the lab's agent; a jump shows nothing."""
        palette = PALETTES[self.services.settings.palette]
        for index, take in enumerate(self.takes):
            if step != self._shown + 1:
                self.effects[index].clear()
            elif step <= take.record.survival:
                play = self.services.audio.play if index == 0 else _silently
                react(take.record, step, self.effects[index], play, palette)
                pop_rewards(take.record, step, self.effects[index], palette, self.clip.term)

    def draw(self, painter: Painter) -> None:
        """Draw both towns, what each has been paid, and the transport."""
        self._view.draw(painter, self)
        painter.quiet = _QUIET


def _silently(_: SoundName) -> None:
    """Play nothing: two lives at once would be a din."""
