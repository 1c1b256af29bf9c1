"""A lane: one life of a race, as far as it is lived and as far as it has been shown."""

from __future__ import annotations

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import PlanPlayer
from hamlet_game.game.audio import SoundName
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.people import Person
from hamlet_game.game.play import motion
from hamlet_game.game.play.motion import Motion
from hamlet_game.game.play.reactions import Play, react
from hamlet_game.game.play.session import Session
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.settings import Settings
from hamlet_game.game.theme import Palette
from hamlet_game.game.versus.contestants import Contestant
from hamlet_game.town.level import Level
from hamlet_game.town.record import Record


class Lane:
    """Somebody's life. A person's is a session; an agent's is lived when it is told to step."""

    def __init__(self, level: Level, town_seed: int, who: Contestant, settings: Settings) -> None:
        self.who = who
        self.session: Session | None = None  # of a person
        self.life: AgentLife | None = None  # of an agent
        if who.player is None:
            self.session = Session(level, town_seed, settings)
            self._record = self.session.record
        else:
            self.life = AgentLife(level, town_seed, who.player)
            self._record = self.life.record
        self._motion = Motion()
        self.effects = Effects()
        self._told = 0  # the last step that was seen and heard

    @property
    def record(self) -> Record:
        """Return the life as written down so far."""
        return self._record

    @property
    def motion(self) -> Motion:
        """Return how far the newest step has been shown."""
        return self._motion if self.session is None else self.session.motion

    @property
    def over(self) -> bool:
        """Return whether the life has ended."""
        return self.record.over

    @property
    def ready(self) -> bool:
        """Return whether its player can act."""
        return self.who.player is None or self.who.player.ready

    @property
    def progress(self) -> float:
        """Return how far its player has come with getting ready, 0..1."""
        player = self.who.player
        return player.progress if isinstance(player, PlanPlayer) else 1.0

    @property
    def shown(self) -> float:
        """Return the step shown, with fractions while it is under way."""
        step = self.record.survival
        return max(0.0, step - 1 + self.motion.part) if step else 0.0

    def points(self, step: int) -> float:
        """Return the score at a step, or at the end of a shorter life."""
        frames = self.record.frames
        return frames[min(step, len(frames) - 1)].points

    def advance(self, speed: float | None) -> None:
        """Let the agent do one step; `speed` of the live clock, None in the step tempo."""
        if self.life is None or self.over:
            return
        frame = self.life.step()
        self._motion.start(motion.seconds(frame, speed))

    def keep_up(self, step: int, speed: float | None) -> None:
        """Let the agent live on to a step."""
        while self.life is not None and not self.over and self.record.survival < step:
            self.advance(speed)

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds what is only shown."""
        if self.session is None:
            self._motion.update(dt)
        self.effects.update(dt)

    def react(self, play: Play, palette: Palette, *, quiet: bool = False) -> None:
        """Show and sound the steps done since; those of a rival are `quiet` but for the end."""
        steps = range(self._told + 1, self.record.survival + 1)
        if len(steps) > 3:  # rushed through: only the last can still be seen
            self.effects.clear()
            steps = steps[-1:]
        for step in steps:
            react(self.record, step, self.effects, _hushed(play) if quiet else play, palette)
        self._told = self.record.survival

    def person(self, time: float) -> Person:
        """Return the townsperson as they look now."""
        moving = self.motion
        person = person_at(
            self.record, self.record.survival, moving.part, time=time, rest=moving.rest
        )
        person.look = self.who.look
        return person


def _hushed(play: Play) -> Play:
    """Return a way to sound only what ends a life."""

    def sound(name: SoundName) -> None:
        if name in ("death", "win"):
            play(name)

    return sound
