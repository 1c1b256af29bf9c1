"""A life that a player lives, step by step, with what it thought before each."""

from __future__ import annotations

from dataclasses import replace

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.town.hashing import Draw, mix, uniform
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.policies import Policy
from hamlet_game.town.record import Frame, Record

_COIN, _FACE = 1, 2  # what is drawn for an exploratory move: whether, and which


class AgentLife:
    """One life in one town. Somebody else may decide a step; the player decides all others."""

    def __init__(
        self,
        level: Level,
        town_seed: int,
        player: Player,
        *,
        epsilon: float = 0.0,
        company: Policy | None = None,
    ) -> None:
        """Begin. `epsilon`: share of moves drawn at random, as in training; may change later.

        `company` decides for others in the town, the level's usual one if not given.
        """
        self.record = Record(level, town_seed, company or company_of(level))
        self.thoughts: list[Thought | None] = []  # before each step done; by step, from 0
        self.driven: set[int] = set()  # steps (from 0) that somebody else decided
        self.epsilon = epsilon
        self._player = player
        self._next: Thought | None = None
        self._known = False  # whether `_next` is about the present
        player.begin(level, town_seed)

    @property
    def player(self) -> Player:
        """Return who plays."""
        return self._player

    @player.setter
    def player(self, player: Player) -> None:
        """Let another player go on from here, such as a newer brain."""
        self._player, self._known = player, False
        player.begin(self.record.level, self.record.town_seed)

    @property
    def over(self) -> bool:
        """Return whether the life has ended."""
        return self.record.over

    @property
    def thought(self) -> Thought | None:
        """Return what the player thinks now, None if it has no numbers."""
        if not self._known:
            self._next, self._known = self._considered(), True
        return self._next

    def step(self, driven: Action | None = None) -> Frame:
        """Do one step: the player's choice, or the given action. Raises ValueError when over."""
        thought, number = self.thought, self.record.survival
        if driven is not None:
            action = driven
            self.driven.add(number)
            thought = None if thought is None else replace(thought, chosen=action, random=False)
        elif thought is not None:
            action = thought.chosen
        else:
            drawn = self._dice()
            action = self._player.act(self.record.town) if drawn is None else drawn
        frame = self.record.act(action)
        self.thoughts.append(thought)
        self._known = False
        return frame

    def _considered(self) -> Thought | None:
        thought = None if self.over else self._player.think(self.record.town)
        drawn = self._dice() if thought else None
        if thought is None or drawn is None:
            return thought
        return replace(thought, chosen=drawn, random=True)

    def _dice(self) -> Action | None:
        """Return a random move if one is due; the same every time it is asked at this step."""
        seed, age = self.record.town_seed, self.record.survival
        if float(uniform(seed, Draw.POLICY, age, _COIN)) >= self.epsilon:
            return None
        return Action(int(mix(seed, Draw.POLICY, age, _FACE) % len(Action)))
